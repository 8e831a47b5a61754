//! Measures a rebuild against a build from scratch, for docs/performance.md.
//!
//! ```text
//! cargo bench --bench rounds -- FOLDER [TIMES]
//! ```
//!
//! Copies the project of the working directory into FOLDER and builds it TIMES times from scratch and
//! TIMES times as `kosh watch` does after one number has changed, alternating in one process. “From
//! scratch” evicts everything the process has memoized: tables, fonts, drawings, Typst's results.

use std::fs;
use std::path::{Path, PathBuf};

use kosh::build::memory;
use kosh::build::watch::Session;
use kosh::project::Overrides;

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let Some(folder) = arguments.next().map(PathBuf::from) else {
        return eprintln!("usage: cargo bench --bench rounds -- FOLDER [TIMES]");
    };
    let times: usize = arguments.next().map_or(15, |n| n.parse().expect("a number of times"));
    for entry in ["brief.toml", "data", "templates"] {
        copy(Path::new(entry), &folder.join(entry));
    }
    let file = folder.join("data/international.csv");
    let text = fs::read_to_string(&file).expect("the shipped table");
    let (mut cold, mut warm) = (vec![], vec![]);
    let mut watching = session(&folder);
    for time in 0..=times {
        for is_warm in [false, true] {
            // A number that was not there before, with the balance that the source prints beside it.
            let more = 1 + 2 * time + usize::from(is_warm);
            let write = |more: usize| {
                let changed = text
                    .replace("arrivals,WORLD,11267", &format!("arrivals,WORLD,{}", 11267 + more))
                    .replace("net,WORLD,7749,", &format!("net,WORLD,{},", 7749 + more));
                fs::write(&file, changed).expect("the copy can be written");
            };
            write(more);
            let mut fresh;
            let session = match is_warm {
                true => &mut watching,
                false => {
                    memory::end_round(0);
                    fresh = session(&folder);
                    &mut fresh
                }
            };
            if is_warm {
                // Builds again what the eviction removed; this is not measured.
                write(0);
                session.round(&[]).outcome.expect("the shipped project is sound");
                write(more);
            }
            let round = session.round(&[]);
            let release = round.outcome.expect("the shipped project is sound");
            assert!(release.is_new && release.kept.is_empty(), "both PDFs are made anew");
            if time > 0 {
                let to = if is_warm { &mut warm } else { &mut cold };
                to.push((round.took.as_secs_f64() * 1e3, release.timings));
            }
        }
    }
    for (name, mut rounds) in [("from nothing", cold), ("one number changed", warm)] {
        rounds.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (took, timings) = &rounds[rounds.len() / 2];
        let (least, most) = (rounds[0].0, rounds[rounds.len() - 1].0);
        println!("{name}: median {took:.1} ms, from {least:.1} to {most:.1}");
        for (stage, took) in &timings.stages {
            println!("{stage:>12}  {:7.1} ms", took.as_secs_f64() * 1e3);
        }
    }
}

fn session(folder: &Path) -> Session {
    Session {
        root: folder.to_path_buf(),
        overrides: Overrides::default(),
        period: Some("2025-H1".parse().expect("a period")),
        as_of: None,
        preview: None,
        editor_link: None,
    }
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        for entry in fs::read_dir(from).expect("a folder of the project") {
            let name = entry.expect("a file of the project").file_name();
            copy(&from.join(&name), &to.join(&name));
        }
    } else {
        fs::create_dir_all(to.parent().expect("it is in a folder")).expect("the copy can be made");
        fs::copy(from, to).expect("a file of the project");
    }
}
