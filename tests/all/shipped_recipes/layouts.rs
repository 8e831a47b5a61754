//! The layouts of the shipped recipes: the sheet that an office would publish for given figures.

use super::figures::{Key, key};
use super::paper::{Paper, Said, Spot};

/// What a sheet says of a key: a figure, or what stands in its place.
pub type Figures<'a> = dyn Fn(&Key) -> Said + 'a;

/// A sheet, and the cell of each figure in it.
pub struct Set {
    pub paper: Paper,
    pub spots: Vec<(Key, Spot)>,
}

impl Set {
    fn new(paper: Paper) -> Self {
        Self { paper, spots: vec![] }
    }

    fn figure(&mut self, row: u32, column: u16, key: Key, figures: &Figures) {
        self.paper.put(row, column, figures(&key));
        self.spots.push((key, (row, column)));
    }

    /// The cell of a figure.
    pub fn spot(&self, key: &Key) -> Spot {
        let found = self.spots.iter().find(|(own, _)| own == key);
        found.unwrap_or_else(|| panic!("no cell for {key:?}")).1
    }

    /// Adds to a figure.
    pub fn add(&mut self, key: &Key, more: f64) {
        let spot = self.spot(key);
        let number = self.paper.number(spot);
        self.paper.put(spot.0, spot.1, number + more);
    }

    /// Two figures change places.
    pub fn swap(&mut self, one: &Key, other: &Key) {
        let (one, other) = (self.spot(one), self.spot(other));
        let (first, second) = (self.paper.cells[&one].clone(), self.paper.cells[&other].clone());
        self.paper.cells.insert(one, second);
        self.paper.cells.insert(other, first);
    }
}

/// The label of a period in the heads of tables, such as `январь-март 2026г.`.
pub fn label(period: &str) -> String {
    let (year, last) = (&period[..4], &period[period.len() - 2..]);
    match last {
        "03" => format!("январь-март {year}г."),
        "06" => format!("январь-июнь {year}г."),
        "09" => format!("январь-сентябрь {year}г."),
        _ => format!("{year} год"),
    }
}

/// A row for each member, and under each period, merged over them, the columns arrived, departed, balance.
pub struct Wide<'a> {
    pub title: &'a str,
    pub head: &'a str,
    /// The dimension of the rows, its members and their names; a name without a member is a word between rows.
    pub rows: (&'a str, Vec<(String, String)>),
    /// The dimension of the columns.
    pub columns: &'a str,
}

impl Wide<'_> {
    pub fn set(&self, periods: &[&str], figures: &Figures) -> Set {
        let mut set = Set::new(Paper::new("Лист1"));
        set.paper.put(0, 0, self.title);
        set.paper.put(1, 0, "человек");
        set.paper.put(3, 0, self.head);
        set.paper.merged.push(((3, 0), (4, 0)));
        for (at, period) in (0u16..).zip(periods) {
            let column = at * 3 + 1;
            set.paper.put(3, column, Said::Marked(label(period), "1)".to_owned()));
            set.paper.merged.push(((3, column), (3, column + 2)));
            for (shift, head) in (0u16..).zip(["прибыло", "выбыло", "сальдо"]) {
                set.paper.put(4, column + shift, head);
            }
        }
        let mut row = 5;
        for (code, name) in &self.rows.1 {
            set.paper.put(row, 0, name.as_str());
            if !code.is_empty() {
                for (at, period) in (0u16..).zip(periods) {
                    for (shift, measure) in (0u16..).zip(["arrivals", "departures", "net"]) {
                        let key = key(&[
                            ("period", period),
                            (self.rows.0, code),
                            (self.columns, measure),
                        ]);
                        set.figure(row, at * 3 + 1 + shift, key, figures);
                    }
                }
            }
            row += 1;
        }
        set.paper.put(row, 0, "1) Предварительные данные");
        set.paper.put(row + 1, 0, "Источник: Бюро национальной статистики");
        set
    }
}

/// The three groups of a table of towns and country.
pub const GROUPS: [(&str, &str); 3] =
    [("total", "Все население"), ("urban", "Городское население"), ("rural", "Сельское население")];

/// Groups one below the other, each with the country and its regions; periods side by side.
pub fn groups(regions: &[(String, String)], periods: &[&str], figures: &Figures) -> Set {
    let mut set = Set::new(Paper::new("Сальдо"));
    set.paper.put(0, 0, "Сальдо миграции населения");
    set.paper.put(1, 0, "человек");
    set.paper.put(3, 0, "Регион");
    for (column, period) in (1..).zip(periods) {
        set.paper.put(3, column, label(period).as_str());
    }
    let mut row = 4;
    for (group, name) in GROUPS {
        set.paper.put(row, 0, name);
        row += 1;
        for (region, name) in regions {
            set.paper.put(row, 0, name.as_str());
            for (column, period) in (1..).zip(periods) {
                let key = key(&[
                    ("period", period),
                    ("settlement", group),
                    ("region", region),
                    ("measure", "net"),
                ]);
                set.figure(row, column, key, figures);
            }
            row += 1;
        }
    }
    set.paper.put(row, 0, "* без учета внутрирегиональной миграции");
    set
}

