//! Forms: the facts that each form of figure shows, its requirements, and its chart.
//!
//! In: a figure of `figures.toml`, and facts. Out: a [`Chart`] worded for an edition, or the problems of
//! the figure. Everything about a form outside `charts`, where it is drawn, is here; marks shared by
//! several forms are worded in `marks`.
//!
//! To add a form, add a variant to [`Form`] and an arm to each of its functions; the compiler lists them.

use schemars::JsonSchema;
use serde::Deserialize;

use super::FigureSpec;
use super::bars::{self, Rows};
use super::figure::known_members;
use super::fitness::{Asking, Shape};
use super::marks::{self, column, name, quarters, sign_of, ticks, ticks_of};
use super::names::place;
use super::over_time;
use super::written::{Order, twice};
use crate::charts::{Bar, Chart, Heatmap, Line, Pair, Panel, Tile, nice_bounds};
use crate::diag::{Code, Diagnostic, Result, SourceText, did_you_mean};
use crate::indicators::{Indicators, quantity};
use crate::locale::Sign;
use crate::prose::{Writer, plain};
use crate::stats::{Fact, Facts, Matrix, Member, Quantity, Series, Time, cell_id, member_id};

/// A figure: its form, and the facts it shows.
// As it is written in `figures.toml`: the comments are what an editor shows there.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, tag = "form")]
pub enum Form {
    /// A series to both sides of zero.
    DivergingBars {
        /// The series.
        of: String,
        /// The sections that may contain the figure, by id.
        sections: Vec<String>,
    },
    /// A series of counts as horizontal bars from zero, without signs.
    Bars {
        /// The series.
        of: String,
        /// How many members are drawn; by default all.
        top: Option<usize>,
        /// The order of the bars; by default the largest is first.
        #[serde(default)]
        order: Order,
        /// The sections that may contain the figure, by id.
        sections: Vec<String>,
    },
    /// Series of counts over the same members, a bar of each beside the others.
    GroupedBars {
        /// The series, two to four.
        of: Vec<String>,
        /// How many members are drawn; by default all.
        top: Option<usize>,
        /// The order of the members; by default the largest of the first series is first.
        #[serde(default)]
        order: Order,
        /// The sections that may contain the figure, by id.
        sections: Vec<String>,
    },
    /// Wholes of 100 %, each divided into its parts.
    StackedBars {
        /// The series of the parts, two to five: counts, or shares in per cent.
        of: Vec<String>,
        /// The series that the parts make up; for shares it is left out, since they make up 100 %.
        whole: Option<String>,
        /// How many members are drawn; by default all.
        top: Option<usize>,
        /// The order of the members; by default the largest whole, or first share, is first.
        #[serde(default)]
        order: Order,
        /// The sections that may contain the figure, by id.
        sections: Vec<String>,
    },
    /// A series over years.
    Columns {
        /// The series.
        of: String,
        /// Series over the same years, drawn as lines in a panel below.
        #[serde(default)]
        lines: Vec<String>,
        /// Years before which a break mark is drawn.
        #[serde(default)]
        breaks: Vec<String>,
        /// The sections that may contain the figure, by id.
        sections: Vec<String>,
    },
    /// Series over the same members, side by side.
    Panels {
        /// The series, a panel each.
        of: Vec<String>,
        /// The sections that may contain the figure, by id.
        sections: Vec<String>,
    },
    /// A matrix of members by quarter, a line each.
    Lines {
        /// The matrix.
        of: String,
        /// The members that are drawn, by code; by default all.
        #[serde(default)]
        members: Vec<String>,
        /// The sections that may contain the figure, by id.
        sections: Vec<String>,
    },
    /// Series over years as lines in front of a range.
    Band {
        /// The series, one to three.
        of: Vec<String>,
        /// The series over the same years whose smallest and largest values are the range.
        range: Vec<String>,
        /// Years before which a break mark is drawn.
        #[serde(default)]
        breaks: Vec<String>,
        /// The sections that may contain the figure, by id.
        sections: Vec<String>,
    },
    /// A matrix of flows.
    Heatmap {
        /// The matrix.
        of: String,
        /// The sections that may contain the figure, by id.
        sections: Vec<String>,
    },
    /// A matrix of members by quarter, a small chart each.
    Multiples {
        /// The matrix.
        of: String,
        /// A series whose sizes give the order of the charts.
        order: Option<String>,
        /// The sections that may contain the figure, by id.
        sections: Vec<String>,
    },
    /// A series of rates on a grid; its register has `tile_col` and `tile_row`.
    TileMap {
        /// The series.
        of: String,
        /// The sections that may contain the figure, by id.
        sections: Vec<String>,
    },
    /// A series at two times: a line for each member, from its earlier value to its own.
    Slope {
        /// The series.
        of: String,
        /// The series with the earlier values; by default they are those of a year earlier.
        since: Option<String>,
        /// How many members are drawn, the largest.
        top: usize,
        /// The sections that may contain the figure, by id.
        sections: Vec<String>,
    },
    /// A small table with a line over time in each row, on a scale of its own.
    Sparklines {
        /// A matrix of members by quarter, or series over the same years, a row each.
        of: Vec<String>,
        /// The members of the matrix that have a row, by code; by default all.
        #[serde(default)]
        members: Vec<String>,
        /// The sections that may contain the figure, by id.
        sections: Vec<String>,
    },
    /// Two series over the same members.
    PairedDots {
        /// One series.
        first: String,
        /// The other.
        second: String,
        /// How many members are drawn, the largest.
        top: usize,
        /// The sections that may contain the figure, by id.
        sections: Vec<String>,
    },
}

