//! Rows written into the text of a table, in its order, with its separators, line ends and quotes. Every file of rows that
//! kosh writes for people to read and change is written here.
//!
//! In: the text of a CSV file and new rows by column. Out: the new text, and the line of each new row. Every
//! byte of the rows that were there stays as it is, so taking these lines out again gives the old text.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;

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
pub struct NewRows<'a, 'f> {
    /// How many there are.
    pub count: usize,
    /// The fields of a column.
    pub column: &'a dyn Fn(&str) -> Fields<'f>,
}

/// What rows say in a column: puts the field of a row behind a text; nothing where the row says nothing.
pub type Fields<'a> = Box<dyn Fn(usize, &mut String) + 'a>;

/// The columns of rows of which each field is made by itself.
pub fn by_field<'a>(field: &'a dyn Fn(usize, &str) -> String) -> impl Fn(&str) -> Fields<'a> + 'a {
    move |column: &str| {
        let column = column.to_owned();
        Box::new(move |row, out| out.push_str(&field(row, &column)))
    }
}

/// Puts rows into a text. `orders` are lists of columns by which the rows may be sorted: the first by which the
/// old ones are decides where new ones go; where none fits, they go to the end.
pub(super) fn insert(
    text: &str,
    delimiter: u8,
    rows: NewRows<'_, '_>,
    orders: &[Vec<String>],
) -> Option<Inserted> {
    let header = header(text, delimiter)?;
    let order = order(text, delimiter, &header, orders)?;
    let (head, old) = split(text, delimiter)?;
    let columns: Vec<Fields> = header.iter().map(|name| (rows.column)(name)).collect();
    let newline = if text.split_once('\n').is_some_and(|(line, _)| line.ends_with('\r')) {
        "\r\n"
    } else {
        "\n"
    };
    // Each new row with the number of old rows before it.
    let new = match order {
        Some(order) => placed(text, delimiter, &order, &columns, rows.count)?,
        None => (0..rows.count).map(|number| (old.len(), number)).collect(),
    };
    let mut written = String::with_capacity(text.len() + rows.count * 64);
    let mut line = 1;
    let mut lines = vec![0; rows.count];
    let put = |written: &mut String, line: &mut usize, bytes: &str| {
        written.push_str(bytes);
        *line += bytes.matches('\n').count();
        if !bytes.ends_with('\n') {
            written.push_str(newline);
            *line += 1;
        }
    };
    put(&mut written, &mut line, head);
    let mut new = new.into_iter().peekable();
    let mut field = String::new();
    for number in 0..=old.len() {
        while let Some((_, own)) = new.next_if(|(before, _)| *before == number) {
            lines[own] = line;
            for (at, column) in columns.iter().enumerate() {
                if at > 0 {
                    written.push(char::from(delimiter));
                }
                field.clear();
                column(own, &mut field);
                push_field(&mut written, &field, delimiter);
            }
            // Each new row is one line.
            written.push_str(newline);
            line += 1;
        }
        if let Some(bytes) = old.get(number) {
            put(&mut written, &mut line, bytes);
        }
    }
    Some(Inserted { text: written, lines })
}

/// Puts rows behind those of a text, in the order in which they are given; `None` if it is no table.
pub fn append(text: &str, delimiter: u8, rows: NewRows<'_, '_>) -> Option<Inserted> {
    insert(text, delimiter, rows, &[])
}

/// The first line of a table that has no rows yet.
pub fn header_line(columns: &[String], delimiter: u8) -> String {
    let mut line = String::new();
    for (at, column) in columns.iter().enumerate() {
        if at > 0 {
            line.push(char::from(delimiter));
        }
        push_field(&mut line, column, delimiter);
    }
    line.push('\n');
    line
}

