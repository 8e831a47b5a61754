//! Sample charts for tests and for viewing: real figures of January–June 2025 where they were published,
//! invented ones otherwise. `KOSH_SVG_DIR=<folder> cargo test charts::samples` writes them as files.

use super::*;

/// Code, Russian name, English name, interregional net migration (the four published values are real).
pub(super) const REGIONS: [(&str, &str, &str, f64); 20] = [
    ("AST", "г.\u{a0}Астана", "Astana city", 36_821.0),
    ("ALM", "г.\u{a0}Алматы", "Almaty city", 16_934.0),
    ("SHY", "г.\u{a0}Шымкент", "Shymkent city", 10_838.0),
    ("ALO", "Алматинская область", "Almaty region", 5_500.0),
    ("ATY", "Атырауская область", "Atyrau region", -612.0),
    ("MAN", "Мангистауская область", "Mangystau region", -790.0),
    ("ULY", "область Ұлытау", "Ulytau region", -1_204.0),
    ("AKT", "Актюбинская область", "Aktobe region", -1_480.0),
    ("KOS", "Костанайская область", "Kostanay region", -1_933.0),
    ("ZKO", "Западно-Казахстанская область", "West Kazakhstan region", -2_012.0),
    ("PAV", "Павлодарская область", "Pavlodar region", -2_530.0),
    ("SKO", "Северо-Казахстанская область", "North Kazakhstan region", -2_655.0),
    ("KAR", "Карагандинская область", "Karaganda region", -3_120.0),
    ("ABA", "область Абай", "Abai region", -3_690.0),
    ("VKO", "Восточно-Казахстанская область", "East Kazakhstan region", -4_102.0),
    ("KYZ", "Кызылординская область", "Kyzylorda region", -5_018.0),
    ("AKM", "Акмолинская область", "Akmola region", -5_590.0),
    ("ZHE", "область Жетісу", "Jetisu region", -7_340.0),
    ("ZHA", "Жамбылская область", "Zhambyl region", -9_870.0),
    ("TUR", "Туркестанская область", "Turkistan region", -18_147.0),
];

/// A number in the style of an edition, roughly.
pub(super) fn words(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('\u{a0}');
        }
        out.push(c);
    }
    let sign = if value > 0.0 {
        "+"
    } else if value < 0.0 {
        "−"
    } else {
        ""
    };
    format!("{sign}{out}")
}

pub(super) fn bar(label: &str, value: f64) -> Bar {
    Bar { label: label.into(), value: Some(value), text: words(value), ..Bar::default() }
}

pub(super) fn missing(label: &str) -> Bar {
    Bar { label: label.into(), text: "…".into(), ..Bar::default() }
}

/// The published data of January–June 2025: four regions, two of them with a base.
pub(super) fn published() -> Chart {
    let mut bars: Vec<_> = REGIONS[..4].iter().map(|r| bar(r.1, r.3)).collect();
    bars[0].base = Some(31_400.0);
    bars[1].base = Some(22_000.0);
    Chart::DivergingBars { bars, base: "январь–июнь 2024\u{a0}г.".into() }
}

pub(super) fn all_regions(english: bool) -> Chart {
    let mut bars: Vec<_> =
        REGIONS.iter().map(|r| bar(if english { r.2 } else { r.1 }, r.3)).collect();
    for (i, bar) in bars.iter_mut().enumerate() {
        bar.base = bar.value.map(|v| v * (0.7 + 0.04 * i as f64));
        bar.is_emphasised = i == 4;
    }
    bars[9].value = None;
    bars[9].text = "…".into();
    let base =
        if english { "January–June 2024" } else { "январь–июнь 2024\u{a0}г." };
    Chart::DivergingBars { bars, base: base.into() }
}

/// The rural balance published by the bureau.
pub(super) const RURAL: [f64; 24] = [
    -102_746.0, -96_571.0, -67_418.0, -52_037.0, -57_005.0, -43_150.0, -34_364.0, -47_505.0,
    -49_004.0, -42_234.0, -29_796.0, -34_622.0, -28_595.0, -39_344.0, -60_937.0, -63_529.0,
    -83_940.0, -47_006.0, -61_691.0, -73_415.0, -81_310.0, -77_272.0, -67_000.0, -81_899.0,
];

