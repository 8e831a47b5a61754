//! `kosh missing`: what the brief does not say because figures are missing, and the way of these figures
//! into the data.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueHint};
use serde_json::{Value, json};

use super::args::Common;
use super::{one_only, report};
use crate::build::{Composition, Request, compose};
use crate::diag::{Place, Result, slashed};
use crate::files::{Disk, Files, Track, text};
use crate::project::Project;
use crate::quarter::{Asking, Cause, LeftOut, MissingRow, ask, causes, fill, fits, take, write};

pub(super) const EXAMPLES: &str = "\
Examples:
  kosh missing                    By cause: the row to enter, and the sentences that wait for it
  kosh missing --language en
  kosh missing --csv > ask.csv    A table for a colleague who has the figures
  kosh missing --fill ask.csv     The table with values: into the rows to fill in
  kosh missing --write            Only the rows to fill in, in data/to-fill/PERIOD/
  kosh missing --take             Move the filled rows into the tables, all or none";

#[derive(Args)]
pub(super) struct MissingOptions {
    #[command(flatten)]
    pub common: Common,
    /// Print a table with a row for each missing figure, to be filled in by who has them
    #[arg(long, conflicts_with = "json", help_heading = "Rows")]
    pub csv: bool,
    /// Write a row without a value for each missing figure, into a folder that no build reads
    #[arg(long, group = "act", conflicts_with = "csv", help_heading = "Rows")]
    pub write: bool,
    /// Put the values of a table made with --csv into the rows to fill in
    #[arg(long, group = "act", conflicts_with = "csv", value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Rows")]
    pub fill: Option<PathBuf>,
    /// Check the rows that have a value, and move them into the tables: all of them or none
    #[arg(long, group = "act", conflicts_with = "csv", help_heading = "Rows")]
    pub take: bool,
}

/// Lists what is missing, or does what the options say with it.
pub(super) fn missing(options: &MissingOptions) -> ExitCode {
    if let Some(option) = options.common.several() {
        return one_only(option);
    }
    match attempt(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(errors) => report::refused(&errors, options.common.json),
    }
}

/// The editions of the request. Warnings are those of a check, which tells them.
fn composed(options: &MissingOptions) -> Result<Composition> {
    let common = &options.common;
    let project = Project::open(&common.project, &common.overrides(None))?;
    let (period, as_of) = (common.period(), common.as_of);
    compose(&Request { period, as_of, ..Request::new(project) }, &mut vec![])
}

fn attempt(options: &MissingOptions) -> Result<()> {
    let composition = composed(options)?;
    let Composition { pipeline, period, editions, .. } = &composition;
    if options.take {
        let mut found = vec![];
        let taken = take(pipeline, *period)?.unwarned(&mut found);
        report::problems(&found);
        for (file, rows) in &taken.added {
            say_line!("{} into {file}", report::counted(*rows, "row"));
        }
        say_line!("{} without a value left where they are", report::counted(taken.left, "row"));
        return Ok(());
    }
    let all = causes(pipeline, editions);
    let asking = Asking::open(pipeline, editions, *period, None)?;
    if options.csv {
        say!("{}", ask(&asking, &all));
    } else if let Some(file) = &options.fill {
        filled(options, &composition, &asking, &all, file)?;
    } else if options.write {
        match write(pipeline, *period, &asking.figures(&all))? {
            Some(stubs) => say_line!(
                "to fill in: {}, {} with a value, {} without",
                stubs.folder.display(),
                report::counted(stubs.filled, "row"),
                stubs.empty
            ),
            None => say_line!("no row is missing"),
        }
    } else if options.common.json {
        say_line!("{:#}", json!({ "period": period, "causes": as_json(&asking, &all) }));
    } else if !options.common.quiet {
        listed(&asking, &all, usize::MAX);
        if !all.is_empty() {
            say_line!("a table for who has these figures: kosh missing --csv > ask.csv");
        }
    }
    Ok(())
}

