//! Measures how long a workbook takes to be read, and how much memory, for docs/performance.md.
//!
//! ```text
//! cargo bench --bench read_workbook -- make FOLDER
//! cargo bench --bench read_workbook -- project FOLDER
//! cargo bench --bench read_workbook -- FILE
//! ```
//!
//! The first makes a table of 1,000,000 cells in FOLDER, as xlsx and as csv. The second makes a project with a recipe and
//! three files of 1,000,000 cells for it: `wide.xlsx` and `wide.csv` with a figure in each cell but those of the head and
//! the first column, `long.csv` with a row for each figure. The third reads a file, looks at each cell by its address,
//! and prints the time and the largest memory the process had (on Linux).

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Instant;

use kosh::workbook::{Options, Workbook};

fn main() {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match &arguments[..] {
        [make, folder] if make == "make" => make_both(Path::new(folder)),
        [make, folder] if make == "project" => make_project(Path::new(folder)),
        [file] => read(Path::new(file)),
        _ => eprintln!(
            "usage: cargo bench --bench read_workbook -- make FOLDER, or project FOLDER, or FILE"
        ),
    }
}

/// 10,000 rows of 100 cells: a name, 89 numbers, ten texts that are numbers with a unit.
fn make_both(folder: &Path) {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let mut csv = String::new();
    for row in 0..10_000_u32 {
        for column in 0..100_u16 {
            let number = f64::from(row) * 100.0 + f64::from(column);
            let written = match column {
                0 => format!("region {row}"),
                column if column % 10 == 5 => format!("{number} persons"),
                _ => {
                    sheet.write_number(row, column, number + 0.5).expect("within the sheet");
                    let _ = write!(csv, ";{number},5");
                    continue;
                }
            };
            sheet.write_string(row, column, &written).expect("within the sheet");
            let _ = write!(csv, "{}{written}", if column == 0 { "" } else { ";" });
        }
        csv.push('\n');
    }
    book.save(folder.join("million.xlsx")).expect("the folder can be written");
    fs::write(folder.join("million.csv"), csv).expect("the folder can be written");
}

/// The columns of the table, with their roles.
const COLUMNS: [(&str, &str, &str); 8] = [
    ("period", "string", "time"),
    ("place", "string", "dimension"),
    ("measure", "string", "dimension"),
    ("value", "number", "value"),
    ("unit", "string", "unit"),
    ("rounded_to", "number", "rounded-to"),
    ("vintage", "string", "vintage"),
    ("source_id", "string", "source"),
];

const RECIPE: &str = r#"
table = "moves"
file = { name = "NAME" }

[values]
unit = "persons"

[[dimensions]]
name = "period"
read = "period"

[[dimensions]]
name = "place"
read = "name"

[[dimensions]]
name = "measure"
value = "net"

[release]
vintage = "all-final"
status = "final"

[source]
id = "office"
"#;

