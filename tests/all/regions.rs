//! The regional briefs and the shipped profiles: all of them can be built, and the text of a regional
//! brief agrees with the tables, recomputed here from the files.

use std::collections::BTreeMap;
use std::fs;
use std::sync::LazyLock;

use crate::common::{lines, root, sentence, table, well};
use kosh::build::edition::{Edition, Pipeline};
use kosh::diag::{Diagnostic, Severity};
use kosh::document::{Block, Document, Inline};
use kosh::indicators::Region;
use kosh::project::{Format, Overrides, Project};
use kosh::prose::plain;

/// The shipped profiles of publishing bodies.
const BODIES: [&str; 6] = ["bns", "mlspp", "mia", "mne", "mshe", "akimat"];
/// The periods the shipped data have.
const PERIODS: [&str; 4] = ["2024", "2025-H1", "2025-9M", "2025"];

fn open(folder: &str, profile: &str, region: Option<&str>) -> Pipeline {
    let overrides = Overrides {
        profile: Some(profile.to_owned()),
        region: region.map(str::to_owned),
        ..Overrides::default()
    };
    let project = well(Project::open(&root().join(folder), &overrides));
    well(Pipeline::open(project)).value
}

fn worded(pipeline: &mut Pipeline, format: Format, period: &str) -> (Edition, Vec<Diagnostic>) {
    let period = well(pipeline.period(Some(period.parse().unwrap()), None));
    let warned = well(pipeline.edition(format, period, None));
    (warned.value, warned.warnings)
}

/// A brief of a body, worded.
struct Worded {
    body: &'static str,
    period: &'static str,
    edition: Edition,
    warnings: Vec<Diagnostic>,
    /// The sentences that the body wants first.
    lead: Vec<String>,
}

/// The brief of every body and period, akimats of two regions; worded once for all tests that look at them.
static WORDED: LazyLock<Vec<Worded>> = LazyLock::new(|| {
    let mut all = vec![];
    for body in BODIES {
        let regions: &[Option<&str>] =
            if body == "akimat" { &[Some("KZ-61"), Some("KZ-71")] } else { &[None] };
        for region in regions {
            let mut pipeline = open("", body, *region);
            for period in PERIODS {
                let (edition, warnings) = worded(&mut pipeline, Format::Standard, period);
                let lead = pipeline.project.lead.clone();
                all.push(Worded { body, period, edition, warnings, lead });
            }
        }
    }
    all
});

#[test]
fn every_form_of_every_body_can_be_made_alone() {
    for body in BODIES {
        for format in Format::ALL {
            let overrides = Overrides {
                profile: Some(body.to_owned()),
                region: (body == "akimat").then(|| "KZ-71".to_owned()),
                formats: vec![format],
                ..Overrides::default()
            };
            let pipeline = Pipeline::open(well(Project::open(root(), &overrides)));
            assert!(pipeline.is_ok(), "{body} {format:?}: {:?}", pipeline.err());
        }
    }
}

/// The regions for which an akimat's brief can be built.
fn regions() -> Vec<Region> {
    let regions = open("", "akimat", Some("KZ-71")).indicators.regions();
    assert_eq!(regions.len(), 20);
    regions
}

/// A table of the data: each row's columns up to the value, and the value.
fn read(name: &str) -> Vec<(Vec<String>, f64)> {
    let text = fs::read_to_string(root().join("data").join(name)).unwrap();
    let columns = text.lines().next().unwrap().split(',').position(|head| head == "value").unwrap();
    let row = |line: &str| {
        let cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        (cells[..columns].to_vec(), cells[columns].parse().unwrap())
    };
    text.lines().skip(1).map(row).collect()
}

/// The value of each region in the rows that begin with `before`, a region, and end in `after`.
fn by_region(name: &str, period: &str, after: &[&str]) -> BTreeMap<String, f64> {
    let is_wanted = |cells: &[String]| cells[0] == period && cells[2..] == *after;
    let rows = read(name).into_iter().filter(|(cells, _)| is_wanted(cells) && cells[1] != "KZ");
    // A final figure is after the ones it replaced, except for those of secondary sources.
    rows.map(|(cells, value)| (cells[1].clone(), value)).collect()
}

/// A number as printed in both languages, without thousands separators.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, ',' | '\u{A0}' | ' ')).collect()
}

fn signed(value: f64) -> String {
    let sign = if value < 0.0 { "\u{2212}" } else { "+" };
    format!("{sign}{}", value.abs())
}

