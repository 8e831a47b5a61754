//! Axes: plotters' coordinate systems over a part of the drawing, in points.
//!
//! In: the values or categories along an axis, and the area it covers. Out: positions in points, from
//! which bars, lines and labels are laid out.

use plotters::coord::CoordTranslate;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::ranged1d::{IntoSegmentedCoord, Ranged, SegmentValue, SegmentedCoord};
use plotters::coord::types::{RangedCoordf64, RangedCoordusize};

use super::canvas::Area;

/// The number of steps to which an axis is mapped. plotters maps to whole pixels, but labels are measured
/// from unrounded positions. A step is far smaller than a unit of the drawing, and there are few enough
/// that plotters can add two positions without overflow.
const STEPS: i32 = 1 << 29;

/// An axis of values.
pub(super) type Values = RangedCoordf64;

/// An axis of equal segments, one per category, counted from 0.
pub(super) type Categories = SegmentedCoord<RangedCoordusize>;

/// An axis between two values. If the first one is greater, it points upwards.
pub(super) fn values(from: f64, to: f64) -> Values {
    // plotters puts the values of an axis without length in its middle; here they are at its beginning.
    (from..if from == to { from + 1.0 } else { to }).into()
}

/// An axis of `count` categories.
pub(super) fn categories(count: usize) -> Categories {
    (0..count.max(1) - 1).into_segmented()
}

/// The edge before a category, or after the last one.
pub(super) fn edge(index: usize, count: usize) -> SegmentValue<usize> {
    if index < count { SegmentValue::Exact(index) } else { SegmentValue::Last }
}

/// The position of a value on an axis that runs between two positions, in points.
pub(super) fn place<A: Ranged>(axis: &A, value: A::ValueType, (from, to): (f64, f64)) -> f64 {
    between(axis.map(&value, (0, STEPS)), (from, to))
}

/// The position that is `steps` steps from one position towards another.
fn between(steps: i32, (from, to): (f64, f64)) -> f64 {
    from + f64::from(steps) / f64::from(STEPS) * (to - from)
}

/// An area with a horizontal and a vertical axis.
#[derive(Clone)]
pub(super) struct Plane<X: Ranged, Y: Ranged> {
    /// The area in the drawing.
    pub area: Area,
    axes: Cartesian2d<X, Y>,
}

impl<X: Ranged, Y: Ranged> Plane<X, Y> {
    /// Puts axes over an area: across from its left edge, down from its top edge.
    pub(super) fn new(area: Area, across: X, down: Y) -> Self {
        Self { area, axes: Cartesian2d::new(across, down, (0..STEPS, 0..STEPS)) }
    }

    /// The position of a point of the plane.
    pub(super) fn at(&self, x: X::ValueType, y: Y::ValueType) -> (f64, f64) {
        let (across, down) = self.axes.translate(&(x, y));
        let Area { left, top, right, bottom } = self.area;
        (between(across, (left, right)), between(down, (top, bottom)))
    }

    /// The horizontal position of a value.
    pub(super) fn x(&self, value: X::ValueType) -> f64 {
        place(self.axes.x_spec(), value, (self.area.left, self.area.right))
    }

    /// The vertical position of a value.
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
