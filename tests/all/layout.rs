//! Rules of the source tree: which room may use which, what may be printed where, which names may occur.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        match path.is_dir() {
            true => files(&path, found),
            false if path.extension().is_some_and(|e| e == "rs") => found.push(path),
            false => {}
        }
    }
}

/// Every file of `src/` with its room and its code without tests.
fn sources() -> Vec<(PathBuf, String, String)> {
    let src = root().join("src");
    let mut paths = vec![];
    files(&src, &mut paths);
    paths
        .into_iter()
        .filter_map(|path| {
            let inner = path.strip_prefix(&src).unwrap().to_path_buf();
            let name = inner.to_string_lossy().replace('\\', "/");
            // A file compiled only for tests is declared as `#[cfg(test)] mod name;`.
            let stem = inner.file_stem()?.to_str()?.to_owned();
            let front = path.parent()?.join("mod.rs");
            if let Ok(front) = fs::read_to_string(front)
                && front.contains(&format!("#[cfg(test)]\nmod {stem};"))
            {
                return None;
            }
            let room = name.split('/').next()?.trim_end_matches(".rs").to_owned();
            let text = fs::read_to_string(&path).unwrap();
            Some((path, room, without_tests(&text)))
        })
        .collect()
}

/// The text before `#[cfg(test)]`, which by house style is the last part of a file.
fn without_tests(text: &str) -> String {
    let at = text.find("\n#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    text[..at].to_owned()
}

fn without_comments(text: &str) -> String {
    text.lines()
        .map(|line| match line.trim_start().starts_with("//") {
            true => "",
            false => line,
        })
        .collect::<Vec<_>>()
        .join("\n")
}

/// The rooms that a file uses.
fn used(text: &str) -> BTreeSet<String> {
    let code = without_comments(text);
    let mut rooms = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let behind = &code[at + "crate::".len()..];
        if let Some(list) = behind.strip_prefix('{') {
            let list = &list[..list.find("};").unwrap_or(list.len())];
            // The first segment of each path at this level.
            let mut depth = 0;
            let mut item = String::new();
            for c in list.chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth == 0 => rooms.extend(first_name(&std::mem::take(&mut item))),
                    c if depth == 0 => item.push(c),
                    _ => {}
                }
            }
            rooms.extend(first_name(&item));
        } else {
            rooms.extend(first_name(behind));
        }
    }
    rooms
}

fn first_name(path: &str) -> Option<String> {
    let name: String =
        path.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!name.is_empty()).then_some(name)
}

/// The table under "## Rooms" of docs/architecture.md: each room with the rooms it may use.
fn allowed() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let section = text.split("\n## Rooms").nth(1).expect("a heading `## Rooms`");
    let section = section.split("\n## ").next().unwrap_or_default();
    let mut table = BTreeMap::new();
    for line in section.lines().filter(|line| line.starts_with('|')) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let names = |cell: &str| -> Vec<String> {
            cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
        };
        let room = cells.first().and_then(|room| names(room).first().cloned());
        // This table has two columns; another table of rooms may have more.
        if let ([_, may_use], Some(name)) = (&cells[..], room) {
            table.insert(name, names(may_use).into_iter().collect());
        }
    }
    table
}

#[test]
fn a_room_uses_only_whom_it_may() {
    let allowed = allowed();
    let mut wrong = vec![];
    let mut rooms = BTreeSet::new();
    for (path, room, text) in sources() {
        if matches!(room.as_str(), "lib" | "main") {
            continue;
        }
        rooms.insert(room.clone());
        let Some(may) = allowed.get(&room) else {
            wrong.push(format!("`{room}` has no row"));
            continue;
        };
        for other in used(&text) {
            if other != room && !may.contains(&other) {
                wrong.push(format!("{}: `{room}` uses `{other}`", path.display()));
            }
        }
    }
    for room in allowed.keys().filter(|room| !rooms.contains(*room)) {
        wrong.push(format!("`{room}` has a row and is no room"));
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "docs/architecture.md says otherwise:\n{}", wrong.join("\n"));
}

#[test]
fn the_table_of_rooms_has_no_circle() {
    let allowed = allowed();
    let mut left: BTreeSet<&String> = allowed.keys().collect();
    // Remove rooms that use no remaining room.
    while let Some(free) =
        left.iter().find(|room| allowed[**room].iter().all(|used| !left.contains(used)))
    {
        let free = *free;
        left.remove(free);
    }
    assert!(left.is_empty(), "these use one another: {left:?}");
}

