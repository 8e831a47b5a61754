//! Properties that every drawing must have.

use proptest::prelude::*;

use super::samples::{self, bar, missing};
use super::*;

const WIDTHS: [f64; 3] = [230.0, 340.0, 482.0];

fn at(chart: &Chart, width: f64) -> Drawing {
    draw(chart, &Brand::default(), width)
}

/// Asserts that no label leaves the drawing and no two labels overlap.
fn assert_clear(name: &str, drawing: &Drawing) {
    const HAIR: f64 = 0.06;
    for (i, a) in drawing.labels.iter().enumerate() {
        let inside = a.x >= -HAIR
            && a.y >= -HAIR
            && a.x + a.width <= drawing.width_pt + HAIR
            && a.y + a.height <= drawing.height_pt + HAIR;
        assert!(inside, "{name} at {}: `{}` leaves the drawing: {a:?}", drawing.width_pt, a.text);
        for b in &drawing.labels[i + 1..] {
            let meets = a.x + HAIR < b.x + b.width
                && b.x + HAIR < a.x + a.width
                && a.y + HAIR < b.y + b.height
                && b.y + HAIR < a.y + a.height;
            assert!(
                !meets,
                "{name} at {}: `{}` meets `{}`: {a:?} {b:?}",
                drawing.width_pt, a.text, b.text
            );
        }
    }
}

fn bars(values: &[f64]) -> Vec<Bar> {
    values.iter().zip(samples::REGIONS.iter().cycle()).map(|(v, r)| bar(r.1, *v)).collect()
}

