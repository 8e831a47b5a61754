//! kosh: official migration statistics become the policy brief a ministry publishes every
//! quarter, in every language from one set of facts.
//!
//! The program is one line of values; a room of `src/` per stage, reading at the left end,
//! writing at the right:
//!
//! ```text
//! project → data → indicators → facts ─┬─ exhibits → charts ─┐
//!                                      └─ prose ─────────────┴─ document → checks → typeset, export → output
//! ```
//!
//! The modules below stand in this order. `build` calls them one after the other; see
//! `docs/architecture.md` for who may use whom.

#![warn(missing_docs)]

// What every stage speaks of: problems, the disk, figures.
pub mod diag;

pub mod files;

pub mod stats;

// From files to facts. No language is known yet.
pub mod project;

pub mod data;

pub mod indicators;

pub mod diff;

// From facts to a worded document. No statistic is computed any more.
pub mod locale;

pub mod prose;

pub mod exhibits;

pub mod charts;

pub mod document;

pub mod checks;

// From a document to files.
pub mod typeset;

pub mod export;

pub mod output;

// Who runs the stages: one build, many, a version that is published, a page for who looks on.
pub mod build;

pub mod publish;

pub mod preview;

pub mod cli;
