// Every word the preview says by itself. What the pages and the messages say comes from elsewhere.

const many = (n, one, more) => `${n} ${n === 1 ? one : more}`;

export const WORDS = {
  forms: "Forms of the brief",
  languages: "Languages",
  pages: "Pages",
  zoom: "Size of the pages",
  smaller: "Smaller (−)",
  larger: "Larger (+)",
  fit: "Fit",
  close: "Close (Esc)",
  messagesHint: "What kosh has to say about this brief (M)",
  unsaidHint: "Sentences left out because a figure is not published (D)",
  keys: "Tab: numbers · Enter: where one comes from · ← → Page Up/Down: pages · + − 0: size · M, D: lists · Esc: close",

  waiting: "The first build is under way",
  lost: "kosh has ended, or cannot be reached; this page waits for it",
  fresh: (ms) => `Up to date, built in ${ms} ms`,
  because: (files) => ` after ${files.slice(0, 3).join(", ")}${files.length > 3 ? ` and ${files.length - 3} more` : ""}`,
  changed: (n) => `; ${many(n, "number", "numbers")} changed`,
  stale: "Not rebuilt",
  failed: (n, hasPages) =>
    `${many(n, "error stands", "errors stand")} in the way. ${hasPages ? "The pages below are those of the last good build." : "There is no good build yet."}`,

  page: (n, of, lang) => `${lang.toUpperCase()} · ${n} / ${of}`,
  pageName: (n, of, title, lang) => `${title} (${lang}), page ${n} of ${of}`,
  noPage: "no such page",
  at: (n, of) => `Page ${n} of ${of}`,
  number: (id, value, unit) => `${id}${value ? ` = ${value} ${unit}` : ""}`,

  messages: (errors, warnings) =>
    errors ? many(errors, "error", "errors") : warnings ? many(warnings, "warning", "warnings") : "No warnings",
  messagesTitle: "Messages",
  noMessages: "There is nothing to say about this build.",
  unsaid: (n) => (n ? many(n, "sentence left out", "sentences left out") : "Nothing left out"),
  unsaidTitle: "Not said",
  noUnsaid: "Every sentence could be said.",
  section: "section",

  originTitle: (id) => `Where ${id} comes from`,
  noOrigin: "This number is not a fact of the brief: it is counted or named by a template.",
  missing: "not published",
  time: "Period",
  against: "Against",
  formula: "Formula",
  compares: "Compares",
  of: "Member of",
  base: "A year before",
  precision: "Known to",
  within: (step, error) => (error ? `${step}, within ± ${error}` : `${step}, exactly`),
  flags: "To be said of it",
  rows: (n) => (n ? many(n, "row of the data", "rows of the data") : "No rows of the data"),
  roundedTo: (n) => `printed to ${n}`,
  release: "Release",
  inferred: "day inferred",
  source: "Source",
  rank: (n) => `precedence ${n}`,
  note: "Note",
  members: (n) => many(n, "member", "members"),
  copy: "Copy",
  copied: "Copied",
};
