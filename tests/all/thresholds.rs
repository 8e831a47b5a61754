//! Members on one side of a threshold: their number, which ones, and when that is unknown.
//!
//! The regional plans of 2025 are not published with the shipped data; those here are invented, and sum
//! to the plan of the country.

use crate::common::{Copy, codes, sentence, well};
use kosh::build::edition::Edition;
use kosh::project::Format;
use kosh::stats::Facts;

const KANDAS: &[(&str, u32)] = &[("KZ-10", 300), ("KZ-11", 400), ("KZ-27", 9), ("KZ-55", 1600)];
const SETTLERS: &[(&str, u32)] = &[
    ("KZ-35", 76),
    ("KZ-39", 1150),
    ("KZ-55", 1000),
    ("KZ-59", 4000),
    ("KZ-62", 118),
    ("KZ-63", 1000),
];

/// The shipped project with plans for the regions.
fn planned(kandas: &[(&str, u32)]) -> Copy {
    let copy = Copy::of_shipped();
    let mut table = copy.read("data/labour.csv");
    for (category, plans) in [("kandas", kandas), ("resettlers", SETTLERS)] {
        for (region, plan) in plans {
            table.push_str(&format!(
                "2025-01..2025-12,regional_quota,{region},{category},{plan},persons,1,,\
                 kandas-quota-2026,kazinform-quota-kandas-2026,\n"
            ));
        }
    }
    copy.write("data/labour.csv", table);
    let mut coverage = copy.read("data/coverage.csv");
    for (category, plans) in [("kandas", kandas), ("resettlers", SETTLERS)] {
        let named: Vec<&str> = plans.iter().map(|(region, _)| *region).collect();
        coverage.push_str(&format!(
            "labour,measure=regional_quota;category={category},region,kandas-quota-2026,\
             2025-01..2025-12,positive,{},kazinform-quota-kandas-2026,\n",
            named.join(" ")
        ));
    }
    copy.write("data/coverage.csv", coverage);
    copy
}

fn edition(copy: &Copy) -> Edition {
    let pipeline = well(copy.open()).0;
    well(pipeline.edition(Format::Standard, "2025-9M".parse().unwrap(), None)).value
}

fn value(facts: &Facts, id: &str) -> f64 {
    facts.get(id).and_then(kosh::stats::Fact::number).unwrap_or_else(|| panic!("{id}")).value
}

#[test]
fn regions_behind_their_plan_are_counted_and_named() {
    let edition = edition(&planned(KANDAS));
    let facts = &edition.facts;
    // Computed by hand: 305/300, 257/400, 0/9, 38/76, 575/1150, 1886/2600, 1516/4000, 43/118, 490/1000.
    // Region KZ-23 received people without a plan, and the others have neither.
    assert_eq!(value(facts, "K23_regions"), 9.0);
    assert_eq!(value(facts, "K23_behind"), 4.0);
    assert_eq!(value(facts, "K23_behind.threshold"), 50.0);
    let behind = facts.get("K23_behind_by").unwrap().series().unwrap();
    let codes: Vec<&str> = behind.members.iter().map(|m| &*m.code).collect();
    assert_eq!(codes, ["KZ-27", "KZ-62", "KZ-59", "KZ-63"]);
    let said = |document| sentence(document, "s7-3").unwrap().replace('\u{A0}', " ");
    assert_eq!(
        said(&edition.documents[0]),
        "Менее 50 % годовой квоты выполнено в Западно-Казахстанской области, области Ұлытау, \
         Северо-Казахстанской области и Восточно-Казахстанской области — в 4 из 9 регионов \
         расселения ."
    );
    assert_eq!(
        said(&edition.documents[1]),
        "Less than 50% of the annual quota was used by West Kazakhstan region, Ulytau region, North \
         Kazakhstan region and East Kazakhstan region, 4 of 9 receiving regions ."
    );
}

#[test]
fn what_rounding_may_have_put_on_the_wrong_side_is_not_counted() {
    let copy = planned(KANDAS);
    let row = "2025-01..2025-09,resettled_to_labour_deficit_regions,KZ-63,total,";
    copy.edit(
        "data/labour.csv",
        &format!("{row}490,persons,1,,"),
        &format!("{row}500,persons,100,,"),
    );
    let edition = edition(&copy);
    for id in ["K23_behind", "K23_behind_by"] {
        let reason = edition.facts.get(id).unwrap().missing().unwrap();
        assert_eq!(reason, "`K23_use_by[KZ-63]` may lie on either side of 50, as it is rounded");
    }
    assert_eq!(sentence(&edition.documents[0], "s7-3"), None);
    assert!(edition.skipped.iter().any(|skipped| skipped.sentence == "s7-3"));
}

