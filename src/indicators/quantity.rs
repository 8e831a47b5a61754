//! Arithmetic that remembers how finely its numbers are known.
//!
//! A published figure rounded to `s` lies within ±s/2 of the truth. Sums and differences add
//! these half-widths and are printed to the coarsest step of their parts; quotients propagate
//! them to first order (Taylor 1997, *An Introduction to Error Analysis*, ch. 3) and are printed
//! to the finest decimal step that is not smaller than the half-width.

use crate::facts::Quantity;

/// The finest step a computed percentage or rate is printed to.
const FINEST: f64 = 0.1;

/// The sum; known to the coarsest of its parts.
pub fn sum(parts: &[Quantity]) -> Quantity {
    Quantity {
        value: parts.iter().map(|q| q.value).sum(),
        step: if parts.is_empty() {
            1.0
        } else {
            parts.iter().map(|q| q.step).fold(f64::MIN_POSITIVE, f64::max)
        },
        error: parts.iter().map(|q| q.error).sum(),
    }
}

/// The mean of two; known to the coarser of both.
pub fn mean(a: Quantity, b: Quantity) -> Quantity {
    Quantity {
        value: (a.value + b.value) / 2.0,
        step: a.step.max(b.step),
        error: (a.error + b.error) / 2.0,
    }
}

/// `a` less `b`; known to the coarser of both.
pub fn difference(a: Quantity, b: Quantity) -> Quantity {
    Quantity { value: a.value - b.value, step: a.step.max(b.step), error: a.error + b.error }
}

/// `a` ÷ `b` × `times`; `None` when `b` is zero.
pub fn ratio(a: Quantity, b: Quantity, times: f64) -> Option<Quantity> {
    (b.value != 0.0).then(|| {
        let value = a.value / b.value * times;
        let error = times.abs()
            * (a.error / b.value.abs() + (a.value * b.error / (b.value * b.value)).abs());
        graded(value, error)
    })
}

/// `part` ÷ (`part` + `rest`) × 100: a share of a whole that contains it. The error differs from
/// [`ratio`]'s because numerator and denominator move together.
pub fn share(part: Quantity, rest: Quantity) -> Option<Quantity> {
    let whole = part.value + rest.value;
    (whole != 0.0).then(|| {
        let error = 100.0 * (rest.value.abs() * part.error + part.value.abs() * rest.error)
            / (whole * whole);
        graded(part.value / whole * 100.0, error)
    })
}

/// (`a` − `b`) ÷ (`a` + `b`) × 100: migration effectiveness (Shryock & Siegel 1976, p. 396;
/// Bell et al. 2002, J. R. Stat. Soc. A 165(3), 435–464).
pub fn effectiveness(a: Quantity, b: Quantity) -> Option<Quantity> {
    let whole = a.value + b.value;
    (whole != 0.0).then(|| {
        let error = 200.0 * (b.value.abs() * a.error + a.value.abs() * b.error) / (whole * whole);
        graded((a.value - b.value) / whole * 100.0, error)
    })
}

/// ½ Σ|aᵢ − bᵢ|: half the sum of the absolute differences of pairs.
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

/// The change from `base` to `now` in percent; `None` when the base is zero.
pub fn change(now: Quantity, base: Quantity) -> Option<Quantity> {
    let quotient = ratio(now, base, 100.0)?;
    Some(Quantity { value: quotient.value - 100.0, ..quotient })
}

/// Whether a percentage is known well enough to be printed.
///
/// −5.7 % known to ten points would be printed as −10 %, further from the truth than its own error:
/// from ten points on a percentage must be ten times its step.
pub fn is_sharp(percent: Quantity) -> bool {
    percent.step < 10.0 || percent.value.abs() >= 10.0 * percent.step
}

/// Whether a count that is the rest of two rounded totals is known well enough to be printed: 374
/// thousand known to 100 thousand is not.
pub fn is_more_than_rounding(count: Quantity) -> bool {
    count.step <= 1.0 || count.value.abs() >= 10.0 * count.step
}

/// So many of the coarser steps a difference must be, where its sides are known to different steps.
const FEWEST_STEPS: f64 = 3.0;

/// Whether a difference says more than how its parts were rounded. 403 less 2 thousand is −1,597 or
/// so, known to a thousand: neither −2 thousand nor any other number of thousands can be printed.
/// Of two numbers of one rounding at least the sign must be certain.
pub fn is_told_apart(a: Quantity, b: Quantity) -> bool {
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
    // The tolerance keeps 0.1 + rounding noise from being taken for more than 0.1.
    while error > step * (1.0 + 1e-9) {
        step *= 10.0;
    }
    Quantity { value, step, error }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_change_of_hundreds_does_not_pretend_a_decimal() {
        let change =
            change(Quantity::rounded(5_900.0, 100.0), Quantity::rounded(10_200.0, 100.0)).unwrap();
        assert_eq!(change.step, 1.0);
    }

    #[test]
    fn a_share_of_a_whole_that_holds_it_is_better_known_than_a_quotient() {
        let part = Quantity { value: 108_000.0, step: 1_000.0, error: 600.0 };
        let rest = Quantity { value: 8_000.0, step: 1_000.0, error: 500.0 };
        assert_eq!(share(part, rest).unwrap().step, 1.0);
        assert_eq!(ratio(part, sum(&[part, rest]), 100.0).unwrap().step, 10.0);
    }

    #[test]
    fn a_percentage_known_to_ten_points_is_not_printed_unless_it_is_large() {
        let now = Quantity::rounded(1_100.0, 100.0);
        let coarse = change(now, Quantity::exact(1_166.0)).unwrap();
        assert_eq!(coarse.step, 10.0);
        assert!(!is_sharp(coarse));
        assert!(is_sharp(Quantity { value: 450.0, step: 10.0, error: 8.0 }));
        assert!(is_sharp(Quantity { value: 0.4, step: 1.0, error: 0.6 }));
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
        assert!(!is_told_apart(exact, thousand));
        // 130 thousand or so against 111,640; 8 thousand against 8.8 thousand.
        let about = Quantity::rounded(-130_000.0, 10_000.0);
        assert!(!is_told_apart(about, Quantity::exact(-111_640.0)));
        assert!(!is_told_apart(
            Quantity::rounded(8_000.0, 1_000.0),
            Quantity::rounded(8_800.0, 100.0)
        ));
        // 16.1 less 5.9 thousand; 6.0 less 6.0 thousand is neither more nor less.
        let hundreds = |value| Quantity::rounded(value, 100.0);
        assert!(is_told_apart(hundreds(16_100.0), hundreds(5_900.0)));
        assert!(is_told_apart(hundreds(6_000.0), hundreds(5_900.0)));
        assert!(!is_told_apart(hundreds(6_000.0), hundreds(6_000.0)));
        assert!(is_told_apart(Quantity::exact(3.0), Quantity::exact(3.0)));
    }

    #[test]
    fn a_mean_is_known_as_its_ends_are() {
        let mean = mean(Quantity::exact(101.0), Quantity::rounded(200.0, 100.0));
        assert_eq!((mean.value, mean.step, mean.error), (150.5, 100.0, 25.0));
    }

    #[test]
    fn nothing_is_divided_by_zero() {
        assert!(change(Quantity::exact(5.0), Quantity::exact(0.0)).is_none());
        assert!(share(Quantity::exact(0.0), Quantity::exact(0.0)).is_none());
    }
}