/// The same bars in every form that takes bars.
#[allow(clippy::too_many_lines)]
fn forms(bars: Vec<Bar>) -> Vec<(&'static str, Chart)> {
    let labels: Vec<String> = bars.iter().map(|b| b.label.clone()).collect();
    let panel =
        |title: &str| Panel { title: title.into(), bars: bars.clone(), is_emphasised: true };
    let line = |label: &str| Line {
        label: label.into(),
        points: bars.iter().map(|b| b.value).collect(),
        text: bars.last().map(|b| b.text.clone()).unwrap_or_default(),
        fact: bars.last().map(|b| b.fact.clone()).unwrap_or_default(),
    };
    let pairs = bars.iter().map(|b| Pair {
        label: b.label.clone(),
        first: b.value.map(|v| (v, b.text.clone())),
        second: b.base.or(b.value).map(|v| (v / 3.0, b.text.clone())),
        net: b.text.clone(),
        facts: [b.fact.clone(), b.fact.clone(), b.fact.clone()],
    });
    let slopes = bars.iter().map(|b| Pair {
        label: b.label.clone(),
        first: b.base.or(b.value).map(|v| (v / 2.0, b.text.clone())),
        second: b.value.map(|v| (v, b.text.clone())),
        facts: [b.fact.clone(), b.fact.clone(), String::new()],
        ..Pair::default()
    });
    let sparks = bars.iter().map(|b| Spark {
        label: b.label.clone(),
        points: bars.iter().map(|b| b.value).collect(),
        values: [(); 4].map(|()| (b.text.clone(), b.fact.clone())),
        is_emphasised: b.is_emphasised,
    });
    let tiles = bars.iter().enumerate().map(|(i, b)| Tile {
        col: i % 7 + 1,
        row: i / 7 + 1,
        label: b.label.clone(),
        short: "АБВ".into(),
        name: b.label.clone(),
        value: b.value,
        text: if b.text.chars().count() > 5 { "−12,3".into() } else { b.text.clone() },
        fact: b.fact.clone(),
        is_emphasised: i == 0,
    });
    let stacks = bars.iter().map(|b| Stack {
        label: b.label.clone(),
        // A third, a half, and a part that is left open if the value is missing.
        parts: [33.0, 50.0, 17.0]
            .iter()
            .map(|share| Bar { value: b.value.map(|_| *share), ..b.clone() })
            .collect(),
        size: b.value,
        total: b.text.clone(),
        fact: b.fact.clone(),
        is_emphasised: false,
    });
    let flows = bars.iter().map(|b| bars.iter().map(|c| Some(b.value? - c.value?)).collect());
    vec![
        ("diverging bars", Chart::DivergingBars { bars: bars.clone(), base: "год назад".into() }),
        (
            "grouped bars",
            Chart::GroupedBars {
                rows: bars
                    .iter()
                    .map(|b| Panel {
                        title: b.label.clone(),
                        bars: vec![b.clone(), Bar { value: b.value.map(|v| v / 3.0), ..b.clone() }],
                        is_emphasised: false,
                    })
                    .collect(),
                series: vec!["Прибыло".into(), "Выбыло".into()],
            },
        ),
        (
            "stacked bars",
            Chart::StackedBars {
                rows: stacks.collect(),
                parts: ["город", "село", "не указано"].map(String::from).to_vec(),
                whole: "всего".into(),
            },
        ),
        (
            "columns",
            Chart::Columns {
                columns: bars.clone(),
                lines: vec![],
                ticks: vec![],
                breaks: vec![(1, "с 2022 г.".into())],
                axis: [-20_000.0, 0.0, 20_000.0].iter().map(|v| (*v, samples::words(*v))).collect(),
                reported: "по сообщению печати".into(),
                unit: "человек".into(),
            },
        ),
        (
            "columns over lines",
            Chart::Columns {
                columns: bars.clone(),
                lines: vec![line("Прибыло"), line("Выбыло")],
                ticks: vec![(0.0, "0".into()), (10_000.0, "10\u{a0}000".into())],
                breaks: vec![(1, "с 2022 г.".into())],
                axis: vec![],
                reported: String::new(),
                unit: "человек".into(),
            },
        ),
        (
            "panels",
            Chart::Panels {
                rows: labels.clone(),
                panels: vec![panel("Город"), panel("Село"), panel("Всего")],
            },
        ),
        (
            "lines",
            Chart::Lines {
                periods: labels.clone(),
                lines: vec![line("Первая"), line("Вторая"), line("Третья")],
                breaks: vec![(1, "с 2022 г.".into())],
                ticks: vec![],
                unit: "человек".into(),
            },
        ),
        (
            "band",
            Chart::Band {
                periods: labels.clone(),
                lines: vec![line("Первая")],
                range: Range {
                    low: bars.iter().map(|b| b.value.map(|v| v.min(0.0))).collect(),
                    high: bars.iter().map(|b| b.base.or(b.value).map(|v| v.max(1.0))).collect(),
                    label: "обычно".into(),
                },
                marks: bars
                    .iter()
                    .enumerate()
                    .step_by(7)
                    .map(|(at, b)| Mark {
                        at,
                        text: b.text.clone(),
                        fact: b.fact.clone(),
                        ..Mark::default()
                    })
                    .collect(),
                breaks: vec![(1, "с 2022 г.".into())],
                ticks: vec![],
                unit: "человек".into(),
            },
        ),
        (
            "paired dots",
            Chart::PairedDots {
                rows: pairs.collect(),
                first: "Прибыло".into(),
                second: "Выбыло".into(),
                net: "Сальдо".into(),
            },
        ),
        (
            "slope",
            Chart::Slope {
                rows: slopes.collect(),
                first: "январь–июнь 2024\u{a0}г.".into(),
                second: "январь–июнь 2025\u{a0}г.".into(),
                own: None,
                missing: "…".into(),
            },
        ),
        (
            "heatmap",
            Chart::Heatmap(Heatmap {
                members: labels.iter().map(|l| (l.clone(), "АБВ".into())).collect(),
                flows: flows.collect(),
                classes: vec![(0.0, "мало".into()), (100.0, "много".into())],
                missing: "нет".into(),
                largest: "наибольший".into(),
                ..Heatmap::default()
            }),
        ),
        (
            "multiples",
            Chart::Multiples {
                panels: vec![panel("Город"), panel("Село"), panel("Всего")],
                periods: labels.clone(),
                ticks: vec![(0.0, "0".into())],
                own_scale: None,
            },
        ),
        (
            "multiples on own scales",
            Chart::Multiples {
                panels: vec![panel("Город"), panel("Село"), panel("Всего")],
                periods: labels,
                ticks: vec![],
                own_scale: Some("У каждой панели своя шкала".into()),
            },
        ),
        (
            "sparklines",
            Chart::Sparklines {
                rows: sparks.collect(),
                heads: ["I кв. 2023", "IV кв. 2024", "наим.", "наиб."].map(String::from),
                scale: "У каждой строки своя шкала".into(),
            },
        ),
        (
            "tile map",
            Chart::TileMap {
                tiles: tiles.collect(),
                bounds: vec![1.0, 5.0],
                classes: ["а", "б", "в", "г", "д"].map(String::from).to_vec(),
            },
        ),
    ]
}

