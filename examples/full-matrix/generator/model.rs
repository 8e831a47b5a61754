//! Expected moves inside the country: a gravity model.
//!
//! Moves grow with the populations at both ends and fall with the distance between the capitals. Three
//! large cities attract more than their size suggests; young people move most, women slightly more than
//! men, and more from villages to towns than back. Spring 2020 has few moves.

use super::chance::Chance;
use super::year::{Flow, Quarter, Year};

/// A region: invented weights under a real code.
pub struct Region {
    /// Its ISO 3166-2 code.
    pub code: &'static str,
    /// Initial inhabitants, in thousands.
    pub thousands: f64,
    /// The part of them in villages; zero in the three cities.
    pub rural: f64,
    /// Attraction relative to its size.
    pub pull: f64,
    /// Emission relative to its size.
    pub push: f64,
    /// Natural increase per year and 1,000 inhabitants.
    pub natural: f64,
    /// Weights of arrivals from abroad and of departures, relative to its size.
    pub abroad: [f64; 2],
    /// Longitude and latitude of the capital.
    pub capital: [f64; 2],
}

macro_rules! regions {
    ($($code:literal $thousands:literal $rural:literal $pull:literal $push:literal $natural:literal
       $arrivals:literal $departures:literal $lon:literal $lat:literal)*) => {
        [$(Region {
            code: $code, thousands: $thousands, rural: $rural, pull: $pull, push: $push,
            natural: $natural, abroad: [$arrivals, $departures], capital: [$lon, $lat],
        }),*]
    };
}

/// The regions, in the order of their register. Everything but code and capital is invented.
#[rustfmt::skip]
pub const REGIONS: [Region; 20] = regions! {
    // code  thousands rural pull push natural arr. dep. longitude latitude
    "KZ-10"    620.0   0.38  0.60 1.15  7.5    0.5  0.9   80.25    50.41
    "KZ-11"    780.0   0.52  0.90 1.15  3.5    0.9  1.7   69.39    53.28
    "KZ-15"    910.0   0.26  0.85 0.90 12.5    0.6  0.6   57.17    50.28
    "KZ-19"   1480.0   0.78  1.75 0.90 16.0    1.3  0.4   77.08    43.88
    "KZ-23"    660.0   0.44  0.86 0.82 17.5    0.8  0.3   51.92    47.11
    "KZ-27"    680.0   0.46  0.75 1.00  8.5    0.7  0.8   51.37    51.23
    "KZ-31"   1200.0   0.57  0.65 1.15 15.0    0.8  0.6   71.37    42.90
    "KZ-33"    690.0   0.55  0.55 1.20 11.0    0.7  0.6   78.37    45.02
    "KZ-35"   1150.0   0.18  0.80 1.05  3.0    0.8  1.9   73.10    49.80
    "KZ-39"    850.0   0.39  0.75 0.95 -0.5    1.0  2.3   63.63    53.21
    "KZ-43"    810.0   0.54  0.60 1.10 17.0    0.4  0.2   65.51    44.85
    "KZ-47"    720.0   0.55  0.98 0.78 19.5    2.6  0.2   51.17    43.65
    "KZ-55"    760.0   0.28  0.75 0.95  1.5    0.8  2.1   76.97    52.28
    "KZ-59"    550.0   0.52  0.70 1.10 -2.5    0.9  1.9   69.15    54.87
    "KZ-61"   2050.0   0.75  0.65 1.20 19.0    0.9  0.2   68.25    43.30
    "KZ-62"    230.0   0.21  0.60 1.10  9.0    0.3  0.5   67.71    47.80
    "KZ-63"    740.0   0.34  0.65 1.05 -1.0    0.7  1.8   82.61    49.95
    "KZ-71"   1140.0   0.00  2.60 0.95 17.0    1.6  0.9   71.43    51.13
    "KZ-75"   1920.0   0.00  1.75 1.10 10.5    1.9  1.0   76.89    43.24
    "KZ-79"   1040.0   0.00  1.45 1.10 18.0    0.8  0.4   69.60    42.32
};

/// Five-year age groups; the last is open.
pub const AGES: [&str; 15] = [
    "0-4", "5-9", "10-14", "15-19", "20-24", "25-29", "30-34", "35-39", "40-44", "45-49", "50-54",
    "55-59", "60-64", "65-69", "70+",
];

/// The distribution of moves inside the country over the age groups.
#[rustfmt::skip]
const AGE_WEIGHTS: [f64; 15] = [
    0.080, 0.062, 0.048, 0.135, 0.170, 0.140, 0.102, 0.068, 0.048, 0.037, 0.031, 0.027, 0.022,
    0.014, 0.016,
];

/// Moves inside the country, relative to an ordinary quarter of 2020.
#[rustfmt::skip]
const LEVELS: [[f64; 4]; 6] = [
    [1.00, 0.42, 0.86, 0.92],
    [0.98, 1.02, 1.07, 1.00],
    [1.03, 1.08, 1.12, 1.06],
    [1.15, 1.22, 1.28, 1.30],
    [1.42, 1.50, 1.58, 1.55],
    [1.60, 1.68, 1.76, 1.70],
];

