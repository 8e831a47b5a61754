//! Resolution: chooses the value to print among several published ones.
//!
//! In: a [`Dataset`], where rows are never overwritten, so that a figure may occur many times. Out: a
//! [`View`] as of a day, which gives one [`Cell`] for each key. The rule:
//!
//! 1. A row is not visible if it was released after the day, if its page is dated later (except in a
//!    body's own table, which is exported again and again and is as old as its release), or if its source
//!    says that there is no figure.
//! 2. Of the visible rows only those of the highest status count: final, then express, then secondary.
//! 3. Among those the winner has the lowest source precedence; then the latest release; then the finest
//!    rounding; then the first source id.
//! 4. Rows of the same status that agree with the winner may refine it: the finest of them gives the
//!    printed value, and of equally fine ones the one whose source is best to cite ([`SourceKind`]). A
//!    reworded text (precedence 4) refines only another one. Two values agree if they are equal, or if the
//!    finer one rounds or truncates to the coarser one.
//! 5. A row of the same status that does not agree with the printed value is a
//!    [`Conflict`](super::Conflict). It is not printed, and stays in the data.
//! 6. A final value that does not agree with the express value of the same key is revised.
//!
//! `docs/data.md` explains the same rule to those who type data; keep both in step.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use super::conflict::Conflict;
use super::precedence::{Row, choose};
use super::{Dataset, Key, Observation, RowId, SourceKind, Status, Table, Time};
use crate::diag::{Code, Diagnostic, Place, Result, did_you_mean};
use crate::stats::{Flag, Quantity, Unit};

/// The data as readable at the end of a day.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    dataset: &'a Dataset,
    date: Option<Date>,
}

/// One figure, resolved.
#[derive(Debug, Clone)]
pub struct Cell<'a> {
    /// Its members, in the order of [`Table::dimensions`].
    pub key: Key,
    /// The period or day it refers to.
    pub time: Time,
    /// The printed value, with its rounding unit and error.
    pub quantity: Quantity,
    /// Its unit.
    pub unit: Arc<str>,
    /// How final it is.
    pub status: Status,
    /// The rows it is based on: first the printed one, then the winner if that is another one, then the
    /// others that agree.
    pub observations: Vec<&'a Observation>,
    /// Flags that the text must mention.
    pub flags: BTreeSet<Flag>,
    /// The rows of its status that disagree, if any.
    pub conflict: Option<Conflict<'a>>,
    /// The express value, if the final one revised it.
    pub earlier: Option<Quantity>,
    table: &'a Table,
}

impl<'a> Cell<'a> {
    /// The ids of the rows it is based on.
    pub fn rows(&self) -> Vec<RowId> {
        self.observations.iter().map(|row| row.row()).collect()
    }

    /// The row that is printed.
    pub fn printed(&self) -> &'a Observation {
        self.observations[0]
    }

    /// The place of the printed value.
    pub fn place(&self) -> Place {
        self.table.place(self.printed())
    }

    /// Its member in a dimension.
    pub fn dimension(&self, name: &str) -> Option<&str> {
        Some(&self.key[self.table.dimension(name)?])
    }
}

impl Dataset {
    /// The data as readable at the end of `date`; all data if that is `None`.
    pub fn as_of(&self, date: Option<Date>) -> View<'_> {
        View { dataset: self, date }
    }
}

