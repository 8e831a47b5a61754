//! `kosh import`: figures of a workbook into the data folder.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueHint};
use jiff::civil::Date;
use regex::Regex;
use serde_json::{Value, json};

use super::{problems, report, screen};
use crate::diag::{Code, Diagnostic, Place, Result, Severity};
use crate::files::Blob;
use crate::import::{self, Asked, Checked, Ground, Library, Origin, Plan, State};
use crate::project::{Overrides, Project};
use crate::recipes::{Reading, Recipe, picture};
use crate::workbook::{Encoding, Format, Options, Separator, Workbook};

pub(super) const EXAMPLES: &str = "\
Examples:
  kosh import downloads/migration.xlsx --dry-run      What would be written, cell by cell
  kosh import downloads/migration.xlsx --released 2026-08-11
  kosh import table.csv --recipe interregional --encoding windows-1251
  kosh import - --recipe release-text < page.txt      Text copied from a page
  kosh import --undo                                  Undo the last import

The rows are written only if all of them are correct, and all at once.";

#[derive(Args)]
pub(super) struct ImportOptions {
    /// The workbook: xlsx, xls, xlsb, ods, csv or text, or the description of a table; `-` for standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath, required_unless_present = "undo",
          help_heading = "What to import")]
    pub file: Option<PathBuf>,
    /// The recipe for the workbook; found automatically if only one fits
    #[arg(long, value_name = "NAME", help_heading = "What to import")]
    pub recipe: Option<String>,
    /// The encoding of a text file, for example windows-1251; by default detected
    #[arg(long, value_name = "NAME", help_heading = "What to import")]
    pub encoding: Option<Encoding>,
    /// The separator of a text file: tab, semicolon, comma, bar; by default detected
    #[arg(long, value_name = "NAME", help_heading = "What to import")]
    pub separator: Option<Separator>,
    /// Of a package with several tables: the one that is read
    #[arg(long, value_name = "NAME", help_heading = "What to import")]
    pub resource: Option<String>,
    /// Only show what would be written
    #[arg(long, help_heading = "What to import")]
    pub dry_run: bool,
    /// Write without asking, for scripts
    #[arg(long, short, help_heading = "What to import")]
    pub yes: bool,
    /// Write the correct figures although others are refused
    #[arg(long, help_heading = "What to import")]
    pub partial: bool,
    /// Write although the new rows have this warning, for example K0140 (repeat, or separate with commas)
    #[arg(long, value_name = "CODE", value_delimiter = ',', help_heading = "What to import")]
    pub accept: Vec<String>,
    /// Undo the last import
    #[arg(long, conflicts_with_all = ["file", "dry_run"], help_heading = "What to import")]
    pub undo: bool,
    #[command(flatten)]
    pub release: ReleaseOptions,
    #[command(flatten)]
    pub common: CommonOptions,
    /// Write a picture of the sheet that shows how each cell was read
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Report")]
    pub picture: Option<PathBuf>,
}

/// The release and the source of the figures.
#[derive(Args, Default)]
pub(super) struct ReleaseOptions {
    /// The key of the release, for example 2026-H1-express; `{period}` is replaced by the latest period
    #[arg(long, value_name = "KEY", help_heading = "What to import")]
    pub vintage: Option<String>,
    /// The status of the release: express, final or secondary
    #[arg(long, value_name = "STATUS", help_heading = "What to import")]
    pub status: Option<String>,
    /// The first day on which the figures were public, for example 2026-08-11
    #[arg(long, value_name = "DATE", help_heading = "What to import")]
    pub released: Option<Date>,
    /// The key of the source in the table of sources
    #[arg(long, value_name = "KEY", help_heading = "What to import")]
    pub source: Option<String>,
    /// The publisher of a new source
    #[arg(long, value_name = "TEXT", help_heading = "What to import")]
    pub publisher: Option<String>,
    /// The title of a new source
    #[arg(long, value_name = "TEXT", help_heading = "What to import")]
    pub title: Option<String>,
    /// The address of a new source
    #[arg(long, value_name = "URL", help_heading = "What to import")]
    pub url: Option<String>,
    /// Another column of the row of a new source (repeat)
    #[arg(long, value_name = "COLUMN=TEXT", value_parser = field, help_heading = "What to import")]
    pub source_field: Vec<(String, String)>,
}

