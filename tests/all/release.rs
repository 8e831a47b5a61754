//! `kosh release`: when it is possible, what it writes, what is printed, and that published versions are
//! never overwritten.

use crate::common::{self, Copy, codes, conforms, drawn, squeezed, well};

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use conforms::assert_conforms;
use jiff::Timestamp;
use kosh::diag::Result;
use kosh::output::{File, numbers};
use kosh::project::{Overrides, Project};
use kosh::publish::verify::{Verdict, verify};
use kosh::publish::{Published, Request, SUMS, publish};

/// The small project of the suite, with lines added at the top of its `brief.toml`.
fn small(head: &str) -> Copy {
    let copy = Copy::of_another_country();
    head_of(&copy, head);
    copy
}

fn head_of(copy: &Copy, head: &str) {
    let brief = copy.read("brief.toml");
    copy.write("brief.toml", format!("{head}\n{brief}"));
}

const EMBARGO: &str = "embargo = \"2030-08-09T10:00\"\nembargo-zone = \"Asia/Almaty\"";

fn at(copy: &Copy, now: &str, request: &Request) -> Result<Published> {
    let now: Timestamp = now.parse().unwrap();
    let project = Project::open(&copy.root, &Overrides::default())?;
    Ok(publish(project, request, now)?.value)
}

/// Publishes; warnings are allowed as their hints say, with a reason.
fn allowing(copy: &Copy, now: &str) -> Published {
    let Err(problems) = at(copy, now, &Request::default()) else {
        return well(at(copy, now, &Request::default()));
    };
    let blocks = blocks(&problems);
    assert!(!blocks.is_empty(), "{}", drawn(&problems));
    let reasoned = blocks.join("\n\n").replace("reason = \"\"", "reason = \"looked at\"");
    copy.write("brief.toml", format!("{}\n{reasoned}\n", copy.read("brief.toml")));
    well(at(copy, now, &Request::default()))
}

/// The lines for `brief.toml` in the hints of the warnings.
fn blocks(problems: &[kosh::diag::Diagnostic]) -> Vec<String> {
    let hints = problems.iter().flat_map(|problem| &problem.hints);
    hints.filter_map(|hint| Some(hint[hint.find("[[allow]]\n")?..].to_owned())).collect()
}

fn corrected(said: &[(&str, &str)]) -> Request {
    let corrections = said.iter().map(|(lang, said)| ((*lang).into(), (*said).into())).collect();
    Request { corrections, ..Request::default() }
}

fn retitle(copy: &Copy, from: &str, to: &str) {
    copy.edit(
        "templates/strings.en.toml",
        &format!("title = \"{from}"),
        &format!("title = \"{to}"),
    );
}

fn pages(pdf: &[u8]) -> Vec<String> {
    let pages = pdf_extract::extract_text_from_mem_by_pages(pdf).unwrap();
    pages.iter().map(|page| squeezed(page)).collect()
}

fn first_page(folder: &Path, name: &str) -> String {
    pages(&fs::read(folder.join(name)).unwrap()).swap_remove(0)
}

/// Every file of a folder with its bytes.
fn snapshot(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = vec![];
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => all.extend(snapshot(&path)),
            false => all.push((path.clone(), fs::read(&path).unwrap())),
        }
    }
    all.sort();
    all
}

/// The result of `sha256sum -c`; `None` if the program is not installed.
fn sha256sum(folder: &Path) -> Option<Output> {
    let mut command = Command::new("sha256sum");
    command.args(["--check", "--strict", SUMS]).current_dir(folder).output().ok()
}

#[test]
fn an_embargo_ends_at_its_moment_in_its_zone() {
    let copy = small(EMBARGO);
    let problems = at(&copy, "2030-08-09T04:59:59Z", &Request::default()).unwrap_err();
    assert_eq!(codes(&problems), ["K0910"]);
    assert!(!copy.root.join("releases").exists(), "a refusal leaves nothing");
    let published = well(at(&copy, "2030-08-09T05:00:00Z", &Request::default()));
    assert_eq!(published.record.published.to_string(), "2030-08-09T10:00:00+05:00[Asia/Almaty]");
    assert_eq!(published.folder, copy.root.join("releases/2030-H1/office/1"));
}

