//! A worked example: January–June 2025 with the published numbers, computed by hand, and the resulting
//! sentences. They must never change.

use crate::common::{self, Copy, check, codes, drawn, root, sentence, well};
use kosh::document::Document;
use kosh::stats::{Fact, Facts, Flag, Value};

fn shipped() -> (std::sync::Arc<Facts>, Vec<Document>) {
    let (_, edition, _) = well(check(root()));
    assert_eq!(edition.period.short(), "2025-H1");
    (edition.facts, edition.documents)
}

fn value(facts: &Facts, id: &str) -> f64 {
    let fact = facts.get(id).unwrap_or_else(|| panic!("no fact `{id}`"));
    match &fact.value {
        Value::Number(quantity) => quantity.value,
        other => panic!("`{id}` is {other:?}"),
    }
}

/// Rounded to a tenth.
fn tenths(facts: &Facts, id: &str) -> f64 {
    (value(facts, id) * 10.0).round() / 10.0
}

fn fact<'f>(facts: &'f Facts, id: &str) -> &'f Fact {
    facts.get(id).unwrap()
}

#[test]
fn the_numbers_are_those_computed_by_hand() {
    let (facts, _) = shipped();
    for (id, expected) in [
        ("X1", 11_267.0),
        ("X1.base", 14_256.0),
        ("X2", 3_518.0),
        ("X2.base", 6_967.0),
        ("X3", 7_749.0),
        ("X3.base", 7_289.0),
        ("X3.difference", 460.0),
        ("I5", 4.0),
        ("I6", 70_093.0),
        ("I4_regions", 20.0),
        ("X1.quarter", 6_344.0),
        ("X2.quarter", 2_396.0),
        ("X3.quarter", 3_948.0),
    ] {
        assert_eq!(value(&facts, id), expected, "{id}");
    }
    for (id, expected) in [
        ("X1.change", -21.0),
        ("X2.change", -49.5),
        ("X6", 52.4),
        ("I7", 92.2),
        ("X4a", 82.2),
        ("X4d", 73.9),
        ("I1.change", 20.6),
    ] {
        assert_eq!(tenths(&facts, id), expected, "{id}");
    }
}

#[test]
fn a_balance_has_a_sign_and_no_percentage() {
    let (facts, documents) = shipped();
    assert!(fact(&facts, "X3").is_signed && fact(&facts, "X3.difference").is_signed);
    assert!(facts.get("X3.change").is_none_or(|change| change.number().is_none()));
    for document in &documents {
        let table = common::table(document, "T1");
        let row = table.rows.iter().find(|row| row.total).unwrap();
        let printed: Vec<String> = row
            .cells
            .iter()
            .map(|cell| kosh::prose::plain(&cell.content).replace(['\u{A0}', ','], ""))
            .collect();
        assert_eq!(printed[1..4], ["+7749", "+7289", "+460"], "{printed:?}");
        assert!(!printed.concat().contains('%'), "{printed:?}");
        assert_eq!(printed[5], "+3948");
    }
}

#[test]
fn a_quarter_got_by_subtraction_says_so() {
    let (facts, documents) = shipped();
    for id in ["X1.quarter", "X2.quarter", "X3.quarter"] {
        assert!(fact(&facts, id).flags.contains(&Flag::Derived), "{id}");
        assert_eq!(fact(&facts, id).time.to_string(), "2025-04..2025-06", "{id}");
    }
    assert!(!fact(&facts, "X1").flags.contains(&Flag::Derived));
    let mut marked = 0;
    for document in &documents {
        common::lines(document, &mut |line| {
            marked += usize::from(line.iter().any(|inline| {
                matches!(inline, kosh::document::Inline::NoteRef { target, .. } if target == "note3")
            }));
        });
    }
    assert_eq!(marked, documents.len(), "each edition refers to the note on quarters once");
}