/// Puts the values of a filled table into the rows to fill in, which are written first.
fn filled(
    options: &MissingOptions,
    composition: &Composition,
    asking: &Asking<'_>,
    all: &[Cause],
    file: &Path,
) -> Result<()> {
    let path = std::path::absolute(file).unwrap_or_else(|_| file.to_path_buf());
    let files = Files::on(&Disk::new());
    let table = text(files.track(), &path, file)?;
    let Composition { pipeline, period, .. } = composition;
    let figures = asking.figures(all);
    fits(pipeline, *period, &figures, &table)?;
    write(pipeline, *period, &figures)?;
    // The rows to fill in are read as they are now.
    let Composition { pipeline, .. } = composed(options)?;
    let count = fill(&pipeline, *period, &table)?;
    let folder = pipeline.project.shown(&pipeline.project.data);
    let folder = folder.join(crate::quarter::FOLDER).join(period.short());
    say_line!("{} filled in, in {}", report::counted(count, "row"), folder.display());
    say_line!("next: complete vintages.csv and sources.csv there, if a row of them is new,");
    say_line!("      then kosh missing --take");
    Ok(())
}

/// As many causes are listed after a build.
const AFTER_A_BUILD: usize = 8;
/// As many rows and sentences of a cause are listed after a build.
const OF_A_CAUSE: usize = 3;

/// Reports after a build what it left out.
pub(super) fn after(composition: &Composition) {
    let Composition { pipeline, period, editions, .. } = composition;
    if editions.iter().all(|edition| edition.skipped.is_empty()) {
        return;
    }
    let all = causes(pipeline, editions);
    match Asking::open(pipeline, editions, *period, None) {
        Ok(asking) => listed(&asking, &all, AFTER_A_BUILD),
        // A build that succeeded has read all of it.
        Err(_) => report::skipped(&composition.skipped()),
    }
}

/// The causes, with the rows to enter and the sentences that wait.
fn listed(asking: &Asking<'_>, all: &[Cause], most: usize) {
    let sentences: usize = all.iter().map(|cause| cause.sentences.len()).sum();
    if sentences == 0 {
        say_line!("nothing is left out");
        return;
    }
    say_line!(
        "left out because a figure is missing: {}, for {}",
        report::counted(sentences, "sentence"),
        report::counted(all.len(), "reason")
    );
    for cause in all.iter().take(most) {
        let rows = asking.rows(cause);
        let shown = if most == usize::MAX { usize::MAX } else { OF_A_CAUSE };
        rows.iter().take(shown).for_each(row);
        if rows.len() > shown {
            say_line!("    and {} more", report::counted(rows.len() - shown, "row"));
        }
        if rows.is_empty() {
            let fact = cause.sentences.first().map_or("", |left| &left.skipped.fact);
            let of = if fact.is_empty() { String::new() } else { format!("{fact}: ") };
            say_line!("  {of}{}", cause.reason);
        }
        cause.sentences.iter().take(shown).for_each(|left| sentence(asking, left));
        let rest = cause.sentences.len().saturating_sub(shown);
        if rest > 0 {
            say_line!("      and {} more", report::counted(rest, "sentence"));
        }
    }
    if all.len() > most {
        say_line!(
            "  and {} more; `kosh missing` lists them",
            report::counted(all.len() - most, "reason")
        );
    }
}

fn row(row: &MissingRow) {
    let MissingRow { file, time, key, count, line, .. } = row;
    let each = match count {
        1 => String::new(),
        many => format!(", {many} rows"),
    };
    say_line!("  {file}: no row for {time} with {key}{each}");
    match line {
        Some(line) => say_line!("    {line}"),
        None => say_line!("    the file is a workbook: the figure comes with the next one"),
    }
}

fn sentence(asking: &Asking<'_>, left: &LeftOut) {
    let skipped = &left.skipped;
    match asking.unsaid(left) {
        Some(said) => {
            say_line!("      {}  {}  {}", skipped.sentence, skipped.fact, line(&said.place));
            say_line!("        {}", said.text);
        }
        None => say_line!("      {}  {}", skipped.sentence, skipped.fact),
    }
}

/// The file and line of a sentence.
fn line(place: &Place) -> String {
    match place.line_column() {
        Some((line, _)) => format!("{}:{line}", slashed(place.path())),
        None => slashed(place.path()),
    }
}

fn as_json(asking: &Asking<'_>, all: &[Cause]) -> Vec<Value> {
    let sentence = |left: &LeftOut| {
        let said = asking.unsaid(left);
        json!({
            "section": left.skipped.section, "sentence": left.skipped.sentence,
            "fact": left.skipped.fact, "reason": left.skipped.reason,
            "text": said.as_ref().map(|said| &said.text),
            "place": said.as_ref().map(|said| line(&said.place)),
        })
    };
    let cause = |cause: &Cause| {
        json!({
            "rows": asking.rows(cause), "reason": cause.reason,
            "sentences": cause.sentences.iter().map(sentence).collect::<Vec<_>>(),
        })
    };
    all.iter().map(cause).collect()
}