/// An error in a figure that does not depend on data.
pub(super) enum Mistake<'a> {
    /// It shows nothing, for this reason.
    Nothing(&'static str),
    /// It shows one thing twice.
    Twice(&'a str),
}

impl Form {
    /// The sections in which the figure may be called.
    pub fn sections(&self) -> &[String] {
        match self {
            Self::DivergingBars { sections, .. }
            | Self::Bars { sections, .. }
            | Self::GroupedBars { sections, .. }
            | Self::StackedBars { sections, .. }
            | Self::Band { sections, .. }
            | Self::Sparklines { sections, .. }
            | Self::Slope { sections, .. }
            | Self::Columns { sections, .. }
            | Self::Panels { sections, .. }
            | Self::Lines { sections, .. }
            | Self::Heatmap { sections, .. }
            | Self::Multiples { sections, .. }
            | Self::TileMap { sections, .. }
            | Self::PairedDots { sections, .. } => sections,
        }
    }

    /// The ids of the facts it shows.
    pub fn facts(&self) -> Vec<&str> {
        match self {
            Self::DivergingBars { of, .. }
            | Self::Bars { of, .. }
            | Self::Lines { of, .. }
            | Self::Heatmap { of, .. }
            | Self::Multiples { of, order: None, .. }
            | Self::TileMap { of, .. } => vec![of],
            Self::Multiples { of, order: Some(order), .. } => vec![of, order],
            Self::Columns { of, lines, .. } => {
                std::iter::once(of).chain(lines).map(String::as_str).collect()
            }
            Self::Panels { of, .. }
            | Self::GroupedBars { of, .. }
            | Self::Sparklines { of, .. } => of.iter().map(String::as_str).collect(),
            Self::StackedBars { of, whole, .. } => {
                of.iter().chain(whole).map(String::as_str).collect()
            }
            Self::Slope { of, since, .. } => {
                std::iter::once(of).chain(since).map(String::as_str).collect()
            }
            Self::Band { of, range, .. } => of.iter().chain(range).map(String::as_str).collect(),
            Self::PairedDots { first, second, .. } => vec![first, second],
        }
    }

    /// The errors of the figure that do not depend on data.
    pub(super) fn mistakes(&self) -> Vec<Mistake<'_>> {
        let (nothing, repeated) = match self {
            Self::Columns { of, lines, .. } => {
                (None, twice(&std::iter::once(of).chain(lines).collect::<Vec<_>>()).copied())
            }
            Self::Panels { of, .. } => (of.is_empty().then_some("`of` names no series"), twice(of)),
            Self::Lines { members, .. } => (None, twice(members)),
            Self::Sparklines { of, members, .. } => {
                let wrong = of.is_empty().then_some("`of` names no matrix and no series");
                (wrong, twice(of).or_else(|| twice(members)))
            }
            Self::Bars { top, .. } => (no_rows(*top), None),
            Self::StackedBars { of, whole, top, .. } => {
                let wrong = (!(2..=5).contains(&of.len())).then_some(PARTS);
                let all: Vec<&String> = of.iter().chain(whole).collect();
                (wrong.or(no_rows(*top)), twice(&all).copied())
            }
            Self::Slope { of, since, top, .. } => {
                (no_rows(Some(*top)), since.as_ref().filter(|since| *since == of))
            }
            Self::Band { of, range, .. } => {
                let wrong = (!(1..=3).contains(&of.len())).then_some(LINES);
                let no_range = (range.len() < 2).then_some(RANGE);
                (wrong.or(no_range), twice(of).or_else(|| twice(range)))
            }
            Self::GroupedBars { of, top, .. } => {
                let wrong = (!(2..=4).contains(&of.len())).then_some(GROUPS);
                (wrong.or(no_rows(*top)), twice(of))
            }
            Self::PairedDots { first, second, top, .. } => {
                ((*top == 0).then_some("`top` is 0"), (first == second).then_some(first))
            }
            Self::DivergingBars { .. }
            | Self::Heatmap { .. }
            | Self::Multiples { .. }
            | Self::TileMap { .. } => (None, None),
        };
        let nothing = nothing.map(Mistake::Nothing);
        nothing.into_iter().chain(repeated.map(|name| Mistake::Twice(name))).collect()
    }

    /// The unknown names in it, apart from indicators.
    pub(super) fn unknown(
        &self,
        spec: &FigureSpec,
        text: &SourceText,
        indicators: &Indicators,
    ) -> Vec<Diagnostic> {
        let id = &spec.id;
        let mut found = vec![];
        let lines = match self {
            Self::Lines { of, members, .. } => Some((of, members)),
            Self::Sparklines { of, members, .. } => of.first().map(|of| (of, members)),
            _ => None,
        };
        match self {
            Self::Lines { .. } | Self::Sparklines { .. } => {
                let Some((of, members)) = lines else { return found };
                let known = indicators.members(of);
                for code in members.iter().filter(|code| !known.contains(code.as_str())) {
                    let message = format!("`{id}` draws `{code}`, which is not a member of `{of}`");
                    found.push(
                        Diagnostic::error(Code::K0501, message)
                            .at(place(text, (id, "members"), code, &spec.place))
                            .maybe_hint(did_you_mean(code, known.iter().copied())),
                    );
                }
            }
            Self::Columns { breaks, .. } | Self::Band { breaks, .. } => {
                let is_year = |year: &str| {
                    year.len() == 4 && year.parse().is_ok_and(|year| (1800..=2200).contains(&year))
                };
                for year in breaks.iter().filter(|year| !is_year(year)) {
                    let message =
                        format!("`{id}` has a break before `{year}`, which is not a year");
                    found.push(
                        Diagnostic::error(Code::K0501, message)
                            .at(place(text, (id, "breaks"), year, &spec.place))
                            .hint("write the first year of the new series, for example `2022`"),
                    );
                }
            }
            Self::DivergingBars { .. }
            | Self::Bars { .. }
            | Self::GroupedBars { .. }
            | Self::StackedBars { .. }
            | Self::Slope { .. }
            | Self::Panels { .. }
            | Self::Heatmap { .. }
            | Self::Multiples { .. }
            | Self::TileMap { .. }
            | Self::PairedDots { .. } => {}
        }
        found
    }

    /// Checks that its facts are of the kind that the form needs.
    pub(super) fn ask(&self, asking: &mut Asking<'_>, writer: &Writer) {
        match self {
            Self::DivergingBars { of, .. } => {
                asking.shape(of, Shape::Series);
                asking.balance(of);
            }
            Self::Bars { of, .. } => {
                asking.shape(of, Shape::Series);
                asking.counts(&[of]);
            }
            Self::GroupedBars { of, .. } => {
                let of: Vec<&String> = of.iter().collect();
                of.iter().for_each(|id| asking.shape(id, Shape::Series));
                asking.alike(&of, false);
                asking.one_unit(&of);
                asking.counts(&of);
            }
            Self::StackedBars { of, whole, .. } => {
                let all: Vec<&String> = whole.iter().chain(of).collect();
                all.iter().for_each(|id| asking.shape(id, Shape::Series));
                asking.alike(&all, false);
                asking.one_unit(&all);
                asking.counts(&all);
                asking.parts(of, whole.as_deref());
            }
            Self::Slope { of, since, .. } => {
                let all: Vec<&String> = std::iter::once(of).chain(since).collect();
                all.iter().for_each(|id| asking.shape(id, Shape::Series));
                asking.alike(&all, false);
                asking.one_unit(&all);
                if let Some(since) = since {
                    asking.earlier(since, of);
                }
            }
            Self::Sparklines { of, .. } => match &of[..] {
                [one] => asking.one_of(one, [Shape::Matrix, Shape::Years]),
                of => {
                    let of: Vec<&String> = of.iter().collect();
                    of.iter().for_each(|id| asking.shape(id, Shape::Years));
                    asking.alike(&of, true);
                }
            },
            Self::Band { of, range, .. } => {
                let all: Vec<&String> = of.iter().chain(range).collect();
                all.iter().for_each(|id| asking.shape(id, Shape::Years));
                asking.one_unit(&all);
            }
            Self::Columns { of, lines, .. } => {
                asking.shape(of, Shape::Years);
                lines.iter().for_each(|line| asking.shape(line, Shape::Years));
                asking.one_unit(&lines.iter().collect::<Vec<_>>());
            }
            Self::Panels { of, .. } => {
                let of: Vec<&String> = of.iter().collect();
                of.iter().for_each(|id| asking.shape(id, Shape::Series));
                asking.alike(&of, true);
                asking.one_unit(&of);
            }
            Self::Lines { of, .. } => asking.shape(of, Shape::Matrix),
            Self::Heatmap { of, .. } => asking.shape(of, Shape::Square),
            Self::Multiples { of, order, .. } => {
                asking.shape(of, Shape::Matrix);
                order.iter().for_each(|order| asking.shape(order, Shape::Series));
            }
            Self::TileMap { of, .. } => {
                asking.shape(of, Shape::Series);
                asking.placed(of, writer);
            }
            Self::PairedDots { first, second, .. } => {
                for id in [first, second] {
                    asking.shape(id, Shape::Series);
                }
                asking.alike(&[first, second], false);
                asking.one_unit(&[first, second]);
            }
        }
    }

    /// The number of rows shown and of rows with data; `None` for forms that show all.
    pub(super) fn shown(&self, facts: &Facts) -> Option<(usize, usize)> {
        match self {
            Self::PairedDots { first, second, top, .. } => {
                let all = known_members(facts, [first, second]);
                Some((all.min(*top), all))
            }
            Self::Bars { of, top, order, .. } => {
                Rows { top: *top, order: *order }.shown(known_members(facts, [of]))
            }
            Self::Slope { of, since, top, .. } => {
                let all = known_members(facts, std::iter::once(of).chain(since));
                Some((all.min(*top), all))
            }
            Self::GroupedBars { of, top, order, .. } => {
                Rows { top: *top, order: *order }.shown(known_members(facts, of))
            }
            Self::StackedBars { of, whole, top, order, .. } => {
                let all = of.iter().chain(whole);
                Rows { top: *top, order: *order }.shown(known_members(facts, all))
            }
            Self::DivergingBars { .. }
            | Self::Columns { .. }
            | Self::Panels { .. }
            | Self::Lines { .. }
            | Self::Sparklines { .. }
            | Self::Band { .. }
            | Self::Heatmap { .. }
            | Self::Multiples { .. }
            | Self::TileMap { .. } => None,
        }
    }

    /// The chart of a figure; `None` if what it shows is missing.
    pub(super) fn chart(&self, spec: &FigureSpec, writer: &Writer) -> Result<Option<Chart>> {
        let facts = writer.facts();
        let series = |id: &str| facts.get(id).and_then(|fact| fact.series());
        Ok(match self {
            Self::DivergingBars { of, .. } => match series(of) {
                Some(series) => {
                    let key = format!("figures.{}.base", spec.id);
                    let base = writer.maybe_phrase(&key)?;
                    let times = base_times(of, writer.facts());
                    writer.names_own_time(&key, base.as_deref().unwrap_or_default(), &times)?;
                    Some(Chart::DivergingBars {
                        bars: marks::bars(of, series, writer)?,
                        base: plain(&base.unwrap_or_default()),
                    })
                }
                None => None,
            },
            Self::Bars { of, top, order, .. } => {
                bars::single(of, Rows { top: *top, order: *order }, spec, writer)?
            }
            Self::GroupedBars { of, top, order, .. } => {
                bars::grouped(of, Rows { top: *top, order: *order }, spec, writer)?
            }
            Self::StackedBars { of, whole, top, order, .. } => {
                let rows = Rows { top: *top, order: *order };
                bars::stacked(of, whole.as_deref(), rows, spec, writer)?
            }
            Self::Columns { of, lines, breaks, .. } => match series(of) {
                Some(series) => Some(columns(of, series, (lines, breaks), spec, writer)?),
                None => None,
            },
            Self::Panels { of, .. } => panels(of, spec, writer)?,
            Self::Lines { of, members, .. } => match facts.get(of).and_then(Fact::matrix) {
                Some(matrix) => lines((of, matrix), members, spec, writer)?,
                None => None,
            },
            Self::Slope { of, since, top, .. } => {
                over_time::slope(of, since.as_deref(), *top, spec, writer)?
            }
            Self::Sparklines { of, members, .. } => {
                over_time::sparklines(of, members, spec, writer)?
            }
            Self::Band { of, range, breaks, .. } => {
                over_time::band((of, range), breaks, spec, writer)?
            }
            Self::Heatmap { of, .. } => match facts.get(of).and_then(Fact::matrix) {
                Some(matrix) => heatmap((of, matrix), spec, writer)?,
                None => None,
            },
            Self::Multiples { of, order, .. } => match facts.get(of).and_then(Fact::matrix) {
                Some(matrix) => {
                    multiples((of, matrix), order.as_deref().and_then(series), spec, writer)?
                }
                None => None,
            },
            Self::TileMap { of, .. } => match series(of) {
                Some(series) => tile_map(of, series, spec, writer)?,
                None => None,
            },
            Self::PairedDots { first, second, top, .. } => {
                paired([first, second], *top, spec, writer)?
            }
        })
    }
}

