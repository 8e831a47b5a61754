//! Issues of the brief that can be compared: current, as of a day, or as built.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use super::Pipeline;
use crate::diag::{Code, Diagnostic, Result, nearest};
use crate::diff::{self, Issue, Revisions, Row, Said};
use crate::files::{self, Files, Track, Tracked, relative};
use crate::stats::{Facts, Period, RowId, Status, Time};

/// An issue, by the way it is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Point {
    /// The project in its current state.
    Now,
    /// A period of the project.
    Period(Period),
    /// The data published by the end of a day.
    Day(Date),
    /// The facts in the folder of a build.
    Build(PathBuf),
    /// Another data folder.
    Data(PathBuf),
}

impl Point {
    /// Parses the name of an issue; folders are relative to `from`.
    pub fn named(files: Tracked<Files>, text: &str, from: &Path) -> Result<Self> {
        if let Ok(day) = text.parse() {
            return Ok(Self::Day(day));
        }
        if let Ok(period) = text.parse() {
            return Ok(Self::Period(period));
        }
        let folder = from.join(text);
        let has = |name: &str| files.exists(&folder.join(name));
        if has("facts.json") {
            Ok(Self::Build(folder))
        } else if has("datapackage.json") {
            Ok(Self::Data(folder))
        } else {
            Err(unnamed(files, text, &folder).into())
        }
    }
}

/// The diagnostic of text that names no issue, with similar names.
fn unnamed(files: Tracked<Files>, text: &str, folder: &Path) -> Diagnostic {
    let problem = Diagnostic::error(
        Code::K1001,
        message!("`{text}` is not a day, a period, a build or a data folder", text),
    );
    if is_folder(files, folder) {
        let mut builds = vec![];
        for folder in below(files, folder) {
            builds.extend(below(files, &folder).into_iter().chain([folder]));
        }
        builds.retain(|folder| files.exists(&folder.join("facts.json")));
        let first = builds.first();
        return problem
            .note(message!(
                "the folder has neither the `facts.json` of a build nor a `datapackage.json`"
            ))
            .maybe_hint(
                first.map(|build| {
                    message!("there is a build in `{build}`", build = build.display())
                }),
            );
    }
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
    let beside: Vec<String> = folder
        .parent()
        .map(|parent| if parent.as_os_str().is_empty() { Path::new(".") } else { parent })
        .map(|folder| below(files, folder))
        .unwrap_or_default()
        .iter()
        .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
        .collect();
    let near = name.as_deref().and_then(|name| nearest(name, beside.iter().map(String::as_str)));
    let near = near.map(|name| message!("did you mean the folder `{name}`?", name));
    problem.maybe_hint(near).hint(message!(
        "write a day as `2026-02-09` or a period as `2025-H1`; a build is a folder below `output`"
    ))
}

fn is_folder(files: Tracked<Files>, path: &Path) -> bool {
    files.list(path).is_ok_and(|names| names.is_some())
}

/// The folders in a folder, by name.
fn below(files: Tracked<Files>, folder: &Path) -> Vec<PathBuf> {
    let names = files.list(folder).ok().flatten().unwrap_or_default();
    let all = names.iter().map(|name| folder.join(name));
    all.filter(|path| is_folder(files, path)).collect()
}

/// The facts in the folder of a build. `shown` is the folder as the user wrote it.
pub fn built(files: Tracked<Files>, folder: &Path, shown: &Path) -> Result<Facts> {
    const NAME: &str = "facts.json";
    let text = files::text(files, &folder.join(NAME), &shown.join(NAME))?;
    serde_json::from_str(&text.text).map_err(|error| {
        Diagnostic::error(
            Code::K1002,
            message!("these are not the facts of a build: {error}", error),
        )
        .at(text.line(error.line()))
        .hint(message!(
            "build the issue again with this version of kosh, and compare with the new folder"
        ))
        .into()
    })
}

