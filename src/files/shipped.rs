//! What the program carries: the layer below every project.

use std::borrow::Cow;

use rust_embed::RustEmbed;

/// The root under which shipped files are named, as `kosh:templates/figures.toml`.
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

/// The `brief.toml` that stands beside the shipped templates and data.
pub const BRIEF: &str = include_str!("../../brief.toml");

/// A text of which a new project is made, by its path, as `README.en.md`. It is no layer.
pub fn starter(path: &str) -> Option<String> {
    let file = Starter::get(&format!("starter/{path}"))?;
    String::from_utf8(file.data.into_owned()).ok()
}

/// A shipped file by its path, as `templates/figures.toml`.
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