/// The mistake of groups that cannot be compared, or whose bars cannot be told apart.
const GROUPS: &str = "`of` must name two to four series";

/// The mistake of a whole that is not divided, or whose parts cannot be told apart.
const PARTS: &str = "`of` must name two to five parts";

/// The mistake of lines that cannot be told apart in front of a range.
const LINES: &str = "`of` must name one to three series";

/// The mistake of a range without extent.
const RANGE: &str = "`range` must name at least two series";

/// The mistake of a number of rows that shows none.
fn no_rows(top: Option<usize>) -> Option<&'static str> {
    (top == Some(0)).then_some("`top` is 0")
}

/// The times of the bases of a series.
pub(super) fn base_times(of: &str, facts: &Facts) -> Vec<Time> {
    let time = facts.get(of).map(|fact| fact.time);
    time.map(|time| match time {
        Time::Over(period) => Time::Over(period.years_before(1)),
        at => at,
    })
    .into_iter()
    .collect()
}

/// The smallest number of points in a line chart; two or three show nothing that the text does not.
pub(super) const FEWEST: usize = 4;

/// Columns over years, with lines below them if the series of all lines are known.
fn columns(
    of: &str,
    series: &Series,
    (lines, breaks): (&[String], &[String]),
    spec: &FigureSpec,
    writer: &Writer,
) -> Result<Chart> {
    let sign = sign_of(of, writer);
    let mut columns: Vec<Bar> =
        series.members.iter().map(|member| column(of, member, sign, writer)).collect();
    // If most values are the office's own, those read only in media are drawn as outlines.
    let reported: Vec<bool> = series.members.iter().map(|m| writer.is_reported(m)).collect();
    if reported.iter().filter(|is| **is).count() * 2 < reported.len() {
        for (column, is_reported) in columns.iter_mut().zip(reported) {
            column.is_reported = is_reported;
        }
    }
    let mut marks = vec![];
    for year in breaks {
        if let Some(at) = series.members.iter().position(|m| *m.code == **year)
            && at > 0
        {
            marks.push((at, writer.plain(&format!("figures.{}.break", spec.id))?));
        }
    }
    let mut below = vec![];
    for (index, id) in lines.iter().enumerate() {
        let Some(flow) = writer.facts().get(id).and_then(Fact::series) else { continue };
        // The years are those of the columns.
        let known: Vec<Option<Quantity>> = series
            .members
            .iter()
            .map(|year| flow.members.iter().find(|m| m.code == year.code)?.quantity)
            .collect();
        let ends = series.members.iter().zip(&known).rev();
        let Some((year, last)) = ends.filter_map(|(year, q)| Some((year, (*q)?))).next() else {
            continue;
        };
        if known.iter().flatten().count() < FEWEST {
            continue;
        }
        below.push(Line {
            label: writer.label(&format!("figures.{}.line{}", spec.id, index + 1), &[id])?,
            points: known.iter().map(|q| q.map(|q| q.value)).collect(),
            text: writer.locale().short_integer(last, Sign::Auto),
            fact: member_id(id, &year.code),
        });
    }
    // Only some components of a balance would be taken for all of them.
    if below.len() < lines.len() {
        below.clear();
    }
    let ticks = match below.is_empty() {
        true => vec![],
        false => ticks(below.iter().flat_map(|l| l.points.iter().flatten().copied()), writer),
    };
    let axis = ticks_of(columns.iter().filter_map(|column| column.value), sign, writer);
    let unit = writer.unit_label(&format!("figures.{}.unit", spec.id), of)?;
    let reported = writer.maybe_phrase(&format!("figures.{}.reported", spec.id))?;
    let reported = plain(&reported.unwrap_or_default());
    Ok(Chart::Columns { columns, lines: below, ticks, breaks: marks, axis, reported, unit })
}

