//! Watching: waits until something that the last build read has changed.
//!
//! In: everything recorded by [`Files`](crate::files::Files): files by content, folders by the names in
//! them, and paths that did not exist ([`Fingerprint`]). Out: the paths that changed. Notifications of
//! the system only trigger a comparison of contents. So a touched file is no change, an editor may save
//! by renaming, and a lost notification does no harm once another one comes.
//!
//! [`Session`] builds repeatedly, and returns the result of each [`Round`].
//!
//! If the system gives no notifications (network folders, too many watched folders), contents are
//! compared every second.

mod round;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::diag::{Code, Diagnostic, Place};
use crate::files::{self, Fingerprint, is_shipped};

pub use round::{Release, Round, Session};

/// Notifications within this time belong together, since an editor's save causes several. A slower save
/// is read half-finished, and again when it is complete.
const TOGETHER: Duration = Duration::from_millis(15);
/// The longest time to wait for a series of notifications to end.
const AT_MOST: Duration = Duration::from_millis(400);
/// The interval of comparisons without notifications.
const POLL: Duration = Duration::from_secs(1);

/// A signal to a [`Watch`].
enum Wake {
    /// A notification about a watched folder.
    Disk,
    /// The end of watching.
    Stop,
}

/// Ends a [`Watch`] from another thread.
#[derive(Clone)]
pub struct Stop(Sender<Wake>);

impl Stop {
    /// Ends it.
    pub fn stop(&self) {
        // A watch that has already ended needs no signal.
        let _ = self.0.send(Wake::Stop);
    }
}

/// Watches the folders of everything that was read.
pub struct Watch {
    notices: Option<RecommendedWatcher>,
    send: Sender<Wake>,
    wakes: Receiver<Wake>,
    folders: BTreeSet<PathBuf>,
    /// Folders without notifications.
    deaf: BTreeSet<PathBuf>,
    fingerprints: BTreeMap<PathBuf, Fingerprint>,
}

impl Default for Watch {
    fn default() -> Self {
        Self::new()
    }
}