#[test]
fn regions_that_do_not_make_up_the_country_are_refused() {
    let copy = planned(&KANDAS[1..]);
    let pipeline = well(copy.open()).0;
    let problems = pipeline
        .edition(Format::Standard, "2025-9M".parse().unwrap(), None)
        .expect_err("the plans of 300 people are missing");
    assert_eq!(codes(&problems), ["K0208"]);
    assert!(problems[0].message.contains("K2_plan_named"), "{}", problems[0].message);
}

/// The facts of the small project with further indicators.
fn facts_with(indicators: &str, rows: &[(&str, &str)]) -> Facts {
    let copy = Copy::of_another_country();
    copy.write("data/indicators.toml", copy.read("data/indicators.toml") + indicators);
    for (find, with) in rows {
        copy.edit("data/between.csv", find, with);
    }
    let pipeline = well(copy.open()).0;
    let facts = well(pipeline.facts("2030-H1".parse().unwrap(), None)).value;
    (*facts).clone()
}

fn reason(facts: &Facts, id: &str) -> String {
    facts.get(id).unwrap().missing().unwrap_or("it is known").to_owned()
}

#[test]
fn the_largest_three_are_three() {
    let facts = facts_with(
        r#"
[top2]
concentration = { of = "N", top = 2, among = "positive" }
[top3]
concentration = { of = "N", top = 3, among = "positive" }
[above]
total = { of = "N", above = 1000 }
"#,
        &[],
    );
    // The sum is 640 + 210 = 850.
    assert_eq!(value(&facts, "top2"), 100.0);
    assert_eq!(reason(&facts, "top3"), "only 2 members of `N` are kept by the rule");
    assert_eq!(reason(&facts, "above"), "no member of `N` is kept by the rule");
}

#[test]
fn a_tie_at_the_cut_is_not_decided_by_the_order_of_the_register() {
    let more = r#"
[one]
largest = { of = "N", top = 1 }
[two]
largest = { of = "N", top = 2 }
"#;
    // Two values of 425, and a sum of 0.
    let ties = [("N-1,net,640,", "N-1,net,425,"), ("N-2,net,210,", "N-2,net,425,")];
    let facts = facts_with(more, &ties);
    assert!(reason(&facts, "one").contains("`N[N-1]` and `N[N-2]` cannot be told apart"));
    assert_eq!(reason(&facts, "two"), "it is known");
    // 600 and 600, both rounded to a hundred, may be in either order.
    let rounded = [
        ("N-1,net,640,persons,1,", "N-1,net,600,persons,100,"),
        ("N-2,net,210,persons,1,", "N-2,net,600,persons,100,"),
        ("N-5,net,-425,persons,1,", "N-5,net,-775,persons,1,"),
    ];
    assert!(reason(&facts_with(more, &rounded), "one").contains("cannot be told apart"));
    assert_eq!(reason(&facts_with(more, &[]), "one"), "it is known");
}

#[test]
fn a_series_with_a_gap_is_neither_counted_nor_ranked_unless_the_release_says_whom_it_names() {
    let more = "\n[three]\nsmallest = { of = \"N\", top = 3 }\n";
    let gone = ("2030-01..2030-06,N-4,net,-330,persons,1,2030-H1-express,office-table,\n", "");
    let facts = facts_with(more, &[gone]);
    for id in ["N_count", "N_top", "three"] {
        assert_eq!(reason(&facts, id), "1 member of `N` is not in the data", "{id}");
        let absence = facts.get(id).unwrap().absence();
        assert_eq!(absence, Some(kosh::stats::Absence::NotInData), "{id}");
    }
}

#[test]
fn a_sum_over_a_dimension_says_that_a_member_is_missing_and_is_not_compared_with_another_sum() {
    let more = "\n[all]\nfrom = \"between\"\nwhere = { measure = \"net\" }\nover = [\"province\"]\nsigned = true\n";
    let earlier = "2029-01..2029-06,N-1,net,30,persons,1,2029-H1-final,office-table,\n\
                   2030-01..2030-06,N-1,net,640,";
    let facts = facts_with(more, &[("2030-01..2030-06,N-1,net,640,", earlier)]);
    assert_eq!(value(&facts, "all"), 0.0);
    let why = reason(&facts, "all.difference");
    assert!(why.contains("add up different members"), "{why}");
    assert!(!facts.get("all").unwrap().flags.contains(&kosh::stats::Flag::Incomplete));
    let gone = ("2030-01..2030-06,N-4,net,-330,persons,1,2030-H1-express,office-table,\n", "");
    let facts = facts_with(more, &[gone]);
    assert!(facts.get("all").unwrap().flags.contains(&kosh::stats::Flag::Incomplete));
}

