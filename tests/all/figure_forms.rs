//! Forms of figures from the figures file to the drawing: what each prints of the facts, in every
//! language, and what it does with values that are missing.

use std::collections::BTreeMap;

use kosh::build::edition::{Edition, Pipeline};
use kosh::charts::Drawing;
use kosh::document::Block;
use kosh::project::{Format, Overrides, Project};

use crate::common::{self, Copy, codes, well};

/// The demonstration, whose gallery has a figure of each form that the brief does not use.
fn demonstration() -> Edition {
    let folder = common::root().join("examples/full-matrix");
    let project = well(Project::open(&folder, &Overrides::default()));
    let pipeline = well(Pipeline::open(project)).value;
    well(pipeline.edition(Format::Standard, "2025-H1".parse().unwrap(), None)).value
}

/// All labels of a drawing, in the order in which they were drawn.
fn words(drawing: &Drawing) -> String {
    let all: Vec<&str> = drawing.labels.iter().map(|label| label.text.as_str()).collect();
    all.join(" ").replace('\u{a0}', " ")
}

/// The figures of a document with their alternative texts.
fn alts(blocks: &[Block], found: &mut BTreeMap<String, String>) {
    for block in blocks {
        if let Block::Figure(figure) = block {
            found.insert(figure.id.clone(), figure.alt.clone());
        }
        block.inner().into_iter().for_each(|inner| alts(inner, found));
    }
}

#[test]
fn the_gallery_has_every_form_in_both_languages_with_clear_labels_and_an_alternative_text() {
    let edition = demonstration();
    assert_eq!(edition.documents.len(), 2);
    for (document, drawings) in edition.documents.iter().zip(&edition.drawings) {
        let mut described = BTreeMap::new();
        for section in &document.sections {
            alts(&section.blocks, &mut described);
        }
        for id in ["GB", "GG", "GS", "GR", "GV", "GL"] {
            let shown = format!("{id} in {}", document.meta.lang);
            let drawing = drawings.get(id).unwrap_or_else(|| panic!("{shown} is not drawn"));
            assert!(described[id].chars().count() > 60, "{shown}: {}", described[id]);
            assert!(drawing.labels.len() > 8, "{shown}");
            for (i, a) in drawing.labels.iter().enumerate() {
                for b in &drawing.labels[i + 1..] {
                    let beside = a.x + a.width <= b.x + 0.06 || b.x + b.width <= a.x + 0.06;
                    let apart = a.y + a.height <= b.y + 0.06 || b.y + b.height <= a.y + 0.06;
                    assert!(beside || apart, "{shown}: `{}` meets `{}`", a.text, b.text);
                }
            }
        }
    }
}

#[test]
fn counts_have_no_sign_and_shares_have_theirs() {
    let edition = demonstration();
    for drawings in &edition.drawings {
        for id in ["GB", "GG", "GV", "GR"] {
            let words = words(&drawings[id]);
            assert!(!words.contains(['+', '−']), "{id}: {words}");
        }
        assert!(words(&drawings["GS"]).matches('%').count() >= 10);
        assert!(words(&drawings["GL"]).contains('+'));
    }
}

/// The project of another country with another figure about its partners.
fn with(written: &str, words: &str) -> Copy {
    let copy = Copy::of_another_country();
    let form = "form = \"paired-dots\"\nfirst = \"A_by\"\nsecond = \"D_by\"\ntop = 2";
    copy.edit("templates/figures.toml", form, written);
    for lang in ["en", "eo"] {
        let file = format!("templates/strings.{lang}.toml");
        let text = copy.read(&file);
        let (before, rest) = text.split_once("[figures.partners]\n").unwrap();
        // The words of the old form are those of its three columns.
        let is_old = |line: &&str| {
            ["first", "second", "net"].iter().any(|key| line.starts_with(&format!("{key} = ")))
        };
        let (own, after) = rest.split_once("\n[").unwrap();
        let own: Vec<&str> = own.lines().filter(|line| !is_old(line)).collect();
        copy.write(
            &file,
            format!("{before}[figures.partners]\n{}\n{words}\n[{after}", own.join("\n")),
        );
    }
    copy
}

/// The labels of the figure; `None` if it is left out.
fn drawn(copy: &Copy) -> Option<String> {
    let (_, edition, _) = well(copy.check());
    edition.drawings[0].get("partners").map(words)
}

const SLOPE: &str = "form = \"slope\"\nof = \"A_by\"\ntop = 2";
const TIMES: &str = "first = \"{{ period.base | short }}\"\nsecond = \"{{ period | short }}\"";