/// Blocks of a region: a row with its code and name, then a row for each year.
pub fn blocks(regions: &[(String, String)], days: &[&str], figures: &Figures) -> Set {
    let mut set = Set::new(Paper::new("Численность"));
    set.paper.put(0, 0, "Численность населения на начало года");
    for (column, head) in
        (0..).zip(["Код КАТО", "Регион", "Все население", "городское", "сельское"])
    {
        set.paper.put(2, column, head);
    }
    let mut row = 3;
    for (region, name) in regions {
        set.paper.put(row, 0, region.replace("KZ-", "").replace("KZ", "").as_str());
        if region == "KZ" {
            set.paper.put(row, 0, "0");
        }
        set.paper.put(row, 1, name.as_str());
        row += 1;
        for (at, day) in days.iter().enumerate() {
            let year = format!("{} год", &day[..4]);
            match at + 1 == days.len() {
                // The last year has footnotes, typed as digits.
                true => set.paper.put(row, 1, format!("{year}7)8)").as_str()),
                false => set.paper.put(row, 1, year.as_str()),
            }
            for (column, (settlement, _)) in (2..).zip(GROUPS) {
                let key = key(&[
                    ("period", day),
                    ("region", region),
                    ("settlement", settlement),
                    ("sex", "total"),
                ]);
                set.figure(row, column, key, figures);
            }
            row += 1;
        }
    }
    set.paper.put(row, 0, "7) по итогам переписи");
    set.paper.put(row + 1, 0, "8) предварительные данные");
    set
}

/// What the columns of the export are called.
const EXPORT: [&str; 12] = [
    "NAM",
    "DAT",
    "PERIOD",
    "КАТО(по каталогу)",
    "LКАТО(по каталогу)",
    "СПТМ",
    "LСПТМ",
    "КН",
    "LКН",
    "СП",
    "LСП",
    "VAL",
];

/// The bureau's export: a row for each figure, names in capitals, districts among the regions, rows in no order.
/// `extra` is what each key has beside region, settlement and time.
pub fn export(
    name: &str,
    regions: &[(String, String)],
    times: &[&str],
    extra: &[(&str, &str)],
    figures: &Figures,
) -> Set {
    let mut set = Set::new(Paper::new("export"));
    for (column, head) in (0..).zip(EXPORT) {
        set.paper.put(0, column, head);
    }
    let settlements =
        [("rural", "Сельская местность"), ("total", "Всего"), ("urban", "Городская местность")];
    let mut row = 1;
    for time in times {
        let year = &time[..4];
        for (settlement, settlement_name) in settlements {
            for (region, region_name) in regions.iter().rev() {
                let mut own =
                    vec![("period", *time), ("region", region), ("settlement", settlement)];
                own.extend(extra);
                let own = key(&own);
                if figures(&own) == Said::from("") {
                    continue;
                }
                line(&mut set.paper, row, name, year, region_name, settlement_name);
                set.figure(row, 11, own, &|key: &Key| match figures(key) {
                    Said::Number(number) => Said::Text(spaced(number)),
                    other => other,
                });
                row += 1;
            }
            for district in ["район Алматы", "Абайский район", "Семей г.а."]
            {
                line(&mut set.paper, row, name, year, district, settlement_name);
                set.paper.put(row, 11, "1 234");
                row += 1;
            }
        }
    }
    set
}

/// All fields of a row of the export but its figure.
fn line(paper: &mut Paper, row: u32, name: &str, year: &str, region: &str, settlement: &str) {
    let (label, code) = (format!("{year} год"), format!("{year}12"));
    let region = region.to_uppercase();
    let fields = [name, &label, &code, &region, "0", settlement, "0", "Всего", "0", "Всего", "0"];
    for (column, field) in (0..).zip(fields) {
        paper.put(row, column, field);
    }
}

/// A number with a space between thousands, as the export writes it.
pub fn spaced(number: f64) -> String {
    let digits = format!("{}", number.abs());
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(' ');
        }
        text.push(digit);
    }
    if number < 0.0 { format!("-{text}") } else { text }
}

/// The export as the bureau's file has it: tabs, every field in quotation marks.
pub fn export_text(paper: &Paper) -> String {
    let quoted = |line: &str| {
        let fields: Vec<String> = line.split('\t').map(|field| format!("\"{field}\"")).collect();
        fields.join("\t") + "\n"
    };
    paper.text('\t').lines().map(quoted).collect()
}

/// The text of the express release. All figures are of one period.
pub fn express(period: &str, figures: &Figures) -> String {
    let said = |flow: &str, partner: &str| -> String {
        match figures(&key(&[("period", period), ("flow", flow), ("partner", partner)])) {
            Said::Number(number) => spaced(number),
            other => panic!("{other:?}"),
        }
    };
    let head = label(period).replace("г.", " года");
    format!(
        "Миграция населения Республики Казахстан\n\n\
         За {head} в Республику Казахстан прибыло {} человек, из страны выбыло {} человек.\n\
         Сальдо внешней миграции составило {} человек.\n\
         По сравнению с соответствующим периодом прошлого года число прибывших увеличилось на 5,8%, \
         а число выбывших увеличилось на 67,0%.\n\
         Основной миграционный обмен происходит со странами СНГ. Доля прибывших из стран СНГ и выбывших в эти \
         страны составила 85,7% и 72,4% соответственно.\n",
        said("arrivals", "WORLD"),
        said("departures", "WORLD"),
        said("net", "WORLD"),
    )
}
