//! The tables of the demonstration, in the schema of the shipped ones.
//!
//! In: the counts of a year so far, quarter after quarter. Out: a file for each table. Names and codes
//! are those of `datapackage.json` beside the data.

use std::collections::BTreeMap;
use std::fmt::Display;

use jiff::civil::Date;

use super::chance::Chance;
use super::external::{EDUCATION, PARTNERS};
use super::model::{AGES, REGIONS, Region, is_young};
use super::population::Population;
use super::year::{ARRIVALS, DEPARTURES, Quarter, Year, ends};

const SETTLEMENTS: [&str; 2] = ["urban", "rural"];
const SEXES: [&str; 2] = ["female", "male"];
/// One letter, since `moves.csv` contains it two hundred thousand times.
const SEX_CODES: [&str; 2] = ["f", "m"];
/// Age bands, with the range of age groups in each.
const BANDS: [(&str, std::ops::Range<usize>); 6] = [
    ("0-14", 0..3),
    ("15-24", 3..5),
    ("25-34", 5..7),
    ("35-44", 7..9),
    ("45-64", 9..13),
    ("65+", 13..15),
];
const AREAS: [&str; 3] = ["three-cities", "other-urban", "rural"];
const FLOWS: [&str; 2] = ["arrivals", "departures"];

/// The tables written so far.
pub struct Tables {
    files: BTreeMap<&'static str, String>,
    /// Arrivals, departures, moves, and moves between regions, for each quarter so far.
    history: Vec<[i64; 4]>,
    /// Releases with their days.
    vintages: Vec<(String, Date)>,
    /// Transfers sent and received since January, in thousands of tenge.
    transfers: [i64; 2],
}

/// A row: time, dimensions, value, unit, rounding unit.
struct Row<'a, T>(&'a str, &'a [&'a str], T, &'a str, &'a str);

impl Tables {
    /// No rows yet.
    pub fn new() -> Self {
        Self { files: BTreeMap::new(), history: vec![], vintages: vec![], transfers: [0; 2] }
    }

    /// All rows of a quarter.
    pub fn quarter(
        &mut self,
        quarter: Quarter,
        year: &Year,
        population: &Population,
        chance: &mut Chance,
    ) {
        let period = quarter.year_to_date();
        let [movers, between] = year.movers();
        let [arrivals, departures] = ends(&year.external, None, None);
        self.history.push([arrivals, departures, movers, between]);
        self.moves(quarter, &period, year);
        self.internal(quarter, &period, year);
        self.by_age(quarter, &period, year);
        self.abroad(quarter, &period, year);
        self.balances(quarter, &period, year, population);
        self.population(quarter, population);
        self.transfers(quarter, chance);
        self.labour(quarter, &period, chance);
    }

    fn moves(&mut self, quarter: Quarter, period: &str, year: &Year) {
        const MOVES: (&str, &str) = ("moves.csv", "origin,destination,sex,age,settlement");
        const TOTALS: (&str, &str) = ("interregional_od.csv", "origin,destination");
        for (origin, from) in REGIONS.iter().enumerate() {
            for (destination, to) in REGIONS.iter().enumerate() {
                if origin == destination {
                    continue;
                }
                let ends = [from.code, to.code];
                let total = year.between(origin, destination);
                self.persons(TOTALS, quarter, period, &ends, total);
                for (sex, sex_code) in SEX_CODES.iter().enumerate() {
                    for (band, ages) in BANDS {
                        for (into, settlement) in SETTLEMENTS.iter().enumerate() {
                            if into == 1 && to.rural == 0.0 {
                                continue;
                            }
                            let counts = &year.moves[origin][destination][into][sex][ages.clone()];
                            let key = [from.code, to.code, sex_code, band, settlement];
                            self.persons(MOVES, quarter, period, &key, counts.iter().sum());
                        }
                    }
                }
            }
        }
    }

