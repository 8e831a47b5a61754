//! Periods: a figure of one period is not called by the name of another (guard 12).
//!
//! Releases print cumulative totals from January, and the most frequent mistake is to call such a total
//! by the name of its last quarter. A line that names a quarter, by a value or in typed words, may quote
//! only figures of that quarter, unless it names the other period too. Likewise, a value of a year
//! earlier must be called so; a typed year, month, season or length of time must be that of a quoted
//! figure; and if a line names periods, at least one quoted figure must belong to one of them.

use std::collections::BTreeSet;

use super::Writer;
use crate::diag::{Code, Diagnostic, Message, Place, Result};
use crate::document::{Block, Inline};
use crate::locale::guards::{self, Months, Spoken};
use crate::prose::SectionFile;
use crate::stats::{Fact, Facts, Operation, Period, Span, Time, Unit};

/// A period that a line names.
#[derive(Debug, Clone, PartialEq)]
enum Named {
    /// Named by a value.
    Over(Period),
    /// Named in typed words: the quarter of some year.
    Typed(i8, String),
}

impl Named {
    fn is_quarter(&self) -> bool {
        match self {
            Self::Over(period) => period.span() == Span::Quarter,
            Self::Typed(..) => true,
        }
    }

    /// Whether a figure of `period` may be called so.
    fn covers(&self, period: Period) -> bool {
        match self {
            Self::Over(named) => *named == period,
            Self::Typed(quarter, _) => {
                period == Period::quarter(period.end.year, *quarter)
                    && period.last_quarter() == *quarter
            }
        }
    }
}

impl Writer {
    /// Refuses a phrase that names another period or measure than that of a fact it quotes or that is
    /// `shown` under it.
    pub(crate) fn rightly_called(&self, key: &str, line: &[Inline], shown: &[&Fact]) -> Result<()> {
        match self.miscalled(line, &Line::of(line, self.facts()), shown) {
            Some(problem) => Err(problem.at(self.strings.place(key)).into()),
            None => Ok(()),
        }
    }

    /// Refuses words that name a period if the figures under them are those of a year earlier or later
    /// and none is of the named one. `times` are the times of the figures.
    pub fn names_own_time(&self, key: &str, line: &[Inline], times: &[Time]) -> Result<()> {
        let named = Line::of(line, self.facts()).named;
        let is_a_year_off = |named: Time| {
            times.iter().find(|time| match (**time, named) {
                (Time::Over(own), Time::Over(named)) => {
                    own.years_before(1) == named || named.years_before(1) == own
                }
                _ => false,
            })
        };
        let Some((named, own)) = named
            .iter()
            .filter(|named| !times.contains(named))
            .find_map(|named| Some((named, is_a_year_off(*named)?)))
        else {
            return Ok(());
        };
        Err(Diagnostic::error(
            Code::K0408,
            message!("`{key}` names {named}, but the values below it are for {own}", key, named, own),
        )
        .at(self.strings.place(key))
        .note(message!("readers take a value for that of the time that is named above it"))
        .hint(
            message!("print the time of the values: `{{{{ period | short }}}}`, or `{{{{ period.base | short }}}}` \
            over those of a year earlier"),
        )
        .into())
    }

    /// The same for the sentences in a block of a section.
    pub(super) fn miscalled_in(
        &self,
        block: &Block,
        file: &SectionFile,
        found: &mut Vec<Diagnostic>,
    ) {
        let mut each = |line: &[Inline]| {
            // A sentence may leave the time to the sentences before it in its paragraph.
            let mut named: Vec<Time> = vec![];
            for (id, content) in sentences(line) {
                let line = Line::of(content, self.facts());
                let problem = self.miscalled(content, &line, &[]);
                if let Some(problem) = problem.or_else(|| self.unnamed_time(&line, &named)) {
                    found.push(problem.at(place_of(id, file)));
                }
                named.extend(&line.named);
            }
        };
        match block {
            Block::Heading { content, .. } | Block::Paragraph { content } => each(content),
            Block::Notes { notes } => notes.iter().for_each(|note| each(&note.content)),
            // The words of exhibits are phrases, which are checked when they are rendered.
            _ => {}
        }
        let inner = block.inner().into_iter().flatten();
        inner.for_each(|block| self.miscalled_in(block, file, found));
    }

