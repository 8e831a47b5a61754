//! The parts of a document outside its sections: masthead, status, contact, metadata.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Pipeline, Version, day};
use crate::data::SourceKind;
use crate::diag::Result;
use crate::document::{self, Attachment, ContactLine, Document, Meta, OtherEdition};
use crate::export::xlsx;
use crate::project::Format;
use crate::prose::{Writer, plain};
use crate::stats::{Fact, Facts, Flag, Period, Status, Time};

/// The phrase about the data that the brief is based on; its variants such as `-office-press` add other
/// kinds of sources.
const BASIS_DERIVED: &str = "brief.basis-derived";
const STATUS_FINAL: &str = "brief.status-final";
const STATUS_PROVISIONAL: &str = "brief.status-provisional";
/// The phrase if some printed figures are final and others are not. Without it in a language, the edition
/// calls its data provisional.
const STATUS_MIXED: &str = "brief.status-mixed";
const NEWEST_SOURCE: &str = "brief.newest-source";
/// Stands for a year in a phrase.
const YEAR: &str = "{year}";

impl Pipeline {
    /// Whether the required facts are final. Only then are first figures beside them marked.
    pub(super) fn is_settled(&self, facts: &Facts) -> bool {
        let mut required = self.project.requires.iter().filter_map(|id| facts.get(id));
        required.all(|fact| self.is_final(fact))
    }

    /// Whether a fact is based neither on a first release nor on another body's account.
    fn is_final(&self, fact: &Fact) -> bool {
        !fact.flags.contains(&Flag::Provisional)
            && fact.series().is_none_or(|series| {
                series.members.iter().all(|member| !member.flags.contains(&Flag::Provisional))
            })
            && fact.vintages.iter().all(|vintage| {
                let vintage = self.dataset.vintages.get(vintage);
                vintage.is_none_or(|vintage| vintage.status != Status::Secondary)
            })
    }

    /// Corrects the status and basis of a document according to its printed facts: all final, all
    /// provisional or both; from the office, from other bodies or from media.
    pub(super) fn attribute(
        &self,
        writer: &Writer,
        document: &mut Document,
        drawn: &[&Fact],
        facts: &Facts,
    ) -> Result<()> {
        let quoted = document.quoted();
        let mut shown: Vec<&Fact> = quoted.iter().filter_map(|id| facts.get(id)).collect();
        shown.extend(drawn);
        // A fact without a release, as the number of entries in a register, has no status.
        let mut of_releases = shown.iter().filter(|fact| !fact.vintages.is_empty()).peekable();
        if of_releases.peek().is_some() {
            let (settled, others): (Vec<&Fact>, Vec<&Fact>) =
                of_releases.partition(|fact| self.is_final(fact));
            document.meta.status = match (settled.is_empty(), others.is_empty()) {
                (_, true) => writer.plain(STATUS_FINAL)?,
                (true, _) => writer.plain(STATUS_PROVISIONAL)?,
                _ => match writer.maybe_phrase(STATUS_MIXED)? {
                    Some(line) => plain(&line),
                    None => writer.plain(STATUS_PROVISIONAL)?,
                },
            };
            document.meta.description = document.meta.status.clone();
        }
        let cited = document.cited();
        let newest = self.newest_cited(&cited, document.meta.date);
        if let Some(time) = newest {
            document.meta.newest_source = newest_source(writer, time)?;
        }
        // An issue that was not released was made after everything that it cites.
        let year = newest.map_or(document.meta.date[0], |time| time.last_day().year().into());
        let year = year.max(document.meta.date[0]).to_string();
        document.meta.cite = document.meta.cite.replace(YEAR, &year);
        let sources = shown.iter().flat_map(|fact| &fact.sources).map(|key| &**key);
        // The sources of figures are in their captions.
        let sources = sources.chain(cited.iter().map(String::as_str));
        let kinds: BTreeSet<Option<SourceKind>> =
            sources.filter_map(|key| Some(self.dataset.sources.get(key)?.kind)).collect();
        let has = |kinds_of: fn(SourceKind) -> bool| kinds.iter().flatten().any(|k| kinds_of(*k));
        let is_the_office_s = kinds.iter().all(|kind| kind.is_some_and(SourceKind::is_office));
        if self.project.is_official && is_the_office_s {
            return Ok(());
        }
        let derived = writer.maybe_phrase(BASIS_DERIVED)?.map(|line| plain(&line));
        let derived = derived.unwrap_or_default();
        // If a profile has no phrase about its data, nothing is printed.
        if derived.is_empty() {
            document.meta.basis = derived;
            return Ok(());
        }
        let parts = [
            ("office", has(SourceKind::is_office)),
            ("bodies", has(|kind| kind == SourceKind::OtherOffice)),
            ("press", has(|kind| kind == SourceKind::Media)),
        ];
        let parts: Vec<&str> = parts.iter().filter(|(_, is)| *is).map(|(part, _)| *part).collect();
        let key = format!("{BASIS_DERIVED}-{}", parts.join("-"));
        let worded = match parts[..] {
            [] | ["office"] => None,
            _ => writer.maybe_phrase(&key)?.map(|line| plain(&line)),
        };
        document.meta.basis = worded.unwrap_or(derived);
        Ok(())
    }