    fn internal(&mut self, quarter: Quarter, period: &str, year: &Year) {
        const NETS: (&str, &str) = ("interregional.csv", "region,measure");
        const MOVERS: (&str, &str) = ("internal.csv", "region,measure");
        const PARTS: (&str, &str) = ("net_by_component.csv", "region,component");
        let [movers, between] = year.movers();
        let counts = [
            ("internal_movers_total", movers),
            ("interregional_movers", between),
            ("intraregional_movers", movers - between),
        ];
        for (measure, count) in counts {
            self.persons(MOVERS, quarter, period, &["KZ", measure], count);
        }
        let share = hundredths(between, movers);
        self.percent(MOVERS, quarter, period, &["KZ", "interregional_share_of_internal"], &share);
        for (measure, now) in [("internal_movers_yoy", 2), ("interregional_movers_yoy", 3)] {
            if let Some(change) = self.change(quarter, now) {
                self.percent(MOVERS, quarter, period, &["KZ", measure], &change);
            }
        }
        for (region, Region { code, .. }) in REGIONS.iter().enumerate() {
            let [arrivals, departures] = year.interregional(region);
            let net = arrivals - departures;
            for (measure, count) in
                [("arrivals", arrivals), ("departures", departures), ("net", net)]
            {
                self.persons(NETS, quarter, period, &[code, measure], count);
            }
            let inside = year.between(region, region);
            self.persons(MOVERS, quarter, period, &[code, "intraregional_movers"], inside);
            let [come, gone] = ends(&year.external, Some(region), None);
            let abroad = come - gone;
            for (component, count) in
                [("total", net + abroad), ("external", abroad), ("interregional", net)]
            {
                self.persons(PARTS, quarter, period, &[code, component], count);
            }
        }
    }

    /// Moves inside the country by area and age.
    fn by_age(&mut self, quarter: Quarter, period: &str, year: &Year) {
        const AGED: (&str, &str) = ("balance_by_age.csv", "area,age,measure");
        const YOUNG: (&str, &str) = ("balance_15_34.csv", "area,measure");
        let mut areas = [[[0; 2]; AGES.len()]; 3];
        for (region, settlements) in year.internal.iter().enumerate() {
            for (settlement, sexes) in settlements.iter().enumerate() {
                let area = match REGIONS[region].rural == 0.0 {
                    true => 0,
                    false => 1 + settlement,
                };
                for ages in sexes {
                    for (age, [arrivals, departures]) in ages.iter().enumerate() {
                        areas[area][age][ARRIVALS] += arrivals;
                        areas[area][age][DEPARTURES] += departures;
                    }
                }
            }
        }
        for (area, ages) in AREAS.iter().zip(&areas) {
            let mut young = [0; 2];
            for (age, counts) in ages.iter().enumerate() {
                for (measure, count) in measures(*counts) {
                    self.persons(AGED, quarter, period, &[area, AGES[age], measure], count);
                }
                if is_young(age) {
                    young = [young[0] + counts[0], young[1] + counts[1]];
                }
            }
            for (measure, count) in measures(young) {
                self.persons(YOUNG, quarter, period, &[area, measure], count);
            }
        }
    }

