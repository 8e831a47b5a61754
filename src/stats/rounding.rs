//! Rounding: from a value to the decimal digits that are printed.
//!
//! In: an `f64`, and the last digit wanted or the step to which the value is known. Out: a [`Decimal`],
//! which is exact. Text, tables, workbooks, drawings, `facts.csv`, `kosh facts` and `kosh diff` all use
//! these functions, so a value is printed alike everywhere.
//!
//! Half rounds away from zero, as statistical offices do: −20.65 becomes −20.7. Halves are recognised in
//! the shortest decimal form of the `f64`, not in its binary digits: 2.675 becomes 2.68, although its
//! binary value is 2.67499…, and −39.949999999999996 (139.95 − 179.9) counts as −39.95 and becomes −40.0.
//! A value counts as a half if it is closer to it than 10⁻⁹ of the value and 10⁻⁶ of the last digit.

use fixed_decimal::{
    Decimal, FloatPrecision, RoundingIncrement, Sign, SignedRoundingMode, UnsignedRoundingMode,
};

/// From here on an `f64` does not hold every whole number: 2⁵³.
pub const TOO_LARGE: f64 = 9_007_199_254_740_992.0;

/// A difference from a half is floating-point noise if it is this many digits after the first digit of
/// the value …
const RELATIVE_DIGITS: i16 = 9;
/// … and this many digits after the last printed one.
const GUARD_DIGITS: i16 = 6;
/// The number of decimal digits that an `f64` always holds.
const HELD_DIGITS: i16 = 15;
/// A step is one digit, or 25, times a power of ten; its first digits up to this many are compared.
const STEP_DIGITS: i16 = 9;
/// The exponents of valid steps. The smallest `f64` as a step would print 300 digits.
const STEPS: std::ops::RangeInclusive<i16> = -12..=15;

const HALF_AWAY_FROM_ZERO: SignedRoundingMode =
    SignedRoundingMode::Unsigned(UnsignedRoundingMode::HalfExpand);

/// Rounds `value` to exactly `decimals` digits after the decimal mark. `None` if it is not finite, or so
/// large that its last digits are unknown. Zero has no sign.
pub fn round(value: f64, decimals: u8) -> Option<Decimal> {
    at(value, -i16::from(decimals), RoundingIncrement::MultiplesOf1)
}

/// The multiple of `step` nearest to `value`, with the decimals of the step: 16,100 for 16,149 with step 100,
/// 20.50 for 20.4 with step 0.25. `None` where [`round`] gives none, or if the step is invalid.
pub fn nearest(value: f64, step: f64) -> Option<Decimal> {
    let (last, increment) = unit_of(step)?;
    at(value, last, increment)
}

/// The value with at most `most` digits after the decimal mark, and none finer than `step`.
pub fn known(value: f64, step: f64, most: u8) -> Option<Decimal> {
    // A step finer than the printed digits must not round twice.
    match last_digit(step)? >= -i16::from(most) {
        true => nearest(value, step),
        false => round(value, decimals_of(step, most)),
    }
}

/// A percentage with at most `most` digits after the decimal mark. With fewer digits a small share would
/// print as 0 and a share just below the whole as 100; then all digits of `step` are printed: 99.96 %
/// must not print as 100.0 %.
pub fn percent(value: f64, step: f64, most: u8) -> Option<Decimal> {
    let digits = known(value, step, most)?;
    match hides(value, to_f64(&digits)) {
        true => nearest(value, step),
        false => Some(digits),
    }
}

/// Whether a percentage would be printed as 0 or 100, though its value is neither.
pub fn hides(value: f64, printed: f64) -> bool {
    let is_some = printed == 0.0 && value.abs() > WHOLE;
    let is_not_all = printed.abs() == 100.0 && 100.0 - value.abs() > WHOLE;
    is_some || is_not_all
}

/// A smaller difference from 0 or 100 is floating-point noise.
const WHOLE: f64 = 1e-7;

/// The multiple of `step` nearest to `value`, as a float.
pub fn to_step(value: f64, step: f64) -> Option<f64> {
    nearest(value, step).map(|decimal| to_f64(&decimal))
}

/// The number of digits after the decimal mark for a number with this step, at most `most`.
pub fn decimals_of(step: f64, most: u8) -> u8 {
    match last_digit(step) {
        Some(last) => u8::try_from((-last).max(0)).unwrap_or(most).min(most),
        None => most,
    }
}

/// The power of ten of the last digit of `step`: −1 for 0.1, 2 for 100 and for 500, 1 for 250.
pub fn last_digit(step: f64) -> Option<i16> {
    unit_of(step).map(|(last, _)| last)
}

/// The decimal as a float.
pub fn to_f64(decimal: &Decimal) -> f64 {
    decimal.to_string().parse().unwrap_or(f64::NAN)
}

