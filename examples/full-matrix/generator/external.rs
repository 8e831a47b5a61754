//! Moves across the border: arrivals grow, departures fall, the border is closed in spring 2020.

use super::chance::Chance;
use super::model::{AGES, REGIONS};
use super::year::{Quarter, Year};

/// A partner: its code, whether it belongs to the CIS, its weights in arrivals and departures.
pub type Partner = (&'static str, bool, [f64; 2]);

/// The countries of the register, with invented weights.
#[rustfmt::skip]
pub const PARTNERS: [Partner; 21] = [
    ("AFG", false, [0.006, 0.001]), ("AZE", true,  [0.022, 0.006]), ("BLR", true,  [0.006, 0.028]),
    ("CAN", false, [0.002, 0.014]), ("CHN", false, [0.105, 0.006]), ("DEU", false, [0.022, 0.128]),
    ("GEO", false, [0.008, 0.002]), ("IND", false, [0.016, 0.002]), ("IRN", false, [0.008, 0.001]),
    ("ISR", false, [0.003, 0.017]), ("KGZ", true,  [0.062, 0.022]), ("KOR", false, [0.009, 0.014]),
    ("MNG", false, [0.046, 0.002]), ("POL", false, [0.003, 0.026]), ("RUS", true,  [0.335, 0.655]),
    ("SRB", false, [0.002, 0.002]), ("TJK", true,  [0.030, 0.004]), ("TKM", true,  [0.068, 0.005]),
    ("TUR", false, [0.034, 0.012]), ("USA", false, [0.007, 0.026]), ("UZB", true,  [0.206, 0.027]),
];

/// Arrivals and departures in an ordinary quarter of each year.
#[rustfmt::skip]
const LEVELS: [[f64; 2]; 6] = [
    [2_900.0, 7_400.0], [3_100.0, 7_000.0], [3_700.0, 5_900.0], [5_100.0, 4_600.0],
    [6_300.0, 3_700.0], [7_000.0, 2_900.0],
];

/// The seasonal factor of each quarter.
const SEASONS: [f64; 4] = [0.90, 1.02, 1.13, 0.95];

#[rustfmt::skip]
const AGE_WEIGHTS: [f64; 15] = [
    0.070, 0.065, 0.055, 0.075, 0.120, 0.135, 0.115, 0.085, 0.065, 0.055, 0.050, 0.040, 0.030,
    0.020, 0.020,
];

/// Education of migrants aged 15 and over: names, and weights in arrivals and departures.
pub const EDUCATION: [(&str, [f64; 2]); 5] = [
    ("higher", [0.33, 0.41]),
    ("vocational", [0.27, 0.30]),
    ("general_secondary", [0.31, 0.23]),
    ("basic_secondary", [0.06, 0.04]),
    ("other", [0.03, 0.02]),
];

/// The moves of a quarter.
pub fn moves(quarter: Quarter, chance: &mut Chance, year: &mut Year) {
    let shut = if quarter.of_all() == 1 { 0.35 } else { 1.0 };
    for flow in 0..2 {
        let level = LEVELS[quarter.of_all() / 4][flow] * SEASONS[quarter.index] * shut;
        let weights: Vec<f64> = REGIONS.iter().map(|r| r.thousands * r.abroad[flow]).collect();
        let all: f64 = weights.iter().sum();
        let mut grown = 0;
        for (region, weight) in weights.iter().enumerate() {
            let expected = level * weight / all * chance.around(0.08);
            let rural = REGIONS[region].rural * 0.7;
            for (partner, (.., part)) in PARTNERS.iter().enumerate() {
                for age in 0..AGES.len() {
                    for sex in 0..2 {
                        for (settlement, settled) in [1.0 - rural, rural].into_iter().enumerate() {
                            let women = if sex == 0 { 0.51 } else { 0.49 };
                            let mean = expected * part[flow] * AGE_WEIGHTS[age] * women * settled;
                            if mean == 0.0 {
                                continue;
                            }
                            let persons = chance.whole(mean);
                            year.crossed(flow, partner, region, settlement, sex, age, persons);
                            grown += if age >= 3 { persons } else { 0 };
                        }
                    }
                }
            }
        }
        // The last level takes the rest, so that the levels sum to the migrants aged 15 and over.
        let mut rest = grown;
        for (level, (_, part)) in EDUCATION.iter().enumerate() {
            let last = level + 1 == EDUCATION.len();
            let persons = if last { rest } else { chance.whole(grown as f64 * part[flow]) };
            let persons = persons.clamp(0, rest);
            year.education[flow][level] += persons;
            rest -= persons;
        }
    }
}
