//! Hashes of lists, with unambiguous boundaries between parts.

/// Adds a part to a hash with its length in front, so that different lists have different hashes.
pub fn add(hasher: &mut blake3::Hasher, part: &[u8]) {
    hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
}

/// A hash in hexadecimal digits, two per byte, as in lists of checksums and data packages.
pub fn hexadecimal(sum: &[u8]) -> String {
    sum.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_has_two_digits() {
        assert_eq!(hexadecimal(&[0, 10, 255]), "000aff");
    }

    #[test]
    fn parts_do_not_run_into_one_another() {
        let named = |parts: &[&str]| {
            let mut hasher = blake3::Hasher::new();
            parts.iter().for_each(|part| add(&mut hasher, part.as_bytes()));
            hasher.finalize()
        };
        assert_eq!(named(&["ab", "c"]), named(&["ab", "c"]));
        assert_ne!(named(&["ab", "c"]), named(&["a", "bc"]));
        assert_ne!(named(&["abc"]), named(&["abc", ""]));
    }
}
