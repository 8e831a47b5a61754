//! File names that mean the same file on every system.
//!
//! A name comes from an id written by the user: of a figure, a table, a language, a profile. Valid ids
//! are checked where they are read; this is the final check of every file of a release.

use std::collections::HashMap;

use super::File;
use crate::diag::{Code, Diagnostic, Result};

/// Names of devices on Windows, with any extension.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
/// The largest number of bytes in a name on most disks.
const LENGTH: usize = 255;

/// Whether a text is a valid name for a file or folder on every system: no path, no device, no hidden
/// file.
pub fn is_file_name(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let numbered = ["com", "lpt"].iter().any(|device| {
        let digit = stem.strip_prefix(device).unwrap_or_default();
        let mut chars = digit.chars();
        matches!((chars.next(), chars.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
    });
    let is_refused = |c: char| c.is_control() || "<>:\"/\\|?*".contains(c);
    !name.is_empty()
        && name.len() <= LENGTH
        && !name.starts_with(['.', ' '])
        && !name.ends_with(['.', ' '])
        && !name.contains(is_refused)
        && !DEVICES.contains(&&*stem)
        && !numbered
}

/// Refuses a name that leads out of the folder, and two names that differ only by case.
pub(super) fn check(files: &[File]) -> Result<()> {
    let mut found = vec![];
    let mut known: HashMap<String, &str> = HashMap::new();
    for File { name, .. } in files {
        // Kosh writes hidden files too: `.gitignore` in a new project.
        let is_name = |part: &str| is_file_name(part.strip_prefix('.').unwrap_or(part));
        if !name.split('/').all(is_name) {
            found.push(
                Diagnostic::error(
                    Code::K0919,
                    message!("`{name}` is not the name of a file", name = name.escape_debug()),
                )
                .note(message!("it would be outside its folder, or is not allowed on some systems"))
                .hint(message!(
                    "change the id of the figure, table, language or profile that the file is \
                        named after"
                )),
            );
        }
        if let Some(other) = known.insert(name.to_lowercase(), name) {
            found.push(
                Diagnostic::error(
                    Code::K0919,
                    message!("`{other}` and `{name}` are the same file", other, name),
                )
                .note(message!(
                    "many disks do not distinguish upper and lower case: one file would \
                        replace the other"
                ))
                .hint(message!("change one of the two ids that the files are named after")),
            );
        }
    }
    if found.is_empty() { Ok(()) } else { Err(found) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_file_on_every_system_or_none() {
        for name in ["F1-en.svg", "facts.json", "Ф1", "a b", "console", "com", "com10.txt", "nul_"]
        {
            assert!(is_file_name(name), "{name}");
        }
        let long = "x".repeat(256);
        for name in [
            "", ".", "..", ".hidden", "a/b", "a\\b", "a:b", "con", "CON.svg", "nul ", "Com1.csv",
            "lpt9", "a.", "a ", " a", "a\nb", "a\0", "com¹", &long,
        ] {
            assert!(!is_file_name(name), "{name:?}");
        }
    }

    #[test]
    fn files_stay_in_their_folder_and_apart_from_one_another() {
        let files = |names: &[&str]| -> Vec<File> {
            names.iter().map(|name| File { name: (*name).into(), bytes: vec![] }).collect()
        };
        assert!(check(&files(&["figures/F1-en.svg", "figures/F1-ru.svg", "facts.csv"])).is_ok());
        for names in [
            &["../facts.json"][..],
            &["/abs"],
            &["figures//F1"],
            &["figures/-en.svg", "figures/../facts.json"],
            &["figures/f1.csv", "figures/F1.csv"],
            &["a", "a"],
        ] {
            assert_eq!(check(&files(names)).unwrap_err()[0].code, Code::K0919, "{names:?}");
        }
    }
}
