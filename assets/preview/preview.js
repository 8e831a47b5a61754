// The preview: what is shown, what the keys do, and what happens when there is a new state.

import { Follow, insist } from "./follow.js";
import { FIGURE, Pages, TEXT, nameOf } from "./pages.js";
import * as panels from "./panels.js";
import { LANGUAGE, WORDS } from "./words.js";

const at = (id) => document.getElementById(id);
const NOTHING = { run: null, version: null, issue: null, failure: null };
const view = { form: null, panel: null, back: null, trail: [], asking: null, zoom: 1 };
const pages = new Pages(at("proof"), (id, link) => ask(id, { link }), status);
const follow = new Follow(draw, status);
const shown = () => follow.state ?? NOTHING;

document.documentElement.lang = LANGUAGE;
for (const one of document.querySelectorAll("[data-label]")) one.setAttribute("aria-label", WORDS[one.dataset.label]);
for (const one of document.querySelectorAll("[data-hint]")) {
  one.title = WORDS[one.dataset.hint];
  one.setAttribute("aria-label", WORDS[one.dataset.hint]);
}
at("fit").textContent = WORDS.fit;
at("keys").textContent = WORDS.keys;

// Drawing the page.

function draw() {
  const { issue, failure } = shown();
  document.body.classList.toggle("is-stale", Boolean(failure && issue));
  fail();
  counts();
  if (issue) lay(issue);
  else if (pages.count) begin();
  if (view.panel) open(view.panel, { isQuiet: true });
  status();
}

function lay(issue) {
  const forms = [...new Set(issue.documents.map((one) => one.form))];
  if (!forms.includes(view.form)) view.form = forms[0];
  pages.show(issue, view.form);
  const documents = issue.documents.filter((one) => one.form === view.form);
  name(documents.map((one) => one.title), `${issue.period} · ${issue.profile}`);
  choose("forms", forms, view.form, (form) => ((view.form = form), draw()));
  const langs = documents.map((one) => one.lang);
  choose("languages", langs, pages.lang, (lang) => (pages.speak(lang), draw()));
  at("languages").hidden = langs.length < 2 || !narrow.matches;
  place();
}

// kosh was restarted, perhaps for another project: nothing of the earlier run is kept.
function begin() {
  close();
  pages.clear();
  name([], "");
  at("forms").hidden = at("languages").hidden = true;
  place();
}

function name(titles, edition) {
  at("title").textContent = [...new Set(titles)].join(" · ");
  at("title").title = at("title").textContent;
  at("edition").textContent = edition;
  document.title = [edition, "kosh"].filter(Boolean).join(" · ");
}

function choose(id, all, chosen, act) {
  const group = at(id);
  group.hidden = all.length < 2;
  group.replaceChildren(...all.map((one) => {
    const made = panels.el("button", "", one);
    made.setAttribute("aria-pressed", String(one === chosen));
    made.addEventListener("click", () => act(one));
    return made;
  }));
}

function status() {
  const { issue, failure } = shown();
  const line = at("status");
  const isBehind = follow.isLost || !follow.isCurrent || pages.missing > 0;
  line.className = isBehind || (!issue && !failure) ? "is-waiting" : failure ? "is-stale" : "";
  line.textContent = says(issue, failure);
}

// “Up to date” is the last choice: this is the newest state, and all its pages are there.
function says(issue, failure) {
  if (follow.isLost) return WORDS.lost;
  if (follow.state && !follow.isCurrent) return WORDS.behind;
  if (failure) return WORDS.stale + (failure.because.length ? WORDS.because(failure.because) : "");
  if (!issue) return WORDS.waiting;
  if (pages.missing) return WORDS.fetching(pages.missing);
  return WORDS.fresh(Math.round(issue.milliseconds))
    + (issue.because.length ? WORDS.because(issue.because) : "")
    + (issue.changed.length ? WORDS.changed(issue.changed.length) : "")
    + (issue.reworded.length ? WORDS.reworded(issue.reworded.length) : "");
}

