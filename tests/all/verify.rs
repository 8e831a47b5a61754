//! `kosh verify`: releases are made again and compared.

use std::fs;

use crate::common::Copy;

#[test]
fn a_release_is_made_again_and_compared() {
    let copy = Copy::of_another_country();
    assert_eq!(copy.kosh(&["build", "--quiet"]).0, Some(0));
    assert_eq!(copy.kosh(&["build", "--quiet", "--language", "en", "--output", "two"]).0, Some(0));
    let (code, printed, said) = copy.kosh(&["verify"]);
    assert_eq!(code, Some(0), "{printed}{said}");
    assert!(
        printed.contains("output/2030-H1/office: reproduced\n1 of 1 release reproduced"),
        "{printed}"
    );
    // What was left out then is left out again.
    assert_eq!(
        copy.kosh(&["verify", "two/2030-H1/office", "--quiet"]),
        (Some(0), String::new(), String::new())
    );

    // A comment in a file: the input differs, the brief does not.
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
    // The build is unchanged, but the data have changed.
    assert_eq!(code, Some(6), "{digit}: {printed}{said}");
    let report: serde_json::Value = serde_json::from_str(&printed).unwrap();
    let release = &report["releases"][0];
    assert_eq!((&release["state"], &release["code"]), (&"outdated".into(), &"K1104".into()));
    assert_eq!(release["reproduced"], false);
    let texts = |key: &str| -> Vec<&str> {
        release[key].as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
    };
    assert!(texts("differs").contains(&"brief-en.pdf"), "{release:#}");
    assert!(texts("since")[0].contains("data/border.csv:"), "{release:#}");
    assert_eq!(texts("altered"), [] as [&str; 0]);
    copy.write("data/border.csv", table);

    // A file beside it that kosh did not make.
    copy.write("output/2030-H1/office/notes.txt", "mine");
    let (code, printed, _) = copy.kosh(&["verify", "output"]);
    assert_eq!(code, Some(0), "{printed}");
    assert!(printed.contains("though notes.txt is not a file of the release"), "{printed}");

    // A changed file of the release.
    copy.write("output/2030-H1/office/facts.csv", "id\n");
    fs::remove_file(copy.root.join("two/2030-H1/office/brief-en.pdf")).unwrap();
    let (code, printed, _) = copy.kosh(&["verify", "."]);
    assert_eq!(code, Some(1));
    for said in [
        "./output/2030-H1/office: ALTERED after it was built [K1103]: 1 difference\n  facts.csv of \
        the release changed",
        "./two/2030-H1/office: ALTERED after it was built [K1103]: 1 difference\n  brief-en.pdf of \
        the release was removed",
        "0 of 2 releases reproduced, 2 altered",
    ] {
        assert!(printed.contains(said), "{printed}");
    }
    // A changed manifest.
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
    assert!(said.contains("error[K0904]: there is no release in `data`"), "{said}");
    assert_eq!(copy.kosh(&["build", "--quiet"]).0, Some(0));
    fs::remove_file(copy.root.join("data/provinces.csv")).unwrap();
    let (code, printed, said) = copy.kosh(&["verify"]);
    assert_eq!(code, Some(6), "{printed}");
    assert!(printed.contains("changed since: data/provinces.csv was removed"), "{printed}");
    assert!(said.contains("K0112"), "{said}");
}

/// Makes a file of a published version writable.
fn unsealed(path: &std::path::Path) {
    for path in [path.parent().unwrap(), path] {
        let Ok(metadata) = fs::metadata(path) else { continue };
        let mut permissions = metadata.permissions();
        #[allow(clippy::permissions_set_readonly_false, reason = "to spoil a file in a test")]
        permissions.set_readonly(false);
        fs::set_permissions(path, permissions).unwrap();
    }
}

