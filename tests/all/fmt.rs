//! `kosh fmt`: the shipped sections are formatted, and formatting never changes a document.

use crate::common::{self, Copy};

use std::path::{Path, PathBuf};

use kosh::project::{Format, Overrides, Project};
use kosh::prose::{TemplateKind, formatted};

/// The section files of a folder and everything below it.
fn sections(folder: &Path) -> Vec<PathBuf> {
    let mut all = vec![];
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(sections(&path));
        } else if path.extension().is_some_and(|end| end == "md") {
            all.push(path);
        }
    }
    all.sort();
    all
}

fn kind(file: &Path) -> TemplateKind {
    let name = file.file_name().unwrap().to_string_lossy();
    match name.starts_with(|c: char| c.is_ascii_digit()) {
        true => TemplateKind::Section,
        false => TemplateKind::Macros,
    }
}

/// The documents of a profile in every form, as text.
fn documents(copy: &Copy, profile: &str, region: Option<&str>) -> Vec<String> {
    let overrides = Overrides {
        profile: Some(profile.to_owned()),
        region: region.map(str::to_owned),
        formats: vec![Format::Standard, Format::Express],
        ..Overrides::default()
    };
    let project = common::well(Project::open(&copy.root, &overrides));
    let pipeline = common::well(kosh::build::edition::Pipeline::open(project)).value;
    let period = common::well(pipeline.period(None, None));
    let mut all = vec![];
    for format in [Format::Standard, Format::Express] {
        if let Ok(edition) = pipeline.edition(format, period, None) {
            all.extend(edition.value.documents.iter().map(|d| serde_json::to_string(d).unwrap()));
        }
    }
    assert!(all.len() > 1, "{profile}");
    all
}

/// The text typed by somebody in a hurry: it means the same.
fn roughened(text: &str) -> String {
    let mut rough = String::new();
    let mut is_in_list = false;
    for line in text.lines() {
        is_in_list |= line.trim_start().starts_with("- ") || line.contains("%}- ");
        if line.is_empty() {
            rough.push_str("  \r\n\t\r\n\r\n");
            continue;
        }
        let mut line = line
            .replace("{{ ", "{{")
            .replace(" }}", "   }}")
            .replace(" | ", "|")
            .replace("{% ", "{%  ");
        // The first blank of a sentence becomes a line break.
        if let Some((call, body)) = line.split_once("sentence(").filter(|_| !is_in_list)
            && let Some((id, body)) = body.split_once("%}")
            && let Some((words, rest)) = body.split_once(' ')
            && !words.contains('{')
            && !rest.starts_with(['-', '+', '#', '=', '>', '<', '*'])
            && !rest.starts_with(|c: char| c.is_ascii_digit())
        {
            line = format!("{call}sentence({id}%}}{words} \n   {rest}");
        }
        if !is_in_list && line.starts_with("{%") {
            rough.push_str("  ");
        }
        rough.push_str(&line);
        if !line.ends_with(' ') {
            rough.push(' ');
        }
        rough.push('\n');
    }
    rough
}

#[test]
fn the_shipped_sections_are_formatted() {
    let templates = common::root().join("templates");
    let mut all = 0;
    for file in sections(&templates) {
        let text = std::fs::read_to_string(&file).unwrap();
        let made = formatted(&text, kind(&file)).unwrap_or_else(|| panic!("{}", file.display()));
        assert_eq!(made, text, "{}: run `kosh fmt`", file.display());
        all += 1;
    }
    assert!(all > 40, "{all}");
}

#[test]
fn a_formatted_section_prints_the_same() {
    let copy = Copy::of_shipped();
    let profiles = [("bns", None), ("mlspp", None), ("mne", None), ("akimat", Some("KZ-71"))];
    let before: Vec<_> = profiles.iter().map(|(p, region)| documents(&copy, p, *region)).collect();
    let mut changed = 0;
    for file in sections(&copy.root.join("templates")) {
        if kind(&file) == TemplateKind::Macros {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        let rough = roughened(&text);
        let made = formatted(&rough, TemplateKind::Section);
        assert_eq!(
            made.as_deref(),
            formatted(&text, TemplateKind::Section).as_deref(),
            "{}",
            file.display()
        );
        changed += usize::from(rough != text);
        std::fs::write(&file, rough).unwrap();
    }
    assert!(changed > 40, "{changed}");
    // What was roughened means the same, and so does what is made of it.
    let rough: Vec<_> = profiles.iter().map(|(p, region)| documents(&copy, p, *region)).collect();
    assert_eq!(rough, before);
    let (status, out, _) = copy.kosh(&["fmt", "--check"]);
    assert_eq!(status, Some(1), "{out}");
    assert!(out.contains("04-general.en.md: would be formatted"), "{out}");
    let (status, out, err) = copy.kosh(&["fmt"]);
    assert_eq!(status, Some(0), "{out}{err}");
    let after: Vec<_> = profiles.iter().map(|(p, region)| documents(&copy, p, *region)).collect();
    assert_eq!(after, before);
    let (status, out, _) = copy.kosh(&["fmt", "--check"]);
    assert_eq!((status, out.starts_with("0 of ")), (Some(0), true), "{out}");

    // A file that is no template is left as it is.
    let wrong = "# A\n\n\n\n{% if X1 is \"known %}\n";
    copy.write("templates/sections/09-conclusion.en.md", wrong);
    let (status, _, err) = copy.kosh(&["fmt"]);
    assert_eq!(status, Some(1));
    assert!(err.contains("K0402") && err.contains("09-conclusion.en.md"), "{err}");
    assert_eq!(copy.read("templates/sections/09-conclusion.en.md"), wrong);
    let (status, _, err) = copy.kosh(&["fmt", "sections/none.md"]);
    assert!(status == Some(1) && err.contains("K0001"), "{err}");
}

#[test]
fn snippets_and_schemas_are_written_for_an_editor_on_demand() {
    let copy = Copy::empty();
    let (status, out, err) = copy.kosh(&["init", "brief", "--vscode", "--bare", "--quiet"]);
    assert_eq!(status, Some(0), "{out}{err}");
    let snippets = copy.read("brief/.vscode/kosh.code-snippets");
    assert!(
        snippets.contains("kosh sentence") && copy.root.join("brief/schemas/brief.json").is_file()
    );
    // Again, and over what an older kosh wrote.
    copy.write("brief/schemas/brief.json", "{ \"$schema\": \"x\", \"title\": \"brief.toml\" }");
    let (status, out, err) = copy.kosh(&["schema", "--vscode", "brief"]);
    assert_eq!(status, Some(0), "{out}{err}");
    assert!(out.contains(".vscode/settings.json") && out.contains("schemas/figures.json"), "{out}");
    assert!(copy.read("brief/schemas/brief.json").contains("editor-link"));
    // The user's own settings stay.
    copy.write("brief/.vscode/settings.json", "{}");
    let (status, _, err) = copy.kosh(&["schema", "--vscode", "brief"]);
    assert_eq!(status, Some(1));
    assert!(err.contains("settings.json"), "{err}");
    assert_eq!(copy.read("brief/.vscode/settings.json"), "{}");
    assert_eq!(copy.kosh(&["schema"]).0, Some(2));
}
