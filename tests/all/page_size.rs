//! Page sizes: the shipped brief fits on each, with nothing cut, lost or laid over something else.

use crate::common::{self, Copy};

use kosh::project::{Format, PageSize};

/// The shipped project with another page size.
fn sized(size: &str) -> Copy {
    let copy = Copy::of_shipped();
    let brief = copy.read("brief.toml");
    copy.write("brief.toml", format!("page-size = \"{size}\"\n{brief}"));
    copy
}

/// Lays out a brief on pages of a size: the pages are checked as in a build, and have the size.
fn fits(size: &str, format: Format, (width, height): (f64, f64)) {
    let copy = sized(size);
    let name = if format == Format::Express { "express" } else { "standard" };
    let brief = copy.read("brief.toml");
    copy.write("brief.toml", format!("formats = [\"{name}\"]\n{brief}"));
    let (pipeline, mut found) = common::well(copy.open());
    let period = common::well(pipeline.period(None, None));
    let edition = common::well(pipeline.edition(format, period, None)).unwarned(&mut found);
    let mut warnings = vec![];
    let proofs = common::well(pipeline.proof(&edition)).unwarned(&mut warnings);
    let said = common::draw_each(&warnings);
    assert!(said.is_empty(), "{size}: {said:#?}");
    for proof in &proofs {
        assert!(!proof.pages.is_empty(), "{size}");
        for page in &proof.pages {
            let near = |points: f64, mm: f64| (points - mm * 72.0 / 25.4).abs() < 0.5;
            let is_sized = near(page.width_pt, width) && near(page.height_pt, height)
                || near(page.width_pt, height) && near(page.height_pt, width);
            assert!(is_sized, "{size}: {} × {}", page.width_pt, page.height_pt);
        }
    }
    let number = proofs.iter().map(|proof| proof.pages.len()).collect::<Vec<_>>();
    eprintln!("{size}: {number:?} pages");
}

#[test]
fn the_brief_fits_on_a5() {
    fits("a5", Format::Standard, (148.0, 210.0));
}

#[test]
fn the_brief_fits_on_b5() {
    fits("b5", Format::Standard, (176.0, 250.0));
}

#[test]
fn the_brief_fits_on_a3() {
    fits("a3", Format::Standard, (297.0, 420.0));
}

#[test]
fn two_languages_fit_on_a3_and_on_b5() {
    fits("a3", Format::Express, (297.0, 420.0));
    fits("b5", Format::Express, (176.0, 250.0));
}

#[test]
fn another_size_is_refused_with_the_nearest() {
    let said = sized("a6").open().err().map(|found| common::drawn(&found)).unwrap_or_default();
    assert!(said.contains("K0003") && said.contains("`a5`"), "{said}");
    assert_eq!(PageSize::default(), PageSize::A4);
}
