//! Arithmetic with precision.
//!
//! A published figure rounded to `s` is within ±s/2 of the true value. Sums and differences add these
//! half-widths and are printed to the coarsest step of their operands. Quotients propagate them to first
//! order (Taylor 1997, *An Introduction to Error Analysis*, ch. 3) and are printed to the finest decimal
//! step that is not smaller than the half-width.
//!
//! A qualifier in the source (“almost”, “more than”) is passed on: a result computed from it is “about”.
//! A bound (“at least”) remains a bound if all operands move the result in the same direction. If two
//! bounds are opposite, the result is unknown and has an infinite error ([`is_known`]).

use crate::stats::{Qualifier, Quantity, rounding};

/// The finest step of a computed percentage or rate.
const FINEST: f64 = 0.1;
/// The finest step of a percentage that would otherwise be printed as 0 or 100.
const FINEST_OF_ALL: f64 = 1e-5;

/// The sum, with the step of the coarsest operand.
pub fn sum(parts: &[Quantity]) -> Quantity {
    // A single number keeps its qualifier.
    if let [only] = parts {
        return *only;
    }
    let sum = Quantity {
        value: parts.iter().map(|q| q.value).sum(),
        step: if parts.is_empty() {
            1.0
        } else {
            parts.iter().map(|q| q.step).fold(f64::MIN_POSITIVE, f64::max)
        },
        error: parts.iter().map(|q| q.error).sum(),
        qualifier: None,
    };
    qualified_by(sum, &parts.iter().map(|q| (*q, true)).collect::<Vec<_>>())
}

/// The mean of two numbers, with the coarser step.
pub fn mean(a: Quantity, b: Quantity) -> Quantity {
    let both = sum(&[a, b]);
    Quantity { value: both.value / 2.0, error: both.error / 2.0, ..both }
}

/// The mean of absolute values, with the coarsest step.
pub fn mean_size(parts: &[Quantity]) -> Quantity {
    let sizes = parts.iter().map(|q| Quantity { value: q.value.abs(), qualifier: None, ..*q });
    let sum = sum(&sizes.collect::<Vec<_>>());
    let count = parts.len() as f64;
    Quantity { value: sum.value / count, error: sum.error / count, ..sum }
}

/// `a` − `b`, with the coarser step.
pub fn difference(a: Quantity, b: Quantity) -> Quantity {
    let difference = Quantity {
        value: a.value - b.value,
        step: a.step.max(b.step),
        error: a.error + b.error,
        qualifier: None,
    };
    qualified_by(difference, &[(a, true), (b, false)])
}

/// `a` − `b` if it is large enough to print ([`differs_beyond_rounding`]). If the source qualifies either number,
/// the difference must be at least ten steps.
pub fn reported_difference(a: Quantity, b: Quantity) -> Option<Quantity> {
    let rest = difference(a, b);
    let is_plain = a.qualifier.is_none() && b.qualifier.is_none();
    let is_reported = differs_beyond_rounding(a, b) && (is_plain || is_more_than_rounding(rest));
    (is_known(rest) && is_reported).then_some(rest)
}

/// `a` ÷ `b` × `times`; `None` if `b` is zero.
pub fn ratio(a: Quantity, b: Quantity, times: f64) -> Option<Quantity> {
    let quotient = quotient(a, b, times)?;
    Some(if times.abs() == 100.0 { unhidden(quotient) } else { quotient })
}

/// Refines the step of a percentage until it prints neither as 0 nor as 100, as far as its error allows:
/// 99.96 % of the arrivals are not all arrivals.
fn unhidden(percent: Quantity) -> Quantity {
    let mut percent = percent;
    let is_hidden = |q: &Quantity| {
        let printed = rounding::to_step(q.value, q.step);
        printed.is_some_and(|printed| rounding::hides(q.value, printed))
    };
    while is_hidden(&percent)
        && percent.step > FINEST_OF_ALL
        && percent.error <= percent.step / 10.0
    {
        percent.step /= 10.0;
    }
    percent
}

