//! Creates a new folder, or adds single files to a folder.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Failed, File, fill, in_the_way, make_folders, names, of, parts, take_away};
use crate::diag::{Code, Diagnostic, Message, Place, Result};

/// Names that may be in a folder to be filled, since version control may have come first.
const HARMLESS: &[&str] = &[".git", ".hg", ".jj"];

/// Creates a folder with these files: all of them, or none. A folder with other contents is refused.
pub fn create(folder: &Path, files: &[File]) -> Result<()> {
    names::check(files)?;
    let written = match contents(folder) {
        Ok(None) => beside(folder, files),
        Ok(Some(names)) if names.iter().all(|name| HARMLESS.contains(&name.as_str())) => {
            inside(folder, files)
        }
        Ok(Some(names)) => return Err(occupied(folder, &names).into()),
        Err(error) => Err(of(folder)(error)),
    };
    written.map_err(|Failed { path, error }| {
        let what = match path == folder {
            true => Message::default(),
            false => message!("`{path}`: ", path = path.display()),
        };
        vec![
            Diagnostic::error(
                Code::K0901,
                message!("the folder cannot be written: {what}{error}", what, error),
            )
            .at(Place::Path(folder.to_path_buf()))
            .note(message!("nothing was changed"))
            .hint(message!("check that the folder beside it can be written and the disk has room")),
        ]
    })
}

/// Adds files to a folder that may have others: all of them, or none. A file with the same name is
/// replaced if it is kosh's (`is_own` decides by its content); otherwise it is an error.
pub fn add(folder: &Path, files: &[File], is_own: impl Fn(&[u8]) -> bool) -> Result<()> {
    names::check(files)?;
    let is_in_the_way = |file: &&File| {
        let path = folder.join(&file.name);
        match fs::symlink_metadata(&path) {
            Err(_) => false,
            Ok(data) => !data.is_file() || !fs::read(&path).is_ok_and(|bytes| is_own(&bytes)),
        }
    };
    let names: Vec<String> =
        files.iter().filter(is_in_the_way).map(|file| file.name.clone()).collect();
    if !names.is_empty() {
        return Err(in_the_way(folder, &names).into());
    }
    let fresh = |file: &File| folder.join(format!(".{}.new-{}", file.name, std::process::id()));
    let put = || -> std::result::Result<(), Failed> {
        for file in files {
            let write = || -> io::Result<()> {
                let mut out = fs::File::create(fresh(file))?;
                out.write_all(&file.bytes)?;
                out.sync_all()
            };
            write().map_err(of(&folder.join(&file.name)))?;
        }
        for file in files {
            let place = folder.join(&file.name);
            fs::rename(fresh(file), &place).map_err(of(&place))?;
        }
        Ok(())
    };
    let made = make_folders(folder).map_err(of(folder));
    made.and_then(|made| {
        put().inspect_err(|_| {
            for file in files {
                let _ = fs::remove_file(fresh(file));
            }
            take_away(&made);
        })
    })
    .map_err(|Failed { path, error }| {
        let message = message!("`{path}` cannot be written: {error}", path = path.display(), error);
        vec![
            Diagnostic::error(Code::K0901, message).at(Place::Path(folder.to_path_buf())).hint(
                message!("check that the folder can be written and that the disk is not full"),
            ),
        ]
    })
}

