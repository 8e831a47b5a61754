//! Rows written into the text of a table, in its order, with its separators, line ends and quotes. Every file of rows that
//! kosh writes for people to read and change is written here.
//!
//! In: the text of a CSV file and new rows by column. Out: the new text, and the line of each new row. Every
//! byte of the rows that were there stays as it is, so taking these lines out again gives the old text.

use std::borrow::Cow;

use super::csv;

/// A text with rows put into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inserted {
    /// The text.
    pub text: String,
    /// The line of each new row, from 1, in the order in which the rows were given.
    pub lines: Vec<usize>,
}

/// New rows, made field by field when they are asked for, so that a million of them need no room.
#[derive(Clone, Copy)]
pub struct NewRows<'a> {
    /// How many there are.
    pub count: usize,
    /// What a row says in a column; nothing where it says nothing.
    pub field: &'a dyn Fn(usize, &str) -> String,
}

/// Between two fields of a key: no field has it, and it comes before all that one may have.
const BETWEEN: char = '\u{1}';

/// Puts rows into a text. `orders` are lists of columns by which the rows may be sorted: the first by which the
/// old ones are decides where new ones go; where none fits, they go to the end.
pub(super) fn insert(
    text: &str,
    delimiter: u8,
    rows: NewRows<'_>,
    orders: &[Vec<String>],
) -> Option<Inserted> {
    let header = header(text, delimiter)?;
    let order = order(text, delimiter, &header, orders)?;
    let (head, old) = split(text, delimiter, order.as_deref())?;
    let newline = if text.split_once('\n').is_some_and(|(line, _)| line.ends_with('\r')) {
        "\r\n"
    } else {
        "\n"
    };
    // Each new row with the number of old rows before it.
    let mut new: Vec<(usize, String, usize)> = (0..rows.count)
        .map(|number| match &order {
            Some(order) => {
                let fields = order.iter().map(|at| (rows.field)(number, &header[*at]));
                let key = joined(fields);
                (old.partition_point(|(own, _)| *own <= key), key, number)
            }
            None => (old.len(), String::new(), number),
        })
        .collect();
    new.sort();
    let mut written = String::with_capacity(text.len() + rows.count * 64);
    let mut line = 1;
    let mut lines = vec![0; rows.count];
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
            let fields = header.iter().map(|name| (rows.field)(own, name).into());
            let bytes = record(fields, delimiter);
            lines[own] = put(&mut written, &bytes);
        }
        if let Some((_, bytes)) = old.get(number) {
            put(&mut written, bytes);
        }
    }
    Some(Inserted { text: written, lines })
}

/// Puts rows behind those of a text, in the order in which they are given; `None` if it is no table.
pub fn append(text: &str, delimiter: u8, rows: NewRows<'_>) -> Option<Inserted> {
    insert(text, delimiter, rows, &[])
}

/// The first line of a table that has no rows yet.
pub fn header_line(columns: &[String], delimiter: u8) -> String {
    record(columns.iter().map(|column| column.as_str().into()), delimiter) + "\n"
}

fn joined(fields: impl Iterator<Item = String>) -> String {
    let mut key = String::new();
    for field in fields {
        key.push_str(&field);
        key.push(BETWEEN);
    }
    key
}

/// The columns of a text; `None` for one that is no table.
fn header(text: &str, delimiter: u8) -> Option<Vec<String>> {
    let mut fields = vec![];
    csv::Reader::new(text, delimiter).next(&mut fields)?.ok()?;
    Some(fields.iter().map(|field| field.text.to_string()).collect())
}

