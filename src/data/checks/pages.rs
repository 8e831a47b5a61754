//! Releases, the pages that report them, and their dates, over all tables together.
//!
//!
//! A page reports one release about one time, appears soon after that release, and not before the time is
//! over.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::super::{Dataset, Observation, Register, Source, Status, Table, Time, Vintage, csv};
use super::Figures;
use crate::diag::{Code, Diagnostic, Message, Place};

/// The precedence of a body's own table. Such a table is exported again and again, so its date says
/// nothing.
const OWN_TABLE: u8 = 1;
/// Tables with more rows than this are made by a program, not typed.
const MANY: usize = 20_000;
/// The first page about a release appears within this many days.
const LATE: i32 = 20;

/// A row with the release and source that it points to.
struct Of<'a> {
    table: &'a Table,
    row: &'a Observation,
    vintage: &'a Vintage,
    source: &'a Source,
}

/// For each page and time, the releases that its rows name; each with the number of rows, and one of
/// them.
type Pages<'f> = BTreeMap<(&'f str, Time), BTreeMap<&'f str, (usize, Of<'f>)>>;

/// Returns all problems of releases and pages.
pub(super) fn check<'f, 'a: 'f>(dataset: &'a Dataset, all: &[&'f Figures<'a>]) -> Vec<Diagnostic> {
    let mut found = vec![];
    let mut of_release: BTreeMap<&str, Vec<Of>> = BTreeMap::new();
    let mut of_page: Pages = BTreeMap::new();
    let mut reported: BTreeSet<(&str, Time)> = BTreeSet::new();
    for figures in all {
        let table = figures.table;
        // Neighbouring rows mostly have the same time, release and page.
        let of_rows = |a: &&Observation, b: &&Observation| {
            a.time == b.time
                && Arc::ptr_eq(&a.vintage, &b.vintage)
                && Arc::ptr_eq(&a.source, &b.source)
        };
        let rows: Vec<&Observation> = table.rows.iter().filter(|row| row.value.is_some()).collect();
        for run in rows.chunk_by(of_rows) {
            let [row, ..] = run else { continue };
            let (Some(vintage), Some(source)) =
                (dataset.vintages.get(&row.vintage), dataset.sources.get(&row.source))
            else {
                continue;
            };
            let of = |row| Of { table, row, vintage, source };
            let releases = of_release.entry(&vintage.id).or_default();
            if releases.iter().all(|of| of.source.id != source.id) {
                releases.push(of(row));
            }
            let pages = of_page.entry((&source.id, row.time)).or_default();
            pages.entry(&vintage.id).or_insert_with(|| (0, of(row))).0 += run.len();
            if let Some((_, latest)) = source.written
                && is_before(latest, row.time)
                && let Some(row) =
                    run.iter().find(|row| !figures.is_listed(&figures.rules.announced, &row.key))
                && reported.insert((&source.id, row.time))
            {
                found.push(early(&of(row), latest));
            }
        }
    }
    for pages in of_release.values() {
        found.extend(days(dataset, pages));
    }
    found.extend(strays(all));
    for releases in of_page.values().filter(|releases| releases.len() > 1) {
        found.extend(two_releases(releases));
    }
    found.extend(names(dataset));
    found
}

/// Whether a day is before the end of a time. The last day of the time is accepted.
fn is_before(day: Date, time: Time) -> bool {
    match time {
        Time::Over(period) => day.tomorrow().is_ok_and(|next| next < period.day_after()),
        Time::At(at) => day < at && day.tomorrow().is_ok_and(|next| next < at),
    }
}

fn subject(of: &Of) -> String {
    format!("{} {} {}", of.table.name, of.row.key.join(" "), of.row.time)
}

fn early(of: &Of, latest: Date) -> Diagnostic {
    let message = message!(
        "the page `{id}` has the date {latest}, before {time} was over",
        id = of.source.id,
        latest,
        time = of.row.time
    );
    Diagnostic::warning(Code::K0149, message)
        .at(of.table.place(of.row))
        .label(message!("read on a page of {latest}", latest))
        .subject(subject(of))
        .about_rows()
        .note(message!("a figure cannot be published before its period is over"))
        .hint(
            message!("check the period and `source_id` of the row, and `date` of the page; list a plan under \
            `announced` of the table"),
        )
}

