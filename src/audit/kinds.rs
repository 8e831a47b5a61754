//! The kinds of findings, and which problems are of which.

use super::Level;
use crate::diag::Code;

/// What findings are about.
#[derive(Debug)]
pub struct Kind {
    /// Its name in `checks.toml`.
    pub name: &'static str,
    /// What is looked for, in a few words.
    pub about: &'static str,
    /// How bad it is unless the project says otherwise; errors of a build are errors.
    pub level: Level,
    codes: &'static [Code],
}

/// The kind of figures that are listed as printed so.
pub(super) const AS_PRINTED: &str = "as-printed";

/// What is of no other kind: files, rows and fields that are not as they should be.
const READING: &Kind = &Kind {
    name: "reading",
    about: "files, rows and fields that differ from their description in the package",
    level: Level::Warning,
    codes: &[],
};

const fn kind(
    name: &'static str,
    about: &'static str,
    level: Level,
    codes: &'static [Code],
) -> Kind {
    Kind { name, about, level, codes }
}

/// All kinds, in the order in which they are told.
pub const KINDS: &[Kind] = &[
    kind(READING.name, READING.about, READING.level, READING.codes),
    kind(
        "identities",
        "sums, balances, quarters and stocks that do not add up",
        Level::Warning,
        &[Code::K0132, Code::K0133, Code::K0134, Code::K0135, Code::K0152],
    ),
    kind(
        "bounds",
        "signs and sizes that a figure cannot have, fractions where something is counted",
        Level::Warning,
        &[Code::K0110, Code::K0126, Code::K0139],
    ),
    kind(
        "printed-rates",
        "printed percentages that contradict their levels",
        Level::Warning,
        &[Code::K0141, Code::K0147],
    ),
    kind(
        "old-bases",
        "printed percentages that agree with an earlier release of their levels",
        Level::Warning,
        &[Code::K0163],
    ),
    kind(
        "last-digits",
        "printed percentages that are off in their last digit",
        Level::Warning,
        &[Code::K0164],
    ),
    kind(
        "same-rates",
        "the same percentage for two periods of a year",
        Level::Warning,
        &[Code::K0168],
    ),
    kind(
        "history",
        "figures that differ too much from their own history",
        Level::Warning,
        &[Code::K0121, Code::K0136, Code::K0146],
    ),
    kind("swaps", "figures under the code of another member", Level::Warning, &[Code::K0140]),
    kind(
        "two-names",
        "one figure under two names, with different values",
        Level::Warning,
        &[Code::K0137, Code::K0142, Code::K0113],
    ),
    kind(
        "duplicates",
        "values that may belong in another row",
        Level::Warning,
        &[Code::K0109, Code::K0138],
    ),
    kind(
        "conflicts",
        "sources of one status that disagree; the first one named is printed",
        Level::Warning,
        &[Code::K0120],
    ),
    kind(
        "accounts",
        "accounts of a release that differ from the release",
        Level::Warning,
        &[Code::K0162],
    ),
    kind(
        "far-revisions",
        "final figures far from the first figures",
        Level::Warning,
        &[Code::K0145],
    ),
    kind("revisions", "figures that were revised", Level::Note, &[Code::K0161]),
    kind(
        "releases",
        "releases, pages and dates that contradict one another",
        Level::Warning,
        &[Code::K0128, Code::K0129, Code::K0130, Code::K0149, Code::K0150, Code::K0151],
    ),
    kind("overlaps", "periods of one figure that overlap", Level::Warning, &[Code::K0167]),
    kind(
        "gaps",
        "times that a series skips, and members that a release names but the data lack",
        Level::Note,
        &[Code::K0148, Code::K0170, Code::K0214],
    ),
    kind("small-base", "counts too small for a percentage", Level::Note, &[Code::K0165]),
    kind(
        "new-units",
        "figures of a unit for a time before it existed",
        Level::Note,
        &[Code::K0166],
    ),
    kind("notes", "notes that name a different source", Level::Note, &[Code::K0169]),
    kind(
        AS_PRINTED,
        "figures listed as printed in the source, which no check reports",
        Level::Note,
        &[Code::K0171],
    ),
];

/// The kind that a problem is of.
pub(super) fn of(code: Code) -> &'static Kind {
    KINDS.iter().find(|kind| kind.codes.contains(&code)).unwrap_or(READING)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_code_is_of_one_kind_and_a_name_stands_once() {
        let codes: Vec<Code> = KINDS.iter().flat_map(|kind| kind.codes).copied().collect();
        let distinct: BTreeSet<Code> = codes.iter().copied().collect();
        assert_eq!(codes.len(), distinct.len());
        let names: BTreeSet<&str> = KINDS.iter().map(|kind| kind.name).collect();
        assert_eq!(names.len(), KINDS.len());
    }
}
