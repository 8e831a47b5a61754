//! Text has room: no shipped page has overlapping letters or text beyond its column, and words too long
//! for any column are typeset well or reported.

use crate::common::{Copy, codes, drawn, root, well};
use kosh::build::edition::Pipeline;
use kosh::build::memory;
use kosh::project::{Format, Overrides, Project};

/// A word longer than any column of the page.
const LONG: &str = "Interprovincialadministrativereorganisationalcommissionership";

/// The periods for which briefs are built.
const PERIODS: [&str; 5] = ["2024", "2025-Q1", "2025-H1", "2025-9M", "2025"];

/// The bodies, including an akimat with one of the largest cities and one with the largest region.
const BODIES: [(&str, Option<&str>); 7] = [
    ("bns", None),
    ("mia", None),
    ("mlspp", None),
    ("mne", None),
    ("mshe", None),
    ("akimat", Some("KZ-71")),
    ("akimat", Some("KZ-61")),
];

/// The forms of the brief.
const FORMS: [Format; 3] = [Format::Standard, Format::Express, Format::Annex];

/// The problems of a body's editions for these periods and forms, and the pages with flaws.
fn looked_at(
    (profile, region): (&str, Option<&str>),
    periods: &[&str],
    forms: &[Format],
) -> (Vec<String>, Vec<String>) {
    let overrides = Overrides {
        profile: Some(profile.to_owned()),
        region: region.map(str::to_owned),
        formats: forms.to_vec(),
        ..Overrides::default()
    };
    let project = well(Project::open(root(), &overrides));
    let pipeline = well(Pipeline::open(project)).value;
    let (mut refused, mut unfilled) = (vec![], vec![]);
    for period in periods {
        for format in forms.iter().copied() {
            let edition = well(pipeline.edition(format, period.parse().unwrap(), None)).value;
            let name =
                format!("{profile}{} {period}", region.map_or(String::new(), |r| format!("-{r}")));
            let typeset = pipeline.typeset_reusing(&edition, &|_, _| None);
            memory::end_round(BODIES.len());
            match typeset {
                Err(problems) => {
                    refused.push(format!("{name} {}\n{}", format.stem(), drawn(&problems)))
                }
                Ok(typeset) => {
                    let flaws = typeset.value.flaws.into_iter();
                    let each = flaws.flat_map(|(file, flaws)| {
                        flaws
                            .into_iter()
                            .map(move |(page, flaw)| format!("{file}, page {page}: {flaw:?}"))
                    });
                    unfilled.extend(each.map(|flaw| format!("{name} {flaw}")));
                }
            }
        }
    }
    (refused, unfilled)
}

/// Checks these bodies in parallel.
fn hold(bodies: &[(&str, Option<&str>)], periods: &[&str], forms: &[Format]) {
    let (mut refused, mut unfilled) = (vec![], vec![]);
    std::thread::scope(|scope| {
        let bodies: Vec<_> = bodies
            .iter()
            .map(|body| scope.spawn(move || looked_at(*body, periods, forms)))
            .collect();
        for body in bodies {
            let (own_refused, own_unfilled) = body.join().unwrap();
            refused.extend(own_refused);
            unfilled.extend(own_unfilled);
        }
    });
    assert!(refused.is_empty(), "{}", refused.join("\n"));
    assert!(unfilled.is_empty(), "{unfilled:#?}");
}

#[test]
fn every_page_of_a_brief_is_filled_and_no_letters_lie_on_letters() {
    hold(&[("bns", None)], &["2025"], &FORMS);
    hold(&[("akimat", Some("KZ-71"))], &["2025-H1"], &[Format::Standard]);
}

#[test]
#[ignore = "all shipped editions take minutes; `.ci/run` looks at them"]
fn every_page_of_every_shipped_edition_is_filled_and_no_letters_lie_on_letters() {
    hold(&BODIES, &PERIODS, &FORMS);
}

/// The small project with `find` replaced in some files.
fn with(edits: &[(&str, &str, &str)]) -> Copy {
    let copy = Copy::of_another_country();
    for (file, find, put) in edits {
        copy.edit(file, find, &put.replace("LONG", LONG));
    }
    copy
}

#[test]
fn words_that_are_too_long_for_any_column_are_set_well() {
    const STRINGS: &str = "templates/strings.en.toml";
    let logo = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1000\" height=\"100\"><rect width=\"1000\" height=\"100\"/></svg>";
    let cases = [
        vec![(STRINGS, "title = \"Migration in Norland\"", "title = \"LONG in Norland\"")],
        vec![(
            STRINGS,
            "unit = \"persons\"\nlabel = \"Net migration\"",
            "unit = \"LONG\"\nlabel = \"LONG\"",
        )],
        vec![("data/lexicon/provinces.en.csv", "Hillmark", "LONG")],
        vec![("data/lexicon/provinces.en.csv", "Hillmark", "LONG LONG")],
        vec![(STRINGS, "genre-brief = \"Statistical brief\"", "genre-brief = \"LONG LONG\"")],
        vec![(
            STRINGS,
            "title = \"Migration in Norland\"",
            "title = \"Migration in Norland and in all of the lands beyond its borders, by origin, destination, age, sex, education and language\"",
        )],
        vec![
            ("data/lexicon/bodies.en.csv", ",Statistical Office", ",LONG Office"),
            ("templates/profiles/office/profile.toml", "[brand]", "[brand]\nlogo = \"logo.svg\""),
        ],
    ];
    let mut wrong = vec![];
    for edits in &cases {
        let copy = with(edits);
        copy.write("templates/profiles/office/logo.svg", logo);
        if let Err(problems) = copy.build() {
            wrong.push(format!("{edits:?}\n{}", drawn(&problems)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn text_without_room_is_reported_with_its_place() {
    let start = "#if meta.mastheads.len() > 0 { shared-masthead }";
    let cases = [
        (
            "#place(dy: 40pt, text(size: 14pt)[Over the masthead, over the title, over it all])",
            "K0720",
        ),
        (
            "#v(20pt) #box(width: 620pt)[Far~out~of~the~page~and~farther~than~all~of~its~margins~go~and~still~farther~than~the~paper~is~wide,~which~nobody~reads] #v(20pt)",
            "K0721",
        ),
        (
            "#block(width: 40pt, grid(columns: (40pt,), [one two], [three], [four], [five], [six], [seven], text(hyphenate: false)[Unbreakableword]))",
            "K0721",
        ),
    ];
    for (line, code) in cases {
        let copy = with(&[("templates/brief.typ", start, &format!("{line}\n{start}"))]);
        let problems = copy.build().expect_err(line);
        let reported = problems.iter().find(|problem| problem.code == code);
        let reported = reported
            .unwrap_or_else(|| panic!("{line}: {:?}\n{}", codes(&problems), drawn(&problems)));
        assert!(reported.message.contains("on page 1"), "{}", reported.message);
        assert!(reported.place.is_some() && !reported.hints.is_empty(), "{line}");
    }
}

#[test]
fn a_title_of_no_source_is_refused() {
    let copy = Copy::of_another_country();
    copy.write("data/titles.csv", "key,lang,title\nnobody,eo,Titolo\n");
    let Err(problems) = copy.check() else { panic!("it passed") };
    assert_eq!(codes(&problems), ["K0722"], "{}", drawn(&problems));
    copy.write("data/titles.csv", "key,title\n");
    let Err(problems) = copy.check() else { panic!("it passed") };
    assert_eq!(codes(&problems), ["K0722"], "{}", drawn(&problems));
}
