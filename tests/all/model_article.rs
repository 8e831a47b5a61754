//! The errors of the article on which the brief is modelled, repeated in its words, are refused.
//!
//! `docs/guards.md` lists all thirteen; those that a register or a placeholder makes impossible have no
//! sentence here.

use crate::common::{self, Copy, codes, drawn};

/// The shipped brief in the article's language, with a sentence of the article in its conclusion.
fn with(words: &str, period: &str) -> Copy {
    let copy = Copy::of_shipped();
    copy.edit("brief.toml", "languages = [\"ru\", \"en\"]", "languages = [\"ru\"]");
    copy.edit("brief.toml", "period = \"2025-H1\"", &format!("period = \"{period}\""));
    copy.write(
        "templates/sections/09-conclusion.ru.md",
        format!(
            "# Выводы\n\n{{% call sentence(\"s9-1\") %}}Сальдо {{{{ period | za }}}} — \
             {{{{ X3 | signed }}}} чел.{{% endcall %}}\n\n\
             {{% call sentence(\"s9-2\") %}}{words}{{% endcall %}}\n"
        ),
    );
    copy
}

#[test]
fn the_brief_around_the_sentences_is_faultless() {
    for period in ["2025-H1", "2025-9M"] {
        let found = with("Источник назван {{ cite(X1) }}.", period).said();
        assert!(found.is_empty(), "{}", drawn(&found));
    }
}

#[test]
fn what_the_article_says_is_refused() {
    for (number, words, period, code) in [
        (
            2,
            "Отток людей с высшим образованием — потеря человеческого капитала.{% endcall %} \
             {% call sentence(\"s9-3\") %}Отток квалифицированных специалистов полезен для экономики.",
            "2025-H1",
            "K0805",
        ),
        (3, "Выражаем благодарность за эту работу.", "2025-H1", "K0812"),
        (3, "Наши волонтёры помогали мигрантам.", "2025-H1", "K0812"),
        (4, "Приток вызван глобальной нестабильностью.", "2025-H1", "K0811"),
        (8, "Переезды обусловлены неравенством рынков труда.", "2025-H1", "K0811"),
        (8, "В результате сёла пустеют.", "2025-H1", "K0811"),
        (8, "Число переездов выросло на {{ I1.change | abs | pct1 }}.", "2025-H1", "K0802"),
        (9, "Р. С. Джонс пишет об этом.", "2025-H1", "K0810"),
        (9, "Поток направлен в г. Алматы.", "2025-H1", "K0809"),
        (9, "МОМ считает иначе.", "2025-H1", "K0808"),
        (13, "Прибыло {{ X1 | int }}, ещё {{ L1 | int }} работало в стране.", "2025-9M", "K0807"),
        (13, "Расселено {{ K2_plan | int }} чел.", "2025-9M", "K0806"),
    ] {
        let found = with(words, period).said();
        assert!(codes(&found).contains(&code), "error {number}: {words}\n{}", drawn(&found));
        let reported = drawn(&found);
        assert!(reported.contains("templates/sections/09-conclusion.ru.md:5:"), "{reported}");
    }
}

#[test]
fn a_figure_is_not_called_where_it_does_not_belong() {
    let copy = with("Источник назван {{ cite(X1) }}.", "2025-H1");
    let path = "templates/sections/06-external.ru.md";
    copy.write(path, copy.read(path) + "\n{{ figure(\"F1\") }}\n");
    assert!(codes(&copy.said()).contains(&"K0502"), "{}", drawn(&copy.said()));
}

#[test]
fn a_figure_without_a_caption_is_not_printed() {
    let copy = with("Источник назван {{ cite(X1) }}.", "2025-H1");
    let path = "templates/strings.ru.toml";
    let caption =
        "caption = \"Межрегиональное сальдо миграции по регионам, {{ period | nom }}, чел.\"\n";
    copy.edit(path, caption, "");
    assert!(codes(&copy.said()).contains(&"K0407"), "{}", drawn(&copy.said()));
}

#[test]
fn every_population_is_named_in_every_language_that_guards_its_words() {
    let (pipeline, _) = common::well(common::open(common::root()));
    let mut populations: Vec<&str> = pipeline
        .indicators
        .all
        .keys()
        .filter_map(|id| pipeline.indicators.population(id))
        .collect();
    populations.sort_unstable();
    populations.dedup();
    assert!(populations.len() > 4, "{populations:?}");
    // A balance has the population of its parts; a ratio of two has none.
    assert_eq!(pipeline.indicators.population("X3"), Some("permanent-moves"));
    assert_eq!(pipeline.indicators.population("R3"), Some("permanent-moves"));
    assert_eq!(pipeline.indicators.population("P_total"), None);
    for lang in ["ru", "en"] {
        let path = common::root().join(format!("templates/languages/{lang}.toml"));
        let text = std::fs::read_to_string(path).unwrap();
        let table: toml::Table = toml::from_str(&text).unwrap();
        let named = table["guards"]["populations"].as_table().unwrap();
        for population in &populations {
            assert!(named.contains_key(*population), "{lang}: {population}");
        }
    }
}

#[test]
fn the_languages_guard_the_same_things() {
    let keys = |lang: &str| -> Vec<String> {
        let path = common::root().join(format!("templates/languages/{lang}.toml"));
        let table: toml::Table = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let guards = table["guards"].as_table().unwrap();
        let mut keys: Vec<String> = guards.keys().cloned().collect();
        keys.extend(
            guards["subjects"].as_table().unwrap().keys().map(|key| format!("subjects.{key}")),
        );
        keys
    };
    assert_eq!(keys("ru"), keys("en"));
}

#[test]
fn the_shipped_brief_passes_its_own_guards_in_every_form_and_period() {
    use kosh::project::Format::{Annex, Express, Standard};
    let formats = vec![Standard, Express, Annex];
    let overrides = kosh::project::Overrides {
        formats: formats.clone(),
        ..kosh::project::Overrides::default()
    };
    let project = common::well(kosh::project::Project::open(common::root(), &overrides));
    let pipeline = common::well(kosh::build::edition::Pipeline::open(project)).value;
    for period in ["2024-H1", "2025-H1", "2025-9M", "2025"] {
        for format in formats.iter().copied() {
            let edition = pipeline.edition(format, period.parse().unwrap(), None);
            assert!(edition.is_ok(), "{period} {format:?}\n{}", drawn(&edition.unwrap_err()));
        }
    }
}
