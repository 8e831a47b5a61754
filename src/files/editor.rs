//! Links that open a file in an editor.
//!
//! Editors register a scheme with the system, so that a link on a page opens a file at its line:
//! `vscode://file/home/a/brief.toml:3:1`.

use std::path::Path;

use super::is_shipped;
use crate::diag::{Message, slashed};

/// How a place in a file becomes the address of a link.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EditorLink {
    /// The address, with `{path}`, `{line}` and `{column}`; `None` if there are no links.
    pattern: Option<String>,
}

/// The editors that are known by name, each with its address.
const KNOWN: [(&str, &str); 5] = [
    // https://code.visualstudio.com/docs/configure/command-line#_opening-vs-code-with-urls
    ("vscode", "vscode://file/{path}:{line}:{column}"),
    ("vscodium", "vscodium://file/{path}:{line}:{column}"),
    ("cursor", "cursor://file/{path}:{line}:{column}"),
    // https://zed.dev/docs/remote-development and `zed://file` in its command line.
    ("zed", "zed://file/{path}:{line}:{column}"),
    // https://www.jetbrains.com/help/idea/opening-files-from-command-line.html
    ("idea", "idea://open?file={path}&line={line}&column={column}"),
];

/// The editor whose links are used if none is chosen.
pub const USUAL_EDITOR: &str = "vscode";
/// The word for no links.
const NONE: &str = "none";

/// Schemes that would make the browser run or show the address itself.
const UNSAFE: [&str; 5] = ["javascript", "data", "vbscript", "blob", "about"];

impl EditorLink {
    /// Reads the name of an editor, `none`, or a pattern with `{path}`; otherwise returns what is wrong.
    ///
    /// ```
    /// use kosh::files::EditorLink;
    ///
    /// let link = EditorLink::parse("emacs://open?file={path}&line={line}").unwrap();
    /// let open = link.open("/home/a/my brief".as_ref(), "data/x.csv".as_ref(), Some((3, 1)));
    /// assert_eq!(open.unwrap(), "emacs://open?file=/home/a/my%20brief/data/x.csv&line=3");
    /// ```
    pub fn parse(written: &str) -> Result<Self, Message> {
        if written == NONE {
            return Ok(Self::default());
        }
        if let Some((_, pattern)) = KNOWN.iter().find(|(name, _)| *name == written) {
            return Ok(Self { pattern: Some((*pattern).to_owned()) });
        }
        let names = KNOWN.map(|(name, _)| format!("`{name}`")).join(", ");
        let known = message!(
            "write {names}, `{none}`, or an address with {{path}} and {{line}}",
            names,
            none = NONE
        );
        let Some((scheme, _)) = written.split_once(':') else {
            return Err(message!("`{written}` is not an editor: {known}", written, known));
        };
        let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
        if !is_scheme || UNSAFE.iter().any(|unsafe_one| scheme.eq_ignore_ascii_case(unsafe_one)) {
            return Err(message!(
                "`{written}` is not the address of an editor: {known}",
                written,
                known
            ));
        }
        if !written.contains("{path}") {
            return Err(message!("`{written}` names no file: {known}", written, known));
        }
        Ok(Self { pattern: Some(written.to_owned()) })
    }

    /// The links of the usual editor.
    pub fn usual() -> Self {
        Self::parse(USUAL_EDITOR).unwrap_or_default()
    }

    /// The address that opens a file of the project in `root` at a line and column; `None` for a shipped
    /// file, which is not on the disk, or if there are no links.
    pub fn open(&self, root: &Path, file: &Path, at: Option<(usize, usize)>) -> Option<String> {
        let pattern = self.pattern.as_ref()?;
        if is_shipped(file) || file.as_os_str().is_empty() {
            return None;
        }
        let path = escaped(&slashed(&std::path::absolute(root.join(file)).ok()?));
        let (line, column) = at.unwrap_or((1, 1));
        let (before, _) = pattern.split_once("{path}")?;
        // `vscode://file/` and `/home/a` are joined by one slash; `C:/a` has none of its own.
        let path = if before.ends_with('/') { path.trim_start_matches('/') } else { &path };
        Some(
            pattern
                .replace("{path}", path)
                .replace("{line}", &line.to_string())
                .replace("{column}", &column.to_string()),
        )
    }
}

/// A path in an address: everything but letters, digits, slashes and a few marks is escaped.
fn escaped(path: &str) -> String {
    let mut made = String::new();
    for byte in path.bytes() {
        match byte {
            b'/' | b':' | b'-' | b'_' | b'.' | b'~' => made.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => made.push(char::from(byte)),
            _ => made.push_str(&format!("%{byte:02X}")),
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_opens_in_the_editor_that_was_chosen() {
        let open = |written: &str, file: &str| {
            EditorLink::parse(written).unwrap().open(
                Path::new("/home/a"),
                Path::new(file),
                Some((12, 4)),
            )
        };
        assert_eq!(open("vscode", "x.md").unwrap(), "vscode://file/home/a/x.md:12:4");
        assert_eq!(open("idea", "x.md").unwrap(), "idea://open?file=/home/a/x.md&line=12&column=4");
        let own = "my-editor://{line}/{path}";
        assert_eq!(open(own, "т.md").unwrap(), "my-editor://12/home/a/%D1%82.md");
        // What the address itself is made of cannot come from a path.
        assert_eq!(
            open("vscode", "a?b#{line}").unwrap(),
            "vscode://file/home/a/a%3Fb%23%7Bline%7D:12:4"
        );
        assert_eq!(open("none", "x.md"), None);
        assert_eq!(open("vscode", "kosh:templates/theme.typ"), None, "it is not on the disk");
        assert_eq!(
            EditorLink::usual().open(Path::new("/a"), Path::new("b"), None).unwrap(),
            "vscode://file/a/b:1:1"
        );
    }

    #[test]
    fn what_no_browser_should_open_is_refused() {
        for wrong in [
            "",
            "vim",
            "vscode://file/x",
            "javascript:alert('{path}')",
            "JavaScript:{path}",
            "data:text/html,{path}",
            " vscode://{path}",
            "{path}:{line}",
            "://{path}",
        ] {
            assert!(EditorLink::parse(wrong).is_err(), "{wrong}");
        }
    }
}