impl Pipeline {
    /// The period of the facts of a build: that of the first required fact, or else of any.
    pub fn period_of(&self, facts: &Facts) -> Option<Period> {
        let required = self.project.requires.iter().filter_map(|id| facts.get(id));
        required.chain(facts.all.values()).find_map(|fact| match fact.time {
            Time::Over(period) => Some(period),
            Time::At(_) => None,
        })
    }

    /// An issue of the project: its facts, their rows, and its text. Problems with the text are warnings,
    /// since facts can be compared without it.
    pub fn issue(
        &self,
        period: Period,
        as_of: Option<Date>,
        found: &mut Vec<Diagnostic>,
    ) -> Result<Issue> {
        let facts = self.facts(period, as_of)?.unwarned(found);
        let rows = self.rows(&facts);
        let said = self.said(period, &facts, found);
        Ok(Issue { rows, vintages: self.statuses(), said, facts: (*facts).clone() })
    }

    /// An issue that was built: its facts, worded as the project words them now.
    pub fn issue_of(&self, facts: Facts, period: Period, found: &mut Vec<Diagnostic>) -> Issue {
        let facts = Arc::new(facts);
        let said = self.said(period, &facts, found);
        // The earlier content of the rows is unknown, since files may have been edited.
        let (facts, rows) = ((*facts).clone(), BTreeMap::new());
        Issue { facts, rows, vintages: self.statuses(), said }
    }

    /// The status of each release.
    fn statuses(&self) -> BTreeMap<String, Status> {
        let all = self.dataset.vintages.iter();
        all.map(|(id, vintage)| (id.to_string(), vintage.status)).collect()
    }

    fn said(
        &self,
        period: Period,
        facts: &Arc<Facts>,
        found: &mut Vec<Diagnostic>,
    ) -> Option<Vec<Said>> {
        let format = *self.project.formats.first()?;
        // Warnings about a document are reported by `kosh check`.
        match self.compose((format, None), period, facts, None, &mut vec![]) {
            Ok(composed) => composed.first().map(|composed| Said::of(&composed.document)),
            Err(problems) => {
                let mut warning = Diagnostic::warning(
                    Code::K1003,
                    message!(
                        "the sentences of {period} cannot be written, so they are not compared",
                        period = period.short()
                    ),
                );
                if let Some(first) = problems.first() {
                    warning = warning.at(first.place.clone()).note(first.message.clone());
                }
                found.push(warning.hint(message!("facts and ranks are compared nevertheless")));
                None
            }
        }
    }

    /// The contents of the rows behind facts; a long run of rows is compared only by its lines.
    fn rows(&self, facts: &Facts) -> BTreeMap<RowId, Row> {
        const LONG: usize = 100;
        let series = facts.all.values().filter_map(|fact| fact.series());
        let members = series.flat_map(|series| &series.members).flat_map(|member| &member.rows);
        let named = facts.all.values().flat_map(|fact| &fact.rows).chain(members);
        let mut rows = BTreeMap::new();
        for run in named.filter(|row| row.last - row.line < LONG) {
            for line in run.line..=run.last {
                let id = RowId { line, last: line, ..run.clone() };
                if !rows.contains_key(&id)
                    && let Some(row) = self.row(&id)
                {
                    rows.insert(id, row);
                }
            }
        }
        rows
    }

    fn row(&self, id: &RowId) -> Option<Row> {
        let (table, row) = self.dataset.observation(id)?;
        let mut of = vec![table.name.clone()];
        let named = table.dimensions.iter().zip(row.key.iter());
        of.extend(named.map(|(dimension, member)| format!("{dimension} {member}")));
        of.push(row.time.to_string());
        Some(Row {
            of: of.join(", "),
            value: row.value,
            vintage: row.vintage.to_string(),
            status: self.dataset.vintages.get(&row.vintage).map(|vintage| vintage.status),
            source: row.source.to_string(),
        })
    }

