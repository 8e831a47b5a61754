//! Units: what a number counts, and in which multiples.
//!
//! Two numbers can be added or compared only if they have one dimension. If their scales differ, as for
//! thousand persons and persons, one is converted exactly. An unknown unit is a dimension of its own, so
//! it is never confused with another.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Quantity;

/// A unit, by its name in the data.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Unit(pub Arc<str>);

/// Prefixes of counts and currencies, as in `thousand-persons`, with their factor.
const SCALES: [(&str, f64); 4] =
    [("hundred-", 1e2), ("thousand-", 1e3), ("million-", 1e6), ("billion-", 1e9)];

/// Things that are counted.
const COUNTS: [&str; 34] = [
    "persons",
    "number",
    "applications",
    "births",
    "border-crossings",
    "cases",
    "children",
    "citizens",
    "countries",
    "deaths",
    "divorces",
    "dwellings",
    "employees",
    "employers",
    "enterprises",
    "events",
    "families",
    "foreigners",
    "households",
    "jobs",
    "marriages",
    "migrants",
    "moves",
    "organisations",
    "permits",
    "quotas",
    "regions",
    "schools",
    "settlements",
    "students",
    "trips",
    "vacancies",
    "visas",
    "workers",
];

/// Currencies by their ISO 4217 code in lower case.
const CURRENCIES: [&str; 33] = [
    "aed", "amd", "aud", "azn", "byn", "cad", "chf", "cny", "czk", "dkk", "eur", "gbp", "gel",
    "hkd", "huf", "ils", "inr", "jpy", "kgs", "krw", "kzt", "mdl", "mnt", "nok", "pln", "rub",
    "sek", "tjs", "tmt", "try", "uah", "usd", "uzs",
];

/// Ratios and other units.
const OTHERS: [&str; 13] = [
    "percent",
    "percentage-points",
    "per-1000",
    "per-10000",
    "per-100000",
    "per-1000000",
    "index",
    "index-points",
    "years",
    "months",
    "days",
    "hectares",
    "square-kilometres",
];

impl Unit {
    /// People.
    pub const PERSONS: &'static str = "persons";
    /// Per cent.
    pub const PERCENT: &'static str = "percent";
    /// The difference of two percentages.
    pub const POINTS: &'static str = "percentage-points";
    /// An index, in which the base period is 100.
    pub const INDEX: &'static str = "index";
    /// The difference of two index numbers.
    pub const INDEX_POINTS: &'static str = "index-points";
    /// People per thousand of a population.
    pub const PER_1000: &'static str = "per-1000";
    /// A number of years.
    pub const YEARS: &'static str = "years";
    /// A number of things such as regions or quotas.
    pub const NUMBER: &'static str = "number";

    /// The unit with this name.
    pub fn new(name: &str) -> Self {
        Self(name.into())
    }

    /// The unit of A ÷ B × `per`, if both have one dimension.
    pub fn of_rate(per: f64) -> Self {
        match per.abs() {
            1.0 => Self::new(Self::NUMBER),
            100.0 => Self::new(Self::PERCENT),
            per => Self(format!("per-{per}").into()),
        }
    }

    /// Whether it counts something, so that a percentage change makes sense.
    pub fn is_count(&self) -> bool {
        let is_related =
            matches!(&*self.0, Self::PERCENT | Self::POINTS | Self::INDEX | Self::INDEX_POINTS);
        !is_related && !self.0.starts_with("per-")
    }

    /// The unit of A − B, both in this one: the difference of percentages is in percentage points.
    pub fn of_difference(&self) -> Self {
        match &*self.0 {
            Self::PERCENT => Self::new(Self::POINTS),
            Self::INDEX => Self::new(Self::INDEX_POINTS),
            _ => self.clone(),
        }
    }

    /// Whether it counts whole things, such as persons. A plain number may be an average, so it does not.
    pub fn is_of_things(&self) -> bool {
        COUNTS.contains(&self.dimension()) && self.dimension() != Self::NUMBER
    }

    /// Its dimension and factor.
    fn parts(&self) -> (&str, f64) {
        for (prefix, scale) in SCALES {
            if let Some(of) = self.0.strip_prefix(prefix)
                && (COUNTS.contains(&of) || CURRENCIES.contains(&of))
            {
                return (of, scale);
            }
        }
        (&self.0, 1.0)
    }

    /// What it measures, without the multiple: `persons` for `thousand-persons`.
    pub fn dimension(&self) -> &str {
        self.parts().0
    }

