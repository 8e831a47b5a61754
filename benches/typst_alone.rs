//! Measures Typst alone on the documents of a brief, as a yardstick for docs/performance.md.
//!
//! ```text
//! cargo bench --bench typst_alone -- dump FOLDER [PERIOD]   writes what Typst is given, one folder a language
//! cargo bench --bench typst_alone -- run FOLDER [threads]   compiles and exports them; says how long it took
//! ```
//!
//! `run` uses nothing of kosh but its shipped fonts: a world of files, Typst's library, PDF/A-3a with
//! PDF/UA-1. It compiles one document after the other or, with `threads`, in parallel.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use kosh::build::edition::Pipeline;
use kosh::project::{Overrides, Project};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

fn main() {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["dump", folder] => dump(Path::new(folder), None),
        ["dump", folder, period] => dump(Path::new(folder), Some(period)),
        ["run", folder] => run(Path::new(folder), false),
        ["run", folder, "threads"] => run(Path::new(folder), true),
        _ => {
            eprintln!(
                "usage: cargo bench --bench typst_alone -- dump FOLDER [PERIOD] | run FOLDER [threads]"
            )
        }
    }
}

fn dump(folder: &Path, period: Option<&str>) {
    let period = period.map(|text| text.parse().expect("a period, as 2025-H1"));
    let project = Project::open(Path::new("."), &Overrides::default()).expect("a project here");
    let pipeline = Pipeline::open(project).expect("a sound project").value;
    let period = pipeline.period(period, None).expect("a period with data");
    let edition = pipeline
        .edition(kosh::project::Format::Standard, period, None)
        .expect("a sound edition")
        .value;
    for (ident, files) in pipeline.typst_input(&edition).expect("input for Typst") {
        let root = folder.join(ident.replace('/', "-"));
        for (path, bytes) in files {
            let path = root.join(path.trim_start_matches('/'));
            std::fs::create_dir_all(path.parent().expect("a file is in a folder")).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
    }
}

fn run(folder: &Path, side_by_side: bool) {
    let start = Instant::now();
    let shared = Shared::new();
    let fonts = start.elapsed();
    let mut roots: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    roots.retain(|root| root.is_dir());
    roots.sort();
    if side_by_side {
        std::thread::scope(|scope| {
            for root in &roots {
                scope.spawn(|| make(&shared, root));
            }
        });
    } else {
        roots.iter().for_each(|root| make(&shared, root));
    }
    println!(
        "{} documents in {:.1} ms, of which fonts {:.1} ms",
        roots.len(),
        start.elapsed().as_secs_f64() * 1e3,
        fonts.as_secs_f64() * 1e3
    );
}

fn make(shared: &Shared, root: &Path) {
    let world = Alone { shared, files: read(root) };
    let document = typst::compile::<typst_layout::PagedDocument>(&world).output.expect("pages");
    let ident = root.file_name().unwrap().to_string_lossy();
    let options = PdfOptions {
        ident: Smart::Custom(ident.replace('-', "/")),
        standards: PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1]).unwrap(),
        ..PdfOptions::default()
    };
    let pdf = typst_pdf::pdf(&document, &options).expect("a PDF");
    std::fs::write(root.with_extension("pdf"), pdf).unwrap();
}

fn read(root: &Path) -> HashMap<FileId, Bytes> {
    let mut files = HashMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let inner = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                let inner = VirtualPath::new(format!("/{inner}")).unwrap();
                let id = FileId::new(RootedPath::new(VirtualRoot::Project, inner));
                files.insert(id, Bytes::new(std::fs::read(&path).unwrap()));
            }
        }
    }
    files
}

struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

impl Shared {
    fn new() -> Self {
        let noto = [
            notosans::REGULAR_TTF,
            notosans::BOLD_TTF,
            notosans::ITALIC_TTF,
            notosans::BOLD_ITALIC_TTF,
        ];
        let typst =
            kosh::files::fonts::TYPST.into_iter().flat_map(|data| Font::iter(Bytes::new(data)));
        let noto = noto.into_iter().flat_map(|data| Font::iter(Bytes::new(data)));
        let fonts: Vec<Font> = noto.chain(typst).collect();
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        Self { library: LazyHash::new(<Library as LibraryExt>::default()), book, fonts }
    }
}

struct Alone<'a> {
    shared: &'a Shared,
    files: HashMap<FileId, Bytes>,
}

impl World for Alone<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.shared.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.shared.book
    }

    fn main(&self) -> FileId {
        let path = VirtualPath::new("/brief.typ").unwrap();
        FileId::new(RootedPath::new(VirtualRoot::Project, path))
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let bytes = self.file(id)?;
        Ok(Source::new(id, bytes.as_str().map_err(|_| FileError::InvalidUtf8)?.into()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let missing = || FileError::NotFound(id.vpath().get_with_slash().into());
        self.files.get(&id).cloned().ok_or_else(missing)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shared.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
