//! `indicators.toml` as it is written, and what it means.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::IntoDeserializer;

use super::sense;
use super::{
    Break, By, Identity, Indicator, Indicators, Keep, Kind, Moment, Own, OwnPart, RangeBefore,
    Select,
};
use crate::data::{Dataset, Table};
use crate::diag::{
    Code, Diagnostic, Result, SourceText, Spanned, did_you_mean, one_of, toml_error,
};
use crate::stats::{Month, Unit};

/// An indicator: exactly one of the keys that say how it is computed, and what else is said of it.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(extend("oneOf" = one_of(WAYS)))]
struct Written {
    /// What a table of the data says; with `by`, a series.
    from: Option<Spanned<String>>,
    /// Fixes dimensions of the table, as `{ flow = "arrivals" }`.
    #[serde(default, rename = "where")]
    fixed: IndexMap<String, Spanned<String>>,
    /// The dimension that is kept: a series over its members.
    by: Option<Spanned<String>>,
    /// A second dimension that is kept: a matrix, whose columns they are.
    across: Option<Spanned<String>>,
    /// Dimensions that are added up; only those that hold no totals beside their parts.
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
    /// When the rows hold, relative to the period.
    #[serde(default)]
    at: At,
    /// No longer: what a release publishes is declared in the coverage table of the data.
    #[schemars(skip)]
    published: Option<Spanned<String>>,
    /// A + B + …
    sum: Option<Vec<Spanned<String>>>,
    /// A − B
    difference: Option<Pair>,
    /// A ÷ B × 100, where B contains A.
    share: Option<PartOf>,
    /// (A − B) ÷ (A + B) × 100
    effectiveness: Option<Pair>,
    /// A ÷ B × per
    rate: Option<RateOf>,
    /// How many members of a series are kept.
    count: Option<Kept>,
    /// How many members a series has, published or not.
    members: Option<Spanned<String>>,
    /// The sum of the members that are kept.
    total: Option<Kept>,
    /// The part of the kept members that the largest hold, in percent.
    concentration: Option<TopOf>,
    /// The largest members, largest first.
    largest: Option<TopOf>,
    /// The smallest members, smallest first.
    smallest: Option<TopOf>,
    /// The first of these that has a value.
    first: Option<Vec<Spanned<String>>>,
    /// The same months of this and earlier years, as a series.
    history: Option<YearsOf>,
    /// Of a series over years: how many in a row, up to the last, have had the sign of the last.
    run: Option<RunOf>,
    /// By how much first figures of whole years were revised, as a series over years.
    revisions: Option<RevisionsOf>,
    /// The mean size of the members of a series, whatever their signs.
    mean_size: Option<Spanned<String>>,
    /// Of a matrix of flows: what each member receives from the others.
    inflow: Option<Spanned<String>>,
    /// Of a matrix of flows: what each member loses to the others.
    outflow: Option<Spanned<String>>,
    /// The largest flows of a matrix between different members.
    flows: Option<TopOf>,
    /// ½ Σ|in − out|: the people whose moves changed the distribution.
    net_volume: Option<Pair>,
    /// Σ|in − out| ÷ Σ(in + out) × 100: how effective all moves together were.
    effectiveness_index: Option<Pair>,
    /// A series over its last quarters: a matrix of members by quarter.
    quarters: Option<LastOf>,
    /// A number of the last calendar year that has ended with the period.
    last_year: Option<YearOf>,
    /// Of the brief's region: its value in a series.
    own: Option<Spanned<String>>,
    /// Of the brief's region: its place among the members of a series, 1 for the largest.
    rank: Option<Spanned<String>>,
    /// Of the brief's region: the members of a series that border on it.
    neighbours: Option<Near>,
    /// Of the brief's region: what it receives from each other member of a matrix of flows.
    origins: Option<Spanned<String>>,
    /// Of the brief's region: what it sends to each other member of a matrix of flows.
    destinations: Option<Spanned<String>>,
    /// What its numbers count, where it does not follow: `persons`, `percent`, …
    unit: Option<Spanned<String>>,
    /// Whether it is a balance: always printed with its sign, never with a percentage change.
    #[serde(default)]
    signed: bool,
    /// Whose moves it counts.
    population: Option<String>,
    /// Whether it is a plan or quota, which is never printed as a result.
    #[serde(default)]
    plan: bool,
    /// Whether there are a base, a difference, a change and a quarter of it.
    compare: Option<bool>,
    /// The periods of the same length before, whose least and largest value it is held against.
    range: Option<RangeOf>,
    /// The percentage change as the source prints it.
    printed_change: Option<Spanned<Selected>>,
    /// The figure that the source prints for the same thing; with `by`, of each member of a series.
    control: Option<Controlled>,
    /// What the members of a series add up to when all are known.
    identity: Option<Law>,
}