/// The key of a record.
fn key(fields: &[csv::Field<'_>], order: &[usize]) -> String {
    let field = |at: &usize| fields.get(*at).map_or_else(String::new, |own| own.text.to_string());
    joined(order.iter().map(field))
}

/// The first order by which the rows of a text are sorted, as places of columns.
fn order(
    text: &str,
    delimiter: u8,
    header: &[String],
    orders: &[Vec<String>],
) -> Option<Option<Vec<usize>>> {
    let place = |name: &String| header.iter().position(|column| column == name);
    let orders: Vec<Vec<usize>> = orders
        .iter()
        .filter_map(|order| order.iter().map(place).collect::<Option<Vec<_>>>())
        .collect();
    let mut last: Vec<Option<String>> = vec![Some(String::new()); orders.len()];
    let mut reader = csv::Reader::new(text, delimiter);
    let (mut fields, mut count) = (vec![], 0);
    while let Some(record) = reader.next(&mut fields) {
        record.ok()?;
        count += 1;
        if count == 1 {
            continue;
        }
        for (order, last) in orders.iter().zip(&mut last) {
            if let Some(before) = last {
                let own = key(&fields, order);
                *last = (*before <= own).then_some(own);
            }
        }
    }
    let sorted = orders.into_iter().zip(last).find(|(_, last)| last.is_some());
    Some(sorted.filter(|_| count > 1).map(|(order, _)| order))
}

/// Rows with their keys: each with its line end, and empty lines behind it.
type Rows<'t> = Vec<(String, &'t str)>;

/// The bytes of the header, and the rows.
fn split<'t>(text: &'t str, delimiter: u8, order: Option<&[usize]>) -> Option<(&'t str, Rows<'t>)> {
    let mut reader = csv::Reader::new(text, delimiter);
    let mut fields = vec![];
    let mut starts: Vec<(usize, String)> = vec![];
    while let Some(record) = reader.next(&mut fields) {
        record.ok()?;
        let key = order.map_or_else(String::new, |order| key(&fields, order));
        starts.push((fields.first()?.range.start, key));
    }
    let end = |number: usize| starts.get(number + 1).map_or(text.len(), |(start, _)| *start);
    let ends: Vec<usize> = (0..starts.len()).map(end).collect();
    let head = &text[..*ends.first()?];
    let rows = starts.into_iter().zip(ends).skip(1);
    Some((head, rows.map(|((start, key), end)| (key, &text[start..end])).collect()))
}

/// A line of a table without its end. A line end inside of a field becomes a space: each row is one line.
fn record<'f>(fields: impl Iterator<Item = Cow<'f, str>>, delimiter: u8) -> String {
    let separator = char::from(delimiter);
    let mut line = String::new();
    for (at, field) in fields.enumerate() {
        if at > 0 {
            line.push(separator);
        }
        let text = match field.contains(['\r', '\n']) {
            true => Cow::Owned(field.replace(['\r', '\n'], " ")),
            false => field,
        };
        // A separator, a quotation mark or a blank at either end would be read otherwise.
        match text.contains([separator, '"']) || text.trim() != text {
            true => line.push_str(&format!("\"{}\"", text.replace('"', "\"\""))),
            false => line.push_str(&text),
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::SourceText;

    type Fields = Vec<(&'static str, &'static str)>;

    fn row(fields: &[(&'static str, &'static str)]) -> Fields {
        fields.to_vec()
    }

    fn insert(
        text: &str,
        delimiter: u8,
        rows: &[Fields],
        orders: &[Vec<String>],
    ) -> Option<Inserted> {
        let field = |number: usize, name: &str| {
            let own = rows[number].iter().find(|(column, _)| *column == name);
            own.map_or_else(String::new, |(_, text)| (*text).to_owned())
        };
        super::insert(text, delimiter, NewRows { count: rows.len(), field: &field }, orders)
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

    #[test]
    fn what_is_written_is_read_again() {
        let fields = ["a", "b, c", "say \"d\"", "", " e ", "f;g"];
        let columns: Vec<String> = ["1", "2", "3", "4", "5", "6,7"].map(str::to_owned).to_vec();
        for delimiter in [b',', b';', b'\t'] {
            let empty = header_line(&columns, delimiter);
            let field = |_: usize, name: &str| {
                let at = columns.iter().position(|column| column == name).unwrap();
                fields[at].to_owned()
            };
            let rows = NewRows { count: 1, field: &field };
            let text = append(&empty, delimiter, rows).unwrap().text;
            let read = crate::data::records(&SourceText::new("t.csv", text), delimiter).unwrap();
            let texts = |row: &crate::data::Record| -> Vec<String> {
                row.1.iter().map(|(text, _)| text.clone()).collect()
            };
            assert_eq!(texts(&read[0]), columns);
            assert_eq!(texts(&read[1]), fields);
        }
        assert_eq!(header_line(&["a,b".into(), "c".into()], b';'), "a,b;c\n");
    }
}
