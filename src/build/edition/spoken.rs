//! Writers outside of an edition, for who asks what a fact is called in a language, how it is printed, or what
//! the words of a sentence are that was left out.

use std::sync::Arc;

use super::Pipeline;
use super::language::Language;
use crate::diag::Result;
use crate::project::Format;
use crate::prose::{SectionFile, Skipped, Unsaid, Writer};
use crate::stats::{Facts, Period};

/// A language of the project, ready to put the facts of a period into words.
pub struct Spoken {
    /// Its tag.
    pub tag: String,
    /// Its writer.
    pub writer: Writer,
    language: Arc<Language>,
    format: Format,
}

impl Pipeline {
    /// The languages of the project in one form of the brief, in order.
    pub fn spoken(
        &self,
        format: Format,
        period: Period,
        facts: &Arc<Facts>,
    ) -> Result<Vec<Spoken>> {
        let context = Arc::new(self.context(None, period, facts, None));
        let spoken = |language: &Arc<Language>| {
            let writer = self.writer(language, format, &context)?;
            Ok(Spoken { tag: language.tag.clone(), writer, language: language.clone(), format })
        };
        self.languages.iter().map(spoken).collect()
    }
}

impl Spoken {
    /// The words of a sentence that is left out, with blanks; `None` if its id is not typed in a file.
    pub fn unsaid(&self, skipped: &Skipped) -> Option<Unsaid> {
        self.writer.unsaid(self.sections(), &skipped.section, &skipped.sentence)
    }

    fn sections(&self) -> &[SectionFile] {
        &self.language.forms[&self.format].0
    }
}