fn quotient(a: Quantity, b: Quantity, times: f64) -> Option<Quantity> {
    (b.value != 0.0).then(|| {
        let value = a.value / b.value * times;
        let error = times.abs()
            * (a.error / b.value.abs() + (a.value * b.error / (b.value * b.value)).abs());
        let falls = a.value * times < 0.0;
        qualified_by(graded(value, error), &[(a, b.value * times > 0.0), (b, falls)])
    })
}

/// `part` ÷ (`part` + `rest`) × 100: the share of a part in the whole that contains it. Its error is
/// smaller than that of [`ratio`], since numerator and denominator move together.
pub fn share(part: Quantity, rest: Quantity) -> Option<Quantity> {
    let whole = part.value + rest.value;
    (whole != 0.0).then(|| {
        let error = 100.0 * (rest.value.abs() * part.error + part.value.abs() * rest.error)
            / (whole * whole);
        let share = unhidden(graded(part.value / whole * 100.0, error));
        qualified_by(share, &[(part, true), (rest, false)])
    })
}

/// (`a` − `b`) ÷ (`a` + `b`) × 100: migration effectiveness (Shryock & Siegel 1976, p. 396;
/// Bell et al. 2002, J. R. Stat. Soc. A 165(3), 435–464).
pub fn effectiveness(a: Quantity, b: Quantity) -> Option<Quantity> {
    let whole = a.value + b.value;
    (whole != 0.0).then(|| {
        let error = 200.0 * (b.value.abs() * a.error + a.value.abs() * b.error) / (whole * whole);
        let effectiveness = graded((a.value - b.value) / whole * 100.0, error);
        qualified_by(effectiveness, &[(a, true), (b, false)])
    })
}

/// ½ Σ|aᵢ − bᵢ|: half the sum of absolute differences of pairs.
pub fn net_volume(pairs: &[(Quantity, Quantity)]) -> Quantity {
    let parts: Vec<Quantity> = pairs
        .iter()
        .map(|(a, b)| {
            let net = difference(*a, *b);
            Quantity { value: net.value.abs() / 2.0, error: net.error / 2.0, ..net }
        })
        .collect();
    sum(&parts)
}

/// 100 × Σ|aᵢ − bᵢ| ÷ Σ(aᵢ + bᵢ), between 0 (all flows are balanced) and 100 (all go one way)
/// (Bell et al. 2002, J. R. Stat. Soc. A 165(3), 435–464).
pub fn effectiveness_index(pairs: &[(Quantity, Quantity)]) -> Option<Quantity> {
    let turnover: Vec<Quantity> = pairs.iter().map(|(a, b)| sum(&[*a, *b])).collect();
    ratio(net_volume(pairs), sum(&turnover), 200.0)
}

/// The change from `base` to `now` in percent; `None` if the base is zero.
pub fn change(now: Quantity, base: Quantity) -> Option<Quantity> {
    let quotient = quotient(now, base, 100.0)?;
    let change = Quantity { value: quotient.value - 100.0, qualifier: None, ..quotient };
    // A fall that leaves something must not print as −100 %; a change close to zero is printed as small.
    let change = if change.value < -50.0 { unhidden(change) } else { change };
    Some(qualified_by(change, &[(quotient, true)]))
}

/// `now` relative to `base` = 100; `None` if the base is zero.
pub fn index(now: Quantity, base: Quantity) -> Option<Quantity> {
    quotient(now, base, 100.0)
}

/// Whether a percentage is precise enough to print.
///
/// −5.7 % known to ten points would print as −10 %, farther from the true value than its own error. With
/// a step of ten points or more, the value must be at least ten steps.
pub fn is_sharp(percent: Quantity) -> bool {
    percent.step < 10.0 || percent.value.abs() >= 10.0 * percent.step
}

