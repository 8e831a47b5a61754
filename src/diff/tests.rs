use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::stats::{Absence, Member, Operation, Series, Time, Value};

fn over(text: &str) -> Time {
    Time::Over(text.parse().unwrap())
}

fn fact(id: &str, formula: &str, value: Value, line: usize, flags: &[Flag]) -> Fact {
    let is_base = id.ends_with(".base");
    Fact {
        id: id.to_owned(),
        value,
        unit: Unit::new(if id.ends_with(".change") { Unit::PERCENT } else { Unit::PERSONS }),
        is_signed: false,
        time: over(if is_base { "2024" } else { "2025" }),
        base_time: None,
        formula: formula.to_owned(),
        operation: operation(formula),
        operands: operands(id, formula),
        rows: vec![row(line)],
        sources: vec![],
        vintages: vec![],
        flags: flags.iter().copied().collect(),
    }
}

/// The operation of a formula in these tests.
fn operation(formula: &str) -> Operation {
    match formula {
        _ if formula.starts_with("count(") => Operation::Count,
        _ if formula.contains('÷') => Operation::Ratio,
        _ if formula.contains('−') => Operation::Difference,
        _ => Operation::Read,
    }
}

/// The ids in a formula of these tests; a base is computed from bases.
fn operands(id: &str, formula: &str) -> Vec<String> {
    let suffix = if id.ends_with(".base") { ".base" } else { "" };
    let names = formula.split([' ', '(', ')']).filter(|name| name.starts_with(['X', 'N']));
    let names = names.filter(|_| !formula.contains('[')).map(|name| format!("{name}{suffix}"));
    names.collect()
}

fn row(line: usize) -> RowId {
    RowId { file: "data/moves.csv".into(), line, last: line, cell: None }
}

fn number(value: f64) -> Value {
    Value::Number(Quantity::exact(value))
}

fn issue(facts: impl IntoIterator<Item = Fact>) -> Issue {
    let all = facts.into_iter().map(|fact| (fact.id.clone(), fact)).collect();
    Issue { facts: Facts { all, ..Facts::default() }, ..Issue::default() }
}

fn series(values: &[(&str, Option<f64>)]) -> Series {
    let member = |(code, value): &(&str, Option<f64>)| Member {
        code: Arc::from(*code),
        quantity: value.map(Quantity::exact),
        base: None,
        flags: BTreeSet::new(),
        rows: vec![],
    };
    let members = values.iter().map(member).collect();
    Series { dimension: "region".into(), register: "regions".into(), members }
}

/// Arrivals, their value a year earlier, and the change: as first released, then as revised.
fn compared(base: f64, line: usize, base_flags: &[Flag]) -> Issue {
    let change = (23_761.0 - base) / base * 100.0;
    let percent = Value::Number(Quantity { step: 0.1, ..Quantity::exact(change) });
    issue([
        fact("X1", "moves[flow = in]", number(23_761.0), 1, &[]),
        fact("X1.base", "moves[flow = in]", number(base), line, base_flags),
        fact("X1.change", "(X1 − X1.base) ÷ X1.base × 100", percent, line, base_flags),
    ])
}

#[test]
fn a_revised_base_is_named_as_the_cause_while_the_value_stands() {
    let changes =
        compare(&compared(29_948.0, 2, &[Flag::Provisional]), &compared(29_282.0, 3, &[]));
    assert_eq!(changes.facts.keys().collect::<Vec<_>>(), ["X1.base", "X1.change"]);
    let base = &changes.facts["X1.base"];
    let revision = Cause::Revision { from: Status::Express, to: Status::Final };
    assert_eq!((base.kind, base.cause), (Kind::Revised, revision));
    assert_eq!(base.numbers[0].difference, Some(-666.0));
    assert_eq!(
        (&*base.rows_before[0].at, &*base.rows_after[0].at),
        ("data/moves.csv:2", "data/moves.csv:3")
    );
    let change = &changes.facts["X1.change"];
    assert_eq!((change.kind, change.cause), (Kind::Revised, Cause::Base));
    assert_eq!(change.follows, ["X1.base"]);
}

#[test]
fn a_row_of_the_same_line_that_says_something_else_is_a_correction() {
    let said = |value: f64| Row {
        of: "moves, flow in, 2025".into(),
        value: Some(value),
        vintage: "final".into(),
        status: Some(Status::Final),
        source: "table".into(),
    };
    let side = |value: f64| {
        let mut issue = issue([fact("X1", "moves[flow = in]", number(value), 7, &[])]);
        issue.rows.insert(row(7), said(value));
        issue
    };
    let changes = compare(&side(100.0), &side(101.0));
    let change = &changes.facts["X1"];
    assert_eq!((change.kind, change.cause), (Kind::Revised, Cause::Correction));
    assert_eq!(change.rows_before[0].row, Some(said(100.0)));
    assert_eq!(change.rows_after[0].row, Some(said(101.0)));
}