/// Compares the day of a release with the dates of its pages.
fn days(dataset: &Dataset, pages: &[Of]) -> Vec<Diagnostic> {
    // A body's own table is exported again and again.
    let reports: Vec<&Of> = pages.iter().filter(|of| of.source.precedence > OWN_TABLE).collect();
    let Some(vintage) = reports.first().map(|of| of.vintage) else { return vec![] };
    let days = |of: &&Of| of.source.written;
    let is_older = |of: &&&Of| days(of).is_some_and(|(_, last)| last < vintage.released);
    let older: Vec<&&Of> = reports.iter().filter(is_older).collect();
    // The release is at fault if it fits none of its pages; else the page that it does not fit.
    if reports.len() == pages.len() && older.len() == reports.len() {
        let message =
            message!("the release `{id}` is dated after all pages that report it", id = vintage.id);
        let mut problem = of_release(dataset, older[0], message, Code::K0130);
        for of in older.iter().take(3) {
            let day = days(of).map(|(_, last)| last).unwrap_or_default();
            problem =
                problem.related(of.table.place(of.row), message!("read on a page of {day}", day));
        }
        return vec![problem.hint(message!(
            "check `released`, and `date` of the page; if the day is inferred, it must be the last \
            possible day, and not after the first page"
        ))];
    }
    if !vintage.is_dated {
        return vec![];
    }
    let mut found: Vec<Diagnostic> = older.into_iter().map(|of| older_page(of)).collect();
    let first = pages.iter().map(|of| of.source.written.map(|(first, _)| first)).min().flatten();
    let after = first.map_or(0, |first| (first - vintage.released).get_days());
    if reports.len() == pages.len() && after > LATE {
        let message = message!(
            "the release `{id}` is dated {after} days after the first page that reports it",
            id = vintage.id,
            after
        );
        let day = first.unwrap_or_default();
        found.push(
            of_release(dataset, reports[0], message, Code::K0149)
                .related(reports[0].table.place(reports[0].row), message!("page of {day}", day))
                .hint(
                    message!("check month and year of `released`, and `date` of the page; or add the page on \
                    which the release was first seen"),
                ),
        );
    }
    found
}

/// A problem at the day of a release.
fn of_release(dataset: &Dataset, of: &Of, message: Message, code: Code) -> Diagnostic {
    let vintage = of.vintage;
    let place = release(dataset, vintage).unwrap_or_else(|| of.table.place(of.row));
    Diagnostic::warning(code, message)
        .at(place)
        .label(message!("released"))
        .subject(format!("vintage {}", vintage.id))
        .about_rows()
}

fn older_page(of: &Of) -> Diagnostic {
    let (page, vintage) = (&of.source.id, of.vintage);
    let day = of.source.written.map(|(_, last)| last).unwrap_or_default();
    let message = message!(
        "the page `{page}` is dated before the release `{id}` that it should report",
        page,
        id = vintage.id
    );
    Diagnostic::warning(Code::K0130, message)
        .at(of.table.place(of.row))
        .label(message!("page of {day}, release of {released}", day, released = vintage.released))
        .subject(subject(of))
        .about_rows()
        .hint(message!("check the vintage of the row, and the day of the page"))
}

/// Rows of one page and time that name several releases.
fn two_releases(releases: &BTreeMap<&str, (usize, Of)>) -> Option<Diagnostic> {
    let (many, usual) = releases.values().max_by_key(|(many, _)| many)?;
    let is_few = |(few, _): &&(usize, Of)| few < many;
    let (_, of) = releases.values().filter(is_few).min_by_key(|(few, _)| few)?;
    // A page may give the first value and the revised one side by side.
    let is_beside = of.table.rows.iter().any(|other| {
        other.key == of.row.key
            && other.time == of.row.time
            && other.source == of.row.source
            && *other.vintage == *usual.vintage.id
    });
    if of.source.precedence <= OWN_TABLE || is_beside {
        return None;
    }
    let message = message!(
        "the page `{id}` reports `{id_2}` in other rows, but `{id_3}` here",
        id = of.source.id,
        id_2 = usual.vintage.id,
        id_3 = of.vintage.id
    );
    Some(
        Diagnostic::warning(Code::K0150, message)
            .at(of.table.place(of.row))
            .label(message!("of the release `{id}`", id = of.vintage.id))
            .subject(subject(of))
            .about_rows()
            .related(
                usual.table.place(usual.row),
                message!("of the release `{id}`", id = usual.vintage.id),
            )
            .note(message!("both rows have the same time"))
            .hint(message!("check the vintage of the row")),
    )
}

