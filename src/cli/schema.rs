//! `kosh schema`: prints the JSON Schema of a file.

use std::process::ExitCode;

use clap::Args;

use crate::project::schemas::File;

pub(super) const EXAMPLES: &str = "\
Examples:
  kosh schema brief > schemas/brief.json

Editors find the schema by the first line of a file: `#:schema schemas/brief.json`, a path relative to
the file (Taplo; Even Better TOML in VS Code). `kosh init` writes the schemas and these lines.";

#[derive(Args)]
pub(super) struct SchemaOptions {
    /// The file, without its ending
    #[arg(value_enum, value_name = "FILE", help_heading = "Project")]
    pub file: File,
}

/// Prints a schema.
pub(super) fn schema(options: &SchemaOptions) -> ExitCode {
    say!("{}", options.file.text());
    ExitCode::SUCCESS
}
