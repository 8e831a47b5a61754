//! From a document tree to the bytes of a PDF, with the templates of the repository.
//!
//! `KOSH_PDF_DIR=DIR cargo test typeset::sample` writes the sample's PDFs to `DIR`.

use crate::common::conforms;
mod sample;

use conforms::assert_conforms;
use kosh::diag::{Diagnostic, draw};
use kosh::document::{Block, Document, Inline};
use kosh::typeset::{Files, Typesetter};

fn reported(found: &[Diagnostic]) -> String {
    found.iter().map(draw).collect()
}

fn pdf(document: &Document, files: &Files) -> (Vec<u8>, Vec<Diagnostic>) {
    let compiled = Typesetter::new().compile(document, files);
    let pages = compiled.unwrap_or_else(|found| panic!("{}", reported(&found)));
    let bytes = pages.value.pdf("test").unwrap_or_else(|found| panic!("{}", reported(&found)));
    (bytes, pages.warnings)
}

#[test]
fn sample_is_archival_and_accessible() {
    for lang in sample::LANGUAGES {
        let (bytes, warnings) = pdf(&sample::document(lang), &sample::files(lang));
        if let Ok(folder) = std::env::var("KOSH_PDF_DIR") {
            std::fs::write(format!("{folder}/sample-{lang}.pdf"), &bytes).unwrap();
        }
        assert_eq!(reported(&warnings), "");
        assert_conforms(lang, &bytes);
    }
}

