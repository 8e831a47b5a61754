//! JSON-stat 2 to a sheet in long form: a column for each dimension, `value`, and `status` if the file has any.
//!
//! Dimensions stand there by the codes of their categories; the sheet knows the label of each. A value that the file leaves out of a sparse list has no
//! row; one that is `null` has a row without a value. Row 2 of the sheet is the first value of the file.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

use super::sheet::{Builder, Labels, New, Room, TooMuch};
use super::{
    Address, Beside, Format, Formula, MOST_COLUMNS, MOST_ROWS, Options, Style, Workbook, described,
};
use super::{not_a_workbook, stem, too_large};
use crate::diag::{Code, Diagnostic, Message, Place, Result};

/// The columns behind those of the dimensions.
const VALUE: &str = "value";
const STATUS: &str = "status";

/// A dataset as the format writes it; what says nothing of figures is passed over.
#[derive(Deserialize)]
struct Written {
    id: Vec<String>,
    size: Vec<usize>,
    dimension: BTreeMap<String, Dimension>,
    value: Value,
    status: Option<Value>,
}

#[derive(Deserialize)]
struct Dimension {
    category: Category,
}

#[derive(Deserialize)]
struct Category {
    index: Option<Value>,
    label: Option<BTreeMap<String, String>>,
}

/// Whether a text is JSON, by how it begins.
pub(super) fn is_json(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut rest = bytes.iter().filter(|byte| !byte.is_ascii_whitespace());
    rest.next() == Some(&b'{') && rest.next() == Some(&b'"')
}

/// Reads a dataset, or the table that a description describes.
pub(super) fn read(
    bytes: &[u8],
    path: &Path,
    options: &Options,
    beside: &Beside<'_>,
) -> Result<Workbook> {
    let bare = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let whole: Value = serde_json::from_slice(bare)
        .map_err(|error| vec![damaged(path, message!("it is not JSON: {error}", error))])?;
    if whole.get("class").is_none()
        && let Some(format) = described::standard(&whole)
    {
        // What was read as JSON is UTF-8.
        let text = String::from_utf8_lossy(bytes);
        return described::read(&text, &whole, format, path, options, beside);
    }
    is_dataset(&whole, path)?;
    let written: Written = serde_json::from_value(whole)
        .map_err(|error| vec![damaged(path, message!("it is not a dataset: {error}", error))])?;
    let sheet = Dataset::of(&written).map_err(|why| vec![damaged(path, why)])?;
    let sheet = sheet.sheet(&stem(path)).map_err(|why| match why {
        Stop::TooMuch => vec![too_large(
            path,
            message!(
                "kosh reads at most {most_rows} values and {value} cells of it",
                most_rows = MOST_ROWS,
                value = Room::MOST_CELLS
            ),
        )],
        Stop::Broken(why) => vec![damaged(path, why)],
    })?;
    Ok(Workbook {
        path: path.to_path_buf(),
        format: Format::JsonStat,
        sheets: vec![sheet],
        reading: None,
        knows_styles: false,
        knows_hidden: true,
        knows_merged: true,
        beside: None,
        source: None,
    })
}

/// Refuses JSON that is something else than one dataset of version 2.
fn is_dataset(whole: &Value, path: &Path) -> Result<()> {
    let text = |name: &str| whole.get(name).and_then(Value::as_str).unwrap_or_default();
    let no = |why: Message| not_a_workbook(path, why);
    match text("class") {
        "dataset" if text("version").starts_with("2.") => Ok(()),
        "dataset" => Err(no(message!("it is JSON-stat of another version than 2"))
            .hint(message!("request JSON-stat 2.0 from the service"))
            .into()),
        "collection" => Err(no(message!("it is a collection of datasets (JSON-stat)"))
            .hint(message!("save the dataset that you need by itself"))
            .into()),
        _ => Err(no(message!("it is JSON of another kind"))
            .hint(message!("kosh reads JSON-stat 2, Frictionless data packages and CSV on the Web"))
            .into()),
    }
}

fn damaged(path: &Path, why: Message) -> Diagnostic {
    Diagnostic::error(Code::K1202, message!("`{path}` cannot be read", path = path.display()))
        .at(Place::Path(path.to_path_buf()))
        .note(why)
        .hint(message!("download it again"))
}

enum Stop {
    TooMuch,
    Broken(Message),
}

impl From<TooMuch> for Stop {
    fn from(_: TooMuch) -> Self {
        Self::TooMuch
    }
}

/// A dataset whose parts fit one another.
struct Dataset<'w> {
    written: &'w Written,
    /// For each dimension the codes of its categories in order.
    codes: Vec<Vec<&'w str>>,
    /// How many values there can be.
    count: usize,
}

