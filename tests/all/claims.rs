//! Claims in templates, indicators and exhibits beyond their numbers: a test that a missing fact fails, a
//! time, a direction, a superlative, a name. False claims are refused or left out; a true sentence with
//! the same words is printed.

use std::collections::BTreeSet;

use crate::common::{self, Copy, codes, drawn, sentence};

/// The small project in English, with this text as its second section.
fn with_section(text: &str) -> Copy {
    let copy = Copy::of_another_country();
    copy.edit("brief.toml", "[\"en\", \"eo\"]", "[\"en\"]");
    let period = "{% call sentence(\"p\") %}The period is {{ period | nom }}.{% endcall %}";
    copy.write("templates/sections/02-inside.en.md", format!("# Inside\n\n{text}\n\n{period}\n"));
    copy
}

/// The result of a sentence: its words, `-` if it is left out and listed, or the codes of its problems.
fn comes_out(copy: &Copy) -> String {
    match copy.check() {
        Err(problems) => {
            let codes: BTreeSet<&str> = codes(&problems).into_iter().collect();
            codes.into_iter().collect::<Vec<_>>().join(" ")
        }
        Ok((_, edition, _)) => {
            let is_listed = edition.skipped.iter().any(|skipped| skipped.sentence == "x");
            match edition.documents.iter().find_map(|document| sentence(document, "x")) {
                Some(said) => said.replace('\u{A0}', " "),
                None if is_listed => "-".to_owned(),
                None => String::new(),
            }
        }
    }
}

fn said(body: &str) -> String {
    comes_out(&with_section(&format!("{{% call sentence(\"x\") %}}{body}{{% endcall %}}")))
}

