//! Filters, tests and functions of templates. They are a closed set.
//!
//! A filter words one value in the edition's language. To add one, add it here and to
//! `docs/templates.md`.

use std::sync::Arc;

use minijinja::value::{Kwargs, Rest, Value};
use minijinja::{Environment, Error, ErrorKind, State};

use super::TemplateContext;
use super::blanks;
use super::compare::{self, EMPTY, refusal};
use super::objects::{Name, Names, Number, Printed, Row, When};
use super::placeholders::Token;
use crate::data::SourceKind;
use crate::diag::{Code, Diagnostic, Message};
use crate::document::Inline;
use crate::locale::{Direction, Sign, listed};
use crate::stats::{Absence, Fact, Flag, Quantity, Series, Unit};

/// Adds everything that a template may call.
pub(super) fn install(env: &mut Environment<'static>, context: &Arc<TemplateContext>) {
    numbers(env);
    measured(env);
    in_words(env);
    words(env, context);
    tests(env);
    tests_of_kind(env);
    functions(env, context);
    blocks(env, context);
}

fn refuse<T>(message: Message) -> Result<T, Error> {
    Err(Error::new(ErrorKind::InvalidOperation, message.to_string())
        .with_source(compare::Refusal { code: Code::K0402, message, hint: None }))
}

/// The number object in a value, or an error with what was expected.
fn number(value: &Value) -> Result<Number, Error> {
    if let Some(number) = value.downcast_object_ref::<Number>() {
        Ok(number.clone())
    } else if let Some(row) = value.downcast_object_ref::<Row>() {
        Ok(row.number())
    } else {
        refuse(message!("this filter prints a fact, not {value}", value = compare::called(value)))
    }
}

/// The quantity to print; a missing one stops its sentence.
fn quantity(number: &Number) -> Result<Quantity, Error> {
    match number.quantity() {
        Ok(quantity) if number.context.placeholders.is_in_sentence() => Ok(quantity),
        Ok(_) => refuse(message!(
            "`{number}` is printed outside a sentence: put it into {{% call sentence(\"…\") %}}",
            number = number.id()
        )),
        Err(_) if number.is_blank() => Ok(STAND_IN),
        Err(reason) => {
            number.context.placeholders.miss(&number.id(), &reason);
            refuse(message!("`{number}` is missing: {reason}", number = number.id(), reason))
        }
    }
}

/// What is worded in place of a missing number; its digits become a blank. Nouns have the form that most
/// numbers need.
const STAND_IN: Quantity = Quantity { value: 5.0, step: 1.0, error: 0.0, qualifier: None };

fn print(context: &Arc<TemplateContext>, inlines: Vec<Inline>) -> Value {
    Value::from_object(Printed { mark: context.placeholders.keep(Token::Inline(inlines)) })
}

fn print_fact(number: &Number, form: &str, text: String) -> Value {
    let text = if number.is_blank() { blanks::without_digits(&text) } else { text };
    print(&number.context, vec![Inline::Fact { id: number.id(), form: form.to_owned(), text }])
}

fn sign_of(number: &Number) -> Sign {
    match (number.is_absolute, number.is_signed()) {
        (true, _) => Sign::Never,
        (false, true) => Sign::Always,
        (false, false) => Sign::Auto,
    }
}

/// Refuses a number whose unit does not suit the filter.
fn of_unit(number: &Number, fits: impl Fn(&Unit) -> bool, wanted: Message) -> Result<(), Error> {
    let unit = number.unit();
    // A missing number has no unit to check.
    if number.is_blank() || fits(&unit) {
        return Ok(());
    }
    let hint = match &*unit.0 {
        Unit::PERCENT => message!("print it with `pct1` or `pct0`"),
        Unit::POINTS | Unit::INDEX_POINTS => message!("print it with `points`"),
        Unit::INDEX => message!("print it with `dec1`"),
        per if per.starts_with("per-") => message!("print it with `dec1`"),
        million if million.starts_with("million-") => {
            message!("print it with `billions`, or with `int` and the word of its scale")
        }
        _ => message!("print it with `int` or `signed`"),
    };
    let message = message!(
        "`{number}` is in {unit}, not {wanted}",
        number = number.id(),
        unit = unit.0,
        wanted
    );
    Err(refusal(Code::K0413, message, hint))
}