#[test]
fn rows_that_say_the_same_are_one_wherever_they_stand() {
    let side = |line: usize, other: f64| {
        let mut fact = fact("X1", "moves[flow = in]", number(other), line, &[]);
        fact.rows.push(row(line + 1));
        let mut issue = issue([fact]);
        for (line, value) in [(line, 1.0), (line + 1, other)] {
            let (of, vintage, source) = ("moves".into(), "final".into(), "table".into());
            let row_said = Row { of, value: Some(value), vintage, status: None, source };
            issue.rows.insert(row(line), row_said);
        }
        issue
    };
    let changes = compare(&side(10, 5.0), &side(20, 6.0));
    let change = &changes.facts["X1"];
    assert_eq!((change.rows_before.len(), change.rows_after.len()), (1, 1));
    assert_eq!(change.rows_after[0].at, "data/moves.csv:21");
}

#[test]
fn the_classes_of_causes() {
    let one = |formula: &str, quantity: Quantity, flags: &[Flag]| {
        issue([fact("X1", formula, Value::Number(quantity), 1, flags)])
    };
    let exact = Quantity::exact;
    let cases = [
        (
            one("a[]", exact(5.0), &[]),
            one("b[]", exact(6.0), &[]),
            Kind::Revised,
            Cause::Definition,
        ),
        (
            one("a[]", exact(5.0), &[]),
            one("b[]", exact(5.0), &[]),
            Kind::Redefined,
            Cause::Definition,
        ),
        (
            one("a[]", Quantity::rounded(16_100.0, 100.0), &[]),
            one("a[]", exact(16_112.0), &[]),
            Kind::Revised,
            Cause::Precision,
        ),
        (
            one("a[]", exact(5.0), &[Flag::Provisional]),
            one("a[]", exact(5.0), &[]),
            Kind::Settled,
            Cause::Revision { from: Status::Express, to: Status::Final },
        ),
        (issue([]), one("a[]", exact(5.0), &[]), Kind::New, Cause::Data),
        (one("a[]", exact(5.0), &[]), issue([]), Kind::Gone, Cause::Data),
    ];
    for (before, after, kind, cause) in cases {
        let changes = compare(&before, &after);
        let change = &changes.facts["X1"];
        assert_eq!((change.kind, change.cause), (kind, cause));
    }
}

/// A series of three provinces and the number that gain, to compare issues in which some were corrected
/// and others added.
fn counted(values: [Option<f64>; 3]) -> Issue {
    let codes = ["N-1", "N-2", "N-3"];
    let named: Vec<(&str, Option<f64>)> = codes.into_iter().zip(values).collect();
    let mut series = series(&named);
    for (at, member) in series.members.iter_mut().enumerate() {
        member.rows = vec![row(at + 1)];
    }
    let gains = |value: &Option<f64>| value.is_some_and(|value| value > 0.0);
    let kept: Vec<RowId> =
        (1..).zip(&values).filter(|(_, value)| gains(value)).map(|(line, _)| row(line)).collect();
    let total: f64 = values.iter().flatten().filter(|value| **value > 0.0).sum();
    let over = |id: &str, formula: &str, value: f64| {
        let rows = kept.clone();
        Fact { rows, ..fact(id, formula, number(value), 1, &[]) }
    };
    issue([
        fact("N", "moves by province", Value::Series(series), 1, &[]),
        over("N_count", "count(N > 0)", kept.len() as f64),
        over("N_sum", "sum(N > 0)", total),
    ])
}

#[test]
fn a_count_that_grows_by_a_new_member_is_not_corrected() {
    let cause = |before, after, id: &str| {
        compare(&counted(before), &counted(after)).facts.get(id).map(|change| change.cause)
    };
    let before = [Some(30.0), Some(10.0), None];
    let after = [Some(10.0), Some(30.0), Some(2.0)];
    assert_eq!(cause(before, after, "N"), Some(Cause::Correction));
    assert_eq!(cause(before, after, "N_count"), Some(Cause::Data));
    assert_eq!(cause(before, after, "N_sum"), Some(Cause::CorrectionAndData));
    // A member that was counted no longer is, so a correction is part of the cause.
    let turned = [Some(-1.0), Some(30.0), Some(2.0)];
    assert_eq!(
        cause([Some(30.0), Some(10.0), None], turned, "N_sum"),
        Some(Cause::CorrectionAndData)
    );
    let turned = [Some(-1.0), Some(30.0), Some(-2.0)];
    assert_eq!(cause(before, turned, "N_count"), Some(Cause::CorrectionAndData));
    // No member was added or removed.
    assert_eq!(cause(before, [Some(-1.0), Some(30.0), None], "N_count"), Some(Cause::Correction));
}