#[test]
fn the_sentences_are_printed_to_the_letter() {
    let (_, documents) = shipped();
    // · stands for U+00A0 here, which is invisible.
    let expected = [
        (
            "ru",
            "s1-1",
            "Сальдо внешней миграции за·январь–июнь 2025·г. составило +7·749·чел. против +7·289 годом ранее.",
        ),
        (
            "ru",
            "s1-2",
            "По сравнению с·январём–июнем 2024·г. приток из-за рубежа сократился на 21,0·%, отток·— на 49,5·%.",
        ),
        (
            "ru",
            "s1-3",
            "По межрегиональной миграции положительное сальдо сложилось в 4 из 20 регионов: в Астане (+36·821), Алматы (+16·934), Шымкенте (+10·838) и·Алматинской области (+5·500).",
        ),
        (
            "en",
            "s1-1",
            "Net international migration in January–June 2025 was +7,749, against +7,289 a year earlier.",
        ),
        (
            "en",
            "s1-2",
            "Compared with January–June 2024, arrivals from abroad fell by 21.0% and departures by 49.5%.",
        ),
        (
            "en",
            "s1-3",
            "Interregional migration added people to 4 of 20 regions: Astana (+36,821), Almaty (+16,934), Shymkent (+10,838) and Almaty region (+5,500).",
        ),
    ];
    for (lang, id, words) in expected {
        let document = documents.iter().find(|d| d.meta.lang == lang).unwrap();
        let said = sentence(document, id).unwrap_or_else(|| panic!("{lang} {id} is not said"));
        // Other spaces may be no-break too (after a dash, in brackets); these must be.
        let wanted: Vec<char> = words.chars().collect();
        let found: Vec<char> = said.chars().collect();
        let same = wanted.len() == found.len()
            && wanted.iter().zip(&found).all(|(wanted, found)| match wanted {
                '·' => *found == '\u{A0}',
                ' ' => matches!(found, ' ' | '\u{A0}'),
                letter => letter == found,
            });
        assert!(same, "{lang} {id}\n  {}\n  {words}", said.replace('\u{A0}', "·"));
    }
}

#[test]
fn no_english_sentence_starts_with_a_digit() {
    let (_, documents) = shipped();
    let document = documents.iter().find(|d| d.meta.lang == "en").unwrap();
    let mut count = 0;
    common::lines(document, &mut |line| {
        for inline in line {
            if let kosh::document::Inline::Sentence { id, content } = inline {
                count += 1;
                let said = kosh::prose::plain(content);
                assert!(!said.starts_with(|c: char| c.is_ascii_digit()), "{id}: {said}");
            }
        }
    });
    assert!(count > 10, "{count}");
}

/// A release text in which the values of the city of Almaty and Almaty region are swapped is reported,
/// and the table is used.
#[test]
fn a_release_text_that_swaps_city_and_region_is_reported_and_the_table_kept() {
    let copy = Copy::of_shipped();
    let whole = copy.read("data/interregional.csv");
    let rows = |code: &str| -> Vec<&str> {
        let start = format!("2025-01..2025-06,{code},net,");
        whole.lines().filter(|line| line.starts_with(&start)).collect()
    };
    let (city, region) = (rows("KZ-75"), rows("KZ-19"));
    assert_eq!((city.len(), region.len()), (1, 1));
    let vintage = city[0].split(',').nth(7).unwrap();
    // A table row for each as published, and the text of the release with both swapped.
    let added = |code: &str, value: &str, source: &str| {
        format!("2025-01..2025-06,{code},net,{value},persons,1,,{vintage},{source},\n")
    };
    let mut text = whole.clone();
    text.push_str(&added("KZ-75", "5500", "the-text"));
    text.push_str(&added("KZ-19", "16934", "the-text"));
    text.push_str(&added("KZ-75", "16934", "the-table"));
    text.push_str(&added("KZ-19", "5500", "the-table"));
    copy.write("data/interregional.csv", text);
    let mut sources = copy.read("data/sources.csv");
    let columns = sources.lines().next().unwrap().split(',').count();
    for (id, precedence) in [("the-table", "1"), ("the-text", "3")] {
        let mut fields = vec![""; columns];
        let heads: Vec<String> =
            sources.lines().next().unwrap().split(',').map(str::to_owned).collect();
        for (index, head) in heads.iter().enumerate() {
            fields[index] = match head.as_str() {
                "source_id" => id,
                "publisher" | "title" => "A release",
                "precedence" => precedence,
                "kind" => "media",
                "title_basis" => "page",
                "language" => "ru",
                "date" => "2025-08-11",
                "date_basis" => "page",
                "url" => "https://example.org/release",
                "used" => "yes",
                _ => "",
            };
        }
        sources.push_str(&(fields.join(",") + "\n"));
    }
    copy.write("data/sources.csv", sources);

    let (_, edition, warnings) = well(copy.check());
    let conflicts: Vec<_> = warnings.iter().filter(|d| d.code == "K0120").collect();
    let reported = drawn(&warnings);
    assert!(conflicts.iter().any(|d| d.message.contains("KZ-75")), "{reported}");
    assert!(conflicts.iter().any(|d| d.message.contains("KZ-19")), "{reported}");
    assert!(reported.contains("data/interregional.csv:"), "{reported}");
    let series = edition.facts.get("I4").unwrap().series().unwrap();
    let of = |code: &str| {
        let member = series.members.iter().find(|m| &*m.code == code).unwrap();
        (member.quantity.unwrap().value, member.flags.contains(&Flag::Disputed))
    };
    assert_eq!(of("KZ-75"), (16_934.0, true));
    assert_eq!(of("KZ-19"), (5_500.0, true));
    let said = sentence(&edition.documents[1], "s1-3").unwrap().replace('\u{A0}', " ");
    assert!(said.contains("Almaty (+16,934)") && said.contains("Almaty region (+5,500)"));
}

