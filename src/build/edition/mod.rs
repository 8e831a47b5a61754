//! The pipeline: a project becomes editions, in a sequence of stages.
//!
//! [`Pipeline::open`] loads what is slow to load (tables, languages, fonts); [`Pipeline::edition`] turns
//! a period into worded documents and drawings in every language; [`Pipeline::typeset`] turns those into
//! the files of a release. What other pipelines of the process have loaded is memoized (`comemo`).
//! Nothing here prints or writes.
//!
//! | file | |
//! |---|---|
//! | `acts` | days and plans of acts that are impossible |
//! | `compose` | the document tree of sections, exhibits and numbers |
//! | `language` | a language of the project, loaded |
//! | `mentions` | names in lexicons and registers |
//! | `meta` | the parts of a document outside its sections |
//! | `names`, `phrases`, `region` | unknown names, at the line where they are written |
//! | `pages` | the files of an edition, and their keys |
//! | `printable` | facts whose numbers cannot be printed |
//! | `since` | issues of the brief, to be compared |
//! | `spoken` | writers for who asks what a fact is called, or what was not said |
//! | `stamp` | an edition in the release calendar |
//! | `subject` | words written for the data of another country or subject |
//! | `summary` | the abstract, in every language of the project |

mod acts;
mod compose;
mod language;
mod mentions;
mod meta;
mod names;
mod pages;
mod phrases;
mod printable;
mod region;
mod since;
mod spoken;
mod stamp;
mod subject;
mod summary;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::civil::Date;
use rayon::prelude::*;

use crate::charts::{self, Drawing};
use crate::checks::{self, Reading, parity};
use crate::data::{self, Dataset, View, Vintage};
use crate::diag::{Code, Diagnostic, Message, Place, Result, SourceText, Warned, distinct, keep};
use crate::diff::Revisions;
use crate::document::bibliography::{self, References};
use crate::document::{Document, side_by_side};
use crate::exhibits::{self, Exhibits};
use crate::files::{Blob, Track};
use crate::indicators::{self, Expr, Indicators, Moment};
use crate::project::{Format, Project};
use crate::prose::{EditionContext, Skipped, Writer};
use crate::stats::{Fact, Facts, Period, Span, Time};
use crate::typeset::{self, Typesetter, typesetter};

use compose::{Composed, Plan, compose};
use language::{Language, language};

pub use language::languages_read;
pub use pages::{Origin, Proof, TypstInput, on_screen};
pub use since::{Point, built};
pub use spoken::Spoken;
pub use stamp::Version;

