//! `kosh check data`: the recorded contradictions of the shipped data one by one, rules of a project's
//! own, and each finding with data that have it and data that have not.

use std::sync::LazyLock;

use crate::common::{Copy, drawn, root, well};
use kosh::audit::{Audit, Finding, Level, audit};
use kosh::diag::{Diagnostic, draw};
use kosh::files::Files;

fn of(folder: &std::path::Path) -> Result<Audit, Vec<Diagnostic>> {
    audit(&Files::new(), &folder.join("data"), std::path::Path::new("data"))
}

static SHIPPED: LazyLock<Audit> = LazyLock::new(|| well(of(root())));

/// A copy of the shipped data alone.
fn data() -> Copy {
    let copy = Copy::empty();
    copy.lay(root(), &["data"]);
    copy
}

/// The finding of a kind that says all of some words, in its message, places, labels and notes.
fn find<'a>(audit: &'a Audit, kind: &'a str, words: &[&str]) -> Option<&'a Finding> {
    audit.of_kind(kind).find(|finding| {
        let said = format!("{}{:?}", draw(&finding.diagnostic), finding.known);
        words.iter().all(|word| said.contains(word))
    })
}

fn has(audit: &Audit, kind: &str, words: &[&str]) {
    if find(audit, kind, words).is_none() {
        let all: Vec<Diagnostic> =
            audit.of_kind(kind).map(|finding| finding.diagnostic.clone()).collect();
        panic!("no finding of `{kind}` says {words:?}; there are:\n{}", drawn(&all));
    }
}

fn has_not(audit: &Audit, kind: &str, words: &[&str]) {
    if let Some(finding) = find(audit, kind, words) {
        panic!("`{kind}` says {words:?}:\n{}", draw(&finding.diagnostic));
    }
}

/// The shipped data with one edit.
fn edited(path: &str, find: &str, put: &str) -> Audit {
    let copy = data();
    copy.edit(path, find, put);
    well(of(&copy.root))
}

#[test]
fn the_shipped_data_have_no_error() {
    assert_eq!(SHIPPED.count(Level::Error), 0);
    assert!(SHIPPED.is_readable && SHIPPED.rows() > 1_500);
    assert!(SHIPPED.count(Level::Warning) > 10);
}

#[test]
fn d01_one_level_with_two_changes_is_reported_as_an_old_base() {
    for (measure, old, new) in
        [("yoy_arrivals", "-20.7", "-18.9"), ("yoy_departures", "-40.5", "-40.2")]
    {
        has(&SHIPPED, "old-bases", &[measure, "2025-01..2025-12", old, new]);
    }
}

#[test]
fn d02_d03_d04_revisions_are_noted() {
    has(&SHIPPED, "revisions", &["arrivals, WORLD", "2024-01..2024-12", "29948", "29282"]);
    has(&SHIPPED, "revisions", &["arrivals, WORLD", "2022-01..2022-12", "17293", "17400"]);
    has(&SHIPPED, "revisions", &["population, 2024-01-01", "20033546", "20033842"]);
    has(&SHIPPED, "revisions", &["population, 2025-01-01", "20286084", "20283399"]);
    // 25.3 thousand is 25 387 cut off: the two agree.
    has_not(&SHIPPED, "revisions", &["arrivals, WORLD", "2023-01..2023-12"]);
}

#[test]
fn d05_city_and_region_that_changed_places_are_a_conflict_and_the_table_decides() {
    has(&SHIPPED, "conflicts", &["KZ-75", "interregional, 2025-01..2025-12", "33100", "12110"]);
    has(&SHIPPED, "conflicts", &["KZ-19", "interregional, 2025-01..2025-12", "12100", "33126"]);
    // Without the table, the history of the two tells.
    let copy = data();
    let rows = copy.read("data/interregional.csv");
    let kept = rows.lines().filter(|row| {
        let is_of = |code: &str| row.starts_with(&format!("2025-01..2025-12,{code},net,"));
        !((is_of("KZ-75") || is_of("KZ-19")) && row.contains("2025-express-tables"))
    });
    let kept: Vec<&str> = kept.collect();
    assert!(kept.len() < rows.lines().count());
    copy.write("data/interregional.csv", kept.join("\n") + "\n");
    let audit = well(of(&copy.root));
    let reported = find(&audit, "history", &["KZ-75", "2025-01..2025-12"]).or(find(
        &audit,
        "swaps",
        &["KZ-75", "2025-01..2025-12"],
    ));
    assert!(reported.is_some());
}

