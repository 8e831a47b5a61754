//! Figures for the sheets: those of the shipped tables, and invented ones that add up.

use std::collections::{BTreeMap, HashMap};

use super::paper::Said;
use crate::common::root;

/// What a figure is of: the code of each dimension, by its name.
pub type Key = BTreeMap<String, String>;

/// A key of pairs.
pub fn key(pairs: &[(&str, &str)]) -> Key {
    pairs.iter().map(|(name, code)| ((*name).to_owned(), (*code).to_owned())).collect()
}

/// The code of a dimension.
pub fn member<'k>(key: &'k Key, name: &str) -> &'k str {
    key.get(name).map_or("", String::as_str)
}

/// The rows of a file of the data folder, each by the names of its columns.
pub fn rows(file: &str) -> Vec<HashMap<String, String>> {
    let text = std::fs::read_to_string(root().join("data").join(file)).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().unwrap().clone();
    let row = |row: csv::StringRecord| {
        head.iter().zip(&row).map(|(name, cell)| (name.to_owned(), cell.to_owned())).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// The regions by code with their names, the country first.
pub fn regions() -> Vec<(String, String)> {
    let name = |row: HashMap<String, String>| (row["code"].clone(), row["nom"].clone());
    rows("lexicon/regions.ru.csv").into_iter().map(name).collect()
}

/// A figure of a shipped table.
#[derive(Debug, Clone)]
pub struct Loaded {
    pub value: f64,
    /// Whether it stands only in somebody's account.
    pub is_secondary: bool,
    rank: (usize, String),
}

/// The exact figures of a shipped table, the most settled and latest of each key.
pub fn loaded(table: &str, dimensions: &[&str]) -> HashMap<Key, Loaded> {
    let statuses = ["secondary", "express", "final"];
    let ranks: HashMap<String, (usize, String)> = rows("vintages.csv")
        .into_iter()
        .map(|row| {
            let status = statuses.iter().position(|status| *status == row["status"]).unwrap();
            (row["vintage"].clone(), (status, row["released"].clone()))
        })
        .collect();
    let mut found: HashMap<Key, (Loaded, bool)> = HashMap::new();
    for row in rows(&format!("{table}.csv")) {
        let key = dimensions.iter().map(|name| ((*name).to_owned(), row[*name].clone())).collect();
        let rank = ranks[&row["vintage"]].clone();
        let Ok(value) = row["value"].parse() else { continue };
        let is_exact = row["rounded_to"] == "1" && row["unit"] == "persons";
        let own = Loaded { value, is_secondary: rank.0 == 0, rank };
        match found.get(&key) {
            Some((other, _)) if other.rank > own.rank => {}
            _ => drop(found.insert(key, (own, is_exact))),
        }
    }
    let exact = found.into_iter().filter(|(_, (_, is_exact))| *is_exact);
    exact.map(|(key, (own, _))| (key, own)).collect()
}

/// Invented moves between regions in three months, arrived and departed, in the order of the regions.
const MOVES: [(f64, f64); 20] = [
    (3100.0, 6460.0),
    (6910.0, 7080.0),
    (3120.0, 3790.0),
    (10480.0, 8110.0),
    (3360.0, 3310.0),
    (3590.0, 4020.0),
    (4310.0, 8520.0),
    (2480.0, 5310.0),
    (5020.0, 7280.0),
    (5140.0, 5220.0),
    (3010.0, 4090.0),
    (2890.0, 2420.0),
    (3320.0, 3750.0),
    (2710.0, 3640.0),
    (5390.0, 13860.0),
    (1290.0, 1680.0),
    (3060.0, 3630.0),
    (38120.0, 20450.0),
    (30240.0, 27310.0),
    (10710.0, 8320.0),
];

/// Invented moves across the border in three months, in the same order.
const BORDER: [(f64, f64); 20] = [
    (34.0, 71.0),
    (118.0, 166.0),
    (231.0, 89.0),
    (742.0, 102.0),
    (189.0, 31.0),
    (163.0, 88.0),
    (288.0, 54.0),
    (312.0, 19.0),
    (98.0, 297.0),
    (131.0, 248.0),
    (41.0, 9.0),
    (604.0, 12.0),
    (101.0, 143.0),
    (95.0, 151.0),
    (517.0, 22.0),
    (6.0, 17.0),
    (92.0, 139.0),
    (531.0, 94.0),
    (798.0, 108.0),
    (119.0, 14.0),
];

/// Invented moves across the border by country; those of the groups are their sums.
const COUNTRIES: [(&str, &str, f64, f64); 9] = [
    ("UZB", "CIS", 2741.0, 61.0),
    ("RUS", "CIS", 1034.0, 1216.0),
    ("KGZ", "CIS", 287.0, 74.0),
    ("TKM", "CIS", 241.0, 3.0),
    ("TJK", "CIS", 160.0, 2.0),
    ("CHN", "NONCIS", 418.0, 5.0),
    ("MNG", "NONCIS", 137.0, 12.0),
    ("DEU", "NONCIS", 104.0, 431.0),
    ("USA", "NONCIS", 88.0, 70.0),
];

/// The country and its groups of partners, and countries, in the order of the table.
pub fn partners() -> Vec<(String, String)> {
    let rows = [
        ("WORLD", "Всего"),
        ("CIS", "Страны СНГ"),
        ("", "из них:"),
        ("UZB", "Узбекистан"),
        ("RUS", "Российская Федерация"),
        ("KGZ", "Кыргызстан"),
        ("TKM", "Туркменистан"),
        ("TJK", "Таджикистан"),
        ("NONCIS", "Другие страны"),
        ("", "из них:"),
        ("CHN", "Китай"),
        ("MNG", "Монголия"),
        ("DEU", "Германия"),
        ("USA", "Соединенные Штаты Америки"),
    ];
    rows.map(|(code, name)| (code.to_owned(), name.to_owned())).to_vec()
}

/// An invented figure of the layouts of moves and of the border.
pub fn invented(key: &Key) -> Said {
    let flow = [member(key, "flow"), member(key, "measure")].concat();
    let of = |(arrived, departed): (f64, f64)| match flow.as_str() {
        "arrivals" => arrived,
        "departures" => departed,
        _ => arrived - departed,
    };
    let sum = |all: &mut dyn Iterator<Item = (f64, f64)>| {
        of(all.fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1)))
    };
    if let Some(partner) = key.get("partner") {
        let countries = COUNTRIES
            .iter()
            .filter(|(code, group, _, _)| [*code, *group, "WORLD"].contains(&partner.as_str()));
        return Said::Number(sum(&mut countries.map(|one| (one.2, one.3))));
    }
    let table = if key.contains_key("flow") { BORDER } else { MOVES };
    let regions = regions();
    let place = regions.iter().position(|(code, _)| code == member(key, "region")).unwrap();
    Said::Number(match place {
        0 => sum(&mut table.into_iter()),
        place => of(table[place - 1]),
    })
}

/// An invented balance or population, urban and rural, that adds up: `whole` and `rural` of each region by its place.
pub fn parted(key: &Key, whole: fn(f64) -> f64, rural: fn(f64) -> f64) -> Said {
    let regions = regions();
    let one = |place: usize| match (member(key, "settlement"), place as f64) {
        ("total", at) => whole(at),
        ("rural", at) => rural(at),
        (_, at) => whole(at) - rural(at),
    };
    let place = regions.iter().position(|(code, _)| code == member(key, "region")).unwrap();
    Said::Number(match place {
        0 => (1..regions.len()).map(one).sum(),
        place => one(place),
    })
}
