//! Typesetting: from a worded document to the bytes of a PDF.
//!
//! In: a [`Document`], and its [`Files`] (templates, drawings, bibliography, attachments) under fixed
//! virtual paths. Out: [`Pages`], and from them a PDF that conforms to PDF/A-3a and PDF/UA-1. Typst
//! source is never generated: the templates are static files that read the tree as `/brief.json`, so a
//! value cannot become syntax and every error has a line in a file. The caller decides where files come
//! from and which layer wins; `output` writes the PDF.
//!
//! | file | what it does |
//! |---|---|
//! | `files` | the files that Typst can read, with the paths that users know |
//! | `fit` | how full the pages are, and how closely they are set |
//! | `fonts` | the shipped fonts |
//! | `clean` | replaces characters that no font or standard can show, and reports them |
//! | `brief` | the tree as templates read it: citations in order, references without a target |
//! | `references` | citations and the list of sources, worded by a citation style |
//! | `sources` | checks of the bibliography |
//! | `words` | soft hyphens in words that are too long for any column |
//! | `world` | Typst's view of all files |
//! | `key` | the keys of PDFs |
//! | `report` | Typst's errors as diagnostics |
//! | `export` | pages to PDF |
//! | `printed` | compares the pages with the document |
//! | `proof` | pages to pictures for the screen |
//!
//! To add something to the page, change `templates/*.typ`; to add a virtual file, add it to [`Files`].

mod brief;
mod clean;
mod export;
mod files;
mod fit;
mod fonts;
mod key;
mod printed;
mod proof;
mod references;
mod report;
mod sources;
mod words;
mod world;

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

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
use fit::{Way, Ways};
use fonts::Fonts;
use world::{EditionWorld, Kept};

/// The virtual path of the template that Typst starts with.
pub const MAIN: &str = "/brief.typ";
/// The virtual path under which the templates read the document.
pub const BRIEF: &str = "/brief.json";
/// The virtual path of the bibliography.
pub const REFERENCES: &str = "/references.yaml";

/// How many layout variants are tried for an edition whose pages differ from the document. Overlapping
/// text may be separated by looser spacing; text that a template hides stays hidden.
const MOST_REFUSED: usize = 4;

/// How many layout variants are made at the same time if the pages do not suggest one.
const SIDE_BY_SIDE: usize = 2;

/// Fonts and Typst's library, which are expensive to create; created once and shared between threads.
///
/// Creating a typesetter is cheap, since fonts are parsed on first use.
#[derive(Default)]
pub struct Typesetter {
    added: Vec<Blob>,
    kept: OnceLock<Arc<Kept>>,
    fonts: OnceLock<blake3::Hash>,
}

impl Typesetter {
    /// A typesetter with the shipped fonts.
    pub fn new() -> Self {
        Self::default()
    }

    /// A typesetter with additional font files (TrueType or OpenType), for instance of a ministry.
    pub fn with_fonts(added: Vec<Blob>) -> Self {
        Self { added, ..Self::default() }
    }

    /// The font families that a brand may name, in order of preference.
    pub fn families(&self) -> Vec<String> {
        self.kept().fonts.families()
    }

    /// Lays out one edition. `files` must contain the templates including [`MAIN`], every drawing that
    /// the document names, and [`REFERENCES`] if it cites.
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

    /// Lays out prepared input, choosing the spacing that leaves no flawed page.
    pub fn set(&self, prepared: &Prepared) -> Result<Warned<Pages>> {
        let lay_out = |way: Way| {
            let mut files = prepared.files.clone();
            files.insert(fit::FIT, fit::FIT, way.written());
            self.lay_out(&files)
        };
        let drawing = |path: &str| prepared.files.bytes(path);
        let check = |pages: &Pages| printed::check(pages, &prepared.expected, drawing);
        let (mut others, mut refused): (Vec<(usize, Way)>, usize) = (vec![], 0);
        let mut ways = Ways::new();
        'ways: loop {
            // Most documents need one layout, and most others one more, which the pages suggest. Further
            // ones are made side by side: the first without flaws is used in any case.
            let batch = ways.next(SIDE_BY_SIDE);
            if batch.is_empty() {
                break;
            }
            let laid_out: Vec<_> = batch.par_iter().map(|way| lay_out(*way)).collect();
            for (way, pages) in batch.into_iter().zip(laid_out) {
                let pages = pages?;
                let found = pages.value.flaws();
                let mut flaws = found.len();
                // Text may be anywhere if the layout was not stable.
                if pages.value.is_unsettled {
                    flaws += fit::UNFIT;
                }
                // Templates that do not read the spacing have a single variant.
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
                ways.note(way, pages.value.document.pages(), found);
                if refused == MOST_REFUSED {
                    break 'ways;
                }
            }
        }
        // No variant is without flaws. Typst remembers all of them, so laying out the best again is
        // cheap.
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

