//! The brief's own region: what a series or matrix of flows contains about it.
//!
//! In: another indicator, and the region of the brief, which [`Indicators::of_region`] fills in. Out: its
//! value, its rank, its neighbours, the flows to it and from it. Without a region each of these is
//! missing with that reason, so one file serves both briefs of the country and briefs of regions.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use super::compute::Computation;
use super::found::{Found, push_new};
use super::{By, Indicator, Indicators, Select};
use crate::data::{Dataset, Published};
use crate::stats::{Absence, Flag, Member, Quantity, RowId, Series, Unit, Value};

/// The region of a brief.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// Its code, such as `KZ-71`.
    pub code: Arc<str>,
    /// The register it is in, whose lexicon has its name.
    pub register: String,
}

/// A pick from a series or matrix for the brief's region.
#[derive(Debug, Clone, PartialEq)]
pub struct Own {
    /// The part that is picked.
    pub part: OwnPart,
    /// The code of the region, once known.
    pub region: Option<Arc<str>>,
    /// The regions it borders, in the order of the register.
    pub neighbours: Vec<Arc<str>>,
}

/// The part of a series or matrix about one region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnPart {
    /// Its value in a series.
    Value,
    /// Its rank among the members of a series; the largest has rank 1.
    Rank,
    /// The members of a series that it borders.
    Neighbours {
        /// Whether the region itself is among them.
        with_own: bool,
    },
    /// The flows to it from each other member of a matrix.
    Origins,
    /// The flows from it to each other member of a matrix.
    Destinations,
}

/// The register column with the codes of neighbouring regions, separated by spaces.
const NEIGHBOURS: &str = "neighbours";

impl Own {
    /// A pick for a region that is not known yet.
    pub(super) fn new(part: OwnPart) -> Self {
        Self { part, region: None, neighbours: vec![] }
    }

    /// Its printed formula in one line, such as `I4[KZ-71]`.
    pub(super) fn formula(&self, of: &str) -> String {
        let region = self.region.as_deref().unwrap_or("the brief's region");
        match self.part {
            OwnPart::Value => format!("{of}[{region}]"),
            OwnPart::Rank => format!("the place of {region} among {of}, largest first"),
            OwnPart::Neighbours { with_own: false } => {
                format!("{of} of those that border on {region}")
            }
            OwnPart::Neighbours { with_own: true } => {
                format!("{of} of {region} and those that border on it")
            }
            OwnPart::Origins => format!("arrivals of {of} in {region} from each other member"),
            OwnPart::Destinations => {
                format!("departures of {of} from {region} to each other member")
            }
        }
    }
}

impl Indicators {
    /// The regions that a brief can be about: the members of the series and matrices from which an
    /// indicator picks its own region, with their register.
    pub fn regions(&self) -> Vec<Region> {
        let mut regions: Vec<Region> = vec![];
        for (_, of) in self.all.values().filter_map(|indicator| indicator.expr.own()) {
            for by in of.parts().into_iter().flat_map(|id| self.dimensions(id)) {
                for code in &by.members {
                    let region = Region { code: code.clone(), register: by.register.clone() };
                    push_new(&mut regions, &[region]);
                }
            }
        }
        regions
    }

    /// The members of the series and matrices that an indicator is computed from.
    pub fn members(&self, id: &str) -> BTreeSet<&str> {
        self.dimensions(id).into_iter().flat_map(|by| &by.members).map(|code| &**code).collect()
    }

    /// The dimensions of an indicator and of its operands.
    fn dimensions(&self, id: &str) -> Vec<&By> {
        let selects = self.reads(id).into_iter();
        selects.flat_map(|select| select.by.iter().chain(&select.across)).collect()
    }

    /// The selections that an indicator is computed from, without duplicates.
    pub fn reads(&self, id: &str) -> Vec<&Select> {
        let (mut reads, mut seen) = (vec![], HashSet::new());
        let mut open: Vec<&Indicator> = self.all.get(id).into_iter().collect();
        while let Some(indicator) = open.pop() {
            // An operand may be reached on very many paths.
            if !seen.insert(&indicator.id) {
                continue;
            }
            reads.extend(indicator.expr.selects());
            let parts = indicator.expr.parts().into_iter().rev();
            open.extend(parts.filter_map(|id| self.all.get(id)));
        }
        reads
    }