#[test]
fn the_day_printed_is_the_one_where_the_office_is() {
    let copy = small("embargo-zone = \"Asia/Almaty\"");
    let folder = well(at(&copy, "2030-08-09T20:00:00Z", &Request::default())).folder;
    assert!(first_page(&folder, "brief-en.pdf").contains("Published10August2030"));
}

#[test]
fn every_page_of_a_draft_is_marked_and_none_of_a_release() {
    let copy = Copy::of_shipped();
    head_of(
        &copy,
        "formats = [\"standard\", \"express\", \"annex\"]\nembargo = \"2026-03-13T10:00\"\n\
         embargo-zone = \"Asia/Almaty\"",
    );
    let (pipeline, _) = well(copy.open());
    let period = well(pipeline.period(None, None));
    let mut drafts: Vec<File> = vec![];
    for format in pipeline.project.formats.clone() {
        let edition = well(pipeline.edition(format, period, None)).value;
        drafts.extend(well(pipeline.typeset(&edition)).value);
    }
    let mut seen = 0;
    for file in drafts.iter().filter(|file| file.name.ends_with(".pdf")) {
        let marks: &[&str] = match &*file.name {
            "express-ru-en.pdf" => &["ПРОЕКТ", "DRAFT"],
            name if name.ends_with("-ru.pdf") => &["ПРОЕКТ"],
            _ => &["DRAFT"],
        };
        assert_conforms(&file.name, &file.bytes);
        for (number, page) in (1..).zip(pages(&file.bytes)) {
            for mark in marks {
                // Across the page and in its footer.
                assert!(page.matches(mark).count() >= 2, "{}, page {number}: {page}", file.name);
            }
            seen += 1;
        }
    }
    assert!(seen > 15, "{seen} pages");
    let folder = allowing(&copy, "2026-03-13T05:00:00Z").folder;
    for name in ["brief-ru.pdf", "brief-en.pdf", "express-ru-en.pdf", "annex-ru.pdf"] {
        for page in pages(&fs::read(folder.join(name)).unwrap()) {
            assert!(!page.contains("ПРОЕКТ") && !page.contains("DRAFT"), "{name}: {page}");
        }
    }
}

#[test]
fn a_project_without_a_calendar_makes_no_drafts_and_no_stamp() {
    let (_, edition, _) = well(small("").check());
    assert!(edition.documents.iter().all(|document| document.meta.stamp.is_blank()));
    let (_, edition, _) = well(small("draft = true").check());
    assert!(edition.documents.iter().all(|document| document.meta.stamp.draft.is_some()));
}

