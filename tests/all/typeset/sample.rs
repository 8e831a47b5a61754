//! A brief of the first half of 2025 in two languages, with the published totals.

use kosh::document::*;
use kosh::typeset::Files;

pub const LANGUAGES: [&str; 2] = ["ru", "en"];

/// The templates of the repository.
pub fn templates() -> Files {
    let mut files = Files::new();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_string();
        if name.ends_with(".typ") {
            let bytes = std::fs::read(&path).unwrap();
            files.insert(format!("/{name}"), format!("templates/{name}"), bytes);
        }
    }
    files
}

/// Templates, drawings, bibliography and attachments.
pub fn files(lang: &str) -> Files {
    let mut files = templates();
    let first = bars(&regions(lang)[..4], 240.0);
    files.insert("/figures/F1.svg", "F1.svg", first);
    files.insert("/figures/F2.svg", "F2.svg", bars(&regions(lang), 470.0));
    files.insert("/references.yaml", "data/references.yaml", REFERENCES);
    files.insert("/facts.json", "facts.json", r#"{"X1": 11267, "X2": 3518, "X3": 7749}"#);
    files
}

const REFERENCES: &str = r#"
bns-h1-2025:
  type: web
  title: "Миграция населения Республики Казахстан (январь–июнь 2025 года)"
  date: 2025-08-11
  parent: { type: web, title: "Бюро национальной статистики" }
  language: ru-RU
  url: { value: "https://stat.gov.kz/", date: 2025-08-12 }
todaro-1969:
  type: article
  title: "A Model of Labor Migration and Urban Unemployment in Less Developed Countries"
  author: "Todaro, Michael P."
  date: 1969
  page-range: 138-148
  parent: { type: periodical, title: "American Economic Review", volume: 59, issue: 1 }
aaa-first-by-name:
  type: book
  title: "Migration Theory"
  author: "Brettell, Caroline"
  date: 2015
  publisher: { name: "Routledge", location: "New York" }
zzz-never-cited:
  type: book
  title: "Never cited"
  author: "Nobody, N."
  date: 2000
"#;

fn bars(rows: &[(String, i32)], width: f64) -> String {
    let most = rows.iter().map(|(_, v)| v.abs()).max().unwrap() as f64;
    let has_loss = rows.iter().any(|(_, v)| *v < 0);
    let (left, right) = (width * 0.36, 48.0);
    let zero = if has_loss { left + (width - left - right) * 0.45 } else { left };
    let scale = (width - right - zero) / most;
    let height = rows.len() as f64 * 17.0 + 4.0;
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}" font-family="Noto Sans" font-size="8.5">"#
    );
    for (i, (name, value)) in rows.iter().enumerate() {
        let y = i as f64 * 17.0 + 3.0;
        let length = (value.abs() as f64 * scale).max(1.0);
        let (x, fill) = if *value < 0 { (zero - length, "#D55E00") } else { (zero, "#005B8F") };
        let (at, anchor) = if *value < 0 { (x - 3.0, "end") } else { (x + length + 3.0, "start") };
        svg += &format!(
            r##"<text x="0" y="{:.1}" fill="#1A1A1A">{name}</text><rect x="{x:.1}" y="{y:.1}" width="{length:.1}" height="11" fill="{fill}"/><text x="{at:.1}" y="{:.1}" text-anchor="{anchor}" font-weight="bold" fill="{fill}">{}</text>"##,
            y + 9.0,
            y + 9.0,
            signed("ru", *value)
        );
    }
    svg + "</svg>"
}