impl Watch {
    /// A watch without paths.
    pub fn new() -> Self {
        let (send, wakes) = channel();
        let to = send.clone();
        let notices = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            // Reads are ignored, or reading a changed file would trigger another round.
            let is_change = event.map_or(true, |event| !event.kind.is_access());
            if is_change {
                let _ = to.send(Wake::Disk);
            }
        })
        .ok();
        let (folders, deaf, fingerprints) = Default::default();
        Self { notices, send, wakes, folders, deaf, fingerprints }
    }

    /// A handle that ends it.
    pub fn stop(&self) -> Stop {
        Stop(self.send.clone())
    }

    /// Watches exactly what the last build requested.
    ///
    /// Returns a warning, once per folder, if the system gives no notifications for it.
    pub fn follow(&mut self, fingerprints: BTreeMap<PathBuf, Fingerprint>) -> Vec<Diagnostic> {
        self.fingerprints = fingerprints;
        self.fingerprints.retain(|path, _| !is_shipped(path));
        let reported = self.attend();
        let reported = reported.first().map(|(folder, error)| {
            Diagnostic::warning(Code::K1102, message!("changes cannot be watched: {error}", error))
                .at(Place::Path(folder.clone()))
                .note(message!("the files are compared with their last state every second instead"))
                .hint(message!(
                    "nothing needs to be done; in a folder on a local disk changes are noticed at \
                    once"
                ))
        });
        reported.into_iter().collect()
    }

    /// Requests notifications for the current folders; returns new ones for which that failed.
    fn attend(&mut self) -> Vec<(PathBuf, String)> {
        let folders: BTreeSet<PathBuf> = self
            .fingerprints
            .iter()
            .flat_map(|(path, fingerprint)| homes(path, *fingerprint))
            .collect();
        if let Some(notices) = &mut self.notices {
            for gone in self.folders.difference(&folders) {
                // A removed folder is no longer watched.
                let _ = notices.unwatch(gone);
            }
        }
        let mut reported = vec![];
        for folder in &folders {
            // A folder that was removed and created again must be watched again.
            let watched = match &mut self.notices {
                Some(notices) => {
                    notices.watch(folder, RecursiveMode::NonRecursive).map_err(|e| e.to_string())
                }
                None => Err("the system does not report changes".to_owned()),
            };
            match watched {
                Ok(()) => drop(self.deaf.remove(folder)),
                Err(error) if self.deaf.insert(folder.clone()) => {
                    reported.push((folder.clone(), error))
                }
                Err(_) => {}
            }
        }
        self.deaf.retain(|folder| folders.contains(folder));
        self.folders = folders;
        reported
    }

    /// Waits for a change and returns the changed paths; `None` when watching ends.
    pub fn wait(&mut self) -> Option<Vec<PathBuf>> {
        // Changes during reading, or before watching began, are found here.
        let mut changed = self.changed();
        if !changed.is_empty() {
            // The file may be changing at the moment, so waits for the end of the series.
            self.settle()?;
            changed = self.changed();
        }
        while changed.is_empty() {
            let wake = match self.deaf.is_empty() {
                true => self.wakes.recv().map_err(|_| RecvTimeoutError::Disconnected),
                false => self.wakes.recv_timeout(POLL),
            };
            match wake {
                Ok(Wake::Disk) => self.settle()?,
                Err(RecvTimeoutError::Timeout) => {}
                Ok(Wake::Stop) | Err(RecvTimeoutError::Disconnected) => return None,
            }
            // A folder that did not exist may have been created.
            self.attend();
            changed = self.changed();
        }
        Some(changed)
    }

    /// Waits for the end of a series of notifications; `None` when watching ends.
    fn settle(&self) -> Option<()> {
        let start = Instant::now();
        while start.elapsed() < AT_MOST {
            match self.wakes.recv_timeout(TOGETHER) {
                Ok(Wake::Disk) => {}
                Ok(Wake::Stop) => return None,
                Err(_) => break,
            }
        }
        Some(())
    }

    /// The paths that have changed; files before the folders that list them.
    fn changed(&self) -> Vec<PathBuf> {
        let disk = files::Disk::new();
        let differs = |(path, fingerprint): &(&PathBuf, &Fingerprint)| {
            disk.now(path, **fingerprint) != **fingerprint
        };
        let changed: Vec<&PathBuf> =
            self.fingerprints.iter().filter(differs).map(|(path, _)| path).collect();
        let (folders, files): (Vec<&PathBuf>, Vec<&PathBuf>) = changed
            .into_iter()
            .partition(|path| matches!(self.fingerprints[*path], Fingerprint::Folder(_)));
        files.into_iter().chain(folders).cloned().collect()
    }
}