impl<'w> Dataset<'w> {
    fn of(written: &'w Written) -> std::result::Result<Self, Message> {
        let Written { id, size, dimension, .. } = written;
        if id.len() != size.len() {
            return Err(message!(
                "it has {number_of_id} dimensions but {number_of_size} sizes",
                number_of_id = id.len(),
                number_of_size = size.len()
            ));
        }
        let mut codes = vec![];
        for (at, name) in id.iter().enumerate() {
            if id[..at].contains(name) {
                return Err(message!("the dimension `{name}` appears twice", name));
            }
            let own = dimension.get(name).ok_or(message!("`{name}` is not described", name))?;
            let listed = listed(&own.category).ok_or(message!(
                "the categories of `{name}` are not numbered from 0 without gaps",
                name
            ))?;
            if listed.len() != size[at] {
                let many = listed.len();
                return Err(message!(
                    "`{name}` has {many} categories but the size {at}",
                    name,
                    many,
                    at = size[at]
                ));
            }
            codes.push(listed);
        }
        let count = size.iter().try_fold(1_usize, |all, one| all.checked_mul(*one));
        let count = count.ok_or(message!("its dimensions have more values than can be counted"))?;
        Ok(Self { written, codes, count })
    }

    fn sheet(&self, name: &str) -> std::result::Result<super::Sheet, Stop> {
        let columns = self.codes.len() + 2;
        if columns > MOST_COLUMNS as usize {
            return Err(Stop::TooMuch);
        }
        let mut builder = Builder::new(name, Arc::default(), Arc::from([Style::default()]));
        let heads = self.written.id.iter().map(String::as_str).chain([VALUE]);
        let labels = self.written.id.iter().map(|name| {
            let own = self.written.dimension.get(name).and_then(|own| own.category.label.as_ref());
            own.into_iter().flatten().map(|(code, label)| (code.clone(), label.clone())).collect()
        });
        builder.labels(Labels::ByColumn(labels.collect()));
        let has_status = self.written.status.is_some();
        for (column, head) in (0..).zip(heads.chain(has_status.then_some(STATUS))) {
            add(&mut builder, 0, column, head)?;
        }
        for (row, (at, value)) in (1..).zip(self.values()?) {
            if row >= MOST_ROWS {
                return Err(Stop::TooMuch);
            }
            let mut rest = at;
            for (column, codes) in self.codes.iter().enumerate().rev() {
                add(&mut builder, row, column as u32, codes[rest % codes.len()])?;
                rest /= codes.len();
            }
            let column = self.codes.len() as u32;
            match value {
                None | Some(Value::Null) => {}
                Some(Value::Number(number)) => {
                    add(&mut builder, row, column, &number.to_string())?;
                }
                Some(Value::String(text)) => add(&mut builder, row, column, text)?,
                Some(other) => {
                    return Err(Stop::Broken(message!("`{other}` is not a value", other)));
                }
            }
            if let Some(status) = self.status(at)? {
                add(&mut builder, row, column + 1, status)?;
            }
        }
        builder.finish().map_err(|_| Stop::TooMuch)
    }

    /// The values that the file has, each with its number, in order; and those that only have a status.
    fn values(&self) -> std::result::Result<BTreeMap<usize, Option<&'w Value>>, Stop> {
        let mut all = BTreeMap::new();
        match &self.written.value {
            Value::Array(values) if values.len() == self.count => {
                all.extend(values.iter().map(Some).enumerate());
            }
            Value::Array(values) => {
                let many = values.len();
                return Err(Stop::Broken(message!(
                    "it has {many} values but {count} places",
                    many,
                    count = self.count
                )));
            }
            Value::Object(values) => {
                for (at, value) in values {
                    all.insert(self.number(at)?, Some(value));
                }
            }
            _ => return Err(Stop::Broken(message!("its `value` is not a list"))),
        }
        if let Some(Value::Object(statuses)) = &self.written.status {
            for at in statuses.keys() {
                all.entry(self.number(at)?).or_insert(None);
            }
        }
        Ok(all)
    }

    fn number(&self, written: &str) -> std::result::Result<usize, Stop> {
        let number = written.parse::<usize>().ok().filter(|number| *number < self.count);
        number
            .ok_or_else(|| Stop::Broken(message!("`{written}` is not a place of a value", written)))
    }

    /// The status of a value.
    fn status(&self, at: usize) -> std::result::Result<Option<&'w str>, Stop> {
        let one = match &self.written.status {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::String(all)) => return Ok(Some(all)),
            Some(Value::Array(statuses)) if statuses.len() == self.count => statuses.get(at),
            // One for all of them.
            Some(Value::Array(statuses)) if statuses.len() == 1 => statuses.first(),
            Some(Value::Object(statuses)) => statuses.get(&at.to_string()),
            Some(_) => None,
        };
        match one {
            Some(Value::String(text)) => Ok(Some(text)),
            None if matches!(&self.written.status, Some(Value::Object(_))) => Ok(None),
            Some(Value::Null) => Ok(None),
            _ => Err(Stop::Broken(message!("its `status` does not match its values"))),
        }
    }
}

