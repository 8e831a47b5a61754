// The pages on the desk: rows of one page in every language, so that they scroll together.

import { WORDS } from "./words.js";

const FACT = "kosh-fact:";
const SHEET = "page.css";

const fragment = (tag, name, text) => {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== undefined) made.textContent = text;
  return made;
};

// `I4[KZ-71].base` is marked when `I4[KZ-71]` changed.
const stem = (id) => id.replace(/\](\.base|\.change|\.difference)$/, "]");

export class Pages {
  constructor(main, ask) {
    this.main = main;
    this.ask = ask;
    this.papers = [];
    this.issue = null;
    this.asked = null;
    this.lang = null;
    // What is far from the window is not drawn until it comes near.
    this.near = new IntersectionObserver(
      (seen) => seen.filter((one) => one.isIntersecting).forEach((one) => this.load(one.target.paper)),
      { root: main, rootMargin: "1200px 0px" },
    );
    this.inView = new IntersectionObserver(
      (seen) => seen.forEach((one) => (one.target.share = one.intersectionRatio)),
      { root: main, threshold: [0, 0.1, 0.25, 0.5, 0.75, 1] },
    );
  }

  // Shows the documents of one form; what has not changed stays as it is, and so does the place.
  show(issue, form) {
    const documents = issue.documents.filter((one) => one.form === form);
    const isSame = this.shape?.form === form && this.shape.langs.join() === documents.map((d) => d.lang).join();
    this.issue = issue;
    this.fresh = new Set(issue.changed);
    if (!isSame) this.main.replaceChildren();
    this.shape = { form, langs: documents.map((one) => one.lang) };
    if (!this.shape.langs.includes(this.lang)) this.lang = this.shape.langs[0];
    const count = Math.max(0, ...documents.map((one) => one.pages.length));
    while (this.main.children.length > count) this.main.lastElementChild.remove();
    for (let n = this.main.children.length; n < count; n++) this.main.append(this.row(n, documents));
    [...this.main.children].forEach((row, n) =>
      documents.forEach((one, column) => this.set(row.children[column], one, n)));
    this.papers = [...this.main.querySelectorAll(".paper")].map((host) => host.paper);
    this.papers.filter((paper) => paper.isDrawn).forEach((paper) => this.mark(paper));
    this.speak(this.lang);
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
      host.paper = { host, root, key: null, drawn: null };
      host.setAttribute("role", "group");
      sheet.replaceChildren(host);
    }
    host.setAttribute("aria-label", WORDS.pageName(n + 1, one.pages.length, one.title, one.lang));
    host.style.aspectRatio = `${page.width} / ${page.height}`;
    if (host.paper.key === page.key) return;
    host.paper.key = page.key;
    // Observed anew, it is told at once whether it is near.
    this.near.unobserve(host);
    this.near.observe(host);
  }

  async load(paper) {
    const key = paper?.key;
    if (!key || paper.drawn === key) return;
    paper.drawn = key;
    const answer = await fetch(`pages/${key}.svg`).catch(() => null);
    // Meanwhile there may be a newer one.
    if (paper.key !== key) return;
    if (!answer?.ok) return void (paper.drawn = null);
    const parsed = new DOMParser().parseFromString(await answer.text(), "image/svg+xml");
    if (paper.key !== key) return;
    const svg = document.importNode(parsed.documentElement, true);
    const held = this.held(paper);
    this.links(svg);
    paper.root.querySelector("svg")?.remove();
    paper.root.append(svg);
    paper.isDrawn = true;
    this.mark(paper);
    if (held) paper.root.querySelectorAll("a.number")[held.index]?.focus({ preventScroll: true });
  }

  // Which number has the focus on a page that is about to be replaced.
  held(paper) {
    const index = [...paper.root.querySelectorAll("a.number")].indexOf(paper.root.activeElement);
    return index < 0 ? null : { index };
  }

  links(svg) {
    for (const link of svg.querySelectorAll("a")) {
      const to = link.getAttribute("href") ?? "";
      link.removeAttributeNS("http://www.w3.org/1999/xlink", "href");
      link.removeAttribute("xlink:href");
      if (to.startsWith(FACT)) this.number(link, to.slice(FACT.length));
      else if (/^(https?:|mailto:)/.test(to)) {
        link.setAttribute("target", "_blank");
        link.setAttribute("rel", "noopener noreferrer");
        link.setAttribute("aria-label", to);
      } else link.removeAttribute("href");
    }
  }

  number(link, id) {
    link.classList.add("number");
    link.dataset.fact = id;
    link.setAttribute("href", `#${encodeURIComponent(id)}`);
    const [value, unit] = this.issue.facts[id] ?? ["", ""];
    const name = WORDS.number(id, value, unit);
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
  }

  // Marks every place that says this number, in every language.
  point(id) {
    this.asked = id;
    this.papers.forEach((paper) => this.mark(paper));
  }

  // The language that a narrow window shows.
  speak(lang) {
    this.lang = lang;
    for (const figure of this.main.querySelectorAll("figure")) {
      figure.classList.toggle("is-shown", figure.lang === lang);
    }
  }

  // The page that is read: the first of which a good part is seen.
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
    // Back first to the head of this page, if it is out of sight.
    const to = by < 0 && top < -40 ? at : at + by;
    rows[Math.max(0, Math.min(rows.length - 1, to))]?.scrollIntoView({ block: "start", behavior: "auto" });
  }
}
