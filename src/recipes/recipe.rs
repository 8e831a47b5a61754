//! From a recipe as written to one that can be applied: expressions compiled, names held against one another.

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;
use regex::Regex;

use super::areas::{Anchor, Bounds, Side};
use super::lookup::Lookup;
use super::names::folded;
use super::periods::PeriodRules;
use super::select::Selection;
use super::values::Notation;
use super::written::{
    Attributes, By, NameOf, Read, Which, WrittenAnchor, WrittenArea, WrittenDimension,
    WrittenExpect, WrittenHidden, WrittenIgnore, WrittenRecipe, WrittenSelection, WrittenSentence,
};
use crate::diag::{Code, Diagnostic, Place, Result, SourceText, Spanned, did_you_mean, read_toml};
use crate::workbook::Options;

/// How the cells of a sheet become observations of a table.
#[derive(Debug, Clone)]
pub struct Recipe {
    /// Its name: that of its file without the ending.
    pub name: String,
    /// What it reads, in one line.
    pub title: String,
    /// The resource of the data package that gets the rows.
    pub table: String,
    /// The workbook it is tested with, a name beside the recipe.
    pub test_workbook: Option<String>,
    /// The key of the release, in which `{period}` stands for the period of a row.
    pub vintage: Option<String>,
    /// How settled the release is.
    pub status: Option<String>,
    /// Columns of the table of sources, by name.
    pub source: IndexMap<String, String>,
    /// The encoding of a text file.
    pub encoding: Option<String>,
    /// What separates the fields of a text file.
    pub separator: Option<String>,
    /// The file.
    pub text: SourceText,
    /// Where `table` is written.
    pub table_place: Place,
    pub(super) file: Option<Regex>,
    pub(super) sheets: Option<Regex>,
    pub(super) several_sheets: bool,
    pub(super) hidden: WrittenHidden,
    pub(super) areas: Vec<Bounds>,
    pub(super) values: Values,
    /// The standard of what columns beside the figures say of them.
    pub(super) attributes: Option<Attributes>,
    pub(super) dimensions: Vec<Dimension>,
    pub(super) sentences: Vec<Sentence>,
    pub(super) ignore: Vec<Ignore>,
    pub(super) expect: WrittenExpect,
}

/// Where figures stand, and how they are written.
#[derive(Debug, Clone)]
pub(super) struct Values {
    pub within: String,
    pub under: Vec<String>,
    pub notation: Notation,
    pub unit: Option<String>,
    pub place: Place,
}

/// What a figure is of.
#[derive(Debug, Clone)]
pub(super) struct Dimension {
    pub name: String,
    pub how: How,
    pub part: Option<Regex>,
    pub read: Option<Read>,
    /// The code of each folded text.
    pub codes: BTreeMap<String, Arc<str>>,
    /// The texts of `codes` as they are typed, for messages.
    pub texts: Vec<String>,
    pub parent: Option<usize>,
    pub otherwise: Option<Arc<str>>,
    pub rules: PeriodRules,
    /// Whether it is a column of the table, and not only a part of another dimension's text.
    pub is_column: bool,
    pub place: Place,
}

/// Where a dimension's text is.
#[derive(Debug, Clone)]
pub(super) enum How {
    /// The same code for every figure.
    Constant(Arc<str>),
    /// In a header that each figure looks up.
    Header(Selection, Lookup),
    /// In one cell for the whole sheet.
    Title(Selection),
    /// In a name.
    NameOf(NameOf),
    /// In other dimensions' texts: numbers of dimensions between texts.
    Join(Vec<Piece>),
    /// In the sentence that has the figure.
    Sentence,
}

/// A piece of a joined text.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    Text(String),
    Of(usize),
}

/// Codes, each with the place of its dimension.
pub(super) type Codes = Vec<(usize, Arc<str>)>;

/// A sentence of a text.
#[derive(Debug, Clone)]
pub(super) struct Sentence {
    pub pattern: Regex,
    /// The codes of the figure in each named group, by the dimension; none where it is passed over on purpose.
    pub figures: Vec<(String, Codes)>,
    pub place: Place,
}