impl<'a> View<'a> {
    /// The dataset it is a view of.
    pub fn dataset(&self) -> &'a Dataset {
        self.dataset
    }

    /// The day it is a view of; `None` for all data.
    pub fn date(&self) -> Option<Date> {
        self.date
    }

    /// One cell for each key with the members in `fixed`, in the order of the registers. With `only`,
    /// rows of that status alone are used, to compare like with like.
    pub fn cells(
        &self,
        table: &str,
        time: Time,
        fixed: &[(&str, &str)],
        only: Option<Status>,
    ) -> Result<Vec<Cell<'a>>> {
        let (table, fixed) = self.asked(table, fixed)?;
        let rows = table.index().get(&time).map_or(&[][..], Vec::as_slice);
        let mut by_key: HashMap<&[Arc<str>], Vec<Row<'a>>> = HashMap::new();
        for row in rows.iter().filter_map(|row| self.visible(&table.rows[*row as usize])) {
            let wanted = only.is_none_or(|only| row.vintage.status == only)
                && fixed.iter().all(|(at, member)| *row.observation.key[*at] == **member);
            if wanted {
                by_key.entry(&row.observation.key).or_default().push(row);
            }
        }
        let mut cells: Vec<_> =
            by_key.into_values().filter_map(|rows| self.resolve(table, rows)).collect();
        let ranks = ranks(table);
        let rank = |cell: &Cell| -> Vec<usize> {
            let known = |(at, member): (usize, &Arc<str>)| {
                ranks[at].get(&**member).copied().unwrap_or(usize::MAX)
            };
            cell.key.iter().enumerate().map(known).collect()
        };
        cells.sort_by_cached_key(|cell| (rank(cell), cell.key.clone()));
        Ok(cells)
    }

    /// The times at which there is a value with the members in `fixed`, in order.
    pub fn times(&self, table: &str, fixed: &[(&str, &str)]) -> Result<Vec<Time>> {
        let (table, fixed) = self.asked(table, fixed)?;
        let has_one = |rows: &[u32]| {
            rows.iter().map(|row| &table.rows[*row as usize]).any(|row| {
                fixed.iter().all(|(at, member)| *row.key[*at] == **member)
                    && self.visible(row).is_some()
            })
        };
        let times = table.index().iter().filter(|(_, rows)| has_one(rows));
        Ok(times.map(|(time, _)| *time).collect())
    }

    /// The table, and for each fixed dimension its index in a key. A name that does not exist is an error
    /// (K0122), never an empty result.
    fn asked<'q>(
        &self,
        table: &str,
        fixed: &[(&str, &'q str)],
    ) -> Result<(&'a Table, Vec<(usize, &'q str)>)> {
        let table = self.dataset.table(table)?;
        let mut places = vec![];
        let mut found = vec![];
        for (name, member) in fixed {
            let Some(at) = table.dimension(name) else {
                let message = message!(
                    "the table `{name_2}` has no dimension `{name}`",
                    name_2 = table.name,
                    name
                );
                found.push(
                    Diagnostic::error(Code::K0122, message).maybe_hint(did_you_mean(
                        name,
                        table.dimensions.iter().map(String::as_str),
                    )),
                );
                continue;
            };
            if let Some(members) = table.members.get(*name)
                && !members.iter().any(|known| **known == **member)
            {
                let message = message!(
                    "the dimension `{name}` of `{name_2}` has no member `{member}`",
                    name,
                    name_2 = table.name,
                    member
                );
                found.push(
                    Diagnostic::error(Code::K0122, message)
                        .maybe_hint(did_you_mean(member, members.iter().map(|m| &**m))),
                );
            }
            places.push((at, *member));
        }
        if found.is_empty() { Ok((table, places)) } else { Err(found) }
    }

    /// A row with its release and source, if it is visible.
    fn visible(&self, observation: &'a Observation) -> Option<Row<'a>> {
        let value = observation.value?;
        let vintage = self.dataset.vintages.get(&observation.vintage)?;
        if self.date.is_some_and(|date| vintage.released > date) {
            return None;
        }
        let source = self.dataset.sources.get(&observation.source)?;
        let precedence = source.precedence;
        // A body's own table is exported again and again; its figures are as old as their release.
        let is_table = precedence == OWN_TABLE;
        let later = |date| source.written.is_some_and(|(earliest, _)| earliest > date);
        if !is_table && self.date.is_some_and(later) {
            return None;
        }
        let kind = source.kind.unwrap_or(SourceKind::Media);
        Some(Row { observation, value, vintage, precedence: source.precedence, kind })
    }

    /// Whether a row has a figure that is visible on the day.
    pub(super) fn sees(&self, observation: &'a Observation) -> bool {
        self.visible(observation).is_some()
    }

    fn resolve(&self, table: &'a Table, rows: Vec<Row<'a>>) -> Option<Cell<'a>> {
        let status = rows.iter().map(|row| row.vintage.status).max()?;
        let (chosen, others) = choose(&rows, status)?;
        let Row { observation: printed, .. } = chosen.printed;
        let quantity = chosen.printed.quantity();
        let mut flags = BTreeSet::new();
        flags.extend(match status {
            Status::Express => Some(Flag::Provisional),
            Status::Secondary => Some(Flag::Secondary),
            Status::Final => None,
        });
        if printed.rounded_to > 1.0 && Unit(printed.unit.clone()).is_count() {
            flags.insert(Flag::Rounded);
        }
        let earlier = (status == Status::Final)
            .then(|| choose(&rows, Status::Express))
            .flatten()
            .map(|(express, _)| express.printed)
            .filter(|express| !express.agrees(&chosen.printed))
            .map(|express| express.quantity());
        if earlier.is_some() {
            flags.insert(Flag::Revised);
        }
        let (agreeing, losing): (Vec<&Row>, Vec<&Row>) =
            others.iter().partition(|row| row.agrees(&chosen.printed));
        let conflict = (!losing.is_empty()).then(|| Conflict {
            dataset: self.dataset,
            table,
            printed,
            losing: losing
                .iter()
                .map(|row| (row.observation, chosen.winner.precedence_over(row).1))
                .collect(),
        });
        if conflict.is_some() {
            flags.insert(Flag::Disputed);
        }
        let mut observations = vec![printed];
        observations.extend(agreeing.iter().map(|row| row.observation));
        Some(Cell {
            key: printed.key.clone(),
            time: printed.time,
            quantity,
            unit: printed.unit.clone(),
            status,
            observations,
            flags,
            conflict,
            earlier,
            table,
        })
    }
}

