//! A language file as interpreted: patterns parsed, plural categories complete, forms known.
//!
//! In: [`written::File`](super::written::File). Out: [`Language`], in which only a request for an unknown
//! form can fail. Every problem of the file is reported.

use std::collections::BTreeMap;

use icu::locale::Locale as Tag;
use icu::plurals::{PluralCategory, PluralRules};

use crate::diag::{Diagnostic, Place, SourceText, did_you_mean};
use crate::stats::Qualifier;

use super::guards::Guards;
use super::pattern::{self, Pattern};
use super::symbols::Symbols;
use super::written::{self, File, Plural, Text, Typography};
use super::{BAD_LANGUAGE, MISLEADING_SIGN, MISSING_CATEGORY};

/// A power of ten and its word.
#[derive(Debug)]
pub(super) struct Scaling {
    /// The exponent of ten.
    pub(super) power: u8,
    /// The word in a sentence.
    pub(super) pattern: ByCategory<Pattern>,
    /// A shorter one for tables, if the language has one.
    pub(super) in_tables: Option<ByCategory<Pattern>>,
}

/// The contents of a language file.
#[derive(Debug)]
pub(super) struct Language {
    pub(super) tag: Tag,
    pub(super) name: String,
    pub(super) is_rtl: bool,
    pub(super) rules: PluralRules,
    pub(super) symbols: Symbols,
    pub(super) percent: Pattern,
    /// The pattern as in the file, before a house style removed its space.
    pub(super) spaced_percent: Pattern,
    pub(super) counted: Pattern,
    pub(super) after_scale: PluralCategory,
    pub(super) points: ByCategory<Pattern>,
    /// Without a word if the file has none.
    pub(super) index_points: ByCategory<Pattern>,
    pub(super) fold: ByCategory<Pattern>,
    /// Largest power first.
    pub(super) scales: Vec<Scaling>,
    pub(super) nouns: BTreeMap<String, ByCategory<String>>,
    /// The ordinals (first, second …) in the forms that templates use.
    pub(super) ordinals: BTreeMap<String, Vec<String>>,
    /// The words for qualifiers, by the name of the qualifier.
    pub(super) qualifiers: BTreeMap<String, Pattern>,
    pub(super) months: BTreeMap<String, Vec<String>>,
    pub(super) quarters: BTreeMap<String, Vec<String>>,
    pub(super) dates: BTreeMap<String, Pattern>,
    pub(super) periods: BTreeMap<String, PeriodPatterns>,
    pub(super) number_dash: String,
    pub(super) month_dash: String,
    pub(super) separator: String,
    pub(super) last_separator: String,
    pub(super) more: Pattern,
    pub(super) outer: [String; 2],
    pub(super) inner: [String; 2],
    pub(super) missing: String,
    pub(super) zero: String,
    pub(super) not_applicable: String,
    pub(super) typography: Typography,
    pub(super) guards: Guards,
}

/// The patterns of one form of periods.
#[derive(Debug)]
pub(super) struct PeriodPatterns {
    pub(super) year: Pattern,
    pub(super) years: Pattern,
    pub(super) year_to_date: Pattern,
    pub(super) half_year: Option<Pattern>,
    pub(super) first_quarter: Option<Pattern>,
    pub(super) quarter: Pattern,
    pub(super) month: Pattern,
    pub(super) months: Pattern,
    pub(super) months_across_years: Pattern,
}

/// A value for each plural category the language has.
#[derive(Debug, Clone, Default)]
pub(super) struct ByCategory<T>([Option<T>; 6]);

impl<T> ByCategory<T> {
    /// The value of a category; parsing has ensured that there is one.
    pub(super) fn of(&self, category: PluralCategory) -> Option<&T> {
        self.0[category as usize].as_ref().or(self.0[PluralCategory::Other as usize].as_ref())
    }

    /// The values of all categories.
    #[cfg(test)]
    pub(super) fn all(&self) -> impl Iterator<Item = &T> {
        self.0.iter().flatten()
    }

    fn map<U>(self, mut with: impl FnMut(T) -> U) -> ByCategory<U> {
        ByCategory(self.0.map(|value| value.map(&mut with)))
    }
}

impl Language {
    /// The words that scale patterns put after a number, with their exponent of ten.
    pub(super) fn scale_affixes(&self) -> impl Iterator<Item = (u8, &str)> {
        self.scales
            .iter()
            .flat_map(|scale| {
                let all = scale.pattern.0.iter().chain(scale.in_tables.iter().flat_map(|t| &t.0));
                all.flatten().map(|pattern| (scale.power, pattern.around().1))
            })
            .filter(|(_, affix)| affix.chars().any(char::is_alphanumeric))
    }