/// Moves between regions, and inside a region, in an ordinary quarter of 2020.
const BETWEEN: f64 = 108_000.0;
const INSIDE: f64 = 92_000.0;

/// Whether an age group is that of students.
fn studies(age: usize) -> bool {
    matches!(age, 3 | 4)
}

/// Whether an age group is within 15–34.
pub fn is_young(age: usize) -> bool {
    (3..=6).contains(&age)
}

/// The constant part of the model: how each pair of regions deviates from what its sizes suggest.
pub struct Model {
    pairs: Vec<[f64; 20]>,
}

impl Model {
    /// Draws the deviations of the pairs.
    pub fn new(chance: &mut Chance) -> Self {
        let mut pairs = vec![[0.0; 20]; 20];
        let mut all = 0.0;
        for (origin, row) in pairs.iter_mut().enumerate() {
            for (destination, weight) in row.iter_mut().enumerate() {
                if origin == destination {
                    continue;
                }
                let (from, to) = (&REGIONS[origin], &REGIONS[destination]);
                // With 120 km added, so that neighbouring regions do not take all moves.
                let far = 120.0 + kilometres(from.capital, to.capital);
                *weight = from.thousands * from.push * to.thousands * to.pull * chance.around(0.3)
                    / (far * far.sqrt());
                all += *weight;
            }
        }
        for weight in pairs.iter_mut().flatten() {
            *weight *= BETWEEN / all;
        }
        Self { pairs }
    }

    /// The moves of a quarter.
    pub fn internal(&self, quarter: Quarter, chance: &mut Chance, year: &mut Year) {
        let level = LEVELS[quarter.of_all() / 4][quarter.index];
        let inhabitants: f64 = REGIONS.iter().filter(|r| r.rural > 0.0).map(|r| r.thousands).sum();
        for origin in 0..20 {
            for destination in 0..20 {
                let home = &REGIONS[origin];
                let expected = match origin == destination {
                    // Inside a city a move crosses no counted boundary.
                    true if home.rural == 0.0 => continue,
                    true => INSIDE * home.thousands / inhabitants,
                    false => self.pairs[origin][destination],
                };
                let expected = expected * level * chance.around(0.06);
                self.flows(quarter, [origin, destination], expected, chance, year);
            }
        }
    }

    fn flows(
        &self,
        quarter: Quarter,
        [origin, destination]: [usize; 2],
        expected: f64,
        chance: &mut Chance,
        year: &mut Year,
    ) {
        let (from, to) = (&REGIONS[origin], &REGIONS[destination]);
        for age in 0..AGES.len() {
            let season = match (studies(age), quarter.index) {
                (true, 2) => 1.75,
                (true, _) => 0.78,
                (false, 2) => 1.08,
                (false, _) => 0.97,
            };
            let taste = match (from.rural == 0.0, to.rural == 0.0) {
                (_, true) if studies(age) => 1.35,
                (_, true) if age >= 9 => 0.75,
                (true, false) if studies(age) => 0.65,
                (true, false) if age >= 9 => 1.30,
                _ => 1.0,
            };
            let leaving = (from.rural * if is_young(age) { 1.15 } else { 1.04 }).min(0.9);
            let arriving = to.rural * if is_young(age) { 0.74 } else { 0.94 };
            let women = if studies(age) { 0.55 } else { 0.515 };
            for sex in 0..2 {
                let of_sex = if sex == 0 { women } else { 1.0 - women };
                for out_of in 0..2 {
                    for into in 0..2 {
                        let settled =
                            [1.0 - leaving, leaving][out_of] * [1.0 - arriving, arriving][into];
                        if settled == 0.0 {
                            continue;
                        }
                        let mean = expected * AGE_WEIGHTS[age] * season * taste * of_sex * settled;
                        let persons = chance.whole(mean);
                        year.moved(Flow { origin, destination, out_of, into, sex, age }, persons);
                    }
                }
            }
        }
    }
}

/// The distance between two places in km, in an equirectangular projection at their mean latitude.
fn kilometres([lon, lat]: [f64; 2], [other_lon, other_lat]: [f64; 2]) -> f64 {
    const DEGREE: f64 = 111.2;
    let middle = (lat + other_lat) / 2.0 * (std::f64::consts::PI / 180.0);
    let (x, y) = ((lon - other_lon) * cosine(middle) * DEGREE, (lat - other_lat) * DEGREE);
    (x * x + y * y).sqrt()
}

/// The cosine by its series, since the library function differs between machines in the last bit.
fn cosine(angle: f64) -> f64 {
    let square = angle * angle;
    1.0 - square / 2.0 * (1.0 - square / 12.0 * (1.0 - square / 30.0 * (1.0 - square / 56.0)))
}
