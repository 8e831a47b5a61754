//! `{% extends "base" %}`: a layer changes blocks of a section and inherits the others.
//!
//! In: a section's text in the layer below, and the text of the layer above. Out: one text, each byte of
//! which can be traced to its file. Every sentence is a block by its id, so the base needs no
//! preparation; `{% block NAME %}…{% endblock %}` in the base defines others, and the block `section` is
//! the whole section. `{{ super() }}` is replaced by the original block. This is Jinja's inheritance,
//! resolved before the template engine reads the text: variables in a block are those of the place where
//! it is inserted, including loops.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::diag::{Code, Diagnostic, Piece, Result, SourceText, did_you_mean};

/// The name of the block for the whole section.
pub(super) const WHOLE: &str = "section";

static TAG: LazyLock<Regex> = LazyLock::new(|| {
    // Comments first, since a tag inside a comment is none.
    Regex::new(r#"(?s)\{#.*?#\}|\{%[-+]?\s*(\w+)\s*((?:"[^"]*"|'[^']*'|[^"'])*?)\s*[-+]?%\}"#)
        .expect("the pattern is well formed")
});
static SUPER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\{\{-?\s*super\(\)\s*-?\}\}").expect("the pattern is well formed")
});
static SENTENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"^sentence\(\s*["']([^"']+)["']"#).expect("the pattern is well formed")
});
static BASE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"^["']base["']$"#).expect("the pattern is well formed"));

/// A tag of a template: `{% word rest %}`.
struct Tag<'a> {
    word: &'a str,
    rest: &'a str,
    range: Range<usize>,
}

/// A named block of a text.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) name: String,
    /// The range with its tags.
    outer: Range<usize>,
    /// The range without the tags of a `block`; a sentence keeps its own.
    pub(super) inner: Range<usize>,
    /// The range of its name.
    pub(super) at: Range<usize>,
    /// The tag of the innermost condition or loop around it.
    under: Option<Range<usize>>,
}

/// Whether a text extends the one in the layer below.
pub(super) fn extends(text: &SourceText) -> bool {
    tags(&text.text).iter().any(|tag| tag.word == "extends")
}

/// Applies the changes in `own` to `base`.
pub(super) fn inherit(base: &SourceText, own: &SourceText) -> Result<SourceText> {
    let mut found = vec![];
    let theirs = blocks(base, true, &mut found);
    let changes = blocks(own, false, &mut found);
    let preamble = preamble(own, &changes, &mut found);
    for (index, change) in changes.iter().enumerate() {
        let names = || theirs.iter().map(|block| block.name.as_str());
        if change.name != WHOLE && !names().any(|name| name == change.name) {
            let base_path = base.path.display();
            found.push(
                Diagnostic::error(
                    Code::K0010,
                    message!(
                        "the block `{name}` is changed here but does not exist in the layer below",
                        name = change.name
                    ),
                )
                .at(own.place(change.at.clone()))
                .note(message!(
                    "the section below is {base_path}; the block may have been renamed or \
                    removed",
                    base_path
                ))
                .maybe_hint(did_you_mean(&change.name, names()))
                .hint(message!("`kosh explain section.ID` lists the blocks of a section")),
            );
        }
        found.extend(conditional(base, &theirs, own, change));
        if changes[..index].iter().any(|before| before.name == change.name) {
            found.push(
                Diagnostic::error(
                    Code::K0010,
                    message!("the block `{name}` is changed twice", name = change.name),
                )
                .at(own.place(change.at.clone()))
                .hint(message!("put both changes into one block")),
            );
        }
    }
    if !found.is_empty() {
        return Err(found);
    }
    let mut pieces: Vec<Piece> =
        preamble.into_iter().flat_map(|range| [of(own, range), Piece::Glue("\n")]).collect();
    let body = |pieces: &mut Vec<Piece>| {
        fill(base, 0..base.text.len(), &theirs, own, &changes, None, pieces);
    };
    match changes.iter().find(|change| change.name == WHOLE) {
        Some(whole) => {
            let mut at = whole.inner.start;
            for found in SUPER.find_iter(&own.text[whole.inner.clone()]) {
                let range = whole.inner.start + found.start()..whole.inner.start + found.end();
                pieces.push(of(own, at..range.start));
                body(&mut pieces);
                at = range.end;
            }
            pieces.push(of(own, at..whole.inner.end));
        }
        None => body(&mut pieces),
    }
    Ok(SourceText::composed(base.path.clone(), pieces))
}

