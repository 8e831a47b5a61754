//! Each example of docs/editorial.md is printed in the edition that it names.

use std::collections::BTreeMap;

use crate::common::{root, squeezed, text, well};
use kosh::build::edition::Pipeline;
use kosh::build::memory;
use kosh::project::{Format, Overrides, Project};
use regex::Regex;

/// The passages of a body's editions, each with its language, by period and form.
type Passages = BTreeMap<(String, String), Vec<(String, String)>>;

/// Bodies with their region, as an example names them: `bns`, `akimat-KZ-61`.
fn open(body: &str) -> Pipeline {
    let (profile, region) = match body.split_once('-') {
        Some((profile, region)) => (profile, Some(region.to_owned())),
        None => (body, None),
    };
    let overrides = Overrides { profile: Some(profile.to_owned()), region, ..Overrides::default() };
    well(Pipeline::open(well(Project::open(root(), &overrides)))).value
}

/// Without whitespace, and without the hyphens that a line break may add.
fn bare(text: &str) -> String {
    squeezed(text).replace(['-', '\u{ad}', '\u{2010}', '\u{2011}'], "")
}

#[test]
fn every_example_of_the_editorial_rules_is_printed() {
    let page = std::fs::read_to_string(root().join("docs/editorial.md")).unwrap();
    let example = Regex::new(r"(?m)^> `([\w-]+)/([\w-]+)/(\w+)/(\w\w)`: (.+(?:\n> .+)*)").unwrap();
    let mut examples: BTreeMap<String, Passages> = BTreeMap::new();
    for found in example.captures_iter(&page) {
        let part = |index: usize| found[index].to_owned();
        let passage = found[5].replace("\n> ", " ");
        let of_body = examples.entry(part(1)).or_default();
        of_body.entry((part(2), part(3))).or_default().push((part(4), passage));
    }
    let all = examples.values().flat_map(BTreeMap::values).map(Vec::len).sum::<usize>();
    assert_eq!(all, page.matches("\n> `").count(), "an example is written in another way");
    let mut missing = vec![];
    std::thread::scope(|scope| {
        let bodies: Vec<_> = examples
            .iter()
            .map(|(body, editions)| scope.spawn(move || not_printed(body, editions)))
            .collect();
        for body in bodies {
            missing.extend(body.join().unwrap());
        }
    });
    assert!(missing.is_empty(), "not printed:\n{}", missing.join("\n"));
}

/// The examples that are not on the pages of a body's editions.
fn not_printed(body: &str, editions: &Passages) -> Vec<String> {
    let pipeline = open(body);
    let mut missing = vec![];
    for ((period, form), passages) in editions {
        assert_eq!(form, Format::Standard.stem(), "{body}/{period}");
        let period = period.parse().unwrap();
        let edition = well(pipeline.edition(Format::Standard, period, None)).value;
        let files = well(pipeline.typeset(&edition)).value;
        memory::end_round(8);
        let mut pages: BTreeMap<&str, String> = BTreeMap::new();
        for (lang, passage) in passages {
            let printed = pages.entry(lang).or_insert_with(|| {
                let name = format!("{form}-{lang}.pdf");
                bare(&text(&files.iter().find(|file| file.name == name).unwrap().bytes))
            });
            if !printed.contains(&bare(passage)) {
                missing.push(format!("{body}/{period}/{form}/{lang}: {passage}"));
            }
        }
    }
    missing
}
