//! Statistics: the ground types that every room speaks of.
//!
//! A [`Fact`] is what the brief quotes: a value ([`Quantity`] and [`Unit`]), when it holds
//! ([`Time`], [`Period`]), the rows it rests on ([`RowId`]) and what has to be said of it
//! ([`Flag`]). Nothing here reads a file, knows a language or uses another room.
//!
//! | file | |
//! |---|---|
//! | `period` | runs of months and what people call them |
//! | `time` | when a figure holds |
//! | `row` | where a figure comes from, and how settled it is |
//! | `unit` | what a number counts, and what may be computed with it |
//! | `facts` | values, how finely they are known, and all that belongs to them |
//! | `rounding` | from a value to the digits that are printed |

mod facts;
mod period;
pub mod rounding;
mod row;
mod time;
mod unit;

pub use facts::{
    Absence, Axis, Fact, Facts, Flag, Matrix, Member, Operation, Qualifier, Quantity, Series,
    Value, cell_id, member_id,
};
pub use period::{Month, Period, Span};
pub use row::{RowId, Status};
pub use time::Time;
pub use unit::Unit;
