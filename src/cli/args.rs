//! The command line arguments.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueHint};
use jiff::civil::Date;

use super::{explain, fmt, handbook, import, init, missing, open, recipe, schema, shell, table};
use crate::build::matrix::Shard;
use crate::files::EditorLink;
use crate::indicators::BaseRule;
use crate::project::{Format, Overrides};
use crate::stats::Period;

/// Turns official migration statistics into a policy brief, in every language from one set of facts.
#[derive(Parser)]
#[command(name = "kosh", version, propagate_version = true, after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The language of messages, help and pages: `en`, `ru`, or one of the project's `ui` folder
    #[arg(long, global = true, value_name = "LANG", help_heading = "Report")]
    // Read before the arguments are parsed, since it words their errors.
    pub ui_language: Option<String>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Make a new project, which can be built at once and without a network
    #[command(after_long_help = init::EXAMPLES)]
    Init(init::InitOptions),
    /// Build the brief in every language; with --all or lists, several briefs
    #[command(after_long_help = BUILD_EXAMPLES)]
    Build {
        #[command(flatten)]
        options: BuildOptions,
        #[command(flatten)]
        matrix: MatrixOptions,
        /// Also write the brief with all its files as one archive, beside its folder
        #[arg(long, conflicts_with = "dry_run", help_heading = "Project")]
        zip: bool,
    },
    /// Check everything without making PDFs; `check data` checks all rows of the data
    #[command(after_long_help = CHECK_EXAMPLES, args_conflicts_with_subcommands = true)]
    Check {
        #[command(flatten)]
        options: BuildOptions,
        #[command(subcommand)]
        what: Option<Checked>,
    },
    /// Show which figures a new period still needs, and write rows to fill in
    #[command(after_long_help = QUARTER_EXAMPLES)]
    Quarter(QuarterOptions),
    /// List what the brief does not say, with the rows to enter; make a table for who has the figures
    #[command(after_long_help = missing::EXAMPLES)]
    Missing(missing::MissingOptions),
    /// Publish the brief as a numbered version that never changes
    #[command(after_long_help = RELEASE_EXAMPLES)]
    Release(ReleaseOptions),
    /// Open the brief that was built or published last, or its folder
    #[command(after_long_help = open::EXAMPLES)]
    Open(open::OpenOptions),
    /// Build, and rebuild when one of its inputs changes
    #[command(after_long_help = WATCH_EXAMPLES)]
    Watch(WatchOptions),
    /// Show the facts of a period, or one of them with its origin
    #[command(after_long_help = FACTS_EXAMPLES)]
    Facts(FactsOptions),
    /// Import the figures of a workbook into the data
    #[command(after_long_help = import::EXAMPLES)]
    Import(import::ImportOptions),
    /// Describe a new table of the data folder, guessed from its file
    #[command(after_long_help = table::EXAMPLES)]
    Table(table::TableOptions),
    /// List, draft, test and draw the recipes by which workbooks are read
    #[command(after_long_help = recipe::EXAMPLES)]
    Recipe(recipe::RecipeOptions),
    /// Show what changed between two days, periods, builds or data folders
    #[command(after_long_help = DIFF_EXAMPLES)]
    Diff(DiffOptions),
    /// Check that releases are unchanged and can be built again with the same result
    #[command(after_long_help = VERIFY_EXAMPLES)]
    Verify(VerifyOptions),
    /// Explain a diagnostic, a setting with the line that sets it, or a section with its blocks
    #[command(after_long_help = explain::EXAMPLES)]
    Explain(explain::ExplainOptions),
    /// Open the handbook in a browser, or print a page of it
    #[command(after_long_help = handbook::EXAMPLES)]
    Handbook(handbook::HandbookOptions),
    /// Format section files: blanks and line breaks, never what they print
    #[command(after_long_help = fmt::EXAMPLES)]
    Fmt(fmt::FmtOptions),
    /// Print the JSON Schema of a file, for checks and completion in an editor
    #[command(after_long_help = schema::EXAMPLES)]
    Schema(schema::SchemaOptions),
    /// Print the completion script of a shell
    #[command(after_long_help = shell::COMPLETIONS_EXAMPLES)]
    Completions(shell::CompletionsOptions),
    /// Print the manual page, or write the pages of all commands into a folder
    #[command(after_long_help = shell::MAN_EXAMPLES)]
    Man(shell::ManOptions),
}

