//! What is sent to readers: file names by a pattern, the archive of an issue, and `kosh open`.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::common::{Copy, drawn, well as unwrapped};
use kosh::build::manifest::Manifest;
use kosh::project::{Format, Overrides, Project};
use serde_json::Value;

const PATTERN: &str = "file-name = \"{body} {period} {language}\"\n";

fn named() -> Copy {
    let copy = Copy::of_another_country();
    copy.edit("brief.toml", "requires =", &format!("{PATTERN}requires ="));
    copy
}

fn well(copy: &Copy, arguments: &[&str]) -> String {
    let (code, printed, said) = copy.kosh(arguments);
    assert_eq!(code, Some(0), "{arguments:?}: {printed}{said}");
    printed
}

fn pdfs(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = entries.map(|name| name.into_string().unwrap()).collect();
    names.retain(|name| name.ends_with(".pdf"));
    names.sort();
    names
}

/// The files of an archive with their bytes.
fn unpacked(archive: &Path) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(fs::File::open(archive).unwrap()).unwrap();
    let mut files = vec![];
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at).unwrap();
        let mut bytes = vec![];
        entry.read_to_end(&mut bytes).unwrap();
        files.push((entry.name().unwrap().into_owned(), bytes));
    }
    files
}

#[test]
fn the_pattern_names_the_files_of_a_build_and_of_a_version() {
    let copy = named();
    let printed = well(&copy, &["build"]);
    let folder = copy.root.join("output/2030-H1/office");
    let names = ["office 2030-H1 en.pdf", "office 2030-H1 eo.pdf"];
    assert_eq!(pdfs(&folder), names);
    assert!(printed.contains("office 2030-H1 en.pdf"), "{printed}");
    let manifest = Manifest::read_from(&folder).unwrap();
    assert!(names.iter().all(|name| manifest.written[*name].key.is_some()));
    // Each edition links to the file of the other one.
    let edition = unwrapped(copy.check()).1;
    let link = &edition.documents[0].meta.editions[0].file;
    assert_eq!(link, "office%202030-H1%20eo.pdf");
    assert!(well(&copy, &["build"]).starts_with("unchanged"));
    well(&copy, &["verify"]);

    // The files with the earlier names go; those of others stay.
    copy.write("output/2030-H1/office/letter.pdf", "mine");
    copy.edit("brief.toml", "{body} {period} {language}", "Brief {period}-{language}");
    well(&copy, &["build"]);
    assert_eq!(pdfs(&folder), ["Brief 2030-H1-en.pdf", "Brief 2030-H1-eo.pdf", "letter.pdf"]);
}

