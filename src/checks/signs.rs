//! Signs and directions: a balance shows its sign, and words for a direction agree with the data.

use super::Reading;
use super::statement::{Kind, Part, Spot, Statement};
use crate::diag::{Code, Diagnostic};
use crate::indicators::{Expr, Fold, Keep};
use crate::locale::Direction;
use crate::locale::guards::{self, Spoken};
use crate::stats::Unit;

/// A balance or difference printed with neither its sign nor a word for its direction.
pub(super) fn unsigned(
    reading: &Reading<'_>,
    statement: &Statement<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let said: Vec<_> = statement.facts().collect();
    for (id, form, text) in statement.numbers() {
        let is_signed = reading.fact(id).is_some_and(|fact| fact.is_signed);
        let has_digits = text.chars().any(|c| c.is_numeric() && c.to_digit(10) != Some(0));
        let is_unequal = reading.value(id).is_some_and(|value| value != 0.0);
        if !is_signed || !has_digits || !is_unequal || form == "fold" {
            continue;
        }
        let has_sign = reading.locale.signs().iter().any(|sign| text.contains(sign))
            || text.contains(['+', '-', '\u{2212}']);
        let is_reported = statement
            .facts()
            .any(|(other, form, _)| other == id && matches!(form, "rise" | "fall" | "flat"));
        if has_sign || is_reported || is_carried_on(reading, &said, id, text) {
            continue;
        }
        found.push(
            Diagnostic::error(
                Code::K0801,
                message!("the balance `{id}` is printed without its sign", id),
            )
            .at(reading.place(statement, id))
            .label(message!("printed as `{text}`", text))
            .note(message!("without a sign a loss looks like a gain"))
            .hint(message!(
                "print it with `| signed`, or add `{{{{ {id} | word(\"…\", \"…\", \"…\") }}}}` to \
                the same sentence",
                id
            )),
        );
    }
}

/// Whether the direction word before another change also covers this one: in "arrivals fell by 21.0% and
/// departures by 49.5%" both fell.
fn is_carried_on(reading: &Reading<'_>, said: &[(&str, &str, &str)], id: &str, text: &str) -> bool {
    if !(id.ends_with(".change") || id.ends_with(".difference")) {
        return false;
    }
    let at = said.iter().position(|(other, _, words)| *other == id && *words == text);
    let before = at.map_or(&[][..], |at| &said[..at]);
    let last = before.iter().rev().find(|(_, form, _)| matches!(*form, "rise" | "fall" | "flat"));
    let value = reading.value(id).unwrap_or_default();
    match last {
        Some((_, "rise", _)) => value > 0.0,
        Some((_, "fall", _)) => value < 0.0,
        _ => false,
    }
}

/// The sign of a number by its definition: that of a balance by its value, that of a count or sum by the
/// members it keeps.
fn side(reading: &Reading<'_>, id: &str) -> Option<f64> {
    let is_part = [".change", ".difference", ".base"].iter().any(|part| id.ends_with(part));
    // A rank has no sign.
    if &*reading.fact(id)?.unit.0 == Unit::NUMBER && !is_count(reading, id) {
        return None;
    }
    if is_part || reading.fact(id)?.is_signed {
        return reading.value(id).filter(|value| *value != 0.0 && !is_part).map(f64::signum);
    }
    match reading.indicators.all.get(super::indicator_of(id))?.expr {
        Expr::Reduce(Fold::Count(keep) | Fold::Total(keep), _) => match keep {
            Keep::Positive => Some(1.0),
            Keep::Negative => Some(-1.0),
            Keep::All | Keep::Below(_) | Keep::Above(_) => None,
        },
        _ => None,
    }
}

fn is_count(reading: &Reading<'_>, id: &str) -> bool {
    let indicator = reading.indicators.all.get(super::indicator_of(id));
    indicator.is_some_and(|indicator| matches!(indicator.expr, Expr::Reduce(Fold::Count(_), _)))
}

/// A gain called a loss, or the reverse.
pub(super) fn gains(reading: &Reading<'_>, statement: &Statement<'_>, found: &mut Vec<Diagnostic>) {
    if !statement.is_text() {
        return;
    }
    let words = reading.locale.guards();
    // The words for the number's sign, and those for the opposite one.
    let sides_of = |side: f64| match side > 0.0 {
        true => (&words.gain, &words.loss),
        false => (&words.loss, &words.gain),
    };
    // Words between two numbers are about the second one.
    let mut before = String::new();
    for part in &statement.parts {
        match part {
            Part::Typed(text) => before.push_str(text),
            Part::Fact { form: "name" | "time" | "since", .. } | Part::Cite(_) => before.push(' '),
            Part::Fact { id, .. } => {
                let spoken = Spoken::of(std::mem::take(&mut before));
                let Some(side) = side(reading, id) else { continue };
                let (own, other) = sides_of(side);
                if let Some((_, at)) = guards::first(other, &spoken)
                    && guards::first(own, &spoken).is_none()
                {
                    return found.push(not_so(reading, statement, id, side, &spoken.text()[at]));
                }
            }
        }
    }
    let sides: Vec<(&str, f64)> =
        statement.numbers().filter_map(|(id, ..)| Some((id, side(reading, id)?))).collect();
    let Some((id, first)) = sides.first() else { return };
    if sides.iter().any(|(_, side)| side != first) {
        return;
    }
    let (own, other) = sides_of(*first);
    if guards::first(own, statement.said()).is_some() {
        return;
    }
    let Some((_, at)) = guards::first(other, statement.typed()) else { return };
    let word = statement.typed().text()[at].to_owned();
    found.push(not_so(reading, statement, id, *first, &word));
}