#[test]
fn what_was_corrected_is_reported_before_what_follows_from_it() {
    let (before, after) =
        (counted([Some(30.0), Some(10.0), None]), counted([Some(10.0), Some(40.0), Some(2.0)]));
    let changes = compare(&before, &after);
    let (day, period) = (Time::At("2025-08-11".parse().unwrap()), "2025".parse().unwrap());
    let reported = Revisions::of(day, period, &after.facts, &changes);
    let names: Vec<(&str, Option<&str>)> = reported
        .all
        .iter()
        .map(|revision| (&*revision.fact, revision.member.as_ref().map(|(_, code)| &**code)))
        .collect();
    let members = [("N", Some("N-2")), ("N", Some("N-1"))];
    assert_eq!(names, [members[0], members[1], ("N_count", None), ("N_sum", None)]);
    assert_eq!(reported.count, 4);
}

#[test]
fn another_time_is_no_revision() {
    let mut later = issue([fact("X1", "a[]", number(6.0), 1, &[])]);
    later.facts.all["X1"].time = over("2026-H1");
    let changes = compare(&issue([fact("X1", "a[]", number(5.0), 1, &[])]), &later);
    assert_eq!((changes.facts["X1"].kind, changes.facts["X1"].cause), (Kind::Moved, Cause::Data));
}

#[test]
fn a_change_behind_the_last_printed_digit_is_not_printed() {
    let percent = |value| Value::Number(Quantity { step: 0.1, ..Quantity::exact(value) });
    let side = |value| issue([fact("X1.change", "x", percent(value), 1, &[])]);
    let changes = compare(&side(-18.93), &side(-18.94));
    assert_eq!(changes.count(Kind::Revised), 1);
    assert!(!changes.facts["X1.change"].is_printed());
    assert!(compare(&side(-18.94), &side(-18.96)).facts["X1.change"].is_printed());
}

#[test]
fn members_of_a_series_change_place_only_among_those_both_issues_know() {
    let side = |values: &[(&str, Option<f64>)]| {
        issue([fact("I4", "net[]", Value::Series(series(values)), 1, &[])])
    };
    let before = side(&[("A", Some(3.0)), ("B", Some(2.0)), ("C", Some(1.0)), ("D", None)]);
    let after = side(&[("A", Some(3.0)), ("B", Some(1.0)), ("C", Some(2.0)), ("D", Some(9.0))]);
    let changes = compare(&before, &after);
    let ranks: Vec<_> = changes.ranks.iter().map(|r| (&*r.member, r.before, r.after)).collect();
    assert_eq!(ranks, [("C", Some(3), Some(2)), ("B", Some(2), Some(3))]);
    let numbers: Vec<_> = changes.facts["I4"].numbers.iter().map(|n| n.member.clone()).collect();
    assert_eq!(numbers, ["B", "C", "D"].map(|code| Some(code.to_owned())));
}

#[test]
fn a_list_of_the_largest_says_who_came_and_who_left() {
    let side = |codes: &[&str]| {
        let values: Vec<_> = codes.iter().map(|code| (*code, Some(1.0))).collect();
        issue([fact("I4_top", "largest 2 of I4", Value::Members(series(&values)), 1, &[])])
    };
    let changes = compare(&side(&["A", "B"]), &side(&["C", "A"]));
    let ranks: Vec<_> = changes.ranks.iter().map(|r| (&*r.member, r.before, r.after)).collect();
    assert_eq!(ranks, [("C", None, Some(1)), ("A", Some(1), Some(2)), ("B", Some(2), None)]);
}

fn said(id: &str, text: &str, directions: &[[&str; 3]]) -> Said {
    Said {
        section: "key".into(),
        id: id.into(),
        text: text.into(),
        directions: directions.iter().map(|parts| parts.map(str::to_owned)).collect(),
    }
}