/// The problem of a change that stays under a condition of the base which its author does not see: it has
/// sentences, but not the one it replaces.
fn conditional(
    base: &SourceText,
    theirs: &[Block],
    own: &SourceText,
    change: &Block,
) -> Option<Diagnostic> {
    let text = &own.text[change.inner.clone()];
    let calls = tags(text).into_iter().filter(|tag| tag.word == "call");
    let sentences: Vec<String> = calls
        .filter_map(|tag| SENTENCE.captures(tag.rest).map(|found| found[1].to_owned()))
        .collect();
    if has_super(text) || sentences.is_empty() || sentences.contains(&change.name) {
        return None;
    }
    // A sentence that the base has in several places may have one without a condition.
    let mut replaced = theirs.iter().filter(|block| block.name == change.name);
    let under = replaced.clone().next()?.under.clone()?;
    if replaced.any(|block| block.under.is_none()) {
        return None;
    }
    let condition = &base.text[under.clone()];
    let condition = condition.trim_matches(['{', '}', '%', '-', '+']).trim();
    let message = message!(
        "the block `{name}` is printed only under a condition of the layer below",
        name = change.name
    );
    Some(
        Diagnostic::error(Code::K0030, message)
            .at(own.place(change.at.clone()))
            .note(message!("the condition is `{condition}`, {under}", condition, under = base.place(under)))
            .hint(
                message!("change a block that is outside of the condition; `kosh explain section.ID` lists the \
                blocks"),
            )
            .hint(message!("if the condition is meant, give the sentence the id of the block: \
                `sentence(\"{name}\")`", name = change.name)),
    )
}

/// The names of the blocks of a text, in order.
pub fn block_names(text: &SourceText) -> Vec<String> {
    let mut names: Vec<String> = vec![];
    for block in blocks(text, true, &mut vec![]) {
        if !names.contains(&block.name) {
            names.push(block.name);
        }
    }
    names
}

/// Whether a text contains `{{ super() }}`.
pub(super) fn has_super(part: &str) -> bool {
    SUPER.is_match(part)
}

fn of(text: &SourceText, range: Range<usize>) -> Piece {
    Piece::Of(text.clone(), range)
}

/// Copies a part of the base with its changed blocks. `inside` is the block being filled, which is not
/// replaced by itself.
fn fill(
    base: &SourceText,
    part: Range<usize>,
    theirs: &[Block],
    own: &SourceText,
    changes: &[Block],
    inside: Option<&Range<usize>>,
    pieces: &mut Vec<Piece>,
) {
    let mut at = part.start;
    while let Some(block) = theirs.iter().find(|block| {
        block.outer.start >= at
            && block.outer.end <= part.end
            && inside.is_none_or(|outer| *outer != block.outer)
    }) {
        pieces.push(of(base, at..block.outer.start));
        at = block.outer.end;
        let whole = |pieces: &mut Vec<Piece>| {
            let inner = block.inner.clone();
            fill(base, inner, theirs, own, changes, Some(&block.outer), pieces);
        };
        let Some(change) = changes.iter().find(|change| change.name == block.name) else {
            whole(pieces);
            continue;
        };
        let mut from = change.inner.start;
        for found in SUPER.find_iter(&own.text[change.inner.clone()]) {
            pieces.push(of(own, from..change.inner.start + found.start()));
            whole(pieces);
            from = change.inner.start + found.end();
        }
        pieces.push(of(own, from..change.inner.end));
    }
    pieces.push(of(base, at..part.end));
}