fn not_so(
    reading: &Reading<'_>,
    statement: &Statement<'_>,
    id: &str,
    side: f64,
    word: &str,
) -> Diagnostic {
    let what = if side > 0.0 { message!("a gain") } else { message!("a loss") };
    Diagnostic::error(
        Code::K0802,
        message!("`{id}` is {what}, but “{word}” is typed next to it", id, what, word),
    )
    .at(reading.place(statement, word))
    .hint(message!(
        "print the number that the words describe, or change the words to match the number"
    ))
}

/// A change printed as if it were the value.
pub(super) fn unnamed_differences(
    reading: &Reading<'_>,
    statement: &Statement<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let words = reading.locale.guards();
    if !statement.is_text() || words.up.is_empty() {
        return;
    }
    let is_reported =
        statement.facts().any(|(_, form, _)| matches!(form, "rise" | "fall" | "flat" | "fold"));
    let lists = [&words.rise, &words.fall, &words.up, &words.down, &words.change];
    if is_reported || lists.into_iter().any(|list| guards::first(list, statement.typed()).is_some())
    {
        return;
    }
    let difference = statement.numbers().find(|(id, ..)| id.ends_with(".difference"));
    let Some((id, ..)) = difference else { return };
    found.push(
        Diagnostic::error(
            Code::K0408,
            message!(
                "`{id}` is a difference from a year earlier, but the text does not say so",
                id
            ),
        )
        .at(reading.place(statement, id))
        .note(message!("readers would take the difference for the value itself"))
        .hint(message!(
            "add a word for its direction, `{{{{ {id} | word(\"rose\", \"fell\", \"did \
            not change\") }}}}` in your language; or print the value",
            id
        )),
    );
}

/// A balance of which the words say that it rose or fell.
fn moving(reading: &Reading<'_>, statement: &Statement<'_>, id: &str, text: &str) -> Diagnostic {
    Diagnostic::error(
        Code::K0802,
        message!(
            "`{id}` is a balance, but `{text}` says that \
                    it rose or fell",
            id,
            text
        ),
    )
    .at(reading.place(statement, text))
    .note(message!("a positive balance may still be smaller than a year ago"))
    .hint(message!(
        "choose the word by `{id}.difference`; describe the balance \
                        itself as a gain or a loss",
        id
    ))
}

/// A direction typed, or chosen opposite to the data.
pub(super) fn turned(
    reading: &Reading<'_>,
    statement: &Statement<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let words = reading.locale.guards();
    for (id, form, text) in statement.facts() {
        let wrong = match form {
            "rise" => &words.fall,
            "fall" => &words.rise,
            _ => continue,
        };
        let said = Spoken::of(text);
        let is_movement = id.ends_with(".change") || id.ends_with(".difference");
        let moves = guards::first(&words.rise, &said).or_else(|| guards::first(&words.fall, &said));
        // In "The population grew by 12,000" the balance is the size of the growth.
        let is_size = statement.numbers().any(|(other, _, text)| {
            let has_sign = reading.locale.signs().iter().any(|sign| text.contains(sign));
            other == id && !has_sign
        });
        if !is_movement && moves.is_some() && !is_size {
            found.push(moving(reading, statement, id, text));
            continue;
        }
        let (own, against) = match form {
            "rise" => ([&words.rise, &words.up], [&words.fall, &words.down]),
            _ => ([&words.fall, &words.down], [&words.rise, &words.up]),
        };
        let has = |lists: [&Vec<guards::Words>; 2]| {
            lists.into_iter().any(|list| guards::first(list, &said).is_some())
        };
        if guards::first(wrong, &said).is_some() || (has(against) && !has(own)) {
            let value = reading.value(id).unwrap_or_default();
            found.push(
                Diagnostic::error(
                    Code::K0802,
                    message!(
                        "`{id}` is {value}, but the words are `{text}`",
                        id,
                        value = format!("{value:+.1}"),
                        text
                    ),
                )
                .at(reading.place(statement, text))
                .note(message!(
                    "the arguments of `word` are the word for a rise, the word for a fall, and \
                    the word for no change"
                ))
                .hint(message!("put the words in that order")),
            );
        }
    }
    let changed =
        statement.facts().find(|(id, ..)| id.ends_with(".change") || id.ends_with(".difference"));
    if !statement.is_text() {
        return;
    }
    let typed = statement.typed();
    let Some((id, ..)) = changed else { return unproven(reading, statement, found) };
    // Next to the bare size of a change, a noun gives its direction.
    let is_bare = statement.facts().any(|(other, form, text)| {
        let has_sign = reading.locale.signs().iter().any(|sign| text.contains(sign));
        other == id && !has_sign && !matches!(form, "rise" | "fall" | "flat" | "fold")
    });
    let is_reported = statement
        .facts()
        .any(|(other, form, _)| other == id && matches!(form, "rise" | "fall" | "flat"));
    let nouns = is_bare && !is_reported;
    for (list, more, sign) in [(&words.rise, &words.up, 1.0), (&words.fall, &words.down, -1.0)] {
        let verb = guards::first(list, typed);
        let said = verb.or_else(|| guards::first(more, typed).filter(|_| nouns));
        let Some((_, at)) = said else { continue };
        let value = reading.value(id).unwrap_or_default();
        let agrees = value * sign > 0.0;
        found.push(
            Diagnostic::error(Code::K0802, message!("a direction is typed next to `{id}`", id))
                .at(reading.place(statement, &typed.text()[at.clone()]))
                .label(message!("typed"))
                .note(match agrees {
                    true => message!(
                        "`{id}` is {value} in this period; in the next it may \
                        change its sign, but the word would stay",
                        id,
                        value = format!("{value:+.1}")
                    ),
                    false => message!(
                        "`{id}` is {value}: the word says the opposite",
                        id,
                        value = format!("{value:+.1}")
                    ),
                })
                .hint(message!(
                    "let the data choose the word: `{{{{ {id} | word(\"rose\", \"fell\", \
                    \"was little changed\") }}}}`, in your language",
                    id
                )),
        );
    }
}

