//! What this process remembers of what it made: for how long, and how much it made anew.
//!
//! There is one memory, `comemo`'s, which Typst uses too. In it are layouts and all that Typst makes
//! on the way, tables and languages that were read, charts that were drawn, fonts and templates that
//! were parsed. Each is found again by all that it is made of, so nothing in it is ever out of date;
//! it only takes room. It belongs to the whole process, so whoever makes one build after the other says
//! when it forgets ([`Forget`]).

use crate::build::edition::{Pipeline, languages_read};
use crate::charts::times_drawn;
use crate::data::tables_read;

/// So many rounds something is remembered in a watch that no round uses: somebody who takes back the
/// last change waits for nothing.
pub const WATCHED: usize = 4;

/// When a build has the process forget what was made before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forget {
    /// Before each edition is set: what none of the last so many editions used. With 0 everything, for
    /// whoever makes one build and ends; where several builds are made side by side, as many as are
    /// made at a time, or one would take what another is at.
    Editions(usize),
    /// Not at all: whoever asked for the build ends the round, when nobody waits.
    Later,
}

impl Forget {
    /// Before an edition of a pipeline is set.
    pub(super) fn before_edition(self, pipeline: &Pipeline) {
        let Self::Editions(editions) = self else { return };
        if editions > 0 {
            // What it read is in its hands, so it asked for none of it since it was opened; the next
            // one that reads the same should find it.
            pipeline.ask_again();
        }
        end_round(editions);
    }
}

/// Ends a round: forgets what none of the last `rounds` rounds used, this one among them; with 0
/// everything.
///
/// A value that is found is as young as the round that found it. What was asked for only on the way
/// to another value is not made young by that one.
pub fn end_round(rounds: usize) {
    comemo::evict(rounds);
}

/// How much this process has made so far; what was remembered is not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    /// Tables that were read.
    pub tables: usize,
    /// Languages that were read.
    pub languages: usize,
    /// Charts that were drawn.
    pub charts: usize,
}

impl Work {
    /// What was made so far.
    pub fn so_far() -> Self {
        Self { tables: tables_read(), languages: languages_read(), charts: times_drawn() }
    }
}
