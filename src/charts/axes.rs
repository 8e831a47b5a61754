//! Axes: plotters' coordinates over a part of the drawing, in points.
//!
//! In: the values or the categories along an axis, and the area it runs over. Out: places in points,
//! from which bars, lines and labels are laid out.

use plotters::coord::CoordTranslate;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::ranged1d::{IntoSegmentedCoord, Ranged, SegmentValue, SegmentedCoord};
use plotters::coord::types::{RangedCoordf64, RangedCoordusize};

use super::canvas::Area;

/// plotters maps to whole pixels; labels are measured from places that are not rounded yet. So an
/// axis is mapped to so many steps, of which each is far less than a unit of the drawing, and few
/// enough that plotters can add two places without an overflow.
const STEPS: i32 = 1 << 29;

/// An axis of values.
pub(super) type Values = RangedCoordf64;

/// An axis of as many equal segments as there are categories, counted from 0.
pub(super) type Categories = SegmentedCoord<RangedCoordusize>;

/// An axis from one value to another; from the greater one down is an axis upwards.
pub(super) fn values(from: f64, to: f64) -> Values {
    // plotters puts all values of an axis without a length in its middle; they begin it.
    (from..if from == to { from + 1.0 } else { to }).into()
}

/// An axis of so many categories.
pub(super) fn categories(count: usize) -> Categories {
    (0..count.max(1) - 1).into_segmented()
}

/// The edge before a category; behind the last one if there are no more.
pub(super) fn edge(index: usize, count: usize) -> SegmentValue<usize> {
    if index < count { SegmentValue::Exact(index) } else { SegmentValue::Last }
}

/// Where a value of an axis stands that runs from one place to another.
pub(super) fn place<A: Ranged>(axis: &A, value: A::ValueType, (from, to): (f64, f64)) -> f64 {
    between(axis.map(&value, (0, STEPS)), (from, to))
}

/// The place so many steps from one to another.
fn between(steps: i32, (from, to): (f64, f64)) -> f64 {
    from + f64::from(steps) / f64::from(STEPS) * (to - from)
}

/// An area with an axis across and one down.
#[derive(Clone)]
pub(super) struct Plane<X: Ranged, Y: Ranged> {
    /// Where it is.
    pub area: Area,
    axes: Cartesian2d<X, Y>,
}

impl<X: Ranged, Y: Ranged> Plane<X, Y> {
    /// Axes over an area: across from its left, down from its top.
    pub(super) fn new(area: Area, across: X, down: Y) -> Self {
        Self { area, axes: Cartesian2d::new(across, down, (0..STEPS, 0..STEPS)) }
    }

    /// Where a point of the plane stands.
    pub(super) fn at(&self, x: X::ValueType, y: Y::ValueType) -> (f64, f64) {
        let (across, down) = self.axes.translate(&(x, y));
        let Area { left, top, right, bottom } = self.area;
        (between(across, (left, right)), between(down, (top, bottom)))
    }

    /// Where a value of the axis across stands.
    pub(super) fn x(&self, value: X::ValueType) -> f64 {
        place(self.axes.x_spec(), value, (self.area.left, self.area.right))
    }

    /// Where a value of the axis down stands.
    pub(super) fn y(&self, value: Y::ValueType) -> f64 {
        place(self.axes.y_spec(), value, (self.area.top, self.area.bottom))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-4
    }

    #[test]
    fn categories_share_an_area_evenly() {
        let area = Area { left: 10.0, top: 0.0, right: 110.0, bottom: 90.0 };
        for count in [1, 2, 3, 7, 24, 400] {
            let plane = Plane::new(area, categories(count), values(1.0, -1.0));
            let pitch = 100.0 / count as f64;
            for i in 0..count {
                let (x, y) = plane.at(SegmentValue::CenterOf(i), 0.0);
                assert!(near(x, 10.0 + (i as f64 + 0.5) * pitch), "{i} of {count}: {x}");
                assert!(near(y, 45.0), "{y}");
            }
            for i in 0..=count {
                let x = plane.x(edge(i, count));
                assert!(near(x, 10.0 + i as f64 * pitch), "{i} of {count}: {x}");
            }
        }
    }

    #[test]
    fn an_axis_without_a_length_begins_with_its_value() {
        assert!(near(place(&values(0.0, 0.0), 0.0, (5.0, 9.0)), 5.0));
    }
}
