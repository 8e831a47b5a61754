//! `kosh watch`: rebuilds leave the same files as a build, do only what a change requires, and after an
//! error the last release stays in place.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::common::{self, Copy, alone};
use kosh::build::memory::Work;
use kosh::build::watch::{Session, Watch};
use serde_json::Value;

fn session(copy: &Copy) -> Session {
    Session {
        root: copy.root.clone(),
        overrides: Default::default(),
        period: Some("2025-H1".parse().unwrap()),
        as_of: None,
        preview: None,
        editor_link: None,
    }
}

/// The files below a folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (name, path) = (entry.file_name().into_string().unwrap(), entry.path());
        match path.is_dir() {
            true => all.extend(files(&path).into_iter().map(|(n, b)| (format!("{name}/{n}"), b))),
            false => drop(all.insert(name, fs::read(path).unwrap())),
        }
    }
    all
}

#[test]
fn a_rebuild_does_only_what_a_change_asks_for_and_leaves_what_a_build_leaves() {
    alone(
        "watch::a_rebuild_does_only_what_a_change_asks_for_and_leaves_what_a_build_leaves",
        rebuild_after_changes,
    );
}

fn rebuild_after_changes() {
    let copy = Copy::of_shipped();
    let mut session = session(&copy);
    let first = session.round(&[]);
    let release = first.outcome.unwrap_or_else(|e| panic!("{}", common::drawn(&e)));
    assert!(release.is_new);
    let work = Work::so_far();
    assert!(work.tables > 3 && work.languages == 2 && work.charts > 5, "{work:?}");

    // Nothing changed: nothing is read, drawn or put in place, and the same files are watched.
    let second = session.round(&[]);
    assert!(!second.outcome.unwrap().is_new);
    assert_eq!(Work::so_far(), work);
    assert!(second.fingerprints == first.fingerprints, "something is not watched any more");

    // One changed number, with the balance based on it.
    copy.edit("data/international.csv", "arrivals,WORLD,11267", "arrivals,WORLD,11277");
    copy.edit("data/international.csv", "net,WORLD,7749,persons", "net,WORLD,7759,persons");
    let third = session.round(&["data/international.csv".into()]).outcome;
    assert!(third.unwrap_or_else(|e| panic!("{}", common::drawn(&e))).is_new);
    let now = Work::so_far();
    assert_eq!(now.tables - work.tables, 1, "only the table that changed is read");
    assert_eq!(now.languages, work.languages, "no word changed");
    let redrawn = now.charts - work.charts;
    assert!(redrawn < work.charts / 2, "{redrawn} of {} charts are drawn again", work.charts);
    let facts: Value =
        serde_json::from_str(&fs::read_to_string(release.folder.join("facts.json")).unwrap())
            .unwrap();
    assert_eq!(facts["X1"]["value"]["value"], 11277.0);

    // A build of the same from scratch.
    let (code, said, problems) =
        copy.kosh(&["build", "--period", "2025-H1", "--output", "clean", "--quiet"]);
    assert_eq!(code, Some(0), "{said}{problems}");
    let inner = release.folder.strip_prefix(copy.root.join("output")).unwrap();
    let (kept, clean) = (files(&release.folder), files(&copy.root.join("clean").join(inner)));
    assert_eq!(kept.keys().collect::<Vec<_>>(), clean.keys().collect::<Vec<_>>());
    for (name, bytes) in &clean {
        assert!(kept[name] == *bytes, "{name} differs from that of a clean build");
    }

    // A changed word: its language is read again, but no table, and no chart is drawn.
    copy.edit("templates/strings.en.toml", "title = \"Migration in", "title = \"Moves in");
    common::well(session.round(&[]).outcome.map(|_| ()));
    let reworded = Work { languages: now.languages + 1, ..now };
    assert_eq!(Work::so_far(), reworded);

    // A changed colour: every chart is drawn again, and no table is read.
    copy.edit("templates/profiles/bns/profile.toml", "#12436D", "#123456");
    common::well(session.round(&[]).outcome.map(|_| ()));
    let recoloured = Work::so_far();
    assert_eq!(recoloured.tables, reworded.tables);
    assert_eq!(recoloured.charts, reworded.charts + work.charts);
}

#[test]
fn an_error_leaves_the_last_release_and_what_would_mend_it_is_watched() {
    let copy = Copy::of_another_country();
    let mut session = Session { period: None, ..session(&copy) };
    let release = session.round(&[]).outcome.unwrap_or_else(|e| panic!("{}", common::drawn(&e)));
    let before = files(&release.folder);
    for (name, text) in [
        ("templates/brief.typ", "#let broken = ("),
        ("data/datapackage.json", "{"),
        ("brief.toml", "profile = 1"),
    ] {
        let good = copy.read(name);
        copy.write(name, text);
        let round = session.round(&[name.into()]);
        let problems = round.outcome.err().unwrap_or_else(|| panic!("{name} is not refused"));
        assert!(!problems.is_empty());
        assert!(files(&release.folder) == before, "{name} spoilt the last release");
        assert!(round.fingerprints.contains_key(&copy.root.join(name)), "{name} is not watched");
        copy.write(name, good);
        assert!(session.round(&[name.into()]).outcome.is_ok(), "{name} is mended");
    }
}