/// The codes of the problems of these indicators.
fn indicators(written: &str) -> String {
    let copy = Copy::of_another_country();
    let text = copy.read("data/indicators.toml");
    copy.write("data/indicators.toml", format!("{text}\n{written}"));
    let codes: BTreeSet<&str> = codes(&copy.said()).into_iter().collect();
    codes.into_iter().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_missing_fact_fails_no_test() {
    // A has no threshold.
    for asked in [
        "A.threshold is not provisional",
        "A.threshold is not revised",
        "A.threshold is not disputed",
        "A.threshold is not turned",
        "A.threshold is not complete",
        "not A.threshold is provisional",
        "not (A.threshold is rounded or D is revised)",
        "(A.threshold is provisional) == false",
        "B_years is not highest",
    ] {
        let body = format!("It is {{% if {asked} %}}final{{% endif %}} in all.");
        assert_eq!(said(&body), "-", "{asked}");
    }
    for body in [
        "It is {% if A.threshold is provisional %}first{% else %}final{% endif %}.",
        "It is {{ \"first\" if A.threshold is provisional else \"final\" }}.",
        "{% set first = A.threshold is provisional %}It is {% if not first %}final{% endif %}.",
    ] {
        assert_eq!(said(body), "-", "{body}");
    }
    for (body, out) in [
        ("It is {% if A is not revised %}as published{% endif %}.", "It is as published."),
        ("It is {% if A is provisional %}first{% else %}final{% endif %}.", "It is first."),
        ("It is known{% if A.threshold is provisional %}, first{% endif %}.", "It is known."),
        ("It is known{% if B_years is highest %}, a record{% endif %}.", "It is known."),
    ] {
        assert_eq!(said(body), out, "{body}");
    }
    let outside = |asked: &str| {
        let text = format!("{{% if {asked} %}}\n\nIt is final.\n\n{{% endif %}}");
        comes_out(&with_section(&text))
    };
    assert_eq!(outside("A.threshold is not provisional"), "K0411");
    assert_eq!(outside("A.threshold is provisional"), "");
    assert_eq!(outside("A.threshold is known and A.threshold is not provisional"), "");
}

#[test]
fn what_is_quoted_and_the_times_named_agree() {
    for body in [
        "Arrivals {{ period | in }} numbered {{ A.base | int }}.",
        "Arrivals numbered {{ A.base | int }}.",
        "Over the whole year {{ A | int }} people arrived.",
        "In nine months {{ A | int }} people arrived.",
        "In 2028 {{ A | int }} people arrived.",
        "Arrivals {{ period.year | in }} numbered {{ A | int }}.",
    ] {
        assert_eq!(said(body), "K0408", "{body}");
    }
    for (body, out) in [
        (
            "A year earlier arrivals numbered {{ A.base | int }}.",
            "A year earlier arrivals numbered 2,300.",
        ),
        (
            "Arrivals {{ period.base | in }} numbered {{ A.base | int }}.",
            "Arrivals in January–June 2029 numbered 2,300.",
        ),
        ("In 2030 {{ A | int }} people arrived.", "In 2030 2,553 people arrived."),
        ("Since 1991 {{ A | int }} people arrived.", "Since 1991 2,553 people arrived."),
        (
            "In the half-year {{ A | int }} people arrived.",
            "In the half-year 2,553 people arrived.",
        ),
    ] {
        assert_eq!(said(body), out, "{body}");
    }
}

#[test]
fn nothing_beside_a_number_makes_another_of_it() {
    for body in [
        "{{ A | int }}\u{200B}0 people came.",
        "{{ A | int }}\u{2060}0 people came.",
        "{{ A | int }}\u{AD}0 people came.",
        "{{ A | int }}\u{FEFF}0 people came.",
        "{{ A | int }}\\\nthousand people came.",
        "{{ A | int }} “thousand” people came.",
        "{{ A | int }} (thousand) people came.",
        "{{ A | int }} dozen people came.",
        "{{ A | int }} × 10 people came.",
        "{{ A | int }}/10 people came.",
        "{{ A | int }} households came.",
        "{{ N_count | int }} people gained.",
        "Of minus {{ A | int }} people.",
        "Half of {{ A | int }} came.",
        "Some nearly {{ A | int }} came.",
        "There were almost {{ A | int }} people.",
        "There were ~{{ A | int }} people.",
        "There were ≈ {{ A | int }} people.",
        "It is {{ A | int }}/{{ D | int }}.",
        "It is {{ E | abs | pct1 }} points.",
    ] {
        assert!(said(body).split(' ').any(|code| code == "K0414"), "{body}: {}", said(body));
    }
    assert_eq!(said("Gains in {{ N_count | counted(\"person\") }}."), "K0413");
    for (body, out) in [
        ("{{ A | int }} migrants came.", "2,553 migrants came."),
        ("{{ N_count | int }} regions gained.", "2 regions gained."),
        (
            "{{ A.difference | abs | int }} {{ A.difference | word(\"more\", \"fewer\", \"more\") }} than {{ period.base | in }}.",
            "253 more than in January–June 2029.",
        ),
    ] {
        assert_eq!(said(body), out, "{body}");
    }
}

#[test]
fn a_direction_is_the_datas() {
    for body in [
        "Arrivals declined to {{ A | int }} {{ period | in }}.",
        "Arrivals rose to {{ A | int }} {{ period | in }}.",
        "Net migration {{ B | word(\"rose\", \"fell\", \"stood\") }}: {{ B | signed }}.",
    ] {
        assert_eq!(said(body), "K0802", "{body}");
    }
    let body =
        "Arrivals {{ A.difference | word(\"rose\", \"fell\", \"stood\") }} to {{ A | int }}.";
    assert_eq!(said(body), "Arrivals rose to 2,553.");
    // A balance that is the size of a growth.
    let body =
        "The population {{ B | word(\"grew\", \"fell\", \"stood\") }} by {{ B | abs | int }}.";
    assert_eq!(said(body), "The population grew by 448.");
}

#[test]
fn a_claim_about_a_member_is_true_of_it() {
    for (body, out) in [
        (
            "The largest gain was in {{ provinces[\"N-2\"] | nom }} ({{ N[\"N-2\"] | signed }}).",
            "K0420",
        ),
        (
            "The smallest flow came from {{ countries[\"ATL\"] | nom }}: {{ A_by[\"ATL\"] | int }}.",
            "K0420",
        ),
        ("{{ provinces[\"N-2\"] | nom }} gained {{ N[\"N-1\"] | signed }}.", "K0421"),
        (
            "{{ provinces[\"N-1\"] | nom }} ({{ N[\"N-2\"] | signed }}) and {{ provinces[\"N-2\"] | nom }} ({{ N[\"N-1\"] | signed }}) gained.",
            "K0421",
        ),
        ("{% for p in N.members[:1] %}{{ p.value | signed }}{% endfor %} is one.", "K0418"),
        ("{{ N.members[1].value | signed }} is one.", "K0418"),
        ("Departures by age were not published; {{ D | int }} left.", "K0419"),
    ] {
        assert_eq!(said(body), out, "{body}");
    }
    let name = |code: &str| {
        said(&format!("It is {{{{ provinces[\"{code}\"] | nom }}}}."))
            .replace("It is ", "")
            .replace('.', "")
    };
    let (first, second) = (name("N-1"), name("N-2"));
    for (body, out) in [
        (
            "The largest gain was in {{ provinces[\"N-1\"] | nom }} ({{ N[\"N-1\"] | signed }}).",
            format!("The largest gain was in {first} (+640)."),
        ),
        (
            "{{ provinces[\"N-1\"] | nom }} ({{ N[\"N-1\"] | signed }}) and {{ provinces[\"N-2\"] | nom }} ({{ N[\"N-2\"] | signed }}) gained.",
            format!("{first} (+640) and {second} (+210) gained."),
        ),
        (
            "{{ N_gainers.members[0].name | nom }} comes first: {{ N_gainers.members[0].value | signed }}.",
            format!("{first} comes first: +640."),
        ),
        (
            "The data used have no departures by age; {{ D | int }} left.",
            "The data used have no departures by age; 2,105 left.".into(),
        ),
    ] {
        assert_eq!(said(body), out, "{body}");
    }
    // Of two equal members neither is the largest.
    let copy = with_section(
        "{% call sentence(\"x\") %}The largest gain was in {{ provinces[\"N-1\"] | nom }} ({{ N[\"N-1\"] | signed }}).{% endcall %}",
    );
    copy.edit("data/between.csv", "N-2,net,210", "N-2,net,640");
    copy.edit("data/between.csv", "N-4,net,-330", "N-4,net,-760");
    assert!(comes_out(&copy).contains("K0420"), "{}", drawn(&copy.said()));
}

#[test]
fn an_extreme_is_that_end_of_the_whole_series() {
    // A ranking keeps one end, so the other end is not in it.
    for (body, out) in [
        (
            "{% for p in N_top.members %}The smallest gain was in {{ p.name | nom }}: {{ p.value | signed }}.{% endfor %}",
            "K0420",
        ),
        (
            "{% for p in D_top.members %}{% if loop.first %}The lowest number went to {{ p.name | nom }}: {{ p.value | int }}.{% endif %}{% endfor %}",
            "K0420",
        ),
        (
            "The smallest loss was in {{ provinces[\"N-5\"] | nom }} ({{ N[\"N-5\"] | signed }}).",
            "K0420",
        ),
        (
            "The smallest gain was in {{ provinces[\"N-1\"] | nom }} ({{ N[\"N-1\"] | signed }}).",
            "K0420",
        ),
        (
            "The lowest balance was in {{ provinces[\"N-1\"] | nom }} ({{ N[\"N-1\"] | signed }}), the highest in {{ provinces[\"N-5\"] | nom }} ({{ N[\"N-5\"] | signed }}).",
            "K0420",
        ),
        (
            "The largest loss was in {{ provinces[\"N-3\"] | nom }} ({{ N[\"N-3\"] | signed }}).",
            "K0420",
        ),
    ] {
        assert_eq!(said(body), out, "{body}");
    }
    for (word, code) in [
        ("largest gain", "N-1"),
        ("smallest gain", "N-2"),
        ("smallest loss", "N-3"),
        ("largest loss", "N-5"),
        ("lowest balance", "N-5"),
    ] {
        let body = format!(
            "The {word} was in {{{{ provinces[\"{code}\"] | nom }}}}: {{{{ N[\"{code}\"] | signed }}}}."
        );
        assert!(said(&body).starts_with("The "), "{body}: {}", said(&body));
    }
    let found =
        edited_demonstration("05-internal.ru.md", "больше всего теряет", "меньше всего теряет");
    assert!(codes(&found).contains(&"K0420"), "{}", drawn(&found));
}

#[test]
fn a_flow_goes_from_its_origin_to_its_destination() {
    for (file, find, put) in [
        (
            "05-internal.ru.md",
            "{{ flow.origin | from }} {{ flow.destination | to }}",
            "{{ flow.destination | from }} {{ flow.origin | to }}",
        ),
        (
            "05-internal.en.md",
            "{{ flow.origin | from }} {{ flow.destination | to }}",
            "{{ flow.destination | from }} {{ flow.origin | to }}",
        ),
        (
            "05-internal.en.md",
            "{{ flow.origin | from }} {{ flow.destination | to }}",
            "to {{ flow.origin | nom }} from {{ flow.destination | nom }}",
        ),
    ] {
        let found = edited_demonstration(file, find, put);
        assert!(codes(&found).contains(&"K0421"), "{put}: {}", drawn(&found));
    }
    let found = edited_demonstration(
        "05-internal.en.md",
        "{{ flow.origin | from }} {{ flow.destination | to }}",
        "{{ flow.destination | to }} {{ flow.origin | from }}",
    );
    assert!(!codes(&found).contains(&"K0421"), "{}", drawn(&found));
}

#[test]
fn an_indicator_of_one_member_stands_under_its_name() {
    let one = "[U]\nfrom = \"border\"\nwhere = { flow = \"arrivals\", partner = \"UTO\" }\n";
    let of = |code: &str| {
        let body = format!("{{{{ U | int }}}} came from {{{{ countries[\"{code}\"] | nom }}}}.");
        let copy = with_section(&format!("{{% call sentence(\"x\") %}}{body}{{% endcall %}}"));
        let text = copy.read("data/indicators.toml");
        copy.write("data/indicators.toml", format!("{text}\n{one}"));
        comes_out(&copy)
    };
    assert_eq!(of("ATL"), "K0421");
    assert!(of("UTO").starts_with("1,021 came from"), "{}", of("UTO"));
}

#[test]
fn a_formula_means_something() {
    let one = "from = \"border\"\nwhere = { flow = \"arrivals\", partner = ";
    let (u, v) = (format!("[U]\n{one}\"UTO\" }}\n"), format!("[V]\n{one}\"ATL\" }}\n"));
    for (written, code) in [
        ("[Z]\nrate = { of = \"A\", over = \"D\", per = 0 }", "K0230"),
        ("[Z]\nrate = { of = \"A\", over = \"D\", per = -1000 }", "K0230"),
        ("[Z]\nrate = { of = \"A\", over = \"A\", per = 100 }", "K0230"),
        ("[Z]\nconcentration = { of = \"N\", top = 0 }", "K0230"),
        ("[Z]\nconcentration = { of = \"N\", top = 5 }", "K0230"),
        ("[Z]\nlargest = { of = \"N\", top = 0 }", "K0230"),
        ("[Z]\nsum = [\"A\", \"A\"]", "K0230"),
        ("[Z]\nfirst = [\"A\", \"A\"]", "K0230"),
        ("[Z]\ndifference = [\"A\", \"A\"]\nsigned = true", "K0230"),
        ("[Z]\neffectiveness = [\"B\", \"D\"]\nsigned = true", "K0231"),
        ("[Z]\nshare = { of = \"D\", in = \"A\" }", "K0231"),
        (&format!("{u}{v}[Z]\nshare = {{ of = \"U\", in = \"V\" }}"), "K0231"),
        (&format!("{u}[Z]\nsum = [\"A\", \"U\"]"), "K0231"),
        (&format!("{u}[Z]\nshare = {{ of = \"U\", in = \"A\" }}"), ""),
        (&format!("{u}{v}[Z]\nsum = [\"U\", \"V\"]"), ""),
        ("[Z]\nconcentration = { of = \"N\", top = 1, among = \"positive\" }", ""),
        ("[Z]\nrate = { of = \"A\", over = \"B\", per = -100 }\nsigned = true", ""),
    ] {
        assert_eq!(indicators(written), code, "{written}");
    }
}

#[test]
fn what_holds_at_different_times_is_not_taken_together() {
    let last = "[U]\nfrom = \"border\"\nwhere = { flow = \"arrivals\", partner = \"WORLD\" }\nat = \"last-year\"\n";
    let copy =
        with_section("{% call sentence(\"x\") %}It was {{ Z | signed }} people.{% endcall %}");
    let text = copy.read("data/indicators.toml");
    let z = "[Z]\ndifference = [\"A\", \"U\"]\nsigned = true\n";
    copy.write("data/indicators.toml", format!("{text}\n{last}{z}"));
    assert_eq!(comes_out(&copy), "-");
}

#[test]
fn a_share_of_almost_all_is_not_all() {
    let of = |part: u32| {
        let copy = with_section("{% call sentence(\"x\") %}{{ Z | pct1 }} came.{% endcall %}");
        copy.edit(
            "data/border.csv",
            "2030-06,arrivals,ATL,1400",
            &format!("2030-06,arrivals,ATL,{part}"),
        );
        copy.edit("data/border.csv", "2030-06,arrivals,UTO,1021", "2030-06,arrivals,UTO,0");
        let text = copy.read("data/indicators.toml");
        let z = "[U]\nfrom = \"border\"\nwhere = { flow = \"arrivals\", partner = \"ATL\" }\n[Z]\nshare = { of = \"U\", in = \"A\" }\n";
        copy.write("data/indicators.toml", format!("{text}\n{z}"));
        comes_out(&copy)
    };
    assert_eq!(of(2_552), "99.96% came.");
    assert_eq!(of(1), "0.04% came.");
    assert_eq!(of(2_553), "100.0% came.");
}

#[test]
fn an_exhibit_shows_no_thing_as_two() {
    for (file, find, put) in [
        (
            "templates/figures.toml",
            "diverging-bars\"\nof = \"N\"",
            "diverging-bars\"\nof = \"A_by\"",
        ),
        ("templates/figures.toml", "diverging-bars\"\nof = \"N\"", "panels\"\nof = [\"N\", \"N\"]"),
        ("templates/figures.toml", "second = \"D_by\"", "second = \"A_by\""),
        ("templates/figures.toml", "of = \"B_years\"", "of = \"B_years\"\nlines = [\"B_years\"]"),
        ("templates/tables.toml", "[\"A\", \"D\", \"B\", \"E\"]", "[\"A\", \"A\", \"B\", \"E\"]"),
        ("templates/tables.toml", "[\"value\", \"base\"", "[\"value\", \"value\""),
        ("brief.toml", "[\"B\", \"A\", \"D\"", "[\"B\", \"A\", \"A\""),
    ] {
        let copy = Copy::of_another_country();
        copy.edit(file, find, put);
        assert!(codes(&copy.said()).contains(&"K0508"), "{put}: {}", drawn(&copy.said()));
    }
}

#[test]
fn a_language_without_words_to_guard_by_is_reported() {
    let copy = Copy::of_another_country();
    assert!(!codes(&copy.said()).contains(&"K0422"));
    let path = "templates/languages/eo.toml";
    let text = copy.read(path);
    copy.write(path, text.split_once("[guards]").unwrap().0);
    assert_eq!(codes(&copy.said()), ["K0422"]);
}

/// The shipped brief of a body for a full year.
fn shipped(profile: &str) -> Copy {
    let copy = Copy::of_shipped();
    copy.edit("brief.toml", "profile = \"bns\"", &format!("profile = \"{profile}\""));
    copy.edit("brief.toml", "period = \"2025-H1\"", "period = \"2025\"");
    copy
}

#[test]
fn foreign_workers_are_printed_with_whom_they_leave_out() {
    use kosh::document::{Block, Inline};
    for profile in ["bns", "mlspp", "mia"] {
        let (_, edition, _) = common::well(shipped(profile).check());
        for document in &edition.documents {
            let limits = match document.meta.lang.as_str() {
                "ru" => "Евразийского экономического союза",
                _ => "Eurasian Economic Union",
            };
            let quotes = |content: &[Inline]| {
                content.iter().any(|inline| match inline {
                    Inline::Fact { id, .. } => id == "L1",
                    Inline::Strong { content } => {
                        content.iter().any(|i| matches!(i, Inline::Fact { id, .. } if id == "L1"))
                    }
                    _ => false,
                })
            };
            let mut printed = 0;
            common::lines(document, &mut |line| {
                for inline in line {
                    let Inline::Sentence { id, content } = inline else { continue };
                    if !quotes(content) {
                        continue;
                    }
                    printed += 1;
                    let is_noted = content.iter().any(
                        |inline| matches!(inline, Inline::NoteRef { target, .. } if target == "note10"),
                    );
                    let words = kosh::prose::plain(content).replace('\u{A0}', " ");
                    // The abstract stands in every language.
                    let is_said = ["Евразийского экономического союза", "Eurasian Economic Union"];
                    let is_said = is_said.iter().any(|limits| words.contains(limits));
                    assert!(is_noted || is_said, "{profile} {id}: {words}");
                }
            });
            assert!(printed > 0, "{profile} {}", document.meta.lang);
            let cards = document.sections.iter().flat_map(|section| &section.blocks);
            for card in cards.filter_map(|block| match block {
                Block::Cards { cards } => Some(cards),
                _ => None,
            }) {
                for card in card.iter().filter(|card| quotes(&card.value)) {
                    let note = kosh::prose::plain(&card.note).replace('\u{A0}', " ");
                    assert!(note.contains(limits), "{profile}: {note}");
                }
            }
        }
    }
}

#[test]
fn moves_within_a_city_are_not_printed_as_moves_between_regions() {
    let (_, edition, _) = common::well(shipped("bns").check());
    // 316.3 and 228.8 thousand are four times the half-year's, and count moves within the city.
    for id in ["A_in", "A_out"] {
        let series = edition.facts.get(id).and_then(|fact| fact.series());
        let city = series.and_then(|s| s.members.iter().find(|m| &*m.code == "KZ-71"));
        assert!(city.is_none_or(|city| city.quantity.is_none()), "{id}: {city:?}");
    }
}

#[test]
fn a_number_is_not_called_another_measure() {
    for (body, out) in [
        ("{{ D | int }} people arrived.", "K0421"),
        ("Departures numbered {{ A | int }}.", "K0421"),
        ("Net migration was {{ A | int }}.", "K0421"),
        ("Arrivals were {{ B | signed }}.", "K0421"),
        ("{{ D | int }} arrived and {{ A | int }} left.", "K0421"),
        ("Arrivals numbered {{ D | int }}, departures {{ A | int }}.", "K0421"),
        ("Arrivals {{ D.change | word(\"rose\", \"fell\", \"stood\") }}.", "K0421"),
        ("{{ A | int }} arrived and {{ D | int }} left.", "2,553 arrived and 2,105 left."),
        ("Arrivals less departures: {{ B | signed }}.", "Arrivals less departures: +448."),
        ("{{ A | int }} people in all.", "2,553 people in all."),
    ] {
        assert_eq!(said(body), out, "{body}");
    }
}

/// The problems of the shipped brief with one phrase of a section replaced.
fn edited(file: &str, find: &str, put: &str) -> Vec<kosh::diag::Diagnostic> {
    edit_section(&shipped("bns"), file, find, put)
}

/// The same for the demonstration, which has every figure.
fn edited_demonstration(file: &str, find: &str, put: &str) -> Vec<kosh::diag::Diagnostic> {
    let copy = Copy::empty();
    copy.lay(common::root(), &["templates"]);
    copy.lay(&common::root().join("examples/full-matrix"), &["brief.toml", "data"]);
    copy.edit("brief.toml", "../../templates", "templates");
    edit_section(&copy, file, find, put)
}

fn edit_section(copy: &Copy, file: &str, find: &str, put: &str) -> Vec<kosh::diag::Diagnostic> {
    let path = format!("templates/sections/{file}");
    let text = copy.read(&path);
    let edited = text.replacen(find, put, 1);
    assert_ne!(text, edited, "{find}");
    copy.write(&path, edited);
    copy.said()
}

#[test]
fn a_category_is_not_called_another_nor_a_part_the_other_part() {
    for (file, find, put) in [
        ("07-policy.ru.md", "или {{ K2_use | pct1 }}", "или {{ K3_use | pct1 }}"),
        ("07-policy.en.md", "or {{ K2_use | pct1 }}", "or {{ K3_use | pct1 }}"),
        ("07-policy.ru.md", "Переселенцев расселено {{ K3 ", "Переселенцев расселено {{ K2 "),
        ("07-policy.en.md", "settlers numbered {{ K3 ", "settlers numbered {{ K2 "),
        (
            "08-consequences.ru.md",
            "на {{ P_natural | abs | int }} за",
            "на {{ P_migration | abs | int }} за",
        ),
        (
            "08-consequences.en.md",
            "{{ P_natural | abs | int }} through",
            "{{ P_migration | abs | int }} through",
        ),
    ] {
        let found = edited(file, find, put);
        assert!(codes(&found).contains(&"K0421"), "{put}: {}", drawn(&found));
    }
}

#[test]
fn which_is_more_is_what_the_balance_says() {
    for (body, out) in [
        ("More departures than arrivals were registered ({{ B | signed }}).", "K0802"),
        ("Fewer people arrived than left: {{ B | signed }}.", "K0802"),
        ("There were fewer arrivals than departures ({{ B | signed }}).", "K0802"),
        (
            "There were more arrivals than departures ({{ B | signed }}).",
            "There were more arrivals than departures (+448).",
        ),
        (
            "There were fewer departures than arrivals ({{ B | signed }}).",
            "There were fewer departures than arrivals (+448).",
        ),
    ] {
        assert_eq!(said(body), out, "{body}");
    }
    for (file, find, put) in [
        (
            "08-consequences.ru.md",
            "за рубеж отправляют больше, чем получают оттуда",
            "из-за рубежа получают больше, чем отправляют",
        ),
        (
            "08-consequences.en.md",
            "more is sent abroad than is received",
            "more is received than is sent abroad",
        ),
    ] {
        let found = edited(file, find, put);
        assert!(codes(&found).contains(&"K0802"), "{put}: {}", drawn(&found));
    }
}

#[test]
fn a_rate_is_related_to_what_it_is_computed_for() {
    let rate = |body: &str, per: u32| {
        let copy = with_section(&format!("{{% call sentence(\"x\") %}}{body}{{% endcall %}}"));
        let text = copy.read("data/indicators.toml");
        let z = format!("[Z]\nrate = {{ of = \"D\", over = \"A\", per = {per} }}\n");
        copy.write("data/indicators.toml", format!("{text}\n{z}"));
        comes_out(&copy)
    };
    for (body, per, out) in [
        ("It is {{ Z | dec1 }} per 100 arrivals.", 1000, "K0414"),
        ("It is {{ Z | dec1 }} for every 10 people.", 1000, "K0414"),
        ("It is {{ A | int }} people per 1,000.", 1000, "K0414"),
        ("It is {{ Z | dec1 }} per 1,000 arrivals.", 1000, "It is 824.5 per 1,000 arrivals."),
        ("It is {{ Z | dec1 }} per 1,000 people.", 1000, "It is 824.5 per 1,000 people."),
        ("It is {{ Z | pct1 }}, per 100 people.", 100, "It is 82.5%, per 100 people."),
    ] {
        assert_eq!(rate(body, per), out, "{body}");
    }
    for (file, find, put) in [
        ("05-internal.ru.md", "В расчёте на 1 000 жителей", "В расчёте на 100 жителей"),
        ("05-internal.ru.md", "В расчёте на 1 000 жителей", "В расчёте на 10 тыс. жителей"),
    ] {
        let found = edited_demonstration(file, find, put);
        assert!(codes(&found).contains(&"K0414"), "{put}: {}", drawn(&found));
    }
}

#[test]
fn a_ratio_is_not_typed() {
    for body in [
        "Arrivals, {{ A | int }}, were twice as many as before.",
        "Departures doubled: {{ D | int }}.",
        "Of {{ D | int }} there were 3 times as many.",
    ] {
        assert_eq!(said(body), "K0423", "{body}");
    }
    assert_eq!(said("{{ A | int }} people came."), "2,553 people came.");
}

#[test]
fn a_head_or_label_speaks_of_what_it_stands_over() {
    const STRINGS: &str = "templates/strings.en.toml";
    for (find, put) in [
        ("column1 = \"Arrivals from other regions\"", "column1 = \"Departures to other regions\""),
        ("column2 = \"Departures to other regions\"", "column2 = \"Net interregional\""),
        (
            "[indicators.X1]\nlabel = \"Arrivals from abroad\"",
            "[indicators.X1]\nlabel = \"Departures abroad\"",
        ),
        (
            "unit = \"persons\"\nlabel = \"Departures abroad\"",
            "unit = \"persons\"\nlabel = \"Arrivals from abroad\"",
        ),
    ] {
        let copy = shipped("bns");
        copy.edit("brief.toml", "period = \"2025\"", "period = \"2025-H1\"");
        let strings = copy.read(STRINGS);
        let edited = strings.replacen(find, put, 1);
        assert_ne!(strings, edited, "{find}");
        copy.write(STRINGS, edited);
        let found = copy.said();
        let reported = found.iter().find(|problem| problem.code == "K0421");
        assert!(reported.is_some(), "{put}: {}", drawn(&found));
    }
}

#[test]
fn a_balance_is_not_taken_the_wrong_way_round() {
    assert_eq!(indicators("[W]\ndifference = [\"D\", \"A\"]\nsigned = true\n"), "K0231");
    assert_eq!(indicators("[W]\neffectiveness = [\"D\", \"A\"]\nsigned = true\n"), "K0231");
    assert_eq!(indicators("[W]\ndifference = [\"A\", \"D\"]\nsigned = true\n"), "");
    let copy = shipped("bns");
    copy.edit("brief.toml", "period = \"2025\"", "period = \"2025-H1\"");
    let tables = copy.read("templates/tables.toml");
    let with = |net: &str| {
        let computed =
            tables.replacen("{ series = \"I4\" }, { base", &format!("{net}, {{ base"), 1);
        assert_ne!(tables, computed);
        copy.write("templates/tables.toml", computed);
        drawn(&copy.said())
    };
    assert!(!with("{ net = [\"A_in\", \"A_out\"] }").contains("K0508"));
    let reversed = with("{ net = [\"A_out\", \"A_in\"] }");
    assert!(reversed.contains("K0508"), "{reversed}");
}

#[test]
fn a_gain_is_not_called_a_loss_nor_a_difference_the_value() {
    for (body, out) in [
        ("The net loss was {{ B | signed }}.", "K0802"),
        ("{{ N_count | int }} provinces lost people.", "K0802"),
        ("The net gain was {{ B | signed }}.", "The net gain was +448."),
        (
            "{{ N_count | int }} provinces gained people, the others lost some.",
            "2 provinces gained people, the others lost some.",
        ),
        ("In all it was {{ B.difference | signed }} people.", "K0408"),
        (
            "The difference was {{ B.difference | signed }} people.",
            "The difference was +398 people.",
        ),
        // A word for an increase chosen by a decrease.
        ("It is {{ D.change | word(\"fewer\", \"more\", \"as many\") }}.", "K0802"),
    ] {
        assert_eq!(said(body), out, "{body}");
    }
}

#[test]
fn an_act_has_days_in_order_and_the_plan_of_the_data() {
    for (find, put, code) in [
        (
            "quota-kandas-2025,quota,,,2025-01-01,2025-12-31,,,quota-kandas-2024,mlspp,K2,2309",
            "quota-kandas-2025,quota,,,2025-01-01,2025-12-31,,,quota-kandas-2024,mlspp,K2,2039",
            "K0229",
        ),
        (
            "quota-kandas-2026,quota,,2025-12-12,2026-01-01,2026-12-31,,,quota-kandas-2025,mlspp,K2,2281",
            "quota-kandas-2026,quota,,2025-12-12,2026-01-01,2026-12-31,,,quota-kandas-2025,mlspp,K2,22810",
            "K0229",
        ),
        (
            "quota-kandas-2026,quota,,2025-12-12,2026-01-01,2026-12-31",
            "quota-kandas-2026,quota,,2025-12-12,2025-01-01,2026-12-31",
            "K0224",
        ),
        (
            "quota-kandas-2025,quota,,,2025-01-01,2025-12-31",
            "quota-kandas-2025,quota,,,2025-01-01,2024-12-31",
            "K0224",
        ),
    ] {
        let copy = shipped("bns");
        copy.edit("data/policy.csv", find, put);
        let found = copy.said();
        assert!(codes(&found).contains(&code), "{put}: {}", drawn(&found));
    }
}
