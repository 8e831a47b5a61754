//! The demonstration: the committed data equal the generator's output, its tables agree with one another,
//! and the project has no warnings.

#[path = "../../examples/full-matrix/generator/mod.rs"]
mod generator;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kosh::build::edition::Pipeline;
use kosh::data::{Dataset, Table, load};
use kosh::project::{Overrides, Project};
use kosh::stats::Time;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn demonstration() -> PathBuf {
    root().join("examples/full-matrix")
}

fn dataset() -> Arc<Dataset> {
    let loaded = load(&kosh::files::Files::new(), &demonstration().join("data"), Path::new("data"));
    let loaded = loaded.expect("the demonstration's data are clean");
    assert!(loaded.warnings.is_empty(), "{:?}", loaded.warnings);
    loaded.value
}

/// The sums of a table's values over the dimensions that `by` does not name.
fn sums(
    table: &Table,
    by: &[&str],
    fixed: &[(&str, &str)],
) -> BTreeMap<(Time, Vec<Arc<str>>), f64> {
    let place = |name: &str| table.dimension(name).expect("the dimension exists");
    let by: Vec<usize> = by.iter().map(|name| place(name)).collect();
    let fixed: Vec<_> = fixed.iter().map(|(name, member)| (place(name), *member)).collect();
    let mut sums = BTreeMap::new();
    for row in &table.rows {
        if fixed.iter().all(|(at, member)| *row.key[*at] == **member) {
            let key = by.iter().map(|at| row.key[*at].clone()).collect();
            *sums.entry((row.time, key)).or_default() += row.value.expect("no value is missing");
        }
    }
    sums
}

#[test]
fn the_generator_writes_what_is_committed() {
    for (name, text) in generator::files(&root().join("data")).expect("the registers are there") {
        let committed = std::fs::read_to_string(demonstration().join("data").join(&name));
        let committed = committed.unwrap_or_default();
        let at = committed.lines().zip(text.lines()).position(|(is, should)| is != should);
        assert!(
            committed == text,
            "data/{name} differs{}: run `cargo run --release --example full-matrix`",
            at.map_or(" in length".into(), |line| format!(" on line {}", line + 1)),
        );
    }
}

#[test]
fn the_tables_are_sums_of_the_same_moves() {
    let data = dataset();
    let table = |name: &str| data.table(name).expect("the table exists");
    let moves = table("moves");
    let pairs = ["origin", "destination"];
    assert_eq!(moves.rows.len(), 202_464);
    assert_eq!(sums(moves, &pairs, &[]), sums(table("interregional_od"), &pairs, &[]));

    let regional = |measure| sums(table("interregional"), &["region"], &[("measure", measure)]);
    let (arrivals, departures) = (regional("arrivals"), regional("departures"));
    assert_eq!(sums(moves, &["destination"], &[]), arrivals);
    assert_eq!(sums(moves, &["origin"], &[]), departures);
    let net = regional("net");
    assert_eq!(net.len(), 24 * 20);
    assert!(net.iter().all(|(key, net)| *net == arrivals[key] - departures[key]));
    let balances = sums(table("interregional"), &[], &[("measure", "net")]);
    assert!(balances.len() == 24 && balances.values().all(|sum| *sum == 0.0), "{balances:?}");

    let movers = |name| sums(table("internal"), &[], &[("region", "KZ"), ("measure", name)]);
    assert_eq!(sums(moves, &[], &[]), movers("interregional_movers"));
    let ages = sums(table("balance_by_age"), &[], &[("measure", "arrivals")]);
    assert_eq!(ages, movers("internal_movers_total"));

    let world = |partner| sums(table("international"), &["flow"], &[("partner", partner)]);
    assert_eq!(sums(table("international_by_region"), &["flow"], &[]), world("WORLD"));
}

#[test]
fn a_population_is_the_one_before_it_and_what_happened_since() {
    let data = dataset();
    let table = |name: &str| data.table(name).expect("the table exists");
    let total = [("settlement", "total"), ("sex", "total")];
    let population = sums(table("population"), &["region"], &total);
    let change = |measure| sums(table("population_change"), &["region"], &[("measure", measure)]);
    let (growth, natural, net) =
        (change("growth"), change("natural_increase"), change("net_migration"));
    let mut compared = 0;
    for ((time, region), growth) in &growth {
        let Time::Over(period) = time else { panic!("growth is a flow") };
        let key = (*time, region.clone());
        assert_eq!(*growth, natural[&key] + net[&key]);
        let on = |year: i16, month: i8| {
            let day = jiff::civil::date(year, month, 1);
            population[&(Time::At(day), region.clone())]
        };
        let end = match period.end.month {
            12 => on(period.end.year + 1, 1),
            month => on(period.end.year, month + 1),
        };
        assert_eq!(*growth, end - on(period.start.year, 1), "{time} {region:?}");
        compared += 1;
    }
    assert_eq!(compared, 24 * 21);
}

#[test]
fn the_project_checks_without_a_warning_and_every_page_is_marked() {
    let project = Project::open(&demonstration(), &Overrides::default()).expect("it opens");
    let opened = Pipeline::open(project).expect("it is read");
    assert!(opened.warnings.is_empty(), "{:?}", opened.warnings);
    let pipeline = opened.value;
    let periods = pipeline.periods(None);
    assert_eq!(periods.len(), 24);
    for period in periods {
        let edition = pipeline
            .edition(kosh::project::Format::Standard, period, None)
            .expect("the edition is made");
        assert!(edition.warnings.is_empty(), "{period}: {:?}", edition.warnings);
        let marks: Vec<_> = edition.value.documents.iter().map(|d| d.meta.mark.clone()).collect();
        assert!(marks.len() == 2 && marks.iter().all(Option::is_some), "{period}: {marks:?}");
    }
}

#[test]
fn the_rural_flows_are_drawn_below_their_balance_where_they_are_published() {
    let drawing = |project: &Path| {
        let project = Project::open(project, &Overrides::default()).expect("it opens");
        let pipeline = Pipeline::open(project).expect("it is read").value;
        let period = "2025-H1".parse().expect("a period");
        let edition = pipeline.edition(kosh::project::Format::Standard, period, None);
        edition.expect("the edition is made").value.drawings[0]["F2"].clone()
    };
    let (drawn, plain) = (drawing(&demonstration()), drawing(root()));
    // The rural arrivals and departures of 2024 in rural.csv; the shipped data have none.
    for count in ["409\u{a0}634", "624\u{a0}884"] {
        let found = drawn.labels.iter().filter(|label| label.text.contains(count)).count();
        assert_eq!(found, 1, "{count}: {:?}", drawn.labels);
    }
    assert!(drawn.height_pt > plain.height_pt);
}