#[test]
fn no_language_is_named_in_the_program() {
    let mut wrong = vec![];
    // «№», quotation marks and dashes belong to no single language; letters of an alphabet do.
    let names = ["\"ru\"", "\"en\"", "\"kk\"", "Russian", "English", "Kazakh"];
    for (path, _, text) in sources() {
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            let is_letter = |c: char| matches!(c, '\u{400}'..='\u{52F}');
            if code.chars().any(is_letter) || names.iter().any(|name| code.contains(name)) {
                wrong.push(format!("{}:{}: {}", path.display(), number + 1, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_command_line_prints() {
    let mut wrong = vec![];
    for (path, room, text) in sources() {
        for print in ["println!", "eprintln!", "print!(", "eprint!(", "dbg!"] {
            let is_allowed = matches!(room.as_str(), "cli" | "main") && print != "dbg!";
            if !is_allowed && without_comments(&text).contains(print) {
                wrong.push(format!("{}: {print}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The codes in a text, such as `K0101`.
fn codes(text: &str) -> BTreeSet<String> {
    text.match_indices('K')
        .filter_map(|(at, _)| text.get(at..at + 5))
        .filter(|code| code[1..].bytes().all(|b| b.is_ascii_digit()))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_code_has_its_page_and_every_refusal_its_fixture() {
    let mut used = BTreeSet::new();
    for (_, _, text) in sources() {
        used.extend(codes(&without_comments(&text)));
    }
    assert!(used.len() > 50, "{used:?}");
    let pages = codes(&fs::read_to_string(root().join("docs/diagnostics.md")).unwrap());
    if pages.len() >= 10 {
        let missing: Vec<_> = used.difference(&pages).collect();
        assert!(missing.is_empty(), "docs/diagnostics.md has no {missing:?}");
    }
    let mut tripped = BTreeSet::new();
    for entry in fs::read_dir(root().join("tests/suite")).unwrap() {
        let path = entry.unwrap().path().join("expected/stderr.txt");
        tripped.extend(codes(&fs::read_to_string(path).unwrap_or_default()));
    }
    // These are triggered by other tests, or cannot be triggered by a user.
    let elsewhere = [
        "K0021", // the program is newer than the project: `project::version`
        "K0022", // `kosh init` in a folder that is not empty: `tests/all/starter.rs`
        "K0025", // an option of earlier versions: `tests/all/release.rs`
        "K0119", // more problems than are shown: `data::field`
        "K0122", // a name a program asks for: `data::resolve`
        // What only `kosh check data` tells: `tests/all/check_data.rs`
        "K0160", "K0161", "K0162", "K0163", "K0164", "K0165", "K0166", "K0167", "K0168", "K0169",
        "K0170", "K0171", "K0172", "K0210", // `kosh facts ID`
        "K0703", // a tree Typst cannot read: none is made
        "K0705", // `tests/all/typeset.rs`
        "K0706", // a layout without end
        "K0708", // a virtual path outside the edition: none is made
        "K0709", // a tree the standards refuse: `tests/all/typeset.rs`
        "K0710", "K0711", "K0712", // `tests/all/typeset.rs`
        "K0902", // a lock that is in the way: `output`
        "K0903", // a panic: `batch`
        "K0904", // `tests/all/verify.rs`
        "K0905", // a manifest of a later kosh: `verify`
        "K0907", // what cannot be cleared away: `output`
        "K0908", // a brief that is gone, or cannot be shown: `tests/all/mailed.rs`
        "K0918", // a file of somebody's in the way: `output`, `tests/all/hostile.rs`
        "K0919", // a name that is no file, or one file with another: `output`
        "K1003", "K1004", // an issue that cannot be worded, or is later: `tests/all/diff.rs`
        "K1301", "K1302", "K1303", "K1304", // `tests/all/quarter.rs`
        "K1101", // a port that is taken: `tests/all/preview.rs`
        "K1102", // folders of which no notice comes: `watch`
        "K1103", "K1104", "K1105", // what `kosh verify` finds: `tests/all/verify.rs`
        // recipes and imports: `tests/all/import.rs`
        "K1501", "K1502", "K1503", "K1504", "K1505", "K1506", "K1507", "K1508", "K1509", "K1510",
        "K1511", "K1512", "K1513", "K1514", "K1515", "K1541", "K1542", "K1543", "K1544", "K1546",
        "K1551", "K1552", // attributes of SDMX: `tests/all/forms.rs`
        "K1547", "K1548", "K1549", "K1545", // a file that changes meanwhile: `output::revise`
        // files that are no workbook, damaged, too large, in an unknown encoding: `workbook`
        "K1201", "K1202", "K1203", "K1204", "K1205",
        // what cells say: `recipes::values`, `words`, `periods`, `names`
        "K1211", "K1212", "K1215", "K1216", "K1217", "K1218", "K1219", "K1221", "K1222", "K1223",
        "K1231", "K1232", "K1233",
    ];
    let untold: Vec<_> =
        used.iter().filter(|c| !tripped.contains(*c) && !elsewhere.contains(&c.as_str())).collect();
    assert!(untold.is_empty(), "no fixture of tests/suite trips {untold:?}");
}

#[test]
fn there_is_one_memory_of_typst() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let versions = lock.matches("name = \"comemo\"\n").count();
    assert_eq!(versions, 1, "a second version of comemo would forget nothing of the first");
}
