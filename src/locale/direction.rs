//! Direction: the word that a change needs. The words themselves are in templates.

/// A change below this percentage is described without a number (BRIEF section 4): late registrations
/// move a count of moves by more than half a percent.
const FLAT_BELOW_PERCENT: f64 = 0.5;
/// From a doubling on, multiples are easier to read than percentages (BRIEF section 4).
const FOLD_FROM_PERCENT: f64 = 100.0;

/// The direction of a change in a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Up by half a percent or more, but not doubled.
    Rise,
    /// Down by half a percent or more.
    Fall,
    /// Less than half a percent either way: no number is given.
    Flat,
    /// Doubled or more: given as a multiple.
    Fold,
}

impl Direction {
    /// The direction of a change in percent; `None` for NaN.
    pub fn of(change_percent: f64) -> Option<Self> {
        match change_percent {
            change if change.is_nan() => None,
            change if change.abs() < FLAT_BELOW_PERCENT => Some(Self::Flat),
            change if change >= FOLD_FROM_PERCENT => Some(Self::Fold),
            change if change > 0.0 => Some(Self::Rise),
            _ => Some(Self::Fall),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Direction::{self, *};

    #[test]
    fn the_dead_band_ends_at_half_a_per_cent_and_times_start_at_a_doubling() {
        for (change, direction) in [
            (0.0, Flat),
            (0.49, Flat),
            (-0.49, Flat),
            (0.5, Rise),
            (-0.5, Fall),
            (99.9, Rise),
            (100.0, Fold),
            (f64::INFINITY, Fold),
            (-100.0, Fall),
        ] {
            assert_eq!(Direction::of(change), Some(direction), "{change}");
        }
        assert_eq!(Direction::of(f64::NAN), None);
    }
}