#[test]
fn no_label_of_a_sample_meets_another_or_leaves_the_drawing() {
    for (name, chart) in samples::all() {
        for width in WIDTHS {
            assert_clear(name, &at(&chart, width));
        }
    }
}

#[test]
fn extreme_data_leave_the_labels_clear() {
    let spread: Vec<f64> = (0..20).map(|i| 36_821.0 - 3_000.0 * f64::from(i)).collect();
    let negative: Vec<f64> = (1..=20).map(|i| -500.0 * f64::from(i)).collect();
    let positive: Vec<f64> = negative.iter().map(|v| -v).collect();
    let cases: Vec<(&str, Vec<Bar>)> = vec![
        ("one bar a thousand times another", bars(&[1_000_000.0, 1_000.0, -1_000.0, -900_000.0])),
        ("both signs", bars(&spread)),
        ("all negative", bars(&negative)),
        ("all positive", bars(&positive)),
        ("all zero", bars(&[0.0; 8])),
        ("one bar", bars(&[7_749.0])),
        ("one loss", bars(&[-7_749.0])),
        ("all missing", (0..20).map(|i| missing(samples::REGIONS[i].1)).collect()),
        ("no bars", vec![]),
    ];
    for (case, bars) in cases {
        for (form, chart) in forms(bars) {
            for width in WIDTHS {
                assert_clear(&format!("{form}, {case}"), &at(&chart, width));
            }
        }
    }
}

#[test]
fn a_number_that_has_a_name_can_be_hit_where_it_is_printed() {
    let spread: Vec<f64> = (0..12).map(|i| 36_821.0 - 6_000.0 * f64::from(i)).collect();
    let mut all = bars(&spread);
    all.iter_mut().for_each(|bar| bar.fact = format!("the one of {}", bar.text));
    for (form, chart) in forms(all.clone()) {
        for width in WIDTHS {
            let drawing = at(&chart, width);
            let mut printed = 0;
            for label in &drawing.labels {
                let Some(bar) = all.iter().find(|bar| label.text == bar.text) else { continue };
                let (x, y) = (label.x + label.width / 2.0, label.y + label.height / 2.0);
                let is_hit = |spot: &Spot| {
                    (spot.x..=spot.x + spot.width).contains(&x)
                        && (spot.y..=spot.y + spot.height).contains(&y)
                };
                // The last drawn area is on top.
                let hit = drawing.spots.iter().rev().find(|spot| is_hit(spot));
                let hit = hit.unwrap_or_else(|| panic!("{form} at {width}: `{}`", bar.text));
                assert_eq!(hit.fact, bar.fact, "{form} at {width}");
                printed += 1;
            }
            assert!(printed > 0 || matches!(form, "heatmap" | "lines"), "{form} at {width}");
            for spot in &drawing.spots {
                let (right, foot) = (spot.x + spot.width, spot.y + spot.height);
                assert!(spot.x > -4.0 && spot.y > -4.0, "{form} at {width}: {spot:?}");
                assert!(right < drawing.width_pt + 4.0 && foot < drawing.height_pt + 4.0);
            }
        }
    }
    let Chart::Heatmap(flows) = samples::flows() else { unreachable!() };
    let count = flows.members.len();
    let least = flows.classes[0].0;
    let known = flows.flows.iter().enumerate().flat_map(|(i, row)| {
        row.iter()
            .enumerate()
            .filter(move |(j, flow)| i != *j && flow.is_some_and(|flow| flow >= least))
    });
    let known = known.count();
    let names = (0..count).map(|i| (0..count).map(|j| format!("OD[{i}>{j}]")).collect());
    let named = Heatmap { facts: names.collect(), ..flows };
    let drawing = at(&Chart::Heatmap(named), 482.0);
    assert_eq!(drawing.spots.len(), known);
}

