//! The words of the shipped strings that belong to no country and no subject.
//!
//! A `strings.LANG.toml` of a project replaces the shipped one. With `extends = "layout"` in its first lines it
//! keeps the shipped words of the pages (“Fig. 1”, “Sources”, the marks of provisional figures), so a small
//! project need not write them. In: the shipped file. Out: the same text with all other words blanked, so
//! that places in it stay true.

use toml::de::DeTable;

use super::merge;
use crate::diag::{Code, Result, SourceText};

/// The tables that are kept.
const TABLES: [&str; 9] =
    ["brief", "release", "layout", "workbook", "scales", "changes", "legend", "flags", "status"];

/// Keys of these tables that name a subject, a country or an indicator.
const OF_A_SUBJECT: [&str; 4] =
    ["brief.title", "brief.keywords", "brief.status-mixed", "legend.not-applicable"];

/// How such keys begin: from whose data a brief is made.
const BASIS: &str = "brief.basis-";

/// The key by which a file asks for these words, and its value.
const EXTENDS: (&str, &str) = ("extends", "layout");

/// The text without the line that asks for the words, if it has one.
pub(super) fn asking(text: &SourceText) -> Option<SourceText> {
    let table = DeTable::parse(&text.text).ok()?.into_inner();
    let (key, value) = table.iter().find(|(key, _)| key.get_ref() == EXTENDS.0)?;
    (value.get_ref().as_str() == Some(EXTENDS.1)).then(|| {
        let range = key.span().start..value.span().end;
        let mut rest = text.text.to_string();
        rest.replace_range(range.clone(), &" ".repeat(range.len()));
        SourceText::new(text.path.clone(), rest)
    })
}

/// A project's file with the shipped words that it lacks: one text, since both are the base of the profiles.
pub(super) fn over_words(shipped: &SourceText, own: &SourceText) -> Result<SourceText> {
    let mut text = merge::merge(Code::K0003, &[words(shipped), own.clone()])?;
    text.path = own.path.clone();
    Ok(text)
}

/// The shipped words that belong to no subject.
fn words(shipped: &SourceText) -> SourceText {
    let (mut table, mut is_kept) = (String::new(), false);
    let mut kept = String::with_capacity(shipped.text.len());
    for line in shipped.text.split_inclusive('\n') {
        if let Some(head) = line.strip_prefix('[') {
            table = head.split([']', '.']).next().unwrap_or_default().to_owned();
            is_kept = TABLES.contains(&table.as_str());
        } else if let Some((key, _)) = line.split_once(" = ")
            && !key.starts_with([' ', '#'])
        {
            let key = format!("{table}.{key}");
            is_kept = TABLES.contains(&table.as_str())
                && !OF_A_SUBJECT.contains(&key.as_str())
                && !key.starts_with(BASIS);
        }
        match is_kept {
            true => kept.push_str(line),
            false => kept.extend(line.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' })),
        }
    }
    SourceText::new(shipped.path.clone(), kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::shipped;

    #[test]
    fn the_words_of_every_language_are_those_of_the_pages_at_their_places() {
        let mut count = 0;
        for path in shipped::files() {
            if !path.starts_with("templates/strings.") {
                continue;
            }
            count += 1;
            let text = String::from_utf8(shipped::file(&path).unwrap().into_owned()).unwrap();
            let whole: toml::Table = toml::from_str(&text).unwrap();
            let source = SourceText::new(path.as_str(), text.as_str());
            let kept = words(&source);
            assert_eq!(kept.text.len(), text.len());
            let read: toml::Table = toml::from_str(&kept.text).unwrap();
            assert_eq!(read["layout"], whole["layout"], "{path}");
            assert_eq!(read["flags"], whole["flags"], "{path}");
            let names: Vec<&String> = read.keys().collect();
            assert!(names.iter().all(|name| TABLES.contains(&name.as_str())), "{names:?}");
            for key in OF_A_SUBJECT {
                let (table, key) = key.split_once('.').unwrap();
                assert!(
                    whole[table].get(key).is_some(),
                    "{path}: {table}.{key} is not there any more"
                );
                assert!(read[table].get(key).is_none(), "{path}: {table}.{key}");
            }
            assert!(read["brief"].get("basis-derived").is_none());
            // A phrase with an expression would quote a fact that only the shipped indicators have.
            for (_, value) in read["layout"].as_table().unwrap() {
                assert!(!value.as_str().unwrap_or_default().contains("{% if"), "{path}: {value}");
            }
        }
        assert!(count > 1);
    }

    #[test]
    fn the_line_that_asks_is_blanked_and_another_value_is_left_to_be_reported() {
        let text = SourceText::new("a.toml", "# x\nextends = \"layout\" # y\n[a]\nb = 1\n");
        let rest = asking(&text).unwrap();
        assert_eq!(&*rest.text, format!("# x\n{} # y\n[a]\nb = 1\n", " ".repeat(18)));
        assert!(asking(&SourceText::new("a.toml", "extends = \"base\"\n")).is_none());
        assert!(asking(&SourceText::new("a.toml", "a = 1\n")).is_none());
    }
}