#[test]
fn d06_a_ratio_printed_as_the_decrease_is_known_and_named_where_it_is_not() {
    let words = ["yoy_departures", "2023-01..2023-06", "-56.7", "-43.3"];
    has(&SHIPPED, "as-printed", &words);
    has(&SHIPPED, "as-printed", &["the printed 56.7 is the ratio, not the decrease"]);
    let copy = data();
    copy.edit(
        "data/datapackage.json",
        "\"time\": \"2023-01..2023-06\"",
        "\"time\": \"2024-01..2024-12\"",
    );
    let audit = well(of(&copy.root));
    has(&audit, "printed-rates", &words);
    has(&audit, "printed-rates", &["the ratio of the two levels is printed as their change"]);
    // The entry is of another time now, and protects nothing.
    has(
        &audit,
        "as-printed",
        &["the figure of 2024-01..2024-12 listed here does not contradict any other"],
    );
    has_not(&SHIPPED, "as-printed", &["does not contradict any other"]);
}

#[test]
fn d07_a_percentage_of_the_balance_is_denied_by_a_rule_of_the_project() {
    let rule = "change-of-the-balance";
    has(&SHIPPED, rule, &["yoy_net", "2024-01..2024-12", "17.9 printed"]);
    has_not(&SHIPPED, rule, &["2024-01..2024-09"]);
}

#[test]
fn d08_five_months_called_six_are_noted_and_reported_if_they_are_typed_so() {
    has(&SHIPPED, "notes", &["2021-01..2021-05", "kt-eng-2021-06", "six months"]);
    let copy = data();
    let rows = copy.read("data/international.csv");
    let row = rows.lines().find(|row| row.starts_with("2021-01..2021-05,arrivals,WORLD,")).unwrap();
    let typed = row.replace("2021-01..2021-05", "2021-01..2021-06");
    copy.write("data/international.csv", format!("{rows}{typed}\n"));
    let audit = well(of(&copy.root));
    let reported = audit.findings.iter().any(|finding| {
        finding.level < Level::Note && draw(&finding.diagnostic).contains("2021-01..2021-06")
    });
    assert!(reported);
}

#[test]
fn d09_d14_d16_two_accounts_of_one_figure_are_a_conflict() {
    has(&SHIPPED, "conflicts", &["departures, WORLD", "2020-01..2020-09", "21079", "21069"]);
    has(&SHIPPED, "conflicts", &["kandas", "2025-01..2025-12", "2234", "2309"]);
    has(&SHIPPED, "conflicts", &["arrivals, WORLD", "2018-01..2018-12", "12800", "12700"]);
    has(&SHIPPED, "conflicts", &["departures, WORLD", "2018-01..2018-12", "41900", "41800"]);
}

#[test]
fn d10_d15_d16_an_account_that_differs_from_the_release_is_reported() {
    has(&SHIPPED, "accounts", &["internal_movers_yoy", "2025-01..2025-09", "22.7", "22.8"]);
    has(
        &SHIPPED,
        "accounts",
        &["KZ, rural, net_migration", "2024-01..2024-12", "-111400", "-111640"],
    );
    has(&SHIPPED, "accounts", &["KZ-19, rural, net_migration", "7600", "7503"]);
    has(&SHIPPED, "accounts", &["arrivals, WORLD", "2017-01..2017-12", "15600", "16081"]);
}

#[test]
fn d11_a_balance_typed_without_its_minus_is_an_error_where_its_sides_are_there() {
    let copy = data();
    copy.edit(
        "data/international.csv",
        "2022-01..2022-03,net,WORLD,-1173",
        "2022-01..2022-03,net,WORLD,1173",
    );
    let audit = well(of(&copy.root));
    has(&audit, "identities", &["net, WORLD", "2022-01..2022-03", "1173"]);
    assert!(audit.count(Level::Error) > 0);
}

// d12: a headline is not in the data; docs/check-data.md says so.