    /// When the newest cited page was written, if that was after the day of the issue: figures released by
    /// that day may be cited from a later account, and acts from a later page. A page of which only the
    /// month or year is known hides no later day of another.
    fn newest_cited(&self, cited: &[String], issued: [i32; 3]) -> Option<Time> {
        let date = |key: &String| {
            Time::of_register(self.dataset.sources.get(key.as_str())?.fields.get("date")?)
        };
        let later = cited.iter().filter_map(date).filter(|time| day(time.first_day()) > issued);
        later.max_by_key(|time| (matches!(time, Time::At(_)), time.last_day()))
    }

    pub(super) fn meta(
        &self,
        (format, version): (Format, Option<&Version>),
        writers: &[&Writer],
        facts: &Facts,
        period: Period,
        vintage: Date,
    ) -> Result<Meta> {
        let writer = writers[0];
        let locale = writer.locale();
        writer.begin("masthead");
        let mut editions = vec![];
        for other in &writers[1..] {
            let lang = other.locale().lang().to_owned();
            editions.push(OtherEdition {
                file: linked(&format!("{}.pdf", self.project.file_name(format, period, &lang))),
                region: other.locale().region().to_owned(),
                title: format!("{}: {}", other.plain("brief.title")?, other.plain("brief.period")?),
                label: other.plain("brief.edition")?,
                lang,
            });
        }
        let mut body = vec![];
        for key in ["body.parent", "body.short"] {
            let line = writer.maybe_phrase(key)?.map(|line| plain(&line));
            body.extend(line.filter(|line| !line.is_empty()));
        }
        // A profile may word its own name; otherwise it comes from the lexicon of bodies.
        if body.is_empty() && !self.project.body.is_empty() {
            for form in ["parent", "short"] {
                let line = locale.name("bodies", &self.project.body, form).map_err(|found| {
                    let asks = message!(
                        "the publishing body is named by `body` of the profile or project"
                    );
                    found.into_iter().map(|problem| problem.note(asks.clone())).collect::<Vec<_>>()
                })?;
                if !line.is_empty() {
                    body.push(line.to_owned());
                }
            }
        }
        let required = self.project.requires.iter().filter_map(|id| facts.get(id));
        // The printed facts are known only after the sections; until then the required facts decide.
        let is_final = self.is_settled(facts);
        let status = writer.plain(if is_final { STATUS_FINAL } else { STATUS_PROVISIONAL })?;
        // The brief as a whole is of its period, so its title and period must not name a quarter of it.
        let whole: Vec<&Fact> = required.collect();
        for key in ["brief.title", "brief.period"] {
            writer.rightly_called(key, &writer.phrase(key)?.unwrap_or_default(), &whole)?;
        }
        let keywords = writer.plain("brief.keywords")?;
        let basis = match self.project.is_official {
            true => "brief.basis-official",
            false => BASIS_DERIVED,
        };
        let cite = self.cited_as((format, version), writer, body.last(), period)?;
        let data = writer.maybe_phrase(&format!("brief.data-{}", format.stem()))?;
        Ok(Meta {
            lang: locale.lang().to_owned(),
            region: locale.region().to_owned(),
            dir: locale.dir().to_owned(),
            title: writer.plain("brief.title")?,
            period: writer.plain("brief.period")?,
            genre: writer.plain(&format!("brief.genre-{}", format.stem()))?,
            format: format.stem().to_owned(),
            workbook: self.workbook_words(format, writer)?,
            mastheads: vec![],
            body,
            issue: issue(&writer.plain("brief.issue")?, period),
            description: status.clone(),
            summary: self.project.summary.clone().unwrap_or_default(),
            status,
            newest_source: String::new(),
            cite,
            data: data.map_or(String::new(), |line| plain(&line)),
            editions,
            date: day(vintage),
            keywords: keywords.split(';').map(|word| word.trim().to_owned()).collect(),
            basis: writer.maybe_phrase(basis)?.map_or(String::new(), |line| plain(&line)),
            logo: self
                .project
                .logo
                .as_ref()
                .map(|logo| document::Logo { path: logo.path.clone(), height_mm: logo.height_mm }),
            contact: self.contact(writer)?,
            brand: self.project.brand.clone(),
            page: self.project.page_size.measures(),
            words: writer
                .strings
                .below("layout")
                .map(|(key, text)| (key.to_owned(), text.to_owned()))
                .collect(),
            bibliography_style: writer.plain("layout.bibliography-style")?,
            mark: match &self.project.mark {
                Some(key) => Some(writer.plain(key)?),
                None => None,
            },
            attachments: vec![Attachment {
                path: "/facts.json".into(),
                mime: "application/json".into(),
                description: writer.plain("brief.attachment-facts")?,
            }],
            stamp: self.stamp(writer, version)?,
            is_preview: false,
            spots: Default::default(),
            source_groups: Default::default(),
        })
    }