/// A decimal with exactly `decimals` digits after the decimal mark.
pub fn with_decimals(mut decimal: Decimal, decimals: u8) -> Decimal {
    let position = -i16::from(decimals);
    decimal.round_with_mode(position, HALF_AWAY_FROM_ZERO);
    tidy(decimal, position)
}

/// The value without floating-point noise: −39.95 for −39.949999999999996.
pub fn held(value: f64) -> f64 {
    if value == 0.0 {
        return 0.0;
    }
    if value.fract() == 0.0 {
        return value;
    }
    let Ok(mut decimal) = Decimal::try_from_f64(value, FloatPrecision::RoundTrip) else {
        return value;
    };
    let last = decimal.absolute.nonzero_magnitude_start() - (HELD_DIGITS - 1);
    decimal.round_with_mode(last, HALF_AWAY_FROM_ZERO);
    to_f64(&decimal)
}

fn at(value: f64, position: i16, increment: RoundingIncrement) -> Option<Decimal> {
    if value.abs() >= TOO_LARGE {
        return None;
    }
    let mut decimal = Decimal::try_from_f64(value, FloatPrecision::RoundTrip).ok()?;
    if value.fract() != 0.0 {
        let first = decimal.absolute.nonzero_magnitude_start();
        let dust = (first - RELATIVE_DIGITS).min(position - GUARD_DIGITS);
        decimal.round_with_mode(dust, HALF_AWAY_FROM_ZERO);
    }
    decimal.round_with_mode_and_increment(position, HALF_AWAY_FROM_ZERO, increment);
    Some(tidy(decimal, position.min(0)))
}

/// The decimal with digits down to `position` and no leading zeros; zero has no sign.
fn tidy(mut decimal: Decimal, position: i16) -> Decimal {
    decimal.absolute.trim_end();
    decimal.absolute.trim_start();
    decimal.absolute.pad_end(position);
    if decimal.absolute.is_zero() {
        decimal.set_sign(Sign::None);
    }
    decimal
}

