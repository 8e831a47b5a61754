//! `kosh verify`: whether releases are unchanged and reproducible.

use std::process::ExitCode;

use serde_json::{Value, json};

use super::args::VerifyOptions;
use super::{problems, report};
use crate::diag::Code;
use crate::project::{Overrides, Project};
use crate::publish::verify::{self, Outcome, Verdict};

/// The exit code if nothing was altered and a build is out of date.
const OUTDATED: u8 = 6;

/// How many causes are named; the others are counted.
const SHOWN: usize = 8;

/// Makes releases again and reports whether they are the same.
pub(super) fn verify(options: &VerifyOptions) -> ExitCode {
    let mut all = vec![];
    let folders = match &options.dir {
        Some(folder) => Ok(vec![folder.clone()]),
        None => {
            let overrides = Overrides { any_region: true, ..Overrides::default() };
            Project::open(&options.project, &overrides)
                .map(|project| vec![project.output, project.releases])
        }
    };
    let mut outcomes = vec![];
    let outcome = folders.and_then(|folders| {
        verify::verify(&options.project, &folders, |verdict| {
            outcomes.push(verdict.outcome());
            match options.json {
                true => all.push(as_json(&verdict)),
                false => print(options, &verdict),
            }
        })
    });
    if let Err(found) = outcome {
        return report::refused(&found, options.json);
    }
    let of = |outcome| outcomes.iter().filter(|other| **other == outcome).count();
    let (same, moved_on, outdated) =
        (of(Outcome::Same), of(Outcome::MovedOn), of(Outcome::Outdated));
    let (altered, otherwise) = (of(Outcome::Altered), of(Outcome::NotReproduced));
    if options.json {
        say_line!(
            "{:#}",
            json!({
                "releases": all, "reproduced": same, "moved-on": moved_on, "outdated": outdated,
                "altered": altered, "not-reproduced": otherwise, "of": outcomes.len(),
            })
        );
    } else if !options.quiet {
        let mut said =
            vec![format!("{same} of {} reproduced", report::counted(outcomes.len(), "release"))];
        for (count, what) in [
            (moved_on, "as published, but data or templates have changed since"),
            (outdated, "out of date"),
            (altered, "altered"),
            (otherwise, "not reproduced"),
        ] {
            if count > 0 {
                said.push(format!("{count} {what}"));
            }
        }
        say_line!("{}", said.join(", "));
    }
    match () {
        () if altered + otherwise > 0 => problems(),
        () if outdated > 0 => ExitCode::from(OUTDATED),
        () => ExitCode::SUCCESS,
    }
}

fn print(options: &VerifyOptions, verdict: &Verdict) {
    let folder = verdict.folder.display();
    let list = |what: &str, all: Vec<String>| {
        for one in all.iter().take(SHOWN) {
            say_line!("  {what}{one}");
        }
        if all.len() > SHOWN {
            say_text!("  … and {all} more", all = all.len() - SHOWN);
        }
    };
    let texts =
        |all: &[crate::build::manifest::Reason]| all.iter().map(ToString::to_string).collect();
    let outcome = verdict.outcome();
    let code = outcome.code().map_or("", Code::as_str);
    let found = match outcome {
        Outcome::Altered => {
            report::counted(verdict.altered.len() + verdict.unsealed.len(), "difference")
        }
        _ if verdict.problems.is_empty() => match verdict.differs.len() {
            1 => message!("1 file is different when built again"),
            n => message!("{n} files are different when built again", n),
        },
        _ => message!("it cannot be built from the present files"),
    };
    let found = message!("[{code}]: {found}", code, found);
    let is_quiet = options.quiet;
    match outcome {
        Outcome::Same | Outcome::MovedOn if is_quiet => return,
        Outcome::Same => {
            say_text!("{folder}: reproduced", folder);
            // It is reproducible in spite of these.
            list("though ", texts(&verdict.causes));
            list("though ", texts(&verdict.beside));
            return;
        }
        Outcome::MovedOn => {
            say_text!(
                "{folder}: as published, but its inputs have changed since {found}",
                folder,
                found
            );
        }
        Outcome::Outdated => {
            say_text!("{folder}: as built, but out of date {found}", folder, found);
        }
        Outcome::Altered => {
            say_text!("{folder}: ALTERED after it was built {found}", folder, found)
        }
        Outcome::NotReproduced => {
            say_text!(
                "{folder}: NOT reproduced, although no input has changed {found}",
                folder,
                found
            );
        }
    }
    list("", texts(&verdict.altered));
    list("not as published: ", verdict.unsealed.clone());
    list("", texts(&verdict.beside));
    list("different when built again: ", verdict.differs.clone());
    list("changed since: ", texts(&verdict.causes));
    match outcome {
        // A changed project is not an error here.
        Outcome::MovedOn if !verdict.problems.is_empty() => {
            let first = verdict.problems.iter().map(|d| format!("{}: {}", d.code, d.message));
            list("cannot be built from the present files: ", first.collect());
        }
        _ => report::problems(&verdict.problems),
    }
}

fn as_json(verdict: &Verdict) -> Value {
    let texts = |all: &[crate::build::manifest::Reason]| -> Vec<String> {
        all.iter().map(ToString::to_string).collect()
    };
    json!({
        "folder": verdict.folder.display().to_string(),
        "parameters": verdict.parameters,
        "state": verdict.outcome().name(),
        "code": verdict.outcome().code(),
        "reproduced": verdict.is_reproduced(),
        "beside": texts(&verdict.beside),
        "altered": texts(&verdict.altered),
        "unsealed": verdict.unsealed,
        "differs": verdict.differs,
        "since": texts(&verdict.causes),
        "diagnostics": report::as_json(&verdict.problems),
    })
}
