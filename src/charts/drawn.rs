//! What was drawn before: the same chart is not drawn again.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::{Chart, Drawing, draw};
use crate::document::Brand;

/// Drawings that are kept: those of a few issues in all languages.
const KEPT: usize = 240;

/// Drawings of a run, each with all it was made of.
#[derive(Default)]
pub struct Drawn {
    /// The one used last stands last.
    known: Mutex<Vec<(Made, Drawing)>>,
    times: AtomicUsize,
}

/// What a drawing is made of.
#[derive(PartialEq)]
struct Made {
    chart: Chart,
    brand: Brand,
    width_pt: f64,
}

impl Drawn {
    /// The drawing of a chart, as [`draw`] makes it; drawn only if it was not drawn before.
    pub fn draw(&self, chart: &Chart, brand: &Brand, width_pt: f64) -> Drawing {
        let made = Made { chart: chart.clone(), brand: brand.clone(), width_pt };
        let found = {
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            let at = known.iter().rposition(|(other, _)| *other == made);
            at.map(|at| known.remove(at))
        };
        let (made, drawing) = found.unwrap_or_else(|| {
            self.times.fetch_add(1, Ordering::Relaxed);
            let drawing = draw(&made.chart, &made.brand, made.width_pt);
            (made, drawing)
        });
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let over = (known.len() + 1).saturating_sub(KEPT);
        known.drain(..over);
        known.push((made, drawing.clone()));
        drawing
    }

    /// How many charts were drawn so far.
    pub fn times(&self) -> usize {
        self.times.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_chart_is_drawn_once_and_another_anew() {
        let chart = |value: f64| Chart::DivergingBars {
            bars: vec![super::super::Bar {
                label: "a".into(),
                value: Some(value),
                text: value.to_string(),
                ..Default::default()
            }],
            base: String::new(),
        };
        let (drawn, brand) = (Drawn::default(), Brand::default());
        let first = drawn.draw(&chart(1.0), &brand, 300.0);
        assert_eq!(drawn.draw(&chart(1.0), &brand, 300.0), first);
        assert_eq!(drawn.times(), 1);
        assert_eq!(first, draw(&chart(1.0), &brand, 300.0));
        for (value, width, accent) in
            [(2.0, 300.0, "#000000"), (1.0, 200.0, "#000000"), (1.0, 300.0, "#111111")]
        {
            let brand = Brand { accent: accent.into(), ..Brand::default() };
            assert_eq!(
                drawn.draw(&chart(value), &brand, width),
                draw(&chart(value), &brand, width)
            );
        }
        assert_eq!(drawn.times(), 4);
    }
}
