//! `kosh quarter`: what the data still need before the brief of a new period can be made.

use std::process::ExitCode;

use serde_json::{Value, json};

use super::args::QuarterOptions;
use super::{check_data, report};
use crate::audit::Level;
use crate::build::edition::Pipeline;
use crate::diag::{Diagnostic, Message, Result};
use crate::project::{Overrides, Project};
use crate::quarter::{Awaited, Checklist, Stubs, TableState, Taken, look, take, write};

/// As many figures that are awaited are listed.
const SHOWN: usize = 12;

/// What was done before looking.
#[derive(Default)]
struct Done {
    written: Option<Stubs>,
    taken: Option<Taken>,
}

/// Shows the checklist of a period; writes the rows to fill in, or takes the filled ones.
pub(super) fn quarter(options: &QuarterOptions) -> ExitCode {
    let mut found = vec![];
    let (list, done) = match attempt(options, &mut found) {
        Ok(made) => made,
        Err(errors) => {
            // Warnings of other periods would hide what is in the way.
            return report::refused(&errors, options.json);
        }
    };
    if options.json {
        say_line!("{:#}", as_json(&list, &done, &found));
    } else {
        report::problems(&found);
        print(&list, &done, options.all);
    }
    ExitCode::SUCCESS
}

fn open(options: &QuarterOptions) -> Result<Pipeline> {
    let overrides = Overrides {
        profile: options.profile.clone(),
        region: options.region.clone(),
        data: options.data.clone(),
        ..Overrides::default()
    };
    let project = Project::open(&options.project, &overrides)?;
    // What the checks say of all rows is told as findings.
    Ok(Pipeline::open(project)?.value)
}

fn attempt(options: &QuarterOptions, found: &mut Vec<Diagnostic>) -> Result<(Checklist, Done)> {
    let mut pipeline = open(options)?;
    let mut done = Done::default();
    if options.take {
        done.taken = Some(take(&pipeline, options.period)?.unwarned(found));
        pipeline = open(options)?;
    }
    let mut list = look(&pipeline, options.period)?;
    if options.write {
        done.written = write(&pipeline, options.period, &list.awaited)?;
        list.stubs.clone_from(&done.written);
    }
    Ok((list, done))
}

fn print(list: &Checklist, done: &Done, all: bool) {
    if let Some(taken) = &done.taken {
        for (file, rows) in &taken.added {
            say_text!("{rows} into {file}", rows = report::counted(*rows, "row"), file);
        }
        say_text!(
            "{left} without a value left where they are",
            left = report::counted(taken.left, "row")
        );
    }
    let (period, like) = (list.period.short(), list.like.short());
    say_text!("{period}: the figures that the brief needs, compared with {like}", period, like);
    say_text!("tables:");
    let width = list.tables.iter().map(|one| one.table.chars().count()).max().unwrap_or(0);
    let head = "table";
    say_text!(
        "  {head}  {like}  {period}   needed  optional",
        head = format!("{head:width$}"),
        like = format!("{like:>8}"),
        period = format!("{period:>8}")
    );
    for one in &list.tables {
        let TableState { table, had, has, awaited, perhaps } = one;
        say_line!("  {table:width$}  {had:>8}  {has:>8}  {awaited:>7}  {perhaps:>8}");
    }
    let (needed, perhaps): (Vec<_>, Vec<_>) =
        list.awaited.iter().partition(|one| one.seen_in.is_none());
    if list.awaited.is_empty() {
        say_text!("every figure that the brief quotes is available");
    }
    awaited(&needed, "to enter", all);
    awaited(&perhaps, "quoted by briefs of other months of that year, if they are published", all);
    left_out(list, all);
    feeds(list);
    match &list.stubs {
        None => {}
        Some(stubs) => say_text!(
            "to fill in: {folder}, {filled} with a value, {empty} without",
            folder = stubs.folder.display(),
            filled = report::counted(stubs.filled, "row"),
            empty = stubs.empty
        ),
    }
    let count = |level| list.findings.iter().filter(|finding| finding.level == level).count();
    say_text!(
        "checks: {counted}, {counted_2}, {counted_3} about {period}; `kosh check data` lists them",
        counted = report::counted(count(Level::Error), "error"),
        counted_2 = report::counted(count(Level::Warning), "warning"),
        counted_3 = report::counted(count(Level::Note), "note"),
        period
    );
    list.calendar.iter().for_each(|said| say_text!("calendar: {said}", said));
    let (command, why) = list.next();
    say_text!("next: {command}", command);
    say_line!("      {why}");
}

/// Figures that are missing, and who waits for them.
fn awaited(awaited: &[&Awaited], what: &str, all: bool) {
    if awaited.is_empty() {
        return;
    }
    say_line!("{} {what}:", report::counted(awaited.len(), "figure"));
    let shown = if all { awaited.len() } else { SHOWN };
    for one in awaited.iter().take(shown) {
        let waits: Vec<&str> = one.waits.iter().take(6).map(String::as_str).collect();
        let more = match one.waits.len().saturating_sub(6) {
            0 => Message::default(),
            more => message!(" and {more} more", more),
        };
        say_text!(
            "  {table} {time} {key}  for {waits}{more}",
            table = one.table,
            time = one.time,
            key = one.key.join(" "),
            waits = waits.join(" "),
            more
        );
    }
    if awaited.len() > shown {
        say_text!("  and {shown} more; `--all` lists them", shown = awaited.len() - shown);
    }
}

/// What the earlier brief could not say: the new one says it if its figures are entered.
fn left_out(list: &Checklist, all: bool) {
    if list.left_out.is_empty() {
        return;
    }
    let sentences = report::counted(list.left_out.len(), "sentence");
    say_text!(
        "{sentences} left out of the brief of {like} because these figures are missing:",
        sentences,
        like = list.like.short()
    );
    let shown = if all { list.left_out.len() } else { SHOWN };
    for one in list.left_out.iter().take(shown) {
        let reason = one.reason.split("; ").next().unwrap_or_default();
        say_line!("  {}  {}  {reason}", one.sentence, one.fact);
    }
    if list.left_out.len() > shown {
        say_text!("  and {shown} more; `--all` lists them", shown = list.left_out.len() - shown);
    }
}

/// The recipes that feed tables, and what was imported.
fn feeds(list: &Checklist) {
    match &list.recipes[..] {
        [] => say_text!("recipes: none in recipes/ of the data folder"),
        recipes => {
            say_text!("recipes:");
            for recipe in recipes {
                let table = recipe.table.as_deref().unwrap_or("?");
                let title = recipe.title.as_deref().unwrap_or("");
                say_text!("  {name}  for {table}  {title}", name = recipe.name, table, title);
            }
        }
    }
    if !list.imports.is_empty() {
        say_text!("imported: {imports}", imports = report::counted(list.imports.len(), "file"));
    }
}

fn as_json(list: &Checklist, done: &Done, found: &[Diagnostic]) -> Value {
    let (command, why) = list.next();
    json!({
        "period": list.period, "like": list.like, "tables": list.tables,
        "awaited": list.awaited, "left_out": list.left_out, "recipes": list.recipes, "imports": list.imports,
        "stubs": list.stubs, "written": done.written, "taken": done.taken,
        "findings": list.findings.iter().map(check_data::finding).collect::<Vec<_>>(),
        "calendar": list.calendar, "can_be_built": list.can_be_built,
        "diagnostics": report::as_json(found), "next": { "command": command, "because": why },
    })
}
