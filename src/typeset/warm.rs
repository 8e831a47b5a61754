//! Loading early what Typst would load late.

use std::sync::Once;

use super::world::{EditionWorld, Kept};
use super::{Files, MAIN};
use crate::typeset::fonts::Fonts;

/// A document with a list of sources of one entry.
const SMALL: &str = "#bibliography(bytes(\"a: {type: misc, title: a}\"), title: none, full: true)";

/// Starts loading the locales of citation styles in a thread of its own, once in a process.
///
/// Typst decodes all of them, 60 languages, when it sets the first list of sources; that takes a tenth of
/// a build, and every other document waits for it. While a brief is read and worded a second core has
/// little to do. The only way to Typst's copy is to set a list.
pub fn warm_up() {
    static STARTED: Once = Once::new();
    STARTED.call_once(|| {
        std::thread::spawn(|| {
            let mut files = Files::new();
            files.insert(MAIN, MAIN, SMALL);
            let kept = Kept::new(Fonts::with(&[]));
            if let Ok(world) = EditionWorld::new(kept.into(), &files) {
                drop(typst::compile::<typst_layout::PagedDocument>(&world));
            }
        });
    });
}