/// The names in a folder, sorted; `None` if the path does not exist.
fn contents(folder: &Path) -> io::Result<Option<Vec<String>>> {
    match fs::read_dir(folder) {
        Ok(entries) => {
            let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
            let mut names: Vec<String> = names.collect::<io::Result<_>>()?;
            names.sort();
            Ok(Some(names))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn occupied(folder: &Path, names: &[String]) -> Diagnostic {
    const SHOWN: usize = 3;
    let first: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    let more = match names.len() {
        n if n > SHOWN => message!(" and {n} more", n = n - SHOWN),
        _ => Message::default(),
    };
    Diagnostic::error(Code::K0022, message!("`{folder}` is not empty", folder = folder.display()))
        .note(message!(
            "it contains {first}{more}; nothing was changed",
            first = first.join(", "),
            more
        ))
        .hint(message!(
            "name a folder that is empty or does not exist yet, or move these files away"
        ))
}

/// Puts a folder that does not exist yet in place with a single rename.
fn beside(folder: &Path, files: &[File]) -> std::result::Result<(), Failed> {
    folder.file_name().ok_or(io::ErrorKind::InvalidInput.into()).map_err(of(folder))?;
    let made = make_folders(parts(folder).0).map_err(of(folder))?;
    let fresh = super::beside(folder, &format!(".new-{}", std::process::id()));
    let all: Vec<&File> = files.iter().collect();
    fill(&fresh, &all, folder)
        .and_then(|()| fs::rename(&fresh, folder).map_err(of(folder)))
        .inspect_err(|_| {
            let _ = fs::remove_dir_all(&fresh);
            take_away(&made);
        })
}

/// Fills an existing folder, which stays the same folder: entries are moved in one by one, and removed
/// again if one of them fails.
fn inside(folder: &Path, files: &[File]) -> std::result::Result<(), Failed> {
    let fresh = folder.join(format!(".new-{}", std::process::id()));
    let mut moved: Vec<PathBuf> = vec![];
    let all: Vec<&File> = files.iter().collect();
    let written = fill(&fresh, &all, folder).and_then(|()| {
        for name in contents(&fresh).map_err(of(&fresh))?.unwrap_or_default() {
            let place = folder.join(&name);
            fs::rename(fresh.join(&name), &place).map_err(of(&place))?;
            moved.push(place);
        }
        fs::remove_dir(&fresh).map_err(of(&fresh))
    });
    written.inspect_err(|_| {
        for path in &moved {
            // Errors here are ignored; the original error is reported.
            let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        }
        let _ = fs::remove_dir_all(&fresh);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder =
            std::env::temp_dir().join(format!("kosh-create-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    fn files() -> Vec<File> {
        ["brief.toml", "data/a.csv"]
            .map(|name| File { name: name.into(), bytes: name.into() })
            .into()
    }

    #[test]
    fn a_new_folder_an_empty_one_and_one_under_version_control_are_filled() {
        let new = folder("new");
        create(&new.join("deep/er"), &files()).unwrap();
        assert_eq!(fs::read(new.join("deep/er/data/a.csv")).unwrap(), b"data/a.csv");
        assert_eq!(contents(&new.join("deep")).unwrap().unwrap(), ["er"]);
        fs::create_dir(new.join("empty")).unwrap();
        fs::create_dir(new.join("empty/.git")).unwrap();
        create(&new.join("empty"), &files()).unwrap();
        let names = contents(&new.join("empty")).unwrap().unwrap();
        assert_eq!(names, [".git", "brief.toml", "data"]);
        fs::remove_dir_all(&new).unwrap();
    }

    #[test]
    fn a_folder_with_something_in_it_is_refused_and_stays_as_it_is() {
        let folder = folder("full");
        fs::create_dir_all(&folder).unwrap();
        for name in ["a", "b", "c", "d"] {
            fs::write(folder.join(name), name).unwrap();
        }
        let found = create(&folder, &files()).unwrap_err();
        assert_eq!(found[0].code, Code::K0022);
        assert!(found[0].notes[0].contains("`a`, `b`, `c` and 1 more"), "{:?}", found[0].notes);
        assert_eq!(contents(&folder).unwrap().unwrap(), ["a", "b", "c", "d"]);
        // A file is not a folder.
        assert_eq!(create(&folder.join("a"), &files()).unwrap_err()[0].code, Code::K0901);
        assert_eq!(fs::read(folder.join("a")).unwrap(), b"a");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn what_cannot_be_written_whole_is_not_written() {
        let folder = folder("half");
        fs::create_dir_all(folder.join("empty")).unwrap();
        // The same name as a file and as a folder.
        let mut files = files();
        files.push(File { name: "brief.toml/x".into(), bytes: vec![] });
        for place in ["new", "empty"] {
            assert_eq!(create(&folder.join(place), &files).unwrap_err()[0].code, Code::K0901);
        }
        assert_eq!(contents(&folder).unwrap().unwrap(), ["empty"]);
        assert_eq!(contents(&folder.join("empty")).unwrap().unwrap(), [""; 0]);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn files_are_put_among_others() {
        let folder = folder("among");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("brief.toml"), "old").unwrap();
        fs::write(folder.join("other"), "other").unwrap();
        add(&folder, &files()[..1], |old| old == b"old").unwrap();
        assert_eq!(fs::read(folder.join("brief.toml")).unwrap(), b"brief.toml");
        assert_eq!(contents(&folder).unwrap().unwrap(), ["brief.toml", "other"]);
        // A file of somebody else is not overwritten, and then no other file is written.
        fs::write(folder.join("brief.toml"), "mine").unwrap();
        let new = File { name: "new".into(), bytes: vec![] };
        let found = add(&folder, &[new, files().remove(0)], |old| old == b"old").unwrap_err();
        assert_eq!(found[0].code, Code::K0918);
        assert_eq!(fs::read(folder.join("brief.toml")).unwrap(), b"mine");
        assert_eq!(contents(&folder).unwrap().unwrap(), ["brief.toml", "other"]);
        fs::remove_dir_all(&folder).unwrap();
    }
}
