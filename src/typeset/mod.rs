//! Typesetting: from a worded document to the bytes of a PDF.
//!
//! In: a [`Document`], and the [`Files`] that belong to it (templates, drawings, bibliography,
//! attachments) under fixed virtual paths. Out: [`Pages`], and from them PDF/A-3a that is PDF/UA-1
//! too. Typst source is never generated: the templates are static files that read the tree as
//! `/brief.json`, so a value cannot become syntax, and an error has a line somebody wrote. Where
//! files come from and which layer wins is left to the caller; where the PDF goes is left to
//! `output`.
//!
//! | file | what it does |
//! |---|---|
//! | `files` | what Typst may read, and under which name the user knows it |
//! | `fit` | how full the pages are, and how closely they are set |
//! | `fonts` | the fonts the program ships; no other exists |
//! | `clean` | what no font or no standard can show is replaced, and said |
//! | `brief` | the tree as the templates read it: citations in order, references that lead nowhere |
//! | `sources` | what Typst would say of the bibliography too late or not at all |
//! | `words` | soft hyphens in words that are too long for any column |
//! | `world` | Typst's view of all this |
//! | `key` | a name for all that a PDF is made of |
//! | `report` | Typst's problems as ours |
//! | `export` | pages to PDF |
//! | `printed` | the pages held against the document |
//! | `proof` | pages to pictures for the screen |
//!
//! To add something to the page, change `templates/*.typ`; to add a virtual file, put it into
//! [`Files`].

mod brief;
mod clean;
mod export;
mod files;
mod fit;
mod fonts;
mod key;
mod printed;
mod proof;
mod report;
mod sources;
mod words;
mod world;

use std::sync::{Arc, OnceLock};

use crate::diag::{Code, Diagnostic, Result, Warned, settle};
use crate::document::Document;
use crate::files::Blob;

pub use export::Pages;
pub use files::Files;
pub use fit::Flaw;
pub use fonts::{is_font, shipped_font};
pub use key::{Key, Prepared};
pub use proof::ProofPage;

use brief::Reading;
use fit::Way;
use fonts::Fonts;
use world::{EditionWorld, Kept};

/// The virtual path of the template that Typst starts with.
pub const MAIN: &str = "/brief.typ";
/// The virtual path under which the templates read the document.
pub const BRIEF: &str = "/brief.json";
/// The virtual path of the bibliography.
pub const REFERENCES: &str = "/references.yaml";

/// So many ways of setting an edition are tried whose pages do not say what the document does. Text that
/// lies on other text may come apart when it is set looser; what a template hides stays hidden.
const MOST_REFUSED: usize = 4;

/// Whatever is slow to make, made once and shared between threads: fonts and Typst's library.
///
/// Making one costs nothing; fonts are parsed at the first use.
#[derive(Default)]
pub struct Typesetter {
    added: Vec<Blob>,
    kept: OnceLock<Arc<Kept>>,
    fonts: OnceLock<blake3::Hash>,
}

impl Typesetter {
    /// A typesetter with the fonts the program ships.
    pub fn new() -> Self {
        Self::default()
    }

    /// A typesetter with further font files (TrueType or OpenType), a ministry's own for instance.
    pub fn with_fonts(added: Vec<Blob>) -> Self {
        Self { added, ..Self::default() }
    }

    /// The families a brand may name, in order of preference.
    pub fn families(&self) -> Vec<String> {
        self.kept().fonts.families()
    }

    /// Lays out one edition. `files` must hold the templates, [`MAIN`] among them, every drawing the
    /// document names, and [`REFERENCES`] if it cites.
    pub fn compile(&self, document: &Document, files: &Files) -> Result<Warned<Pages>> {
        let mut found = vec![];
        let prepared = self.prepare(document, files)?.unwarned(&mut found);
        match self.set(&prepared) {
            Ok(pages) => Ok(Warned { value: pages.unwarned(&mut found), warnings: found }),
            Err(problems) => {
                found.extend(problems);
                Err(found)
            }
        }
    }

    /// Lays out what was prepared, as closely as leaves no page half empty.
    pub fn set(&self, prepared: &Prepared) -> Result<Warned<Pages>> {
        let lay_out = |way: Way| {
            let mut files = prepared.files.clone();
            files.insert(fit::FIT, fit::FIT, way.written());
            self.lay_out(&files)
        };
        let drawing = |path: &str| prepared.files.bytes(path);
        let check = |pages: &Pages| printed::check(pages, &prepared.expected, drawing);
        let (mut others, mut refused): (Vec<(usize, Way)>, usize) = (vec![], 0);
        for way in Way::all() {
            let pages = lay_out(way)?;
            let mut flaws = pages.value.flaws().len();
            // Text that was still moving may have been left anywhere.
            if pages.value.is_unsettled {
                flaws += fit::UNFIT;
            }
            // Templates that do not ask are set in one way.
            let is_asked = pages.value.read().iter().any(|path| path == fit::FIT);
            if flaws == 0 || !is_asked {
                let problems = check(&pages.value);
                if problems.is_empty() || !is_asked {
                    return finished(pages, problems);
                }
                flaws = fit::UNFIT * problems.len();
                refused += 1;
            }
            others.push((flaws, way));
            if refused == MOST_REFUSED {
                break;
            }
        }
        // No way is without flaws. Typst remembers them all, so the best is cheaply had again.
        others.sort_by_key(|(flaws, _)| *flaws);
        let mut best = None;
        for (_, way) in others.into_iter().take(MOST_REFUSED) {
            let pages = lay_out(way)?;
            let problems = check(&pages.value);
            if problems.is_empty() {
                return Ok(pages);
            }
            best.get_or_insert((pages, problems));
        }
        let (pages, problems) = best.expect("one way was tried");
        finished(pages, problems)
    }

