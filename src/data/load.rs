//! Loads a data folder into a [`Dataset`]: reads the package and its files, then calls the checks.
//!
//! Results are memoized (`comemo`) by the content of files: the package, the registers, each table, the
//! whole. The memoized functions are called one after the other and not from within each other, so that
//! each hit keeps its own entry young: a table whose file has not changed is not read again because
//! another table has.

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use indexmap::IndexMap;
use rayon::prelude::*;
use sha2::{Digest, Sha256, Sha512};

use super::checks::Exempt;
use super::field::Registers;
use super::package::{self, Kind, Package, Resource};
use super::sheets::{self, Folder};
use super::{Dataset, Table, coverage, observations, register};
use crate::diag::{
    Code, Diagnostic, Message, Place, Result, Severity, SourceText, Warned, did_you_mean, settle,
};
use crate::files::digest::hexadecimal;
use crate::files::{Blob, Files, Track, Tracked};

/// A file as text, compared by its path and the hash of its content.
#[derive(Clone)]
struct Text {
    source: SourceText,
    content: Blob,
}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { source, content } = self;
        (&source.path, content).hash(state);
    }
}

/// A package, compared by its text.
#[derive(Clone)]
struct Described {
    package: Arc<Package>,
    text: Text,
}

impl Hash for Described {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

/// A file of the package, with the index of its resource.
type Placed = (usize, Text);

/// The registers of a package that could be read; compared by the files they are read from.
struct Known {
    package: Described,
    texts: Vec<Placed>,
    registers: Registers,
    /// The indices of their resources.
    order: Vec<usize>,
    problems: Vec<Diagnostic>,
}

impl Hash for Known {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.package, &self.texts).hash(state);
    }
}

/// A table with its problems; compared by its file and the registers, which determine it.
struct Read {
    made_of: Placed,
    table: Arc<Table>,
    problems: Vec<Diagnostic>,
}

impl Hash for Read {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.made_of.hash(state);
    }
}

/// Reads a data folder. `shown` is the path as the user wrote it, such as `data`.
///
/// The problems of all files are returned together, those of registers first. Codes are not checked
/// against a register that could not be read.
pub fn load(files: &Files, dir: &Path, shown: &Path) -> Result<Warned<Arc<Dataset>>> {
    let Loaded { dataset, found, .. } = read(files, dir, shown)?;
    settle(dataset, found)
}

/// A data folder as it was read, whatever is wrong with it.
pub(super) struct Loaded {
    /// What its tables are said to be.
    pub package: Arc<Package>,
    /// What could be read.
    pub dataset: Arc<Dataset>,
    /// All problems, errors too.
    pub found: Vec<Diagnostic>,
    /// Whether every file and row could be read, so that figures were compared with one another.
    pub is_readable: bool,
}

/// Reads a data folder, and keeps what could be read beside its problems. An error is a package that
/// cannot be read.
pub(super) fn read(files: &Files, dir: &Path, shown: &Path) -> Result<Loaded> {
    let tracked = files.track();
    let name = "datapackage.json";
    let package = described(&text(tracked, &dir.join(name), &shown.join(name))?)?;
    let resources = &package.package.resources;
    let folder = Folder { dir: dir.to_owned(), shown: shown.to_owned() };
    let texts: Vec<Result<Warned<Text>>> = (0..resources.len())
        .into_par_iter()
        .map(|place| text_of(tracked, &package, place, &folder))
        .collect();
    let (mut found, mut warnings) = (vec![], vec![]);
    let mut readable: Vec<Placed> = vec![];
    for (place, text) in texts.into_iter().enumerate() {
        match text {
            Ok(text) => readable.push((place, text.unwarned(&mut warnings))),
            Err(problems) => found.extend(problems),
        }
    }
    let all = readable.iter().map(|(_, text)| text.clone());
    let all: Vec<Text> = std::iter::once(package.text.clone()).chain(all).collect();
    let of_kind = |(place, _): &Placed, kind| resources[*place].kind == kind;
    let (tables, others): (Vec<_>, Vec<_>) =
        readable.into_iter().partition(|placed| of_kind(placed, Kind::Observations));
    let (claims, others): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|placed| of_kind(placed, Kind::Coverage));

    let known = registers(&package, &others);
    let tables: Vec<Arc<Read>> = tables.par_iter().map(|placed| table(&known, placed)).collect();
    let is_whole = found.is_empty();
    found.extend(warnings);
    let (dataset, problems) = &*dataset(&known, &tables, &claims, &all, is_whole);
    found.extend(known.problems.iter().cloned());
    found.extend(tables.iter().flat_map(|read| read.problems.iter().cloned()));
    let is_readable = found.iter().all(|problem| problem.severity != Severity::Error);
    found.extend(problems.iter().cloned());
    let (package, dataset) = (package.package.clone(), dataset.clone());
    Ok(Loaded { package, dataset, found, is_readable })
}

