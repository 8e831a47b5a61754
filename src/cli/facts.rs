//! `kosh facts`: the facts that the brief quotes, and their origins.

mod search;

use std::process::ExitCode;
use std::sync::Arc;

use search::{Hit, main, search};

use super::args::FactsOptions;
use super::{problems, report};
use crate::build::edition::{Pipeline, Spoken};
use crate::diag::{Code, Diagnostic, Result, did_you_mean};
use crate::export::{csv, json};
use crate::project::{Format, Project};
use crate::stats::{Fact, Facts, Quantity, Value, member_id};

/// Prints facts as a table, JSON or CSV.
pub(super) fn facts(options: &FactsOptions) -> ExitCode {
    if let Some(option) = options.common.several() {
        return super::one_only(option);
    }
    let mut found = vec![];
    let outcome = attempt(options, &mut found);
    let Answer { pipeline, facts, spoken, asked: found_by } = match outcome {
        Ok(value) => value,
        Err(errors) => {
            found.extend(errors);
            report::problems(&found);
            return problems();
        }
    };
    if !options.common.quiet {
        report::problems(&found);
    }
    if options.common.json {
        say!("{}", json::facts(&facts));
    } else if options.csv {
        say!("{}", csv::facts(facts.all.values()));
    } else {
        match &found_by {
            Asked::All => table(&facts, &spoken),
            Asked::One => facts.all.values().for_each(|fact| origin(fact, &pipeline)),
            Asked::Words(hits) => hits.iter().for_each(|hit| print(hit, &facts, &spoken)),
        }
    }
    ExitCode::SUCCESS
}

/// What is asked for.
enum Asked {
    All,
    One,
    Words(Vec<Hit>),
}

struct Answer {
    pipeline: Pipeline,
    facts: Arc<Facts>,
    spoken: Vec<Spoken>,
    asked: Asked,
}

fn attempt(options: &FactsOptions, found: &mut Vec<Diagnostic>) -> Result<Answer> {
    let common = &options.common;
    let project = Project::open(&common.project, &common.overrides(None))?;
    let pipeline = Pipeline::open(project)?.unwarned(found);
    let period = pipeline.period(common.period(), common.as_of)?;
    let mut facts = pipeline.facts(period, common.as_of)?.unwarned(found);
    let format = pipeline.project.formats.first().copied().unwrap_or(Format::Standard);
    let spoken = pipeline.spoken(format, period, &facts)?;
    let asked = match &options.words[..] {
        [] => Asked::All,
        [id] if facts.all.contains_key(id) => {
            Arc::make_mut(&mut facts).all.retain(|known, _| known == id);
            Asked::One
        }
        words => {
            let hits = search(words, &facts, &spoken);
            if hits.is_empty() {
                return Err(unknown(words, &facts));
            }
            let is_hit = |id: &String| hits.iter().any(|hit| hit.fact == *id);
            let mut kept = (*facts).clone();
            kept.all.retain(|id, _| is_hit(id) || is_hit(&main(id).to_owned()));
            facts = Arc::new(kept);
            Asked::Words(hits)
        }
    };
    Ok(Answer { pipeline, facts, spoken, asked })
}

fn unknown(words: &[String], facts: &Facts) -> Vec<Diagnostic> {
    let known = facts.all.keys().map(String::as_str);
    let asked = words.join(" ");
    Diagnostic::error(Code::K0210, message!("there is no fact `{asked}`", asked))
        .note(message!("no id, label or name of a member has these words"))
        .maybe_hint(did_you_mean(&asked, known))
        .into()
}

fn value(fact: &Fact) -> String {
    match &fact.value {
        Value::Number(quantity) => quantity.to_string(),
        Value::Series(series) | Value::Members(series) => {
            let known = series.members.iter().filter(|m| m.quantity.is_some()).count();
            format!("{known} of {} members", series.members.len())
        }
        Value::Matrix(matrix) => {
            format!("{} by {}", matrix.rows.codes.len(), matrix.columns.codes.len())
        }
        Value::Missing { reason, .. } => format!("— {reason}"),
    }
}

