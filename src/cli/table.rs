//! `kosh table`: describes a table of the data folder, which nobody has to do in JSON by hand.

use std::io::{IsTerminal, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueHint};

use super::{problems, report, screen};
use crate::data::{Proposal, propose};
use crate::diag::{Code, Diagnostic, Place, Result, slashed};
use crate::output::{Revision, revise};
use crate::project::{Overrides, Project};

pub(super) const EXAMPLES: &str = "\
Examples:
  kosh table new data/visitors.csv          Shows what each column is taken for, and asks
  kosh table new data/visitors.csv --yes    Without asking, for scripts

Only `datapackage.json` is written, and only a new resource into it. What is described already stays as it is.";

#[derive(Args)]
pub(super) struct TableOptions {
    #[command(subcommand)]
    pub what: What,
}

#[derive(Subcommand)]
pub(super) enum What {
    /// Write the resource of a new table into datapackage.json, guessed from the file
    #[command(after_long_help = EXAMPLES)]
    New(NewOptions),
}

#[derive(Args)]
pub(super) struct NewOptions {
    /// The CSV file, in the data folder
    #[arg(value_name = "FILE.csv", value_hint = ValueHint::FilePath, help_heading = "Project")]
    pub file: PathBuf,
    /// The project's folder
    #[arg(long, value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath, help_heading = "Project")]
    pub project: PathBuf,
    /// Another data folder
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = "Project")]
    pub data: Option<PathBuf>,
    /// Write without asking
    #[arg(long, short, help_heading = "Rows")]
    pub yes: bool,
}

/// Describes a table.
pub(super) fn table(options: &TableOptions) -> ExitCode {
    let What::New(options) = &options.what;
    match new(options) {
        Ok(code) => code,
        Err(found) => {
            report::problems(&found);
            problems()
        }
    }
}

fn new(options: &NewOptions) -> Result<ExitCode> {
    let overrides = Overrides { data: options.data.clone(), ..Overrides::default() };
    let project = Project::open(&options.project, &overrides)?;
    let path = in_data(&project, &options.file)?;
    let shown = project.shown(&project.data);
    let proposal = propose(&project.files, (&project.data, &shown), &path)?;
    print(&proposal, &path);
    let package = slashed(&shown.join("datapackage.json"));
    let Some(after) = &proposal.after else {
        say_line!("{package} describes it so already");
        return Ok(ExitCode::SUCCESS);
    };
    if !options.yes && !agreed(&package) {
        say_line!("nothing was written; `--yes` writes it without asking");
        return Ok(ExitCode::from(1));
    }
    let revision = Revision {
        name: "datapackage.json".to_owned(),
        before: Some(proposal.before.clone().into_bytes().into()),
        after: Some(after.clone().into_bytes().into()),
    };
    revise(&project.data, &[revision])?;
    say_line!("written into {package}");
    say_line!("next: kosh check data");
    Ok(ExitCode::SUCCESS)
}

/// The path of a file in the data folder, which the user names from where they are or from that folder.
fn in_data(project: &Project, file: &Path) -> Result<String> {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    let folder = real(&project.data);
    let given = [file.to_path_buf(), project.root.join(file), project.data.join(file)];
    let found = given.iter().filter_map(|path| real(path));
    for path in found {
        if let Some(inside) = folder.as_ref().and_then(|folder| path.strip_prefix(folder).ok()) {
            return Ok(slashed(inside));
        }
    }
    let shown = project.shown(&project.data);
    Err(Diagnostic::error(
        Code::K0180,
        message!("`{file}` is not in the data folder", file = file.display()),
    )
    .at(Place::Path(file.to_path_buf()))
    .hint(message!("put the file into {shown}", shown = shown.display()))
    .into())
}

fn print(proposal: &Proposal, path: &str) {
    say_line!("{path}: table `{}`", proposal.name);
    let width = proposal.columns.iter().map(|one| one.column.chars().count()).max().unwrap_or(0);
    for one in &proposal.columns {
        say_line!("  {:width$}  {:10}  {}", one.column, one.role, one.because);
    }
    say_line!("{}", proposal.resource);
}

/// Whether the person at the terminal agrees; where nobody can be asked, the answer is no.
fn agreed(package: &str) -> bool {
    if !std::io::stdin().is_terminal() {
        return false;
    }
    say!("write this into {package}? [y/N] ");
    screen::out_with(|| std::io::stdout().flush());
    let mut answer = String::new();
    let read = std::io::stdin().read_line(&mut answer);
    read.is_ok() && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")
}
