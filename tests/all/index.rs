//! Index numbers: 100 in their base period, differences in points; refused or missing where a percentage
//! change would be.

use crate::common::{Copy, codes, sentence, well};
use kosh::stats::{Absence, Fact, Facts, Flag, Period};

const INDICES: &str = r#"
[A_index]
index = { of = "A", base = "2029" }

[A_fixed]
index = { of = "A", base = "2029-H1" }

[D_index]
index = { of = "D", base = "2029" }

[A_by_index]
index = { of = "A_by", base = "2029" }

[A_earlier]
index = { of = "A", base = "2028" }

[A_longer]
index = { of = "A", base = "2028-01..2028-12" }

[A_whole]
index = { of = "A", base = "2027" }

[A_whole_years]
history = { of = "A_whole", years = 3, annual = true }

[A_atl]
from = "border"
where = { flow = "arrivals", partner = "ATL" }

[A_atl_index]
index = { of = "A_atl", base = "2029" }
"#;

/// The small project with these indices and changes.
fn copy(edits: &[(&str, &str, &str)]) -> Copy {
    let copy = Copy::of_another_country();
    copy.write("data/indicators.toml", copy.read("data/indicators.toml") + INDICES);
    for (file, find, with) in edits {
        copy.edit(file, find, with);
    }
    copy
}

fn facts_of(copy: &Copy, period: &str) -> Facts {
    let pipeline = well(copy.open()).0;
    (*well(pipeline.facts(period.parse().unwrap(), None)).value).clone()
}

fn facts(edits: &[(&str, &str, &str)]) -> Facts {
    facts_of(&copy(edits), "2030-H1")
}

fn fact<'f>(facts: &'f Facts, id: &str) -> &'f Fact {
    facts.get(id).unwrap_or_else(|| panic!("{id}"))
}

/// The printed digits of a number.
fn printed(facts: &Facts, id: &str) -> String {
    let fact = fact(facts, id);
    fact.number().map_or_else(|| panic!("{id}: {:?}", fact.missing()), |q| q.to_string())
}

fn reason<'f>(facts: &'f Facts, id: &str) -> &'f str {
    fact(facts, id).missing().unwrap_or("it is known")
}

/// The members of a series with their printed digits.
fn members(facts: &Facts, id: &str) -> Vec<(String, Option<String>)> {
    let series = fact(facts, id).series().unwrap();
    let shown = |member: &kosh::stats::Member| member.quantity.map(|q| q.to_string());
    series.members.iter().map(|member| (member.code.to_string(), shown(member))).collect()
}

fn shown(members: &[(&str, Option<&str>)]) -> Vec<(String, Option<String>)> {
    members.iter().map(|(code, value)| ((*code).into(), value.map(Into::into))).collect()
}

#[test]
fn a_number_is_related_to_the_same_months_of_its_base() {
    let facts = facts(&[]);
    // 2,553 ÷ 2,300 and 2,105 ÷ 2,250; of the partners 1,400 ÷ 1,150 and 1,021 ÷ 1,000.
    assert_eq!(printed(&facts, "A_index"), "111.0");
    assert_eq!(printed(&facts, "A_fixed"), "111.0");
    assert_eq!(printed(&facts, "D_index"), "93.6");
    assert_eq!(
        members(&facts, "A_by_index"),
        shown(&[("ATL", Some("121.7")), ("UTO", Some("102.1"))])
    );
    let index = fact(&facts, "A_index");
    assert_eq!((&*index.unit.0, index.is_signed), ("index", false));
    assert_eq!(index.formula, "A ÷ A[2029] × 100");
    assert_eq!(fact(&facts, "A_fixed").formula, "A ÷ A[2029-01..2029-06] × 100");
    assert_eq!(index.operands, ["A"]);
    assert_eq!(index.time.to_string(), "2030-01..2030-06");
    let rows: Vec<String> = index.rows.iter().map(ToString::to_string).collect();
    assert_eq!(rows, ["data/border.csv:12", "data/border.csv:8"]);
    assert_eq!(&*index.vintages, ["2030-H1-express".into(), "2029-H1-final".into()]);
    assert!(index.flags.contains(&Flag::MixedStatus) && index.flags.contains(&Flag::Provisional));
}