#[test]
fn an_altered_version_is_distinguished_from_one_that_was_corrected_since() {
    let copy = Copy::of_another_country();
    assert_eq!(copy.kosh(&["release", "--quiet"]).0, Some(0));
    // A regular correction of the data, published as version 2.
    let table = copy.read("data/border.csv");
    let row = table.lines().find(|line| line.starts_with("2030-01..2030-06,arrivals,WORLD,"));
    let row = row.unwrap();
    let value: Vec<&str> = row.split(',').collect();
    let next = (value[3].parse::<i64>().unwrap() + 1).to_string();
    copy.write("data/border.csv", table.replace(row, &row.replace(value[3], &next)));
    let (code, _, said) =
        copy.kosh(&["release", "--quiet", "--correction", "en=One.", "--correction", "eo=Unu."]);
    assert_eq!(code, Some(0), "{said}");
    let (code, printed, said) = copy.kosh(&["verify"]);
    assert_eq!(code, Some(0), "{printed}{said}");
    let first =
        "releases/2030-H1/office/1: as published, but its inputs have changed since [K1104]";
    assert!(printed.contains(first), "{printed}");
    assert!(printed.contains("releases/2030-H1/office/2: reproduced"), "{printed}");
    // Even if the first version can no longer be reproduced.
    let provinces = copy.read("data/provinces.csv");
    fs::remove_file(copy.root.join("data/provinces.csv")).unwrap();
    let (code, printed, said) = copy.kosh(&["verify", "releases"]);
    assert_eq!((code, &*said), (Some(0), ""), "{printed}");
    assert!(printed.contains("2 as published"), "{printed}");
    copy.write("data/provinces.csv", provinces);

    // One changed byte in the first version, though its data have changed, and in the second.
    for number in [1, 2] {
        let path = copy.root.join(format!("releases/2030-H1/office/{number}/facts.csv"));
        let whole = fs::read(&path).unwrap();
        unsealed(&path);
        fs::write(&path, [&whole[..], b" "].concat()).unwrap();
        let (code, printed, _) = copy.kosh(&["verify"]);
        assert_eq!(code, Some(1), "{printed}");
        let altered = format!("office/{number}: ALTERED after it was built [K1103]");
        assert!(printed.contains(&altered), "{printed}");
        assert!(printed.contains("1 altered"), "{printed}");
        fs::write(&path, whole).unwrap();
    }
    // A missing list, a new file, and a version that is missing or replaced by another.
    let folder = copy.root.join("releases/2030-H1/office");
    let first = folder.join("1");
    for name in ["manifest.json", "release.json", "SHA256SUMS"] {
        let path = first.join(name);
        let whole = fs::read(&path).unwrap();
        unsealed(&path);
        fs::remove_file(&path).unwrap();
        let (code, printed, _) = copy.kosh(&["verify"]);
        assert_eq!(code, Some(1), "{name}: {printed}");
        assert!(printed.contains("office/1: ALTERED"), "{name}: {printed}");
        fs::write(&path, whole).unwrap();
    }
    fs::write(first.join("extra.pdf"), "mine").unwrap();
    assert_eq!(copy.kosh(&["verify", "--quiet"]).0, Some(1));
    fs::remove_file(first.join("extra.pdf")).unwrap();
    assert_eq!(copy.kosh(&["verify", "--quiet"]).0, Some(0));
    let aside = copy.root.join("aside");
    fs::rename(&first, &aside).unwrap();
    let (code, printed, _) = copy.kosh(&["verify"]);
    assert!(code == Some(1) && printed.contains("the version is missing"), "{printed}");
    fs::rename(folder.join("2"), &first).unwrap();
    let (code, printed, _) = copy.kosh(&["verify"]);
    assert!(code == Some(1) && printed.contains("is for version 2, not 1"), "{printed}");
}

/// Replaces the title or description in a PDF's metadata by other words of the same length.
fn renamed(pdf: &[u8], tag: &str) -> Vec<u8> {
    let open = format!("<{tag}><rdf:Alt><rdf:li xml:lang=\"x-default\">");
    let at = pdf.windows(open.len()).position(|part| part == open.as_bytes());
    let at = at.unwrap_or_else(|| panic!("no `{tag}` in the PDF")) + open.len();
    let mut pdf = pdf.to_vec();
    assert_ne!(&pdf[at..at + 4], b"Nine");
    pdf[at..at + 4].copy_from_slice(b"Nine");
    pdf
}

#[test]
fn a_title_or_description_that_was_changed_in_a_pdf_is_reported() {
    use kosh::build::manifest::Manifest;

    let copy = Copy::of_another_country();
    assert_eq!(copy.kosh(&["build", "--quiet"]).0, Some(0));
    let folder = copy.root.join("output/2030-H1/office");
    let pdf = folder.join("brief-en.pdf");
    let whole = fs::read(&pdf).unwrap();
    for tag in ["dc:title", "dc:description"] {
        let other = renamed(&whole, tag);
        fs::write(&pdf, &other).unwrap();
        let (code, printed, _) = copy.kosh(&["verify"]);
        assert_eq!(code, Some(1), "{tag}: {printed}");
        assert!(printed.contains("ALTERED after it was built [K1103]"), "{tag}: {printed}");
        assert!(printed.contains("brief-en.pdf of the release changed"), "{tag}: {printed}");

        // With a manifest changed to match, the file still differs from the reproduced one.
        let manifest = fs::read(folder.join("manifest.json")).unwrap();
        let mut forged = Manifest::parse(&manifest).unwrap();
        let entry = forged.written.get_mut("brief-en.pdf").unwrap();
        entry.hash = blake3::hash(&other).to_hex().to_string();
        forged.seal = String::new();
        forged.seal = blake3::hash(&forged.to_bytes()).to_hex().to_string();
        fs::write(folder.join("manifest.json"), forged.to_bytes()).unwrap();
        let (code, printed, _) = copy.kosh(&["verify"]);
        assert_eq!(code, Some(1), "{tag}: {printed}");
        assert!(printed.contains("NOT reproduced"), "{tag}: {printed}");
        assert!(printed.contains("[K1105]") && printed.contains("brief-en.pdf"), "{printed}");
        fs::write(folder.join("manifest.json"), &manifest).unwrap();
    }
    fs::write(&pdf, &whole).unwrap();
    assert_eq!(copy.kosh(&["verify", "--quiet"]).0, Some(0));
}