/// A count or sum, which `int`, `signed` and `counted` print.
fn counted(number: &Number) -> Result<Quantity, Error> {
    // A missing number has no unit to check.
    let quantity = quantity(number)?;
    of_unit(number, Unit::is_count, message!("a count"))?;
    Ok(quantity)
}

/// Whether a number has a direction: a balance, a difference or a change.
fn is_movement(number: &Number) -> bool {
    let is_part = |part: &str| number.fact.ends_with(part);
    let is_whole = number.member.is_none_or(|(_, is_base)| !is_base);
    number.is_signed() || is_whole && (is_part(".change") || is_part(".difference"))
}

/// Filters that print a number alone.
fn numbers(env: &mut Environment<'static>) {
    env.add_filter("abs", |value: &Value| -> Result<Value, Error> {
        Ok(Value::from_object(Number { is_absolute: true, ..number(value)? }))
    });
    env.add_filter("int", |value: &Value| -> Result<Value, Error> {
        let number = number(value)?;
        let text = number.context.locale.integer(counted(&number)?, sign_of(&number));
        Ok(print_fact(&number, "int", text))
    });
    // 1,326 thousand become 1.33 million; numbers below a million stay unchanged.
    env.add_filter("compact", |value: &Value| -> Result<Value, Error> {
        let number = number(value)?;
        let text = number.context.locale.compact(counted(&number)?, sign_of(&number));
        Ok(print_fact(&number, "compact", text))
    });
    env.add_filter("ordinal", |value: &Value, form: &str| -> Result<Value, Error> {
        let number = number(value)?;
        match number.context.locale.ordinal(counted(&number)?, form) {
            Ok(Some(text)) => Ok(print_fact(&number, "ordinal", text.to_owned())),
            Ok(None) => {
                let reason = message!("the language has no ordinal `{form}` for it", form);
                number.context.placeholders.miss(&number.id(), &reason);
                refuse(message!("`{number}`: {reason}", number = number.id(), reason))
            }
            Err(found) => refuse(messages(&found)),
        }
    });
    env.add_filter("signed", |value: &Value| -> Result<Value, Error> {
        let number = number(value)?;
        let text = number.context.locale.integer(counted(&number)?, Sign::Always);
        Ok(print_fact(&number, "signed", text))
    });
}

