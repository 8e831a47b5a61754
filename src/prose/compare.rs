//! The functions behind the operators of templates; see `operators`, which inserts the calls.
//!
//! Facts are compared by value, in one unit and with their precision. A comparison within rounding has no
//! answer, and a sentence that needs it is left out. A fact is neither true nor false, takes no part in
//! arithmetic and is not joined to text. Texts, and numbers computed by the template, are compared as
//! minijinja does if both are of one kind.

use std::cmp::Ordering;
use std::sync::Arc;

use minijinja::value::{ObjectRepr, Rest, Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind};

use super::TemplateContext;
use super::objects::{Name, Number, Printed, Row, When};
use super::operators::{ASKED, ASKED_SURE, COMPARE, EACH, EACH_OR, JOIN, PLACED, PLAIN, SURE};
use super::placeholders::{Token, is_marked};
use crate::diag::{Code, Message};
use crate::document::Inline;
use crate::stats::Time;
use crate::stats::{Fact, Qualifier, Quantity, Value as Said};

/// A refusal with a code and hint of its own.
#[derive(Debug)]
pub(super) struct Refusal {
    /// The code of the problem.
    pub code: Code,
    /// The message.
    pub message: Message,
    /// The remedy, if it has one of its own.
    pub hint: Option<Message>,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}

/// Wraps a refusal in an error of minijinja.
pub(super) fn refusal(code: Code, message: Message, hint: Message) -> Error {
    Error::new(ErrorKind::InvalidOperation, message.to_string()).with_source(Refusal {
        code,
        message,
        hint: Some(hint),
    })
}

/// The kind of an operand.
enum Operand {
    Fact(Number),
    Name(Name),
    Time(Time),
    /// Text made by a filter.
    Words,
    /// A list or table with facts or names.
    List,
    /// An object without a value, as an entry of a register.
    Other,
    /// Text, a number typed or computed in the template, true, false, none.
    Plain,
}

fn operand(value: &Value) -> Operand {
    if let Some(number) = value.downcast_object_ref::<Number>() {
        return Operand::Fact(number.clone());
    }
    if let Some(row) = value.downcast_object_ref::<Row>() {
        return Operand::Fact(row.number());
    }
    if let Some(name) = value.downcast_object_ref::<Name>() {
        return Operand::Name(name.clone());
    }
    if let Some(when) = value.downcast_object_ref::<When>() {
        return Operand::Time(when.time);
    }
    if value.downcast_object_ref::<Printed>().is_some() || value.as_str().is_some_and(is_marked) {
        return Operand::Words;
    }
    let Some(object) = value.as_object() else { return Operand::Plain };
    match object.repr() {
        ObjectRepr::Seq | ObjectRepr::Iterable => {
            let is_plain = |item: Value| matches!(operand(&item), Operand::Plain);
            let is_plain = value.try_iter().is_ok_and(|mut items| items.all(is_plain));
            if is_plain { Operand::Plain } else { Operand::List }
        }
        ObjectRepr::Map => Operand::List,
        _ => Operand::Other,
    }
}

/// The name of an operand in messages.
pub(super) fn called(value: &Value) -> String {
    match operand(value) {
        Operand::Fact(number) => format!("`{}`", number.id()),
        Operand::Name(name) => format!("the name `{}[\"{}\"]`", name.lexicon, name.code),
        Operand::Time(time) => format!("the time {time}"),
        Operand::Words => "words printed by a filter".to_owned(),
        Operand::List => "a list".to_owned(),
        Operand::Other => "an entry".to_owned(),
        Operand::Plain => match value.as_str() {
            Some(text) => format!("the text “{text}”"),
            None => format!("{value}"),
        },
    }
}

/// The error for two operands that cannot be compared; its hint says which can.
fn unlike(left: &Value, right: &Value) -> Error {
    let operands = [left, right].map(operand);
    let has = |is: fn(&Operand) -> bool| operands.iter().any(is);
    let hint = if has(|one| matches!(one, Operand::Words)) {
        message!("compare the fact itself, without a filter: `X1 > 1000`")
    } else if has(|one| matches!(one, Operand::Name(_))) {
        message!(
            "two names are only equal or different; columns of a register are texts: `own.kind == \
        \"city\"`"
        )
    } else if has(|one| matches!(one, Operand::Time(_))) {
        message!(
            "compare a period with a period and a day with a day, or with a text such as `\"2025-H1\"` \
        or `\"2025-06-30\"`"
        )
    } else if has(|one| matches!(one, Operand::Fact(_))) {
        message!(
            "compare a fact with a fact in the same unit, or with a number in its unit: `X1 > 1000`"
        )
    } else {
        message!("compare texts with texts by `==` or `!=`, and numbers with numbers")
    };
    let message = message!(
        "{left} cannot be compared with {right}",
        left = called(left),
        right = called(right)
    );
    refusal(Code::K0409, message, hint)
}