#[test]
fn a_word_that_turns_is_reported_with_the_fact_that_turned_it() {
    let before =
        [said("s1", "Moves rose.", &[["I1.change", "rise", "rose"]]), said("s2", "Old.", &[])];
    let after =
        [said("s1", "Moves fell.", &[["I1.change", "fall", "fell"]]), said("s3", "New.", &[])];
    let side = |said: &[Said]| Issue { said: Some(said.to_vec()), ..Issue::default() };
    let changes = compare(&side(&before), &side(&after));
    let turned: Vec<_> = changes.turned().collect();
    let turn = Turn { fact: "I1.change".into(), before: "rose".into(), after: "fell".into() };
    assert_eq!((turned.len(), &*turned[0].id, &turned[0].turns), (1, "s1", &vec![turn]));
    let all: Vec<_> = changes
        .sentences
        .iter()
        .flatten()
        .map(|s| (&*s.id, s.before.is_some(), s.after.is_some()))
        .collect();
    assert_eq!(all, [("s1", true, true), ("s3", false, true), ("s2", true, false)]);
    assert_eq!(compare(&side(&before), &Issue::default()).sentences, None);
}

#[test]
fn what_was_revised_is_marked_and_what_it_is_compared_with_too() {
    let after = compared(29_282.0, 3, &[]);
    let changes = compare(&compared(29_948.0, 2, &[Flag::Provisional]), &after);
    let mut facts = after.facts;
    mark(&mut facts, &changes);
    assert!(facts.get("X1").unwrap().flags.is_empty());
    assert!(facts.get("X1.base").unwrap().flags.contains(&Flag::Revised));
    assert!(facts.get("X1.change").unwrap().flags.contains(&Flag::RevisedBase));
}

fn any_issue() -> impl Strategy<Value = Issue> {
    let flags = prop::sample::subsequence(vec![Flag::Provisional, Flag::Secondary], 0..=1);
    let value = prop_oneof![
        (-500i32..500).prop_map(|value| number(f64::from(value))),
        Just(Value::Missing { reason: "not published".into(), absence: Absence::NotInData }),
        prop::collection::vec(prop::option::of(-9i32..9), 3).prop_map(|values| {
            let values: Vec<_> =
                ["A", "B", "C"].into_iter().zip(values.iter().map(|v| v.map(f64::from))).collect();
            Value::Series(series(&values))
        }),
    ];
    let formula = prop::sample::select(vec!["t[a]", "X0 − X1", "X1 ÷ X2", "X2", "X0.base"]);
    let year = prop::sample::select(vec!["2024", "2025"]);
    let one = (0usize..5, value, formula, 1usize..4, flags, year);
    prop::collection::vec(one, 0..8).prop_map(|all| {
        let ids = ["X0", "X1", "X2", "X0.base", "X0.change"];
        issue(all.into_iter().map(|(id, value, formula, line, flags, year)| Fact {
            time: over(year),
            ..fact(ids[id], formula, value, line, &flags)
        }))
    })
}

proptest! {
    #[test]
    fn nothing_differs_from_itself(issue in any_issue()) {
        prop_assert!(compare(&issue, &issue).is_empty());
    }

    #[test]
    fn the_other_way_round_new_is_gone_and_differences_are_negated(
        before in any_issue(), after in any_issue(),
    ) {
        let (there, back) = (compare(&before, &after), compare(&after, &before));
        prop_assert_eq!(there.facts.len(), back.facts.len());
        for (id, change) in &there.facts {
            let other = &back.facts[id];
            let turned = match change.kind { Kind::New => Kind::Gone, Kind::Gone => Kind::New, kind => kind };
            prop_assert_eq!(other.kind, turned);
            prop_assert_eq!(change.numbers.len(), other.numbers.len());
            for number in &change.numbers {
                let mirror = other.numbers.iter().find(|n| (&n.member, n.is_base) == (&number.member, number.is_base));
                let mirror = mirror.expect("a number that differs one way differs the other");
                prop_assert_eq!((number.before, number.after), (mirror.after, mirror.before));
                prop_assert_eq!(number.difference, mirror.difference.map(|d| 0.0 - d));
            }
        }
        let ranks = |changes: &Changes, turn: bool| {
            let mut all: Vec<_> = changes.ranks.iter().map(|r| {
                let places = if turn { (r.after, r.before) } else { (r.before, r.after) };
                (r.fact.clone(), r.member.clone(), places)
            }).collect();
            all.sort();
            all
        };
        prop_assert_eq!(ranks(&there, false), ranks(&back, true));
    }

    #[test]
    fn facts_are_read_back_as_they_were_written(issue in any_issue()) {
        let json = serde_json::to_string(&issue.facts).unwrap();
        let facts: Facts = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&facts, &issue.facts);
    }
}
