//! A part of a plan, for one of several machines.

use std::str::FromStr;

/// Part `index` of `count`, counted from 1: `2/8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    index: usize,
    count: usize,
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts =
            text.split_once('/').and_then(|(i, n)| Some((i.parse().ok()?, n.parse().ok()?)));
        match parts {
            Some((index, count)) if 1 <= index && index <= count => Ok(Self { index, count }),
            _ => Err("write the part and the number of parts, for example 1/4".to_owned()),
        }
    }
}

impl Shard {
    /// The items of this part. Neighbours, which share inputs, stay together, and the sizes of parts
    /// differ by at most one.
    pub fn of<T>(self, items: Vec<T>) -> Vec<T> {
        let at = |index: usize| items.len() * index / self.count;
        let (from, to) = (at(self.index - 1), at(self.index));
        items.into_iter().skip(from).take(to - from).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_make_the_whole_and_none_is_larger_than_another_by_more_than_one() {
        for length in [0, 1, 7, 80, 81] {
            let items: Vec<usize> = (0..length).collect();
            for count in [1, 2, 3, 8, 100] {
                let parts: Vec<Vec<usize>> =
                    (1..=count).map(|index| Shard { index, count }.of(items.clone())).collect();
                assert_eq!(parts.concat(), items);
                let sizes = || parts.iter().map(Vec::len);
                assert!(sizes().max().unwrap() - sizes().min().unwrap() <= 1);
            }
        }
    }

    #[test]
    fn a_part_is_written_as_a_fraction() {
        assert_eq!("2/8".parse(), Ok(Shard { index: 2, count: 8 }));
        for text in ["", "2", "0/8", "9/8", "1/0", "a/b", "1/2/3"] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }
}
