//! `kosh build` and `kosh check` of one release.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::args::BuildOptions;
use super::{missing, one_only, report};
use crate::build::manifest::Reason;
use crate::build::{
    Built, Composition, Options, Request, Rows, Unchanged, Updated, compose, update,
};
use crate::data::{Gap, Unconfirmed};
use crate::diag::{Diagnostic, Result};
use crate::project::{Allowed, Project, unread};
use crate::prose::Skipped;
use crate::publish::archive;

/// The result of a run.
enum Made {
    /// The release in place is up to date; with its profile and archive.
    Unchanged(Box<Unchanged>, String, Option<PathBuf>),
    /// It was built or checked.
    Built(Box<Finished>),
}

struct Finished {
    composition: Composition,
    files: Vec<String>,
    /// Everything as one file, if that was requested.
    archive: Option<PathBuf>,
    kept: Vec<String>,
    /// Files of other forms or languages from an earlier build, which were left in place.
    stays: Vec<String>,
    reasons: Vec<Reason>,
    skipped: Vec<Skipped>,
    /// Warnings that are allowed.
    allowed: Vec<Allowed>,
    /// Warnings about figures that are not printed.
    elsewhere: Vec<Diagnostic>,
    /// Times that printed series skip.
    gaps: Vec<Gap>,
    /// Figures of the period that no other figure confirms.
    unconfirmed: Vec<Unconfirmed>,
}

/// Builds the brief in every language.
pub(super) fn build(options: &BuildOptions, is_forced: bool, zip: bool) -> ExitCode {
    run(options, |found| attempt(options, (is_forced, zip), found))
}

/// Does everything except the PDFs.
pub(super) fn check(options: &BuildOptions) -> ExitCode {
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
        Made::Unchanged(made, profile, archive) => {
            unchanged(options, &made, (&profile, archive), start);
        }
        Made::Built(built) => {
            print(options, &built, &found, start.elapsed());
            // The process ends here, so freeing tables and documents would only take time.
            std::mem::forget(built);
        }
    }
    ExitCode::SUCCESS
}

/// Reports that nothing had to be done.
fn unchanged(
    options: &BuildOptions,
    made: &Unchanged,
    (profile, archive): (&str, Option<PathBuf>),
    start: Instant,
) {
    let Unchanged { period, folder, manifest } = made;
    if options.common.json {
        let names = manifest.written.keys().map(|name| folder.join(name).display().to_string());
        let names: Vec<String> = names.collect();
        say_line!(
            "{:#}",
            json!({
                "state": "unchanged", "reasons": Value::Array(vec![]),
                "period": period, "profile": profile,
                "languages": manifest.parameters.languages, "files": names, "archive": archive,
                "dropped": manifest.dropped, "diagnostics": manifest.warnings,
                "allowed": manifest.allowed,
                "milliseconds": json!({}),
            })
        );
    } else if !options.common.quiet {
        packed(archive.as_ref());
        say_text!(
            "unchanged {period}: none of its {number_of_read} inputs has changed, and {folder} is as kosh wrote it ({start} s)",
            period = period.short(),
            number_of_read = manifest.read.len(),
            folder = folder.display(),
            start = format!("{:.2}", start.elapsed().as_secs_f64())
        );
        let (warnings, skipped) = (manifest.warnings.len(), manifest.dropped.len());
        if warnings + skipped > 0 {
            say_text!(
                "warnings of the earlier build: {warnings}, {skipped} left out; `kosh check` and `kosh missing` show them",
                warnings = report::counted(warnings, "warning"),
                skipped = report::counted(skipped, "sentence")
            );
        }
    }
}

/// Names the archive.
pub(super) fn packed(archive: Option<&PathBuf>) {
    if let Some(archive) = archive {
        say_line!("{}", archive.display());
    }
}