fn place(of: &str, all: &BTreeMap<String, f64>) -> usize {
    1 + all.values().filter(|value| **value > all[of]).count()
}

/// The ordinals up to twenty in both languages.
const PLACES: [(&str, &str); 20] = [
    ("first", "первое"),
    ("second", "второе"),
    ("third", "третье"),
    ("fourth", "четвёртое"),
    ("fifth", "пятое"),
    ("sixth", "шестое"),
    ("seventh", "седьмое"),
    ("eighth", "восьмое"),
    ("ninth", "девятое"),
    ("tenth", "десятое"),
    ("eleventh", "одиннадцатое"),
    ("twelfth", "двенадцатое"),
    ("thirteenth", "тринадцатое"),
    ("fourteenth", "четырнадцатое"),
    ("fifteenth", "пятнадцатое"),
    ("sixteenth", "шестнадцатое"),
    ("seventeenth", "семнадцатое"),
    ("eighteenth", "восемнадцатое"),
    ("nineteenth", "девятнадцатое"),
    ("last", "последнее"),
];

#[test]
fn every_regions_brief_says_what_the_tables_say_of_it() {
    let balance = by_region("balance_all_flows.csv", "2024-01..2024-12", &["total", "net"]);
    let before = by_region("balance_all_flows.csv", "2023-01..2023-12", &["total", "net"]);
    let rural = by_region("balance_all_flows.csv", "2024-01..2024-12", &["rural", "net"]);
    let people = by_region("population.csv", "2024-01-01", &["total", "total"]);
    let now = by_region("population.csv", "2025-01-01", &["total", "total"]);
    let gains = by_region("interregional.csv", "2025-01..2025-06", &["net"]);
    assert_eq!((balance.len(), before.len(), rural.len(), gains.len()), (20, 20, 17, 4));
    // For 2024 the stocks at both ends are known for every region.
    let mean = |code: &str| (people[code] + now[code]) / 2.0;
    let rate: BTreeMap<String, f64> =
        balance.iter().map(|(code, net)| (code.clone(), net / mean(code) * 1000.0)).collect();
    for Region { code, .. } in regions() {
        let mut pipeline = open("", "akimat", Some(&code));
        let (edition, _) = worded(&mut pipeline, Format::Standard, "2025-H1");
        assert_eq!(edition.documents.len(), 2);
        for document in &edition.documents {
            let said = |id: &str| bare(&sentence(document, id).unwrap_or_default());
            let says = |id: &str, number: String| {
                let text = said(id);
                assert!(text.contains(&number), "{code} {id}: {number} in `{text}`");
            };
            let code = code.to_string();
            says("a1-2", signed(balance[&code]));
            says("a1-2", signed(before[&code]));
            let tenths = bare(&format!("{:+.1}", rate[&code])).replace('-', "\u{2212}");
            let tenths = match document.meta.lang.as_str() {
                "ru" => tenths.replace('.', ""),
                _ => tenths,
            };
            says("a1-3", tenths);
            let placed = |at: usize| {
                bare(&match document.meta.lang.as_str() {
                    "ru" => format!("{} место из 20", PLACES[at - 1].1),
                    _ => format!("{} of 20 regions", PLACES[at - 1].0),
                })
            };
            says("a1-3", placed(place(&code, &rate)));
            says("a4-1", format!("{}", now[&code]));
            says("a4-8", signed(balance[&code]));
            assert_eq!(said("a1-4").is_empty(), !rural.contains_key(&code), "{code}");
            if let Some(rural) = rural.get(&code) {
                says("a1-4", signed(*rural));
            }
            // A gain is printed; a region that is not named among the gains is not called known.
            assert_eq!(said("a1-1").is_empty(), !gains.contains_key(&code), "{code}");
            assert_eq!(said("a1-1n").is_empty(), gains.contains_key(&code), "{code}");
            if let Some(gain) = gains.get(&code) {
                says("a1-1", signed(*gain));
                says("a1-1", placed(place(&code, &gains)));
            }
            is_of(document, &code, &pipeline);
        }
    }
}