    /// The citation of the issue. Its year is that of publication, and not of its period; without a
    /// publication it is filled in when it is known what is cited. A draft has no citation, nor has an issue
    /// without a body.
    fn cited_as(
        &self,
        (format, imprint): (Format, Option<&Version>),
        writer: &Writer,
        body: Option<&String>,
        period: Period,
    ) -> Result<String> {
        let is_draft = imprint.is_none() && self.project.calendar.is_draft;
        let line = writer.maybe_phrase("brief.cite")?.map(|line| plain(&line));
        let (Some(line), Some(body), false) = (line, body, is_draft) else {
            return Ok(String::new());
        };
        let words = |key: &str| -> Result<String> {
            Ok(writer.maybe_phrase(key)?.map_or(String::new(), |w| plain(&w)))
        };
        let year = imprint.map_or(YEAR.to_owned(), |version| version.day.year().to_string());
        let (mut published, mut version) = (String::new(), String::new());
        if let Some(imprint) = imprint {
            published = words("brief.cite-published")?;
            if imprint.number > 1 {
                version = words("brief.cite-version")?.replace("{n}", &imprint.number.to_string());
            }
        }
        let parts = [
            ("{body}", body.clone()),
            ("{title}", writer.plain("brief.title")?),
            ("{period}", writer.plain("brief.period")?),
            ("{genre}", writer.plain(&format!("brief.genre-{}", format.stem()))?),
            ("{issue}", issue(&writer.plain("brief.issue")?, period)),
            (YEAR, year),
            ("{published}", published),
            ("{version}", version),
        ];
        let cite = parts.iter().fold(line, |line, (name, part)| line.replace(name, part));
        // A period that ends with an abbreviation has a full stop already.
        Ok(cite.replace("..", "."))
    }

    /// The phrases for a workbook, in the form of the brief that has one.
    fn workbook_words(&self, format: Format, writer: &Writer) -> Result<BTreeMap<String, String>> {
        let words = if format == Format::Annex { &xlsx::WORDS[..] } else { &[] };
        let word = |key: &&str| Ok(((*key).to_owned(), writer.plain(&format!("workbook.{key}"))?));
        words.iter().map(word).collect()
    }

    /// The contact data of the body: first what each language words, then what is the same in all.
    fn contact(&self, writer: &Writer) -> Result<Vec<ContactLine>> {
        let mut lines = vec![];
        for kind in ["responsible", "address"] {
            if let Some(phrase) = writer.maybe_phrase(&format!("contact.{kind}"))? {
                lines.push(ContactLine { kind: kind.to_owned(), text: plain(&phrase) });
            }
        }
        lines.extend(
            self.project
                .contact
                .iter()
                .map(|(kind, text)| ContactLine { kind: kind.clone(), text: text.clone() }),
        );
        // The licence is printed with the contact data.
        lines.extend(
            self.project
                .licence
                .iter()
                .map(|licence| ContactLine { kind: "licence".to_owned(), text: licence.clone() }),
        );
        Ok(lines)
    }
}

/// The issue number: `{n}` is the last quarter of the period, and `{year}` its year.
fn issue(words: &str, period: Period) -> String {
    let number = period.last_quarter().to_string();
    words.replace("{n}", &number).replace("{year}", &period.end.year.to_string())
}

/// The line about the newest cited page.
fn newest_source(writer: &Writer, time: Time) -> Result<String> {
    let Some(words) = writer.maybe_phrase(NEWEST_SOURCE)? else { return Ok(String::new()) };
    let said = plain(&words).replace("{date}", &writer.locale().time(time, "date")?);
    // A day that ends in an abbreviation has its full stop.
    Ok(said.replace("..", "."))
}

/// The name of a file as the address of a link: other characters than these would end it.
fn linked(name: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let one = |byte: u8| match is_plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    name.bytes().map(one).collect()
}