#[test]
fn d13_sums_that_miss_are_known_and_a_last_digit_is_reported() {
    has(&SHIPPED, "as-printed", &["2025-01..2025-03", "4923", "783"]);
    has(&SHIPPED, "as-printed", &["2025-12-01", "14103"]);
    has(
        &SHIPPED,
        "last-digits",
        &["cis_share_arrivals", "2025-01..2025-03", "84.1 printed", "84.03"],
    );
    // 4 137 of 4 923 is 84.03 %.
    let right = edited(
        "data/international_rates.csv",
        "2025-01..2025-03,cis_share_arrivals,84.1,",
        "2025-01..2025-03,cis_share_arrivals,84.0,",
    );
    has_not(&right, "last-digits", &["cis_share_arrivals", "2025-01..2025-03"]);
}

#[test]
fn d17_a_new_city_and_d18_a_small_count_and_d19_one_rate_for_two_periods_are_reported() {
    has(&SHIPPED, "new-units", &["KZ-79, net", "2018-01..2018-06", "43222", "2018"]);
    has_not(&SHIPPED, "new-units", &["KZ-79", "2025"]);
    has(&SHIPPED, "small-base", &["KZ-43, departures", "2024-01..2024-12", "25"]);
    has(
        &SHIPPED,
        "same-rates",
        &["internal_movers_yoy", "2022-01..2022-03", "2022-01..2022-02", "-12.6"],
    );
    has_not(&SHIPPED, "same-rates", &["2025"]);
}

#[test]
fn a_time_that_a_series_skips_and_periods_that_overlap_are_reported() {
    has(&SHIPPED, "gaps", &["partner = WORLD", "2024-01..2024-03", "data/international.csv:"]);
    assert_eq!(SHIPPED.of_kind("overlaps").count(), 0);
    let copy = data();
    let rows = copy.read("data/remittances.csv");
    let row = rows.lines().find(|row| row.starts_with("2025-03..2025-03,")).unwrap();
    let typed = [("2025-02..2025-04"), ("2025-04..2025-06")]
        .map(|period| row.replacen("2025-03..2025-03", period, 1) + "\n");
    copy.write("data/remittances.csv", rows + &typed.concat());
    has(&well(of(&copy.root)), "overlaps", &["2025-04..2025-06", "overlaps 2025-02..2025-04"]);
}

#[test]
fn what_a_project_turns_down_is_turned_down_and_what_stops_a_build_is_not() {
    let copy = data();
    copy.edit("data/checks.toml", "conflicts = \"warning\"", "conflicts = \"off\"");
    copy.edit("data/checks.toml", "accounts = \"warning\"", "accounts = \"error\"");
    copy.edit("data/checks.toml", "identities = \"warning\"", "identities = \"off\"");
    copy.edit("data/checks.toml", "minimum = 50 ", "minimum = 20 ");
    let audit = well(of(&copy.root));
    assert_eq!(audit.of_kind("conflicts").count(), 0);
    assert!(audit.of_kind("accounts").all(|finding| finding.level == Level::Error));
    has_not(&audit, "small-base", &["KZ-43, departures", "2024-01..2024-12"]);
    copy.edit(
        "data/international.csv",
        "2022-01..2022-03,net,WORLD,-1173",
        "2022-01..2022-03,net,WORLD,1173",
    );
    let audit = well(of(&copy.root));
    let broken = find(&audit, "identities", &["net, WORLD", "2022-01..2022-03"]).unwrap();
    assert_eq!(broken.level, Level::Error);
}

#[test]
fn without_a_file_of_checks_the_severities_are_those_of_the_shipped_one() {
    let copy = data();
    let lines = |audit: &Audit| -> Vec<String> {
        let built_in = audit
            .findings
            .iter()
            .filter(|finding| !audit.rules.iter().any(|(name, _)| *name == finding.kind));
        built_in
            .map(|one| format!("{} {:?} {}", one.kind, one.level, one.diagnostic.message))
            .collect()
    };
    let written = lines(&well(of(&copy.root)));
    std::fs::remove_file(copy.root.join("data/checks.toml")).unwrap();
    let plain = lines(&well(of(&copy.root)));
    assert_eq!(written, plain);
}