/// Checks that masthead, headings and the table of neighbours are those of a region.
fn is_of(document: &Document, code: &str, pipeline: &Pipeline) {
    let row = &pipeline.dataset.registers["regions"].rows[code];
    let near: Vec<&str> = row["neighbours"].split_whitespace().collect();
    let rows = table(document, "TN").rows;
    assert_eq!(rows.len(), near.len() + 1, "{code}");
    assert_eq!(rows.iter().filter(|row| row.total).count(), 1, "{code} is set off alone");
    let name = plain(&rows.iter().find(|row| row.total).unwrap().cells[0].content);
    let lexicon = format!("data/lexicon/regions.{}.csv", document.meta.lang);
    let lexicon = fs::read_to_string(root().join(lexicon)).unwrap();
    let forms: Vec<&str> =
        lexicon.lines().find(|line| line.starts_with(code)).unwrap().split(',').collect();
    let spaced = |text: &str| text.replace('\u{A0}', " ");
    assert_eq!(spaced(&name), spaced(forms[1]));
    // «Акимат области Жетісу», “Akimat of Jetisu region”; «в области Жетісу», “in Jetisu region”.
    let heads: Vec<&str> = lexicon.lines().next().unwrap().split(',').collect();
    let form = |name: &str| heads.iter().position(|head| *head == name).map(|at| forms[at]);
    let body = spaced(document.meta.body.last().unwrap());
    assert!(body.ends_with(&spaced(form("gen").or(form("nom")).unwrap())), "{body}");
    assert!(spaced(&document.meta.title).ends_with(&spaced(form("in").unwrap())), "{code}");
    for section in &document.sections {
        let mut blocks = section.blocks.iter().peekable();
        while let Some(block) = blocks.next() {
            let Block::Heading { level, .. } = block else { continue };
            let next = blocks.peek().unwrap_or_else(|| panic!("{code}: {} is empty", section.id));
            let is_deeper = |next: &Block| matches!(next, Block::Heading { level: other, .. } if other <= level);
            assert!(!is_deeper(next), "{code}: an empty heading in {}", section.id);
        }
    }
    lines(document, &mut |line| {
        let text = plain(line);
        assert!(!text.contains("**"), "{code}: {text}");
    });
}

/// Words the briefs of a region: every period but the one that other tests word, and each form of one
/// period, which changes with `at`, so that regions in turn make each form of each period.
fn worded_of(region: &str, at: usize) {
    let overrides = Overrides {
        profile: Some("akimat".to_owned()),
        region: Some(region.to_owned()),
        formats: vec![Format::Standard, Format::Express, Format::Annex],
        ..Overrides::default()
    };
    let mut pipeline = well(Pipeline::open(well(Project::open(root(), &overrides)))).value;
    for period in PERIODS.iter().filter(|period| **period != "2025-H1") {
        worded(&mut pipeline, Format::Standard, period);
    }
    worded(&mut pipeline, Format::Express, PERIODS[at % 4]);
    worded(&mut pipeline, Format::Annex, PERIODS[(at + 1) % 4]);
}

#[test]
fn some_regions_have_a_brief_of_every_period_and_every_form_is_made() {
    for (at, region) in ["KZ-75", "KZ-61", "KZ-23", "KZ-33"].iter().enumerate() {
        worded_of(region, at);
    }
}

#[test]
#[ignore = "twenty regions take a minute; `.ci/run` makes their briefs"]
fn every_region_has_a_brief_of_every_period_and_every_form_is_made() {
    for (at, Region { code, .. }) in regions().into_iter().enumerate() {
        worded_of(&code, at);
    }
}

#[test]
fn every_body_has_its_own_brief_of_every_period() {
    let mut heads = vec![];
    for Worded { body, period, edition, warnings, .. } in WORDED.iter() {
        assert!(warnings.iter().all(|said| said.severity != Severity::Error), "{body} {period}");
        for document in &edition.documents {
            assert!(!document.meta.body.is_empty(), "{body}");
            assert!(!document.meta.basis.is_empty(), "{body}");
        }
        let name = &edition.documents[0].meta.body;
        if *period == "2025" && heads.iter().all(|(_, known, _)| known != body) {
            let ids = edition.documents[0].sections.iter().map(|section| section.id.as_str());
            heads.push((name.clone(), *body, ids.collect::<Vec<_>>().join(" ")));
        }
    }
    let heads: Vec<_> = heads.into_iter().map(|(name, _, order)| (name, order)).collect();
    for (at, (body, order)) in heads.iter().enumerate() {
        for (other, others) in &heads[..at] {
            assert_ne!(body, other);
            assert_ne!(order, others, "{body:?} and {other:?} tell the same in the same order");
        }
    }
}