/// Rows of a release with another time than most of its rows, where the release has no such figure at its
/// main time: the period was mistyped.
fn strays(all: &[&Figures]) -> Vec<Diagnostic> {
    type Times<'a> = BTreeMap<Time, Vec<(&'a Table, &'a Observation)>>;
    let mut of_release: BTreeMap<&str, Times> = BTreeMap::new();
    for figures in all.iter().filter(|figures| figures.table.rows.len() <= MANY) {
        let table = figures.table;
        let is_flow = |row: &&Observation| {
            matches!(row.time, Time::Over(_))
                && !figures.is_listed(&figures.rules.announced, &row.key)
        };
        for row in table.rows.iter().filter(is_flow) {
            let times = of_release.entry(&*row.vintage).or_default();
            times.entry(row.time).or_default().push((table, row));
        }
    }
    let mut found = vec![];
    for (release, times) in &of_release {
        let Some((main, rows)) = times.iter().max_by_key(|(_, rows)| rows.len()) else { continue };
        for (time, few) in times.iter().filter(|(time, _)| *time != main) {
            if rows.len() < 2 || few.len() * 2 > rows.len() {
                continue;
            }
            for (table, row) in few {
                let is_of = |(its, other): &&(&Table, &Observation)| {
                    its.name == table.name && other.source == row.source
                };
                let has = |(its, other): &(&Table, &Observation)| {
                    its.name == table.name && other.key == row.key
                };
                // The page has figures of this table at the main time, but not this one.
                if rows.iter().filter(is_of).count() == 0 || rows.iter().any(has) {
                    continue;
                }
                let message = message!(
                    "{key} ({name}) is for {time}, but the release `{release}` is about {main}",
                    key = row.key.join(", "),
                    name = table.name,
                    time,
                    release,
                    main
                );
                found.push(
                    Diagnostic::warning(Code::K0151, message)
                        .at(table.place(row))
                        .label(message!("{time}", time))
                        .subject(format!("{} {} {time}", table.name, row.key.join(" ")))
                        .about_rows()
                        .note(message!("{number_of_rows} other figures of the release are for {main}, but it has no such \
                            figure for that time", number_of_rows = rows.len(), main))
                        .hint(message!("check the period of the row, and its vintage")),
                );
            }
        }
    }
    found
}

/// Releases whose name contains another status than their row.
fn names(dataset: &Dataset) -> Vec<Diagnostic> {
    let word = |status: Status| match status {
        Status::Express => "express",
        Status::Final => "final",
        Status::Secondary => "secondary",
    };
    let known = [Status::Express, Status::Final, Status::Secondary];
    let mut found = vec![];
    for vintage in dataset.vintages.values() {
        let mut said = vintage.id.split(['-', '_', '.']).filter_map(|part| {
            known.into_iter().find(|status| part.eq_ignore_ascii_case(word(*status)))
        });
        let Some(said) = said.next().filter(|said| *said != vintage.status) else { continue };
        let message = message!(
            "the release `{id}` has the status `{status}`",
            id = vintage.id,
            status = word(vintage.status)
        );
        let problem = Diagnostic::warning(Code::K0129, message)
            .subject(format!("vintage {}", vintage.id))
            .label(message!("its name suggests {said}", said = word(said)))
            .note(message!("the status decides which of two figures is printed"))
            .hint(message!("correct the status of the release, or its name"));
        found.push(match release(dataset, vintage) {
            Some(place) => problem.at(place),
            None => problem,
        });
    }
    found
}

/// The place where the day of a release is written.
pub(super) fn release(dataset: &Dataset, vintage: &Vintage) -> Option<Place> {
    let is_listed = |register: &&Arc<Register>| {
        register.rows.get(vintage.id.as_str()).is_some_and(|row| row.contains_key("released"))
    };
    let register = dataset.registers.values().find(is_listed)?;
    let text = &register.text.text;
    // The delimiter is recognised from the header.
    let header = text.lines().next()?;
    let delimiter = [b',', b';', b'\t', b'|']
        .into_iter()
        .max_by_key(|delimiter| header.bytes().filter(|byte| byte == delimiter).count())?;
    let mut reader = csv::Reader::new(text, delimiter);
    let mut fields = vec![];
    reader.next(&mut fields)?.ok()?;
    let column = fields.iter().position(|field| field.text == "released")?;
    while let Some(record) = reader.next(&mut fields) {
        if record.is_ok() && fields.iter().any(|field| *field.text == *vintage.id) {
            return Some(register.text.place(fields.get(column)?.range.clone()));
        }
    }
    None
}
