//! Typing errors: what turns the expected value into the one that was typed.

use crate::diag::Message;

/// Names the typing error that makes `typed` of `fits`, as a lost sign or a digit left out; `None` if
/// none does.
pub(super) fn slip(typed: f64, fits: f64) -> Option<Message> {
    if typed == fits || fits == 0.0 || typed == 0.0 || typed.fract() != 0.0 || fits.fract() != 0.0 {
        return None;
    }
    if typed == -fits {
        return Some(message!("a sign was lost"));
    }
    for times in [10.0, 100.0, 1000.0] {
        if typed == fits * times || typed * times == fits {
            return Some(message!("it is wrong by a factor of ten, a hundred or a thousand"));
        }
    }
    if (typed < 0.0) != (fits < 0.0) {
        return None;
    }
    let digits = |value: f64| format!("{:.0}", value.abs()).into_bytes();
    let (typed, fits) = (digits(typed), digits(fits));
    if typed.len() == fits.len() {
        let differ: Vec<usize> = (0..typed.len()).filter(|at| typed[*at] != fits[*at]).collect();
        match differ[..] {
            [one, other]
                if other == one + 1 && typed[one] == fits[other] && typed[other] == fits[one] =>
            {
                return Some(message!("two digits are exchanged"));
            }
            [_] if typed.len() > 2 => return Some(message!("one digit is wrong")),
            _ => {}
        }
    }
    let dropped = |long: &[u8], short: &[u8]| {
        long.len() == short.len() + 1
            && short.len() > 2
            && (0..long.len()).any(|at| long[..at] == short[..at] && long[at + 1..] == short[at..])
    };
    if dropped(&fits, &typed) {
        return Some(message!("a digit is missing"));
    }
    dropped(&typed, &fits).then_some(message!("a digit is repeated or too much"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_typist_does_is_recognised() {
        for (typed, fits, slip_) in [
            (27_361.0, 23_761.0, true),
            (7_749.0, -7_749.0, true),
            (112_670.0, 11_267.0, true),
            (11.0, 11_000.0, true),
            (1_267.0, 11_267.0, true),
            (11_967.0, 11_267.0, true),
            (12_345.0, 54_321.0, false),
            (5.0, 6.0, false),
        ] {
            assert_eq!(slip(typed, fits).is_some(), slip_, "{typed} {fits}");
        }
    }
}