/// The time that each stage took.
#[derive(Debug, Clone, Default)]
pub struct Timings {
    /// The stages in order.
    pub stages: Vec<(&'static str, Duration)>,
}

impl Timings {
    fn add(&mut self, stage: &'static str, took: Duration) {
        match self.stages.iter_mut().find(|(name, _)| *name == stage) {
            Some((_, total)) => *total += took,
            None => self.stages.push((stage, took)),
        }
    }
}

/// A project, loaded and checked, ready to make editions.
pub struct Pipeline {
    /// The project.
    pub project: Project,
    /// The tables.
    pub dataset: Arc<Dataset>,
    /// The indicators.
    pub indicators: Arc<Indicators>,
    /// The figures and tables.
    pub exhibits: Exhibits,
    references: References,
    languages: Vec<Arc<Language>>,
    typst: Vec<(String, SourceText)>,
    typesetter: Arc<Typesetter>,
    timings: Mutex<Timings>,
}

/// The brief of a period in every language, worded and drawn, before it has pages.
#[derive(Debug, Clone)]
pub struct Edition {
    /// Its form.
    pub format: Format,
    /// The period.
    pub period: Period,
    /// The facts that it quotes.
    pub facts: Arc<Facts>,
    /// A document for each language, in the project's order; one for all in the express form.
    pub documents: Vec<Document>,
    /// The drawings of each document, by figure id.
    pub drawings: Vec<BTreeMap<String, Drawing>>,
    /// The sentences left out.
    pub skipped: Vec<Skipped>,
    /// The ids of facts used in conditions of its templates.
    pub asked: BTreeSet<String>,
    /// The version to publish, if it is for publication.
    pub version: Option<Version>,
}

impl Pipeline {
    /// Loads everything that a project consists of; the problems of all files are returned together.
    pub fn open(project: Project) -> Result<Warned<Self>> {
        let mut timings = Timings::default();
        let mut found = project.notices.clone();
        let start = Instant::now();
        let (typesetter, dataset, read) = read(&project, &mut found);
        let dataset = keep(dataset, &mut found).map(|warned| warned.unwarned(&mut found));
        let mut languages = vec![];
        for language in read {
            languages.extend(keep(language, &mut found).map(|l| l.unwarned(&mut found)));
        }
        let layered = project.layered();
        let mut text = |name: &str| keep(project.template(name), &mut found);
        let (figures, tables) = (text("figures.toml"), text("tables.toml"));
        let indicators = keep(project.data_file("indicators.toml"), &mut found);
        let references = keep(layered.text(&project.data.join("references.yaml")), &mut found);
        let titles = project.data.join("titles.csv");
        let titles = match layered.exists(&titles) {
            true => keep(layered.text(&titles), &mut found),
            false => None,
        };
        for format in &project.formats {
            let found_here = layered.untranslated(format.folder(), &project.languages);
            found.extend(keep(found_here, &mut vec![]).into_iter().flatten());
            let strange = layered.of_no_language(format.folder(), &project.languages);
            found.extend(keep(strange, &mut vec![]).into_iter().flatten());
        }
        let typst = keep(project.typst_files(), &mut found);
        let styles = typst.iter().flatten().filter(|(name, _)| name.ends_with(".csl"));
        found.extend(styles.flat_map(|(_, text)| bibliography::style::check(text)));
        let indicators = indicators
            .zip(dataset.as_ref())
            .and_then(|(text, data)| keep(indicators::parse(&text, data), &mut found))
            .zip(dataset.as_ref())
            .and_then(|(indicators, data)| {
                keep(region::of_region(indicators, &project, data, &languages), &mut found)
            });
        let drawn_and_tabulated = figures.zip(tables);
        let exhibits = drawn_and_tabulated.as_ref().zip(indicators.as_ref()).and_then(
            |((figures, tables), indicators)| {
                keep(exhibits::parse(figures, tables, indicators), &mut found)
            },
        );
        let references = references.zip(dataset.as_ref()).and_then(|(text, data)| {
            keep(References::load(&text, titles.as_ref(), data), &mut found)
        });
        timings.add("load", start.elapsed());
        let errors = found.iter().any(|d| d.severity == crate::diag::Severity::Error);
        match (dataset, indicators, exhibits, references, typst) {
            (Some(dataset), Some(indicators), Some(exhibits), Some(references), Some(typst))
                if !errors =>
            {
                let pipeline = Self {
                    project,
                    dataset,
                    indicators: Arc::new(indicators),
                    exhibits,
                    references,
                    languages,
                    typst,
                    typesetter,
                    timings: Mutex::new(timings),
                };
                let mut unknown = pipeline.unknown_names();
                if let Some((figures, tables)) = &drawn_and_tabulated {
                    unknown.extend(exhibits::unknown_names(
                        &pipeline.exhibits,
                        [figures, tables],
                        &pipeline.indicators,
                        &pipeline.dataset,
                    ));
                }
                unknown.extend(pipeline.mentioned());
                let registers = pipeline.dataset.registers.values();
                unknown.extend(registers.flat_map(|register| acts::days_in_order(register)));
                unknown.extend(pipeline.lost_phrases());
                unknown.extend(pipeline.strange_phrases());
                unknown.extend(pipeline.unequal_phrases());
                unknown.extend(pipeline.foreign_words());
                if unknown.is_empty() {
                    Ok(Warned { value: pipeline, warnings: found })
                } else {
                    found.extend(unknown);
                    Err(found)
                }
            }
            _ => Err(found),
        }
    }