#[test]
fn it_moves_in_points_and_has_no_percentage() {
    let facts = facts(&[]);
    assert_eq!(printed(&facts, "A_index.base"), "100.0");
    assert_eq!(printed(&facts, "A_index.difference"), "11.0");
    assert_eq!(&*fact(&facts, "A_index.difference").unit.0, "index-points");
    assert_eq!(reason(&facts, "A_index.change"), "an index changes in points");
}

#[test]
fn in_its_base_it_is_a_hundred_however_roughly_that_is_known() {
    let rough =
        ("data/border.csv", "arrivals,WORLD,2300,persons,1,", "arrivals,WORLD,2300,persons,100,");
    let copy = copy(&[rough]);
    copy.edit("brief.toml", "requires = [\"A\", \"D\"]", "requires = []");
    let facts = facts_of(&copy, "2029-H1");
    let index = fact(&facts, "A_index").number().unwrap();
    assert_eq!((index.value, index.error, index.step), (100.0, 0.0, 0.1));
}

#[test]
fn it_is_as_rough_as_its_parts() {
    let rounded = |step: &str| {
        let with = format!("arrivals,WORLD,2300,persons,{step},");
        facts(&[("data/border.csv", "arrivals,WORLD,2300,persons,1,", &with)])
    };
    // An error of 5 in 2,300 gives 2,553 × 5 ÷ 2,300² = 0.24 %.
    let index = fact(&rounded("10"), "A_index").number().unwrap();
    assert!((index.error - 0.2413).abs() < 1e-4, "{index:?}");
    assert_eq!((index.step, index.to_string().as_str()), (1.0, "111"));
    // An error of 50 gives 2.4 %: 111 known to ten may be 110, so the eleven points are uncertain.
    let facts = rounded("100");
    assert_eq!(reason(&facts, "A_index"), "rounded figures give it to 10 points only");
}

#[test]
fn it_is_missing_where_its_base_is_not_loaded_or_of_another_length() {
    let facts = facts(&[]);
    assert_eq!(
        reason(&facts, "A_earlier"),
        "no row of `border` has flow = arrivals, partner = WORLD for 2028-01..2028-06"
    );
    assert_eq!(fact(&facts, "A_earlier").absence(), Some(Absence::NotInData));
    assert_eq!(
        reason(&facts, "A_longer"),
        "the base is 2028-01..2028-12, and 2030-01..2030-06 is not as long"
    );
}

#[test]
fn it_is_missing_on_a_base_that_is_too_small() {
    let small = [(
        "data/border.csv",
        "2029-01..2029-06,arrivals,ATL,1150,",
        "2029-01..2029-06,arrivals,ATL,40,",
    )];
    let facts = facts(&small);
    assert_eq!(reason(&facts, "A_atl_index"), "the base is 40, below 50");
    assert_eq!(members(&facts, "A_by_index"), shown(&[("ATL", None), ("UTO", Some("102.1"))]));
    assert!(fact(&facts, "A_by_index").flags.contains(&Flag::Incomplete));
}