    fn miscalled(&self, line: &[Inline], read: &Line<'_>, shown: &[&Fact]) -> Option<Diagnostic> {
        let mut named = vec![];
        let mut quoted: Vec<&Fact> = shown.to_vec();
        self.read(line, &mut named, &mut quoted);
        if let Some(problem) = self.other_measure(line, shown) {
            return Some(problem);
        }
        let problem = self
            .other_order(&read.words, &quoted)
            .or_else(|| self.other_base(&read.words, &quoted))
            .or_else(|| self.other_population(&read.words, &read.ids(shown)))
            .or_else(|| self.other_status(&read.words, &read.ids(shown)));
        if problem.is_some() {
            return problem;
        }
        // The quarter of a year earlier may be quoted beside the period's own name if it is called so.
        if guards::first(&self.locale().guards().year_earlier, &read.words).is_some() {
            quoted.retain(|fact| !fact.id.ends_with(".base"));
        }
        self.miscalled_quarter(&named, quoted).or_else(|| {
            // A figure may show many times.
            let line = shown.is_empty().then_some(read)?;
            self.unnamed_base(line)
                .or_else(|| self.other_year(line))
                .or_else(|| self.other_length(line))
                .or_else(|| self.other_months(line))
                .or_else(|| self.all_of_others(line))
        })
    }

    /// The problem of a value of a year earlier that is not called so.
    fn unnamed_base(&self, line: &Line<'_>) -> Option<Diagnostic> {
        let words = &self.locale().guards().year_earlier;
        if words.is_empty() || guards::first(words, &line.words).is_some() {
            return None;
        }
        let (id, base) = line.quoted.iter().find(|(id, base)| {
            id.ends_with(".base") && base.is_none_or(|time| !line.named.contains(&time))
        })?;
        let time = base
            .map_or_else(|| message!("a year earlier"), |time| Message::verbatim(time.to_string()));
        Some(
            Diagnostic::error(
                Code::K0408,
                message!(
                    "`{id}` is for {time}, but the text does not say \
                so",
                    id,
                    time
                ),
            )
            .note(message!("readers take a value without a time for that of the period"))
            .hint(message!(
                "name its time with `{{{{ period.base | nom }}}}` in a form of your language, or \
                    write “a year earlier”"
            )),
        )
    }

    /// The problem of a number of another time than the brief's which neither its sentence nor one
    /// `before` it in the paragraph names.
    fn unnamed_time(&self, line: &Line<'_>, before: &[Time]) -> Option<Diagnostic> {
        let guards = self.locale().guards();
        let names_one = |words: &Vec<guards::Words>| guards::first(words, &line.words).is_some();
        let has_year = line.words.words().any(|word| {
            word.len() == 4 && word.parse::<u16>().is_ok_and(|year| (1900..2100).contains(&year))
        });
        if guards.year_earlier.is_empty()
            || !line.named.is_empty()
            || has_year
            || names_one(&guards.year_earlier)
            || guards.spans.values().any(names_one)
        {
            return None;
        }
        let own = self.context.edition.period;
        // A figure of a longer period, as a yearly quota, covers its parts; a stock is current if it is
        // less than a year old.
        let is_own = |time: Time| match time {
            Time::Over(period) => period.start <= own.start && own.end <= period.end,
            Time::At(day) => {
                let oldest = own.years_before(1).start.first_day();
                (oldest..=own.day_after()).contains(&day)
            }
        };
        let (id, time) = line.quoted.iter().find_map(|(id, time)| {
            let is_compared = id.ends_with("base") || id.contains(".range");
            let time = time.filter(|time| !is_own(*time) && !before.contains(time))?;
            // A number of years is a length, so it has no time to name.
            let is_length = line.facts.get(id).is_some_and(|fact| &*fact.unit.0 == Unit::YEARS);
            (!is_compared && !is_length && line.printed.contains(id)).then_some((id, time))
        })?;
        Some(
            Diagnostic::error(
                Code::K0408,
                message!("`{id}` is for {time}, but the text does not say so", id, time),
            )
            .note(message!("readers take a value without a time for that of the period"))
            .hint(message!(
                "name its time with `{{{{ {id}.time | nom }}}}` in a form of your language",
                id
            )),
        )
    }