fn tags(text: &str) -> Vec<Tag<'_>> {
    TAG.captures_iter(text)
        .filter_map(|found| {
            let whole = found.get(0)?;
            let (word, rest) = (found.get(1)?.as_str(), found.get(2)?.as_str());
            Some(Tag { word, rest, range: whole.range() })
        })
        .collect()
}

/// The blocks of a text in order, outer blocks before inner ones; in a base also its sentences.
pub(super) fn blocks(
    text: &SourceText,
    with_sentences: bool,
    found: &mut Vec<Diagnostic>,
) -> Vec<Block> {
    let mut open: Vec<(Tag<'_>, Option<Block>)> = vec![];
    // The tags of the conditions and loops that are open.
    let mut conditions: Vec<Range<usize>> = vec![];
    let mut all = vec![];
    for tag in tags(&text.text) {
        match tag.word {
            "if" | "for" => conditions.push(tag.range),
            "elif" | "else" => {
                if let Some(open) = conditions.last_mut() {
                    *open = tag.range;
                }
            }
            "endif" | "endfor" => {
                conditions.pop();
            }
            "block" | "call" => {
                let start = tag.range.start;
                let name = match tag.word {
                    "block" => Some(tag.rest.trim()),
                    _ if with_sentences => {
                        SENTENCE.captures(tag.rest).and_then(|c| Some(c.get(1)?.as_str()))
                    }
                    _ => None,
                };
                let block = name.map(|name| {
                    let at = text.text[tag.range.clone()].find(name).unwrap_or_default() + start;
                    let inner = if tag.word == "block" { after(&text.text, &tag) } else { start };
                    Block {
                        name: name.to_owned(),
                        outer: start..start,
                        inner: inner..inner,
                        at: at..at + name.len(),
                        under: conditions.last().cloned(),
                    }
                });
                open.push((tag, block));
            }
            "endblock" | "endcall" => {
                let opening = tag.word.trim_start_matches("end");
                match open.pop() {
                    Some((opened, block)) if opened.word == opening => {
                        all.extend(block.map(|block| {
                            let end = match opening {
                                "block" => before(&text.text, &tag, &block),
                                _ => tag.range.end,
                            };
                            Block {
                                outer: block.outer.start..tag.range.end,
                                inner: block.inner.start.min(end)..end,
                                ..block
                            }
                        }));
                    }
                    _ => found.push(
                        Diagnostic::error(
                            Code::K0010,
                            message!("`{word}` ends a block that was not opened", word = tag.word),
                        )
                        .at(text.place(tag.range))
                        .hint(message!(
                            "open it with `{{% {opening} … %}}`, or delete this line",
                            opening
                        )),
                    ),
                }
            }
            _ => {}
        }
    }
    for (tag, _) in open {
        found.push(
            Diagnostic::error(Code::K0010, message!("`{word}` is not closed", word = tag.word))
                .at(text.place(tag.range))
                .hint(message!("close it with `{{% end{word} %}}`", word = tag.word)),
        );
    }
    all.sort_by_key(|block: &Block| (block.outer.start, std::cmp::Reverse(block.outer.end)));
    all
}

/// The offset of the content after a tag; `-%}` removes the whitespace before it.
fn after(text: &str, tag: &Tag<'_>) -> usize {
    let rest = &text[tag.range.end..];
    let blank = rest.len() - rest.trim_start().len();
    if text[tag.range.clone()].ends_with("-%}") { tag.range.end + blank } else { tag.range.end }
}

/// The end of the content before a closing tag; `{%-` removes the whitespace after it.
fn before(text: &str, tag: &Tag<'_>, block: &Block) -> usize {
    let content = &text[block.inner.start.min(tag.range.start)..tag.range.start];
    let blank = content.len() - content.trim_end().len();
    if text[tag.range.clone()].starts_with("{%-") {
        tag.range.start - blank
    } else {
        tag.range.start
    }
}

/// The ranges outside blocks in a text that extends another. Imports and macros are kept; anything else
/// is an error, since it would not be printed.
fn preamble(own: &SourceText, blocks: &[Block], found: &mut Vec<Diagnostic>) -> Vec<Range<usize>> {
    let (mut kept, mut at) = (vec![], 0);
    let mut in_macro: Option<usize> = None;
    let mut stray = |range: Range<usize>| {
        let text = &own.text[range.clone()];
        let trimmed = text.trim();
        if !trimmed.is_empty() {
            let start = range.start + text.len() - text.trim_start().len();
            found.push(
                Diagnostic::error(
                    Code::K0010,
                    message!(
                        "this text is outside of all blocks and would not be \
                    printed"
                    ),
                )
                .at(own.place(start..start + trimmed.lines().next().unwrap_or("").len()))
                .hint(message!(
                    "put it into `{{% block NAME %}}…{{% endblock %}}`; the block `section` is \
                        the whole section"
                )),
            );
        }
    };
    // Comments count as whitespace.
    let comments: Vec<Range<usize>> = TAG
        .find_iter(&own.text)
        .filter(|found| found.as_str().starts_with("{#"))
        .map(|found| found.range())
        .collect();
    let inside = |at: usize| blocks.iter().any(|b| b.outer.start <= at && at < b.outer.end);
    let mut marks: Vec<(Range<usize>, Option<Tag<'_>>)> =
        comments.into_iter().map(|range| (range, None)).collect();
    marks.extend(tags(&own.text).into_iter().map(|tag| (tag.range.clone(), Some(tag))));
    marks.sort_by_key(|(range, _)| range.start);
    for block in blocks.iter().filter(|b| !blocks.iter().any(|o| encloses(o, b))) {
        marks.push((block.outer.clone(), None));
    }
    marks.retain(|(range, tag)| tag.is_none() || !inside(range.start));
    marks.sort_by_key(|(range, _)| range.start);
    for (range, tag) in marks {
        if range.start < at {
            continue;
        }
        let word = tag.as_ref().map_or("", |tag| tag.word);
        match (in_macro, word) {
            (Some(start), "endmacro") => {
                kept.push(start..range.end);
                in_macro = None;
            }
            (Some(_), _) => {}
            (None, "macro") => {
                stray(at..range.start);
                in_macro = Some(range.start);
            }
            (None, "from" | "import") => {
                stray(at..range.start);
                kept.push(range.clone());
            }
            (None, "extends") => {
                stray(at..range.start);
                let rest = tag.as_ref().map_or("", |tag| tag.rest);
                if !BASE.is_match(rest) {
                    stray(range.clone());
                }
            }
            (None, "") => stray(at..range.start),
            (None, _) => stray(at..range.end),
        }
        if in_macro.is_none() {
            at = range.end;
        }
    }
    stray(at..own.text.len());
    kept
}

fn encloses(outer: &Block, inner: &Block) -> bool {
    outer.outer != inner.outer
        && outer.outer.start <= inner.outer.start
        && inner.outer.end <= outer.outer.end
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE_TEXT: &str = "# Head\n\n{% call sentence(\"s1-1\") %}One {{ X1 | int }}.{% endcall %}\n\
        {% if X2 is known %}{% call sentence(\"s1-2\") %}Two.{% endcall %}{% endif %}\n\n\
        {% block tail %}Tail. {% call sentence(\"s1-3\") %}Three.{% endcall %}{% endblock %}\n";

    fn made(own: &str) -> Result<SourceText> {
        let own = SourceText::new("own.md", own);
        assert!(extends(&own));
        inherit(&SourceText::new("base.md", BASE_TEXT), &own)
    }

    fn text(own: &str) -> String {
        made(own).unwrap().text.to_string()
    }

    #[test]
    fn a_sentence_is_a_block_by_its_id() {
        let own = "{% extends \"base\" %}\n{% block s1-2 %}{% call sentence(\"s1-2\") %}Zwei.{% endcall %}{% endblock %}\n";
        let made = made(own).unwrap();
        assert!(made.text.contains(
            "{% if X2 is known %}{% call sentence(\"s1-2\") %}Zwei.{% endcall %}{% endif %}"
        ));
        assert!(!made.text.contains("Two"));
        assert!(!made.text.contains("block"));
        let at = made.text.find("Zwei").unwrap();
        assert_eq!(made.place(at..at + 4).path().to_str(), Some("own.md"));
        let at = made.text.find("Three").unwrap();
        assert_eq!(made.place(at..at + 5).to_string(), "base.md:6:50");
    }

    #[test]
    fn what_is_replaced_can_be_kept_before_or_after() {
        let text = text("{% extends 'base' %}{% block s1-3 %}A {{ super() }} B{% endblock %}");
        assert!(text.contains("Tail. A {% call sentence(\"s1-3\") %}Three.{% endcall %} B\n"));
    }

    #[test]
    fn a_change_under_a_condition_of_the_base_keeps_its_sentence_or_is_an_error() {
        let changed = |block: &str| {
            made(&format!("{{% extends \"base\" %}}\n{{% block s1-2 %}}{block}{{% endblock %}}"))
        };
        let found = changed("{% call sentence(\"own-1\") %}Own.{% endcall %}").unwrap_err();
        assert_eq!(found[0].code, Code::K0030);
        assert_eq!(found[0].place.as_ref().unwrap().to_string(), "own.md:2:10");
        assert!(found[0].notes[0].contains("`if X2 is known`, base.md:4:1"), "{found:?}");
        for block in [
            "",
            "{% call sentence(\"s1-2\") %}Zwei.{% endcall %}{% call sentence(\"own-1\") %}Own.{% endcall %}",
            "{{ super() }}{% call sentence(\"own-1\") %}Own.{% endcall %}",
        ] {
            changed(block).unwrap();
        }
    }

    #[test]
    fn the_whole_section_is_a_block_too() {
        let text = text(
            "{% extends \"base\" %}{% from \"macros\" import by %}{# why #}\n\
             {% block section %}{{ super() }}\nMore.\n{% endblock %}\n\
             {% block tail %}{% endblock %}",
        );
        assert!(text.starts_with("{% from \"macros\" import by %}\n# Head"));
        assert!(text.ends_with("\nMore.\n"));
        assert!(!text.contains("Tail"));
    }

    #[test]
    fn a_block_that_is_gone_is_reported_with_the_nearest() {
        let found = made("{% extends \"base\" %}\n{% block tall %}x{% endblock %}").unwrap_err();
        assert_eq!(found[0].code, Code::K0010);
        assert_eq!(found[0].place.as_ref().unwrap().to_string(), "own.md:2:10");
        assert!(found[0].hints[0].contains("tail"), "{:?}", found[0].hints);
    }

    #[test]
    fn text_in_no_block_is_reported() {
        for own in [
            "{% extends \"base\" %}\nlost\n{% block tail %}{% endblock %}",
            "{% extends \"base\" %}\n{% block tail %}",
            "{% extends \"base\" %}\n{% endblock %}",
            "{% extends \"other\" %}\n",
            "{% extends \"base\" %}{% if x %}{% endif %}",
        ] {
            assert!(made(own).is_err(), "{own}");
        }
    }

    #[test]
    fn without_changes_the_base_comes_out_without_its_block_tags() {
        let text = text("{% extends \"base\" %}\n");
        assert_eq!(text, BASE_TEXT.replace("{% block tail %}", "").replace("{% endblock %}", ""));
    }
}
