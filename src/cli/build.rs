//! `kosh build` and `kosh check`.

use std::process::ExitCode;
use std::time::Instant;

use serde_json::json;

use super::args::BuildOptions;
use super::{problems, report};
use crate::diag::{Diagnostic, Result};
use crate::output::{self, File};
use crate::period::Period;
use crate::pipeline::{Edition, Pipeline};
use crate::project::Project;

/// What a run came to.
struct Made {
    pipeline: Pipeline,
    period: Period,
    editions: Vec<Edition>,
    files: Vec<File>,
}

/// Makes the brief in every language.
pub fn build(options: &BuildOptions) -> ExitCode {
    run(options, true)
}

/// Does everything but the PDFs.
pub fn check(options: &BuildOptions) -> ExitCode {
    run(options, false)
}

fn run(options: &BuildOptions, is_build: bool) -> ExitCode {
    let start = Instant::now();
    let mut found = vec![];
    let made = make(options, is_build, &mut found);
    if !options.common.json {
        report::problems(&found);
    }
    let Some(made) = made else {
        if options.common.json {
            say_line!("{:#}", json!({ "diagnostics": report::as_json(&found) }));
        }
        return problems();
    };
    let folder = folder(&made);
    let mut dropped = vec![];
    for edition in &made.editions {
        for one in &edition.dropped {
            if !dropped.contains(one) {
                dropped.push(one.clone());
            }
        }
    }
    if options.common.json {
        let names: Vec<String> =
            made.files.iter().map(|f| folder.join(&f.name).display().to_string()).collect();
        let timings: serde_json::Map<_, _> = made
            .pipeline
            .timings
            .stages
            .iter()
            .map(|(stage, took)| ((*stage).to_owned(), json!(took.as_secs_f64() * 1e3)))
            .collect();
        say_line!(
            "{:#}",
            json!({
                "period": made.period, "profile": made.pipeline.project.profile,
                "languages": made.pipeline.languages().collect::<Vec<_>>(),
                "files": names, "dropped": dropped,
                "diagnostics": report::as_json(&found), "milliseconds": timings,
            })
        );
    } else if !options.common.quiet {
        report::dropped(&dropped);
        if is_build {
            for file in made.files.iter().filter(|file| file.name.ends_with(".pdf")) {
                say_line!("{}", folder.join(&file.name).display());
            }
        }
        let verb = if is_build { "built" } else { "checked" };
        say_line!("{verb} {} in {:.2} s", made.period.short(), start.elapsed().as_secs_f64());
    }
    if options.timings && !options.common.json {
        for (stage, took) in &made.pipeline.timings.stages {
            say_line!("{stage:>12}  {:8.1} ms", took.as_secs_f64() * 1e3);
        }
    }
    // The process ends here: taking the tables and documents apart first is time for nothing.
    std::mem::forget(made);
    ExitCode::SUCCESS
}

fn folder(made: &Made) -> std::path::PathBuf {
    made.pipeline.project.release_folder(made.period)
}

fn make(options: &BuildOptions, is_build: bool, found: &mut Vec<Diagnostic>) -> Option<Made> {
    let made = attempt(options, is_build, found);
    made.map_err(|errors| found.extend(errors)).ok()
}

fn attempt(options: &BuildOptions, is_build: bool, found: &mut Vec<Diagnostic>) -> Result<Made> {
    let common = &options.common;
    let mut overrides = common.overrides(options.output.clone());
    overrides.since = options.since.clone();
    let mut project = Project::open(&common.project, &overrides)?;
    if common.wants_latest() {
        project.period = None;
    }
    let mut pipeline = Pipeline::open(project)?.unwarned(found);
    let period = pipeline.period(common.period(), common.as_of)?;
    let (mut editions, mut files) = (vec![], vec![]);
    for format in pipeline.project.formats.clone() {
        let edition = pipeline.edition(format, period, common.as_of)?.unwarned(found);
        if is_build {
            for file in pipeline.typeset(&edition)?.unwarned(found) {
                // Facts and figures are the same in every form; the first one's stand.
                if !files.iter().any(|known: &File| known.name == file.name) {
                    files.push(file);
                }
            }
        }
        editions.push(edition);
    }
    crate::diag::distinct(found);
    let made = Made { pipeline, period, editions, files };
    if is_build {
        output::replace(&folder(&made), &made.files)?;
    }
    Ok(made)
}
