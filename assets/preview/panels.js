// The content of the panel beside the pages: where a number comes from, messages, sentences left out.

import { WORDS } from "./words.js";

// An element with its children; a string is text and never markup.
export function el(tag, name, ...children) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

function pairs(...entries) {
  const list = el("dl");
  for (const [name, value] of entries) {
    if (value === null || value === undefined || value === "" || value.length === 0) continue;
    list.append(el("dt", "", name), el("dd", "", value));
  }
  return list;
}

function button(name, text, act) {
  const made = el("button", name, text);
  made.type = "button";
  made.addEventListener("click", () => act(made));
  return made;
}

// The names of facts in a formula are links to those facts.
function formula(text, facts, ask) {
  return text.split(/([A-Za-z][\w.]*)/).map((piece) => (piece in facts ? button("fact", piece, () => ask(piece)) : piece));
}

function copy(text) {
  return button("", WORDS.copy, async (self) => {
    try {
      await navigator.clipboard.writeText(text);
      self.textContent = WORDS.copied;
    } catch {
      // A browser may forbid it; the place can still be selected.
    }
  });
}

// A file with its line: a link that opens it in the editor, if it is on the disk, and a copy of the path.
function placed(at, open) {
  if (!open) return el("div", "line", el("span", "at", at), copy(at));
  const link = el("a", "at", at);
  link.href = open;
  link.title = WORDS.open;
  return el("div", "line", link, copy(at));
}

function source([id, known]) {
  if (!known) return id;
  const { title, publisher, date, url } = known.fields;
  const made = [[publisher, title, date].filter(Boolean).join(", ") || id];
  if (/^https?:/.test(url ?? "")) {
    const link = el("a", "", url);
    link.href = url;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    made.push(el("br"), link);
  }
  made.push(el("br"), `${id}, ${WORDS.rank(known.precedence)}`);
  return made;
}

function release([id, known]) {
  if (!known) return id;
  return `${id}: ${known.status}, ${known.released}${known.is_dated ? "" : ` (${WORDS.inferred})`}`;
}

// A row as it was typed may break after a comma; a short field is kept whole.
const typed = (text) =>
  text.split(/(?<=,)/).map((field) => (field.length > 40 ? field : [el("span", "", field), el("wbr")])).flat();

function row(one) {
  const value = one.rounded_to === undefined
    ? "" : `${one.value ?? "…"} ${one.unit}, ${WORDS.roundedTo(one.rounded_to)}`;
  return el("div", "entry",
    placed(one.at, one.open),
    el("div", "typed", typed(one.typed)),
    pairs(
      ...one.key,
      [WORDS.time, one.time],
      [WORDS.value, value],
      [WORDS.release, one.vintage && release(one.vintage)],
      [WORDS.source, one.source && source(one.source)],
      [WORDS.note, one.note],
    ));
}

function members(part, ask) {
  if (!part.members?.length) return [];
  const known = part.members.filter(([, value]) => value !== null);
  const table = el("table", "", known.map(([code, value]) =>
    el("tr", "", el("td", "", button("fact", code, () => ask(`${part.id}[${code}]`))), el("td", "", value))));
  return [el("h3", "", `${WORDS.members(known.length)} / ${part.members.length}`), table];
}

function part(one, facts, ask) {
  const head = one.value === undefined
    ? one.missing ? el("p", "value is-missing", WORDS.missing) : null
    : el("p", "value", one.value, " ", el("small", "", one.unit ?? ""));
  return el("div", "part", head,
    one.missing ? el("p", "reason", one.missing) : null,
    pairs(
      [WORDS.of, one.of ? button("fact", one.of, () => ask(one.of)) : ""],
      [WORDS.then, one.then],
      [WORDS.now, one.now ? button("fact", one.now, () => ask(one.now)) : ""],
      [WORDS.compares, one.compares],
      [WORDS.base, one.base],
      [WORDS.time, one.time],
      [WORDS.against, one.against],
      [WORDS.formula, one.formula && formula(one.formula, facts, ask)],
      [WORDS.precision, one.step === undefined ? "" : WORDS.within(one.step, one.error)],
      [WORDS.flags, one.flags.map((flag) => el("span", "chip", flag))],
    ),
    members(one, ask),
    el("h3", "", WORDS.rows(one.rows.length)),
    one.rows.map(row));
}

export const origin = (told, facts, ask) => told.parts.map((one) => part(one, facts, ask));

// Where a text is written, in the language that was clicked and then in the others.
export function text(told, facts, ask) {
  const number = (id) => (id in facts || /\[/.test(id) ? button("fact", id, () => ask(id)) : id);
  const numbers = (ids) => ids.flatMap((id, index) => (index ? [", ", number(id)] : [number(id)]));
  return told.versions.map((one) => el("div", "part",
    el("h3", "", `${one.lang.toUpperCase()} · ${told.kind === "phrase" ? WORDS.phrase : `${WORDS.section} ${told.section}`}`),
    placed(one.place.at, one.place.open),
    pairs(
      [WORDS.asPrinted, said(one.text, one.lang)],
      [WORDS.asTyped, one.typed && el("div", "typed is-text", one.typed)],
      [WORDS.numbersIn, one.facts.length ? numbers(one.facts) : ""],
    )));
}

function said(words, lang) {
  const made = el("span", "", words);
  made.lang = lang;
  return made;
}

export const noText = () => [el("p", "", WORDS.noText)];

// The numbers behind a drawing, under the fact they belong to; each leads to its origin.
export function figure(told, ask) {
  return told.facts.map((fact) => {
    const line = (one) => el("tr", "",
      el("td", "", one.value === null ? one.member : button("fact", one.member ?? one.id, () => ask(one.id))),
      el("td", "", one.value ?? WORDS.missing));
    return el("div", "part",
      el("p", "name", button("fact", fact.id, () => ask(fact.id)), ` · ${fact.unit} · ${fact.time}`),
      fact.missing ? el("p", "reason", fact.missing) : null,
      el("h3", "", WORDS.ofFigure(fact.numbers.length)),
      el("table", "", fact.numbers.map(line)));
  });
}

export const lost = () => [el("p", "", WORDS.lost)];

export const noOrigin = () => [el("p", "", WORDS.noOrigin)];

export function drawn(problem) {
  return el("pre", "drawn", problem.drawn.trimEnd());
}

export function messages(problems) {
  if (!problems.length) return [el("p", "", WORDS.noMessages)];
  return problems.map((one) => {
    const more = el("details", "", el("summary", "", one.place ?? one.code), drawn(one));
    const at = one.open ? placed(one.place, one.open) : null;
    return el("div", "entry", el("p", "", el("span", `code ${one.severity}`, one.code), " ", one.message), at, more);
  });
}

// One reason, and the same reason for other rows.
function reasons(text) {
  const [first, ...more] = text.split("; ").map((reason) => el("p", "place", reason));
  return more.length ? [first, el("details", "", el("summary", "", WORDS.more(more.length)), more)] : [first];
}

export function unsaid(dropped, facts, ask) {
  if (!dropped.length) return [el("p", "", WORDS.noUnsaid)];
  return dropped.map((one) => {
    const fact = one.fact in facts ? button("fact", one.fact, () => ask(one.fact)) : one.fact;
    return el("div", "entry",
      el("p", "", el("span", "code", one.sentence), ` · ${WORDS.section} ${one.section} · `, fact),
      reasons(one.reason),
      one.places.map(([, place]) => placed(place.at, place.open)));
  });
}
