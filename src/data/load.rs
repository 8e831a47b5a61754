//! From a folder to a [`Dataset`]: reads the package and its files, then calls the checks.

use std::collections::BTreeSet;
use std::path::{Component, Path};
use std::sync::Arc;

use indexmap::IndexMap;
use rayon::prelude::*;

use super::memory::{self, Memory, surroundings};
use super::package::{self, Kind, Package, Resource};
use super::{Dataset, coverage, observations, register};
use crate::diag::{
    Code, Diagnostic, Place, Result, Severity, SourceText, Warned, did_you_mean, settle,
};
use crate::files::Files;

/// Reads a data folder. `shown` is what the user calls it, as `data`.
///
/// All problems of all files come together; the registers first, since a broken register is not
/// held against the rows that point to it.
pub fn load(files: &Files, dir: &Path, shown: &Path) -> Result<Warned<Dataset>> {
    load_with(files, dir, shown, &Memory::default())
}

/// The same, where a table that is made of the same as one read before is not read again.
pub fn load_with(
    files: &Files,
    dir: &Path,
    shown: &Path,
    memory: &Memory,
) -> Result<Warned<Dataset>> {
    memory.begin();
    let described = text(files, &dir.join("datapackage.json"), &shown.join("datapackage.json"))?;
    let package = package::read(described)?;
    let texts: Vec<Result<SourceText>> = package
        .resources
        .par_iter()
        .map(|resource| file(files, &package, resource, dir, shown))
        .collect();
    let mut found = vec![];
    let mut readable = vec![];
    for (resource, text) in package.resources.iter().zip(texts) {
        match text {
            Ok(text) => readable.push((resource, text)),
            Err(problems) => found.extend(problems),
        }
    }
    let texts = std::iter::once(package.text.clone())
        .chain(readable.iter().map(|(_, text)| text.clone()))
        .collect();
    let (tables, registers): (Vec<_>, Vec<_>) =
        readable.into_iter().partition(|(resource, _)| resource.kind == Kind::Observations);

    let (claims, registers): (Vec<_>, Vec<_>) =
        registers.into_iter().partition(|(resource, _)| resource.kind == Kind::Coverage);
    let registers: Vec<_> = registers
        .into_par_iter()
        .map(|(resource, text)| (resource, register::read(resource, text)))
        .collect();
    let mut known = super::field::Registers::new();
    let mut order = vec![];
    for (resource, (register, problems)) in registers {
        if problems.is_empty() {
            order.push(resource);
            known.insert(resource.name.clone(), register);
        }
        found.extend(problems);
    }
    for resource in &order {
        found.extend(register::foreign_keys(resource, &known[&resource.name].text, &known));
    }
    let around = surroundings(
        std::iter::once(&package.text).chain(known.values().map(|register| &register.text)),
    );
    let tables: Vec<_> = tables
        .into_par_iter()
        .map(|(resource, text)| {
            let mut of = around.clone();
            // Two files may hold the same.
            of.update(resource.name.as_bytes());
            memory::add(&mut of, &text);
            memory.table(of.finalize(), || {
                let (table, problems) = observations::read(resource, text, &known);
                (Arc::new(table), problems)
            })
        })
        .collect();

    let mut dataset = Dataset {
        title: package.title.clone(),
        tables: IndexMap::new(),
        registers: IndexMap::new(),
        vintages: IndexMap::new(),
        sources: IndexMap::new(),
        coverage: vec![],
        confirmed: BTreeSet::new(),
        files: texts,
    };
    for (table, problems) in tables {
        found.extend(problems);
        dataset.tables.insert(table.name.clone(), table);
    }
    for (resource, text) in claims {
        let (coverage, problems) = coverage::read(resource, &text, &known, &dataset.tables);
        found.extend(problems);
        dataset.coverage.extend(coverage);
    }
    for resource in order {
        let Some(register) = known.remove(&resource.name) else { continue };
        match resource.kind {
            Kind::Vintages => dataset.vintages = register::vintages(&register),
            Kind::Sources => dataset.sources = register::sources(&register),
            Kind::Register | Kind::Observations | Kind::Coverage => {}
        }
        dataset.registers.insert(resource.name.clone(), register);
    }
    if !found.iter().any(|problem| problem.severity == Severity::Error) {
        let (problems, confirmed) =
            super::checks::check(&dataset, &package.resources, &package.text);
        found.extend(problems);
        dataset.confirmed = confirmed;
    }
    settle(dataset, found)
}

/// The file of a resource, which must lie inside the data folder.
fn file(
    files: &Files,
    package: &Package,
    resource: &Resource,
    dir: &Path,
    shown: &Path,
) -> Result<SourceText> {
    let written = &resource.path;
    let place = || package::locate(&package.text, &[&resource.name, "path", written]);
    let relative = Path::new(written);
    let full = dir.join(relative);
    // A link may still lead out: it is somebody's own, and what counts is what is read.
    let inside = relative.components().all(|part| matches!(part, Component::Normal(_)))
        && !written.contains("://");
    if !inside {
        return Err(Diagnostic::error(Code::K0112, format!("`{written}` leaves the data folder"))
            .at(place())
            .note("a project must stay whole when its folder is copied")
            .hint("put the file into the data folder and name it from there")
            .into());
    }
    if !files.has(&full) {
        let names = files.names(full.parent().unwrap_or(dir)).ok().flatten();
        let listed: Vec<String> =
            names.into_iter().flatten().filter(|name| name.ends_with(".csv")).collect();
        let near = crate::diag::nearest(written, listed.iter().map(String::as_str));
        return Err(Diagnostic::error(Code::K0112, format!("there is no file `{written}`"))
            .at(place())
            .maybe_hint(near.and_then(|name| did_you_mean(written, [name])))
            .hint("add the file, or take the resource out of the package")
            .into());
    }
    text(files, &full, &shown.join(relative))
}

fn text(files: &Files, path: &Path, shown: &Path) -> Result<SourceText> {
    let refuse =
        |message: String| Diagnostic::error(Code::K0101, message).at(Place::Path(shown.to_owned()));
    let bytes = files.bytes(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => refuse("the file is missing".to_owned())
            .hint("a data folder needs a `datapackage.json`; name the folder that has one with `--data DIR`"),
        std::io::ErrorKind::IsADirectory | std::io::ErrorKind::InvalidInput => {
            refuse(format!("the file cannot be read: {error}"))
        }
        kind => refuse(format!("the file cannot be read: {kind}")),
    })?;
    if bytes.len() > u32::MAX as usize {
        return Err(refuse("the file is larger than 4 GiB".to_owned()).into());
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(refuse("the file is not UTF-8 but UTF-16".to_owned())
            .hint("save it as “CSV UTF-8”, not as “Unicode text”")
            .into());
    }
    let content = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
        refuse(format!("the file is not UTF-8: byte {at}, on line {line}"))
            .note(format!("the byte there is 0x{:02X}", bytes[at]))
            .hint("save it as “CSV UTF-8” in the spreadsheet program")
    })?;
    Ok(SourceText::new(shown, content))
}
