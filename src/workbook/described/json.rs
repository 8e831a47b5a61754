//! A value of JSON with the way to it, so that a problem is told at its place in the text.

use std::ops::Range;

use serde_json::Value;

use crate::diag::{Code, Diagnostic, Message, Place, SourceText};

/// A step from a value into one of its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Key(String),
    At(usize),
}

/// A value inside of a text.
#[derive(Clone)]
pub(super) struct Node<'a> {
    source: &'a SourceText,
    way: Vec<Step>,
    /// The value.
    pub value: &'a Value,
}

impl<'a> Node<'a> {
    /// The whole of a text.
    pub(super) fn whole(source: &'a SourceText, value: &'a Value) -> Self {
        Self { source, way: vec![], value }
    }

    fn part(&self, step: Step, value: &'a Value) -> Self {
        let way = self.way.iter().cloned().chain([step]).collect();
        Self { source: self.source, way, value }
    }

    /// The value of a key; none where it is `null`.
    pub(super) fn get(&self, key: &str) -> Option<Self> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        Some(self.part(Step::Key(key.to_owned()), value))
    }

    /// The value of a key, `null` too.
    pub(super) fn stated(&self, key: &str) -> Option<Self> {
        Some(self.part(Step::Key(key.to_owned()), self.value.get(key)?))
    }

    /// The parts of a list; of anything else itself.
    pub(super) fn each(&self) -> Vec<Self> {
        match self.value {
            Value::Array(all) => {
                (0..).zip(all).map(|(at, value)| self.part(Step::At(at), value)).collect()
            }
            _ => vec![self.clone()],
        }
    }

    /// The text of a key; an error where it is none.
    pub(super) fn text(&self, key: &str) -> Result<Option<&'a str>, Diagnostic> {
        let Some(node) = self.get(key) else { return Ok(None) };
        let text = node.value.as_str();
        text.map(Some).ok_or_else(|| node.refuse(message!("`{key}` is no text", key)))
    }

    /// Whether a key is true; `otherwise` where it is not there.
    pub(super) fn is(&self, key: &str, otherwise: bool) -> Result<bool, Diagnostic> {
        let Some(node) = self.get(key) else { return Ok(otherwise) };
        let value = node.value.as_bool();
        value.ok_or_else(|| node.refuse(message!("`{key}` is neither true nor false", key)))
    }

    /// The number of a key, from nought on.
    pub(super) fn count(&self, key: &str, otherwise: u32) -> Result<u32, Diagnostic> {
        let Some(node) = self.get(key) else { return Ok(otherwise) };
        let count = node.value.as_u64().and_then(|count| u32::try_from(count).ok());
        count.ok_or_else(|| node.refuse(message!("`{key}` is no count", key)))
    }

    /// The only sign of a key that a table is split by: one of ASCII. `Some(None)` where it is stated that there is none.
    pub(super) fn sign(&self, key: &str) -> Result<Option<Option<u8>>, Diagnostic> {
        let Some(node) = self.stated(key) else { return Ok(None) };
        match node.value {
            Value::Null => Ok(Some(None)),
            Value::String(text) if text.is_empty() => Ok(Some(None)),
            Value::String(text) => match text.as_bytes() {
                [byte] if byte.is_ascii() && !matches!(byte, b'\n' | b'\r') => {
                    Ok(Some(Some(*byte)))
                }
                _ => {
                    Err(node.refuse(message!("`{key}` is more than one sign: `{text}`", key, text)))
                }
            },
            _ => Err(node.refuse(message!("`{key}` is no text", key))),
        }
    }

    /// The only character of a key; `None` where there is none.
    pub(super) fn character(&self, key: &str) -> Result<Option<char>, Diagnostic> {
        let Some(text) = self.text(key)? else { return Ok(None) };
        let mut all = text.chars();
        match (all.next(), all.next()) {
            (one, None) => Ok(one),
            _ => {
                let node = self.get(key).unwrap_or_else(|| self.clone());
                Err(node.refuse(message!(
                    "`{key}` is more than one character: `{text}`",
                    key,
                    text
                )))
            }
        }
    }

    /// Where it is written.
    pub(super) fn place(&self) -> Place {
        self.source.place(find(&self.source.text, &self.way))
    }

    /// The problem that it is not followed.
    pub(super) fn refuse(&self, message: Message) -> Diagnostic {
        Diagnostic::error(Code::K1206, message).at(self.place())
    }
}

