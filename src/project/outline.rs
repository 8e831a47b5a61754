//! Outlines of sections: the blocks in order, their places, and what each layer changed.
//!
//! In: the section's files in all layers. Out: what a person needs to know in order to change a sentence.

use super::inherit::{self, WHOLE, blocks, has_super};
use super::layers::{Layered, section_id};
use super::{Format, block_names};
use crate::diag::{Place, Result, SourceText};

/// The blocks of one section in one language.
#[derive(Debug, Clone)]
pub struct Outline {
    /// The form of the brief.
    pub format: Format,
    /// The section's id.
    pub id: String,
    /// Its language.
    pub lang: String,
    /// The file of the lowest layer in use.
    pub file: std::path::PathBuf,
    /// The blocks in order, including removed ones at their former positions.
    pub entries: Vec<Entry>,
}

/// A block of a section.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its name: the id of a sentence, or of a `{% block NAME %}`.
    pub name: String,
    /// Its place; for a removed block, the former one.
    pub place: Place,
    /// What is in it, as typed, in one line; empty for a block whose sentences have entries of their own.
    pub text: String,
    /// The changes by layers above the lowest, with their places, from the lowest.
    pub changes: Vec<(Change, Place)>,
}

impl Entry {
    /// Whether it is not printed, since the uppermost layer that changes it leaves it empty.
    pub fn is_gone(&self) -> bool {
        matches!(self.changes.last(), Some((Change::TakenOut, _)))
    }
}

/// A change of a block by a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The block is replaced.
    Replaced,
    /// The block is kept, with text added before or after it.
    AddedTo,
    /// The block is left empty.
    TakenOut,
}

/// The outlines of all sections in every form and language.
pub(super) fn of(layers: Layered<'_>, languages: &[String]) -> Result<Vec<Outline>> {
    let mut outlines = vec![];
    for format in Format::ALL {
        for lang in languages {
            for (stem, parts) in layers.section_parts(format.folder(), lang)? {
                let (Some(id), Some(base)) = (section_id(&stem), parts.first()) else { continue };
                outlines.push(Outline {
                    format,
                    id: id.to_owned(),
                    lang: lang.clone(),
                    file: base.path.clone(),
                    entries: entries(&parts)?,
                });
            }
        }
    }
    Ok(outlines)
}

fn entries(parts: &[SourceText]) -> Result<Vec<Entry>> {
    let [base, above @ ..] = parts else { return Ok(vec![]) };
    let made = above.iter().try_fold(base.clone(), |below, own| inherit::inherit(&below, own))?;
    // Removed blocks and the tags of blocks are only in the base; new ones only in the result.
    let mut entries = named(base);
    let mut after = 0;
    for block in named(&made) {
        match entries.iter().position(|entry| entry.name == block.name) {
            Some(at) => {
                entries[at].place = block.place;
                entries[at].text = block.text;
                after = at + 1;
            }
            None => {
                entries.insert(after, block);
                after += 1;
            }
        }
    }
    for own in above {
        for block in blocks(own, false, &mut vec![]) {
            let content = &own.text[block.inner.clone()];
            let change = match () {
                () if has_super(content) => Change::AddedTo,
                () if content.trim().is_empty() => Change::TakenOut,
                () => Change::Replaced,
            };
            let place = own.place(block.at.clone());
            if block.name == WHOLE && !entries.iter().any(|entry| entry.name == WHOLE) {
                let place = Place::Path(base.path.clone());
                entries.insert(
                    0,
                    Entry { name: WHOLE.to_owned(), place, text: String::new(), changes: vec![] },
                );
            }
            if let Some(entry) = entries.iter_mut().find(|entry| entry.name == block.name) {
                entry.changes.push((change, place));
            }
        }
    }
    Ok(entries)
}

/// The blocks of a text, each at the place of its name.
fn named(text: &SourceText) -> Vec<Entry> {
    let all = blocks(text, true, &mut vec![]);
    let first = |name: String| {
        let block = all.iter().find(|block| block.name == name)?;
        let place = text.place(block.at.clone());
        Some(Entry { name, place, text: typed(&text.text[block.inner.clone()]), changes: vec![] })
    };
    block_names(text).into_iter().filter_map(first).collect()
}

/// The words of a block in one line, without the call of the sentence.
fn typed(inner: &str) -> String {
    let calls = inner.matches("call sentence(").count();
    let body = match calls {
        0 => inner,
        1 => {
            let called = inner.split_once("call sentence(").map_or(inner, |(_, rest)| rest);
            let called = called.split_once("%}").map_or(called, |(_, rest)| rest);
            let end = called.rfind("endcall").and_then(|end| called[..end].rfind("{%"));
            end.map_or(called, |end| &called[..end])
        }
        _ => "",
    };
    let is_space = |c: char| c.is_ascii_whitespace();
    body.split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_block_knows_where_it_is_written_and_who_changed_it() {
        let base = SourceText::new(
            "base.md",
            "# H\n{% call sentence(\"s1\") %}A.{% endcall %}\n{% call sentence(\"s2\") %}B.{% endcall %}\n\
             {% block tail %}{% call sentence(\"s3\") %}C.{% endcall %}{% endblock %}\n",
        );
        let own = SourceText::new(
            "own.md",
            "{% extends \"base\" %}\n{% block s1 %}{% endblock %}\n\
             {% block s2 %}{% call sentence(\"s2\") %}Z.{% endcall %}{% endblock %}\n\
             {% block tail %}{{ super() }} {% call sentence(\"mine\") %}More.{% endcall %}{% endblock %}\n",
        );
        let entries = entries(&[base, own]).unwrap();
        let shown: Vec<String> = entries
            .iter()
            .map(|entry| {
                let changes: Vec<String> =
                    entry.changes.iter().map(|(c, place)| format!("{c:?} {place}")).collect();
                format!("{} {} {}", entry.name, entry.place, changes.join(", "))
            })
            .collect();
        assert_eq!(
            shown,
            [
                "s1 base.md:2:19 TakenOut own.md:2:10",
                "s2 own.md:3:33 Replaced own.md:3:10",
                "tail base.md:4:10 AddedTo own.md:4:10",
                "s3 base.md:4:35 ",
                "mine own.md:4:49 ",
            ]
        );
        assert!(entries[0].is_gone() && !entries[1].is_gone());
    }
}
