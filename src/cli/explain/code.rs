//! The page of a diagnostic code.

use std::process::ExitCode;

use crate::diag::{PAGES, did_you_mean};

/// Whether somebody means a code.
pub fn is_code(subject: &str) -> bool {
    let digits = subject.strip_prefix(['K', 'k']).unwrap_or_default();
    !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())
}

/// Prints the page of a code.
pub fn explain(subject: &str) -> ExitCode {
    let code = subject.to_uppercase();
    match pages().find(|page| name(page) == code) {
        Some(page) => {
            say_line!("{}", page.trim_end());
            ExitCode::SUCCESS
        }
        None => {
            err_line!("kosh: there is no diagnostic `{subject}`");
            if let Some(hint) = did_you_mean(&code, pages().map(name)) {
                err_line!("hint: {hint}");
            }
            ExitCode::from(2)
        }
    }
}

fn pages() -> impl Iterator<Item = &'static str> {
    PAGES.split("\n## ").skip(1)
}

/// The code a page is about.
fn name(page: &str) -> &str {
    page.split_whitespace().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    /// The codes that stand between quotation marks in the files below a folder.
    fn codes(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                codes(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(path).unwrap();
                let quoted = text.split('"').filter(|part| {
                    let digits = part.strip_prefix('K').unwrap_or_default();
                    digits.len() == 4 && digits.chars().all(|c| c.is_ascii_digit())
                });
                found.extend(quoted.map(str::to_owned));
            }
        }
    }

    #[test]
    fn every_code_in_the_source_has_a_page_and_every_page_a_code() {
        let mut used = BTreeSet::new();
        codes(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut used);
        let written: Vec<String> = pages().map(|page| name(page).to_owned()).collect();
        let distinct: BTreeSet<String> = written.iter().cloned().collect();
        assert!(used.len() > 50, "the codes were not found: {used:?}");
        assert_eq!(used, distinct);
        assert_eq!(written.len(), distinct.len(), "a code has two pages");
    }

    #[test]
    fn every_page_has_a_title_an_example_and_a_remedy() {
        for page in pages() {
            let code = name(page);
            let title = page.lines().next().unwrap_or_default();
            assert!(title.len() > code.len() + 5, "{code} has no title");
            assert!(page.contains(&format!("[{code}]: ")), "{code} has no example");
            assert!(page.contains("What to do: "), "{code} does not say what to do");
        }
    }
}