/// The bytes of what a way leads to: the key, or a part of a list; as far as the text has it.
fn find(text: &str, way: &[Step]) -> Range<usize> {
    let mut walk = Walk { text, at: 0 };
    let mut found = 0..0;
    for step in way {
        match walk.enter(step) {
            Some(range) => found = range,
            None => break,
        }
    }
    found
}

/// A text of JSON that is known to be right, while it is walked through.
struct Walk<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Walk<'t> {
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while bytes
            .get(self.at)
            .is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, 0xef | 0xbb | 0xbf))
        {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    /// The string that begins here, with its marks.
    fn string(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut at = start.checked_add(1)?;
        loop {
            match bytes.get(at)? {
                b'\\' => at += 2,
                b'"' => break,
                _ => at += 1,
            }
        }
        self.at = at + 1;
        Some(start..self.at)
    }

    /// Passes over the value that begins here, and gives its bytes.
    fn value(&mut self) -> Option<Range<usize>> {
        let mut depth = 0_usize;
        self.peek()?;
        let start = self.at;
        loop {
            match self.peek()? {
                b'"' => {
                    self.string()?;
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                b',' | b':' => self.at += 1,
                _ => {
                    let rest = self.text.get(self.at..)?;
                    let end = rest.find([',', '}', ']', ':']).unwrap_or(rest.len());
                    self.at += rest[..end].trim_end().len().max(1);
                }
            }
            if depth == 0 {
                return Some(start..self.at);
            }
        }
    }

    /// Goes into a part of the value that begins here, and gives the bytes by which it is shown.
    fn enter(&mut self, step: &Step) -> Option<Range<usize>> {
        let open = self.peek()?;
        self.at += 1;
        match (step, open) {
            (Step::Key(wanted), b'{') => loop {
                if self.peek()? != b'"' {
                    return None;
                }
                let key = self.string()?;
                let name: String = serde_json::from_str(&self.text[key.clone()]).ok()?;
                if self.peek()? != b':' {
                    return None;
                }
                self.at += 1;
                if name == *wanted {
                    return Some(key);
                }
                self.value()?;
                if self.peek()? != b',' {
                    return None;
                }
                self.at += 1;
            },
            (Step::At(number), b'[') => {
                for _ in 0..*number {
                    self.value()?;
                    if self.peek()? != b',' {
                        return None;
                    }
                    self.at += 1;
                }
                self.peek()?;
                let start = self.at;
                let whole = self.value()?;
                self.at = start;
                let line = self.text[whole.clone()].find('\n').unwrap_or(whole.len());
                Some(start..start + line)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_found_at_its_place_whatever_stands_before_it() {
        let text = "\u{feff}{\"a\\\"b\": [1, {\"x\": \"}\"}, \"resources\"],\n \"resources\": [\n  {\"name\": \"one\"},\n  {\"name\": true, \"path\": [[], null]}]}";
        let source = SourceText::new("a.json", text);
        let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap();
        let whole = Node::whole(&source, &value);
        let shown = |node: &Node| {
            let found = find(&source.text, &node.way);
            (node.place().to_string(), text[found].to_owned())
        };
        let all = whole.get("resources").unwrap();
        assert_eq!(shown(&all), ("a.json:2:2".to_owned(), "\"resources\"".to_owned()));
        let second = &all.each()[1];
        assert_eq!(shown(second).0, "a.json:4:3");
        let name = second.get("name").unwrap();
        assert_eq!(shown(&name), ("a.json:4:4".to_owned(), "\"name\"".to_owned()));
        assert!(second.text("name").is_err());
        assert!(second.is("name", false).unwrap());
        let path = second.get("path").unwrap();
        assert_eq!(shown(&path.each()[1]), ("a.json:4:31".to_owned(), "null".to_owned()));
        assert!(second.get("title").is_none());
    }
}
