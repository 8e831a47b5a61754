//! `kosh watch`: builds again whenever an input changes.

use std::process::ExitCode;

use serde_json::json;

use super::args::WatchOptions;
use super::{one_only, problems, report, screen};
use crate::build::watch::{Round, Session, Watch};
use crate::diag::{Diagnostic, Message, Severity};
use crate::preview::Preview;
use crate::project::Project;

/// Builds, and builds again after each change until it is interrupted.
pub(super) fn watch(options: &WatchOptions) -> ExitCode {
    let common = &options.build.common;
    if let Some(option) = common.several() {
        return one_only(option);
    }
    // Errors inside the folder can be fixed while watching; a missing folder is a misspelt path.
    if !common.project.is_dir() {
        let found = Project::open(&common.project, &Default::default()).err().unwrap_or_default();
        return report::refused(&found, common.json);
    }
    let mut overrides = common.overrides(options.build.output.clone());
    overrides.since = options.build.since.clone();
    let preview = match options.preview.then(|| Preview::start(options.port, None)).transpose() {
        Ok(preview) => preview,
        Err(found) => {
            report::problems(&found);
            return problems();
        }
    };
    let mut watch = Watch::new();
    let stop = watch.stop();
    let mut asked = 0;
    let interrupted = ctrlc::set_handler(move || {
        asked += 1;
        stop.stop();
        // A second interrupt does not wait for the current build.
        if asked > 1 {
            std::process::exit(130);
        }
    });
    if let Err(error) = interrupted {
        err_text!("kosh: Ctrl-C will stop at once, even during a build: {error}", error);
    }
    if let Some(preview) = &preview {
        match common.json {
            true => say_line!("{}", json!({ "preview": preview.url() })),
            false => say_text!("the pages are at {preview}", preview = preview.url()),
        }
    }
    let mut session = Session {
        root: common.project.clone(),
        overrides,
        period: common.period(),
        as_of: common.as_of,
        preview,
        editor_link: options.editor_link.clone(),
    };
    let mut because: Vec<String> = vec![];
    let mut said: Vec<Diagnostic> = vec![];
    let mut is_first = true;
    loop {
        let mut round = session.round(&because);
        let reported = watch.follow(std::mem::take(&mut round.fingerprints));
        round.warnings.extend(reported);
        print(options, &round, &because, &mut said, is_first);
        is_first = false;
        if screen::is_gone() {
            return ExitCode::SUCCESS;
        }
        match watch.wait() {
            Some(changed) => {
                because = changed.iter().map(|path| session.shown(path)).collect();
                because.dedup();
            }
            None => return ExitCode::SUCCESS,
        }
    }
}

/// How many files are named; if a project was moved, all its files have changed.
const NAMED: usize = 8;

/// The first files by name, and the number of others.
fn listed(files: &[String]) -> String {
    let (named, more) = files.split_at(files.len().min(NAMED));
    let more = if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
    format!("{}{more}", named.join(", "))
}

/// Prints a line about a round, its errors, and the warnings that the previous round did not have.
fn print(
    options: &WatchOptions,
    round: &Round,
    because: &[String],
    said: &mut Vec<Diagnostic>,
    is_first: bool,
) {
    let common = &options.build.common;
    if common.json {
        return say_line!("{}", as_json(round, because));
    }
    let errors = round.outcome.as_ref().err().into_iter().flatten();
    let fresh = round.warnings.iter().filter(|warning| !said.contains(warning));
    let found: Vec<Diagnostic> = fresh.chain(errors).cloned().collect();
    report::problems(&found);
    *said = round.warnings.clone();
    if common.quiet {
        return;
    }
    let seconds = round.took.as_secs_f64();
    let after = match because {
        [] => Message::default(),
        files => message!(", after {files}", files = listed(files)),
    };
    match &round.outcome {
        Ok(release) => {
            let period = release.period.short();
            let verb = match (release.is_new, is_first) {
                (false, _) => message!("unchanged"),
                (true, true) => message!("built"),
                (true, false) => message!("rebuilt"),
            };
            if is_first {
                report::skipped(&release.skipped);
                say_line!("{}", release.folder.display());
            }
            let kept = match release.kept.len() {
                0 => Message::default(),
                n => message!(" ({n} the same)", n = report::counted(n, "PDF")),
            };
            say_text!(
                "{verb} {period} in {seconds} s{kept}{after}",
                verb,
                period,
                seconds = format!("{seconds:.2}"),
                kept,
                after
            );
            if options.build.timings {
                for (stage, took) in &release.timings.stages {
                    say_text!(
                        "{stage}  {took} ms",
                        stage = format!("{stage:>12}"),
                        took = format!("{:8.1}", took.as_secs_f64() * 1e3)
                    );
                }
            }
        }
        Err(problems) => {
            let errors = problems.iter().filter(|d| d.severity == Severity::Error).count();
            let what = if is_first {
                message!("nothing is built")
            } else {
                message!(
                    "the last good release is \
                unchanged"
                )
            };
            say_text!(
                "{errors} in {seconds} s{after}: {what}",
                errors = report::counted(errors, "error"),
                seconds = format!("{seconds:.2}"),
                after,
                what
            );
        }
    }
    if is_first {
        say_text!("watching the files it was built from; press Ctrl-C to stop");
    }
}

fn as_json(round: &Round, because: &[String]) -> serde_json::Value {
    let empty = vec![];
    let errors = round.outcome.as_ref().err().unwrap_or(&empty);
    let found: Vec<Diagnostic> = errors.iter().chain(&round.warnings).cloned().collect();
    let mut reported = json!({
        "because": because, "milliseconds": round.took.as_secs_f64() * 1e3,
        "diagnostics": report::as_json(&found), "built": round.outcome.is_ok(),
    });
    if let Ok(release) = &round.outcome {
        let file = |name: &String| release.folder.join(name).display().to_string();
        reported["period"] = json!(release.period);
        reported["profile"] = json!(release.profile);
        reported["files"] = json!(release.files.iter().map(file).collect::<Vec<_>>());
        reported["dropped"] = json!(release.skipped);
    }
    reported
}