    /// The indicators for one region out of [`regions`](Self::regions).
    pub fn of_region(mut self, region: &Region, data: &Dataset) -> Self {
        let register = data.registers.get(&region.register);
        let column = |code: &str| register?.rows.get(code)?.get(NEIGHBOURS);
        let named: Vec<&str> =
            column(&region.code).map_or(vec![], |codes| codes.split_whitespace().collect());
        let all = register.map(|register| register.rows.keys()).into_iter().flatten();
        let neighbours: Vec<Arc<str>> =
            all.filter(|code| named.contains(&&***code)).cloned().collect();
        for indicator in self.all.values_mut() {
            indicator.expr.each_own(&mut |own| {
                own.region = Some(region.code.clone());
                own.neighbours.clone_from(&neighbours);
            });
        }
        self.region = Some(region.clone());
        self
    }
}

impl<'a> Computation<'a> {
    pub(super) fn own(&self, (own, region): (&Own, &str), of: &str, part: &Found) -> Found {
        let mut found = match (own.part, &part.value) {
            (_, Value::Missing { .. }) => {
                return Found::lacks(part).unwrap_or_else(|| part.clone());
            }
            (OwnPart::Origins | OwnPart::Destinations, Value::Matrix(_)) => {
                flows(own.part, of, region, part)
            }
            (OwnPart::Origins | OwnPart::Destinations, _) => {
                Found::missing(format!("`{of}` is not a matrix"))
            }
            (_, Value::Series(series)) => match own.part {
                OwnPart::Rank => rank(of, region, series, part),
                OwnPart::Neighbours { with_own } => {
                    self.neighbours((own, of), region, series, part, with_own)
                }
                _ => self.own_value(of, region, series, part),
            },
            _ => Found::missing(format!("`{of}` is not a series")),
        };
        (found.at, found.earlier) = (part.at, part.earlier);
        found
    }

    fn own_value(&self, of: &str, region: &str, series: &Series, part: &Found) -> Found {
        match member(of, region, series) {
            Ok((member, quantity)) => {
                self.resting(Value::Number(quantity), std::slice::from_ref(member), part)
            }
            Err(reason) => left_out(reason, region, part),
        }
    }

    fn neighbours(
        &self,
        (own, of): (&Own, &str),
        region: &str,
        series: &Series,
        part: &Found,
        with_own: bool,
    ) -> Found {
        let is_near = |member: &&Member| {
            own.neighbours.contains(&member.code) || with_own && &*member.code == region
        };
        let members: Vec<Member> = series.members.iter().filter(is_near).cloned().collect();
        if members.iter().all(|member| &*member.code == region) {
            let register = &series.register;
            return Found::missing(format!(
                "`{register}` names no member of `{of}` that borders on {region}"
            ));
        }
        if members.iter().all(|member| member.quantity.is_none()) {
            return Found::absent(format!("no neighbour of {region} in `{of}` is in the data"));
        }
        let is_complete = members.iter().all(|member| member.quantity.is_some());
        let value = Value::Series(Series { members: members.clone(), ..series.clone() });
        let mut found = self.resting(value, &members, part);
        if !is_complete {
            found.flags.insert(Flag::Incomplete);
        }
        found
    }

    /// A value with the rows and sources of some members.
    fn resting(&self, value: Value, members: &[Member], part: &Found) -> Found {
        let whole = Found::new(value, &part.unit.0);
        let rows: Vec<RowId> = members.iter().flat_map(|member| member.rows.clone()).collect();
        if rows.is_empty() {
            return whole.rest_on(part);
        }
        let mut found = Found { status: part.status, ..whole };
        push_new(&mut found.rows, &rows);
        for row in &rows {
            if let Some((_, observation)) = self.view.dataset().observation(row) {
                push_new(&mut found.sources, std::slice::from_ref(&observation.source));
                push_new(&mut found.vintages, std::slice::from_ref(&observation.vintage));
            }
        }
        // These flags hold for each member of the series; others belong to single members.
        let of_all = [Flag::Derived, Flag::AcrossVintages];
        found.flags = part.flags.iter().filter(|flag| of_all.contains(flag)).copied().collect();
        found.flags.extend(members.iter().flat_map(|member| &member.flags));
        found
    }

