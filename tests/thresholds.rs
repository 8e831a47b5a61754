//! Members on one side of a threshold: how many they are, which, and when that cannot be told.
//!
//! The regional plans of 2025 are not published with the shipped data; those here are invented, and
//! add up to the plan of the country.

mod common;

use common::{Copy, codes, sentence, well};
use kosh::facts::Facts;
use kosh::pipeline::Edition;
use kosh::project::Format;

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
                "2025-01..2025-12,regional_quota,{region},{category},{plan},persons,1,\
                 kandas-quota-2026,kazinform-quota-kandas-2026,\n"
            ));
        }
    }
    copy.write("data/labour.csv", table);
    copy
}

fn edition(copy: &Copy) -> Edition {
    let pipeline = well(copy.open()).0;
    well(pipeline.edition(Format::Standard, "2025-9M".parse().unwrap(), None)).value
}

fn value(facts: &Facts, id: &str) -> f64 {
    facts.get(id).and_then(kosh::facts::Fact::number).unwrap_or_else(|| panic!("{id}")).value
}

#[test]
fn regions_behind_their_plan_are_counted_and_named() {
    let edition = edition(&planned(KANDAS));
    let facts = &edition.facts;
    // By hand: 305/300, 257/400, 0/9, 38/76, 575/1150, 1886/2600, 1516/4000, 43/118, 490/1000. Region
    // KZ-23 received people without a plan, and the others have neither.
    assert_eq!(value(facts, "K23_regions"), 9.0);
    assert_eq!(value(facts, "K23_behind"), 4.0);
    assert_eq!(value(facts, "K23_behind.threshold"), 50.0);
    let behind = facts.get("K23_behind_by").unwrap().series().unwrap();
    let codes: Vec<&str> = behind.members.iter().map(|m| &*m.code).collect();
    assert_eq!(codes, ["KZ-27", "KZ-62", "KZ-59", "KZ-63"]);
    let said = |document| sentence(document, "s7-3").unwrap().replace('\u{A0}', " ");
    assert_eq!(
        said(&edition.documents[0]),
        "Менее 50 % годового плана расселения за январь–сентябрь 2025 г. выполнено в 4 из 9 регионов \
         расселения: Западно-Казахстанская область, область Ұлытау, Северо-Казахстанская область, \
         Восточно-Казахстанская область ."
    );
    assert_eq!(
        said(&edition.documents[1]),
        "Less than 50% of the annual resettlement plan was achieved in January–September 2025 in 4 of \
         9 receiving regions: West Kazakhstan region, Ulytau region, North Kazakhstan region, East \
         Kazakhstan region ."
    );
}

#[test]
fn what_rounding_may_have_put_on_the_wrong_side_is_not_counted() {
    let copy = planned(KANDAS);
    let row = "2025-01..2025-09,resettled_to_labour_deficit_regions,KZ-63,total,";
    copy.edit(
        "data/labour.csv",
        &format!("{row}490,persons,1,"),
        &format!("{row}500,persons,100,"),
    );
    let edition = edition(&copy);
    for id in ["K23_behind", "K23_behind_by"] {
        let reason = edition.facts.get(id).unwrap().missing().unwrap();
        assert_eq!(reason, "`K23_use_by[KZ-63]` may lie on either side of 50, as it is rounded");
    }
    assert_eq!(sentence(&edition.documents[0], "s7-3"), None);
    assert!(edition.dropped.iter().any(|dropped| dropped.sentence == "s7-3"));
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