#[test]
fn a_rule_of_each_form_is_reported_where_it_is_broken_and_silent_where_it_holds() {
    let rules = |broken: bool| {
        let pick = |yes: &str, no: &str| if broken { yes.to_owned() } else { no.to_owned() };
        format!(
            "[[identities]]\nname = \"sum\"\nreason = \"r\"\ntable = \"balance_all_flows\"\n\
             where = {{ measure = \"net\", region = \"KZ\" }}\nsum = \"settlement\"\nof = [\"urban\", \"rural\"]\n\
             equals = {}\n\
             [[bounds]]\nname = \"bound\"\nreason = \"r\"\ntable = \"interregional\"\n\
             where = {{ measure = \"net\", region = \"KZ-71\" }}\nmaximum = {}\n\
             [[shares]]\nname = \"share\"\nreason = \"r\"\ntable = \"international\"\n\
             where = {{ flow = \"arrivals\", partner = \"CIS\" }}\nin = {{ partner = \"WORLD\" }}\nminimum = {}\n\
             [[changes]]\nname = \"change\"\nreason = \"r\"\ntable = \"international_rates\"\n\
             where = {{ measure = \"yoy_arrivals_RUS\" }}\n\
             of = {{ table = \"international\", flow = \"arrivals\", partner = \"{}\" }}\n\
             [[jumps]]\nname = \"jump\"\nreason = \"r\"\ntable = \"population\"\n\
             where = {{ region = \"KZ\", settlement = \"total\", sex = \"total\" }}\nfactor = {}\n",
            pick("1", "\"total\""),
            pick("1000", "1000000"),
            pick("99", "1"),
            pick("WORLD", "RUS"),
            pick("1.0001", "1.2"),
        )
    };
    let copy = data();
    copy.write("data/checks.toml", rules(true));
    let audit = well(of(&copy.root));
    for rule in ["sum", "bound", "share", "change", "jump"] {
        let finding = audit.of_kind(rule).next().unwrap_or_else(|| panic!("`{rule}` is silent"));
        assert_eq!((finding.level, finding.diagnostic.code.as_str()), (Level::Error, "K0160"));
        assert!(draw(&finding.diagnostic).contains("data/checks.toml"), "{rule}");
    }
    copy.write("data/checks.toml", rules(false));
    let audit = well(of(&copy.root));
    for rule in ["sum", "bound", "share", "change", "jump"] {
        has_not(&audit, rule, &[]);
    }
}

#[test]
fn a_file_of_checks_with_a_slip_is_refused_at_its_place() {
    for (text, message, hint) in [
        ("[built-in]\nconflict = \"off\"", "unknown key `conflict`", "conflicts"),
        ("[built-in]\nconflicts = \"of\"", "unknown value `of`", "off"),
        (
            "[[bounds]]\nname = \"b\"\nreason = \"r\"\ntable = \"interregionl\"\nminimum = 0",
            "there is no table `interregionl`",
            "interregional",
        ),
        (
            "[[bounds]]\nname = \"b\"\nreason = \"r\"\ntable = \"interregional\"\nwhere = { region = \"KZ-72\" }\nminimum = 0",
            "`region` of `interregional` has no member `KZ-72`",
            "KZ-7",
        ),
        (
            "[[bounds]]\nname = \"b\"\nreason = \"r\"\ntable = \"interregional\"",
            "a bound needs a `minimum` or a `maximum`",
            "",
        ),
        (
            "[[bounds]]\nname = \"swaps\"\nreason = \"r\"\ntable = \"interregional\"\nminimum = 0",
            "a rule needs a name that no built-in check uses",
            "",
        ),
        (
            "[[bounds]]\nname = \"b\"\nreason = \"r\"\ntable = \"interregional\"\nminimum = nan",
            "`minimum` is not a number that can be added or compared",
            "",
        ),
        (
            "[[bounds]]\nname = \"b\"\nreason = \"r\"\ntable = \"interregional\"\nminimum = 2\nmaximum = 1",
            "`minimum` is greater than `maximum`",
            "",
        ),
        (
            "[[jumps]]\nname = \"j\"\nreason = \"r\"\ntable = \"interregional\"\nfactor = 1.0",
            "`factor` of a jump must be greater than 1",
            "",
        ),
        (
            "[[shares]]\nname = \"s\"\nreason = \"r\"\ntable = \"internal\"\nin = { table = \"international\" }\nminimum = 0",
            "the rule does not name a member of `flow` in `international`",
            "",
        ),
    ] {
        let copy = data();
        copy.write("data/checks.toml", text);
        let found = of(&copy.root).err().unwrap_or_else(|| panic!("taken: {text}"));
        let drawn = drawn(&found);
        assert!(found.iter().all(|problem| problem.code == "K0172"), "{drawn}");
        assert!(drawn.contains(message) && drawn.contains(hint), "{message}\n{drawn}");
        assert!(drawn.contains("data/checks.toml:"), "{drawn}");
    }
}