/// The keys that say how an indicator is computed, of which it has one.
const WAYS: &[&str] = &[
    "from",
    "sum",
    "difference",
    "share",
    "effectiveness",
    "rate",
    "count",
    "members",
    "total",
    "concentration",
    "largest",
    "smallest",
    "first",
    "history",
    "run",
    "revisions",
    "mean-size",
    "inflow",
    "outflow",
    "flows",
    "net-volume",
    "effectiveness-index",
    "quarters",
    "last-year",
    "own",
    "rank",
    "neighbours",
    "origins",
    "destinations",
];

/// One number of a table.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Selected {
    /// The table.
    from: Spanned<String>,
    /// Its dimensions, each fixed.
    #[serde(rename = "where")]
    fixed: IndexMap<String, Spanned<String>>,
}

/// Dimensions and the member each is fixed to.
type Members = IndexMap<String, Spanned<String>>;

/// What the source prints for the same thing: one number, or one of each member.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Controlled {
    /// The table.
    from: Spanned<String>,
    /// Its dimensions, each fixed but the one that is kept.
    #[serde(rename = "where")]
    fixed: IndexMap<String, Spanned<String>>,
    /// The dimension that is kept, of which the indicator is a series.
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

/// A part and the whole that contains it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PartOf {
    /// The part.
    of: Spanned<String>,
    /// The whole.
    #[serde(rename = "in")]
    whole: Spanned<String>,
}

/// One thing for so many of another.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RateOf {
    /// The numerator: a number or a series.
    of: Spanned<String>,
    /// The denominator: a number or a series over the same members.
    over: Spanned<String>,
    /// For how many of the denominator: 100, 1000.
    per: f64,
}

/// A series, and which of its members are kept.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Kept {
    /// The series.
    of: Spanned<String>,
    /// The members kept, by their sign.
    among: Option<Among>,
    /// Only members below this threshold.
    below: Option<f64>,
    /// Only members above this threshold.
    above: Option<f64>,
}

/// The first so many of the members kept.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct TopOf {
    /// The series or matrix.
    of: Spanned<String>,
    /// How many, at most.
    top: usize,
    /// What all members add up to: where a release names some members only, those are ranked that
    /// none of the others can exceed.
    whole: Option<Spanned<String>>,
    /// The members kept, by their sign.
    among: Option<Among>,
    /// Only members below this threshold.
    below: Option<f64>,
    /// Only members above this threshold.
    above: Option<f64>,
}

/// A series over its last quarters.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LastOf {
    /// The series.
    of: Spanned<String>,
    /// How many quarters.
    last: usize,
}

/// A number of the last whole year.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct YearOf {
    /// The number.
    of: Spanned<String>,
    /// How many years before it may stand for one that is not known, the newest of them.
    #[serde(default)]
    back: u8,
}

/// The members around the brief's region.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Near {
    /// The series.
    of: Spanned<String>,
    /// Whether the region stands among them.
    #[serde(default)]
    own: bool,
}