    /// Requests everything that it was opened with again, so that the memory counts it as used.
    pub(super) fn ask_again(&self) {
        // Problems were reported when it was opened.
        drop(read(&self.project, &mut vec![]));
    }

    /// The day as of which a brief is made: the requested one, or the project's.
    fn day(&self, asked: Option<Date>) -> Option<Date> {
        asked.or(self.project.calendar.as_of.as_ref().map(|(day, _)| *day))
    }

    /// The periods for which every required indicator is published as of a date, oldest first.
    pub fn periods(&self, as_of: Option<Date>) -> Vec<Period> {
        let view = self.dataset.as_of(self.day(as_of));
        let mut known: Option<BTreeSet<Period>> = None;
        for id in &self.project.requires {
            let Some(Expr::Table(select)) = self.indicators.all.get(id).map(|i| &i.expr) else {
                continue;
            };
            if select.at != Moment::During {
                continue;
            }
            let fixed: Vec<(&str, &str)> =
                select.fixed.iter().map(|(n, m)| (n.as_str(), m.as_str())).collect();
            let times = view.times(&select.table, &fixed).unwrap_or_default();
            let periods: BTreeSet<Period> = times
                .into_iter()
                .filter_map(|time| match time {
                    Time::Over(period)
                        if matches!(period.span(), Span::Year | Span::YearToDate) =>
                    {
                        Some(period)
                    }
                    _ => None,
                })
                .collect();
            known = Some(match known {
                Some(known) => known.intersection(&periods).copied().collect(),
                None => periods,
            });
        }
        let mut periods: Vec<Period> = known.unwrap_or_default().into_iter().collect();
        periods.sort_by_key(|period| (period.end, period.start));
        periods
    }

    /// The period to build: the requested one, the project's, or the latest.
    pub fn period(&self, asked: Option<Period>, as_of: Option<Date>) -> Result<Period> {
        asked.or(self.project.period).or_else(|| self.periods(as_of).last().copied()).ok_or_else(
            || {
                Diagnostic::error(
                    Code::K0209,
                    message!("there is no period with all required figures"),
                )
                .note(message!(
                    "the required indicators are {requires}",
                    requires = self.project.requires.join(", ")
                ))
                .hint(message!(
                    "load a release into the data folder, or move `--as-of` to a later day"
                ))
                .into()
            },
        )
    }

    /// The data as readable at the end of a day: the requested one, or the project's.
    pub fn view(&self, as_of: Option<Date>) -> View<'_> {
        self.dataset.as_of(self.day(as_of))
    }

