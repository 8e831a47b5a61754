//! The plan: which releases there are to make, before any is made.
//!
//! In: what somebody asked for on three axes, profile, region and period: nothing, names, or all.
//! Out: a [`Planned`] list, in an order that depends on nothing but the project, so that every
//! machine that is given a part of it ([`Shard`]) means the same part. A name that does not exist
//! stops the plan; a profile that cannot be read is one failure of it.

mod shard;

use std::collections::BTreeSet;
use std::path::PathBuf;

use jiff::civil::Date;

use crate::build::edition::Pipeline;
use crate::diag::{Code, Diagnostic, Place, Result, did_you_mean};
use crate::files::Disk;
use crate::project::{Overrides, Project, no_region};
use crate::stats::Period;

pub use shard::Shard;

/// What is asked of one axis.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Choice<T> {
    /// What the project says.
    #[default]
    Default,
    /// Everything there is.
    All,
    /// These, in this order.
    Named(Vec<T>),
}

impl<T> Choice<T> {
    /// `All` if nothing was said.
    pub fn or_all(self) -> Self {
        if matches!(self, Self::Default) { Self::All } else { self }
    }

    /// Whether it can only mean one thing.
    fn is_one(&self) -> bool {
        match self {
            Self::Default => true,
            Self::All => false,
            Self::Named(names) => names.len() == 1,
        }
    }
}

/// A period, or the latest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The last one that can be published.
    Latest,
    /// This one.
    This(Period),
}

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The project's folder.
    pub root: PathBuf,
    /// What is laid over every release; its profile and region are not looked at.
    pub overrides: Overrides,
    /// Whose.
    pub profiles: Choice<String>,
    /// Of which regions, where a profile's brief is a region's.
    pub regions: Choice<String>,
    /// Of which periods.
    pub periods: Choice<When>,
    /// From what was published by the end of this day.
    pub as_of: Option<Date>,
}

/// One release that is to be made.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Item {
    /// The profile; `None` is the project's.
    pub profile: Option<String>,
    /// The region.
    pub region: Option<String>,
    /// The period; `None` is the project's, or the latest.
    pub period: Option<Period>,
}

impl Item {
    /// What is laid over the project to make it.
    pub fn overrides(&self, asked: &Asked) -> Overrides {
        Overrides {
            profile: self.profile.clone(),
            region: self.region.clone(),
            ..asked.overrides.clone()
        }
    }
}

impl std::fmt::Display for Item {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let period = self.period.map_or_else(|| "latest".to_owned(), Period::short);
        write!(f, "{period} {}", self.profile.as_deref().unwrap_or("default"))?;
        self.region.as_ref().map_or(Ok(()), |region| write!(f, " {region}"))
    }
}

/// The releases to make.
#[derive(Debug, Default)]
pub struct Planned {
    /// One after the other; those of one profile and region stand together.
    pub items: Vec<Item>,
    /// Profiles of which nothing can be planned, and why.
    pub failed: Vec<(String, Vec<Diagnostic>)>,
}

impl Asked {
    /// Whether one release is meant, of which nothing need be read to know which.
    pub fn is_one(&self) -> bool {
        self.profiles.is_one() && self.regions.is_one() && self.periods.is_one()
    }

    /// The one release that is meant.
    pub fn one(&self) -> Item {
        let first = |names: &Choice<String>| match names {
            Choice::Named(names) => names.first().cloned(),
            _ => None,
        };
        let period = match &self.periods {
            Choice::Named(all) => match all.first() {
                Some(When::This(period)) => Some(*period),
                _ => None,
            },
            _ => None,
        };
        Item { profile: first(&self.profiles), region: first(&self.regions), period }
    }
}

/// Plans the releases asked for, from what stands on the disk in this round.
pub fn plan(asked: &Asked, disk: &Disk) -> Result<Planned> {
    let mut planned = Planned::default();
    let mut unknown = vec![];
    let mut bodies = vec![];
    for profile in profiles(asked, disk)? {
        match Body::open(asked, &profile, disk) {
            Ok(body) => bodies.push(body),
            // A name nobody knows is a slip of whoever asked, and not a release that failed.
            Err(problems) if problems.iter().any(|problem| problem.code == Code::K0004) => {
                unknown.extend(problems);
            }
            Err(problems) => planned.failed.push((profile, problems)),
        }
    }
    if !unknown.is_empty() {
        return Err(unknown);
    }
    let any_needs_region = bodies.iter().any(|body| body.pipeline.project.needs_region);
    unknown.extend(unknown_regions(asked, &bodies));
    unknown.extend(unknown_periods(asked, &bodies));
    if !unknown.is_empty() {
        crate::diag::distinct(&mut unknown);
        return Err(unknown);
    }
    for body in &bodies {
        match body.items(asked, any_needs_region) {
            Ok(items) => planned.items.extend(items),
            Err(problems) => planned.failed.push((body.profile.clone(), problems)),
        }
    }
    let mut seen = BTreeSet::new();
    planned.items.retain(|item| seen.insert(item.clone()));
    Ok(planned)
}