#[test]
fn neighbours_are_mutual_and_each_region_has_one() {
    let pipeline = open("", "bns", None);
    let rows = &pipeline.dataset.registers["regions"].rows;
    for (code, row) in rows.iter().filter(|(code, _)| &***code != "KZ") {
        let near: Vec<&str> = row["neighbours"].split_whitespace().collect();
        assert!(!near.is_empty(), "{code}");
        for other in near {
            let theirs = rows.get(other).unwrap_or_else(|| panic!("{code}: no region {other}"));
            assert!(
                theirs["neighbours"].split_whitespace().any(|back| back == &**code),
                "{code} {other}"
            );
            assert_ne!(other, &**code);
        }
    }
    assert_eq!(rows["KZ"]["neighbours"], "");
}

#[test]
fn a_regions_flows_add_up_to_its_row_and_column_of_the_matrix() {
    for region in ["KZ-33", "KZ-71"] {
        let mut pipeline = open("examples/full-matrix", "akimat", Some(region));
        let (edition, _) = worded(&mut pipeline, Format::Standard, "2025-H1");
        let facts = &edition.facts;
        let sum = |id: &str| -> f64 {
            let series = facts.get(id).unwrap().series().unwrap();
            assert_eq!(series.members.len(), 19, "{id}");
            series.members.iter().map(|member| member.quantity.unwrap().value).sum()
        };
        let member = |id: &str| -> f64 {
            let members = &facts.get(id).unwrap().series().unwrap().members;
            members.iter().find(|m| &*m.code == region).unwrap().quantity.unwrap().value
        };
        assert_eq!((sum("O_from"), sum("O_to")), (member("OD_in"), member("OD_out")));
        let number = |id: &str| facts.get(id).unwrap().number().unwrap().value;
        assert_eq!(number("O_I4"), sum("O_from") - sum("O_to"));
        assert_eq!(number("O_in"), sum("O_from"));
    }
}

#[test]
fn a_year_that_is_not_published_yet_gives_way_to_the_one_before_and_to_its_base() {
    let mut pipeline = open("", "akimat", Some("KZ-71"));
    let (edition, _) = worded(&mut pipeline, Format::Standard, "2025");
    let fact = |id: &str| edition.facts.get(id).unwrap();
    let value = |id: &str| fact(id).number().map(|number| number.value);
    assert_eq!(
        (value("O_B"), fact("O_B").time.to_string()),
        (Some(75854.0), "2024-01..2024-12".into())
    );
    assert_eq!(
        (value("O_B.base"), fact("O_B.base").time.to_string()),
        (Some(51539.0), "2023-01..2023-12".into())
    );
    assert_eq!(value("O_B.difference"), Some(24315.0));
    // For 2024 there is a year before, for 2023 there is none and nothing replaces it.
    let (edition, _) = worded(&mut pipeline, Format::Standard, "2024");
    assert_eq!(edition.facts.get("O_B.base").unwrap().number().map(|n| n.value), Some(51539.0));
}

/// What the items of a list say first, by the ids of their sentences.
fn messages(blocks: &[Block]) -> Vec<String> {
    fn id(block: &Block) -> Option<String> {
        let Block::Paragraph { content } = block else { return None };
        content.iter().find_map(|inline| match inline {
            Inline::Sentence { id, .. } => Some(id.clone()),
            _ => None,
        })
    }
    let of = |block: &Block| match block {
        Block::List { items, .. } => items.iter().flatten().filter_map(id).collect(),
        Block::Columns { left, right } => [messages(left), messages(right)].concat(),
        _ => vec![],
    };
    blocks.iter().flat_map(of).collect()
}

#[test]
fn a_brief_has_six_key_messages_at_most_and_its_own_come_first() {
    for Worded { body, period, edition, lead, .. } in WORDED.iter() {
        let said = edition.documents.iter().map(|document| {
            let section = document.sections.iter().find(|s| s.id == "key-messages");
            messages(&section.unwrap().blocks)
        });
        let said: Vec<Vec<String>> = said.collect();
        assert!((3..=6).contains(&said[0].len()), "{body} {period}: {said:?}");
        assert_eq!(said[0], said[1], "{body} {period}");
        let lead: Vec<&String> = lead.iter().filter(|id| said[0].contains(id)).collect();
        assert!(said[0].iter().zip(&lead).all(|(a, b)| a == *b), "{body} {period}: {said:?}");
    }
}
