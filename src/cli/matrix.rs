//! `kosh build` of many releases: a plan, a progress bar, a table.

use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use super::args::{ALL, AskedPeriod, BuildOptions, MatrixOptions};
use super::report;
use crate::build::batch::{self, BatchOptions, Outcome, State};
use crate::build::manifest::Reason;
use crate::build::matrix::{Asked, Choice, Item, When, plan};
use crate::files::Disk;
use crate::publish::archive;

/// Whether the options are about several releases or a dry run.
pub(super) fn is_asked(options: &BuildOptions, matrix: &MatrixOptions) -> bool {
    let is_many = options.common.several().is_some() || matrix.all;
    is_many || matrix.dry_run || matrix.shard.is_some() || matrix.jobs.is_some()
}

/// Builds many releases.
pub(super) fn build(options: &BuildOptions, matrix: &MatrixOptions, zip: bool) -> ExitCode {
    let start = Instant::now();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let jobs = matrix.jobs.map_or(cores, usize::from);
    // Typesetting has its own threads, as many as requested. A second call has no effect.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
    let (asked, disk) = (asked(options, matrix), Disk::new());
    let planned = match plan(&asked, &disk) {
        Ok(planned) => planned,
        Err(found) => return report::refused(&found, options.common.json),
    };
    let items = match matrix.shard {
        Some(shard) => shard.of(planned.items),
        None => planned.items,
    };
    let how = BatchOptions { jobs, is_forced: matrix.force, is_dry: matrix.dry_run };
    let progress = Progress::new(items.len(), options.common.quiet || options.common.json);
    let mut outcomes = batch::build(&asked, &items, how, &disk, |outcome| progress.done(outcome));
    progress.bar.finish_and_clear();
    if zip {
        outcomes.iter_mut().for_each(pack);
    }
    for (profile, found) in planned.failed {
        // The regions and periods of the profile are unknown.
        let item = Item { profile: Some(profile), region: None, period: None };
        outcomes.push(Outcome::failed(&item, found));
    }
    print(options, &outcomes, how, start.elapsed());
    let is_failed = |outcome: &Outcome| outcome.state == State::Failed;
    if outcomes.iter().any(is_failed) { ExitCode::from(3) } else { ExitCode::SUCCESS }
}

/// Writes the archive of a release; it fails if that fails.
fn pack(outcome: &mut Outcome) {
    let is_there = outcome.state != State::Failed;
    let packed = outcome.folder.as_ref().filter(|_| is_there).map(|folder| archive(folder));
    if let Some(Err(found)) = packed {
        outcome.state = State::Failed;
        outcome.found.extend(found);
    }
}

/// The request of the arguments.
fn asked(options: &BuildOptions, matrix: &MatrixOptions) -> Asked {
    let common = &options.common;
    let names = |names: &[String]| match names {
        [] => Choice::Default,
        names if names.iter().any(|name| name == ALL) => Choice::All,
        names => Choice::Named(names.to_vec()),
    };
    let periods = match &common.period[..] {
        [] => Choice::Default,
        all if all.contains(&AskedPeriod::All) => Choice::All,
        all => Choice::Named(
            all.iter()
                .map(|period| match period {
                    AskedPeriod::This(period) => When::This(*period),
                    AskedPeriod::Latest | AskedPeriod::All => When::Latest,
                })
                .collect(),
        ),
    };
    let (profiles, regions) = (names(&common.profile), names(&common.region));
    let mut asked = Asked {
        root: common.project.clone(),
        overrides: common.overrides(options.output.clone()),
        profiles,
        regions,
        periods,
        as_of: common.as_of,
    };
    (asked.overrides.profile, asked.overrides.region) = (None, None);
    asked.overrides.since = options.since.clone();
    if matrix.all {
        asked.profiles = asked.profiles.or_all();
        asked.regions = asked.regions.or_all();
    }
    asked
}

/// The progress of the run; hidden if output is quiet.
struct Progress {
    bar: ProgressBar,
    unchanged: AtomicUsize,
    failed: AtomicUsize,
}

impl Progress {
    fn new(length: usize, is_quiet: bool) -> Self {
        // The bar draws nothing if the output is not a terminal.
        let bar = if is_quiet { ProgressBar::hidden() } else { ProgressBar::new(length as u64) };
        let style = "{bar:30} {pos}/{len}  {msg}  {elapsed}, {eta} left";
        bar.set_style(ProgressStyle::with_template(style).expect("the template is well formed"));
        bar.enable_steady_tick(Duration::from_millis(200));
        Self { bar, unchanged: AtomicUsize::new(0), failed: AtomicUsize::new(0) }
    }