    /// Its factor: 1000 for `thousand-persons`.
    pub fn scale(&self) -> f64 {
        self.parts().1
    }

    /// The unit used in computations: counts without a multiple, money as written.
    pub fn plain(&self) -> Self {
        match self.parts() {
            (of, scale) if scale != 1.0 && COUNTS.contains(&of) => Self::new(of),
            _ => self.clone(),
        }
    }

    /// Whether the program knows its dimension.
    pub fn is_known(&self) -> bool {
        let of = self.dimension();
        COUNTS.contains(&of) || CURRENCIES.contains(&of) || OTHERS.contains(&of)
    }

    /// All known names, for suggestions.
    pub fn known() -> Vec<String> {
        let plain = COUNTS.iter().chain(&OTHERS).map(|name| (*name).to_owned());
        let people = SCALES.iter().map(|(scale, _)| format!("{scale}{}", Self::PERSONS));
        let money = CURRENCIES.iter().flat_map(|code| {
            let scaled = SCALES.iter().map(move |(scale, _)| format!("{scale}{code}"));
            std::iter::once((*code).to_owned()).chain(scaled)
        });
        plain.chain(people).chain(money).collect()
    }

    /// Converts a quantity of this unit to another; `None` if they measure different things.
    pub fn convert(&self, quantity: Quantity, to: &Self) -> Option<Quantity> {
        if self == to {
            return Some(quantity);
        }
        let ((own, scale), (other, its)) = (self.parts(), to.parts());
        (own == other).then(|| {
            let times = |value: f64| tidy(value * scale / its);
            Quantity {
                value: times(quantity.value),
                step: times(quantity.step),
                error: times(quantity.error),
                ..quantity
            }
        })
    }
}

/// Removes floating-point noise: 16.1 thousand are 16,100, not 16,100.000000000002.
fn tidy(value: f64) -> f64 {
    let millionths = (value * 1e6).round() / 1e6;
    if (millionths - value).abs() <= value.abs() * 1e-12 { millionths } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_become_units_exactly() {
        let thousands = Unit::new("thousand-persons");
        let persons = Unit::new(Unit::PERSONS);
        let arrived = thousands.convert(Quantity::rounded(16.1, 0.1), &persons).unwrap();
        assert_eq!((arrived.value, arrived.step, arrived.error), (16_100.0, 100.0, 50.0));
        assert_eq!(thousands.plain(), persons);
        assert_eq!(Unit::new("million-kzt").plain(), Unit::new("million-kzt"));
        let billions = Unit::new("billion-kzt");
        let sent = Unit::new("million-kzt").convert(Quantity::exact(1_250.0), &billions).unwrap();
        assert_eq!(sent.value, 1.25);
    }

    #[test]
    fn what_measures_something_else_is_not_converted() {
        let persons = Unit::new(Unit::PERSONS);
        for other in ["percent", "permits", "bananas", "thousand-bananas", "kzt"] {
            assert_eq!(Unit::new(other).convert(Quantity::exact(1.0), &persons), None, "{other}");
        }
    }

    #[test]
    fn known_units_are_known_by_any_multiple() {
        for known in ["persons", "thousand-persons", "million-kzt", "usd", "percent", "per-1000"] {
            assert!(Unit::new(known).is_known(), "{known}");
        }
        for unknown in ["person", "thousands", "bananas", "thousand-percent", "Persons", ""] {
            assert!(!Unit::new(unknown).is_known(), "{unknown}");
        }
    }

    #[test]
    fn what_is_related_differs_in_points() {
        let difference = |unit: &str| Unit::new(unit).of_difference().0.to_string();
        assert_eq!(difference(Unit::PERCENT), Unit::POINTS);
        assert_eq!(difference(Unit::INDEX), Unit::INDEX_POINTS);
        assert_eq!(difference(Unit::PERSONS), Unit::PERSONS);
        assert_eq!(difference(Unit::PER_1000), Unit::PER_1000);
        for unit in [Unit::INDEX, Unit::INDEX_POINTS] {
            assert!(Unit::new(unit).is_known() && !Unit::new(unit).is_count(), "{unit}");
        }
    }

    #[test]
    fn a_rate_has_the_unit_of_its_multiple() {
        let names = [100.0, -100.0, 1000.0, 100_000.0, 1.0].map(Unit::of_rate);
        let names: Vec<&str> = names.iter().map(|unit| &*unit.0).collect();
        assert_eq!(names, ["percent", "percent", "per-1000", "per-100000", "number"]);
    }
}
