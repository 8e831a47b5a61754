//! Statistics: the basic types that all rooms share.
//!
//! A [`Fact`] is what the brief quotes: a value ([`Quantity`] and [`Unit`]), its time ([`Time`],
//! [`Period`]), the rows it is based on ([`RowId`]) and remarks ([`Flag`]). Nothing here reads a file,
//! knows a language or uses another room.
//!
//! | file | |
//! |---|---|
//! | `period` | runs of months and their names |
//! | `time` | the period or day of a figure |
//! | `row` | the row that a figure comes from, and the status of its release |
//! | `unit` | what a number counts, and which units can be combined |
//! | `facts` | values with precision, lineage and flags |
//! | `rounding` | from a value to its printed digits |

mod facts;
mod period;
pub mod rounding;
mod row;
mod time;
mod unit;

pub use facts::{
    Absence, Axis, Fact, Facts, Flag, Matrix, Member, Operation, Qualifier, Quantity, Series,
    Value, Wanted, cell_id, member_id,
};
pub use period::{Month, Period, Span};
pub use row::{RowId, Status};
pub use time::Time;
pub use unit::Unit;