/// The letters of the PDF, without whitespace.
fn letters(bytes: &[u8]) -> String {
    let text = pdf_extract::extract_text_from_mem(bytes).unwrap();
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn two_runs_give_the_same_bytes() {
    let (document, files) = (sample::document("ru"), sample::files("ru"));
    let once = pdf(&document, &files).0;
    kosh::build::memory::end_round(0);
    assert!(once == pdf(&document, &files).0);
}

#[test]
fn words_and_numbers_are_text() {
    for (lang, words) in [
        (
            "ru",
            ["Сальдо внешней миграции", "+7\u{A0}749", "Қазақстандағы көші-қон", "English edition"],
        ),
        (
            "en",
            ["Net international migration", "+7,749", "Қазақстандағы көші-қон", "Русский выпуск"],
        ),
    ] {
        let found = letters(&pdf(&sample::document(lang), &sample::files(lang)).0);
        for word in words {
            // A hyphen at the end of a line may be a soft one.
            let found = found.replace('\u{AD}', "-");
            assert!(found.contains(&squeezed(word)), "{lang}: {word}");
        }
    }
}

#[test]
fn a_long_table_repeats_its_head() {
    let bytes = pdf(&sample::document("en"), &sample::files("en")).0;
    let pages = pdf_extract::extract_text_from_mem_by_pages(&bytes).unwrap();
    let heads = pages.iter().filter(|page| squeezed(page).contains("Leftforotherregions")).count();
    assert!(heads >= 2, "{heads}");
}

/// Puts a text wherever a value can be.
fn everywhere(text: &str) -> Document {
    let mut document = sample::document("en");
    document.meta.title = text.into();
    document.meta.status = text.into();
    document.meta.body.push(text.into());
    let fact = || vec![Inline::Fact { id: "x".into(), form: "int".into(), text: text.into() }];
    for section in &mut document.sections {
        for block in &mut section.blocks {
            match block {
                Block::Paragraph { content } | Block::Heading { content, .. } => *content = fact(),
                Block::Cards { cards } => {
                    cards[0].value = fact();
                    cards[0].unit = text.into();
                    cards[0].label = text.into();
                }
                Block::Figure(figure) => {
                    figure.title = fact();
                    figure.alt = text.into();
                    figure.captions[0].label = text.into();
                }
                Block::Table(table) => {
                    table.columns[0].head = fact();
                    table.rows[0].cells[0].content = fact();
                    table.rows[0].cells[1].fraction = text.into();
                    table.rows[0].cells[1].marks = text.into();
                }
                Block::Notes { notes } => notes[0].content = fact(),
                _ => {}
            }
        }
    }
    document
}

#[test]
fn hostile_values_come_out_as_they_are() {
    for hostile in [
        "*x* _y_ = z",
        "#import \"x\": *",
        "$y$ <b>&amp;</b> `raw` ]",
        "@ref <label> // /* -- --- ... ~",
        "\\u{41} #{ {{ }} %}",
        "'single' \"double\"",
    ] {
        let (bytes, warnings) = pdf(&everywhere(hostile), &sample::files("en"));
        assert_eq!(reported(&warnings), "");
        let count = letters(&bytes).matches(&squeezed(hostile)).count();
        assert!(count > 20, "{hostile}: {count}");
    }
}

#[test]
fn what_cannot_be_printed_is_replaced_and_said() {
    for (hostile, printed, codes) in [
        ("a\nb\tc", "abc", vec![]),
        ("a\u{202E}bcd", "abcd", vec!["K0704"]),
        ("a\u{E000}b\u{0}c\u{FFFF}", "a\u{FFFD}b\u{FFFD}c\u{FFFD}", vec!["K0702"]),
        ("a😀漢b", "a\u{FFFD}\u{FFFD}b", vec!["K0702"]),
        ("e\u{301}\u{20D2}x", "x", vec!["K0702"]),
    ] {
        let (bytes, warnings) = pdf(&everywhere(hostile), &sample::files("en"));
        let found: Vec<_> = warnings.iter().map(|d| d.code).collect();
        assert_eq!(found, codes, "{hostile:?}");
        assert!(letters(&bytes).contains(printed), "{hostile:?}");
    }
}

#[test]
fn right_to_left_values_do_not_stop_the_build() {
    let (bytes, _) = pdf(&everywhere("שלום (12) ab"), &sample::files("en"));
    assert!(letters(&bytes).contains("ab"));
}

#[test]
fn a_broken_template_is_reported_with_its_line() {
    let mut files = sample::files("en");
    files.insert("/cover.typ", "templates/cover.typ", "#let masthead = [\n#unknown-name\n");
    let found = Typesetter::new().compile(&sample::document("en"), &files).err().unwrap();
    let drawn = reported(&found);
    assert!(drawn.contains("error[K0701]") && drawn.contains("templates/cover.typ:1:"), "{drawn}");
    files.insert("/cover.typ", "profile/cover.typ", "#let a = 1\n#let masthead = unknown-name\n");
    let drawn =
        reported(&Typesetter::new().compile(&sample::document("en"), &files).err().unwrap());
    assert!(drawn.contains("profile/cover.typ:2:17"), "{drawn}");
    assert!(drawn.contains("unknown variable: unknown-name"), "{drawn}");
}

#[test]
fn a_profile_s_template_wins_and_what_was_read_is_reported() {
    let mut files = sample::files("en");
    files.insert(
        "/page.typ",
        "profile/page.typ",
        "#import \"theme.typ\": meta\n#let running-head = none\n\
         #let running-foot = [own foot #meta.status]\n#let mark = none",
    );
    let pages = Typesetter::new().compile(&sample::document("en"), &files).unwrap().value;
    assert!(letters(&pages.pdf("x").unwrap()).contains("ownfoot"));
    let read = pages.read();
    for path in ["/brief.json", "/brief.typ", "/page.typ", "/figures/F2.svg", "/facts.json"] {
        assert!(read.iter().any(|r| r == path), "{path} not in {read:?}");
    }
    kosh::build::memory::end_round(10);
    let again = Typesetter::new().compile(&sample::document("en"), &files).unwrap().value;
    assert_eq!(again.read(), read, "the memory of an earlier run hides nothing");
}

#[test]
fn a_reference_to_what_is_left_out_becomes_text() {
    let mut document = sample::document("en");
    document.sections.retain(|section| section.id != "notes" && section.id != "sources");
    let (bytes, warnings) = pdf(&document, &sample::files("en"));
    assert_eq!(warnings.iter().map(|d| d.code).collect::<Vec<_>>(), ["K0705"]);
    assert!(letters(&bytes).contains("Todaro"), "sources are printed when they are cited");
}

#[test]
fn sources_are_numbered_as_the_text_cites_them() {
    for style in ["gost-r-705-2008-numeric", "iso-690-numeric", "ieee"] {
        for lang in sample::LANGUAGES {
            let mut document = sample::document(lang);
            document.meta.bibliography_style = style.into();
            let (bytes, _) = pdf(&document, &sample::files(lang));
            let all = pdf_extract::extract_text_from_mem(&bytes).unwrap();
            // Some styles print family names in capitals.
            let all = all.to_lowercase();
            let at = |word: &str| {
                all.rfind(&word.to_lowercase()).unwrap_or_else(|| panic!("{style}: no {word}"))
            };
            assert!(
                at("Миграция населения") < at("Todaro") && at("Todaro") < at("Brettell"),
                "{style} {lang}"
            );
            assert!(!all.contains("never cited"), "{style}");
        }
    }
}

#[test]
fn a_mark_and_every_other_field_set_still_conform() {
    let mut document = sample::document("en");
    document.meta.mark = Some("DEMONSTRATION DATA".into());
    let Block::Cards { cards } = &mut document.sections[0].blocks[0] else { panic!() };
    cards.push(cards[0].clone());
    let (bytes, warnings) = pdf(&document, &sample::files("en"));
    assert_eq!(reported(&warnings), "");
    assert_conforms("marked", &bytes);
    if let Ok(folder) = std::env::var("KOSH_PDF_DIR") {
        std::fs::write(format!("{folder}/mark.pdf"), &bytes).unwrap();
    }
}

#[test]
fn a_brief_without_anything_is_still_a_brief() {
    let mut document = Document { meta: sample::document("en").meta, sections: vec![] };
    document.meta.body.clear();
    document.meta.editions.clear();
    document.meta.attachments.clear();
    assert_conforms("empty", &pdf(&document, &sample::templates()).0);
}

#[test]
fn an_unknown_font_is_reported_with_the_nearest_name() {
    let mut document = sample::document("en");
    document.meta.brand.font = "Noto Sanz".into();
    let warnings = Typesetter::new().compile(&document, &sample::files("en")).unwrap().warnings;
    assert!(reported(&warnings).contains("did you mean `Noto Sans`?"), "{}", reported(&warnings));
    assert_eq!(warnings.len(), 1, "{}", reported(&warnings));
}

#[test]
fn problems_of_the_bibliography_are_reported_at_the_bibliography() {
    let mut document = sample::document("en");
    let mut files = sample::files("en");
    let body = "bns-h1-2025:\n  type: web\n  title: T\n  author: Bureau\ntodaro-1968:\n  type: book\n  title: U\n";
    files.insert("/references.yaml", "data/references.yaml", body);
    let drawn = reported(&Typesetter::new().compile(&document, &files).err().unwrap());
    assert!(drawn.contains("error[K0710]: the text cites `todaro-1969`"), "{drawn}");
    assert!(drawn.contains("did you mean `todaro-1968`?"), "{drawn}");
    assert!(drawn.contains("data/references.yaml:1:1"), "{drawn}");
    assert!(drawn.contains("warning[K0712]"), "{drawn}");
    document.meta.bibliography_style = "nature".into();
    let warnings = Typesetter::new().compile(&document, &sample::files("en")).unwrap().warnings;
    assert_eq!(warnings.iter().map(|d| d.code).collect::<Vec<_>>(), ["K0711"]);
}

#[test]
fn the_shipped_styles_print_bodies_and_whole_days_and_of_a_page_without_one_when_it_was_read() {
    let body = r#"bns-h1-2025:
  type: web
  title: T
  author: Bureau
  parent: { type: web, title: Site }
  date: 2025-08-11
  url: https://example.org/a
todaro-1969:
  type: article
  title: U
  author: ["Ab, C.", "De, F.", "Gh, I.", "Jk, L."]
  date: 1969-03
  page-range: 3-9
  language: en
  parent: { type: periodical, title: P, volume: 4, issue: 2 }
aaa-first-by-name:
  type: web
  title: V
  url: { value: "https://example.org/b", date: 2025-09-02 }
"#;
    let cited = |style: &str, lang: &str| {
        let mut document = sample::document(lang);
        document.meta.bibliography_style = format!("/{style}");
        let mut files = sample::files(lang);
        let file = format!("{}/templates/{style}", env!("CARGO_MANIFEST_DIR"));
        files.insert(format!("/{style}"), style, std::fs::read_to_string(file).unwrap());
        files.insert("/references.yaml", "references.yaml", body);
        let (bytes, warnings) = pdf(&document, &files);
        assert_eq!(reported(&warnings), "");
        letters(&bytes)
    };
    for (style, lang, lines) in [
        (
            "sources-gost.csl",
            "ru",
            [
                "Bureau.T//Site.11.08.2025.URL:example.org/a.",
                "AbC.etal.U//P.1969.Vol.4,№2.P.3–9.",
                "V.URL:example.org/b(датаобращения:02.09.2025).",
            ],
        ),
        (
            "sources-numbered.csl",
            "en",
            [
                "Bureau(2025).‘T’.Site.example.org/a",
                "C.Abetal.(1969).‘U’.P,vol.4,no.2,pp.3–9.",
                "‘V’.example.org/b(accessed2September2025)",
            ],
        ),
    ] {
        let text = cited(style, lang);
        for line in lines {
            assert!(text.contains(line), "{style}: no {line} in {text}");
        }
    }
}
