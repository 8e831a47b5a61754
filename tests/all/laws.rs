//! Laws that hold for any numbers and any slip of a finger: parts add up, precision is never
//! invented, a word agrees with its sign, and no file of a project makes the program panic.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use crate::common::{self, Copy, drawn, root, sentence, table, well};
use kosh::indicators::quantity::{difference, sum};
use kosh::prose::plain;
use kosh::stats::Facts;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// The same cases on every run, so that a failure can be looked at again.
fn runner(cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

fn country() -> Copy {
    let suite = root().join("tests/suite/another-country");
    let copy = Copy::of(&suite);
    copy.lay(root(), &["templates/languages/en.toml"]);
    for entry in std::fs::read_dir(root().join("templates")).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        if file.ends_with(".typ") {
            copy.lay(root(), &[&format!("templates/{file}")]);
        }
    }
    copy
}

fn quantities() -> impl Strategy<Value = kosh::stats::Quantity> {
    (-1_000_000i32..1_000_000, prop::sample::select(vec![1.0, 10.0, 100.0, 1000.0])).prop_map(
        |(value, step): (i32, f64)| {
            kosh::stats::Quantity::rounded((f64::from(value) / step).round() * step, step)
        },
    )
}

#[test]
fn a_sum_is_the_whole_of_its_parts_and_known_as_the_coarsest() {
    let parts = prop::collection::vec(quantities(), 1..20);
    let law = |parts: Vec<kosh::stats::Quantity>| {
        let whole = sum(&parts);
        let coarsest = parts.iter().map(|q| q.step).fold(0.0, f64::max);
        prop_assert_eq!(whole.step, coarsest);
        prop_assert_eq!(whole.value, parts.iter().map(|q| q.value).sum::<f64>());
        // Taking the parts away again leaves nothing, no better known than before.
        let rest = parts.iter().fold(whole, |rest, part| difference(rest, *part));
        prop_assert_eq!(rest.value, 0.0);
        prop_assert!(rest.step >= coarsest && rest.error >= whole.error);
        Ok(())
    };
    runner(512).run(&parts, law).unwrap();
}

/// A change of the tables of the small country: numbers of this and last year.
#[derive(Debug, Clone)]
struct Numbers {
    arrivals: [u32; 2],
    departures: [u32; 2],
    nets: Vec<i32>,
    step: u32,
}

fn numbers() -> impl Strategy<Value = Numbers> {
    let count = || prop_oneof![5 => 50u32..40_000, 1 => 0u32..50];
    let counts = (count(), count(), count(), count());
    let nets = prop::collection::vec(-9_000i32..9_000, 4);
    (counts, nets, prop::sample::select(vec![1u32, 10, 100])).prop_map(|(c, mut nets, step)| {
        nets.push(-nets.iter().sum::<i32>());
        let to = |n: u32| n / step * step;
        Numbers { arrivals: [to(c.0), to(c.1)], departures: [to(c.2), to(c.3)], nets, step }
    })
}

/// Writes the numbers into the tables: the half-year, its base, and nothing else.
fn write(copy: &Copy, numbers: &Numbers) {
    let mut rows =
        String::from("period,flow,partner,value,unit,rounded_to,vintage,source_id,note\n");
    for (flow, values) in [("arrivals", numbers.arrivals), ("departures", numbers.departures)] {
        for (value, period, vintage) in [
            (values[0], "2030-01..2030-06", "2030-H1-express"),
            (values[1], "2029-01..2029-06", "2029-H1-final"),
        ] {
            let step = numbers.step;
            rows +=
                &format!("{period},{flow},WORLD,{value},persons,{step},{vintage},office-table,\n");
        }
    }
    copy.write("data/border.csv", rows);
    let mut rows =
        String::from("period,province,measure,value,unit,rounded_to,vintage,source_id,note\n");
    for (index, value) in numbers.nets.iter().enumerate() {
        let code = index + 1;
        rows += &format!(
            "2030-01..2030-06,N-{code},net,{value},persons,1,2030-H1-express,office-table,\n"
        );
    }
    copy.write("data/between.csv", rows);
}

