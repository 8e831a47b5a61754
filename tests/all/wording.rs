//! Sentences that misstate a correct fact: with another time, another name, or a reversed direction. Each
//! is appended to a section of the shipped brief in both languages, and refused at its line; the correct
//! version of the sentence is accepted.

use crate::common::{self, Copy, codes, draw_each, drawn, well};

/// A sentence in English and Russian, and the code with which it is refused in both.
const REFUSED: [(&str, &str, &str); 20] = [
    (
        "Annual net migration is the largest of {{ X3_years.years | nom }}.",
        "Годовое сальдо миграции — наибольшее за {{ X3_years.years | nom }}.",
        "K0420",
    ),
    (
        "Rural net migration is now {{ R1_annual | signed }}.",
        "Сальдо миграции села теперь {{ R1_annual | signed }} чел.",
        "K0408",
    ),
    (
        "{{ X1.quarter | int }} people arrived from abroad.",
        "Из-за рубежа прибыло {{ X1.quarter | int }} чел.",
        "K0408",
    ),
    (
        "In {{ regions[\"KZ-71\"] | nom }} arrivals from abroad numbered {{ X1 | int }}.",
        "{{ regions[\"KZ-71\"] | nom }}: из-за рубежа прибыло {{ X1 | int }} чел.",
        "K0421",
    ),
    (
        "More people left than came: {{ X1 | int }} arrivals, {{ X2 | int }} departures.",
        "Уехало больше людей, чем приехало: {{ X1 | int }} прибывших, {{ X2 | int }} выбывших.",
        "K0802",
    ),
    (
        "Annual net migration was {{ X3_annual.range.high | signed }} at its lowest.",
        "Наименьшее годовое сальдо было {{ X3_annual.range.high | signed }} чел.",
        "K0420",
    ),
    (
        "{{ X1 | int }},{{ X2 | int }} arrivals.",
        "{{ X1 | int }},{{ X2 | int }} чел. прибыло.",
        "K0414",
    ),
    (
        "Arrivals numbered 12 million people {{ period | in }}.",
        "Прибыло 12 миллионов человек {{ period | za }}.",
        "K0423",
    ),
    (
        "On account of new rules {{ X1 | int }} people arrived.",
        "Из-за новых правил прибыло {{ X1 | int }} чел.",
        "K0811",
    ),
    (
        "Each month {{ X1 | int }} people arrived.",
        "Ежемесячно прибывало {{ X1 | int }} чел.",
        "K0408",
    ),
    (
        "Arrivals {{ X1.change | word(\"shrank\", \"soared\", \"held\") }} by {{ X1.change | abs | pct1 }}.",
        "Число прибывших {{ X1.change | word(\"сократилось\", \"подскочило\", \"осталось\") }} на {{ X1.change | abs | pct1 }}.",
        "K0802",
    ),
    (
        "{{ X1 | int }} people arrived from abroad {{ cite(\"bns-6567\") }}.",
        "Из-за рубежа прибыло {{ X1 | int }} чел. {{ cite(\"bns-6567\") }}.",
        "K0804",
    ),
    (
        "Arrivals changed several times over, to {{ X1 | int }}.",
        "Число прибывших изменилось в разы, до {{ X1 | int }} чел.",
        "K0423",
    ),
    ("In March {{ X1 | int }} people arrived.", "В марте прибыло {{ X1 | int }} чел.", "K0408"),
    ("In the spring {{ X1 | int }} people arrived.", "Весной прибыло {{ X1 | int }} чел.", "K0408"),
    ("Arrivals numbered a million {{ X1 | int }}.", "Прибыло миллион {{ X1 | int }} чел.", "K0414"),
    (
        "Arrivals numbered million 12 people {{ period | in }}.",
        "Прибыло миллионов 12 человек {{ period | za }}.",
        "K0423",
    ),
    (
        "Departures outnumbered arrivals: {{ X2 | int }} and {{ X1 | int }}.",
        "Число выбывших превысило число прибывших: {{ X2 | int }} и {{ X1 | int }}.",
        "K0802",
    ),
    (
        "Foreign students numbered {{ X1 | int }}.",
        "Иностранных студентов было {{ X1 | int }} чел.",
        "K0807",
    ),
    (
        "By final data {{ X1 | int }} people arrived from abroad.",
        "По окончательным данным из-за рубежа прибыло {{ X1 | int }} чел.",
        "K0424",
    ),
];