#[test]
fn columns_print_first_last_and_extremes_always() {
    let Chart::Columns { columns, .. } = samples::rural() else { unreachable!() };
    for width in WIDTHS {
        let printed = at(&samples::rural(), width).labels;
        for i in [0, 12, 23] {
            assert!(
                printed.iter().any(|l| l.text == columns[i].text),
                "{} at {width}",
                columns[i].text
            );
        }
        for i in [0, 23] {
            assert!(
                printed.iter().any(|l| l.text == columns[i].label),
                "{} at {width}",
                columns[i].label
            );
        }
    }
}

#[test]
fn lines_below_columns_stand_under_their_years_and_are_named() {
    let Chart::Columns { columns, lines, .. } = samples::rural_flows() else { unreachable!() };
    for width in WIDTHS {
        let drawing = at(&samples::rural_flows(), width);
        let named = |word: &str| drawing.labels.iter().find(|l| l.text.contains(word));
        let lowest = columns.iter().filter_map(|c| named(&c.text)).map(|l| l.y).fold(0.0, f64::max);
        let year = named("2000").expect("the first year is printed");
        for line in &lines {
            let label = named(&line.label).unwrap_or_else(|| panic!("{} at {width}", line.label));
            assert!(lowest < label.y && label.y < year.y, "{} at {width}", line.label);
        }
        let alone = at(&samples::rural(), width);
        assert_eq!(drawing.labels.iter().filter(|l| l.text == year.text).count(), 1);
        assert!(drawing.height_pt > alone.height_pt);
    }
}

#[test]
fn every_value_of_the_rows_is_printed() {
    for chart in [samples::all_regions(false), samples::published()] {
        let Chart::DivergingBars { bars, .. } = &chart else { unreachable!() };
        for width in WIDTHS {
            let printed = at(&chart, width).labels;
            assert!(bars.iter().all(|b| printed.iter().any(|l| l.text == b.text)));
        }
    }
}

/// All texts of a drawing, as an XML parser reads them.
fn texts(svg: &str) -> Vec<String> {
    let tree = roxmltree::Document::parse(svg).unwrap_or_else(|e| panic!("{e}\n{svg}"));
    let nodes = tree.descendants().filter(|n| n.has_tag_name("text"));
    nodes.map(|n| n.text().unwrap_or_default().to_owned()).collect()
}

#[test]
fn hostile_labels_come_back_as_they_went_in() {
    let hostile = [
        "<script>alert(1)</script>",
        "a & b < c > d \" e ' f",
        "&amp; &#60; ]]> <!-- -->",
        "opacity=\"1\" dy=\"0.76em\"/>",
        "right \u{202e}to\u{202c} left",
        "\u{e000}private\u{10fffd}",
        "#{typst} $x$ \\",
        "</text></svg>",
    ];
    for label in hostile {
        let chart = Chart::DivergingBars { bars: vec![bar(label, -5.0)], base: String::new() };
        assert!(texts(&at(&chart, 482.0).svg).contains(&label.to_owned()), "{label}");
        let value =
            Bar { text: label.into(), label: "A".into(), value: Some(1.0), ..Bar::default() };
        for (form, chart) in forms(vec![value]).into_iter().take(2) {
            assert!(texts(&at(&chart, 482.0).svg).contains(&label.to_owned()), "{form}: {label}");
        }
    }
}

#[test]
fn a_group_names_its_series_once_and_prints_every_value() {
    let Chart::GroupedBars { rows, series } = samples::arrivals_and_departures(20) else {
        unreachable!()
    };
    for width in WIDTHS {
        let printed = at(&samples::arrivals_and_departures(20), width).labels;
        let count = |text: &str| printed.iter().filter(|l| l.text == text).count();
        assert!(series.iter().all(|name| count(name) == 1), "at {width}");
        for bar in rows.iter().flat_map(|row| &row.bars) {
            assert!(count(&bar.text) > 0, "`{}` at {width}", bar.text);
        }
    }
}

