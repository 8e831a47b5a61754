//! Reasons against a release.

use std::path::Path;

use jiff::Zoned;

use super::record::{NAME, Record};
use super::{Request, sums};
use crate::build::Composition;
use crate::diag::{Code, Diagnostic, Message, Place, Result, Severity, did_you_mean};
use crate::output::{File, names_below, numbers};
use crate::project::{Calendar, Project, allow_block, moment};
use crate::stats::Period;

/// Reasons by the calendar: the embargo, and the day of the brief.
pub(super) fn calendar(calendar: &Calendar, now: &Zoned) -> Vec<Diagnostic> {
    let mut against = vec![];
    if let Some((until, place)) = &calendar.embargo
        && now < until
    {
        against.push(
            Diagnostic::error(
                Code::K0910,
                message!("the embargo ends at {until}", until = moment(until)),
            )
            .at(place.clone())
            .note(message!("the time is {now}", now = moment(now)))
            .hint(message!("release after that; if the calendar has changed, change `embargo`")),
        );
    }
    if let Some((next, place)) = &calendar.next_release
        && *next <= now.date()
    {
        let message = message!(
            "the next release of {next} is not after this one of {now}",
            next,
            now = now.date()
        );
        against.push(
            Diagnostic::error(Code::K0912, message)
                .at(place.clone())
                .note(message!("the day is printed on the first page"))
                .hint(message!("set `next-release` to the day of the release after this one")),
        );
    }
    against
}

/// The version published last. All versions must be unchanged.
pub(super) fn previous(project: &Project, versions: &Path) -> Result<Option<Record>> {
    let (mut found, mut last) = (vec![], None);
    for (number, expected) in numbers(versions).into_iter().zip(1..) {
        let folder = versions.join(number.to_string());
        let place = Place::Path(project.shown(&folder));
        let altered = |message: Message| {
            Diagnostic::error(Code::K0917, message)
                .at(place.clone())
                .note(message!("a published version must not change: readers have its checksums"))
                .hint(message!(
                    "restore the folder from a copy; publish a correction as a new version"
                ))
        };
        if number != expected {
            found.push(altered(message!("version {expected} is missing", expected)));
            break;
        }
        match Record::read_from(&folder) {
            Ok(record) if record.number == number => {
                let wrong = other_files(&folder, &record);
                found.extend((!wrong.is_empty()).then(|| {
                    altered(message!(
                        "version {number} was changed: {wrong}",
                        number,
                        wrong = wrong.join(", ")
                    ))
                }));
                last = Some(record);
            }
            Ok(record) => {
                let message = message!(
                    "`{name}` of version {number} belongs to version {number_2}",
                    name = NAME,
                    number,
                    number_2 = record.number
                );
                found.push(altered(message));
            }
            Err(reason) => {
                found.push(altered(message!(
                    "`{name}` of version {number} cannot be read: {reason}",
                    name = NAME,
                    number,
                    reason
                )));
            }
        }
    }
    if found.is_empty() { Ok(last) } else { Err(found) }
}

/// The changes in the folder of a version since its publication.
pub fn altered(folder: &Path) -> Vec<String> {
    match Record::read_from(folder) {
        Ok(record) => {
            let mut wrong = other_files(folder, &record);
            // A copy under another name is still the same version.
            let number = folder.file_name().and_then(|name| name.to_str()?.parse::<u32>().ok());
            if let Some(number) = number.filter(|number| *number != record.number) {
                wrong.push(format!("`{NAME}` is for version {}, not {number}", record.number));
            }
            wrong
        }
        Err(reason) => vec![format!("`{NAME}` cannot be read: {reason}")],
    }
}

/// The files of a version that have changed since its publication.
fn other_files(folder: &Path, record: &Record) -> Vec<String> {
    let (mut wrong, mut files) = (vec![], vec![]);
    for (name, hash) in &record.files {
        let bytes = std::fs::read(folder.join(name)).unwrap_or_default();
        if blake3::hash(&bytes).to_hex().as_str() == hash {
            files.push(File { name: name.clone(), bytes });
        } else {
            wrong.push(name.clone());
        }
    }
    // The record cannot contain its own hash; the list of checksums does.
    let bytes = std::fs::read(folder.join(NAME)).unwrap_or_default();
    files.push(File { name: NAME.to_owned(), bytes });
    let list = std::fs::read(folder.join(sums::SUMS)).unwrap_or_default();
    for name in names_below(folder) {
        if name != NAME && name != sums::SUMS && !record.files.contains_key(&name) {
            wrong.push(format!("{name}, which does not belong to it"));
        }
    }
    if wrong.is_empty() && list != sums::file(&files).bytes {
        wrong.push(format!("`{NAME}` or `{}`", sums::SUMS));
    }
    wrong
}

