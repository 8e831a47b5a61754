//! The lane: how long a unit is drawn and where zero stands, once every label has its room.
//!
//! In: how far each mark and the words beside it need to go to either side of zero. Out: a
//! [`Lane`] from values to points. Lengths are divided by the largest before anything else, so
//! that no value is too large or too small to be drawn.

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
pub(super) struct Lane {
    /// Where zero stands.
    pub zero: f64,
    /// Points of the largest value.
    pub length: f64,
    /// The largest value.
    pub largest: f64,
}

impl Lane {
    /// The longest scale for which all reaches fit between two edges.
    pub fn fit(reaches: &[Reach], from: f64, to: f64) -> Self {
        let largest = largest(reaches.iter().map(|reach| reach.at));
        let needed = |side: Side, length: f64| {
            reaches.iter().filter(|reach| reach.side == side).fold(0.0, |most: f64, reach| {
                let at = reach.at / largest * length;
                most.max(reach.room + if side == Side::Left { -at } else { at })
            })
        };
        // What is needed is convex in the length and fits at zero, or nothing fits: halving finds
        // the largest length that does.
        let (mut fits, mut fails) = (0.0, (to - from).max(0.0) * 2.0);
        for _ in 0..48 {
            let middle = (fits + fails) / 2.0;
            if needed(Side::Left, middle) + needed(Side::Right, middle) <= to - from {
                fits = middle;
            } else {
                fails = middle;
            }
        }
        Self { zero: from + needed(Side::Left, fits), length: fits, largest }
    }

    /// Where a value stands.
    pub fn at(&self, value: f64) -> f64 {
        self.zero + value / self.largest * self.length
    }
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
