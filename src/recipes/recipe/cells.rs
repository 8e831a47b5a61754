//! Which cells are meant: selections, anchors, and areas between anchors.

use super::super::areas::{Anchor, Bounds, Side};
use super::super::names::folded;
use super::super::select::Selection;
use super::super::written::{WrittenAnchor, WrittenArea, WrittenSelection};
use super::reader::Reader;
use crate::diag::{Message, Place};

impl Reader<'_> {
    pub(super) fn selection(&mut self, written: &WrittenSelection, place: &Place) -> Selection {
        let own = |spanned: &crate::diag::Spanned<String>| self.text.place(spanned.span());
        let within_place = written.within.as_ref().map(own);
        let pattern_place = written.pattern.as_ref().map(own);
        if let (Some(within), Some(place)) = (&written.within, within_place) {
            self.known_area(within.get_ref(), &place);
        }
        let pattern = written
            .pattern
            .as_ref()
            .zip(pattern_place)
            .and_then(|(pattern, place)| self.regex(pattern.get_ref(), &place));
        Selection {
            within: written.within.as_ref().map(|name| name.get_ref().clone()),
            texts: written.text.all().iter().map(|text| folded(text)).collect(),
            pattern,
            lexicon: written.lexicon.as_ref().map(|name| name.get_ref().clone()),
            bold: written.bold,
            italic: written.italic,
            indent: written.indent,
            holds: written.holds,
            column: written.column,
            row: written.row,
            under: written.under.all().to_vec(),
            except: written
                .except
                .iter()
                .map(|one| self.selection(&one.clone().into(), place))
                .collect(),
            place: Some(place.clone()),
        }
    }

    pub(super) fn area(&mut self, name: &str, written: &WrittenArea, place: Place) -> Bounds {
        let mut edge = |at: Option<&crate::diag::Spanned<WrittenAnchor>>,
                        beside: Option<&crate::diag::Spanned<WrittenAnchor>>,
                        words: Message| {
            match (at, beside) {
                (Some(_), Some(_)) => {
                    self.refuse(
                        &place,
                        message!("the area `{name}` has both of {words}", name, words),
                    );
                    None
                }
                (Some(one), None) => {
                    let place = self.text.place(one.span());
                    Some((Side::At, self.anchor(one.get_ref(), &place)))
                }
                (None, Some(one)) => {
                    let place = self.text.place(one.span());
                    Some((Side::Beside, self.anchor(one.get_ref(), &place)))
                }
                (None, None) => None,
            }
        };
        let from = written.from.as_ref();
        let until = written.until.as_ref();
        let top = edge(
            from.and_then(|from| from.at.as_ref()),
            from.and_then(|from| from.below.as_ref()),
            message!("`at` and `below`"),
        );
        let left = edge(
            from.and_then(|from| from.at_column.as_ref()),
            from.and_then(|from| from.right_of.as_ref()),
            message!("`at-column` and `right-of`"),
        );
        let bottom = edge(
            until.and_then(|until| until.at.as_ref()),
            until.and_then(|until| until.above.as_ref()),
            message!("`at` and `above`"),
        );
        let right = edge(
            until.and_then(|until| until.at_column.as_ref()),
            until.and_then(|until| until.left_of.as_ref()),
            message!("`at-column` and `left-of`"),
        );
        for (count, end, word) in
            [(written.rows, &bottom, "rows"), (written.columns, &right, "columns")]
        {
            if count == Some(0) {
                self.refuse(
                    &place,
                    message!("the area `{name}` cannot have no {word}", name, word),
                );
            } else if count.is_some() && end.is_some() {
                self.refuse(
                    &place,
                    message!("the area `{name}` has both `{word}` and an end", name, word),
                );
            }
        }
        Bounds {
            name: name.to_owned(),
            top,
            left,
            bottom,
            right,
            rows: written.rows,
            columns: written.columns,
            or_end: until.is_some_and(|until| until.or_end),
            place: Some(place),
        }
    }

    fn anchor(&mut self, written: &WrittenAnchor, place: &Place) -> Anchor {
        if let Some(area) = &written.area {
            self.known_area(area, place);
            return Anchor::Area(area.clone());
        }
        if let Some(area) = &written.within {
            self.known_area(area, place);
        }
        let pattern = written.pattern.as_ref().and_then(|pattern| self.regex(pattern, place));
        let selection = Selection {
            within: written.within.clone(),
            texts: written.text.all().iter().map(|text| folded(text)).collect(),
            pattern,
            lexicon: written.lexicon.clone(),
            bold: written.bold,
            holds: written.holds,
            place: Some(place.clone()),
            ..Selection::default()
        };
        let says_nothing = written.text.all().is_empty()
            && written.pattern.is_none()
            && written.lexicon.is_none()
            && written.holds.is_none()
            && written.bold.is_none();
        if says_nothing {
            self.refuse(place, message!("this anchor does not describe a cell"));
            self.hint(Some(message!("write its `text`, a `pattern` or a `lexicon`")));
        }
        Anchor::Cell(Box::new(selection), written.which)
    }
}
