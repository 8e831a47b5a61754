//! Where figures stand and how they are written.

use super::super::values::Notation;
use super::super::written::WrittenRecipe;
use super::reader::Reader;
use super::{BODY, UNIT, Values};

impl Reader<'_> {
    pub(super) fn values(&mut self, written: &WrittenRecipe) -> Values {
        let values = &written.values;
        let long = written.columns.as_ref();
        let place = match (&values.within, long) {
            (Some(within), None) => self.text.place(within.span()),
            (_, Some(columns)) => self.text.place(columns.span()),
            (None, None) => self.text.place(0..0),
        };
        let within = match (&values.within, long) {
            (Some(within), None) => within.get_ref().clone(),
            (None, Some(_)) => BODY.to_owned(),
            (within, _) => {
                let both = within.is_some();
                let message = match both {
                    true => {
                        message!("the recipe has both `in` for an area of figures and `[columns]`")
                    }
                    false => message!("the recipe does not say where its figures are"),
                };
                self.refuse(&place, message);
                self.hint(Some(message!(
                    "write `in = \"AREA\"` under `[values]`, or use `[columns]` for a \
                    table with one row for each figure"
                )));
                String::new()
            }
        };
        let heads = match long {
            Some(columns) => vec![columns.get_ref().value.clone()],
            None => values.under.all().to_vec(),
        };
        if values.decimal.is_some_and(|mark| !matches!(mark, ',' | '.')) {
            self.refuse(&place, message!("the decimal mark is neither a comma nor a full stop"));
        }
        if !within.is_empty() {
            self.known_area(&within, &place);
        }
        let scale = values.scale.as_ref().map(|scale| (*scale.get_ref(), scale.span()));
        if let Some((scale, span)) = &scale
            && !(scale.is_finite() && *scale > 0.0)
        {
            self.refuse(
                &self.text.place(span.clone()),
                message!("`{scale}` is not a valid scale", scale),
            );
        }
        let rounded = values.rounded_to.as_ref().map(|step| (*step.get_ref(), step.span()));
        if let Some((step, span)) = &rounded
            && !(step.is_finite() && *step > 0.0)
        {
            self.refuse(
                &self.text.place(span.clone()),
                message!("`{step}` is not a valid rounding", step),
            );
        }
        let has_unit = values.unit.is_some()
            || written.dimensions.iter().any(|dimension| dimension.get_ref().name == UNIT);
        if !has_unit {
            self.refuse(&place, message!("the recipe does not say in which unit its figures are"));
            self.hint(Some(message!("write `unit = \"persons\"` under `[values]`")));
        }
        Values {
            within,
            under: heads,
            notation: Notation {
                decimal: values.decimal.unwrap_or('.'),
                group: values.group,
                parentheses: values.parentheses,
                marks: values.marks.clone(),
                missing: values.missing.clone().into_iter().collect(),
                scale: scale.map_or(1.0, |(scale, _)| scale),
                rounded_to: rounded.map(|(step, _)| step),
                ..Notation::default()
            },
            unit: values.unit.as_ref().map(|unit| unit.get_ref().clone()),
            place,
        }
    }
}