fn number(facts: &Facts, id: &str) -> Option<kosh::stats::Quantity> {
    facts.get(id)?.number()
}

#[test]
fn whatever_the_numbers_words_agree_with_signs_and_parts_with_wholes() {
    let copy = country();
    // Such random numbers may double or not change at all, so a percentage is not the only form.
    for (lang, by) in [("en", "by"), ("eo", "je")] {
        let path = format!("templates/sections/01-border.{lang}.md");
        for id in ["A.change", "D.change"] {
            let percent = format!(" {by} {{{{ {id} | abs | pct1 }}}}");
            let reported = format!(
                "{{% if {id} is manifold %}} {{{{ {id} | fold }}}}{{% elif {id} is not flat %}}\
                 {percent}{{% endif %}}"
            );
            copy.edit(&path, &percent, &reported);
        }
    }
    let law = |numbers: Numbers| {
        write(&copy, &numbers);
        let (_, edition, _) = match copy.check() {
            Ok(checked) => checked,
            Err(problems) => return Err(TestCaseError::fail(drawn(&problems))),
        };
        let facts = &edition.facts;
        let [a, d] = [numbers.arrivals[0], numbers.departures[0]].map(f64::from);
        prop_assert_eq!(number(facts, "B").unwrap().value, a - d);
        prop_assert_eq!(number(facts, "B").unwrap().step, f64::from(numbers.step));
        let positive = numbers.nets.iter().filter(|net| **net > 0).count();
        prop_assert_eq!(number(facts, "N_count").unwrap().value, positive as f64);
        let document = &edition.documents[0];
        // "Arrivals rose by 1.0% and departures fell by 2.0%": the word has the number's sign.
        if let Some(said) = sentence(document, "b2") {
            let (arrivals, departures) = said.split_once(" and ").unwrap();
            for (part, id) in [(arrivals, "A.change"), (departures, "D.change")] {
                let change = number(facts, id).unwrap().value;
                let part = part.replace("-fold", " times");
                prop_assert!(!part.contains('-') && !part.contains('\u{2212}'), "{}", part);
                prop_assert!(!(part.contains("rose") && change <= 0.0), "{} {}", part, change);
                prop_assert!(!(part.contains("fell") && change >= 0.0), "{} {}", part, change);
                let flat = part.contains("little changed");
                prop_assert!(!flat || change.abs() < 1.0, "{} {}", part, change);
            }
        }
        // The balance's row of the table: value less base is the difference, to the digit.
        let printed: Vec<f64> = table(document, "main")
            .rows
            .iter()
            .filter(|row| row.total)
            .flat_map(|row| row.cells[1..4].iter())
            .map(|cell| plain(&cell.content).replace(',', "").replace('\u{2212}', "-"))
            .filter_map(|text| text.parse().ok())
            .collect();
        // Coarser numbers are printed as thousands with a decimal, each rounded for itself.
        if numbers.step == 1 {
            let [now, base, less] = printed[..] else {
                return Err(TestCaseError::fail(format!("{printed:?}")));
            };
            prop_assert_eq!(now - base, less);
        }
        Ok(())
    };
    runner(64).run(&numbers(), law).unwrap();
}

/// The number that English words stand for: digits, sign and scale.
fn read(text: &str) -> Option<f64> {
    let scale = [("thousand", 3), ("million", 6), ("billion", 9), ("k", 3), ("m", 6), ("bn", 9)];
    let text = text.trim_end_matches('%').trim().to_owned();
    let found = scale.iter().find(|(word, _)| text.ends_with(word));
    let digits = found.map_or(&*text, |(word, _)| text.trim_end_matches(word).trim());
    let digits = digits.replace([',', '+'], "").replace('\u{2212}', "-");
    format!("{digits}e{}", found.map_or(0, |(_, power)| *power)).parse().ok()
}

