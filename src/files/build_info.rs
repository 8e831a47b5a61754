//! The program itself, as part of what an output is made of.
//!
//! Two programs of one [`BUILD`] make the same bytes of the same input. `build.rs` writes it: the
//! hash of all sources, of `Cargo.lock`, of the compiler and of what it compiles for.

/// The version, as `0.1.0`.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The hash of all that the program was made of.
pub const BUILD: &str = env!("KOSH_BUILD");

/// The libraries that shape what is printed, with their versions: `typst 0.15.1`, a line each.
const LIBRARIES: &str = env!("KOSH_LIBRARIES");

/// The libraries that shape what is printed, and their versions.
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