#[test]
fn a_correction_is_a_version_of_its_own_and_says_so_in_every_language() {
    let copy = small("next-release = \"2030-11-08\"");
    let first = well(at(&copy, "2030-08-09T05:00:00Z", &Request::default())).folder;
    let before = snapshot(&first);
    let page = first_page(&first, "brief-en.pdf");
    assert!(page.contains("Published9August2030") && page.contains("Nextrelease:8November2030"));
    assert!(!page.contains("Correctedversion"));

    let again = well(at(&copy, "2030-08-10T05:00:00Z", &Request::default()));
    assert!(!again.is_new && again.record.number == 1);
    // A correction note alone makes no new version of the same brief.
    let said = [("en", "Nothing."), ("eo", "Nenio.")];
    assert!(!well(at(&copy, "2030-08-10T05:00:00Z", &corrected(&said))).is_new);

    retitle(&copy, "Migration in", "Migration of");
    let problems = at(&copy, "2030-08-20T05:00:00Z", &Request::default()).unwrap_err();
    assert_eq!(codes(&problems), ["K0914", "K0914"]);
    assert!(
        drawn(&problems).contains("corrections/2030-H1/office/2.eo.md"),
        "{}",
        drawn(&problems)
    );

    // A correction file is a phrase: it may print facts in its language.
    copy.write(
        "corrections/2030-H1/office/2.eo.md",
        "La titolo estis malĝusta.\n\nAlvenis {{ A | int }}.\n",
    );
    let request =
        corrected(&[("en", "The title was wrong. Arrivals are {{ A | int }} as before.")]);
    let second = well(at(&copy, "2030-08-20T05:00:00Z", &request));
    assert_eq!((second.record.number, second.record.replaces), (2, Some(1)));
    assert_conforms("corrected", &fs::read(second.folder.join("brief-en.pdf")).unwrap());
    let english = first_page(&second.folder, "brief-en.pdf");
    for words in [
        "Corrected version 2.",
        "It replaces version 1 of 9 August 2030.",
        "Arrivals are 2,553 as before.",
    ] {
        assert!(english.contains(&squeezed(words)), "{words}\n{english}");
    }
    // Each page has its version in the footer, the first one at the top too.
    let pages = common::text(&fs::read(second.folder.join("brief-en.pdf")).unwrap());
    let (heads, feet) = (squeezed("Corrected version 2."), squeezed("Corrected version 2 ·"));
    let pages = squeezed(&pages);
    let feet = pages.matches(&feet).count();
    assert!(feet > 1 && pages.matches(&heads).count() == 1, "{pages}");
    let esperanto = first_page(&second.folder, "brief-eo.pdf");
    for words in ["Korektita versio 2.", "la version 1 de la 9-a de aŭgusto 2030", "Alvenis 2553."]
    {
        assert!(esperanto.contains(&squeezed(words)), "{words}\n{esperanto}");
    }
    assert_eq!(second.record.corrections["eo"], ["La titolo estis malĝusta.", "Alvenis 2553."]);
    assert!(snapshot(&first) == before, "the first version is as it was");

    retitle(&copy, "Migration of", "Moving in");
    let third = well(at(&copy, "2030-08-21T05:00:00Z", &corrected(&said)));
    assert_eq!((third.record.number, third.record.replaces), (3, Some(2)));
    assert_eq!(numbers(&copy.root.join("releases/2030-H1/office")), [1, 2, 3]);
}

#[test]
fn checksums_verify_and_what_was_altered_is_found() {
    let copy = small("");
    let folder = well(at(&copy, "2030-08-09T05:00:00Z", &Request::default())).folder;
    let listed = fs::read_to_string(folder.join(SUMS)).unwrap().lines().count();
    assert_eq!(listed + 1, snapshot(&folder).len(), "every file but the list itself is listed");
    let Some(said) = sha256sum(&folder) else {
        eprintln!("SKIPPED: there is no sha256sum here");
        return;
    };
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let stranger = folder.join("figures/mine.txt");
    seal(&folder.join("figures"), false);
    fs::write(&stranger, "mine").unwrap();
    let problems = at(&copy, "2030-08-10T05:00:00Z", &Request::default()).unwrap_err();
    assert_eq!(codes(&problems), ["K0917"]);
    assert!(problems[0].message.contains("figures/mine.txt"), "{}", problems[0].message);
    fs::remove_file(&stranger).unwrap();
    seal(&folder.join("figures"), true);
    for file in ["facts.csv", "release.json"] {
        let path = folder.join(file);
        let whole = unseal(&path);
        let mut spoilt = whole.clone();
        // Whitespace, after which the record can still be read.
        spoilt.push(b'\n');
        fs::write(&path, spoilt).unwrap();
        assert!(!sha256sum(&folder).unwrap().status.success(), "{file}");
        let problems = at(&copy, "2030-08-10T05:00:00Z", &Request::default()).unwrap_err();
        assert_eq!(codes(&problems), ["K0917"], "{file}");
        fs::write(&path, whole).unwrap();
    }
    assert!(!well(at(&copy, "2030-08-10T05:00:00Z", &Request::default())).is_new);
}

