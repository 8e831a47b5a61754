//! `kosh explain`: the page of a diagnostic code.

use std::process::ExitCode;

use super::args::ExplainOptions;
use crate::diag::did_you_mean;

/// The pages, a second-level heading each.
const PAGES: &str = include_str!("../../docs/diagnostics.md");

/// Prints the page of a code.
pub fn explain(options: &ExplainOptions) -> ExitCode {
    let code = options.code.to_uppercase();
    let pages = || PAGES.split("\n## ").skip(1);
    let name = |page: &'static str| page.split_whitespace().next().unwrap_or_default();
    match pages().find(|page| name(page) == code) {
        Some(page) => {
            println!("{}", page.trim_end());
            ExitCode::SUCCESS
        }
        None => {
            eprintln!("kosh: there is no diagnostic `{}`", options.code);
            if let Some(hint) = did_you_mean(&code, pages().map(name)) {
                eprintln!("hint: {hint}");
            }
            ExitCode::from(2)
        }
    }
}
