//! Reserved words of the template language: a fact with such a name could not be used, or would hide the
//! word.

/// Keywords of the template language.
const KEYWORDS: [&str; 35] = [
    "and",
    "autoescape",
    "block",
    "break",
    "call",
    "caller",
    "continue",
    "do",
    "elif",
    "else",
    "endautoescape",
    "endblock",
    "endcall",
    "endfilter",
    "endfor",
    "endif",
    "endmacro",
    "endset",
    "extends",
    "false",
    "filter",
    "for",
    "from",
    "if",
    "import",
    "in",
    "include",
    "is",
    "loop",
    "macro",
    "none",
    "not",
    "or",
    "set",
    "true",
];

/// Other names that exist in every template.
const NAMES: [&str; 27] = [
    "False",
    "None",
    "True",
    "bibliography",
    "box",
    "cards",
    "changes",
    "cite",
    "column_break",
    "columns",
    "embargo",
    "entries",
    "figure",
    "foreign",
    "next_release",
    "note",
    "own",
    "period",
    "published",
    "ref",
    "replaced",
    "self",
    "sentence",
    "super",
    "table",
    "vintage",
    "with",
];

/// Whether a name is reserved in templates.
pub fn is_word(name: &str) -> bool {
    KEYWORDS.contains(&name) || NAMES.contains(&name)
}