    /// Parses a language file; `None` if it cannot be used.
    pub(super) fn read(source: &SourceText, found: &mut Vec<Diagnostic>) -> Option<Self> {
        let file = File::read(source, found)?;
        let tag = match Tag::try_from_str(file.tag.get_ref()) {
            Ok(tag) => tag,
            Err(error) => {
                found.push(
                    Diagnostic::error(
                        BAD_LANGUAGE,
                        message!(
                            "`{tag}` is not a language tag: {error}",
                            tag = file.tag.get_ref(),
                            error
                        ),
                    )
                    .at(source.place(file.tag.span()))
                    .hint(message!(
                        "write a language tag of BCP 47, for example `xx-YY` or `xx-Latn-YY`"
                    )),
                );
                return None;
            }
        };
        let unsupported = |error: String| {
            Diagnostic::error(
                BAD_LANGUAGE,
                message!("no Unicode data for `{tag}`: {error}", tag, error),
            )
            .at(source.place(file.tag.span()))
        };
        let rules = match PluralRules::try_new_cardinal((&tag).into()) {
            Ok(rules) => rules,
            Err(error) => {
                found.push(unsupported(error.to_string()));
                return None;
            }
        };
        let symbols = match Symbols::of(&tag) {
            Ok(symbols) => symbols,
            Err(error) => {
                found.push(unsupported(error));
                return None;
            }
        };
        let before = found.len();
        let mut reader = Reader { source, categories: rules.categories().collect(), found };
        let language = reader.language(file, tag, rules, symbols);
        (reader.found.len() == before).then_some(language)
    }
}

struct Reader<'a> {
    source: &'a SourceText,
    categories: Vec<PluralCategory>,
    found: &'a mut Vec<Diagnostic>,
}

const MONTHS: usize = 12;
const QUARTERS: usize = 4;