/// The number of tables that this process has read so far; a memoized table does not count.
pub fn tables_read() -> usize {
    READ.load(Ordering::Relaxed)
}

static READ: AtomicUsize = AtomicUsize::new(0);

#[comemo::memoize]
fn described(text: &Text) -> Result<Described> {
    let package = Arc::new(package::read(text.source.clone())?);
    Ok(Described { package, text: text.clone() })
}

/// Reads the registers, sources and releases, and checks the targets of their foreign keys.
#[comemo::memoize]
fn registers(package: &Described, texts: &[Placed]) -> Arc<Known> {
    let resources = &package.package.resources;
    let read: Vec<_> = texts
        .par_iter()
        .map(|(place, text)| (*place, register::read(&resources[*place], text.source.clone())))
        .collect();
    let (mut registers, mut order, mut found) = (Registers::new(), vec![], vec![]);
    for (place, (register, problems)) in read {
        if problems.is_empty() {
            order.push(place);
            registers.insert(resources[place].name.clone(), Arc::new(register));
        }
        found.extend(problems);
    }
    for resource in order.iter().map(|place| &resources[*place]) {
        let text = &registers[&resource.name].text;
        found.extend(register::foreign_keys(resource, text, &registers));
    }
    let (package, texts) = (package.clone(), texts.to_vec());
    Arc::new(Known { package, texts, registers, order, problems: found })
}

#[comemo::memoize]
fn table(known: &Arc<Known>, made_of: &Placed) -> Arc<Read> {
    READ.fetch_add(1, Ordering::Relaxed);
    let (place, text) = made_of;
    let resource = &known.package.package.resources[*place];
    let (table, problems) = observations::read(resource, text.source.clone(), &known.registers);
    Arc::new(Read { made_of: made_of.clone(), table: Arc::new(table), problems })
}

/// Assembles the dataset and runs the checks over all tables. `is_whole` is false if a file could not be
/// read; then the cross-checks are not run.
#[comemo::memoize]
fn dataset(
    known: &Arc<Known>,
    tables: &[Arc<Read>],
    claims: &[Placed],
    files: &[Text],
    is_whole: bool,
) -> Arc<(Arc<Dataset>, Vec<Diagnostic>)> {
    let package = &*known.package.package;
    let resources = &package.resources;
    let mut dataset = Dataset {
        title: package.title.clone(),
        tables: IndexMap::new(),
        registers: IndexMap::new(),
        vintages: IndexMap::new(),
        sources: IndexMap::new(),
        vintages_register: None,
        sources_register: None,
        coverage: vec![],
        confirmed: BTreeSet::new(),
        files: files.iter().map(|text| text.source.clone()).collect(),
    };
    for read in tables {
        dataset.tables.insert(read.table.name.clone(), read.table.clone());
    }
    let mut found = vec![];
    for (place, text) in claims {
        let (coverage, problems) =
            coverage::read(&resources[*place], &text.source, &known.registers, &dataset.tables);
        found.extend(problems);
        dataset.coverage.extend(coverage);
    }
    for resource in known.order.iter().map(|place| &resources[*place]) {
        let Some(register) = known.registers.get(&resource.name) else { continue };
        match resource.kind {
            Kind::Vintages => {
                dataset.vintages = register::vintages(register);
                dataset.vintages_register = Some(resource.name.clone());
            }
            Kind::Sources => {
                dataset.sources = register::sources(register);
                dataset.sources_register = Some(resource.name.clone());
            }
            Kind::Register | Kind::Observations | Kind::Coverage => {}
        }
        dataset.registers.insert(resource.name.clone(), register.clone());
    }
    let said = tables.iter().flat_map(|read| &read.problems);
    let mut said = known.problems.iter().chain(said).chain(&found);
    if is_whole && !said.any(|problem| problem.severity == Severity::Error) {
        let (problems, confirmed) =
            super::checks::check(&dataset, resources, &package.text, Exempt::AsPrinted);
        found.extend(problems);
        dataset.confirmed = confirmed;
    }
    Arc::new((Arc::new(dataset), found))
}