/// The precedence of a body's own table.
const OWN_TABLE: u8 = 1;

/// The rank of each member, by dimension.
fn ranks(table: &Table) -> Vec<HashMap<&str, usize>> {
    let rank = |dimension: &String| {
        let members = table.members.get(dimension).into_iter().flatten();
        members.enumerate().map(|(rank, member)| (&**member, rank)).collect()
    };
    table.dimensions.iter().map(rank).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::data::{Rule, Shared, load};

    fn shipped() -> std::sync::Arc<Dataset> {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        load(&crate::files::Files::new(), &dir, Path::new("data"))
            .expect("the shipped data are clean")
            .value
    }

    fn over(text: &str) -> Time {
        Time::Over(text.parse().unwrap())
    }

    fn on(text: &str) -> Option<Date> {
        Some(text.parse().unwrap())
    }

    fn region<'a>(view: View<'a>, code: &str) -> Cell<'a> {
        let fixed = [("measure", "net"), ("region", code)];
        view.cells("interregional", over("2025"), &fixed, None).unwrap().remove(0)
    }

    #[test]
    fn a_table_decides_a_swap_of_city_and_region_and_says_so() {
        let data = shipped();
        let view = data.as_of(None);
        for (code, value, step, conflicts) in [
            ("KZ-75", 33_100.0, 100.0, true),
            ("KZ-19", 12_100.0, 100.0, true),
            ("KZ-71", 87_459.0, 1.0, false),
            ("KZ-79", 15_130.0, 1.0, false),
        ] {
            let cell = region(view, code);
            assert_eq!((cell.quantity.value, cell.quantity.step), (value, step), "{code}");
            assert_eq!(cell.conflict.is_some(), conflicts, "{code}");
            assert_eq!(cell.flags.contains(&Flag::Disputed), conflicts, "{code}");
            assert_eq!(cell.status, Status::Express);
        }
        let conflict = region(view, "KZ-75").conflict.unwrap();
        assert_eq!(conflict.losing.len(), 2);
        assert!(
            conflict
                .losing
                .iter()
                .all(|(row, rule)| { row.value == Some(12_110.0) && *rule == Rule::Precedence })
        );
        assert_eq!(conflict.diagnostic().code, Code::K0120);
        // The row of the table decides; the finer row of the text is printed.
        let astana = region(view, "KZ-71");
        let sources: Vec<&str> = astana.observations.iter().map(|row| &*row.source).collect();
        assert_eq!(sources, ["kazzakon-6076282", "lada-149396"]);
    }

    #[test]
    fn before_the_table_came_out_the_swap_shows_as_two_jumps() {
        let data = shipped();
        let fixed = [("measure", "net")];
        let outliers =
            |date| data.as_of(date).outliers("interregional", over("2025"), &fixed).unwrap();
        let early = outliers(on("2026-02-12"));
        assert_eq!(early.len(), 2);
        assert!(early.iter().all(|outlier| outlier.code == Code::K0121));
        assert!(outliers(None).is_empty());
    }

    #[test]
    fn a_revision_keeps_the_earlier_value_and_a_date_brings_it_back() {
        let data = shipped();
        let fixed = [("flow", "arrivals"), ("partner", "WORLD")];
        let at = |date, only| {
            data.as_of(date).cells("international", over("2024"), &fixed, only).unwrap().remove(0)
        };
        let now = at(None, None);
        assert_eq!((now.quantity.value, now.status), (29_282.0, Status::Final));
        assert_eq!(now.earlier.map(|earlier| earlier.value), Some(29_948.0));
        assert!(now.flags.contains(&Flag::Revised) && !now.flags.contains(&Flag::Provisional));
        let then = at(on("2025-02-20"), None);
        assert_eq!((then.quantity.value, then.earlier), (29_948.0, None));
        assert!(then.flags.contains(&Flag::Provisional));
        // Like with like: the express value, though the final one is published.
        assert_eq!(at(None, Some(Status::Express)).quantity.value, 29_948.0);
    }

    #[test]
    fn a_final_value_equal_to_the_express_one_is_not_revised() {
        let data = shipped();
        let fixed = [("flow", "arrivals"), ("partner", "WORLD")];
        for (year, value) in [("2025", 23_761.0), ("2023", 25_387.0)] {
            let cells = data.as_of(None).cells("international", over(year), &fixed, None).unwrap();
            assert_eq!((cells.len(), cells[0].quantity.value), (1, value));
            assert!(!cells[0].flags.contains(&Flag::Revised), "{year}");
        }
    }

    #[test]
    fn nothing_is_seen_before_it_was_out() {
        let data = shipped();
        let view = data.as_of(on("2025-08-10"));
        let fixed = [("flow", "arrivals"), ("partner", "WORLD")];
        assert!(view.cells("international", over("2025-H1"), &fixed, None).unwrap().is_empty());
        let times = view.times("international", &fixed).unwrap();
        assert_eq!(times.last(), Some(&over("2025-Q1")));
        let late = data.as_of(on("2025-08-11")).times("international", &fixed).unwrap();
        assert_eq!(late.last(), Some(&over("2025-H1")));
    }

    #[test]
    fn regions_come_in_the_order_of_their_register() {
        let data = shipped();
        let fixed = [("measure", "net"), ("settlement", "total")];
        let cells =
            data.as_of(None).cells("balance_all_flows", over("2024"), &fixed, None).unwrap();
        let codes: Vec<&str> = cells.iter().filter_map(|cell| cell.dimension("region")).collect();
        let register: Vec<&str> =
            data.registers["regions"].rows.keys().map(|code| &**code).collect();
        assert_eq!(codes, register);
        let parts: f64 = cells[1..].iter().map(|cell| cell.quantity.value).sum();
        assert_eq!(parts, cells[0].quantity.value);
    }

    #[test]
    fn a_name_that_does_not_exist_is_an_error_and_not_an_empty_answer() {
        let data = shipped();
        let view = data.as_of(None);
        let asked = |table: &str, fixed: &[(&str, &str)]| {
            view.cells(table, over("2025"), fixed, None).unwrap_err().remove(0)
        };
        assert_eq!(asked("interregionel", &[]).hints, ["did you mean `interregional`?"]);
        assert_eq!(asked("interregional", &[("regions", "KZ")]).code, Code::K0122);
        let member = asked("interregional", &[("region", "KZ-7")]);
        assert_eq!(member.code, Code::K0122);
        assert_eq!(view.times("interregional", &[("measure", "nett")]).unwrap_err().len(), 1);
    }

    #[test]
    fn a_sign_for_no_figure_is_a_row_without_value_and_gives_no_cell() {
        let shipped =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/data-sources-disagree/data");
        let dir = std::env::temp_dir().join(format!("kosh-missing-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        for file in ["regions.csv", "vintages.csv", "sources.csv"] {
            std::fs::copy(shipped.join(file), dir.join(file)).unwrap();
        }
        let package = std::fs::read_to_string(shipped.join("datapackage.json")).unwrap();
        let package = package.replacen(r#""constraints": {"required": true}, "#, "", 1).replacen(
            r#""primaryKey""#,
            r#""missingValues": ["", "…"], "primaryKey""#,
            1,
        );
        std::fs::write(dir.join("datapackage.json"), package).unwrap();
        let rows = "period,region,flow,value,unit,rounded_to,vintage,source_id,note\n\
                    2025-01..2025-06,R-01,net,…,persons,1,2025-H1-final,table,\n\
                    2025-01..2025-06,R-01,net,7,persons,1,2025-H1-express,table,\n\
                    2025-01..2025-06,R-02,net,…,persons,1,2025-H1-express,table,\n";
        std::fs::write(dir.join("moves.csv"), rows).unwrap();
        let data = load(&crate::files::Files::new(), &dir, Path::new("data")).unwrap().value;
        std::fs::remove_dir_all(&dir).unwrap();
        assert_eq!(data.tables["moves"].rows.len(), 3);
        let cells = data.as_of(None).cells("moves", over("2025-H1"), &[], None).unwrap();
        assert_eq!(cells.len(), 1);
        assert_eq!((cells[0].quantity.value, cells[0].status), (7.0, Status::Express));
    }

    #[test]
    fn a_tenth_apart_is_not_agreement_at_one_decimal() {
        let data = shipped();
        let mut row = data.tables["internal"].rows[0].clone();
        let vintage = &data.vintages["2025-9M-express"];
        row.shared = Arc::new(Shared { rounded_to: 0.1, ..Shared::clone(&row) });
        let kind = SourceKind::Media;
        let at = |value| Row { observation: &row, value, vintage, precedence: 3, kind };
        assert!(!at(22.8).agrees(&at(22.7)) && !at(22.7).agrees(&at(22.8)));
        assert!(at(22.8).agrees(&at(22.8)));
    }
}
