//! The scale: how long a unit is drawn and where zero stands, once every label has its room.
//!
//! In: how far each mark and the words beside it need to go to either side of zero. Out: a
//! [`Scale`] from values to points. Lengths are divided by the largest before anything else, so
//! that no value is too large or too small to be drawn.

use super::axes;

/// From which side of zero room is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

/// A demand: a mark at `at` with `room` points beyond it must fit on this side.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach {
    pub side: Side,
    pub at: f64,
    pub room: f64,
}

/// From values to points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    /// Where zero stands.
    pub zero: f64,
    /// Points of the largest value.
    pub length: f64,
    /// The largest value.
    pub largest: f64,
}

impl Scale {
    /// The scale with the longest unit for which all reaches fit between two edges.
    pub(super) fn fit(reaches: &[Reach], from: f64, to: f64) -> Self {
        let largest = largest(reaches.iter().map(|reach| reach.at));
        // What is needed is convex in the length, and fits at zero or nowhere: halving finds the
        // largest length that fits.
        let (mut fits, mut fails) = (0.0, (to - from).max(0.0) * 2.0);
        for _ in 0..48 {
            let length = (fits + fails) / 2.0;
            let [left, right] = needed(reaches, largest, length);
            if left + right <= to - from {
                fits = length;
            } else {
                fails = length;
            }
        }
        Self { zero: from + needed(reaches, largest, fits)[0], length: fits, largest }
    }

    /// One scale for several sets of reaches, each with a zero of its own between edges as wide.
    pub(super) fn fit_all(sets: &[Vec<Reach>], width: f64) -> Vec<Self> {
        let largest = largest(sets.iter().flatten().map(|reach| reach.at));
        let own = |set: &Vec<Reach>| {
            let scale = Self::fit(set, 0.0, width);
            scale.length / scale.largest * largest
        };
        let length = sets.iter().map(own).fold(width, f64::min).max(0.0);
        let scale = |set: &Vec<Reach>| {
            let [left, right] = needed(set, largest, length);
            // Left over room goes to both sides, so that panels stay evenly filled.
            Self { zero: left + ((width - left - right) / 2.0).max(0.0), length, largest }
        };
        sets.iter().map(scale).collect()
    }

    /// Where a value stands.
    pub(super) fn at(&self, value: f64) -> f64 {
        let ends = (self.zero - self.length, self.zero + self.length);
        axes::place(&axes::values(-1.0, 1.0), value / self.largest, ends)
    }
}

/// What some reaches need left and right of zero.
fn needed(reaches: &[Reach], largest: f64, length: f64) -> [f64; 2] {
    [Side::Left, Side::Right].map(|side| {
        let sign = if side == Side::Left { -1.0 } else { 1.0 };
        let of_side = reaches.iter().filter(|reach| reach.side == side);
        of_side.map(|reach| reach.room + sign * (reach.at / largest * length)).fold(0.0, f64::max)
    })
}

/// The largest of some values without their signs; 1 when there is none to speak of.
pub(super) fn largest(values: impl IntoIterator<Item = f64>) -> f64 {
    let largest =
        values.into_iter().filter(|v| v.is_finite()).fold(0.0, |most: f64, v| most.max(v.abs()));
    if largest > 0.0 { largest } else { 1.0 }
}

/// A value that can be drawn.
pub(super) fn finite(value: Option<f64>) -> Option<f64> {
    value.filter(|v| v.is_finite())
}