    /// The selections that an indicator reads in the end, each with the region it is read for.
    pub(super) fn read_for(&self, indicator: &'a Indicator) -> Vec<(&'a Select, Option<&'a str>)> {
        let mut all = vec![];
        let mut seen = HashSet::new();
        let mut open = vec![(indicator, None)];
        while let Some((next, region)) = open.pop() {
            if !seen.insert((next.id.as_str(), region)) {
                continue;
            }
            let own = next.expr.own().and_then(|(own, _)| own.region.as_deref());
            let region = own.or(region);
            all.extend(next.expr.selects().into_iter().map(|select| (select, region)));
            let parts = next.expr.parts().into_iter();
            let parts = parts.filter_map(|id| self.indicators.all.get(id));
            open.extend(parts.map(|part| (part, region)));
        }
        all
    }
}

/// The reason why a region has no value or rank.
#[derive(Debug, Clone, PartialEq)]
enum Lack {
    /// A member has no value.
    Value(String),
    /// Another reason.
    Other(String),
}

/// The missing value of a region, with what its release is declared to name.
fn left_out(lack: Lack, region: &str, part: &Found) -> Found {
    let mut found = match (lack, &part.declared) {
        (Lack::Other(reason), _) => Found::missing(reason),
        (Lack::Value(reason), None) => Found::absent(reason),
        (Lack::Value(reason), Some(declared)) => {
            let says = match declared.published {
                Published::Positive => "the release names all with a positive value",
                _ => "the release does not name it",
            };
            Found::absent(format!("{reason}; {says}, says {}", declared.source))
        }
    };
    if found.absence() == Some(Absence::NotInData) {
        found.wanted = part.wanted.iter().filter_map(|wanted| wanted.of_member(region)).collect();
    }
    found
}

fn rank(of: &str, region: &str, series: &Series, part: &Found) -> Found {
    match place(of, region, series, part.names_positive()) {
        Ok(place) => {
            let value = Value::Number(Quantity::exact(place as f64));
            let mut found = Found::new(value, Unit::NUMBER).rest_on(part);
            found.flags.remove(&Flag::Incomplete);
            found
        }
        Err(reason) => left_out(reason, region, part),
    }
}

/// The region's member of a series with its value, or the reason why it has none.
fn member<'s>(of: &str, region: &str, series: &'s Series) -> Result<(&'s Member, Quantity), Lack> {
    let Some(member) = series.members.iter().find(|member| &*member.code == region) else {
        return Err(Lack::Other(format!("`{of}` has no member {region}")));
    };
    match member.quantity {
        Some(quantity) => Ok((member, quantity)),
        None => Err(Lack::Value(format!("`{of}[{region}]` is not in the data"))),
    }
}

/// The region's rank among the members: 1 for the largest; equal values share the better rank. It is
/// known if all members are known, or if those that the source does not name are certainly behind it.
fn place(of: &str, region: &str, series: &Series, names_positive: bool) -> Result<usize, Lack> {
    let (_, mine) = member(of, region, series)?;
    let open = series.members.iter().filter(|member| member.quantity.is_none()).count();
    if open > 0 && !(names_positive && mine.value - mine.error > 0.0) {
        return Err(Lack::Value(format!("{open} members of `{of}` are not in the data")));
    }
    let others = series.members.iter().filter(|member| &*member.code != region);
    let mut ahead = 0;
    for (other, theirs) in others.filter_map(|member| Some((member, member.quantity?))) {
        let (apart, error) = ((theirs.value - mine.value).abs(), theirs.error + mine.error);
        if error > 0.0 && apart < error {
            let code = &other.code;
            return Err(Lack::Other(format!(
                "`{of}[{region}]` and `{of}[{code}]` cannot be told apart because they are rounded"
            )));
        }
        ahead += usize::from(theirs.value > mine.value);
    }
    Ok(ahead + 1)
}