#[test]
fn a_stack_names_its_parts_and_prints_the_largest_share_of_each_row() {
    for regions in [3, 20] {
        let chart = samples::settlements(regions);
        let Chart::StackedBars { rows, parts, whole } = &chart else { unreachable!() };
        for width in WIDTHS {
            let printed = at(&chart, width).labels;
            let has = |text: &str| printed.iter().any(|l| l.text == text);
            let all = printed.iter().map(|l| &*l.text).collect::<Vec<_>>().join(" ");
            assert!(parts.iter().all(|name| all.matches(&**name).count() == 1), "{width}: {all}");
            assert!(all.contains(&**whole), "at {width}");
            for row in rows {
                assert!(has(&row.total), "`{}` at {width}", row.total);
                // A whole of zero has no shares.
                if row.size == Some(0.0) {
                    continue;
                }
                let share = |bar: &&Bar| bar.value.unwrap_or(0.0);
                let largest = row.parts.iter().max_by(|a, b| share(a).total_cmp(&share(b)));
                let largest = largest.expect("a row has parts");
                assert!(has(&largest.text), "`{}` of {} at {width}", largest.text, row.label);
            }
        }
    }
}

#[test]
fn what_is_left_of_a_whole_that_is_not_wholly_known_stays_empty() {
    let part = |value: Option<f64>| Bar { value, text: "…".into(), ..Bar::default() };
    let of = |parts: Vec<Bar>| {
        let row = Stack { label: "a".into(), parts, size: Some(9.0), ..Stack::default() };
        let parts = vec!["x".into(), "y".into()];
        at(&Chart::StackedBars { rows: vec![row], parts, whole: String::new() }, 230.0)
    };
    let signs = |drawing: &Drawing| drawing.labels.iter().filter(|l| l.text == "…").count();
    // The known part has its own label, and the rest has the sign for a missing one.
    assert_eq!(signs(&of(vec![part(Some(40.0)), part(None)])), 2);
    assert_eq!(signs(&of(vec![part(None), part(None)])), 1);
    assert_eq!(signs(&of(vec![part(Some(40.0)), part(Some(60.0))])), 2);
}

#[test]
fn a_line_in_front_of_a_range_prints_its_ends_and_extremes() {
    for chart in [samples::range(), samples::range_with_gaps()] {
        let Chart::Band { lines, marks, range, .. } = &chart else { unreachable!() };
        assert!(marks.len() >= 3);
        for width in WIDTHS {
            let printed = at(&chart, width).labels;
            let all = printed.iter().map(|l| &*l.text).collect::<Vec<_>>().join(" ");
            let words = marks.iter().map(|mark| &mark.text).chain(lines.iter().map(|l| &l.text));
            for word in words.chain([&range.label]) {
                assert!(all.contains(&**word), "`{word}` at {width}: {all}");
            }
        }
    }
}

#[test]
fn a_range_ends_where_one_of_its_edges_is_not_known() {
    // A tint is a polygon; with a gap there are two.
    let tints = |chart: &Chart| {
        let svg = at(chart, 482.0).svg;
        let tint = colour::Palette::of(&Brand::default()).quiet.mix(Colour::WHITE, 0.82).hex();
        svg.matches(&format!("\"{tint}\"")).count()
    };
    assert_eq!((tints(&samples::range()), tints(&samples::range_with_gaps())), (1, 2));
}

#[test]
fn a_slope_names_each_row_once_and_prints_both_its_ends() {
    for regions in [3, 20] {
        let chart = samples::two_times(regions);
        let Chart::Slope { rows, first, second, missing, .. } = &chart else { unreachable!() };
        for width in WIDTHS {
            let printed = at(&chart, width).labels;
            let all = printed.iter().map(|l| &*l.text).collect::<Vec<_>>().join(" ");
            for head in [first, second] {
                assert!(all.replace('\u{a0}', " ").contains(&head.replace('\u{a0}', " ")), "{all}");
            }
            for row in rows {
                assert_eq!(all.matches(&row.label).count(), 1, "`{}` at {width}", row.label);
                for end in [&row.first, &row.second] {
                    let words = end.as_ref().map_or(missing, |(_, words)| words);
                    assert!(all.contains(words.as_str()), "`{words}` at {width}");
                }
            }
        }
    }
}