/// The value of a fact to compare. A missing value stops the sentence.
fn known(number: &Number) -> Result<Quantity, Error> {
    number.context.placeholders.ask(&number.id());
    let fact = number.fact();
    let has_members = fact.is_some_and(|fact| fact.series().is_some() || fact.matrix().is_some());
    if has_members && number.member.is_none() && number.plan.is_none() {
        return Err(refusal(
            Code::K0409,
            message!(
                "`{number}` is a series, so it cannot be compared as one number",
                number = number.id()
            ),
            message!(
                "compare a member, for example `{number}[\"…\"]` or `region.value` in a loop over \
                `{number}.members`, or define an indicator for it, such as a count or a sum",
                number = number.id()
            ),
        ));
    }
    match number.quantity() {
        Ok(quantity) if number.is_absolute => {
            Ok(Quantity { value: quantity.value.abs(), ..quantity })
        }
        Ok(quantity) => Ok(quantity),
        Err(reason) => Err(open(number, &reason)),
    }
}

/// A comparison without an answer. Inside a sentence it stops the sentence; elsewhere it stops the build,
/// since the text under the condition would be printed or left out without a reason.
fn open(number: &Number, reason: &str) -> Error {
    if number.context.placeholders.is_in_sentence() {
        number.context.placeholders.miss(&number.id(), reason);
        return Error::new(
            ErrorKind::InvalidOperation,
            format!("the value of `{}` is unknown: {reason}", number.id()),
        );
    }
    refusal(
        Code::K0411,
        message!(
            "the condition `{number}` cannot be decided: {reason}",
            number = number.id(),
            reason
        ),
        message!(
            "put the condition into the sentence, which is then left out; or decide the case first: \
            `{number} is known and …`",
            number = number.id()
        ),
    )
}

/// Whether the qualifier of `q` leaves open how it compares with a number that is smaller by
/// `difference`.
fn is_open_to(q: Quantity, difference: f64) -> bool {
    match q.qualifier {
        None => false,
        Some(Qualifier::MoreThan | Qualifier::AtLeast) => difference <= 0.0,
        Some(Qualifier::Almost | Qualifier::LessThan | Qualifier::AtMost) => difference >= 0.0,
        Some(Qualifier::About) => difference.abs() <= ABOUT * q.value.abs(),
    }
}

/// The tolerance of "about", as a part of the number.
const ABOUT: f64 = 0.05;

/// A number converted by the scale of its unit.
fn times_of(q: Quantity, scale: f64) -> Quantity {
    Quantity { value: q.value * scale, step: q.step * scale, error: q.error * scale, ..q }
}

/// The order of two numbers, or the reason why it is unknown; `names` gives their names for that reason.
fn order(
    a: Quantity,
    b: Quantity,
    names: impl FnOnce() -> (String, String),
) -> Result<Ordering, String> {
    let (difference, error) = (a.value - b.value, a.error + b.error);
    let tiny = 1e-9 * a.value.abs().max(b.value.abs()).max(1e-3);
    let is_equal = difference.abs() <= tiny;
    // "Almost 130 thousand" is below that number by an unknown amount.
    let is_open = is_open_to(a, difference) || is_open_to(b, -difference);
    if is_open || error > tiny && difference.abs() <= error {
        let (a_name, b_name) = names();
        return Err(format!(
            "{a_name} and {b_name} differ by no more than their rounding, so it is unknown which is \
            greater"
        ));
    }
    if is_equal {
        return Ok(Ordering::Equal);
    }
    // Different, but printed alike: 5.04 % is printed as 5.0 %.
    let step = a.step.max(b.step);
    if step > 0.0 && (a.value / step).round() == (b.value / step).round() {
        let (a_name, b_name) = names();
        return Err(format!("{a_name} and {b_name} are the same number when printed"));
    }
    Ok(difference.total_cmp(&0.0))
}