    /// Lays out files without changing them.
    fn lay_out(&self, files: &Files) -> Result<Warned<Pages>> {
        let world = EditionWorld::new(self.kept(), files)?;
        let result = typst::compile::<typst_layout::PagedDocument>(&world);
        let reported =
            result.warnings.iter().map(|warning| report::diagnose(&world, warning, Code::K0703));
        let mut found: Vec<Diagnostic> = reported.collect();
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

    /// The input of Typst for an edition by virtual path, including [`BRIEF`]. It serves to inspect what
    /// templates read, or to measure Typst alone.
    pub fn input(&self, document: &Document, files: &Files) -> Result<Vec<(String, Vec<u8>)>> {
        let files = self.prepare(document, files)?.value.files;
        Ok(files.iter().map(|(path, file)| (path.to_owned(), file.bytes.to_vec())).collect())
    }

    /// Cleans and checks the files for Typst, and adds the document to them.
    pub fn prepare(&self, document: &Document, files: &Files) -> Result<Warned<Prepared>> {
        let kept = self.kept();
        let mut found = vec![];
        if !files.contains(MAIN) {
            let error = Diagnostic::error(
                Code::K0706,
                message!("there is no template `{main}`", main = MAIN),
            );
            return Err(error.note(message!("Typst starts with this file")).into());
        }
        check_fonts(document, &kept.fonts, &mut found);
        let reading = Reading::of(document);
        let style = &document.meta.bibliography_style;
        let mut expected = printed::of(document, &reading.cited, &kept.fonts);
        sources::check(files, &reading.cited, style, &mut expected, &mut found);
        let mut files = clean::files(files, &kept.fonts, &mut found);
        let json = brief::write(document, &reading, &files, &kept.fonts, &mut found);
        files.insert(BRIEF, BRIEF, json);
        files.insert(fit::FIT, fit::FIT, Way::PLAIN.written());
        // Typst would report the same problems again, at unrelated lines.
        settle(Prepared { files, fonts: self.fonts_key(), expected }, found)
    }

    /// The hash of the added fonts.
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

/// Pages with Typst's warnings and the problems found on them.
fn finished(pages: Warned<Pages>, problems: Vec<Diagnostic>) -> Result<Warned<Pages>> {
    let mut found = vec![];
    let pages = pages.unwarned(&mut found);
    settle(pages, found.into_iter().chain(problems).collect())
}

/// Typst and this program share one memory, so that eviction applies to both. This does not compile with
/// another version of `comemo` than Typst's.
const _: fn(comemo::Tracked<dyn typst::World>) -> typst::comemo::Tracked<dyn typst::World> =
    |world| world;

/// The typesetter with these additional fonts; memoized (`comemo`).
#[comemo::memoize]
pub fn typesetter(added: &[Blob]) -> Arc<Typesetter> {
    Arc::new(Typesetter::with_fonts(added.to_vec()))
}

/// Refuses a font family that is not available. Typst would replace it with a mere warning, and the
/// body's brief would be published in another font.
fn check_fonts(document: &Document, fonts: &Fonts, found: &mut Vec<Diagnostic>) {
    let family = &document.meta.brand.font;
    if !fonts.has_family(family) {
        let families = fonts.families();
        found.push(
            Diagnostic::warning(
                Code::K0707,
                message!("no font family is called `{family}`", family),
            )
            .subject(family.as_str())
            .note(message!(
                "kosh does not use system fonts, so that every computer makes the same bytes"
            ))
            .note(message!("the families are {families}", families = families.join(", ")))
            .maybe_hint(crate::diag::did_you_mean(family, families.iter().map(String::as_str)))
            .hint(message!("use one of them as `font` of the brand, or add the font’s file")),
        );
    }
}
