//! kosh: official migration statistics become the policy brief a ministry publishes every
//! quarter, in every language from one set of facts.
//!
//! The program is one line of values; a room of `src/` per stage, reading at the left end,
//! writing at the right:
//!
//! ```text
//! project → data → indicators → facts ─┬─ exhibits → figures ─┐
//!                                      └─ prose → compose ────┴─ document → typeset → output
//! ```
//!
//! See `docs/architecture.md` for who may use whom.

#![warn(missing_docs)]

pub mod build;
pub mod charts;
pub mod checks;
pub mod cli;
pub mod data;
pub mod diag;
pub mod diff;
pub mod document;
pub mod exhibits;
pub mod export;
pub mod files;
pub mod indicators;
pub mod locale;
pub mod output;
pub mod preview;
pub mod project;
pub mod prose;
pub mod publish;
pub mod stats;
pub mod typeset;
