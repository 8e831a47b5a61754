//! The scale: the length of a unit and the position of zero, so that every label has room.
//!
//! In: the extent of each mark and its labels to either side of zero. Out: a [`Scale`] from values to
//! points. Values are divided by the largest one first, so that very large and very small ones can be
//! drawn.

use super::axes;

/// The side of zero on which room is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

/// A requirement: a mark at `at` with `room` points beyond it must fit on this side.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach {
    pub side: Side,
    pub at: f64,
    pub room: f64,
}

/// Maps values to points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    /// The position of zero.
    pub zero: f64,
    /// The length of the largest value in points.
    pub length: f64,
    /// The largest value.
    pub largest: f64,
}

impl Scale {
    /// The scale with the longest unit for which all reaches fit between two edges.
    pub(super) fn fit(reaches: &[Reach], from: f64, to: f64) -> Self {
        let largest = largest(reaches.iter().map(|reach| reach.at));
        // The needed room is convex in the length and fits at zero length if at all, so bisection finds
        // the largest length that fits.
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

    /// One scale for several sets of reaches, each with its own position of zero within the same width.
    pub(super) fn fit_all(sets: &[Vec<Reach>], width: f64) -> Vec<Self> {
        let largest = largest(sets.iter().flatten().map(|reach| reach.at));
        let own = |set: &Vec<Reach>| {
            let scale = Self::fit(set, 0.0, width);
            scale.length / scale.largest * largest
        };
        let length = sets.iter().map(own).fold(width, f64::min).max(0.0);
        let scale = |set: &Vec<Reach>| {
            let [left, right] = needed(set, largest, length);
            // Remaining room is split between both sides, so that panels are evenly filled.
            Self { zero: left + ((width - left - right) / 2.0).max(0.0), length, largest }
        };
        sets.iter().map(scale).collect()
    }

    /// The position of a value.
    pub(super) fn at(&self, value: f64) -> f64 {
        let ends = (self.zero - self.length, self.zero + self.length);
        axes::place(&axes::values(-1.0, 1.0), value / self.largest, ends)
    }
}

/// The room that reaches need left and right of zero.
fn needed(reaches: &[Reach], largest: f64, length: f64) -> [f64; 2] {
    [Side::Left, Side::Right].map(|side| {
        let sign = if side == Side::Left { -1.0 } else { 1.0 };
        let of_side = reaches.iter().filter(|reach| reach.side == side);
        of_side.map(|reach| reach.room + sign * (reach.at / largest * length)).fold(0.0, f64::max)
    })
}

/// The largest absolute value; 1 if there is none above zero.
pub(super) fn largest(values: impl IntoIterator<Item = f64>) -> f64 {
    let largest =
        values.into_iter().filter(|v| v.is_finite()).fold(0.0, |most: f64, v| most.max(v.abs()));
    if largest > 0.0 { largest } else { 1.0 }
}

/// A value that can be drawn, which excludes NaN and infinity.
pub(super) fn finite(value: Option<f64>) -> Option<f64> {
    value.filter(|v| v.is_finite())
}
