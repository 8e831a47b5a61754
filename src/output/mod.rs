//! Output: writes the files of a release completely or not at all. Nothing else writes to disk.
//!
//! Files are written into a new folder beside the old one, flushed, and put in its place. On Linux and
//! macOS the two folders are exchanged in a single system call, so one of them is always there complete;
//! elsewhere two renames are used, and the next run repairs what a killed run left in between. A [`Lock`]
//! keeps two runs from one folder. A new folder is created in the same way ([`create`]), and never
//! replaces anything.
//!
//! Files in the folder that kosh did not make are kept; if one of them has the name of a file to be
//! written, nothing is written ([`Own`] lists kosh's files).
//!
//! | file | |
//! |---|---|
//! | `lock` | locks on folders |
//! | `place` | puts a folder in place of another |
//! | `stay` | sorts the old folder's files into those to remove and those to keep |
//! | `names` | file names that are valid and distinct on every system |
//! | `create` | creates new folders, and adds single files |
//! | `numbered` | numbered folders that are written once |
//! | `revise` | files of a folder changed together |

mod create;
mod lock;
mod names;
mod numbered;
mod place;
mod revise;
mod stay;

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::diag::{Code, Diagnostic, Message, Place, Result};

pub use create::{add, create};
pub use lock::{Lock, lock};
pub use names::is_file_name;
pub use numbered::{Numbered, numbers};
pub use revise::{Content, Revision, revise};
pub use stay::Own;

/// The file that lists the others of a release: see `build::manifest`.
const MANIFEST: &str = "manifest.json";

/// A file of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path within the release, such as `figures/F1-en.svg`.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The result of putting a release in place.
#[derive(Debug, Default)]
pub struct Put {
    /// Warnings about files that could not be removed.
    pub reported: Vec<Diagnostic>,
    /// The names of files that kosh made earlier and not now, which were left in place.
    pub stays: Vec<String>,
}

/// A failed operation, with the path it was about.
#[derive(Debug)]
struct Failed {
    path: PathBuf,
    error: io::Error,
}

/// Adds the path to an error.
fn of(path: &Path) -> impl FnOnce(io::Error) -> Failed + '_ {
    move |error| Failed { path: path.to_path_buf(), error }
}

/// Puts a release in place of the contents of `folder`.
pub fn replace(folder: &Path, files: &[File]) -> Result<Vec<Diagnostic>> {
    replace_locked(&lock(folder, || {})?, files, &Own::default()).map(|put| put.reported)
}

/// The same for a caller that has the lock, and knows which files in the folder are kosh's.
pub fn replace_locked(lock: &Lock, files: &[File], own: &Own) -> Result<Put> {
    names::check(files)?;
    let folder = lock.folder();
    if folder.exists() && !folder.is_dir() {
        let error = io::Error::new(
            io::ErrorKind::AlreadyExists,
            "there is a file where the folder should \
                be",
        );
        return Err(unwritten(folder, &of(folder)(error)));
    }
    let stay = stay::sort(folder, files, own).map_err(|failed| unwritten(folder, &failed))?;
    if !stay.in_the_way.is_empty() {
        return Err(in_the_way(folder, &stay.in_the_way).into());
    }
    let added = stay.record(own);
    let all: Vec<&File> = files.iter().chain(&added).collect();
    let left = place::put(folder, &all, &stay).map_err(|failed| unwritten(folder, &failed))?;
    let reported = left.into_iter().map(|path| uncleared(folder, &path)).collect();
    Ok(Put { reported, stays: stay.own })
}

fn uncleared(folder: &Path, left: &Path) -> Diagnostic {
    let message = message!("`{left}` cannot be removed", left = left.display());
    Diagnostic::warning(Code::K0907, message)
        .at(Place::Path(folder.to_path_buf()))
        .subject(left.file_name().unwrap_or_default().to_string_lossy())
        .note(message!(
            "the release is in place; this folder contains the previous release or the rest of an \
            interrupted run"
        ))
        .hint(message!("kosh does not read it: delete it, or ask its owner to do so"))
}

