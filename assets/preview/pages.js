// The pages: a row for each page in every language, so that they scroll together.

import { insist } from "./follow.js";
import { WORDS } from "./words.js";

// What a link on a page asks for: a number, the numbers of a drawing, or where a text is written.
const FACT = "kosh-fact:";
const FIGURE = "kosh-figure:";
const TEXT = "kosh-text:";
const SHEET = "page.css";

const fragment = (tag, name, text) => {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== undefined) made.textContent = text;
  return made;
};

// `I4[KZ-71].base` is marked when `I4[KZ-71]` changed.
const stem = (id) => id.replace(/\](\.base|\.change|\.difference)$/, "]");

// A text without its language: `brief/en/general/s4-2` is the same in every language. Texts outside
// sentences, `…/#1`, are of one language.
const shared = (key) => (/\/#\d+$/.test(key) ? key : key.replace(/^([^/]*)\/[^/]*\//, "$1//"));

// The id of a sentence or phrase in a key; empty for another text.
const nameOf = (key) => key.split("/").slice(3).join("/").replace(/^#\d+$/, "").replace(/^#/, "");

export { FIGURE, TEXT, nameOf };

// How close places that changed are to be one stop, in pixels.
const ONE_STOP = 30;
// A line of text that fits into this is shown whole, from below the upper edge.
const MARGIN = 80;

const unescaped = (text) =>
  text.replace(/&(lt|gt|amp|quot|#39|apos);/g, (whole, name) =>
    ({ lt: "<", gt: ">", amp: "&", quot: '"', "#39": "'", apos: "'" })[name]);

// The addresses of the links of a page that is not drawn yet.
const idsIn = (text) =>
  new Set([...text.matchAll(/ href="(kosh-(?:fact|text):[^"]*)"/g)].map((found) => unescaped(found[1])));

export class Pages {
  // `ask` is called with the number that is clicked, `told` when a page has arrived or is waited for.
  constructor(main, ask, told) {
    this.main = main;
    this.ask = ask;
    this.tell = told;
    this.papers = [];
    this.place = null;
    this.issue = null;
    this.asked = null;
    this.lang = null;
    // A page far outside the window is not drawn until it comes near.
    this.near = new IntersectionObserver(
      (seen) => seen.forEach((one) => this.approach(one.target.paper, one.isIntersecting)),
      { root: main, rootMargin: "1200px 0px" },
    );
    this.inView = new IntersectionObserver(
      (seen) => seen.forEach((one) => (one.target.share = one.intersectionRatio)),
      { root: main, threshold: [0, 0.1, 0.25, 0.5, 0.75, 1] },
    );
  }

  // Shows the documents of one form; unchanged pages and the scroll position are kept.
  show(issue, form) {
    const documents = issue.documents.filter((one) => one.form === form);
    const isSame = this.shape?.form === form && this.shape.langs.join() === documents.map((d) => d.lang).join();
    this.issue = issue;
    this.fresh = new Set(issue.changed);
    this.reworded = new Set(issue.reworded);
    this.stop = null;
    if (!isSame) this.main.replaceChildren();
    this.shape = { form, langs: documents.map((one) => one.lang) };
    if (!this.shape.langs.includes(this.lang)) this.lang = this.shape.langs[0];
    const count = Math.max(0, ...documents.map((one) => one.pages.length));
    while (this.main.children.length > count) this.main.lastElementChild.remove();
    for (let n = this.main.children.length; n < count; n++) this.main.append(this.row(n, documents));
    [...this.main.children].forEach((row, n) =>
      documents.forEach((one, column) => this.set(row.children[column], one, n)));
    const gone = new Set(this.papers);
    this.papers = [...this.main.querySelectorAll(".paper")].map((host) => host.paper);
    this.papers.forEach((paper) => gone.delete(paper));
    gone.forEach((paper) => paper.asking.abort());
    if (this.place !== null) this.main.scrollTop = this.place;
    this.place = null;
    this.papers.filter((paper) => paper.drawn).forEach((paper) => this.mark(paper));
    this.speak(this.lang);
  }

  // Removes everything; the next pages are shown at the same scroll position.
  clear() {
    if (!this.papers.length) return;
    this.papers.forEach((paper) => paper.asking.abort());
    this.place = this.main.scrollTop;
    this.main.replaceChildren();
    this.papers = [];
    this.issue = this.shape = this.asked = null;
  }

  // The number of pages that have not arrived yet.
  get missing() {
    return this.papers.filter((paper) => paper.fetched !== paper.key).length;
  }

  row(n, documents) {
    const row = fragment("div", "row");
    for (const one of documents) {
      const figure = fragment("figure");
      figure.lang = one.lang;
      const sheet = fragment("div", "sheet");
      figure.append(sheet, fragment("figcaption"));
      row.append(figure);
    }
    this.inView.observe(row);
    return row;
  }

  set(figure, one, n) {
    const page = one.pages[n];
    const sheet = figure.firstElementChild;
    let host = sheet.firstElementChild;
    figure.lastElementChild.textContent = page ? WORDS.page(n + 1, one.pages.length, one.lang) : "";
    if (!page) {
      const size = one.pages[0];
      host = fragment("div", "none", WORDS.noPage);
      if (size) host.style.aspectRatio = `${size.width} / ${size.height}`;
      return sheet.replaceChildren(host);
    }
    if (!host?.paper) {
      host = fragment("div", "paper");
      const root = host.attachShadow({ mode: "open" });
      const style = fragment("link");
      style.rel = "stylesheet";
      style.href = SHEET;
      root.append(style);
      host.paper = { host, root, key: null, fetched: null, text: null, drawn: null, isNear: false };
      host.setAttribute("role", "group");
      sheet.replaceChildren(host);
      this.near.observe(host);
    }
    host.setAttribute("aria-label", WORDS.pageName(n + 1, one.pages.length, one.title, one.lang));
    host.style.aspectRatio = `${page.width} / ${page.height}`;
    if (host.paper.key !== page.key) this.fetch(host.paper, page.key);
  }

  // Fetches a page until it is there, or until another one replaces it.
  async fetch(paper, key) {
    paper.key = key;
    paper.asking?.abort();
    const { signal } = (paper.asking = new AbortController());
    paper.host.classList.add("is-late");
    const text = await insist(`pages/${key}.svg`, signal, (answer) => (answer.ok ? answer.text() : undefined));
    if (text === undefined) return;
    Object.assign(paper, { fetched: key, text, links: idsIn(text) });
    paper.host.classList.remove("is-late");
    if (paper.isNear || this.held(paper)) this.draw(paper);
    else this.blank(paper);
    this.tell();
  }

  approach(paper, isNear) {
    paper.isNear = isNear;
    if (isNear) this.draw(paper);
  }

  blank(paper) {
    paper.root.querySelector("svg")?.remove();
    paper.drawn = null;
  }

  draw(paper) {
    const { key, text } = paper;
    if (paper.fetched !== key || paper.drawn === key) return;
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
    const svg = document.importNode(parsed.documentElement, true);
    const held = this.held(paper);
    this.links(svg);
    this.blank(paper);
    paper.root.append(svg);
    Object.assign(paper, { drawn: key, text: null });
    this.mark(paper);
    if (held) paper.root.querySelectorAll("a.asks")[held.index]?.focus({ preventScroll: true });
  }

  // The link that has the focus on a page that is about to be replaced.
  held(paper) {
    const index = [...paper.root.querySelectorAll("a.asks")].indexOf(paper.root.activeElement);
    return index < 0 ? null : { index };
  }

  links(svg) {
    const texts = new Set();
    for (const link of svg.querySelectorAll("a")) {
      const to = link.getAttribute("href") ?? "";
      link.removeAttributeNS("http://www.w3.org/1999/xlink", "href");
      link.removeAttribute("xlink:href");
      if (to.startsWith(FACT)) this.number(link, to.slice(FACT.length));
      else if (to.startsWith(FIGURE)) this.figure(link, to.slice(FIGURE.length));
      else if (to.startsWith(TEXT)) this.text(link, to.slice(TEXT.length), texts);
      else if (/^(https?:|mailto:)/.test(to)) {
        link.setAttribute("target", "_blank");
        link.setAttribute("rel", "noopener noreferrer");
        link.setAttribute("aria-label", to);
      } else link.removeAttribute("href");
    }
  }

  number(link, id) {
    const [value, unit] = this.issue.facts[id] ?? ["", ""];
    link.dataset.fact = id;
    this.asks(link, "number", WORDS.number(id, value, unit), id);
  }

  // For a drawing, `id` contains the language too if languages are side by side.
  figure(link, id) {
    const [figure] = id.split("@");
    this.asks(link, "figure", WORDS.figure(figure), `${FIGURE}${figure}`);
  }

  // A text has a link for each piece of its lines; only the first one is reached by Tab.
  text(link, key, texts) {
    link.dataset.text = key;
    this.asks(link, "text", WORDS.sentence(nameOf(key)), `${TEXT}${key}`);
    if (texts.has(key)) link.setAttribute("tabindex", "-1");
    texts.add(key);
  }

  asks(link, kind, name, id) {
    link.classList.add("asks", kind);
    link.setAttribute("href", `#${encodeURIComponent(id)}`);
    link.setAttribute("aria-label", name);
    const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
    title.textContent = name;
    link.append(title);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      this.ask(id, link);
    });
  }

  mark(paper) {
    for (const link of paper.root.querySelectorAll("a.number")) {
      link.classList.toggle("is-fresh", this.fresh.has(stem(link.dataset.fact)));
      link.classList.toggle("is-asked", link.dataset.fact === this.asked);
    }
    const asked = this.asked?.startsWith(TEXT) ? shared(this.asked.slice(TEXT.length)) : null;
    for (const link of paper.root.querySelectorAll("a.text")) {
      link.classList.toggle("is-fresh", this.reworded.has(link.dataset.text));
      link.classList.toggle("is-asked", shared(link.dataset.text) === asked);
    }
  }

  // Whether something on a page has changed since the last build.
  hasChanged(paper) {
    for (const to of paper.links ?? []) {
      if (to.startsWith(FACT) ? this.fresh.has(stem(to.slice(FACT.length))) : this.reworded.has(to.slice(TEXT.length))) return true;
    }
    return false;
  }

  // The places that have changed, in the order of the pages: each with its height in the pages, and its links.
  // Languages side by side have a place together.
  changes() {
    const top = this.main.getBoundingClientRect().top - this.main.scrollTop;
    const places = [];
    for (const paper of this.papers.filter((one) => this.hasChanged(one) && one.host.offsetParent)) {
      this.draw(paper);
      for (const link of paper.root.querySelectorAll("a.is-fresh")) {
        const box = link.getBoundingClientRect();
        places.push({ from: box.top - top, to: box.bottom - top, link });
      }
    }
    const stops = [];
    for (const { from, to, link } of places.sort((a, b) => a.from - b.from)) {
      const last = stops.at(-1);
      if (last && from - last.to < ONE_STOP) {
        last.to = Math.max(last.to, to);
        last.links.push(link);
      } else stops.push({ from, to, links: [link] });
    }
    return stops;
  }

  // Shows the next place that has changed, or the previous one; returns which one of how many it is.
  jump(by) {
    const stops = this.changes();
    if (!stops.length) return null;
    let at = this.stop === null ? (by > 0 ? 0 : stops.length - 1) : (this.stop + by + stops.length) % stops.length;
    if (this.stop === null && by > 0) {
      // Begins with what is in sight or below.
      at = Math.max(0, stops.findIndex((one) => one.to > this.main.scrollTop));
    }
    this.stop = at;
    const { from, to, links } = stops[at];
    const room = this.main.clientHeight;
    this.main.scrollTop = to - from > room - MARGIN ? from - MARGIN / 2 : (from + to - room) / 2;
    this.papers.forEach((paper) => paper.root.querySelectorAll("a.is-here").forEach((one) => one.classList.remove("is-here")));
    links.forEach((link) => link.classList.add("is-here"));
    return { n: at + 1, of: stops.length };
  }

  // Scrolls as little as is needed to show a link whole.
  reveal(link) {
    if (!link?.isConnected || !(link.getRootNode() instanceof ShadowRoot)) return;
    const [box, frame] = [link.getBoundingClientRect(), this.main.getBoundingClientRect()];
    const by = (low, high, start, end) =>
      (low < start ? low - start : high > end ? Math.min(high - end, low - start) : 0);
    this.main.scrollLeft += by(box.left - 12, box.right + 12, frame.left, frame.left + this.main.clientWidth);
    this.main.scrollTop += by(box.top - 12, box.bottom + 12, frame.top, frame.top + this.main.clientHeight);
  }

  // Marks every place with this number, in every language.
  point(id) {
    this.asked = id;
    this.papers.forEach((paper) => this.mark(paper));
  }

  // Sets the language that a narrow window shows.
  speak(lang) {
    this.lang = lang;
    for (const figure of this.main.querySelectorAll("figure")) {
      figure.classList.toggle("is-shown", figure.lang === lang);
    }
  }

  // The page being read: the first of which a large part is visible.
  get current() {
    const top = this.main.getBoundingClientRect().top;
    const rows = [...this.main.children];
    const at = rows.findIndex((row) => row.getBoundingClientRect().bottom > top + this.main.clientHeight / 3);
    return at < 0 ? rows.length - 1 : at;
  }

  get count() {
    return this.main.children.length;
  }

  turn(by) {
    const rows = this.main.children;
    const at = this.current;
    const top = rows[at]?.getBoundingClientRect().top - this.main.getBoundingClientRect().top;
    // If the head of this page is out of sight, go back to it first.
    const to = by < 0 && top < -40 ? at : at + by;
    rows[Math.max(0, Math.min(rows.length - 1, to))]?.scrollIntoView({ block: "start", behavior: "auto" });
  }
}