/// Filters for numbers in units of their own: percent, points, money.
fn measured(env: &mut Environment<'static>) {
    for (name, decimals) in [("pct2", 2), ("pct1", 1), ("pct0", 0)] {
        env.add_filter(name, move |value: &Value| -> Result<Value, Error> {
            let number = number(value)?;
            let quantity = quantity(&number)?;
            of_unit(&number, |unit| &*unit.0 == Unit::PERCENT, message!("in percent"))?;
            let text = number.context.locale.percent(quantity, decimals, sign_of(&number));
            Ok(print_fact(&number, name, text))
        });
    }
    env.add_filter("dec1", |value: &Value| -> Result<Value, Error> {
        let number = number(value)?;
        let quantity = quantity(&number)?;
        let is_plain =
            |unit: &Unit| !matches!(&*unit.0, Unit::PERCENT | Unit::POINTS | Unit::INDEX_POINTS);
        of_unit(&number, is_plain, message!("a plain number"))?;
        let text = number.context.locale.decimal_in_words(quantity, sign_of(&number));
        Ok(print_fact(&number, "dec1", text))
    });
    // A number in millions, printed in thousands of millions.
    env.add_filter("billions", |value: &Value| -> Result<Value, Error> {
        let number = number(value)?;
        let quantity = quantity(&number)?;
        of_unit(&number, |unit| unit.0.starts_with("million-"), message!("in millions"))?;
        let thousands = Quantity {
            value: quantity.value / 1000.0,
            step: quantity.step / 1000.0,
            error: quantity.error / 1000.0,
            ..quantity
        };
        let text = number.context.locale.decimal_in_words(thousands, sign_of(&number));
        Ok(print_fact(&number, "billions", text))
    });
    env.add_filter("points", |value: &Value| -> Result<Value, Error> {
        let number = number(value)?;
        let quantity = quantity(&number)?;
        let is_points = |unit: &Unit| matches!(&*unit.0, Unit::POINTS | Unit::INDEX_POINTS);
        of_unit(&number, is_points, message!("in points"))?;
        let locale = &number.context.locale;
        let text = match &*number.unit().0 {
            Unit::INDEX_POINTS => locale.index_points(quantity, 1, sign_of(&number)),
            _ => locale.points(quantity, 1, sign_of(&number)),
        };
        Ok(print_fact(&number, "points", text))
    });
    env.add_filter("fold", |value: &Value| -> Result<Value, Error> {
        let number = number(value)?;
        let change = quantity(&number)?;
        of_unit(&number, |unit| &*unit.0 == Unit::PERCENT, message!("in percent"))?;
        if !number.fact.ends_with(".change") {
            return Err(refusal(
                Code::K0413,
                message!("`{number}` is a share or a level, not a change", number = number.id()),
                message!(
                    "`fold` prints how many times larger a value is: use it with a change, for \
                    example `{fact}.change`",
                    fact = number.fact
                ),
            ));
        }
        Ok(print_fact(&number, "fold", number.context.locale.fold(change)))
    });
}

/// Filters that print a number with a noun, or choose a word by it.
fn in_words(env: &mut Environment<'static>) {
    env.add_filter("counted", |value: &Value, noun: &str| -> Result<Value, Error> {
        let number = number(value)?;
        let quantity = counted(&number)?;
        if let Some(units) = number.context.locale.guards().nouns.get(noun)
            && !number.is_blank()
            && !units.iter().any(|unit| unit == number.unit().dimension())
        {
            return Err(refusal(
                Code::K0413,
                message!("`{number}` is in {number_2}, but `{noun}` counts {units}", number = number.id(), number_2 = number.unit().0, noun, units = units.join(", ")),
                message!("use a noun for this unit; the nouns are in `[nouns]` of the language file, and \
                their units in `[guards.nouns]`"),
            ));
        }
        match number.context.locale.counted(quantity, noun) {
            Ok(text) => Ok(print_fact(&number, "counted", text)),
            Err(found) => refuse(messages(&found)),
        }
    });
    env.add_filter(
        "word",
        |value: &Value, up: &str, down: &str, flat: &str| -> Result<Value, Error> {
            let number = number(value)?;
            quantity(&number)?;
            if !is_movement(&number) {
                return Err(refusal(
                    Code::K0413,
                    message!("`{number}` is a level, which has no direction", number = number.id()),
                    message!("`word` chooses by the sign of a balance, a difference or a change, for \
                        example `{fact}.change` or `{fact}.difference`", fact = number.fact),
                ));
            }
            let said = |word: &str| !word.trim().is_empty();
            if up == down || !said(up) || !said(down) {
                return Err(refusal(
                    Code::K0413,
                    message!("“{up}” and “{down}” do not distinguish a rise from a fall", up, down),
                    message!("give a different word for each direction; type words that do not depend on the \
                    direction outside of the filter"),
                ));
            }
            if number.is_blank() {
                return Ok(print_fact(&number, "rise", format!("{up}/{down}")));
            }
            let is_change = number.unit().0.as_ref() == Unit::PERCENT;
            let direction = match number.said().unwrap_or(f64::NAN) {
                v if is_change => Direction::of(v),
                v if v > 0.0 => Some(Direction::Rise),
                v if v < 0.0 => Some(Direction::Fall),
                _ => Some(Direction::Flat),
            };
            let (form, text) = match direction {
                Some(Direction::Rise | Direction::Fold) => ("rise", up),
                Some(Direction::Fall) => ("fall", down),
                Some(Direction::Flat) | None => ("flat", flat),
            };
            Ok(print_fact(&number, form, text.to_owned()))
        },
    );
}