/// Reads the workbook of a resource, the one at `place` of the package, through a recipe. Names and words come from
/// other files, which are tracked.
#[comemo::memoize]
fn of_workbook(
    files: Tracked<Files>,
    package: &Described,
    place: usize,
    content: &Blob,
    folder: &Folder,
) -> Result<Warned<Text>> {
    let package = &package.package;
    let resource = &package.resources[place];
    let recipe = resource.rules.recipe.as_deref().unwrap_or_default();
    let read = sheets::read(files, folder, package, resource, recipe, content)?;
    let text = Text { source: read.value.text, content: read.value.hash };
    Ok(Warned { value: text, warnings: read.warnings })
}

/// The text of a resource: that of its file, or the rows of its workbook.
fn text_of(
    files: Tracked<Files>,
    package: &Described,
    place: usize,
    folder: &Folder,
) -> Result<Warned<Text>> {
    let resource = &package.package.resources[place];
    let path = file(files, &package.package, resource, &folder.dir)?;
    let shown = folder.shown.join(&resource.path);
    if resource.rules.recipe.is_none() {
        let read = text(files, &path, &shown)?;
        let found = other_file(&package.package, resource, read.source.text.as_bytes());
        return if found.is_empty() { Ok(Warned::clean(read)) } else { Err(found) };
    }
    let content = content(files, &path, &shown)?;
    let found = other_file(&package.package, resource, content.bytes());
    if !found.is_empty() {
        return Err(found);
    }
    of_workbook(files, package, place, &content, folder)
}

/// The file of a resource, which must be inside the data folder.
fn file(
    files: Tracked<Files>,
    package: &Package,
    resource: &Resource,
    dir: &Path,
) -> Result<PathBuf> {
    let written = &resource.path;
    let place = || package::locate(&package.text, &[&resource.name, "path", written]);
    let relative = Path::new(written);
    let full = dir.join(relative);
    // A link may still point outside: its owner decides, and the bytes that were read are what counts.
    let inside = relative.components().all(|part| matches!(part, Component::Normal(_)))
        && !written.contains("://");
    if !inside {
        return Err(Diagnostic::error(
            Code::K0112,
            message!("`{written}` is outside the data folder", written),
        )
        .at(place())
        .note(message!("a project must stay complete when its folder is copied"))
        .hint(message!("put the file into the data folder and name it from there"))
        .into());
    }
    if !files.exists(&full) {
        let names = files.list(full.parent().unwrap_or(dir)).ok().flatten().unwrap_or_default();
        let listed = names.iter().map(String::as_str).filter(|name| name.ends_with(".csv"));
        let near = crate::diag::nearest(written, listed);
        return Err(Diagnostic::error(
            Code::K0112,
            message!("there is no file `{written}`", written),
        )
        .at(place())
        .maybe_hint(near.and_then(|name| did_you_mean(written, [name])))
        .hint(message!("add the file, or delete the resource from the package"))
        .into());
    }
    Ok(full)
}

