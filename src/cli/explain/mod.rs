//! `kosh explain`: the meaning of a code, the file and line that set a key, the blocks of a section.
//!
//! In: a code, a dotted key or the name of a section. Out: its page, or what the layers of the project
//! contain. Nothing is computed; `kosh facts` explains numbers.

mod code;
mod section;
mod setting;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueHint};

use super::{problems, report};
use crate::diag::{Message, Result, did_you_mean, nearest};
use crate::project::{Overrides, Project};

pub(super) const EXAMPLES: &str = "\
Examples:
  kosh explain K0120                        What a message means, and what to do
  kosh explain brand.accent                 The current value, and the line that sets it
  kosh explain cards --profile mlspp
  kosh explain section.general              The blocks of a section, and the files that change them
  kosh explain strings.en.layout.figure
  kosh explain figures.F1.of
  kosh explain indicators.X1

A path that begins with `kosh:` is a file inside the program.";

#[derive(Args)]
pub(super) struct ExplainOptions {
    /// A code such as K0120; a key such as brand.accent, strings.LANG.KEY, figures.ID.KEY, tables.ID.KEY or
    /// indicators.ID.KEY; or a section such as section.general
    #[arg(value_name = "SUBJECT", help_heading = "Report")]
    pub subject: String,
    /// The project's folder
    #[arg(long, value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath, help_heading = "Project")]
    pub project: PathBuf,
    /// The publishing body's profile
    #[arg(long, value_name = "ID", help_heading = "Project")]
    pub profile: Option<String>,
    /// Another data folder
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = "Project")]
    pub data: Option<PathBuf>,
    /// The region of the brief, for example KZ-71
    #[arg(long, value_name = "CODE", help_heading = "What to publish")]
    pub region: Option<String>,
    /// Report as JSON, for other programs
    #[arg(long, help_heading = "Report")]
    pub json: bool,
}

/// Explains a subject.
pub(super) fn explain(options: &ExplainOptions) -> ExitCode {
    if code::is_code(&options.subject) {
        return code::explain(&options.subject);
    }
    match attempt(options) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(2),
        Err(found) => {
            report::problems(&found);
            problems()
        }
    }
}

/// The key that lists the sections.
const ORDER: &str = "order";

/// Explains a key or section; returns false if it does not exist.
fn attempt(options: &ExplainOptions) -> Result<bool> {
    let overrides = Overrides {
        profile: options.profile.clone(),
        region: options.region.clone(),
        data: options.data.clone(),
        // A key is the same for every region.
        any_region: true,
        ..Overrides::default()
    };
    let project = Project::open(&options.project, &overrides)?;
    let subject = options.subject.trim_matches('.');
    let answer = match subject.strip_prefix(section::PREFIX) {
        Some(id) => section::of(&project, id)?.map(|outlines| {
            if options.json { section::as_json(&outlines) } else { section::drawn(&outlines) }
        }),
        None => setting::of(&project, subject, &overrides)?
            .map(|setting| if options.json { setting.as_json() } else { setting.drawn() }),
    };
    if let Some(answer) = &answer {
        say_line!("{}", answer.trim_end());
        if subject == ORDER && !options.json {
            say_line!("Now: {}", section::in_order(&project)?);
        }
        return Ok(true);
    }
    err_text!("kosh: there is no setting, file or section `{subject}`", subject);
    let mut known = setting::names(&project)?;
    known.extend(section::names(&project)?);
    if let Some(hint) = near(subject, &known) {
        err_text!("hint: {hint}", hint);
    }
    let first = subject.split('.').next().unwrap_or_default();
    if known.iter().any(|name| *name == format!("indicators.{first}")) {
        err_text!(
            "hint: `kosh facts {subject}` shows a number and the rows it is based on",
            subject
        );
    }
    Ok(false)
}

/// The name that was probably meant: one with this ending, or the nearest.
fn near<'a>(subject: &str, known: &'a [String]) -> Option<Message> {
    let ending = format!(".{subject}");
    if let Some(whole) = known.iter().find(|name| name.ends_with(&ending)) {
        return Some(message!("did you mean `{whole}`?", whole));
    }
    // Names with the same parent first: for `brand.acent` that is `brand.accent`.
    let above = subject.rsplit_once('.').map_or("", |(above, _)| above);
    let depth = subject.split('.').count();
    let beside = known.iter().filter(|name| {
        name.split('.').count() == depth && (above.is_empty() || name.starts_with(above))
    });
    let beside: Vec<&str> = beside.map(String::as_str).collect();
    let all = || known.iter().map(String::as_str);
    let last = |name: &'a str| name.rsplit('.').next().unwrap_or_default();
    let of_last = || {
        let part = nearest(subject, all().map(last))?;
        all().find(|name| last(name) == part)
    };
    match nearest(subject, all()).or_else(of_last) {
        Some(name) => Some(message!("did you mean `{name}`?", name)),
        None if beside.is_empty() => {
            did_you_mean(subject, all().filter(|name| !name.contains('.')))
        }
        None => did_you_mean(subject, beside),
    }
}
