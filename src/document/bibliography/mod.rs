//! References: the bibliography of an edition.
//!
//! In: the sources of the data package and `references.yaml` (literature and acts, in hayagriva's
//! format). Out: a hayagriva file with the sources that an edition cites, and for each source its group
//! in the list. An entry of `references.yaml` with the key of a source replaces the one made from the
//! table. Translated titles are in the columns `title_LANG` of the sources and in `titles.csv`.
//!
//! | file | what it does |
//! |---|---|
//! | `style` | checks citation styles before Typst uses them |
//! | `titles` | titles in the language of the edition |

pub mod style;
mod titles;

use std::collections::{BTreeMap, BTreeSet};

use crate::data::{Dataset, Source, SourceKind};
use crate::diag::{Code, Diagnostic, Place, Result, SourceText, did_you_mean};
use hayagriva::types::{EntryType, FormatString};

use titles::Titles;
pub use titles::Wording;

/// The kind of a source, which determines its part of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Sources of figures.
    Data,
    /// Laws, decrees, orders, programmes.
    Acts,
    /// Research publications.
    Literature,
}

impl Group {
    /// Its name in the document and in the strings: `sources-data` is the key of its heading.
    pub fn name(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Acts => "acts",
            Self::Literature => "literature",
        }
    }
}

/// The genre of an entry for media that report an act.
const MEDIA: &str = "media";

/// Everything that can be cited.
#[derive(Debug, Clone)]
pub struct References {
    written: hayagriva::Library,
    keys: BTreeSet<String>,
    titles: Titles,
}

impl References {
    /// Parses `references.yaml`, and `titles.csv` if there is one, and adds the sources of the data.
    pub fn load(text: &SourceText, titles: Option<&SourceText>, data: &Dataset) -> Result<Self> {
        let written = hayagriva::io::from_yaml_str(&text.text)
            .map_err(|error| vec![unreadable(&error.to_string(), text)])?;
        let mut keys: BTreeSet<String> = data.sources.keys().map(|key| key.to_string()).collect();
        keys.extend(written.keys().map(str::to_owned));
        let titles = titles.map_or(Ok(Titles::default()), |text| Titles::read(text, &keys))?;
        Ok(Self { written, keys, titles })
    }

    /// The languages with translated titles, each with the first row that has it.
    pub fn titled_in(&self) -> impl Iterator<Item = (&String, &Place)> {
        self.titles.languages.iter()
    }

    /// The group of a source.
    pub fn group(&self, key: &str, data: &Dataset) -> Group {
        if let Some(source) = data.sources.get(key) {
            return match source.kind {
                Some(SourceKind::Law) => Group::Acts,
                Some(SourceKind::Research) => Group::Literature,
                _ => Group::Data,
            };
        }
        let kind = self.written.get(key).map(|entry| *entry.entry_type());
        match kind {
            Some(EntryType::Legislation) => return Group::Acts,
            None | Some(EntryType::Web | EntryType::Misc) => {}
            Some(_) => return Group::Literature,
        }
        let mut rows = data.registers.values().flat_map(|register| register.rows.values());
        let is_act = rows.any(|row| row.get("reference").is_some_and(|of| of == key));
        if is_act { Group::Acts } else { Group::Data }
    }

    /// The language of a title, if it is recorded.
    fn language<'a>(&'a self, key: &str, data: &'a Dataset) -> Option<&'a str> {
        match self.written.get(key) {
            Some(entry) => entry.language().map(|id| id.language.as_str()),
            None => {
                let said = data.sources.get(key)?.fields.get("language")?;
                Some(said.as_str()).filter(|said| !said.is_empty())
            }
        }
    }

    /// The title with its translation into the language of the edition, or with a note about its
    /// language.
    fn titled(&self, key: &str, title: &str, data: &Dataset, words: &Wording<'_>) -> String {
        let Some(lang) = self.language(key, data).filter(|lang| *lang != words.lang) else {
            return title.to_owned();
        };
        let column = format!("title_{}", words.lang);
        let of_source = data.sources.get(key).and_then(|source| source.fields.get(&column));
        let of_source = of_source.map(String::as_str).filter(|said| !said.is_empty());
        match self.titles.of(key, words.lang).or(of_source).or(words.name_of(lang)) {
            Some(said) => format!("{title} [{said}]"),
            None => title.to_owned(),
        }
    }

    /// The keys that can be cited.
    pub fn keys(&self) -> &BTreeSet<String> {
        &self.keys
    }

