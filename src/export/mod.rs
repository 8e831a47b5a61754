//! Exports: what other programs read, a file for each kind.
//!
//! In: the document tree of an edition, its facts, its sources. Out: the bytes of a file. Nothing is
//! computed here and nothing worded: an export says what the pages say, and no digit more.
//!
//! | file | |
//! |---|---|
//! | `xlsx` | the tables of an edition as an Office Open XML workbook |
//! | `csv` | facts as comma-separated values |
//!
//! To add a kind, add a file with one function from the tree to bytes, and call it where an edition
//! becomes files.

pub mod csv;
pub mod xlsx;
