//! What stands outside the sections of a document: masthead, status, contact, file properties.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Pipeline, day};
use crate::data::Status;
use crate::diag::Result;
use crate::document::{self, Attachment, ContactLine, Meta, OtherEdition};
use crate::facts::{Facts, Flag};
use crate::project::Format;
use crate::prose::{Voice, plain};
use crate::workbook;

impl Pipeline {
    pub(super) fn meta(
        &self,
        format: Format,
        voices: &[&Voice],
        facts: &Facts,
        vintage: Date,
    ) -> Result<Meta> {
        let voice = voices[0];
        let locale = voice.locale();
        voice.begin("masthead");
        let mut editions = vec![];
        for other in &voices[1..] {
            let lang = other.locale().lang().to_owned();
            editions.push(OtherEdition {
                file: format!("{}-{lang}.pdf", format.stem()),
                region: other.locale().region().to_owned(),
                title: format!("{}: {}", other.plain("brief.title")?, other.plain("brief.period")?),
                label: other.plain("brief.edition")?,
                lang,
            });
        }
        let mut body = vec![];
        for key in ["body.parent", "body.short"] {
            let line = voice.maybe_phrase(key)?.map(|line| plain(&line));
            body.extend(line.filter(|line| !line.is_empty()));
        }
        // A profile may word its own name; else the lexicon of bodies has it.
        if body.is_empty() && !self.project.body.is_empty() {
            for form in ["parent", "short"] {
                let line = locale.name("bodies", &self.project.body, form).map_err(|found| {
                    let asks = "the publishing body is named by `body` of the profile or project";
                    found.into_iter().map(|problem| problem.note(asks)).collect::<Vec<_>>()
                })?;
                if !line.is_empty() {
                    body.push(line.to_owned());
                }
            }
        }
        let required = self.project.requires.iter().filter_map(|id| facts.get(id));
        let is_provisional = required.clone().any(|fact| fact.flags.contains(&Flag::Provisional))
            || required.clone().flat_map(|fact| &fact.vintages).any(|vintage| {
                self.dataset.vintages.get(vintage).is_some_and(|v| v.status == Status::Secondary)
            });
        let status = voice.plain(if is_provisional {
            "brief.status-provisional"
        } else {
            "brief.status-final"
        })?;
        // The brief as a whole is of its period: neither its title nor its date may say a quarter.
        let whole: Vec<&crate::facts::Fact> = required.collect();
        for key in ["brief.title", "brief.period"] {
            voice.rightly_called(key, &voice.phrase(key)?.unwrap_or_default(), &whole)?;
        }
        let keywords = voice.plain("brief.keywords")?;
        let basis = match self.project.is_official {
            true => "brief.basis-official",
            false => "brief.basis-derived",
        };
        Ok(Meta {
            lang: locale.lang().to_owned(),
            region: locale.region().to_owned(),
            dir: locale.dir().to_owned(),
            title: voice.plain("brief.title")?,
            period: voice.plain("brief.period")?,
            genre: voice.plain(&format!("brief.genre-{}", format.stem()))?,
            format: format.stem().to_owned(),
            workbook: self.workbook_words(format, voice)?,
            mastheads: vec![],
            body,
            issue: voice.plain("brief.issue")?,
            status,
            editions,
            date: day(vintage),
            keywords: keywords.split(';').map(|word| word.trim().to_owned()).collect(),
            basis: voice.maybe_phrase(basis)?.map_or(String::new(), |line| plain(&line)),
            logo: self
                .project
                .logo
                .as_ref()
                .map(|logo| document::Logo { path: logo.path.clone(), height_mm: logo.height_mm }),
            contact: self.contact(voice)?,
            brand: self.project.brand.clone(),
            words: voice
                .strings
                .below("layout")
                .map(|(key, text)| (key.to_owned(), text.to_owned()))
                .collect(),
            bibliography_style: voice.plain("layout.bibliography-style")?,
            mark: match &self.project.mark {
                Some(key) => Some(voice.plain(key)?),
                None => None,
            },
            attachments: vec![Attachment {
                path: "/facts.json".into(),
                mime: "application/json".into(),
                description: voice.plain("brief.attachment-facts")?,
            }],
            stamp: self.stamp(voice)?,
            is_preview: false,
            spots: Default::default(),
        })
    }

    /// The words a workbook needs, in the form of the brief that has one.
    fn workbook_words(&self, format: Format, voice: &Voice) -> Result<BTreeMap<String, String>> {
        let words = if format == Format::Annex { &workbook::WORDS[..] } else { &[] };
        let word = |key: &&str| Ok(((*key).to_owned(), voice.plain(&format!("workbook.{key}"))?));
        words.iter().map(word).collect()
    }

    /// How the body may be reached: what each language words, then what is the same in all.
    fn contact(&self, voice: &Voice) -> Result<Vec<ContactLine>> {
        let mut lines = vec![];
        for kind in ["responsible", "address"] {
            if let Some(phrase) = voice.maybe_phrase(&format!("contact.{kind}"))? {
                lines.push(ContactLine { kind: kind.to_owned(), text: plain(&phrase) });
            }
        }
        lines.extend(
            self.project
                .contact
                .iter()
                .map(|(kind, text)| ContactLine { kind: kind.clone(), text: text.clone() }),
        );
        Ok(lines)
    }
}