/// Two dots per row; bars if only one of the two series has values.
fn paired(of: [&str; 2], top: usize, spec: &FigureSpec, writer: &Writer) -> Result<Option<Chart>> {
    let rows = pairs(of, top, writer)?;
    let has_net = rows.iter().any(|row| row.first.is_some() && row.second.is_some());
    let head = |part: &str, of: &[&str]| writer.label(&format!("figures.{}.{part}", spec.id), of);
    let rows: Vec<Pair> = match has_net {
        true => rows,
        // A net column without any value is left out.
        false => rows.into_iter().map(|row| Pair { net: String::new(), ..row }).collect(),
    };
    let is_one_of_two = |side: fn(&Pair) -> bool| rows.iter().all(side);
    let is_single =
        is_one_of_two(|row| row.first.is_none()) || is_one_of_two(|row| row.second.is_none());
    Ok(match rows.is_empty() {
        true => None,
        // A single series is drawn as bars.
        false if is_single => Some(Chart::DivergingBars {
            bars: rows.into_iter().map(single).collect(),
            base: String::new(),
        }),
        false => Some(Chart::PairedDots {
            rows,
            first: head("first", &of[..1])?,
            second: head("second", &of[1..])?,
            net: if has_net { head("net", &of)? } else { String::new() },
        }),
    })
}

