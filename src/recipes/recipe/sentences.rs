//! Sentences: the groups of each pattern are its figures, and each figure has a code of every dimension.

use indexmap::IndexMap;

use super::super::written::WrittenSentence;
use super::reader::Reader;
use super::{Codes, Dimension, How, Sentence};
use crate::diag::{Place, Spanned, did_you_mean};

impl Reader<'_> {
    /// Sentences: the groups of each pattern are its figures, and each figure has a code of every dimension.
    pub(super) fn sentences(
        &mut self,
        written: &[Spanned<WrittenSentence>],
        dimensions: &[Dimension],
    ) -> Vec<Sentence> {
        let mut sentences = vec![];
        for spanned in written {
            let (own, place) = (spanned.get_ref(), self.text.place(spanned.span()));
            let is_passed = own.because.as_ref().is_some_and(|reason| !reason.trim().is_empty());
            if own.figures.is_empty() != is_passed {
                self.refuse(&place, message!("a sentence needs either `figures` or `because`"));
            }
            let at_pattern = self.text.place(own.pattern.span());
            let Some(pattern) = self.regex(own.pattern.get_ref(), &at_pattern) else { continue };
            let groups: Vec<&str> = pattern.capture_names().flatten().collect();
            for group in own.figures.keys().filter(|group| !groups.contains(&group.as_str())) {
                self.refuse(&at_pattern, message!("the pattern has no group `{group}`", group));
                self.hint(Some(message!("write `(?<{group}>…)` around the figure", group)));
            }
            for group in groups.iter().filter(|group| !own.figures.contains_key(**group)) {
                self.refuse(
                    &place,
                    message!("the recipe does not say what the figure `{group}` is", group),
                );
                self.hint(Some(message!(
                    "write `{group} = {{ DIMENSION = \"CODE\" }}` under `figures`",
                    group
                )));
            }
            let mut figures = vec![];
            for (group, codes) in &own.figures {
                figures
                    .push((group.clone(), self.codes_of_figure(group, codes, dimensions, &place)));
            }
            sentences.push(Sentence { pattern, figures, place });
        }
        sentences
    }

    /// The codes that a sentence gives of a figure, by the place of their dimension.
    fn codes_of_figure(
        &mut self,
        group: &str,
        codes: &IndexMap<String, String>,
        dimensions: &[Dimension],
        place: &Place,
    ) -> Codes {
        let mut all: Codes = vec![];
        for (name, code) in codes {
            match dimensions.iter().position(|own| own.name == *name && own.is_column) {
                Some(at) => all.push((at, code.as_str().into())),
                None => {
                    self.refuse(place, message!("there is no dimension `{name}`", name));
                    let known = dimensions.iter().map(|own| own.name.as_str());
                    self.hint(did_you_mean(name, known));
                }
            }
        }
        for (at, own) in dimensions.iter().enumerate() {
            let is_given = all.iter().any(|(given, _)| *given == at);
            if matches!(own.how, How::Sentence) && !is_given {
                self.refuse(
                    place,
                    message!(
                        "the recipe does not give `{name}` of the figure `{group}`",
                        name = own.name,
                        group
                    ),
                );
            }
        }
        all
    }
}