#[test]
fn it_is_not_taken_across_a_break() {
    let broken = |what: &str| {
        let with = format!("[[breaks]]\nat = \"2030-01\"\n{what}\n\n[A]\n");
        facts(&[("data/indicators.toml", "[A]\n", &with)])
    };
    let all = broken("tables = [\"border\"]");
    assert_eq!(reason(&all, "A_index"), "the series is broken between the base and the period");
    assert!(fact(&all, "A_index").flags.contains(&Flag::Break));
    assert_eq!(members(&all, "A_by_index"), shown(&[("ATL", None), ("UTO", None)]));
    let one = broken("dimension = \"partner\"\nmembers = [\"ATL\"]");
    assert_eq!(printed(&one, "A_index"), "111.0");
    assert_eq!(members(&one, "A_by_index"), shown(&[("ATL", None), ("UTO", Some("102.1"))]));
    let series = fact(&one, "A_by_index").series().unwrap();
    assert!(series.members[0].flags.contains(&Flag::Break));
    // A break before the base period has no effect.
    let before =
        facts(&[("data/indicators.toml", "[A]\n", "[[breaks]]\nat = \"2029-01\"\n\n[A]\n")]);
    assert_eq!(printed(&before, "A_index"), "111.0");
}

#[test]
fn its_history_is_a_series_of_the_same_base() {
    // 4,100, 4,400 and 4,800 for full years.
    let expected =
        shown(&[("2027", Some("100.0")), ("2028", Some("107.3")), ("2029", Some("117.1"))]);
    assert_eq!(members(&facts(&[]), "A_whole_years"), expected);
}

#[test]
fn its_base_is_the_newest_figure_by_either_rule() {
    let rule = ("brief.toml", "requires =", "base = \"like-with-like\"\nrequires =");
    let facts = facts(&[rule]);
    assert_eq!(printed(&facts, "A_index"), "111.0");
    // The first figures of 2029 are not in the data, so there is nothing comparable.
    assert!(fact(&facts, "A_index.difference").missing().is_some());
}

/// The shipped project with arrivals as an index of 2023, and a sentence on it in both languages.
fn shipped(more: &str) -> Copy {
    let copy = Copy::of_shipped();
    let index = "\n[X1_index]\nindex = { of = \"X1\", base = \"2023\" }\n";
    copy.write("data/indicators.toml", copy.read("data/indicators.toml") + index + more);
    for (lang, words) in [
        (
            "ru",
            "Индекс числа прибывших {{ period | za }} составил {{ X1_index | dec1 }}, на \
             {{ X1_index.difference | abs | points }} {{ X1_index.difference | word(\"выше\", \"ниже\", \"то же\") }}, чем \
             {{ period.base | za }}.",
        ),
        (
            "en",
            "The index of arrivals was {{ X1_index | dec1 }} {{ period | in }}, \
             {{ X1_index.difference | abs | points }} {{ X1_index.difference | word(\"higher\", \"lower\", \"the same\") }} than \
             {{ period.base | in }}.",
        ),
    ] {
        let file = format!("templates/sections/06-external.{lang}.md");
        let sentence = format!("\n\n{{% call sentence(\"z1\") %}}{words}{{% endcall %}}\n");
        copy.write(&file, copy.read(&file) + &sentence);
    }
    copy
}

#[test]
fn it_is_worded_in_every_language() {
    let (_, edition, _) = well(shipped("").check());
    let said = |at: usize| sentence(&edition.documents[at], "z1").unwrap().replace('\u{A0}', " ");
    // 11,267 ÷ 13,652 and 14,256 ÷ 13,652: 82.53 and 104.42.
    assert!(said(0).contains("составил 82,5, на 21,9 пункта ниже, чем"), "{}", said(0));
    assert!(said(1).contains("was 82.5 in"), "{}", said(1));
    assert!(said(1).contains("21.9 points lower than"), "{}", said(1));
}

#[test]
fn rows_in_percent_have_none() {
    let share = "\n[Z]\nfrom = \"international_rates\"\nwhere = { measure = \"cis_share_arrivals\" }\n\
                 \n[Z_index]\nindex = { of = \"Z\", base = \"2024\" }\n";
    let copy = shipped(share);
    let pipeline = well(copy.open()).0;
    let period: Period = "2025-H1".parse().unwrap();
    let problems = pipeline.facts(period, None).expect_err("a share has no index");
    assert_eq!(codes(&problems), ["K0231"]);
    assert_eq!(problems[0].message, "`Z_index` is not an index: `Z` is in `percent`");
}