/// The verdicts about everything that was built and published.
fn verified(copy: &Copy) -> Vec<Verdict> {
    let mut all = vec![];
    let folders = ["output", "releases"].map(|folder| copy.root.join(folder));
    verify(&copy.root, &folders, |verdict| all.push(verdict)).unwrap();
    all
}

#[test]
fn a_version_is_made_again_though_the_project_has_gone_on() {
    let copy = small("next-release = \"2030-11-12\"");
    let first = well(at(&copy, "2030-08-09T05:00:00Z", &Request::default()));
    assert_eq!(first.record.as_of.to_string(), "2030-08-09");
    let causes = |verdict: &Verdict| -> Vec<String> {
        verdict.causes.iter().map(ToString::to_string).collect()
    };
    let [verdict] = &verified(&copy)[..] else { panic!("one version") };
    assert!(verdict.is_reproduced(), "{verdict:#?}");
    assert_eq!(causes(verdict), [""; 0]);

    // The next quarter: another release day is announced, the day of the data is set, and later figures
    // are added.
    copy.edit("brief.toml", "2030-11-12", "2031-02-11\"\nas-of = \"2030-09-30");
    load_later_figures(&copy);
    let [verdict] = &verified(&copy)[..] else { panic!("one version") };
    assert!(verdict.is_reproduced(), "{verdict:#?}");
    assert!(causes(verdict).contains(&"brief.toml changed".to_owned()), "{:?}", verdict.causes);

    // A revision is published as a correction, which is reproduced with its note.
    let said = corrected(&[("en", "Two balances."), ("eo", "Du saldoj.")]);
    let second = well(at(&copy, "2030-10-01T05:00:00Z", &said));
    assert_eq!((second.record.number, second.record.as_of.to_string().as_str()), (2, "2030-09-30"));
    for verdict in verified(&copy) {
        assert!(verdict.is_reproduced(), "{verdict:#?}");
    }

    // A changed word makes another brief, and its file is named.
    retitle(&copy, "Migration", "Moves");
    for verdict in verified(&copy) {
        // Each language's brief contains the title in the others too.
        assert_eq!(verdict.differs, ["brief-en.pdf", "brief-eo.pdf"]);
        assert!(causes(&verdict).contains(&"templates/strings.en.toml changed".to_owned()));
        assert!(!verdict.is_reproduced() && verdict.unsealed.is_empty());
    }
    retitle(&copy, "Moves", "Migration");

    // The record and the list of checksums are checked too.
    for name in ["release.json", SUMS] {
        let path = second.folder.join(name);
        let whole = unseal(&path);
        fs::write(&path, [&whole[..], b"\n"].concat()).unwrap();
        let verdicts = verified(&copy);
        assert_eq!(verdicts[1].unsealed, ["`release.json` or `SHA256SUMS`"], "{name}");
        assert!(verdicts[0].is_reproduced() && !verdicts[1].is_reproduced());
        fs::write(&path, whole).unwrap();
    }
    assert!(verified(&copy).iter().all(Verdict::is_reproduced));
}

/// Makes a file writable, and returns its content.
fn unseal(path: &Path) -> Vec<u8> {
    assert!(fs::metadata(path).unwrap().permissions().readonly(), "{}", path.display());
    seal(path, false);
    fs::read(path).unwrap()
}

fn seal(path: &Path, is_sealed: bool) {
    let mut permissions = fs::metadata(path).unwrap().permissions();
    #[allow(clippy::permissions_set_readonly_false, reason = "to spoil a file in a test")]
    permissions.set_readonly(is_sealed);
    fs::set_permissions(path, permissions).unwrap();
}