    /// Pairs of cited keys for the same source, each with what they share.
    pub fn duplicates(
        &self,
        cited: &[String],
        data: &Dataset,
    ) -> Vec<(String, String, &'static str)> {
        let mut seen: BTreeMap<(&str, String), &String> = BTreeMap::new();
        let mut found: Vec<(String, String, &str)> = vec![];
        for key in cited {
            for (what, said) in self.marks(key, data) {
                // Capitals, spaces and punctuation are ignored.
                let said: String =
                    said.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
                let first = *seen.entry((what, said)).or_insert(key);
                let is_reported = found.iter().any(|(a, b, _)| a == first && b == key);
                if first != key && !is_reported {
                    found.push((first.clone(), key.clone(), what));
                }
            }
        }
        found
    }

    /// The identifying data of a source: its address, and its title with publisher and day.
    fn marks(&self, key: &str, data: &Dataset) -> Vec<(&'static str, String)> {
        let (url, title, rest) = if let Some(entry) = self.written.get(key) {
            let parent = entry.parents().first().and_then(|parent| parent.title());
            let date = entry.date().map(|date| format!("{date:?}"));
            let authors = entry.authors().map(|all| format!("{all:?}"));
            (
                entry.url().map(|url| url.value.to_string()),
                entry.title().map(|title| title.value.to_string()),
                format!("{:?} {date:?} {authors:?}", parent.map(|title| title.value.to_string())),
            )
        } else if let Some(source) = data.sources.get(key) {
            let field =
                |name: &str| source.fields.get(name).filter(|text| !text.is_empty()).cloned();
            (field("url"), field("title"), format!("{:?} {:?}", field("publisher"), field("date")))
        } else {
            return vec![];
        };
        let title = title.map(|title| ("title, publisher and day", format!("{title} {rest}")));
        url.map(|url| ("address", url)).into_iter().chain(title).collect()
    }

    /// Whether it is a media report about another publication.
    fn is_reported(&self, key: &str, data: &Dataset) -> bool {
        match data.sources.get(key) {
            Some(source) => source.kind == Some(SourceKind::Media),
            None => self
                .written
                .get(key)
                .and_then(|entry| entry.genre())
                .is_some_and(|genre| genre.to_string() == MEDIA),
        }
    }

    /// The publisher as cited. `reported` is the phrase for media reports, with `{publisher}`.
    fn credited(
        &self,
        key: &str,
        publisher: &str,
        data: &Dataset,
        reported: Option<&str>,
    ) -> String {
        match reported.filter(|_| !publisher.is_empty() && self.is_reported(key, data)) {
            Some(words) => words.replace("{publisher}", publisher),
            None => publisher.to_owned(),
        }
    }

    /// The title, publisher, day, address and access day of a source; unknown ones are empty.
    pub fn described(&self, key: &str, data: &Dataset, reported: Option<&str>) -> [String; 5] {
        let mut known = self.read(key, data);
        known[1] = self.credited(key, &known[1], data, reported);
        known
    }

    fn read(&self, key: &str, data: &Dataset) -> [String; 5] {
        if let Some(entry) = self.written.get(key) {
            let entry = &accessed(entry, data);
            let title = |entry: &hayagriva::Entry| entry.title().map(|title| title.to_string());
            let publisher = || Some(entry.publisher()?.name()?.to_string());
            let parent = entry.parents().first().and_then(title).or_else(publisher);
            let authors = entry.authors().map_or(String::new(), |all| {
                let names = all.iter().map(|person| person.name_first(true, false));
                names.collect::<Vec<_>>().join(", ")
            });
            let own = title(entry).unwrap_or_else(|| key.to_owned());
            let titled = if authors.is_empty() { own } else { format!("{authors}. {own}") };
            let url = entry.url().map(|url| url.value.to_string()).unwrap_or_default();
            let day = |date: Option<&hayagriva::types::Date>| {
                date.map(ToString::to_string).unwrap_or_default()
            };
            let read = day(entry.url().and_then(|url| url.visit_date.as_ref()));
            return [titled, parent.unwrap_or_default(), day(entry.date()), url, read];
        }
        let Some(source) = data.sources.get(key) else { return Default::default() };
        let field = |name: &str| source.fields.get(name).cloned().unwrap_or_default();
        [field("title"), field("publisher"), field("date"), field("url"), field("accessed")]
    }

