//! Recipes: the cells of a sheet become observations of a table.

mod marks;
mod names;
mod periods;
mod values;
mod words;

pub use names::{NameReading, Names};
pub use periods::{Accumulation, Dates, PeriodReading, PeriodRules, Stock, period, period_of_cell};
pub use values::{Figure, Missing, Notation, Reading, value};
pub use words::Words;