/// What else `kosh check` looks at.
#[derive(Subcommand)]
pub(super) enum Checked {
    /// Check all rows of all releases and periods, whether a brief prints them or not
    #[command(after_long_help = DATA_EXAMPLES)]
    Data(DataOptions),
}

const EXAMPLES: &str = "\
Examples:
  kosh init brief && cd brief     A new project
  kosh build                      The brief for the period in brief.toml
  kosh facts X1.change            Where a number comes from
  kosh explain brand.accent       Which file and line sets a colour
  kosh explain K0120              What a message means
  kosh handbook                   How a brief is made, step by step

Exit codes: 0 success, 1 errors in the project or data, 2 wrong arguments, 3 some of several
builds failed, 4 a bug in kosh, 5 success, but the output could not be printed,
6 no file was altered, but a build is out of date (verify).";

const BUILD_EXAMPLES: &str = "\
Examples:
  kosh build
  kosh build --period 2025-9M --profile mlspp
  kosh build --format standard,express,annex
  kosh build --all --dry-run      What would be built for every body
  kosh build --zip                One file to send: output/2025-H1/bns-2025-H1.zip
  kosh build --period 2025 --as-of 2026-02-12     As of that day";

const CHECK_EXAMPLES: &str = "\
Examples:
  kosh check
  kosh check --period latest --quiet && kosh build --period latest
  kosh check data                 Check all rows: contradictions, revisions, gaps";

const DATA_EXAMPLES: &str = "\
Examples:
  kosh check data
  kosh check data --coverage      When each measure has a figure, and with which status
  kosh check data --html data.html

Put your own rules, and the severity of each kind of finding, into data/checks.toml.
Exit codes: 0 no errors, 1 errors.";

const QUARTER_EXAMPLES: &str = "\
Examples:
  kosh quarter 2026-Q1            What is missing, and what to run next
  kosh quarter 2026-Q1 --write    Rows to fill in, in data/to-fill/2026-Q1/
  kosh quarter 2026-Q1 --take     Move the filled rows into the tables, all or none";

const RELEASE_EXAMPLES: &str = "\
Examples:
  kosh release
  kosh release --period 2025
  kosh release --correction en=\"Table 2 named the wrong country.\" --correction ru=\"…\"";

const WATCH_EXAMPLES: &str = "\
Examples:
  kosh watch
  kosh watch --preview            Show the pages in a browser, on this computer only
  kosh watch --preview --port 8080";

const VERIFY_EXAMPLES: &str = "\
Examples:
  kosh verify                     All releases of the project
  kosh verify output/2025-H1/bns  One release";

const DIFF_EXAMPLES: &str = "\
Examples:
  kosh diff                       The last build against the project as it is now
  kosh diff 2026-02-09            What was revised since that day
  kosh diff 2026-02-09 2026-03-13 --period 2025
  kosh diff 2024 2025             One period against another
  kosh diff old/data data         Two data folders";

const FACTS_EXAMPLES: &str = "\
Examples:
  kosh facts                      All facts, with their flags
  kosh facts X1.change            One fact, with its formula and its rows
  kosh facts arrivals abroad      The facts with these words, as each language prints them
  kosh facts --csv > facts.csv";