/// The section's file of the English edition with another first sentence.
fn with_first_sentence(words: &str) -> Copy {
    let copy = Copy::of_shipped();
    let path = "templates/sections/01-key-messages.en.md";
    let text = copy.read(path);
    let (before, rest) = text.split_once("{% call sentence(\"s1-1\") %}").unwrap();
    let (_, after) = rest.split_once("{% endcall %}").unwrap();
    let call = "{% call sentence(\"s1-1\") %}";
    copy.write(path, format!("{before}{call}{words}{{% endcall %}}{after}"));
    copy
}

#[test]
fn a_total_from_january_is_never_called_a_quarter() {
    for words in [
        // The quarter's name with the numbers of the half-year.
        "{{ period.quarter | in }}, net migration was {{ X3 | signed }}: {{ X1 | int }} came, {{ X2 | int }} left.",
        // The same in typed words.
        "In the second quarter of 2025, net migration was {{ X3 | signed }}: {{ X1 | int }} came, {{ X2 | int }} left.",
        "Q2 2025: net migration was {{ X3 | signed }}: {{ X1 | int }} came, {{ X2 | int }} left.",
    ] {
        let found = with_first_sentence(words).said();
        assert_eq!(codes(&found), ["K0408"], "{words}\n{}", drawn(&found));
        let reported = drawn(&found);
        assert!(reported.contains("templates/sections/01-key-messages.en.md:"), "{reported}");
    }
    // The quarter's own numbers may be named so; the sentence then has other facts.
    let found = with_first_sentence(
        "{{ period.quarter | in }}, net migration was {{ X3.quarter | signed }}: {{ X1.quarter | int }} came, {{ X2.quarter | int }} left.",
    )
    .said();
    assert_eq!(codes(&found), ["K0603"], "{}", drawn(&found));
}

#[test]
fn a_head_or_caption_cannot_call_a_total_from_january_a_quarter() {
    for (file, find, with) in [
        (
            "templates/strings.ru.toml",
            "period = \"{{ period | nom }}\"",
            "period = \"II квартал 2025 г.\"",
        ),
        (
            "templates/strings.ru.toml",
            "[tables.T1]\nrows = \"Показатель, чел., если не указано иное\"\nvalue = \"{{ period | short }}\"",
            "[tables.T1]\nrows = \"Показатель, чел., если не указано иное\"\nvalue = \"{{ period.quarter | short }}\"",
        ),
        (
            "templates/strings.ru.toml",
            "[tables.T1]\nrows = \"Показатель, чел., если не указано иное\"\nvalue = \"{{ period | short }}\"",
            "[tables.T1]\nrows = \"Показатель, чел., если не указано иное\"\nvalue = \"II кв. 2025\"",
        ),
        (
            "templates/strings.en.toml",
            "caption = \"Interregional net migration by region, {{ period | nom }}, persons.\"",
            "caption = \"Interregional net migration by region, {{ period.quarter | nom }}, persons.\"",
        ),
        (
            "templates/strings.en.toml",
            "caption = \"Interregional net migration by region, {{ period | nom }}, persons.\"",
            "caption = \"Interregional net migration by region, second quarter of 2025, persons.\"",
        ),
        (
            "templates/strings.en.toml",
            "caption = \"Migration: main indicators, {{ period | nom }}.\"",
            "caption = \"Migration: main indicators, {{ period.quarter | nom }}.\"",
        ),
    ] {
        let copy = Copy::of_shipped();
        copy.edit(file, find, with);
        let found = copy.said();
        assert!(codes(&found).contains(&"K0408"), "{with}\n{}", drawn(&found));
        assert!(drawn(&found).contains(file), "{}", drawn(&found));
    }
}
