//! Phrases of a profile that stand for nothing.
//!
//! In: a pipeline with everything read. Out: K0012 for each phrase that a profile lays over the
//! strings and nothing would print: a key that the base has not, or not any more. A profile may add
//! phrases, of figures, tables and indicators of its own and words of its own layout; anything else
//! that is not in the base was renamed there, or is a slip.

use super::Pipeline;
use crate::diag::{Diagnostic, Place, did_you_mean, nearest};

/// What a profile words of itself, and the base does not.
const OWN: [&str; 4] = ["contact.responsible", "contact.address", "body.parent", "body.short"];

impl Pipeline {
    /// Phrases of the profiles that nothing would print.
    pub(super) fn lost_phrases(&self) -> Vec<Diagnostic> {
        let mut found = vec![];
        for lang in self.languages() {
            let name = format!("strings.{lang}.toml");
            // A file that cannot be read was told already.
            let Ok(keys) = self.project.layers.keys(&name) else { continue };
            for (key, place) in keys.added {
                found.extend(self.lost(&key, place, &keys.base));
            }
        }
        found
    }

    fn lost(&self, key: &str, place: Place, base: &[String]) -> Option<Diagnostic> {
        let parts: Vec<&str> = key.split('.').collect();
        let exhibit = |known: &dyn Fn(&str) -> bool| match &parts[..] {
            // Beside the phrases of an exhibit that the base has, one nearly like them is a slip.
            [table, id, _] => {
                let beside = format!("{table}.{id}.");
                known(id)
                    && nearest(
                        key,
                        base.iter().filter(|k| k.starts_with(&beside)).map(String::as_str),
                    )
                    .is_none()
            }
            _ => false,
        };
        let is_printed = match parts[0] {
            "figures" => exhibit(&|id| self.exhibits.figures.contains_key(id)),
            "tables" => exhibit(&|id| self.exhibits.tables.contains_key(id)),
            "indicators" | "cards" => exhibit(&|id| self.indicators.all.contains_key(id)),
            "layout" => nearest(key, base.iter().map(String::as_str)).is_none(),
            _ => OWN.contains(&key),
        };
        if is_printed {
            return None;
        }
        let known = base.iter().map(String::as_str).chain(OWN);
        Some(
            Diagnostic::error("K0012", format!("nothing prints the phrase `{key}`"))
                .at(place)
                .note("the strings below have no such key; it may have been renamed or taken out")
                .maybe_hint(did_you_mean(key, known).filter(|hint| hint.contains('?')))
                .hint("correct the key, or take the phrase out"),
        )
    }
}
