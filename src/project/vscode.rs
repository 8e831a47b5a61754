//! The folder `.vscode` of a project: what VS Code needs to know of its files.
//!
//! Out: settings that suit section files, the extension that checks TOML against the JSON Schemas, and
//! snippets for what is typed often. A snippet is text with places to fill in: `${1:X1}`.

use serde_json::{Map, Value, json};

use crate::output::File;

/// The folder.
pub const FOLDER: &str = ".vscode";

/// The first line of each file, by which kosh knows its own files.
const HEAD: &str =
    "// Written by `kosh schema --vscode`; your own settings are safe in other files.\n";

/// Whether a file was written by this module.
pub fn is_own(content: &[u8]) -> bool {
    content.starts_with(HEAD.as_bytes())
}

/// The files, by their names in the folder.
pub fn files() -> Vec<File> {
    let file = |name: &str, value: &Value| File {
        name: name.to_owned(),
        bytes: format!("{HEAD}{value:#}\n").into_bytes(),
    };
    vec![
        file("settings.json", &settings()),
        file("extensions.json", &json!({ "recommendations": ["tamasfe.even-better-toml"] })),
        file("kosh.code-snippets", &snippets()),
    ]
}

fn settings() -> Value {
    json!({
        "files.eol": "\n",
        "files.insertFinalNewline": true,
        "evenBetterToml.schema.enabled": true,
        "[markdown]": {
            // Two blanks at the end of a line break it.
            "files.trimTrailingWhitespace": false,
            "editor.wordWrap": "on",
            "editor.quickSuggestions": { "other": "on", "comments": "off", "strings": "off" },
        },
    })
}

/// A snippet: what is typed to get it, the files it is for, what it is, and its lines.
struct Snippet {
    prefix: &'static str,
    scope: &'static str,
    about: &'static str,
    body: &'static [&'static str],
}

const SECTION: &str = "markdown";
const TABLE: &str = "toml";

/// All snippets. Those of sections are tried by a test below.
const SNIPPETS: &[Snippet] = &[
    Snippet {
        prefix: "sentence",
        scope: SECTION,
        about: "A sentence with a number; it is left out if the number is missing",
        body: &[
            "{% call sentence(\"${1:s8-1}\") %}${2:In these months} {{ ${3:X1} | ${4|int,signed,pct1,compact,dec1|} }} $5{{ cite(${3:X1}) }}.{% endcall %}",
            "$0",
        ],
    },
    Snippet {
        prefix: "sentence-change",
        scope: SECTION,
        about: "A sentence with a change against the year before",
        body: &[
            "{% call sentence(\"${1:s8-1}\") %}${2:Arrivals} {{ ${3:X1}.change | word(\"${4:rose}\", \"${5:fell}\", \"${6:were little changed}\") }} by {{ ${3:X1}.change | abs | pct1 }} {{ cite(${3:X1}) }}.{% endcall %}",
            "$0",
        ],
    },
    Snippet {
        prefix: "block",
        scope: SECTION,
        about: "A block that a profile may replace",
        body: &["{% block ${1:name} %}", "$0", "{% endblock %}"],
    },
    Snippet {
        prefix: "figure",
        scope: SECTION,
        about: "A figure of figures.toml; an empty line stands before and after it",
        body: &["", "{{ figure(\"${1:F1}\") }}", "", "$0"],
    },
    Snippet {
        prefix: "table",
        scope: SECTION,
        about: "A table of tables.toml; an empty line stands before and after it",
        body: &["", "{{ table(\"${1:T1}\") }}", "", "$0"],
    },
    Snippet {
        prefix: "if",
        scope: SECTION,
        about: "Text that is printed under a condition",
        body: &[
            "{% if ${1:X1} is ${2|known,missing,positive,negative,turned,complete|} %}",
            "$0",
            "{% endif %}",
        ],
    },
    Snippet {
        prefix: "if-else",
        scope: SECTION,
        about: "One of two texts",
        body: &["{% if ${1:X1} ${2:> ${3:X2}} %}", "$4", "{% else %}", "$0", "{% endif %}"],
    },
    Snippet {
        prefix: "for",
        scope: SECTION,
        about: "A sentence part for each member of a series",
        body: &[
            "{% for ${1:region} in ${2:I4_top}.members %}{{ ${1:region}.name | nom }} ({{ ${1:region}.value | ${3|int,signed,pct1|} }}){% endfor %}$0",
        ],
    },
    Snippet {
        prefix: "box",
        scope: SECTION,
        about: "A tinted box",
        body: &["", "{% call box(\"${1:Title}\") %}", "$0", "{% endcall %}", ""],
    },
    Snippet {
        prefix: "columns",
        scope: SECTION,
        about: "Two columns",
        body: &[
            "",
            "{% call columns() %}",
            "$1",
            "",
            "{{ column_break() }}",
            "",
            "$0",
            "{% endcall %}",
            "",
        ],
    },
    Snippet {
        prefix: "ref",
        scope: SECTION,
        about: "A reference to a figure or table",
        body: &["({{ ref(\"${1:F1}\") }})$0"],
    },
    Snippet {
        prefix: "cite",
        scope: SECTION,
        about: "The sources of a fact",
        body: &["{{ cite(${1:X1}) }}$0"],
    },
    Snippet {
        prefix: "indicator",
        scope: TABLE,
        about: "An indicator in indicators.toml",
        body: &[
            "[${1:X9}]",
            "from = \"${2:international}\"",
            "where = { ${3:flow} = \"${4:arrivals}\" }",
            "$0",
        ],
    },
    Snippet {
        prefix: "figure-words",
        scope: TABLE,
        about: "The words of a figure in strings.LANG.toml",
        body: &[
            "[figures.${1:F1}]",
            "title = \"${2:What the figure shows}\"",
            "caption = \"${3:The measure, its unit and time}\"",
            "alt = \"${4:The finding, extremes and units for somebody who cannot see it}\"",
            "$0",
        ],
    },
];

