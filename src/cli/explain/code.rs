//! The page of a diagnostic code.

use std::process::ExitCode;

use crate::diag::{self, PAGES, TRANSLATED_PAGES, did_you_mean};

/// Whether a subject is a code.
pub(super) fn is_code(subject: &str) -> bool {
    let digits = subject.strip_prefix(['K', 'k']).unwrap_or_default();
    !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())
}

/// Prints the page of a code.
pub(super) fn explain(subject: &str) -> ExitCode {
    let code = subject.to_uppercase();
    match pages().find(|page| name(page) == code) {
        Some(page) => {
            say_line!("{}", translated(&code).unwrap_or(page).trim_end());
            ExitCode::SUCCESS
        }
        None => {
            err_text!("kosh: there is no diagnostic `{subject}`", subject);
            if let Some(hint) = did_you_mean(&code, pages().map(name)) {
                err_text!("hint: {hint}", hint);
            }
            ExitCode::from(2)
        }
    }
}

fn pages() -> impl Iterator<Item = &'static str> {
    PAGES.split("\n## ").skip(1)
}

/// The page of a code in the chosen language, if it is translated.
fn translated(code: &str) -> Option<&'static str> {
    let language = diag::chosen()?.language();
    let (_, pages) = TRANSLATED_PAGES.iter().find(|(own, _)| *own == language)?;
    pages.split("\n## ").skip(1).find(|page| name(page) == code)
}

/// The code of a page.
fn name(page: &str) -> &str {
    page.split_whitespace().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    /// Collects the codes used in the files below a folder.
    fn codes(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                codes(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(path).unwrap();
                let used = text.split("Code::K").skip(1).filter_map(|behind| behind.get(..4));
                found.extend(used.map(|digits| format!("K{digits}")));
            }
        }
    }

    #[test]
    fn every_page_is_of_a_code_that_is_used() {
        let mut used = BTreeSet::new();
        codes(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut used);
        let written: Vec<String> = pages().map(|page| name(page).to_owned()).collect();
        let unused: Vec<_> = written.iter().filter(|code| !used.contains(*code)).collect();
        assert_eq!(unused, [""; 0]);
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