impl Reader<'_> {
    fn language(&mut self, file: File, tag: Tag, rules: PluralRules, icu: Symbols) -> Language {
        let numbers = file.numbers;
        let symbols = self.symbols(&numbers, icu);
        let spaced_percent = self.whole_pattern(&numbers.percent, &["n"]);
        let percent = match numbers.percent_tight {
            true => spaced_percent.clone().without_spaces(),
            false => spaced_percent.clone(),
        };
        let after_scale = match &numbers.after_scale {
            Some(written) => self.category(written).unwrap_or(PluralCategory::Other),
            None => PluralCategory::Other,
        };
        let scales = self.scales(&file.scales);
        self.cells(&file.signs);
        let months = self.names(file.months, MONTHS, "months");
        let quarters = self.names(file.quarters, QUARTERS, "quarters");
        let of = |head: &str, names: &BTreeMap<String, Vec<String>>| -> Vec<String> {
            names.keys().map(|form| format!("{head}.{form}")).collect()
        };
        let mut in_dates: Vec<String> =
            ["day", "dd", "mm", "year", "next-yy"].map(String::from).into();
        in_dates.extend(of("month", &months));
        let mut in_periods: Vec<String> =
            ["year", "start-year", "to", "quarter"].map(String::from).into();
        in_periods.extend(of("start", &months));
        in_periods.extend(of("end", &months));
        in_periods.extend(of("quarter", &quarters));
        let dates = file
            .dates
            .iter()
            .map(|(form, written)| (form.clone(), self.pattern(written, &in_dates)))
            .collect();
        let periods = file
            .periods
            .iter()
            .map(|(form, written)| (form.clone(), self.period(written, &in_periods)))
            .collect();
        Language {
            is_rtl: file.direction.map_or_else(
                || icu::locale::LocaleDirectionality::new_common().is_right_to_left(&tag.id),
                |direction| *direction.get_ref() == written::Direction::Rtl,
            ),
            name: file.name.into_inner(),
            percent,
            spaced_percent,
            counted: self.whole_pattern(&numbers.counted, &["n", "noun"]),
            after_scale,
            points: self.patterns(&numbers.points, &["n"]),
            index_points: numbers
                .index_points
                .as_ref()
                .map(|written| self.patterns(written, &["n"]))
                .unwrap_or(ByCategory([const { None }; 6])),
            fold: self.patterns(&numbers.fold, &["n"]),
            scales,
            nouns: file
                .nouns
                .iter()
                .map(|(noun, written)| {
                    (noun.clone(), self.plural(written).map(|(text, _)| text.to_owned()))
                })
                .collect(),
            ordinals: file.ordinals,
            qualifiers: self.qualifiers(&file.qualifiers),
            months,
            quarters,
            dates,
            periods,
            number_dash: file.ranges.numbers,
            month_dash: file.ranges.months,
            separator: file.lists.separator,
            last_separator: file.lists.last,
            more: self.whole_pattern(&file.lists.more, &["list", "n"]),
            outer: file.quotes.outer,
            inner: file.quotes.inner,
            missing: file.signs.missing,
            zero: file.signs.zero,
            not_applicable: file.signs.not_applicable,
            typography: file.typography,
            guards: file.guards,
            tag,
            rules,
            symbols,
        }
    }

    /// The words for powers of ten, largest first.
    fn scales(&mut self, written: &[written::Scale]) -> Vec<Scaling> {
        let mut scales: Vec<_> = written
            .iter()
            .map(|scale| Scaling {
                power: *scale.power.get_ref(),
                pattern: self.patterns(&scale.pattern, &["n"]),
                in_tables: scale.in_tables.as_ref().map(|short| self.patterns(short, &["n"])),
            })
            .collect();
        for (at, scale) in written.iter().enumerate() {
            let same = |other: &written::Scale| {
                other.power.get_ref() == scale.power.get_ref()
                    || other.pattern.get_ref() == scale.pattern.get_ref()
            };
            if written[..at].iter().any(same) {
                self.found.push(
                    Diagnostic::error(
                        MISLEADING_SIGN,
                        message!(
                            "two scales have the same power or the same \
                        word"
                        ),
                    )
                    .at(self.source.place(scale.power.span()))
                    .note(message!(
                        "a million would be printed as a thousand, or a thousand as a million"
                    )),
                );
            }
        }
        scales.sort_by_key(|scale| std::cmp::Reverse(scale.power));
        scales
    }

    fn symbols(&mut self, numbers: &written::Numbers, mut symbols: Symbols) -> Symbols {
        let replace = |symbol: &mut String, written: &Option<Text>| {
            if let Some(written) = written {
                symbol.clone_from(written.get_ref());
            }
        };
        replace(&mut symbols.decimal, &numbers.decimal);
        replace(&mut symbols.group, &numbers.group);
        replace(&mut symbols.minus, &numbers.minus);
        replace(&mut symbols.plus, &numbers.plus);
        if let Some(from) = &numbers.group_from {
            symbols.group_from = *from.get_ref();
        }
        for (written, name) in [(&numbers.decimal, "decimal"), (&numbers.minus, "minus")] {
            if let Some(written) = written.as_ref().filter(|written| written.get_ref().is_empty()) {
                self.found.push(
                    Diagnostic::error(BAD_LANGUAGE, message!("the {name} sign is empty", name))
                        .at(self.source.place(written.span()))
                        .note(message!("a number without it would read as another number")),
                );
            }
        }
        let signs = [
            ("decimal", &symbols.decimal, &numbers.decimal),
            ("group", &symbols.group, &numbers.group),
            ("minus", &symbols.minus, &numbers.minus),
            ("plus", &symbols.plus, &numbers.plus),
        ];
        for (at, (name, sign, written)) in signs.iter().enumerate() {
            let place =
                |written: &Option<Text>| written.as_ref().map(|w| self.source.place(w.span()));
            let own = Self::sign_of(sign);
            if let Some(odd) = sign.chars().find(|c| c.is_alphanumeric()) {
                self.found.push(
                    Diagnostic::error(
                        MISLEADING_SIGN,
                        message!("`{odd}` in the {name} sign", odd, name),
                    )
                    .at(place(written))
                    .note(message!(
                        "with a digit or letter in the sign, readers would see another number"
                    )),
                );
            }
            if *name == "decimal" && !sign.is_empty() && own.is_empty() {
                self.found.push(
                    Diagnostic::error(MISLEADING_SIGN, message!("the decimal sign is a space"))
                        .at(place(written))
                        .note(message!("1 5 would be read as two numbers, or as fifteen")),
                );
            }
            for (other, sign, other_written) in &signs[..at] {
                if own.is_empty() || Self::sign_of(sign) != own {
                    continue;
                }
                let message = message!("{other} sign and {name} sign are the same", other, name);
                let code = match (*other, *name) {
                    ("decimal", "group") => BAD_LANGUAGE,
                    _ => MISLEADING_SIGN,
                };
                self.found.push(
                    Diagnostic::error(code, message)
                        .at(place(other_written).or_else(|| place(written)))
                        .note(message!(
                            "1,234 could be read as one or as a thousand, and \u{2212}5 as +5"
                        )),
                );
            }
        }
        symbols
    }

    /// The visible part of a sign: without spaces and direction marks, with every dash as a hyphen.
    fn sign_of(sign: &str) -> String {
        let seen = sign.chars().filter(|c| {
            !c.is_whitespace() && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{200b}')
        });
        seen.map(|c| match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            '\u{2019}' | '\u{2bc}' => '\'',
            c => c,
        })
        .collect()
    }

    /// Checks that signs for a cell without a number contain no digit, except the sign for zero.
    fn cells(&mut self, signs: &written::Signs) {
        let zero = signs.zero.trim();
        for (name, sign) in [
            ("missing", &signs.missing),
            ("not-applicable", &signs.not_applicable),
            ("zero", &signs.zero),
        ] {
            let is_zero =
                name == "zero" && zero.chars().all(|c| is_zero_digit(c) || !c.is_numeric());
            if sign.chars().any(char::is_numeric) && !is_zero {
                self.found.push(
                    Diagnostic::error(
                        MISLEADING_SIGN,
                        message!("the sign `{name}` has a digit in it", name),
                    )
                    .at(sign_place(self.source, name))
                    .note(message!("a cell without a number would show a number")),
                );
            }
        }
        if !zero.is_empty() && signs.missing.trim() == zero {
            self.found.push(
                Diagnostic::error(
                    MISLEADING_SIGN,
                    message!("zero and a missing figure have the same sign"),
                )
                .at(sign_place(self.source, "zero"))
                .note(message!("readers could not tell a zero from an unknown figure")),
            );
        }
    }

    fn period(&mut self, written: &written::PeriodForm, known: &[String]) -> PeriodPatterns {
        PeriodPatterns {
            year: self.pattern(&written.year, known),
            years: self.pattern(&written.years, known),
            year_to_date: self.pattern(&written.year_to_date, known),
            half_year: written.half_year.as_ref().map(|text| self.pattern(text, known)),
            first_quarter: written.first_quarter.as_ref().map(|text| self.pattern(text, known)),
            quarter: self.pattern(&written.quarter, known),
            month: self.pattern(&written.month, known),
            months: self.pattern(&written.months, known),
            months_across_years: self.pattern(&written.months_across_years, known),
        }
    }

    /// Patterns by qualifier; an unknown or missing name is an error.
    fn qualifiers(&mut self, written: &BTreeMap<String, Text>) -> BTreeMap<String, Pattern> {
        let known = Qualifier::ALL.map(Qualifier::name);
        for (name, text) in written.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
            self.found.push(
                Diagnostic::error(
                    BAD_LANGUAGE,
                    message!("unknown key `{name}` in `qualifiers`", name),
                )
                .at(self.source.place(text.span()))
                .maybe_hint(did_you_mean(name, known)),
            );
        }
        if let Some((_, first)) = written.first_key_value() {
            for name in known.iter().filter(|name| !written.contains_key(**name)) {
                self.found.push(
                    Diagnostic::error(BAD_LANGUAGE, message!("`qualifiers` has no `{name}`", name))
                        .at(self.source.place(first.span()))
                        .hint(message!(
                            "give words for each; without the whole table, signs are printed"
                        )),
                );
            }
        }
        written
            .iter()
            .map(|(name, text)| (name.clone(), self.whole_pattern(text, &["n"])))
            .collect()
    }

    fn whole_pattern(&mut self, text: &Text, needed: &[&str]) -> Pattern {
        let written =
            pattern::Written { source: self.source, text: text.get_ref(), range: text.span() };
        Pattern::read_whole(&written, needed, self.found)
    }

    fn pattern(&mut self, text: &Text, known: &[impl AsRef<str>]) -> Pattern {
        let written =
            pattern::Written { source: self.source, text: text.get_ref(), range: text.span() };
        Pattern::read(&written, known, self.found)
    }

    /// Lists of names, each of which must have `count` entries.
    fn names(
        &mut self,
        written: BTreeMap<String, toml::Spanned<Vec<String>>>,
        count: usize,
        what: &str,
    ) -> BTreeMap<String, Vec<String>> {
        for (form, names) in &written {
            let listed = names.get_ref().len();
            if listed != count {
                self.found.push(
                    Diagnostic::error(
                        BAD_LANGUAGE,
                        message!(
                            "`{what}.{form}` has {listed} names where there are {count}",
                            what,
                            form,
                            listed,
                            count
                        ),
                    )
                    .at(first_line(self.source, names.span())),
                );
            }
            // One-letter abbreviations of months may be equal; names may not.
            let twice = names.get_ref().iter().enumerate().find(|(at, name)| {
                name.chars().count() > 1 && names.get_ref()[..*at].contains(name)
            });
            if let Some((_, name)) = twice {
                self.found.push(
                    Diagnostic::error(
                        MISLEADING_SIGN,
                        message!("`{name}` appears twice in `{what}.{form}`", name, what, form),
                    )
                    .at(first_line(self.source, names.span()))
                    .note(message!("two periods would be printed the same")),
                );
            }
        }
        written.into_iter().map(|(form, names)| (form, names.into_inner())).collect()
    }

    fn patterns(&mut self, plural: &toml::Spanned<Plural>, needed: &[&str]) -> ByCategory<Pattern> {
        let texts = self.plural(plural).map(|(text, range)| (text.to_owned(), range));
        texts.map(|(text, range)| {
            let written = pattern::Written { source: self.source, text: &text, range };
            Pattern::read_whole(&written, needed, self.found)
        })
    }

    /// The texts of all categories, each with its byte range; missing categories, and those that the
    /// language does not have, are reported.
    fn plural<'p>(
        &mut self,
        plural: &'p toml::Spanned<Plural>,
    ) -> ByCategory<(&'p str, std::ops::Range<usize>)> {
        let mut texts = ByCategory::default();
        let each = match plural.get_ref() {
            Plural::Same(text) => {
                texts.0[PluralCategory::Other as usize] = Some((text.as_str(), plural.span()));
                return texts;
            }
            Plural::Each(each) => each,
        };
        for (key, text) in each {
            if let Some(category) = self.category(key) {
                texts.0[category as usize] = Some((text.get_ref(), text.span()));
            }
        }
        let missing: Vec<String> = self
            .categories
            .iter()
            .filter(|category| texts.0[**category as usize].is_none())
            .map(|category| format!("`{}`", name_of(*category)))
            .collect();
        if !missing.is_empty() {
            self.found.push(
                Diagnostic::error(
                    MISSING_CATEGORY,
                    message!(
                        "no text for the plural category {missing}",
                        missing = missing.join(", ")
                    ),
                )
                .at(first_line(self.source, plural.span()))
                .note(message!(
                    "the plural categories of this language are {known_categories}",
                    known_categories = self.known_categories()
                ))
                .hint(message!("write a text for each; a single text for all needs no table")),
            );
        }
        texts
    }

    fn category(&mut self, written: &Text) -> Option<PluralCategory> {
        let category = PluralCategory::get_for_cldr_string(written.get_ref())
            .filter(|category| self.categories.contains(category));
        if category.is_none() {
            self.found.push(
                Diagnostic::error(
                    MISSING_CATEGORY,
                    message!(
                        "`{written}` is not a plural category of this language",
                        written = written.get_ref()
                    ),
                )
                .at(self.source.place(written.span()))
                .note(message!(
                    "the plural categories of this language are {known_categories}",
                    known_categories = self.known_categories()
                ))
                .maybe_hint(did_you_mean(
                    written.get_ref(),
                    self.categories.iter().map(|category| name_of(*category)),
                )),
            );
        }
        category
    }

    fn known_categories(&self) -> String {
        let names: Vec<_> =
            self.categories.iter().map(|category| format!("`{}`", name_of(*category))).collect();
        names.join(", ")
    }
}

/// Whether a character is the zero digit of any script.
fn is_zero_digit(c: char) -> bool {
    c == '0' || matches!(c, '\u{660}' | '\u{6f0}' | '\u{966}' | '\u{9e6}')
}

/// The place of a sign for cells.
fn sign_place(source: &SourceText, name: &str) -> Place {
    let table = source.text.find("[signs]").unwrap_or(0);
    let found = source.text[table..].find(&format!("\n{name}")).map(|at| table + at + 1);
    let start = found.unwrap_or(table);
    let length = source.text[start..].lines().next().map_or(0, str::len);
    source.place(start..start + length)
}

/// The CLDR name of a category.
pub(super) fn name_of(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

/// The place of the first line of a range, since underlining a whole table would not help.
fn first_line(source: &SourceText, range: std::ops::Range<usize>) -> Place {
    let shown = source.text.get(range.clone()).unwrap_or_default();
    let length = shown.lines().next().map_or(0, str::len);
    source.place(range.start..range.start + length)
}
