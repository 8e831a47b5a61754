//! Tables in long form: `[columns]` in the place of areas, and dimensions that name their column.

use super::super::areas::{Anchor, Bounds, Side};
use super::super::lookup::Lookup;
use super::super::names::folded;
use super::super::select::Selection;
use super::super::written::{Which, WrittenDimension, WrittenRecipe};
use super::reader::Reader;
use super::{BODY, Extent, HEAD, How, Ignore};
use crate::diag::Place;

impl Reader<'_> {
    /// The areas of a table in long form: its head, and what is below it.
    pub(super) fn long_form(&mut self, written: &WrittenRecipe) -> Vec<Bounds> {
        let Some(columns) = &written.columns else { return vec![] };
        let place = self.text.place(columns.span());
        let head = Selection {
            texts: vec![folded(&columns.get_ref().value)],
            place: Some(place.clone()),
            ..Selection::default()
        };
        let bounds = |name: &str, top: (Side, Anchor), rows: Option<u32>| Bounds {
            name: name.to_owned(),
            top: Some(top),
            left: None,
            bottom: None,
            right: None,
            rows,
            columns: None,
            or_end: false,
            place: Some(place.clone()),
        };
        self.areas.extend([HEAD.to_owned(), BODY.to_owned()]);
        let anchor = Anchor::Cell(Box::new(head), Some(Which::First));
        vec![
            bounds(HEAD, (Side::At, anchor), Some(1)),
            bounds(BODY, (Side::Beside, Anchor::Area(HEAD.to_owned())), None),
        ]
    }

    /// The columns of a table in long form that are left out.
    pub(super) fn ignored_columns(&mut self, written: &WrittenRecipe) -> Vec<Ignore> {
        let Some(columns) = &written.columns else { return vec![] };
        let place = self.text.place(columns.span());
        let mut all = vec![];
        for (head, because) in &columns.get_ref().ignore {
            if because.trim().is_empty() {
                self.refuse(
                    &place,
                    message!("there is no reason why the column `{head}` is left out", head),
                );
            }
            let selection = under(head, &place);
            all.push(Ignore { selection, extent: Extent::Cell, because: because.clone() });
        }
        all
    }

    /// A dimension that a column of a table in long form says.
    pub(super) fn of_column(
        &mut self,
        head: &str,
        written: &WrittenDimension,
        place: &Place,
    ) -> How {
        let name = &written.name;
        if !self.areas.iter().any(|area| area == BODY) {
            self.refuse(
                place,
                message!("`{name}` is read from a column, but there are no `[columns]`", name),
            );
            self.hint(Some(message!(
                "name the column of figures: `[columns]` with `value = \"HEAD\"`"
            )));
        }
        let others = written.value.is_some()
            || written.cells.is_some()
            || written.title.is_some()
            || written.name_of.is_some()
            || written.join.is_some()
            || written.directly.is_some()
            || written.closest.is_some()
            || written.by.is_some();
        if others {
            self.refuse(
                place,
                message!("`{name}` has `column` together with another key for the same", name),
            );
        }
        How::Header(under(head, place), Lookup::Row)
    }

    /// The cells of the column that says a dimension once more.
    pub(super) fn repeated(
        &mut self,
        written: &WrittenDimension,
        place: &Place,
    ) -> Option<Selection> {
        let head = written.repeated_in.as_ref()?;
        if written.column.is_none() {
            let name = &written.name;
            self.refuse(place, message!("`{name}` has `repeated-in`, but names no `column`", name));
            self.hint(Some(message!("write `column = \"HEAD\"` for the column that counts")));
        }
        Some(under(head, place))
    }
}

/// The cells of a column of a table in long form.
fn under(head: &str, place: &Place) -> Selection {
    Selection {
        within: Some(BODY.to_owned()),
        under: vec![head.to_owned()],
        place: Some(place.clone()),
        ..Selection::default()
    }
}
