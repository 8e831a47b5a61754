//! Writes the demonstration data: `cargo run --release --example full-matrix`.
//!
//! In: a seed, and the shipped registers of regions and partners. Out: the tables of
//! `examples/full-matrix/data/`, with the same bytes on every machine. `generator` describes what is
//! invented and how.

mod generator;

use std::path::Path;

fn main() -> std::io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let data = root.join("examples/full-matrix/data");
    for (name, text) in generator::files(&root.join("data"))? {
        let path = data.join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(&data))?;
        std::fs::write(path, text)?;
    }
    Ok(())
}