pub(super) fn rural() -> Chart {
    let mut columns: Vec<_> =
        (2000..).zip(RURAL).map(|(year, v): (i32, f64)| bar(&year.to_string(), v)).collect();
    columns[23].is_reported = true;
    Chart::Columns {
        columns,
        lines: vec![],
        ticks: vec![],
        breaks: vec![(22, "20 регионов с июня 2022\u{a0}г.".into())],
        axis: [-100_000.0, -50_000.0, 0.0].iter().map(|v| (*v, words(*v))).collect(),
        reported: "по сообщению печати".into(),
        unit: "человек".into(),
    }
}

/// The balance with its components below it; the flows are invented.
pub(super) fn rural_flows() -> Chart {
    let Chart::Columns { columns, breaks, axis, reported, unit, .. } = rural() else {
        unreachable!()
    };
    let arrivals = |i: usize| 140_000.0 + 9_000.0 * i as f64;
    let count = |v: f64| words(v).trim_start_matches('+').to_owned();
    let line = |label: &str, points: Vec<Option<f64>>| Line {
        label: label.into(),
        text: count(points[23].unwrap_or(0.0)),
        points,
        ..Line::default()
    };
    let published = |i: usize| (4..24).contains(&i).then_some(arrivals(i));
    let lines = vec![
        line("прибыло", (0..24).map(published).collect()),
        line("выбыло", (0..24).map(|i| Some(published(i)? - RURAL[i])).collect()),
    ];
    let ticks = [0.0, 200_000.0, 400_000.0].iter().map(|v| (*v, count(*v))).collect();
    Chart::Columns { columns, lines, ticks, breaks, axis, reported, unit }
}

pub(super) fn quarters() -> Chart {
    let values = [3_341.0, 948.0, -420.0, 2_010.0, 4_412.0, 2_877.0, 3_801.0, 3_948.0];
    let label = |i: usize| format!("{} кв. {}", ["I", "II", "III", "IV"][i % 4], 2023 + i / 4);
    let mut columns: Vec<_> = values.iter().enumerate().map(|(i, v)| bar(&label(i), *v)).collect();
    columns[3] = missing(&label(3));
    Chart::Columns {
        columns,
        lines: vec![],
        ticks: vec![],
        breaks: vec![],
        axis: vec![],
        reported: String::new(),
        unit: "человек".into(),
    }
}

pub(super) fn ages() -> Chart {
    let rows: Vec<String> =
        (0..17).map(|i| format!("{}–{}", i * 5, i * 5 + 4)).chain(["85+".into()]).collect();
    let panel = |title: &str, scale: f64, shift: f64| {
        let value = |i: usize| {
            (scale * (-(i as f64 - 4.0).powi(2) / 6.0).exp() + shift * (i as f64 / 9.0 - 1.0))
                .round()
        };
        let bars = (0..18).map(|i| bar("", value(i))).collect();
        Panel { title: title.into(), bars, is_emphasised: false }
    };
    Chart::Panels {
        rows,
        panels: vec![
            panel("Астана, Алматы и Шымкент", 18_400.0, -1_200.0),
            panel("Другие города", -2_900.0, 300.0),
            panel("Сельская местность", -12_100.0, 500.0),
        ],
    }
}

pub(super) fn cities() -> Chart {
    let line = |label: &str, values: [f64; 8]| Line {
        label: label.into(),
        points: values.iter().map(|v| v.is_finite().then_some(*v)).collect(),
        text: words(values[7]),
        ..Line::default()
    };
    Chart::Lines {
        periods: (0..8)
            .map(|i| format!("{} кв. {}", ["I", "II", "III", "IV"][i % 4], 2023 + i / 4))
            .collect(),
        lines: vec![
            line(
                "г.\u{a0}Астана",
                [9_100.0, 8_700.0, 14_200.0, 12_000.0, 11_300.0, 13_900.0, 19_000.0, 17_821.0],
            ),
            line(
                "г.\u{a0}Алматы",
                [8_000.0, 6_900.0, f64::NAN, 9_100.0, 8_300.0, 7_400.0, 8_800.0, 8_134.0],
            ),
            line(
                "г.\u{a0}Шымкент",
                [-900.0, 2_400.0, 3_600.0, 3_900.0, 4_100.0, 5_000.0, 6_100.0, 7_638.0],
            ),
        ],
        breaks: vec![(4, "новый порядок учёта".into())],
        ticks: [0.0, 10_000.0, 20_000.0].iter().map(|v| (*v, words(*v))).collect(),
        unit: "человек".into(),
    }
}