/// A direction typed next to levels only, without a change that shows it.
fn unproven(reading: &Reading<'_>, statement: &Statement<'_>, found: &mut Vec<Diagnostic>) {
    let words = reading.locale.guards();
    let is_reported =
        statement.facts().any(|(_, form, _)| matches!(form, "rise" | "fall" | "flat"));
    let is_level = |id: &str| reading.fact(id).is_some() && !id.ends_with(".threshold");
    let Some((id, ..)) = statement.numbers().find(|(id, ..)| is_level(id)) else { return };
    if is_reported {
        return;
    }
    for (list, sign) in [(&words.rise, 1.0), (&words.fall, -1.0)] {
        let Some((_, at)) = guards::first(list, statement.typed()) else { continue };
        let difference = reading.value(&format!("{id}.difference"));
        found.push(
            Diagnostic::error(
                Code::K0802,
                message!("a direction is typed next to the level `{id}`", id),
            )
            .at(reading.place(statement, &statement.typed().text()[at]))
            .label(message!("typed"))
            .note(match difference {
                Some(value) if value * sign > 0.0 => message!(
                    "it differs by {value} from a \
                        year earlier; in the next period the sign may change, but the word would \
                        stay",
                    value = format!("{value:+.1}")
                ),
                Some(value) => message!(
                    "it differs by {value} from a year earlier: the word says the opposite",
                    value = format!("{value:+.1}")
                ),
                None => message!("it has no earlier value to be compared with"),
            })
            .hint(message!(
                "let the data choose the word: `{{{{ {id}.difference | word(\"rose\", \
                    \"fell\", \"was little changed\") }}}}`, in your language",
                id
            )),
        );
    }
}

/// A change printed in percent although it is close to zero or more than a doubling.
pub(super) fn percentages(
    reading: &Reading<'_>,
    statement: &Statement<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let is_sentence = matches!(statement.spot, Spot::Sentence(_))
        && !matches!(statement.kind, Kind::Head | Kind::Cell);
    for part in statement.parts.iter().filter(|_| is_sentence) {
        let Part::Fact { id, form: "pct1" | "pct0", text } = part else { continue };
        let Some(value) = id.ends_with(".change").then(|| reading.value(id)).flatten() else {
            continue;
        };
        let (what, test) = match Direction::of(value) {
            Some(Direction::Flat) => (message!("too small to be distinguished from zero"), "flat"),
            Some(Direction::Fold) => (
                message!(
                    "twice as much or more, for which a percentage is hard to \
                read"
                ),
                "manifold",
            ),
            _ => continue,
        };
        found.push(
            Diagnostic::error(
                Code::K0814,
                message!("`{id}` is printed as {text}: {what}", id, text, what),
            )
            .at(reading.place(statement, id))
            .note(message!(
                "a change of less than half a percent is written «little changed»; one of 100 \
                    % or more is written «2.5-fold»"
            ))
            .hint(message!(
                "use the condition `{{% if {id} is {test} %}}`, as the macro `by` of \
                    the shipped sections does",
                id,
                test
            )),
        );
    }
}