/// What both commands take.
#[derive(Args)]
pub(super) struct CommonOptions {
    /// The project's folder
    #[arg(long, value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath,
          help_heading = "Project")]
    pub project: PathBuf,
    /// Another data folder
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = "Project")]
    pub data: Option<PathBuf>,
    /// Print only problems
    #[arg(long, short, help_heading = "Report")]
    pub quiet: bool,
    /// Report as JSON, for other programs
    #[arg(long, help_heading = "Report")]
    pub json: bool,
}

fn field(text: &str) -> std::result::Result<(String, String), String> {
    let (name, said) = text.split_once('=').ok_or("write it as COLUMN=TEXT")?;
    Ok((name.trim().to_owned(), said.to_owned()))
}

impl CommonOptions {
    /// The data of the project and its recipes.
    pub(super) fn open(&self) -> Result<(Ground, Library)> {
        let overrides =
            Overrides { data: self.data.clone(), any_region: true, ..Overrides::default() };
        let project = Project::open(&self.project, &overrides)?;
        let ground = Ground::open(project)?;
        let shown = ground.project.shown(&ground.project.data);
        let library = Library::read(&ground.project.files, &ground.project.data, &shown)?;
        Ok((ground, library))
    }
}

impl ReleaseOptions {
    fn asked(&self, is_partial: bool) -> Asked {
        let mut source: BTreeMap<String, String> = self.source_field.iter().cloned().collect();
        let named = [
            ("id", &self.source),
            ("publisher", &self.publisher),
            ("title", &self.title),
            ("url", &self.url),
        ];
        for (name, text) in named {
            if let Some(text) = text {
                source.insert(name.to_owned(), text.clone());
            }
        }
        Asked {
            vintage: self.vintage.clone(),
            status: self.status.clone(),
            released: self.released,
            source,
            is_partial,
        }
    }
}

/// The bytes of a file, or of standard input, and what it is called.
pub(super) fn bytes(file: &Path) -> Result<Origin> {
    let refuse = |error: &dyn std::fmt::Display| {
        vec![
            Diagnostic::error(
                Code::K0001,
                message!("`{file}` cannot be read: {error}", file = file.display(), error),
            )
            .at(Place::Path(file.to_path_buf())),
        ]
    };
    if file == Path::new("-") {
        let mut bytes = vec![];
        std::io::stdin().read_to_end(&mut bytes).map_err(|error| refuse(&error))?;
        return Ok(Origin { name: "pasted.txt".to_owned(), bytes: Blob::from(bytes) });
    }
    let files = crate::files::Files::new();
    let bytes = files.read(file).map_err(|error| refuse(&error))?;
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Origin { name, bytes })
}

/// Reads a file, and the table beside it that it may describe.
pub(super) fn workbook(
    file: &Path,
    origin: &Origin,
    path: &Path,
    options: &Options,
) -> Result<Workbook> {
    let files = crate::files::Files::new();
    let beside = |name: &str| match (file == Path::new("-"), file.parent()) {
        (false, Some(above)) => files.read(&above.join(name)).map_err(|error| error.to_string()),
        _ => Err("what is pasted has no folder".to_owned()),
    };
    Workbook::read_with(origin.bytes.bytes(), path, options, &beside)
}

/// The expression of a name.
pub(super) fn called(name: &str) -> Regex {
    Regex::new(&format!("^{}$", regex::escape(name))).expect("an escaped name is an expression")
}

/// The path by which a file is known in messages.
pub(super) fn shown(file: &Path, origin: &Origin) -> PathBuf {
    if file == Path::new("-") { PathBuf::from(&origin.name) } else { file.to_path_buf() }
}

/// Takes figures of a workbook into the data.
pub(super) fn import(options: &ImportOptions) -> ExitCode {
    if options.undo {
        return undo(&options.common);
    }
    let mut reported = Reported::default();
    let done = attempt(options, &mut reported);
    if let Err(found) = &done {
        reported.problems.extend(found.iter().cloned());
    }
    let is_done = done.unwrap_or(false);
    crate::diag::distinct(&mut reported.problems);
    if options.common.json {
        let diagnostics = report::as_json(&reported.problems);
        say_line!("{:#}", json!({ "import": reported.value, "diagnostics": diagnostics }));
    } else {
        report::problems(&reported.problems);
        if let Some(last) = &reported.last {
            say_line!("{last}");
        }
    }
    if is_done { ExitCode::SUCCESS } else { problems() }
}

/// What is told at the end.
#[derive(Default)]
struct Reported {
    value: Value,
    problems: Vec<Diagnostic>,
    last: Option<String>,
}