/// The properties `bytes` and `hash` of a resource that do not match the bytes of its file.
fn other_file(package: &Package, resource: &Resource, bytes: &[u8]) -> Vec<Diagnostic> {
    let path = &resource.path;
    let other = message!("the file was changed after it was described, or it is another file");
    let tell = |property: &str, message: Message, (why, instead): (Message, String)| {
        Diagnostic::error(Code::K0153, message)
            .at(package::locate(&package.text, &[&resource.name, property]))
            .note(why)
            .hint(message!(
                "if the file is the right one, write `\"{property}\": {instead}`",
                property,
                instead
            ))
    };
    let mut found = vec![];
    let length = bytes.len();
    if let Some(said) = resource.bytes.filter(|said| *said != length as u64) {
        let message = message!(
            "`{path}` has {length} bytes, but the package says {said}",
            path,
            length,
            said
        );
        found.push(tell("bytes", message, (other.clone(), length.to_string())));
    }
    let Some(said) = &resource.hash else { return found };
    let own = |name: &str| match name {
        "sha256" => Some(hexadecimal(&Sha256::digest(bytes))),
        "sha512" => Some(hexadecimal(&Sha512::digest(bytes))),
        _ => None,
    };
    let (name, digits) = said.split_once(':').unwrap_or(("", said));
    let sum = own(name);
    if sum.as_ref().is_some_and(|sum| sum.eq_ignore_ascii_case(digits)) {
        return found;
    }
    let message = match sum {
        Some(_) => message!("`{path}` has another {name} than the package says", path, name),
        None => message!("the `hash` of `{path}` cannot be compared with the file", path),
    };
    let (name, why) = match sum {
        Some(_) => (name, other),
        None => {
            ("sha256", message!("a checksum that is ignored would look as if it had been checked"))
        }
    };
    let instead = format!("\"{name}:{}\"", own(name).unwrap_or_default());
    found.push(tell("hash", message, (why, instead)));
    found
}

/// The problem that a file cannot be read.
fn unreadable(shown: &Path, message: Message) -> Diagnostic {
    Diagnostic::error(Code::K0101, message).at(Place::Path(shown.to_owned()))
}

/// The bytes of a file.
fn content(files: Tracked<Files>, path: &Path, shown: &Path) -> Result<Blob> {
    let refuse = |message: Message| unreadable(shown, message);
    let content = files.read(path).map_err(|error| match error.kind {
        std::io::ErrorKind::NotFound => refuse(message!("the file is missing"))
            .hint(message!("a data folder needs a `datapackage.json`; name the folder that has one with `--data DIR`")),
        std::io::ErrorKind::IsADirectory | std::io::ErrorKind::InvalidInput => {
            refuse(message!("the file cannot be read: {error}", error))
        }
        kind => refuse(message!("the file cannot be read: {kind}", kind)),
    })?;
    if content.bytes().len() > u32::MAX as usize {
        return Err(refuse(message!("the file is larger than 4 GiB")).into());
    }
    Ok(content)
}

fn text(files: Tracked<Files>, path: &Path, shown: &Path) -> Result<Text> {
    let refuse = |message: Message| unreadable(shown, message);
    let content = content(files, path, shown)?;
    let bytes = content.bytes();
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(refuse(message!("the file is not UTF-8 but UTF-16"))
            .hint(message!("save it as “CSV UTF-8”, not as “Unicode text”"))
            .into());
    }
    let text = content.text().map_err(|error| {
        let at = error.valid_up_to();
        let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
        refuse(message!("the file is not UTF-8: byte {at}, on line {line}", at, line))
            .note(message!("the byte there is 0x{at}", at = format!("{:02X}", bytes[at])))
            .hint(message!("save it as “CSV UTF-8” in the spreadsheet program"))
    })?;
    Ok(Text { source: SourceText::new(shown, text), content })
}
