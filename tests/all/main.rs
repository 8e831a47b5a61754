//! All tests except the folders of `tests/suite/`, in one binary, which is linked once and runs its tests
//! in parallel. `cargo test MODULE::` runs those of one file.

#![allow(clippy::too_many_lines)]

mod common;

mod annex;
mod check_data;
mod claims;
mod contradictions;
mod data;
mod demo;
mod diff;
mod drafts;
mod editorial;
mod explain;
mod figure_forms;
mod fmt;
mod forms;
mod gallery;
mod handbook;
mod hostile;
mod import;
mod incremental;
mod index;
mod known;
mod language;
mod laws;
mod layout;
mod line_ends;
mod mailed;
mod matrix;
mod missing;
mod model_article;
mod own_table;
mod packages;
mod page_size;
mod pdf;
mod pointers;
mod preview;
mod quarter;
mod regions;
mod registers;
mod release;
mod room;
mod schema;
mod sheets;
mod shipped_recipes;
mod slips;
mod starter;
mod thresholds;
mod typeset;
mod ui_language;
mod verify;
mod watch;
mod wording;
mod workbook;
mod worked_check;
