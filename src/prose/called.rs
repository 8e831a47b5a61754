//! What a fact is called in a language, and its number in words: for who looks for one.

use super::{Writer, plain};
use crate::locale::Sign;
use crate::stats::{Quantity, Unit};

impl Writer {
    /// The label of an indicator; `None` if it has none, or one that waits for a figure.
    pub fn called(&self, indicator: &str) -> Option<String> {
        let label = self.maybe_phrase(&format!("indicators.{indicator}.label")).ok()??;
        Some(plain(&label)).filter(|label| !label.is_empty())
    }

    /// The name of a member of a register; its code where the language has none.
    pub fn member_called<'w>(&'w self, register: &str, code: &'w str) -> &'w str {
        self.locale().name(register, code, "nom").unwrap_or(code)
    }

    /// All forms of the name of a member.
    pub fn forms_of(&self, register: &str, code: &str) -> Vec<&str> {
        let Ok(lexicon) = self.locale().lexicon(register) else { return vec![] };
        lexicon.all().filter(|(of, ..)| *of == code).map(|(_, _, name)| name).collect()
    }

    /// A number as the sentences of the language print it.
    pub fn in_words(&self, quantity: Quantity, unit: &Unit, is_signed: bool) -> String {
        let sign = if is_signed { Sign::Always } else { Sign::Auto };
        let locale = self.locale();
        match &*unit.0 {
            Unit::PERCENT => locale.percent(quantity, 1, sign),
            Unit::POINTS => locale.points(quantity, 1, sign),
            Unit::INDEX_POINTS => locale.index_points(quantity, 1, sign),
            _ if unit.is_count() => locale.integer(quantity, sign),
            _ => locale.decimal_in_words(quantity, sign),
        }
    }
}
