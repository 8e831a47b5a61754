//! Ticks: round numbers to rule lines at and to bound classes with, offered to the caller, who
//! words them.

/// Round values between two bounds, zero among them where it lies between: three to six.
pub fn nice_ticks(min: f64, max: f64) -> Vec<f64> {
    if !(min.is_finite() && max.is_finite() && (max - min).is_finite()) || max <= min {
        return Vec::new();
    }
    let step = round_up((max - min) / 4.0);
    if step <= 0.0 || !step.is_normal() {
        return Vec::new();
    }
    let (first, last) = ((min / step).ceil(), (max / step).floor());
    // Counting in whole steps keeps 0.30000000000000004 out of the labels.
    let count = (last - first).clamp(0.0, 10.0) as i32;
    (0..=count).map(|i| (first + f64::from(i)) * step + 0.0).collect()
}

/// At most `count` round ascending bounds above zero that part the magnitudes of some values into
/// classes of about equally many: for a heatmap, and for one side of a tile map.
pub fn nice_bounds(values: &[f64], count: usize) -> Vec<f64> {
    let mut sizes: Vec<f64> = values.iter().map(|v| v.abs()).filter(|v| v.is_normal()).collect();
    sizes.sort_by(f64::total_cmp);
    let mut bounds: Vec<f64> = (1..=count)
        .filter_map(|i| sizes.get(i * sizes.len() / (count + 1)).map(|v| round_near(*v)))
        .collect();
    bounds.dedup();
    bounds
}

/// The next of 1, 2, 5, 10, 20, 50 ... not below.
fn round_up(value: f64) -> f64 {
    let decade = 10f64.powf(value.log10().floor());
    let step = [1.0, 2.0, 5.0].into_iter().find(|m| value <= m * decade * (1.0 + 1e-9));
    step.unwrap_or(10.0) * decade
}

/// The nearest of 1, 2, 3, 5, 7, 10, 20, 30 ... by ratio.
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