fn holds(operator: &str, order: Ordering) -> bool {
    match operator {
        "==" => order.is_eq(),
        "!=" => order.is_ne(),
        "<" => order.is_lt(),
        "<=" => order.is_le(),
        ">" => order.is_gt(),
        _ => order.is_ge(),
    }
}

/// A number in the template as a quantity without error.
fn typed(value: &Value) -> Option<Quantity> {
    let value = (value.kind() == ValueKind::Number).then(|| f64::try_from(value.clone()).ok())?;
    value.map(|value| Quantity { step: 0.0, error: 0.0, ..Quantity::exact(value) })
}

/// Compares two texts, two numbers, or two other values of the template.
fn plain(operator: &str, left: &Value, right: &Value) -> Result<bool, Error> {
    let kinds = (left.kind(), right.kind());
    let is_asked = matches!(operator, "==" | "!=");
    let is_nothing = |kind| matches!(kind, ValueKind::None | ValueKind::Bool);
    let is_fit = match kinds {
        (ValueKind::Number, ValueKind::Number) => true,
        (a, b) => is_asked && (a == b || is_nothing(a) || is_nothing(b)),
    };
    if !is_fit {
        return Err(unlike(left, right));
    }
    Ok(match operator {
        "==" => left == right,
        "!=" => left != right,
        _ => holds(operator, left.cmp(right)),
    })
}

fn compare(operator: &str, left: &Value, right: &Value) -> Result<bool, Error> {
    if left.is_undefined() || right.is_undefined() {
        return Err(ErrorKind::UndefinedError.into());
    }
    if matches!(operator, "in" | "not in") {
        return Ok(is_within(left, right)? == (operator == "in"));
    }
    match (operand(left), operand(right)) {
        (Operand::Plain, Operand::Plain) => plain(operator, left, right),
        (Operand::Fact(a), Operand::Fact(b)) => {
            let (one, other) = (known(&a)?, known(&b)?);
            let (a_unit, b_unit) = (a.unit(), b.unit());
            if a_unit.dimension() != b_unit.dimension() {
                return Err(refusal(
                    Code::K0409,
                    message!(
                        "`{a}` is in {a_2}, and `{b}` is in {b_2}",
                        a = a.id(),
                        a_2 = a.unit().0,
                        b = b.id(),
                        b_2 = b.unit().0
                    ),
                    message!("compare facts with the same unit"),
                ));
            }
            let names = || (format!("`{}`", a.id()), format!("`{}`", b.id()));
            // Thousand persons and persons have one dimension.
            let (one, other) = (times_of(one, a_unit.scale()), times_of(other, b_unit.scale()));
            match order(one, other, names) {
                Ok(order) => Ok(holds(operator, order)),
                Err(reason) => Err(open(&a, &reason)),
            }
        }
        (Operand::Fact(a), Operand::Plain) if typed(right).is_some() => {
            by_number(operator, &a, right)
        }
        (Operand::Plain, Operand::Fact(b)) if typed(left).is_some() => {
            let turned = match operator {
                "<" => ">",
                "<=" => ">=",
                ">" => "<",
                ">=" => "<=",
                same => same,
            };
            by_number(turned, &b, left)
        }
        (Operand::Name(a), Operand::Name(b)) if matches!(operator, "==" | "!=") => {
            let is_one = a.lexicon == b.lexicon && a.code == b.code;
            Ok(is_one == (operator == "=="))
        }
        (Operand::Time(a), Operand::Time(b)) => {
            times(operator, a, b).ok_or_else(|| unlike(left, right))
        }
        (Operand::Time(a), Operand::Plain) => {
            let b = right.as_str().and_then(|text| text.parse().ok());
            b.and_then(|b| times(operator, a, b)).ok_or_else(|| unlike(left, right))
        }
        (Operand::Plain, Operand::Time(b)) => {
            let a = left.as_str().and_then(|text| text.parse().ok());
            a.and_then(|a| times(operator, a, b)).ok_or_else(|| unlike(left, right))
        }
        _ => Err(unlike(left, right)),
    }
}

