//! Many releases in one run, parallel runs, and runs that are killed.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::common::{Copy, alone, drawn, root};
use kosh::build::batch::{self, BatchOptions, State};
use kosh::build::manifest::{How, Manifest, Reason};
use kosh::build::matrix::{Asked, Choice, plan};
use kosh::build::memory::Work;
use kosh::files::Disk;
use serde_json::Value;

/// A small project with a regional body, and a profile with `apart = true`.
fn with_regions() -> Copy {
    let copy = Copy::of_another_country();
    let regions = "regions = { register = \"provinces\", kinds = [\"province\"] }";
    copy.edit("brief.toml", "requires =", &format!("{regions}\nrequires ="));
    for (id, key) in [("city", "needs-region"), ("trial", "apart")] {
        let text = format!("extends = \"office\"\n{key} = true\n");
        copy.write(&format!("templates/profiles/{id}/profile.toml"), text);
    }
    copy
}

fn json(copy: &Copy, arguments: &[&str]) -> (Option<i32>, Value) {
    let (code, printed, said) = copy.kosh(arguments);
    let value = serde_json::from_str(&printed).unwrap_or_else(|e| panic!("{e}: {printed}{said}"));
    (code, value)
}

/// Profile, region and period of each release.
fn releases(run: &Value) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        _ => String::new(),
    };
    let all = run["releases"].as_array().unwrap().iter();
    all.map(|r| format!("{}/{}/{}", text(&r["profile"]), text(&r["region"]), r["period"])).collect()
}

fn states(run: &Value) -> Vec<&str> {
    run["releases"].as_array().unwrap().iter().map(|r| r["state"].as_str().unwrap()).collect()
}

/// Whether a release is complete: its manifest is valid, and each file matches it.
fn is_whole(folder: &Path) -> bool {
    // A build of one language leaves the files of another.
    let is_ours = |reason: &Reason| !matches!(reason, Reason::Output { how: How::New, .. });
    Manifest::read_from(folder)
        .is_some_and(|manifest| !manifest.other_outputs(folder).iter().any(is_ours))
}

#[test]
fn a_plan_has_every_body_and_every_region() {
    let copy = with_regions();
    let (code, all) = json(&copy, &["build", "--all", "--dry-run", "--json"]);
    assert_eq!(code, Some(0), "{all:#}");
    let plan = releases(&all);
    // Without the shipped bodies and the profile with `apart = true`.
    let of = |profile: &str| plan.iter().filter(|r| r.starts_with(profile)).count();
    assert_eq!((of("office/"), of("city/N-"), plan.len()), (1, 5, 6), "{plan:?}");
    assert!(states(&all).iter().all(|state| *state == "to build"), "{all:#}");
    assert!(!copy.root.join("output").exists(), "a dry run writes");
    // The parts are the same on every machine, without overlap.
    let mut parts = vec![];
    for part in ["1/4", "2/4", "3/4", "4/4"] {
        let (_, run) = json(&copy, &["build", "--all", "--dry-run", "--json", "--shard", part]);
        parts.extend(releases(&run));
    }
    assert_eq!(parts, plan);
    let lists = ["build", "--dry-run", "--json", "--profile", "office,city,trial"];
    let named = ["--region", "N-4,N-2", "--period", "2029,latest,2030-H1"];
    let (_, named) = json(&copy, &[&lists[..], &named[..]].concat());
    let times = ["\"2029-01..2029-12\"", "\"2030-01..2030-06\""];
    let whose = ["office/", "city/N-4", "city/N-2", "trial/"];
    let each = whose.iter().flat_map(|whose| times.map(|time| format!("{whose}/{time}")));
    assert_eq!(releases(&named), each.collect::<Vec<_>>());
    let (_, periods) = json(&copy, &["build", "--dry-run", "--json", "--period", "all"]);
    assert!(releases(&periods).len() > 2, "{periods:#}");
}

