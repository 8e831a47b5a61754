//! kosh makes the quarterly policy brief of a ministry from official migration statistics, in every
//! language from one set of facts.
//!
//! The program is a pipeline of stages, with a room of `src/` per stage; reading is at the left end,
//! writing at the right:
//!
//! ```text
//! project → data → indicators → facts ─┬─ exhibits → charts ─┐
//!                                      └─ prose ─────────────┴─ document → checks → typeset, export → output
//! ```
//!
//! The modules below are in this order. `build` calls them one after the other; `docs/architecture.md`
//! defines which room may use which.
//!
//! # As a library
//!
//! A program that uses kosh as a library needs only the names on this page, which do everything that the
//! command line does. The modules are public so that the external tests can examine each stage; items in
//! them that are not on this page may change with any version.
//!
//! ```
//! use std::path::Path;
//!
//! use kosh::{Diagnostic, Overrides, Period, Project, Request, compose};
//!
//! let root = Path::new(env!("CARGO_MANIFEST_DIR"));
//! let overrides = Overrides { profile: Some("bns".into()), ..Overrides::default() };
//! let mut request = Request::new(Project::open(root, &overrides)?);
//! request.period = Some("2025-H1".parse::<Period>().unwrap());
//!
//! // Reads, checks, computes, words and draws; `build` sets the pages too.
//! let mut warnings: Vec<Diagnostic> = vec![];
//! let composition = compose(&request, &mut warnings)?;
//! let facts = &composition.editions[0].facts;
//! assert_eq!(facts.get("X1").unwrap().number().unwrap().value, 11_267.0);
//! # Ok::<(), Vec<Diagnostic>>(())
//! ```

#![warn(missing_docs, unreachable_pub)]

// Shared by all stages: problems, files, figures.
#[macro_use]
pub mod diag;

pub mod files;

pub mod stats;

// From files to facts, independent of languages.
pub mod workbook;

pub mod recipes;

pub mod project;

pub mod data;

pub mod audit;

pub mod import;

pub mod indicators;

pub mod diff;

// From facts to a worded document; no more statistics are computed.
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

// Runs the stages: one build, many builds, published versions, the preview.
pub mod build;

pub mod publish;
pub mod quarter;

pub mod preview;

pub mod handbook;

pub mod cli;

pub use build::edition::{Edition, Version};
pub use build::manifest::Manifest;
pub use build::memory::Forget;
pub use build::{Build, Composition, Options, Previous, Request, Updated, build, compose, update};
pub use data::{Dataset, load};
pub use diag::{Code, Diagnostic, Place, Result, Severity, Warned, draw};
pub use document::Document;
pub use files::Files;
pub use indicators::{Indicators, compute};
pub use output::File;
pub use project::{Format, Overrides, Project};
pub use publish::publish;
pub use stats::{Fact, Facts, Period, Quantity, Time};
