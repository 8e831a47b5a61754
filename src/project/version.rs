//! The version of kosh that a project was written for.
//!
//! In: `kosh` of `brief.toml`, and the changelog. Out: an error if the project is newer than the program
//! (K0020); if it is older, the changes since then that concern projects (K0021): the entries under `###
//! For projects` of each version. A project without a version is read as it is.

use std::str::FromStr;

use serde::Deserialize;

use crate::diag::{Code, Diagnostic, Result, SourceText, Spanned};

/// The changelog with the changes of each version.
const CHANGELOG: &str = include_str!("../../CHANGELOG.md");

/// A version, such as `0.1` or `0.1.2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    major: u32,
    minor: u32,
    patch: u32,
}

impl Version {
    /// The version of the program.
    pub fn of_program() -> Self {
        env!("CARGO_PKG_VERSION").parse().expect("cargo has read the version already")
    }

    /// The version as written into a new project: without the last number, which changes no project.
    pub fn series(self) -> String {
        format!("{}.{}", self.major, self.minor)
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

impl FromStr for Version {
    type Err = ();

    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        let numbers: Vec<u32> = text.split('.').filter_map(|part| part.parse().ok()).collect();
        match numbers[..] {
            _ if numbers.len() != text.split('.').count() => Err(()),
            [major, minor] => Ok(Self { major, minor, patch: 0 }),
            [major, minor, patch] => Ok(Self { major, minor, patch }),
            _ => Err(()),
        }
    }
}

/// The problems with the version that `brief.toml` names.
pub(super) fn check(text: &SourceText) -> Result<Vec<Diagnostic>> {
    held_against(text, Version::of_program(), CHANGELOG)
}

/// The part of `brief.toml` that can be read whatever else is in it: a newer project may have unknown
/// keys.
#[derive(Deserialize)]
struct Written {
    kosh: Option<Spanned<String>>,
}

fn held_against(text: &SourceText, program: Version, changelog: &str) -> Result<Vec<Diagnostic>> {
    // Invalid TOML or text is reported where the whole file is read.
    let Ok(Written { kosh: Some(written) }) = toml::from_str(&text.text) else {
        return Ok(vec![]);
    };
    let (name, place) = (written.get_ref(), text.place(written.span()));
    let Ok(project) = name.parse::<Version>() else {
        return Err(Diagnostic::error(
            Code::K0003,
            message!("`{name}` is not a version of kosh", name),
        )
        .at(place)
        .hint(message!("write it as `kosh = \"{program}\"`", program = program.series()))
        .into());
    };
    if project > program {
        return Err(Diagnostic::error(
            Code::K0020,
            message!("this project was written for kosh {name}, but this is kosh {program}", name, program),
        )
        .at(place)
        .note(message!("it may use what this version does not have or does differently"))
        .hint(message!("use kosh {name} or newer; `kosh --version` prints the version", name))
        .hint(message!("or read in the changelog what is new in it, and write `kosh = \"{program}\"` if the project \
            uses none of it", program = program.series()))
        .into());
    }
    let changes = changes(changelog, project, program);
    if changes.is_empty() {
        return Ok(vec![]);
    }
    let mut reported = Diagnostic::warning(
        Code::K0021,
        message!(
            "this project was written for kosh {name}, but this is kosh {program}",
            name,
            program
        ),
    )
    .subject(format!("kosh {name}"))
    .at(place)
    .hint(message!(
        "check these changes, then write `kosh = \"{program}\"`",
        program = program.series()
    ));
    for (version, change) in changes {
        reported = reported.note(message!("since {version}: {change}", version, change));
    }
    Ok(vec![reported])
}

/// The changes for projects after one version and up to another, oldest first.
fn changes(changelog: &str, after: Version, until: Version) -> Vec<(Version, String)> {
    let mut found = vec![];
    for part in changelog.split("\n## ").skip(1) {
        let heading = part.split_whitespace().next().unwrap_or_default();
        let Ok(version) = heading.trim_matches(['[', ']']).parse::<Version>() else { continue };
        if version <= after || version > until {
            continue;
        }
        let section = part.split("\n### ").find_map(|part| part.strip_prefix("For projects\n"));
        let entries = section.into_iter().flat_map(|section| section.split("\n- "));
        let entries = entries.map(|entry| {
            let entry = entry.trim_start_matches("- ");
            entry.split_whitespace().collect::<Vec<_>>().join(" ")
        });
        let reported: Vec<_> = entries.filter(|entry| !entry.is_empty()).collect();
        found.splice(0..0, reported.into_iter().map(|entry| (version, entry)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = "# Changelog\n\n## Unreleased\n\n### For projects\n\n- not yet\n\n\
        ## [0.3.0] - 2027-01-01\n\n### Added\n\n- a thing\n\n### For projects\n\n\
        - `lead` is now\n  called `first`.\n- Colours are checked.\n\n\
        ## 0.2.0\n\n### For projects\n\n- `body` is needed.\n\n### Fixed\n\n- a slip\n\n## 0.1.0\n\n- all\n";

    fn said(written: &str, program: &str) -> Result<Vec<Diagnostic>> {
        held_against(&SourceText::new("brief.toml", written), program.parse().unwrap(), LOG)
    }

    #[test]
    fn an_older_project_reports_what_changed_for_it_oldest_first() {
        let [reported] = &said("kosh = \"0.1\"", "0.3.1").unwrap()[..] else {
            panic!("one warning")
        };
        assert_eq!(
            (reported.code, reported.severity),
            (Code::K0021, crate::diag::Severity::Warning)
        );
        assert_eq!(
            reported.notes,
            [
                "since 0.2.0: `body` is needed.",
                "since 0.3.0: `lead` is now called `first`.",
                "since 0.3.0: Colours are checked.",
            ]
        );
        assert_eq!(reported.place.as_ref().unwrap().to_string(), "brief.toml:1:8");
        assert_eq!(said("kosh = \"0.2\"", "0.3.0").unwrap()[0].notes.len(), 2);
        assert_eq!(said("kosh = \"0.1\"", "0.2.9").unwrap()[0].notes.len(), 1);
    }

    #[test]
    fn a_project_of_this_version_or_of_none_is_not_warned() {
        for (written, program) in
            [("kosh = \"0.3\"", "0.3.0"), ("kosh = \"0.3.1\"", "0.3.1"), ("", "0.3.0")]
        {
            assert_eq!(said(written, program).unwrap(), [], "{written}");
        }
    }

    #[test]
    fn a_newer_project_is_refused_and_so_is_what_is_no_version() {
        for (written, program, code) in [
            ("kosh = \"0.4\"\nhologram = true", "0.3.9", Code::K0020),
            ("kosh = \"0.3.1\"", "0.3.0", Code::K0020),
            ("kosh = \"1.0\"", "0.10.0", Code::K0020),
            ("kosh = \"new\"", "0.3.0", Code::K0003),
            ("kosh = \"0.1.2.3\"", "0.3.0", Code::K0003),
        ] {
            assert_eq!(said(written, program).unwrap_err()[0].code, code, "{written}");
        }
        assert!(said("kosh = \"0.9\"", "0.10.0").is_ok());
    }
}