    /// The problem of a typed year that is not that of a quoted figure.
    fn other_year(&self, line: &Line<'_>) -> Option<Diagnostic> {
        let before = &self.locale().guards().since;
        if before.is_empty() || line.quoted.is_empty() {
            return None;
        }
        let covers = |year: i16, time: Time| match time {
            Time::Over(period) => (period.start.year..=period.end.year).contains(&year),
            // The end of a year is the first day of the next one; academic years span two.
            Time::At(day) => (day.year() - 1..=day.year() + 1).contains(&year),
        };
        let words: Vec<&str> = line.words.words().collect();
        let (at, year) = words.iter().enumerate().find_map(|(at, word)| {
            let is_year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
            let year: i16 = word.parse().ok().filter(|_| is_year)?;
            let is_known = line.times().any(|time| covers(year, time))
                || line.quoted.iter().any(|(id, _)| id.contains(word));
            (!is_known).then_some((at, year))
        })?;
        let said = Spoken::of(words[..at].join(" "));
        if before.iter().any(|words| words.ends(&said).is_some()) {
            return None;
        }
        let (id, time) = line.quoted.first()?;
        let time =
            time.map_or_else(Message::default, |time| message!(", which is for {time}", time));
        Some(
            Diagnostic::error(
                Code::K0408,
                message!("the year {year} is typed next to `{id}`{time}", year, id, time),
            )
            .note(message!("a typed year does not change with the period"))
            .hint(message!(
                "print the time of the figure with `{{{{ period | nom }}}}` or \
                    `{{{{ X1.time | nom }}}}` in a form of your language"
            )),
        )
    }

    /// The problem of a typed length of time that no quoted figure has.
    fn other_length(&self, line: &Line<'_>) -> Option<Diagnostic> {
        let spans = &self.locale().guards().spans;
        let has_length = |months: &str| {
            line.times().any(|time| match time {
                Time::Over(period) => period.months().len().to_string() == months,
                Time::At(_) => true,
            })
        };
        let (id, time) = line.quoted.iter().find_map(|(id, time)| Some((id, (*time)?)))?;
        spans.iter().find_map(|(months, words)| {
            let (_, at) = guards::first(words, &line.words)?;
            (!has_length(months)).then(|| {
                let typed = &line.words.text()[at];
                Diagnostic::error(
                    Code::K0408,
                    message!(
                        "`{id}` is for {time}, but the text says \u{201C}{typed}\u{201D}",
                        id,
                        time,
                        typed
                    ),
                )
                .note(message!("no number in the text covers so many months"))
                .hint(message!(
                    "print the period with `{{{{ period | nom }}}}` in a form of your language"
                ))
            })
        })
    }

    /// The problem of a typed month or season in which no quoted figure begins, ends or lies.
    fn other_months(&self, line: &Line<'_>) -> Option<Diagnostic> {
        let locale = self.locale();
        let (id, time) = line.quoted.iter().find_map(|(id, time)| Some((id, (*time)?)))?;
        let is_of = |months: Months| {
            line.times().any(|time| match time {
                Time::Over(period) => match months.first == months.last {
                    // A period is named by its first and last month: “January–June”.
                    true => [period.start, period.end].iter().any(|end| months.has(end.month)),
                    false => period.months().iter().all(|month| months.has(month.start.month)),
                },
                // The end of a month is the first day of the next one.
                Time::At(day) => [day.month(), day.yesterday().map_or(12, |day| day.month())]
                    .into_iter()
                    .any(|month| months.has(month)),
            })
        };
        let words: Vec<&str> = line.words.words().collect();
        let month = words.iter().enumerate().find_map(|(at, word)| {
            let month = locale.month_called(word)?;
            // A day with a month is a date: “8 June 2022”.
            let is_day = |at: usize| {
                words.get(at).and_then(|word| word.parse::<i8>().ok()).is_some_and(|day| day < 32)
            };
            let is_date = at.checked_sub(1).is_some_and(is_day);
            (!is_date && !is_of(Months { first: month, last: month })).then_some(*word)
        });
        let season = || {
            locale.guards().seasons.iter().find_map(|(months, words)| {
                let (_, at) = guards::first(words, &line.words)?;
                (!is_of(*months)).then(|| &line.words.text()[at])
            })
        };
        let typed = month.or_else(season)?;
        Some(
            Diagnostic::error(
                Code::K0408,
                message!(
                    "`{id}` is for {time}, but the text says \u{201C}{typed}\u{201D}",
                    id,
                    time,
                    typed
                ),
            )
            .note(message!("a typed month or season does not change with the period"))
            .hint(message!(
                "print the period with `{{{{ period | nom }}}}` in a form of your language"
            )),
        )
    }