#[test]
fn a_name_nobody_knows_stops_the_plan_and_names_the_nearest() {
    let copy = with_regions();
    for (arguments, code, hint) in [
        (["--profile", "office,citty"], "K0004", "did you mean `city`?"),
        (["--region", "N-4,N4"], "K0014", "did you mean `N-4`?"),
        (["--period", "2030-H1,2030-9M"], "K0209", "did you mean `2030-H1`?"),
    ] {
        let both = ["--profile", "city", "--region", "N-1", "--period", "2029"];
        let others = both.chunks(2).filter(|pair| pair[0] != arguments[0]).flatten();
        let line: Vec<&str> = ["build"].iter().chain(&arguments).chain(others).copied().collect();
        let (exit, _, said) = copy.kosh(&line);
        assert_eq!(exit, Some(1), "{line:?}: {said}");
        assert!(said.contains(code) && said.contains(hint), "{line:?}: {said}");
    }
    let (exit, _, said) = copy.kosh(&["build", "--profile", "city", "--region", "N-9"]);
    assert!(exit == Some(1) && said.contains("K0014"), "{said}");
    assert!(!copy.root.join("output").exists(), "something was made");
    let (exit, _, said) = copy.kosh(&["facts", "--period", "2029,2030-H1"]);
    assert_eq!(exit, Some(2), "{said}");
    let (exit, _, said) = copy.kosh(&["build", "--shard", "3/2"]);
    assert_eq!(exit, Some(2), "{said}");
}

#[test]
fn one_that_fails_does_not_keep_the_others() {
    let copy = Copy::of_shipped();
    for (id, text) in [("good", "body = \"bns\"\n"), ("bad", "body = \"bns\"\nlead = [\"s99\"]\n")]
    {
        copy.write(&format!("templates/profiles/{id}/profile.toml"), text);
    }
    // One whose pages Typst cannot typeset, though everything else is valid.
    copy.write("templates/profiles/worse/profile.toml", "body = \"bns\"\n");
    copy.write("templates/profiles/worse/cover.typ", "#let cover(brief) = nothing-at-all\n");
    let profiles = ["build", "--profile", "bad,worse,good", "--period", "2025-H1,2024"];
    let (code, printed, said) = copy.kosh(&profiles);
    assert_eq!(code, Some(3), "{printed}{said}");
    assert!(printed.contains("2 built, 0 unchanged, 3 failed"), "{printed}{said}");
    assert!(said.contains("K0008") && said.contains("K0701"), "{said}");
    for (profile, exists) in [("good", true), ("bad", false), ("worse", false)] {
        for period in ["2025-H1", "2024"] {
            let folder = copy.root.join("output").join(period).join(profile);
            assert_eq!(is_whole(&folder), exists, "{}", folder.display());
        }
    }
    let (code, again) =
        json(&copy, &["build", "--json", "--profile", "good", "--period", "2025-H1,2024"]);
    assert_eq!((code, states(&again)), (Some(0), vec!["unchanged", "unchanged"]));
}

#[test]
fn a_region_of_many_is_its_own_release() {
    let copy = with_regions();
    let line = ["build", "--profile", "city", "--region", "N-1,N-5", "--jobs", "2"];
    let (code, printed, said) = copy.kosh(&line);
    assert_eq!(code, Some(0), "{printed}{said}");
    for region in ["N-1", "N-5"] {
        let folder = copy.root.join(format!("output/2030-H1/city-{region}"));
        assert!(is_whole(&folder), "{}", folder.display());
        let manifest = Manifest::read_from(&folder).unwrap();
        assert_eq!(manifest.parameters.region.as_deref(), Some(region));
        // Built alone, it is the same.
        let before = fs::read(folder.join("manifest.json")).unwrap();
        let alone = ["build", "--profile", "city", "--region", region, "--force", "--quiet"];
        assert_eq!(copy.kosh(&alone).0, Some(0));
        assert!(fs::read(folder.join("manifest.json")).unwrap() == before, "{region}");
    }
}

#[test]
fn tables_and_languages_are_read_once_for_all_builds_of_a_run() {
    alone("matrix::tables_and_languages_are_read_once_for_all_builds_of_a_run", read_once);
}