/// What every command takes.
#[derive(Args, Clone)]
pub(super) struct Common {
    /// The project's folder
    #[arg(long, value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath, help_heading = "Project")]
    pub project: PathBuf,
    /// The publishing body's profile; `build` takes several, or `all`
    #[arg(long, value_name = "ID", value_delimiter = ',', help_heading = "Project")]
    pub profile: Vec<String>,
    /// The region of the brief, for example KZ-71; `build` takes several, or `all`
    #[arg(long, value_name = "CODE", value_delimiter = ',', help_heading = "What to publish")]
    pub region: Vec<String>,
    /// Another data folder
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = "Project")]
    pub data: Option<PathBuf>,
    /// The period: 2025-H1, 2025-9M, 2025, 2025-01..2025-06, or latest; `build` takes several, or
    /// `all`
    #[arg(long, value_name = "PERIOD", value_parser = period, value_delimiter = ',',
          help_heading = "What to publish")]
    pub period: Vec<AskedPeriod>,
    /// Only figures published by the end of this day, for example 2025-08-11
    #[arg(long, value_name = "DATE", value_parser = day, help_heading = "What to publish")]
    pub as_of: Option<Date>,
    /// Which release of the previous year is the base of changes
    #[arg(long, value_enum, value_name = "RULE", help_heading = "What to publish")]
    pub base: Option<BaseRule>,
    /// Only these languages (repeat, or separate with commas)
    #[arg(long, value_name = "LANG", value_delimiter = ',', help_heading = "What to publish")]
    pub language: Vec<String>,
    /// Which forms of the brief (repeat, or separate with commas)
    #[arg(long, value_enum, value_delimiter = ',', help_heading = "What to publish")]
    pub format: Vec<Format>,
    /// Print only problems
    #[arg(long, short, help_heading = "Report")]
    pub quiet: bool,
    /// Report as JSON, for other programs
    #[arg(long, help_heading = "Report")]
    pub json: bool,
}

impl Common {
    pub(super) fn overrides(&self, output: Option<PathBuf>) -> Overrides {
        Overrides {
            profile: self.profile.first().cloned(),
            region: self.region.first().cloned(),
            data: self.data.clone(),
            output,
            languages: self.language.clone(),
            formats: self.format.clone(),
            base: self.base,
            since: None,
            is_latest: self.period.first() == Some(&AskedPeriod::Latest),
            any_region: false,
        }
    }

    /// The option that selects several releases, for commands that take only one.
    pub(super) fn several(&self) -> Option<&'static str> {
        let is_list = |names: &[String]| names.len() > 1 || names.iter().any(|name| name == ALL);
        let several_periods = self.period.len() > 1 || self.period == [AskedPeriod::All];
        match () {
            () if is_list(&self.profile) => Some("--profile"),
            () if is_list(&self.region) => Some("--region"),
            () if several_periods => Some("--period"),
            () => None,
        }
    }

    /// The requested period; `None` for the latest.
    pub(super) fn period(&self) -> Option<Period> {
        self.period.first()?.this()
    }
}

/// The word for everything on an axis.
pub(super) const ALL: &str = "all";

/// A period on the command line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum AskedPeriod {
    All,
    Latest,
    This(Period),
}

impl AskedPeriod {
    /// The named period, if one is named.
    fn this(self) -> Option<Period> {
        match self {
            Self::This(period) => Some(period),
            Self::All | Self::Latest => None,
        }
    }
}

fn day(text: &str) -> Result<Date, String> {
    const FORM: &str = "write a day as 2025-02-03: four digits for the year, two for the month, two \
        for the day";
    match text.parse::<Date>() {
        Ok(day) if day.to_string() == text => Ok(day),
        Ok(_) => Err(FORM.to_owned()),
        Err(_) => {
            let shape: String =
                text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
            Err(if shape == "0000-00-00" {
                "there is no such day in the calendar".to_owned()
            } else {
                FORM.to_owned()
            })
        }
    }
}

fn period(text: &str) -> Result<AskedPeriod, String> {
    match text {
        "latest" => Ok(AskedPeriod::Latest),
        ALL => Ok(AskedPeriod::All),
        period => period.parse().map(AskedPeriod::This),
    }
}

#[derive(Args)]
pub(super) struct BuildOptions {
    #[command(flatten)]
    pub common: Common,
    /// The folder for the files of the brief
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = "Project")]
    pub output: Option<PathBuf>,
    /// The previous issue, as a day or the folder of a build: list what was revised since
    #[arg(long, value_name = "DATE|DIR", help_heading = "What to publish")]
    pub since: Option<String>,
    /// Show how long each stage took
    #[arg(long, help_heading = "Report")]
    pub timings: bool,
}