fn snippets() -> Value {
    let mut all = Map::new();
    for Snippet { prefix, scope, about, body } in SNIPPETS {
        let value = json!({ "prefix": prefix, "scope": scope, "description": about, "body": body });
        all.insert(format!("kosh {prefix}"), value);
    }
    Value::Object(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::SourceText;
    use crate::prose::{SectionFile, unread};

    /// The text of a snippet as it is inserted, before anything is filled in.
    fn inserted(body: &[&str]) -> String {
        let mut text = body.join("\n");
        // Innermost places first.
        while let Some(start) = text.rfind("${") {
            let end = start + text[start..].find('}').expect("a place is closed");
            let place = text[start + 2..end].to_owned();
            let put = match place.split_once(['|', ':']) {
                Some((_, choices)) if place.contains('|') => {
                    choices.split([',', '|']).next().unwrap()
                }
                Some((_, default)) => default,
                None => "",
            };
            text.replace_range(start..=end, put);
        }
        for digit in '0'..='9' {
            text = text.replace(&format!("${digit}"), "");
        }
        text
    }

    #[test]
    fn every_snippet_of_a_section_is_a_template() {
        for Snippet { prefix, scope, body, .. } in SNIPPETS {
            let text = inserted(body);
            assert!(!text.contains('$'), "{prefix}: {text}");
            if *scope == SECTION {
                let section = SectionFile {
                    id: (*prefix).to_owned(),
                    text: SourceText::new("a.md", text.clone()),
                };
                assert_eq!(unread(&section), None, "{prefix}: {text}");
            } else {
                text.parse::<toml::Table>().unwrap_or_else(|error| panic!("{prefix}: {error}"));
            }
        }
    }

    #[test]
    fn the_files_are_json_under_a_line_by_which_kosh_knows_them() {
        for file in files() {
            assert!(is_own(&file.bytes), "{}", file.name);
            let text = std::str::from_utf8(&file.bytes).unwrap();
            let (_, json) = text.split_once('\n').unwrap();
            serde_json::from_str::<Value>(json).unwrap();
        }
        assert!(!is_own(b"{}"));
    }
}