#[test]
fn a_row_with_one_end_has_no_line() {
    let both =
        Pair { first: Some((3.0, "3".into())), second: Some((5.0, "5".into())), ..Pair::default() };
    let lines = |rows: Vec<Pair>| {
        let (first, second) = ("2024".into(), "2025".into());
        let chart = Chart::Slope { rows, first, second, own: None, missing: "…".into() };
        // The weight of the line of a row.
        at(&chart, 482.0).svg.matches("stroke-width=\"26\"").count()
    };
    let only = |first: bool| match first {
        true => Pair { second: None, ..both.clone() },
        false => Pair { first: None, ..both.clone() },
    };
    let hollow = lines(vec![only(true)]);
    assert_eq!(lines(vec![both.clone(), only(true)]), 1 + hollow);
    assert_eq!(lines(vec![both.clone(), both.clone(), only(false)]), 2 + hollow);
}

#[test]
fn a_row_of_sparklines_prints_its_ends_and_extremes_and_the_scales_are_explained() {
    for rows in [3, 20] {
        let chart = samples::table_of_lines(rows);
        let Chart::Sparklines { rows, heads, scale } = &chart else { unreachable!() };
        for width in WIDTHS {
            let printed = at(&chart, width).labels;
            let all = printed.iter().map(|l| &*l.text).collect::<Vec<_>>().join(" ");
            for head in heads.iter().chain([scale]) {
                assert!(all.replace('\u{a0}', " ").contains(&head.replace('\u{a0}', " ")), "{all}");
            }
            for row in rows {
                let words = row.values.iter().map(|(words, _)| words);
                assert!(words.clone().all(|words| printed.iter().any(|l| l.text == *words)));
            }
        }
    }
}

#[test]
fn control_characters_become_spaces() {
    let chart = Chart::DivergingBars {
        bars: vec![bar("a\nb\r\t\u{0}\u{1b}c\u{fffe}", 5.0)],
        base: String::new(),
    };
    assert_eq!(texts(&at(&chart, 482.0).svg).concat(), "a b    c\u{fffd}+5");
}

#[test]
fn text_is_text_in_the_font_that_is_shipped() {
    for (name, chart) in samples::all() {
        let svg = at(&chart, 482.0).svg;
        assert!(svg.contains("font-family=\"Noto Sans\""), "{name}");
        assert!(!svg.contains("rotate") && !svg.contains("opacity"), "{name}");
        assert_eq!(texts(&svg).len(), at(&chart, 482.0).labels.len(), "{name}");
    }
}

#[test]
fn a_drawing_that_stands_alone_needs_no_font_and_keeps_its_words() {
    for (name, chart) in forms(bars(&[36_821.0, -12_000.0, 4_096.0, 0.0])) {
        let drawing = at(&chart, 340.0);
        let alone = drawing.standalone("A & B", "1 < 2");
        // Its text can be searched but is not visible.
        assert_eq!(texts(&alone), texts(&drawing.svg), "{name}");
        let tree = roxmltree::Document::parse(&alone).unwrap();
        let elements = |tag: &'static str| tree.descendants().filter(move |n| n.has_tag_name(tag));
        assert!(elements("text").all(|n| n.attribute("fill-opacity") == Some("0")), "{name}");
        assert_eq!(elements("title").next().unwrap().text(), Some("A & B"));
        assert_eq!(elements("desc").next().unwrap().text(), Some("1 < 2"));
        // Every letter is drawn inside the drawing, from an outline that is defined.
        let letters: usize = texts(&drawing.svg)
            .iter()
            .map(|t| t.chars().filter(|c| !c.is_whitespace()).count())
            .sum();
        assert_eq!(elements("use").count(), letters, "{name}");
        let known: Vec<&str> = elements("path").filter_map(|n| n.attribute("id")).collect();
        let right = drawing.width_pt * 20.0;
        for letter in elements("use") {
            let link = letter.attribute(("http://www.w3.org/1999/xlink", "href")).unwrap();
            assert!(known.contains(&link.trim_start_matches('#')), "{name}: {link}");
            let moved = letter.attribute("transform").unwrap();
            let x = moved.trim_start_matches("translate(").split(' ').next().unwrap();
            let x: f64 = x.parse().unwrap();
            assert!((-2.0..right).contains(&x), "{name}: {moved}");
        }
    }
}

