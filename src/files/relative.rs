//! Paths relative to the project, independent of its location.

use std::path::{Component, Path, PathBuf};

use super::is_shipped;
use crate::diag::slashed;

/// A path relative to the project, with forward slashes; a shipped path unchanged.
pub fn relative(root: &Path, path: &Path) -> String {
    if is_shipped(path) {
        return slashed(path);
    }
    if let Ok(inner) = path.strip_prefix(root)
        && !inner.components().any(|part| part == Component::ParentDir)
    {
        return slashed(inner);
    }
    let (root, path) = (plain(root), plain(path));
    let shared = root.iter().zip(path.iter()).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n(Path::new(".."), root.len() - shared);
    let down = path[shared..].iter().map(Path::new);
    slashed(&up.chain(down).collect::<PathBuf>())
}

/// The components of an absolute path, without `.` and `..`.
fn plain(path: &Path) -> Vec<std::ffi::OsString> {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut parts = vec![];
    for part in whole.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(parts.pop()),
            part => parts.push(part.as_os_str().to_owned()),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_the_projects_and_not_the_machines() {
        let cases = [
            ("/home/a/project", "/home/a/project/data/x.csv", "data/x.csv"),
            ("/home/a/project", "/home/a/data/x.csv", "../data/x.csv"),
            ("/home/a/project", "/home/a/project/../../x.csv", "../../x.csv"),
            (".", "./brief.toml", "brief.toml"),
            ("p", "other/x", "../other/x"),
            ("p", "kosh:data/x.csv", "kosh:data/x.csv"),
        ];
        for (root, path, expected) in cases {
            assert_eq!(relative(Path::new(root), Path::new(path)), expected, "{path}");
        }
    }
}
