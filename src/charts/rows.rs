//! Rows: a bar from the zero line with its value next to its end, as in F1 and F3.

use super::Bar;
use super::canvas::{Area, Canvas, DIAMOND, Look, label_area};
use super::scale::{Reach, Scale, Side, finite};
use super::text::{self, Anchor, TextStyle};

/// The gap between a bar's end and its value.
pub(super) const GAP: f64 = 3.5;
/// The gap between a connecting line and the value it passes.
const AIR: f64 = 1.5;

/// The room that a bar needs with its value and marker. An empty value needs none.
pub(super) fn reaches(bar: &Bar, set: TextStyle) -> Vec<Reach> {
    let value = finite(bar.value);
    let right = value.unwrap_or(0.0) >= 0.0;
    let side = if right { Side::Right } else { Side::Left };
    let words = text::width(&text::clean(&bar.text), set);
    let mut far = value.unwrap_or(0.0);
    let mut room = if words > 0.0 { GAP + words } else { 0.0 };
    let mut reaches = Vec::new();
    if let Some(base) = finite(bar.base) {
        if (base >= 0.0) == right {
            far = if right { far.max(base) } else { far.min(base) };
            room += DIAMOND + 1.0;
        } else {
            let side = if right { Side::Left } else { Side::Right };
            reaches.push(Reach { side, at: base, room: DIAMOND + 1.0 });
        }
    }
    reaches.push(Reach { side, at: far, room });
    reaches
}

/// The appearance of each bar: if some are emphasised, the others are muted.
pub(super) fn looks(bars: &[Bar]) -> impl Fn(&Bar) -> Look {
    let is_set_off = bars.iter().any(|bar| bar.is_emphasised);
    move |bar| match bar {
        bar if bar.is_reported => Look::Hollow,
        bar if is_set_off && !bar.is_emphasised => Look::Muted,
        _ => Look::Plain,
    }
}

/// Draws the bar alone, so that hatching can be drawn before lines and labels.
pub(super) fn bar(
    canvas: &mut Canvas,
    bar: &Bar,
    look: Look,
    scale: &Scale,
    (middle, thickness): (f64, f64),
) {
    let Some(value) = finite(bar.value).filter(|v| *v != 0.0) else { return };
    // Even the smallest value shows on which side of zero it is.
    let length = (scale.at(value) - scale.zero).abs().max(0.6).copysign(value);
    let half = thickness / 2.0;
    let area = Area::between((scale.zero, middle - half), (scale.zero + length, middle + half));
    canvas.bar(area, value, look);
}

/// Draws the marker and the value of a bar.
pub(super) fn value(
    canvas: &mut Canvas,
    bar: &Bar,
    look: Look,
    scale: &Scale,
    (middle, set): (f64, TextStyle),
) {
    let value = finite(bar.value);
    let right = value.unwrap_or(0.0) >= 0.0;
    let sign = if right { 1.0 } else { -1.0 };
    let mut end = scale.at(value.unwrap_or(0.0));
    if let Some(base) = finite(bar.base) {
        let marker = scale.at(base);
        let before = (marker - end) * sign;
        let wide = text::width(&text::clean(&bar.text), set);
        let is_between = before >= GAP + wide + DIAMOND + 1.0;
        // A thin line connects the marker to a bar that ends before it, and is interrupted at a value in
        // between.
        if value.is_some() && before > DIAMOND + 1.0 {
            let quiet = canvas.palette.quiet;
            let parts = match is_between && wide > 0.0 {
                true => vec![(0.0, GAP - AIR), (GAP + wide + AIR, before)],
                false => vec![(0.0, before)],
            };
            let place = |far: f64| (end + far * sign, middle);
            let strokes = parts.into_iter().map(|(from, to)| (place(from), place(to)));
            canvas.strokes(strokes.collect(), quiet, 0.6);
        }
        canvas.diamond((marker, middle));
        // The value is printed before the marker if there is room, else after it.
        if before > -DIAMOND - 1.0 && !is_between {
            end = marker + (DIAMOND + 1.0) * sign;
        }
    }
    let anchor = if right { Anchor::Start } else { Anchor::End };
    let (set, colour) = match value {
        Some(_) if look == Look::Muted => (set.bold(false), canvas.palette.quiet.legible()),
        Some(value) => (set, canvas.palette.signed_text(value)),
        None => (set.bold(false), canvas.palette.quiet),
    };
    let at = (end + GAP * sign, middle + set.centring());
    canvas.text(&bar.text, at, anchor, set, colour);
    // The area reaches from the zero line to the last digit.
    let words = label_area(&text::clean(&bar.text), at, anchor, set);
    let (left, right) = (words.left.min(scale.zero), words.right.max(scale.zero));
    canvas.shows(&bar.fact, Area { left, right, ..words });
}

/// The indices of the smallest and the largest value.
pub(super) fn extremes(bars: &[Bar]) -> (Option<usize>, Option<usize>) {
    let values = || bars.iter().enumerate().filter_map(|(i, bar)| Some((i, finite(bar.value)?)));
    let low = values().min_by(|a, b| a.1.total_cmp(&b.1)).map(|(i, _)| i);
    let high = values().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(i, _)| i);
    (low, high)
}
