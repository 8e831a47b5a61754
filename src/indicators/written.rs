//! `indicators.toml` as written, and its interpretation.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use toml::de::{DeValue, ValueDeserializer};

use super::keys::{KEYS, Make, To};
use super::{
    Arithmetic, Break, By, Expr, Identity, Indicator, Indicators, Moment, RangeBefore, Select,
    keys, sense,
};
use crate::data::{Dataset, Table};
use crate::diag::{
    Code, Diagnostic, Message, Result, SourceText, Spanned, did_you_mean, one_of, toml_error,
    toml_error_among,
};
use crate::stats::{Month, Unit};

/// An indicator: exactly one of the keys that define how it is computed, and other properties.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Beside {
    /// Fixes dimensions of the table, such as `{ flow = "arrivals" }`.
    #[serde(default, rename = "where")]
    fixed: IndexMap<String, Spanned<String>>,
    /// The dimension that is kept: a series over its members.
    by: Option<Spanned<String>>,
    /// A second dimension that is kept, for the columns of a matrix.
    across: Option<Spanned<String>>,
    /// Dimensions that are added up; only those without totals among their members.
    #[serde(default)]
    over: Vec<Spanned<String>>,
    /// Whether the table has months, of which a period is the sum.
    #[serde(default)]
    monthly: bool,
    /// Whether to tell a total of a member that lies far beyond its own history.
    #[serde(default)]
    watch_jumps: bool,
    /// Of the dimension that is kept, only members whose row of the register has such a `kind`.
    #[serde(default)]
    kinds: Vec<Spanned<String>>,
    /// Of the dimensions that are kept or added up, these members are left out: totals beside
    /// their parts.
    #[serde(default)]
    without: Vec<Spanned<String>>,
    /// The time of the rows, relative to the period.
    #[serde(default)]
    at: At,
    /// No longer: what a release publishes is declared in the coverage table of the data.
    #[schemars(skip)]
    published: Option<Spanned<String>>,
    /// What its numbers count, where it does not follow: `persons`, `percent`, …
    unit: Option<Spanned<String>>,
    /// Whether it is a balance: always printed with its sign, never with a percentage change.
    #[serde(default)]
    signed: bool,
    /// The population that it counts.
    population: Option<String>,
    /// Whether it is a plan or quota, which is never printed as a result.
    #[serde(default)]
    plan: bool,
    /// Whether there are a base, a difference, a change and a quarter of it.
    compare: Option<bool>,
    /// The range of its values: the smallest and the largest in earlier periods of the same length.
    range: Option<RangeOf>,
    /// The percentage change as the source prints it.
    printed_change: Option<Spanned<Selected>>,
    /// The figure that the source prints for the same thing; with `by`, of each member of a series.
    control: Option<Controlled>,
    /// What the members of a series add up to when all are known.
    identity: Option<Law>,
}

/// One number of a table.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Selected {
    /// The table.
    from: Spanned<String>,
    /// One member for each of its dimensions.
    #[serde(rename = "where")]
    fixed: IndexMap<String, Spanned<String>>,
}

/// Dimensions, each with the member it is fixed to.
type Members = IndexMap<String, Spanned<String>>;

/// What the source prints for the same thing: one number, or one of each member.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Controlled {
    /// The table.
    from: Spanned<String>,
    /// One member for each of its dimensions, except the one that is kept.
    #[serde(rename = "where")]
    fixed: IndexMap<String, Spanned<String>>,
    /// The dimension that is kept, as in the indicator.
    by: Option<Spanned<String>>,
}

/// What holds of all members together.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Law {
    /// What they add up to.
    sum: f64,
    /// Only `complete`: when all members are known.
    #[serde(rename = "when")]
    _when: When,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum When {
    /// When all members are known.
    Complete,
}

/// Periods before a period.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RangeOf {
    /// The indicator whose values are taken; this one if left out.
    of: Option<Spanned<String>>,
    /// How many years before.
    years: Spanned<i16>,
}