/// Reads, compares, asks and writes; gives whether what was asked for was done.
fn attempt(options: &ImportOptions, reported: &mut Reported) -> Result<bool> {
    let file = options.file.clone().unwrap_or_default();
    let (ground, library) = options.common.open()?;
    let origin = bytes(&file)?;
    let path = shown(&file, &origin);
    let (mut workbook, recipe, mut reading) = read(options, &ground, &library, &origin, &path)?;
    if let Some(out) = &options.picture {
        write_picture(out, recipe, &workbook, &reading)?;
    }
    let asks = !options.yes
        && !options.dry_run
        && !options.common.json
        && file != Path::new("-")
        && std::io::stdin().is_terminal()
        && std::io::stdout().is_terminal();
    let mut asked = options.release.asked(options.partial);
    let mut plan = import::plan(&ground, recipe, &workbook, &reading, &asked);
    if !options.common.quiet && !options.common.json {
        show(recipe, &workbook, &reading, &plan);
    }
    if asks && is_right(&reading.problems, &plan.problems) && !plan.needs.is_empty() {
        ask_needs(&plan, &mut asked);
        plan = import::plan(&ground, recipe, &workbook, &reading, &asked);
    }
    reported.problems.extend(reading.problems.iter().cloned());
    reported.problems.extend(plan.problems.iter().cloned());
    reported.value = match options.common.json {
        true => value(recipe, &workbook, &reading, &plan),
        false => json!({}),
    };
    let is_clean = is_right(&reading.problems, &plan.problems);
    // A question that nobody answered is about all figures, so no part of them is written.
    if recipe.is_open() || !is_clean && !options.partial {
        return Ok(false);
    }
    if plan.rows.is_empty() {
        reported.last =
            Some(format!("nothing to write: the table `{}` already has all of it", plan.table));
        return Ok(is_clean);
    }
    let needs: Vec<String> = plan.needs.iter().map(|need| written(&need.option)).collect();
    if !needs.is_empty() {
        // What would be written can be looked at before somebody says when the figures came out.
        // The columns of a source are asked for when its key is there.
        while options.dry_run && !plan.needs.is_empty() {
            let before = plan.needs.clone();
            import::assume(&mut asked, &plan);
            plan = import::plan(&ground, recipe, &workbook, &reading, &asked);
            if plan.needs == before {
                break;
            }
        }
        if !plan.needs.is_empty() {
            reported.problems.extend(plan.needs.iter().map(unknown));
            return Ok(false);
        }
    }
    let Some(checked) = (match options.partial {
        true => partly(&ground, recipe, &workbook, &reading, &mut plan, &origin, reported)?,
        false => {
            let composed = import::compose(&ground, recipe, &reading, &plan)?;
            // The data are read with the rows in them, which takes as much memory again.
            reading.let_go();
            workbook.let_go();
            Some(import::check(&ground, recipe, &workbook, &reading, &plan, &origin, composed)?)
        }
    }) else {
        return Ok(false);
    };
    reported.problems.extend(checked.problems.iter().cloned());
    if !checked.is_right() {
        return Ok(false);
    }
    if options.dry_run {
        let with = match &needs[..] {
            [] => String::new(),
            needs => format!("; to write them, add {}", needs.join(" ")),
        };
        let rows = report::counted(plan.rows.len(), "row");
        reported.last = Some(format!("{rows} would be written{with}"));
        return Ok(true);
    }
    if !is_accepted(options, asks, &reading, &checked, reported)
        || !goes(options, asks, &plan, reported)?
    {
        return Ok(false);
    }
    import::write(&ground, &checked)?;
    reported.value["written"] = json!(true);
    reported.value["number"] = json!(checked.number);
    let rows = report::counted(plan.rows.len(), "row");
    reported.last = Some(format!(
        "{rows} written to `{}`, as import {}; `kosh import --undo` takes them back",
        plan.table, checked.number
    ));
    Ok(true)
}

/// Reads the data with the rows in them, and again without those that are wrong; nothing if none is left.
fn partly(
    ground: &Ground,
    recipe: &Recipe,
    workbook: &Workbook,
    reading: &Reading,
    plan: &mut Plan,
    origin: &Origin,
    reported: &mut Reported,
) -> Result<Option<Checked>> {
    let check = |plan: &Plan| {
        let composed = import::compose(ground, recipe, reading, plan)?;
        import::check(ground, recipe, workbook, reading, plan, origin, composed)
    };
    let checked = check(plan)?;
    if checked.is_right() {
        return Ok(Some(checked));
    }
    reported.problems.extend(checked.problems.iter().cloned());
    import::leave_out(plan, reading, workbook, &checked.problems);
    // A report that was asked for has the figures as they are now.
    if reported.value.get("rows").is_some() {
        reported.value = value(recipe, workbook, reading, plan);
    }
    if plan.rows.is_empty() { Ok(None) } else { check(plan).map(Some) }
}