    /// Moves across the border by country, region and age, with rates and education.
    fn abroad(&mut self, quarter: Quarter, period: &str, year: &Year) {
        const WORLD: (&str, &str) = ("international.csv", "flow,partner");
        const REGIONAL: (&str, &str) = ("international_by_region.csv", "region,flow");
        const RATES: (&str, &str) = ("international_rates.csv", "measure");
        const PROFILE: (&str, &str) = ("profile.csv", "flow,region,characteristic,category");
        let of = |wanted: &dyn Fn(bool) -> bool| {
            let counts = |flow: usize| -> i64 {
                let partners = PARTNERS.iter().zip(year.partners[flow]);
                partners.filter(|((_, cis, _), _)| wanted(*cis)).map(|(_, count)| count).sum()
            };
            [counts(ARRIVALS), counts(DEPARTURES)]
        };
        let (world, cis) = (of(&|_| true), of(&|cis| cis));
        let mut partners = vec![("WORLD", world), ("CIS", cis), ("NONCIS", of(&|cis| !cis))];
        for (place, (code, ..)) in PARTNERS.iter().enumerate() {
            partners.push((code, [year.partners[0][place], year.partners[1][place]]));
        }
        for (partner, counts) in partners {
            for (flow, count) in measures(counts) {
                self.persons(WORLD, quarter, period, &[flow, partner], count);
            }
        }
        for (region, Region { code, .. }) in REGIONS.iter().enumerate() {
            for (flow, count) in measures(ends(&year.external, Some(region), None)) {
                self.persons(REGIONAL, quarter, period, &[code, flow], count);
            }
        }
        for (flow, name) in FLOWS.iter().enumerate() {
            let share = hundredths(cis[flow], world[flow]);
            self.percent(RATES, quarter, period, &[&format!("cis_share_{name}")], &share);
            if let Some(change) = self.change(quarter, flow) {
                self.percent(RATES, quarter, period, &[&format!("yoy_{name}")], &change);
            }
            let ages = |from: usize, to: usize| -> i64 {
                let groups = year.external.iter().flatten().flatten();
                groups.flat_map(|ages| &ages[from..to]).map(|counts| counts[flow]).sum()
            };
            let groups =
                [("under_15", 0, 3), ("working_age", 3, 13), ("pension_age", 13, AGES.len())];
            for (group, from, to) in groups {
                let key = [*name, "KZ", "age_group", group];
                self.persons(PROFILE, quarter, period, &key, ages(from, to));
            }
            for ((level, _), count) in EDUCATION.iter().zip(year.education[flow]) {
                let key = [*name, "KZ", "education_15plus", level];
                self.persons(PROFILE, quarter, period, &key, count);
            }
        }
    }

    /// All flows together, and population growth.
    fn balances(&mut self, quarter: Quarter, period: &str, year: &Year, population: &Population) {
        const ALL: (&str, &str) = ("balance_all_flows.csv", "region,settlement,measure");
        const RURAL: (&str, &str) = ("rural.csv", "region,settlement,measure");
        const GROWTH: (&str, &str) = ("population_change.csv", "region,measure");
        let regions = std::iter::once(("KZ", None))
            .chain(REGIONS.iter().enumerate().map(|(place, region)| (region.code, Some(place))));
        for (code, region) in regions {
            let all = year.all_flows(region, None);
            let natural = year.natural(region, None);
            let growth = population.of(region, None, None) - year.start.of(region, None, None);
            let parts = [
                ("growth", growth),
                ("natural_increase", natural),
                ("net_migration", all[0] - all[1]),
            ];
            for (measure, count) in parts {
                self.persons(GROWTH, quarter, period, &[code, measure], count);
            }
            for (measure, count) in measures(all) {
                self.persons(ALL, quarter, period, &[code, "total", measure], count);
            }
            for (place, settlement) in SETTLEMENTS.iter().enumerate() {
                if place == 1 && region.is_some_and(|region| REGIONS[region].rural == 0.0) {
                    continue;
                }
                let all = year.all_flows(region, Some(place));
                for (measure, count) in measures(all) {
                    self.persons(ALL, quarter, period, &[code, settlement, measure], count);
                }
                let abroad = ends(&year.external, region, Some(place));
                let inside = ends(&year.internal, region, Some(place));
                let change = population.of(region, Some(place), None)
                    - year.start.of(region, Some(place), None);
                for (measure, count) in [
                    ("arrivals", all[ARRIVALS]),
                    ("departures", all[DEPARTURES]),
                    ("net_migration", all[ARRIVALS] - all[DEPARTURES]),
                    ("external_arrivals", abroad[ARRIVALS]),
                    ("external_departures", abroad[DEPARTURES]),
                    ("internal_arrivals", inside[ARRIVALS]),
                    ("internal_departures", inside[DEPARTURES]),
                    ("internal_net", inside[ARRIVALS] - inside[DEPARTURES]),
                    ("natural_increase", year.natural(region, Some(place))),
                    ("population_change", change),
                ] {
                    self.persons(RURAL, quarter, period, &[code, settlement, measure], count);
                }
                let day = quarter.day_after();
                let part = population.of(region, Some(place), None);
                let share = hundredths(part, population.of(region, None, None));
                self.percent(RURAL, quarter, &day, &[code, settlement, "population_share"], &share);
            }
        }
    }

