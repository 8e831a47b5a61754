//! `SHA256SUMS`, which `sha256sum -c` and similar tools can check on any system.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::files::digest::hexadecimal;
use crate::output::File;

/// The name of the list.
pub const SUMS: &str = "SHA256SUMS";

/// The list of checksums: a line per file, sorted by name.
pub(super) fn file(files: &[File]) -> File {
    let mut named: Vec<(&str, String)> =
        files.iter().map(|file| (file.name.as_str(), sum(&file.bytes))).collect();
    named.sort();
    let mut text = String::new();
    for (name, sum) in named {
        // Two spaces, as in the GNU tools; BSD tools can read that too.
        writeln!(text, "{sum}  {name}").expect("a string takes everything");
    }
    File { name: SUMS.to_owned(), bytes: text.into_bytes() }
}

/// The SHA-256 of bytes in hexadecimal digits.
fn sum(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_is_the_one_of_the_standard() {
        // FIPS 180-2, appendix B.1.
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sum(b"abc"), expected);
    }

    #[test]
    fn a_list_has_a_line_for_each_file_in_order() {
        let files = ["b.pdf", "a/f.svg"].map(|name| File { name: name.into(), bytes: vec![] });
        let text = String::from_utf8(file(&files).bytes).unwrap();
        let names: Vec<&str> =
            text.lines().filter_map(|line| Some(line.split_once("  ")?.1)).collect();
        assert_eq!(names, ["a/f.svg", "b.pdf"]);
    }
}