fn by_number(operator: &str, fact: &Number, number: &Value) -> Result<bool, Error> {
    let (quantity, typed) = (known(fact)?, typed(number).unwrap_or(Quantity::exact(0.0)));
    match order(quantity, typed, || (format!("`{}`", fact.id()), number.to_string())) {
        Ok(order) => Ok(holds(operator, order)),
        Err(reason) => Err(open(fact, &reason)),
    }
}

/// Compares two days, or two periods of one length. A period is before another if it ends before that
/// one.
fn times(operator: &str, a: Time, b: Time) -> Option<bool> {
    if matches!(operator, "==" | "!=") {
        return Some((a == b) == (operator == "=="));
    }
    match (a, b) {
        (Time::At(a), Time::At(b)) => Some(holds(operator, a.cmp(&b))),
        (Time::Over(a), Time::Over(b)) if a.span() == b.span() => {
            Some(holds(operator, (a.start, a.end).cmp(&(b.start, b.end))))
        }
        _ => None,
    }
}

/// Whether a list, table or text contains something.
fn is_within(left: &Value, right: &Value) -> Result<bool, Error> {
    if let (Some(part), Operand::Plain, Some(text)) =
        (left.as_str(), operand(left), right.as_str().filter(|text| !is_marked(text)))
    {
        return Ok(text.contains(part));
    }
    match (right.kind(), operand(right)) {
        (_, Operand::Fact(_)) | (ValueKind::String, _) => Err(unlike(left, right)),
        (ValueKind::Seq | ValueKind::Iterable, _) => {
            for item in right.try_iter()? {
                if compare("==", left, &item)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        _ => Err(unlike(left, right)),
    }
}

/// Evaluates a chain of comparisons between neighbours.
fn chain(parts: &[Value]) -> Result<bool, Error> {
    let mut rest = parts;
    while let [left, operator, right, ..] = rest {
        if !compare(operator.as_str().unwrap_or_default(), left, right)? {
            return Ok(false);
        }
        rest = &rest[2..];
    }
    Ok(true)
}

/// Returns a value that may be a condition; refuses facts and words.
fn sure(value: Value) -> Result<Value, Error> {
    match operand(&value) {
        Operand::Fact(number) => Err(refusal(
            Code::K0410,
            message!("`{number}` is a number, not true or false", number = number.id()),
            message!(
                "write the condition that you need: `{number} is known`, or a comparison such as \
                `{number} > 0`",
                number = number.id()
            ),
        )),
        Operand::Words => Err(refusal(
            Code::K0410,
            message!("words printed by a filter are not true or false"),
            message!("use a condition on the fact: `X1 is known`, `X1 > 0`"),
        )),
        _ => Ok(value),
    }
}

/// Returns a value that may take part in arithmetic: a number of the template itself.
fn calculable(value: Value) -> Result<Value, Error> {
    match operand(&value) {
        Operand::Plain => Ok(value),
        _ => Err(refusal(
            Code::K0412,
            message!("the template computes with {value}", value = called(&value)),
            message!(
                "define an indicator in `indicators.toml`: then the result has a unit, a formula, its \
            rows and its precision"
            ),
        )),
    }
}

/// Returns a value that a loop may iterate over.
fn each(context: &TemplateContext, value: Value, is_needed: bool) -> Result<Value, Error> {
    let Some(number) = value.downcast_object_ref::<Number>() else {
        if value.downcast_object_ref::<Row>().is_some() {
            return Err(one_number(&called(&value)));
        }
        return Ok(value);
    };
    match number.fact() {
        Some(fact) if fact.series().is_some() && number.member.is_none() => {}
        Some(fact) if fact.missing().is_some() => {}
        None if number.plan.is_none() => {}
        Some(fact) if fact.matrix().is_some() && number.member.is_none() => {
            return Err(refusal(
                Code::K0415,
                message!(
                    "`{number}` is a matrix, so a loop cannot run over it",
                    number = number.id()
                ),
                message!(
                    "make a series of it: the indicator `flows` lists the largest flows of a matrix"
                ),
            ));
        }
        _ => return Err(one_number(&called(&value))),
    }
    let series = number.fact().and_then(Fact::series);
    if is_needed && series.is_none_or(|series| series.members.is_empty()) {
        let reason = number.fact().and_then(Fact::missing).unwrap_or(EMPTY).to_owned();
        if context.placeholders.is_in_sentence() {
            context.placeholders.miss(&number.id(), &reason);
            return Err(Error::new(
                ErrorKind::InvalidOperation,
                format!("`{}` has no members: {reason}", number.id()),
            ));
        }
    }
    Ok(value)
}

/// Tests for presence or form. A missing fact has an answer to them or does not pass, which claims
/// nothing.
const OF_PRESENCE: [&str; 4] = ["known", "missing", "unpublished", "own"];
/// Tests for a form that only a known fact has. Outside a sentence the printed fact itself is missing
/// too.
const OF_FORM: [&str; 3] = ["several", "few", "on_a_day"];

/// Returns the operand of a test. If the text says something about what does not pass (`is_sure`), a
/// missing fact stops the sentence: a fact that is not known to be provisional must not be called final.
fn asked(value: Value, test: &str, is_sure: bool) -> Result<Value, Error> {
    let number = match operand(&value) {
        Operand::Fact(number) if !OF_PRESENCE.contains(&test) => number,
        _ => return Ok(value),
    };
    number.context.placeholders.ask(&number.id());
    let is_in_sentence = number.context.placeholders.is_in_sentence();
    match unanswered(&number, test) {
        Some(reason) if is_sure && (is_in_sentence || !OF_FORM.contains(&test)) => {
            Err(open(&number, &reason))
        }
        _ => Ok(value),
    }
}

/// The reason why a test has no answer for a number, if there is one.
fn unanswered(number: &Number, test: &str) -> Option<String> {
    let lack = |number: &Number| {
        let missing = number.fact().and_then(Fact::missing).map(str::to_owned);
        match number.is_known() {
            true => None,
            false => Some(
                missing
                    .unwrap_or_else(|| number.quantity().err().unwrap_or_else(|| EMPTY.to_owned())),
            ),
        }
    };
    match test {
        "highest" | "lowest" => lack(number).or_else(|| {
            let is_open = number.fact()?.series()?.is_extreme_open(test == "highest");
            is_open.then(|| "it has too few consecutive years".to_owned())
        }),
        "turned" => lack(number)
            .or_else(|| lack(&Number::new(&number.context, &format!("{}.base", number.fact)))),
        _ => lack(number),
    }
}

/// Returns members that may be accessed by index: a ranking without ties.
fn placed(value: Value) -> Result<Value, Error> {
    let Operand::List = operand(&value) else { return Ok(value) };
    let Ok(items) = value.try_iter() else { return Ok(value) };
    let rows: Vec<Row> = items.filter_map(|i| i.downcast_object_ref::<Row>().cloned()).collect();
    let Some(first) = rows.first() else { return Ok(value) };
    let fact = first.number().fact().cloned();
    let is_ranked = matches!(fact.as_ref().map(|fact| &fact.value), Some(Said::Members(_)));
    let values: Vec<f64> =
        rows.iter().filter_map(|row| Some(row.number().quantity().ok()?.value)).collect();
    let has_ties = values.windows(2).any(|pair| pair[0] == pair[1]);
    if is_ranked && !has_ties {
        return Ok(value);
    }
    let message = match is_ranked {
        true => message!(
            "two members of `{fact}` have the same value, but one is selected by its position",
            fact = first.fact
        ),
        false => message!(
            "a member of `{fact}` is selected by its position, which does not depend on its value",
            fact = first.fact
        ),
    };
    Err(refusal(
        Code::K0418,
        message,
        message!(
            "rank the members by an indicator, which finds equal values: `largest = {{ of = \"{fact}\", \
            top = 1 }}`; or name the member by its code",
            fact = first.fact
        ),
    ))
}

/// The reason why a series without members cannot be printed.
pub(super) const EMPTY: &str = "it has no members";

fn one_number(what: &str) -> Error {
    refusal(
        Code::K0415,
        message!("{what} is a single number and has no members", what),
        message!("name a series: an indicator with `by`, or `members` of one"),
    )
}

/// Joins two texts; text made by a filter keeps its placeholder.
fn join(context: &TemplateContext, left: &Value, right: &Value) -> Result<Value, Error> {
    if left.is_undefined() || right.is_undefined() {
        return Err(ErrorKind::UndefinedError.into());
    }
    let mut is_marks = false;
    for value in [left, right] {
        match operand(value) {
            Operand::Plain if value.as_object().is_none() => is_marks |= value.is_safe(),
            Operand::Words => is_marks = true,
            _ => {
                return Err(refusal(
                    Code::K0412,
                    message!("{value} is joined to text without a filter", value = called(value)),
                    message!(
                        "print it by a filter first, for example `(X1 | int) ~ \" …\"`, or write the \
                    text next to it: `{{{{ X1 | int }}}} …`"
                    ),
                ));
            }
        }
    }
    if !is_marks {
        return Ok(Value::from(format!("{left}{right}")));
    }
    let part = |value: &Value| match value.downcast_object_ref::<Printed>() {
        Some(printed) => printed.mark.clone(),
        None if value.is_safe() => value.to_string(),
        None => context.placeholders.keep(Token::Inline(vec![Inline::text(value.to_string())])),
    };
    Ok(Value::from_safe_string(part(left) + &part(right)))
}

/// Adds the functions that `operators` calls.
pub(super) fn install(env: &mut Environment<'static>, context: &Arc<TemplateContext>) {
    env.add_function(COMPARE, |parts: Rest<Value>| chain(&parts));
    env.add_function(SURE, sure);
    env.add_function(PLAIN, calculable);
    env.add_function(PLACED, placed);
    for (name, is_sure) in [(ASKED, false), (ASKED_SURE, true)] {
        env.add_function(name, move |value: Value, test: &str| asked(value, test, is_sure));
    }
    for (name, is_needed) in [(EACH, true), (EACH_OR, false)] {
        let at = context.clone();
        env.add_function(name, move |value: Value| each(&at, value, is_needed));
    }
    let at = context.clone();
    env.add_function(JOIN, move |left: Value, right: Value| join(&at, &left, &right));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(a: Quantity, b: Quantity) -> Option<Ordering> {
        order(a, b, || ("a".into(), "b".into())).ok()
    }

    #[test]
    fn exact_numbers_are_compared_by_value() {
        let exact = Quantity::exact;
        assert_eq!(ordered(exact(3_518.0), exact(11_267.0)), Some(Ordering::Less));
        assert_eq!(ordered(exact(0.0), exact(0.0)), Some(Ordering::Equal));
        assert_eq!(ordered(exact(-0.0), exact(0.0)), Some(Ordering::Equal));
        assert_eq!(ordered(exact(12_000.0), exact(12_001.0)), Some(Ordering::Less));
    }

    #[test]
    fn what_lies_within_rounding_is_not_decided() {
        let thousands = |value| Quantity::rounded(value, 1_000.0);
        assert_eq!(ordered(thousands(12_000.0), Quantity::exact(12_400.0)), None);
        assert_eq!(ordered(thousands(12_000.0), Quantity::exact(12_600.0)), Some(Ordering::Less));
        assert_eq!(ordered(thousands(12_000.0), thousands(12_000.0)), None);
        assert_eq!(ordered(thousands(12_000.0), thousands(14_000.0)), Some(Ordering::Less));
    }

    #[test]
    fn what_the_source_says_beside_a_number_counts() {
        let said =
            |value, qualifier| Quantity { qualifier: Some(qualifier), ..Quantity::exact(value) };
        let more = said(12_000.0, Qualifier::MoreThan);
        assert_eq!(ordered(more, Quantity::exact(11_000.0)), Some(Ordering::Greater));
        assert_eq!(ordered(more, Quantity::exact(13_000.0)), None);
        let almost = said(12_000.0, Qualifier::Almost);
        assert_eq!(ordered(almost, Quantity::exact(13_000.0)), Some(Ordering::Less));
        assert_eq!(ordered(almost, Quantity::exact(11_900.0)), None);
        assert_eq!(ordered(said(12_000.0, Qualifier::About), Quantity::exact(12_100.0)), None);
    }

    #[test]
    fn what_is_printed_alike_is_not_distinguished() {
        let percent = |value| Quantity { step: 0.1, ..Quantity::exact(value) };
        let typed = |value| Quantity { step: 0.0, ..Quantity::exact(value) };
        assert_eq!(ordered(percent(5.04), typed(5.0)), None);
        assert_eq!(ordered(percent(5.06), typed(5.0)), Some(Ordering::Greater));
        assert_eq!(ordered(percent(5.0), typed(5.0)), Some(Ordering::Equal));
    }
}
