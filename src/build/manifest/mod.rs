//! The manifest: what a release was made of, and what it is.
//!
//! In: a pipeline's parameters, all that its files remember, the files that were made. Out:
//! `manifest.json` beside the release, whose bytes depend on nothing else: no clock, no path of the
//! machine. Read again, it says whether the release is what a build would leave now, and if not,
//! why (`Reason`). Nothing here builds.
//!
//! | file | |
//! |---|---|
//! | `written` | the file: reading, writing, the seal |
//! | `reason` | why a release has to be made again |
//! | `facts` | which facts are others now, and the rows behind them |

mod facts;
mod reason;
mod written;

pub use facts::changed as changed_facts;
pub use reason::{How, Reason};
pub use written::{Manifest, NAME, Parameters, Published, Replaced, Tool, Written};