#[test]
fn a_slope_with_one_end_shows_what_is_known_and_without_any_line_it_is_left_out() {
    let both = drawn(&with(SLOPE, TIMES)).expect("it is drawn");
    for number in ["1,150", "1,400", "1,000", "1,021"] {
        assert!(both.contains(number), "{number}: {both}");
    }
    assert!(!both.contains('…'), "{both}");
    let one = with(SLOPE, TIMES);
    one.edit(
        "data/border.csv",
        "2029-01..2029-06,arrivals,UTO,1000,persons,1,2029-H1-final,office-table,\n",
        "",
    );
    let shown = drawn(&one).expect("it is drawn");
    assert!(shown.contains("1,021") && shown.contains('…') && !shown.contains("1,000"), "{shown}");
    one.edit(
        "data/border.csv",
        "2029-01..2029-06,arrivals,ATL,1150,persons,1,2029-H1-final,office-table,\n",
        "",
    );
    assert_eq!(drawn(&one), None);
}

#[test]
fn a_slope_whose_heads_name_the_wrong_times_is_refused() {
    let words = "first = \"{{ period | short }}\"\nsecond = \"{{ period | short }}\"";
    assert!(codes(&with(SLOPE, words).said()).contains(&"K0408"));
    let words = "first = \"{{ period.base | short }}\"\nsecond = \"{{ period.base | short }}\"";
    assert!(codes(&with(SLOPE, words).said()).contains(&"K0408"));
}

#[test]
fn a_missing_member_has_no_bar_by_size_and_a_gap_in_the_order_of_the_register() {
    let row = "2030-01..2030-06,arrivals,UTO,1021,persons,1,2030-H1-express,office-table,\n";
    let form = |order: &str| format!("form = \"bars\"\nof = \"A_by\"{order}");
    for (order, is_shown) in [("", false), ("\norder = \"code\"", true)] {
        let copy = with(&form(order), "");
        copy.edit("data/border.csv", row, "");
        let shown = drawn(&copy).expect("it is drawn");
        assert!(shown.contains("1,400"), "{shown}");
        assert_eq!(shown.contains('…'), is_shown, "{shown}");
    }
}

#[test]
fn a_stack_whose_parts_make_up_the_whole_prints_their_shares() {
    let copy = with(
        "form = \"stacked-bars\"\nof = [\"A_by\", \"D_by\"]\nwhole = \"M_by\"",
        "part1 = \"arrivals\"\npart2 = \"departures\"\nwhole = \"all\"",
    );
    copy.edit("data/indicators.toml", "[D_top]", "[M_by]\nsum = [\"A_by\", \"D_by\"]\n\n[D_top]");
    let shown = drawn(&copy).expect("it is drawn");
    // 1,400 arrivals and 905 departures of 2,305 moves; 1,021 and 1,101 of 2,122.
    for words in ["61%", "39%", "2,305", "48%", "52%", "2,122"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
}

#[test]
fn a_table_of_lines_takes_series_in_different_units_over_the_same_years() {
    let copy = Copy::empty();
    copy.lay(common::root(), &["templates"]);
    copy.lay(&common::root().join("examples/full-matrix"), &["brief.toml", "data"]);
    copy.edit("brief.toml", "../../templates", "templates");
    let file = |name: &str| format!("templates/profiles/demonstration/{name}");
    let figures = copy.read(&file("figures.toml"));
    let (before, _) = figures.split_once("[GL]").unwrap();
    let lines = "[GL]\nform = \"sparklines\"\nof = [\"G_net\", \"G_effect\"]\n";
    copy.write(&file("figures.toml"), format!("{before}{lines}sections = [\"gallery\"]\n"));
    let history = |id: &str, of: &str| {
        let keys = format!("of = \"{of}\", years = 6, annual = true");
        format!("[{id}]\nhistory = {{ {keys} }}\nsigned = true\n\n")
    };
    let both = history("G_net", "X3") + &history("G_effect", "X6");
    copy.edit(&file("indicators.toml"), "[G_region_top]", &(both + "[G_region_top]"));
    for (lang, title, rows) in [
        (
            "en",
            "Net international migration and its effectiveness",
            ["net migration", "effectiveness"],
        ),
        ("ru", "Сальдо внешней миграции и её эффективность", ["сальдо", "эффективность"]),
    ] {
        let name = file(&format!("strings.{lang}.toml"));
        let text = copy.read(&name);
        let (before, _) = text.split_once("[figures.GL]").unwrap();
        let [first, second] = rows;
        let words = format!(
            "[figures.GL]\ntitle = \"{title}\"\ncaption = \"{title}.\"\nalt = \"{title}.\"\n\
             row1 = \"{first}\"\nrow2 = \"{second}\"\nlow = \"<\"\nhigh = \">\"\nscale = \"=\"\n"
        );
        copy.write(&name, format!("{before}{words}"));
    }
    let (_, edition, _) = well(copy.check());
    for drawings in &edition.drawings {
        let shown = words(&drawings["GL"]);
        // People with their sign, and the effectiveness in per cent.
        assert!(shown.contains('+') && shown.contains('%'), "{shown}");
        assert!(shown.contains("2020") && shown.contains("2024"), "{shown}");
    }
    // Series over other years have no common first and last year.
    copy.edit(&file("indicators.toml"), "of = \"X6\", years = 6", "of = \"X6\", years = 3");
    assert!(codes(&copy.said()).contains(&"K0505"));
}