    fn done(&self, outcome: &Outcome) {
        let count = |counter: &AtomicUsize, state| {
            let one = usize::from(outcome.state == state);
            counter.fetch_add(one, Ordering::Relaxed) + one
        };
        let unchanged = count(&self.unchanged, State::Unchanged);
        let failed = count(&self.failed, State::Failed);
        self.bar.set_message(format!("{unchanged} unchanged, {failed} failed"));
        self.bar.inc(1);
    }
}

/// The word for a state.
fn word(state: State, how: BatchOptions) -> &'static str {
    match state {
        State::Built if how.is_dry => "to build",
        State::Built => "built",
        State::Unchanged => "unchanged",
        State::Failed => "failed",
    }
}

/// Reports the outcomes: problems, a table, a summary line.
fn print(options: &BuildOptions, outcomes: &[Outcome], how: BatchOptions, took: Duration) {
    let count = |state| outcomes.iter().filter(|outcome| outcome.state == state).count();
    let (built, unchanged) = (count(State::Built), count(State::Unchanged));
    let failed = count(State::Failed);
    if options.common.json {
        let releases: Vec<_> = outcomes
            .iter()
            .map(|outcome| {
                let reasons: Vec<String> =
                    outcome.reasons.iter().map(ToString::to_string).collect();
                json!({
                    "profile": outcome.item.profile, "region": outcome.item.region,
                    "period": outcome.item.period, "state": word(outcome.state, how),
                    "folder": outcome.folder.as_ref().map(|folder| folder.display().to_string()),
                    "reasons": reasons, "set": outcome.set, "stays": outcome.stays,
                    "dropped": outcome.skipped,
                    "diagnostics": report::as_json(&outcome.found),
                })
            })
            .collect();
        say_line!(
            "{:#}",
            json!({
                "releases": releases, "built": built, "unchanged": unchanged, "failed": failed,
                "dry-run": how.is_dry, "seconds": took.as_secs_f64(),
            })
        );
        return;
    }
    let mut found = vec![];
    for outcome in outcomes.iter().filter(|outcome| outcome.state == State::Failed) {
        found.extend(outcome.found.iter().cloned());
    }
    crate::diag::distinct(&mut found);
    report::problems(&found);
    if options.common.quiet {
        return;
    }
    table(outcomes, how);
    let verb = if how.is_dry { message!("to build") } else { message!("built") };
    say_text!(
        "{built} {verb}, {unchanged} unchanged, {failed} failed in {took} s",
        built,
        verb,
        unchanged,
        failed,
        took = format!("{:.2}", took.as_secs_f64())
    );
}

/// Prints a line for each release; uneventful ones are counted.
fn table(outcomes: &[Outcome], how: BatchOptions) {
    let rows: Vec<[String; 5]> = outcomes
        .iter()
        .map(|outcome| {
            let item = &outcome.item;
            [
                item.period.map_or_else(|| "—".to_owned(), |period| period.short()),
                item.profile.clone().unwrap_or_default(),
                item.region.clone().unwrap_or_default(),
                word(outcome.state, how).to_owned(),
                why(outcome),
            ]
        })
        .collect();
    let width =
        |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2), width(3)];
    for [period, profile, region, state, why] in &rows {
        let [a, b, c, d] = widths;
        let line = format!("{period:a$}  {profile:b$}  {region:c$}  {state:d$}  {why}");
        say_line!("{}", line.trim_end());
    }
}

/// The reasons of a release on one line, or its first error.
fn why(outcome: &Outcome) -> String {
    if outcome.state == State::Failed {
        let errors = outcome.found.iter().filter(|d| d.severity == crate::diag::Severity::Error);
        let first = errors.clone().next();
        return first.map_or_else(String::new, |d| match errors.count() {
            1 => format!("{}: {}", d.code, d.message),
            n => format!("{}: {}; and {} more", d.code, d.message, n - 1),
        });
    }
    const SHOWN: usize = 3;
    let mut said: Vec<String> = outcome.reasons.iter().take(SHOWN).map(Reason::to_string).collect();
    if outcome.reasons.len() > SHOWN {
        said.push(format!("and {} more", outcome.reasons.len() - SHOWN));
    }
    // An input has changed, but no page.
    if outcome.state == State::Built && outcome.set.is_empty() && !said.is_empty() {
        said.push("no page differs".to_owned());
    }
    said.join("; ")
}
