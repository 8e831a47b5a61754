//! What the builds of one project share.

use std::sync::{Arc, OnceLock};

use crate::build::edition::{Pipeline, Stock};
use crate::diag::{Diagnostic, Result, Warned};
use crate::project::Project;

/// One project, opened when it is first needed and then the same for all builds of it, side by side
/// or one after the other. Fonts, tables and languages are on the stock, which engines share.
///
/// Somebody who builds again after files have changed takes a new engine over the same stock, and
/// calls [`Stock::forget_changed`] first.
pub struct Engine<'a> {
    stock: &'a Stock,
    opened: OnceLock<Result<(Arc<Pipeline>, Vec<Diagnostic>)>>,
}

impl<'a> Engine<'a> {
    /// An engine of which nothing was asked yet.
    pub fn new(stock: &'a Stock) -> Self {
        Self { stock, opened: OnceLock::new() }
    }

    /// The project, read and checked by whoever asks first. All who ask mean the same project.
    pub fn open(&self, project: &Project) -> Result<Warned<Arc<Pipeline>>> {
        let opened = self.opened.get_or_init(|| {
            let Warned { value, warnings } = Pipeline::open_with(project.clone(), self.stock)?;
            Ok((Arc::new(value), warnings))
        });
        opened.clone().map(|(value, warnings)| Warned { value, warnings })
    }
}
