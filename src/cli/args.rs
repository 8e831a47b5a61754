//! The arguments.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;

use crate::indicators::BaseRule;
use crate::period::Period;
use crate::project::{Format, Overrides};

/// Turns official migration statistics into a policy brief, in every language from one set of facts.
#[derive(Parser)]
#[command(name = "kosh", version, propagate_version = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Make the brief in every language
    Build(BuildOptions),
    /// Check everything short of making the PDFs
    Check(BuildOptions),
    /// Build, and build again whenever something it read has changed
    Watch(WatchOptions),
    /// Show the facts of a period, or one of them with its origin
    Facts(FactsOptions),
    /// Show what changed between two days, periods, builds or data folders
    Diff(DiffOptions),
    /// Explain a diagnostic code, as K0120
    Explain(ExplainOptions),
}

/// What every command takes.
#[derive(Args, Clone)]
pub(super) struct Common {
    /// The project's folder
    #[arg(long, value_name = "DIR", default_value = ".", help_heading = "Project")]
    pub project: PathBuf,
    /// The publishing body's profile
    #[arg(long, value_name = "ID", help_heading = "Project")]
    pub profile: Option<String>,
    /// The region whose brief it is, as KZ-71
    #[arg(long, value_name = "CODE", help_heading = "What to publish")]
    pub region: Option<String>,
    /// Another data folder
    #[arg(long, value_name = "DIR", help_heading = "Project")]
    pub data: Option<PathBuf>,
    /// The period: 2025-H1, 2025-9M, 2025, 2025-01..2025-06, or latest
    #[arg(long, value_name = "PERIOD", value_parser = period, help_heading = "What to publish")]
    pub period: Option<AskedPeriod>,
    /// Only what was published by the end of this day, as 2025-08-11
    #[arg(long, value_name = "DATE", help_heading = "What to publish")]
    pub as_of: Option<Date>,
    /// Which release of the year before a change is measured against
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
    pub fn overrides(&self, output: Option<PathBuf>) -> Overrides {
        Overrides {
            profile: self.profile.clone(),
            region: self.region.clone(),
            data: self.data.clone(),
            output,
            languages: self.language.clone(),
            formats: self.format.clone(),
            base: self.base,
            since: None,
        }
    }

    /// The period asked for, if it is not the latest.
    pub fn period(&self) -> Option<Period> {
        match self.period {
            Some(AskedPeriod::This(period)) => Some(period),
            _ => None,
        }
    }

    /// Whether the latest period is asked for, whatever the project says.
    pub fn wants_latest(&self) -> bool {
        matches!(self.period, Some(AskedPeriod::Latest))
    }
}

/// A period on the command line.
#[derive(Clone, Copy)]
pub(super) enum AskedPeriod {
    Latest,
    This(Period),
}

fn period(text: &str) -> Result<AskedPeriod, String> {
    if text == "latest" { Ok(AskedPeriod::Latest) } else { text.parse().map(AskedPeriod::This) }
}

#[derive(Args)]
pub(super) struct BuildOptions {
    #[command(flatten)]
    pub common: Common,
    /// Where the editions go
    #[arg(long, value_name = "DIR", help_heading = "Project")]
    pub output: Option<PathBuf>,
    /// The previous issue, a day or a folder that a build left: say what was revised since
    #[arg(long, value_name = "DATE|DIR", help_heading = "What to publish")]
    pub since: Option<String>,
    /// Say how long each stage took
    #[arg(long, help_heading = "Report")]
    pub timings: bool,
}

#[derive(Args)]
pub(super) struct WatchOptions {
    #[command(flatten)]
    pub build: BuildOptions,
    /// Show the pages of all languages side by side in a browser, and where each number comes from
    #[arg(long, help_heading = "Preview")]
    pub preview: bool,
    /// The port of the preview's page; any that is free if left out
    #[arg(long, value_name = "PORT", requires = "preview", help_heading = "Preview")]
    pub port: Option<u16>,
}

#[derive(Args)]
pub(super) struct FactsOptions {
    #[command(flatten)]
    pub common: Common,
    /// The fact: X1, X1.change, I4 …; all of them if left out
    pub id: Option<String>,
    /// As comma-separated values
    #[arg(long, conflicts_with = "json", help_heading = "Report")]
    pub csv: bool,
}

#[derive(Args)]
pub(super) struct DiffOptions {
    /// The earlier issue: a day (2026-02-09), a period (2025-H1), a folder that a build left, or a
    /// data folder; the last build, if left out
    pub before: Option<String>,
    /// The later issue; the project as it is now, if left out
    pub after: Option<String>,
    #[command(flatten)]
    pub common: Common,
    /// End with 1 if anything changed, with 2 if the two cannot be compared
    #[arg(long, help_heading = "Report")]
    pub exit_code: bool,
}

#[derive(Args)]
pub(super) struct ExplainOptions {
    /// The code, as K0120
    pub code: String,
}
