//! `kosh verify`: what was published is made again and compared.

mod common;

use std::fs;

use common::Copy;

#[test]
fn a_release_is_made_again_and_compared() {
    let copy = Copy::of_another_country();
    assert_eq!(copy.kosh(&["build", "--quiet"]).0, Some(0));
    assert_eq!(copy.kosh(&["build", "--quiet", "--language", "en", "--output", "two"]).0, Some(0));
    let (code, printed, said) = copy.kosh(&["verify"]);
    assert_eq!(code, Some(0), "{printed}{said}");
    assert!(
        printed.contains("output/2030-H1/office: the same\n1 of 1 release reproduced"),
        "{printed}"
    );
    // What was left out then is left out now.
    assert_eq!(
        copy.kosh(&["verify", "two/2030-H1/office", "--quiet"]),
        (Some(0), String::new(), String::new())
    );

    // A remark: another file, and the same brief.
    let data = copy.read("data/indicators.toml");
    copy.write("data/indicators.toml", format!("# a remark\n{data}"));
    let (code, printed, _) = copy.kosh(&["verify"]);
    assert_eq!(code, Some(0), "{printed}");
    assert!(printed.contains("  though data/indicators.toml changed"), "{printed}");
    copy.write("data/indicators.toml", data);

    // A cell: other numbers.
    let table = copy.read("data/border.csv");
    let row = table.lines().find(|line| line.contains("2030-01..2030-06")).unwrap().to_owned();
    let digit = row.rfind(|c: char| c.is_ascii_digit()).unwrap();
    let mut parts: Vec<String> = row.split(',').map(str::to_owned).collect();
    let value =
        parts.iter().position(|part| part.len() > 1 && part.parse::<f64>().is_ok()).unwrap();
    parts[value] = (parts[value].parse::<i64>().unwrap() + 1).to_string();
    copy.write("data/border.csv", table.replace(&row, &parts.join(",")));
    let (code, printed, said) = copy.kosh(&["verify", "--json"]);
    assert_eq!(code, Some(1), "{digit}: {printed}{said}");
    let report: serde_json::Value = serde_json::from_str(&printed).unwrap();
    let release = &report["releases"][0];
    assert_eq!(release["reproduced"], false);
    let texts = |key: &str| -> Vec<&str> {
        release[key].as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
    };
    assert!(texts("differs").contains(&"brief-en.pdf"), "{release:#}");
    assert!(texts("since")[0].contains("data/border.csv:"), "{release:#}");
    assert_eq!(texts("altered"), [] as [&str; 0]);
    copy.write("data/border.csv", table);

    // A file of the release.
    copy.write("output/2030-H1/office/facts.csv", "id\n");
    fs::remove_file(copy.root.join("two/2030-H1/office/brief-en.pdf")).unwrap();
    let (code, printed, _) = copy.kosh(&["verify", "."]);
    assert_eq!(code, Some(1));
    for said in [
        "./output/2030-H1/office: NOT the same\n  facts.csv of the release changed",
        "./two/2030-H1/office: NOT the same\n  brief-en.pdf of the release is gone",
        "0 of 2 releases reproduced",
    ] {
        assert!(printed.contains(said), "{printed}");
    }
    // Its manifest.
    let name = "output/2030-H1/office/manifest.json";
    copy.write(name, copy.read(name).replace("2030-08-06", "2030-08-07"));
    let (code, printed, _) = copy.kosh(&["verify", "output"]);
    assert_eq!(code, Some(1));
    assert!(printed.contains("its manifest.json is missing or was changed"), "{printed}");
}

#[test]
fn what_is_no_release_is_refused() {
    let copy = Copy::of_another_country();
    let (code, _, said) = copy.kosh(&["verify", "data"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("error[K0904]: no release is in `data`"), "{said}");
    assert_eq!(copy.kosh(&["build", "--quiet"]).0, Some(0));
    fs::remove_file(copy.root.join("data/provinces.csv")).unwrap();
    let (code, printed, said) = copy.kosh(&["verify"]);
    assert_eq!(code, Some(1), "{printed}");
    assert!(printed.contains("since then: data/provinces.csv is gone"), "{printed}");
    assert!(said.contains("K0112"), "{said}");
}
