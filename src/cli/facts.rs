//! `kosh facts`: the facts that the brief quotes, and their origins.

use std::process::ExitCode;

use super::args::FactsOptions;
use super::{problems, report};
use crate::build::edition::Pipeline;
use crate::diag::{Code, Diagnostic, Result, did_you_mean};
use crate::export::{csv, json};
use crate::project::Project;
use crate::stats::{Fact, Facts, Value};

/// Prints facts as a table, JSON or CSV.
pub(super) fn facts(options: &FactsOptions) -> ExitCode {
    if let Some(option) = options.common.several() {
        return super::one_only(option);
    }
    let mut found = vec![];
    let outcome = attempt(options, &mut found);
    let (pipeline, facts) = match outcome {
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
    } else if options.id.is_some() {
        facts.all.values().for_each(|fact| origin(fact, &pipeline));
    } else {
        table(&facts);
    }
    ExitCode::SUCCESS
}

fn attempt(options: &FactsOptions, found: &mut Vec<Diagnostic>) -> Result<(Pipeline, Facts)> {
    let common = &options.common;
    let project = Project::open(&common.project, &common.overrides(None))?;
    let pipeline = Pipeline::open(project)?.unwarned(found);
    let period = pipeline.period(common.period(), common.as_of)?;
    let mut facts = (*pipeline.facts(period, common.as_of)?.unwarned(found)).clone();
    if let Some(id) = &options.id {
        if !facts.all.contains_key(id) {
            let known = facts.all.keys().map(String::as_str);
            return Err(Diagnostic::error(Code::K0210, message!("there is no fact `{id}`", id))
                .maybe_hint(did_you_mean(id, known))
                .into());
        }
        facts.all.retain(|known, _| known == id);
    }
    Ok((pipeline, facts))
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

fn table(facts: &Facts) {
    let width = facts.all.keys().map(|id| id.chars().count()).max().unwrap_or(0);
    for fact in facts.all.values() {
        let flags: Vec<&str> = fact.flags.iter().map(|flag| flag.name()).collect();
        let unit = if fact.missing().is_some() { "" } else { &fact.unit.0 };
        say_line!("{:width$}  {:>14}  {unit}  {}", fact.id, value(fact), flags.join(" "));
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