/// Cells that are left out.
#[derive(Debug, Clone)]
pub(super) struct Ignore {
    pub selection: Selection,
    pub extent: Extent,
    pub because: String,
}

/// How much is left out with a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    Cell,
    Row,
    Column,
}

impl Recipe {
    /// Reads a recipe; `name` is that of its file without the ending. All problems come together.
    pub fn read(name: &str, text: &SourceText) -> Result<Self> {
        let written: WrittenRecipe = read_toml(Code::K1501, text)?;
        let mut reader = Reader {
            text,
            areas: vec![],
            has_sentences: !written.sentences.is_empty(),
            found: vec![],
        };
        let recipe = reader.recipe(name, written);
        if reader.found.is_empty() { Ok(recipe) } else { Err(reader.found) }
    }

    /// The columns of the table that it fills.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.dimensions.iter().filter(|dimension| dimension.is_column).map(|one| &*one.name)
    }

    /// How a text file is read, as far as the recipe says it.
    ///
    /// # Errors
    ///
    /// K1501 if the encoding or the separator is none that is known.
    pub fn options(&self) -> Result<Options> {
        let refuse = |said: &str, what: &str| {
            vec![
                Diagnostic::error(Code::K1501, format!("`{said}` is no {what} that is known"))
                    .at(self.table_place.clone()),
            ]
        };
        let mut options = Options::default();
        if let Some(said) = &self.encoding {
            options.encoding = Some(said.parse().map_err(|_| refuse(said, "encoding"))?);
        }
        if let Some(said) = &self.separator {
            options.separator = Some(said.parse().map_err(|_| refuse(said, "separator"))?);
        }
        Ok(options)
    }

    /// What keeps it from filling a table: columns in `needed` that it does not give, and columns that it gives and
    /// that are neither there nor in `free` (K1541).
    pub fn unfit(&self, table: &str, needed: &[&str], free: &[&str]) -> Vec<Diagnostic> {
        let mut found = vec![];
        for name in needed.iter().filter(|name| !self.columns().any(|own| own == **name)) {
            let message = format!("the recipe does not say `{name}` of a figure");
            found.push(
                Diagnostic::error(Code::K1541, message)
                    .at(self.table_place.clone())
                    .note(format!("the table `{table}` needs it"))
                    .hint(format!("add an entry to `[[dimensions]]` with `name = \"{name}\"`")),
            );
        }
        let known = || needed.iter().chain(free).copied();
        for name in self.columns().filter(|name| known().all(|known| known != *name)) {
            let message = format!("the table `{table}` has no dimension `{name}`");
            found.push(
                Diagnostic::error(Code::K1541, message)
                    .at(self.table_place.clone())
                    .maybe_hint(did_you_mean(name, known())),
            );
        }
        found
    }

    /// What its figures count, if no dimension says it.
    pub fn unit(&self) -> Option<&str> {
        self.values.unit.as_deref()
    }

    /// Whether a file of this name is one that it reads. A recipe that does not say reads any.
    pub fn takes_file(&self, name: &str) -> bool {
        self.file.as_ref().is_none_or(|file| file.is_match(name))
    }

    /// Whether it says what its file is called.
    pub fn names_file(&self) -> bool {
        self.file.is_some()
    }

    /// The column that it reads periods for.
    pub(super) fn time(&self) -> Option<&str> {
        let is_time = |one: &&Dimension| one.is_column && one.read == Some(Read::Period);
        self.dimensions.iter().find(is_time).map(|dimension| &*dimension.name)
    }

    /// Whether it asks how cells are set.
    pub(super) fn asks_style(&self) -> bool {
        self.selections().into_iter().any(Selection::asks_style)
    }

    /// All its selections, but for the exceptions in them.
    fn selections(&self) -> Vec<&Selection> {
        let mut selections: Vec<&Selection> = vec![];
        for bounds in &self.areas {
            for edge in [&bounds.top, &bounds.left, &bounds.bottom, &bounds.right] {
                if let Some((_, Anchor::Cell(selection, _))) = edge {
                    selections.push(selection);
                }
            }
        }
        selections.extend(self.ignore.iter().map(|ignore| &ignore.selection));
        selections.extend(self.dimensions.iter().filter_map(|one| match &one.how {
            How::Header(selection, _) | How::Title(selection) => Some(selection),
            _ => None,
        }));
        selections
    }
}