    /// The hayagriva file for an edition that cites `cited`.
    pub fn file(&self, cited: &[String], data: &Dataset, words: &Wording<'_>) -> String {
        let reported = words.reported();
        let mut yaml = String::new();
        let mut literature = hayagriva::Library::new();
        // An entry in the edition's own language needs no foreign abbreviations.
        let own = format!("\n  language: {}\n", words.lang);
        for key in cited {
            if let Some(entry) = self.written.get(key) {
                let mut entry = accessed(entry, data);
                if let Some(title) = entry.title().map(|title| title.value.to_string()) {
                    let titled = self.titled(key, &title, data, words);
                    entry.set_title(FormatString::with_value(titled));
                }
                let mut parents = entry.parents().to_vec();
                for parent in &mut parents {
                    if let Some(title) = parent.title().map(ToString::to_string) {
                        let credited = self.credited(key, &title, data, reported);
                        parent.set_title(FormatString::with_value(credited));
                    }
                }
                entry.set_parents(parents);
                literature.push(&entry);
            } else if let Some(source) = data.sources.get(key.as_str()) {
                let publisher = source.fields.get("publisher").map_or("", String::as_str);
                let title = source.fields.get("title").filter(|title| !title.is_empty());
                let title = self.titled(key, title.unwrap_or(&source.id), data, words);
                let publisher = self.credited(key, publisher, data, reported);
                yaml.push_str(&entry(source, &title, &publisher));
            }
        }
        if !literature.is_empty() {
            let written = hayagriva::io::to_yaml_str(&literature).unwrap_or_default();
            yaml.push_str(&written.replace(&own, "\n"));
        }
        yaml
    }
}

/// The diagnostic of a parser error, without its list of everything that was expected.
fn unreadable(said: &str, text: &SourceText) -> Diagnostic {
    let (said, position) = said.rsplit_once(" at line ").unwrap_or((said, ""));
    let (message, expected) = said.split_once(", expected ").unwrap_or((said, ""));
    let line = position.split(' ').next().and_then(|line| line.parse().ok());
    let place = line.map_or(Place::Path(text.path.clone()), |line| text.line(line));
    let wrong = message.split('`').nth(1).unwrap_or_default();
    Diagnostic::error(Code::K0504, message!("the bibliography cannot be read: {message}", message))
        .at(place)
        .maybe_hint(did_you_mean(wrong, expected.split('`').skip(1).step_by(2)))
        .hint(message!(
            "see the hayagriva format: a key, and under it `type`, `title`, `author`, `date` …"
        ))
}

/// A source as a web entry. JSON strings are valid YAML strings, so no text can become syntax.
fn entry(source: &Source, title: &str, publisher: &str) -> String {
    let field =
        |name: &str| source.fields.get(name).map(String::as_str).filter(|text| !text.is_empty());
    let quoted = |text: &str| serde_json::to_string(text).unwrap_or_else(|_| "\"\"".into());
    let mut yaml = format!("{}:\n  type: Web\n", quoted(&source.id));
    yaml.push_str(&format!("  title: {}\n", quoted(title)));
    // Styles that know only persons drop a body as `author`; they print it as `parent`.
    if !publisher.is_empty() {
        yaml.push_str(&format!("  parent: {{ type: Web, title: {} }}\n", quoted(publisher)));
    }
    if let Some(date) = field("date") {
        yaml.push_str(&format!("  date: {date}\n"));
    }
    // Only absolute addresses are printed, not paths in the project.
    if let Some(url) =
        field("url").filter(|url| url.starts_with("http://") || url.starts_with("https://"))
    {
        let url = quoted(url);
        yaml.push_str(&match field("accessed") {
            Some(day) => format!("  url: {{ value: {url}, date: {day} }}\n"),
            None => format!("  url: {url}\n"),
        });
    }
    yaml
}

/// The entry with its access day: its own, or else the newest day on which an entry of a register was
/// checked against the page.
fn accessed(entry: &hayagriva::Entry, data: &Dataset) -> hayagriva::Entry {
    let mut entry = entry.clone();
    let Some(url) = entry.url().filter(|url| url.visit_date.is_none()) else { return entry };
    let rows = data.registers.values().flat_map(|register| register.rows.values());
    let checked = rows
        .filter(|row| row.get("reference").is_some_and(|key| key == entry.key()))
        .filter_map(|row| row.get("checked_on"))
        // Days in ISO format sort as text.
        .max()
        .and_then(|day| day.parse().ok());
    let url = hayagriva::types::QualifiedUrl::new(url.value.clone(), checked);
    entry.set_url(url);
    entry
}
