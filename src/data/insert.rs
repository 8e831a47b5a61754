//! Rows put into the text of a table, in its order, with its separators, line ends and quotes.
//!
//! In: the text of a CSV file and new rows by column. Out: the new text, and the line of each new row. Every
//! byte of the rows that were there stays as it is, so taking these lines out again gives the old text.

use std::collections::BTreeMap;

use super::csv;

/// A text with rows put into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inserted {
    /// The text.
    pub text: String,
    /// The line of each new row, from 1, in the order in which the rows were given.
    pub lines: Vec<usize>,
}

/// A row by column; a column that is left out is empty.
pub type NewRow = BTreeMap<String, String>;

/// A row that is there.
struct Old<'t> {
    /// Its fields, by the place of the column.
    fields: Vec<String>,
    /// Its bytes with the line end, and empty lines behind it.
    bytes: &'t str,
}

/// Puts rows into a text. `orders` are lists of columns by which the rows may be sorted: the first by which the
/// old ones are decides where new ones go; where none fits, they go to the end.
pub(super) fn insert(
    text: &str,
    delimiter: u8,
    rows: &[NewRow],
    orders: &[Vec<String>],
) -> Option<Inserted> {
    let (header, head, old) = split(text, delimiter)?;
    let newline = if text.split_once('\n').is_some_and(|(line, _)| line.ends_with('\r')) {
        "\r\n"
    } else {
        "\n"
    };
    let place = |name: &String| header.iter().position(|column| column == name);
    let orders =
        orders.iter().filter_map(|order| order.iter().map(place).collect::<Option<Vec<_>>>());
    let old_key = |row: &Old, order: &[usize]| -> Vec<String> {
        order.iter().map(|at| row.fields.get(*at).cloned().unwrap_or_default()).collect()
    };
    let is_sorted =
        |order: &Vec<usize>| old.is_sorted_by_key(|row| old_key(row, order)) && !old.is_empty();
    let all: Vec<Vec<usize>> = orders.collect();
    let order = all.iter().find(|order| is_sorted(order));
    let new_key = |row: &NewRow, order: &[usize]| -> Vec<String> {
        order.iter().map(|at| row.get(&header[*at]).cloned().unwrap_or_default()).collect()
    };
    // Each new row with the number of old rows before it.
    let mut new: Vec<(usize, Vec<String>, usize)> = rows
        .iter()
        .enumerate()
        .map(|(number, row)| match order {
            Some(order) => {
                let key = new_key(row, order);
                let before = old.partition_point(|old| old_key(old, order) <= key);
                (before, key, number)
            }
            None => (old.len(), vec![], number),
        })
        .collect();
    new.sort();
    let mut written = String::with_capacity(text.len() + rows.len() * 64);
    let mut line = 1;
    let mut lines = vec![0; rows.len()];
    let mut put = |written: &mut String, bytes: &str| {
        let start = line;
        written.push_str(bytes);
        line += bytes.matches('\n').count();
        if !bytes.ends_with('\n') {
            written.push_str(newline);
            line += 1;
        }
        start
    };
    put(&mut written, head);
    let mut new = new.into_iter().peekable();
    for number in 0..=old.len() {
        while let Some((_, _, own)) = new.next_if(|(before, _, _)| *before == number) {
            let bytes = record(&header, &rows[own], delimiter);
            lines[own] = put(&mut written, &bytes);
        }
        if let Some(old) = old.get(number) {
            put(&mut written, old.bytes);
        }
    }
    Some(Inserted { text: written, lines })
}

/// The columns, the bytes of the header, and the rows. `None` for a text that is no table.
fn split(text: &str, delimiter: u8) -> Option<(Vec<String>, &str, Vec<Old<'_>>)> {
    let mut reader = csv::Reader::new(text, delimiter);
    let mut fields = vec![];
    let mut starts: Vec<usize> = vec![];
    let mut all: Vec<Vec<String>> = vec![];
    while let Some(record) = reader.next(&mut fields) {
        record.ok()?;
        starts.push(fields.first()?.range.start);
        all.push(fields.iter().map(|field| field.text.to_string()).collect());
    }
    let mut all = all.into_iter();
    let header = all.next()?;
    let end = |number: usize| starts.get(number + 1).copied().unwrap_or(text.len());
    let head = &text[..end(0)];
    let rows = all
        .enumerate()
        .map(|(number, fields)| Old { fields, bytes: &text[starts[number + 1]..end(number + 1)] });
    Some((header, head, rows.collect()))
}

/// A row as a line without its end.
fn record(header: &[String], row: &NewRow, delimiter: u8) -> String {
    let separator = char::from(delimiter);
    let field = |name: &String| {
        // A line end inside of a field is none of a table's.
        let text = row.get(name).map_or_else(String::new, |text| text.replace(['\r', '\n'], " "));
        let needs_quotes = text.contains([separator, '"']) || text.trim() != text;
        if needs_quotes { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
    };
    header.iter().map(field).collect::<Vec<_>>().join(&separator.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(fields: &[(&str, &str)]) -> NewRow {
        fields.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    fn by(columns: &[&str]) -> Vec<String> {
        columns.iter().map(|column| (*column).to_owned()).collect()
    }

    #[test]
    fn a_row_goes_where_the_order_of_the_table_has_it() {
        let text = "period,region,value\n2024,A,1\n2024,C,3\n2026,A,5\n";
        let new = [
            row(&[("period", "2025"), ("region", "B"), ("value", "4")]),
            row(&[("period", "2024"), ("region", "B"), ("value", "2")]),
        ];
        let put = insert(text, b',', &new, &[by(&["period", "region"])]).unwrap();
        assert_eq!(
            put.text,
            "period,region,value\n2024,A,1\n2024,B,2\n2024,C,3\n2025,B,4\n2026,A,5\n"
        );
        assert_eq!(put.lines, [5, 3]);
    }

    #[test]
    fn a_table_without_order_gets_its_rows_at_the_end() {
        let text = "period,region,value\n2026,A,1\n2024,C,3";
        let new = [row(&[("period", "2025"), ("region", "x, \"y\""), ("value", "4")])];
        let put = insert(text, b',', &new, &[by(&["period", "region"]), by(&["region", "period"])]);
        let put = put.unwrap();
        // By region and period these rows are in order.
        assert_eq!(put.text, "period,region,value\n2026,A,1\n2024,C,3\n2025,\"x, \"\"y\"\"\",4\n");
        assert_eq!(put.lines, [4]);
        let put = insert("a,b\n2,x\n1,y\n", b',', &[row(&[("a", "1"), ("b", "z")])], &[by(&["a"])]);
        assert_eq!(put.unwrap().text, "a,b\n2,x\n1,y\n1,z\n");
    }

    #[test]
    fn separators_line_ends_and_old_bytes_stay() {
        let text = "\u{feff}a;b\r\n\"1\";x\r\n\r\n3;z\r\n";
        let put = insert(text, b';', &[row(&[("a", "2"), ("b", "y\nw")])], &[by(&["a"])]).unwrap();
        assert_eq!(put.text, "\u{feff}a;b\r\n\"1\";x\r\n\r\n2;y w\r\n3;z\r\n");
        assert_eq!(put.lines, [4]);
        assert!(insert("", b',', &[], &[]).is_none());
    }
}