/// What a recipe is read with.
struct Reader<'t> {
    text: &'t SourceText,
    areas: Vec<String>,
    /// Whether figures stand in sentences, which may give codes.
    has_sentences: bool,
    found: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn refuse(&mut self, place: &Place, message: impl Into<String>) -> &mut Diagnostic {
        self.found.push(Diagnostic::error(Code::K1501, message).at(place.clone()));
        self.found.last_mut().expect("one was pushed")
    }

    fn hint(&mut self, hint: Option<String>) {
        if let Some(last) = self.found.last_mut() {
            last.hints.extend(hint);
        }
    }

    fn recipe(&mut self, name: &str, written: WrittenRecipe) -> Recipe {
        let whole = self.text.place(0..0);
        let table_place = self.text.place(written.table.span());
        // In the order of the file, in which one may rest on those before it.
        let mut in_order: Vec<_> = written.areas.iter().collect();
        in_order.sort_by_key(|(_, area)| area.span().start);
        let mut areas = self.long_form(&written);
        let described = in_order
            .into_iter()
            .map(|(name, area)| {
                let place = self.text.place(area.span());
                let bounds = self.area(name, area.get_ref(), place);
                if self.areas.contains(name) {
                    self.refuse(
                        &bounds_place(&bounds),
                        format!("the area `{name}` is that of `[columns]`"),
                    );
                }
                self.areas.push(name.clone());
                bounds
            })
            .collect::<Vec<Bounds>>();
        areas.extend(described);
        let values = self.values(&written);
        let dimensions = self.dimensions(&written, &whole);
        let sentences = self.sentences(&written.sentences, &dimensions);
        let mut ignore: Vec<Ignore> = written
            .ignore
            .iter()
            .filter_map(|ignore| self.ignore(ignore.get_ref(), self.text.place(ignore.span())))
            .collect();
        ignore.extend(self.ignored_columns(&written));
        self.expect(&written.expect, &dimensions, &whole);
        let file = written.file.as_ref().and_then(|file| file.name.as_ref());
        let file = file.and_then(|name| {
            let place = self.text.place(name.span());
            self.regex(&glob(name.get_ref()), &place)
        });
        let sheets = written.sheets.as_ref().and_then(|sheets| {
            let place = self.text.place(sheets.name.span());
            self.regex(sheets.name.get_ref(), &place)
        });
        Recipe {
            name: name.to_owned(),
            title: written.title.clone().unwrap_or_else(|| name.to_owned()),
            table: written.table.get_ref().clone(),
            test_workbook: written.test.workbook.clone(),
            vintage: written.release.vintage.clone(),
            status: written.release.status.clone(),
            source: written.source.clone(),
            encoding: written.file.as_ref().and_then(|file| file.encoding.clone()),
            separator: written.file.as_ref().and_then(|file| file.separator.clone()),
            text: self.text.clone(),
            table_place,
            file,
            sheets,
            several_sheets: written.sheets.as_ref().is_some_and(|sheets| sheets.several),
            hidden: written.hidden,
            areas,
            values,
            attributes: written.columns.as_ref().and_then(|columns| columns.get_ref().attributes),
            dimensions,
            sentences,
            ignore,
            expect: written.expect,
        }
    }

    /// The areas of a table in long form: its head, and what is below it.
    fn long_form(&mut self, written: &WrittenRecipe) -> Vec<Bounds> {
        let Some(columns) = &written.columns else { return vec![] };
        let place = self.text.place(columns.span());
        let head = Selection {
            texts: vec![folded(&columns.get_ref().value)],
            place: Some(place.clone()),
            ..Selection::default()
        };
        let bounds = |name: &str, top: (Side, Anchor), rows: Option<u32>| Bounds {
            name: name.to_owned(),
            top: Some(top),
            left: None,
            bottom: None,
            right: None,
            rows,
            columns: None,
            or_end: false,
            place: Some(place.clone()),
        };
        self.areas.extend([HEAD.to_owned(), BODY.to_owned()]);
        let anchor = Anchor::Cell(Box::new(head), Some(Which::First));
        vec![
            bounds(HEAD, (Side::At, anchor), Some(1)),
            bounds(BODY, (Side::Beside, Anchor::Area(HEAD.to_owned())), None),
        ]
    }

    /// The columns of a table in long form that are left out.
    fn ignored_columns(&mut self, written: &WrittenRecipe) -> Vec<Ignore> {
        let Some(columns) = &written.columns else { return vec![] };
        let place = self.text.place(columns.span());
        let mut all = vec![];
        for (head, because) in &columns.get_ref().ignore {
            if because.trim().is_empty() {
                self.refuse(&place, format!("nothing says why the column `{head}` is left out"));
            }
            let selection = under(head, &place);
            all.push(Ignore { selection, extent: Extent::Cell, because: because.clone() });
        }
        all
    }

    fn regex(&mut self, pattern: &str, place: &Place) -> Option<Regex> {
        match Regex::new(pattern) {
            Ok(regex) => Some(regex),
            Err(error) => {
                let said = error.to_string();
                let last = said.lines().last().unwrap_or_default().trim();
                let message = format!("`{pattern}` is not a regular expression: {last}");
                self.refuse(place, message);
                None
            }
        }
    }

    fn known_area(&mut self, name: &str, place: &Place) {
        if !self.areas.iter().any(|area| area == name) {
            self.refuse(place, format!("there is no area `{name}` before this"));
            let known = did_you_mean(name, self.areas.iter().map(String::as_str));
            self.hint(known);
            self.hint(Some(format!("describe it as `[areas.{name}]`")));
        }
    }

    fn selection(&mut self, written: &WrittenSelection, place: &Place) -> Selection {
        let own = |spanned: &crate::diag::Spanned<String>| self.text.place(spanned.span());
        let within_place = written.within.as_ref().map(own);
        let pattern_place = written.pattern.as_ref().map(own);
        if let (Some(within), Some(place)) = (&written.within, within_place) {
            self.known_area(within.get_ref(), &place);
        }
        let pattern = written
            .pattern
            .as_ref()
            .zip(pattern_place)
            .and_then(|(pattern, place)| self.regex(pattern.get_ref(), &place));
        Selection {
            within: written.within.as_ref().map(|name| name.get_ref().clone()),
            texts: written.text.all().iter().map(|text| folded(text)).collect(),
            pattern,
            lexicon: written.lexicon.as_ref().map(|name| name.get_ref().clone()),
            bold: written.bold,
            italic: written.italic,
            indent: written.indent,
            holds: written.holds,
            column: written.column,
            row: written.row,
            under: written.under.all().to_vec(),
            except: written
                .except
                .iter()
                .map(|one| self.selection(&one.clone().into(), place))
                .collect(),
            place: Some(place.clone()),
        }
    }

    fn anchor(&mut self, written: &WrittenAnchor, place: &Place) -> Anchor {
        if let Some(area) = &written.area {
            self.known_area(area, place);
            return Anchor::Area(area.clone());
        }
        if let Some(area) = &written.within {
            self.known_area(area, place);
        }
        let pattern = written.pattern.as_ref().and_then(|pattern| self.regex(pattern, place));
        let selection = Selection {
            within: written.within.clone(),
            texts: written.text.all().iter().map(|text| folded(text)).collect(),
            pattern,
            lexicon: written.lexicon.clone(),
            bold: written.bold,
            holds: written.holds,
            place: Some(place.clone()),
            ..Selection::default()
        };
        let says_nothing = written.text.all().is_empty()
            && written.pattern.is_none()
            && written.lexicon.is_none()
            && written.holds.is_none()
            && written.bold.is_none();
        if says_nothing {
            self.refuse(place, "this anchor says nothing of its cell");
            self.hint(Some("write its `text`, a `pattern` or a `lexicon`".to_owned()));
        }
        Anchor::Cell(Box::new(selection), written.which)
    }

    fn area(&mut self, name: &str, written: &WrittenArea, place: Place) -> Bounds {
        let mut edge = |at: Option<&crate::diag::Spanned<WrittenAnchor>>,
                        beside: Option<&crate::diag::Spanned<WrittenAnchor>>,
                        words: &str| {
            match (at, beside) {
                (Some(_), Some(_)) => {
                    self.refuse(&place, format!("the area `{name}` has both of {words}"));
                    None
                }
                (Some(one), None) => {
                    let place = self.text.place(one.span());
                    Some((Side::At, self.anchor(one.get_ref(), &place)))
                }
                (None, Some(one)) => {
                    let place = self.text.place(one.span());
                    Some((Side::Beside, self.anchor(one.get_ref(), &place)))
                }
                (None, None) => None,
            }
        };
        let from = written.from.as_ref();
        let until = written.until.as_ref();
        let top = edge(
            from.and_then(|from| from.at.as_ref()),
            from.and_then(|from| from.below.as_ref()),
            "`at` and `below`",
        );
        let left = edge(
            from.and_then(|from| from.at_column.as_ref()),
            from.and_then(|from| from.right_of.as_ref()),
            "`at-column` and `right-of`",
        );
        let bottom = edge(
            until.and_then(|until| until.at.as_ref()),
            until.and_then(|until| until.above.as_ref()),
            "`at` and `above`",
        );
        let right = edge(
            until.and_then(|until| until.at_column.as_ref()),
            until.and_then(|until| until.left_of.as_ref()),
            "`at-column` and `left-of`",
        );
        for (count, end, word) in
            [(written.rows, &bottom, "rows"), (written.columns, &right, "columns")]
        {
            if count == Some(0) {
                self.refuse(&place, format!("the area `{name}` cannot have no {word}"));
            } else if count.is_some() && end.is_some() {
                self.refuse(&place, format!("the area `{name}` has both `{word}` and an end"));
            }
        }
        Bounds {
            name: name.to_owned(),
            top,
            left,
            bottom,
            right,
            rows: written.rows,
            columns: written.columns,
            or_end: until.is_some_and(|until| until.or_end),
            place: Some(place),
        }
    }

    fn values(&mut self, written: &WrittenRecipe) -> Values {
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
                    true => "figures stand `in` an area and in a column of `[columns]`",
                    false => "nothing says where figures stand",
                };
                self.refuse(&place, message);
                self.hint(Some("write `in = \"AREA\"` under `[values]`, or describe a table with a row for each figure by `[columns]`".to_owned()));
                String::new()
            }
        };
        let heads = match long {
            Some(columns) => vec![columns.get_ref().value.clone()],
            None => values.under.all().to_vec(),
        };
        if values.decimal.is_some_and(|mark| !matches!(mark, ',' | '.')) {
            self.refuse(&place, "the decimal mark is neither a comma nor a full stop");
        }
        if !within.is_empty() {
            self.known_area(&within, &place);
        }
        let scale = values.scale.as_ref().map(|scale| (*scale.get_ref(), scale.span()));
        if let Some((scale, span)) = &scale
            && !(scale.is_finite() && *scale > 0.0)
        {
            self.refuse(&self.text.place(span.clone()), format!("nothing is scaled by `{scale}`"));
        }
        let rounded = values.rounded_to.as_ref().map(|step| (*step.get_ref(), step.span()));
        if let Some((step, span)) = &rounded
            && !(step.is_finite() && *step > 0.0)
        {
            self.refuse(&self.text.place(span.clone()), format!("nothing is rounded to `{step}`"));
        }
        let has_unit = values.unit.is_some()
            || written.dimensions.iter().any(|dimension| dimension.get_ref().name == UNIT);
        if !has_unit {
            self.refuse(&place, "the recipe does not say what its figures count");
            self.hint(Some("write `unit = \"persons\"` under `[values]`".to_owned()));
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

    fn dimensions(&mut self, written: &WrittenRecipe, whole: &Place) -> Vec<Dimension> {
        let names: Vec<&str> =
            written.dimensions.iter().map(|one| one.get_ref().name.as_str()).collect();
        let mut dimensions: Vec<Dimension> = vec![];
        for (at, spanned) in written.dimensions.iter().enumerate() {
            let place = self.text.place(spanned.span());
            let name = names[at];
            if names[..at].contains(&name) {
                self.refuse(&place, format!("the dimension `{name}` is described twice"));
            }
            dimensions.push(self.dimension(spanned.get_ref(), &names, &place));
        }
        if dimensions.is_empty() {
            self.refuse(whole, "the recipe has no dimensions");
        }
        // What only gives a part of another's text is no column of the table.
        let parts: Vec<usize> = dimensions
            .iter()
            .filter_map(|dimension| match &dimension.how {
                How::Join(pieces) => Some(pieces),
                _ => None,
            })
            .flatten()
            .filter_map(|piece| match piece {
                Piece::Of(part) => Some(*part),
                Piece::Text(_) => None,
            })
            .collect();
        for part in parts {
            if let Some(dimension) = dimensions.get_mut(part) {
                dimension.is_column = false;
                if matches!(dimension.how, How::Join(_)) {
                    let place = dimension.place.clone();
                    self.refuse(&place, "a joined text cannot be a part of another");
                }
            }
        }
        for own in &dimensions {
            let is_constant = matches!(own.how, How::Constant(_) | How::Sentence);
            if own.is_column && !is_constant && own.read.is_none() && own.codes.is_empty() {
                self.refuse(&own.place, format!("nothing says how `{}` becomes a code", own.name));
                self.hint(Some(
                    "write `read = \"name\"`, `\"period\"` or `\"code\"`, or a table `codes`"
                        .to_owned(),
                ));
            }
        }
        dimensions
    }

    fn dimension(
        &mut self,
        written: &WrittenDimension,
        names: &[&str],
        place: &Place,
    ) -> Dimension {
        let name = &written.name;
        let how = match &written.column {
            Some(head) => self.of_column(head, written, place),
            None => self.how(written, names, place),
        };
        let part = written.part.as_ref().and_then(|part| {
            let place = self.text.place(part.span());
            self.regex(part.get_ref(), &place)
        });
        let parent = written.parent.as_ref().and_then(|parent| {
            let at = names.iter().position(|known| known == parent);
            if at.is_none() {
                self.refuse(place, format!("there is no dimension `{parent}`"));
                let hint = did_you_mean(parent, names.iter().copied());
                self.hint(hint);
            }
            at
        });
        let is_period = written.read == Some(Read::Period);
        let asks_period = written.quarters.is_some()
            || written.months.is_some()
            || written.stock.is_some()
            || written.dates.is_some();
        if asks_period && !is_period {
            self.refuse(place, format!("`{name}` is no period, and says how one is read"));
            self.hint(Some("write `read = \"period\"`".to_owned()));
        }
        if written.read.is_some() && !written.codes.is_empty() && !is_period {
            self.refuse(place, format!("`{name}` has both `read` and `codes`"));
            self.hint(Some("take one of them out: a text is looked up in one place".to_owned()));
        }
        let codes = written
            .codes
            .iter()
            .map(|(text, code)| (folded(text), Arc::from(code.as_str())))
            .collect();
        Dimension {
            name: name.clone(),
            how,
            part,
            read: written.read,
            codes,
            texts: written.codes.keys().cloned().collect(),
            parent,
            otherwise: written.otherwise.as_deref().map(Arc::from),
            rules: PeriodRules {
                quarters: written.quarters,
                months: written.months,
                stock: written.stock,
                dates: written.dates,
            },
            is_column: true,
            place: place.clone(),
        }
    }

    /// A dimension that a column of a table in long form says.
    fn of_column(&mut self, head: &str, written: &WrittenDimension, place: &Place) -> How {
        let name = &written.name;
        if !self.areas.iter().any(|area| area == BODY) {
            self.refuse(
                place,
                format!("`{name}` is said by a column, and there are no `[columns]`"),
            );
            self.hint(Some(
                "name the column of figures: `[columns]` with `value = \"HEAD\"`".to_owned(),
            ));
        }
        let others = written.value.is_some()
            || written.cells.is_some()
            || written.title.is_some()
            || written.name_of.is_some()
            || written.join.is_some()
            || written.directly.is_some()
            || written.closest.is_some()
            || written.by.is_some();
        if others {
            self.refuse(place, format!("`{name}` has `column`, and something else that says it"));
        }
        How::Header(under(head, place), Lookup::Row)
    }

    fn how(&mut self, written: &WrittenDimension, names: &[&str], place: &Place) -> How {
        let name = &written.name;
        let given = [
            written.value.is_some(),
            written.cells.is_some(),
            written.title.is_some(),
            written.name_of.is_some(),
            written.join.is_some(),
        ];
        let count = given.iter().filter(|given| **given).count();
        if count == 0 && self.has_sentences && written.read.is_none() {
            return How::Sentence;
        }
        if count != 1 {
            self.refuse(
                place,
                format!(
                    "`{name}` needs exactly one of `cells`, `value`, `title`, `name-of` and `join`"
                ),
            );
        }
        let lookups = [
            written.directly.map(Lookup::Directly),
            written.closest.map(Lookup::Closest),
            written.by.map(|By::Merge| Lookup::Merge),
        ];
        let lookups: Vec<Lookup> = lookups.into_iter().flatten().collect();
        if let Some(cells) = &written.cells {
            let selection = self.selection(cells, place);
            let lookup = match lookups[..] {
                [one] => one,
                _ => {
                    self.refuse(
                        place,
                        format!(
                            "`{name}` needs exactly one of `directly`, `closest` and `by = \"merge\"`"
                        ),
                    );
                    Lookup::Merge
                }
            };
            if matches!(lookup, Lookup::Closest(_)) && selection.within.is_none() {
                self.refuse(place, format!("`{name}` is looked up by `closest` in no area"));
                self.hint(Some("write `in = \"AREA\"`: by distance alone a header may take its neighbour’s figures".to_owned()));
            }
            return How::Header(selection, lookup);
        }
        if !lookups.is_empty() {
            self.refuse(place, format!("`{name}` has no `cells` that could be looked up"));
        }
        if let Some(title) = &written.title {
            return How::Title(self.selection(title, place));
        }
        if let Some(of) = written.name_of {
            return How::NameOf(of);
        }
        if let Some(join) = &written.join {
            return How::Join(self.pieces(join, names, place));
        }
        How::Constant(written.value.as_deref().unwrap_or_default().into())
    }

    /// The pieces of `"{months} {year}"`.
    fn pieces(&mut self, join: &str, names: &[&str], place: &Place) -> Vec<Piece> {
        let mut pieces = vec![];
        let mut rest = join;
        while let Some((before, behind)) = rest.split_once('{') {
            let (name, after) = behind.split_once('}').unwrap_or((behind, ""));
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            match names.iter().position(|known| *known == name) {
                Some(at) => pieces.push(Piece::Of(at)),
                None => {
                    self.refuse(place, format!("there is no dimension `{name}` to be joined"));
                    let hint = did_you_mean(name, names.iter().copied());
                    self.hint(hint);
                }
            }
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        pieces
    }

    /// Sentences: the groups of each pattern are its figures, and each figure has a code of every dimension.
    fn sentences(
        &mut self,
        written: &[Spanned<WrittenSentence>],
        dimensions: &[Dimension],
    ) -> Vec<Sentence> {
        let mut sentences = vec![];
        for spanned in written {
            let (own, place) = (spanned.get_ref(), self.text.place(spanned.span()));
            let is_passed = own.because.as_ref().is_some_and(|reason| !reason.trim().is_empty());
            if own.figures.is_empty() != is_passed {
                self.refuse(&place, "a sentence needs either `figures` or `because`");
            }
            let at_pattern = self.text.place(own.pattern.span());
            let Some(pattern) = self.regex(own.pattern.get_ref(), &at_pattern) else { continue };
            let groups: Vec<&str> = pattern.capture_names().flatten().collect();
            for group in own.figures.keys().filter(|group| !groups.contains(&group.as_str())) {
                self.refuse(&at_pattern, format!("the pattern has no group `{group}`"));
                self.hint(Some(format!("write `(?<{group}>…)` around the figure")));
            }
            for group in groups.iter().filter(|group| !own.figures.contains_key(**group)) {
                self.refuse(&place, format!("nothing says what the figure `{group}` is of"));
                self.hint(Some(format!(
                    "write `{group} = {{ DIMENSION = \"CODE\" }}` under `figures`"
                )));
            }
            let mut figures = vec![];
            for (group, codes) in &own.figures {
                figures
                    .push((group.clone(), self.codes_of_figure(group, codes, dimensions, &place)));
            }
            sentences.push(Sentence { pattern, figures, place });
        }
        sentences
    }

    /// The codes that a sentence gives of a figure, by the place of their dimension.
    fn codes_of_figure(
        &mut self,
        group: &str,
        codes: &IndexMap<String, String>,
        dimensions: &[Dimension],
        place: &Place,
    ) -> Codes {
        let mut all: Codes = vec![];
        for (name, code) in codes {
            match dimensions.iter().position(|own| own.name == *name && own.is_column) {
                Some(at) => all.push((at, code.as_str().into())),
                None => {
                    self.refuse(place, format!("there is no dimension `{name}`"));
                    let known = dimensions.iter().map(|own| own.name.as_str());
                    self.hint(did_you_mean(name, known));
                }
            }
        }
        for (at, own) in dimensions.iter().enumerate() {
            let is_given = all.iter().any(|(given, _)| *given == at);
            if matches!(own.how, How::Sentence) && !is_given {
                self.refuse(place, format!("nothing says `{}` of the figure `{group}`", own.name));
            }
        }
        all
    }

    fn ignore(&mut self, written: &WrittenIgnore, place: Place) -> Option<Ignore> {
        let given = [
            (&written.cells, Extent::Cell),
            (&written.rows_of, Extent::Row),
            (&written.columns_of, Extent::Column),
        ];
        let mut given =
            given.into_iter().filter_map(|(cells, extent)| Some((cells.as_ref()?, extent)));
        let (Some((cells, extent)), None) = (given.next(), given.next()) else {
            self.refuse(
                &place,
                "`ignore` needs exactly one of `cells`, `rows-of` and `columns-of`",
            );
            return None;
        };
        if written.because.trim().is_empty() {
            self.refuse(&place, "`because` says nothing");
            self.hint(Some("say why nothing is lost with these cells".to_owned()));
        }
        let selection = self.selection(cells, &place);
        Some(Ignore { selection, extent, because: written.because.clone() })
    }

    fn expect(&mut self, expect: &WrittenExpect, dimensions: &[Dimension], whole: &Place) {
        let columns = || dimensions.iter().filter(|one| one.is_column).map(|one| &*one.name);
        let mut named: Vec<(&str, Place)> =
            expect.members.keys().map(|name| (name.as_str(), whole.clone())).collect();
        for sum in &expect.sum {
            let place = self.text.place(sum.span());
            named.push((&sum.get_ref().over, place.clone()));
            named.extend(sum.get_ref().only.keys().map(|name| (name.as_str(), place.clone())));
            if let super::written::Equals::Member(member) = &sum.get_ref().equals {
                let mut keys = member.keys();
                if keys.next() != Some(&sum.get_ref().over) || keys.next().is_some() {
                    let over = &sum.get_ref().over;
                    self.refuse(&place, format!("the sum over `{over}` equals no member of it"));
                    self.hint(Some(format!(
                        "write `equals = {{ {over} = \"CODE\" }}`, or a number"
                    )));
                }
            }
        }
        for balance in &expect.balance {
            named.push((&balance.get_ref().over, self.text.place(balance.span())));
        }
        for (name, place) in named {
            if !columns().any(|known| known == name) {
                self.refuse(&place, format!("there is no dimension `{name}`"));
                let hint = did_you_mean(name, columns());
                self.hint(hint);
            }
        }
    }
}

/// The areas of a table in long form.
pub(super) const HEAD: &str = "head";
pub(super) const BODY: &str = "body";

/// The cells of a column of a table in long form.
fn under(head: &str, place: &Place) -> Selection {
    Selection {
        within: Some(BODY.to_owned()),
        under: vec![head.to_owned()],
        place: Some(place.clone()),
        ..Selection::default()
    }
}

/// Where an area is described.
fn bounds_place(bounds: &Bounds) -> Place {
    bounds.place.clone().unwrap_or_else(|| Place::Path(std::path::PathBuf::new()))
}

/// The dimension that gives each figure its unit.
pub(super) const UNIT: &str = "unit";

/// The expression of a name with `*` in it.
fn glob(name: &str) -> String {
    let parts: Vec<String> = name.split('*').map(regex::escape).collect();
    format!("(?i)^{}$", parts.join(".*"))
}