/// The bar of a row with one of its two numbers.
fn single(row: Pair) -> Bar {
    let [first, second, _] = row.facts;
    let is_first = row.first.is_some();
    let (value, text) = row.first.or(row.second).unwrap_or_default();
    let fact = if is_first { first } else { second };
    Bar { label: row.label, value: Some(value), text, fact, ..Bar::default() }
}

/// The rows of two series, those with the largest value first.
fn pairs(of: [&str; 2], top: usize, writer: &Writer) -> Result<Vec<Pair>> {
    let [first, second] = of.map(|id| writer.facts().get(id).and_then(Fact::series));
    let Some(order) = first.or(second) else { return Ok(vec![]) };
    let known = |series: Option<&Series>, code: &str| {
        series.and_then(|s| s.members.iter().find(|m| &*m.code == code)).and_then(|m| m.quantity)
    };
    let mut rows: Vec<(&Member, Option<Quantity>, Option<Quantity>)> = order
        .members
        .iter()
        .map(|member| (member, known(first, &member.code), known(second, &member.code)))
        .filter(|(_, a, b)| a.is_some() || b.is_some())
        .collect();
    let size = |a: &Option<Quantity>, b: &Option<Quantity>| {
        a.map_or(0.0, |q| q.value).max(b.map_or(0.0, |q| q.value))
    };
    rows.sort_by(|x, y| size(&y.1, &y.2).total_cmp(&size(&x.1, &x.2)));
    rows.truncate(top);
    rows.into_iter()
        .map(|(member, a, b)| {
            let dot = |q: Quantity| (q.value, writer.locale().short_integer(q, Sign::Auto));
            let net = a.zip(b).and_then(|(a, b)| quantity::reported_difference(a, b));
            let net = net.map_or_else(
                || writer.locale().missing().to_owned(),
                |net| writer.locale().short_integer(net, Sign::Always),
            );
            let [first, second] = of.map(|id| member_id(id, &member.code));
            let both = match (a, b) {
                (Some(_), Some(_)) => format!("{first} − {second}"),
                _ => String::new(),
            };
            Ok(Pair {
                label: writer.locale().name(&order.register, &member.code, "nom")?.to_owned(),
                first: a.map(dot),
                second: b.map(dot),
                net,
                facts: [first, second, both],
            })
        })
        .collect()
}

