//! Prose: from section files and phrases to blocks and lines of the document tree.
//!
//! In: templates (Markdown with minijinja) and strings of one language, [`Facts`] and the [`Locale`].
//! Out: blocks for `compose`. A printed value is a placeholder (`placeholders`) from the filter to the
//! tree, so it cannot become syntax. Templates run in strict mode with limits on steps and recursion, and
//! all names are checked before anything runs. While lines are worded they are checked against the facts:
//! periods (`periods`), measures (`measures`) and order (`order`).

mod blanks;
mod called;
mod changes;
mod compare;
mod filters;
mod format;
mod glue;
mod hollow;
mod kinds;
mod locate;
mod markdown;
mod measures;
mod objects;
mod operators;
mod order;
mod periods;
mod placeholders;
mod polish;
mod register;
mod spans;
mod strings;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior};

pub use crate::document::plain;
pub use blanks::{BLANK, Unsaid};
pub use format::{TemplateKind, formatted};
pub(crate) use locate::{find_spaced, plainly_spaced};
pub use markdown::tidy;
pub use measures::other_changes;
pub use placeholders::Skipped;
pub use register::Entry;
pub use strings::Strings;
pub use words::is_word;

use crate::data::{Dataset, SourceKind};
use crate::diag::{Code, Diagnostic, Message, Place, Result, SourceText, did_you_mean, slashed};
use crate::diff::Revisions;
use crate::document::{Block, Inline};
use crate::indicators::{Indicators, Region};
use crate::locale::{Locale, guards};
use crate::stats::{Fact, Facts, Member, Period, Time};
use compare::Refusal;
use objects::{ATTRIBUTES, Name, Number, Printed, When};
use operators::Prepared;
use placeholders::{Placeholders, Token};
use spans::Spans;

/// The largest number of steps in a template: a thousand times that of the longest section.
const FUEL: u64 = 2_000_000;
/// The largest depth of nested calls.
const DEPTH: usize = 64;

/// The context of the filters and functions in one language's templates.
pub struct TemplateContext {
    /// The language.
    locale: Arc<Locale>,
    /// The edition.
    edition: Arc<EditionContext>,
    /// The names of the quarters.
    quarters: Vec<(i8, String)>,
    /// The values printed so far.
    placeholders: Placeholders,
}

impl TemplateContext {
    fn facts(&self) -> &Facts {
        &self.edition.facts
    }
}

/// The file of a section.
#[derive(Debug, Clone)]
pub struct SectionFile {
    /// Its id, from its file name: `general` in `04-general.LANG.md`.
    pub id: String,
    /// Its text.
    pub text: SourceText,
}

impl SectionFile {
    /// The place where `name("id")` is called.
    pub fn call(&self, name: &str, id: &str) -> Option<Place> {
        Some(self.text.place(self.find_call(name, id)?))
    }

    /// The place of a sentence; the file, if its call is not typed with its id.
    pub fn place_of_sentence(&self, id: &str) -> Place {
        self.call("sentence", id).unwrap_or_else(|| Place::Path(self.text.path.clone()))
    }

    /// The place of words outside sentences; the file, if they are not typed like this.
    pub fn place_of_words(&self, words: &str) -> Place {
        match find_spaced(&self.text.text, words) {
            Some(range) => self.text.place(range),
            None => Place::Path(self.text.path.clone()),
        }
    }

    /// The sentence `id` as it is typed, without its call.
    pub fn typed(&self, id: &str) -> Option<&str> {
        let body = &self.text.text[self.body(id)?];
        let (_, typed) = body.split_once("%}")?;
        Some(typed.rsplit_once("{%").map_or(typed, |(typed, _)| typed).trim())
    }

    /// Whether the sentence `id` is typed with this hole in it.
    fn says(&self, id: &str, hole: &str) -> bool {
        let Some(body) = self.body(id) else { return false };
        let body = &self.text.text[body];
        is_written(body.split_once("%}").map_or(body, |(_, body)| body), hole)
    }

    /// The byte range between the call of a sentence and its end.
    fn body(&self, id: &str) -> Option<Range<usize>> {
        let start = self.find_call("sentence", id)?.end;
        let rest = &self.text.text[start..];
        Some(start..start + rest.find("endcall").unwrap_or(rest.len()))
    }