/// The exponent of a step's last digit, and the increment (1, 2, 5 or 25) at that digit.
fn unit_of(step: f64) -> Option<(i16, RoundingIncrement)> {
    if !(step > 0.0 && step.is_finite()) {
        return None;
    }
    let mut decimal = Decimal::try_from_f64(step, FloatPrecision::RoundTrip).ok()?;
    let first = decimal.absolute.nonzero_magnitude_start();
    decimal.round_with_mode(first - (STEP_DIGITS - 1), HALF_AWAY_FROM_ZERO);
    let (first, last) =
        (decimal.absolute.nonzero_magnitude_start(), decimal.absolute.nonzero_magnitude_end());
    let digits: Vec<u8> = (last..=first).rev().map(|at| decimal.absolute.digit_at(at)).collect();
    let increment = match digits[..] {
        [1] => RoundingIncrement::MultiplesOf1,
        [2] => RoundingIncrement::MultiplesOf2,
        [5] => RoundingIncrement::MultiplesOf5,
        [2, 5] => RoundingIncrement::MultiplesOf25,
        _ => return None,
    };
    STEPS.contains(&last).then_some((last, increment))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rounded(value: f64, decimals: u8) -> String {
        round(value, decimals).unwrap().to_string()
    }

    fn stepped(value: f64, step: f64) -> String {
        nearest(value, step).unwrap().to_string()
    }

    #[test]
    fn half_goes_away_from_zero_as_it_is_written() {
        assert_eq!(rounded(-20.65, 1), "-20.7");
        assert_eq!(rounded(20.65, 1), "20.7");
        assert_eq!(rounded(0.25, 1), "0.3");
        assert_eq!(rounded(1.005, 2), "1.01");
        assert_eq!(rounded(2.675, 2), "2.68");
        assert_eq!(rounded(0.285, 2), "0.29");
        assert_eq!(rounded(2.5, 0), "3");
        assert_eq!(rounded(-0.5, 0), "-1");
        assert_eq!(rounded(7.0, 1), "7.0");
        assert_eq!(rounded(100.0, 0), "100");
        assert_eq!(rounded(0.1 + 0.2 - 0.25, 1), "0.1");
        assert_eq!(rounded(-39.949_999_999_999_996, 1), "-40.0");
    }

    #[test]
    fn the_dust_of_a_difference_decides_nothing_and_a_digit_that_is_known_does() {
        // The float is 0.14999999999417923; its decimals give 0.15.
        assert_eq!(rounded(100_000.25 - 100_000.1, 1), "0.2");
        assert_eq!(rounded(10_000_000.49, 0), "10000000");
        assert_eq!(rounded(39.949_999, 1), "39.9");
        assert_eq!(rounded(0.049_999, 1), "0.0");
    }

    #[test]
    fn nothing_is_minus_zero() {
        assert_eq!(rounded(-0.04, 1), "0.0");
        assert_eq!(rounded(-0.0, 0), "0");
        assert_eq!(rounded(-1e-300, 2), "0.00");
        assert_eq!(stepped(-49.0, 100.0), "0");
        assert!(held(-0.0).is_sign_positive());
    }

    #[test]
    fn what_is_no_number_has_no_digits() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, TOO_LARGE, -TOO_LARGE] {
            assert_eq!(round(value, 1), None, "{value}");
            assert_eq!(nearest(value, 1.0), None, "{value}");
        }
        for step in
            [0.0, -1.0, f64::MIN_POSITIVE, f64::NAN, f64::INFINITY, 1e-20, 1e20, 0.3, 7.0, 120.0]
        {
            assert_eq!(nearest(5.0, step), None, "{step}");
        }
    }

    #[test]
    fn a_large_count_keeps_its_last_digit() {
        assert_eq!(rounded(9_007_199_254_740_991.0, 0), "9007199254740991");
        assert_eq!(stepped(9_007_199_254_740_991.0, 1.0), "9007199254740991");
    }

    #[test]
    fn a_value_is_rounded_to_a_multiple_of_its_step() {
        assert_eq!(stepped(16_149.0, 100.0), "16100");
        assert_eq!(stepped(-16_150.0, 100.0), "-16200");
        assert_eq!(stepped(16_600.0, 500.0), "16500");
        assert_eq!(stepped(16_750.0, 500.0), "17000");
        assert_eq!(stepped(41.3 / 2.0, 0.1), "20.7");
        assert_eq!(stepped(20.4, 0.25), "20.50");
        assert_eq!(stepped(20.4, 0.5), "20.5");
        assert_eq!(stepped(20.0, 0.1), "20.0");
        assert_eq!(stepped(0.3, 0.1 + 0.2 - 0.2), "0.3");
        assert_eq!(to_step(16_149.0, 100.0), Some(16_100.0));
    }

    #[test]
    fn a_share_of_some_is_not_none_and_of_most_is_not_all() {
        let percent = |value, step| percent(value, step, 1).unwrap().to_string();
        assert_eq!(percent(99.96, 0.01), "99.96");
        assert_eq!(percent(99.996, 0.001), "99.996");
        assert_eq!(percent(0.04, 0.01), "0.04");
        assert_eq!(percent(-99.97, 0.01), "-99.97");
        assert_eq!(percent(99.94, 0.01), "99.9");
        assert_eq!(percent(0.06, 0.01), "0.1");
        assert_eq!(percent(100.0, 0.1), "100.0");
        assert_eq!(percent(100.04, 0.01), "100.0");
        assert_eq!(percent(0.0, 0.1), "0.0");
        // A value that is not known more precisely stays as it is.
        assert_eq!(percent(99.96, 0.1), "100.0");
    }

    #[test]
    fn a_step_tells_its_decimals() {
        assert_eq!(decimals_of(0.1, 3), 1);
        assert_eq!(decimals_of(0.001, 3), 3);
        assert_eq!(decimals_of(0.001, 1), 1);
        assert_eq!(decimals_of(1.0, 1), 0);
        assert_eq!(decimals_of(100.0, 1), 0);
        assert_eq!(decimals_of(0.05, 3), 2);
        assert_eq!(decimals_of(0.25, 3), 2);
        assert_eq!(decimals_of(0.0, 1), 1);
    }

    proptest! {
        /// Rounding by hand, on the written digits.
        #[test]
        fn rounding_is_that_of_the_written_digits(
            units in -99_999_999_i64..99_999_999, written in 0..7_u32, kept in 0..4_u32,
        ) {
            let value: f64 = format!("{units}e-{written}").parse().unwrap();
            let cut = written.saturating_sub(kept);
            let power = 10_i64.pow(cut);
            let half_away = (units.abs() + power / 2) / power * units.signum();
            let more = 10_i64.pow(kept.saturating_sub(written));
            let mut by_hand = Decimal::from(half_away * more);
            by_hand.multiply_pow10(-(kept as i16));
            by_hand.absolute.trim_start();
            by_hand.absolute.pad_end(-(kept as i16));
            if half_away == 0 {
                by_hand.set_sign(Sign::None);
            }
            prop_assert_eq!(rounded(value, kept as u8), by_hand.to_string());
        }

        /// A sum of floats rounds like the sum of its decimals.
        #[test]
        fn the_dust_of_sums_moves_no_digit(parts in prop::collection::vec(-9_999_999_i64..9_999_999, 1..30)) {
            let sum: f64 = parts.iter().map(|part| *part as f64 / 100.0).sum();
            let exact = parts.iter().sum::<i64>();
            let tenths = (exact.abs() + 5) / 10 * exact.signum();
            prop_assert_eq!(to_f64(&round(sum, 1).unwrap()), tenths as f64 / 10.0);
        }
    }
}