/// The reason why a number that is not missing cannot be cited.
const UNSOURCED: &str = "it has no source to cite";

fn messages(found: &[Diagnostic]) -> Message {
    let messages = found.iter().map(|d| match d.hints.is_empty() {
        true => d.message.clone(),
        false => {
            let hints = Message::joined(d.hints.iter().cloned(), "; ");
            message!("{message} ({hints})", message = d.message, hints)
        }
    });
    Message::joined(messages, "; ")
}

/// The reason why a series has no members; `None` for one that has some, and for a number.
fn without_members(number: &Number) -> Option<String> {
    let fact = number.fact();
    let is_empty = match fact.and_then(Fact::series) {
        Some(series) => series.members.is_empty(),
        None => fact.is_none_or(|fact| fact.missing().is_some()),
    };
    is_empty.then(|| fact.and_then(Fact::missing).unwrap_or(EMPTY).to_owned())
}

/// Names, periods and days in a form of the language.
fn formed(value: &Value, form: &str) -> Result<Value, Error> {
    if let Some(row) = value.downcast_object_ref::<Row>() {
        return match row.name() {
            Some(name) => name_in(&name, form),
            None => refuse(message!("this member has no name")),
        };
    }
    if let Some(name) = value.downcast_object_ref::<Name>() {
        return name_in(name, form);
    }
    if let Some(when) = value.downcast_object_ref::<When>() {
        return match when.context.locale.time(when.time, form) {
            Ok(text) => {
                let (id, form) = (format!("time:{}", when.time), "time".to_owned());
                Ok(print(&when.context, vec![Inline::Fact { id, form, text }]))
            }
            Err(found) => refuse(messages(&found)),
        };
    }
    // The years of a series that has none.
    if let Some(number) = value.downcast_object_ref::<Number>()
        && let Some(reason) = without_members(number)
    {
        number.context.placeholders.miss(&number.fact, &reason);
        return refuse(message!("`{fact}` has no years: {reason}", fact = number.fact, reason));
    }
    refuse(message!(
        "`{form}` prints a name or a period, not {value}",
        form,
        value = compare::called(value)
    ))
}

fn name_in(name: &Name, form: &str) -> Result<Value, Error> {
    match name.context.locale.name(&name.lexicon, &name.code, form) {
        Ok(text) => Ok(print(&name.context, vec![named(name, text)])),
        Err(found) => refuse(messages(&found)),
    }
}

fn named(name: &Name, text: &str) -> Inline {
    Inline::Fact {
        id: format!("{}:{}", name.lexicon, name.code),
        form: "name".to_owned(),
        text: text.to_owned(),
    }
}