#[test]
fn data_that_cannot_be_read_are_looked_at_as_far_as_they_can_be() {
    let copy = data();
    copy.edit(
        "data/international.csv",
        "2022-01..2022-03,net,WORLD,-1173",
        "2022-01..2022-03,net,WORLD,n/a",
    );
    let audit = well(of(&copy.root));
    assert!(!audit.is_readable);
    has(&audit, "reading", &["`n/a`", "data/international.csv:68"]);
    assert!(!audit.coverage.is_empty());
}

#[test]
fn the_command_lists_groups_writes_a_page_and_ends_with_the_worst() {
    let copy = Copy::of_shipped();
    let (code, said, errors) =
        copy.kosh(&["check", "data", "--html", "out/data.html", "--coverage"]);
    assert_eq!((code, errors.as_str()), (Some(0), ""), "{said}");
    assert!(said.contains("conflicts: sources of one status that disagree"), "{said}");
    assert!(said.contains("[K0120] data/interregional.csv:"), "{said}");
    assert!(said.contains("coverage of internal, "), "{said}");
    assert!(said.contains("0 errors, "), "{said}");
    let page = copy.read("out/data.html");
    assert!(page.contains("<th scope=\"row\">arrivals WORLD</th>"), "no row of arrivals");
    assert!(page.contains("listed under `as-printed`"), "no reason");
    assert!(!page.contains("<script") && !page.contains("http"), "it asks for something else");
    // An earlier page is written over, and nothing else is.
    assert_eq!(copy.kosh(&["check", "data", "--html", "out/data.html", "--quiet"]).0, Some(0));
    copy.write("out/mine.html", "<p>mine</p>");
    let (code, _, errors) = copy.kosh(&["check", "data", "--html", "out/mine.html"]);
    assert_eq!(code, Some(1));
    assert!(errors.contains("K0918") && copy.read("out/mine.html") == "<p>mine</p>", "{errors}");

    copy.edit(
        "data/international.csv",
        "2022-01..2022-03,net,WORLD,-1173",
        "2022-01..2022-03,net,WORLD,1173",
    );
    let (code, said, _) = copy.kosh(&["check", "data", "--json"]);
    assert_eq!(code, Some(1));
    let value: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert!(value["errors"].as_u64().unwrap() > 0);
    let first = &value["findings"][0];
    assert_eq!((&first["severity"], &first["kind"]), (&"error".into(), &"identities".into()));
    assert_eq!(first["place"]["file"], "data/international.csv");
    let coverage = value["coverage"].as_array().unwrap();
    let table = coverage.iter().find(|one| one["table"] == "international").unwrap();
    let is_arrivals = |one: &&serde_json::Value| one["measure"] == "arrivals WORLD";
    let arrivals = table["measures"].as_array().unwrap().iter().find(is_arrivals).unwrap();
    assert_eq!(arrivals["at"]["2025-01..2025-12"]["status"], "final");
}

#[test]
fn a_text_of_the_data_is_a_text_on_the_page() {
    let copy = data();
    copy.edit(
        "data/international.csv",
        "lada-85615 prints 21079",
        "lada-85615 prints <script>alert(1)</script> & 21079",
    );
    let page = kosh::audit::page(&well(of(&copy.root)), "<data>");
    assert!(page.contains("&lt;script&gt;") && !page.contains("<script"));
    assert!(page.contains("&lt;data&gt;"));
}