/// A number over the years.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct YearsOf {
    /// The number.
    of: Spanned<String>,
    /// How many years.
    years: i16,
    /// Whether whole calendar years are taken, whatever the period.
    #[serde(default)]
    annual: bool,
}

/// First figures and final ones of the same years.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RevisionsOf {
    /// The number.
    of: Spanned<String>,
    /// Among how many of the last calendar years.
    years: i16,
}

/// A stretch of years of one sign.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RunOf {
    /// The series over years.
    of: Spanned<String>,
    /// Whether the run before the last is meant, of the other sign.
    #[serde(default)]
    before: bool,
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

/// Members by their sign.
#[derive(Deserialize, Clone, Copy, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Among {
    /// All of them.
    All,
    /// Those above nought.
    Positive,
    /// Those below nought.
    Negative,
}

/// When rows hold, relative to the period.
#[derive(Deserialize, Default, Clone, Copy, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum At {
    /// In the period itself.
    #[default]
    During,
    /// On its first day: a stock.
    Start,
    /// On the day after its last: a stock.
    End,
    /// The mean of the stocks on its first day and on the day after its last, where both are
    /// known; else the stock on its first day.
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
    /// The first month of the new series, as `2022-06`.
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

/// The key under which breaks stand among the indicators.
const BREAKS: &str = "breaks";

/// The JSON Schema of `indicators.toml`.
pub fn schema(generator: &mut SchemaGenerator) -> Schema {
    let mut breaks = generator.subschema_for::<Vec<WrittenBreak>>();
    let said = "Where series are broken: nothing is compared across these months.";
    breaks.insert("description".into(), said.into());
    json_schema!({
        "type": "object",
        "description": "What is computed: a table for each indicator, named by its id",
        "properties": { BREAKS: breaks },
        "propertyNames": { "pattern": "^[A-Za-z][A-Za-z0-9_]*$" },
        "additionalProperties": generator.subschema_for::<Written>(),
    })
}