    /// The problem of a line that names periods and quotes only figures of others.
    fn all_of_others(&self, line: &Line<'_>) -> Option<Diagnostic> {
        let periods = |time: &Time| matches!(time, Time::Over(_));
        let named: Vec<Time> = line.named.iter().copied().filter(periods).collect();
        if named.is_empty()
            || line.quoted.iter().any(|(_, time)| !time.as_ref().is_some_and(periods))
        {
            return None;
        }
        // A figure of a longer period, as a yearly quota, may be quoted for a part of it; and one year
        // for several.
        let fits = |time: Time, named: Time| match (time, named) {
            (Time::Over(time), Time::Over(named)) => {
                let is_in = |part: Period, whole: Period| {
                    whole.start <= part.start && part.end <= whole.end
                };
                is_in(named, time) || named.start.year < named.end.year && is_in(time, named)
            }
            _ => time == named,
        };
        let is_named = |time: Time| named.iter().any(|named| fits(time, *named));
        // A ratio, as the use of a quota, may be named by the time of either operand.
        let is_related =
            |id: &str| line.facts.get(id).is_some_and(|f| f.operation == Operation::Ratio);
        if line.quoted.iter().any(|(id, _)| is_related(id)) {
            return None;
        }
        if line.quoted.is_empty() || line.times_quoted().any(is_named) {
            return None;
        }
        let (id, time) = line.quoted.first()?;
        let called = named.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        Some(
            Diagnostic::error(
                Code::K0408,
                message!("`{id}` is for {time}, but the text names {called}", id, time = (*time)?, called),
            )
            .note(message!("no number in the text is for a period that the text names"))
            .hint(
                message!("print the time of the figure with `{{{{ X1.time | nom }}}}` in a form of your language"),
            ),
        )
    }

    fn miscalled_quarter(&self, named: &[Named], quoted: Vec<&Fact>) -> Option<Diagnostic> {
        // Years and runs of months are often named for comparison; only quarters are mistaken.
        let quarter = named.iter().find(|named| named.is_quarter())?;
        let covers = |time: Time| match time {
            Time::Over(period) => named.iter().any(|named| named.covers(period)),
            Time::At(_) => true,
        };
        // A plan of the year may be quoted for any part of it.
        let is_plan = |fact: &&Fact| self.context.edition.indicators.is_plan(&fact.id);
        let fact = quoted
            .into_iter()
            .filter(|fact| !is_plan(fact))
            .find(|fact| !covers(fact.time) && fact.base_time.is_none_or(|base| !covers(base)))?;
        let called = match quarter {
            Named::Over(period) => {
                self.locale().period(*period, "nom").unwrap_or_else(|_| period.to_string())
            }
            Named::Typed(_, words) => words.clone(),
        };
        let problem = Diagnostic::error(
            Code::K0408,
            message!(
                "`{id}` is for {time}, but the text calls it \u{201C}{called}\u{201D}",
                id = fact.id,
                time = fact.time,
                called
            ),
        )
        .note(message!(
            "a total from January is not the figure of its last quarter, which is the difference \
            of two totals"
        ));
        Some(match fact.id.contains('.') {
            true => problem.hint(message!("name the period of the figure, or print another fact")),
            false => problem.hint(message!(
                "print the quarter with `{id}.quarter`, or print the period of the figure with \
                `period`",
                id = fact.id
            )),
        })
    }

    /// Collects the periods that a line names and the facts it quotes.
    fn read<'f>(&'f self, line: &[Inline], named: &mut Vec<Named>, quoted: &mut Vec<&'f Fact>) {
        for inline in line {
            match inline {
                Inline::Text { text } => self.typed(text, named),
                Inline::Fact { id, form, .. } if form == "time" => {
                    let period = id.strip_prefix("time:").and_then(|time| time.parse().ok());
                    named.extend(period.map(Named::Over));
                }
                Inline::Fact { form, .. } if form == "name" => {}
                Inline::Fact { id, .. } => {
                    let whole = id.split('[').next().unwrap_or_default();
                    quoted.extend(self.facts().get(whole));
                }
                other => self.read(other.content(), named, quoted),
            }
        }
    }

    /// The quarters that typed words name.
    fn typed(&self, text: &str, named: &mut Vec<Named>) {
        let text = text.to_lowercase().replace(['\u{A0}', '\u{202F}'], " ");
        for (quarter, name) in &self.context.quarters {
            let is_named = text.match_indices(name.as_str()).any(|(at, _)| {
                let after = text[at + name.len()..].chars().next();
                let ends_word = name.ends_with(|c: char| c.is_ascii_digit());
                let is_within = text[..at].ends_with(char::is_alphanumeric)
                    || (ends_word && after.is_some_and(char::is_alphanumeric));
                !is_within
            });
            if is_named {
                named.push(Named::Typed(*quarter, name.clone()));
            }
        }
    }
}