/// A project with a table for moves between places, and the recipes of the files.
fn make_project(folder: &Path) {
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("it can be made");
        fs::write(path, text).expect("the folder can be written");
    };
    write("brief.toml", "profile = \"bns\"\nlanguages = [\"en\"]\n");
    let field = |(name, holds, role): &(&str, &str, &str)| {
        format!(
            "{{\"name\": \"{name}\", \"type\": \"{holds}\", \"constraints\": {{\"required\": true}}, \"kosh\": {{\"role\": \"{role}\"}}}}"
        )
    };
    let fields: Vec<String> = COLUMNS.iter().map(field).collect();
    let register = |name: &str, key: &str, columns: &[&str], role: &str| {
        let fields: Vec<String> = columns
            .iter()
            .map(|column| format!("{{\"name\": \"{column}\", \"type\": \"string\"}}"))
            .collect();
        format!(
            "{{\"name\": \"{name}\", \"path\": \"{name}.csv\", \"schema\": {{\"fields\": [{}], \"primaryKey\": \"{key}\"}}, \"kosh\": {{\"role\": \"{role}\"}}}}",
            fields.join(", ")
        )
    };
    let key = |column: &str, register: &str, key: &str| {
        format!(
            "{{\"fields\": \"{column}\", \"reference\": {{\"resource\": \"{register}\", \"fields\": \"{key}\"}}}}"
        )
    };
    let keys = [
        key("place", "places", "code"),
        key("vintage", "vintages", "vintage"),
        key("source_id", "sources", "id"),
    ];
    let table = format!(
        "{{\"name\": \"moves\", \"path\": \"moves.csv\", \"schema\": {{\"fields\": [{}], \"primaryKey\": [\"period\", \"place\", \"measure\", \"vintage\", \"source_id\"], \"foreignKeys\": [{}]}}, \"kosh\": {{\"role\": \"observations\"}}}}",
        fields.join(", "),
        keys.join(", ")
    );
    let resources = [
        table,
        register("places", "code", &["code", "kind"], "register"),
        register("vintages", "vintage", &["vintage", "status", "released"], "vintages"),
        register("sources", "id", &["id", "title", "precedence"], "sources"),
    ];
    write(
        "data/datapackage.json",
        &format!(
            "{{\"name\": \"million\", \"title\": \"A million figures\", \"resources\": [\n{}\n]}}\n",
            resources.join(",\n")
        ),
    );
    let head: Vec<&str> = COLUMNS.iter().map(|(name, ..)| *name).collect();
    write("data/moves.csv", &format!("{}\n", head.join(",")));
    write("data/vintages.csv", "vintage,status,released\nall-final,final,2028-01-15\n");
    write("data/sources.csv", "id,title,precedence\noffice,Moves,1\n");
    let wide = "\n[areas.head]\nfrom = { at = { text = \"Place\" } }\nrows = 1\n\n[areas.body]\nfrom = { below = { area = \"head\" } }\n";
    let recipe = RECIPE
        .replace("[values]\n", &format!("{wide}\n[values]\nin = \"body\"\n"))
        .replace("read = \"period\"", "read = \"period\"\ncells = { in = \"head\", except = [{ column = \"first\" }] }\ndirectly = \"above\"")
        .replace("read = \"name\"", "read = \"name\"\ncells = { in = \"body\", column = \"first\" }\ndirectly = \"left\"");
    write("data/recipes/wide.toml", &recipe.replace("NAME", "wide.*"));
    let recipe = RECIPE
        .replace("[values]\n", "[columns]\nvalue = \"Persons\"\n\n[values]\n")
        .replace("read = \"period\"", "read = \"period\"\ncolumn = \"Month\"")
        .replace("read = \"name\"", "read = \"name\"\ncolumn = \"Place\"");
    write("data/recipes/long.toml", &recipe.replace("NAME", "long.*"));

    let (mut places, mut names) = (String::from("code,kind\n"), String::from("code,nom\n"));
    let (mut wide, mut long) = (String::from("Place"), String::from("Place;Month;Persons\n"));
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "Place").expect("within the sheet");
    for column in 0..100_u16 {
        let month = format!("{}-{:02}", 2019 + column / 12, column % 12 + 1);
        let _ = write!(wide, ";{month}");
        sheet.write_string(0, column + 1, &month).expect("within the sheet");
    }
    wide.push('\n');
    for row in 0..10_000_u32 {
        let name = format!("Place of the number {row}");
        let _ = writeln!(places, "P{row:05},place");
        let _ = writeln!(names, "P{row:05},{name}");
        wide.push_str(&name);
        sheet.write_string(row + 1, 0, &name).expect("within the sheet");
        for column in 0..100_u16 {
            // As of a series: a level of the place, and what is of the month.
            let number = (row * 7919) % 50_000 + u32::from(column) * 13 % 97;
            let _ = write!(wide, ";{number}");
            sheet.write_number(row + 1, column + 1, number).expect("within the sheet");
            // A third of the figures: with three cells each they are a million.
            if column < 33 {
                let month = format!("{}-{:02}", 2019 + column / 12, column % 12 + 1);
                let _ = writeln!(long, "{name};{month};{number}");
            }
        }
        wide.push('\n');
    }
    write("data/places.csv", &places);
    write("data/lexicon/places.en.csv", &names);
    write("wide.csv", &wide);
    write("long.csv", &long);
    book.save(folder.join("wide.xlsx")).expect("the folder can be written");
}

fn read(path: &Path) {
    let start = Instant::now();
    let bytes = fs::read(path).expect("the file can be read");
    let book = Workbook::read(&bytes, path, &Options::default()).expect("it is a workbook");
    let mut cells = 0;
    for sheet in &book.sheets {
        cells += sheet.filled().filter(|cell| !sheet.cell(cell.at).is_empty()).count();
    }
    let seconds = start.elapsed().as_secs_f64();
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("");
    println!("{cells} cells in {seconds:.2} s; {peak}");
}