    /// Lays out files as they are.
    fn lay_out(&self, files: &Files) -> Result<Warned<Pages>> {
        let world = EditionWorld::new(self.kept(), files)?;
        let result = typst::compile::<typst_layout::PagedDocument>(&world);
        let told =
            result.warnings.iter().map(|warning| report::diagnose(&world, warning, Code::K0703));
        let mut found: Vec<Diagnostic> = told.collect();
        match result.output {
            Ok(document) => {
                let is_unsettled =
                    result.warnings.iter().any(|warning| warning.message.contains("not converge"));
                Ok(Warned { value: Pages::new(document, world, is_unsettled), warnings: found })
            }
            Err(errors) => {
                found.extend(
                    errors.iter().map(|error| report::diagnose(&world, error, Code::K0701)),
                );
                Err(found)
            }
        }
    }

    /// What Typst is given of an edition, by virtual path, with [`BRIEF`] among it: for whoever
    /// wants to see what the templates read, or to measure Typst alone.
    pub fn input(&self, document: &Document, files: &Files) -> Result<Vec<(String, Vec<u8>)>> {
        let files = self.prepare(document, files)?.value.files;
        Ok(files.iter().map(|(path, file)| (path.to_owned(), file.bytes.to_vec())).collect())
    }

    /// Cleans and checks what Typst will read, and adds the document to it.
    pub fn prepare(&self, document: &Document, files: &Files) -> Result<Warned<Prepared>> {
        let kept = self.kept();
        let mut found = vec![];
        if !files.contains(MAIN) {
            let error = Diagnostic::error(Code::K0706, format!("there is no template `{MAIN}`"));
            return Err(error.note("Typst starts with this file").into());
        }
        check_fonts(document, &kept.fonts, &mut found);
        let reading = Reading::of(document);
        let style = &document.meta.bibliography_style;
        let mut expected = printed::of(document, &reading.cited, &kept.fonts);
        sources::check(files, &reading.cited, style, &mut expected, &mut found);
        let listed = sources::listed(files, &reading.cited, style, &document.meta.lang);
        let json = brief::write(document, &reading, &listed, &kept.fonts, &mut found);
        let mut files = clean::files(files, &kept.fonts, &mut found);
        files.insert(BRIEF, BRIEF, json);
        files.insert(fit::FIT, fit::FIT, Way::PLAIN.written());
        // What is wrong here Typst would say again, of a line that is not to blame.
        settle(Prepared { files, fonts: self.fonts_key(), expected }, found)
    }

    /// The name of the fonts that were added.
    fn fonts_key(&self) -> blake3::Hash {
        *self.fonts.get_or_init(|| {
            let mut hasher = blake3::Hasher::new();
            for font in &self.added {
                hasher.update(font.hash().as_bytes());
            }
            hasher.finalize()
        })
    }

    fn kept(&self) -> Arc<Kept> {
        self.kept.get_or_init(|| Arc::new(Kept::new(Fonts::with(&self.added)))).clone()
    }
}

/// Pages with what Typst said of them and what is wrong on them.
fn finished(pages: Warned<Pages>, problems: Vec<Diagnostic>) -> Result<Warned<Pages>> {
    let mut found = vec![];
    let pages = pages.unwarned(&mut found);
    settle(pages, found.into_iter().chain(problems).collect())
}

/// The memory of this program is Typst's, so that what is forgotten is forgotten by both: this does
/// not compile with another version of `comemo` than the one Typst is compiled with.
const _: fn(comemo::Tracked<dyn typst::World>) -> typst::comemo::Tracked<dyn typst::World> =
    |world| world;

/// The typesetter with these fonts beside the shipped ones; the one that was made before, while
/// `comemo` remembers it.
#[comemo::memoize]
pub fn typesetter(added: &[Blob]) -> Arc<Typesetter> {
    Arc::new(Typesetter::with_fonts(added.to_vec()))
}

/// A family that is not shipped would be replaced by Typst with a mere warning, and the body's
/// brief would go out in another's dress.
fn check_fonts(document: &Document, fonts: &Fonts, found: &mut Vec<Diagnostic>) {
    let family = &document.meta.brand.font;
    if !fonts.has_family(family) {
        let families = fonts.families();
        found.push(
            Diagnostic::warning(Code::K0707, format!("no font family is called `{family}`"))
                .subject(family.as_str())
                .note("system fonts are never used, so that every machine makes the same bytes")
                .note(format!("the families are {}", families.join(", ")))
                .maybe_hint(crate::diag::did_you_mean(family, families.iter().map(String::as_str)))
                .hint("name one of them as `font` of the brand, or add the font's file"),
        );
    }
}