/// The folders whose notifications concern a path: its folder or the nearest existing one; for a link
/// also the folder of its target; a folder itself.
fn homes(path: &Path, fingerprint: Fingerprint) -> Vec<PathBuf> {
    let near = |path: &Path| {
        let mut above =
            path.ancestors().skip(1).map(|folder| match folder.as_os_str().is_empty() {
                true => PathBuf::from("."),
                false => folder.to_path_buf(),
            });
        above.find(|folder| folder.is_dir())
    };
    let mut homes: Vec<PathBuf> = near(path).into_iter().collect();
    if matches!(fingerprint, Fingerprint::Folder(_)) && path.is_dir() {
        homes.push(path.to_path_buf());
    }
    if path.is_symlink() {
        homes.extend(path.canonicalize().ok().as_deref().and_then(near));
    }
    homes
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::files::Files;

    /// A folder that is removed again.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let folder =
                std::env::temp_dir().join(format!("kosh-watch-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(&folder).unwrap();
            Self(folder.canonicalize().unwrap())
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    /// A watch that ends after some time without changes.
    fn watch(fingerprints: BTreeMap<PathBuf, Fingerprint>, at_most: Duration) -> Watch {
        let mut watch = Watch::new();
        assert_eq!(watch.follow(fingerprints), []);
        let stop = watch.stop();
        std::thread::spawn(move || {
            std::thread::sleep(at_most);
            stop.stop();
        });
        watch
    }

    fn later(work: impl FnOnce() + Send + 'static) {
        std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(100));
            work();
        });
    }

    const LONG: Duration = Duration::from_secs(20);

    #[test]
    fn what_was_read_and_what_was_missing_is_watched_and_nothing_else() {
        let folder = Folder::new("read");
        let (read, missing, other) =
            (folder.0.join("a.csv"), folder.0.join("fonts/b.ttf"), folder.0.join("c.csv"));
        fs::write(&read, "1").unwrap();
        let files = Files::new();
        files.read(&read).unwrap();
        assert!(!files.exists(&missing));
        let mut watched = watch(files.fingerprints(), LONG);

        let (path, beside) = (read.clone(), other.clone());
        later(move || {
            // A new file beside it, or the same content written again, is no change.
            fs::write(beside, "2").unwrap();
            fs::write(&path, "1").unwrap();
            std::thread::sleep(Duration::from_millis(200));
            fs::write(path, "3").unwrap();
        });
        assert_eq!(watched.wait(), Some(vec![read.clone()]));
        assert_eq!(fs::read_to_string(&read).unwrap(), "3");

        // Each round reads with `Files` of its own.
        let files = Files::new();
        files.read(&read).unwrap();
        assert!(!files.exists(&missing));
        watched.follow(files.fingerprints());
        let path = missing.clone();
        later(move || {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::thread::sleep(Duration::from_millis(300));
            fs::write(path, "4").unwrap();
        });
        // The folder it is in did not exist either.
        assert_eq!(watched.wait(), Some(vec![missing]));
    }

    #[test]
    fn an_editor_may_save_by_renaming_more_than_once() {
        let folder = Folder::new("rename");
        let (path, fresh) = (folder.0.join("a.md"), folder.0.join(".a.md.swp"));
        fs::write(&path, "0").unwrap();
        let files = Files::new();
        files.read(&path).unwrap();
        let mut watched = watch(files.fingerprints(), LONG);
        for text in ["1", "2", "3"] {
            let (to, from) = (path.clone(), fresh.clone());
            later(move || {
                fs::write(&from, text).unwrap();
                fs::rename(from, to).unwrap();
            });
            assert_eq!(watched.wait(), Some(vec![path.clone()]), "{text}");
            let files = Files::new();
            files.read(&path).unwrap();
            watched.follow(files.fingerprints());
        }
    }

    #[test]
    fn what_changes_before_it_is_watched_is_not_missed() {
        let folder = Folder::new("early");
        let path = folder.0.join("a.md");
        fs::write(&path, "0").unwrap();
        let files = Files::new();
        files.read(&path).unwrap();
        fs::write(&path, "1").unwrap();
        assert_eq!(watch(files.fingerprints(), LONG).wait(), Some(vec![path]));
    }

    #[test]
    fn where_no_notices_come_the_content_is_compared() {
        let folder = Folder::new("deaf");
        let path = folder.0.join("a.md");
        fs::write(&path, "0").unwrap();
        let files = Files::new();
        files.read(&path).unwrap();
        let mut deaf = Watch { notices: None, ..Watch::new() };
        let reported: Vec<Code> =
            deaf.follow(files.fingerprints()).iter().map(|d| d.code).collect();
        assert_eq!(reported, [Code::K1102]);
        assert_eq!(deaf.follow(files.fingerprints()), [], "it is said once");
        let to = path.clone();
        later(move || fs::write(to, "1").unwrap());
        assert_eq!(deaf.wait(), Some(vec![path]));
    }

    #[test]
    fn it_ends_when_it_is_asked_to() {
        let folder = Folder::new("stop");
        let files = Files::new();
        assert!(!files.exists(&folder.0.join("never")));
        assert_eq!(watch(files.fingerprints(), Duration::from_millis(50)).wait(), None);
    }
}
