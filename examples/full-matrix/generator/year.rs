//! The year so far: the office prints cumulative totals from January.

use super::external::{EDUCATION, PARTNERS};
use super::model::AGES;
use super::population::Population;

/// A quarter of the demonstration.
#[derive(Clone, Copy)]
pub struct Quarter {
    /// The year.
    pub year: i16,
    /// Its index in the year, from 0.
    pub index: usize,
}

impl Quarter {
    /// Its index among all quarters, from 0.
    pub fn of_all(self) -> usize {
        (self.year - 2020) as usize * 4 + self.index
    }

    /// The period from January to its end, as in tables.
    pub fn year_to_date(self) -> String {
        format!("{0}-01..{0}-{1:02}", self.year, self.index * 3 + 3)
    }

    /// The day after it.
    pub fn day_after(self) -> String {
        match self.index {
            3 => format!("{}-01-01", self.year + 1),
            index => format!("{}-{:02}-01", self.year, index * 3 + 4),
        }
    }

    /// The release that publishes it.
    pub fn vintage(self) -> String {
        format!("{}Q{}", self.year, self.index + 1)
    }
}

/// A kind of move inside the country; settlements are urban and rural, sexes women and men.
#[derive(Clone, Copy)]
pub struct Flow {
    pub origin: usize,
    pub destination: usize,
    pub out_of: usize,
    pub into: usize,
    pub sex: usize,
    pub age: usize,
}

/// Arrivals and departures by region, settlement, sex and age.
type Ends = [[[[[i64; 2]; AGES.len()]; 2]; 2]; 20];

/// The counts of a year from its first day.
#[derive(Clone)]
pub struct Year {
    /// The inhabitants on its first day.
    pub start: Population,
    /// Moves by origin, destination, settlement of destination, sex and age.
    pub moves: Vec<[[[[i64; AGES.len()]; 2]; 2]; 20]>,
    /// Moves inside the country at both ends, including those inside a region.
    pub internal: Box<Ends>,
    /// Moves across the border.
    pub external: Box<Ends>,
    /// Moves across the border by flow and partner.
    pub partners: [[i64; PARTNERS.len()]; 2],
    /// Migrants aged 15 and over by flow and education.
    pub education: [[i64; EDUCATION.len()]; 2],
    /// Births minus deaths by region, settlement and sex.
    pub natural: [[[i64; 2]; 2]; 20],
}

/// The index of arrivals, and below that of departures, in a pair.
pub const ARRIVALS: usize = 0;
pub const DEPARTURES: usize = 1;

impl Year {
    /// The counts on 1 January, all zero.
    pub fn new(population: &Population) -> Self {
        let ends = || Box::new([[[[[0; 2]; AGES.len()]; 2]; 2]; 20]);
        Self {
            start: population.clone(),
            moves: vec![[[[[0; AGES.len()]; 2]; 2]; 20]; 20],
            internal: ends(),
            external: ends(),
            partners: [[0; PARTNERS.len()]; 2],
            education: [[0; EDUCATION.len()]; 2],
            natural: [[[0; 2]; 2]; 20],
        }
    }

    /// Counts moves inside the country.
    pub fn moved(&mut self, flow: Flow, persons: i64) {
        let Flow { origin, destination, out_of, into, sex, age } = flow;
        self.moves[origin][destination][into][sex][age] += persons;
        self.internal[destination][into][sex][age][ARRIVALS] += persons;
        self.internal[origin][out_of][sex][age][DEPARTURES] += persons;
    }

    /// Counts moves across the border.
    #[expect(clippy::too_many_arguments, reason = "one for each dimension of the table")]
    pub fn crossed(
        &mut self,
        flow: usize,
        partner: usize,
        region: usize,
        settlement: usize,
        sex: usize,
        age: usize,
        persons: i64,
    ) {
        self.partners[flow][partner] += persons;
        self.external[region][settlement][sex][age][flow] += persons;
    }

    /// Moves between two regions; inside a region if both are the same.
    pub fn between(&self, origin: usize, destination: usize) -> i64 {
        self.moves[origin][destination].iter().flatten().flatten().sum()
    }

    /// Arrivals from other regions and departures to them.
    pub fn interregional(&self, region: usize) -> [i64; 2] {
        let others = || (0..20).filter(move |other| *other != region);
        [
            others().map(|other| self.between(other, region)).sum(),
            others().map(|other| self.between(region, other)).sum(),
        ]
    }

    /// All moves inside the country, and those of them between regions.
    pub fn movers(&self) -> [i64; 2] {
        let inside: i64 = (0..20).map(|region| self.between(region, region)).sum();
        let between = (0..20).map(|region| self.interregional(region)[ARRIVALS]).sum();
        [inside + between, between]
    }

    /// Arrivals and departures over all flows for the given regions and settlements.
    pub fn all_flows(&self, region: Option<usize>, settlement: Option<usize>) -> [i64; 2] {
        let inside = ends(&self.internal, region, settlement);
        let outside = ends(&self.external, region, settlement);
        [inside[0] + outside[0], inside[1] + outside[1]]
    }

    /// Net migration over all flows of one group of inhabitants.
    pub fn net(&self, region: usize, settlement: usize, sex: usize) -> i64 {
        let groups = [&self.internal, &self.external];
        let ages = groups.iter().flat_map(|ends| &ends[region][settlement][sex]);
        ages.map(|[arrivals, departures]| arrivals - departures).sum()
    }

    /// Births minus deaths for the given regions and settlements.
    pub fn natural(&self, region: Option<usize>, settlement: Option<usize>) -> i64 {
        Population(self.natural).of(region, settlement, None)
    }
}

/// Arrivals and departures for the given regions and settlements.
pub fn ends(ends: &Ends, region: Option<usize>, settlement: Option<usize>) -> [i64; 2] {
    let mut all = [0; 2];
    for (r, settlements) in ends.iter().enumerate() {
        for (s, sexes) in settlements.iter().enumerate() {
            if region.is_some_and(|region| region != r)
                || settlement.is_some_and(|settlement| settlement != s)
            {
                continue;
            }
            for [arrivals, departures] in sexes.iter().flatten() {
                all[ARRIVALS] += arrivals;
                all[DEPARTURES] += departures;
            }
        }
    }
    all
}
