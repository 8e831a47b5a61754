//! The program itself, as one of the inputs of an output.
//!
//! Two programs with the same [`BUILD`] make the same bytes from the same input. `build.rs` computes it
//! as the hash of all sources, `Cargo.lock`, the compiler and the target.

/// The version, such as `0.1.0`.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The hash of everything that the program was compiled from.
pub const BUILD: &str = env!("KOSH_BUILD");

/// The libraries that affect what is printed, with their versions: `typst 0.15.1`, separated by
/// semicolons.
const LIBRARIES: &str = env!("KOSH_LIBRARIES");

/// The names and versions of the libraries that affect what is printed.
pub fn libraries() -> impl Iterator<Item = (&'static str, &'static str)> {
    LIBRARIES.split(';').filter_map(|library| library.split_once(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_libraries_that_shape_a_page_are_named() {
        let named: Vec<&str> = libraries().map(|(name, _)| name).collect();
        for name in ["typst", "typst-pdf", "minijinja", "icu", "plotters", "hayagriva"] {
            assert!(named.contains(&name), "{name} is not among {named:?}");
        }
        assert_eq!(BUILD.len(), 64);
    }
}