/// The columns of a text; `None` for one that is no table.
fn header(text: &str, delimiter: u8) -> Option<Vec<String>> {
    let mut fields = vec![];
    csv::Reader::new(text, delimiter).next(&mut fields)?.ok()?;
    Some(fields.iter().map(|field| field.text.to_string()).collect())
}

/// What a record says in a column.
fn said<'f>(fields: &'f [csv::Field<'_>], at: usize) -> &'f str {
    fields.get(at).map_or("", |field| &*field.text)
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
    let mut are_sorted = vec![true; orders.len()];
    let mut reader = csv::Reader::new(text, delimiter);
    let (mut fields, mut before, mut count) = (vec![], vec![], 0);
    while let Some(record) = reader.next(&mut fields) {
        record.ok()?;
        count += 1;
        for (order, is_sorted) in orders.iter().zip(&mut are_sorted).filter(|_| count > 2) {
            let compared = order.iter().map(|at| said(&before, *at).cmp(said(&fields, *at)));
            *is_sorted &= compared.fold(Ordering::Equal, Ordering::then).is_le();
        }
        std::mem::swap(&mut fields, &mut before);
    }
    let sorted = orders.into_iter().zip(are_sorted).find(|(_, is_sorted)| *is_sorted);
    Some(sorted.filter(|_| count > 1).map(|(order, _)| order))
}

/// The bytes of the header, and those of each row: with its line end, and empty lines behind it.
fn split(text: &str, delimiter: u8) -> Option<(&str, Vec<&str>)> {
    let mut reader = csv::Reader::new(text, delimiter);
    let mut fields = vec![];
    let mut starts: Vec<usize> = vec![];
    while let Some(record) = reader.next(&mut fields) {
        record.ok()?;
        starts.push(fields.first()?.range.start);
    }
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([text.len()]).collect();
    let head = &text[..*ends.first()?];
    let rows = starts.into_iter().zip(ends).skip(1);
    Some((head, rows.map(|(start, end)| &text[start..end]).collect()))
}

/// The new rows in the order of the table, each with the number of old rows before it.
fn placed(
    text: &str,
    delimiter: u8,
    order: &[usize],
    columns: &[Fields<'_>],
    count: usize,
) -> Option<Vec<(usize, usize)>> {
    let mut ranks: Vec<Ranks> = order.iter().map(|_| Ranks::default()).collect();
    let mut reader = csv::Reader::new(text, delimiter);
    let (mut fields, mut old) = (vec![], 0);
    reader.next(&mut fields)?.ok()?;
    while let Some(record) = reader.next(&mut fields) {
        record.ok()?;
        old += 1;
        for (ranks, at) in ranks.iter_mut().zip(order) {
            ranks.add(said(&fields, *at));
        }
    }
    let mut field = String::new();
    for (ranks, at) in ranks.iter_mut().zip(order) {
        for number in 0..count {
            field.clear();
            columns[*at](number, &mut field);
            ranks.add(&field);
        }
    }
    let keys = keys(ranks, old + count);
    let (old, new) = keys.split_at(old);
    let mut new: Vec<(u64, usize)> = new.iter().copied().zip(0..count).collect();
    new.sort_unstable();
    let mut before = 0;
    let place = |(key, number): (u64, usize)| {
        before += old[before..].iter().take_while(|own| **own <= key).count();
        (before, number)
    };
    Some(new.into_iter().map(place).collect())
}

/// The texts of a column, each with its number: rows are compared by numbers, not by texts.
#[derive(Default)]
struct Ranks {
    numbers: HashMap<String, u32>,
    of_rows: Vec<u32>,
    /// The last text, since neighbouring rows often have the same.
    last: String,
}

impl Ranks {
    fn add(&mut self, text: &str) {
        if let Some(number) = self.of_rows.last().filter(|_| self.last == text) {
            self.of_rows.push(*number);
            return;
        }
        let next = self.numbers.len() as u32;
        let number = match self.numbers.get(text) {
            Some(number) => *number,
            None => *self.numbers.entry(text.to_owned()).or_insert(next),
        };
        self.of_rows.push(number);
        text.clone_into(&mut self.last);
    }

    /// For each row the rank of its text, and how many texts there are.
    fn finish(self) -> (Vec<u32>, u64) {
        let mut texts: Vec<(String, u32)> = self.numbers.into_iter().collect();
        texts.sort_unstable();
        let mut ranks = vec![0; texts.len()];
        for (rank, (_, number)) in (0..).zip(&texts) {
            ranks[*number as usize] = rank;
        }
        let of_rows = self.of_rows.into_iter().map(|number| ranks[number as usize]).collect();
        (of_rows, texts.len() as u64)
    }
}

/// For each row a number by which rows are in the order of their texts, column by column.
fn keys(columns: Vec<Ranks>, rows: usize) -> Vec<u64> {
    let (mut keys, mut possible) = (vec![0_u64; rows], 1_u64);
    for column in columns {
        let (ranks, count) = column.finish();
        if possible.checked_mul(count).is_none() {
            let mut distinct = keys.clone();
            distinct.sort_unstable();
            distinct.dedup();
            for key in &mut keys {
                *key = distinct.partition_point(|own| own < key) as u64;
            }
            // There are fewer rows than bytes in a file of 4 GiB, and fewer texts than rows.
            possible = distinct.len() as u64;
        }
        for (key, rank) in keys.iter_mut().zip(ranks) {
            *key = *key * count + u64::from(rank);
        }
        possible *= count.max(1);
    }
    keys
}

/// Writes a field. A line end in it becomes a space: each row is one line.
fn push_field(out: &mut String, field: &str, delimiter: u8) {
    let text = match field.contains(['\r', '\n']) {
        true => Cow::Owned(field.replace(['\r', '\n'], " ")),
        false => Cow::Borrowed(field),
    };
    // A separator, a quotation mark or a blank at either end would be read otherwise.
    match text.contains([char::from(delimiter), '"']) || text.trim() != text {
        true => {
            out.push('"');
            out.push_str(&text.replace('"', "\"\""));
            out.push('"');
        }
        false => out.push_str(&text),
    }
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
        let column = by_field(&field);
        super::insert(text, delimiter, NewRows { count: rows.len(), column: &column }, orders)
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
    fn rows_go_where_sorting_all_of_them_would_put_them() {
        let texts = ["", "a", "ab", "b", "ё", "я"];
        let of = |number: usize| -> Vec<&'static str> {
            [7, 3, 5].iter().map(|factor| texts[number * factor / 2 % texts.len()]).collect()
        };
        let columns = by(&["x", "y", "z"]);
        let line = |row: &[&str]| row.join(";") + "\n";
        for count in [0, 1, 2, 9, 40] {
            let mut old: Vec<Vec<&'static str>> = (100..100 + count).map(of).collect();
            old.sort();
            let text: String = std::iter::once("x;y;z\n".to_owned())
                .chain(old.iter().map(|row| line(row)))
                .collect();
            let new: Vec<Fields> =
                (0..30).map(|n| ["x", "y", "z"].into_iter().zip(of(n)).collect()).collect();
            let put = insert(&text, b';', &new, std::slice::from_ref(&columns)).unwrap();
            let mut all: Vec<Vec<&'static str>> =
                old.iter().cloned().chain((0..30).map(of)).collect();
            // A table without rows has no order yet.
            if count > 0 {
                all.sort();
            }
            let expected: String = all.iter().map(|row| line(row)).collect();
            assert_eq!(put.text, format!("x;y;z\n{expected}"), "{count}");
            let lines: Vec<&str> = put.text.lines().collect();
            for (number, at) in put.lines.iter().enumerate() {
                assert_eq!(lines[at - 1], of(number).join(";"), "{count} {number}");
            }
        }
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
            let column = by_field(&field);
            let rows = NewRows { count: 1, column: &column };
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