fn words(env: &mut Environment<'static>, context: &Arc<TemplateContext>) {
    for form in context.locale.forms() {
        let known = form.clone();
        env.add_filter(form, move |value: &Value| formed(value, &known));
    }
    // {{ R1_years | since }}: the year since which the last value is the highest or lowest.
    env.add_filter("since", |value: &Value| -> Result<Value, Error> {
        let number = number(value)?;
        let known = number.fact().and_then(Fact::series);
        let is_of_years = |series: &Series| {
            series.members.iter().all(|member| member.code.parse::<i16>().is_ok())
        };
        let is_other = number.fact().is_some_and(|fact| fact.missing().is_none());
        if is_other && (number.member.is_some() || !known.is_some_and(is_of_years)) {
            return Err(refusal(
                Code::K0413,
                message!("`{number}` is not a series over years", number = number.id()),
                message!("`since` prints the year since which the last value of a series is the highest or \
                lowest: use an indicator with `years`"),
            ));
        }
        match known.and_then(|series| series.extreme(true).or(series.extreme(false))) {
            Some(year) => Ok(print_fact(&number, "since", year.to_owned())),
            None => {
                number.context.placeholders.miss(&number.fact, "its last value is not an extreme");
                refuse(message!("the last value of `{fact}` is not an extreme", fact = number.fact))
            }
        }
    });
    env.add_filter("form", |value: &Value, form: &str| formed(value, form));
    // {{ I4_top | list("nom", "signed") }}: names in a case, each with its value in brackets.
    env.add_filter(
        "list",
        |value: &Value, form: &str, style: Option<&str>| -> Result<Value, Error> {
            let number = number(value)?;
            let series = number.fact().and_then(Fact::series).filter(|_| number.member.is_none());
            if series.is_none() && number.is_known() {
                return Err(refusal(
                    Code::K0415,
                    message!(
                        "`{number}` is a single number and has no members to list",
                        number = number.id()
                    ),
                    message!("name a series: an indicator with `by`, or `members` of one"),
                ));
            }
            let Some(series) = series.filter(|series| !series.members.is_empty()) else {
                let reason = number.fact().and_then(Fact::missing).unwrap_or(EMPTY).to_owned();
                number.context.placeholders.miss(&number.fact, &reason);
                return refuse(message!(
                    "`{fact}` has no members to list: {reason}",
                    fact = number.fact,
                    reason
                ));
            };
            let mut items = vec![];
            for index in 0..listed(series.members.len()) {
                let row = Row { context: number.context.clone(), fact: number.fact.clone(), index };
                let Some(name) = row.name() else { continue };
                let text = match name.context.locale.name(&name.lexicon, &name.code, form) {
                    Ok(text) => text.to_owned(),
                    Err(found) => return refuse(messages(&found)),
                };
                let mut item = vec![named(&name, &text)];
                if let Some(style) = style {
                    let one = row.number();
                    let sign = match style {
                        "signed" => Sign::Always,
                        "int" => Sign::Auto,
                        _ => {
                            return refuse(message!(
                                "`{style}` is not a style of a list: use \"int\" or \"signed\"",
                                style
                            ));
                        }
                    };
                    let text = number.context.locale.integer(counted(&one)?, sign);
                    item.push(Inline::text(" ("));
                    item.push(Inline::Fact { id: one.id(), form: style.to_owned(), text });
                    item.push(Inline::text(")"));
                }
                items.push(item);
            }
            let rest = series.members.len() - listed(series.members.len());
            Ok(print(&number.context, join(&number.context, items, rest)))
        },
    );
}

/// Joins items with the separators of the language, which are found by joining markers.
fn join(context: &TemplateContext, items: Vec<Vec<Inline>>, rest: usize) -> Vec<Inline> {
    // Markers replace the items while the locale joins them.
    let marks: Vec<String> = (0..items.len()).map(|i| format!("\u{FDD2}{i}\u{FDD3}")).collect();
    let joined = context.locale.list(&marks, rest);
    let mut inlines = vec![];
    let mut left = joined.as_str();
    for (mark, item) in marks.iter().zip(items) {
        if let Some((before, after)) = left.split_once(mark.as_str()) {
            if !before.is_empty() {
                inlines.push(Inline::text(before));
            }
            inlines.extend(item);
            left = after;
        }
    }
    if !left.is_empty() {
        inlines.push(Inline::text(left));
    }
    inlines
}

/// The value that a test is about. A missing value passes no test; in a sentence, whose text may depend
/// on the opposite case, it stops the sentence.
fn valued(number: &Number) -> Result<Option<Quantity>, Error> {
    match number.quantity() {
        Ok(quantity) => Ok(Some(quantity)),
        Err(reason) if number.context.placeholders.is_in_sentence() => {
            number.context.placeholders.miss(&number.id(), &reason);
            refuse(message!("`{number}` is missing: {reason}", number = number.id(), reason))
        }
        Err(_) => Ok(None),
    }
}

