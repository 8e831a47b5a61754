//! `kosh table new`: a table is described from its file, and read as described.

use serde_json::Value;

use crate::common::{Copy, root};

const VISITORS: &str = "\
period,province,visitors,unit,rounded_to,vintage,source_id,remark
2030-01..2030-06,N-1,640,persons,1,2030-H1-express,office-table,
2030-01..2030-06,N-2,210,persons,1,2030-H1-express,office-table,counted twice
2029-01..2029-06,N-1,600,persons,1,2030-H1-express,office-table,
";

fn new(copy: &Copy, file: &str) -> (Option<i32>, String, String) {
    copy.kosh(&["table", "new", file, "--yes"])
}

fn resource(copy: &Copy, name: &str) -> Value {
    let package: Value = serde_json::from_str(&copy.read("data/datapackage.json")).unwrap();
    let all = package["resources"].as_array().unwrap();
    all.iter().find(|one| one["name"] == name).unwrap().clone()
}

#[test]
fn a_table_is_described_and_read_without_json_by_hand() {
    let copy = Copy::of_another_country();
    copy.write("data/visitors.csv", VISITORS);
    let before = copy.read("data/datapackage.json");
    let (exit, said, reported) = new(&copy, "data/visitors.csv");
    assert_eq!(exit, Some(0), "{said}{reported}");
    let role = |name: &str| {
        let fields = resource(&copy, "visitors")["schema"]["fields"].clone();
        let field = fields.as_array().unwrap().iter().find(|field| field["name"] == name);
        field.unwrap()["kosh"]["role"].as_str().unwrap().to_owned()
    };
    for (column, expected) in [
        ("period", "time"),
        ("province", "dimension"),
        ("visitors", "value"),
        ("unit", "unit"),
        ("rounded_to", "rounded-to"),
        ("vintage", "vintage"),
        ("source_id", "source"),
        ("remark", "note"),
    ] {
        assert_eq!(role(column), expected, "{column}");
    }
    let schema = &resource(&copy, "visitors")["schema"];
    assert_eq!(schema["foreignKeys"][0]["reference"]["resource"], "provinces");
    // The rest of the package is as it was.
    let after = copy.read("data/datapackage.json");
    let common = before.trim_end().trim_end_matches(['}', ']', ' ', '\n']).trim_end();
    assert!(after.starts_with(common), "{after}");
    copy.write(
        "data/indicators.toml",
        copy.read("data/indicators.toml")
            + "\n[V]\nfrom = \"visitors\"\nwhere = { province = \"N-1\" }\n",
    );
    let (exit, said, reported) = copy.kosh(&["facts", "V"]);
    assert_eq!(exit, Some(0), "{reported}");
    assert!(said.starts_with("V  640 persons\n"), "{said}");
    let (_, said, _) = copy.kosh(&["facts", "V.change"]);
    assert!(said.starts_with("V.change  6.7 percent\n"), "{said}");
}

#[test]
fn a_second_run_changes_nothing_and_another_description_is_refused() {
    let copy = Copy::of_another_country();
    copy.write("data/visitors.csv", VISITORS);
    new(&copy, "data/visitors.csv");
    let described = copy.read("data/datapackage.json");
    let (exit, said, _) = new(&copy, "data/visitors.csv");
    assert_eq!(exit, Some(0));
    assert!(said.contains("describes it so already"), "{said}");
    assert_eq!(copy.read("data/datapackage.json"), described);
    copy.edit(
        "data/datapackage.json",
        "\"name\": \"remark\"",
        "\"title\": \"R\", \"name\": \"remark\"",
    );
    let changed = copy.read("data/datapackage.json");
    let (exit, _, reported) = new(&copy, "data/visitors.csv");
    assert_eq!(exit, Some(1));
    assert!(reported.contains("error[K0181]"), "{reported}");
    assert_eq!(copy.read("data/datapackage.json"), changed);
}

#[test]
fn a_list_of_codes_becomes_a_register_and_other_separators_are_kept() {
    let copy = Copy::of_another_country();
    copy.write("data/ports.csv", "port;sea\nP-1;north\nP-2;south\n");
    let (exit, said, reported) = new(&copy, "data/ports.csv");
    assert_eq!(exit, Some(0), "{said}{reported}");
    let ports = resource(&copy, "ports");
    assert_eq!(
        (&ports["kosh"]["role"], &ports["schema"]["primaryKey"]),
        (&"register".into(), &"port".into())
    );
    assert_eq!(ports["dialect"]["delimiter"], ";");
    let (exit, _, reported) = copy.kosh(&["check", "--quiet"]);
    assert_eq!(exit, Some(0), "{reported}");
}

#[test]
fn nothing_is_written_where_nobody_can_be_asked() {
    let copy = Copy::of_another_country();
    copy.write("data/visitors.csv", VISITORS);
    let before = copy.read("data/datapackage.json");
    let (exit, said, _) = copy.kosh(&["table", "new", "data/visitors.csv"]);
    assert_eq!(exit, Some(1));
    assert!(said.contains("nothing was written"), "{said}");
    assert_eq!(copy.read("data/datapackage.json"), before);
}

#[test]
fn every_table_of_the_repository_would_be_taken_for_what_it_is() {
    let shipped: Value = serde_json::from_str(
        &std::fs::read_to_string(root().join("data/datapackage.json")).unwrap(),
    )
    .unwrap();
    let mut compared = 0;
    for table in shipped["resources"].as_array().unwrap() {
        let name = table["name"].as_str().unwrap();
        let copy = Copy::of_shipped();
        // Without rows there is nothing to guess from.
        let rows = copy.read(&format!("data/{}", table["path"].as_str().unwrap()));
        if table["kosh"]["role"] != "observations" || rows.lines().count() < 8 {
            continue;
        }
        copy.write("data/again.csv", rows);
        let (exit, said, reported) = new(&copy, "data/again.csv");
        assert_eq!(exit, Some(0), "{name}: {said}{reported}");
        let again = resource(&copy, "again");
        let roles = |table: &Value| -> Vec<(String, Value)> {
            let fields = table["schema"]["fields"].as_array().unwrap();
            let role = |field: &Value| (field["name"].to_string(), field["kosh"]["role"].clone());
            fields.iter().map(role).collect()
        };
        assert_eq!(roles(&again), roles(table), "{name}");
        compared += 1;
    }
    assert!(compared > 8, "{compared}");
}
