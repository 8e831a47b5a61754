//! Generates `KOSH_BUILD`, the hash of everything the program is compiled from, for
//! `src/files/build_info.rs`, the enum of diagnostic codes for `src/diag/code.rs`, the lists of what is
//! translated for `src/diag/mod.rs` and `src/diag/catalogue.rs`, and the fonts of Typst that are compiled in.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Libraries that affect the pages; the rest of the lock file is only hashed.
const LIBRARIES: [&str; 12] = [
    "blake3",
    "fixed_decimal",
    "hayagriva",
    "icu",
    "jiff",
    "minijinja",
    "notosans",
    "plotters",
    "pulldown-cmark",
    "typst",
    "typst-assets",
    "typst-pdf",
];

fn main() {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo says it"));
    let mut files = vec![root.join("Cargo.toml"), root.join("Cargo.lock"), root.join("build.rs")];
    // Templates and data are compiled in, but recorded as files that were read.
    walk(&root.join("src"), &mut files);
    files.sort();
    write_codes(&root);
    write_translations(&root);
    write_fonts();
    let mut hasher = blake3::Hasher::new();
    for path in &files {
        println!("cargo:rerun-if-changed={}", path.display());
        let inner = path.strip_prefix(&root).expect("below the root").to_string_lossy();
        let bytes = fs::read(path).unwrap_or_default();
        hasher.update(inner.replace('\\', "/").as_bytes()).update(&[0]);
        hasher.update(blake3::hash(&bytes).as_bytes());
    }
    println!("cargo:rerun-if-changed={}", root.join("src").display());
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let compiler = Command::new(variable("RUSTC")).arg("-vV").output();
    hasher.update(&compiler.map(|output| output.stdout).unwrap_or_default());
    hasher.update(variable("TARGET").as_bytes()).update(variable("PROFILE").as_bytes());
    println!("cargo:rustc-env=KOSH_BUILD={}", hasher.finalize().to_hex());

    let lock = fs::read_to_string(root.join("Cargo.lock")).unwrap_or_default();
    let versions = LIBRARIES.iter().filter_map(|name| {
        let (_, behind) = lock.split_once(&format!("name = \"{name}\"\nversion = \""))?;
        Some(format!("{name} {}", behind.split('"').next()?))
    });
    println!("cargo:rustc-env=KOSH_LIBRARIES={}", versions.collect::<Vec<_>>().join(";"));
}

/// Writes the enum of codes, with a variant for each page of `docs/diagnostics.md`.
fn write_codes(root: &Path) {
    let pages = root.join("docs/diagnostics.md");
    println!("cargo:rerun-if-changed={}", pages.display());
    let text = fs::read_to_string(&pages).expect("the pages of the diagnostics are there");
    let heads = text.lines().filter_map(|line| line.strip_prefix("## ")?.split_once(' '));
    let (mut variants, mut names, mut texts) = (String::new(), String::new(), String::new());
    for (code, title) in heads {
        variants += &format!("    /// {title}.\n    {code},\n");
        names += &format!("        Self::{code},\n");
        texts += &format!("            Self::{code} => \"{code}\",\n");
    }
    let codes = format!(
        "/// The code of a problem, as `K0101`; `kosh explain` shows its page.\n\
         #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]\n\
         pub enum Code {{\n{variants}}}\n\n\
         impl Code {{\n    /// Every code, in the order of its page.\n    \
         pub const ALL: &[Self] = &[\n{names}    ];\n\n    \
         /// The code as it is printed.\n    \
         #[allow(clippy::too_many_lines)]\n    \
         pub const fn as_str(self) -> &'static str {{\n        \
         match self {{\n{texts}        }}\n    }}\n}}\n"
    );
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo says it"));
    fs::write(out.join("codes.rs"), codes).expect("the build's folder can be written");
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match path.is_dir() {
            true => walk(&path, found),
            false => found.push(path),
        }
    }
}

/// Writes the lists of what is translated: the pages in `docs/diagnostics.LANG.md`, and the catalogues in
/// `ui/LANG.ftl`, each with its language.
fn write_translations(root: &Path) {
    let pages = translations(&root.join("docs"), "diagnostics.", ".md");
    let pages = format!(
        "/// The same in other languages, each with its language; a page that is not there is English.\n\
         pub const TRANSLATED_PAGES: &[(&str, &str)] = &[\n{pages}];\n"
    );
    let catalogues = translations(&root.join("ui"), "", ".ftl");
    let catalogues = format!(
        "/// The catalogues of the program, each with its language.\n\
         const SHIPPED: &[(&str, &str)] = &[\n{catalogues}];\n\
         /// The language that the texts are written in.\n\
         pub const ENGLISH: &str = \"en\";\n"
    );
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo says it"));
    for (name, text) in [("pages.rs", pages), ("catalogues.rs", catalogues)] {
        fs::write(out.join(name), text).expect("the build's folder can be written");
    }
}

/// The files of a folder that are named after a language, as elements of a list in the source.
fn translations(folder: &Path, start: &str, end: &str) -> String {
    println!("cargo:rerun-if-changed={}", folder.display());
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> =
        entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.sort();
    let mut list = String::new();
    for name in &names {
        let language = name.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
        if let Some(language) = language.filter(|language| !language.is_empty()) {
            let path = folder.join(name).display().to_string();
            list += &format!("    ({language:?}, include_str!({path:?})),\n");
        }
    }
    list
}

/// The families of Typst's fonts that kosh offers.
const FAMILIES: [&str; 2] = ["Libertinus Serif", "DejaVu Sans Mono"];

/// Writes the fonts of these families, and the static that contains them. Typst's other fonts, for
/// formulas, are two thirds of all.
fn write_fonts() {
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo says it"));
    let names: Vec<Vec<u8>> = FAMILIES
        .iter()
        .map(|family| family.encode_utf16().flat_map(u16::to_be_bytes).collect())
        .collect();
    let has = |data: &[u8], name: &[u8]| {
        name_table(data).is_some_and(|names| names.windows(name.len()).any(|at| at == name))
    };
    let chosen = typst_assets::fonts().filter(|data| names.iter().any(|name| has(data, name)));
    let mut lines = String::new();
    let mut count = 0;
    for data in chosen {
        let name = format!("typst-{count}.font");
        fs::write(out.join(&name), data).expect("the build's folder can be written");
        lines += &format!("    include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}\")),\n");
        count += 1;
    }
    let text = format!(
        "/// The fonts of Typst that are compiled in.\n\
         pub static TYPST: [&[u8]; {count}] = [\n{lines}];\n"
    );
    fs::write(out.join("fonts.rs"), text).expect("the build's folder can be written");
}

/// The table of a font that contains its names.
fn name_table(font: &[u8]) -> Option<&[u8]> {
    let number = |at: usize| {
        Some(u32::from_be_bytes(font.get(at..at + 4)?.try_into().expect("four bytes")) as usize)
    };
    let tables = number(4)? >> 16;
    let record = (0..tables)
        .map(|table| 12 + 16 * table)
        .find(|at| font.get(*at..at + 4).is_some_and(|tag| tag == b"name"))?;
    let (offset, length) = (number(record + 8)?, number(record + 12)?);
    font.get(offset..offset + length)
}