/// Prints a line for each fact, and what it is called and how it is printed in each language.
fn table(facts: &Facts, spoken: &[Spoken]) {
    let width = facts.all.keys().map(|id| id.chars().count()).max().unwrap_or(0);
    for fact in facts.all.values() {
        let flags: Vec<&str> = fact.flags.iter().map(|flag| flag.name()).collect();
        let unit = if fact.missing().is_some() { "" } else { &fact.unit.0 };
        let line = format!("{:width$}  {:>14}  {unit}  {}", fact.id, value(fact), flags.join(" "));
        say_line!("{}", line.trim_end());
        if main(&fact.id) == fact.id {
            called(fact, None, spoken);
        }
    }
}

/// Prints what a search found.
fn print(hit: &Hit, facts: &Facts, spoken: &[Spoken]) {
    let Some(fact) = facts.get(&hit.fact) else { return };
    let unit = if fact.missing().is_some() { "" } else { &fact.unit.0 };
    let Some(code) = &hit.member else {
        say_line!("{}", format!("{}  {} {unit}", fact.id, value(fact)).trim_end());
        called(fact, None, spoken);
        say_line!("    is  {}", fact.formula);
        let prefix = format!("{}.", fact.id);
        let parts: Vec<&str> =
            facts.all.keys().filter(|id| id.starts_with(&prefix)).map(String::as_str).collect();
        if !parts.is_empty() {
            say_line!("    with {}", parts.join(" "));
        }
        return;
    };
    let member = fact.series().and_then(|series| series.members.iter().find(|m| m.code == *code));
    let number = member.and_then(|member| member.quantity);
    let shown = number.map_or("…".to_owned(), |quantity| quantity.to_string());
    say_line!("{}  {shown} {unit}", member_id(&fact.id, code));
    called(fact, Some((code, number)), spoken);
    say_line!("    is  {}", fact.formula);
}

/// Prints what a fact or one of its members is called and how it is printed in each language.
fn called(fact: &Fact, member: Option<(&str, Option<Quantity>)>, spoken: &[Spoken]) {
    for one in spoken {
        let writer = &one.writer;
        let label = writer.called(&fact.id);
        let register = fact.series().map(|series| series.register.as_str()).unwrap_or_default();
        let name = member.map(|(code, _)| writer.member_called(register, code).to_owned());
        let words: Vec<String> = label.into_iter().chain(name).collect();
        if words.is_empty() {
            continue;
        }
        let number = member.map_or(fact.number(), |(_, number)| number);
        let number = number.map(|n| writer.in_words(n, &fact.unit, fact.is_signed));
        let number = number.map_or(String::new(), |number| format!(": {number}"));
        say_line!("    {}  {}{number}", one.tag, words.join(", "));
    }
}

/// Prints everything about one fact: formula, members, rows.
fn origin(fact: &Fact, pipeline: &Pipeline) {
    say_line!("{}  {} {}", fact.id, value(fact), fact.unit.0);
    say_text!("  when      {time}", time = fact.time);
    if let Some(base) = fact.base_time {
        say_text!("  against   {base}", base);
    }
    say_text!("  formula   {formula}", formula = fact.formula);
    if let Some(quantity) = fact.number() {
        say_text!("  known to  {step}", step = quantity.step);
    }
    let flags: Vec<&str> = fact.flags.iter().map(|flag| flag.name()).collect();
    if !flags.is_empty() {
        say_text!("  flags     {flags}", flags = flags.join(", "));
    }
    if let Some(series) = fact.series() {
        for member in &series.members {
            let value = member.quantity.map_or("…".to_owned(), |quantity| quantity.to_string());
            say_line!("  {:8}  {value:>12}", member.code);
        }
    }
    for row in &fact.rows {
        let Some((table, row)) = pipeline.dataset.observation(row) else { continue };
        let value = row.value.map_or("…".to_owned(), |v| v.to_string());
        say_text!(
            "  from      {row}  {k} = {value} {unit}, vintage {vintage}, source {source}",
            row = row.row(),
            k = table
                .dimensions
                .iter()
                .zip(row.key.iter())
                .map(|(d, k)| format!("{d} {k}"))
                .collect::<Vec<_>>()
                .join(", "),
            value,
            unit = row.unit,
            vintage = row.vintage,
            source = row.source
        );
    }
}
