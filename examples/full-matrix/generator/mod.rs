//! The demonstration data: invented moves in a country with real names.
//!
//! In: the shipped registers, copied so that names and codes agree. Out: every table of the demonstration
//! as text. `model` gives the expected numbers of moves, `chance` turns them into random whole numbers,
//! `year` accumulates them from January, `tables` writes the counts in the shipped schema.
//!
//! Everything is summed from single moves, so tables agree exactly. Only `+ − × ÷ √` are used, which
//! round alike on every machine, so the bytes are the same everywhere.

// A region, an age and a quarter are indices into several lists at once.
#![allow(clippy::needless_range_loop)]

mod chance;
mod external;
mod model;
mod population;
mod tables;
mod year;

use std::collections::BTreeMap;
use std::io::Result;
use std::path::Path;

use chance::Chance;
use model::Model;
use population::Population;
use tables::Tables;
use year::{Quarter, Year};

/// The seed. Another seed gives other moves.
const SEED: u64 = 2022_0608;
/// The years, each of four quarters.
const YEARS: std::ops::RangeInclusive<i16> = 2020..=2025;
/// Registers and lexicons copied from the shipped ones; of partners only those with figures here.
const COPIED: [&str; 8] = [
    "regions.csv",
    "partners.csv",
    "lexicon/bodies.en.csv",
    "lexicon/bodies.ru.csv",
    "lexicon/partners.en.csv",
    "lexicon/partners.ru.csv",
    "lexicon/regions.en.csv",
    "lexicon/regions.ru.csv",
];

/// The files of the demonstration, by name. `shipped` is the folder of the real data, of which only the
/// registers are read.
pub fn files(shipped: &Path) -> Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    for name in COPIED {
        let text = std::fs::read_to_string(shipped.join(name))?;
        let text = if name.contains("partners") { counted(&text) } else { text };
        files.insert(name.to_owned(), text);
    }
    files.extend(tables());
    Ok(files)
}

/// A register or lexicon of partners without the countries for which no moves are generated, since a
/// series with a gap is not ranked.
fn counted(text: &str) -> String {
    let is_counted = |line: &&str| {
        let code = line.split(',').next().unwrap_or_default();
        ["code", "WORLD", "CIS", "NONCIS"].contains(&code)
            || external::PARTNERS.iter().any(|(partner, ..)| *partner == code)
    };
    text.split_inclusive('\n').filter(is_counted).collect()
}

/// The tables, without the copied registers.
pub fn tables() -> BTreeMap<String, String> {
    let mut chance = Chance::new(SEED);
    let model = Model::new(&mut chance);
    let mut population = Population::new(&mut chance);
    let mut tables = Tables::new();
    tables.population(Quarter { year: 2019, index: 3 }, &population);
    for year in YEARS {
        tables.quotas(year);
        let mut so_far = Year::new(&population);
        for index in 0..4 {
            let quarter = Quarter { year, index };
            model.internal(quarter, &mut chance, &mut so_far);
            external::moves(quarter, &mut chance, &mut so_far);
            population.grow(quarter, &mut chance, &mut so_far);
            tables.quarter(quarter, &so_far, &population, &mut chance);
        }
    }
    tables.finish()
}