/// The error for files that kosh did not make and would have to overwrite.
fn in_the_way(folder: &Path, names: &[String]) -> Diagnostic {
    const SHOWN: usize = 5;
    let named: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    let more = match names.len() {
        n if n > SHOWN => message!(" and {n} more", n = n - SHOWN),
        _ => Message::default(),
    };
    let message = match names.len() {
        1 => message!("{named} was not made by kosh and would be overwritten", named = named[0]),
        n => message!("{n} files were not made by kosh and would be overwritten", n),
    };
    Diagnostic::error(Code::K0918, message)
        .at(Place::Path(folder.to_path_buf()))
        .note(message!(
            "the files are {named}{more}; nothing was changed",
            named = named.join(", "),
            more
        ))
        .note(message!("kosh recognises its own files by the `manifest.json` next to them"))
        .hint(message!("move these files away, or build into another folder with `--output DIR`"))
}

fn unwritten(folder: &Path, failed: &Failed) -> Vec<Diagnostic> {
    let Failed { path, error } = failed;
    let message = match path == folder {
        true => message!("the release cannot be written: {error}", error),
        false => message!(
            "the release cannot be written: `{path}`: {error}",
            path = path.display(),
            error
        ),
    };
    vec![
        Diagnostic::error(Code::K0901, message)
            .at(Place::Path(folder.to_path_buf()))
            .note(message!("nothing was changed: the files in place are complete"))
            .hint(message!("check that the folder can be written and that the disk is not full")),
    ]
}

/// The parent folder, and the name in it.
fn parts(folder: &Path) -> (&Path, &std::ffi::OsStr) {
    let parent = folder.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    (parent, folder.file_name().unwrap_or("release".as_ref()))
}

/// A hidden name beside a folder: `.NAME` and the suffix `follows`.
fn beside(folder: &Path, follows: &str) -> PathBuf {
    let (parent, name) = parts(folder);
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(name);
    hidden.push(follows);
    parent.join(hidden)
}

/// Creates a folder, fills it with files and flushes them. Errors name the file by its path in `shown`,
/// the folder for which the files are meant.
fn fill(fresh: &Path, files: &[&File], shown: &Path) -> std::result::Result<(), Failed> {
    fs::create_dir_all(fresh).map_err(of(shown))?;
    // Flushing is slow, and can be done for several files in parallel.
    files.par_iter().try_for_each(|file| {
        let path = fresh.join(&file.name);
        let write = || {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            let mut out = fs::File::create(&path)?;
            out.write_all(&file.bytes)?;
            out.sync_all()
        };
        write().map_err(of(&shown.join(&file.name)))
    })
}

/// The hashes in a manifest, even if it was truncated or changed; empty if it is not a manifest of kosh.
pub fn hashes_in(manifest: &[u8]) -> BTreeSet<String> {
    let text = String::from_utf8_lossy(manifest);
    if !text.contains("\"kosh\"") && !text.contains("\"seal\"") {
        return BTreeSet::new();
    }
    let is_hash = |word: &&str| word.len() == 64;
    let words = text.split(|c: char| !c.is_ascii_hexdigit());
    words.filter(is_hash).map(str::to_ascii_lowercase).collect()
}

/// Creates a folder and its parents; returns those that did not exist, outermost first.
fn make_folders(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let missing = folder.ancestors().take_while(|path| !path.as_os_str().is_empty());
    let mut made: Vec<PathBuf> =
        missing.take_while(|path| !path.exists()).map(Path::to_path_buf).collect();
    made.reverse();
    use io::ErrorKind::{AlreadyExists, NotFound};
    let mut outcome = fs::create_dir_all(folder);
    for _ in 0..TRIES {
        match &outcome {
            // A parent was removed, or existed and was removed, in the meantime.
            Err(error) if matches!(error.kind(), NotFound | AlreadyExists) => {
                outcome = fs::create_dir_all(folder);
            }
            _ => break,
        }
    }
    if outcome.is_err() {
        take_away(&made);
    }
    outcome.map(|()| made)
}