/// Reads `indicators.toml` and checks it against the tables.
pub fn parse(text: &SourceText, data: &Dataset) -> Result<Indicators> {
    let table = toml::de::DeTable::parse(&text.text)
        .map_err(|error| vec![toml_error(Code::K0201, text, &error)])?
        .into_inner();
    let mut reader = Reader { text, data, found: vec![] };
    let mut all = IndexMap::new();
    let mut breaks = vec![];
    let mut refused = HashSet::new();
    // The reader keeps the order of the file only through the spans.
    let mut entries: Vec<_> = table.into_iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    for (key, value) in entries {
        let range = key.span();
        let id = key.into_inner().into_owned();
        let value = toml::de::ValueDeserializer::from(value);
        if id == BREAKS {
            match Vec::<WrittenBreak>::deserialize(value) {
                Ok(written) => breaks.extend(written.into_iter().filter_map(|b| reader.break_(b))),
                Err(error) => reader.found.push(toml_error(Code::K0201, text, &error)),
            }
            continue;
        }
        if !is_id(&id) {
            reader
                .say(Code::K0201, range, format!("`{id}` cannot be the id of an indicator"))
                .hints
                .push(
                "begin with a letter; go on with letters, digits and `_`, 64 characters at most"
                    .into(),
            );
            continue;
        }
        match Written::deserialize(value.into_deserializer()) {
            Ok(written) => match reader.indicator(&id, range, written) {
                Some(indicator) => drop(all.insert(id, indicator)),
                None => drop(refused.insert(id)),
            },
            Err(error) => {
                reader.found.push(toml_error(Code::K0201, text, &error));
                refused.insert(id);
            }
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

/// No id has more characters.
const LONGEST_ID: usize = 64;

fn is_id(id: &str) -> bool {
    id.len() <= LONGEST_ID
        && id.starts_with(|c: char| c.is_ascii_alphabetic())
        && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

struct Reader<'a> {
    text: &'a SourceText,
    data: &'a Dataset,
    found: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    fn say(&mut self, code: Code, range: Range<usize>, message: String) -> &mut Diagnostic {
        self.found.push(Diagnostic::error(code, message).at(self.text.place(range)));
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    fn indicator(&mut self, id: &str, range: Range<usize>, mut w: Written) -> Option<Indicator> {
        let mut kinds: Vec<(&str, Kind)> = vec![];
        if let Some(published) = &w.published {
            let message = "what a release publishes is no longer said here".to_owned();
            let diagnostic = self.say(Code::K0215, published.span(), message);
            diagnostic.notes.push(
                "that a source names every positive member is a claim about one release, and needs a source".into(),
            );
            diagnostic.hints.push(
                "declare it in the coverage table of the data (docs/data.md), and take this line out".into(),
            );
        }
        let ids = |list: Vec<Spanned<String>>| list.into_iter().map(Spanned::into_inner).collect();
        let pair = |Pair(a, b): Pair| (a.into_inner(), b.into_inner());
        if let Some(from) = w.from.take() {
            let by = w.by.take();
            let select = self.select(from, std::mem::take(&mut w.fixed), by, &w)?;
            kinds.push(("from", Kind::Select(select)));
        } else if let Some((key, _)) = w.fixed.first() {
            let message = format!("`where` names `{key}`, but `from` names no table");
            self.say(Code::K0201, range.clone(), message)
                .hints
                .push("add `from = \"TABLE\"`".into());
            return None;
        }
        if let Some(parts) = w.sum {
            kinds.push(("sum", Kind::Sum(ids(parts))));
        }
        if let Some(parts) = w.difference {
            let (a, b) = pair(parts);
            kinds.push(("difference", Kind::Difference(a, b)));
        }
        if let Some(part) = w.share {
            let (of, whole) = (part.of.into_inner(), part.whole.into_inner());
            kinds.push(("share", Kind::Share { of, whole }));
        }
        if let Some(parts) = w.effectiveness {
            let (a, b) = pair(parts);
            kinds.push(("effectiveness", Kind::Effectiveness(a, b)));
        }
        if let Some(rate) = w.rate {
            let (of, over, per) = (rate.of.into_inner(), rate.over.into_inner(), rate.per);
            kinds.push(("rate", Kind::Rate { of, over, per }));
        }
        if let Some(kept) = w.count {
            let keep = self.kept(&kept.of, kept.among, kept.below, kept.above)?;
            kinds.push(("count", Kind::Count { of: kept.of.into_inner(), keep }));
        }
        if let Some(of) = w.members {
            kinds.push(("members", Kind::Size(of.into_inner())));
        }
        if let Some(kept) = w.total {
            let keep = self.kept(&kept.of, kept.among, kept.below, kept.above)?;
            kinds.push(("total", Kind::Total { of: kept.of.into_inner(), keep }));
        }
        if let Some(top) = w.concentration {
            let keep = self.kept(&top.of, top.among, top.below, top.above)?;
            let of = top.of.into_inner();
            kinds.push(("concentration", Kind::Concentration { of, top: top.top, keep }));
        }
        for (name, top, largest_first) in
            [("largest", w.largest, true), ("smallest", w.smallest, false)]
        {
            if let Some(top) = top {
                let keep = self.kept(&top.of, top.among, top.below, top.above)?;
                let of = top.of.into_inner();
                let whole = top.whole.map(Spanned::into_inner);
                kinds.push((name, Kind::Ranked { of, top: top.top, keep, largest_first, whole }));
            }
        }
        if let Some(parts) = w.first {
            kinds.push(("first", Kind::First(ids(parts))));
        }
        if let Some(history) = w.history {
            let (of, years) = (history.of.into_inner(), history.years);
            kinds.push(("history", Kind::History { of, years, is_annual: history.annual }));
        }
        if let Some(run) = w.run {
            let (of, is_before) = (run.of.into_inner(), run.before);
            kinds.push(("run", Kind::Run { of, is_before }));
        }
        if let Some(revisions) = w.revisions {
            let (of, years) = (revisions.of.into_inner(), revisions.years);
            kinds.push(("revisions", Kind::Revisions { of, years }));
        }
        if let Some(of) = w.mean_size {
            kinds.push(("mean-size", Kind::MeanSize(of.into_inner())));
        }
        if let Some(of) = w.inflow {
            kinds.push(("inflow", Kind::Inflow(of.into_inner())));
        }
        if let Some(of) = w.outflow {
            kinds.push(("outflow", Kind::Outflow(of.into_inner())));
        }
        if let Some(top) = w.flows {
            kinds.push(("flows", Kind::Flows { of: top.of.into_inner(), top: top.top }));
        }
        if let Some(parts) = w.net_volume {
            let (a, b) = pair(parts);
            kinds.push(("net-volume", Kind::NetVolume(a, b)));
        }
        if let Some(parts) = w.effectiveness_index {
            let (a, b) = pair(parts);
            kinds.push(("effectiveness-index", Kind::EffectivenessIndex(a, b)));
        }
        if let Some(quarters) = w.quarters {
            let (of, last) = (quarters.of.into_inner(), quarters.last);
            kinds.push(("quarters", Kind::Quarters { of, last }));
        }
        if let Some(year) = w.last_year {
            let (of, back) = (year.of.into_inner(), i16::from(year.back));
            kinds.push(("last-year", Kind::LastYear { of, back }));
        }
        let own = |of: Spanned<String>, part| {
            Kind::Own(Own { of: of.into_inner(), part, region: None, neighbours: vec![] })
        };
        for (name, of, part) in [
            ("own", w.own, OwnPart::Value),
            ("rank", w.rank, OwnPart::Rank),
            ("origins", w.origins, OwnPart::Origins),
            ("destinations", w.destinations, OwnPart::Destinations),
        ] {
            kinds.extend(of.map(|of| (name, own(of, part))));
        }
        if let Some(near) = w.neighbours {
            kinds.push(("neighbours", own(near.of, OwnPart::Neighbours { with_own: near.own })));
        }
        debug_assert!(kinds.iter().all(|(name, _)| WAYS.contains(name)), "WAYS lacks a kind");
        if kinds.len() != 1 {
            let names: Vec<String> = kinds.iter().map(|(name, _)| format!("`{name}`")).collect();
            let message = if kinds.is_empty() {
                format!("`{id}` does not say how it is computed")
            } else {
                format!("`{id}` is computed in {} ways at once: {}", kinds.len(), names.join(", "))
            };
            self.say(Code::K0201, range, message)
                .hints
                .push(format!("give exactly one of `{}`", WAYS.join("`, `")));
            return None;
        }
        let (_, kind) = kinds.remove(0);
        let is_unit_written = w.unit.is_some();
        let unit = match (w.unit, kind_unit(&kind)) {
            (Some(written), follows) => {
                self.unit_fits(id, &written, follows.as_ref(), &kind);
                Some(Unit::new(written.get_ref()))
            }
            (None, follows) => follows,
        };
        let is_compared = w.compare.unwrap_or(!matches!(
            kind,
            Kind::Ranked { .. }
                | Kind::History { .. }
                | Kind::Run { .. }
                | Kind::Revisions { .. }
                | Kind::MeanSize(_)
                | Kind::Size(_)
                | Kind::Flows { .. }
                | Kind::Quarters { .. }
        ));
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
            kind,
            unit,
            is_unit_written,
            range: before,
            printed_change,
            identity: w.identity.map(|law| Identity { sum: law.sum }),
            control,
            place: self.text.place(range),
        })
    }

    /// A unit that is written is one there is, and not another than follows from the kind.
    fn unit_fits(
        &mut self,
        id: &str,
        written: &Spanned<String>,
        follows: Option<&Unit>,
        kind: &Kind,
    ) {
        let unit = Unit::new(written.get_ref());
        let is_declared = || self.data.tables.values().any(|table| table.units.contains(&unit.0));
        if !unit.is_known() && !is_declared() {
            let known = Unit::known();
            let hint = did_you_mean(&unit.0, known.iter().map(String::as_str));
            self.say(Code::K0219, written.span(), format!("there is no unit `{}`", unit.0))
                .hints
                .extend(hint);
            return;
        }
        let Some(follows) = follows.filter(|follows| **follows != unit) else { return };
        // A rate of two different things has the unit that is written; of one thing it follows.
        let is_quotient =
            |unit: &Unit| unit.0.as_ref() == Unit::PERCENT || unit.0.starts_with("per-");
        if matches!(kind, Kind::Rate { .. }) && !is_quotient(&unit) {
            return;
        }
        let message =
            format!("`{id}` is in `{}` by the way it is computed, not in `{}`", follows.0, unit.0);
        self.say(Code::K0219, written.span(), message).hints.push("take `unit` out".into());
    }

    /// A percentage change as printed is only of use where a change may be printed.
    fn has_change(&mut self, id: &str, is_signed: bool, is_compared: bool, range: Range<usize>) {
        let (message, note) = if is_signed {
            (
                format!("`{id}` is a balance, and has no percentage change to be printed"),
                "a balance may pass through nought, so that a percentage of it means nothing",
            )
        } else if !is_compared {
            (
                format!("`{id}` is not compared, and has no percentage change to be printed"),
                "`compare = false`, or its kind, gives it no base",
            )
        } else {
            return;
        };
        let diagnostic = self.say(Code::K0211, range, message);
        diagnostic.notes.push(note.into());
        diagnostic.hints.push("take `printed-change` out, or put it where the count is".into());
    }

    /// Which members are kept: those of one sign, or those on one side of one threshold.
    fn kept(
        &mut self,
        of: &Spanned<String>,
        among: Option<Among>,
        below: Option<f64>,
        above: Option<f64>,
    ) -> Option<Keep> {
        let keep = match (among, below, above) {
            (None, None, None) => return Some(Keep::All),
            (Some(among), None, None) => return Some(among.into()),
            (None, Some(threshold), None) => Keep::Below(threshold),
            (None, None, Some(threshold)) => Keep::Above(threshold),
            _ => {
                let message = format!("two rules say which members of `{}` are kept", of.get_ref());
                self.say(Code::K0201, of.span(), message)
                    .hints
                    .push("give one of `among`, `below`, `above`".into());
                return None;
            }
        };
        if keep.threshold().is_some_and(f64::is_finite) {
            return Some(keep);
        }
        let message = format!("the threshold for the members of `{}` is no number", of.get_ref());
        self.say(Code::K0201, of.span(), message).hints.push("write it as `below = 50`".into());
        None
    }

    /// The periods before that a number is held against.
    fn range(&mut self, id: &str, written: RangeOf) -> Option<RangeBefore> {
        let years = *written.years.get_ref();
        if !(2..=100).contains(&years) {
            let message = format!("the range of `{id}` is over {years} years");
            self.say(Code::K0201, written.years.span(), message)
                .hints
                .push("write how many years before the period it runs over, 2 to 100".into());
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
        // Only members are held against members.
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

    fn select(
        &mut self,
        from: Spanned<String>,
        fixed: IndexMap<String, Spanned<String>>,
        by: Option<Spanned<String>>,
        w: &Written,
    ) -> Option<Select> {
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
                let message = format!(
                    "table `{}` has no open dimension `{}`",
                    table.name,
                    dimension.get_ref()
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
                let message = format!(
                    "no dimension of table `{}` that is kept or added up has a member `{}`",
                    table.name,
                    member.get_ref()
                );
                let hint = did_you_mean(member.get_ref(), open.iter().copied());
                self.say(Code::K0203, member.span(), message).hints.extend(hint);
            }
        }
        let mut kept: Vec<&str> = over.iter().map(String::as_str).collect();
        kept.extend([&by, &across].into_iter().flatten().map(|by| by.dimension.as_str()));
        // A slip already told is not told again as a dimension left open.
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

    /// A dimension that is neither fixed nor kept would be added up over all members, totals
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
                let message =
                    format!("`{}` has a dimension `{dimension}`, which is left open", table.name);
                let diagnostic = self.say(Code::K0204, range.clone(), message);
                diagnostic.notes.push(
                    "adding over all its members would count totals and their parts together"
                        .into(),
                );
                diagnostic.hints.push(format!("fix it with `where = {{ {dimension} = \"…\" }}`, keep it with `by = \"{dimension}\"`, or add it up with `over = [\"{dimension}\"]` if it holds no totals"));
            }
        }
    }

    fn table(&mut self, name: &Spanned<String>) -> Option<&'a Table> {
        let data = self.data;
        let table = data.tables.get(name.get_ref()).map(|table| &**table);
        if table.is_none() {
            let hint = did_you_mean(name.get_ref(), data.tables.keys().map(String::as_str));
            let message = format!("there is no table `{}`", name.get_ref());
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
                let message = format!("table `{}` has no dimension `{dimension}`", table.name);
                self.say(Code::K0203, member.span(), message).hints.extend(hint);
                continue;
            }
            let codes = table.codes(&dimension);
            if !codes.is_empty() && !codes.contains(&member.get_ref().as_str()) {
                let hint = did_you_mean(member.get_ref(), codes.iter().copied());
                let message = format!(
                    "`{}` is no member of `{dimension}` in table `{}`",
                    member.get_ref(),
                    table.name
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
            let message = format!("table `{}` has no open dimension `{dimension}`", table.name);
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
            let message = format!("no member of `{dimension}` is of the kind `{}`", kind.get_ref());
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
            let message =
                format!("`{dimension}` of table `{}` has no members to run over", table.name);
            self.say(Code::K0203, by.span(), message)
                .hints
                .push("give the dimension a foreign key or an enumeration in datapackage.json; check `kinds`".into());
            return None;
        }
        Some(By { dimension, members, register })
    }

    fn break_(&mut self, written: WrittenBreak) -> Option<Break> {
        let WrittenBreak { at, tables, dimension, members, note } = written;
        let month: Option<Month> = match at.get_ref().parse() {
            Ok(month) => Some(month),
            Err(message) => {
                self.say(Code::K0201, at.span(), message);
                None
            }
        };
        let data = self.data;
        let mut concerned: Vec<&Table> = vec![];
        for name in &tables {
            concerned.extend(self.table(name));
        }
        // Of a table that does not exist no dimension is known.
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

    /// Checks that a break names a dimension of its tables, and members of it: a break of what does not
    /// exist is no break, and values would be compared across it.
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
                Some(table) if are_named => {
                    Some(format!("table `{}` has no dimension `{name}`", table.name))
                }
                _ if !known.contains(name) => Some(format!("no table has a dimension `{name}`")),
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
                        format!(
                            "`{code}` is no member of `{}` in the tables concerned",
                            dimension.get_ref()
                        )
                    }
                    None => format!("`{code}` is no member of a dimension of the tables concerned"),
                };
                let hint = did_you_mean(code, codes.iter().copied());
                let diagnostic = self.say(Code::K0203, member.span(), message);
                diagnostic.notes.push(
                    "values on both sides of a break that concerns nothing would be compared"
                        .into(),
                );
                diagnostic.hints.extend(hint);
            }
        }
    }

    /// Every indicator that another is computed from exists, and none is computed from itself.
    fn parts_exist(&mut self, all: &IndexMap<String, Indicator>, refused: &HashSet<String>) {
        for indicator in all.values() {
            let crate::diag::Place::Text { range, .. } = &indicator.place else { continue };
            let ranged = indicator.range.iter().map(|range| range.of.as_str());
            for part in indicator.kind.parts().into_iter().chain(ranged) {
                // What is wrong with a part that was refused has been told.
                if !all.contains_key(part) && !refused.contains(part) {
                    let hint = did_you_mean(part, all.keys().map(String::as_str));
                    let message = format!(
                        "`{}` is computed from `{part}`, which does not exist",
                        indicator.id
                    );
                    self.say(Code::K0203, range.clone(), message).hints.extend(hint);
                }
            }
        }
        let links = links(all);
        for indicator in all.values() {
            let crate::diag::Place::Text { range, .. } = &indicator.place else { continue };
            match links.get(indicator.id.as_str()) {
                // What lies above one that is told is no other mistake.
                Some(links) if *links == MOST_LINKS + 1 => {
                    let message = format!(
                        "`{}` is computed from others in {links} steps, one upon another",
                        indicator.id
                    );
                    let diagnostic = self.say(Code::K0232, range.clone(), message);
                    diagnostic.notes.push(format!("no more than {MOST_LINKS} are followed"));
                    diagnostic.hints.push("compute it from what the tables have".into());
                }
                Some(_) => {}
                None if is_in_a_circle(all, indicator) => {
                    let message = format!("`{}` is computed from itself", indicator.id);
                    self.say(Code::K0202, range.clone(), message)
                        .hints
                        .push(format!("follow its parts: {}", indicator.kind.formula()));
                }
                None => {}
            }
        }
    }
}