/// The profiles meant, by id.
fn profiles(asked: &Asked, disk: &Disk) -> Result<Vec<String>> {
    if let Choice::Named(ids) = &asked.profiles {
        return Ok(ids.clone());
    }
    let open = |profile: Option<String>| {
        let overrides = Overrides { profile, any_region: true, ..asked.overrides.clone() };
        Project::open_in(disk, &asked.root, &overrides)
    };
    let project = open(None)?;
    let own = project.profile.clone();
    if asked.profiles == Choice::Default {
        return Ok(vec![own]);
    }
    let mut all = project.layered().own_profile_ids();
    if !all.contains(&own) {
        all.push(own.clone());
    }
    // One that cannot be read is not apart: it fails, and is told.
    all.retain(|id| *id == own || !open(Some(id.clone())).is_ok_and(|project| project.is_apart));
    Ok(all)
}

/// A profile, read.
struct Body {
    profile: String,
    pipeline: Pipeline,
    regions: Option<Vec<String>>,
    periods: Vec<Period>,
}

impl Body {
    fn open(asked: &Asked, profile: &str, disk: &Disk) -> Result<Self> {
        let overrides = Overrides {
            profile: Some(profile.to_owned()),
            any_region: true,
            ..asked.overrides.clone()
        };
        let project = Project::open_in(disk, &asked.root, &overrides)?;
        let pipeline = Pipeline::open(project)?.value;
        let regions = pipeline.regions();
        let periods = pipeline.periods(asked.as_of);
        Ok(Self { profile: profile.to_owned(), pipeline, regions, periods })
    }

    fn items(&self, asked: &Asked, any_needs_region: bool) -> Result<Vec<Item>> {
        let project = &self.pipeline.project;
        let regions: Vec<Option<String>> = match (&asked.regions, project.needs_region) {
            (Choice::All, true) => {
                let codes = self.regions.as_ref().ok_or_else(unlisted)?;
                codes.iter().cloned().map(Some).collect()
            }
            // Those who need a region get those named; the others get the country's, unless
            // nobody asked needs one.
            (Choice::Named(codes), needs) if needs || !any_needs_region => {
                codes.iter().cloned().map(Some).collect()
            }
            (Choice::Default, true) if project.region.is_none() => {
                return Err(no_region(&project.texts).into());
            }
            _ => vec![project.region.clone()],
        };
        let period = |asked_for| self.pipeline.period(asked_for, asked.as_of);
        let periods: Vec<Period> = match &asked.periods {
            Choice::All => self.periods.clone(),
            Choice::Default => vec![period(None)?],
            Choice::Named(all) => all
                .iter()
                .map(|when| match when {
                    When::This(period) => Ok(*period),
                    When::Latest => self.periods.last().copied().map_or_else(|| period(None), Ok),
                })
                .collect::<Result<_>>()?,
        };
        let each = regions.iter().flat_map(|region| {
            periods.iter().map(|period| Item {
                profile: Some(self.profile.clone()),
                region: region.clone(),
                period: Some(*period),
            })
        });
        Ok(each.collect())
    }
}

/// Nobody has said which the regions are.
fn unlisted() -> Vec<Diagnostic> {
    Diagnostic::error(Code::K0014, "all regions are asked for, and the project does not say which they are")
        .at(Place::Path("brief.toml".into()))
        .hint("add `regions = { register = \"regions\" }`, with `kinds = [...]` if only some of its rows are meant")
        .into()
}

fn unknown_regions(asked: &Asked, bodies: &[Body]) -> Vec<Diagnostic> {
    let Choice::Named(named) = &asked.regions else { return vec![] };
    let mut found = vec![];
    for known in bodies.iter().filter_map(|body| body.regions.as_ref()) {
        for code in named.iter().filter(|code| !known.contains(code)) {
            let known = known.iter().map(String::as_str);
            found.push(
                Diagnostic::error(Code::K0014, format!("there is no region `{code}`"))
                    .at(Place::option("region", code))
                    .maybe_hint(did_you_mean(code, known)),
            );
        }
    }
    found
}

/// Periods that nobody asked can publish: one that somebody can is a release that fails.
fn unknown_periods(asked: &Asked, bodies: &[Body]) -> Vec<Diagnostic> {
    let Choice::Named(named) = &asked.periods else { return vec![] };
    if bodies.is_empty() {
        return vec![];
    }
    let mut found = vec![];
    for when in named {
        let When::This(period) = when else { continue };
        if bodies
            .iter()
            .any(|body| body.periods.contains(period) || body.is_derived(*period, asked.as_of))
        {
            continue;
        }
        let known: BTreeSet<Period> =
            bodies.iter().flat_map(|body| body.periods.iter().copied()).collect();
        let known: Vec<String> = known.into_iter().rev().map(Period::short).collect();
        found.push(
            Diagnostic::error(Code::K0209, format!("{} cannot be published", period.short()))
                .maybe_hint(did_you_mean(&period.short(), known.iter().map(String::as_str))),
        );
    }
    found
}

impl Body {
    /// Whether a period can be published that has no rows of its own, as a quarter by subtraction.
    fn is_derived(&self, period: Period, as_of: Option<Date>) -> bool {
        self.pipeline.facts(period, as_of).is_ok()
    }
}