/// Panels of bars side by side: a series each, over the same members.
fn panels(of: &[String], spec: &FigureSpec, writer: &Writer) -> Result<Option<Chart>> {
    let series: Option<Vec<&Series>> =
        of.iter().map(|id| writer.facts().get(id).and_then(Fact::series)).collect();
    let Some(series) = series else { return Ok(None) };
    let Some(first) = series.first() else { return Ok(None) };
    let rows: Result<Vec<String>> = first.members.iter().map(|m| name(writer, first, m)).collect();
    let mut panels = vec![];
    for (index, (series, id)) in series.iter().zip(of).enumerate() {
        let title = writer.label(&format!("figures.{}.panel{}", spec.id, index + 1), &[id])?;
        let sign = sign_of(id, writer);
        let bars = series.members.iter().map(|member| column(id, member, sign, writer)).collect();
        panels.push(Panel { title, bars, is_emphasised: false });
    }
    Ok(Some(Chart::Panels { rows: rows?, panels }))
}

/// Lines of some rows of a matrix over its columns.
fn lines(
    (of, matrix): (&str, &Matrix),
    members: &[String],
    spec: &FigureSpec,
    writer: &Writer,
) -> Result<Option<Chart>> {
    let mut lines = vec![];
    for (code, cells) in matrix.rows.codes.iter().zip(&matrix.cells) {
        if !members.is_empty() && !members.iter().any(|m| **m == **code) {
            continue;
        }
        let ends = matrix.columns.codes.iter().zip(cells).rev();
        let Some((quarter, last)) = ends.filter_map(|(to, q)| Some((to, (*q)?))).next() else {
            continue;
        };
        lines.push(Line {
            label: writer.locale().name(&matrix.rows.register, code, "nom")?.to_owned(),
            points: cells.iter().map(|cell| cell.map(|q| q.value)).collect(),
            text: writer.locale().short_integer(last, sign_of(of, writer)),
            fact: cell_id(of, code, quarter),
        });
    }
    let known = lines.iter().map(|line| line.points.iter().flatten().count()).max();
    if known.unwrap_or(0) < FEWEST {
        return Ok(None);
    }
    let unit = writer.unit_label(&format!("figures.{}.unit", spec.id), of)?;
    let ticks = ticks(lines.iter().flat_map(|line| line.points.iter().flatten().copied()), writer);
    let periods = quarters(matrix, writer)?;
    Ok(Some(Chart::Lines { periods, lines, breaks: vec![], ticks, unit }))
}

