//! The shipped registers of policy, research and options: every phrase, reference and indicator they
//! refer to exists.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use crate::common::{self, Copy, well};
use kosh::build::edition::{Edition, Pipeline};
use kosh::data::{self, Dataset, Register};
use kosh::diag::SourceText;
use kosh::document::bibliography::{References, Wording};
use kosh::document::{Document, Inline};
use kosh::indicators;
use kosh::locale::{Locale, lint};
use kosh::project::{Format, Overrides, Project};
use kosh::prose::plain;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> SourceText {
    SourceText::new(path, fs::read_to_string(root().join(path)).unwrap())
}

fn dataset() -> Arc<Dataset> {
    data::load(&kosh::files::Files::new(), &root().join("data"), Path::new("data")).unwrap().value
}

fn column<'r>(register: &'r Register, name: &str) -> Vec<(&'r str, &'r str)> {
    let cell = |(id, row): (&'r std::sync::Arc<str>, _)| {
        let row: &std::collections::BTreeMap<String, String> = row;
        (&**id, row[name].as_str())
    };
    register.rows.iter().map(cell).filter(|(_, text)| !text.is_empty()).collect()
}

#[test]
fn every_entry_has_its_words_in_each_language_and_they_are_typeset_well() {
    let dataset = dataset();
    let mut wrong = vec![];
    for lang in ["ru", "en"] {
        let lexicons: Vec<_> = ["policy", "claims", "options", "bodies"]
            .map(|name| (name.to_owned(), text(&format!("data/lexicon/{name}.{lang}.csv"))))
            .into();
        let language = text(&format!("templates/languages/{lang}.toml"));
        let locale = Locale::load(lang, &language, &lexicons).unwrap().value;
        for name in ["policy", "claims", "options"] {
            let lexicon = locale.lexicon(name).unwrap();
            for id in dataset.registers[name].rows.keys() {
                for form in lexicon.forms() {
                    match lexicon.get(id, form) {
                        Ok(words) => wrong.extend(
                            lint(words, &locale)
                                .iter()
                                .map(|finding| format!("{lang} {id}.{form}: {finding:?}")),
                        ),
                        Err(found) => wrong.push(format!("{lang} {}", found[0].message)),
                    }
                }
            }
            let unused =
                lexicon.codes().filter(|id| !dataset.registers[name].rows.contains_key(*id));
            wrong
                .extend(unused.map(|id| format!("{lang} {name}: nothing has the words of `{id}`")));
        }
        for (id, owner) in column(&dataset.registers["policy"], "owner") {
            if locale.name("bodies", owner, "nom").is_err() {
                wrong.push(format!("{lang} {id}: no body `{owner}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_entry_cites_a_reference_and_concerns_an_indicator_that_exist() {
    let dataset = dataset();
    let references = References::load(&text("data/references.yaml"), None, &dataset).unwrap();
    let indicators = indicators::parse(&text("data/indicators.toml"), &dataset).unwrap();
    // An option of one body may watch an indicator of that body's profile.
    let is_own = |owner: &str, indicator: &str| {
        let path = root().join(format!("templates/profiles/{owner}/indicators.toml"));
        fs::read_to_string(path).is_ok_and(|own| own.contains(&format!("[{indicator}]")))
    };
    let mut wrong = vec![];
    for name in ["policy", "claims", "options"] {
        let register = &dataset.registers[name];
        for (id, key) in column(register, "reference") {
            if !references.keys().contains(key) {
                wrong.push(format!("{name} {id}: no reference `{key}`"));
            }
        }
        if name == "claims" {
            continue;
        }
        for (id, indicator) in column(register, "indicator") {
            let indicator = indicator.split('.').next().unwrap();
            let owner = &register.rows[id]["owner"];
            if !indicators.all.contains_key(indicator) && !is_own(owner, indicator) {
                wrong.push(format!("{name} {id}: no indicator `{indicator}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The numbers in a text, as digits: `1 160` and `0,2` are 1160 and 0.2.
fn numbers(words: &str) -> Vec<String> {
    let words = words.replace("\u{A0}%", "%");
    let parts = words.split(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.' | '\u{A0}')));
    parts
        .map(|part| part.trim_matches(|c: char| !c.is_ascii_digit()))
        .filter(|part| !part.is_empty())
        .map(|part| match part.split_once([',', '.']) {
            Some((whole, part)) if part.len() < 3 => format!("{whole}.{part}"),
            _ => part.chars().filter(char::is_ascii_digit).collect(),
        })
        .collect()
}

#[test]
fn what_stood_before_an_act_has_the_numbers_of_the_entry_it_replaces() {
    let policy = &dataset().registers["policy"];
    let mut wrong = vec![];
    for lang in ["ru", "en"] {
        let names = vec![("policy".to_owned(), text(&format!("data/lexicon/policy.{lang}.csv")))];
        let language = text(&format!("templates/languages/{lang}.toml"));
        let locale = Locale::load(lang, &language, &names).unwrap().value;
        for (id, replaced) in column(policy, "replaces") {
            let old = locale.name("policy", id, "old").unwrap();
            if !old.contains(char::is_alphabetic) {
                wrong.push(format!("{lang} {id}: no words for what stood before"));
            }
            let mut known = numbers(locale.name("policy", replaced, "nom").unwrap());
            known.extend(numbers(locale.name("policy", replaced, "effect").unwrap()));
            known.push(policy.rows[replaced]["plan"].clone());
            let unknown = numbers(old).into_iter().filter(|number| !known.contains(number));
            wrong.extend(unknown.map(|number| format!("{lang} {id}: {number} in `{old}`")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn edition(period: &str) -> Edition {
    edition_as(Format::Standard, "bns", period)
}

fn edition_as(format: Format, body: &str, period: &str) -> Edition {
    // A body of one region is written `akimat KZ-35` here.
    let (body, region) =
        body.split_once(' ').map_or((body, None), |(b, r)| (b, Some(r.to_owned())));
    let (formats, profile) = (vec![format], Some(body.to_owned()));
    let overrides = Overrides { formats, profile, region, ..Overrides::default() };
    let pipeline = well(Pipeline::open(well(Project::open(root(), &overrides)))).value;
    well(pipeline.edition(format, period.parse().unwrap(), None)).value
}

/// The text of every sentence with this id, without citations.
fn said(document: &Document, id: &str) -> Vec<String> {
    fn seek(line: &[Inline], id: &str, said: &mut Vec<String>) {
        for inline in line {
            if let Inline::Sentence { id: found, content } = inline
                && found == id
            {
                let words = plain(content).replace('\u{A0}', " ");
                // The full stop is after the citations.
                said.push(words.strip_suffix(" .").unwrap_or(&words).to_owned());
            }
        }
    }
    let mut all = vec![];
    common::lines(document, &mut |line| seek(line, id, &mut all));
    all
}

#[test]
fn an_act_that_is_still_to_come_into_force_says_when() {
    let edition = edition("2025");
    let [ru, en] = &edition.documents[..] else { panic!("two languages") };
    assert_eq!(
        said(ru, "s7-7"),
        [
            "Приказ Министра внутренних дел от 17 ноября 2025 года предусматривает онлайн-регистрацию \
          иммигрантов через информационную систему с согласия владельца жилья; вводится в действие \
          с 1 июля 2026 г."
        ]
    );
    let forthcoming = said(en, "s7-7");
    assert!(forthcoming[0].ends_with("; it comes into force on 1 July 2026"), "{forthcoming:?}");
    // The introduction names only acts of the period, two at most.
    let named = said(en, "s2-2");
    assert_eq!(named.len(), 2, "{named:?}");
    assert!(named.iter().all(|said| !said.contains("2026")), "{named:?}");
}

#[test]
fn a_new_quota_stands_in_the_table_beside_the_one_it_replaces() {
    let rows = |period: &str| -> Vec<[String; 3]> {
        let table = common::table(&edition(period).documents[1], "T4");
        let cell = |row: &kosh::document::Row, at: usize| {
            let cell = &row.cells[at];
            (plain(&cell.content) + &cell.fraction).replace('\u{A0}', " ")
        };
        let at = |head: &str| table.columns.iter().position(|c| plain(&c.head) == head).unwrap();
        let (status, plan) = (at("Status"), at("Plan"));
        table.rows.iter().map(|row| [cell(row, 0), cell(row, status), cell(row, plan)]).collect()
    };
    let has = |rows: &[[String; 3]], row: [&str; 3]| {
        assert!(rows.iter().any(|found| *found == row), "{row:?}: {rows:?}");
    };
    // On 11 August only the month of the change is known, so it is not there yet.
    let half = rows("2025-H1");
    assert!(half.iter().all(|row| !row[0].contains("August")), "{half:?}");
    let months = rows("2025-9M");
    has(&months, ["Foreign workers hired by employers, 2025", "replaced", "0.20%"]);
    has(&months, ["Foreign workers hired by employers, from August 2025", "in force", "0.25%"]);
    let year = rows("2025");
    has(&year, ["Foreign workers hired by employers, from August 2025", "expired", "0.25%"]);
    has(&year, ["Foreign workers hired by employers, 2026", "in force", "0.25%"]);
    has(&year, ["Admission of kandas, 2025", "expired", "2,309"]);
    has(&year, ["Admission of kandas, 2026", "in force", "2,281"]);
    // The text has the quota of the year once, with that of the year before.
    for (document, word) in edition("2025").documents.iter().zip(["2 309", "2,309"]) {
        let reported = said(document, "s7-5");
        assert!(reported[0].contains(word) && reported[0].contains("2024"), "{reported:?}");
    }
}

#[test]
fn no_event_is_set_beside_a_change_in_the_population() {
    for period in ["2024", "2025-H1", "2025-9M", "2025"] {
        for document in &edition(period).documents {
            let text = serde_json::to_string(document).unwrap();
            assert!(!text.contains("совпало по времени") && !text.contains("coincided in time"));
        }
    }
}

#[test]
fn a_day_that_was_inferred_is_printed_as_the_months_it_lies_in() {
    let edition = edition("2024");
    for (document, said) in
        edition.documents.iter().zip(["в марте–мае 2025 г.", "in March–May 2025"])
    {
        let status = document.meta.status.replace('\u{A0}', " ");
        assert!(status.contains(&format!("{said};")), "{status}");
        let text = serde_json::to_string(document).unwrap().replace('\u{A0}', " ");
        for day in ["31 мая", "31 May", "31.05.2025"] {
            assert!(!text.contains(day), "{day} in {}", document.meta.lang);
        }
    }
    let printed = &self::edition("2025-H1").documents[1].meta.status;
    let printed = printed.replace('\u{A0}', " ");
    assert!(printed.contains("published on 11 August 2025;"), "{printed}");
}

#[test]
fn nothing_is_called_official_that_was_read_in_somebody_elses_account() {
    let basis = |copy: &Copy| copy.check().unwrap().1.documents[1].meta.basis.clone();
    let shipped = Copy::of_shipped();
    assert_eq!(
        basis(&shipped),
        "Prepared from publications of the Bureau of National Statistics of the Agency for Strategic Planning and Reforms of the Republic of Kazakhstan and of other bodies, and from press reports of their data"
    );
    // Media and other bodies are named only if something read from them is printed.
    let no_press = Copy::of_shipped();
    let sources = no_press.read("data/sources.csv");
    no_press.write("data/sources.csv", sources.replace(",media,", ",office-table,"));
    assert!(basis(&no_press).ends_with("and of other bodies"), "{}", basis(&no_press));
    let own = Copy::of_shipped();
    let sources = own.read("data/sources.csv");
    own.write(
        "data/sources.csv",
        sources.replace(",media,", ",office-table,").replace(",other-office,", ",office-table,"),
    );
    assert_eq!(basis(&own), "Official statistical information");
}

#[test]
fn an_edition_is_called_final_only_if_all_it_prints_is() {
    let of = |copy: &Copy| {
        let documents = copy.check().unwrap().1.documents;
        let marked = common::table(&documents[1], "T1")
            .rows
            .iter()
            .any(|row| row.cells.iter().any(|cell| cell.marks.contains('ᵗ')));
        (documents[1].meta.status.replace('\u{A0}', " "), marked)
    };
    let shipped = Copy::of_shipped();
    shipped.write("brief.toml", shipped.read("brief.toml").replace("\"2025-H1\"", "\"2025\""));
    let (status, marked) = of(&shipped);
    assert_eq!(
        status,
        "International migration: final data published on 13 March 2026; the other data are partly provisional"
    );
    assert!(marked);
    // If every release is final, no distinction remains.
    let settled = Copy::of_shipped();
    settled.write("brief.toml", settled.read("brief.toml").replace("\"2025-H1\"", "\"2025\""));
    let vintages = settled.read("data/vintages.csv");
    settled.write(
        "data/vintages.csv",
        vintages.replace(",express,", ",final,").replace(",secondary,", ",final,"),
    );
    let (status, marked) = of(&settled);
    assert!(status.starts_with("Final data published"), "{status}");
    assert!(!marked);
}

#[test]
fn media_are_cited_as_those_who_report() {
    let dataset = dataset();
    let references = References::load(&text("data/references.yaml"), None, &dataset).unwrap();
    let cited = ["zakon-6487013", "bns-6567", "act6", "act3"].map(str::to_owned);
    let reported = ("reported".to_owned(), "as reported by {publisher}".to_owned());
    let words = std::collections::BTreeMap::from([reported]);
    let file = references.file(&cited, &dataset, &Wording { lang: "en", words: &words });
    assert!(file.contains("as reported by Zakon.kz"), "{file}");
    assert!(file.contains("as reported by Kazinform"), "{file}");
    assert_eq!(file.matches("as reported by").count(), 2, "{file}");
    assert!(dataset.sources.values().all(|source| source.kind.is_some()));
}

#[test]
fn a_body_offers_the_options_that_it_may_act_on_itself() {
    let offered = |body: &str| {
        let edition = edition_as(Format::Standard, body, "2025");
        let [ru, en] = [0, 1].map(|at| said(&edition.documents[at], "s9-5"));
        assert_eq!(ru.len(), en.len(), "{body}");
        en
    };
    for (body, owner) in [
        ("mlspp", "Ministry of Labour and Social Protection of Population"),
        ("mia", "Ministry of Internal Affairs"),
        ("mne", "Ministry of National Economy"),
        ("mshe", "Ministry of Science and Higher Education"),
    ] {
        let options = offered(body);
        assert!(options.len() >= 2, "{body}: {options:?}");
        let responsible = format!("Responsible: {owner}");
        let other = options.iter().find(|option| !option.contains(&responsible));
        assert!(other.is_none(), "{body}: {other:?}");
    }
    // The statistical office offers no options.
    assert_eq!(offered("bns"), Vec::<String>::new());
    // An akimat has no code, and uses the numbers of its region: the towns of Karaganda lose less than
    // 500.
    for (body, option) in [
        ("akimat KZ-35", "Assess jobs and access to services in the villages of the region"),
        ("akimat KZ-71", "Check plans for housing, schools and hospitals"),
    ] {
        let edition = edition_as(Format::Standard, body, "2025");
        let options = said(&edition.documents[1], "a9-7");
        assert_eq!(options.len(), 1, "{body}: {options:?}");
        assert!(options[0].starts_with(option), "{body}: {options:?}");
    }
}

#[test]
fn the_brief_has_the_measures_that_are_tracked_or_have_changed_and_the_annex_has_all() {
    let names = |edition: &Edition, table: &str| -> Vec<String> {
        let table = common::table(&edition.documents[1], table);
        let name = |row: &kosh::document::Row| plain(&row.cells[0].content).replace('\u{A0}', " ");
        table.rows.iter().map(name).collect()
    };
    let half = names(&edition("2025-H1"), "T4");
    // The four plans of the year; a change in August is not known to be in force on the 11th.
    let quotas = ["Admission of", "Foreign workers", "Labour immigrants"];
    assert_eq!(half.len(), 4, "{half:?}");
    assert!(half.iter().all(|name| quotas.iter().any(|quota| name.starts_with(quota))), "{half:?}");
    let year = names(&edition("2025"), "T4");
    for changed in
        ["Concept to 2030", "Online registration of immigrants", "Admission of kandas, 2026"]
    {
        assert!(year.iter().any(|name| name == changed), "{changed}: {year:?}");
    }
    // An order that only sets a plan in the table has no row of its own.
    for old in ["Migration law", "Neo Nomad visa", "Order on the foreign-labour quota for 2026"] {
        assert!(year.iter().all(|name| name != old), "{old}: {year:?}");
        let annex = names(&edition_as(Format::Annex, "bns", "2025"), "T4_annex");
        assert!(annex.iter().any(|name| name == old), "{old}: {annex:?}");
    }
}

#[test]
fn the_day_of_adoption_is_never_that_of_force() {
    let edition = edition_as(Format::Annex, "bns", "2025");
    let table = common::table(&edition.documents[1], "T4_annex");
    let row = |name: &str| -> Vec<String> {
        let of = |row: &&kosh::document::Row| {
            plain(&row.cells[0].content).replace('\u{A0}', " ").to_lowercase().starts_with(name)
        };
        let row = table.rows.iter().find(of).unwrap();
        row.cells[1..4].iter().map(|cell| plain(&cell.content).replace('\u{A0}', " ")).collect()
    };
    let heads: Vec<String> = table.columns[1..4].iter().map(|c| plain(&c.head)).collect();
    assert_eq!(heads, ["Adopted", "In force from", "Status"]);
    assert_eq!(row("concept for 2023–2027"), ["30 Nov 2022", "…", "repeal not verified"]);
    assert_eq!(row("concept to 2030"), ["Dec 2025", "…", "adopted"]);
    assert_eq!(row("admission of kandas, 2026"), ["12 Dec 2025", "1 Jan 2026", "in force"]);
}

#[test]
fn plans_of_one_unit_have_the_same_decimals() {
    let edition = edition("2025");
    let table = common::table(&edition.documents[1], "T4");
    let fractions = |column: usize| {
        let cells = table.rows.iter().map(|row| &row.cells[column]);
        let mut all: Vec<&str> = cells.map(|cell| cell.fraction.as_str()).collect();
        all.retain(|fraction| !fraction.is_empty());
        all
    };
    assert_eq!(fractions(4), [".20%", ".25%", ".25%", ".00%", ".95%", ".90%"]);
    // A quota for a past year has expired rather than been repealed.
    let of = |row: &&kosh::document::Row| {
        plain(&row.cells[0].content).replace('\u{A0}', " ") == "Admission of kandas, 2025"
    };
    let row = table.rows.iter().find(of);
    assert_eq!(plain(&row.unwrap().cells[3].content), "expired");
}

#[test]
fn an_entry_of_low_confidence_says_why() {
    let policy = &dataset().registers["policy"];
    for (id, confidence) in column(policy, "confidence") {
        if confidence == "C" {
            assert!(!policy.rows[id]["note"].is_empty(), "{id}");
        }
    }
}

#[test]
fn the_concept_to_2027_is_not_taken_for_repealed() {
    let policy = &dataset().registers["policy"];
    assert!(column(policy, "replaces").iter().all(|(_, old)| *old != "concept-2023-2027"));
    assert_eq!(policy.rows["concept-2023-2027"]["valid_to"], "2027-12-31");
}