/// The figures that a line quotes, and the times it names.
pub(super) struct Line<'f> {
    /// The ids of the numbers, each with its time if known.
    quoted: Vec<(String, Option<Time>)>,
    /// Those that are printed; others only give a direction.
    printed: BTreeSet<String>,
    /// The times of both sides of comparisons.
    compared: Vec<Time>,
    /// The times named by values.
    named: Vec<Time>,
    /// The typed words.
    pub(super) words: Spoken,
    facts: &'f Facts,
}

impl<'f> Line<'f> {
    pub(super) fn of(line: &[Inline], facts: &'f Facts) -> Self {
        let words = Spoken::default();
        let printed = BTreeSet::new();
        let mut read =
            Self { quoted: vec![], printed, compared: vec![], named: vec![], words, facts };
        let mut typed = String::new();
        read.read(line, &mut typed);
        read.words = Spoken::of(typed);
        read
    }

    fn read(&mut self, line: &[Inline], typed: &mut String) {
        for inline in line {
            match inline {
                Inline::Text { text } => typed.push_str(text),
                Inline::Fact { id, form, .. } => {
                    typed.push('\u{FFFC}');
                    self.fact(id, form);
                }
                Inline::Break => typed.push(' '),
                other => self.read(other.content(), typed),
            }
        }
    }

    fn fact(&mut self, id: &str, form: &str) {
        match form {
            "time" => {
                let time = id.strip_prefix("time:").and_then(|time| time.parse::<Time>().ok());
                self.named.extend(time);
            }
            "name" | "since" => {}
            _ => {
                let whole = id.split('[').next().unwrap_or_default();
                // Numbers of registers are valid as long as their entry.
                let Some(fact) = self.facts.get(whole) else { return };
                if id.ends_with(".threshold") {
                    return;
                }
                let is_base_of_member = id.contains('[') && id.ends_with(".base");
                let time = match (is_base_of_member, fact.time) {
                    (true, Time::Over(period)) => Some(Time::Over(period.years_before(1))),
                    (true, Time::At(_)) => None,
                    (false, time) => Some(time),
                };
                self.quoted.push((id.to_owned(), time));
                if !matches!(form, "rise" | "fall" | "flat") {
                    self.printed.insert(id.to_owned());
                }
                self.compared.extend(fact.base_time);
            }
        }
    }

    /// The ids of numbers that are printed or `shown` under the line.
    fn ids<'a>(&'a self, shown: &[&'a Fact]) -> Vec<&'a str> {
        let printed = self.quoted.iter().map(|(id, _)| id.as_str());
        printed.chain(shown.iter().map(|fact| fact.id.as_str())).collect()
    }

    /// The times of the quoted figures and of their bases.
    fn times_quoted(&self) -> impl Iterator<Item = Time> + '_ {
        self.quoted.iter().filter_map(|(_, time)| *time).chain(self.compared.iter().copied())
    }

    /// These, and the named times.
    fn times(&self) -> impl Iterator<Item = Time> + '_ {
        self.times_quoted().chain(self.named.iter().copied())
    }
}

/// The sentences of a line with their ids.
fn sentences(line: &[Inline]) -> Vec<(&str, &[Inline])> {
    let mut all = vec![];
    for inline in line {
        match inline {
            Inline::Sentence { id, content } => all.push((id.as_str(), content.as_slice())),
            other => all.extend(sentences(other.content())),
        }
    }
    all
}

/// The place of a sentence: its call, or the file if its id is computed.
fn place_of(id: &str, file: &SectionFile) -> Place {
    file.call("sentence", id).unwrap_or_else(|| Place::Path(file.text.path.clone()))
}