/// The same sentences stated correctly.
const TRUE: [(&str, &str); 9] = [
    (
        "Rural net migration {{ R1_annual.time | in }} was {{ R1_annual | signed }}.",
        "Сальдо миграции села {{ R1_annual.time | za }} составило {{ R1_annual | signed }} чел.",
    ),
    (
        "Rural net migration {{ R1_annual.time | in }} was {{ R1_annual | signed }}.{% endcall %}\n\
         {% call sentence(\"w-next\") %}Of these, {{ R1_annual | signed }} are known.",
        "Сальдо миграции села {{ R1_annual.time | za }} составило {{ R1_annual | signed }} чел.{% endcall %}\n\
         {% call sentence(\"w-next\") %}Из них известно о {{ R1_annual | signed }} чел.",
    ),
    (
        "More people came than left: {{ X1 | int }} arrivals, {{ X2 | int }} departures.",
        "Приехало больше людей, чем уехало: {{ X1 | int }} прибывших, {{ X2 | int }} выбывших.",
    ),
    (
        "In {{ regions[\"KZ-71\"] | nom }} the interregional balance was {{ I4[\"KZ-71\"] | signed }}.",
        "{{ regions[\"KZ-71\"] | nom }}: межрегиональное сальдо {{ I4[\"KZ-71\"] | signed }} чел.",
    ),
    (
        "Annual net migration was {{ X3_annual.range.low | signed }} at its lowest.",
        "Наименьшее годовое сальдо было {{ X3_annual.range.low | signed }} чел.",
    ),
    (
        "From January to June {{ X1 | int }} people arrived.",
        "С января по июнь прибыло {{ X1 | int }} чел.",
    ),
    (
        "Departures were outnumbered by arrivals: {{ X2 | int }} and {{ X1 | int }}.",
        "Число прибывших превысило число выбывших: {{ X1 | int }} и {{ X2 | int }}.",
    ),
    (
        "By first data {{ X1 | int }} people arrived; final data will follow.",
        "По предварительным данным прибыло {{ X1 | int }} чел.; окончательные выйдут позже.",
    ),
    (
        "Migrants numbered {{ X1 | int }}, students are not counted.",
        "Мигрантов было {{ X1 | int }}, студенты не учтены.",
    ),
];

/// Misleading words beside figures, each as a change of a shipped file, with the code that refuses it.
const BESIDE_FIGURES: [(&str, &str, &str, &str); 11] = [
    (
        "templates/strings.en.toml",
        "caption = \"Interregional net migration by region, {{ period | nom }}, persons.\"",
        "caption = \"Interregional net migration by region, 2024, persons.\"",
        "K0423",
    ),
    (
        "templates/strings.ru.toml",
        "[indicators.X1]\nlabel = \"",
        "[indicators.X1]\nlabel = \"11,3 тыс.: ",
        "K0423",
    ),
    (
        "templates/strings.en.toml",
        "[tables.T2]\nrows = \"Region",
        "[tables.T2]\nrows = \"Region in March",
        "K0423",
    ),
    (
        "templates/strings.en.toml",
        "line1 = \"arrivals\"\nline2 = \"departures\"\n\n[figures.F4]",
        "line1 = \"departures\"\nline2 = \"arrivals\"\n\n[figures.F4]",
        "K0421",
    ),
    (
        "templates/strings.en.toml",
        "[figures.F1]\nbase = \"{{ period.base | nom }}\"",
        "[figures.F1]\nbase = \"{{ period | nom }}\"",
        "K0408",
    ),
    (
        "templates/strings.en.toml",
        "[tables.T1]\nrows = \"Indicator, persons unless stated otherwise\"\nvalue = \"{{ period | short }}\"",
        "[tables.T1]\nrows = \"Indicator, persons unless stated otherwise\"\nvalue = \"{{ period.base | short }}\"",
        "K0408",
    ),
    (
        "templates/strings.en.toml",
        "more = \"Further figures revised: {n}.\"",
        "more = \"Further figures revised.\"",
        "K0604",
    ),
    (
        "templates/strings.en.toml",
        "status-final = \"Final data",
        "status-final = \"Provisional data",
        "K0424",
    ),
    (
        "templates/strings.en.toml",
        "caption = \"Interregional net migration by region, {{ period | nom }}, persons.\"",
        "caption = \"Interregional net migration of {{ I5 | int }} regions, {{ period | nom }}, persons.\"",
        "K0603",
    ),
    (
        "data/indicators.toml",
        "where = { measure = \"yoy_arrivals\" }",
        "where = { measure = \"yoy_departures\" }",
        "K0211",
    ),
    (
        "data/policy.csv",
        "quota-individuals-2025,mlspp,L3,2.95",
        "quota-individuals-2025,mlspp,L1,2.95",
        "K0229",
    ),
];

