//! The manifest: what a release was made of, and its files.
//!
//! In: a pipeline's parameters, everything that its files record as read, the files that were made. Out:
//! `manifest.json` beside the release, whose bytes depend on nothing else: no clock, no path of the
//! machine. When read again, it tells whether a build would give the same release now and, if not, why
//! (`Reason`). Nothing here builds.
//!
//! | file | |
//! |---|---|
//! | `written` | the file: reading, writing, the seal |
//! | `reason` | reasons to build a release again |
//! | `facts` | the facts that changed, with the rows behind them |

mod facts;
mod reason;
mod written;

pub use facts::changed as changed_facts;
pub use reason::{How, Reason};
pub use written::{Manifest, NAME, Parameters, Published, Replaced, Tool, Written};