/// Reads the file by the recipe that is named, or by the one that fits.
fn read<'l>(
    options: &ImportOptions,
    ground: &Ground,
    library: &'l Library,
    origin: &Origin,
    path: &Path,
) -> Result<(Workbook, &'l Recipe, Reading)> {
    let own = Options {
        encoding: options.encoding,
        separator: options.separator,
        resource: options.resource.as_deref().map(called),
    };
    let file = options.file.as_deref().unwrap_or(path);
    match &options.recipe {
        Some(name) => {
            let recipe = library.get(name)?;
            let own = merged(own, recipe.options()?);
            let workbook = workbook(file, origin, path, &own)?;
            let reading = ground.read(recipe, &workbook);
            Ok((workbook, recipe, reading))
        }
        None => {
            // A text is split as the recipe says that means files of this name.
            let own = match library.meant(&origin.name) {
                Some(recipe) => merged(own, recipe.options()?),
                None => own,
            };
            let workbook = workbook(file, origin, path, &own)?;
            let (recipe, reading) = import::choose(ground, library, &workbook, options.partial)?;
            Ok((workbook, recipe, reading))
        }
    }
}

/// What the command line says, and else the recipe.
fn merged(own: Options, of_recipe: Options) -> Options {
    Options {
        encoding: own.encoding.or(of_recipe.encoding),
        separator: own.separator.or(of_recipe.separator),
        resource: own.resource.or(of_recipe.resource),
    }
}

fn is_right(reading: &[Diagnostic], plan: &[Diagnostic]) -> bool {
    reading.iter().chain(plan).all(|problem| problem.severity != Severity::Error)
}

/// The option that says something that is not known.
fn written(option: &str) -> String {
    match option {
        "released" => "--released DATE".to_owned(),
        "vintage" | "status" | "source" | "publisher" | "title" | "url" => format!("--{option} …"),
        column => format!("--source-field {column}=…"),
    }
}

fn unknown(need: &import::Need) -> Diagnostic {
    let import::Need { option, what } = need;
    let written = written(option);
    Diagnostic::error(Code::K1542, message!("`{option}` is missing: {what}", option, what)).hint(
        message!(
            "add `{written}`; or write the value into the recipe if it is always the same",
            written
        ),
    )
}

/// Whether the warnings about the new rows are known and let through.
fn is_accepted(
    options: &ImportOptions,
    asks: bool,
    reading: &Reading,
    checked: &Checked,
    reported: &mut Reported,
) -> bool {
    let is_new = |problem: &&Diagnostic| {
        problem.severity == Severity::Warning
            && !options.accept.iter().any(|code| problem.code == **code)
    };
    let new: Vec<&Diagnostic> =
        reading.problems.iter().chain(&checked.problems).filter(is_new).collect();
    if new.is_empty() || asks {
        return true;
    }
    let mut codes: Vec<String> = new.iter().map(|problem| problem.code.to_string()).collect();
    codes.sort_unstable();
    codes.dedup();
    let count = report::counted(new.len(), "warning");
    reported.problems.push(
        Diagnostic::error(
            Code::K1549,
            message!(
                "nothing was written because of {count} about the \
            new rows",
                count
            ),
        )
        .note(message!("the new rows may contain mistakes, and this run cannot ask you"))
        .hint(message!(
            "compare the cells with the publication; if they are correct, add `--accept {codes}`",
            codes = codes.join(",")
        )),
    );
    false
}

/// Whether somebody says that it is to be written.
fn goes(options: &ImportOptions, asks: bool, plan: &Plan, reported: &mut Reported) -> Result<bool> {
    if options.yes {
        return Ok(true);
    }
    if !asks {
        reported.problems.push(
            Diagnostic::error(Code::K1542, message!("writing the rows was not confirmed"))
                .note(message!("this run cannot ask you, because it has no terminal"))
                .hint(message!("add `--yes`, or add `--dry-run` to see what would be written")),
        );
        return Ok(false);
    }
    report::problems(&std::mem::take(&mut reported.problems));
    let rows = report::counted(plan.rows.len(), "row");
    let answer = ask(&format!("write {rows} to `{}`? [y/N] ", plan.table));
    let is_yes = matches!(answer.trim().to_lowercase().as_str(), "y" | "yes");
    if !is_yes {
        reported.last = Some("nothing was written".to_owned());
    }
    Ok(is_yes)
}

