//! Inhabitants: those of the previous quarter, plus births minus deaths, plus arrivals minus departures.

use super::chance::Chance;
use super::model::REGIONS;
use super::year::{Quarter, Year};

/// Inhabitants by region, settlement (urban, rural) and sex (women, men).
#[derive(Clone)]
pub struct Population(pub [[[i64; 2]; 2]; 20]);

impl Population {
    /// The initial inhabitants.
    pub fn new(chance: &mut Chance) -> Self {
        let mut all = [[[0; 2]; 2]; 20];
        for (region, settlements) in REGIONS.iter().zip(&mut all) {
            for (settlement, sexes) in settlements.iter_mut().enumerate() {
                let part = [1.0 - region.rural, region.rural][settlement];
                let persons = region.thousands * 1000.0 * part * chance.around(0.01);
                let women = if settlement == 0 { 0.525 } else { 0.495 };
                *sexes = [chance.whole(persons * women), chance.whole(persons * (1.0 - women))];
                if part == 0.0 {
                    *sexes = [0, 0];
                }
            }
        }
        Self(all)
    }

    /// Adds a quarter: natural increase, and the moves that `year` has counted so far.
    pub fn grow(&mut self, quarter: Quarter, chance: &mut Chance, year: &mut Year) {
        let fate = if quarter.year == 2021 { 0.7 } else { 1.0 };
        for (region, weights) in REGIONS.iter().enumerate() {
            for settlement in 0..2 {
                for sex in 0..2 {
                    let now = self.0[region][settlement][sex];
                    let sexes = if sex == 0 { 1.06 } else { 0.94 };
                    let waver = chance.around(0.05);
                    let mean = now as f64 * weights.natural / 4000.0 * fate * sexes;
                    let natural = chance.whole(mean * waver);
                    year.natural[region][settlement][sex] += if now == 0 { 0 } else { natural };
                    self.0[region][settlement][sex] = year.start.0[region][settlement][sex]
                        + year.natural[region][settlement][sex]
                        + year.net(region, settlement, sex);
                }
            }
        }
    }

    /// The inhabitants of the given regions, settlements and sexes; `None` for all.
    pub fn of(&self, region: Option<usize>, settlement: Option<usize>, sex: Option<usize>) -> i64 {
        let mut all = 0;
        for (r, settlements) in self.0.iter().enumerate() {
            for (s, sexes) in settlements.iter().enumerate() {
                for (x, persons) in sexes.iter().enumerate() {
                    let counts = region.is_none_or(|region| region == r)
                        && settlement.is_none_or(|settlement| settlement == s)
                        && sex.is_none_or(|sex| sex == x);
                    all += if counts { *persons } else { 0 };
                }
            }
        }
        all
    }
}