/// Reports what was built.
fn print(options: &BuildOptions, built: &Finished, found: &[Diagnostic], took: Duration) {
    let Composition { pipeline, period, .. } = &built.composition;
    let folder = built.composition.folder();
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
                "period": period, "profile": pipeline.project.profile,
                "languages": pipeline.languages().collect::<Vec<_>>(),
                "files": paths().map(|(_, path)| path).collect::<Vec<_>>(), "archive": built.archive, "kept": built.kept, "stays": built.stays,
                "dropped": built.skipped, "gaps": built.gaps,
                "unconfirmed": built.unconfirmed, "diagnostics": report::as_json(found),
                "allowed": built.allowed, "elsewhere": report::as_json(&built.elsewhere),
                "milliseconds": timings,
            })
        );
        return;
    }
    if !options.common.quiet {
        missing::after(&built.composition);
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
            say_text!("{name}  (reused from an earlier build)", name = folder.join(name).display());
        }
        packed(built.archive.as_ref());
        for reason in &built.reasons {
            say_text!("because {reason}", reason);
        }
        let verb = if is_build { message!("built") } else { message!("checked") };
        say_text!(
            "{verb} {period} in {took} s",
            verb,
            period = period.short(),
            took = format!("{:.2}", took.as_secs_f64())
        );
    }
    if options.timings {
        for (stage, took) in &timings.stages {
            say_text!(
                "{stage}  {took} ms",
                stage = format!("{stage:>12}"),
                took = format!("{:8.1}", milliseconds(*took))
            );
        }
    }
}

/// The request of the arguments.
fn request(options: &BuildOptions) -> Result<Request> {
    let common = &options.common;
    let mut overrides = common.overrides(options.output.clone());
    overrides.since = options.since.clone();
    let project = Project::open(&common.project, &overrides)?;
    let (period, as_of) = (common.period(), common.as_of);
    Ok(Request { period, as_of, ..Request::new(project) })
}

fn attempt(
    options: &BuildOptions,
    (is_forced, zip): (bool, bool),
    found: &mut Vec<Diagnostic>,
) -> Result<Made> {
    let request = request(options)?;
    let waiting = || err_text!("kosh: another run is writing this release; waiting for it");
    let how = Options { is_forced, waiting: &waiting, ..Options::default() };
    let updated = update(&request, how, found)?;
    found.extend(unread(&request.project));
    let built = match updated {
        Updated::Unchanged(made) => {
            let archive = zip.then(|| archive(&made.folder)).transpose()?;
            return Ok(Made::Unchanged(made, request.project.profile, archive));
        }
        Updated::Built(built) => *built,
    };
    let Built { composition, mut build, reasons, stays, .. } = built;
    let (gaps, unconfirmed) = omissions(&composition, &build.rows);
    let made = Finished {
        archive: zip.then(|| archive(&composition.folder())).transpose()?,
        files: build.files.iter().map(|file| file.name.clone()).collect(),
        kept: std::mem::take(&mut build.kept),
        stays,
        reasons,
        skipped: std::mem::take(&mut build.skipped),
        allowed: std::mem::take(&mut build.allowed),
        elsewhere: std::mem::take(&mut build.elsewhere),
        gaps,
        unconfirmed,
        composition,
    };
    // The process ends here, so freeing the files would only take time.
    std::mem::forget(build);
    Ok(Made::Built(Box::new(made)))
}

/// Does everything except the PDFs.
fn look(options: &BuildOptions, found: &mut Vec<Diagnostic>) -> Result<Made> {
    let composition = compose(&request(options)?, found)?;
    let sorted = composition.sort(std::mem::take(found));
    found.extend(sorted.reported);
    // A check lists all warnings; a build reports only those about what it prints.
    found.extend(sorted.elsewhere.into_iter().map(|warning| {
        warning.note(message!(
            "nothing that this brief prints is based on it, so it does not prevent a \
            release"
        ))
    }));
    found.extend(unread(&composition.pipeline.project));
    let (gaps, unconfirmed) = omissions(&composition, &sorted.rows);
    let (skipped, allowed) = (composition.skipped(), sorted.allowed);
    let (files, archive, kept, stays, reasons, elsewhere) = Default::default();
    Ok(Made::Built(Box::new(Finished {
        composition,
        files,
        archive,
        kept,
        stays,
        reasons,
        skipped,
        allowed,
        elsewhere,
        gaps,
        unconfirmed,
    })))
}

/// The times that printed series skip, and the figures that no other figure confirms.
fn omissions(composition: &Composition, rows: &Rows) -> (Vec<Gap>, Vec<Unconfirmed>) {
    let view = composition.pipeline.view(composition.as_of);
    (view.gaps(rows), view.unconfirmed(rows, composition.period))
}