/// A small chart for each row of a matrix, all on one scale or, if the language has a phrase for it, each
/// on its own; ordered by the values of `order`.
fn multiples(
    (of, matrix): (&str, &Matrix),
    order: Option<&Series>,
    spec: &FigureSpec,
    writer: &Writer,
) -> Result<Option<Chart>> {
    let mut rows: Vec<usize> = (0..matrix.rows.codes.len()).collect();
    if let Some(order) = order {
        let ranked = order.ranked();
        let rank = |row: &usize| {
            ranked.iter().position(|(m, _)| m.code == matrix.rows.codes[*row]).unwrap_or(usize::MAX)
        };
        rows.sort_by_key(rank);
    }
    let mut panels = vec![];
    for row in rows {
        let bars = matrix.cells[row]
            .iter()
            .zip(&matrix.columns.codes)
            .map(|(cell, column)| Bar {
                value: cell.map(|q| q.value),
                text: cell.map_or_else(
                    || writer.locale().missing().to_owned(),
                    |q| writer.locale().short_integer(q, sign_of(of, writer)),
                ),
                fact: cell
                    .map_or_else(String::new, |_| cell_id(of, &matrix.rows.codes[row], column)),
                ..Bar::default()
            })
            .collect();
        let (register, code) = (&matrix.rows.register, &matrix.rows.codes[row]);
        let title = writer.locale().name(register, code, "short")?.to_owned();
        panels.push(Panel { title, bars, is_emphasised: writer.is_own(register, code) });
    }
    let values = matrix.cells.iter().flatten().flatten().map(|q| q.value);
    let ticks = ticks(values, writer);
    let own_scale = writer.maybe_phrase(&format!("figures.{}.own-scale", spec.id))?;
    let own_scale = own_scale.map(|words| plain(&words)).filter(|words| !words.is_empty());
    Ok(Some(Chart::Multiples { panels, periods: quarters(matrix, writer)?, ticks, own_scale }))
}

/// The largest number of classes in a heatmap; more cannot be distinguished in print.
const CLASSES: usize = 6;

fn heatmap(
    (of, matrix): (&str, &Matrix),
    spec: &FigureSpec,
    writer: &Writer,
) -> Result<Option<Chart>> {
    let key = |part: &str| format!("figures.{}.{part}", spec.id);
    let mut members = vec![];
    for code in &matrix.rows.codes {
        let label = writer.locale().name(&matrix.rows.register, code, "short")?.to_owned();
        members.push((label, writer.key(&matrix.rows.register, code)));
    }
    let flows: Vec<Vec<Option<f64>>> = matrix
        .cells
        .iter()
        .map(|row| row.iter().map(|cell| cell.map(|q| q.value)).collect())
        .collect();
    let name = |row: &std::sync::Arc<str>| {
        matrix.columns.codes.iter().map(|column| cell_id(of, row, column)).collect()
    };
    let facts = matrix.rows.codes.iter().map(name).collect();
    let values: Vec<f64> = flows
        .iter()
        .enumerate()
        .flat_map(|(at, row)| row.iter().enumerate().filter(move |(to, _)| *to != at))
        .filter_map(|(_, cell)| *cell)
        .collect();
    if values.is_empty() {
        return Ok(None);
    }
    // The lowest class begins at zero.
    let mut bounds = vec![0.0];
    bounds.extend(nice_bounds(&values, CLASSES - 1));
    let number = |value: f64| writer.locale().short_integer(Quantity::exact(value), Sign::Auto);
    let classes = bounds
        .iter()
        .enumerate()
        .map(|(index, least)| {
            let words = match bounds.get(index + 1) {
                Some(next) => writer.locale().range(&number(*least), &number(next - 1.0)),
                None => format!("≥\u{A0}{}", number(*least)),
            };
            (*least, words)
        })
        .collect();
    Ok(Some(Chart::Heatmap(Heatmap {
        members,
        flows,
        facts,
        classes,
        origins: writer.end_label(&key("origins"), true)?,
        destinations: writer.end_label(&key("destinations"), false)?,
        diagonal: writer.plain(&key("diagonal"))?,
        missing: writer.plain(&key("missing"))?,
        largest: plain(
            &writer.maybe_phrase(&format!("figures.{}.largest", spec.id))?.unwrap_or_default(),
        ),
    })))
}