fn regions(lang: &str) -> Vec<(String, i32)> {
    let rows = [
        ("г. Астана", "Astana city", 36821),
        ("г. Алматы", "Almaty city", 16934),
        ("г. Шымкент", "Shymkent city", 10838),
        ("Алматинская область", "Almaty region", 5500),
        ("Мангистауская область", "Mangystau region", -212),
        ("Атырауская область", "Atyrau region", -830),
        ("Актюбинская область", "Aktobe region", -1604),
        ("Карагандинская область", "Karaganda region", -2011),
        ("Западно-Казахстанская область", "West Kazakhstan region", -2250),
        ("область Ұлытау", "Ulytau region", -2307),
        ("Костанайская область", "Kostanay region", -2684),
        ("Павлодарская область", "Pavlodar region", -2905),
        ("область Абай", "Abai region", -3318),
        ("Восточно-Казахстанская область", "East Kazakhstan region", -3501),
        ("Северо-Казахстанская область", "North Kazakhstan region", -4124),
        ("область Жетісу", "Jetisu region", -4906),
        ("Кызылординская область", "Kyzylorda region", -5933),
        ("Акмолинская область", "Akmola region", -8061),
        ("Жамбылская область", "Zhambyl region", -12207),
        ("Туркестанская область", "Turkistan region", -13240),
    ];
    let pick = |ru: &str, en: &str| if lang == "ru" { ru.to_string() } else { en.to_string() };
    rows.iter().map(|(ru, en, value)| (pick(ru, en), *value)).collect()
}

pub fn grouped(lang: &str, value: i32) -> String {
    let digits = value.abs().to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(if lang == "ru" { '\u{A0}' } else { ',' });
        }
        out.push(digit);
    }
    out
}

pub fn signed(lang: &str, value: i32) -> String {
    let sign = if value < 0 { "−" } else { "+" };
    format!("{sign}{}", grouped(lang, value))
}

fn text(s: &str) -> Vec<Inline> {
    vec![Inline::text(s)]
}

fn fact(id: &str, s: &str) -> Inline {
    Inline::Fact { id: id.into(), form: "int".into(), text: s.into() }
}

fn strong(s: &str) -> Inline {
    Inline::Strong { content: text(s) }
}

fn cite(key: &str) -> Inline {
    Inline::Cite { key: key.into() }
}

fn paragraph(content: Vec<Inline>) -> Block {
    Block::Paragraph { content }
}

fn heading(level: u8, s: &str) -> Block {
    Block::Heading { level, content: text(s) }
}

fn captions(lang: &str, kinds: [&str; 2], ru: &str, en: &str) -> Vec<Caption> {
    let one = |lang: &str, region: &str, label: &str, words: &str, source: &str| Caption {
        lang: lang.into(),
        region: region.into(),
        label: label.into(),
        content: vec![
            Inline::text(format!("{words} {source}: ")),
            cite("bns-h1-2025"),
            Inline::text("."),
        ],
    };
    let mut both =
        vec![one("ru", "KZ", kinds[0], ru, "Источник"), one("en", "GB", kinds[1], en, "Source")];
    if lang == "en" {
        both.reverse();
    }
    both
}

fn cell(s: &str) -> TableCell {
    TableCell { content: text(s), ..TableCell::default() }
}

fn number(s: &str) -> TableCell {
    let at = s.find([',', '.']).filter(|&i| s.len() - i <= 3).unwrap_or(s.len());
    TableCell { content: text(&s[..at]), fraction: s[at..].into(), ..TableCell::default() }
}