/// Puts a question on the terminal.
fn ask(question: &str) -> String {
    screen::out(format_args!("{question}"));
    screen::out_with(|| std::io::stdout().flush());
    let mut answer = String::new();
    // No answer is a no.
    let _ = std::io::stdin().read_line(&mut answer);
    answer.trim().to_owned()
}

/// Asks for what is not known.
fn ask_needs(plan: &Plan, asked: &mut Asked) {
    for need in &plan.needs {
        let answer = ask(&message!("{option}: {what}? ", option = need.option, what = need.what));
        if answer.is_empty() {
            continue;
        }
        match need.option.as_str() {
            "vintage" => asked.vintage = Some(answer),
            "status" => asked.status = Some(answer),
            "released" => match answer.parse() {
                Ok(day) => asked.released = Some(day),
                Err(_) => say_text!("`{answer}` is not a day: write it as 2026-08-11", answer),
            },
            "source" => drop(asked.source.insert("id".to_owned(), answer)),
            column => drop(asked.source.insert(column.to_owned(), answer)),
        }
    }
}

/// Takes the last import back.
fn undo(common: &CommonOptions) -> ExitCode {
    let overrides =
        Overrides { data: common.data.clone(), any_region: true, ..Overrides::default() };
    let undone = Project::open(&common.project, &overrides)
        .and_then(|project| import::undo(&project.data, &project.shown(&project.data)));
    match undone {
        Ok(undone) => {
            let rows = report::counted(undone.rows, "row");
            match common.json {
                true => say_line!(
                    "{:#}",
                    json!({ "undone": {
                        "number": undone.number, "file": undone.file, "table": undone.table,
                        "rows": undone.rows,
                    }, "diagnostics": [] })
                ),
                false => say_text!(
                    "import {number} of `{file}` undone: {rows} removed from `{table}`",
                    number = undone.number,
                    file = undone.file,
                    rows,
                    table = undone.table
                ),
            }
            ExitCode::SUCCESS
        }
        Err(found) => report::refused(&found, common.json),
    }
}

/// Writes the picture of what was understood.
pub(super) fn write_picture(
    out: &Path,
    recipe: &Recipe,
    workbook: &Workbook,
    reading: &Reading,
) -> Result<()> {
    let page = picture(recipe, workbook, reading);
    let folder = out.parent().filter(|above| !above.as_os_str().is_empty());
    let name = out.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let files = [crate::output::File { name, bytes: page.into_bytes() }];
    let is_picture =
        |old: &[u8]| String::from_utf8_lossy(old).contains("name=\"generator\" content=\"kosh\"");
    crate::output::add(folder.unwrap_or(Path::new(".")), &files, is_picture)
}

/// At most so many figures are shown.
const SHOWN: usize = 60;

/// How a workbook was read, in one line.
pub(super) fn how_read(workbook: &Workbook) -> String {
    if let Some(file) = &workbook.beside {
        let standard = match workbook.format {
            Format::Csvw => "CSV on the Web",
            _ => "Frictionless",
        };
        let separator = char::from(file.separator).escape_default();
        return format!(
            "{standard}, `{}`, {}, separated by `{separator}`",
            file.path, file.encoding
        );
    }
    match &workbook.reading {
        None => workbook.format.to_string(),
        Some(read) => {
            let form = match workbook.sdmx_csv() {
                Some(version) => format!("SDMX-CSV {version}"),
                None => "text".to_owned(),
            };
            format!("{form}, {}, separated by {}", read.encoding, read.separator)
        }
    }
}

/// What a file of this kind does not say of its cells.
fn untold(workbook: &Workbook) -> Vec<&'static str> {
    let asked = [
        (workbook.knows_hidden, "which rows and columns are hidden"),
        (workbook.knows_merged, "which cells are merged"),
    ];
    asked.into_iter().filter(|(knows, _)| !knows).map(|(_, what)| what).collect()
}

