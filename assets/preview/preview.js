// The preview: what is shown, what the keys do, and what happens when there is something new.

import { Pages } from "./pages.js";
import * as panels from "./panels.js";
import { WORDS } from "./words.js";

const at = (id) => document.getElementById(id);
const state = { version: null, issue: null, failure: null };
const view = { form: null, panel: null, back: null, zoom: 1, isLost: false };
const pages = new Pages(at("proof"), ask);

for (const one of document.querySelectorAll("[data-label]")) one.setAttribute("aria-label", WORDS[one.dataset.label]);
for (const one of document.querySelectorAll("[data-hint]")) {
  one.title = WORDS[one.dataset.hint];
  one.setAttribute("aria-label", WORDS[one.dataset.hint]);
}
at("fit").textContent = WORDS.fit;
at("keys").textContent = WORDS.keys;

// What is new.

async function refresh() {
  const answer = await fetch("state").catch(() => null);
  if (!answer?.ok) return;
  Object.assign(state, await answer.json());
  draw();
}

function listen() {
  const events = new EventSource("events");
  events.addEventListener("version", (event) => {
    const isBack = view.isLost;
    view.isLost = false;
    if (String(state.version) !== event.data || isBack) refresh();
  });
  const lost = () => {
    events.close();
    view.isLost = true;
    status();
    setTimeout(listen, 1000);
  };
  // kosh says goodbye, or is gone without.
  events.addEventListener("end", lost);
  events.addEventListener("error", lost);
}

// What is shown.

function draw() {
  const { issue, failure } = state;
  document.body.classList.toggle("is-stale", Boolean(failure && issue));
  status();
  fail();
  if (!issue) return;
  const forms = [...new Set(issue.documents.map((one) => one.form))];
  if (!forms.includes(view.form)) view.form = forms[0];
  pages.show(issue, view.form);
  const shown = issue.documents.filter((one) => one.form === view.form);
  at("title").textContent = [...new Set(shown.map((one) => one.title))].join(" · ");
  at("title").title = at("title").textContent;
  at("edition").textContent = `${issue.period} · ${issue.profile}`;
  document.title = `${issue.period} · ${issue.profile} · kosh`;
  choose("forms", forms, view.form, (form) => ((view.form = form), draw()));
  const langs = shown.map((one) => one.lang);
  choose("languages", langs, pages.lang, (lang) => (pages.speak(lang), draw()));
  at("languages").hidden = langs.length < 2 || !narrow.matches;
  counts();
  if (view.panel === "messages" || view.panel === "unsaid") open(view.panel, true);
  else if (view.panel) ask(view.panel, null, true);
  place();
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
  const { issue, failure } = state;
  const line = at("status");
  line.className = view.isLost || (!issue && !failure) ? "is-waiting" : failure ? "is-stale" : "";
  if (view.isLost) return void (line.textContent = WORDS.lost);
  if (failure) return void (line.textContent = WORDS.stale + (failure.because.length ? WORDS.because(failure.because) : ""));
  if (!issue) return void (line.textContent = WORDS.waiting);
  line.textContent = WORDS.fresh(Math.round(issue.milliseconds))
    + (issue.because.length ? WORDS.because(issue.because) : "")
    + (issue.changed.length ? WORDS.changed(issue.changed.length) : "");
}

// An error lies over the last good pages until it is mended.
function fail() {
  const { issue, failure } = state;
  at("failure").hidden = !failure;
  if (!failure) return at("failure-text").replaceChildren();
  const errors = failure.problems.filter((one) => one.severity === "error");
  at("failure-title").textContent = WORDS.failed(errors.length, Boolean(issue));
  at("failure-text").replaceChildren(...errors.map(panels.drawn));
}

const problems = () => [...(state.failure?.problems ?? []), ...(state.failure ? [] : state.issue?.problems ?? [])];

function counts() {
  const all = problems();
  const errors = all.filter((one) => one.severity === "error").length;
  at("messages").textContent = WORDS.messages(errors, all.length - errors);
  at("messages").classList.toggle("is-bad", errors > 0);
  at("unsaid").textContent = WORDS.unsaid(state.issue.dropped.length);
}

// The panel.

function panel(name, title, body, isQuiet) {
  const isNew = view.panel !== name;
  if (!view.panel) view.back ??= document.activeElement;
  view.panel = name;
  at("panel").hidden = false;
  at("panel-title").textContent = title;
  at("panel-body").replaceChildren(...body);
  if (isNew) at("panel-body").scrollTop = 0;
  for (const id of ["messages", "unsaid"]) at(id).setAttribute("aria-expanded", String(name === id));
  if (!isQuiet) at("panel-title").focus();
}

function open(name, isQuiet = false) {
  if (view.panel === name && !isQuiet) return close();
  pages.point(null);
  const facts = state.issue?.facts ?? {};
  if (name === "messages") panel(name, WORDS.messagesTitle, panels.messages(problems()), isQuiet);
  else panel(name, WORDS.unsaidTitle, panels.unsaid(state.issue?.dropped ?? [], facts, ask), isQuiet);
}

// Where a number comes from; `link` is where it was asked, and gets the focus back.
async function ask(id, link = null, isQuiet = false) {
  if (link) view.back = link;
  pages.point(id);
  const answer = await fetch(`facts/${encodeURIComponent(id)}`).catch(() => null);
  const told = answer?.ok ? await answer.json() : null;
  const body = told ? panels.origin(told, state.issue.facts, ask) : panels.noOrigin();
  panel(id, WORDS.originTitle(id), body, isQuiet);
}

function close() {
  if (!view.panel) return;
  const back = view.back?.isConnected ? view.back : at("proof");
  view.panel = view.back = null;
  at("panel").hidden = true;
  for (const id of ["messages", "unsaid"]) at(id).setAttribute("aria-expanded", "false");
  pages.point(null);
  back.focus({ preventScroll: true });
}

at("close").addEventListener("click", close);
at("messages").addEventListener("click", () => open("messages"));
at("unsaid").addEventListener("click", () => open("unsaid"));

// The size of the pages and the place among them.

function zoom(to) {
  const main = at("proof");
  const share = main.scrollTop / Math.max(1, main.scrollHeight);
  view.zoom = Math.max(0.4, Math.min(4, to));
  document.documentElement.style.setProperty("--zoom", String(view.zoom));
  main.scrollTop = share * main.scrollHeight;
}

at("smaller").addEventListener("click", () => zoom(view.zoom / 1.2));
at("larger").addEventListener("click", () => zoom(view.zoom * 1.2));
at("fit").addEventListener("click", () => zoom(1));

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
  0: () => zoom(1),
  m: () => open("messages"),
  d: () => open("unsaid"),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  // A long panel or message is read with the same keys as the pages.
  const isReading = at("panel").contains(document.activeElement) || at("failure").contains(document.activeElement);
  if (isReading && /^(Page|Arrow)/.test(event.key)) return;
  const act = keys[event.key] ?? keys[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
});

listen();
