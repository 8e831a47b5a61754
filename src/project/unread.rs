//! Files that nothing reads, because their name or folder is misspelt: `templates/sectoins/`, `figure.toml`,
//! a table that no package names.
//!
//! In: the folders of the project. Out: a warning for each such file, with the nearest name that is read. Only
//! folders of which kosh knows all names are looked at, and only kinds of files that it reads there: notes and
//! pictures of the analyst are nobody's business. The folders are listed apart from the files that a build is
//! made of, since a file that nothing reads changes no build.

use std::path::Path;

use super::layers::PROFILE;
use super::{Format, Project};
use crate::diag::{Code, Diagnostic, Place, nearest};
use crate::files::{Disk, Files, Names, Track, shipped};

/// Names in a folder of templates or of a profile besides those of the shipped templates.
const TEMPLATES: [&str; 4] = ["fonts", "figures.toml", "tables.toml", "languages"];
/// Names in the folder of a profile besides those of a folder of templates.
const OF_PROFILE: [&str; 2] = [PROFILE, "indicators.toml"];
/// Names in the data folder besides the files that the package names.
const DATA: [&str; 10] = [
    "datapackage.json",
    "indicators.toml",
    "checks.toml",
    "references.yaml",
    "titles.csv",
    "lexicon",
    "recipes",
    "aliases",
    "imports",
    "to-fill",
];
/// What folders are called in which the analyst may keep anything.
const OWN: [&str; 3] = ["downloads", "archive", "old"];

/// The warnings about a project.
pub fn unread(project: &Project) -> Vec<Diagnostic> {
    let files = Files::on(&Disk::new());
    let look = Look { project, files: &files };
    let templates = project.layers.templates();
    let shipped = look.names(Path::new(&format!("{}templates", shipped::ROOT)));
    let shipped: Vec<&str> = shipped.iter().map(String::as_str).collect();
    let forms = Format::ALL.map(Format::folder);
    let of_templates: Vec<&str> = [&shipped[..], &TEMPLATES, &forms, &["profiles"]].concat();
    let mut found = look.within(templates, &of_templates, &["toml", "typ"]);
    let profiles = templates.join("profiles");
    let of_profile: Vec<&str> = [&shipped[..], &TEMPLATES, &forms, &OF_PROFILE].concat();
    for id in look.names(&profiles).iter() {
        let folder = profiles.join(id);
        match files.track().exists(&folder.join(PROFILE)) {
            true => found.extend(look.within(&folder, &of_profile, &["toml"])),
            false if look.is_folder(&folder) => found.push(look.no_profile(&folder, id)),
            false => {}
        }
    }
    found.extend(look.within(&project.data, &DATA, &["csv", "toml"]));
    found
}

struct Look<'a> {
    project: &'a Project,
    files: &'a Files,
}

impl Look<'_> {
    fn names(&self, folder: &Path) -> Names {
        self.files.track().list(folder).ok().flatten().unwrap_or_default()
    }

    fn is_folder(&self, path: &Path) -> bool {
        matches!(self.files.track().list(path), Ok(Some(_)))
    }

    /// Whether a folder has files such as kosh reads among templates.
    fn has_texts(&self, folder: &Path) -> bool {
        let is_text = |name: &String| [".md", ".toml"].iter().any(|ending| name.ends_with(ending));
        self.names(folder).iter().any(is_text)
    }

    /// The files that the data package names, also those of resources without a role.
    fn named(&self) -> Vec<String> {
        let path = self.project.data.join("datapackage.json");
        let read = self.files.track().read(&path).ok().and_then(|blob| blob.text().ok());
        let json: serde_json::Value =
            read.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        let mut all = vec![];
        for resource in json["resources"].as_array().into_iter().flatten() {
            let mut open = vec![resource];
            while let Some(value) = open.pop() {
                match value {
                    // A path, or a file beside it that describes it.
                    serde_json::Value::String(text) => {
                        all.push(text.trim_start_matches("./").to_owned());
                    }
                    serde_json::Value::Array(inner) => open.extend(inner),
                    serde_json::Value::Object(inner) => {
                        open.extend(
                            ["path", "extrapaths"].iter().filter_map(|key| inner.get(*key)),
                        );
                    }
                    _ => {}
                }
            }
        }
        all
    }

    /// The names in a folder that are not among those read there.
    fn within(&self, folder: &Path, known: &[&str], kinds: &[&str]) -> Vec<Diagnostic> {
        let is_data = folder == self.project.data;
        let named = if is_data { self.named() } else { vec![] };
        let is_read = |name: &str| {
            let below = format!("{name}/");
            known.contains(&name)
                || OWN.contains(&name)
                || name.starts_with('.')
                || name.starts_with("strings.")
                || named.iter().any(|path| path == name || path.starts_with(&below))
        };
        let mut found = vec![];
        for name in self.names(folder).iter().filter(|name| !is_read(name)) {
            let path = folder.join(name);
            let ending = Path::new(name).extension().and_then(|ending| ending.to_str());
            let is_folder = self.is_folder(&path);
            let is_kind = ending.is_some_and(|ending| kinds.contains(&ending));
            if !is_folder && !is_kind {
                continue;
            }
            let names = known.iter().copied().chain(named.iter().map(String::as_str));
            // A folder is no misspelt file.
            let names = names.filter(|name| name.contains('.') != is_folder);
            let near = nearest(name, names);
            // Other folders may be anybody's, such as that of a logo, unless they have texts.
            if is_folder && near.is_none() && (is_data || !self.has_texts(&path)) {
                continue;
            }
            found.push(self.nobody_reads(&path, near, is_data && !is_folder));
        }
        found
    }

    fn nobody_reads(&self, path: &Path, near: Option<&str>, is_table: bool) -> Diagnostic {
        let shown = self.project.shown(path);
        let name = crate::diag::slashed(&shown);
        let warning = Diagnostic::warning(Code::K0036, message!("nothing reads `{name}`", name))
            .at(Place::Path(shown))
            .subject(name.clone());
        let warning = match near {
            Some(near) => warning.hint(message!("did you mean `{near}`? Then rename it", near)),
            None => warning,
        };
        match (is_table, name.ends_with(".csv")) {
            (true, true) => {
                warning.hint(message!("`kosh table new {name}` describes a new table", name))
            }
            _ => {
                warning.hint(message!("if it is to be read by nobody, put it into another folder"))
            }
        }
    }

    fn no_profile(&self, folder: &Path, id: &str) -> Diagnostic {
        let shown = self.project.shown(folder);
        let name = crate::diag::slashed(&shown);
        let known = self.project.layered().profile_ids();
        let near = nearest(id, known.iter().map(String::as_str));
        let warning =
            Diagnostic::warning(Code::K0036, message!("nothing reads the folder `{name}`", name))
                .at(Place::Path(shown))
                .subject(name)
                .note(message!("it has no `profile.toml`, so it is no profile"));
        match near {
            Some(near) => warning
                .hint(message!("did you mean the profile `{near}`? Then rename the folder", near)),
            None => warning.hint(message!("write a `profile.toml` into it, or delete it")),
        }
    }
}
