//! Text has room: on no page of what is shipped do letters lie on letters or run out of their column,
//! and words that are too long for any column are set well or told.

use crate::common::{Copy, codes, drawn, root, well};
use kosh::build::edition::Pipeline;
use kosh::project::{Format, Overrides, Project};

/// A word longer than any column of the page.
const LONG: &str = "Interprovincialadministrativereorganisationalcommissionership";

/// What stands against the pages of one form of the brief.
fn refused(profile: &str, region: Option<&str>, period: &str, format: Format) -> Option<String> {
    let overrides = Overrides {
        profile: Some(profile.to_owned()),
        region: region.map(str::to_owned),
        formats: vec![format],
        ..Overrides::default()
    };
    let project = well(Project::open(root(), &overrides));
    let pipeline = well(Pipeline::open(project)).value;
    let edition = well(pipeline.edition(format, period.parse().unwrap(), None)).value;
    let problems = pipeline.typeset(&edition).err()?;
    Some(format!("{profile} {period} {}\n{}", format.stem(), drawn(&problems)))
}

#[test]
fn no_letters_lie_on_letters_in_any_shipped_edition() {
    let mut wrong = vec![];
    for period in ["2024", "2025-H1", "2025-9M", "2025"] {
        wrong.extend(refused("bns", None, period, Format::Standard));
    }
    for profile in ["mia", "mlspp", "mne", "mshe"] {
        wrong.extend(refused(profile, None, "2025", Format::Standard));
    }
    for region in ["KZ-71", "KZ-61"] {
        wrong.extend(refused("akimat", Some(region), "2025", Format::Standard));
    }
    for format in [Format::Express, Format::Annex] {
        wrong.extend(refused("bns", None, "2025", format));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The small project with `find` of a file in another form.
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
fn text_without_room_is_told_with_its_place() {
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
        let told = problems.iter().find(|problem| problem.code == code);
        let told =
            told.unwrap_or_else(|| panic!("{line}: {:?}\n{}", codes(&problems), drawn(&problems)));
        assert!(told.message.contains("on page 1"), "{}", told.message);
        assert!(told.place.is_some() && !told.hints.is_empty(), "{line}");
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