    /// The inhabitants on the day after a quarter.
    pub fn population(&mut self, quarter: Quarter, population: &Population) {
        const POPULATION: (&str, &str) = ("population.csv", "region,settlement,sex");
        let first = Date::constant(quarter.year, 1, 1);
        let end = first.checked_add(jiff::Span::new().months(quarter.index as i64 * 3 + 3));
        let released = end.and_then(|end| end.checked_add(jiff::Span::new().days(44)));
        self.vintages.push((quarter.vintage(), released.expect("a day of this century")));
        let day = quarter.day_after();
        let regions = std::iter::once(("KZ", None))
            .chain(REGIONS.iter().enumerate().map(|(place, region)| (region.code, Some(place))));
        for (code, region) in regions {
            let is_city = region.is_some_and(|region| REGIONS[region].rural == 0.0);
            for (settlement, settled) in [("total", None), ("urban", Some(0)), ("rural", Some(1))] {
                if is_city && settled == Some(1) {
                    continue;
                }
                for (sex, of_sex) in [("total", None), (SEXES[0], Some(0)), (SEXES[1], Some(1))] {
                    let count = population.of(region, settled, of_sex);
                    self.persons(POPULATION, quarter, &day, &[code, settlement, sex], count);
                }
            }
        }
    }

    /// Transfers of each month, and from January.
    fn transfers(&mut self, quarter: Quarter, chance: &mut Chance) {
        const TRANSFERS: (&str, &str) = ("remittances.csv", "measure,partner");
        const MEASURES: [&str; 2] = ["remittances_sent", "remittances_received"];
        if quarter.index == 0 {
            self.transfers = [0; 2];
        }
        for (measure, levels) in MEASURES.iter().zip([[41_000.0, 2_300.0], [15_500.0, 900.0]]) {
            let place = usize::from(*measure == MEASURES[1]);
            for month in 1..=3 {
                let month = quarter.index * 3 + month;
                let level = levels[0] + levels[1] * quarter.of_all() as f64 / 4.0;
                let waver = chance.around(0.09);
                let thousands = chance.whole(level * 1000.0 * waver);
                self.transfers[place] += thousands;
                let period = format!("{0}-{month:02}..{0}-{month:02}", quarter.year);
                self.tenge(TRANSFERS, quarter, &period, &[measure, "WORLD"], thousands);
            }
            let (period, total) = (quarter.year_to_date(), self.transfers[place]);
            self.tenge(TRANSFERS, quarter, &period, &[measure, "WORLD"], total);
        }
    }

