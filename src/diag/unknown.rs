//! Parses serde's message about an unknown name.
//!
//! Parsers of TOML, JSON and YAML pass serde's message on as text, so it is parsed here for all of them.

/// An unknown name, and the known ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown<'a> {
    /// Whether it is a key rather than a value.
    pub is_key: bool,
    /// The name as written.
    pub written: &'a str,
    /// The names that are valid there.
    pub known: Vec<&'a str>,
}

impl<'a> Unknown<'a> {
    /// Parses a message worded by serde: ``unknown field `colour`, expected one of `accent`, `gain` ``.
    /// `None` for any other message.
    pub fn of(message: &'a str) -> Option<Self> {
        let is_key = message.starts_with("unknown field `");
        if !is_key && !message.starts_with("unknown variant `") {
            return None;
        }
        let mut quoted = message.split('`').skip(1).step_by(2);
        Some(Self { is_key, written: quoted.next()?, known: quoted.collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::Unknown;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only what serde says of it is read")]
    struct Two {
        accent: Option<u8>,
        gain: Option<Size>,
    }

    #[derive(Debug, serde::Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Size {
        Small,
        Large,
    }

    #[test]
    fn what_serde_says_is_read() {
        let said = |text: &str| toml::from_str::<Two>(text).unwrap_err().message().to_owned();
        let (key, value) = (said("colour = 1"), said("gain = \"huge\""));
        let known = vec!["accent", "gain"];
        assert_eq!(Unknown::of(&key), Some(Unknown { is_key: true, written: "colour", known }));
        let known = vec!["small", "large"];
        assert_eq!(Unknown::of(&value), Some(Unknown { is_key: false, written: "huge", known }));
        assert_eq!(Unknown::of(&said("accent = 1000")), None);
    }
}
