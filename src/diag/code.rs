//! The codes of problems, one for each page of `docs/diagnostics.md`, from which the build script
//! generates them. A problem without a page does not compile.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

include!(concat!(env!("OUT_DIR"), "/codes.rs"));

impl Code {
    /// Its area, the first two digits: 7 for typesetting. The table at the beginning of
    /// `docs/diagnostics.md` lists the areas.
    pub fn area(self) -> u8 {
        self.as_str()[1..3].parse().unwrap_or_default()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Code {
    type Err = ();

    /// Parses a code such as `K0101`.
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text).ok_or(())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl PartialEq<str> for Code {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Code {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_is_printed() {
        assert!(Code::ALL.len() > 200);
        for code in Code::ALL {
            assert_eq!(code.to_string().parse(), Ok(*code));
            assert_eq!(u16::from(code.area()), code.as_str()[1..].parse::<u16>().unwrap() / 100);
        }
        assert!("K9999".parse::<Code>().is_err());
        assert!("k0101".parse::<Code>().is_err());
    }
}