    /// Foreign workers, kandas and settlers.
    fn labour(&mut self, quarter: Quarter, period: &str, chance: &mut Chance) {
        let growth = 1.0 + 0.02 * quarter.of_all() as f64;
        let day = quarter.day_after();
        let workers = |chance: &mut Chance, part: f64| {
            let waver = chance.around(0.04);
            chance.whole(12_400.0 * growth * part * waver)
        };
        let parts = [("CHN", 0.36), ("UZB", 0.17), ("TUR", 0.13), ("IND", 0.11), ("OTHER", 0.23)];
        let by_country = parts.map(|(code, part)| (code, workers(chance, part)));
        let total: i64 = by_country.iter().map(|(_, count)| count).sum();
        const WORKERS: &str = "foreign_workers_on_local_permits";
        for (category, count) in by_country.into_iter().chain([("total", total)]) {
            let key = [WORKERS, "KZ", category];
            self.write(LABOUR, quarter, Row(&day, &key, count, "persons", "1"));
        }
        let parts = [0.05, 0.24, 0.33, 0.19];
        let mut rest = total;
        for (place, part) in parts.into_iter().enumerate() {
            let count = (total as f64 * part) as i64;
            rest -= count;
            let key = [WORKERS, "KZ", &format!("category_{}", place + 1)];
            self.write(LABOUR, quarter, Row(&day, &key, count, "persons", "1"));
        }
        let key = [WORKERS, "KZ", "seasonal"];
        self.write(LABOUR, quarter, Row(&day, &key, rest, "persons", "1"));
        let employers = total / 7 + 31;
        let key = ["employers_of_foreign_workers", "KZ", "total"];
        self.write(LABOUR, quarter, Row(&day, &key, employers, "organisations", "1"));
        // Cumulative totals rise during a year; each year has a level of its own.
        let so_far = [0.19, 0.46, 0.73, 0.97][quarter.index];
        let [kandas, settlers] = quota(quarter.year);
        let granted = 11_000.0 * growth * so_far;
        let permits = 210_000.0 * growth * so_far;
        for (measure, count, unit) in [
            ("kandas_status_granted_ytd", granted as i64, "persons"),
            ("kandas_resettled_under_quota", (kandas as f64 * so_far * 0.94) as i64, "persons"),
            ("permits_issued_labour_immigrants", permits as i64, "permits"),
            ("permits_issued_and_extended_local", (permits * 0.06) as i64, "permits"),
        ] {
            let key = [measure, "KZ", "total"];
            self.write(LABOUR, quarter, Row(period, &key, count, unit, "1"));
        }
        const SETTLED: &str = "resettled_to_labour_deficit_regions";
        let mut all = 0;
        for (code, part) in RECEIVING {
            let count = (settlers as f64 * part * so_far * chance.around(0.02)) as i64;
            all += count;
            self.write(
                LABOUR,
                quarter,
                Row(period, &[SETTLED, code, "total"], count, "persons", "1"),
            );
        }
        self.write(LABOUR, quarter, Row(period, &[SETTLED, "KZ", "total"], all, "persons", "1"));
    }

    /// The plans of a year, announced before it starts.
    pub fn quotas(&mut self, year: i16) {
        let before = Quarter { year: year - 1, index: 3 };
        let period = format!("{year}-01..{year}-12");
        let [kandas, settlers] = quota(year);
        let step = i64::from(year - 2020);
        let local = format!("0.{}", 21 + step);
        let immigrants = format!("{}.{}", 2 + step / 4, 6 + step % 4);
        for (key, value, unit, rounded) in [
            (["regional_quota", "KZ", "kandas"], kandas.to_string(), "persons", "1"),
            (["regional_quota", "KZ", "resettlers"], settlers.to_string(), "persons", "1"),
            (["quota_local_permits", "KZ", "share_of_labour_force"], local, "percent", "0.01"),
            (
                ["quota_labour_immigrants", "KZ", "share_of_labour_force"],
                immigrants,
                "percent",
                "0.1",
            ),
            (
                ["quota_local_permits", "KZ", "total"],
                (19_000 + step * 1_100).to_string(),
                "permits",
                "1",
            ),
            (
                ["quota_labour_immigrants", "KZ", "total"],
                (262_000 + step * 9_000).to_string(),
                "permits",
                "1",
            ),
        ] {
            self.write(LABOUR, before, Row(&period, &key, value, unit, rounded));
        }
        let quotas = [("kandas", kandas, 0), ("resettlers", settlers, 1)];
        for (category, whole, which) in quotas {
            let mut rest = whole;
            for (code, parts) in PLANNED {
                // The last region takes the rest, so that the regions sum to the country.
                let count = match code == PLANNED[PLANNED.len() - 1].0 {
                    true => rest,
                    false => whole * parts[which] / 100,
                };
                rest -= count;
                if count > 0 {
                    let key = ["regional_quota", code, category];
                    self.write(LABOUR, before, Row(&period, &key, count, "persons", "1"));
                }
            }
        }
    }

    /// The percentage change of a cumulative total on the same months of the year before, as the office
    /// prints it.
    fn change(&self, quarter: Quarter, of: usize) -> Option<String> {
        let now = quarter.of_all();
        let before = self.history[now.checked_sub(4)?][of];
        Some(hundredths(self.history[now][of] - before, before))
    }