/// In a map with larger rates, a rate below this many per 1,000 or per 100 is in the neutral class.
const NEAR_NOUGHT: f64 = 1.0;

/// The class bounds on one side of zero: the neutral class ends at `NEAR_NOUGHT`, and another bound
/// splits the larger rates in halves.
fn side_bounds(sizes: &[f64]) -> Vec<f64> {
    let largest = sizes.iter().copied().fold(0.0, f64::max);
    let neutral = match largest >= 3.0 * NEAR_NOUGHT {
        true => NEAR_NOUGHT,
        // If all rates are small, they are split by size.
        false => nice_bounds(sizes, 3).into_iter().find(|b| *b > 0.0).unwrap_or(largest),
    };
    let beyond: Vec<f64> = sizes.iter().copied().filter(|size| *size >= neutral).collect();
    let mut bounds = vec![neutral];
    bounds.extend(nice_bounds(&beyond, 1).into_iter().filter(|b| *b > neutral));
    bounds.retain(|bound| *bound > 0.0);
    bounds
}

/// The name in a tile: that for tiles, if the language has one, or else the short one.
fn tile_name(writer: &Writer, register: &str, code: &str) -> Result<String> {
    let name = |form: &str| writer.locale().name(register, code, form).map(str::to_owned);
    name("tile").or_else(|_| name("short"))
}

fn tile_map(
    of: &str,
    series: &Series,
    spec: &FigureSpec,
    writer: &Writer,
) -> Result<Option<Chart>> {
    let rounded = |q: Quantity| writer.locale().shown_percent(q, 1).map(|shown| shown.value);
    let mut tiles = vec![];
    for member in &series.members {
        let Some((col, row)) = writer.tile(&series.register, &member.code) else { continue };
        let text = member.quantity.map_or_else(
            || writer.locale().missing().to_owned(),
            |q| writer.locale().percent_number(q, 1, Sign::Always),
        );
        tiles.push(Tile {
            col,
            row,
            label: tile_name(writer, &series.register, &member.code)?,
            short: writer.key(&series.register, &member.code),
            name: writer.locale().name(&series.register, &member.code, "short")?.to_owned(),
            value: member.quantity.and_then(rounded),
            text,
            fact: member_id(of, &member.code),
            is_emphasised: writer.is_own(&series.register, &member.code),
        });
    }
    let sizes: Vec<f64> = tiles.iter().filter_map(|tile| tile.value).map(f64::abs).collect();
    if sizes.is_empty() {
        return Ok(None);
    }
    let bounds = side_bounds(&sizes);
    // Rates are printed to a tenth, and belong to the class in which they are printed.
    let tenth = |value: f64| writer.locale().decimal(value, 1, Sign::Always);
    let below = |bound: f64| bound - 0.1;
    let mut classes = vec![];
    for (index, bound) in bounds.iter().enumerate().rev() {
        classes.push(match bounds.get(index + 1) {
            None => format!("≤\u{A0}{}", tenth(-bound)),
            Some(next) => format!("{} … {}", tenth(-below(*next)), tenth(-bound)),
        });
    }
    if let Some(first) = bounds.first() {
        let neutral = writer.maybe_phrase(&format!("figures.{}.neutral", spec.id))?;
        let neutral = neutral.map_or(String::new(), |words| plain(&words) + " ");
        let range = format!("{} … {}", tenth(-below(*first)), tenth(below(*first)));
        classes.push(neutral + &range);
    }
    for (index, bound) in bounds.iter().enumerate() {
        classes.push(match bounds.get(index + 1) {
            None => format!("≥\u{A0}{}", tenth(*bound)),
            Some(next) => format!("{} … {}", tenth(*bound), tenth(below(*next))),
        });
    }
    Ok(Some(Chart::TileMap { tiles, bounds, classes }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_neutral_class_of_a_map_ends_where_a_rate_means_something() {
        assert_eq!(side_bounds(&[0.2, 0.8, 4.0, 12.0, 20.0]), [1.0, 10.0]);
        // If all rates are small, they are split by size.
        let small = side_bounds(&[0.1, 0.2, 0.3, 0.5]);
        assert!(small[0] < 0.5 && small.windows(2).all(|b| b[0] < b[1]), "{small:?}");
        assert_eq!(side_bounds(&[]), [0.0; 0]);
    }

    #[test]
    fn one_of_two_series_is_bars() {
        let row = Pair {
            label: "a".into(),
            second: Some((5.0, "5".into())),
            facts: ["X1[a]".into(), "X2[a]".into(), String::new()],
            ..Pair::default()
        };
        let bar = single(row);
        assert_eq!((bar.value, &*bar.text, &*bar.fact), (Some(5.0), "5", "X2[a]"));
    }
}
