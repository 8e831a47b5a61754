//! References: the bibliography Typst reads.
//!
//! In: the sources of the data package and `references.yaml` (literature, acts; hayagriva). Out:
//! one hayagriva file that holds what an edition cites, and the group of the list in which each
//! source stands. An entry of `references.yaml` under a source's own key takes the place of the one
//! made from the table. What a title says in another language stands in the columns `title_LANG` of
//! the sources and in `titles.csv`.
//!
//! | file | what it does |
//! |---|---|
//! | `style` | citation styles, looked at before Typst follows them |
//! | `titles` | titles in the language of the edition |

pub mod style;
mod titles;

use std::collections::{BTreeMap, BTreeSet};

use crate::data::{Dataset, Source, SourceKind};
use crate::diag::{Code, Diagnostic, Place, Result, SourceText, did_you_mean};
use hayagriva::types::{EntryType, FormatString};

use titles::Titles;
pub use titles::Wording;

/// What a source is, and so in which part of the list it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Where figures were read.
    Data,
    /// Laws, decrees, orders, programmes.
    Acts,
    /// Works of research.
    Literature,
}

impl Group {
    /// Its name in the document and in the strings: `sources-data` is its heading.
    pub fn name(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Acts => "acts",
            Self::Literature => "literature",
        }
    }
}

/// The genre of an entry that was read in a publication that reports an act.
const MEDIA: &str = "media";

/// Everything that can be cited.
#[derive(Debug, Clone)]
pub struct References {
    written: hayagriva::Library,
    keys: BTreeSet<String>,
    titles: Titles,
}

impl References {
    /// Reads `references.yaml`, and `titles.csv` if there is one, and takes the sources of the data.
    pub fn load(text: &SourceText, titles: Option<&SourceText>, data: &Dataset) -> Result<Self> {
        let written = hayagriva::io::from_yaml_str(&text.text)
            .map_err(|error| vec![unreadable(&error.to_string(), text)])?;
        let mut keys: BTreeSet<String> = data.sources.keys().map(|key| key.to_string()).collect();
        keys.extend(written.keys().map(str::to_owned));
        let titles = titles.map_or(Ok(Titles::default()), |text| Titles::read(text, &keys))?;
        Ok(Self { written, keys, titles })
    }

    /// The languages in which sources have titles, each with the first row that names it.
    pub fn titled_in(&self) -> impl Iterator<Item = (&String, &Place)> {
        self.titles.languages.iter()
    }

    /// What a source is.
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

    /// The language a title is in, if anybody says so.
    fn language<'a>(&'a self, key: &str, data: &'a Dataset) -> Option<&'a str> {
        match self.written.get(key) {
            Some(entry) => entry.language().map(|id| id.language.as_str()),
            None => {
                let said = data.sources.get(key)?.fields.get("language")?;
                Some(said.as_str()).filter(|said| !said.is_empty())
            }
        }
    }

    /// The title with what it says in the language of the edition, or with the language it is in.
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

    /// Pairs of cited keys that mean one source, each with what they share.
    pub fn duplicates(
        &self,
        cited: &[String],
        data: &Dataset,
    ) -> Vec<(String, String, &'static str)> {
        let mut seen: BTreeMap<(&str, String), &String> = BTreeMap::new();
        let mut found: Vec<(String, String, &str)> = vec![];
        for key in cited {
            for (what, said) in self.marks(key, data) {
                // Whoever writes it again writes other capitals, spaces and dashes.
                let said: String =
                    said.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
                let first = *seen.entry((what, said)).or_insert(key);
                let is_told = found.iter().any(|(a, b, _)| a == first && b == key);
                if first != key && !is_told {
                    found.push((first.clone(), key.clone(), what));
                }
            }
        }
        found
    }

    /// By what a source is known: its address, and its title with its publisher and day.
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

    /// Whether it was read in a publication that reports somebody else's.
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

    /// The publisher as it is cited: `reported` has `{publisher}`, the words for a publication that
    /// reports.
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

    /// What is known of a source: title, publisher, day, address and the day it was read there,
    /// each empty if it is not.
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

    /// The file for an edition that cites `cited`, in its words.
    pub fn file(&self, cited: &[String], data: &Dataset, words: &Wording<'_>) -> String {
        let reported = words.reported();
        let mut yaml = String::new();
        let mut literature = hayagriva::Library::new();
        // An entry in the edition's own language needs no abbreviations of another.
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

/// What the reader of the bibliography says, without its list of all that could have stood there.
fn unreadable(said: &str, text: &SourceText) -> Diagnostic {
    let (said, position) = said.rsplit_once(" at line ").unwrap_or((said, ""));
    let (message, expected) = said.split_once(", expected ").unwrap_or((said, ""));
    let line = position.split(' ').next().and_then(|line| line.parse().ok());
    let place = line.map_or(Place::Path(text.path.clone()), |line| text.line(line));
    let wrong = message.split('`').nth(1).unwrap_or_default();
    Diagnostic::error(Code::K0504, format!("the bibliography cannot be read: {message}"))
        .at(place)
        .maybe_hint(did_you_mean(wrong, expected.split('`').skip(1).step_by(2)))
        .hint("see the hayagriva format: a key, and under it `type`, `title`, `author`, `date` …")
}

/// A source as a web entry. JSON strings are YAML strings, so nothing in them can be syntax.
fn entry(source: &Source, title: &str, publisher: &str) -> String {
    let field =
        |name: &str| source.fields.get(name).map(String::as_str).filter(|text| !text.is_empty());
    let quoted = |text: &str| serde_json::to_string(text).unwrap_or_else(|_| "\"\"".into());
    let mut yaml = format!("{}:\n  type: Web\n", quoted(&source.id));
    yaml.push_str(&format!("  title: {}\n", quoted(title)));
    // A body as `author` vanishes in styles that know persons only; as `parent` it is printed.
    if !publisher.is_empty() {
        yaml.push_str(&format!("  parent: {{ type: Web, title: {} }}\n", quoted(publisher)));
    }
    if let Some(date) = field("date") {
        yaml.push_str(&format!("  date: {date}\n"));
    }
    // Only an absolute address is one; a path within the project is not.
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

/// The entry with the day on which its page was read: its own, or else the newest on which an entry
/// of a register was compared with it.
fn accessed(entry: &hayagriva::Entry, data: &Dataset) -> hayagriva::Entry {
    let mut entry = entry.clone();
    let Some(url) = entry.url().filter(|url| url.visit_date.is_none()) else { return entry };
    let rows = data.registers.values().flat_map(|register| register.rows.values());
    let checked = rows
        .filter(|row| row.get("reference").is_some_and(|key| key == entry.key()))
        .filter_map(|row| row.get("checked_on"))
        // Days are written so that their text has their order.
        .max()
        .and_then(|day| day.parse().ok());
    let url = hayagriva::types::QualifiedUrl::new(url.value.clone(), checked);
    entry.set_url(url);
    entry
}