/// Tests of a number's value or sign.
fn tests(env: &mut Environment<'static>) {
    let known = |value: &Value| number(value).is_ok_and(|n| n.is_known());
    env.add_test("known", move |value: &Value| known(value));
    env.add_test("missing", move |value: &Value| !known(value));
    // Declared as not published, with a source; a number that is merely not in the data does not pass.
    env.add_test("unpublished", |value: &Value| {
        let number = number(value).ok();
        let absence = number.as_ref().and_then(|n| n.fact()?.absence());
        let is_declared = absence == Some(Absence::NotPublished);
        if let Some(number) = number.filter(|_| is_declared) {
            number.context.placeholders.declare();
        }
        is_declared
    });
    // A test looks at the printed digits of a number.
    let compare = |value: &Value, holds: fn(f64) -> bool| -> Result<bool, Error> {
        let number = number(value)?;
        Ok(valued(&number)?.is_some() && number.said().is_some_and(holds))
    };
    env.add_test("positive", move |value: &Value| compare(value, |v| v > 0.0));
    env.add_test("negative", move |value: &Value| compare(value, |v| v < 0.0));
    for (name, direction) in [("flat", Direction::Flat), ("manifold", Direction::Fold)] {
        env.add_test(name, move |value: &Value| -> Result<bool, Error> {
            let number = number(value)?;
            let Some(quantity) = valued(&number)? else { return Ok(false) };
            of_unit(&number, |unit| &*unit.0 == Unit::PERCENT, message!("in percent"))?;
            Ok(Direction::of(quantity.value) == Some(direction))
        });
    }
    env.add_test("complete", |value: &Value| {
        number(value).ok().and_then(|n| Some(n.fact()?.is_complete())).unwrap_or(false)
    });
    // Read in a publication that reports another body's figures.
    env.add_test("reported", |value: &Value| {
        let Ok(number) = number(value) else { return false };
        let sources = &number.context.edition.data.sources;
        let is_reported = |key: &Arc<str>| {
            sources.get(key).and_then(|source| source.kind) == Some(SourceKind::Media)
        };
        number.fact().is_some_and(|fact| fact.sources.iter().any(is_reported))
    });
    // Two figures for the same thing agree within rounding, or do not.
    env.add_test("agreeing", |value: &Value, other: &Value| -> Result<bool, Error> {
        let (one, two) = (number(value)?, number(other)?);
        let (Some(a), Some(b)) = (valued(&one)?, valued(&two)?) else { return Ok(false) };
        if one.unit() != two.unit() {
            return Err(refusal(
                Code::K0409,
                message!(
                    "`{one}` is in {one_2}, and `{two}` is in {two_2}",
                    one = one.id(),
                    one_2 = one.unit().0,
                    two = two.id(),
                    two_2 = two.unit().0
                ),
                message!("compare facts with the same unit"),
            ));
        }
        Ok((a.value - b.value).abs() <= a.error + b.error + 1e-6)
    });
}

