//! kosh: official migration statistics become the policy brief a ministry publishes every
//! quarter, in every language from one set of facts.
//!
//! The program is one line of values; a room of `src/` per stage, reading at the left end,
//! writing at the right:
//!
//! ```text
//! project → data → indicators → facts ─┬─ figures ─┐
//!                                      └─ prose ───┴─ document → typeset → output
//! ```
//!
//! See `docs/architecture.md` for who may use whom.

#![warn(missing_docs)]

pub mod data;
pub mod diag;
pub mod document;
pub mod facts;
pub mod figures;
pub mod period;
pub mod typeset;
