//! `kosh init`: creates a new project.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueHint};

use super::{problems, report};
use crate::diag::{Code, Result};
use crate::output::{self, File};
use crate::project::{
    Overrides, Project,
    init::{self, Asked, Extent, Made},
    vscode,
};

pub(super) const EXAMPLES: &str = "\
Examples:
  kosh init brief                           Everything: data, templates, the shipped profile
  kosh init brief --profile mlspp           The profile of another shipped body
  kosh init brief --profile our-agency      A new profile for your body, to fill in
  kosh init brief --bare                    Only the files that differ; templates come from kosh
  kosh init brief --language ru             In one language

kosh downloads nothing and overwrites nothing: the folder must be new or empty.";

#[derive(Args)]
pub(super) struct InitOptions {
    /// The folder of the project; it must be new or empty
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = "Project")]
    pub folder: PathBuf,
    /// The publishing body's profile: a shipped one, or the id of a new one
    #[arg(long, value_name = "ID", help_heading = "Project")]
    pub profile: Option<String>,
    /// The shipped profile that a new profile extends
    #[arg(long, value_name = "ID", help_heading = "Project")]
    pub extends: Option<String>,
    /// Write only the files that differ; templates come from the program
    #[arg(long, help_heading = "Project")]
    pub bare: bool,
    /// Also write settings and snippets for VS Code
    #[arg(long, help_heading = "Project")]
    pub vscode: bool,
    /// The region of the brief, for example KZ-71
    #[arg(long, value_name = "CODE", help_heading = "What to publish")]
    pub region: Option<String>,
    /// The languages of the brief (repeat, or separate with commas)
    #[arg(long, value_name = "LANG", value_delimiter = ',', help_heading = "What to publish")]
    pub language: Vec<String>,
    /// Print only problems
    #[arg(long, short, help_heading = "Report")]
    pub quiet: bool,
}

/// Creates a new project.
pub(super) fn init(options: &InitOptions) -> ExitCode {
    match attempt(options) {
        Ok(made) => {
            if !options.quiet {
                next(options, &made);
            }
            ExitCode::SUCCESS
        }
        Err(found) => {
            report::problems(&found);
            problems()
        }
    }
}

fn attempt(options: &InitOptions) -> Result<Made> {
    let made = init::make(&Asked {
        profile: options.profile.clone(),
        extends: options.extends.clone(),
        languages: options.language.clone(),
        region: options.region.clone(),
        extent: if options.bare { Extent::Bare } else { Extent::Whole },
    })?;
    let mut files = made.files.clone();
    if options.vscode {
        files.extend(
            vscode::files()
                .into_iter()
                .map(|file| File { name: format!("{}/{}", vscode::FOLDER, file.name), ..file }),
        );
    }
    output::create(&options.folder, &files)?;
    Ok(Made { files, ..made })
}

/// Prints the next steps.
fn next(options: &InitOptions, made: &Made) {
    let folder = &options.folder;
    say_line!("{}: {} files, profile `{}`", folder.display(), made.files.len(), made.profile);
    say_line!("next:");
    if folder != Path::new(".") {
        say_line!("  cd {}", quoted(folder));
    }
    // The profile may need a region, which the user must name.
    match Project::open(folder, &Overrides::default()) {
        Err(found) if found.iter().any(|d| d.code == Code::K0014) => {
            say_line!("  kosh build --region CODE    (codes: data/regions.csv)");
        }
        _ => say_line!("  kosh build"),
    }
    say_line!("  kosh explain section.general");
    let own = format!("templates/profiles/{}/profile.toml", made.profile);
    if made.files.iter().any(|file| file.name == own) {
        say_line!("files for you to change: {own}");
    }
}

/// A path quoted for a shell.
fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    let is_plain = |c: char| c.is_alphanumeric() || "/._-~\\:".contains(c);
    if path.chars().all(is_plain) { path } else { format!("\"{path}\"") }
}