/// Tests of the kind of a number, of its status, and of the number of members.
fn tests_of_kind(env: &mut Environment<'static>) {
    // A stock on a day, or a value related to one; not a value over a period.
    env.add_test("on_a_day", |value: &Value| {
        number(value)
            .ok()
            .and_then(|n| Some(n.fact()?.time))
            .is_some_and(|time| matches!(time, crate::stats::Time::At(_)))
    });
    env.add_test("several", |value: &Value| {
        number(value)
            .ok()
            .and_then(|n| n.fact()?.series().map(|s| s.members.len()))
            .is_some_and(|n| n > 1)
    });
    env.add_test("own", |value: &Value| {
        let name = value.downcast_object_ref::<Row>().and_then(Row::name);
        let name = name.or_else(|| value.downcast_object_ref::<Name>().cloned());
        let region = name.as_ref().and_then(|name| name.context.edition.region.as_ref());
        region.zip(name.as_ref()).is_some_and(|(own, name)| *own.code == name.code)
    });
    // So few members that a list names them all.
    env.add_test("few", |value: &Value| {
        number(value)
            .ok()
            .and_then(|n| n.fact()?.series().map(|s| s.members.len()))
            .is_some_and(|n| listed(n) == n)
    });
    for (name, is_highest) in [("highest", true), ("lowest", false)] {
        env.add_test(name, move |value: &Value| {
            let known = number(value).ok();
            let series = known.as_ref().and_then(|n| n.fact()?.series());
            series.is_some_and(|series| series.extreme(is_highest).is_some())
        });
    }
    for (name, flag) in [
        ("derived", Flag::Derived),
        ("revised", Flag::Revised),
        ("rebased", Flag::RevisedBase),
        ("superseded", Flag::SupersededBase),
        ("incomplete", Flag::Incomplete),
        ("provisional", Flag::Provisional),
        ("printed", Flag::AsPublished),
        ("rounded", Flag::Rounded),
        ("disputed", Flag::Disputed),
    ] {
        env.add_test(name, move |value: &Value| number(value).is_ok_and(|n| n.has_flag(flag)));
    }
    // A balance that changed its sign within a year.
    env.add_test("turned", |value: &Value| -> Result<bool, Error> {
        let now = number(value)?;
        let base = Number::new(&now.context, &format!("{}.base", now.fact));
        if valued(&now)?.is_none() || valued(&base)?.is_none() {
            return Ok(false);
        }
        Ok(now.said().zip(base.said()).is_some_and(|(now, base)| now * base < 0.0))
    });
}

/// Refuses words made by a filter where a function needs a typed name.
pub(super) fn typed(function: &str, name: &str) -> Result<(), Error> {
    match super::placeholders::is_marked(name) {
        true => {
            refuse(message!("`{function}` needs a name, not words printed by a filter", function))
        }
        false => Ok(()),
    }
}

fn functions(env: &mut Environment<'static>, context: &Arc<TemplateContext>) {
    let at = context.clone();
    env.add_function("cite", move |cited: Rest<Value>| -> Result<Value, Error> {
        let mut keys: Vec<String> = vec![];
        for value in cited.iter() {
            if let Some(key) = value.as_str() {
                if !at.edition.references.contains(key) {
                    let hint = crate::diag::did_you_mean(
                        key,
                        at.edition.references.iter().map(String::as_str),
                    );
                    return refuse(message!(
                        "there is no source `{key}`: {hint}",
                        key,
                        hint = hint.unwrap_or_default()
                    ));
                }
                keys.push(key.to_owned());
            } else {
                let number = number(value)?;
                let sources = number.fact().map(|fact| fact.sources.clone()).unwrap_or_default();
                keys.extend(sources.iter().map(|s| s.to_string()));
            }
        }
        let mut inlines: Vec<Inline> = vec![];
        for key in keys {
            let cite = Inline::Cite { key };
            if !inlines.contains(&cite) {
                inlines.push(cite);
            }
        }
        if inlines.is_empty() {
            let Some(first) = cited.iter().next() else {
                return Err(refusal(
                    Code::K0415,
                    message!("`cite` has no argument"),
                    message!("name a fact or a source: `cite(X1)`"),
                ));
            };
            let number = number(first)?;
            let missing = number.fact().and_then(Fact::missing);
            let reason = missing.unwrap_or(UNSOURCED).to_owned();
            number.context.placeholders.miss(&number.id(), &reason);
            return refuse(message!(
                "`{number}` has no source to cite: {reason}",
                number = number.id(),
                reason
            ));
        }
        Ok(print(&at, inlines))
    });
    let at = context.clone();
    env.add_function("ref", move |target: String| -> Result<Value, Error> {
        typed("ref", &target)?;
        if !at.edition.exhibits.contains(&target) {
            let hint =
                crate::diag::did_you_mean(&target, at.edition.exhibits.iter().map(String::as_str));
            return refuse(message!(
                "there is no figure or table `{target}`: {hint}",
                target,
                hint = hint.unwrap_or_default()
            ));
        }
        Ok(print(&at, vec![Inline::Ref { target, text: String::new() }]))
    });
    let at = context.clone();
    env.add_function("foreign", move |lang: String, text: String| -> Result<Value, Error> {
        typed("foreign", &lang)?;
        let content = vec![Inline::text(text)];
        Ok(print(&at, vec![Inline::Foreign { lang, region: String::new(), content }]))
    });
    for lexicon in context.locale.lexicons().map(str::to_owned) {
        let names = Names { context: context.clone(), lexicon: lexicon.clone() };
        env.add_global(lexicon, Value::from_object(names));
    }
}

