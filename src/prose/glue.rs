//! Checks that typed text next to a number does not change the number.
//!
//! With A = 12,000 persons, `{{ A | int }}0` would print 12,0000, `−{{ A | int }}` a loss, `{{ A | int }}
//! thousand` a million, and `{{ A | int }}%` a share. In: a line before its typography is corrected. Out:
//! the text next to numbers that is refused (K0414). Words for scales and units come from the language
//! file, `[[scales]]` and `[guards]`.

use std::ops::Range;

use super::SectionFile;
use crate::diag::{Code, Diagnostic, Message, Place};
use crate::document::Inline;
use crate::locale::Locale;
use crate::locale::guards::{Spoken, Words};
use crate::stats::{Fact, Facts, Operation, Unit};

/// Typed text next to a number that changes it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glued {
    /// The message.
    pub message: Message,
    /// The remedy.
    pub hint: Message,
    /// The id of its sentence.
    pub sentence: Option<String>,
    /// The typed text.
    pub typed: String,
    /// Whether it comes after the number.
    pub is_behind: bool,
}

impl Glued {
    /// The diagnostic, at a place.
    pub(super) fn said_at(&self, place: Place) -> Diagnostic {
        Diagnostic::error(Code::K0414, self.message.clone())
            .at(place)
            .note(message!("readers would see the text and the number together as another number"))
            .hint(self.hint.clone())
    }

    /// The diagnostic, at the typed text in the section's file, or else at its sentence.
    pub(super) fn diagnostic(&self, file: &SectionFile) -> Diagnostic {
        let text = &file.text.text;
        let body = match &self.sentence {
            Some(id) => file.body(id),
            None => Some(0..text.len()),
        };
        let typed = body.clone().and_then(|body| {
            let at = self.find(&text[body.clone()])?;
            Some(body.start + at.start..body.start + at.end)
        });
        let call = || self.sentence.as_ref().and_then(|id| file.find_call("sentence", id));
        let place = match typed.or_else(call) {
            Some(range) => file.text.place(range),
            None => Place::Path(file.text.path.clone()),
        };
        self.said_at(place)
    }

    /// The byte range in a text of a printed value together with the typed text.
    fn find(&self, text: &str) -> Option<Range<usize>> {
        let is_mark = |c: char| matches!(c, '*' | '_' | '-');
        if self.is_behind {
            let typed = self.typed.lines().next().filter(|typed| !typed.is_empty())?;
            let typed: String = typed.chars().take(LOOKED_AT).collect();
            text.match_indices("}}").find_map(|(at, close)| {
                let start = at + close.len();
                let rest = text[start..].trim_start_matches(is_mark);
                let start = text.len() - rest.len();
                rest.starts_with(&typed).then(|| start..start + typed.len())
            })
        } else {
            let typed = self.typed.lines().next_back().filter(|typed| !typed.is_empty())?;
            let skipped = typed.chars().count().saturating_sub(LOOKED_AT);
            let typed: String = typed.chars().skip(skipped).collect();
            text.match_indices("{{").find_map(|(at, _)| {
                let rest = text[..at].trim_end_matches('*');
                rest.ends_with(&typed).then(|| rest.len() - typed.len()..rest.len())
            })
        }
    }
}

/// The number of typed characters by which the text is found again.
const LOOKED_AT: usize = 8;

