//! What figures are of: where each dimension is said, and how its text becomes a code.

use std::sync::Arc;

use super::super::lookup::Lookup;
use super::super::names::folded;
use super::super::periods::PeriodRules;
use super::super::written::{By, Read, WrittenDimension, WrittenRecipe};
use super::reader::Reader;
use super::{Dimension, How, Piece};
use crate::diag::{Place, did_you_mean};

impl Reader<'_> {
    pub(super) fn dimensions(&mut self, written: &WrittenRecipe, whole: &Place) -> Vec<Dimension> {
        let names: Vec<&str> =
            written.dimensions.iter().map(|one| one.get_ref().name.as_str()).collect();
        let mut dimensions: Vec<Dimension> = vec![];
        for (at, spanned) in written.dimensions.iter().enumerate() {
            let place = self.text.place(spanned.span());
            let name = names[at];
            if names[..at].contains(&name) {
                self.refuse(&place, message!("the dimension `{name}` is described twice", name));
            }
            dimensions.push(self.dimension(spanned.get_ref(), &names, &place));
        }
        if dimensions.is_empty() {
            self.refuse(whole, message!("the recipe has no dimensions"));
        }
        // What only gives a part of another's text is no column of the table.
        let parts: Vec<usize> = dimensions
            .iter()
            .filter_map(|dimension| match &dimension.how {
                How::Join(pieces) => Some(pieces),
                _ => None,
            })
            .flatten()
            .filter_map(|piece| match piece {
                Piece::Of(part) => Some(*part),
                Piece::Text(_) => None,
            })
            .collect();
        for part in parts {
            if let Some(dimension) = dimensions.get_mut(part) {
                dimension.is_column = false;
                if matches!(dimension.how, How::Join(_)) {
                    let place = dimension.place.clone();
                    self.refuse(&place, message!("a joined text cannot be a part of another"));
                }
            }
        }
        for own in &dimensions {
            let is_constant = matches!(own.how, How::Constant(_) | How::Sentence);
            if own.is_column && !is_constant && own.read.is_none() && own.codes.is_empty() {
                self.refuse(
                    &own.place,
                    message!(
                        "the recipe does not say how `{name}` becomes a code",
                        name = own.name
                    ),
                );
                self.hint(Some(message!(
                    "write `read = \"name\"`, `\"period\"` or `\"code\"`, or a table `codes`"
                )));
            }
        }
        dimensions
    }

    fn dimension(
        &mut self,
        written: &WrittenDimension,
        names: &[&str],
        place: &Place,
    ) -> Dimension {
        let name = &written.name;
        let how = match &written.column {
            Some(head) => self.of_column(head, written, place),
            None => self.how(written, names, place),
        };
        let repeated = self.repeated(written, place);
        let part = written.part.as_ref().and_then(|part| {
            let place = self.text.place(part.span());
            self.regex(part.get_ref(), &place)
        });
        let parent = written.parent.as_ref().and_then(|parent| {
            let at = names.iter().position(|known| known == parent);
            if at.is_none() {
                self.refuse(place, message!("there is no dimension `{parent}`", parent));
                let hint = did_you_mean(parent, names.iter().copied());
                self.hint(hint);
            }
            at
        });
        let is_period = written.read == Some(Read::Period);
        let asks_period = written.quarters.is_some()
            || written.months.is_some()
            || written.stock.is_some()
            || written.dates.is_some();
        if asks_period && !is_period {
            self.refuse(
                place,
                message!("`{name}` has keys for periods, but is not read as a period", name),
            );
            self.hint(Some(message!("write `read = \"period\"`")));
        }
        if written.read.is_some() && !written.codes.is_empty() && !is_period {
            self.refuse(place, message!("`{name}` has both `read` and `codes`", name));
            self.hint(Some(message!("delete one of them: a text is looked up in one place")));
        }
        let codes = written
            .codes
            .iter()
            .map(|(text, code)| (folded(text), Arc::from(code.as_str())))
            .collect();
        Dimension {
            name: name.clone(),
            how,
            part,
            read: written.read,
            codes,
            texts: written.codes.keys().cloned().collect(),
            repeated,
            parent,
            otherwise: written.otherwise.as_deref().map(Arc::from),
            rules: PeriodRules {
                quarters: written.quarters,
                months: written.months,
                stock: written.stock,
                dates: written.dates,
            },
            is_column: true,
            place: place.clone(),
        }
    }

    fn how(&mut self, written: &WrittenDimension, names: &[&str], place: &Place) -> How {
        let name = &written.name;
        let given = [
            written.value.is_some(),
            written.cells.is_some(),
            written.title.is_some(),
            written.name_of.is_some(),
            written.join.is_some(),
        ];
        let count = given.iter().filter(|given| **given).count();
        if count == 0 && self.has_sentences && written.read.is_none() {
            return How::Sentence;
        }
        if count != 1 {
            self.refuse(
                place,
                message!(
                    "`{name}` needs exactly one of `cells`, `value`, `title`, `name-of` and `join`",
                    name
                ),
            );
        }
        let lookups = [
            written.directly.map(Lookup::Directly),
            written.closest.map(Lookup::Closest),
            written.by.map(|By::Merge| Lookup::Merge),
        ];
        let lookups: Vec<Lookup> = lookups.into_iter().flatten().collect();
        if let Some(cells) = &written.cells {
            let selection = self.selection(cells, place);
            let lookup = match lookups[..] {
                [one] => one,
                _ => {
                    self.refuse(
                        place,
                        message!("`{name}` needs exactly one of `directly`, `closest` and `by = \"merge\"`", name),
                    );
                    Lookup::Merge
                }
            };
            if matches!(lookup, Lookup::Closest(_)) && selection.within.is_none() {
                self.refuse(
                    place,
                    message!("`{name}` is looked up by `closest` without an area", name),
                );
                self.hint(Some(message!(
                    "write `in = \"AREA\"`: without it a header could get the figures of \
                    another one"
                )));
            }
            return How::Header(selection, lookup);
        }
        if !lookups.is_empty() {
            self.refuse(place, message!("`{name}` has no `cells` to look up", name));
        }
        if let Some(title) = &written.title {
            return How::Title(self.selection(title, place));
        }
        if let Some(of) = written.name_of {
            return How::NameOf(of);
        }
        if let Some(join) = &written.join {
            return How::Join(self.pieces(join, names, place));
        }
        How::Constant(written.value.as_deref().unwrap_or_default().into())
    }

    /// The pieces of `"{months} {year}"`.
    fn pieces(&mut self, join: &str, names: &[&str], place: &Place) -> Vec<Piece> {
        let mut pieces = vec![];
        let mut rest = join;
        while let Some((before, behind)) = rest.split_once('{') {
            let (name, after) = behind.split_once('}').unwrap_or((behind, ""));
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            match names.iter().position(|known| *known == name) {
                Some(at) => pieces.push(Piece::Of(at)),
                None => {
                    self.refuse(
                        place,
                        message!("there is no dimension `{name}` to be joined", name),
                    );
                    let hint = did_you_mean(name, names.iter().copied());
                    self.hint(hint);
                }
            }
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        pieces
    }
}
