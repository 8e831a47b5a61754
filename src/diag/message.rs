//! Texts for the user: English, written where it is needed, and translatable.
//!
//! English is kept whole, so a file, a test or another program reads the same words whatever language the
//! user has chosen. With it are kept the pattern it was made of and the values in it, from which
//! [`Catalogue`] makes the text of another language. Texts are made by [`message!`], which checks
//! the pattern like `format!`; there is no other way from words of the program to a text, so a message
//! without a translation is found by the tests of `catalogue.rs`.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

use serde::{Serialize, Serializer};

use super::catalogue::{self, Catalogue};

/// A text for the user, in English and translatable. Texts are equal if their English is.
#[derive(Clone, Default)]
pub struct Message {
    english: String,
    /// What it was made of; `None` for words that are not the program's own.
    source: Option<Box<Source>>,
}

/// What a text was made of.
#[derive(Clone)]
enum Source {
    Pattern {
        pattern: &'static str,
        values: Vec<(&'static str, Value)>,
    },
    /// Texts one after the other.
    Parts(Vec<Message>),
}

/// A value in a text.
#[derive(Debug, Clone)]
pub enum Value {
    /// A number, which a translation may select a plural form by.
    Number(i64),
    /// A text, which has its own translation.
    Message(Message),
    /// What the user wrote, or a name.
    Verbatim(String),
}

/// Makes a [`Message`] of an English pattern and the values named in it:
/// ``message!("`{path}` has {rows} rows", path, rows = table.len())``.
///
/// A placeholder is a name and nothing else, since the pattern is also the key of its translations.
macro_rules! message {
    (@value $name:ident) => { $name };
    (@value $name:ident $value:expr) => { $value };
    ($pattern:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        // `concat!` forbids placeholders that are not among the names.
        match ($(&message!(@value $name $($value)?),)*) {
            ($($name,)*) => {
                #[allow(unused_imports, reason = "no value may need it")]
                use $crate::diag::Displayed as _;
                $crate::diag::Message::of_pattern(
                    format!(concat!($pattern), $($name = $name),*),
                    $pattern,
                    vec![$((stringify!($name), $crate::diag::Shown($name).value())),*],
                )
            }
        }
    };
}

/// Turns a value of [`message!`] into a [`Value`]: the methods of a type itself take precedence over
/// the one of [`Displayed`], which every other type has.
#[doc(hidden)]
pub struct Shown<'a, T: ?Sized>(pub &'a T);

/// See [`Shown`].
#[doc(hidden)]
pub trait Displayed {
    /// The value as it is displayed.
    fn value(&self) -> Value;
}

impl<T: fmt::Display + ?Sized> Displayed for Shown<'_, T> {
    fn value(&self) -> Value {
        Value::Verbatim(self.0.to_string())
    }
}

impl Shown<'_, Message> {
    /// The text.
    pub fn value(&self) -> Value {
        Value::Message(self.0.clone())
    }
}

impl Shown<'_, &Message> {
    /// The text.
    pub fn value(&self) -> Value {
        Value::Message((*self.0).clone())
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Shown<'_, $number> {
            /// The number; one beyond the range of counts is only displayed.
            pub fn value(&self) -> Value {
                i64::try_from(*self.0).map_or_else(|_| Value::Verbatim(self.0.to_string()), Value::Number)
            }
        }
        impl Shown<'_, &$number> {
            /// The number.
            pub fn value(&self) -> Value {
                Shown(*self.0).value()
            }
        }
    )*};
}
numbers!(i8, i16, i32, i64, u8, u16, u32, u64, usize);

impl Message {
    /// What the user wrote or another program reported, the same in every language.
    pub fn verbatim(words: impl Into<String>) -> Self {
        Self { english: words.into(), source: None }
    }

    #[doc(hidden)]
    pub fn of_pattern(
        english: String,
        pattern: &'static str,
        values: Vec<(&'static str, Value)>,
    ) -> Self {
        Self { english, source: Some(Box::new(Source::Pattern { pattern, values })) }
    }

    /// Texts one after the other, with a separator that is the same in every language.
    pub fn joined(texts: impl IntoIterator<Item = Self>, separator: &str) -> Self {
        let mut parts: Vec<Self> = vec![];
        for text in texts {
            if !parts.is_empty() {
                parts.push(Self::verbatim(separator));
            }
            parts.push(text);
        }
        let english = parts.iter().map(|part| &*part.english).collect();
        Self { english, source: Some(Box::new(Source::Parts(parts))) }
    }

    /// In English.
    pub fn english(&self) -> &str {
        &self.english
    }

    /// In the language of a catalogue; a text without a translation in English.
    pub fn in_language(&self, catalogue: &Catalogue) -> String {
        match self.source.as_deref() {
            None => self.english.clone(),
            Some(Source::Parts(parts)) => {
                parts.iter().map(|part| part.in_language(catalogue)).collect()
            }
            Some(Source::Pattern { pattern, values }) => {
                catalogue.translated(pattern, values).unwrap_or_else(|| self.english.clone())
            }
        }
    }

    /// In the language that the user has chosen for this process.
    pub fn shown(&self) -> String {
        match catalogue::chosen() {
            Some(catalogue) => self.in_language(catalogue),
            None => self.english.clone(),
        }
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.english, f)
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.english)
    }
}

impl Deref for Message {
    type Target = str;

    fn deref(&self) -> &str {
        &self.english
    }
}

impl PartialEq for Message {
    fn eq(&self, other: &Self) -> bool {
        self.english == other.english
    }
}

impl Eq for Message {}

impl Hash for Message {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.english.hash(state);
    }
}

impl PartialEq<str> for Message {
    fn eq(&self, other: &str) -> bool {
        self.english == other
    }
}

impl PartialEq<&str> for Message {
    fn eq(&self, other: &&str) -> bool {
        self.english == *other
    }
}

impl Serialize for Message {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.english)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_what_format_makes_of_it() {
        let (path, rows) = ("a.csv", vec![1, 2]);
        let text = message!("`{path}` has {rows} rows in {{braces}}", path, rows = rows.len());
        assert_eq!(text, "`a.csv` has 2 rows in {braces}");
        assert_eq!(message!("why"), "why");
    }

    #[test]
    fn a_value_is_swapped_and_translated_and_chosen_by_number() {
        let id = catalogue::id;
        let table = id("{rows} {what} rows in {path}");
        let forms = "[one] { $rows } строка\n [few] { $rows } строки\n *[other] { $rows } строк";
        let file = format!(
            "{table} = таблица «{{ $path }}»: {{ $rows ->\n {forms}\n }} ({{ $what }})\n{} = сводка\n",
            id("summary")
        );
        let catalogue = Catalogue::read("ru", &[&file]).unwrap();
        let what = message!("summary");
        for (rows, expected) in [(1usize, "1 строка"), (3, "3 строки"), (11, "11 строк")]
        {
            let text = message!("{rows} {what} rows in {path}", rows, what, path = "a.csv");
            assert_eq!(text, format!("{rows} summary rows in a.csv").as_str());
            assert_eq!(
                text.in_language(&catalogue),
                format!("таблица «a.csv»: {expected} (сводка)")
            );
        }
        assert_eq!(
            message!("not in the catalogue").in_language(&catalogue),
            "not in the catalogue"
        );
        let list = Message::joined([message!("summary"), Message::verbatim("x")], ", ");
        assert_eq!((list.english(), &*list.in_language(&catalogue)), ("summary, x", "сводка, x"));
    }
}