/// When rows hold, relative to the period.
#[derive(Deserialize, Default, Clone, Copy, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum At {
    /// The period itself.
    #[default]
    During,
    /// On its first day: a stock.
    Start,
    /// On the day after its last: a stock.
    End,
    /// The mean of the stocks on its first day and on the day after its last, if both are known; otherwise
    /// the stock on its first day.
    Mean,
    /// On the newest day with a figure, within the year that ends the day after the period.
    Latest,
    /// In the whole calendar year of the period: quotas, plans.
    Year,
    /// In the last calendar year that has ended with the period.
    LastYear,
}

/// Where a series is broken: nothing is compared across it.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct WrittenBreak {
    /// The first month of the new series, such as `2022-06`.
    at: Spanned<String>,
    /// The tables concerned; all if left out.
    #[serde(default)]
    tables: Vec<Spanned<String>>,
    /// The dimension whose members are concerned.
    dimension: Option<Spanned<String>>,
    /// The members concerned; all if left out.
    #[serde(default)]
    members: Vec<Spanned<String>>,
    /// Why, for the reader of this file.
    note: Option<String>,
}

/// The key of the table that `where` belongs to.
const FROM: &str = "from";

/// A key of an indicator, and the function that makes its expression.
type Way = (&'static str, Make);

/// The key of the breaks, which is among the indicators in the file.
const BREAKS: &str = "breaks";

/// The JSON Schema of `indicators.toml`.
pub fn schema(generator: &mut SchemaGenerator) -> Schema {
    let mut breaks = generator.subschema_for::<Vec<WrittenBreak>>();
    let said = "Breaks of series: nothing is compared across these months.";
    breaks.insert("description".into(), said.into());
    json_schema!({
        "type": "object",
        "description": "The indicators: a table for each, named by its id",
        "properties": { BREAKS: breaks },
        "propertyNames": { "pattern": "^[A-Za-z][A-Za-z0-9_]*$" },
        "additionalProperties": indicator_schema(generator),
    })
}

/// The schema of an indicator: one of the keys of the table, and the keys beside it.
fn indicator_schema(generator: &mut SchemaGenerator) -> Schema {
    let mut schema = Beside::json_schema(generator);
    let names: Vec<&str> = keys::names().collect();
    schema.insert("oneOf".into(), one_of(&names));
    if let Some(properties) = schema.get_mut("properties").and_then(|all| all.as_object_mut()) {
        for key in KEYS {
            properties.insert(key.name().into(), key.schema(generator).to_value());
        }
    }
    schema
}

/// Parses `indicators.toml` and checks it against the tables.
pub fn parse(text: &SourceText, data: &Dataset) -> Result<Indicators> {
    let table = toml::de::DeTable::parse(&text.text)
        .map_err(|error| vec![toml_error(Code::K0201, text, &error)])?
        .into_inner();
    let mut reader = Reader { text, data, found: vec![] };
    let mut all = IndexMap::new();
    let mut breaks = vec![];
    let mut refused = HashSet::new();
    // The parser keeps the order of the file only in the spans.
    let mut entries: Vec<_> = table.into_iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    for (key, value) in entries {
        let range = key.span();
        let id = key.into_inner().into_owned();
        if id == BREAKS {
            match Vec::<WrittenBreak>::deserialize(ValueDeserializer::from(value)) {
                Ok(written) => breaks.extend(written.into_iter().filter_map(|b| reader.break_(b))),
                Err(error) => reader.found.push(toml_error(Code::K0201, text, &error)),
            }
            continue;
        }
        if !is_id(&id) {
            reader
                .say(Code::K0201, range, message!("`{id}` cannot be the id of an indicator", id))
                .hints
                .push(message!(
                    "begin with a letter, then use letters, digits and `_`; 64 characters at most"
                ));
            continue;
        }
        let indicator = reader
            .parted(value)
            .and_then(|(ways, beside)| reader.indicator(&id, range, ways, beside));
        match indicator {
            Some(indicator) => drop(all.insert(id, indicator)),
            None => drop(refused.insert(id)),
        }
    }
    reader.parts_exist(&all, &refused);
    reader.found.extend(sense::check(&all, data));
    if reader.found.is_empty() {
        Ok(Indicators { all, breaks, region: None, text: text.clone() })
    } else {
        Err(reader.found)
    }
}

/// The largest number of characters in an id.
const LONGEST_ID: usize = 64;

fn is_id(id: &str) -> bool {
    id.len() <= LONGEST_ID
        && id.starts_with(|c: char| c.is_ascii_alphabetic())
        && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Reads the file and collects its problems.
pub(super) struct Reader<'a> {
    text: &'a SourceText,
    data: &'a Dataset,
    found: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    pub(super) fn say(
        &mut self,
        code: Code,
        range: Range<usize>,
        message: Message,
    ) -> &mut Diagnostic {
        self.found.push(Diagnostic::error(code, message).at(self.text.place(range)));
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    /// Splits an indicator into the keys of the table and the others; `None` if a problem was reported.
    fn parted(&mut self, value: toml::Spanned<DeValue<'_>>) -> Option<(Vec<Way>, Beside)> {
        let span = value.span();
        let before = self.found.len();
        let mut written: Vec<(usize, Make)> = vec![];
        let mut rest = value.into_inner();
        let mut spans = vec![];
        if let DeValue::Table(table) = &mut rest {
            let all = std::mem::take(table);
            for (name, value) in all {
                let Some(at) = keys::names().position(|key| key == name.get_ref()) else {
                    spans.push(name.span());
                    table.insert(name, value);
                    continue;
                };
                let span = value.span();
                match KEYS[at].read(ValueDeserializer::from(value)) {
                    Ok(make) => written.push((at, make)),
                    Err(error) => {
                        let reported = toml_error(Code::K0201, self.text, &error);
                        // A parser error about the whole value has no place of its own.
                        let place = error.span().is_none().then(|| self.text.place(span));
                        self.found.push(place.into_iter().fold(reported, Diagnostic::at));
                    }
                }
            }
        }
        let beside = ValueDeserializer::from(toml::Spanned::new(span, rest));
        let beside = match Beside::deserialize(beside) {
            Ok(beside) => Some(beside),
            Err(error) => {
                // For an unknown key of the indicator, the keys of the table are candidates too.
                let is_key = error.span().is_some_and(|span| spans.contains(&span));
                let others = keys::names().filter(|_| is_key);
                self.found.push(toml_error_among(Code::K0201, self.text, &error, others));
                None
            }
        };
        written.sort_by_key(|(at, _)| *at);
        let ways = written.into_iter().map(|(at, make)| (KEYS[at].name(), make)).collect();
        beside.filter(|_| self.found.len() == before).map(|beside| (ways, beside))
    }

    fn indicator(
        &mut self,
        id: &str,
        range: Range<usize>,
        ways: Vec<Way>,
        mut w: Beside,
    ) -> Option<Indicator> {
        if let Some(published) = &w.published {
            let message = message!("what a release publishes is no longer declared here");
            let diagnostic = self.say(Code::K0215, published.span(), message);
            diagnostic.notes.push(
                message!("the declaration that a source names every positive member is about one release and \
                needs a source"),
            );
            diagnostic.hints.push(
                message!("declare it in the coverage table of the data (`kosh handbook data`), and delete this line"),
            );
        }
        if let Some((key, _)) = w.fixed.first()
            && ways.iter().all(|(name, _)| *name != FROM)
        {
            let message =
                message!("`where` names `{key}`, but there is no `from` with a table", key);
            self.say(Code::K0201, range.clone(), message)
                .hints
                .push(message!("add `from = \"TABLE\"`"));
            return None;
        }
        let names: Vec<String> = ways.iter().map(|(name, _)| format!("`{name}`")).collect();
        let mut exprs = vec![];
        for (_, make) in ways {
            exprs.push(make(&mut To { reader: self, beside: &mut w })?);
        }
        let Ok([expr]) = <[Expr; 1]>::try_from(exprs) else {
            let message = if names.is_empty() {
                message!("`{id}` does not say how it is computed", id)
            } else {
                message!(
                    "`{id}` is computed in {number_of_names} ways: {names}",
                    id,
                    number_of_names = names.len(),
                    names = names.join(", ")
                )
            };
            let all: Vec<&str> = keys::names().collect();
            self.say(Code::K0201, range, message)
                .hints
                .push(message!("use exactly one of `{all}`", all = all.join("`, `")));
            return None;
        };
        let is_unit_written = w.unit.is_some();
        let unit = match (w.unit, expr.unit()) {
            (Some(written), follows) => {
                self.unit_fits(id, &written, follows.as_ref(), &expr);
                Some(Unit::new(written.get_ref()))
            }
            (None, follows) => follows,
        };
        let is_compared = w.compare.unwrap_or_else(|| expr.is_compared());
        if let Some(printed) = &w.printed_change {
            self.has_change(id, w.signed, is_compared, printed.span());
        }
        let before = match w.range {
            Some(range) => Some(self.range(id, range)?),
            None => None,
        };
        let printed_change = w.printed_change.map(Spanned::into_inner);
        let printed_change = self.selected(printed_change.map(|s| (s.from, s.fixed, None)));
        let control = self.selected(w.control.map(|c| (c.from, c.fixed, c.by)));
        Some(Indicator {
            id: id.to_owned(),
            is_signed: w.signed,
            population: w.population,
            is_plan: w.plan,
            is_compared,
            expr,
            unit,
            is_unit_written,
            range: before,
            printed_change,
            identity: w.identity.map(|law| Identity { sum: law.sum }),
            control,
            place: self.text.place(range),
        })
    }

    /// Checks that a written unit exists and does not contradict the unit that follows from the kind.
    fn unit_fits(
        &mut self,
        id: &str,
        written: &Spanned<String>,
        follows: Option<&Unit>,
        expr: &Expr,
    ) {
        let unit = Unit::new(written.get_ref());
        let is_declared = || self.data.tables.values().any(|table| table.units.contains(&unit.0));
        if !unit.is_known() && !is_declared() {
            let known = Unit::known();
            let hint = did_you_mean(&unit.0, known.iter().map(String::as_str));
            self.say(
                Code::K0219,
                written.span(),
                message!("there is no unit `{unit}`", unit = unit.0),
            )
            .hints
            .extend(hint);
            return;
        }
        let Some(follows) = follows.filter(|follows| **follows != unit) else { return };
        // A rate of two different things has the written unit; for one thing the unit follows.
        let is_quotient =
            |unit: &Unit| unit.0.as_ref() == Unit::PERCENT || unit.0.starts_with("per-");
        if matches!(expr, Expr::Map(Arithmetic::Rate { .. }, _)) && !is_quotient(&unit) {
            return;
        }
        let message = message!(
            "`{id}` is in `{follows}` by its formula, not in `{unit}`",
            id,
            follows = follows.0,
            unit = unit.0
        );
        self.say(Code::K0219, written.span(), message).hints.push(message!("delete `unit`"));
    }

    /// A printed percentage change is useful only if a change may be printed.
    fn has_change(&mut self, id: &str, is_signed: bool, is_compared: bool, range: Range<usize>) {
        let (message, note) = if is_signed {
            (
                message!(
                    "`{id}` is a balance and has no percentage change, so `printed-change` has \
                    no use",
                    id
                ),
                message!(
                    "a balance may be zero or change its sign, so a percentage of it has no meaning"
                ),
            )
        } else if !is_compared {
            (
                message!("`{id}` is not compared, so `printed-change` has no use", id),
                message!("because of `compare = false`, or of its formula, it has no base"),
            )
        } else {
            return;
        };
        let diagnostic = self.say(Code::K0211, range, message);
        diagnostic.notes.push(note);
        diagnostic
            .hints
            .push(message!("delete `printed-change`, or move it to the indicator of the count"));
    }

    /// The earlier periods with which a number is compared.
    fn range(&mut self, id: &str, written: RangeOf) -> Option<RangeBefore> {
        let years = *written.years.get_ref();
        if !(2..=100).contains(&years) {
            let message = message!("the range of `{id}` is over {years} years", id, years);
            self.say(Code::K0201, written.years.span(), message)
                .hints
                .push(message!("write the number of years before the period, from 2 to 100"));
            return None;
        }
        let of = written.of.map_or_else(|| id.to_owned(), Spanned::into_inner);
        Some(RangeBefore { of, years })
    }

    fn selected(
        &mut self,
        selected: Option<(Spanned<String>, Members, Option<Spanned<String>>)>,
    ) -> Option<Select> {
        let (from, fixed, by) = selected?;
        let table = self.table(&from)?;
        let place = Box::new(self.text.place(from.span()));
        let before = self.found.len();
        let fixed = self.fixed(table, fixed);
        let by = match by {
            Some(by) => Some(self.by(table, by, &fixed, (&[], &[]))?),
            None => None,
        };
        // Totals are not compared with members.
        let by = by.map(|mut by| {
            let register = self.data.registers.get(&by.register);
            by.members.retain(|code| register.is_none_or(|register| !register.is_aggregate(code)));
            by
        });
        if self.found.len() == before {
            let kept: Vec<&str> = by.iter().map(|by| by.dimension.as_str()).collect();
            self.all_fixed(table, &fixed, &kept, from.span());
        }
        Some(Select {
            table: table.name.clone(),
            fixed,
            by,
            across: None,
            over: vec![],
            without: vec![],
            watches_jumps: false,
            is_monthly: false,
            at: Moment::During,
            is_signed: true,
            is_zero_sum: false,
            place,
        })
    }

    /// Reads the selection of an indicator from a table.
    pub(super) fn select(&mut self, from: Spanned<String>, w: &mut Beside) -> Option<Select> {
        let (fixed, by) = (std::mem::take(&mut w.fixed), w.by.take());
        let table = self.table(&from)?;
        let before = self.found.len();
        let fixed = self.fixed(table, fixed);
        let by = match by {
            Some(by) => Some(self.by(table, by, &fixed, (&w.kinds, &w.without))?),
            None => None,
        };
        let across = match w.across.clone() {
            Some(across) => Some(self.by(table, across, &fixed, (&w.kinds, &w.without))?),
            None => None,
        };
        let mut over = vec![];
        for dimension in &w.over {
            let is_open = table.dimensions.contains(dimension.get_ref())
                && fixed.iter().all(|(name, _)| name != dimension.get_ref());
            if is_open {
                over.push(dimension.get_ref().clone());
            } else {
                let message = message!(
                    "table `{name}` has no open dimension `{dimension}`",
                    name = table.name,
                    dimension = dimension.get_ref()
                );
                let hint =
                    did_you_mean(dimension.get_ref(), table.dimensions.iter().map(String::as_str));
                self.say(Code::K0203, dimension.span(), message).hints.extend(hint);
            }
        }
        let without: Vec<String> = w.without.iter().map(|m| m.get_ref().clone()).collect();
        let open: Vec<&str> = table
            .dimensions
            .iter()
            .filter(|name| fixed.iter().all(|(other, _)| other != *name))
            .filter_map(|name| table.members.get(name))
            .flatten()
            .map(|member| &**member)
            .collect();
        for member in &w.without {
            if !open.contains(&member.get_ref().as_str()) {
                let message = message!(
                    "no dimension of table `{name}` that is kept or added up has a member `{member}`",
                    name = table.name,
                    member = member.get_ref()
                );
                let hint = did_you_mean(member.get_ref(), open.iter().copied());
                self.say(Code::K0203, member.span(), message).hints.extend(hint);
            }
        }
        let mut kept: Vec<&str> = over.iter().map(String::as_str).collect();
        kept.extend([&by, &across].into_iter().flatten().map(|by| by.dimension.as_str()));
        // A dimension with an error already reported is not reported again as open.
        if self.found.len() == before {
            self.all_fixed(table, &fixed, &kept, from.span());
        }
        let at = match w.at {
            At::During => Moment::During,
            At::Start => Moment::Start,
            At::End => Moment::End,
            At::Mean => Moment::Mean,
            At::Latest => Moment::Latest,
            At::Year => Moment::Year,
            At::LastYear => Moment::LastYear,
        };
        let (is_monthly, watches_jumps) = (w.monthly, w.watch_jumps);
        Some(Select {
            table: table.name.clone(),
            fixed,
            by,
            across,
            over,
            without,
            watches_jumps,
            is_monthly,
            at,
            is_signed: w.signed,
            is_zero_sum: w.identity.is_some(),
            place: Box::new(self.text.place(from.span())),
        })
    }

    /// Refuses a dimension that is neither fixed nor kept: it would be added up over all members, totals
    /// included, and count people twice.
    fn all_fixed(
        &mut self,
        table: &Table,
        fixed: &[(String, String)],
        kept: &[&str],
        range: Range<usize>,
    ) {
        for dimension in &table.dimensions {
            let known = fixed.iter().any(|(name, _)| name == dimension)
                || kept.contains(&dimension.as_str());
            if !known {
                let message = message!(
                    "the dimension `{dimension}` of `{name}` is open",
                    dimension,
                    name = table.name
                );
                let diagnostic = self.say(Code::K0204, range.clone(), message);
                diagnostic.notes.push(message!(
                    "a sum over all its members would contain totals together with their parts"
                ));
                diagnostic.hints.push(message!(
                    "select one member with `where = {{ {dimension} = \
                    \"…\" }}`, make a series with `by = \"{dimension}\"`, or add the members up \
                    with `over = [\"{dimension}\"]` if none of them is a total",
                    dimension
                ));
            }
        }
    }

    fn table(&mut self, name: &Spanned<String>) -> Option<&'a Table> {
        let data = self.data;
        let table = data.tables.get(name.get_ref()).map(|table| &**table);
        if table.is_none() {
            let hint = did_you_mean(name.get_ref(), data.tables.keys().map(String::as_str));
            let message = message!("there is no table `{name}`", name = name.get_ref());
            self.say(Code::K0203, name.span(), message).hints.extend(hint);
        }
        table
    }

    fn fixed(
        &mut self,
        table: &Table,
        written: IndexMap<String, Spanned<String>>,
    ) -> Vec<(String, String)> {
        let mut fixed = vec![];
        for (dimension, member) in written {
            if !table.dimensions.contains(&dimension) {
                let hint = did_you_mean(&dimension, table.dimensions.iter().map(String::as_str));
                let message = message!(
                    "table `{name}` has no dimension `{dimension}`",
                    name = table.name,
                    dimension
                );
                self.say(Code::K0203, member.span(), message).hints.extend(hint);
                continue;
            }
            let codes = table.codes(&dimension);
            if !codes.is_empty() && !codes.contains(&member.get_ref().as_str()) {
                let hint = did_you_mean(member.get_ref(), codes.iter().copied());
                let message = message!(
                    "`{member}` is not a member of `{dimension}` in table `{name}`",
                    member = member.get_ref(),
                    dimension,
                    name = table.name
                );
                self.say(Code::K0203, member.span(), message).hints.extend(hint);
                continue;
            }
            fixed.push((dimension, member.into_inner()));
        }
        fixed
    }

    fn by(
        &mut self,
        table: &Table,
        by: Spanned<String>,
        fixed: &[(String, String)],
        (kinds, without): (&[Spanned<String>], &[Spanned<String>]),
    ) -> Option<By> {
        let dimension = by.get_ref().clone();
        if !table.dimensions.contains(&dimension)
            || fixed.iter().any(|(name, _)| *name == dimension)
        {
            let open = table.dimensions.iter().filter(|d| fixed.iter().all(|(name, _)| name != *d));
            let hint = did_you_mean(&dimension, open.map(String::as_str));
            let message = message!(
                "table `{name}` has no open dimension `{dimension}`",
                name = table.name,
                dimension
            );
            self.say(Code::K0203, by.span(), message).hints.extend(hint);
            return None;
        }
        let members = table.members.get(&dimension).cloned().unwrap_or_default();
        let register =
            table.registers.get(&dimension).cloned().unwrap_or_else(|| dimension.clone());
        let data = self.data;
        let kind_of = |member: &str| {
            data.registers
                .get(&register)
                .and_then(|r| r.rows.get(member))
                .and_then(|row| row.get("kind"))
        };
        let there: BTreeSet<&str> =
            members.iter().filter_map(|m| kind_of(m)).map(String::as_str).collect();
        for kind in kinds.iter().filter(|kind| !there.contains(kind.get_ref().as_str())) {
            let message = message!(
                "no member of `{dimension}` is of the kind `{kind}`",
                dimension,
                kind = kind.get_ref()
            );
            let hint = did_you_mean(kind.get_ref(), there.iter().copied());
            self.say(Code::K0203, kind.span(), message).hints.extend(hint);
        }
        let members: Vec<_> = members
            .into_iter()
            .filter(|m| {
                let is_kept = |kind: &String| kinds.iter().any(|kept| kept.get_ref() == kind);
                kinds.is_empty() || kind_of(m).is_some_and(is_kept)
            })
            .filter(|m| !without.iter().any(|without| **without.get_ref() == **m))
            .collect();
        if members.is_empty() {
            let message = message!(
                "`{dimension}` of table `{name}` has no members",
                dimension,
                name = table.name
            );
            self.say(Code::K0203, by.span(), message)
                .hints
                .push(message!("give the dimension a foreign key or an enumeration in datapackage.json; check `kinds`"));
            return None;
        }
        Some(By { dimension, members, register })
    }

    fn break_(&mut self, written: WrittenBreak) -> Option<Break> {
        let WrittenBreak { at, tables, dimension, members, note } = written;
        let month: Option<Month> = match at.get_ref().parse() {
            Ok(month) => Some(month),
            Err(message) => {
                self.say(Code::K0201, at.span(), Message::verbatim(message));
                None
            }
        };
        let data = self.data;
        let mut concerned: Vec<&Table> = vec![];
        for name in &tables {
            concerned.extend(self.table(name));
        }
        // The dimensions of a table that does not exist are unknown.
        if concerned.len() == tables.len() {
            if tables.is_empty() {
                concerned.extend(data.tables.values().map(|table| &**table));
            }
            self.breaks_what(&concerned, !tables.is_empty(), dimension.as_ref(), &members);
        }
        let names = |list: Vec<Spanned<String>>| list.into_iter().map(Spanned::into_inner);
        Some(Break {
            at: month?,
            tables: names(tables).collect(),
            dimension: dimension.map(Spanned::into_inner),
            members: names(members).collect(),
            note,
        })
    }

    /// Checks that a break names a dimension of its tables and members of it. A misspelt break would have
    /// no effect, and values would be compared across it.
    fn breaks_what(
        &mut self,
        tables: &[&Table],
        are_named: bool,
        dimension: Option<&Spanned<String>>,
        members: &[Spanned<String>],
    ) {
        let known: BTreeSet<&str> =
            tables.iter().flat_map(|table| &table.dimensions).map(String::as_str).collect();
        if let Some(dimension) = dimension {
            let name = dimension.get_ref().as_str();
            let lacking = tables.iter().find(|table| table.dimension(name).is_none());
            let message = match lacking {
                Some(table) if are_named => Some(message!(
                    "table `{name_2}` has no dimension `{name}`",
                    name_2 = table.name,
                    name
                )),
                _ if !known.contains(name) => {
                    Some(message!("no table has a dimension `{name}`", name))
                }
                _ => None,
            };
            if let Some(message) = message {
                let hint = did_you_mean(name, known.iter().copied());
                self.say(Code::K0203, dimension.span(), message).hints.extend(hint);
                return;
            }
        }
        let mut codes: BTreeSet<&str> = BTreeSet::new();
        for table in tables {
            let open = table.dimensions.iter();
            let open = open.filter(|name| dimension.is_none_or(|only| only.get_ref() == *name));
            codes.extend(open.flat_map(|name| table.codes(name)));
        }
        for member in members {
            let code = member.get_ref().as_str();
            if !codes.contains(code) {
                let message = match dimension {
                    Some(dimension) => {
                        message!(
                            "`{code}` is not a member of `{dimension}` in the tables of this break",
                            code,
                            dimension = dimension.get_ref()
                        )
                    }
                    None => message!(
                        "`{code}` is not a member of a dimension of the tables of this \
                        break",
                        code
                    ),
                };
                let hint = did_you_mean(code, codes.iter().copied());
                let diagnostic = self.say(Code::K0203, member.span(), message);
                diagnostic.notes.push(message!(
                    "a break that concerns no figure has no effect: values before and after it \
                    would still be compared"
                ));
                diagnostic.hints.extend(hint);
            }
        }
    }

    /// Checks that every operand exists and that no indicator is computed from itself.
    fn parts_exist(&mut self, all: &IndexMap<String, Indicator>, refused: &HashSet<String>) {
        for indicator in all.values() {
            let crate::diag::Place::Text { range, .. } = &indicator.place else { continue };
            let ranged = indicator.range.iter().map(|range| range.of.as_str());
            for part in indicator.expr.parts().into_iter().chain(ranged) {
                // Problems of a refused operand were reported already.
                if !all.contains_key(part) && !refused.contains(part) {
                    let hint = did_you_mean(part, all.keys().map(String::as_str));
                    let message = message!(
                        "`{id}` is computed from `{part}`, which does not exist",
                        id = indicator.id,
                        part
                    );
                    self.say(Code::K0203, range.clone(), message).hints.extend(hint);
                }
            }
        }
        let links = links(all);
        for indicator in all.values() {
            let crate::diag::Place::Text { range, .. } = &indicator.place else { continue };
            match links.get(indicator.id.as_str()) {
                // Indicators above a reported one have no error of their own.
                Some(links) if *links == MOST_LINKS + 1 => {
                    let message = message!(
                        "`{id}` is computed through a chain of {links} indicators",
                        id = indicator.id,
                        links
                    );
                    let diagnostic = self.say(Code::K0232, range.clone(), message);
                    diagnostic.notes.push(message!(
                        "a chain may have at most {most_links} links",
                        most_links = MOST_LINKS
                    ));
                    diagnostic.hints.push(message!("compute it from tables"));
                }
                Some(_) => {}
                None if is_in_a_circle(all, indicator) => {
                    let message = message!("`{id}` is computed from itself", id = indicator.id);
                    self.say(Code::K0202, range.clone(), message).hints.push(message!(
                        "its operands lead back to it: {expr}",
                        expr = indicator.expr.formula()
                    ));
                }
                None => {}
            }
        }
    }
}

/// The longest chain of indicators computed from one another.
const MOST_LINKS: usize = 64;

/// The number of steps from each indicator to the tables. Indicators in a circle, and those computed from
/// them, are left out.
fn links(all: &IndexMap<String, Indicator>) -> HashMap<&str, usize> {
    let mut waiting: HashMap<&str, usize> = HashMap::new();
    let mut users: HashMap<&str, Vec<&str>> = HashMap::new();
    for (id, indicator) in all {
        let parts = indicator.expr.parts();
        let parts: HashSet<&str> =
            parts.into_iter().filter(|part| all.contains_key(*part)).collect();
        waiting.insert(id, parts.len());
        for part in parts {
            users.entry(part).or_default().push(id);
        }
    }
    let mut links: HashMap<&str, usize> = HashMap::new();
    let mut ready: Vec<&str> =
        waiting.iter().filter(|(_, parts)| **parts == 0).map(|(id, _)| *id).collect();
    ready.iter().for_each(|id| _ = links.insert(id, 0));
    while let Some(id) = ready.pop() {
        let above = links[id] + 1;
        for user in users.get(id).into_iter().flatten() {
            let most = links.get(user).copied().unwrap_or_default().max(above);
            links.insert(user, most);
            let left = waiting.get_mut(user).map(|left| {
                *left -= 1;
                *left
            });
            if left == Some(0) {
                ready.push(user);
            }
        }
    }
    links.retain(|id, _| waiting[id] == 0);
    links
}

/// Whether an indicator is among its own direct or indirect operands.
fn is_in_a_circle(all: &IndexMap<String, Indicator>, indicator: &Indicator) -> bool {
    let mut seen = HashSet::new();
    let mut open = indicator.expr.parts();
    while let Some(part) = open.pop() {
        if part == indicator.id {
            return true;
        }
        if seen.insert(part) {
            open.extend(all.get(part).into_iter().flat_map(|i| i.expr.parts()));
        }
    }
    false
}