/// The codes of the categories of a dimension, in order; `None` if they are not numbered one by one.
fn listed(category: &Category) -> Option<Vec<&str>> {
    match &category.index {
        None => {
            let labels = category.label.as_ref()?;
            (labels.len() == 1).then(|| labels.keys().map(String::as_str).collect())
        }
        Some(Value::Array(codes)) => codes.iter().map(Value::as_str).collect(),
        Some(Value::Object(places)) => {
            let mut codes: Vec<Option<&str>> = vec![None; places.len()];
            for (code, place) in places {
                let place = usize::try_from(place.as_u64()?).ok()?;
                let slot = codes.get_mut(place)?;
                if slot.replace(code).is_some() {
                    return None;
                }
            }
            codes.into_iter().collect()
        }
        Some(_) => None,
    }
}

fn add(builder: &mut Builder, row: u32, column: u32, text: &str) -> std::result::Result<(), Stop> {
    builder.add(Address::new(row, column), New::Text(text), Formula::None, 0)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alone(json: &str) -> Result<Workbook> {
        Workbook::read(json.as_bytes(), Path::new("moves.json"), &Options::default())
    }

    fn cells(json: &str) -> Vec<String> {
        let book = alone(json).unwrap();
        let mut rows: Vec<String> = vec![];
        for cell in book.sheets[0].filled() {
            let row = cell.at.row as usize;
            rows.resize(rows.len().max(row + 1), String::new());
            rows[row] += &format!("{}={} ", cell.at, cell.content.shown());
        }
        rows.iter().map(|row| row.trim_end().to_owned()).collect()
    }

    const HEAD: &str = r#""version": "2.0", "class": "dataset", "id": ["region", "time"], "size": [2, 2],
        "dimension": {
            "region": {"category": {"index": {"N-2": 1, "N-1": 0}}},
            "time": {"category": {"index": ["2029", "2030"]}}
        }"#;

    #[test]
    fn a_dataset_is_a_row_for_each_value() {
        let full = cells(&format!(
            "\u{feff}{{{HEAD}, \"value\": [640, null, -95.5, \"x\"], \"status\": [null, \"M\", \"P\", null]}}"
        ));
        assert_eq!(
            full,
            [
                "A1=region B1=time C1=value D1=status",
                "A2=N-1 B2=2029 C2=640",
                "A3=N-1 B3=2030 D3=M",
                "A4=N-2 B4=2029 C4=-95.5 D4=P",
                "A5=N-2 B5=2030 C5=x"
            ]
        );
        let sparse =
            cells(&format!("{{{HEAD}, \"value\": {{\"2\": 7}}, \"status\": {{\"3\": \"M\"}}}}"));
        assert_eq!(sparse[1..], ["A2=N-2 B2=2029 C2=7", "A3=N-2 B3=2030 D3=M"]);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let vast = HEAD.replace("[2, 2]", "[18446744073709551615, 2]");
        for (json, code, words) in [
            (format!("{{{HEAD}, \"value\": [1, 2, 3]}}"), "K1202", "3 values but 4"),
            (format!("{{{HEAD}, \"value\": {{\"4\": 1}}}}"), "K1202", "`4` is not a place"),
            (format!("{{{HEAD}, \"value\": [1, 2, 3, true]}}"), "K1202", "`true` is not a value"),
            (format!("{{{HEAD}, \"value\": 7}}"), "K1202", "not a list"),
            (
                format!("{{{HEAD}, \"value\": [1,2,3,4], \"status\": [\"A\", \"B\"]}}"),
                "K1202",
                "status",
            ),
            (format!("{{{vast}, \"value\": {{}}}}"), "K1202", "the size"),
            (
                format!("{{{}, \"value\": []}}", HEAD.replace("\"N-1\": 0", "\"N-1\": 1")),
                "K1202",
                "without gaps",
            ),
            (format!("{{{}, \"value\": []}}", HEAD.replace("2.0", "1.0")), "K1201", "version"),
            (
                format!("{{{}, \"value\": []}}", HEAD.replace("\"dataset\"", "\"collection\"")),
                "K1201",
                "collection",
            ),
            ("{\"a\": 1}".to_owned(), "K1201", "another kind"),
            ("{\"a\": ".to_owned(), "K1202", "not JSON"),
        ] {
            assert!(is_json(json.as_bytes()), "{json}");
            let found = alone(&json).unwrap_err();
            assert_eq!(found[0].code.as_str(), code, "{json}: {found:?}");
            assert!(found[0].notes.iter().any(|note| note.contains(words)), "{json}: {found:?}");
        }
        assert!(!is_json(b"{a};b\n"));
    }
}