/// The numbers behind an id of the tree: `X1`, `I4[KZ-71]`, `OD[KZ-71>KZ-75]`, `I4[KZ-71].base`.
fn of_facts(facts: &Facts, id: &str) -> Option<kosh::stats::Quantity> {
    use kosh::stats::Value;
    let Some((fact, rest)) = id.split_once('[') else { return number(facts, id) };
    let (member, part) = rest.split_once(']')?;
    match &facts.get(fact)?.value {
        Value::Matrix(matrix) => {
            let (row, column) = member.split_once('>')?;
            let row = matrix.rows.codes.iter().position(|code| **code == *row)?;
            let column = matrix.columns.codes.iter().position(|code| **code == *column)?;
            matrix.cells[row][column]
        }
        Value::Series(series) | Value::Members(series) => {
            let member = series.members.iter().find(|known| *known.code == *member)?;
            match part {
                "" => member.quantity,
                ".base" => member.base,
                _ => None,
            }
        }
        _ => None,
    }
}

/// Text, tables, workbook cells, `facts.csv` and `kosh facts` print one value with the same digits,
/// over all that is shipped.
#[test]
fn every_shipped_number_is_printed_alike_wherever_it_is_printed() {
    use kosh::project::{Format, Overrides, Project};
    let formats = vec![Format::Standard, Format::Annex];
    let overrides = Overrides { formats: formats.clone(), ..Overrides::default() };
    let project = well(Project::open(root(), &overrides));
    let pipeline = well(kosh::build::edition::Pipeline::open(project)).value;
    let mut compared = 0;
    for period in ["2024", "2025-H1", "2025-9M", "2025"] {
        for format in formats.clone() {
            let edition = well(pipeline.edition(format, period.parse().unwrap(), None)).value;
            let facts = &edition.facts;
            let csv = kosh::export::csv::facts(facts.all.values());
            let mut reader = csv::Reader::from_reader(csv.as_bytes());
            let rows: std::collections::BTreeMap<String, String> = reader
                .records()
                .map(|row| {
                    let row = row.unwrap();
                    let id = match &row[1] {
                        "" => row[0].to_owned(),
                        member => format!("{}[{member}]", &row[0]),
                    };
                    (id, row[2].to_owned())
                })
                .collect();
            let check = |id: &str, form: &str, text: &str| {
                let Some(quantity) = of_facts(facts, id) else { return 0 };
                // A qualifier has a column of its own.
                let file = quantity.to_string();
                let file = file.trim_start_matches(|c: char| !c.is_ascii_digit() && c != '-');
                if let Some(row) = rows.get(id) {
                    assert_eq!(*row, file, "{id}");
                }
                // Words of the source, such as “almost”, come before the number.
                let text =
                    text.trim_start_matches(|c: char| !c.is_ascii_digit() && !"-−+".contains(c));
                let said = read(text).unwrap_or_else(|| panic!("{id} {form}: {text}"));
                let known: f64 = file.parse().unwrap();
                // The sign may be a word's; half a percent may be asked for without its decimal.
                let digits = match form {
                    "pct0" => known.round(),
                    _ => known,
                };
                assert_eq!(said.abs(), digits.abs(), "{period} {id} {form}: `{text}` and {file}");
                1
            };
            let english = edition.documents.iter().find(|d| d.meta.lang == "en").unwrap();
            // The abstract in the other language has its numbers in that language.
            let mut english = english.clone();
            let is_own = |block: &kosh::document::Block| {
                !matches!(block, kosh::document::Block::Parallel { .. })
            };
            english.sections.iter_mut().for_each(|section| section.blocks.retain(is_own));
            let english = &english;
            common::lines(english, &mut |line| {
                fn walk(line: &[kosh::document::Inline], check: &mut dyn FnMut(&str, &str, &str)) {
                    for inline in line {
                        match inline {
                            kosh::document::Inline::Fact { id, form, text } => {
                                check(id, form, text)
                            }
                            kosh::document::Inline::Sentence { content, .. } => {
                                walk(content, check)
                            }
                            _ => {}
                        }
                    }
                }
                walk(line, &mut |id, form, text| {
                    if ["int", "signed", "pct1", "pct0", "dec1"].contains(&form) {
                        compared += check(id, form, text);
                    }
                });
            });
            for table in common::tables(english) {
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    let [kosh::document::Inline::Fact { id, form, text }] = &cell.content[..]
                    else {
                        continue;
                    };
                    if form.starts_with("table") {
                        let whole = format!("{text}{}", cell.fraction);
                        compared += check(id, form, &whole);
                        let whole = whole.trim_start_matches(['≈', '>', '<']);
                        let shown = cell.number.as_ref().map(|number| number.value);
                        assert_eq!(read(whole), shown, "{id}: {whole}");
                    }
                }
            }
        }
    }
    assert!(compared > 1_000, "{compared}");
}

