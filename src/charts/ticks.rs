//! Ticks: round numbers for ruled lines and class bounds. The caller words them.

use plotters::coord::ranged1d::Ranged;
use plotters::coord::types::RangedCoordf64;

/// The largest number of ticks that can be read without counting.
const MOST: usize = 4;

/// Round values between two bounds, including zero if it lies between them: as many as a step of 1, 2 or
/// 5 times a power of ten allows, up to four. Empty unless `min` < `max` and both are finite.
pub fn nice_ticks(min: f64, max: f64) -> Vec<f64> {
    // plotters would panic on bounds that are not finite.
    if !(min.is_finite() && max.is_finite() && (max - min).is_finite()) || max <= min {
        return Vec::new();
    }
    let mut ticks = RangedCoordf64::from(min..max).key_points(MOST);
    ticks.iter_mut().for_each(|tick| *tick += 0.0);
    ticks.dedup();
    ticks
}

/// At most `count` ascending round bounds above zero, which split absolute values into classes of about
/// equal size. They serve a heatmap, or one side of a tile map.
pub fn nice_bounds(values: &[f64], count: usize) -> Vec<f64> {
    let mut sizes: Vec<f64> = values.iter().map(|v| v.abs()).filter(|v| v.is_normal()).collect();
    sizes.sort_by(f64::total_cmp);
    let mut bounds: Vec<f64> = (1..=count)
        .filter_map(|i| sizes.get(i * sizes.len() / (count + 1)).map(|v| round_near(*v)))
        .collect();
    bounds.dedup();
    bounds
}

/// The nearest of 1, 2, 3, 5, 7, 10, 20, 30 … by ratio.
fn round_near(value: f64) -> f64 {
    let decade = 10f64.powf(value.log10().floor());
    let off = |m: &f64| (value / (m * decade)).ln().abs();
    let nearest =
        [1.0, 2.0, 3.0, 5.0, 7.0, 10.0].into_iter().min_by(|a, b| off(a).total_cmp(&off(b)));
    nearest.unwrap_or(1.0) * decade
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_hold_zero() {
        assert_eq!(nice_ticks(-12_000.0, 36_821.0), [0.0, 20_000.0]);
        assert_eq!(nice_ticks(-102_746.0, 0.0), [-100_000.0, -50_000.0, 0.0]);
        assert_eq!(nice_ticks(0.0, 0.9), [0.0, 0.5]);
        assert_eq!(nice_ticks(5.0, 5.0), [0.0; 0]);
        assert_eq!(nice_ticks(f64::MIN, f64::MAX), [0.0; 0]);
    }

    #[test]
    fn bounds_part_the_values_and_ascend() {
        let values: Vec<f64> = (1..=400).map(|i| f64::from(i * i)).collect();
        let bounds = nice_bounds(&values, 4);
        assert_eq!(bounds, [7_000.0, 30_000.0, 50_000.0, 100_000.0]);
        assert_eq!(nice_bounds(&[], 4), [0.0; 0]);
        assert_eq!(nice_bounds(&[5.0, 5.0, 5.0], 4), [5.0]);
    }
}