/// A release of 6 September revises two figures of the half-year.
fn load_later_figures(copy: &Copy) {
    copy.edit(
        "data/vintages.csv",
        "2030-H1-express,",
        "2030-H1-final,final,2030-09-06,printed\n2030-H1-express,",
    );
    let mut table = copy.read("data/between.csv");
    for (province, was, is) in [("N-1", 640, 655), ("N-4", -330, -345)] {
        let row =
            |value: i32| format!("2030-01..2030-06,{province},net,{value},persons,1,2030-H1-");
        let express = table.lines().find(|line| line.starts_with(&row(was))).unwrap();
        // At the end, so that other rows keep their lines.
        let last = express.replace(&row(was), &row(is)).replacen("-express,", "-final,", 1);
        table.push_str(&format!("{last}\n"));
    }
    copy.write("data/between.csv", table);
}

#[test]
fn figures_that_came_out_later_are_left_out_only_on_purpose() {
    let copy = small("as-of = \"2030-08-31\"");
    load_later_figures(&copy);
    // A build reports it, and uses the data of its day.
    let (_, edition, warnings) = well(copy.check());
    assert_eq!(codes(&warnings), ["K0913"]);
    let facts = kosh::export::json::facts(&edition.facts);
    assert!(facts.contains("640") && !facts.contains("655"));
    let problems = at(&copy, "2030-09-10T05:00:00Z", &Request::default()).unwrap_err();
    assert_eq!(codes(&problems), ["K0913"]);
    let request = Request { leaves_out_later: true, ..Request::default() };
    let record = well(at(&copy, "2030-09-10T05:00:00Z", &request)).record;
    assert!(record.leaves_out_later);
    assert_eq!(record.as_of.to_string(), "2030-08-31");
}

#[test]
fn a_build_and_what_is_final_by_now_differ_by_a_revision() {
    let copy = small("");
    assert_eq!(copy.kosh(&["build", "--quiet"]).0, Some(0));
    load_later_figures(&copy);
    let (code, printed, said) = copy.kosh(&["diff", "output/2030-H1/office"]);
    assert_eq!(code, Some(0), "{said}");
    // Two of six provinces are final, the others are still express.
    let revised = printed.split("scheduled revision: final instead of express").nth(1);
    let revised = revised.unwrap_or_else(|| panic!("{printed}"));
    for line in ["N-1  +640 -> +655", "N-4  -330 -> -345", "N_top"] {
        assert!(revised.contains(line), "{printed}");
    }
    assert!(!printed.contains("correction:") && !printed.contains("new data"), "{printed}");
}