    /// The byte range of a call in this text, which may be composed of several files.
    pub fn find_call(&self, name: &str, id: &str) -> Option<Range<usize>> {
        let written = format!("{name}(\"{id}\"");
        let start = self.text.text.find(&written)?;
        let closing = usize::from(self.text.text[start + written.len()..].starts_with(')'));
        Some(start..start + written.len() + closing)
    }
}

/// The result of a call in a section.
#[derive(Debug, Clone, PartialEq)]
pub enum Placed {
    /// A block of the page.
    Block(Block),
    /// Nothing, since a fact is missing; that has been recorded.
    Nothing,
}

/// The templates and phrases of one language, ready to word the facts of an edition.
pub struct Writer {
    context: Arc<TemplateContext>,
    env: Environment<'static>,
    /// The phrases.
    pub strings: Strings,
    texts: Vec<(SourceText, Prepared)>,
}

/// What the writers of all languages share in an edition.
pub struct EditionContext {
    /// The brief's period.
    pub period: Period,
    /// The day of the newest release used, as of which the text is written.
    pub vintage: jiff::civil::Date,
    /// When that release was published, as precisely as known; this is printed.
    pub came_out: Time,
    /// Whether the required facts are final. Only then does a table mark first figures.
    pub is_settled: bool,
    /// The facts.
    pub facts: Arc<Facts>,
    /// The indicators.
    pub indicators: Arc<Indicators>,
    /// The revisions since the previous issue, if there is one.
    pub since: Option<Arc<Revisions>>,
    /// The data, with its registers of regions, acts, claims.
    pub data: Arc<Dataset>,
    /// The keys of references that can be cited.
    pub references: BTreeSet<String>,
    /// The ids of figures and tables.
    pub exhibits: BTreeSet<String>,
    /// Whether the brief may offer options for discussion.
    pub offers_options: bool,
    /// The publishing body, by its name in registers (`Project::owner`).
    pub body: String,
    /// The region of the brief, if it is a brief of one region.
    pub region: Option<Region>,
    /// Thresholds that the publishing body has changed, by entry of the register.
    pub thresholds: BTreeMap<String, String>,
    /// Days of the release calendar, by the name that phrases use.
    pub days: Vec<(&'static str, jiff::civil::Date)>,
}

impl Writer {
    /// Prepares a language. `macros` are templates that sections may import.
    pub fn new(
        locale: Arc<Locale>,
        strings: Strings,
        macros: &[SectionFile],
        edition: &Arc<EditionContext>,
    ) -> Result<Self> {
        let (quarters, placeholders) = (locale.quarter_names(), Placeholders::default());
        let context =
            Arc::new(TemplateContext { locale, edition: edition.clone(), quarters, placeholders });
        let mut env = Environment::empty();
        env.set_undefined_behavior(UndefinedBehavior::Strict);
        env.set_fuel(Some(FUEL));
        env.set_recursion_limit(DEPTH);
        env.set_debug(true);
        // With any mode but `None`, the result of a macro is safe, so its placeholders are not wrapped
        // again.
        env.set_auto_escape_callback(|_| AutoEscape::Custom("tree".into()));
        let placeholders = context.clone();
        env.set_formatter(move |out, _, value| format(&placeholders.placeholders, out, value));
        filters::install(&mut env, &context);
        compare::install(&mut env, &context);
        register::install(&mut env, &context);
        changes::install(&mut env, &context);
        for fact in context.facts().all.keys().filter(|id| !id.contains('.')) {
            env.add_global(fact.clone(), Value::from_object(Number::new(&context, fact)));
        }
        // A section may ask whether the day is set: `{% if next_release %}`.
        env.add_global("next_release", Value::from(false));
        let days = edition.days.iter().map(|(name, day)| (*name, Time::At(*day)));
        for (name, time) in [("period", Time::Over(edition.period)), ("vintage", edition.came_out)]
            .into_iter()
            .chain(days)
        {
            env.add_global(name, Value::from_object(When { context: context.clone(), time }));
        }
        // A section may serve the country and a region: `{% if own %}`.
        let own = edition.region.as_ref().map_or(Value::from(false), |region| {
            let (lexicon, code) = (region.register.clone(), region.code.to_string());
            Value::from_object(Name { context: context.clone(), lexicon, code })
        });
        env.add_global("own", own);
        debug_assert!(
            env.globals().all(|(name, _)| name.starts_with('_')
                || is_word(name)
                || context.facts().all.contains_key(name)
                || context.locale.lexicons().any(|lexicon| lexicon == name)),
            "`words` lacks a name that templates know"
        );
        let mut writer = Self { context, env, strings, texts: vec![] };
        let mut found = vec![];
        for file in macros {
            if let Some(problem) = reserved(&file.text) {
                found.push(problem);
                continue;
            }
            let (prepared, is_read) = prepared(&file.text.text);
            writer.texts.push((file.text.clone(), prepared.clone()));
            let added = writer.env.add_template_owned(file.id.clone(), prepared.text.clone());
            match added.err().map(|error| writer.diagnostic(&error, &file.text, &prepared)) {
                None if !is_read => found.push(unreadable(&file.text)),
                problem => found.extend(problem),
            }
        }
        if found.is_empty() { Ok(writer) } else { Err(found) }
    }