#[test]
fn a_stock_of_a_day_of_its_own_is_compared_with_that_of_a_year_earlier_or_not_at_all() {
    let more = "\n[stock]\nfrom = \"between\"\nwhere = { province = \"N-1\", measure = \"net\" }\nat = \"latest\"\n";
    let rows = |then: &str| {
        format!(
            "2030-07-01,N-1,net,900,persons,1,2030-H1-express,office-table,\n\
             {then},N-1,net,600,persons,1,2029-H1-final,office-table,\n\
             2030-01..2030-06,N-1,net,640,"
        )
    };
    let first = "2030-01..2030-06,N-1,net,640,";
    // 21 months earlier is not the year before.
    let facts = facts_with(more, &[(first, &rows("2028-10-01"))]);
    assert_eq!(value(&facts, "stock"), 900.0);
    for id in ["stock.base", "stock.difference", "stock.change"] {
        assert!(reason(&facts, id).contains("2028-10-01"), "{id}: {}", reason(&facts, id));
    }
    let facts = facts_with(more, &[(first, &rows("2029-07-01"))]);
    assert_eq!((value(&facts, "stock.difference"), value(&facts, "stock.change")), (300.0, 50.0));
    let base = facts.get("stock.change").unwrap().base_time.unwrap();
    assert_eq!(base.to_string(), "2029-07-01");
}

#[test]
fn the_mean_population_is_that_of_both_ends_and_says_so_or_that_of_the_start() {
    let more = "\n[mean]\nfrom = \"between\"\nwhere = { province = \"N-1\", measure = \"net\" }\nat = \"mean\"\n";
    let first = "2030-01..2030-06,N-1,net,640,";
    let start = "2030-01-01,N-1,net,1000,persons,1,2030-H1-express,office-table,\n";
    let end = "2030-07-01,N-1,net,1300,persons,1,2030-H1-express,office-table,\n";
    let facts = facts_with(more, &[(first, &format!("{start}{end}{first}"))]);
    assert_eq!(value(&facts, "mean"), 1150.0);
    let fact = facts.get("mean").unwrap();
    assert!(fact.formula.starts_with("mean of "), "{}", fact.formula);
    assert_eq!(fact.time.to_string(), "2030-01..2030-06");
    let facts = facts_with(more, &[(first, &format!("{start}{first}"))]);
    let fact = facts.get("mean").unwrap();
    assert_eq!((value(&facts, "mean"), fact.time.to_string()), (1000.0, "2030-01-01".into()));
}

#[test]
fn a_mean_by_province_is_of_those_with_both_ends_if_they_hold_half_of_the_stock() {
    let more = "\n[mean]\nfrom = \"between\"\nwhere = { measure = \"net\" }\nby = \"province\"\n\
                kinds = [\"province\"]\nat = \"mean\"\n";
    let first = "2030-01..2030-06,N-1,net,640,";
    let row = |day: &str, province: u8, value: u32| {
        format!("{day},N-{province},net,{value},persons,1,2030-H1-express,office-table,\n")
    };
    let start: String = [900, 300, 200, 200, 200]
        .into_iter()
        .zip(1..)
        .map(|(v, n)| row("2030-01-01", n, v))
        .collect();
    let of = |end: String| {
        let facts = facts_with(more, &[(first, &format!("{start}{end}{first}"))]);
        let fact = facts.get("mean").unwrap().clone();
        let members = &fact.series().unwrap().members;
        let known: Vec<_> = members.iter().map(|m| m.quantity.map(|q| q.value)).collect();
        (known, fact.time.to_string())
    };
    // One province with both ends holds half of the stock: the others have no mean.
    let (known, time) = of(row("2030-07-01", 1, 1100));
    assert_eq!(known, [Some(1000.0), None, None, None, None]);
    assert_eq!(time, "2030-01..2030-06");
    // Two that hold less: the stock at the start is that of all.
    let (known, time) = of(row("2030-07-01", 2, 400) + &row("2030-07-01", 3, 300));
    assert_eq!(known, [900.0, 300.0, 200.0, 200.0, 200.0].map(Some));
    assert_eq!(time, "2030-01-01");
}

#[test]
fn the_members_of_a_ranking_have_a_total() {
    let more =
        "\n[leaders]\nlargest = { of = \"N\", top = 2 }\n\n[both]\ntotal = { of = \"leaders\" }\n";
    let facts = facts_with(more, &[]);
    assert_eq!(value(&facts, "both"), 850.0);
}

#[test]
fn first_and_final_figures_in_one_number_are_reported() {
    let more = "\n[mixed]\nsum = [\"N1\", \"N2\"]\n\n[N1]\nfrom = \"between\"\n\
                where = { province = \"N-1\", measure = \"net\" }\n\n[N2]\nfrom = \"between\"\n\
                where = { province = \"N-2\", measure = \"net\" }\n";
    let mixed = |rows: &[(&str, &str)]| {
        let flags = facts_with(more, rows).get("mixed").unwrap().flags.clone();
        (
            flags.contains(&kosh::stats::Flag::MixedStatus),
            flags.contains(&kosh::stats::Flag::Provisional),
        )
    };
    assert_eq!(mixed(&[]), (false, true));
    let last = ("N-2,net,210,persons,1,2030-H1-express", "N-2,net,210,persons,1,2030-H1-late");
    // It must never be called final.
    assert_eq!(mixed(&[last]), (true, true));
}