/// A line by year in front of the range of other years; invented.
pub(super) fn range() -> Chart {
    let values =
        [8_300.0, 7_100.0, 12_400.0, 3_900.0, 5_200.0, 6_800.0, 21_300.0, 17_700.0, 15_100.0];
    let mark = |at: usize, is_below: bool| Mark {
        at,
        text: count(values[at]),
        is_below,
        ..Mark::default()
    };
    Chart::Band {
        periods: (2017..2026).map(|year| year.to_string()).collect(),
        lines: vec![Line {
            label: "Костанайская область".into(),
            points: values.iter().copied().map(Some).collect(),
            text: count(values[8]),
            ..Line::default()
        }],
        range: Range {
            low: (0..9).map(|i| Some(4_000.0 + 300.0 * f64::from(i))).collect(),
            high: (0..9).map(|i| Some(14_000.0 + 900.0 * f64::from(i))).collect(),
            label: "от наименьшего до наибольшего региона".into(),
        },
        marks: vec![mark(6, false), mark(3, true), mark(0, false)],
        breaks: vec![(5, "20 регионов с июня 2022\u{a0}г.".into())],
        ticks: [0.0, 10_000.0, 20_000.0].iter().map(|v| (*v, count(*v))).collect(),
        unit: "человек".into(),
    }
}

/// The same with a year that neither the line nor the range has.
pub(super) fn range_with_gaps() -> Chart {
    let Chart::Band { periods, mut lines, mut range, marks, breaks, ticks, unit } = range() else {
        unreachable!()
    };
    lines[0].points[4] = None;
    range.high[4] = None;
    Chart::Band { periods, lines, range, marks, breaks, ticks, unit }
}

/// Arrivals of some regions at two times, invented; of one the first is missing and of one the second.
pub(super) fn two_times(regions: usize) -> Chart {
    let end = |value: f64| Some((value, count(value)));
    let rows = REGIONS.iter().take(regions).enumerate().map(|(i, r)| {
        let value = 60_000.0 - 2_900.0 * i as f64;
        Pair {
            label: r.1.into(),
            first: end((value * (0.7 + 0.031 * i as f64)).round()),
            second: end(value),
            ..Pair::default()
        }
    });
    let mut rows: Vec<Pair> = rows.collect();
    rows[1].first = None;
    if regions > 3 {
        rows[5].second = None;
        rows[19].second = end(0.0);
    }
    Chart::Slope {
        rows,
        first: "январь–июнь 2024\u{a0}г.".into(),
        second: "январь–июнь 2025\u{a0}г.".into(),
        own: (regions > 3).then_some(9),
        missing: "…".into(),
    }
}

/// A small table of regions by quarter, invented; one has gaps, one never changes.
pub(super) fn table_of_lines(regions: usize) -> Chart {
    let value = |i: usize, j: usize| {
        let turn = ((i * 7 + j * 5) % 11) as f64 - 4.0;
        (REGIONS[i].3 / 8.0 + turn * (900.0 - 40.0 * i as f64)).round()
    };
    let mut rows: Vec<Spark> = (0..regions)
        .map(|i| {
            let known: Vec<Option<f64>> = (0..12)
                .map(|j| match (i, j) {
                    (1, 0 | 5) => None,
                    (2, _) => Some(0.0),
                    _ => Some(value(i, j)),
                })
                .collect();
            let all = || known.iter().flatten().copied();
            let (low, high) = (all().fold(f64::MAX, f64::min), all().fold(f64::MIN, f64::max));
            let text = |value: Option<f64>| (value.map_or("…".into(), words), String::new());
            Spark {
                label: REGIONS[i].1.into(),
                values: [known[0], known[11], Some(low), Some(high)].map(text),
                points: known,
                is_emphasised: false,
            }
        })
        .collect();
    rows[0].is_emphasised = true;
    let heads = ["I кв. 2023\u{a0}г.", "IV кв. 2025\u{a0}г.", "наименьшее", "наибольшее"];
    let scale = "У каждой строки своя шкала: сравнивайте ход линий, а не их высоту".into();
    Chart::Sparklines { rows, heads: heads.map(String::from), scale }
}