/// Whether a count obtained by subtracting rounded totals is precise enough to print: 374 thousand with a
/// step of 100 thousand is not.
pub fn is_more_than_rounding(count: Quantity) -> bool {
    count.step <= 1.0 || count.value.abs() >= 10.0 * count.step
}

/// The smallest difference in coarser steps, if both numbers have different steps.
const FEWEST_STEPS: f64 = 3.0;

/// Whether a difference exceeds the rounding of its operands. 403 − 2 thousand is about −1,597 with a
/// step of a thousand: no number of thousands can be printed for it. If both numbers have the same step,
/// at least the sign must be certain.
pub fn differs_beyond_rounding(a: Quantity, b: Quantity) -> bool {
    let apart = difference(a, b);
    let (fine, coarse) = (a.step.min(b.step), a.step.max(b.step));
    if coarse <= 1.0 {
        return true;
    }
    let is_mixed = coarse >= fine * 10.0 * (1.0 - 1e-9);
    apart.value.abs() >= if is_mixed { FEWEST_STEPS * apart.step } else { apart.error }
}

fn graded(value: f64, error: f64) -> Quantity {
    let mut step = FINEST;
    // The tolerance keeps 0.1 with floating-point noise from counting as more than 0.1.
    while error.is_finite() && error > step * (1.0 + 1e-9) {
        step *= 10.0;
    }
    Quantity { value, step, error, qualifier: None }
}

/// Adds the qualifier that follows from the operands; each comes with whether the result grows with it.
fn qualified_by(result: Quantity, parts: &[(Quantity, bool)]) -> Quantity {
    let mut said = result.qualifier;
    let mut is_open = false;
    for (part, grows) in parts {
        let Some(qualifier) = part.qualifier else { continue };
        // A qualifier is about the absolute value, so for a negative number it has the opposite
        // direction.
        let sized = if part.value < 0.0 { qualifier.turned() } else { qualifier };
        let moved = if *grows { sized } else { sized.turned() };
        let moved = if moved.is_bound() { moved } else { Qualifier::About };
        said = match said {
            Some(before) if before.is_bound() && moved.is_bound() && before != moved => {
                is_open = true;
                said
            }
            Some(before) if before.is_bound() => said,
            _ => Some(moved),
        };
    }
    // The qualifier of the result is about its absolute value.
    let said = said.map(|said| if result.value < 0.0 { said.turned() } else { said });
    let error = if is_open { f64::INFINITY } else { result.error };
    Quantity { qualifier: said, error, ..result }
}