/// So many indicators may stand one upon another.
const MOST_LINKS: usize = 64;

/// How many steps each indicator is away from the tables; of those in a circle and of those computed
/// from them nothing is said.
fn links(all: &IndexMap<String, Indicator>) -> HashMap<&str, usize> {
    let mut waiting: HashMap<&str, usize> = HashMap::new();
    let mut users: HashMap<&str, Vec<&str>> = HashMap::new();
    for (id, indicator) in all {
        let parts = indicator.kind.parts();
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

/// Whether an indicator is reached from its own parts.
fn is_in_a_circle(all: &IndexMap<String, Indicator>, indicator: &Indicator) -> bool {
    let mut seen = HashSet::new();
    let mut open = indicator.kind.parts();
    while let Some(part) = open.pop() {
        if part == indicator.id {
            return true;
        }
        if seen.insert(part) {
            open.extend(all.get(part).into_iter().flat_map(|i| i.kind.parts()));
        }
    }
    false
}

/// Two indicators, and neither one nor three.
struct Pair(Spanned<String>, Spanned<String>);

impl<'de> Deserialize<'de> for Pair {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        let named = Vec::<Spanned<String>>::deserialize(from)?;
        let count = named.len();
        match <[Spanned<String>; 2]>::try_from(named) {
            Ok([a, b]) => Ok(Self(a, b)),
            Err(_) => {
                let message = format!("two indicators are related here, not {count}");
                Err(serde::de::Error::custom(message))
            }
        }
    }
}

impl JsonSchema for Pair {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        <[String; 2]>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        <[String; 2]>::json_schema(generator)
    }
}

impl From<Among> for Keep {
    fn from(among: Among) -> Self {
        match among {
            Among::All => Self::All,
            Among::Positive => Self::Positive,
            Among::Negative => Self::Negative,
        }
    }
}

/// The unit that follows from the kind alone; the others have that of their parts.
fn kind_unit(kind: &Kind) -> Option<Unit> {
    Some(Unit::new(match kind {
        Kind::Share { .. }
        | Kind::Effectiveness(..)
        | Kind::EffectivenessIndex(..)
        | Kind::Concentration { .. } => Unit::PERCENT,
        Kind::Rate { per, .. } => return Some(Unit::of_rate(*per)),
        Kind::Count { .. } | Kind::Size(_) | Kind::Own(Own { part: OwnPart::Rank, .. }) => {
            Unit::NUMBER
        }
        Kind::Run { .. } => Unit::YEARS,
        _ => return None,
    }))
}