pub(super) fn partners() -> Chart {
    let rows = [
        ("Россия", 7_020.0, 2_300.0),
        ("Узбекистан", 1_480.0, 96.0),
        ("Китай", 520.0, 31.0),
        ("Кыргызстан", 410.0, 175.0),
        ("Туркменистан", 310.0, 12.0),
        ("Республика Корея", 120.0, 118.0),
        ("Германия", 211.0, 502.0),
        ("США", 40.0, 97.0),
        ("Польша", 19.0, 88.0),
        ("Другие страны и лица, не указавшие страну", 1_137.0, 99.0),
    ];
    let plain = |v: f64| words(v).trim_start_matches('+').to_owned();
    let mut rows: Vec<_> = rows
        .iter()
        .map(|(label, a, b)| Pair {
            label: (*label).into(),
            first: Some((*a, plain(*a))),
            second: Some((*b, plain(*b))),
            net: words(a - b),
            ..Pair::default()
        })
        .collect();
    rows[8].first = None;
    rows[8].net = "…".into();
    Chart::PairedDots {
        rows,
        first: "Прибыло".into(),
        second: "Выбыло".into(),
        net: "Сальдо".into(),
    }
}

/// Counts without a sign.
pub(super) fn count(value: f64) -> String {
    words(value).trim_start_matches('+').to_owned()
}

/// Arrivals and departures of some regions, all invented; one is missing and one is zero.
pub(super) fn arrivals_and_departures(regions: usize) -> Chart {
    let part = |value: f64| Bar { value: Some(value), text: count(value), ..Bar::default() };
    let mut rows: Vec<_> = REGIONS
        .iter()
        .take(regions)
        .map(|r| Panel {
            title: r.1.into(),
            bars: vec![part(52_000.0 + r.3), part(52_000.0 - r.3 / 2.0)],
            is_emphasised: r.0 == "SHY",
        })
        .collect();
    rows[1].bars[1] = missing("");
    rows[2].bars[0] = part(0.0);
    Chart::GroupedBars { rows, series: vec!["прибыло".into(), "выбыло".into()] }
}

/// Urban and rural arrivals with unknown ones, of some regions; all invented.
pub(super) fn settlements(regions: usize) -> Chart {
    let rows = REGIONS.iter().take(regions).enumerate().map(|(i, r)| {
        let urban = 96.0 - 4.0 * i as f64;
        let shares = [Some(urban), Some(97.0 - urban), Some(3.0)];
        let part = |share: Option<f64>| Bar {
            value: share,
            text: share.map_or("…".into(), |share| format!("{share:.0}\u{a0}%")),
            ..Bar::default()
        };
        let size = 40_000.0 + r.3;
        Stack {
            label: r.1.into(),
            parts: shares.into_iter().map(part).collect(),
            size: Some(size),
            total: count(size),
            is_emphasised: r.0 == "SHY",
            ..Stack::default()
        }
    });
    let mut rows: Vec<Stack> = rows.collect();
    rows[1].parts[1] = missing("");
    rows[2].size = Some(0.0);
    rows[2].total = "0".into();
    rows[2].parts.iter_mut().for_each(|part| {
        (part.value, part.text) = (Some(0.0), String::new());
    });
    let parts = ["городская местность", "сельская местность", "не указано"];
    let parts = parts.map(String::from).to_vec();
    Chart::StackedBars { rows, parts, whole: "прибыло, человек".into() }
}

pub(super) fn flows() -> Chart {
    let members = REGIONS.iter().map(|r| (r.1.to_owned(), r.0.to_owned())).collect();
    let flow = |i: usize, j: usize| {
        let size = (r(i * 31 + j * 17) * 9.2).exp() * if j < 4 { 1.6 } else { 0.4 };
        (i % 7 != 3 || j % 5 != 2).then_some(size)
    };
    fn r(seed: usize) -> f64 {
        ((seed * 2_654_435_761) % 1_000) as f64 / 1_000.0
    }
    let classes = [
        (1.0, "до 100"),
        (100.0, "100–499"),
        (500.0, "500–999"),
        (1_000.0, "1\u{a0}000–4\u{a0}999"),
        (5_000.0, "5\u{a0}000 и больше"),
    ];
    Chart::Heatmap(Heatmap {
        members,
        flows: (0..20).map(|i| (0..20).map(|j| flow(i, j)).collect()).collect(),
        classes: classes.iter().map(|(v, w)| (*v, (*w).into())).collect(),
        origins: "Откуда".into(),
        destinations: "Куда".into(),
        diagonal: "внутри региона".into(),
        missing: "нет данных".into(),
        largest: "наибольший поток".into(),
        ..Heatmap::default()
    })
}

