//! Which facts the shipped data know precisely enough to print, and which not.

use std::path::Path;

use crate::common::sentence;
use kosh::build::edition::Pipeline;
use kosh::project::{Format, Overrides, Project};
use kosh::stats::{Facts, Flag};

fn facts(period: &str) -> Facts {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let project = Project::open(root, &Overrides::default()).unwrap();
    let pipeline = Pipeline::open(project).unwrap().value;
    let facts = pipeline.facts(period.parse().unwrap(), None).unwrap().value;
    (*facts).clone()
}

fn reason(facts: &Facts, id: &str) -> String {
    facts.get(id).unwrap().missing().unwrap_or("it is known").to_owned()
}

#[test]
fn a_quarter_is_not_taken_from_a_total_that_was_revised_since() {
    let facts = facts("2024");
    assert!(reason(&facts, "X1.quarter").contains("revised"), "{}", reason(&facts, "X1.quarter"));
    assert!(facts.get("X3.quarter").unwrap().missing().is_some());
}

#[test]
fn a_quarter_comes_from_the_release_that_printed_the_earlier_total_if_it_can() {
    let facts = facts("2025");
    let quarter = facts.get("X3.quarter").unwrap();
    assert_eq!(quarter.number().unwrap().value, 5_953.0);
    assert!(!quarter.flags.contains(&Flag::AcrossVintages));
}

#[test]
fn a_quarter_that_rounding_could_have_made_is_not_a_figure() {
    // 1.7 million less 1.326 million.
    assert!(reason(&facts("2025"), "I1.quarter").contains("too coarse"));
}

#[test]
fn a_share_known_to_ten_points_only_is_not_a_figure() {
    assert!(reason(&facts("2025"), "I2_share").contains("10 points"));
    assert_eq!(facts("2025-9M").get("I2_share").unwrap().number().unwrap().step, 0.1);
}

#[test]
fn a_balance_is_held_against_the_five_years_before_where_all_are_loaded() {
    let all = facts("2025");
    let number = |facts: &Facts, id: &str| facts.get(id).unwrap().number().map(|q| q.value);
    assert_eq!(number(&all, "X3.range.low"), Some(-21_217.0));
    assert_eq!(all.get("X3.range.low").unwrap().time.to_string(), "2021-01..2021-12");
    assert_eq!(number(&all, "X3.range.high"), Some(16_550.0));
    assert_eq!(number(&all, "R1.range.low"), Some(-111_640.0));
    let half = facts("2025-H1");
    for id in ["X3.range", "X3.range.low", "X3.range.high"] {
        assert!(reason(&half, id).contains("2021-01..2021-06"), "{}", reason(&half, id));
    }
    assert_eq!(number(&half, "X3_annual.range.low"), Some(-32_970.0));
    assert_eq!(number(&half, "X3_annual.range.high"), Some(9_293.0));
}

#[test]
fn a_run_of_years_has_its_length_and_its_years() {
    for (period, years, since) in
        [("2025", 3.0, "2023-01..2025-12"), ("2025-H1", 2.0, "2023-01..2024-12")]
    {
        let facts = facts(period);
        let run = facts.get("X3_run").unwrap();
        assert_eq!((run.number().unwrap().value, run.time.to_string()), (years, since.to_owned()));
        let before = facts.get("X3_run_before").unwrap();
        assert_eq!(before.number().unwrap().value, 11.0);
        assert_eq!(before.time.to_string(), "2012-01..2022-12");
    }
}

#[test]
fn first_figures_are_held_against_the_final_ones_of_the_years_that_have_both() {
    let all = facts("2025");
    let years: Vec<(String, f64)> = all
        .get("X3_revisions")
        .unwrap()
        .series()
        .unwrap()
        .members
        .iter()
        .map(|year| (year.code.to_string(), year.quantity.unwrap().value))
        .collect();
    // −6,722 after −6,946; 16,550 after 17,164; 16,153 twice. The first figures of 2023 are thousands.
    let expected = [("2022", 224.0), ("2024", -614.0), ("2025", 0.0)];
    assert_eq!(years, expected.map(|(year, value)| (year.to_owned(), value)));
    let mean = all.get("X3_revised").unwrap();
    assert!((mean.number().unwrap().value - (224.0 + 614.0) / 3.0).abs() < 1e-9);
    assert!(!mean.flags.contains(&Flag::Provisional) && !mean.flags.contains(&Flag::MixedStatus));
    assert_eq!(facts("2025-H1").get("X3_revised").unwrap().number().unwrap().value, 419.0);
}

#[test]
fn one_year_is_no_record_of_revisions() {
    let project = Project::open(Path::new(env!("CARGO_MANIFEST_DIR")), &Overrides::default());
    let pipeline = Pipeline::open(project.unwrap()).unwrap().value;
    let (period, day) = ("2024".parse().unwrap(), "2025-03-01".parse().unwrap());
    let edition = pipeline.edition(Format::Standard, period, Some(day)).unwrap().value;
    let reason = edition.facts.get("X3_revised").unwrap().missing().unwrap();
    assert!(reason.contains("one has no mean"), "{reason}");
    for document in &edition.documents {
        assert!(sentence(document, "n14").is_none());
        assert!(sentence(document, "n14n").is_some());
    }
}

#[test]
fn an_issue_says_how_it_is_cited_with_the_year_in_which_it_came_out() {
    let project = Project::open(Path::new(env!("CARGO_MANIFEST_DIR")), &Overrides::default());
    let pipeline = Pipeline::open(project.unwrap()).unwrap().value;
    let period = "2025".parse().unwrap();
    let edition = pipeline.edition(Format::Standard, period, None).unwrap().value;
    let cited = edition.documents.iter().map(|one| one.meta.cite.replace('\u{a0}', " "));
    let cited: Vec<String> = cited.collect();
    assert_eq!(
        cited,
        [
            "Бюро национальной статистики. Миграция в Казахстане: 2025 г. Аналитический обзор № 4 / 2025.",
            "Bureau of National Statistics (2026). Migration in Kazakhstan: 2025. Policy brief No. 4 / 2025.",
        ]
    );
}
