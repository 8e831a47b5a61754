//! The memory of the process: how long results are kept, and how much was computed anew.
//!
//! There is a single memory, that of `comemo`, which Typst uses too. It contains layouts and other
//! results of Typst, loaded tables and languages, drawn charts, parsed fonts and templates. Each result
//! is found by all its inputs, so none is ever outdated; it only takes space. It belongs to the whole
//! process, so the code that makes several builds decides when to evict ([`Forget`]).

use crate::build::edition::{Pipeline, languages_read};
use crate::charts::times_drawn;
use crate::data::tables_read;

/// The number of unused rounds for which `watch` keeps a result, so that taking back the last change
/// costs nothing.
pub const WATCHED: usize = 4;

/// When a build evicts results from the memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forget {
    /// Before each edition is typeset: results that none of the last so many editions used. 0 evicts
    /// everything, for a single build; with parallel builds it must be at least their number, or one
    /// would evict what another is using.
    Editions(usize),
    /// Never; the caller ends the round later.
    Later,
}

impl Forget {
    /// Evicts before an edition of a pipeline is typeset.
    pub(super) fn before_edition(self, pipeline: &Pipeline) {
        let Self::Editions(editions) = self else { return };
        if editions > 0 {
            // The pipeline holds what it loaded and has not requested it since it was opened; requesting
            // it keeps it for the next pipeline.
            pipeline.ask_again();
        }
        end_round(editions);
    }
}

/// Ends a round: evicts results that none of the last `rounds` rounds used, including this one; 0 evicts
/// everything.
///
/// A result that is found becomes as young as the round. Results requested only inside another memoized
/// function stay old.
pub fn end_round(rounds: usize) {
    comemo::evict(rounds);
}

/// How much this process has computed so far; memoized results do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    /// Tables read.
    pub tables: usize,
    /// Languages read.
    pub languages: usize,
    /// Charts drawn.
    pub charts: usize,
}

impl Work {
    /// The counts so far.
    pub fn so_far() -> Self {
        Self { tables: tables_read(), languages: languages_read(), charts: times_drawn() }
    }
}
