//! Plans: the releases to build.
//!
//! In: the requested profiles, regions and periods; each axis has its default, names, or all. Out: a
//! [`Planned`] list in an order that depends only on the project, so that all machines that share a plan
//! ([`Shard`]) agree on its parts. An unknown name stops the plan; a profile that cannot be read is one
//! failure in it.

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

/// The choice on one axis.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Choice<T> {
    /// The project's default.
    #[default]
    Default,
    /// Everything available.
    All,
    /// These names, in this order.
    Named(Vec<T>),
}

impl<T> Choice<T> {
    /// `All` instead of the default.
    pub fn or_all(self) -> Self {
        if matches!(self, Self::Default) { Self::All } else { self }
    }

    /// Whether it selects exactly one.
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
    /// The latest period that can be published.
    Latest,
    /// This one.
    This(Period),
}

/// A request for several releases.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The project's folder.
    pub root: PathBuf,
    /// Settings for every release; its profile and region are ignored.
    pub overrides: Overrides,
    /// The profiles.
    pub profiles: Choice<String>,
    /// The regions, for profiles with regional briefs.
    pub regions: Choice<String>,
    /// The periods.
    pub periods: Choice<When>,
    /// The day by whose end data must have been published to be used.
    pub as_of: Option<Date>,
}

/// A release to build.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Item {
    /// The profile; `None` for the project's.
    pub profile: Option<String>,
    /// The region.
    pub region: Option<String>,
    /// The period; `None` for the project's or the latest.
    pub period: Option<Period>,
}

impl Item {
    /// The settings with which the project is opened to build it.
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

/// A plan.
#[derive(Debug, Default)]
pub struct Planned {
    /// The releases in order; those of one profile and region are adjacent.
    pub items: Vec<Item>,
    /// The profiles that could not be planned, with the problems.
    pub failed: Vec<(String, Vec<Diagnostic>)>,
}

impl Asked {
    /// Whether exactly one release is requested, which is known without reading any file.
    pub fn is_one(&self) -> bool {
        self.profiles.is_one() && self.regions.is_one() && self.periods.is_one()
    }

    /// The single release that is requested.
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

/// Plans the requested releases from the state of the disk in this round.
pub fn plan(asked: &Asked, disk: &Disk) -> Result<Planned> {
    let mut planned = Planned::default();
    let mut unknown = vec![];
    let mut bodies = vec![];
    for profile in profiles(asked, disk)? {
        match Body::open(asked, &profile, disk) {
            Ok(body) => bodies.push(body),
            // An unknown name is an error of the request, not a failed release.
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

/// The ids of the requested profiles.
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
    // An unreadable profile is kept, so that it fails and is reported.
    all.retain(|id| *id == own || !open(Some(id.clone())).is_ok_and(|project| project.is_apart));
    Ok(all)
}

/// A profile, loaded.
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
            // Profiles with regional briefs get the named regions; others get the brief of the country,
            // unless no requested profile has regional briefs.
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

/// The diagnostic if all regions are requested and the project names no register of them.
fn unlisted() -> Vec<Diagnostic> {
    Diagnostic::error(
        Code::K0014,
        message!(
            "all regions are requested, but the project does not say which \
        regions it has"
        ),
    )
    .at(Place::Path("brief.toml".into()))
    .hint(message!(
        "add `regions = {{ register = \"regions\" }}`, and `kinds = [...]` to take only some of \
            its rows"
    ))
    .into()
}

fn unknown_regions(asked: &Asked, bodies: &[Body]) -> Vec<Diagnostic> {
    let Choice::Named(named) = &asked.regions else { return vec![] };
    let mut found = vec![];
    for known in bodies.iter().filter_map(|body| body.regions.as_ref()) {
        for code in named.iter().filter(|code| !known.contains(code)) {
            let known = known.iter().map(String::as_str);
            found.push(
                Diagnostic::error(Code::K0014, message!("there is no region `{code}`", code))
                    .at(Place::option("region", code))
                    .maybe_hint(did_you_mean(code, known)),
            );
        }
    }
    found
}

/// Problems of named periods that no requested profile can publish. A period that only some can publish
/// is a failed release of the others.
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
            Diagnostic::error(
                Code::K0209,
                message!("{period} cannot be published", period = period.short()),
            )
            .maybe_hint(did_you_mean(&period.short(), known.iter().map(String::as_str))),
        );
    }
    found
}

impl Body {
    /// Whether a period without rows of its own can be published, such as a quarter by subtraction.
    fn is_derived(&self, period: Period, as_of: Option<Date>) -> bool {
        self.pipeline.facts(period, as_of).is_ok()
    }
}