    /// Whether a folder is the project's own output folder for a period.
    fn is_own(&self, folder: &Path, period: Period) -> bool {
        let name = |folder: &Path| relative(&self.project.root, folder);
        name(folder) == name(&self.project.release_folder(period))
    }

    /// The revisions since the previous issue, if the project names one; they are flagged in `facts`.
    pub(super) fn since(
        &self,
        period: Period,
        as_of: Option<Date>,
        facts: &mut Arc<Facts>,
        found: &mut Vec<Diagnostic>,
    ) -> Result<Option<Arc<Revisions>>> {
        let Some(previous) = self.project.compare_with.clone() else { return Ok(None) };
        let at = |problems: Vec<Diagnostic>| -> Vec<Diagnostic> {
            let placed = |problem: Diagnostic| match &problem.place {
                None => problem.at(previous.place.clone()),
                Some(_) => problem,
            };
            problems.into_iter().map(placed).collect()
        };
        let asked = message!("the previous issue is named by `compare-with` or `--since`");
        if self.is_own(&previous.from.join(&previous.text), period) {
            let message =
                message!("`{text}` is the release that is being built", text = previous.text);
            let problem = Diagnostic::error(Code::K1005, message)
                .note(message!("{asked}; this one would be compared with its own last build", asked))
                .hint(message!("name the day of the previous issue, as `2026-02-09`, or the folder of a version below `releases`"));
            return Err(at(problem.into()));
        }
        let files = self.project.files.track();
        let point = Point::named(files, &previous.text, &previous.from).map_err(at)?;
        let is_build = matches!(point, Point::Build(_));
        let (earlier, earlier_period) = match point {
            Point::Day(day) if as_of.is_some_and(|as_of| as_of < day) => {
                let problem = Diagnostic::warning(
                    Code::K1004,
                    message!(
                        "this issue is older than the issue of {day} with which it is compared",
                        day
                    ),
                );
                found.push(problem.at(previous.place.clone()).note(asked).hint(message!(
                    "name the issue before it, or name none: then the list of changes is left out"
                )));
                return Ok(None);
            }
            Point::Day(day) => {
                let all = self.periods(Some(day));
                let last = all.contains(&period).then_some(period).or(all.last().copied());
                let last = last.map_or_else(|| self.period(None, Some(day)), Ok).map_err(at)?;
                let facts = self.facts(last, Some(day)).map_err(at)?;
                ((*facts.value).clone(), last)
            }
            Point::Build(folder) => {
                let facts = built(files, &folder, &self.project.shown(&folder))?;
                let period = self.period_of(&facts).unwrap_or(period);
                (facts, period)
            }
            Point::Now | Point::Period(_) | Point::Data(_) => {
                let text = &previous.text;
                let problem = Diagnostic::error(
                    Code::K1001,
                    message!("`{text}` is not a day or a build", text),
                )
                .note(asked)
                .hint(message!(
                    "name the day of the previous issue, for example `2026-02-09`, or its \
                            folder"
                ));
                return Err(at(problem.into()));
            }
        };
        let later = match earlier_period == period {
            true => facts.clone(),
            false => self.facts(earlier_period, as_of)?.value,
        };
        let day = self.came_out(&earlier);
        // The content of the rows at the time of the build is unknown.
        let rows = if is_build { BTreeMap::new() } else { self.rows(&earlier) };
        let vintages = self.statuses();
        let before = Issue { facts: earlier, rows, vintages: vintages.clone(), said: None };
        let rows = self.rows(&later);
        let after = Issue { facts: (*later).clone(), rows, vintages, said: None };
        let changes = diff::compare(&before, &after);
        if earlier_period == period {
            diff::mark(Arc::make_mut(facts), &changes);
        }
        let revisions = Revisions::of(day, earlier_period, &later, &changes);
        Ok(Some(Arc::new(revisions)))
    }
}