/// How often a folder is created again after another run removed it.
const TRIES: usize = 1000;

/// Removes created folders that are empty, innermost first.
fn take_away(made: &[PathBuf]) {
    for folder in made.iter().rev() {
        let _ = fs::remove_dir(folder);
    }
}

/// The names of the files below a folder in order, such as `figures/F1-en.svg`; hidden files are left
/// out.
pub fn names_below(folder: &Path) -> Vec<String> {
    let mut names = vec![];
    collect(folder, "", &mut names);
    names.sort();
    names
}

fn collect(folder: &Path, before: &str, names: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let name = format!("{before}{name}");
        match entry.path().is_dir() {
            true => collect(&entry.path(), &format!("{name}/"), names),
            false => names.push(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("kosh-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn file(name: &str, text: &str) -> File {
        File { name: name.into(), bytes: text.into() }
    }

    fn files(text: &str) -> [File; 1] {
        [file("figures/a.txt", text)]
    }

    /// The content of a manifest that names these files.
    fn own(files: &[File]) -> Own {
        let hash = |file: &File| blake3::hash(&file.bytes).to_hex().to_string();
        let files = files.iter().map(|file| (file.name.clone(), hash(file))).collect();
        Own { files, ..Own::default() }
    }

    fn put(folder: &Path, files: &[File], own: &Own) -> Result<Put> {
        replace_locked(&lock(folder, || {})?, files, own)
    }

    /// The files below a folder, including hidden ones, with their contents; folders end in a slash.
    fn tree(folder: &Path) -> BTreeMap<String, String> {
        fn walk(folder: &Path, before: &str, all: &mut BTreeMap<String, String>) {
            for entry in fs::read_dir(folder).unwrap() {
                let entry = entry.unwrap();
                let name = format!("{before}{}", entry.file_name().to_string_lossy());
                if entry.file_type().unwrap().is_dir() {
                    all.insert(format!("{name}/"), String::new());
                    walk(&entry.path(), &format!("{name}/"), all);
                } else {
                    let text = fs::read(entry.path()).unwrap_or_default();
                    all.insert(name, String::from_utf8_lossy(&text).into_owned());
                }
            }
        }
        let mut all = BTreeMap::new();
        walk(folder, "", &mut all);
        all
    }

    fn names(folder: &Path) -> Vec<String> {
        tree(folder).into_keys().collect()
    }

    #[test]
    fn a_file_in_the_way_stays_and_nothing_is_left() {
        let above = folder("in-the-way");
        fs::write(above.join("bns"), "mine").unwrap();
        let found = replace(&above.join("bns"), &files("a")).unwrap_err();
        assert_eq!(found[0].code, Code::K0901);
        assert!(found[0].message.contains("there is a file"), "{}", found[0].message);
        assert_eq!(fs::read_to_string(above.join("bns")).unwrap(), "mine");
        assert_eq!(names(&above), ["bns"], "not even the lock");
        fs::remove_dir_all(&above).unwrap();
    }

    #[test]
    fn a_lock_that_is_let_go_takes_its_folders_along() {
        let above = folder("lock");
        let deep = above.join("output/2030-H1/bns");
        let held = lock(&deep, || {}).unwrap();
        assert_eq!(names(&above), ["output/", "output/2030-H1/", "output/2030-H1/.bns.lock"]);
        drop(held);
        assert_eq!(names(&above), [""; 0]);
        assert!(put(&deep, &files("a"), &Own::default()).unwrap().reported.is_empty());
        assert!(!above.join("output/2030-H1/.bns.lock").exists());
        assert_eq!(fs::read_to_string(deep.join("figures/a.txt")).unwrap(), "a");
        // Another file with the name of a lock file is not removed.
        fs::write(above.join("output/2030-H1/.bns.lock"), "mine").unwrap();
        drop(lock(&deep, || {}).unwrap());
        assert!(above.join("output/2030-H1/.bns.lock").exists());
        fs::remove_dir_all(&above).unwrap();
    }

    #[test]
    fn many_who_wait_for_a_lock_have_it_one_after_the_other() {
        let above = folder("queue");
        let (deep, count) = (above.join("a/b/bns"), above.join("count"));
        fs::write(&count, "0").unwrap();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..25 {
                        let _held = lock(&deep, || {}).unwrap();
                        let now: u32 = fs::read_to_string(&count).unwrap().parse().unwrap();
                        std::thread::yield_now();
                        fs::write(&count, (now + 1).to_string()).unwrap();
                    }
                });
            }
        });
        assert_eq!(fs::read_to_string(&count).unwrap(), "200");
        // A folder that one run created while another waited in it may stay; a lock does not.
        assert!(!names(&above).iter().any(|name| name.ends_with(".lock")));
        fs::remove_dir_all(&above).unwrap();
    }

    #[test]
    fn what_kosh_did_not_make_stays_where_it_is() {
        let above = folder("stays");
        let release = above.join("bns");
        let old = [file("a.txt", "old"), file("gone.txt", "gone"), file("figures/f.svg", "f")];
        put(&release, &old, &Own::default()).unwrap();
        for (name, text) in [
            ("notes.txt", "mine"),
            (".hidden", "hidden"),
            ("figures/sketch.svg", "sketch"),
            ("mine/deep/er.txt", "deep"),
            ("mine/.git/config", "git"),
        ] {
            fs::create_dir_all(release.join(name).parent().unwrap()).unwrap();
            fs::write(release.join(name), text).unwrap();
        }
        fs::create_dir(release.join("empty")).unwrap();
        // A file of kosh that somebody edited, and that is no longer made.
        fs::write(release.join("gone.txt"), "edited").unwrap();
        let mut expected = tree(&release);
        let new = [file("a.txt", "new"), file("b.txt", "b")];
        let came = put(&release, &new, &own(&old)).unwrap();
        assert!(came.reported.is_empty() && came.stays.is_empty(), "{came:?}");
        expected.insert("a.txt".into(), "new".into());
        expected.insert("b.txt".into(), "b".into());
        expected.remove("figures/f.svg");
        assert_eq!(tree(&release), expected);
        assert_eq!(fs::read_dir(&above).unwrap().count(), 1, "nothing lies beside it");
        // If it was edited and is made again, it is replaced.
        fs::write(release.join("a.txt"), "edited").unwrap();
        put(&release, &new, &own(&new)).unwrap();
        assert_eq!(tree(&release), expected);
        fs::remove_dir_all(&above).unwrap();
    }

    #[test]
    fn what_would_be_written_over_stops_the_release() {
        for (name, is_folder) in
            [("a.txt", false), ("figures", false), ("a.txt", true), ("figures/f.svg", false)]
        {
            let above = folder("over");
            let release = above.join("bns");
            let place = release.join(name);
            match is_folder {
                true => fs::create_dir_all(&place).unwrap(),
                false => {
                    fs::create_dir_all(place.parent().unwrap()).unwrap();
                    fs::write(&place, "mine").unwrap();
                }
            }
            let before = tree(&above);
            let new = [file("a.txt", "new"), file("figures/f.svg", "f"), file("c.txt", "c")];
            let found = put(&release, &new, &Own::default()).unwrap_err();
            assert_eq!(found[0].code, Code::K0918, "{name}");
            assert!(found[0].message.contains(name), "{}", found[0].message);
            assert_eq!(tree(&above), before, "{name}");
            fs::remove_dir_all(&above).unwrap();
        }
        // Replacing the same bytes or an empty file loses nothing.
        let above = folder("same");
        let release = above.join("bns");
        fs::create_dir_all(&release).unwrap();
        fs::write(release.join("a.txt"), "new").unwrap();
        fs::write(release.join("b.txt"), "").unwrap();
        put(&release, &[file("a.txt", "new"), file("b.txt", "b")], &Own::default()).unwrap();
        fs::remove_dir_all(&above).unwrap();
    }

    #[test]
    fn files_of_other_forms_are_left_until_they_are_made_again() {
        let above = folder("forms");
        let release = above.join("bns");
        let scope = |all: &[&str]| all.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
        let asked = |before: &[File], was: &[&str], now: &[&str]| Own {
            scope: scope(was),
            now: scope(now),
            stays: !scope(was).is_subset(&scope(now)),
            ..own(before)
        };
        let brief = [file("brief.pdf", "brief"), file("facts.csv", "1"), file("f.svg", "f")];
        put(&release, &brief, &asked(&[], &[], &["brief"])).unwrap();
        let annex = [file("annex.pdf", "annex"), file("facts.csv", "2")];
        for _ in 0..2 {
            let own = match release.join("annex.pdf").exists() {
                true => asked(&annex, &["annex"], &["annex"]),
                false => asked(&brief, &["brief"], &["annex"]),
            };
            let came = put(&release, &annex, &own).unwrap();
            assert_eq!(came.stays, ["brief.pdf", "f.svg"]);
            let left = ["annex.pdf", "brief.pdf", "f.svg", "facts.csv"];
            assert_eq!(names(&release), [&[stay::RECORD][..], &left].concat());
            assert_eq!(fs::read_to_string(release.join("facts.csv")).unwrap(), "2");
        }
        // Made again, they are replaced, and files no longer made are removed.
        let both = [file("brief.pdf", "new"), file("annex.pdf", "new"), file("facts.csv", "3")];
        let came = put(&release, &both, &asked(&annex, &["annex"], &["annex", "brief"])).unwrap();
        assert!(came.stays.is_empty());
        assert_eq!(names(&release), ["annex.pdf", "brief.pdf", "facts.csv"]);
        fs::remove_dir_all(&above).unwrap();
    }

    #[test]
    fn what_cannot_be_cleared_away_is_reported_and_stops_nothing() {
        let above = folder("left");
        let made = [file("a.txt", "a"), file(MANIFEST, "{\"kosh\": 1}")];
        let vouching = format!(
            "{{\"kosh\": \"{}\", \"b\": \"{}\"}}",
            blake3::hash(b"of a run").to_hex(),
            blake3::hash(b"{}").to_hex(),
        );
        // Remains of a killed run: half a release, an old one, and an old one with another file.
        for (name, text) in [
            (".bns.new-7-0/a.txt", "half"),
            (".bns.swap-7-0/b.txt", "of a run"),
            (".bns.swap-7-0/manifest.json", &vouching),
            (".bns.swap-8-0/b.txt", "of a run"),
            (".bns.swap-8-0/mine.txt", "mine"),
            (".bns.swap-8-0/manifest.json", &vouching),
            // Files of the user, though their names look like remains.
            (".bns.new-1", "mine"),
            (".bns.new-mine/a.txt", "mine"),
            (".bns.old/mine.txt", "mine"),
        ] {
            fs::create_dir_all(above.join(name).parent().unwrap()).unwrap();
            fs::write(above.join(name), text).unwrap();
        }
        let reported = put(&above.join("bns"), &made, &Own::default()).unwrap().reported;
        let messages: String = reported.iter().map(|one| one.message.to_string()).collect();
        assert_eq!(reported.len(), 1, "{messages}");
        assert_eq!(reported[0].code, Code::K0907);
        assert!(messages.contains(".bns.swap-8-0"), "{messages}");
        let left = names(&above);
        assert_eq!(
            left.iter().filter(|name| !name.ends_with('/')).collect::<Vec<_>>(),
            [
                ".bns.new-1",
                ".bns.new-mine/a.txt",
                ".bns.old/mine.txt",
                ".bns.swap-8-0/mine.txt",
                "bns/a.txt",
                "bns/manifest.json",
            ]
        );
        // With a release in place, the old one beside it is checked too.
        let reported = put(&above.join("bns"), &made, &own(&made)).unwrap().reported;
        let messages: String = reported.iter().map(|one| one.message.to_string()).collect();
        assert!(reported.len() == 2 && messages.contains(".bns.old"), "{messages}");
        assert!(above.join(".bns.old/mine.txt").exists());
        fs::remove_dir_all(&above).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_release_that_is_read_only_and_one_behind_a_link_are_replaced() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let above = folder("read-only");
        let release = above.join("bns");
        put(&release, &files("a"), &Own::default()).unwrap();
        for sealed in [release.join("figures"), release.clone()] {
            fs::set_permissions(sealed, fs::Permissions::from_mode(0o500)).unwrap();
        }
        put(&release, &files("b"), &own(&files("a"))).unwrap();
        assert_eq!(fs::read_to_string(release.join("figures/a.txt")).unwrap(), "b");
        // The target of a link may be any folder of the user.
        fs::write(release.join("mine.txt"), "mine").unwrap();
        symlink("mine.txt", release.join("link-in-it")).unwrap();
        symlink("not/there", release.join("dangling")).unwrap();
        let link = above.join("link");
        symlink("bns", &link).unwrap();
        put(&link, &files("c"), &own(&files("b"))).unwrap();
        assert_eq!(fs::read_to_string(release.join("figures/a.txt")).unwrap(), "c");
        assert_eq!(fs::read_to_string(release.join("link-in-it")).unwrap(), "mine");
        assert_eq!(fs::read_link(release.join("dangling")).unwrap(), Path::new("not/there"));
        assert!(link.is_symlink() && release.join("link-in-it").is_symlink());
        assert_eq!(fs::read_dir(&above).unwrap().count(), 2, "the release and the link");
        // A link in place of a file of kosh is removed; its target stays.
        fs::remove_file(release.join("figures/a.txt")).unwrap();
        symlink("../mine.txt", release.join("figures/a.txt")).unwrap();
        put(&release, &files("d"), &own(&files("c"))).unwrap();
        assert_eq!(fs::read_to_string(release.join("figures/a.txt")).unwrap(), "d");
        assert_eq!(fs::read_to_string(release.join("mine.txt")).unwrap(), "mine");
        fs::remove_dir_all(&above).unwrap();
    }

    #[test]
    fn a_lock_that_cannot_be_had_is_reported_and_nothing_is_written() {
        let above = folder("no-lock");
        // A folder is in place of the lock file.
        fs::create_dir_all(above.join(".bns.lock")).unwrap();
        let found = replace(&above.join("bns"), &files("a")).unwrap_err();
        assert_eq!(found[0].code, Code::K0902);
        assert_eq!(found[0].place, Some(Place::Path(above.join("bns"))));
        assert_eq!(names(&above), [".bns.lock/"]);
        fs::remove_dir_all(&above).unwrap();
    }

    #[test]
    fn an_error_names_the_file() {
        let above = folder("names");
        let long = format!("figures/{}.svg", "x".repeat(200));
        let release = above.join("bns");
        // The same name as a file and as a folder.
        let files = [file(&long, ""), file("a", ""), file("a/b", "")];
        let found = put(&release, &files, &Own::default()).unwrap_err();
        assert_eq!(found[0].code, Code::K0901);
        assert!(found[0].message.contains("bns/a"), "{}", found[0].message);
        assert_eq!(names(&above), [""; 0]);
        fs::remove_dir_all(&above).unwrap();
    }
}
