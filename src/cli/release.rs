//! `kosh release`: the only command that reads the clock.

use std::process::ExitCode;

use jiff::Timestamp;
use serde_json::json;

use super::args::ReleaseOptions;
use super::build::packed;
use super::{problems, report};
use crate::diag::{Code, Diagnostic, Result};
use crate::project::Project;
use crate::publish::{Published, Request, SUMS, archive, publish};

/// Publishes the brief.
pub(super) fn release(options: &ReleaseOptions) -> ExitCode {
    if options.allow_warnings {
        report::refused(&[no_blanket()], options.json);
        return ExitCode::from(2);
    }
    let mut found = vec![];
    let published = attempt(options, Timestamp::now()).map(|warned| warned.unwarned(&mut found));
    let zipped = published.and_then(|published| {
        let archive = options.zip.then(|| archive(&published.folder)).transpose()?;
        Ok((published, archive))
    });
    let published = zipped.map_err(|errors| found.extend(errors)).ok();
    if options.json {
        let value = published.as_ref().map(|(published, archive)| {
            json!({
                "state": if published.is_new { "released" } else { "unchanged" },
                "folder": published.folder.display().to_string(), "archive": archive,
                "record": published.record,
                "dropped": published.skipped,
            })
        });
        say_line!("{:#}", json!({ "release": value, "diagnostics": report::as_json(&found) }));
    } else {
        report::problems(&found);
    }
    let Some((published, archive)) = published else { return problems() };
    if !options.json && !options.quiet {
        print(&published);
        packed(archive.as_ref());
    }
    ExitCode::SUCCESS
}

fn attempt(options: &ReleaseOptions, now: Timestamp) -> Result<crate::diag::Warned<Published>> {
    let project = Project::open(&options.project, &options.overrides())?;
    let request = Request {
        period: options.period(),
        leaves_out_later: options.leave_out_later,
        corrections: options.correction.clone(),
    };
    publish(project, &request, now)
}

/// The message for an option of earlier versions.
fn no_blanket() -> Diagnostic {
    Diagnostic::error(Code::K0025, message!("the option `--allow-warnings` was removed"))
        .note(message!("it allowed all warnings at once, including those that nobody had read"))
        .hint(message!(
            "run `kosh release` without it: the message of each warning shows the lines for \
            `brief.toml` that allow it with a reason"
        ))
}

fn print(published: &Published) {
    let Published { record, folder, .. } = published;
    report::allowed(&record.allowed);
    report::elsewhere(&published.elsewhere);
    let (number, period, day) = (record.number, &record.period, record.day());
    if !published.is_new {
        say_text!(
            "nothing has changed since version {number} of {period} was released on {day}",
            number,
            period,
            day
        );
        say_line!("{}", folder.display());
        return;
    }
    report::skipped(&published.skipped);
    for name in record.files.keys().filter(|name| name.ends_with(".pdf")) {
        say_line!("{}", folder.join(name).display());
    }
    say_line!("{}", folder.join(SUMS).display());
    say_text!(
        "released {period}, version {number}, {number_of_files} files",
        period,
        number,
        number_of_files = record.files.len()
    );
}