/// Many releases in one run.
#[derive(Args)]
pub(super) struct MatrixOptions {
    /// The briefs of all profiles except those with `apart = true`, for each region if they
    /// need one, for the project's period; a list of profiles, regions or periods narrows this. With
    /// `--period all`, every period that can be published
    #[arg(long, help_heading = "Many at once")]
    pub all: bool,
    /// Only show what would be built, and why
    #[arg(long, help_heading = "Many at once")]
    pub dry_run: bool,
    /// Only this part of the plan, for example 2/8; the parts are the same on every computer
    #[arg(long, value_name = "I/N", help_heading = "Many at once")]
    pub shard: Option<Shard>,
    /// How many to build at a time; by default the number of cores
    #[arg(long, value_name = "N", help_heading = "Many at once",
          value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,
    /// Build everything again, whether it has changed or not
    #[arg(long, help_heading = "Many at once")]
    pub force: bool,
}

#[derive(Args)]
pub(super) struct DataOptions {
    /// The project's folder
    #[arg(long, value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath, help_heading = "Project")]
    pub project: PathBuf,
    /// Another data folder
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = "Project")]
    pub data: Option<PathBuf>,
    /// Show for each measure when there is a figure: F final, E express, S secondary
    #[arg(long, help_heading = "Report")]
    pub coverage: bool,
    /// List all findings of a kind, not only the first
    #[arg(long, help_heading = "Report")]
    pub all: bool,
    /// Write the report as a web page, with a picture of the coverage
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Report")]
    pub html: Option<PathBuf>,
    /// Print only errors and warnings
    #[arg(long, short, help_heading = "Report")]
    pub quiet: bool,
    /// Report as JSON, for other programs
    #[arg(long, help_heading = "Report")]
    pub json: bool,
}

#[derive(Args)]
pub(super) struct QuarterOptions {
    /// The period that has no rows yet: 2026-Q1, 2026-H1, 2026-9M, 2026
    #[arg(value_name = "PERIOD", help_heading = "What to publish")]
    pub period: Period,
    /// The project's folder
    #[arg(long, value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath, help_heading = "Project")]
    pub project: PathBuf,
    /// The publishing body's profile: its brief says what is needed
    #[arg(long, value_name = "ID", help_heading = "Project")]
    pub profile: Option<String>,
    /// The region of the brief, for example KZ-71
    #[arg(long, value_name = "CODE", help_heading = "What to publish")]
    pub region: Option<String>,
    /// Another data folder
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = "Project")]
    pub data: Option<PathBuf>,
    /// Write a row without a value for each missing figure, into a folder that no build reads
    #[arg(long, conflicts_with = "take", help_heading = "Rows")]
    pub write: bool,
    /// Check the rows that have a value, and move them into the tables: all of them or none
    #[arg(long, help_heading = "Rows")]
    pub take: bool,
    /// List all missing figures, not only the first
    #[arg(long, help_heading = "Report")]
    pub all: bool,
    /// Report as JSON, for other programs
    #[arg(long, help_heading = "Report")]
    pub json: bool,
}

#[derive(Args)]
pub(super) struct VerifyOptions {
    /// A release, or a folder with releases; by default everything built and published
    #[arg(value_hint = ValueHint::DirPath, help_heading = "Project")]
    pub dir: Option<PathBuf>,
    /// The project's folder
    #[arg(long, value_name = "DIR", default_value = ".", help_heading = "Project")]
    pub project: PathBuf,
    /// Print only problems
    #[arg(long, short, help_heading = "Report")]
    pub quiet: bool,
    /// Report as JSON, for other programs
    #[arg(long, help_heading = "Report")]
    pub json: bool,
}

#[derive(Args)]
pub(super) struct WatchOptions {
    #[command(flatten)]
    pub build: BuildOptions,
    /// Show the pages of all languages side by side in a browser, and where each number comes from
    #[arg(long, help_heading = "Preview")]
    pub preview: bool,
    /// The port of the preview; by default any free port
    #[arg(long, value_name = "PORT", requires = "preview", help_heading = "Preview")]
    pub port: Option<u16>,
    /// How the page opens files: vscode, vscodium, cursor, zed, idea, none, or an address with {path},
    /// {line} and {column}; by default `editor-link` of brief.toml
    #[arg(long, value_name = "EDITOR", value_parser = editor, requires = "preview", help_heading = "Preview")]
    pub editor_link: Option<EditorLink>,
}