/// A leaf of a line.
enum Leaf<'l> {
    Typed(&'l str),
    Number {
        id: &'l str,
        form: &'l str,
        text: &'l str,
    },
    /// A name, a period, a direction: words, which may contain digits of their own.
    Words(&'l str),
    /// The number of a footnote.
    Note,
    /// A citation, a reference, a line break.
    Gap,
}

/// Everything that is glued to the numbers of a line.
pub(super) fn glued(line: &[Inline], facts: &Facts, locale: &Locale) -> Vec<Glued> {
    let mut leaves = vec![];
    flatten(line, None, &mut leaves);
    let mut found = vec![];
    for pair in leaves.windows(2) {
        let [(before, _), (Leaf::Note, sentence)] = pair else { continue };
        let (Leaf::Typed(text) | Leaf::Number { text, .. } | Leaf::Words(text)) = before else {
            continue;
        };
        if text.ends_with(char::is_numeric) {
            found.push(Glued {
                message: message!(
                    "the reference to a note is directly behind the number `{text}`",
                    text
                ),
                hint: message!("move the reference behind a word"),
                sentence: sentence.map(str::to_owned),
                typed: "{{ note(".to_owned(),
                is_behind: true,
            });
        }
    }
    for (index, (leaf, sentence)) in leaves.iter().enumerate() {
        let Leaf::Number { id, form, text } = leaf else { continue };
        let fact = fact_of(id, facts);
        let number = Shown { id, form, text, fact, unit: fact.map(|fact| &fact.unit) };
        let behind = typed(leaves[index + 1..].iter().map(|(leaf, _)| leaf), false);
        let before = typed(leaves[..index].iter().rev().map(|(leaf, _)| leaf), true);
        // A card prints its unit elsewhere; of two numbers with one scale only one may have the word.
        let is_alone =
            sentence.is_some() && !number.is_scaled_with(&leaves, *sentence, facts, locale);
        let unscaled = if is_alone { number.unscaled(&before, &behind, locale) } else { None };
        let problems = [
            (number.behind(&behind, locale).or(unscaled), behind, true),
            (number.before(&before, locale), before, false),
        ];
        for (problem, beside, is_behind) in problems {
            let Some((message, hint)) = problem else { continue };
            let sentence = sentence.map(str::to_owned);
            found.push(Glued { message, hint, sentence, typed: beside.text, is_behind });
        }
    }
    found
}

/// Checks words printed apart from a line's last number, such as the unit of a card.
pub(super) fn separate_words(
    line: &[Inline],
    words: &str,
    facts: &Facts,
    locale: &Locale,
) -> Option<Glued> {
    let mut leaves = vec![];
    flatten(line, None, &mut leaves);
    let number = leaves.into_iter().rev().find_map(|(leaf, _)| match leaf {
        Leaf::Number { id, form, text } => Some((id, form, text)),
        _ => None,
    });
    let (id, form, text) = number?;
    let fact = fact_of(id, facts)?;
    let number = Shown { id, form, text, fact: Some(fact), unit: Some(&fact.unit) };
    let (message, hint) = number.under(words, locale)?;
    Some(Glued { message, hint, sentence: None, typed: words.to_owned(), is_behind: true })
}

/// Checks the unit of a fact in its label, after the last comma: `Arrivals, thousand`.
pub(super) fn labelled(id: &str, label: &str, facts: &Facts, locale: &Locale) -> Option<Glued> {
    let (_, words) = label.rsplit_once(',')?;
    let fact = facts.get(id).filter(|fact| fact.missing().is_none())?;
    let number = Shown { id, form: "", text: "", fact: Some(fact), unit: Some(&fact.unit) };
    let (message, hint) = number.contradicted(words, locale)?;
    Some(Glued { message, hint, sentence: None, typed: words.to_owned(), is_behind: true })
}

fn flatten<'l>(
    line: &'l [Inline],
    sentence: Option<&'l str>,
    leaves: &mut Vec<(Leaf<'l>, Option<&'l str>)>,
) {
    for inline in line {
        let leaf = match inline {
            Inline::Text { text } => Leaf::Typed(text),
            Inline::Fact { id, form, text } => match form.as_str() {
                "name" | "time" | "since" | "rise" | "fall" | "flat" => Leaf::Words(text),
                _ => Leaf::Number { id, form, text },
            },
            Inline::Sentence { id, content } => {
                flatten(content, Some(id), leaves);
                continue;
            }
            Inline::NoteRef { .. } => Leaf::Note,
            // Text on the next line counts as adjacent.
            Inline::Break => Leaf::Typed("\n"),
            Inline::Ref { .. } | Inline::Cite { .. } => Leaf::Gap,
            other => {
                flatten(other.content(), sentence, leaves);
                continue;
            }
        };
        leaves.push((leaf, sentence));
    }
}

/// The typed text on one side of a number, up to the next leaf that is not typed.
struct Beside {
    text: String,
    /// The number or words directly after that text, if any.
    next: Option<String>,
}

fn typed<'a, 'l: 'a>(leaves: impl Iterator<Item = &'a Leaf<'l>>, is_before: bool) -> Beside {
    let mut beside = Beside { text: String::new(), next: None };
    for leaf in leaves {
        match leaf {
            Leaf::Typed(text) if is_before => beside.text.insert_str(0, text),
            Leaf::Typed(text) => beside.text.push_str(text),
            Leaf::Number { text, .. } | Leaf::Words(text) => {
                beside.next = Some((*text).to_owned());
                break;
            }
            Leaf::Note | Leaf::Gap => break,
        }
    }
    beside.text.retain(|c| !is_unseen(c));
    beside
}

