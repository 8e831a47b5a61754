//! `kosh build` and `kosh check` of one release.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::args::BuildOptions;
use super::{one_only, report};
use crate::build::{self, Order, Standing};
use crate::data::{Gap, Unconfirmed};
use crate::diag::{Diagnostic, Result};
use crate::manifest::{Disk, Manifest, Reason};
use crate::period::Period;
use crate::pipeline::Pipeline;
use crate::project::{Allowed, Project};
use crate::prose::Dropped;

/// What a run came to.
enum Made {
    /// The release in place is what would be made.
    Unchanged(Box<(Order, Manifest)>),
    /// It was made, or checked.
    Built(Box<Built>),
}

struct Built {
    pipeline: Pipeline,
    period: Period,
    files: Vec<String>,
    kept: Vec<String>,
    /// Files that a build of other forms or languages left, and that were not made again.
    stays: Vec<String>,
    reasons: Vec<Reason>,
    dropped: Vec<Dropped>,
    /// Warnings that somebody has allowed.
    allowed: Vec<Allowed>,
    /// Warnings about what is not printed.
    elsewhere: Vec<Diagnostic>,
    /// Times that printed series skip.
    gaps: Vec<Gap>,
    /// Figures of the period that nothing else confirms.
    unconfirmed: Vec<Unconfirmed>,
}

/// Makes the brief in every language.
pub fn build(options: &BuildOptions, is_forced: bool) -> ExitCode {
    run(options, |found| attempt(options, is_forced, found))
}

/// Does everything but the PDFs.
pub fn check(options: &BuildOptions) -> ExitCode {
    if let Some(option) = options.common.several() {
        return one_only(option);
    }
    run(options, |found| look(options, found))
}

fn run(
    options: &BuildOptions,
    make: impl FnOnce(&mut Vec<Diagnostic>) -> Result<Made>,
) -> ExitCode {
    let start = Instant::now();
    let mut found = vec![];
    let made = match make(&mut found) {
        Ok(made) => made,
        Err(errors) => {
            found.extend(errors);
            return report::refused(&found, options.common.json);
        }
    };
    if !options.common.json {
        report::problems(&found);
    }
    match made {
        Made::Unchanged(made) => unchanged(options, &made.0, &made.1, start),
        Made::Built(built) => {
            tell(options, &built, &found, start.elapsed());
            // The process ends here: taking the tables and documents apart first is time for nothing.
            std::mem::forget(built);
        }
    }
    ExitCode::SUCCESS
}

/// Says that there was nothing to do.
fn unchanged(options: &BuildOptions, order: &Order, manifest: &Manifest, start: Instant) {
    let folder = order.folder();
    if options.common.json {
        let names = manifest.written.keys().map(|name| folder.join(name).display().to_string());
        let names: Vec<String> = names.collect();
        say_line!(
            "{:#}",
            json!({
                "state": "unchanged", "reasons": Value::Array(vec![]),
                "period": order.period, "profile": order.project.profile,
                "languages": manifest.parameters.languages, "files": names,
                "dropped": manifest.dropped, "diagnostics": manifest.warnings,
                "allowed": manifest.allowed,
                "milliseconds": json!({}),
            })
        );
    } else if !options.common.quiet {
        say_line!(
            "unchanged {}: none of the {} things it is made of has changed, and {} is as it was \
             left ({:.2} s)",
            order.period.short(),
            manifest.read.len(),
            folder.display(),
            start.elapsed().as_secs_f64()
        );
        let (warnings, dropped) = (manifest.warnings.len(), manifest.dropped.len());
        if warnings + dropped > 0 {
            say_line!(
                "still so: {}, {} left out; `kosh check` says them",
                report::counted(warnings, "warning"),
                report::counted(dropped, "sentence")
            );
        }
    }
}

/// Says what was made.
fn tell(options: &BuildOptions, built: &Built, found: &[Diagnostic], took: Duration) {
    let pipeline = &built.pipeline;
    let folder = pipeline.project.release_folder(built.period);
    let paths = || built.files.iter().map(|name| (name, folder.join(name).display().to_string()));
    let is_build = !built.files.is_empty();
    let timings = pipeline.timings();
    let milliseconds = |took: Duration| took.as_secs_f64() * 1e3;
    if options.common.json {
        let timings = timings.stages.iter();
        let timings: serde_json::Map<_, _> = timings
            .map(|(stage, took)| ((*stage).to_owned(), json!(milliseconds(*took))))
            .collect();
        let reasons: Vec<String> = built.reasons.iter().map(ToString::to_string).collect();
        say_line!(
            "{:#}",
            json!({
                "state": if is_build { "built" } else { "checked" }, "reasons": reasons,
                "period": built.period, "profile": pipeline.project.profile,
                "languages": pipeline.languages().collect::<Vec<_>>(),
                "files": paths().map(|(_, path)| path).collect::<Vec<_>>(), "kept": built.kept, "stays": built.stays,
                "dropped": built.dropped, "gaps": built.gaps,
                "unconfirmed": built.unconfirmed, "diagnostics": report::as_json(found),
                "allowed": built.allowed, "elsewhere": report::as_json(&built.elsewhere),
                "milliseconds": timings,
            })
        );
        return;
    }
    if !options.common.quiet {
        report::dropped(&built.dropped);
        report::gaps(&built.gaps);
        report::unconfirmed(&built.unconfirmed, is_build);
        report::allowed(&built.allowed);
        report::elsewhere(&built.elsewhere);
        for (name, path) in
            paths().filter(|(name, _)| [".pdf", ".xlsx"].iter().any(|end| name.ends_with(end)))
        {
            let kept = if built.kept.contains(name) { "  (the same)" } else { "" };
            say_line!("{path}{kept}");
        }
        let pdfs = |name: &&String| [".pdf", ".xlsx"].iter().any(|end| name.ends_with(end));
        for name in built.stays.iter().filter(pdfs) {
            say_line!("{}  (of an earlier build; not made again)", folder.join(name).display());
        }
        for reason in &built.reasons {
            say_line!("because {reason}");
        }
        let verb = if is_build { "built" } else { "checked" };
        say_line!("{verb} {} in {:.2} s", built.period.short(), took.as_secs_f64());
    }
    if options.timings {
        for (stage, took) in &timings.stages {
            say_line!("{stage:>12}  {:8.1} ms", milliseconds(*took));
        }
    }
}