#[derive(Args)]
pub(super) struct FactsOptions {
    #[command(flatten)]
    pub common: Common,
    /// A fact such as X1 or X1.change; or words to look for in ids, labels and names of members, in any
    /// language of the project; by default all facts
    #[arg(value_name = "FACT|WORD", help_heading = "What to publish")]
    pub words: Vec<String>,
    /// Print comma-separated values
    #[arg(long, conflicts_with = "json", help_heading = "Report")]
    pub csv: bool,
}

#[derive(Args)]
pub(super) struct DiffOptions {
    /// The earlier issue: a day (2026-02-09), a period (2025-H1), the folder of a build, or a
    /// data folder; by default the last build
    #[arg(help_heading = "What to publish")]
    pub before: Option<String>,
    /// The later issue; by default the project as it is now
    #[arg(help_heading = "What to publish")]
    pub after: Option<String>,
    #[command(flatten)]
    pub common: Common,
    /// Exit with 1 if anything changed, with 2 if the two cannot be compared
    #[arg(long, help_heading = "Report")]
    pub exit_code: bool,
}

/// What is published is the project's: all its languages and forms, as of its day.
#[derive(Args)]
pub(super) struct ReleaseOptions {
    /// The project's folder
    #[arg(long, value_name = "DIR", default_value = ".", help_heading = "Project")]
    pub project: PathBuf,
    /// The publishing body's profile
    #[arg(long, value_name = "ID", help_heading = "Project")]
    pub profile: Option<String>,
    /// The region of the brief, for example KZ-71
    #[arg(long, value_name = "CODE", help_heading = "What to publish")]
    pub region: Option<String>,
    /// The period: 2025-H1, 2025-9M, 2025, 2025-01..2025-06, or latest
    #[arg(long, value_name = "PERIOD", value_parser = one_period, help_heading = "What to publish")]
    period: Option<AskedPeriod>,
    /// What this version corrects, in each language; or write it into corrections/
    #[arg(long, value_name = "LANG=TEXT", value_parser = correction, help_heading = "What to publish")]
    pub correction: Vec<(String, String)>,
    /// Removed; its error names the replacement
    #[arg(long, hide = true, help_heading = "What to publish")]
    pub allow_warnings: bool,
    /// Also write the version with all its files as one archive, beside its folder
    #[arg(long, help_heading = "Project")]
    pub zip: bool,
    /// Publish the data as of the project's `as-of`, although later figures are loaded
    #[arg(long, help_heading = "What to publish")]
    pub leave_out_later: bool,
    /// Print only problems
    #[arg(long, short, help_heading = "Report")]
    pub quiet: bool,
    /// Report as JSON, for other programs
    #[arg(long, help_heading = "Report")]
    pub json: bool,
}

impl ReleaseOptions {
    pub(super) fn overrides(&self) -> Overrides {
        let (profile, region) = (self.profile.clone(), self.region.clone());
        let is_latest = self.period == Some(AskedPeriod::Latest);
        Overrides { profile, region, is_latest, ..Overrides::default() }
    }

    /// The requested period; `None` for the latest.
    pub(super) fn period(&self) -> Option<Period> {
        self.period?.this()
    }
}

/// Parses the period of a command that takes only one.
fn one_period(text: &str) -> Result<AskedPeriod, String> {
    match period(text)? {
        AskedPeriod::All => Err("this command takes one period".to_owned()),
        one => Ok(one),
    }
}

fn correction(text: &str) -> Result<(String, String), String> {
    let (lang, said) = text.split_once('=').ok_or(
        "write it as LANG=TEXT, for example en=\"Table 2 named the wrong \
            country\"",
    )?;
    Ok((lang.trim().to_owned(), said.to_owned()))
}

/// An editor as an argument; clap prints the error as text.
fn editor(written: &str) -> std::result::Result<EditorLink, String> {
    EditorLink::parse(written).map_err(|message| message.shown())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_in_another_form_is_reported_the_form() {
        assert!(day("2025-02-03").is_ok());
        for other in ["2025-2-3", "03.02.2025", "20250203", "latest", "2025-02-03T10:00"] {
            assert!(day(other).unwrap_err().contains("2025-02-03"), "{other}");
        }
        assert_eq!(day("2025-02-30").unwrap_err(), "there is no such day in the calendar");
    }
}