/// Errors for languages without a correction note.
pub(super) fn uncorrected(composition: &Composition, previous: &Record) -> Vec<Diagnostic> {
    let (project, period) = (&composition.pipeline.project, composition.period);
    let number = previous.number + 1;
    let said = composition.version.as_ref().map(|version| &version.corrections);
    let is_silent = |lang: &&String| said.is_none_or(|said| !said.contains_key(*lang));
    let problem = |lang: &String| {
        let file = project.shown(&project.correction_file(period, number, lang));
        let message = message!(
            "there is no text in `{lang}` about what version {number} corrects",
            lang,
            number
        );
        Diagnostic::error(Code::K0914, message)
            .at(Place::Path(file))
            .note(message!("version {number} of {period} was published on {previous}, and the brief is different now", number = previous.number, period = period.short(), previous = previous.day()))
            .hint(message!("write the text into this file, or add `--correction {lang}=\"…\"`", lang))
    };
    project.languages.iter().filter(is_silent).map(problem).collect()
}

/// The error for an empty correction note.
pub(super) fn says_nothing(place: Place) -> Diagnostic {
    Diagnostic::error(Code::K0914, message!("the text of the correction is empty"))
        .at(place)
        .hint(message!("write what was wrong and what is right"))
}

/// The error for a correction of a brief that is not published.
pub(super) fn nothing_to_correct(period: Period) -> Diagnostic {
    let message = message!(
        "no brief of {period} has been published, so there is nothing to correct",
        period = period.short()
    );
    Diagnostic::error(Code::K0915, message).hint(message!("omit `--correction`"))
}

/// Errors for correction notes in languages that the project does not have.
pub(super) fn known_languages(project: &Project, request: &Request) -> Vec<Diagnostic> {
    let languages = || project.languages.iter().map(String::as_str);
    let unknown = request.corrections.iter().filter(|(lang, _)| !project.languages.contains(lang));
    let problem = |(lang, _): &(String, String)| {
        Diagnostic::error(Code::K0005, message!("this project has no language `{lang}`", lang))
            .maybe_hint(did_you_mean(lang, languages()))
            .hint(message!("a correction is written in the languages of the brief"))
    };
    unknown.map(problem).collect()
}

/// Turns warnings about figures published after the day of the brief into errors, unless they are left
/// out on purpose.
pub(super) fn later(found: &mut [Diagnostic], is_meant: bool) {
    for problem in found.iter_mut().filter(|problem| problem.code == Code::K0913 && !is_meant) {
        problem.severity = Severity::Error;
        problem
            .hints
            .push(message!("`--leave-out-later` publishes the figures of that day nevertheless"));
    }
}

/// Warnings that do not stop a release: figures left out on purpose, and allowed warnings that no longer
/// occur.
const NOT_BLOCKING: [Code; 2] = [Code::K0913, Code::K0024];

/// The error for a release with warnings that are not allowed; each of them gets a hint how to allow it.
pub(super) fn warned(found: &mut [Diagnostic]) -> Option<Diagnostic> {
    let counts =
        |d: &&mut Diagnostic| d.severity == Severity::Warning && !NOT_BLOCKING.contains(&d.code);
    let mut count = 0_usize;
    for warning in found.iter_mut().filter(counts) {
        count += 1;
        let block = allow_block(warning);
        warning.hints.push(message!(
            "settle it; or, if it is right as it is, write this into `brief.toml` with a \
            reason:\n{block}",
            block
        ));
    }
    let message = match count {
        0 => return None,
        1 => message!("a warning prevents the release"),
        count => message!("{count} warnings prevent the release", count),
    };
    Some(
        Diagnostic::error(Code::K0916, message)
            .note(message!("all of them are listed, because a release is final"))
            .hint(message!(
                "settle each warning, or allow it with a reason by `[[allow]]` in `brief.toml`; \
                the reasons are recorded with the release"
            )),
    )
}