/// The flows from each other member to the region, or from the region to each of them.
fn flows(own: OwnPart, of: &str, region: &str, part: &Found) -> Found {
    let Value::Matrix(matrix) = &part.value else { return Found::missing("") };
    let is_in = own == OwnPart::Origins;
    let (mine, theirs) = match is_in {
        true => (&matrix.columns, &matrix.rows),
        false => (&matrix.rows, &matrix.columns),
    };
    let Some(at) = mine.codes.iter().position(|code| &**code == region) else {
        return Found::missing(format!("`{of}` has no member {region}"));
    };
    let cell = |other: usize| match is_in {
        true => matrix.cells[other][at],
        false => matrix.cells[at][other],
    };
    let others = theirs.codes.iter().enumerate().filter(|(_, code)| &***code != region);
    let members: Vec<Member> = others
        .map(|(other, code)| Member {
            code: code.clone(),
            quantity: cell(other),
            base: None,
            flags: BTreeSet::new(),
            rows: vec![],
        })
        .collect();
    let known = members.iter().filter(|member| member.quantity.is_some()).count();
    if known == 0 {
        let side = if is_in { "to" } else { "from" };
        return Found::absent(format!("no flow of `{of}` {side} {region} is in the data"));
    }
    let is_complete = known == members.len();
    let (dimension, register) = (theirs.dimension.clone(), theirs.register.clone());
    let series = Series { dimension, register, members };
    let mut found = Found::new(Value::Series(series), &part.unit.0).rest_on(part);
    match is_complete {
        true => drop(found.flags.remove(&Flag::Incomplete)),
        false => drop(found.flags.insert(Flag::Incomplete)),
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(values: &[(&str, Option<Quantity>)]) -> Series {
        let member = |(code, quantity): &(&str, Option<Quantity>)| Member {
            code: (*code).into(),
            quantity: *quantity,
            base: None,
            flags: BTreeSet::new(),
            rows: vec![],
        };
        let members = values.iter().map(member).collect();
        Series { dimension: "region".into(), register: "regions".into(), members }
    }

    fn place_of(
        region: &str,
        names_positive: bool,
        values: &[(&str, Option<Quantity>)],
    ) -> Result<usize, Lack> {
        place("S", region, &series(values), names_positive)
    }

    fn exact(value: f64) -> Option<Quantity> {
        Some(Quantity::exact(value))
    }

    #[test]
    fn members_with_one_value_share_the_better_place() {
        let values =
            [("A", exact(5.0)), ("B", exact(-2.0)), ("C", exact(-2.0)), ("D", exact(-7.0))];
        let places = ["A", "B", "C", "D"].map(|code| place_of(code, false, &values).unwrap());
        assert_eq!(places, [1, 2, 2, 4]);
    }

    #[test]
    fn a_place_is_not_reported_where_rounding_may_have_changed_it() {
        let rounded = |value| Some(Quantity::rounded(value, 1000.0));
        let values = [("A", rounded(8000.0)), ("B", exact(8300.0)), ("C", exact(9000.0))];
        let reason = place_of("A", false, &values).unwrap_err();
        let Lack::Other(reason) = reason else { panic!("{reason:?}") };
        assert!(reason.contains("`S[A]` and `S[B]` cannot be told apart"), "{reason}");
        assert_eq!(place_of("C", false, &values), Ok(1));
    }

    #[test]
    fn unnamed_members_are_behind_a_gain_and_may_be_ahead_of_a_loss() {
        let values = [("A", exact(5.0)), ("B", exact(9.0)), ("C", exact(-4.0)), ("D", None)];
        assert_eq!(place_of("A", true, &values), Ok(2));
        assert_eq!(
            place_of("A", false, &values).unwrap_err(),
            Lack::Value("1 members of `S` are not in the data".into())
        );
        assert!(place_of("C", true, &values).is_err());
        assert_eq!(
            place_of("D", true, &values).unwrap_err(),
            Lack::Value("`S[D]` is not in the data".into())
        );
        assert_eq!(
            place_of("E", true, &values).unwrap_err(),
            Lack::Other("`S` has no member E".into())
        );
    }
}