    /// Whether a phrase or a file of macros satisfies `is_so`.
    pub(crate) fn has_text(&self, is_so: impl Fn(&str) -> bool) -> bool {
        let phrases = self.strings.iter().map(|(_, phrase)| phrase);
        phrases.chain(self.texts.iter().map(|text| &*text.0.text)).any(is_so)
    }

    /// The language.
    pub fn locale(&self) -> &Locale {
        &self.context.locale
    }

    /// Whether the required facts are final.
    pub fn is_settled(&self) -> bool {
        self.context.edition.is_settled
    }

    /// The abbreviation of a member, such as `AKM`: that of the language, else of the register, else its
    /// code.
    pub fn key(&self, register: &str, code: &str) -> String {
        let own = self.locale().lexicon(register).ok().and_then(|names| names.key(code));
        own.or_else(|| self.attribute(register, code, "key")).unwrap_or(code).to_owned()
    }

    /// The position of a member on a tile map: column and row, from 1.
    pub fn tile(&self, register: &str, code: &str) -> Option<(usize, usize)> {
        let place = |name| self.attribute(register, code, name)?.parse().ok();
        Some((place("tile_col")?, place("tile_row")?))
    }

    fn attribute(&self, register: &str, code: &str, name: &str) -> Option<&str> {
        let row = self.context.edition.data.registers.get(register)?.rows.get(code)?;
        row.get(name).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// Whether a member of a register is the region of the brief.
    pub fn is_own(&self, register: &str, code: &str) -> bool {
        let own = self.context.edition.region.as_ref();
        own.is_some_and(|own| own.register == register && *own.code == *code)
    }

    /// Whether a member's value was read only in media reports.
    pub fn is_reported(&self, member: &Member) -> bool {
        let data = &self.context.edition.data;
        let kind = |row| data.sources.get(&data.observation(row)?.1.source)?.kind;
        let mut rows = member.rows.iter().peekable();
        rows.peek().is_some() && rows.all(|row| kind(row) == Some(SourceKind::Media))
    }

    /// The entries of a register that may be printed as of the brief's day.
    pub fn entries(&self, name: &str) -> Vec<Entry> {
        let register = self.context.edition.data.registers.get(name);
        register
            .map(|register| register::printable(&self.context, name, register))
            .unwrap_or_default()
    }

    /// The facts of the edition.
    pub fn facts(&self) -> &Facts {
        self.context.facts()
    }

    /// The sentences left out so far.
    pub fn skipped(&self) -> Vec<Skipped> {
        self.context.placeholders.skipped()
    }

    /// The ids of facts used in conditions so far.
    pub fn asked(&self) -> BTreeSet<String> {
        self.context.placeholders.asked()
    }

    /// Begins a section; sentences left out from here on are assigned to it.
    pub fn begin(&self, section: &str) {
        self.context.placeholders.begin(section);
    }

    /// Renders a section to blocks. `place` makes the block of a figure, table or cards.
    pub fn section(
        &self,
        file: &SectionFile,
        place: &mut dyn FnMut(&str, &[String]) -> Option<Placed>,
    ) -> Result<Vec<Block>> {
        if let Some(problem) = reserved(&file.text) {
            return Err(problem.into());
        }
        let (prepared, is_read) = prepared(&file.text.text);
        let diagnostics = |error| vec![self.diagnostic(&error, &file.text, &prepared)];
        let template =
            self.env.template_from_named_str(&file.id, &prepared.text).map_err(diagnostics)?;
        if !is_read {
            return Err(unreadable(&file.text).into());
        }
        let unknown = self.unknown_names(&template.undeclared_variables(true), &file.text);
        if !unknown.is_empty() {
            return Err(unknown);
        }
        self.context.placeholders.take_declared();
        let rendered = template.render_with_spans(());
        let is_declared = self.context.placeholders.take_declared();
        let misused = self.unmisused(|| Place::Path(file.text.path.clone()));
        let (rendered, spans) = rendered.map_err(diagnostics)?;
        misused?;
        let (text, removed) = spans::unindented(&rendered, &spans);
        let spans = Spans::new((&rendered, &removed), &spans, &prepared, &file.text);
        let mut found = vec![];
        let mut polish = |line: &mut Vec<Inline>, range: Range<usize>| {
            for glued in glue::glued(line, self.facts(), self.locale()) {
                found.push(glued.diagnostic(file));
            }
            if let Some(words) = self.undeclared(line).filter(|_| !is_declared) {
                let place = spans.place_of_words(&words, range.clone());
                found.push(undeclared(&words).at(place));
            }
            hollow::leave_out(line, &mut |id, hole| match file.says(id, hole) {
                // The hole is typed in the template, so it is reported below.
                true if !hole.is_empty() => false,
                _ => {
                    self.hollow(id, hole);
                    true
                }
            });
            let shown = plain(line);
            for (sentence, finding) in polish::polish(line, self.locale()) {
                let place = sentence.and_then(|id| file.call("sentence", &id));
                let place = place.unwrap_or_else(|| spans.place(range.clone()));
                found.push(finding.diagnostic(place).note(message!("in: {shown}", shown)));
            }
        };
        let blocks = markdown::blocks(&text, &self.context.placeholders, place, &mut polish)
            .map_err(|unsupported| {
                vec![
                    Diagnostic::error(
                        Code::K0404,
                        message!("a section cannot contain {what}", what = unsupported.what),
                    )
                    .at(unsupported
                        .sentence
                        .and_then(|id| file.call("sentence", &id))
                        .unwrap_or_else(|| spans.place(unsupported.range)))
                    .hint(message!("`kosh handbook templates` lists what a section can contain")),
                ]
            })?;
        for block in &blocks {
            self.miscalled_in(block, file, &mut found);
        }
        if found.is_empty() { Ok(blocks) } else { Err(found) }
    }

    /// Renders a phrase to a line; `None` if a fact in it is missing.
    pub fn phrase(&self, key: &str) -> Result<Option<Vec<Inline>>> {
        let Some(text) = self.strings.get(key) else { return Err(self.strings.absent(key).into()) };
        self.say(key, text, &self.strings.place(key))
    }

    /// The same for a phrase that need not be translated.
    pub fn maybe_phrase(&self, key: &str) -> Result<Option<Vec<Inline>>> {
        match self.strings.get(key) {
            Some(text) => self.say(key, text, &self.strings.place(key)),
            None => Ok(None),
        }
    }

    /// A phrase as plain text.
    pub fn plain(&self, key: &str) -> Result<String> {
        Ok(self.phrase(key)?.map_or(String::new(), |line| plain(&line)))
    }

    /// The paragraphs of a handwritten text as plain text, each rendered as a phrase. A missing fact is
    /// an error, since a passage with a gap would mislead.
    pub fn passage(&self, text: &SourceText) -> Result<Vec<String>> {
        if let Some(problem) = reserved(text) {
            return Err(problem.into());
        }
        let key = slashed(&text.path);
        let (mut paragraphs, mut found, mut start) = (vec![], vec![], 0);
        for written in text.text.split("\n\n") {
            let place = text.place(start..start + written.trim_end().len());
            start += written.len() + 2;
            // No-break spaces are kept.
            let words = written.split(|c: char| c.is_ascii_whitespace());
            let words = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
            if words.is_empty() {
                continue;
            }
            match self.say(&key, &words, &place) {
                Ok(Some(line)) => paragraphs.push(plain(&line)),
                Ok(None) => {
                    let reasons = self.skipped();
                    let (fact, reason) = reasons
                        .last()
                        .map(|skipped| (skipped.fact.clone(), skipped.reason.clone()))
                        .unwrap_or_default();
                    found.push(
                        Diagnostic::error(
                            Code::K0402,
                            message!("`{fact}` is missing: {reason}", fact, reason),
                        )
                        .at(place)
                        .hint(message!("write the text without this figure")),
                    );
                }
                Err(problems) => found.extend(problems),
            }
        }
        if found.is_empty() { Ok(paragraphs) } else { Err(found) }
    }

    fn say(&self, key: &str, text: &str, place: &Place) -> Result<Option<Vec<Inline>>> {
        let placeholders = &self.context.placeholders;
        if operators::too_long(text).is_some() {
            return Err(too_long(place.clone()).into());
        }
        let whole = SourceText::new(place.path(), text);
        let (prepared, is_read) = prepared(text);
        let reported_of = |error: &minijinja::Error| {
            let mut diagnostic = self.diagnostic(error, &SourceText::new("", ""), &prepared);
            diagnostic.place = Some(place.clone());
            vec![diagnostic]
        };
        let template = self
            .env
            .template_from_named_str(key, &prepared.text)
            .map_err(|error| reported_of(&error))?;
        if !is_read {
            return Err(unreadable(&whole).at(place.clone()).into());
        }
        let unknown = self.unknown_names(&template.undeclared_variables(true), &whole);
        if !unknown.is_empty() {
            let at = place;
            return Err(unknown.into_iter().map(|d| d.at(at.clone())).collect());
        }
        placeholders.take_declared();
        placeholders.enter_sentence();
        let rendered = template.render(());
        placeholders.leave_sentence();
        let is_declared = placeholders.take_declared();
        let misused = self.unmisused(|| place.clone());
        match rendered {
            Ok(rendered) => {
                misused?;
                let mut line = tidy(placeholders.inlines(&rendered));
                let mut found: Vec<Diagnostic> = glue::glued(&line, self.facts(), self.locale())
                    .into_iter()
                    .map(|glued| glued.said_at(place.clone()))
                    .collect();
                if let Some(hole) = hollow::hole(&line).filter(|hole| !is_written(text, hole)) {
                    self.hollow(key, &hole);
                    return if found.is_empty() { Ok(None) } else { Err(found) };
                }
                if let Some(words) = self.undeclared(&line).filter(|_| !is_declared) {
                    found.push(undeclared(&words).at(place.clone()));
                }
                let left = polish::polish(&mut line, self.locale());
                found.extend(left.iter().map(|(_, finding)| finding.diagnostic(place.clone())));
                if found.is_empty() {
                    self.rightly_called(key, &line, &[])?;
                    return Ok(Some(line));
                }
                Err(found)
            }
            Err(error) => match placeholders.take_missing() {
                Some((fact, reason)) => {
                    placeholders.drop_sentence(key, fact, reason);
                    Ok(None)
                }
                None => Err(reported_of(&error)),
            },
        }
    }

    /// The words of a line that call something unpublished.
    fn undeclared(&self, line: &[Inline]) -> Option<String> {
        let words = &self.locale().guards().unpublished;
        let said = guards::Spoken::of(plain(line));
        let (_, at) = guards::first(words, &said)?;
        Some(said.text()[at].to_owned())
    }

    /// Refuses a unit printed apart from its number if it is not the number's unit.
    pub fn unit_fits(&self, key: &str, number: &[Inline], unit: &str) -> Result<()> {
        match glue::separate_words(number, unit, self.facts(), self.locale()) {
            Some(glued) => Err(glued.said_at(self.strings.place(key)).into()),
            None => Ok(()),
        }
    }

    /// Refuses a label that gives an indicator another unit than its own.
    pub fn label_fits(&self, key: &str, id: &str, label: &[Inline]) -> Result<()> {
        if let Some(glued) = glue::labelled(id, &plain(label), self.facts(), self.locale()) {
            return Err(glued.said_at(self.strings.place(key)).into());
        }
        let fact: Vec<&Fact> = self.facts().get(id).into_iter().collect();
        match self.other_measure(label, &fact) {
            Some(problem) => Err(problem.at(self.strings.place(key)).into()),
            None => Ok(()),
        }
    }

    /// The words under which an exhibit shows some facts, such as the name of a line; refused if they
    /// name another measure or period.
    pub fn label(&self, key: &str, of: &[&str]) -> Result<String> {
        let line = self.phrase(key)?.unwrap_or_default();
        let shown: Vec<&Fact> = of.iter().filter_map(|id| self.facts().get(id)).collect();
        self.rightly_called(key, &line, &shown)?;
        Ok(plain(&line))
    }

    /// The unit under which an exhibit shows a fact.
    pub fn unit_label(&self, key: &str, of: &str) -> Result<String> {
        let unit = self.plain(key)?;
        match glue::labelled(of, &format!(", {unit}"), self.facts(), self.locale()) {
            Some(glued) => Err(glued.said_at(self.strings.place(key)).into()),
            None => Ok(unit),
        }
    }

    /// The words for one end of flows; refused if they describe the other end.
    pub fn end_label(&self, key: &str, is_origin: bool) -> Result<String> {
        let words = self.plain(key)?;
        let spoken = guards::Spoken::of(words.clone());
        let guards = self.locale().guards();
        let (own, other) = match is_origin {
            true => (&guards.origin, &guards.destination),
            false => (&guards.destination, &guards.origin),
        };
        let says = |list| guards::first(list, &spoken).is_some();
        if says(own) || !says(other) {
            return Ok(words);
        }
        let end = if is_origin { "origins" } else { "destinations" };
        Err(Diagnostic::error(
            Code::K0421,
            message!("“{words}” is printed for the {end} of flows", words, end),
        )
        .at(self.strings.place(key))
        .note(message!("a flow and the flow in the other direction are two different numbers"))
        .hint(message!("exchange the words of `origins` and `destinations`"))
        .into())
    }

    /// Records a sentence that is hollow although no fact is missing.
    fn hollow(&self, id: &str, hole: &str) {
        let reason = match hole {
            "" => "it has no content, because what it should print is left out".to_owned(),
            hole => format!("what it should print is left out, and only “{hole}” would remain"),
        };
        self.leave_out(id, "", &reason);
    }

    /// Records that a sentence is left out of the current section.
    pub fn leave_out(&self, sentence: &str, fact: &str, reason: &str) {
        self.context.placeholders.drop_sentence(sentence, fact.to_owned(), reason.to_owned());
    }

    /// Refuses operations that the template engine did with a fact itself.
    fn unmisused(&self, place: impl FnOnce() -> Place) -> Result<()> {
        match self.context.placeholders.take_misuse() {
            Some(what) => Err(Diagnostic::error(Code::K0412, what)
                .at(place())
                .hint(message!("compare facts by `==`, `<` and so on, and print them by a filter"))
                .into()),
            None => Ok(()),
        }
    }

    fn unknown_names(
        &self,
        names: &std::collections::HashSet<String>,
        text: &SourceText,
    ) -> Vec<Diagnostic> {
        let known: BTreeSet<&str> = self.env.globals().map(|(name, _)| name).collect();
        let named = |name: &&str| !name.starts_with('_');
        let mut names: Vec<&String> = names.iter().collect();
        names.sort();
        let mut found = vec![];
        for name in names {
            let mut parts = name.split('.');
            let first = parts.next().unwrap_or_default();
            let attribute = parts.next();
            let place = || {
                let start =
                    text.text.find(name.as_str()).or_else(|| text.text.find(first)).unwrap_or(0);
                text.place(start..start + name.len().min(text.text.len() - start))
            };
            if !known.contains(first) {
                found.push(
                    Diagnostic::error(
                        Code::K0401,
                        message!(
                            "there is nothing with the name \
                        `{first}`",
                            first
                        ),
                    )
                    .at(place())
                    .maybe_hint(did_you_mean(first, known.iter().copied().filter(named))),
                );
            } else if let Some(attribute) = attribute
                && self.context.facts().all.contains_key(first)
                && !ATTRIBUTES.contains(&attribute)
                && !self.is_member(first, attribute)
            {
                found.push(
                    Diagnostic::error(
                        Code::K0401,
                        message!("`{first}` has no `{attribute}`", first, attribute),
                    )
                    .at(place())
                    .maybe_hint(did_you_mean(attribute, ATTRIBUTES)),
                );
            }
        }
        found
    }

    fn is_member(&self, fact: &str, code: &str) -> bool {
        let series = self.context.facts().get(fact).and_then(|f| f.series());
        series.is_some_and(|s| s.members.iter().any(|m| &*m.code == code))
    }

    /// The diagnostic of a template engine's error, at the line of the file.
    fn diagnostic(
        &self,
        error: &minijinja::Error,
        text: &SourceText,
        prepared: &Prepared,
    ) -> Diagnostic {
        use std::error::Error as _;
        // The innermost cause with a place is shown.
        let mut innermost = error;
        while let Some(inner) =
            innermost.source().and_then(|e| e.downcast_ref::<minijinja::Error>())
        {
            innermost = inner;
        }
        let refusal = innermost.source().and_then(|e| e.downcast_ref::<Refusal>());
        let mut unknown = String::new();
        let (code, message) = match innermost.kind() {
            _ if refusal.is_some() => refusal
                .map(|refusal| (refusal.code, refusal.message.clone()))
                .unwrap_or((Code::K0402, Message::default())),
            ErrorKind::OutOfFuel => (Code::K0403, message!("the template needs too many steps")),
            _ if innermost.detail().is_some_and(|detail| detail.contains("recursion limit")) => {
                (Code::K0403, message!("the template calls itself endlessly"))
            }
            ErrorKind::UnknownFilter | ErrorKind::UnknownFunction | ErrorKind::UnknownTest => {
                // The detail reads "filter x is unknown".
                let mut words = innermost.detail().unwrap_or("name").split_whitespace();
                let (kind, name) = (words.next().unwrap_or("name"), words.next());
                unknown = name.unwrap_or_default().to_owned();
                (Code::K0401, message!("there is no {kind} `{unknown}`", kind, unknown))
            }
            ErrorKind::UndefinedError => (Code::K0401, message!("this value does not exist")),
            ErrorKind::SyntaxError => (Code::K0402, no_template(innermost)),
            _ => (
                Code::K0402,
                Message::verbatim(
                    innermost.detail().map_or_else(|| innermost.to_string(), str::to_owned),
                ),
            ),
        };
        let named = innermost.name().and_then(|name| {
            self.texts.iter().find(|(text, _)| text.path.to_string_lossy().contains(name))
        });
        let (source, prepared) =
            named.map_or((text, prepared), |(text, prepared)| (text, prepared));
        let place = place_of(innermost, source, prepared);
        let names: Vec<String> = match innermost.kind() {
            ErrorKind::UnknownFilter => {
                self.context.locale.forms().into_iter().chain(FILTERS.map(String::from)).collect()
            }
            ErrorKind::UnknownTest => TESTS.map(String::from).to_vec(),
            _ => vec![],
        };
        Diagnostic::error(code, message)
            .at(place)
            .maybe_hint(did_you_mean(&unknown, names.iter().map(String::as_str)))
            .maybe_hint(refusal.and_then(|refusal| refusal.hint.clone()))
    }
}

/// The diagnostic of words that call something unpublished which is not declared so.
fn undeclared(words: &str) -> Diagnostic {
    Diagnostic::error(
        Code::K0419,
        message!(
            "the text says “{words}”, but nothing here is declared \
        as not published",
            words
        ),
    )
    .note(message!("figures that are not in the data may have been published nevertheless"))
    .hint(message!(
        "write “not in the data used”; or use the condition `{{% if X1 is unpublished %}}`, \
            which is true if the coverage table declares it with a source"
    ))
}

/// Whether a hole is typed in a text: a single mark at its beginning, several anywhere.
fn is_written(text: &str, hole: &str) -> bool {
    match hole.chars().count() {
        1 => text.trim_start().starts_with(hole),
        _ => text.contains(hole),
    }
}

/// The place of an engine error in the text as typed.
fn place_of(error: &minijinja::Error, source: &SourceText, prepared: &Prepared) -> Place {
    let range = error.range().map(|range| prepared.written(range));
    match (range, error.line()) {
        (Some(range), _) if range.end <= source.text.len() => source.place(range),
        (_, Some(line)) => source.line(line),
        _ => Place::Path(source.path.clone()),
    }
}

/// The message for a text that is not a template.
fn no_template(error: &minijinja::Error) -> Message {
    match error.detail() {
        Some(error) => message!("not a valid template: {error}", error),
        None => message!("not a valid template: syntax error"),
    }
}

/// The problem that makes a section unreadable, whatever the facts.
pub fn unread(file: &SectionFile) -> Option<Diagnostic> {
    if let Some(problem) = reserved(&file.text) {
        return Some(problem);
    }
    let (prepared, is_read) = prepared(&file.text.text);
    let mut env = Environment::empty();
    env.set_debug(true);
    match env.template_from_named_str(&file.id, &prepared.text) {
        Err(error) if error.kind() == ErrorKind::SyntaxError => {
            let place = place_of(&error, &file.text, &prepared);
            let is_deep = error.detail().is_some_and(|detail| detail.contains("recursion limit"));
            Some(match is_deep {
                true => too_long(place),
                false => Diagnostic::error(Code::K0402, no_template(&error)).at(place),
            })
        }
        Ok(_) if !is_read => Some(unreadable(&file.text)),
        _ => None,
    }
}

/// A template as compiled, and whether its operators could be parsed. If not, the engine reports the
/// error.
fn prepared(text: &str) -> (Prepared, bool) {
    match operators::prepare(text) {
        Some(prepared) => (prepared, true),
        None => (Prepared::as_written(text), false),
    }
}

/// The diagnostic of a template that the engine would run but whose operators could not be parsed.
fn unreadable(text: &SourceText) -> Diagnostic {
    Diagnostic::error(Code::K0402, message!("the expressions of this template cannot be read"))
        .at(Place::Path(text.path.clone()))
        .hint(message!("write them more simply, or in several steps with `set`"))
}

/// The problem of a template with a character reserved for placeholders, or with an overlong tag.
fn reserved(text: &SourceText) -> Option<Diagnostic> {
    if let Some(range) = operators::too_long(&text.text) {
        return Some(too_long(text.place(range)));
    }
    let (at, c) = placeholders::reserved(&text.text)?;
    let message = message!(
        "U+{u32} is reserved for the program's own use",
        u32 = format!("{:04X}", c as u32)
    );
    Some(
        Diagnostic::error(Code::K0405, message)
            .at(text.place(at..at + c.len_utf8()))
            .hint(message!("delete the character")),
    )
}

/// The diagnostic of a tag that is too long.
fn too_long(place: Place) -> Diagnostic {
    Diagnostic::error(Code::K0403, message!("this template is nested too deep"))
        .at(place)
        .note(message!("each `not`, `else` and `elif` is nested in the one before"))
        .hint(message!("write it more simply, or in several steps with `set`"))
}

/// The filters of every language, for suggestions.
const FILTERS: [&str; 15] = [
    "billions", "int", "signed", "abs", "pct2", "pct1", "pct0", "dec1", "points", "fold",
    "counted", "word", "list", "form", "since",
];
/// The tests, for suggestions.
const TESTS: [&str; 22] = [
    "own",
    "agreeing",
    "complete",
    "known",
    "missing",
    "unpublished",
    "positive",
    "negative",
    "flat",
    "manifold",
    "on_a_day",
    "several",
    "derived",
    "revised",
    "rebased",
    "superseded",
    "incomplete",
    "provisional",
    "rounded",
    "turned",
    "highest",
    "lowest",
];

/// Formats a value for minijinja: safe text unchanged, words as their placeholder, other text as a token.
fn format(
    placeholders: &Placeholders,
    out: &mut minijinja::Output,
    value: &Value,
) -> std::result::Result<(), minijinja::Error> {
    let write = |out: &mut minijinja::Output, text: &str| {
        out.write_str(text)
            .map_err(|_| minijinja::Error::new(ErrorKind::WriteFailure, "out of memory"))
    };
    if value.is_safe() {
        return write(out, value.as_str().unwrap_or_default());
    }
    if let Some(printed) = value.downcast_object_ref::<Printed>() {
        return write(out, &printed.mark);
    }
    if value.is_undefined() {
        return Err(minijinja::Error::from(ErrorKind::UndefinedError));
    }
    if let Some(text) = value.as_str() {
        return write(out, &placeholders.keep(Token::Inline(vec![Inline::text(text)])));
    }
    Err(minijinja::Error::new(
        ErrorKind::InvalidOperation,
        format!(
            "{} is printed without a filter: add one, for example `| int` or `| nom`",
            compare::called(value)
        ),
    ))
}