    /// The facts of a period.
    pub fn facts(&self, period: Period, as_of: Option<Date>) -> Result<Warned<Arc<Facts>>> {
        let as_of = self.day(as_of);
        let view = self.dataset.as_of(as_of);
        let facts = self.time("indicators", || {
            indicators::compute(&self.indicators, &view, period, self.project.base)
        })?;
        let mut found = vec![];
        let facts = Arc::new(facts.unwarned(&mut found));
        let mut wrong = printable::check(&facts);
        for register in self.dataset.registers.values() {
            wrong.extend(acts::plans(register, &self.indicators, &view));
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let missing = self.missing(&facts, period, as_of);
        if missing.is_empty() { Ok(Warned { value: facts, warnings: found }) } else { Err(missing) }
    }

    /// Errors for required indicators that are not published for a period.
    fn missing(&self, facts: &Facts, period: Period, as_of: Option<Date>) -> Vec<Diagnostic> {
        let reasons: Vec<String> = self
            .project
            .requires
            .iter()
            .filter_map(|id| Some(format!("`{id}`: {}", facts.get(id)?.missing()?)))
            .collect();
        if reasons.is_empty() {
            return vec![];
        }
        let when = as_of.map_or(Message::default(), |date| message!(" as of {date}", date));
        let known: Vec<String> =
            self.periods(as_of).into_iter().rev().take(8).map(Period::short).collect();
        let mut diagnostic = Diagnostic::error(
            Code::K0209,
            message!(
                "{period} cannot be published{when}: required figures are missing",
                period = period.short(),
                when
            ),
        );
        for reason in reasons {
            diagnostic = diagnostic.note(Message::verbatim(reason));
        }
        vec![match known.is_empty() {
            true => diagnostic.note(message!("no period can be built{when}", when)).hint(message!(
                "load a release into the data folder, or move `--as-of` to a later day"
            )),
            false => diagnostic
                .hint(message!("periods that can be built: {known}", known = known.join(", "))),
        }]
    }

    /// The brief of a period in every language.
    pub fn edition(
        &self,
        format: Format,
        period: Period,
        as_of: Option<Date>,
    ) -> Result<Warned<Edition>> {
        self.edition_of(format, period, as_of, None)
    }

    /// The same for a version to publish, whose pages show the version.
    pub fn edition_of(
        &self,
        format: Format,
        period: Period,
        as_of: Option<Date>,
        version: Option<&Version>,
    ) -> Result<Warned<Edition>> {
        let mut found = vec![];
        // Who requests a day knows that there are later releases.
        if let (None, Some((day, _))) = (as_of, &self.project.calendar.as_of) {
            found.extend(self.later(period, *day)?);
        }
        let as_of = self.day(as_of);
        let mut facts = self.facts(period, as_of)?.unwarned(&mut found);
        let since = self.since(period, as_of, &mut facts, &mut found)?;
        let composed = self
            .time("prose", || self.compose((format, version), period, &facts, since, &mut found))?;
        let (documents, drawings, skipped, asked) = Default::default();
        let version = version.cloned();
        let mut edition =
            Edition { format, period, facts, documents, drawings, skipped, asked, version };
        let brand = self.project.brand.clone();
        for composed in composed {
            let drawings = self.time("figures", || {
                let draw = |(id, chart, width): &(String, charts::Chart, f64)| {
                    (id.clone(), charts::draw(chart, &brand, *width))
                };
                composed.charts.iter().map(draw).collect()
            });
            found.extend(self.nameless(&composed.document));
            edition.skipped.extend(composed.skipped);
            edition.asked.extend(composed.asked);
            edition.documents.push(composed.document);
            edition.drawings.push(drawings);
        }
        distinct(&mut edition.skipped);
        let documents: Vec<&Document> = edition.documents.iter().collect();
        let mut problems = parity::compare(&documents, &|lang, section, sentence| {
            let language = self.languages.iter().find(|l| l.locale.lang() == lang)?;
            let (sections, _) = language.forms.get(&format)?;
            let file = sections.iter().find(|file| file.id == section)?;
            sentence
                .and_then(|id| file.call("sentence", id))
                .or_else(|| Some(Place::Path(file.text.path.clone())))
        });
        let pairs = self.languages.par_iter().zip(&edition.documents);
        let guarded = |(language, document): (&Arc<Language>, _)| {
            self.guarded(language, format, document, &edition.facts)
        };
        problems.extend(self.time("guards", || pairs.flat_map_iter(guarded).collect::<Vec<_>>()));
        if !problems.is_empty() {
            return Err(problems);
        }
        if let Some(id) = &self.project.summary {
            summary::in_all_languages(&mut edition.documents, id);
        }
        if format == Format::Express {
            lay_side_by_side(&mut edition);
        }
        Ok(Warned { value: edition, warnings: found })
    }

    /// What the writers of all languages share.
    fn context(
        &self,
        version: Option<&Version>,
        period: Period,
        facts: &Arc<Facts>,
        since: Option<Arc<Revisions>>,
    ) -> EditionContext {
        EditionContext {
            period,
            vintage: self.vintage(facts),
            came_out: self.came_out(facts),
            is_settled: self.is_settled(facts),
            facts: facts.clone(),
            indicators: self.indicators.clone(),
            since,
            data: self.dataset.clone(),
            references: self.references.keys().clone(),
            exhibits: self.exhibits.ids(),
            offers_options: self.project.offers_options,
            body: self.project.owner().to_owned(),
            region: self.indicators.region.clone(),
            thresholds: self
                .project
                .thresholds
                .iter()
                .map(|(id, threshold)| (id.clone(), threshold.to_string()))
                .collect(),
            days: self.days(version),
        }
    }

    fn writer(
        &self,
        language: &Language,
        format: Format,
        context: &Arc<EditionContext>,
    ) -> Result<Writer> {
        let (locale, strings) = (language.locale.clone(), language.strings.clone());
        let (_, macros) = &language.forms[&format];
        Writer::new(locale, strings, macros, context)
    }

    fn compose(
        &self,
        (format, version): (Format, Option<&Version>),
        period: Period,
        facts: &Arc<Facts>,
        since: Option<Arc<Revisions>>,
        found: &mut Vec<Diagnostic>,
    ) -> Result<Vec<Composed>> {
        let edition_context = Arc::new(self.context(version, period, facts, since));
        let writer = |language: &Arc<Language>| self.writer(language, format, &edition_context);
        let plan = Plan {
            page: self.project.page_size,
            exhibits: &self.exhibits,
            cards: &self.project.cards,
            narrow: &self.project.narrow,
            is_parallel: format == Format::Express,
            lead: &self.project.lead,
            key_sections: &self.project.key_sections,
            key_items: self.project.key_items,
        };
        let composed = |(index, language): (usize, &Arc<Language>)| {
            // Own language first, the others in the order of the project. A writer records what it words,
            // so each document has writers of its own.
            let others = self.languages.iter().enumerate().filter(|(other, _)| *other != index);
            let (mut writers, mut problems) = (vec![], vec![]);
            for language in std::iter::once(language).chain(others.map(|(_, other)| other)) {
                writers.extend(keep(writer(language), &mut problems));
            }
            if !problems.is_empty() {
                return Err(problems);
            }
            let order: Vec<&Writer> = writers.iter().collect();
            let meta =
                self.meta((format, version), &order, facts, period, edition_context.vintage)?;
            let mut composed = compose(&plan, &order, &language.forms[&format].0, meta)?;
            let Composed { document, charts, .. } = &mut composed.value;
            let drawn = charts.iter().filter_map(|(id, ..)| self.exhibits.figures.get(id));
            let drawn = drawn.flat_map(|spec| spec.form.facts());
            let drawn: Vec<&Fact> = drawn.filter_map(|id| facts.get(id)).collect();
            self.attribute(order[0], document, &drawn, facts)?;
            self.group_sources(document);
            Ok(composed)
        };
        let composed: Vec<_> = self.languages.par_iter().enumerate().map(composed).collect();
        let (mut all, mut problems) = (vec![], vec![]);
        for (language, composed) in self.languages.iter().zip(composed) {
            let composed = keep(composed, &mut problems).map(|composed| composed.unwarned(found));
            all.extend(composed.map(|composed| (language, composed)));
        }
        // Every document that uses a language reports the problems of that language.
        distinct(&mut problems);
        if problems.is_empty() {
            return Ok(all.into_iter().map(|(_, composed)| composed).collect());
        }
        // Problems of finished documents are reported together with the problems of other languages.
        for (language, composed) in &all {
            problems.extend(self.guarded(language, format, &composed.document, facts));
        }
        Err(problems)
    }

    /// The problems found by the guards.
    fn guarded(
        &self,
        language: &Language,
        format: Format,
        document: &Document,
        facts: &Facts,
    ) -> Vec<Diagnostic> {
        let (sections, _) = &language.forms[&format];
        checks::check(&Reading {
            document,
            facts,
            indicators: &self.indicators,
            locale: &language.locale,
            sections,
            strings: &language.strings,
            names: &self.project.guarded_names,
            cited_sections: &self.project.cited_sections,
            duplicates: &self.references.duplicates(&document.cited(), &self.dataset),
        })
    }

    /// Sets the part of the list of sources for each source.
    fn group_sources(&self, document: &mut Document) {
        let group = |key: String| {
            let group = self.references.group(&key, &self.dataset).name();
            (key, group.to_owned())
        };
        document.meta.source_groups = document.cited().into_iter().map(group).collect();
    }

    /// The day of the newest release that the required facts are based on.
    pub fn vintage(&self, facts: &Facts) -> Date {
        let required = self.project.requires.iter().filter_map(|id| facts.get(id));
        required
            .flat_map(|fact| &fact.vintages)
            .filter_map(|vintage| Some(self.dataset.vintages.get(vintage)?.released))
            .max()
            .unwrap_or(Date::constant(1970, 1, 1))
    }

    /// The publication time of that release, as precisely as known.
    pub fn came_out(&self, facts: &Facts) -> Time {
        let required = self.project.requires.iter().filter_map(|id| facts.get(id));
        required
            .flat_map(|fact| &fact.vintages)
            .filter_map(|vintage| self.dataset.vintages.get(vintage))
            .max_by_key(|vintage| (vintage.released, Reverse(vintage.precision)))
            .map_or(Time::At(self.vintage(facts)), Vintage::came_out)
    }

    fn time<T>(&self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let value = work();
        self.count(stage, start.elapsed());
        value
    }

    fn count(&self, stage: &'static str, took: Duration) {
        self.timings.lock().unwrap_or_else(PoisonError::into_inner).add(stage, took);
    }

    /// The time that the stages have taken so far.
    pub fn timings(&self) -> Timings {
        self.timings.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Combines the documents of all languages, and their drawings, side by side.
fn lay_side_by_side(edition: &mut Edition) {
    let Some(document) = side_by_side::parallel(&edition.documents) else { return };
    let mut drawings = BTreeMap::new();
    for (index, (own, spoken)) in edition.drawings.iter().zip(&edition.documents).enumerate() {
        for (id, drawing) in own {
            let id = if index == 0 {
                id.clone()
            } else {
                side_by_side::spoken_id(id, &spoken.meta.lang)
            };
            drawings.insert(id, drawing.clone());
        }
    }
    edition.documents = vec![document];
    edition.drawings = vec![drawings];
}

/// A typesetter with the project's fonts, the tables, and the languages in order.
type Read = (Arc<Typesetter>, Result<Warned<Arc<Dataset>>>, Vec<Result<Warned<Arc<Language>>>>);

/// Loads what is slow to load; memoized.
fn read(project: &Project, found: &mut Vec<Diagnostic>) -> Read {
    // Tables, languages and fonts are independent of one another.
    let added = project.fonts.iter().map(|font| fonts(project, font));
    let added: Vec<Blob> = added.filter_map(|read| keep(read, found)).collect();
    let typesetter = typesetter(&added);
    let (dataset, languages) = rayon::join(
        || data::load(&project.files, &project.data, &project.shown(&project.data)),
        || {
            typesetter.families();
            // Each is tracked separately, so that none waits for another's files.
            let read = |tag: &String| language(project.files.track(), project.language(tag), tag);
            project.languages.par_iter().map(read).collect::<Vec<_>>()
        },
    );
    (typesetter, dataset, languages)
}

/// Reads a font file of the project or a profile.
fn fonts(project: &Project, path: &std::path::Path) -> Result<Blob> {
    let shown = project.shown(path);
    let font = project.layered().read(path).map_err(|error| {
        let message = message!("`{shown}` cannot be read: {error}", shown = shown.display(), error);
        vec![Diagnostic::error(Code::K0001, message).at(Place::Path(shown.clone()))]
    })?;
    if typeset::is_font(font.bytes()) {
        return Ok(font);
    }
    Err(Diagnostic::error(
        Code::K0015,
        message!("`{shown}` is not a font", shown = shown.display()),
    )
    .at(Place::Path(shown.clone()))
    .note(message!("every file in a folder `fonts` whose name ends like that of a font is loaded"))
    .hint(message!("replace it with a TrueType or OpenType font, or delete it"))
    .into())
}

fn day(date: Date) -> [i32; 3] {
    [date.year().into(), date.month().into(), date.day().into()]
}

impl Pipeline {
    /// The tags of the languages, in order.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.languages.iter().map(|language| language.tag.as_str())
    }
}