fn read_once() {
    let copy = with_regions();
    let forms = "formats = [\"standard\", \"annex\"]\nrequires =";
    copy.edit("brief.toml", "requires =", forms);
    for entry in fs::read_dir(copy.root.join("templates/sections")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        copy.write(&format!("templates/annex/{name}"), fs::read(&path).unwrap());
    }
    let shipped = fs::read_to_string(root().join("templates/strings.en.toml")).unwrap();
    let from = shipped.find("[workbook]").expect("words of the workbook");
    let workbook = shipped[from..].split("\n[").next().unwrap();
    for lang in ["en", "eo"] {
        let name = format!("templates/strings.{lang}.toml");
        copy.edit(&name, "genre-brief", "genre-annex = \"Tables\"\ngenre-brief");
        copy.write(&name, format!("{}\n{workbook}\n", copy.read(&name)));
    }
    let disk = Disk::new();
    let profiles = Choice::Named(vec!["city".to_owned()]);
    let (root, regions) = (copy.root.clone(), Choice::All);
    let asked = Asked { root, profiles, regions, ..Asked::default() };
    let planned = plan(&asked, &disk).unwrap_or_else(|found| panic!("{}", drawn(&found)));
    let work = Work::so_far();
    assert!(work.tables > 1 && work.languages == 2, "{work:?}");
    let way = BatchOptions { jobs: 2, ..BatchOptions::default() };
    let outcomes = batch::build(&asked, &planned.items, way, &disk, |_| {});
    assert_eq!(outcomes.len(), 5);
    for outcome in outcomes {
        assert_eq!(outcome.state, State::Built, "{}", drawn(&outcome.found));
    }
    let done = Work { charts: work.charts, ..Work::so_far() };
    assert_eq!(done, work, "something was read again");
}

#[test]
fn what_is_asked_of_one_is_asked_of_many() {
    let copy = Copy::of_shipped();
    let asked = ["--period", "2025", "--since", "2026-02-09", "--base", "like-with-like"];
    let folder = copy.root.join("output/2025/bns");
    let mut manifests = vec![];
    for way in [&["--jobs", "1", "--force"][..], &["--force"]] {
        let (code, _, said) = copy.kosh(&[&["build", "--quiet"], &asked[..], way].concat());
        assert_eq!(code, Some(0), "{said}");
        manifests.push(Manifest::read_from(&folder).unwrap());
    }
    assert!(manifests[0] == manifests[1], "many at once forget what was asked");
    assert_eq!(manifests[0].parameters.compare_with.as_deref(), Some("2026-02-09"));
}

#[test]
fn a_killed_run_leaves_a_whole_release() {
    let copy = Copy::of_shipped();
    let folder = copy.root.join("output/2025-H1/bns");
    let start = Instant::now();
    assert_eq!(copy.kosh(&["build", "--quiet"]).0, Some(0));
    let took = start.elapsed();
    let (mut killed, mut seed) = (0, 7u32);
    for round in 0..16 {
        seed = seed.wrapping_mul(1_103_515_245).wrapping_add(12_345);
        // Later rounds are killed towards the end, when files are written.
        let share = f64::from(seed % 1000) / 1000.0;
        let share = if round % 2 == 0 { share } else { 0.8 + share * 0.3 };
        // Every other round would leave other files than those in place.
        let period = if round % 4 < 2 { "2025-08-11" } else { "2026-09-01" };
        let mut child = copy
            .command(&["build", "--quiet", "--force", "--as-of", period])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(took.mul_f64(share).min(Duration::from_secs(20)));
        // Killed by the system, without a chance to clean up.
        let _ = child.kill();
        killed += usize::from(child.wait().unwrap().code().is_none());
        assert!(is_whole(&folder), "round {round}");
    }
    assert!(killed > 0, "every run was faster than its killer");
    assert_eq!(copy.kosh(&["build", "--quiet", "--force"]).0, Some(0));
    let names = |folder: &Path| -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    let left: Vec<String> =
        names(folder.parent().unwrap()).into_iter().filter(|n| n != "bns").collect();
    assert_eq!(left, [""; 0]);
}

#[test]
fn runs_beside_one_another_never_mix() {
    let copy = Copy::of_shipped();
    let folder = copy.root.join("output/2025-H1/bns");
    // The languages differ, so each run would leave other files.
    let ways = ["ru", "en", "ru,en", "ru", "en", "ru,en"];
    let children: Vec<_> = ways
        .iter()
        .map(|languages| {
            let line = ["build", "--quiet", "--language", languages];
            copy.command(&line).stderr(Stdio::null()).spawn().unwrap()
        })
        .collect();
    for mut child in children {
        assert_eq!(child.wait().unwrap().code(), Some(0));
        assert!(is_whole(&folder));
    }
    let manifest = Manifest::read_from(&folder).unwrap();
    assert!(manifest.other_inputs(&copy.root, &Disk::new()).is_empty());
}
