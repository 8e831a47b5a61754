//! `indicators.toml` as it is written, and what it means.

use std::collections::HashSet;
use std::ops::Range;

use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use toml::Spanned;

use super::{Break, By, Identity, Indicator, Indicators, Keep, Kind, Moment, Published, Select};
use crate::data::{Dataset, Table};
use crate::diag::{Diagnostic, Result, SourceText, did_you_mean, toml_error};
use crate::facts::Unit;
use crate::period::Month;

/// One indicator as written: exactly one of the keys that say how it is computed.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Written {
    from: Option<Spanned<String>>,
    #[serde(default, rename = "where")]
    fixed: IndexMap<String, Spanned<String>>,
    by: Option<Spanned<String>>,
    across: Option<Spanned<String>>,
    #[serde(default)]
    over: Vec<Spanned<String>>,
    #[serde(default)]
    monthly: bool,
    #[serde(default)]
    watch_jumps: bool,
    #[serde(default)]
    kinds: Vec<String>,
    #[serde(default)]
    at: At,
    #[serde(default)]
    published: Names,
    sum: Option<Vec<Spanned<String>>>,
    difference: Option<[Spanned<String>; 2]>,
    share: Option<PartOf>,
    effectiveness: Option<[Spanned<String>; 2]>,
    rate: Option<RateOf>,
    count: Option<Kept>,
    members: Option<Spanned<String>>,
    total: Option<Kept>,
    concentration: Option<TopOf>,
    largest: Option<TopOf>,
    smallest: Option<TopOf>,
    first: Option<Vec<Spanned<String>>>,
    history: Option<YearsOf>,
    inflow: Option<Spanned<String>>,
    outflow: Option<Spanned<String>>,
    flows: Option<TopOf>,
    net_volume: Option<[Spanned<String>; 2]>,
    effectiveness_index: Option<[Spanned<String>; 2]>,
    quarters: Option<LastOf>,
    unit: Option<String>,
    #[serde(default)]
    signed: bool,
    population: Option<String>,
    #[serde(default)]
    plan: bool,
    compare: Option<bool>,
    printed_change: Option<Spanned<Selected>>,
    control: Option<Selected>,
    identity: Option<Law>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Selected {
    from: Spanned<String>,
    #[serde(rename = "where")]
    fixed: IndexMap<String, Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Law {
    sum: f64,
    /// Only `complete`: when all members are known.
    #[serde(rename = "when")]
    _when: When,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum When {
    Complete,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PartOf {
    of: Spanned<String>,
    #[serde(rename = "in")]
    whole: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RateOf {
    of: Spanned<String>,
    over: Spanned<String>,
    per: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    of: Spanned<String>,
    among: Option<Among>,
    below: Option<f64>,
    above: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TopOf {
    of: Spanned<String>,
    top: usize,
    among: Option<Among>,
    below: Option<f64>,
    above: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LastOf {
    of: Spanned<String>,
    last: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct YearsOf {
    of: Spanned<String>,
    years: i16,
    #[serde(default)]
    annual: bool,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Among {
    All,
    Positive,
    Negative,
}

#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum At {
    #[default]
    During,
    Start,
    End,
    Latest,
    Year,
    LastYear,
}

#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Names {
    #[default]
    Unknown,
    Positive,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct WrittenBreak {
    at: String,
    #[serde(default)]
    tables: Vec<String>,
    dimension: Option<String>,
    #[serde(default)]
    members: Vec<String>,
    note: Option<String>,
}

/// The key under which breaks stand among the indicators.
const BREAKS: &str = "breaks";

/// Reads `indicators.toml` and checks it against the tables.
pub fn parse(text: &SourceText, data: &Dataset) -> Result<Indicators> {
    let table = toml::de::DeTable::parse(&text.text)
        .map_err(|error| vec![toml_error("K0201", text, &error)])?
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
                Ok(written) => {
                    breaks.extend(written.into_iter().filter_map(|b| reader.break_(b, &range)))
                }
                Err(error) => reader.found.push(toml_error("K0201", text, &error)),
            }
            continue;
        }
        if !is_id(&id) {
            reader
                .say("K0201", range, format!("`{id}` cannot be the id of an indicator"))
                .hints
                .push("begin with a letter; go on with letters, digits and `_`".into());
            continue;
        }
        match Written::deserialize(value.into_deserializer()) {
            Ok(written) => match reader.indicator(&id, range, written) {
                Some(indicator) => drop(all.insert(id, indicator)),
                None => drop(refused.insert(id)),
            },
            Err(error) => {
                reader.found.push(toml_error("K0201", text, &error));
                refused.insert(id);
            }
        }
    }
    reader.parts_exist(&all, &refused);
    if reader.found.is_empty() {
        Ok(Indicators { all, breaks, text: text.clone() })
    } else {
        Err(reader.found)
    }
}

fn is_id(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_alphabetic())
        && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

struct Reader<'a> {
    text: &'a SourceText,
    data: &'a Dataset,
    found: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    fn say(&mut self, code: &'static str, range: Range<usize>, message: String) -> &mut Diagnostic {
        self.found.push(Diagnostic::error(code, message).at(self.text.place(range)));
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    fn indicator(&mut self, id: &str, range: Range<usize>, mut w: Written) -> Option<Indicator> {
        let mut kinds: Vec<(&str, Kind)> = vec![];
        let ids = |list: Vec<Spanned<String>>| list.into_iter().map(Spanned::into_inner).collect();
        let pair = |[a, b]: [Spanned<String>; 2]| (a.into_inner(), b.into_inner());
        if let Some(from) = w.from.take() {
            let by = w.by.take();
            let select = self.select(from, std::mem::take(&mut w.fixed), by, &w)?;
            kinds.push(("from", Kind::Select(select)));
        } else if let Some((key, _)) = w.fixed.first() {
            let message = format!("`where` names `{key}`, but `from` names no table");
            self.say("K0201", range.clone(), message).hints.push("add `from = \"TABLE\"`".into());
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
                kinds.push((name, Kind::Ranked { of, top: top.top, keep, largest_first }));
            }
        }
        if let Some(parts) = w.first {
            kinds.push(("first", Kind::First(ids(parts))));
        }
        if let Some(history) = w.history {
            let (of, years) = (history.of.into_inner(), history.years);
            kinds.push(("history", Kind::History { of, years, is_annual: history.annual }));
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
        if kinds.len() != 1 {
            let names: Vec<String> = kinds.iter().map(|(name, _)| format!("`{name}`")).collect();
            let message = if kinds.is_empty() {
                format!("`{id}` does not say how it is computed")
            } else {
                format!("`{id}` is computed in {} ways at once: {}", kinds.len(), names.join(", "))
            };
            self.say("K0201", range, message).hints.push(
                "give exactly one of `from`, `sum`, `difference`, `share`, `effectiveness`, `rate`, \
                 `count`, `members`, `total`, `concentration`, `largest`, `smallest`, `first`, `history`, `inflow`, `outflow`, \
                 `flows`, `net-volume`, `effectiveness-index`, `quarters`"
                    .into(),
            );
            return None;
        }
        let (_, kind) = kinds.remove(0);
        let unit = w.unit.map(|unit| Unit::new(&unit)).or_else(|| kind_unit(&kind));
        let is_compared = w.compare.unwrap_or(!matches!(
            kind,
            Kind::Ranked { .. }
                | Kind::History { .. }
                | Kind::Size(_)
                | Kind::Flows { .. }
                | Kind::Quarters { .. }
        ));
        if let Some(printed) = &w.printed_change {
            self.has_change(id, w.signed, is_compared, printed.span());
        }
        let printed_change = self.selected(w.printed_change.map(Spanned::into_inner));
        let control = self.selected(w.control);
        Some(Indicator {
            id: id.to_owned(),
            is_signed: w.signed,
            population: w.population,
            is_plan: w.plan,
            is_compared,
            kind,
            unit,
            printed_change,
            identity: w.identity.map(|law| Identity { sum: law.sum }),
            control,
            place: self.text.place(range),
        })
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
        let diagnostic = self.say("K0211", range, message);
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
                self.say("K0201", of.span(), message)
                    .hints
                    .push("give one of `among`, `below`, `above`".into());
                return None;
            }
        };
        if keep.threshold().is_some_and(f64::is_finite) {
            return Some(keep);
        }
        let message = format!("the threshold for the members of `{}` is no number", of.get_ref());
        self.say("K0201", of.span(), message).hints.push("write it as `below = 50`".into());
        None
    }

    fn selected(&mut self, selected: Option<Selected>) -> Option<Select> {
        let selected = selected?;
        let table = self.table(&selected.from)?;
        let before = self.found.len();
        let fixed = self.fixed(table, selected.fixed);
        if self.found.len() == before {
            self.all_fixed(table, &fixed, &[], selected.from.span());
        }
        Some(Select {
            table: table.name.clone(),
            fixed,
            by: None,
            across: None,
            over: vec![],
            watches_jumps: false,
            is_monthly: false,
            at: Moment::During,
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
            Some(by) => Some(self.by(table, by, &fixed, w)?),
            None => None,
        };
        let across = match w.across.clone() {
            Some(across) => Some(self.by(table, across, &fixed, w)?),
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
                self.say("K0203", dimension.span(), message).hints.extend(hint);
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
            watches_jumps,
            is_monthly,
            at,
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
                let diagnostic = self.say("K0204", range.clone(), message);
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
            self.say("K0203", name.span(), message).hints.extend(hint);
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
                self.say("K0203", member.span(), message).hints.extend(hint);
                continue;
            }
            if let Some(members) = table.members.get(&dimension)
                && !members.iter().any(|known| **known == **member.get_ref())
            {
                let hint = did_you_mean(member.get_ref(), members.iter().map(|m| &**m));
                let message = format!(
                    "`{}` is no member of `{dimension}` in table `{}`",
                    member.get_ref(),
                    table.name
                );
                self.say("K0203", member.span(), message).hints.extend(hint);
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
        w: &Written,
    ) -> Option<By> {
        let dimension = by.get_ref().clone();
        if !table.dimensions.contains(&dimension)
            || fixed.iter().any(|(name, _)| *name == dimension)
        {
            let open = table.dimensions.iter().filter(|d| fixed.iter().all(|(name, _)| name != *d));
            let hint = did_you_mean(&dimension, open.map(String::as_str));
            let message = format!("table `{}` has no open dimension `{dimension}`", table.name);
            self.say("K0203", by.span(), message).hints.extend(hint);
            return None;
        }
        let members = table.members.get(&dimension).cloned().unwrap_or_default();
        let register =
            table.registers.get(&dimension).cloned().unwrap_or_else(|| dimension.clone());
        let kind_of = |member: &str| {
            self.data
                .registers
                .get(&register)
                .and_then(|r| r.rows.get(member))
                .and_then(|row| row.get("kind"))
        };
        let members: Vec<_> = members
            .into_iter()
            .filter(|m| w.kinds.is_empty() || kind_of(m).is_some_and(|kind| w.kinds.contains(kind)))
            .collect();
        if members.is_empty() {
            let message =
                format!("`{dimension}` of table `{}` has no members to run over", table.name);
            self.say("K0203", by.span(), message)
                .hints
                .push("give the dimension a foreign key or an enumeration in datapackage.json; check `kinds`".into());
            return None;
        }
        let published = match w.published {
            Names::Unknown => Published::Unknown,
            Names::Positive => Published::Positive,
        };
        Some(By { dimension, members, register, published })
    }

    fn break_(&mut self, written: WrittenBreak, range: &Range<usize>) -> Option<Break> {
        let at: Month = match written.at.parse() {
            Ok(at) => at,
            Err(message) => {
                self.say("K0201", range.clone(), message);
                return None;
            }
        };
        for table in &written.tables {
            if !self.data.tables.contains_key(table) {
                let hint = did_you_mean(table, self.data.tables.keys().map(String::as_str));
                self.say("K0203", range.clone(), format!("there is no table `{table}`"))
                    .hints
                    .extend(hint);
            }
        }
        let WrittenBreak { tables, dimension, members, note, .. } = written;
        Some(Break { at, tables, dimension, members, note })
    }

    /// Every indicator that another is computed from exists, and none is computed from itself.
    fn parts_exist(&mut self, all: &IndexMap<String, Indicator>, refused: &HashSet<String>) {
        for indicator in all.values() {
            let crate::diag::Place::Text { range, .. } = &indicator.place else { continue };
            for part in indicator.kind.parts() {
                // What is wrong with a part that was refused has been told.
                if !all.contains_key(part) && !refused.contains(part) {
                    let hint = did_you_mean(part, all.keys().map(String::as_str));
                    let message = format!(
                        "`{}` is computed from `{part}`, which does not exist",
                        indicator.id
                    );
                    self.say("K0203", range.clone(), message).hints.extend(hint);
                }
            }
            let mut seen = HashSet::new();
            let mut open = indicator.kind.parts();
            while let Some(part) = open.pop() {
                if part == indicator.id {
                    let message = format!("`{}` is computed from itself", indicator.id);
                    self.say("K0202", range.clone(), message)
                        .hints
                        .push(format!("follow its parts: {}", indicator.kind.formula()));
                    break;
                }
                if seen.insert(part) {
                    open.extend(all.get(part).into_iter().flat_map(|i| i.kind.parts()));
                }
            }
        }
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
        Kind::Rate { per, .. } if *per == 100.0 => Unit::PERCENT,
        Kind::Rate { .. } => Unit::PER_1000,
        Kind::Count { .. } | Kind::Size(_) => Unit::NUMBER,
        _ => return None,
    }))
}