// An error is shown over the last good pages until it is corrected.
function fail() {
  const { issue, failure } = shown();
  at("failure").hidden = !failure;
  if (!failure) return at("failure-text").replaceChildren();
  const errors = failure.problems.filter((one) => one.severity === "error");
  at("failure-title").textContent = WORDS.failed(errors.length, Boolean(issue));
  at("failure-text").replaceChildren(...errors.map(panels.drawn));
}

const problems = () => (shown().failure ?? shown().issue)?.problems ?? [];

function counts() {
  const all = problems();
  const errors = all.filter((one) => one.severity === "error").length;
  at("messages").textContent = WORDS.messages(errors, all.length - errors);
  at("messages").classList.toggle("is-bad", errors > 0);
  at("messages").hidden = !shown().issue && !shown().failure;
  at("unsaid").textContent = WORDS.unsaid(shown().issue?.dropped.length ?? 0);
  at("unsaid").hidden = !shown().issue;
  const { changed = [], reworded = [] } = shown().issue ?? {};
  at("changes").textContent = WORDS.changes(changed.length + reworded.length);
  at("changes").hidden = changed.length + reworded.length === 0;
}

// The panel.

// Shows a list, a drawing's numbers or where a number comes from.
function open(name, { isQuiet = false } = {}) {
  view.asking?.abort();
  const facts = shown().issue?.facts ?? {};
  if (name !== "messages" && name !== "unsaid") return answer(name, isQuiet);
  pages.point(null);
  if (name === "messages") panel(name, WORDS.messagesTitle, panels.messages(problems()), isQuiet);
  else panel(name, WORDS.unsaidTitle, panels.unsaid(shown().issue?.dropped ?? [], facts, further), isQuiet);
}

// Called from a page: `link` gets the focus back.
function ask(id, { link }) {
  view.back = link;
  view.trail = [];
  open(id);
}

// Called from the panel: one can go back to what it shows now.
function further(id) {
  if (view.panel && view.panel !== id) view.trail.push(view.panel);
  open(id);
}

const short = (name) =>
  ({ messages: WORDS.messagesTitle, unsaid: WORDS.unsaidTitle })[name]
    ?? (name.startsWith(TEXT) ? nameOf(name) || WORDS.textTitle("") : name.replace(FIGURE, ""));

function back() {
  const name = view.trail.pop();
  if (name) open(name);
}

// The parts of what is asked about: a number, a drawing or a text.
function about(id) {
  const after = (prefix) => encodeURIComponent(id.slice(prefix.length));
  const facts = shown().issue?.facts ?? {};
  if (id.startsWith(FIGURE)) {
    const name = id.slice(FIGURE.length);
    return [`figures/${after(FIGURE)}`, WORDS.figureTitle(name), (told) => panels.figure(told, further), panels.noOrigin];
  }
  if (id.startsWith(TEXT)) {
    return [`passages/${after(TEXT)}`, WORDS.textTitle(nameOf(id)), (told) => panels.text(told, facts, further), panels.noText];
  }
  return [`facts/${after("")}`, WORDS.originTitle(id), (told) => panels.origin(told, facts, further), panels.noOrigin];
}

async function answer(id, isQuiet) {
  pages.point(id.startsWith(FIGURE) ? null : id);
  const [address, title, body, none] = about(id);
  if (follow.isLost) panel(id, title, panels.lost(), isQuiet);
  const { signal } = (view.asking = new AbortController());
  const told = await insist(address, signal, (got) => (got.ok ? got.json() : got.status === 404 ? null : undefined));
  if (told === undefined) return;
  panel(id, title, told ? body(told) : none(), isQuiet);
}

