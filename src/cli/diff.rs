//! `kosh diff`: what changed between two issues.

use std::path::Path;
use std::process::ExitCode;

use jiff::civil::Date;
use serde::Serialize;

use super::args::{Common, DiffOptions};
use super::changes::{self, Shown};
use super::report;
use crate::build::edition::{Pipeline, Point, built};
use crate::diag::{Code, Diagnostic, Result, nearest};
use crate::diff::{self, Changes, Issue};
use crate::files::Track;
use crate::project::Project;
use crate::stats::{Facts, Period};

/// Prints the changes, as text or JSON.
pub(super) fn diff(options: &DiffOptions) -> ExitCode {
    let mut found = vec![];
    let outcome = attempt(options, &mut found);
    crate::diag::distinct(&mut found);
    let shown = match outcome {
        Ok(shown) => shown,
        Err(errors) => {
            found.extend(errors);
            let refused = report::refused(&found, options.common.json);
            let is_usage = found.iter().any(|problem| problem.code == Code::K1001);
            return if options.exit_code || is_usage { ExitCode::from(2) } else { refused };
        }
    };
    if options.common.json {
        let report = Report {
            before: &shown.before,
            after: &shown.after,
            language: &shown.language,
            changes: &shown.changes,
            diagnostics: report::as_json(&found),
        };
        let json = serde_json::to_string_pretty(&report).expect("changes have string keys only");
        say_line!("{json}");
    } else {
        if !options.common.quiet {
            // Problems with the data of either side are reported by `kosh check`.
            let (own, others): (Vec<_>, Vec<_>) =
                found.into_iter().partition(|problem| problem.code.area() == 10);
            report::problems(&own);
            if !others.is_empty() {
                err_text!(
                    "{others} about the data: `kosh check` shows them",
                    others = report::warnings(&others)
                );
            }
        }
        changes::print(&shown, options.common.quiet);
    }
    let differs = options.exit_code && !shown.changes.is_empty();
    if differs { ExitCode::from(1) } else { ExitCode::SUCCESS }
}

/// The changes as JSON, in reading order.
#[derive(Serialize)]
struct Report<'a> {
    before: &'a str,
    after: &'a str,
    language: &'a str,
    changes: &'a Changes,
    diagnostics: Vec<serde_json::Value>,
}

/// One side of the comparison.
struct Side {
    name: String,
    issue: Issue,
}

fn attempt(options: &DiffOptions, found: &mut Vec<Diagnostic>) -> Result<Shown> {
    let common = &options.common;
    let pipeline = opened(common, None, found)?;
    let here = Path::new("");
    let files = pipeline.project.files.track();
    let point = |text: &String| {
        Point::named(files, text, here).map_err(|p| with_periods(p, text, &pipeline))
    };
    let after = options.after.as_ref().map_or(Ok(Point::Now), &point)?;
    let before = match &options.before {
        Some(text) => point(text)?,
        None => last_build(&pipeline, common)?,
    };
    let sides = [&before, &after];
    let own: Vec<Option<Period>> =
        sides.iter().map(|point| own_period(point, &pipeline)).collect::<Result<_>>()?;
    let mut made = vec![];
    for (index, point) in sides.into_iter().enumerate() {
        // A side without a period takes that of the other side, except for the project compared with a
        // period.
        let other = own[1 - index].filter(|_| *point != Point::Now || !is_period(sides[1 - index]));
        let asked = own[index].or(common.period()).or(other);
        let day = earliest(sides).or(common.as_of);
        let period = pipeline.period(asked, day)?;
        made.push(side(point, period, &pipeline, common, found)?);
    }
    let [before, after] = <[Side; 2]>::try_from(made).unwrap_or_else(|_| unreachable!("two sides"));
    let changes = diff::compare(&before.issue, &after.issue);
    Ok(Shown {
        before: before.name,
        after: after.name,
        language: pipeline.languages().next().unwrap_or_default().to_owned(),
        key_sections: pipeline.project.key_sections.clone(),
        facts: [before.issue.facts, after.issue.facts],
        changes,
    })
}

fn is_period(point: &Point) -> bool {
    matches!(point, Point::Period(_))
}

/// The earliest day named; a period published by then is available on the other side too.
fn earliest(sides: [&Point; 2]) -> Option<Date> {
    let day = |point: &Point| match point {
        Point::Day(day) => Some(*day),
        _ => None,
    };
    sides.into_iter().filter_map(day).min()
}

fn opened(common: &Common, data: Option<&Path>, found: &mut Vec<Diagnostic>) -> Result<Pipeline> {
    let mut overrides = common.overrides(None);
    overrides.data = data.map(Path::to_path_buf).or(overrides.data);
    let mut project = Project::open(&common.project, &overrides)?;
    // The project's own comparison is switched off.
    project.compare_with = None;
    Ok(Pipeline::open(project)?.unwarned(found))
}

/// The build of the current period and profile, if there is one.
fn last_build(pipeline: &Pipeline, common: &Common) -> Result<Point> {
    let period = pipeline.period(common.period(), common.as_of)?;
    let folder = pipeline.project.release_folder(period);
    if pipeline.project.files.exists(&folder.join("facts.json")) {
        return Ok(Point::Build(folder));
    }
    Err(Diagnostic::error(
        Code::K1001,
        message!("{period} has not been built yet", period = period.short()),
    )
    .note(message!(
        "no issue to compare with is named, and there is no build in `{folder}`",
        folder = folder.display()
    ))
    .hint(message!("name a day, a period or a folder: `kosh diff 2026-02-09`"))
    .into())
}

/// Adds the periods of the project to the suggestions for a misspelt one.
fn with_periods(problems: Vec<Diagnostic>, text: &str, pipeline: &Pipeline) -> Vec<Diagnostic> {
    let periods: Vec<String> = pipeline.periods(None).into_iter().map(Period::short).collect();
    let near = nearest(text, periods.iter().map(String::as_str));
    let near = near.map(|period| message!("did you mean the period `{period}`?", period));
    problems.into_iter().map(|problem| problem.maybe_hint(near.clone())).collect()
}

/// The period that a point has itself.
fn own_period(point: &Point, pipeline: &Pipeline) -> Result<Option<Period>> {
    Ok(match point {
        Point::Period(period) => Some(*period),
        Point::Build(folder) => pipeline.period_of(&read(pipeline, folder)?),
        Point::Now | Point::Day(_) | Point::Data(_) => None,
    })
}

/// The facts of a build, under the path as the user wrote it.
fn read(pipeline: &Pipeline, folder: &Path) -> Result<Facts> {
    built(pipeline.project.files.track(), folder, folder)
}

fn side(
    point: &Point,
    period: Period,
    pipeline: &Pipeline,
    common: &Common,
    found: &mut Vec<Diagnostic>,
) -> Result<Side> {
    let short = period.short();
    let (name, issue) = match point {
        Point::Now | Point::Period(_) => {
            let name = common.as_of.map_or(short.clone(), |day| format!("{short} as of {day}"));
            (name, pipeline.issue(period, common.as_of, found)?)
        }
        Point::Day(day) => {
            (format!("{short} as of {day}"), pipeline.issue(period, Some(*day), found)?)
        }
        Point::Build(folder) => {
            let issue = pipeline.issue_of(read(pipeline, folder)?, period, found);
            (folder.display().to_string(), issue)
        }
        Point::Data(folder) => {
            let other = opened(common, Some(folder), found)?;
            let issue = other.issue(period, common.as_of, found)?;
            (format!("{short} from {}", folder.display()), issue)
        }
    };
    Ok(Side { name, issue })
}
