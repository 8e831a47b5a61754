//! What a number format says: whether a number is shown as a percentage or a day, and how many digits are
//! shown behind the decimal sign.

/// What a format says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct NumberFormat {
    pub(super) percent: bool,
    pub(super) date: bool,
    /// As many as there are, if `None`; fewer than none if thousands are left out.
    pub(super) decimals: Option<i8>,
}

/// The format that has this number in every file (ECMA-376, part 1, 18.8.30).
pub(super) fn built_in(id: u32) -> NumberFormat {
    let decimals = |decimals| NumberFormat { decimals: Some(decimals), ..NumberFormat::default() };
    match id {
        1 | 3 | 5 | 6 | 37 | 38 | 41 | 42 => decimals(0),
        2 | 4 | 7 | 8 | 39 | 40 | 43 | 44 => decimals(2),
        9 => NumberFormat { percent: true, ..decimals(0) },
        10 => NumberFormat { percent: true, ..decimals(2) },
        14..=22 | 27..=36 | 45..=47 | 50..=58 => {
            NumberFormat { date: true, ..NumberFormat::default() }
        }
        _ => NumberFormat::default(),
    }
}

/// Reads a format as the file has it, `#,##0.0;[Red]-#,##0.0`.
pub(super) fn read(code: &str) -> NumberFormat {
    let mut sections = sections(code);
    let first = sections.next().unwrap_or_default();
    // Positive and negative numbers with different digits: as many as there are.
    let decimals = match sections.next() {
        Some(second) if second.has_digits && second.decimals != first.decimals => None,
        _ => first.decimals,
    };
    match first.date {
        true => NumberFormat { percent: false, date: true, decimals: None },
        false => NumberFormat { percent: first.percent, date: false, decimals },
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Section {
    percent: bool,
    date: bool,
    has_digits: bool,
    decimals: Option<i8>,
}

/// The parts of a format that semicolons separate.
fn sections(code: &str) -> impl Iterator<Item = Section> {
    let mut rest = Some(code);
    std::iter::from_fn(move || {
        let text = rest?;
        let (section, end) = section(text);
        rest = text.get(end..).and_then(|behind| behind.strip_prefix(';'));
        Some(section)
    })
}

/// Reads up to a semicolon that is not quoted, and gives the byte it stands at.
fn section(text: &str) -> (Section, usize) {
    let mut section = Section::default();
    let (mut decimals, mut scaling, mut behind_point, mut is_special) = (0_i8, 0_i8, false, false);
    let mut chars = text.char_indices();
    let mut end = text.len();
    while let Some((at, c)) = chars.next() {
        match c {
            ';' => {
                end = at;
                break;
            }
            '"' => {
                chars.by_ref().find(|(_, c)| *c == '"');
            }
            // The next character is printed as it is, or says how wide a blank is.
            '\\' | '_' | '*' | '!' => {
                chars.next();
            }
            '[' => {
                let inside: String =
                    chars.by_ref().map(|(_, c)| c).take_while(|c| *c != ']').collect();
                let lower = inside.to_ascii_lowercase();
                let is_time = !lower.is_empty()
                    && ["h", "m", "s"].iter().any(|unit| lower.chars().all(|c| unit.contains(c)));
                section.date |= is_time;
            }
            '%' => section.percent = true,
            '0' | '#' | '?' => {
                section.has_digits = true;
                // A comma between digits separates thousands; at the end it leaves them out.
                scaling = 0;
                if behind_point {
                    decimals = decimals.saturating_add(1);
                }
            }
            '.' => behind_point = true,
            ',' => scaling = scaling.saturating_add(3),
            'E' | 'e' if text[at + 1..].starts_with(['+', '-']) => is_special = true,
            '/' => is_special = true,
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' => section.date = true,
            'G' | 'g'
                if text[at..].get(..7).is_some_and(|word| word.eq_ignore_ascii_case("general")) =>
            {
                chars.by_ref().nth(5);
                is_special = true;
            }
            _ => {}
        }
    }
    if section.has_digits && !is_special {
        section.decimals = Some(decimals.saturating_sub(scaling));
    }
    (section, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_tells_digits_percent_and_days() {
        for (code, percent, date, decimals) in [
            ("General", false, false, None),
            ("0", false, false, Some(0)),
            ("#,##0.0", false, false, Some(1)),
            ("# ##0.00;[Red]-# ##0.00", false, false, Some(2)),
            ("0.0%", true, false, Some(1)),
            ("0.00\\ %", true, false, Some(2)),
            ("dd.mm.yyyy", false, true, None),
            ("[$-419]mmmm yyyy;@", false, true, None),
            ("[h]:mm", false, true, None),
            ("0\" days\"", false, false, Some(0)),
            ("#,##0,", false, false, Some(-3)),
            ("0.0,,", false, false, Some(-5)),
            (
                "_-* #,##0.00\\ _₽_-;\\-* #,##0.00\\ _₽_-;_-* \"-\"??\\ _₽_-;_-@_-",
                false,
                false,
                Some(2),
            ),
            ("0.00E+00", false, false, None),
            ("# ?/?", false, false, None),
            ("[Red]0.0;[Blue]0", false, false, None),
            ("@", false, false, None),
            ("0.0;;", false, false, Some(1)),
            ("\"unclosed", false, false, None),
            ("[", false, false, None),
            ("\\", false, false, None),
        ] {
            assert_eq!(read(code), NumberFormat { percent, date, decimals }, "{code}");
        }
        assert_eq!(built_in(10), read("0.00%"));
        assert_eq!(built_in(14), read("mm-dd-yy"));
        assert_eq!(built_in(0), read("General"));
    }
}