/// The whole brief.
pub fn document(lang: &str) -> Document {
    let ru = lang == "ru";
    let w = |r: &str, e: &str| if ru { r.to_string() } else { e.to_string() };
    let n = |v: i32| grouped(lang, v);
    let s = |v: i32| signed(lang, v);
    let other = OtherEdition {
        lang: w("en", "ru"),
        region: w("GB", "KZ"),
        title: w(
            "Migration in Kazakhstan: January–June 2025",
            "Миграция в Казахстане: январь–июнь 2025 г.",
        ),
        label: w("English edition", "Русский выпуск"),
        file: w("brief-en.pdf", "brief-ru.pdf"),
    };
    let meta = Meta {
        lang: lang.into(),
        region: w("KZ", "GB"),
        dir: "ltr".into(),
        title: w("Миграция в Казахстане", "Migration in Kazakhstan"),
        period: w("январь–июнь 2025 г.", "January–June 2025"),
        genre: w("Аналитический обзор", "Policy brief"),
        body: vec![
            w(
                "Агентство по стратегическому планированию и реформам Республики Казахстан",
                "Agency for Strategic Planning and Reforms of the Republic of Kazakhstan",
            ),
            w("Бюро национальной статистики", "Bureau of National Statistics"),
        ],
        issue: w("№ 2 / 2025", "No. 2 / 2025"),
        cite: String::new(),
        data: String::new(),
        status: w(
            "предварительные данные на 11 августа 2025 г.",
            "provisional data as of 11 August 2025",
        ),
        editions: vec![other],
        date: [2025, 8, 11],
        keywords: vec![w("миграция", "migration")],
        brand: Brand::default(),
        bibliography_style: "gost-r-705-2008-numeric".into(),
        attachments: vec![Attachment {
            path: "/facts.json".into(),
            mime: "application/json".into(),
            description: w("Показатели выпуска", "Facts of this issue"),
        }],
        ..Meta::default()
    };
    let card = |value: String, unit: String, label: String, note: String, tone| Card {
        value: vec![fact("X3", &value)],
        unit,
        label,
        note: text(&note),
        tone,
    };
    let persons = w("чел.", "persons");
    let cards = Block::Cards {
        cards: vec![
            card(
                s(7749),
                persons.clone(),
                w("Внешняя миграция, сальдо", "Net international migration"),
                w("год назад +7\u{A0}289", "+7,289 a year earlier"),
                Tone::Gain,
            ),
            card(
                n(11267),
                persons.clone(),
                w("Прибыло из-за рубежа", "Arrived from abroad"),
                w("▼ 21,0\u{A0}% к прошлому году", "▼ 21.0% on a year earlier"),
                Tone::Loss,
            ),
            card(
                n(3518),
                persons.clone(),
                w("Выбыло за рубеж", "Left for abroad"),
                w("▼ 49,5\u{A0}% к прошлому году", "▼ 49.5% on a year earlier"),
                Tone::Neutral,
            ),
            card(
                s(36821),
                persons.clone(),
                w("Астана: приток из регионов", "Astana: gain from other regions"),
                w("первая из 4 с приростом", "first of 4 gaining regions"),
                Tone::Gain,
            ),
        ],
    };
    let bullet = |content: Vec<Inline>| vec![paragraph(content)];
    let key = Block::List {
        ordered: false,
        items: vec![
            bullet(vec![
                Inline::text(w(
                    "Сальдо внешней миграции за январь–июнь 2025\u{A0}г.\u{A0}— ",
                    "Net international migration in January–June 2025 was ",
                )),
                strong(&w(&format!("{}\u{A0}чел.", s(7749)), &s(7749))),
                Inline::text(w(" (прибытий ", ": ")),
                fact("X1", &n(11267)),
                Inline::text(w(", выбытий ", " people arrived and ")),
                fact("X2", &n(3518)),
                Inline::text(w(").", " left.")),
            ]),
            bullet(vec![
                Inline::text(w(
                    "Поток из-за рубежа сократился на ",
                    "Year on year, arrivals fell by ",
                )),
                strong(&w("21,0\u{A0}%", "21.0%")),
                Inline::text(w(", отток за рубеж сократился на ", " and departures fell by ")),
                strong(&w("49,5\u{A0}%", "49.5%")),
                Inline::text(w(" год к году.", ".")),
            ]),
            bullet(text(&w(
                "Между регионами приезжающих больше, чем уезжающих, в 4 из 20 регионов: г.\u{A0}Астана (+36\u{A0}821), г.\u{A0}Алматы (+16\u{A0}934), г.\u{A0}Шымкент (+10\u{A0}838), Алматинская область (+5\u{A0}500).",
                "Of 20 regions, 4 gained people from other regions: Astana city (+36,821), Almaty city (+16,934), Shymkent city (+10,838), Almaty region (+5,500).",
            ))),
            bullet(vec![
                Inline::text(w("Три лидера собрали ", "The top three gainers took ")),
                strong(&w("92,2\u{A0}%", "92.2%")),
                Inline::text(w(
                    " всего межрегионального прироста.",
                    " of all interregional gains.",
                )),
            ]),
        ],
    };
    let figure = |id: &str, number: usize, width: f64, title: String| {
        Block::Figure(Figure {
            id: id.into(),
            number,
            title: text(&title),
            subtitle: vec![],
            path: format!("/figures/{id}.svg"),
            width_pt: width,
            captions: captions(
                lang,
                [&format!("Рисунок {number}."), &format!("Fig. {number}.")],
                "Межрегиональная миграция населения, январь–июнь 2025\u{A0}г., чел.",
                "Interregional migration of the population, January–June 2025, persons.",
            ),
            alt: w(
                "Полосы: сальдо регионов. Наибольшее: г. Астана, +36 821.",
                "Bars: net by region. Highest: Astana city, +36,821.",
            ),
            note: text(&w(
                "Положительное сальдо\u{A0}— прибыло больше, чем выбыло.",
                "A positive balance: more arrived than left.",
            )),
        })
    };
    let first_page = Section {
        id: "key".into(),
        blocks: vec![
            cards,
            Block::Columns {
                left: vec![
                    heading(1, &w("Главное", "Key messages")),
                    key,
                    Block::Box {
                        title: text(&w("Как читать", "How to read")),
                        blocks: vec![paragraph(text(&w(
                            "Учтена зарегистрированная смена места жительства. Поездки и пересечения границы не входят. Суммы накоплены с января.",
                            "Registered changes of residence only. Trips and border crossings are not included. Totals run from January.",
                        )))],
                    },
                ],
                right: vec![figure(
                    "F1",
                    1,
                    240.0,
                    w(
                        "Три города и одна область собрали весь прирост",
                        "Three cities and one region took the whole gain",
                    ),
                )],
            },
        ],
    };
    let long_text = w(
        "Обзор охватывает зарегистрированную смену места жительства и меры политики за январь–июнь 2025\u{A0}г.; временные поездки и пересечения границы сюда не входят. Ожидаемый доход в городе может удерживать приток даже при безработице; оценки расходятся, и вывод зависит от того, как измерен доход.",
        "This brief covers registered changes of residence and policy measures in January–June 2025; short trips and border crossings are outside its scope. Expected income in town may sustain moves there despite urban unemployment; estimates differ, and the conclusion depends on how income is measured.",
    );
    let introduction = Section {
        id: "introduction".into(),
        blocks: vec![
            heading(1, &w("Введение: контекст квартала", "Introduction: the quarter in context")),
            paragraph(vec![
                Inline::text(format!("{long_text} ")),
                cite("todaro-1969"),
                Inline::text(". "),
                Inline::Emph { content: text(&w("Курсив", "Emphasis")) },
                Inline::text(". "),
                Inline::Link { url: "https://stat.gov.kz/".into(), content: text("stat.gov.kz") },
                Inline::text("."),
            ]),
            paragraph(vec![
                Inline::text(format!("{long_text} ")),
                Inline::Foreign {
                    lang: "kk".into(),
                    region: "KZ".into(),
                    content: text("Қазақстандағы көші-қон"),
                },
                Inline::text(" "),
                cite("aaa-first-by-name"),
                Inline::text("."),
            ]),
        ],
    };
    let row = |total: bool, name: String, v: [&str; 4]| Row {
        total,
        cells: std::iter::once(cell(&name)).chain(v.iter().map(|v| number(v))).collect(),
    };
    let t = |r: &'static str, e: &'static str| if ru { r } else { e };
    let table1 = Block::Table(Table {
        id: "T1".into(),
        number: 1,
        columns: vec![
            Column {
                head: text(&w("Показатель, чел.", "Indicator, persons")), numeric: false
            },
            Column { head: text(&w("I–VI 2025", "Jan–Jun 2025")), numeric: true },
            Column { head: text(&w("I–VI 2024", "Jan–Jun 2024")), numeric: true },
            Column { head: text(&w("разница", "difference")), numeric: true },
            Column { head: text("%"), numeric: true },
        ],
        rows: vec![
            row(
                false,
                w("Прибыло из-за рубежа", "Arrivals from abroad"),
                [
                    t("11\u{A0}267", "11,267"),
                    t("14\u{A0}256", "14,256"),
                    t("−2\u{A0}989", "−2,989"),
                    t("−21,0", "−21.0"),
                ],
            ),
            row(
                false,
                w("Выбыло за рубеж", "Departures abroad"),
                [
                    t("3\u{A0}518", "3,518"),
                    t("6\u{A0}967", "6,967"),
                    t("−3\u{A0}449", "−3,449"),
                    t("−49,5", "−49.5"),
                ],
            ),
            row(
                true,
                w("Сальдо", "Balance"),
                [t("+7\u{A0}749", "+7,749"), t("+7\u{A0}289", "+7,289"), "+460", ""],
            ),
        ],
        captions: captions(
            lang,
            ["Таблица 1.", "Table 1."],
            "Внешняя миграция, январь–июнь 2025\u{A0}г.",
            "International migration, January–June 2025.",
        ),
        notes: vec![text(&w(
            "Пустая клетка\u{A0}— показатель неприменим.",
            "Blank: not applicable.",
        ))],
    });
    let general = Section {
        id: "general".into(),
        blocks: vec![
            heading(1, &w("Общая характеристика миграции", "General characteristics")),
            paragraph(vec![
                Inline::Sentence {
                    id: "s4-1".into(),
                    content: text(&w(
                        "Число прибывших из-за рубежа за январь–июнь 2025\u{A0}г.\u{A0}— 11\u{A0}267\u{A0}чел., на 2\u{A0}989 меньше, чем в январе–июне 2024\u{A0}г. ",
                        "In January–June 2025, 11,267 people arrived from abroad, 2,989 fewer than in January–June 2024. ",
                    )),
                },
                Inline::text(w(
                    "На страны СНГ пришлось 82,2\u{A0}% прибывших и 73,9\u{A0}% выбывших ",
                    "CIS countries accounted for 82.2% of arrivals and 73.9% of departures ",
                )),
                Inline::text("("),
                Inline::Ref { target: "T1".into(), text: w("табл.\u{A0}1", "Table 1") },
                Inline::text(")."),
                Inline::NoteRef { target: "note3".into(), text: "1".into() },
            ]),
            table1,
            paragraph(vec![
                Inline::text(format!("{long_text} ")),
                Inline::text("("),
                Inline::Ref { target: "F2".into(), text: w("рис.\u{A0}2", "Fig. 2") },
                Inline::text(")."),
            ]),
            figure(
                "F2",
                2,
                470.0,
                w(
                    "Шестнадцать регионов отдают население трём городам",
                    "Sixteen regions lose people to three cities",
                ),
            ),
            heading(2, &w("Внутренние переезды", "Moves within the country")),
            paragraph(text(&long_text)),
            paragraph(text(&long_text)),
            paragraph(text(&long_text)),
            heading(2, &w("Сельские территории", "Rural areas")),
            paragraph(text(&long_text)),
            paragraph(text(&long_text)),
        ],
    };
    let mut rows: Vec<Row> = (0..40)
        .map(|i: i32| {
            let (name, net) = regions(lang)[i as usize % 20].clone();
            let share =
                format!("{}{}{}", if i % 3 == 0 { "−" } else { "" }, i * 7 % 101, t(",4", ".4"));
            Row {
                total: false,
                cells: vec![
                    cell(&name),
                    number(&n(30000 - 700 * i)),
                    number(&n(29000 - 650 * i)),
                    number(&s(net)),
                    TableCell {
                        marks: if i % 9 == 0 { "†".into() } else { String::new() },
                        ..number(&share)
                    },
                    number(&s(net / 3)),
                ],
            }
        })
        .collect();
    rows.push(Row {
        total: true,
        cells: vec![
            cell(&w("Казахстан", "Kazakhstan")),
            number(&n(812_345)),
            number(&n(812_345)),
            number("0"),
            number(t("100,0", "100.0")),
            number("0"),
        ],
    });
    let head = |r: &str, e: &str| Column { head: text(&w(r, e)), numeric: true };
    let regional = Section {
        id: "regions".into(),
        blocks: vec![
            heading(1, &w("Регионы", "Regions")),
            paragraph(text(&long_text)),
            Block::Table(Table {
                id: "T2".into(),
                number: 2,
                columns: vec![
                    Column { head: text(&w("Регион", "Region")), numeric: false },
                    head("Прибыло из других регионов", "Arrived from other regions"),
                    head("Выбыло в другие регионы", "Left for other regions"),
                    head("Сальдо", "Balance"),
                    head("На 1\u{A0}000 жителей", "Per 1,000 residents"),
                    head("Сальдо год назад", "Balance a year earlier"),
                ],
                rows,
                captions: captions(
                    lang,
                    ["Таблица 2.", "Table 2."],
                    "Межрегиональная миграция по регионам, чел.",
                    "Interregional migration by region, persons.",
                ),
                notes: vec![text(&w("†\u{A0}Получено вычитанием.", "† Derived by subtraction."))],
            }),
            paragraph(text(&long_text)),
        ],
    };
    let measure = |name: String, act: String, status: String, numbers: [&str; 3]| Row {
        total: false,
        cells: [name, act, status]
            .iter()
            .map(|text| cell(text))
            .chain(numbers.iter().map(|text| number(text)))
            .chain([TableCell { content: vec![cite("bns-h1-2025")], ..cell("") }])
            .collect(),
    };
    let text_head = |r: &str, e: &str| Column { head: text(&w(r, e)), numeric: false };
    let policy = Section {
        id: "policy".into(),
        blocks: vec![
            heading(1, &w("Государственная миграционная политика", "State migration policy")),
            paragraph(text(&long_text)),
            Block::Table(Table {
                id: "T4".into(),
                number: 3,
                columns: vec![
                    text_head("Мера", "Measure"),
                    text_head("Акт", "Act"),
                    text_head("Статус", "Status"),
                    head("План", "Plan"),
                    head("Факт", "Actual"),
                    head("Выполнение, %", "Achieved, %"),
                    text_head("Источник", "Source"),
                ],
                rows: vec![
                    measure(
                        w(
                            "Расселение кандасов по региональной квоте приёма",
                            "Resettlement of kandas within the regional quota",
                        ),
                        w(
                            "Приказ министра труда и социальной защиты населения",
                            "Order of the Minister of Labour and Social Protection of the Population",
                        ),
                        w("действует", "in force"),
                        [t("2\u{A0}309", "2,309"), t("1\u{A0}120", "1,120"), t("48,5", "48.5")],
                    ),
                    measure(
                        w("Расселение переселенцев", "Resettlement of internal settlers"),
                        w("Закон «О миграции населения»", "Law on Population Migration"),
                        w("действует с изменениями", "in force as amended"),
                        [t("7\u{A0}315", "7,315"), "…", ""],
                    ),
                ],
                captions: captions(
                    lang,
                    ["Таблица 3.", "Table 3."],
                    "Меры миграционной политики.",
                    "Measures of migration policy.",
                ),
                notes: vec![],
            }),
        ],
    };
    let note = |number: usize, r: &str, e: &str| Note {
        id: format!("note{}", number + 2),
        number,
        content: text(&w(r, e)),
    };
    let notes = Section {
        id: "notes".into(),
        blocks: vec![
            heading(1, &w("Методические пояснения", "Notes on data")),
            Block::Notes {
                notes: vec![
                    note(
                        1,
                        "Квартал получен вычитанием накопленных итогов одного выпуска.",
                        "A quarter is the difference of cumulative totals of one release.",
                    ),
                    note(
                        2,
                        "Учтена только зарегистрированная смена места жительства; поездки, пересечения границы и временное пребывание не входят в эти числа.",
                        "Only registered changes of residence are counted; trips, border crossings and temporary stays are not part of these numbers.",
                    ),
                ],
            },
        ],
    };
    let sources = Section {
        id: "sources".into(),
        blocks: vec![
            heading(1, &w("Источники и литература", "Sources and literature")),
            Block::Bibliography,
        ],
    };
    Document {
        meta,
        sections: vec![first_page, introduction, general, regional, policy, notes, sources],
    }
}