#[test]
fn words_beside_figures_are_held_to_what_sentences_are() {
    let mut wrong = vec![];
    for (file, find, put, code) in BESIDE_FIGURES {
        let copy = Copy::of_shipped();
        copy.edit(file, find, put);
        let said = copy.said();
        if !said.iter().any(|problem| problem.code == code) {
            wrong.push(format!("{code} {put}\n{}", drawn(&said)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The shipped brief of January–June 2025 with a paragraph for each sentence.
fn with<'a>(sentences: impl Iterator<Item = (&'a str, &'a str)> + Clone) -> Copy {
    let copy = Copy::of_shipped();
    for lang in ["en", "ru"] {
        let path = format!("templates/sections/04-general.{lang}.md");
        let mut text = copy.read(&path);
        for (at, (en, ru)) in sentences.clone().enumerate() {
            let body = if lang == "en" { en } else { ru };
            let call = format!("\n\n{{% call sentence(\"w{at}\") %}}{body}{{% endcall %}}\n");
            text.push_str(&call.replace("w-next", &format!("w{at}-next")));
        }
        copy.write(&path, text);
    }
    copy
}

/// The indices of the given sentences that are not refused at their lines.
fn silent(sentences: &[(&str, &str, &str)]) -> Vec<usize> {
    let found = with(sentences.iter().map(|(en, ru, _)| (*en, *ru))).said();
    let drawings = draw_each(&found);
    let is_reported = |at: usize, lang: &str, code: &str| {
        drawings.iter().any(|drawing| {
            drawing.contains(&format!("[{code}]"))
                && drawing.contains(&format!("04-general.{lang}.md"))
                && drawing.contains(&format!("sentence(\"w{at}\")"))
        })
    };
    let all = sentences.iter().enumerate();
    let silent = all
        .filter(|(at, (_, _, code))| !["en", "ru"].iter().all(|lang| is_reported(*at, lang, code)));
    silent.map(|(at, _)| at).collect()
}

#[test]
fn a_false_sentence_over_true_facts_is_refused_in_both_languages() {
    // Problems found while a section is worded come first; the guards check the remaining sentences.
    let first = silent(&REFUSED);
    assert!(first.len() < REFUSED.len());
    let left: Vec<_> = first.iter().map(|at| REFUSED[*at]).collect();
    let silent: Vec<_> = silent(&left).into_iter().map(|at| left[at]).collect();
    assert!(silent.is_empty(), "{silent:#?}");
}

#[test]
fn the_same_said_well_goes_through() {
    let found = with(TRUE.iter().copied()).said();
    assert!(found.is_empty(), "{}", drawn(&found));
}

#[test]
fn words_that_do_not_differ_tell_no_direction() {
    for word in ["word(\"\", \"\", \"\")", "word(\"people\", \"people\", \"people\")"] {
        let body = format!("It was {{{{ X3 | abs | int }}}} {{{{ X3 | {word} }}}}.");
        let found = with([(body.as_str(), body.as_str())].into_iter()).said();
        assert!(codes(&found).contains(&"K0413"), "{word}: {}", drawn(&found));
    }
}

/// The codes of the problems of the shipped project with these indicators.
fn indicators(written: &str) -> Vec<&'static str> {
    let copy = Copy::of_shipped();
    let text = copy.read("data/indicators.toml");
    copy.write("data/indicators.toml", format!("{text}\n{written}\n"));
    codes(&copy.said())
}

#[test]
fn an_indicator_says_of_a_measure_what_the_package_says() {
    let from = "from = \"international\"\nwhere = { partner = \"WORLD\"";
    for (written, code) in [
        // A balance as a count, a count as a balance, a quota as a result.
        (format!("[Z]\n{from}, flow = \"net\" }}"), "K0230"),
        (format!("[Z]\n{from}, flow = \"arrivals\" }}\nsigned = true"), "K0230"),
        (
            "[Z]\nfrom = \"labour\"\nwhere = { measure = \"regional_quota\", category = \"kandas\", \
             region = \"KZ\" }\nat = \"year\""
                .to_owned(),
            "K0230",
        ),
        // Arrivals, departures and their balance, added up.
        (format!("[Z]\n{from} }}\nover = [\"flow\"]"), "K0230"),
        // A balance as a part, and alternatives with different populations.
        ("[Z]\nshare = { of = \"X3\", in = \"X1\" }".to_owned(), "K0231"),
        ("[Z]\nfirst = [\"K1\", \"X1\"]".to_owned(), "K0231"),
    ] {
        assert_eq!(indicators(&written), [code], "{written}");
    }
    let net = format!("[Z]\n{from}, flow = \"net\" }}\nsigned = true");
    assert_eq!(indicators(&net), Vec::<&str>::new());
}

#[test]
fn the_largest_of_some_are_those_that_no_other_can_exceed() {
    let members = |period: &str, id: &str| -> Vec<String> {
        let copy = Copy::of_shipped();
        copy.edit("brief.toml", "\"2025-H1\"", &format!("\"{period}\""));
        let facts = well(copy.check()).1.facts;
        let series = facts.get(id).unwrap().series().unwrap().clone();
        series.members.iter().map(|member| member.code.to_string()).collect()
    };
    // 714 people came from countries that the release does not name, and 427 from China.
    assert_eq!(members("2025-Q1", "X1_top"), ["UZB", "RUS"]);
    assert_eq!(members("2025-H1", "X2_top"), ["RUS", "DEU"]);
    // Without `whole` they are the first of those named, and “most” is refused.
    let copy = Copy::of_shipped();
    copy.edit("data/indicators.toml", "top = 5, whole = \"X2\"", "top = 5");
    let found = copy.said();
    let reported = found.iter().filter(|problem| problem.code == "K0420").count();
    assert!(reported >= 2, "{}", drawn(&found));
    assert_eq!(common::codes(&found).iter().filter(|code| **code != "K0420").count(), 0);
}