/// What was found, as a small table.
fn show(recipe: &Recipe, workbook: &Workbook, reading: &Reading, plan: &Plan) {
    let sheets: Vec<String> =
        reading.sheets.iter().map(|sheet| format!("`{}`", sheet.name)).collect();
    say_text!(
        "{path} ({workbook}), sheet {sheets}",
        path = workbook.path.display(),
        workbook = how_read(workbook),
        sheets = sheets.join(", ")
    );
    say_text!("recipe `{name}`, table `{table}`", name = recipe.name, table = recipe.table);
    let untold = untold(workbook);
    if !untold.is_empty() {
        say_text!(
            "the file does not contain {untold}: check it by eye",
            untold = untold.join(" and ")
        );
    }
    for other in &reading.other_sheets {
        say_text!("not read: sheet `{other}`", other);
    }
    for (why, count) in reading.left_out.iter().filter(|(_, count)| *count > 0) {
        say_text!("left out: {count}, {why}", count = report::counted(*count, "cell"), why);
    }
    if !reading.marks.is_empty() {
        say_text!(
            "footnote marks removed: {number_of_marks}",
            number_of_marks = reading.marks.len()
        );
    }
    let mut order: Vec<usize> = (0..plan.states.len()).collect();
    let rank = |at: &usize| match plan.states[*at] {
        State::Refused => 0,
        State::Changed => 1,
        State::New => 2,
        State::Confirmed => 3,
        State::NoFigure => 4,
        State::Equal => 5,
    };
    order.sort_by_key(rank);
    let lines: Vec<[String; 5]> = order
        .iter()
        .take(SHOWN)
        .map(|at| {
            let state = plan.states[*at];
            let before = match state {
                State::Changed => {
                    plan.before(*at).map_or_else(String::new, |it| format!("(was {it})"))
                }
                _ => String::new(),
            };
            let missing = reading.manner(*at).and_then(|manner| manner.missing);
            let digits = missing.map_or_else(
                || reading.digits(*at),
                |missing| crate::recipes::missing_name(missing).to_owned(),
            );
            [state.name().to_owned(), reading.shown(*at), digits, before, reading.cell(*at)]
        })
        .collect();
    let width = |column: usize| {
        lines.iter().map(|line| line[column].chars().count()).max().unwrap_or_default()
    };
    let (first, second, third) = (width(0), width(1), width(2));
    for [state, key, digits, before, cell] in &lines {
        let before = if before.is_empty() { String::new() } else { format!("  {before}") };
        say_line!("  {state:first$}  {key:second$}  {digits:>third$}{before}  {cell}");
    }
    if order.len() > SHOWN {
        say_text!("  and {order} more; `--json` lists them", order = order.len() - SHOWN);
    }
    let counts: Vec<String> = counts(plan).iter().map(|(name, n)| format!("{n} {name}")).collect();
    say_line!("{}: {}", report::counted(reading.observations.len(), "figure"), counts.join(", "));
    let new = |row: &Option<import::Row>| if row.is_some() { ", which is new" } else { "" };
    if let Some(key) = &plan.vintage {
        say_text!("release `{key}`{new_vintage}", key, new_vintage = new(&plan.new_vintage));
    }
    if let Some(key) = &plan.source {
        say_text!("source `{key}`{new_source}", key, new_source = new(&plan.new_source));
    }
}

/// How many figures are in each state, those that are.
fn counts(plan: &Plan) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for state in &plan.states {
        *counts.entry(state.name()).or_default() += 1;
    }
    counts
}

/// What was found, for other programs.
fn value(recipe: &Recipe, workbook: &Workbook, reading: &Reading, plan: &Plan) -> Value {
    let rows: Vec<Value> = plan
        .states
        .iter()
        .enumerate()
        .map(|(at, state)| {
            let own = &reading.observations[at];
            let key: serde_json::Map<String, Value> = reading
                .columns
                .iter()
                .zip(reading.key(at))
                .map(|(name, member)| (name.clone(), json!(member.code)))
                .collect();
            let missing = reading.manner(at).and_then(|manner| manner.missing);
            json!({
                "state": state.name(), "key": key, "value": own.value(), "before": plan.before(at),
                "rounded_to": reading.rounded_to(at), "cell": reading.cell(at),
                "missing": missing.map(crate::recipes::missing_name),
            })
        })
        .collect();
    let needs: Vec<&str> = plan.needs.iter().map(|need| need.option.as_str()).collect();
    json!({
        "file": crate::diag::slashed(&workbook.path),
        "read_as": how_read(workbook),
        "not_told": untold(workbook),
        "recipe": recipe.name,
        "table": plan.table,
        "sheets": reading.sheets.iter().map(|sheet| &sheet.name).collect::<Vec<_>>(),
        "counts": counts(plan),
        "rows": rows,
        "release": plan.vintage,
        "source": plan.source,
        "needs": needs,
        "written": false,
    })
}
