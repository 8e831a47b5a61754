//! The annex prints every indicator with its quarter; a number that is unknown, or not precise enough, is
//! not printed there either.

use crate::common::{root, table, well};
use kosh::build::edition::Edition;
use kosh::document::{Row, TableCell};
use kosh::project::{Format, Overrides, Project};
use kosh::prose::plain;

fn edition(period: &str) -> Edition {
    let overrides = Overrides { formats: vec![Format::Annex], ..Overrides::default() };
    let project = well(Project::open(root(), &overrides));
    let pipeline = well(kosh::build::edition::Pipeline::open(project)).value;
    well(pipeline.edition(Format::Annex, period.parse().unwrap(), None)).value
}

fn printed(cell: &TableCell) -> String {
    format!("{}{}", plain(&cell.content), cell.fraction)
}

/// The last cell of the row with this label.
fn last(rows: &[Row], label: &str) -> String {
    let row = rows.iter().find(|row| plain(&row.cells[0].content) == label).unwrap();
    printed(row.cells.last().unwrap())
}

#[test]
fn a_quarter_by_subtraction_does_not_say_how_many_regions_gained() {
    let edition = edition("2025-9M");
    for id in ["I5.quarter", "I6.quarter", "I7.quarter"] {
        let reason = edition.facts.get(id).unwrap().missing().unwrap();
        assert_eq!(reason, "16 members of `I4` are not in the data", "{id}");
    }
    let rows = table(&edition.documents[1], "T1_annex").rows;
    assert_eq!(last(&rows, "Arrivals from abroad"), "4.8k");
    for label in ["Regions that gain from the others", "Sum of positive interregional balances"] {
        assert_eq!(last(&rows, label), "", "{label}");
    }
}

#[test]
fn a_rate_of_a_rounded_balance_has_no_decimal() {
    // 8 thousand ± 500 of 1.56 million people: 5.1 ± 0.3.
    let rows = table(&edition("2025-9M").documents[1], "T2_annex").rows;
    assert_eq!(last(&rows, "Almaty region"), "+5");
    assert_eq!(last(&rows, "Astana\u{A0}city"), "+44.0");
}