/// Zero-width characters: text on both sides of one is adjacent.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

/// A fact, or the fact of a member; `None` for a number of a register.
fn fact_of<'f>(id: &str, facts: &'f Facts) -> Option<&'f Fact> {
    let (whole, _) = id.split_once('[').unwrap_or((id, ""));
    facts.get(id).or_else(|| facts.get(whole))
}

/// A printed number with its fact and unit.
struct Shown<'l> {
    id: &'l str,
    form: &'l str,
    text: &'l str,
    fact: Option<&'l Fact>,
    unit: Option<&'l Unit>,
}

type Problem = Option<(Message, Message)>;

fn is_space(c: char) -> bool {
    c.is_whitespace()
}

/// The signs for a hundredth, a thousandth and a ten-thousandth.
const PARTS: [char; 3] = ['%', '‰', '‱'];

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '¢' | '£' | '¤' | '¥' | '\u{20A0}'..='\u{20CF}')
}

/// Whether digits after a space read as another group of a number; four digits may be a year.
fn runs_on(digits: impl Iterator<Item = char>) -> bool {
    matches!(digits.take_while(char::is_ascii_digit).count(), 1..=3)
}

impl Shown<'_> {
    fn says(&self, problem: Message, hint: Message) -> Problem {
        let message = message!(
            "`{id}` is printed as {printed}, and {problem}",
            id = self.id,
            printed = self.text,
            problem
        );
        Some((message, hint))
    }

    /// The exponent of ten in its unit: 6 for `million-kzt`.
    fn power(&self) -> u8 {
        let of_unit = match self.unit.map_or(1.0, Unit::scale) {
            1e2 => 2,
            1e3 => 3,
            1e6 => 6,
            1e9 => 9,
            _ => 0,
        };
        of_unit + if self.form == "billions" { 3 } else { 0 }
    }

    /// Whether its dimension is this unit.
    fn counts(&self, unit: &str) -> bool {
        self.unit.is_some_and(|own| own.dimension() == unit)
    }

    fn is_percent(&self) -> bool {
        matches!(self.form, "pct2" | "pct1" | "pct0")
    }

    /// Whether a word for `unit` may describe what it counts. People are counted under many names, and a
    /// plain number may count anything but people, unless it counts members.
    fn may_be(&self, unit: &str) -> bool {
        let Some(own) = self.unit.map(Unit::dimension) else { return true };
        let is_of_people = |unit: &str| PEOPLE.contains(&unit);
        match own {
            own if own == unit => true,
            Unit::INDEX => unit == Unit::INDEX_POINTS,
            Unit::NUMBER if is_of_people(unit) => {
                !self.fact.is_some_and(|fact| fact.operation == Operation::Count)
            }
            Unit::NUMBER => Unit::new(unit).is_of_things(),
            own => is_of_people(own) && is_of_people(unit),
        }
    }

    /// Whether it is a number written in a rule rather than a figure.
    fn is_written(&self) -> bool {
        self.id.ends_with(".threshold") || self.fact.is_none()
    }

    /// Whether another number of the sentence has the word of the same scale.
    fn is_scaled_with(
        &self,
        leaves: &[(Leaf<'_>, Option<&str>)],
        own: Option<&str>,
        facts: &Facts,
        locale: &Locale,
    ) -> bool {
        leaves.iter().enumerate().any(|(index, (leaf, sentence))| {
            let Leaf::Number { id, form, text } = leaf else { return false };
            let fact = fact_of(id, facts);
            let other = Shown { id, form, text, fact, unit: fact.map(|fact| &fact.unit) };
            let behind = typed(leaves[index + 1..].iter().map(|(leaf, _)| leaf), false);
            let before = typed(leaves[..index].iter().rev().map(|(leaf, _)| leaf), true);
            *sentence == own
                && other.power() == self.power()
                && self.power() > 0
                && other.unscaled(&before, &behind, locale).is_none()
        })
    }

    /// The problem of a number in a scaled unit without the scale word.
    fn unscaled(&self, before: &Beside, behind: &Beside, locale: &Locale) -> Problem {
        let power = self.power();
        let of = |text: &str| Spoken::of(text.to_owned());
        let (behind, before) = (of(&behind.text), of(&before.text));
        let is_said = |(own, words): &(u8, Vec<Words>)| {
            *own == power && words.iter().any(|w| w.begins(&behind) || w.ends(&before).is_some())
        };
        if power == 0 || locale.scale_words().iter().any(is_said) {
            return None;
        }
        let scale = self.unit.map_or("", |unit| &unit.0);
        self.says(
            message!("it is a number of `{scale}`, but no word next to it says so", scale),
            message!("write the word of its scale behind it, for example “million”"),
        )
    }

    fn behind(&self, beside: &Beside, locale: &Locale) -> Problem {
        let text = beside.text.as_str();
        let ends_in_digit = self.text.ends_with(|c: char| c.is_numeric());
        let mut chars = text.chars();
        let (first, second) = (chars.next(), chars.next());
        if first.is_some_and(char::is_alphanumeric) {
            return self.says(
                message!("“{text}” is typed directly behind it", text = head(text)),
                message!(
                    "add a space, or print another fact: a digit or letter here changes the number"
                ),
            );
        }
        if let Some(sign) = text.trim_start_matches(is_space).chars().next()
            && (is_operator(sign) || sign == '/')
        {
            return self.calculated(sign, "behind");
        }
        let is_mark = matches!(first, Some('.' | ',' | '·' | '\'' | '’' | '٫' | '٬'));
        let next_is_number = || {
            let next = beside.next.as_deref().and_then(|next| next.chars().next());
            next.is_some_and(|c| c.is_numeric() || matches!(c, '+' | '-' | '\u{2212}'))
        };
        if (is_mark || first == Some('(')) && second.is_none() && next_is_number() {
            return self.says(
                message!("there is only “{text}” between it and the next number", text),
                message!("separate two numbers by a space and a word"),
            );
        }
        if is_mark && second.is_some_and(char::is_numeric) {
            return self.says(
                message!("“{text}” is typed directly behind it", text = head(text)),
                message!("print the fact with the known digits: `int`, `dec1`, `pct1`"),
            );
        }
        let rest = text.trim_start_matches(is_space);
        let next = beside.next.as_deref().filter(|_| rest.is_empty()).unwrap_or_default();
        if ends_in_digit
            && (runs_on(rest.chars())
                || (runs_on(next.chars()) || text.is_empty() && next.starts_with(char::is_numeric)))
        {
            return self.says(
                message!("another number follows without a word or punctuation mark between them"),
                message!("say what the second number is, or separate them by a comma"),
            );
        }
        if let Some(sign) = rest.chars().next() {
            if PARTS.contains(&sign) {
                let is_twice = self.is_percent() && sign == '%';
                let is_rate = sign == '‰' && self.counts(Unit::PER_1000);
                if is_twice {
                    return self.says(
                        message!("another `{sign}` is typed behind it", sign),
                        message!("delete it: the filter prints the sign"),
                    );
                }
                if !is_rate {
                    return self.unlike(&sign.to_string());
                }
            }
            if let Some(problem) = self.currency(sign, locale) {
                return Some(problem);
            }
        }
        // Also skips hyphens: "-percent", "-fold".
        let words = rest.trim_start_matches(|c: char| is_wrapping(c) || is_hyphen(c));
        let words = words.trim_start_matches(is_space);
        if words.starts_with(char::is_alphanumeric) {
            return self.words(&Spoken::of(first_words(words)), locale);
        }
        None
    }

    /// Words of a scale or unit directly after it.
    fn words(&self, said: &Spoken, locale: &Locale) -> Problem {
        let begins = |words: &Words| words.find(said).filter(|at| at.start == 0);
        if let Some(at) = locale.guards().altering.iter().find_map(begins) {
            return self.altered(&said.text()[at], "behind");
        }
        for (power, words) in locale.scale_words() {
            let Some(at) = words.iter().find_map(begins) else { continue };
            let word = &said.text()[at];
            let is_abbreviated = locale.has_scale(self.text);
            if is_abbreviated || self.is_percent() || power != self.power() {
                let note = match is_abbreviated {
                    true => message!("already has its scale"),
                    false => message!("is printed in full"),
                };
                return self.says(
                    message!("“{word}” is typed behind it, but the number {note}", word, note),
                    message!(
                        "delete the word: a number known to thousands is printed in thousands \
                    automatically"
                    ),
                );
            }
            return None;
        }
        // “Points” next to an index are index points, otherwise percentage points.
        let is_index = self.counts(Unit::INDEX) || self.counts(Unit::INDEX_POINTS);
        for (unit, words) in &locale.guards().units {
            if unit == Unit::INDEX_POINTS && !is_index {
                continue;
            }
            let Some(at) = words.iter().find_map(begins) else { continue };
            let is_twice = self.is_percent() && unit == Unit::PERCENT
                || self.form == "points" && [Unit::POINTS, Unit::INDEX_POINTS].contains(&&**unit);
            if is_twice {
                return self.says(
                    message!("“{at}” is typed behind it", at = &said.text()[at]),
                    message!("delete the words: the filter prints them"),
                );
            }
            // Border crossing points are counted and are not percentage points.
            let is_place = unit == Unit::POINTS && self.unit.is_some_and(Unit::is_count);
            if !self.may_be(unit) && !is_place {
                return self.unlike(&said.text()[at]);
            }
            return None;
        }
        None
    }

    /// Words of a unit printed above or below it.
    fn under(&self, words: &str, locale: &Locale) -> Problem {
        let is_said = |(own, all): &(u8, Vec<Words>)| {
            let said = Spoken::of(words);
            *own == self.power() && all.iter().any(|one| one.find(&said).is_some())
        };
        if self.power() > 0 && !locale.scale_words().iter().any(is_said) {
            let beside = || Beside { text: words.to_owned(), next: None };
            return self.unscaled(&beside(), &beside(), locale);
        }
        self.contradicted(words, locale)
    }

    /// Words for another unit or scale.
    fn contradicted(&self, words: &str, locale: &Locale) -> Problem {
        if words.contains('%') && !self.counts(Unit::PERCENT) && !self.counts(Unit::POINTS) {
            return self.unlike("%");
        }
        let words = words.trim_start_matches(|c: char| !c.is_alphanumeric());
        self.words(&Spoken::of(first_words(words)), locale)
    }

    fn altered(&self, typed: &str, side: &str) -> Problem {
        self.says(
            message!("“{typed}” is typed {side} it, which changes the number", typed, side),
            message!("delete the words: the filter prints signs, scales and qualifiers; a half or a multiple \
            must be an indicator"),
        )
    }

    fn calculated(&self, sign: char, side: &str) -> Problem {
        self.says(
            message!("the sign “{sign}” is typed {side} it", sign, side),
            message!("compute it by an indicator in `indicators.toml`; the filter prints the qualifiers of a \
            number"),
        )
    }

    fn unlike(&self, typed: &str) -> Problem {
        let unit = self.unit.map_or("another unit", |unit| &unit.0);
        self.says(
            message!("“{typed}” is typed next to it, but it is in {unit}", typed, unit),
            message!("print a fact in that unit: define an indicator with `share` for a share, with `rate` \
            for a rate"),
        )
    }

    fn currency(&self, sign: char, locale: &Locale) -> Problem {
        if !is_currency(sign) {
            return None;
        }
        let is_own = match locale.guards().signs.get(&sign.to_string()) {
            Some(unit) => self.unit.is_none() || self.counts(unit),
            None => self.unit.is_none_or(|unit| {
                unit.is_count() && !self.counts(Unit::PERSONS) && !self.counts(Unit::NUMBER)
            }),
        };
        if is_own { None } else { self.unlike(&sign.to_string()) }
    }

    fn before(&self, beside: &Beside, locale: &Locale) -> Problem {
        let text = beside.text.as_str();
        let starts_with_digit = self.text.starts_with(|c: char| c.is_numeric());
        let mut back = text.chars().rev();
        let (last, second) = (back.next(), back.next());
        if last.is_some_and(char::is_numeric) {
            return self.says(
                message!("“{text}” is typed directly before it", text = tail(text)),
                message!("add a space, or print another fact: a digit here changes the number"),
            );
        }
        if matches!(last, Some('.' | ',' | '·' | '٫')) && second.is_some_and(char::is_numeric) {
            return self.says(
                message!("“{text}” is typed directly before it", text = tail(text)),
                message!("separate two numbers by a space and a word"),
            );
        }
        let rest = text.trim_end_matches(is_space);
        if let Some(sign) = rest.chars().next_back()
            && (is_operator(sign) || sign == '/' || is_comparison(sign) && !self.is_written())
        {
            return self.calculated(sign, "before");
        }
        let last_words = Spoken::of(last_words(rest));
        let ends = |words: &Words| words.ends(&last_words);
        if let Some(at) = locale.guards().altering.iter().find_map(ends) {
            return self.altered(&last_words.text()[at], "before");
        }
        let qualifiers = locale.qualifier_words();
        let qualifiers = || locale.guards().approximate.iter().chain(&qualifiers);
        if !self.is_written()
            && let Some(at) = qualifiers().find_map(ends)
        {
            return self.altered(&last_words.text()[at], "before");
        }
        // “Million 12” reads as twelve million too.
        if let Some((power, at)) = locale
            .scale_words()
            .iter()
            .find_map(|(power, words)| Some((*power, words.iter().find_map(ends)?)))
            && power != self.power()
        {
            return self.altered(&last_words.text()[at], "before");
        }
        let is_apart = rest.len() < text.len();
        if starts_with_digit && is_apart && runs_on(rest.chars().rev()) {
            return self.says(
                message!("the number “{rest}” is typed before it", rest = tail(rest)),
                message!("say what the first number is, or separate them by a comma"),
            );
        }
        let sign = rest.chars().next_back()?;
        if let Some(problem) = self.currency(sign, locale) {
            return Some(problem);
        }
        let until = &rest[..rest.len() - sign.len_utf8()];
        let near = until.chars().next_back();
        // Between two numbers the sign makes a formula or range.
        let far = until.trim_end_matches(is_space).chars().next_back();
        let is_behind_number = far.is_some_and(char::is_numeric)
            || far.is_none() && beside.next.as_deref().is_some_and(ends_in_number);
        let is_sign = match sign {
            '\u{2212}' | '+' | '±' | '\u{FF0B}' | '\u{2213}' => match is_apart {
                true => !is_behind_number,
                false => !is_behind_number || near.is_some_and(is_space),
            },
            '-' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '–' | '\u{FE63}' | '\u{FF0D}' => {
                let is_open = near.is_none_or(|c| is_space(c) || !c.is_alphanumeric() && c != ')');
                let follows = near.is_none() && beside.next.is_some();
                !is_apart && is_open && !follows
            }
            _ => false,
        };
        if !is_sign {
            return None;
        }
        self.says(
            message!("the sign “{sign}” is typed before it", sign),
            message!("print the fact with `signed`: the filter prints the sign of the data"),
        )
    }
}

/// Signs that make a formula of two numbers; minus and plus have rules of their own.
fn is_operator(c: char) -> bool {
    matches!(c, '×' | '*' | '÷' | '^' | '⋅' | '∙' | '∗' | '∕' | '⁄' | '√')
}

/// Signs that qualify a number.
fn is_comparison(c: char) -> bool {
    matches!(c, '~' | '≈' | '<' | '>' | '≥' | '≤' | '∼' | '≃' | '≅' | '⩽' | '⩾')
}

/// Quotation marks and brackets, which do not separate a number from its scale word.
fn is_wrapping(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '”'
            | '„'
            | '‘'
            | '’'
            | '‚'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '('
            | ')'
            | '['
            | ']'
    )
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Units under which persons may be counted.
const PEOPLE: [&str; 8] = [
    Unit::PERSONS,
    "migrants",
    "foreigners",
    "citizens",
    "students",
    "workers",
    "employees",
    "children",
];

fn ends_in_number(text: &str) -> bool {
    text.ends_with(|c: char| c.is_numeric() || PARTS.contains(&c))
}

/// The beginning of a text, for a message.
fn head(text: &str) -> String {
    text.chars().take_while(|c| !is_space(*c)).take(12).collect()
}

/// The last word, for a message.
fn tail(text: &str) -> String {
    let last = text.trim_end_matches(is_space).rsplit(is_space).next().unwrap_or_default();
    let skipped = last.chars().count().saturating_sub(12);
    last.chars().skip(skipped).collect()
}

/// The last few words after the last punctuation mark.
fn last_words(text: &str) -> String {
    let is_mark = |c: char| matches!(c, ',' | ';' | ':' | '.' | ')' | '!' | '?');
    let start = text.rfind(is_mark).map_or(0, |at| at + 1);
    let words: Vec<&str> = text[start..].split_whitespace().collect();
    words[words.len().saturating_sub(4)..].join(" ")
}

/// The first few words before the next punctuation mark.
fn first_words(text: &str) -> String {
    let end = text.find([',', ';', ':', '(', ')', '!', '?', '\n']).unwrap_or(text.len());
    text[..end].split_inclusive(is_space).take(4).collect()
}