/// Placeholders of a call around its content; empty lines keep Markdown from joining them.
fn around(context: &TemplateContext, name: &str, arguments: Vec<String>, body: &str) -> Value {
    let start = context.placeholders.keep(Token::BlockStart(name.to_owned(), arguments));
    let end = context.placeholders.keep(Token::BlockEnd(name.to_owned()));
    Value::from_safe_string(format!("\n\n{start}\n\n{body}\n\n{end}\n\n"))
}

fn called(state: &mut State<'_, '_>, options: &Kwargs) -> Result<String, Error> {
    let caller: Value = options.get("caller")?;
    options.assert_all_used()?;
    Ok(caller.call(state, &[])?.to_string())
}

fn blocks(env: &mut Environment<'static>, context: &Arc<TemplateContext>) {
    let at = context.clone();
    env.add_function(
        "sentence",
        move |state: &mut State<'_, '_>, id: String, options: Kwargs| -> Result<Value, Error> {
            if !at.placeholders.enter_sentence() {
                at.placeholders.leave_sentence();
                return refuse(message!("the sentence `{id}` is inside another sentence", id));
            }
            let body = called(state, &options);
            at.placeholders.leave_sentence();
            match body {
                Ok(body) => {
                    let start = at.placeholders.keep(Token::SentenceStart(id));
                    let end = at.placeholders.keep(Token::SentenceEnd);
                    Ok(Value::from_safe_string(format!("{start}{}{end}", body.trim())))
                }
                Err(error) => match at.placeholders.take_missing() {
                    Some((fact, reason)) => {
                        at.placeholders.drop_sentence(&id, fact, reason);
                        Ok(Value::from_safe_string(String::new()))
                    }
                    None => Err(error),
                },
            }
        },
    );
    for name in ["box", "columns"] {
        let at = context.clone();
        env.add_function(
            name,
            move |state: &mut State<'_, '_>,
                  title: Option<String>,
                  options: Kwargs|
                  -> Result<Value, Error> {
                let body = called(state, &options)?;
                Ok(around(&at, name, title.into_iter().collect(), &body))
            },
        );
    }
    let at = context.clone();
    env.add_function(
        "note",
        move |state: &mut State<'_, '_>, id: String, options: Kwargs| -> Result<Value, Error> {
            if options.has("caller") {
                let body = called(state, &options)?;
                return Ok(around(&at, "note", vec![id], &body));
            }
            Ok(print(&at, vec![Inline::NoteRef { target: id, text: String::new() }]))
        },
    );
    for name in ["figure", "table", "cards", "bibliography", "column_break"] {
        let at = context.clone();
        env.add_function(name, move |id: Option<String>| -> Value {
            let mark =
                at.placeholders.keep(Token::Block(name.to_owned(), id.into_iter().collect()));
            Value::from_safe_string(format!("\n\n{mark}\n\n"))
        });
    }
}
