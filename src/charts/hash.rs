//! Hashes of the parts of charts, by which `comemo` finds a drawing: numbers are compared by their bits.
//! The hash of a [`Chart`](super::Chart) is beside its forms.
//!
//! Each type is destructured completely, so that a new field does not compile until it is hashed.

use std::hash::{Hash, Hasher};

use super::{Bar, Heatmap, Line, Pair, Range, Spark, Stack, Tile};

/// A number by its bits: −0 differs from 0, and a NaN equals itself.
#[derive(Hash)]
pub(super) struct Bits(u64);

impl From<f64> for Bits {
    fn from(number: f64) -> Self {
        Self(number.to_bits())
    }
}

fn bits(number: Option<f64>) -> Option<Bits> {
    number.map(Bits::from)
}

/// Numbers with their labels.
pub(super) fn worded(all: &[(f64, String)]) -> Vec<(Bits, &str)> {
    all.iter().map(|(number, words)| ((*number).into(), words.as_str())).collect()
}

fn all(numbers: &[Option<f64>]) -> Vec<Option<Bits>> {
    numbers.iter().copied().map(bits).collect()
}

impl Hash for Bar {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { label, value, text, fact, base, is_emphasised, is_reported } = self;
        (label, bits(*value), text, fact).hash(state);
        (bits(*base), is_emphasised, is_reported).hash(state);
    }
}

impl Hash for Stack {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { label, parts, size, total, fact, is_emphasised } = self;
        (label, parts, bits(*size), total, fact, is_emphasised).hash(state);
    }
}

impl Hash for Range {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { low, high, label } = self;
        (all(low), all(high), label).hash(state);
    }
}

impl Hash for Spark {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { label, points, values, is_emphasised } = self;
        (label, all(points), values, is_emphasised).hash(state);
    }
}

impl Hash for Pair {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { label, first, second, net, facts } = self;
        let dot = |dot: &Option<(f64, String)>| worded(dot.as_slice()).hash(state);
        [first, second].into_iter().for_each(dot);
        (label, net, facts).hash(state);
    }
}

impl Hash for Line {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { label, points, text, fact } = self;
        (label, all(points), text, fact).hash(state);
    }
}

impl Hash for Heatmap {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self {
            members,
            flows,
            facts,
            classes,
            origins,
            destinations,
            diagonal,
            missing,
            largest,
        } = self;
        let flows: Vec<_> = flows.iter().map(|row| all(row)).collect();
        (members, flows, facts, worded(classes)).hash(state);
        (origins, destinations, diagonal, missing, largest).hash(state);
    }
}

impl Hash for Tile {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { col, row, label, short, name, value, text, fact, is_emphasised } = self;
        (col, row, label, short, name, bits(*value), text, fact, is_emphasised).hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Chart;
    use super::*;

    fn hashed(chart: &Chart) -> u64 {
        let mut state = std::hash::DefaultHasher::new();
        chart.hash(&mut state);
        state.finish()
    }

    #[test]
    fn a_number_is_distinguished_from_its_neighbour_wherever_it_stands() {
        let bar = |value, base| Bar { value, base, ..Bar::default() };
        let bars = |bars| Chart::DivergingBars { bars, base: String::new() };
        let dots = |first, second| Chart::PairedDots {
            rows: vec![Pair { first, second, ..Pair::default() }],
            first: String::new(),
            second: String::new(),
            net: String::new(),
        };
        let dot = |number: f64| Some((number, String::new()));
        let map = |bounds| Chart::TileMap { tiles: vec![], bounds, classes: vec![] };
        let flow =
            |flows, classes| Chart::Heatmap(Heatmap { flows, classes, ..Heatmap::default() });
        let class = |least: f64| vec![(least, String::new())];
        let all = [
            bars(vec![bar(Some(1.0), None)]),
            bars(vec![bar(None, Some(1.0))]),
            bars(vec![bar(Some(1.0f64.next_up()), None)]),
            bars(vec![bar(Some(0.0), None)]),
            bars(vec![bar(Some(-0.0), None)]),
            bars(vec![bar(None, None)]),
            dots(dot(1.0), None),
            dots(None, dot(1.0)),
            dots(dot(1.0), dot(1.0)),
            map(vec![1.0]),
            map(vec![2.0]),
            flow(vec![vec![Some(1.0), None]], class(1.0)),
            flow(vec![vec![None, Some(1.0)]], class(1.0)),
            flow(vec![vec![Some(1.0)], vec![None]], class(1.0)),
            flow(vec![vec![Some(1.0), None]], class(2.0)),
        ];
        let hashes: std::collections::BTreeSet<u64> = all.iter().map(hashed).collect();
        assert_eq!(hashes.len(), all.len());
        for chart in all {
            assert_eq!(hashed(&chart), hashed(&chart.clone()));
        }
    }
}
