//! How the tables of a data folder are laid out, for who prepares rows for them ([`write`](super::write) puts rows in).
//!
//! In: `datapackage.json`. Out: for each table its file, its columns in order with what each is for, and
//! the sign between two fields; and the records of a text that is laid out so. What the rows mean is
//! found out when they are read ([`load`](super::load)).

use std::path::Path;

use super::csv;
use super::package::{self, Kind, Role};
use crate::diag::{Code, Diagnostic, Place, Result, SourceText};
use crate::files::{Files, Track, text};

/// What a table is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Figures.
    Observations,
    /// Codes.
    Register,
    /// Releases.
    Vintages,
    /// Sources.
    Sources,
    /// What releases publish.
    Coverage,
}

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// When a figure holds.
    Time,
    /// One of the dimensions of the key.
    Dimension,
    /// The figure.
    Value,
    /// What it counts.
    Unit,
    /// The unit of the printed figure.
    RoundedTo,
    /// What the source says of it besides.
    Qualifier,
    /// Its release.
    Vintage,
    /// Its source.
    Source,
    /// What a reader of the row has to know.
    Note,
    /// Anything else.
    Other,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name in the header.
    pub name: String,
    /// What it is for.
    pub part: Part,
}

/// The file of a table, and how it is laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The name of the table.
    pub name: String,
    /// Its file, from the data folder.
    pub path: String,
    /// What it is for.
    pub holds: Holds,
    /// Its columns, in the order of the schema; the file may have them in another.
    pub columns: Vec<Column>,
    /// The names of the columns of its key.
    pub key: Vec<String>,
    /// The byte between two fields.
    pub delimiter: u8,
    /// Whether its file is a workbook, into which no row is written.
    pub is_workbook: bool,
}

/// A record of a table: its line, and its fields with their bytes in the text.
pub type Record = (usize, Vec<(String, std::ops::Range<usize>)>);

/// The tables of a data folder that have a role. `shown` is what the user calls it.
pub fn layouts(files: &Files, dir: &Path, shown: &Path) -> Result<Vec<Layout>> {
    let name = "datapackage.json";
    let package = package::read(text(files.track(), &dir.join(name), &shown.join(name))?)?;
    let layout = |resource: &package::Resource| Layout {
        name: resource.name.clone(),
        path: resource.path.clone(),
        holds: match resource.kind {
            Kind::Observations => Holds::Observations,
            Kind::Register => Holds::Register,
            Kind::Vintages => Holds::Vintages,
            Kind::Sources => Holds::Sources,
            Kind::Coverage => Holds::Coverage,
        },
        columns: { resource.fields.iter() }
            .map(|field| Column { name: field.name.clone(), part: part(field.role) })
            .collect(),
        key: resource.primary_key.iter().map(|at| resource.fields[*at].name.clone()).collect(),
        delimiter: resource.delimiter,
        is_workbook: resource.rules.recipe.is_some(),
    };
    Ok(package.resources.iter().map(layout).collect())
}

fn part(role: Role) -> Part {
    match role {
        Role::Time => Part::Time,
        Role::Dimension => Part::Dimension,
        Role::Value => Part::Value,
        Role::Unit => Part::Unit,
        Role::RoundedTo => Part::RoundedTo,
        Role::Qualifier => Part::Qualifier,
        Role::Vintage => Part::Vintage,
        Role::Source => Part::Source,
        Role::Note => Part::Note,
        Role::Attribute => Part::Other,
    }
}

/// The records of a text, the header first. A record that cannot be split is refused (K0123).
pub fn records(text: &SourceText, delimiter: u8) -> Result<Vec<Record>> {
    let refuse = |broken: csv::Broken, place: Place| {
        Diagnostic::error(Code::K0123, broken.reason).at(place).hint(broken.remedy)
    };
    if let Some(broken) = csv::control(&text.text) {
        let place = text.place(broken.range.clone());
        return Err(refuse(broken, place).into());
    }
    let mut reader = csv::Reader::new(&text.text, delimiter);
    let (mut fields, mut all) = (vec![], vec![]);
    while let Some(record) = reader.next(&mut fields) {
        match record {
            Ok(line) => {
                let fields =
                    fields.iter().map(|field| (field.text.to_string(), field.range.clone()));
                all.push((line, fields.collect()));
            }
            Err(broken) => {
                let place = text.place(broken.range.clone());
                return Err(refuse(broken, place).into());
            }
        }
    }
    Ok(all)
}