#[test]
fn the_issue_to_compare_with_is_watched_before_it_is_there() {
    let copy = Copy::of_another_country();
    let mut session = Session { period: None, ..session(&copy) };
    let release = common::well(session.round(&[]).outcome);
    copy.edit("brief.toml", "requires =", "compare-with = \"earlier\"\nrequires =");
    let round = session.round(&["brief.toml".into()]);
    let problems = round.outcome.err().expect("there is no earlier issue");
    assert_eq!(common::codes(&problems), ["K1001"], "{}", common::drawn(&problems));

    let mut watch = Watch::new();
    watch.follow(round.fingerprints);
    let stop = watch.stop();
    let (from, to) = (release.folder.join("facts.json"), copy.root.join("earlier"));
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(100));
        fs::create_dir(&to).unwrap();
        fs::copy(from, to.join("facts.json")).unwrap();
        // It ends by itself if nothing happens.
        std::thread::sleep(Duration::from_secs(60));
        stop.stop();
    });
    let changed = watch.wait().expect("it is seen");
    assert!(changed.contains(&copy.root.join("earlier/facts.json")), "{changed:?}");
    let round = session.round(&["earlier/facts.json".into()]);
    common::well(round.outcome);
    assert!(round.fingerprints.contains_key(&copy.root.join("earlier/facts.json")));
}

/// The running program, and the lines it prints.
struct Watching {
    process: Child,
    lines: Receiver<Value>,
}

impl Watching {
    fn start(copy: &Copy) -> Self {
        let mut command = copy.command(&["watch", "--json"]);
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let out = BufReader::new(process.stdout.take().unwrap());
        let (send, lines) = channel();
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                let _ = send.send(serde_json::from_str(&line).unwrap());
            }
        });
        Self { process, lines }
    }

    fn next(&self) -> Value {
        self.lines.recv_timeout(Duration::from_secs(120)).expect("a line about a round")
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
#[cfg(unix)]
fn it_builds_after_a_save_not_after_a_touch_and_ends_cleanly() {
    let copy = Copy::of_another_country();
    let mut watching = Watching::start(&copy);
    let first = watching.next();
    assert_eq!(first["built"], true, "{first:#}");
    let pdf = first["files"][0].as_str().unwrap().to_owned();
    let pdf = copy.root.join(pdf);
    assert!(pdf.is_file(), "{first:#}");

    // A touched file, and a file that was never read, cause no output.
    let text = copy.read("brief.toml");
    copy.write("brief.toml", &text);
    copy.write("data/unasked.txt", "nobody reads this");
    std::thread::sleep(Duration::from_millis(700));
    copy.write("templates/brief.typ", "#let broken = (");
    let broken = watching.next();
    assert_eq!(broken["built"], false, "{broken:#}");
    assert_eq!(broken["because"], serde_json::json!(["templates/brief.typ"]));
    assert_eq!(broken["diagnostics"][0]["code"], "K0701", "{broken:#}");
    assert!(pdf.is_file(), "the last release stands");

    let good = fs::read_to_string(common::root().join("templates/brief.typ")).unwrap();
    // As many editors save: write beside the file, then rename.
    copy.write("templates/.brief.typ.new", good);
    fs::rename(copy.root.join("templates/.brief.typ.new"), copy.root.join("templates/brief.typ"))
        .unwrap();
    assert_eq!(watching.next()["built"], true);

    let pid = watching.process.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    let status = watching.process.wait().unwrap();
    assert_eq!(status.code(), Some(0));
    let left: Vec<String> = files(&copy.root.join("output")).into_keys().collect();
    assert!(left.iter().all(|name| !name.contains(".new-") && !name.contains(".old")), "{left:?}");
}

#[test]
fn a_folder_that_is_not_there_is_refused_at_once() {
    let copy = Copy::of_another_country();
    for option in [None, Some("--preview"), Some("--json")] {
        let arguments = ["watch", "--project", "no-such-folder"].into_iter().chain(option);
        let mut command = copy.command(&arguments.collect::<Vec<_>>());
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let start = std::time::Instant::now();
        while process.try_wait().unwrap().is_none() {
            if start.elapsed() > Duration::from_secs(60) {
                let _ = process.kill();
                panic!("{option:?}: it waits for a folder that is not there");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let output = process.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{option:?}");
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(said.contains("K0001") && said.contains("no-such-folder"), "{said}");
        assert!(!said.contains("http://") && !said.contains("watching"), "{said}");
    }
}

#[test]
#[cfg(unix)]
fn what_is_moved_is_reported_in_a_few_names_and_in_json_in_all() {
    let copy = Copy::of_another_country();
    let mut process =
        copy.command(&["watch"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let out = BufReader::new(process.stdout.take().unwrap());
    let (send, lines) = channel();
    std::thread::spawn(move || {
        for line in out.lines().map_while(Result::ok) {
            let _ = send.send(line);
        }
    });
    let until = |what: &str| {
        loop {
            let line: String = lines.recv_timeout(Duration::from_secs(120)).expect(what);
            if line.contains(what) {
                return line;
            }
        }
    };
    until("watching the files it was built from");
    let reported = Watching::start(&copy);
    assert_eq!(reported.next()["built"], true);
    fs::rename(copy.root.join("data"), copy.root.join("data.away")).unwrap();
    let line = until(", after ");
    let names = line.split(", after ").nth(1).unwrap().split(": ").next().unwrap();
    let (named, more) = names.rsplit_once(" and ").unwrap_or_else(|| panic!("{line}"));
    let more: usize = more.strip_suffix(" more").and_then(|n| n.parse().ok()).unwrap();
    assert_eq!(named.split(", ").count(), 8, "{line}");
    let first = reported.next();
    let because = first["because"].as_array().unwrap();
    assert_eq!(because.len(), 8 + more, "{line}\n{because:?}");
    let _ = process.kill();
    let _ = process.wait();
    drop(reported);
}
