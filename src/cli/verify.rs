//! `kosh verify`: whether what was published can be made again.

use std::process::ExitCode;

use serde_json::{Value, json};

use super::args::VerifyOptions;
use super::{problems, report};
use crate::project::{Overrides, Project};
use crate::verify::{self, Verdict};

/// So many causes are named; the rest is counted.
const SHOWN: usize = 8;

/// Makes releases again and says whether they are the same.
pub fn verify(options: &VerifyOptions) -> ExitCode {
    let (mut all, mut same) = (vec![], 0usize);
    let folders = match &options.dir {
        Some(folder) => Ok(vec![folder.clone()]),
        None => {
            let overrides = Overrides { any_region: true, ..Overrides::default() };
            Project::open(&options.project, &overrides)
                .map(|project| vec![project.output, project.releases])
        }
    };
    let mut count = 0usize;
    let outcome = folders.and_then(|folders| {
        verify::verify(&options.project, &folders, |verdict| {
            count += 1;
            same += usize::from(verdict.is_reproduced());
            match options.json {
                true => all.push(as_json(&verdict)),
                false => tell(options, &verdict),
            }
        })
    });
    if let Err(found) = outcome {
        return report::refused(&found, options.json);
    }
    if options.json {
        say_line!("{:#}", json!({ "releases": all, "reproduced": same, "of": count }));
    } else if !options.quiet {
        say_line!("{same} of {} reproduced", report::counted(count, "release"));
    }
    if same == count { ExitCode::SUCCESS } else { problems() }
}

fn tell(options: &VerifyOptions, verdict: &Verdict) {
    let folder = verdict.folder.display();
    let list = |what: &str, all: Vec<String>| {
        for one in all.iter().take(SHOWN) {
            say_line!("  {what}{one}");
        }
        if all.len() > SHOWN {
            say_line!("  … and {} more", all.len() - SHOWN);
        }
    };
    let texts = |all: &[crate::manifest::Reason]| all.iter().map(ToString::to_string).collect();
    if verdict.is_reproduced() {
        if !options.quiet {
            say_line!("{folder}: the same");
            // It comes out the same all the same.
            list("though ", texts(&verdict.causes));
        }
        return;
    }
    say_line!("{folder}: NOT the same");
    list("", texts(&verdict.altered));
    list("not as it was published: ", verdict.unsealed.clone());
    list("comes out otherwise: ", verdict.differs.clone());
    list("since then: ", texts(&verdict.causes));
    report::problems(&verdict.problems);
}

fn as_json(verdict: &Verdict) -> Value {
    let texts = |all: &[crate::manifest::Reason]| -> Vec<String> {
        all.iter().map(ToString::to_string).collect()
    };
    json!({
        "folder": verdict.folder.display().to_string(),
        "parameters": verdict.parameters,
        "reproduced": verdict.is_reproduced(),
        "altered": texts(&verdict.altered),
        "unsealed": verdict.unsealed,
        "differs": verdict.differs,
        "since": texts(&verdict.causes),
        "diagnostics": report::as_json(&verdict.problems),
    })
}