#[test]
fn a_build_of_one_form_does_not_replace_another() {
    let copy = named();
    for (arguments, lacks) in [
        (&["build", "--format", "annex"][..], "{form}"),
        (&["build", "--format", "standard,annex", "--language", "en"][..], "{form}"),
    ] {
        let (code, _, said) = copy.kosh(arguments);
        assert_eq!(code, Some(1), "{arguments:?}");
        assert!(said.contains("error[K0026]") && said.contains(lacks), "{said}");
    }
    copy.edit("brief.toml", "{body} {period} {language}", "{body} {period}");
    let (code, _, said) = copy.kosh(&["build", "--language", "en"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("error[K0026]") && said.contains("add `{language}`"), "{said}");
}

#[test]
fn without_a_pattern_the_names_are_those_of_form_and_language() {
    let copy = Copy::of_another_country();
    let project = Project::open(&copy.root, &Overrides::default());
    let project = project.unwrap_or_else(|found| panic!("{}", drawn(&found)));
    let period = "2030-H1".parse().unwrap();
    let names = Format::ALL.map(|form| project.file_name(form, period, "en-eo"));
    assert_eq!(names, ["brief-en-eo", "express-en-eo", "annex-en-eo"]);
}

#[test]
fn an_archive_has_every_file_of_the_issue_and_the_same_bytes_again() {
    let copy = named();
    let printed = well(&copy, &["build", "--zip"]);
    let archive = copy.root.join("output/2030-H1/office-2030-H1.zip");
    assert!(printed.contains("office-2030-H1.zip"), "{printed}");
    let first = fs::read(&archive).unwrap();
    let files = unpacked(&archive);
    let folder = copy.root.join("output/2030-H1/office");
    let manifest = Manifest::read_from(&folder).unwrap();
    assert_eq!(files.len(), manifest.written.len() + 1);
    for (name, bytes) in &files {
        let name = name.strip_prefix("office-2030-H1/").unwrap();
        assert_eq!(*bytes, fs::read(folder.join(name)).unwrap(), "{name}");
    }
    // Of an unchanged build too; and made anew it has the same bytes.
    fs::remove_file(&archive).unwrap();
    let printed = well(&copy, &["build", "--zip"]);
    assert!(printed.contains("office-2030-H1.zip") && printed.contains("unchanged"), "{printed}");
    assert_eq!(fs::read(&archive).unwrap(), first);
    fs::remove_dir_all(copy.root.join("output")).unwrap();
    let printed = well(&copy, &["build", "--zip", "--json"]);
    let said: Value = serde_json::from_str(&printed).unwrap();
    assert!(said["archive"].as_str().unwrap().ends_with("office-2030-H1.zip"));
    assert_eq!(fs::read(&archive).unwrap(), first);
    // It is beside the issue, so nothing has been added to it.
    let printed = well(&copy, &["verify"]);
    assert!(printed.contains("1 of 1 release reproduced"), "{printed}");
}

#[test]
fn an_archive_replaces_no_file_of_somebody_else_and_contains_nothing_altered() {
    let copy = named();
    copy.write("output/2030-H1/office-2030-H1.zip", "mine");
    let (code, _, said) = copy.kosh(&["build", "--zip"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("error[K0918]"), "{said}");
    assert_eq!(copy.read("output/2030-H1/office-2030-H1.zip"), "mine");

    let folder = copy.root.join("output/2030-H1/office");
    copy.write("output/2030-H1/office/facts.csv", "altered");
    let found = kosh::publish::archive(&folder).unwrap_err();
    assert!(drawn(&found).contains("error[K1103]"), "{}", drawn(&found));
    fs::remove_file(folder.join("facts.csv")).unwrap();
    assert!(kosh::publish::archive(&folder).is_err());
}

#[test]
fn many_briefs_have_an_archive_each_and_a_published_version_its_own() {
    let copy = named();
    copy.write("templates/profiles/second/profile.toml", "extends = \"office\"\n");
    well(&copy, &["build", "--all", "--zip"]);
    for name in ["office", "second"] {
        let archive = copy.root.join(format!("output/2030-H1/{name}-2030-H1.zip"));
        assert!(unpacked(&archive)[0].0.starts_with(&format!("{name}-2030-H1/")));
    }
    let printed = well(&copy, &["release", "--zip"]);
    let archive = copy.root.join("releases/2030-H1/office/office-2030-H1-v1.zip");
    assert!(printed.contains("office-2030-H1-v1.zip"), "{printed}");
    let names: Vec<String> = unpacked(&archive).into_iter().map(|(name, _)| name).collect();
    for name in ["manifest.json", "release.json", "SHA256SUMS", "office 2030-H1 en.pdf"] {
        assert!(names.contains(&format!("office-2030-H1-v1/{name}")), "{name}: {names:?}");
    }
    well(&copy, &["verify", "releases"]);
}

/// Runs `kosh open` where a viewer notes what it is asked to show; returns the printed path and the note.
#[cfg(unix)]
fn opened(copy: &Copy, arguments: &[&str], display: &str) -> (PathBuf, Option<PathBuf>) {
    use std::os::unix::fs::PermissionsExt;
    let note = copy.root.join("note");
    let _ = fs::remove_file(&note);
    let script = format!(
        "#!/bin/sh\nprintf '%s' \"$1\" > '{0}.new' && mv '{0}.new' '{0}'\n",
        note.display()
    );
    copy.write("bin/xdg-open", script);
    let viewer = copy.root.join("bin/xdg-open");
    fs::set_permissions(&viewer, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", viewer.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let mut command = copy.command(&[&["open"][..], arguments].concat());
    command.env("PATH", path).env("DISPLAY", display);
    command.env_remove("WAYLAND_DISPLAY").env_remove("WSL_DISTRO_NAME");
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    let printed = PathBuf::from(String::from_utf8(output.stdout).unwrap().trim_end());
    // The viewer is not waited for.
    for _ in 0..100 {
        if note.exists() || display.is_empty() {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    (printed, fs::read_to_string(&note).ok().map(PathBuf::from))
}

#[cfg(target_os = "linux")]
#[test]
fn open_shows_the_newest_brief() {
    let copy = named();
    let (code, _, said) = copy.kosh(&["open"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("error[K0904]") && said.contains("kosh build"), "{said}");

    copy.write("templates/profiles/second/profile.toml", "extends = \"office\"\n");
    well(&copy, &["build"]);
    std::thread::sleep(Duration::from_millis(20));
    well(&copy, &["build", "--profile", "second"]);
    let (printed, shown) = opened(&copy, &[], ":9");
    assert!(printed.ends_with("output/2030-H1/second/second 2030-H1 en.pdf"), "{printed:?}");
    assert_eq!(shown.unwrap(), printed);
    for (arguments, end) in [
        (&["--language", "eo"][..], "second/second 2030-H1 eo.pdf"),
        (&["--profile", "office"][..], "office/office 2030-H1 en.pdf"),
        (&["--folder", "--profile", "office", "--period", "2030-H1"][..], "2030-H1/office"),
    ] {
        let (printed, shown) = opened(&copy, arguments, ":9");
        assert!(printed.ends_with(end), "{arguments:?}: {printed:?}");
        assert_eq!(shown.unwrap(), printed);
    }
    // Without a display the path is printed.
    let (printed, shown) = opened(&copy, &[], "");
    assert!(printed.ends_with("second 2030-H1 en.pdf") && shown.is_none());

    for (arguments, code, says) in [
        (&["open", "--language", "ru"][..], "K0005", "no language `ru`"),
        (&["open", "--period", "2029"][..], "K0904", "none of the 2 briefs"),
        (&["open", "--format", "annex"][..], "K0904", "no such file"),
    ] {
        let (exit, _, said) = copy.kosh(arguments);
        assert_eq!(exit, Some(1), "{arguments:?}");
        assert!(said.contains(code) && said.contains(says), "{said}");
    }
    fs::remove_file(copy.root.join("output/2030-H1/second/second 2030-H1 en.pdf")).unwrap();
    let (exit, _, said) = copy.kosh(&["open"]);
    assert_eq!(exit, Some(1));
    assert!(said.contains("error[K0908]"), "{said}");
}