#[test]
fn a_letter_that_the_family_lacks_is_drawn_by_its_deputy() {
    let chart = Chart::DivergingBars {
        bars: vec![Bar {
            label: "₸ →".into(),
            value: Some(1.0),
            text: "1".into(),
            ..Bar::default()
        }],
        base: String::new(),
    };
    let alone = at(&chart, 230.0).standalone("", "");
    let tree = roxmltree::Document::parse(&alone).unwrap();
    assert_eq!(tree.descendants().filter(|n| n.has_tag_name("use")).count(), 3);
    assert!(!alone.contains("-0\""), "a glyph that is none is drawn");
}

#[test]
fn a_label_that_would_reach_over_a_side_widens_the_drawing() {
    let mut canvas = canvas::Canvas::new(&Brand::default(), 40.0);
    let ink = canvas.palette.ink;
    canvas.text("+36,821", (35.0, 10.0), text::Anchor::Start, text::TextStyle::VALUE, ink);
    canvas.text("−102,746", (5.0, 30.0), text::Anchor::End, text::TextStyle::VALUE, ink);
    let drawing = canvas.finish(0.0, 40.0);
    assert_clear("over the side", &drawing);
    assert!(drawing.width_pt > 60.0);
}

#[test]
fn no_hairline_runs_through_the_value_of_a_bar() {
    let near = Bar { base: Some(40_000.0), ..bar("a", 36_821.0) };
    let far = Bar { base: Some(36_000.0), ..bar("b", 5_500.0) };
    let loss = Bar { base: Some(-30_000.0), ..bar("c", -500.0) };
    let chart =
        Chart::DivergingBars { bars: vec![near, far, loss], base: "год назад".into() };
    let drawing = at(&chart, 482.0);
    let tree = roxmltree::Document::parse(&drawing.svg).unwrap();
    let hairlines = tree.descendants().filter(|n| n.attribute("stroke-width") == Some("12"));
    let strokes: Vec<(f64, f64, f64)> = hairlines
        .flat_map(|n| n.attribute("d").unwrap().split('M').skip(1))
        .map(|stroke| {
            let (from, long) = stroke.split_once('h').expect("a hairline is level");
            let (x, y) = from.split_once(' ').unwrap();
            let [x, y, long] = [x, y, long].map(|n| n.parse::<f64>().unwrap() / 20.0);
            (x.min(x + long), x.max(x + long), y)
        })
        .collect();
    assert_eq!(strokes.len(), 5, "{strokes:?}");
    for label in &drawing.labels {
        for (left, right, y) in &strokes {
            let beside = *right <= label.x || *left >= label.x + label.width;
            let apart = *y < label.y || *y > label.y + label.height;
            assert!(beside || apart, "`{}` is struck through", label.text);
        }
    }
}

#[test]
fn the_same_chart_gives_the_same_bytes() {
    for (name, chart) in samples::all() {
        assert_eq!(at(&chart, 482.0), at(&chart.clone(), 482.0), "{name}");
    }
}

#[test]
fn a_loss_is_hatched_and_a_gain_is_not() {
    let of = |value: f64| {
        at(&Chart::DivergingBars { bars: vec![bar("x", value)], base: String::new() }, 230.0).svg
    };
    assert!(of(-5.0).contains("stroke=\"#FFFFFF\""));
    assert!(!of(5.0).contains("stroke=\"#FFFFFF\""));
}

#[test]
fn one_small_drawing_of_each_form() {
    let small =
        vec![bar("г.\u{a0}Астана", 120.0), bar("область Абай", -45.0), missing("г.\u{a0}Шымкент")];
    for (form, chart) in forms(small) {
        insta::assert_snapshot!(form.replace(' ', "-"), at(&chart, 230.0).svg);
    }
}

fn any_value() -> impl Strategy<Value = f64> {
    prop_oneof![
        Just(0.0),
        Just(-0.0),
        Just(f64::MAX),
        Just(f64::MIN),
        Just(f64::MIN_POSITIVE),
        Just(5e-324),
        Just(f64::INFINITY),
        -1e6..1e6,
        any::<f64>().prop_filter("a number", |v| !v.is_nan()),
    ]
}