/// Whether a computed number is known: opposite bounds leave it unknown.
pub fn is_known(quantity: Quantity) -> bool {
    quantity.error.is_finite()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_is_as_rough_as_a_quotient() {
        let (now, base) = (Quantity::exact(2_553.0), Quantity::rounded(2_300.0, 10.0));
        let index = index(now, base).unwrap();
        assert!((index.value - 111.0).abs() < 1e-9);
        // The error from 5 in 2,300.
        assert!((index.error - 100.0 * 2_553.0 * 5.0 / 2_300.0_f64.powi(2)).abs() < 1e-9);
        assert_eq!(index.step, 1.0);
        assert!(super::index(now, Quantity::exact(0.0)).is_none());
        // 99.96 prints as 100.0: such a small change is not worth more digits.
        let almost = super::index(Quantity::exact(9_996.0), Quantity::exact(10_000.0)).unwrap();
        assert_eq!(almost.to_string(), "100.0");
    }

    #[test]
    fn thousands_less_thousands_are_thousands() {
        let net = difference(Quantity::rounded(16_100.0, 100.0), Quantity::rounded(5_900.0, 100.0));
        assert_eq!((net.value, net.step), (10_200.0, 100.0));
    }

    #[test]
    fn a_change_of_exact_counts_has_one_decimal() {
        let change = change(Quantity::exact(11_267.0), Quantity::exact(14_256.0)).unwrap();
        assert!((change.value + 20.966).abs() < 0.001);
        assert_eq!(change.step, 0.1);
    }

    #[test]
    fn a_share_of_almost_all_is_known_to_be_less() {
        let exact = Quantity::exact;
        let of = |part: f64, whole: f64| share(exact(part), exact(whole - part)).unwrap().step;
        assert_eq!(of(9_996.0, 10_000.0), 0.01);
        assert!((of(1.0, 1_000_000.0) - 0.0001).abs() < 1e-9);
        assert_eq!(of(10_000.0, 10_000.0), 0.1);
        assert_eq!(of(0.0, 10_000.0), 0.1);
        let rate = ratio(exact(9_996.0), exact(10_000.0), 100.0).unwrap();
        assert_eq!(rate.to_string(), "99.96");
        // 9,996 of 10,000, known to ten: anything from 99.9 to 100.
        let rounded = ratio(Quantity::rounded(9_996.0, 10.0), exact(10_000.0), 100.0).unwrap();
        assert_eq!(rounded.step, 0.1);
        // A change of 0.04 % is not worth more digits; a fall by almost everything leaves something.
        assert_eq!(change(exact(10_004.0), exact(10_000.0)).unwrap().step, 0.1);
        assert_eq!(change(exact(9_996.0), exact(10_000.0)).unwrap().step, 0.1);
        assert_eq!(change(exact(4.0), exact(10_000.0)).unwrap().to_string(), "-99.96");
    }

    #[test]
    fn a_change_of_hundreds_does_not_pretend_a_decimal() {
        let change =
            change(Quantity::rounded(5_900.0, 100.0), Quantity::rounded(10_200.0, 100.0)).unwrap();
        assert_eq!(change.step, 1.0);
    }

    #[test]
    fn a_share_of_a_whole_that_holds_it_is_better_known_than_a_quotient() {
        let part = Quantity { step: 1_000.0, error: 600.0, ..Quantity::exact(108_000.0) };
        let rest = Quantity { step: 1_000.0, error: 500.0, ..Quantity::exact(8_000.0) };
        assert_eq!(share(part, rest).unwrap().step, 1.0);
        assert_eq!(ratio(part, sum(&[part, rest]), 100.0).unwrap().step, 10.0);
    }

    #[test]
    fn a_percentage_known_to_ten_points_is_not_printed_unless_it_is_large() {
        let now = Quantity::rounded(1_100.0, 100.0);
        let coarse = change(now, Quantity::exact(1_166.0)).unwrap();
        assert_eq!(coarse.step, 10.0);
        assert!(!is_sharp(coarse));
        assert!(is_sharp(Quantity { step: 10.0, error: 8.0, ..Quantity::exact(450.0) }));
        assert!(is_sharp(Quantity { step: 1.0, error: 0.6, ..Quantity::exact(0.4) }));
    }

    #[test]
    fn what_rounding_could_have_made_is_not_a_count() {
        assert!(!is_more_than_rounding(Quantity::rounded(374_000.0, 100_000.0)));
        assert!(is_more_than_rounding(Quantity::rounded(1_700.0, 100.0)));
        assert!(is_more_than_rounding(Quantity::exact(3.0)));
    }

    #[test]
    fn a_difference_is_not_finer_than_both_sides_allow() {
        let (exact, thousand) = (Quantity::exact(403.0), Quantity::rounded(2_000.0, 1_000.0));
        assert!(!differs_beyond_rounding(exact, thousand));
        // About 130 thousand against 111,640; 8 thousand against 8.8 thousand.
        let about = Quantity::rounded(-130_000.0, 10_000.0);
        assert!(!differs_beyond_rounding(about, Quantity::exact(-111_640.0)));
        assert!(!differs_beyond_rounding(
            Quantity::rounded(8_000.0, 1_000.0),
            Quantity::rounded(8_800.0, 100.0)
        ));
        // 16.1 − 5.9 thousand; in 6.0 − 6.0 thousand the sign is uncertain.
        let hundreds = |value| Quantity::rounded(value, 100.0);
        assert!(differs_beyond_rounding(hundreds(16_100.0), hundreds(5_900.0)));
        assert!(differs_beyond_rounding(hundreds(6_000.0), hundreds(5_900.0)));
        assert!(!differs_beyond_rounding(hundreds(6_000.0), hundreds(6_000.0)));
        assert!(differs_beyond_rounding(Quantity::exact(3.0), Quantity::exact(3.0)));
    }

    #[test]
    fn a_mean_is_known_as_its_ends_are() {
        let mean = mean(Quantity::exact(101.0), Quantity::rounded(200.0, 100.0));
        assert_eq!((mean.value, mean.step, mean.error), (150.5, 100.0, 25.0));
    }

    #[test]
    fn a_difference_is_reported_where_the_rounding_of_one_side_is_not_most_of_it() {
        let rounded = Quantity::rounded;
        assert_eq!(reported_difference(Quantity::exact(403.0), rounded(2_000.0, 1_000.0)), None);
        assert_eq!(
            reported_difference(rounded(-130_000.0, 10_000.0), Quantity::exact(-111_640.0)),
            None
        );
        assert_eq!(reported_difference(rounded(8_000.0, 1_000.0), rounded(8_800.0, 100.0)), None);
        let alike =
            reported_difference(rounded(8_000.0, 1_000.0), rounded(2_000.0, 1_000.0)).unwrap();
        assert_eq!((alike.value, alike.step), (6_000.0, 1_000.0));
        let fine = reported_difference(rounded(16_100.0, 100.0), Quantity::exact(4_923.0)).unwrap();
        assert_eq!((fine.value, fine.step), (11_177.0, 100.0));
        let almost = rounded(130_000.0, 10_000.0).qualified(Some(Qualifier::Almost));
        assert_eq!(reported_difference(almost, rounded(110_000.0, 10_000.0)), None);
    }

    #[test]
    fn what_is_computed_from_a_qualified_number_is_qualified() {
        let said =
            |value: f64, qualifier| Quantity::rounded(value, 1_000.0).qualified(Some(qualifier));
        let exact = Quantity::exact(500.0);
        let almost = said(130_000.0, Qualifier::Almost);
        assert_eq!(difference(almost, exact).qualifier, Some(Qualifier::About));
        assert_eq!(
            change(almost, Quantity::exact(100_000.0)).unwrap().qualifier,
            Some(Qualifier::About)
        );
        assert_eq!(difference(exact, exact).qualifier, None);
        let least = said(11_000.0, Qualifier::AtLeast);
        assert_eq!(sum(&[least, exact]).qualifier, Some(Qualifier::AtLeast));
        // 500 minus at least 11,000 is −10,500 or less.
        assert_eq!(difference(exact, least).qualifier, Some(Qualifier::AtLeast));
        assert_eq!(share(exact, least).unwrap().qualifier, Some(Qualifier::AtMost));
        assert!(is_known(difference(exact, least)));
        assert!(!is_known(difference(least, least)));
        assert!(!is_known(ratio(least, least, 100.0).unwrap()));
        // A loss of at least 130 thousand is at most −130 thousand.
        let loss = said(-130_000.0, Qualifier::AtLeast);
        assert_eq!(sum(&[loss, exact]).qualifier, Some(Qualifier::AtLeast));
        assert!(!is_known(sum(&[loss, least])));
    }

    #[test]
    fn nothing_is_divided_by_zero() {
        assert!(change(Quantity::exact(5.0), Quantity::exact(0.0)).is_none());
        assert!(share(Quantity::exact(0.0), Quantity::exact(0.0)).is_none());
    }
}
