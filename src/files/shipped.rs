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

/// The `brief.toml` of the shipped templates and data.
pub const BRIEF: &str = include_str!("../../brief.toml");

/// A text for new projects by its path, such as `README.en.md`. It belongs to no layer.
pub fn starter(path: &str) -> Option<String> {
    let file = Starter::get(&format!("starter/{path}"))?;
    String::from_utf8(file.data.into_owned()).ok()
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
