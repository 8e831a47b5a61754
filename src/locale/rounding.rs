//! Rounding: from a value to the decimal digits that are printed, and to no others.
//!
//! In: an `f64` and the last digit wanted. Out: a [`Decimal`], which is exact. Half goes away from
//! zero, as statistical offices round: −20.65 is −20.7. The half is looked for in the shortest
//! decimal that stands for the `f64`, after it was cut to fourteen significant digits; so neither
//! 20.65, which binary holds as 20.649999…, nor the dust of a division decides it.

use fixed_decimal::{
    Decimal, FloatPrecision, Sign as DecimalSign, SignedRoundingMode, UnsignedRoundingMode,
};

/// Digits in which a computed value is trusted; an `f64` holds 15, a long sum loses a few.
const SIGNIFICANT_DIGITS: i16 = 14;

const HALF_AWAY_FROM_ZERO: SignedRoundingMode =
    SignedRoundingMode::Unsigned(UnsignedRoundingMode::HalfExpand);

/// `value` with exactly `decimals` digits after the decimal sign; `None` if it is not finite.
/// Zero has no sign, so that nothing is ever printed as `-0.0`.
pub(super) fn round(value: f64, decimals: u8) -> Option<Decimal> {
    let mut decimal = trusted(value)?;
    let position = -i16::from(decimals);
    decimal.round_with_mode(position, HALF_AWAY_FROM_ZERO);
    decimal.absolute.trim_end();
    decimal.absolute.trim_start();
    decimal.absolute.pad_end(position);
    if decimal.absolute.is_zero() {
        decimal.set_sign(DecimalSign::None);
    }
    Some(decimal)
}

/// The multiple of `step` nearest to `value`; `value` itself if `step` is not a positive number.
pub(super) fn to_step(value: f64, step: f64) -> f64 {
    if !(step > 0.0 && step.is_finite() && value.is_finite()) {
        return value;
    }
    let steps = round(value / step, 0).map_or(value, |steps| to_f64(&steps));
    // Multiplying by 0.1 leaves dust, dividing by 10 does not.
    let inverse = (1.0 / step).round();
    if step < 1.0 && inverse * step == 1.0 { steps / inverse } else { steps * step }
}

/// How many digits after the decimal sign a number known to `step` may show.
pub(super) fn decimals_of(step: f64, most: u8) -> u8 {
    match magnitude(step) {
        Some(magnitude) => u8::try_from((-magnitude).max(0)).unwrap_or(most).min(most),
        None => most,
    }
}

/// The power of ten of the first digit of `step`: −1 for 0.1, 2 for 100 and for 500.
pub(super) fn magnitude(step: f64) -> Option<i16> {
    let step = Some(step).filter(|step| *step > 0.0)?;
    Some(trusted(step)?.absolute.nonzero_magnitude_start())
}

/// The decimal as a number again.
pub(super) fn to_f64(decimal: &Decimal) -> f64 {
    decimal.to_string().parse().unwrap_or(f64::NAN)
}

fn trusted(value: f64) -> Option<Decimal> {
    let mut decimal = Decimal::try_from_f64(value, FloatPrecision::RoundTrip).ok()?;
    if value.fract() != 0.0 {
        let last = decimal.absolute.nonzero_magnitude_start() - (SIGNIFICANT_DIGITS - 1);
        decimal.round_with_mode(last, HALF_AWAY_FROM_ZERO);
    }
    Some(decimal)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounded(value: f64, decimals: u8) -> String {
        round(value, decimals).unwrap().to_string()
    }

    #[test]
    fn half_goes_away_from_zero_as_it_is_written() {
        assert_eq!(rounded(-20.65, 1), "-20.7");
        assert_eq!(rounded(20.65, 1), "20.7");
        assert_eq!(rounded(0.25, 1), "0.3");
        assert_eq!(rounded(1.005, 2), "1.01");
        assert_eq!(rounded(2.5, 0), "3");
        assert_eq!(rounded(-0.5, 0), "-1");
        assert_eq!(rounded(7.0, 1), "7.0");
        assert_eq!(rounded(100.0, 0), "100");
        assert_eq!(rounded(0.1 + 0.2 - 0.25, 1), "0.1");
    }

    #[test]
    fn nothing_is_minus_zero() {
        assert_eq!(rounded(-0.04, 1), "0.0");
        assert_eq!(rounded(-0.0, 0), "0");
        assert_eq!(rounded(-1e-300, 2), "0.00");
    }

    #[test]
    fn what_is_no_number_has_no_digits() {
        assert_eq!(round(f64::NAN, 1), None);
        assert_eq!(round(f64::INFINITY, 1), None);
    }

    #[test]
    fn a_large_count_keeps_its_last_digit() {
        assert_eq!(rounded(9_007_199_254_740_991.0, 0), "9007199254740991");
    }

    #[test]
    fn a_step_is_rounded_to_its_multiple() {
        assert_eq!(to_step(16_149.0, 100.0), 16_100.0);
        assert_eq!(to_step(-16_150.0, 100.0), -16_200.0);
        assert_eq!(to_step(16_600.0, 500.0), 16_500.0);
        assert_eq!(to_step(41.3 / 2.0, 0.1), 20.7);
        assert_eq!(to_step(5.0, 0.0), 5.0);
    }

    #[test]
    fn a_step_tells_its_decimals() {
        assert_eq!(decimals_of(0.1, 3), 1);
        assert_eq!(decimals_of(0.001, 3), 3);
        assert_eq!(decimals_of(0.001, 1), 1);
        assert_eq!(decimals_of(1.0, 1), 0);
        assert_eq!(decimals_of(100.0, 1), 0);
        assert_eq!(decimals_of(0.05, 3), 2);
        assert_eq!(decimals_of(0.0, 1), 1);
    }
}