fn open(options: &BuildOptions) -> Result<Project> {
    let common = &options.common;
    let mut overrides = common.overrides(options.output.clone());
    overrides.since = options.since.clone();
    Project::open(&common.project, &overrides)
}

fn attempt(options: &BuildOptions, is_forced: bool, found: &mut Vec<Diagnostic>) -> Result<Made> {
    let common = &options.common;
    let project = open(options)?;
    let disk = Disk::new();
    let order = |period| Order { project: project.clone(), period, as_of: common.as_of };
    let unchanged = |order: Order, standing: &mut Standing| {
        let is_current = standing.is_current() && !is_forced;
        let manifest = standing.previous.take_if(|_| is_current)?.manifest;
        Some(Made::Unchanged(Box::new((order, manifest))))
    };
    // Often the period is known before anything is read, and there is nothing to do.
    let known = common.period().or(project.period);
    let mut early = None;
    if let Some(order) = known.map(order) {
        let mut standing = order.standing(&disk);
        if let Some(made) = unchanged(order, &mut standing) {
            return Ok(made);
        }
        early = Some(standing);
    }
    let pipeline = Pipeline::open(project.clone())?.unwarned(found);
    let period = pipeline.period(known, common.as_of)?;
    let wait = || err_line!("kosh: another run has this release in its hands; waiting for it");
    let standing = early.unwrap_or_else(|| order(period).standing(&disk));
    let (lock, mut standing) = order(period).begin(standing, wait)?;
    if let Some(made) = unchanged(order(period), &mut standing) {
        // What was said of the data is told as still so.
        found.clear();
        return Ok(made);
    }
    let standing = if is_forced { standing.forced() } else { standing };
    let said = std::mem::take(found);
    let made = build::make(&pipeline, period, common.as_of, standing.usable(), &said)
        .inspect_err(|_| found.extend(said.iter().cloned()))?
        .unwarned(found);
    let reasons = standing.explained(&made.facts);
    let put = build::put(&lock, &made)?;
    found.extend(put.told);
    let stays = put.stays;
    let files = made.files.iter().map(|file| file.name.clone()).collect();
    let (kept, dropped) = (made.kept.clone(), made.dropped.clone());
    let (allowed, elsewhere) = (made.allowed.clone(), made.elsewhere.clone());
    let view = pipeline.view(common.as_of);
    let (gaps, unconfirmed) = (view.gaps(&made.rows), view.unconfirmed(&made.rows, period));
    std::mem::forget(made);
    Ok(Made::Built(Box::new(Built {
        pipeline,
        period,
        files,
        kept,
        stays,
        reasons,
        dropped,
        allowed,
        elsewhere,
        gaps,
        unconfirmed,
    })))
}

/// Everything but the PDFs.
fn look(options: &BuildOptions, found: &mut Vec<Diagnostic>) -> Result<Made> {
    let common = &options.common;
    let pipeline = Pipeline::open(open(options)?)?.unwarned(found);
    let period = pipeline.period(common.period(), common.as_of)?;
    let editions = build::editions(&pipeline, period, common.as_of)?.unwarned(found);
    let dropped = build::dropped(&editions);
    let when = (period, common.as_of);
    let sorted = build::sort(&pipeline, &editions, when, std::mem::take(found), false);
    found.extend(sorted.told);
    // Here everything is listed; a build tells only what bears on what it prints.
    found.extend(sorted.elsewhere.into_iter().map(|warning| {
        warning.note("nothing that this brief prints rests on it, so it stops no release")
    }));
    let (files, kept, stays, reasons) = (vec![], vec![], vec![], vec![]);
    let (allowed, elsewhere) = (sorted.allowed, vec![]);
    let view = pipeline.view(common.as_of);
    let (gaps, unconfirmed) = (view.gaps(&sorted.rows), view.unconfirmed(&sorted.rows, period));
    Ok(Made::Built(Box::new(Built {
        pipeline,
        period,
        files,
        kept,
        stays,
        reasons,
        dropped,
        allowed,
        elsewhere,
        gaps,
        unconfirmed,
    })))
}
