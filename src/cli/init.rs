//! `kosh init`: creates a new project.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueHint};

use super::questions::{self, AtTerminal, Words};
use super::{problems, report};
use crate::diag::{Code, Diagnostic, Place, Result};
use crate::output::{self, File};
use crate::project::{
    Overrides, Project,
    init::{self, Asked, Extent, Look, Made},
    vscode,
};

pub(super) const EXAMPLES: &str = "\
Examples:
  kosh init brief                           Everything: data, templates, the shipped profile
  kosh init brief --profile mlspp           The profile of another shipped body
  kosh init brief --profile our-agency      A new profile for your body, to fill in
  kosh init brief --bare                    Only the files that differ; templates come from kosh
  kosh init brief --language ru             In one language
  kosh init brief --blank                   The smallest project of any country and subject
  kosh init brief --profile our-agency --name en=\"Our Agency\" --accent \"#0B6157\" --logo logo.svg
  kosh init brief --profile our-agency --from ../theirs    With the look of another project

On a terminal kosh asks for what the options leave open; with --yes it asks nothing.
kosh downloads nothing and overwrites nothing: the folder must be new or empty.";

#[derive(Args, Clone, Default)]
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
    /// The smallest project, for another country or subject: one table, two indicators, one section
    #[arg(long, conflicts_with_all = ["bare", "extends", "region", "no_regions"], help_heading = "Project")]
    pub blank: bool,
    /// Also write settings and snippets for VS Code
    #[arg(long, help_heading = "Project")]
    pub vscode: bool,
    /// The region of the brief, for example KZ-71
    #[arg(long, value_name = "CODE", help_heading = "What to publish")]
    pub region: Option<String>,
    /// The languages of the brief (repeat, or separate with commas)
    #[arg(long, value_name = "LANG", value_delimiter = ',', help_heading = "What to publish")]
    pub language: Vec<String>,
    /// Make no briefs of single regions
    #[arg(long, conflicts_with = "region", help_heading = "What to publish")]
    pub no_regions: bool,
    /// The period: 2025-H1, 2025-9M, 2025, or latest
    #[arg(long, value_name = "PERIOD", value_parser = period, help_heading = "What to publish")]
    pub period: Option<String>,
    /// The body's name on the first page, in each language
    #[arg(long, value_name = "LANG=NAME", value_parser = name, help_heading = "Look")]
    pub name: Vec<(String, String)>,
    /// The colour of headings, large numbers and links, such as #12436D
    #[arg(long, value_name = "COLOUR", help_heading = "Look")]
    pub accent: Option<String>,
    /// The logo: an SVG, PNG or JPEG file, which is copied
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Look")]
    pub logo: Option<PathBuf>,
    /// Another project whose colours, logo, fonts and page are copied
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = "Look")]
    pub from: Option<PathBuf>,
    /// Ask nothing
    #[arg(long, short, help_heading = "Report")]
    pub yes: bool,
    /// Print only problems
    #[arg(long, short, help_heading = "Report")]
    pub quiet: bool,
}

/// A period as it is written in `brief.toml`.
pub(super) fn period(text: &str) -> std::result::Result<String, String> {
    let is_known = text == "latest" || text.parse::<crate::stats::Period>().is_ok();
    match is_known {
        true => Ok(text.to_owned()),
        false => Err("write it as 2025-H1, 2025-9M, 2025, 2025-Q2, or latest".to_owned()),
    }
}

/// A name with its language.
fn name(text: &str) -> std::result::Result<(String, String), String> {
    let (lang, name) = text.split_once('=').unwrap_or_default();
    match !lang.trim().is_empty() && !name.trim().is_empty() {
        true => Ok((lang.trim().to_owned(), name.trim().to_owned())),
        false => Err("write it as LANG=NAME, for example en=\"Our Agency\"".to_owned()),
    }
}

/// Creates a new project.
pub(super) fn init(given: &InitOptions) -> ExitCode {
    let mut options = given.clone();
    let is_asking = !options.yes
        && !options.quiet
        && std::io::stdin().is_terminal()
        && std::io::stderr().is_terminal();
    if is_asking {
        let words = Words::read();
        questions::intro(&words);
        if let Err(reason) = questions::ask(&mut options, &words, &mut AtTerminal) {
            err_line!("kosh: nothing was written: {reason}");
            return ExitCode::from(2);
        }
    }
    match attempt(&options) {
        Ok(made) => {
            if !options.quiet {
                next(&options, &made);
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
        has_no_regions: options.no_regions,
        period: options.period.clone(),
        names: options.name.iter().cloned().collect::<BTreeMap<_, _>>(),
        look: look(options)?,
        extent: match () {
            () if options.blank => Extent::Blank,
            () if options.bare => Extent::Bare,
            () => Extent::Whole,
        },
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

/// The look that the options name: that of another project, with the given colour and logo instead of its own.
fn look(options: &InitOptions) -> Result<Look> {
    let mut look = match &options.from {
        Some(folder) => {
            let overrides = Overrides { any_region: true, ..Overrides::default() };
            Look::of(&Project::open(folder, &overrides)?)?
        }
        None => Look::default(),
    };
    if let Some(accent) = &options.accent {
        look.set_accent(accent)?;
    }
    if let Some(path) = &options.logo {
        let bytes = std::fs::read(path).map_err(|error| {
            let message =
                message!("`{path}` cannot be read: {error}", path = path.display(), error);
            vec![
                Diagnostic::error(Code::K0001, message)
                    .at(Place::option("logo", path.display()))
                    .hint(message!("name an SVG, PNG or JPEG file")),
            ]
        })?;
        look.set_logo(path, bytes)?;
    }
    Ok(look)
}

/// Prints the next steps.
fn next(options: &InitOptions, made: &Made) {
    let folder = &options.folder;
    say_text!(
        "{folder}: {number_of_files} files, profile `{profile}`",
        folder = folder.display(),
        number_of_files = made.files.len(),
        profile = made.profile
    );
    say_text!("next:");
    if folder != Path::new(".") {
        say_text!("  cd {folder}", folder = quoted(folder));
    }
    // The profile may need a region, which the user must name.
    match Project::open(folder, &Overrides::default()) {
        Err(found) if found.iter().any(|d| d.code == Code::K0014) => {
            say_text!("  kosh build --region CODE    (codes: data/regions.csv)");
        }
        _ => say_text!("  kosh build"),
    }
    say_line!("  kosh handbook {}", if options.blank { "from-nothing" } else { "first-brief" });
    let own = format!("templates/profiles/{}/profile.toml", made.profile);
    if made.files.iter().any(|file| file.name == own) {
        say_text!("files for you to change: {own}", own = own.as_str());
    }
}

/// A path quoted for a shell.
fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    let is_plain = |c: char| c.is_alphanumeric() || "/._-~\\:".contains(c);
    if path.chars().all(is_plain) { path } else { format!("\"{path}\"") }
}