/// The text files of a project.
fn texts(folder: &Path, below: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts(&path, below, found);
        } else {
            found.push(path.strip_prefix(below).unwrap().to_string_lossy().replace('\\', "/"));
        }
    }
}

/// What a finger, a spreadsheet or a broken disk does to a file.
#[derive(Debug, Clone)]
enum Slip {
    Delete(usize),
    Insert(&'static [u8]),
    Replace(u8),
    Double(usize),
    CutOff,
}

fn slips() -> impl Strategy<Value = Slip> {
    let pieces: Vec<&'static [u8]> = vec![
        b"\"",
        b"{{",
        b"}}",
        b"{%",
        b"[",
        b"]",
        b"\n",
        b",",
        b"#",
        b"\xff",
        b"\xef\xbb\xbf",
        b"-",
        b"99999999999999999999",
        b"1e308",
        b"nan",
        b"\r",
        b"\0",
        b"'''",
        b"\xe2\x80\xae",
        b"{% call sentence(\"x\") %}",
        b"{% endcall %}",
        b"\xef\xb7\x90",
        b"](",
        b"*",
        b"`",
        b"\t",
        b"2025-13..2025-00",
        b"|",
        b"''",
        b"= ",
    ];
    prop_oneof![
        (1usize..40).prop_map(Slip::Delete),
        prop::sample::select(pieces).prop_map(Slip::Insert),
        any::<u8>().prop_map(Slip::Replace),
        (1usize..200).prop_map(Slip::Double),
        Just(Slip::CutOff),
    ]
}

fn slipped(bytes: &[u8], at: usize, slip: &Slip) -> Vec<u8> {
    let (before, after) = bytes.split_at(at);
    let cut = |n: usize| &after[n.min(after.len())..];
    let kept = |n: usize| &after[..n.min(after.len())];
    match slip {
        Slip::Delete(n) => [before, cut(*n)].concat(),
        Slip::Insert(piece) => [before, piece, after].concat(),
        Slip::Replace(byte) => [before, &[*byte], cut(1)].concat(),
        Slip::Double(n) => [before, kept(*n), after].concat(),
        Slip::CutOff => before.to_vec(),
    }
}

/// Runs `cases` slips over a project, or as many as `KOSH_SLIPS` says; each must end in an edition or in
/// diagnostics that can be drawn.
fn never_panics(copy: &Copy, cases: u32) {
    let wanted = std::env::var("KOSH_SLIPS").ok().and_then(|text| text.parse().ok());
    let cases = wanted.unwrap_or(cases);
    let mut files = vec![];
    texts(&copy.root, &copy.root, &mut files);
    files.sort();
    assert!(files.len() > 20);
    let case = (prop::sample::select(files), any::<prop::sample::Index>(), slips());
    let law = |(file, at, slip): (String, prop::sample::Index, Slip)| {
        let whole = std::fs::read(copy.root.join(&file)).unwrap();
        let at = at.index(whole.len() + 1);
        copy.write(&file, slipped(&whole, at, &slip));
        let ran = catch_unwind(AssertUnwindSafe(|| match copy.check() {
            Ok((_, _, warnings)) => drawn(&warnings),
            Err(problems) => {
                assert!(!problems.is_empty(), "refused without a word");
                drawn(&problems)
            }
        }));
        copy.write(&file, &whole);
        prop_assert!(ran.is_ok(), "{} at byte {}: panicked", file, at);
        Ok(())
    };
    runner(cases).run(&case, law).unwrap();
}

#[test]
fn a_slip_in_any_file_of_the_shipped_project_never_panics() {
    let copy = Copy::of_shipped();
    drop(well(copy.check()));
    never_panics(&copy, 60);
}

#[test]
fn a_slip_in_any_file_of_the_small_country_never_panics() {
    never_panics(&country(), 200);
}