function panel(name, title, body, isQuiet) {
  const isNew = view.panel !== name;
  if (!view.panel) view.back ??= document.activeElement;
  view.panel = name;
  if (at("panel").hidden) {
    view.left = at("proof").scrollLeft;
    at("panel").hidden = false;
    // The panel takes room from the pages, which keep their size: what was clicked stays in sight.
    pages.reveal(view.back);
  }
  at("panel-title").textContent = title;
  at("panel-body").replaceChildren(...body);
  at("back").hidden = !view.trail.length;
  at("back").textContent = WORDS.back(view.trail.length ? short(view.trail.at(-1)) : "");
  if (isNew) at("panel-body").scrollTop = 0;
  for (const id of ["messages", "unsaid"]) at(id).setAttribute("aria-expanded", String(name === id));
  if (!isQuiet) at("panel-title").focus();
}

function toggle(name) {
  view.trail = [];
  if (view.panel === name) close();
  else if (!at(name).hidden) open(name);
}

function close() {
  view.asking?.abort();
  if (!view.panel) return;
  const to = view.back?.isConnected ? view.back : at("proof");
  view.panel = view.back = null;
  view.trail = [];
  at("panel").hidden = true;
  at("proof").scrollLeft = view.left;
  for (const id of ["messages", "unsaid"]) at(id).setAttribute("aria-expanded", "false");
  pages.point(null);
  to.focus({ preventScroll: true });
}

at("back").addEventListener("click", back);
at("close").addEventListener("click", close);
at("messages").addEventListener("click", () => toggle("messages"));
at("unsaid").addEventListener("click", () => toggle("unsaid"));

// The size of the pages and the scroll position.

// The pages are as wide as this lets them, times the zoom. It is the width of the window and not what a panel
// leaves of it, so that the letters keep their size and place when a panel opens.
function measure(room = null) {
  const main = at("proof");
  room ??= document.querySelector(".desk").clientWidth - (main.offsetWidth - main.clientWidth);
  document.documentElement.style.setProperty("--room", `${room}px`);
}

// Changes the size; the point in the middle of the window stays there.
function zoom(to, room) {
  const main = at("proof");
  const share = (main.scrollTop + main.clientHeight / 2) / Math.max(1, main.scrollHeight);
  view.zoom = Math.max(0.4, Math.min(4, to));
  if (room) measure(room);
  document.documentElement.style.setProperty("--zoom", String(view.zoom));
  main.scrollTop = share * main.scrollHeight - main.clientHeight / 2;
}

// Fits the pages into the room there is now, beside an open panel too.
const fit = () => zoom(1, at("proof").clientWidth);

at("smaller").addEventListener("click", () => zoom(view.zoom / 1.2));
at("larger").addEventListener("click", () => zoom(view.zoom * 1.2));
at("fit").addEventListener("click", fit);
measure();
addEventListener("resize", () => measure());

// What has changed since the last build.

function jump(by) {
  const to = pages.jump(by);
  if (to) at("changes").textContent = WORDS.changeAt(to.n, to.of);
}
at("changes").addEventListener("click", () => jump(1));

function place() {
  at("place").textContent = pages.count ? WORDS.at(pages.current + 1, pages.count) : "";
}
at("proof").addEventListener("scroll", place, { passive: true });

const narrow = matchMedia("(max-width: 820px)");
narrow.addEventListener("change", draw);

const keys = {
  Escape: close,
  PageDown: () => pages.turn(1),
  PageUp: () => pages.turn(-1),
  ArrowRight: () => pages.turn(1),
  ArrowLeft: () => pages.turn(-1),
  "+": () => zoom(view.zoom * 1.2),
  "=": () => zoom(view.zoom * 1.2),
  "-": () => zoom(view.zoom / 1.2),
  0: fit,
  Backspace: back,
  m: () => toggle("messages"),
  d: () => toggle("unsaid"),
  n: () => jump(1),
  p: () => jump(-1),
};
// The letters of these keys where a Russian layout is on.
Object.assign(keys, { ь: keys.m, в: keys.d, т: keys.n, з: keys.p });

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  // In a long panel or message these keys scroll it, not the pages.
  const isReading = at("panel").contains(document.activeElement) || at("failure").contains(document.activeElement);
  if (isReading && /^(Page|Arrow)/.test(event.key)) return;
  const act = keys[event.key] ?? keys[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
});

follow.listen();
