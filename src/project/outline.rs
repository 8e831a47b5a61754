//! The outline of a section: its blocks in order, where each is written, and what each layer did.
//!
//! In: the section's files in all layers. Out: what a person needs who wants to change a sentence
//! and asks what it is called.

use super::inherit::{self, WHOLE, blocks, has_super};
use super::layers::{Layered, section_id};
use super::{Format, block_names};
use crate::diag::{Place, Result, SourceText};

/// The blocks of one section in one language.
#[derive(Debug, Clone)]
pub struct Outline {
    /// The form of the brief it belongs to.
    pub format: Format,
    /// The section's id.
    pub id: String,
    /// Its language.
    pub lang: String,
    /// Its file of the lowest layer that counts.
    pub file: std::path::PathBuf,
    /// Its blocks in order, those that a layer has taken out where they stood.
    pub entries: Vec<Entry>,
}

/// A block of a section.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its name: the id of a sentence, or that of a `{% block NAME %}`.
    pub name: String,
    /// Where it is written; a block that was taken out stood there.
    pub place: Place,
    /// What the layers above the lowest did with it, and where, from below.
    pub changes: Vec<(Change, Place)>,
}

impl Entry {
    /// Whether it is not printed, since the uppermost layer that changes it leaves it empty.
    pub fn is_gone(&self) -> bool {
        matches!(self.changes.last(), Some((Change::TakenOut, _)))
    }
}

/// What a layer does with a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It writes it anew.
    Replaced,
    /// It keeps it, and writes something before or after it.
    AddedTo,
    /// It leaves it empty.
    TakenOut,
}

/// The outlines of all sections of every form and language.
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
    // What was taken out, and the tags of blocks, stand in the base only; what is new, in the other.
    let mut entries = named(base);
    let mut after = 0;
    for block in named(&made) {
        match entries.iter().position(|entry| entry.name == block.name) {
            Some(at) => {
                entries[at].place = block.place;
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
                entries.insert(0, Entry { name: WHOLE.to_owned(), place, changes: vec![] });
            }
            if let Some(entry) = entries.iter_mut().find(|entry| entry.name == block.name) {
                entry.changes.push((change, place));
            }
        }
    }
    Ok(entries)
}

/// The blocks of a text, each where its name stands.
fn named(text: &SourceText) -> Vec<Entry> {
    let all = blocks(text, true, &mut vec![]);
    let first = |name: String| {
        let at = all.iter().find(|block| block.name == name)?.at.clone();
        Some(Entry { name, place: text.place(at), changes: vec![] })
    };
    block_names(text).into_iter().filter_map(first).collect()
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