pub(super) fn regions_by_quarter() -> Chart {
    let panels = REGIONS
        .iter()
        .map(|r| {
            let bars =
                (0..10).map(|i| bar("", (r.3 / 2.0 * (0.5 + 0.07 * i as f64)).round())).collect();
            Panel { title: r.1.into(), bars, is_emphasised: false }
        })
        .collect();
    Chart::Multiples {
        panels,
        periods: (0..10)
            .map(|i| format!("{} кв. {}", ["I", "II", "III", "IV"][i % 4], 2023 + i / 4))
            .collect(),
        ticks: [-10_000.0, 0.0, 10_000.0, 20_000.0].iter().map(|v| (*v, words(*v))).collect(),
        own_scale: None,
    }
}

pub(super) fn tiles() -> Chart {
    let places = [
        ("KOS", 3, 1),
        ("SKO", 4, 1),
        ("AKM", 5, 1),
        ("PAV", 6, 1),
        ("ZKO", 1, 2),
        ("AKT", 2, 2),
        ("ULY", 3, 2),
        ("KAR", 4, 2),
        ("AST", 5, 2),
        ("ABA", 6, 2),
        ("VKO", 7, 2),
        ("ATY", 1, 3),
        ("KYZ", 3, 3),
        ("TUR", 4, 3),
        ("ZHA", 5, 3),
        ("ALO", 6, 3),
        ("ZHE", 7, 3),
        ("MAN", 1, 4),
        ("SHY", 4, 4),
        ("ALM", 6, 4),
    ];
    let tiles = places.iter().map(|(code, col, row)| {
        let region = REGIONS.iter().find(|r| r.0 == *code).expect("every place is a region");
        let rate = region.3 / 1_500.0;
        let sign = if rate < 0.0 { "−" } else { "+" };
        let value = (*code != "ULY").then_some(rate);
        Tile {
            col: *col,
            row: *row,
            label: region.1.into(),
            short: (*code).into(),
            name: region.1.into(),
            value,
            text: value
                .map_or("…".into(), |_| format!("{sign}{:.1}", rate.abs()).replace('.', ",")),
            ..Tile::default()
        }
    });
    let classes =
        ["−5,0 и ниже", "от −4,9 до −1,0", "от −0,9 до +0,9", "от +1,0 до +4,9", "+5,0 и выше"];
    Chart::TileMap {
        tiles: tiles.collect(),
        bounds: vec![1.0, 5.0],
        classes: classes.map(String::from).to_vec(),
    }
}

pub(super) fn regions_on_own_scales() -> Chart {
    let Chart::Multiples { panels, periods, .. } = regions_by_quarter() else { unreachable!() };
    let own_scale = Some("У каждого региона своя шкала; серая полоса — её величина".into());
    Chart::Multiples { panels, periods, ticks: vec![], own_scale }
}

/// Every sample by name.
pub(super) fn all() -> Vec<(&'static str, Chart)> {
    vec![
        ("f1-published", published()),
        ("f1-regions-ru", all_regions(false)),
        ("f1-regions-en", all_regions(true)),
        ("grouped-bars", arrivals_and_departures(20)),
        ("grouped-bars-few", arrivals_and_departures(3)),
        ("stacked-bars", settlements(20)),
        ("stacked-bars-few", settlements(3)),
        ("f2-rural", rural()),
        ("f2-rural-flows", rural_flows()),
        ("f2-quarters", quarters()),
        ("f3-ages", ages()),
        ("f3-cities", cities()),
        ("band", range()),
        ("band-gaps", range_with_gaps()),
        ("slope", two_times(20)),
        ("slope-few", two_times(3)),
        ("sparklines", table_of_lines(20)),
        ("sparklines-few", table_of_lines(3)),
        ("f4-partners", partners()),
        ("f5-flows", flows()),
        ("f6-quarters", regions_by_quarter()),
        ("f6-own-scales", regions_on_own_scales()),
        ("f7-tiles", tiles()),
    ]
}

#[test]
fn samples_can_be_written_for_the_eye() {
    let folder = std::env::var_os("KOSH_SVG_DIR").map(std::path::PathBuf::from);
    for (name, chart) in all() {
        for width in [230.0, 482.0] {
            let drawing = draw(&chart, &Brand::default(), width);
            assert!(drawing.svg.len() < 24_000, "{name} at {width}: {} bytes", drawing.svg.len());
            if let Some(folder) = &folder {
                std::fs::write(folder.join(format!("{name}-{width}.svg")), drawing.svg)
                    .expect("the folder can be written");
            }
        }
    }
}
