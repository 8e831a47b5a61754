//! Names the build: the hash of everything the program is made of, for `src/files/build_info.rs`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What shapes a page; the rest of the lock file counts by its hash only.
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
    // Templates and data are compiled in, and count as files that were read.
    walk(&root.join("src"), &mut files);
    files.sort();
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

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match path.is_dir() {
            true => walk(&path, found),
            false => found.push(path),
        }
    }
}