fn kosh(copy: &Copy, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kosh"));
    command.env("KOSH_LANG", "en");
    command.arg("release").args(arguments).current_dir(&copy.root);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

#[test]
fn a_release_that_is_killed_leaves_the_old_ones_whole_and_no_half_of_a_new_one() {
    let copy = small("");
    let versions = copy.root.join("releases/2030-H1/office");
    let start = std::time::Instant::now();
    assert!(kosh(&copy, &[]).status().unwrap().success());
    let whole = start.elapsed();
    let first = snapshot(&versions.join("1"));
    const ROUNDS: u32 = 12;
    let mut killed = 0;
    for round in 0..ROUNDS {
        let strings = copy.read("templates/strings.en.toml");
        copy.write("templates/strings.en.toml", strings.replace("title = \"M", "title = \"MM"));
        let mut child =
            kosh(&copy, &["--correction", "en=A", "--correction", "eo=A"]).spawn().unwrap();
        // Most of the work is done while files are written, so late moments matter.
        std::thread::sleep(whole.mul_f64(0.5 + 0.6 * f64::from(round) / f64::from(ROUNDS)));
        child.kill().unwrap();
        killed += u32::from(!child.wait().unwrap().success());
        assert!(snapshot(&versions.join("1")) == first);
        let all = numbers(&versions);
        assert_eq!(all, (1..=u32::try_from(all.len()).unwrap()).collect::<Vec<_>>());
        for number in all {
            let folder = versions.join(number.to_string());
            if let Some(said) = sha256sum(&folder) {
                assert!(said.status.success(), "version {number} after round {round}");
            }
        }
    }
    assert!(killed > 0, "every run ended before it was killed");
    std::thread::sleep(Duration::from_millis(50));
    let last = copy.read("templates/strings.en.toml").replace("title = \"M", "title = \"MM");
    copy.write("templates/strings.en.toml", last);
    let count = numbers(&versions).len();
    assert!(
        kosh(&copy, &["--correction", "en=A", "--correction", "eo=A"]).status().unwrap().success()
    );
    assert_eq!(numbers(&versions).len(), count + 1, "what was killed is in nobody's way");
}

#[test]
fn two_at_once_publish_one_version() {
    let copy = small("");
    let mut both = [kosh(&copy, &[]).spawn().unwrap(), kosh(&copy, &[]).spawn().unwrap()];
    for child in &mut both {
        assert!(child.wait().unwrap().success(), "who comes second finds that nothing has changed");
    }
    assert_eq!(numbers(&copy.root.join("releases/2030-H1/office")), [1]);
    assert!(!well(at(&copy, "2040-01-01T00:00:00Z", &Request::default())).is_new);
}

/// Two sources of equal precedence that disagree about a partner in the indicator `Q`, which no section
/// quotes.
fn dispute(copy: &Copy) {
    let sources = copy.read("data/sources.csv");
    let row = sources.lines().find(|line| line.starts_with("office-table,")).unwrap();
    copy.write(
        "data/sources.csv",
        format!(
            "{sources}{}\n",
            row.replace("office-table", "office-list")
                .replace("Moves of", "List of")
                .replace("/moves", "/list")
        ),
    );
    copy.write("data/countries.csv", copy.read("data/countries.csv") + "OLD,aggregate\n");
    for lang in ["en", "eo"] {
        let name = format!("data/lexicon/countries.{lang}.csv");
        let text = copy.read(&name);
        let cells = text.lines().next().unwrap().split(',').count() - 1;
        copy.write(&name, format!("{text}OLD{}\n", ",Oldland".repeat(cells)));
    }
    let row = |value: i32, source: &str| {
        format!("2030-01..2030-06,arrivals,OLD,{value},persons,1,2030-H1-express,{source},\n")
    };
    let rows = row(100, "office-table") + &row(140, "office-list");
    copy.write("data/border.csv", copy.read("data/border.csv") + &rows);
    let indicators = copy.read("data/indicators.toml");
    let own = "[Q]\nfrom = \"border\"\nwhere = { flow = \"arrivals\", partner = \"OLD\" }\n";
    copy.write("data/indicators.toml", format!("{indicators}\n{own}"));
}

#[test]
fn a_dispute_that_only_a_condition_reads_stops_a_release_too() {
    let copy = small("");
    dispute(&copy);
    for (lang, more, fewer) in [("en", "More.", "Fewer."), ("eo", "Pli.", "Malpli.")] {
        let name = format!("templates/sections/01-border.{lang}.md");
        let said = format!(
            "\n{{% call sentence(\"b9\") %}}{{% if Q > 50 %}}{more}{{% else %}}{fewer}{{% endif %}}{{% endcall %}}\n"
        );
        copy.write(&name, copy.read(&name) + &said);
    }
    let (code, printed, said) = copy.kosh(&["build"]);
    assert!(code == Some(0) && said.contains("warning[K0120]"), "{printed}{said}");
    let problems = at(&copy, "2030-08-09T05:00:00Z", &Request::default()).unwrap_err();
    assert_eq!(codes(&problems), ["K0916", "K0120"], "{}", common::drawn(&problems));
}

#[test]
fn a_dispute_stops_a_release_only_where_something_printed_rests_on_it() {
    let copy = small("");
    dispute(&copy);
    // A check lists it with a note that nothing printed is based on it; a build counts it.
    let (code, _, said) = copy.kosh(&["check"]);
    assert!(code == Some(0) && said.contains("warning[K0120]"), "{said}");
    assert!(said.contains("nothing that this brief prints is based on it"), "{said}");
    let (code, printed, said) = copy.kosh(&["build"]);
    assert!(code == Some(0) && !said.contains("K0120"), "{said}");
    let counted = "1 warning about figures on which nothing printed is based; `kosh check` lists \
        them";
    assert!(printed.contains(counted), "{printed}");
    let published = well(at(&copy, "2030-08-09T05:00:00Z", &Request::default()));
    assert!(published.record.warnings.is_empty() && published.record.allowed.is_empty());
    assert_eq!(codes(&published.elsewhere), ["K0120"]);

    // Quoted in a sentence, it stops the release, with the lines that allow it.
    for (lang, before) in [("en", "from that country"), ("eo", "el tiu lando")] {
        let name = format!("templates/sections/01-border.{lang}.md");
        let call = format!(
            "\n{{% call sentence(\"b9\") %}}{{{{ Q | int }}}} {before} {{{{ period | in }}}} {{{{ cite(Q) }}}}.{{% endcall %}}\n"
        );
        let call = if lang == "eo" { call.replace("| in }", "| en }") } else { call };
        copy.write(&name, copy.read(&name) + &call);
    }
    let said = corrected(&[("en", "One more."), ("eo", "Unu plia.")]);
    let problems = at(&copy, "2030-08-10T05:00:00Z", &said).unwrap_err();
    assert_eq!(codes(&problems), ["K0916", "K0120"], "{}", drawn(&problems));
    let blocks = blocks(&problems);
    let [block] = &blocks[..] else { panic!("{blocks:?}") };
    let lines: Vec<&str> = block.lines().collect();
    assert_eq!(lines[1], "code = \"K0120\"");
    assert_eq!(lines[2], "subject = \"border arrivals OLD 2030-01..2030-06\"");
    assert!(lines[3].starts_with("said = ") && lines[3].contains("printed: "), "{block}");
    assert_eq!(lines[4..], ["reason = \"\""]);
    // As suggested, the lines contain no reason yet.
    let brief = copy.read("brief.toml");
    copy.write("brief.toml", format!("{brief}\n{}\n", blocks[0]));
    assert_eq!(codes(&at(&copy, "2030-08-10T05:00:00Z", &said).unwrap_err()), ["K0023"]);
    // They do not apply to another period.
    let reason = "reason = \"The list counts moves twice.\"\nuntil = \"2029\"";
    let allow = blocks[0].replace("reason = \"\"", reason);
    copy.write("brief.toml", format!("{brief}\n{allow}\n"));
    let problems = at(&copy, "2030-08-10T05:00:00Z", &said).unwrap_err();
    assert_eq!(codes(&problems), ["K0916", "K0120"], "{}", drawn(&problems));
    assert!(drawn(&problems).contains("it was allowed up to a day that is past"));
    // Nor without `said`, nor with other numbers.
    let allow = allow.replace("2029", "2030-H1");
    let unsaid = allow.replace(&format!("{}\n", lines[3]), "");
    copy.write("brief.toml", format!("{brief}\n{unsaid}\n"));
    let problems = at(&copy, "2030-08-10T05:00:00Z", &said).unwrap_err();
    assert!(drawn(&problems).contains("this entry allows it, but lacks `said`"));
    assert!(self::blocks(&problems)[0] == *block, "{}", drawn(&problems));
    let other = allow.replace("said = \"", "said = \"1 to 1; ");
    copy.write("brief.toml", format!("{brief}\n{other}\n"));
    let problems = at(&copy, "2030-08-10T05:00:00Z", &said).unwrap_err();
    assert_eq!(codes(&problems), ["K0916", "K0120"], "{}", drawn(&problems));
    assert!(drawn(&problems).contains("it was allowed with another text"));
    // With a reason and for this period they apply, whatever the line numbers.
    copy.write("brief.toml", format!("{brief}\n{allow}\n"));
    let table = copy.read("data/border.csv");
    let (head, rows) = table.split_once('\n').unwrap();
    let mut rows: Vec<&str> = rows.lines().collect();
    rows.reverse();
    copy.write("data/border.csv", format!("{head}\n{}\n", rows.join("\n")));
    let (code, printed, said) =
        copy.kosh(&["release", "--correction", "en=One more.", "--correction", "eo=Unu plia."]);
    assert_eq!(code, Some(0), "{printed}{said}");
    let allowed =
        "allowed: K0120 border arrivals OLD 2030-01..2030-06: The list counts moves twice.";
    assert!(printed.contains(allowed), "{printed}");
    for file in ["release.json", "manifest.json"] {
        let record = copy.read(&format!("releases/2030-H1/office/2/{file}"));
        let record: serde_json::Value = serde_json::from_str(&record).unwrap();
        let [allowed] = &record["allowed"].as_array().unwrap()[..] else { panic!("{record:#}") };
        assert_eq!(allowed["subject"], "border arrivals OLD 2030-01..2030-06", "{file}");
        assert_eq!(allowed["reason"], "The list counts moves twice.", "{file}");
        assert!(allowed["message"].as_str().unwrap().contains("sources disagree"), "{file}");
        assert!(allowed["said"].as_str().unwrap().contains("printed: "), "{file}");
    }

    // Once the conflict is resolved, the unused entry is reported, without stopping the release.
    let table = copy.read("data/border.csv");
    let settled: Vec<&str> = table.lines().filter(|line| !line.contains("office-list")).collect();
    copy.write("data/border.csv", settled.join("\n") + "\n");
    let (code, _, said) = copy.kosh(&["check"]);
    assert!(code == Some(0) && said.contains("warning[K0024]"), "{said}");
    let (code, _, said) =
        copy.kosh(&["release", "--correction", "en=Settled.", "--correction", "eo=Solvita."]);
    assert!(code == Some(0), "{said}");
}

#[test]
fn warnings_are_not_allowed_all_at_once() {
    let copy = small("");
    let (code, _, said) = copy.kosh(&["release", "--allow-warnings"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("error[K0025]") && said.contains("brief.toml"), "{said}");
    assert!(!copy.root.join("releases").exists());
    let (_, help, _) = copy.kosh(&["release", "--help"]);
    assert!(!help.contains("allow-warnings"), "{help}");
}

#[test]
fn what_an_allowed_warning_says_of_itself_is_checked() {
    let allow = |code: &str, subject: &str, reason: &str, until: &str| {
        format!(
            "[[allow]]\ncode = \"{code}\"\nsubject = \"{subject}\"\nreason = \"{reason}\"\n{until}\n"
        )
    };
    let good = allow("K0120", "A", "seen", "");
    for (what, expected) in [
        (good.clone(), &[][..]),
        (allow("K0120", "A", "seen", "until = \"2030-08-09\""), &[]),
        (allow("K0120", "A", "seen", "until = \"2030-H1\""), &[]),
        (allow("K0120", "A", "", ""), &["K0023"]),
        (allow("K0120", "A", " … ", ""), &["K0023"]),
        (allow("K0120", " ", "seen", ""), &["K0023"]),
        (allow("K*", "A", "seen", ""), &["K0023"]),
        (allow("all", "A", "seen", ""), &["K0023"]),
        (allow("K0913", "A", "seen", ""), &["K0023"]),
        (allow("K0120", "A", "seen", "until = \"some day\""), &["K0023"]),
        (good.clone() + &good, &["K0023"]),
        (allow("K0120", "A", "seen", "for-all = true"), &["K0003"]),
        ("[[allow]]\ncode = \"K0120\"\n".to_owned(), &["K0003"]),
    ] {
        let copy = small("");
        copy.write("brief.toml", format!("{}\n{what}", copy.read("brief.toml")));
        let found = Project::open(&copy.root, &Overrides::default()).err().unwrap_or_default();
        assert_eq!(codes(&found), expected, "{what}");
    }
}
