//! House style: what a publishing body prints differently from the language file.
//!
//! In: a table of `profile.toml`. Out: the [`Locale`] in that style; its lint follows. Only features in
//! which bodies are known to differ are here (BRIEF section 14); all others are set by the language.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Locale;

/// The typographic style of a body; a missing key keeps the style of the language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct HouseStyle {
    /// Whether the percent sign touches its number.
    pub percent_tight: Option<bool>,
    /// The dash of a range of numbers or years.
    pub number_dash: Option<String>,
    /// The dash of a range of months.
    pub month_dash: Option<String>,
}

impl HouseStyle {
    /// Lays another style over this one, key by key.
    pub fn merge(&mut self, above: &Self) {
        let Self { percent_tight, number_dash, month_dash } = above.clone();
        self.percent_tight = percent_tight.or(self.percent_tight);
        self.number_dash = number_dash.or(self.number_dash.take());
        self.month_dash = month_dash.or(self.month_dash.take());
    }
}

impl Locale {
    /// The language in the style of a body.
    pub fn in_style(mut self, style: &HouseStyle) -> Self {
        let language = &mut self.language;
        match style.percent_tight {
            Some(true) => language.percent = language.spaced_percent.clone().without_spaces(),
            Some(false) => language.percent = language.spaced_percent.clone(),
            None => {}
        }
        if let Some(dash) = &style.number_dash {
            language.number_dash.clone_from(dash);
        }
        if let Some(dash) = &style.month_dash {
            language.month_dash.clone_from(dash);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::shipped;
    use super::*;
    use crate::locale::{Rule, Sign, lint};
    use crate::stats::{Period, Quantity};

    #[test]
    fn a_body_prints_and_is_checked_in_its_own_style() {
        let style: HouseStyle = toml::from_str("percent-tight = true\nmonth-dash = \"-\"").unwrap();
        let ru = shipped("ru").in_style(&style);
        assert_eq!(ru.percent(Quantity::rounded(20.6, 0.1), 1, Sign::Auto), "20,6%");
        let half = ru.period(Period::year_to_date(2025, 6), "v").unwrap();
        assert_eq!(half, "в\u{a0}январе-июне 2025\u{a0}г.");
        assert_eq!(lint(&half, &ru), []);
        assert_eq!(lint("20,6\u{a0}%", &ru)[0].rule, Rule::PercentSpace);
        assert_eq!(lint("январь–июнь", &ru)[0].wanted, "-");
        assert_eq!(ru.range("2023", "2027"), "2023–2027");
    }
}