#[test]
fn a_figure_of_another_kind_is_hollow_and_said() {
    let chart = samples::rural();
    for width in WIDTHS {
        let drawing = at(&chart, width);
        assert!(drawing.labels.iter().any(|l| l.text == "по сообщению печати"), "at {width}");
    }
    let Chart::Columns { mut columns, lines, ticks, breaks, axis, reported, unit } = chart else {
        unreachable!()
    };
    columns.iter_mut().for_each(|column| column.is_reported = false);
    let plain = Chart::Columns { columns, lines, ticks, breaks, axis, reported, unit };
    assert!(at(&plain, 482.0).labels.iter().all(|l| l.text != "по сообщению печати"));
}

#[test]
fn lines_are_ruled_where_columns_have_no_room_for_every_value() {
    let (dense, sparse) = (at(&samples::rural(), 482.0), at(&samples::quarters(), 482.0));
    assert!(dense.labels.iter().any(|l| l.text == "−50\u{a0}000"));
    let Chart::Columns { columns, .. } = samples::quarters() else { unreachable!() };
    assert!(columns.iter().all(|c| sparse.labels.iter().any(|l| l.text == c.text)));
}

#[test]
fn beside_one_that_is_set_off_the_others_are_grey() {
    let grey = colour::Palette::of(&Brand::default()).muted().hex();
    let with = |is_emphasised: bool| {
        let own = Bar { is_emphasised, ..bar("a", 5.0) };
        at(&Chart::DivergingBars { bars: vec![own, bar("b", -3.0)], base: String::new() }, 230.0)
            .svg
    };
    assert!(with(true).contains(&grey) && !with(false).contains(&grey));
}

#[test]
fn on_its_own_scale_each_chart_says_its_extreme() {
    let Chart::Multiples { panels, .. } = samples::regions_on_own_scales() else { unreachable!() };
    let drawing = at(&samples::regions_on_own_scales(), 482.0);
    for panel in &panels {
        let size = |bar: &&Bar| bar.value.unwrap_or(0.0).abs();
        let extreme = panel.bars.iter().max_by(|a, b| size(a).total_cmp(&size(b))).unwrap();
        assert!(drawing.labels.iter().any(|l| l.text == extreme.text), "{}", panel.title);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_values_and_labels_draw_finitely(
        raw in prop::collection::vec((".{0,24}", prop::option::of(any_value()), prop::option::of(any_value()), ".{0,12}"), 0..9),
        width in prop_oneof![Just(0.0), Just(f64::NAN), 60.0..900.0],
    ) {
        let bars = raw.iter().map(|(label, value, base, text)| Bar {
            label: label.clone(), value: *value, base: *base, text: text.clone(), is_emphasised: false,
            is_reported: false, fact: "X1".into(),
        });
        for (_, chart) in forms(bars.collect()) {
            let drawing = at(&chart, width);
            prop_assert!(drawing.height_pt.is_finite() && drawing.height_pt > 0.0);
            prop_assert!(drawing.labels.iter().all(|l| l.x.is_finite() && l.y.is_finite()));
            let numbers = |s: &Spot| [s.x, s.y, s.width, s.height];
            prop_assert!(drawing.spots.iter().flat_map(numbers).all(f64::is_finite));
            prop_assert!(!drawing.svg.contains("NaN") || raw.iter().any(|r| r.0.contains("NaN")));
            texts(&drawing.svg);
        }
    }

    #[test]
    fn any_ordinary_values_leave_the_labels_clear(
        values in prop::collection::vec(-50_000i32..50_000, 1..24),
        width in prop_oneof![Just(230.0), Just(482.0)],
    ) {
        let values: Vec<f64> = values.into_iter().map(f64::from).collect();
        for (form, chart) in forms(bars(&values)) {
            assert_clear(form, &at(&chart, width));
        }
    }

    #[test]
    fn ticks_and_bounds_ascend_whatever_they_are_asked(a in any_value(), b in any_value(), n in 0usize..9) {
        prop_assert!(nice_ticks(a, b).windows(2).all(|w| w[0] < w[1]));
        prop_assert!(nice_bounds(&[a, b, a / 2.0], n).windows(2).all(|w| w[0] < w[1]));
    }
}
