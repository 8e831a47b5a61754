//! The shipped briefs as files: their text can be extracted, the standards hold, the same input gives the
//! same bytes, and no language appears in the pages of another.
//!
//! `KOSH_VERAPDF` may name a script that takes `--flavour 3a,ua1 FILE…` and fails if a file does not
//! conform.

use crate::common::conforms;

use std::collections::BTreeSet;
use std::process::Command;
use std::sync::OnceLock;

use crate::common::{self, Copy, check, root, sentence, squeezed, well};
use conforms::assert_conforms;
use kosh::document::Document;
use kosh::output::File;

struct Release {
    documents: Vec<Document>,
    files: Vec<File>,
}

fn build() -> Release {
    let (pipeline, edition, _) = well(check(root()));
    let files = well(pipeline.typeset(&edition)).value;
    Release { documents: edition.documents, files }
}

fn shipped() -> &'static Release {
    static RELEASE: OnceLock<Release> = OnceLock::new();
    RELEASE.get_or_init(build)
}

fn pdf(lang: &str) -> &'static [u8] {
    let name = format!("brief-{lang}.pdf");
    &shipped().files.iter().find(|file| file.name == name).unwrap().bytes
}

#[test]
fn the_first_sentence_can_be_taken_out_of_each_pdf() {
    for document in &shipped().documents {
        let said = sentence(document, "s1-1").unwrap();
        let text = squeezed(&common::text(pdf(&document.meta.lang)));
        assert!(text.contains(&squeezed(&said)), "{said}\n{text}");
    }
    assert!(squeezed(&common::text(pdf("ru"))).contains("Сальдовнешнеймиграции"));
}

#[test]
fn two_builds_give_the_same_bytes() {
    let again = build();
    for (once, again) in shipped().files.iter().zip(&again.files) {
        assert_eq!(once.name, again.name);
        assert!(once.bytes == again.bytes, "{}", once.name);
    }
}

#[test]
fn another_folder_gives_the_same_bytes() {
    let copy = Copy::of_shipped();
    let (files, _) = well(copy.build());
    assert!(files == shipped().files);
}

#[test]
fn the_pdfs_are_archival_and_accessible() {
    for lang in ["ru", "en"] {
        assert_conforms(lang, pdf(lang));
    }
}

#[test]
fn verapdf_agrees_where_there_is_one() {
    let Some(script) = std::env::var_os("KOSH_VERAPDF") else {
        eprintln!("SKIPPED: KOSH_VERAPDF names no script, so veraPDF was not asked");
        return;
    };
    let copy = Copy::empty();
    for lang in ["ru", "en"] {
        copy.write(&format!("brief-{lang}.pdf"), pdf(lang));
    }
    let output = Command::new(script)
        .args(["--flavour", "3a,ua1", "brief-ru.pdf", "brief-en.pdf"])
        .current_dir(&copy.root)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

/// The words written in one alphabet.
fn words(text: &str, is_letter: fn(char) -> bool) -> BTreeSet<String> {
    text.split(|c: char| !is_letter(c))
        .filter(|word| word.chars().count() > 1)
        .map(str::to_owned)
        .collect()
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52F}')
}

/// Names that are the same in every language: the two visa schemes.
const OWN_NAMES: [&str; 4] = ["Neo", "Nomad", "Digital", "Residency"];

/// Whether a word is a Roman numeral of a month or quarter.
fn is_roman(word: &str) -> bool {
    word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

/// Words of the other language that may be in an edition: the other edition's title and name, the other
/// language's captions, and sources in their own language.
fn excused(of: &Document, other: &Document) -> String {
    let mut text = String::new();
    for edition in &of.meta.editions {
        text += &format!("{} {} ", edition.title, edition.label);
    }
    let mut add = |captions: &[kosh::document::Caption]| {
        for caption in captions.iter().filter(|caption| caption.lang == other.meta.lang) {
            text += &format!("{} {} ", caption.label, kosh::prose::plain(&caption.content));
        }
    };
    of.each_block(|block| match block {
        kosh::document::Block::Figure(figure) => add(&figure.captions),
        kosh::document::Block::Table(table) => add(&table.captions),
        _ => {}
    });
    // The abstract is printed in both languages.
    let blocks = of.sections.iter().flat_map(|section| &section.blocks);
    for block in blocks {
        let kosh::document::Block::Parallel { columns } = block else { continue };
        for block in columns.iter().flat_map(|column| &column.blocks) {
            if let kosh::document::Block::Paragraph { content } = block {
                text += &format!("{} ", kosh::prose::plain(content));
            }
        }
    }
    text
}

#[test]
fn neither_language_strays_into_the_other_s_pages() {
    let [ru, en] = &shipped().documents[..] else { panic!("two editions") };
    type Letters = fn(char) -> bool;
    let cases: [(&Document, &Document, &str, Letters); 2] = [
        (ru, en, "Источники и литература", is_latin),
        (en, ru, "Sources and literature", is_cyrillic),
    ];
    for (of, other, sources, is_foreign) in cases {
        let text = common::text(pdf(&of.meta.lang));
        // Titles, publishers and addresses of sources keep their language.
        let at = text.rfind(sources).unwrap_or_else(|| panic!("no «{sources}»\n{text}"));
        let excused = excused(of, other);
        // A line may end within a word, so words are searched for in the text without spaces.
        let excused = squeezed(&excused);
        let strays: Vec<String> = words(&text[..at], is_foreign)
            .into_iter()
            .filter(|word| !is_roman(word) && !OWN_NAMES.contains(&word.as_str()))
            .filter(|word| !excused.contains(word.as_str()))
            .collect();
        assert!(strays.is_empty(), "{}: {strays:?}\n{text}", of.meta.lang);
        // The exception is used: captions are printed in both languages.
        assert!(words(&text[..at], is_foreign).len() > 10);
    }
}
