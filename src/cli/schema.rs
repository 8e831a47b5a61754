//! `kosh schema`: prints the JSON Schema of a file, or writes what VS Code needs.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueHint};

use super::{problems, report};
use crate::diag::Result;
use crate::output::{self, File as Written};
use crate::project::schemas::File;
use crate::project::vscode;

pub(super) const EXAMPLES: &str = "\
Examples:
  kosh schema brief > schemas/brief.json
  kosh schema --vscode            Snippets, settings and all schemas for VS Code, in this project

Editors find the schema by the first line of a file: `#:schema schemas/brief.json`, a path relative to
the file (Taplo; Even Better TOML in VS Code). `kosh init` writes the schemas and these lines.";

#[derive(Args)]
pub(super) struct SchemaOptions {
    /// The file, without its ending
    #[arg(
        value_enum,
        value_name = "FILE",
        required_unless_present = "vscode",
        help_heading = "Project"
    )]
    pub file: Option<File>,
    /// Write settings, snippets and all schemas for VS Code into a project; by default into this folder
    #[arg(long, value_name = "DIR", num_args = 0..=1, default_missing_value = ".", value_hint = ValueHint::DirPath, conflicts_with = "file", help_heading = "Project")]
    pub vscode: Option<PathBuf>,
}

/// Prints a schema, or writes the files for VS Code.
pub(super) fn schema(options: &SchemaOptions) -> ExitCode {
    if let Some(file) = options.file {
        say!("{}", file.text());
    }
    let Some(project) = &options.vscode else { return ExitCode::SUCCESS };
    match write(project) {
        Ok(written) => {
            written.iter().for_each(|path| say_line!("{path}"));
            ExitCode::SUCCESS
        }
        Err(found) => {
            report::problems(&found);
            problems()
        }
    }
}

/// Writes the files for VS Code; returns their paths in the project.
pub(super) fn write(project: &Path) -> Result<Vec<String>> {
    let schemas: Vec<Written> = File::ALL
        .into_iter()
        .map(|file| Written {
            name: format!("{}.json", file.name()),
            bytes: file.text().into_bytes(),
        })
        .collect();
    let is_schema = |bytes: &[u8]| {
        let schema: Option<serde_json::Value> = serde_json::from_slice(bytes).ok();
        schema.is_some_and(|schema| schema["$schema"].is_string() && schema["title"].is_string())
    };
    let own = vscode::files();
    // The folder that may have files of the user first: if they are in the way, nothing is written.
    output::add(&project.join(vscode::FOLDER), &own, vscode::is_own)?;
    output::add(&project.join("schemas"), &schemas, is_schema)?;
    let path = |folder: &str, file: &Written| format!("{folder}/{}", file.name);
    let own = own.iter().map(|file| path(vscode::FOLDER, file));
    Ok(own.chain(schemas.iter().map(|file| path("schemas", file))).collect())
}