    fn persons(
        &mut self,
        table: (&'static str, &str),
        quarter: Quarter,
        time: &str,
        key: &[&str],
        count: i64,
    ) {
        self.write(table, quarter, Row(time, key, count, "persons", "1"));
    }

    fn percent(
        &mut self,
        table: (&'static str, &str),
        quarter: Quarter,
        time: &str,
        key: &[&str],
        value: &str,
    ) {
        self.write(table, quarter, Row(time, key, value, "percent", "0.1"));
    }

    fn tenge(
        &mut self,
        table: (&'static str, &str),
        quarter: Quarter,
        time: &str,
        key: &[&str],
        thousands: i64,
    ) {
        let millions = format!("{}.{:03}", thousands / 1000, thousands % 1000);
        self.write(table, quarter, Row(time, key, millions, "million-kzt", "0.001"));
    }

    fn write<T: Display>(
        &mut self,
        (file, dimensions): (&'static str, &str),
        quarter: Quarter,
        Row(time, key, value, unit, rounded): Row<'_, T>,
    ) {
        use std::fmt::Write;
        let text = self.files.entry(file).or_insert_with(|| {
            format!("period,{dimensions},value,unit,rounded_to,vintage,source_id,note\n")
        });
        text.push_str(time);
        for member in key {
            text.push(',');
            text.push_str(member);
        }
        // Writing to a string cannot fail.
        let _ = writeln!(text, ",{value},{unit},{rounded},{},demo,", quarter.vintage());
    }

    /// All files, the registers of releases, sources and ages among them.
    pub fn finish(self) -> BTreeMap<String, String> {
        let mut files: BTreeMap<String, String> =
            self.files.into_iter().map(|(name, text)| (name.to_owned(), text)).collect();
        let mut vintages = String::from("vintage,status,released,date_basis,note\n");
        for (vintage, released) in self.vintages {
            vintages += &format!("{vintage},final,{released},printed,invented\n");
        }
        files.insert("vintages.csv".into(), vintages);
        let mut ages = String::from("code,kind\n");
        for age in AGES {
            ages += &format!("{age},five-year\n");
        }
        for (band, _) in BANDS {
            ages += &format!("{band},band\n");
        }
        files.insert("ages.csv".into(), ages);
        files.insert("areas.csv".into(), format!("code,kind\n{},area\n", AREAS.join(",area\n")));
        files
    }
}

const LABOUR: (&str, &str) = ("labour.csv", "measure,region,category");
/// The regions to which settlers are sent, with their shares.
const RECEIVING: [(&str, f64); 8] = [
    ("KZ-10", 0.08),
    ("KZ-11", 0.15),
    ("KZ-35", 0.05),
    ("KZ-39", 0.21),
    ("KZ-55", 0.18),
    ("KZ-59", 0.19),
    ("KZ-62", 0.02),
    ("KZ-63", 0.12),
];

/// Their shares in the quotas of kandas and of settlers, in percent.
const PLANNED: [(&str, [i64; 2]); 8] = [
    ("KZ-10", [12, 9]),
    ("KZ-11", [13, 0]),
    ("KZ-35", [0, 6]),
    ("KZ-39", [9, 17]),
    ("KZ-55", [40, 22]),
    ("KZ-59", [9, 28]),
    ("KZ-62", [0, 8]),
    ("KZ-63", [17, 10]),
];

/// The quotas of kandas and of settlers.
fn quota(year: i16) -> [i64; 2] {
    let step = i64::from(year - 2020);
    [1_400 + step * 170, 5_200 + step * 330]
}

/// A pair of arrivals and departures with its balance.
fn measures([arrivals, departures]: [i64; 2]) -> [(&'static str, i64); 3] {
    [(FLOWS[0], arrivals), (FLOWS[1], departures), ("net", arrivals - departures)]
}

/// A part in percent of a whole, with one decimal; halves round away from zero.
fn hundredths(part: i64, whole: i64) -> String {
    let tenths = (part.abs() * 2000 + whole) / (whole * 2);
    let sign = if part < 0 && tenths > 0 { "-" } else { "" };
    format!("{sign}{}.{}", tenths / 10, tenths % 10)
}
