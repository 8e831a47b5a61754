//! Shipped files: the layer below every project, compiled into the program.

use std::borrow::Cow;

use rust_embed::RustEmbed;

/// The prefix of shipped paths, as in `kosh:templates/figures.toml`.
pub const ROOT: &str = "kosh:";

#[derive(RustEmbed)]
#[folder = "templates/"]
#[prefix = "templates/"]
struct Templates;

#[derive(RustEmbed)]
#[folder = "data/"]
#[prefix = "data/"]
struct Data;

#[derive(RustEmbed)]
#[folder = "starter/"]
#[prefix = "starter/"]
struct Starter;

#[derive(RustEmbed)]
#[folder = "docs/handbook/"]
struct Handbook;

/// The reference: pages of `docs/` that files of a project, messages and the handbook point to.
pub const REFERENCE: &[(&str, &str)] = &[
    ("project", include_str!("../../docs/project.md")),
    ("data", include_str!("../../docs/data.md")),
    ("import", include_str!("../../docs/import.md")),
    ("check-data", include_str!("../../docs/check-data.md")),
    ("indicators", include_str!("../../docs/indicators.md")),
    ("method", include_str!("../../docs/method.md")),
    ("templates", include_str!("../../docs/templates.md")),
    ("editorial", include_str!("../../docs/editorial.md")),
    ("guards", include_str!("../../docs/guards.md")),
    ("languages", include_str!("../../docs/languages.md")),
    ("diff", include_str!("../../docs/diff.md")),
    ("preview", include_str!("../../docs/preview.md")),
    ("performance", include_str!("../../docs/performance.md")),
    ("diagnostics", include_str!("../../docs/diagnostics.md")),
];

/// The `brief.toml` of the shipped templates and data.
pub const BRIEF: &str = include_str!("../../brief.toml");

/// A text for new projects by its path, such as `README.en.md`. It belongs to no layer.
pub fn starter(path: &str) -> Option<String> {
    let file = Starter::get(&format!("starter/{path}"))?;
    String::from_utf8(file.data.into_owned()).ok()
}

/// The paths of the files for new projects in a folder such as `blank/`, relative to it, sorted.
pub fn starter_files(folder: &str) -> Vec<String> {
    let folder = format!("starter/{folder}");
    let mut paths: Vec<String> =
        Starter::iter().filter_map(|path| Some(path.strip_prefix(&folder)?.to_owned())).collect();
    paths.sort();
    paths
}

/// A shipped file by its path, such as `templates/figures.toml`.
pub fn file(path: &str) -> Option<Cow<'static, [u8]>> {
    Templates::get(path).or_else(|| Data::get(path)).map(|file| file.data)
}

/// The paths of all shipped files, sorted.
pub fn files() -> Vec<String> {
    let mut paths: Vec<String> =
        Templates::iter().chain(Data::iter()).map(Cow::into_owned).collect();
    paths.sort();
    paths
}

/// A file of the handbook by its path below `docs/handbook`, such as `en/src/look.md`.
pub fn handbook(path: &str) -> Option<Cow<'static, [u8]>> {
    Handbook::get(path).map(|file| file.data)
}

/// The paths of all files of the handbook, sorted.
pub fn handbook_files() -> Vec<String> {
    let mut paths: Vec<String> = Handbook::iter().map(Cow::into_owned).collect();
    paths.sort();
    paths
}
