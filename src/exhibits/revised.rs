//! The table of revisions since the previous issue.

use super::table::{TableBuilder, blank, text};
use super::{ColumnSpec, RevisionColumn};
use crate::diag::Result;
use crate::diff::Revision;
use crate::document::{Inline, Row, TableCell};
use crate::locale::Sign;

impl TableBuilder<'_> {
    /// A row for each of the first `most` revised figures.
    pub(super) fn revisions(&mut self, most: usize, columns: &[ColumnSpec]) -> Result<Vec<Row>> {
        let mut rows = vec![];
        for revision in self.writer.revisions().into_iter().take(most) {
            let mut cells = vec![text(self.revised(revision)?)];
            for column in columns {
                cells.push(match column {
                    ColumnSpec::Revision(column) => self.revision_cell(*column, revision)?,
                    _ => blank(),
                });
            }
            rows.push(Row { total: false, cells });
        }
        Ok(rows)
    }

    /// The note with the number of revisions without a row.
    pub(super) fn more(&self, most: usize) -> Result<Option<Vec<Inline>>> {
        let all = self.writer.since().map_or(0, |since| since.count);
        let rest = all.saturating_sub(self.writer.revisions().len().min(most));
        if rest == 0 {
            return Ok(None);
        }
        let pattern = self.writer.plain("changes.more")?;
        Ok(Some(vec![Inline::text(pattern.replace("{n}", &rest.to_string()))]))
    }

    /// The label of a revised figure: that of its indicator, and the part of it.
    fn revised(&self, revision: &Revision) -> Result<Vec<Inline>> {
        let indicator = revision.fact.split('.').next().unwrap_or_default();
        let mut label =
            self.writer.phrase(&format!("indicators.{indicator}.label"))?.unwrap_or_default();
        if revision.fact.ends_with(".change") {
            label.extend(self.writer.phrase("changes.change")?.unwrap_or_default());
        }
        if let Some((register, code)) = &revision.member {
            let pattern = self.writer.plain("changes.member")?;
            let name = self.writer.locale().name(register, code, "nom")?;
            label.push(Inline::text(pattern.replace("{member}", name)));
        }
        Ok(label)
    }

    fn revision_cell(&mut self, column: RevisionColumn, revision: &Revision) -> Result<TableCell> {
        let locale = self.writer.locale();
        let sign = if revision.is_signed { Sign::Always } else { Sign::Auto };
        let at = |day: &dyn std::fmt::Display| format!("{}@{day}", revision.fact);
        let since = self.writer.since();
        Ok(match column {
            RevisionColumn::Time => text(vec![Inline::text(locale.time(revision.time, "short")?)]),
            RevisionColumn::Then => {
                let id = since.map_or_else(String::new, |since| at(&since.day));
                self.number(&id, Some(revision.before), sign, &revision.unit, &[].into())
            }
            RevisionColumn::Now => {
                let own = self.writer.facts().get(&revision.fact);
                let is_own = own.is_some_and(|fact| fact.time == revision.time);
                let id = if is_own { revision.fact.clone() } else { at(&revision.time) };
                let flags = revision.flag().into_iter().collect();
                self.number(&id, Some(revision.after), sign, &revision.unit, &flags)
            }
            RevisionColumn::Reason => {
                let key = format!("changes.{}", revision.cause.name());
                text(self.writer.phrase(&key)?.unwrap_or_default())
            }
        })
    }
}
