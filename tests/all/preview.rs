//! The preview: which requests its server answers, what it returns, that its pages equal those of the
//! PDFs; and the page itself in a real browser, if one is installed.

use crate::common::{self, Copy, browser};

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

use browser::Browser;
use kosh::build::edition::on_screen;
use kosh::build::watch::Session;
use kosh::preview::Preview;
use kosh::typeset::{Files, Typesetter};
use serde_json::Value;

/// A project whose first build is shown in the preview.
fn shown(copy: &Copy, period: Option<&str>) -> (Session, String) {
    let preview = Preview::start(None, Some("en")).unwrap();
    let url = preview.url();
    let mut session = session(copy, period, preview);
    common::well(session.round(&[]).outcome);
    (session, url)
}

fn session(copy: &Copy, period: Option<&str>, preview: Preview) -> Session {
    Session {
        root: copy.root.clone(),
        overrides: Default::default(),
        period: period.map(|period| period.parse().unwrap()),
        as_of: None,
        preview: Some(preview),
        editor_link: None,
    }
}

fn host(url: &str) -> &str {
    url.trim_start_matches("http://").trim_end_matches('/')
}

/// Sends a request as written, and reads status, headers and body.
fn ask(url: &str, request: &str) -> (u16, String, String) {
    let mut stream = TcpStream::connect(host(url)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status = head.split(' ').nth(1).unwrap_or_default().parse().unwrap_or(0);
    (status, head.to_owned(), body.to_owned())
}

fn get(url: &str, path: &str) -> (u16, String, String) {
    ask(url, &format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", host(url)))
}

fn json(url: &str, path: &str) -> Value {
    let (status, _, body) = get(url, path);
    assert_eq!(status, 200, "{path}: {body}");
    serde_json::from_str(&body).unwrap()
}

/// A stream of versions.
struct Events {
    from: BufReader<TcpStream>,
    run: Option<String>,
    known: Option<u64>,
}

impl Events {
    fn open(url: &str) -> Self {
        let mut stream = TcpStream::connect(host(url)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        write!(stream, "GET /events HTTP/1.1\r\nHost: {}\r\n\r\n", host(url)).unwrap();
        Self { from: BufReader::new(stream), run: None, known: None }
    }

    /// The next version; `None` when the stream ends.
    fn next(&mut self) -> Option<u64> {
        loop {
            let mut line = String::new();
            if self.from.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            if line.starts_with("event: end") {
                return None;
            }
            if let Some(reported) = line.strip_prefix("data: ") {
                let (run, version) = reported.trim().split_once(' ').unwrap();
                assert_eq!(*self.run.get_or_insert(run.to_owned()), run, "another run");
                let version = version.parse().unwrap();
                // It is repeated, so that a stuck stream is detected.
                if self.known.replace(version) != Some(version) {
                    return Some(version);
                }
            }
        }
    }
}

#[test]
fn only_requests_to_its_own_address_by_its_own_page_are_answered() {
    let preview = Preview::start(None, Some("en")).unwrap();
    let url = preview.url();
    let own = host(&url);
    assert!(own.starts_with("127.0.0.1:"), "{own}");
    let (status, head, body) = get(&url, "/");
    assert_eq!(status, 200);
    assert!(body.contains("<main"), "{body}");
    let policy = head.lines().find(|l| l.starts_with("Content-Security-Policy:")).unwrap();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    for (line, status) in [
        ("Host: evil.example".to_owned(), 403),
        (format!("Host: evil.example:{}", own.rsplit(':').next().unwrap()), 403),
        (String::new(), 403),
        (format!("Host: {own}\r\nHost: evil.example"), 403),
        (format!("Host: {own}\r\nOrigin: http://evil.example"), 403),
        (format!("Host: {own}\r\nOrigin: null"), 403),
        (format!("Host: {own}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors"), 403),
        (format!("Host: {own}\r\nOrigin: http://{own}\r\nSec-Fetch-Site: same-origin"), 200),
    ] {
        for path in ["/", "/state", "/events"] {
            if path == "/events" && status == 200 {
                continue;
            }
            let (got, ..) =
                ask(&url, &format!("GET {path} HTTP/1.1\r\n{line}\r\nConnection: close\r\n\r\n"));
            assert_eq!(got, status, "{path} with {line:?}");
        }
    }
    let post = format!(
        "POST /state HTTP/1.1\r\nHost: {own}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    );
    assert_eq!(ask(&url, &post).0, 405);
    for path in ["/pages/../state", "/etc/passwd", "/pages/x.svg", "/facts/%FF", "/facts/X1"] {
        assert_eq!(get(&url, path).0, 404, "{path}");
    }
    // A second server cannot use the same port.
    let port = own.rsplit(':').next().unwrap().parse().unwrap();
    let refused = Preview::start(Some(port), Some("en")).err().unwrap();
    assert_eq!(common::codes(&refused), ["K1101"]);
}

#[test]
fn each_round_is_reported_and_an_error_lies_over_the_last_good_pages() {
    let copy = Copy::of_another_country();
    let (mut session, url) = shown(&copy, None);
    let mut events = Events::open(&url);
    assert_eq!(events.next(), Some(1), "what is there already is told at once");
    let state = json(&url, "/state");
    assert!(state["failure"].is_null());
    let documents = state["issue"]["documents"].as_array().unwrap();
    let langs: Vec<&str> = documents.iter().map(|d| d["lang"].as_str().unwrap()).collect();
    assert!(langs.len() > 1, "{langs:?}");
    let key = documents[0]["pages"][0]["key"].as_str().unwrap();
    let (status, head, page) = get(&url, &format!("/pages/{key}.svg"));
    assert!(status == 200 && head.contains("image/svg+xml") && page.starts_with("<svg"), "{head}");
    assert!(page.contains("href=\"kosh-fact:"), "no number leads to its origin");

    let good = copy.read("templates/brief.typ");
    copy.write("templates/brief.typ", format!("{good}\n#let broken = (\n"));
    assert!(session.round(&["templates/brief.typ".into()]).outcome.is_err());
    assert_eq!(events.next(), Some(2));
    let broken = json(&url, "/state");
    assert_eq!(broken["issue"], state["issue"], "the last good pages stay");
    let problem = &broken["failure"]["problems"][0];
    assert!(problem["place"].as_str().unwrap().starts_with("templates/brief.typ:"), "{problem:#}");
    assert!(problem["drawn"].as_str().unwrap().contains("K0701"), "{problem:#}");
    assert_eq!(get(&url, &format!("/pages/{key}.svg")).0, 200);

    copy.write("templates/brief.typ", good);
    assert!(session.round(&["templates/brief.typ".into()]).outcome.is_ok());
    assert_eq!(events.next(), Some(3));
    let mended = json(&url, "/state");
    assert!(mended["failure"].is_null());
    assert_eq!(mended["issue"]["documents"], state["issue"]["documents"]);
    assert_eq!(mended["issue"]["changed"], serde_json::json!([]));

    drop(session);
    assert_eq!(events.next(), None, "the stream ends with the server");
}

#[test]
fn a_number_tells_formula_precision_and_the_rows_it_rests_on() {
    let copy = Copy::of_shipped();
    let (_session, url) = shown(&copy, Some("2025-H1"));
    let balance = json(&url, "/facts/X3");
    let part = &balance["parts"][0];
    assert_eq!((part["value"].as_str(), part["unit"].as_str()), (Some("7749"), Some("persons")));
    assert_eq!(part["formula"], "X1 − X2");
    assert_eq!(part["step"], 1.0);
    let row = &part["rows"][0];
    let at = row["at"].as_str().unwrap();
    let line: usize = at.strip_prefix("data/international.csv:").unwrap().parse().unwrap();
    let file = copy.read("data/international.csv");
    assert_eq!(row["typed"].as_str(), file.lines().nth(line - 1), "{at}");
    assert!(row["source"][1]["fields"]["publisher"].is_string(), "{row:#}");
    assert!(row["vintage"][1]["released"].is_string(), "{row:#}");
    // Every number on every page has an origin.
    let state = json(&url, "/state");
    let (mut asked, mut figures) = (BTreeSet::new(), BTreeSet::new());
    for document in state["issue"]["documents"].as_array().unwrap() {
        for page in document["pages"].as_array().unwrap() {
            let (_, _, svg) = get(&url, &format!("/pages/{}.svg", page["key"].as_str().unwrap()));
            let ids = svg.split(" href=\"kosh-fact:").skip(1);
            let named = |rest: &str| rest.split('"').next().unwrap().replace("&gt;", ">");
            asked.extend(ids.map(named));
            figures.extend(svg.split(" href=\"kosh-figure:").skip(1).map(named));
        }
    }
    assert!(asked.len() > 60, "{asked:?}");
    let without: Vec<&String> =
        asked.iter().filter(|id| get(&url, &format!("/facts/{}", escaped(id))).0 != 200).collect();
    assert!(without.is_empty(), "no origin: {without:?}");

    // Every number in every drawing has an origin too.
    assert!(figures.len() >= 3, "{figures:?}");
    assert!(of_figures(&url, &copy.root.join("output/2025-H1/bns"), &figures) > 40);
    assert_eq!(get(&url, "/figures/F99").0, 404);
    // A number of an earlier issue is marked as such, and links to the current one.
    let earlier = json(&url, "/facts/X1@2025-05-12");
    assert_eq!(earlier["parts"][0]["now"], "X1");
    assert_eq!(earlier["parts"][0]["value"], Value::Null);
    for unknown in ["X99@2025-05-12", "OD%5BKZ-71%3EXX%5D", "policy:none", "I4%5BKZ-71%5D.none"] {
        assert_eq!(get(&url, &format!("/facts/{unknown}")).0, 404, "{unknown}");
    }
}

/// The number of numbers listed for figures: as many as in the published tables of the drawings, and each
/// known one has an id with an origin.
fn of_figures(url: &str, release: &Path, figures: &BTreeSet<String>) -> usize {
    let mut all = 0;
    for figure in figures {
        let reported = json(url, &format!("/figures/{figure}"));
        let file = std::fs::read_to_string(release.join(format!("figures/{figure}.csv"))).unwrap();
        let mut listed = 0;
        for fact in reported["facts"].as_array().unwrap() {
            listed += usize::from(fact["missing"].is_string());
            for number in fact["numbers"].as_array().unwrap() {
                listed += 1;
                if number["value"].is_string() {
                    let id = number["id"].as_str().unwrap();
                    let origin = json(url, &format!("/facts/{}", escaped(id)));
                    assert_eq!(origin["parts"][0]["value"], number["value"], "{id}");
                    let rows = origin["parts"][0]["rows"].as_array().unwrap();
                    assert!(!rows.is_empty(), "{id} rests on nothing");
                }
            }
        }
        assert_eq!(listed, file.lines().count() - 1, "{figure}: {reported:#}");
        all += listed;
    }
    all
}

#[test]
fn every_form_of_figure_leads_to_its_numbers() {
    let copy = Copy::of_shipped();
    copy.lay(&common::root().join("examples/full-matrix"), &["brief.toml", "data"]);
    copy.edit("brief.toml", "\"../../templates\"", "\"templates\"");
    // The titles are those of the shipped sources.
    std::fs::remove_file(copy.root.join("data/titles.csv")).unwrap();
    let (_session, url) = shown(&copy, None);
    let (mut figures, mut asked) = (BTreeSet::new(), BTreeSet::new());
    let state = json(&url, "/state");
    for document in state["issue"]["documents"].as_array().unwrap() {
        for page in document["pages"].as_array().unwrap() {
            let (_, _, svg) = get(&url, &format!("/pages/{}.svg", page["key"].as_str().unwrap()));
            let named = |rest: &str| rest.split('"').next().unwrap().replace("&gt;", ">");
            figures.extend(svg.split(" href=\"kosh-figure:").skip(1).map(named));
            asked.extend(svg.split(" href=\"kosh-fact:").skip(1).map(named));
        }
    }
    assert!(figures.len() >= 7, "{figures:?}");
    let release = copy.root.join("output/2025-H1/demonstration");
    assert!(of_figures(&url, &release, &figures) > 500);
    // A cell of the flow matrix, with only the rows of that flow.
    let flow = asked.iter().find(|id| id.starts_with("OD[")).expect("a flow can be clicked");
    let (from, to) = flow[3..].trim_end_matches(']').split_once('>').unwrap();
    let origin = json(&url, &format!("/facts/{}", escaped(flow)));
    for row in origin["parts"][0]["rows"].as_array().unwrap() {
        let typed = row["typed"].as_str().unwrap();
        assert!(typed.contains(&format!(",{from},{to},")), "{flow}: {typed}");
    }
    for id in asked {
        assert_eq!(get(&url, &format!("/facts/{}", escaped(&id))).0, 200, "{id}");
    }
}

/// Escapes like `encodeURIComponent` of a browser.
fn escaped(id: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    id.bytes()
        .map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

#[test]
fn the_pages_are_those_of_the_pdf_but_for_the_links() {
    let copy = Copy::of_shipped();
    let (pipeline, edition, _) = common::well(copy.check());
    let inputs = common::well(pipeline.typst_input(&edition));
    let typesetter = Typesetter::new();
    let all = edition.documents.iter().zip(&edition.drawings);
    for ((document, drawings), (_, input)) in all.zip(inputs) {
        let mut files = Files::new();
        for (path, bytes) in input.into_iter().filter(|(path, _)| path != kosh::typeset::BRIEF) {
            files.insert(path.clone(), path, bytes);
        }
        let print = common::well(typesetter.compile(document, &files)).value.proof();
        let linked = on_screen(document, drawings);
        let proof = common::well(typesetter.compile(&linked, &files)).value.proof();
        assert_eq!(print.len(), proof.len());
        assert!(proof[0].svg.contains("kosh-fact:"), "no number of the first page leads anywhere");
        for (number, (print, proof)) in print.iter().zip(&proof).enumerate() {
            assert!(!print.svg.contains("kosh-fact:"), "a link of the preview is in print");
            let (print, proof) = (marks(&print.svg), marks(&proof.svg));
            let shown = format!("page {} ({})", number + 1, document.meta.lang);
            assert!(print.len() > 200, "{shown}");
            assert_eq!(print.len(), proof.len(), "{shown}");
            for (on_print, on_proof) in print.iter().zip(&proof) {
                let (what, x, y) = on_print;
                // A number that is a link is shaped separately, so kerning may differ slightly.
                let apart = (x - on_proof.1).abs().max((y - on_proof.2).abs());
                assert!(*what == on_proof.0 && apart < 0.5, "{shown}: {on_print:?}, {on_proof:?}");
            }
        }
    }
}

/// Every letter, shape and picture of a page with its position in points, except for links.
fn marks(svg: &str) -> Vec<(String, f64, f64)> {
    fn walk(node: roxmltree::Node<'_, '_>, at: [f64; 6], all: &mut Vec<(String, f64, f64)>) {
        let number = |name: &str| node.attribute(name).and_then(|n| n.parse().ok()).unwrap_or(0.0);
        let mut at = at;
        if let Some(written) = node.attribute("transform") {
            let inner = written.split(['(', ')']).nth(1).unwrap_or_default();
            let n: Vec<f64> = inner.split([' ', ',']).filter_map(|n| n.parse().ok()).collect();
            let m = match (written.split('(').next(), &n[..]) {
                (Some("matrix"), [a, b, c, d, e, f]) => [*a, *b, *c, *d, *e, *f],
                (Some("translate"), [x, y]) => [1.0, 0.0, 0.0, 1.0, *x, *y],
                (Some("translate"), [x]) => [1.0, 0.0, 0.0, 1.0, *x, 0.0],
                (Some("scale"), [x, y]) => [*x, 0.0, 0.0, *y, 0.0, 0.0],
                _ => panic!("{written}"),
            };
            at = [
                at[0] * m[0] + at[2] * m[1],
                at[1] * m[0] + at[3] * m[1],
                at[0] * m[2] + at[2] * m[3],
                at[1] * m[2] + at[3] * m[3],
                at[0] * m[4] + at[2] * m[5] + at[4],
                at[1] * m[4] + at[3] * m[5] + at[5],
            ];
        }
        let what = match node.tag_name().name() {
            "a" | "defs" => return,
            "use" => node.attribute(("http://www.w3.org/1999/xlink", "href")),
            "path" => node.attribute("d"),
            "image" => Some("image"),
            _ => None,
        };
        if let Some(what) = what {
            let (x, y) = (number("x"), number("y"));
            all.push((
                what.to_owned(),
                at[0] * x + at[2] * y + at[4],
                at[1] * x + at[3] * y + at[5],
            ));
        }
        node.children().for_each(|child| walk(child, at, all));
    }
    let document = roxmltree::Document::parse(svg).unwrap();
    let mut all = vec![];
    walk(document.root_element(), [1.0, 0.0, 0.0, 1.0, 0.0, 0.0], &mut all);
    all
}

/// The link of the first number of the first page whose fact is named.
fn number(id: &str) -> String {
    format!(
        "[...document.querySelectorAll('.paper')].flatMap((p) => [...p.shadowRoot.querySelectorAll('a.number')])\
         .find((a) => a.dataset.fact === '{id}' && a.getBoundingClientRect().width)"
    )
}

#[test]
fn in_a_browser_a_number_leads_to_its_row_and_a_save_shows_at_once() {
    let Some(program) = browser::find() else {
        eprintln!(
            "!! SKIPPED: the preview in a browser. It needs Chromium, or KOSH_CHROMIUM that names one."
        );
        return;
    };
    let copy = Copy::of_shipped();
    let (mut session, url) = shown(&copy, Some("2025-H1"));
    let mut page = Browser::open(&program, &url, (1280, 900));
    let pictures = std::env::var_os("KOSH_PICTURES").map(std::path::PathBuf::from);
    let picture = |page: &mut Browser, name: &str| {
        if let Some(folder) = &pictures {
            page.picture(&folder.join(format!("{name}.png")));
        }
    };
    // Both languages are side by side in one row.
    page.until(&number("X1"));
    assert_eq!(page.value("document.querySelector('.row').children.length"), 2);
    assert_eq!(page.value("document.querySelectorAll('h1')[0].textContent.length > 5"), true);
    picture(&mut page, "wide");

    // A click on a number opens its origin, and highlights it in both languages.
    page.click(&number("X3"));
    page.until("!document.getElementById('panel').hidden");
    page.until("document.querySelector('.value')?.textContent.startsWith('7749')");
    let panel = page.value("document.getElementById('panel').innerText");
    let panel = panel.as_str().unwrap();
    assert!(panel.contains("data/international.csv:") && panel.contains("X1 − X2"), "{panel}");
    let asked = "[...document.querySelectorAll('.paper')].map((p) => p.shadowRoot.querySelectorAll('a.is-asked').length > 0)";
    assert_eq!(page.value(&format!("{asked}.filter(Boolean).length >= 2")), true);
    picture(&mut page, "origin");
    page.key("Escape");
    page.until("document.getElementById('panel').hidden");
    // The clicked number has the focus again, and Tab continues from there.
    let held = "document.activeElement.shadowRoot?.activeElement?.dataset.fact";
    assert_eq!(page.value(held), "X3");
    page.key("Tab");
    let kind = "document.activeElement.shadowRoot?.activeElement?.matches('a.asks')";
    assert_eq!(page.value(kind), true);
    page.key("Enter");
    page.until("!document.getElementById('panel').hidden");
    page.key("Escape");

    // A number in a drawing links to its origin too; elsewhere the drawing links to all its facts.
    page.click(&number("I4[KZ-79]"));
    page.until("document.querySelector('.value')?.textContent.startsWith('10838')");
    page.key("Escape");
    let figure = "document.querySelector('.paper').shadowRoot.querySelector('a.figure')";
    let beside = "[...document.querySelector('.paper').shadowRoot.querySelectorAll('a.number')]\
                  .findLast((a) => a.dataset.fact === 'I4[KZ-79]')";
    // The number lies over the drawing.
    assert_eq!(
        page.value(&format!(
            "(() => {{ const r = {beside}.getBoundingClientRect(), f = {figure}.getBoundingClientRect(); \
             return r.x >= f.x && r.y >= f.y && r.right <= f.right && r.bottom <= f.bottom; }})()"
        )),
        true
    );
    page.click(beside);
    page.until("document.querySelector('.value')?.textContent.startsWith('10838')");
    page.key("Escape");
    page.value(&format!("{figure}.focus()"));
    page.key("Enter");
    page.until("document.getElementById('panel-title').textContent === 'What F1 shows'");
    picture(&mut page, "figure");
    let row = "[...document.querySelectorAll('#panel-body button')].find((b) => b.textContent === 'KZ-79')";
    assert_eq!(page.value(&format!("{row}.closest('tr').innerText.includes('10838')")), true);
    page.click(row);
    page.until("document.querySelector('.value')?.textContent.startsWith('10838')");
    assert_eq!(page.value("document.getElementById('back').textContent"), "← F1");
    picture(&mut page, "figure-origin");
    page.click("document.getElementById('back')");
    page.until("document.getElementById('panel-title').textContent === 'What F1 shows'");
    assert_eq!(page.value("document.getElementById('back').hidden"), true);
    page.key("Escape");

    // The scroll position stays when a number changes.
    page.key("PageDown");
    page.until("document.getElementById('place').textContent.startsWith('Page 2')");
    let top = page.value("document.getElementById('proof').scrollTop");
    let key = "document.querySelector('.paper').paper.key";
    let before = page.value(key);
    copy.edit("data/international.csv", "arrivals,WORLD,11267", "arrivals,WORLD,11277");
    copy.edit("data/international.csv", "net,WORLD,7749,persons", "net,WORLD,7759,persons");
    common::well(session.round(&["data/international.csv".into()]).outcome);
    page.until(&format!("{key} !== {before}"));
    page.until(&format!("{}?.classList.contains('is-fresh')", number("X1")));
    assert_eq!(page.value("document.getElementById('proof').scrollTop"), top, "the place is lost");
    page.click(&number("X3"));
    page.until("document.querySelector('.value')?.textContent.startsWith('7759')");
    page.key("Escape");
    picture(&mut page, "changed");

    // An error is shown over the last successful pages, with its line; after the fix it disappears.
    let good = copy.read("templates/brief.typ");
    copy.write("templates/brief.typ", format!("{good}\n#let broken = (\n"));
    assert!(session.round(&["templates/brief.typ".into()]).outcome.is_err());
    page.until("!document.getElementById('failure').hidden");
    let failure = page.value("document.getElementById('failure').innerText");
    let failure = failure.as_str().unwrap();
    assert!(failure.contains("K0701") && failure.contains("templates/brief.typ:"), "{failure}");
    assert_eq!(page.value(&format!("Boolean({})", number("X1"))), true, "the pages stay");
    picture(&mut page, "error");
    copy.write("templates/brief.typ", good);
    common::well(session.round(&["templates/brief.typ".into()]).outcome);
    page.until("document.getElementById('failure').hidden");

    // The sentences left out, and the warnings.
    page.key("d");
    page.until("document.querySelectorAll('#panel .entry').length > 3");
    picture(&mut page, "unsaid");
    page.key("Escape");
    page.key("m");
    page.until("document.getElementById('messages').getAttribute('aria-expanded') === 'true'");
    page.key("Escape");

    // A narrow window shows one language at a time, without horizontal overflow.
    page.resize((420, 860));
    page.until("!document.getElementById('languages').hidden");
    let visible = "[...document.querySelector('.row').children].filter((f) => f.offsetWidth).map((f) => f.lang).join()";
    let first = page.value(visible);
    page.click("document.querySelector('#languages button[aria-pressed=\"false\"]')");
    page.until(&format!("{visible} !== '{}'", first.as_str().unwrap()));
    assert_eq!(page.value("document.documentElement.scrollWidth <= 420"), true);
    picture(&mut page, "narrow");
    page.click(&number("X1"));
    page.until("!document.getElementById('panel').hidden");
    picture(&mut page, "narrow-origin");
    page.key("Escape");
    page.resize((1280, 900));
    page.colours("dark");
    page.until("document.getElementById('languages').hidden");
    page.click(&number("X1"));
    page.until("!document.getElementById('panel').hidden");
    picture(&mut page, "dark");

    // When kosh ends, the page shows that and keeps its pages.
    drop(session);
    page.until("document.getElementById('status').className === 'is-waiting'");
    assert_eq!(page.value(&format!("Boolean({})", number("X1"))), true);
    let heard: Vec<&String> = page.log.iter().filter(|line| !line.contains("ERR_")).collect();
    assert!(heard.is_empty(), "the page complains: {heard:#?}");
}

/// Replaces the page's requests to kosh; `asked` is the path of a request.
fn meddle(page: &mut Browser, body: &str) {
    page.value(&format!(
        "void (window.fetch = ((fetch) => {{ let n = 0; return async (address, ...more) => {{ \
         const asked = String(address); {body} return fetch(address, ...more); }}; }})(window.fetch))"
    ));
}

/// Changes the number of arrivals and the balance based on it, and runs a round.
fn arrivals(copy: &Copy, session: &mut Session, from: u32, to: u32) {
    let (file, less) = ("data/international.csv", 3518);
    copy.edit(file, &format!("arrivals,WORLD,{from}"), &format!("arrivals,WORLD,{to}"));
    copy.edit(file, &format!("net,WORLD,{},", from - less), &format!("net,WORLD,{},", to - less));
    common::well(session.round(&[file.into()]).outcome);
}

/// The value of X1 on the first page of each language, as its link says it.
const FIRST: &str = "[...document.querySelectorAll('.row:first-child .paper')].map((host) => \
     [...host.shadowRoot.querySelectorAll('a.number')].find((a) => a.dataset.fact === 'X1')?.ariaLabel).join()";
const STATUS: &str = "(document.getElementById('status')?.textContent ?? '')";

fn both(value: u32) -> String {
    format!("{FIRST} === 'X1 = {value} persons,X1 = {value} persons'")
}

/// Records each value of X1 shown while the status line says up to date.
fn listen(page: &mut Browser) {
    page.value(&format!(
        "void (window.said = [], new MutationObserver(() => {{ if ({STATUS}.startsWith('Up to date')) said.push({FIRST}); }})\
         .observe(document.getElementById('status'), {{ childList: true, characterData: true, subtree: true }}))"
    ));
}

/// A browser with the shipped project; `None` if no browser is installed.
fn opened(copy: &Copy) -> Option<(Session, String, Browser)> {
    let program = browser::find().or_else(|| {
        eprintln!(
            "!! SKIPPED: the preview in a browser. It needs Chromium, or KOSH_CHROMIUM that names one."
        );
        None
    })?;
    let (session, url) = shown(copy, Some("2025-H1"));
    let mut page = Browser::open(&program, &url, (1400, 900));
    page.until(&both(11267));
    page.until(&format!("{STATUS}.startsWith('Up to date')"));
    Some((session, url, page))
}

#[test]
fn a_page_that_did_not_come_is_fetched_again_and_until_then_nothing_is_up_to_date() {
    let copy = Copy::of_shipped();
    let Some((mut session, _, mut page)) = opened(&copy) else { return };
    listen(&mut page);
    // The first request for a page fails twice, and then returns a server error once.
    meddle(
        &mut page,
        "if (asked.startsWith('pages/')) { window.first ??= asked; \
         if (asked === first && n++ < 3) { if (n < 3) throw new TypeError('no'); return new Response('', { status: 500 }); } }",
    );
    arrivals(&copy, &mut session, 11267, 11300);
    page.until(&format!("{STATUS}.startsWith('1 page has not come')"));
    let before = page.value("document.querySelectorAll('.paper.is-late').length");
    assert_eq!(before, 1, "the page that is not there is not marked");
    page.until(&both(11300));
    page.until(&format!("{STATUS}.startsWith('Up to date')"));
    assert_eq!(page.value("document.querySelectorAll('.paper.is-late').length"), 0);
    let said = page.value(&format!("[...new Set(said)].filter((one) => one !== {FIRST})"));
    assert_eq!(said, serde_json::json!([]), "up to date was said of old pages");
}

#[test]
fn an_answer_that_comes_late_changes_nothing() {
    let copy = Copy::of_shipped();
    let Some((mut session, _, mut page)) = opened(&copy) else { return };
    // The first answer about the state is delayed until after the second; so is the first answer about an
    // origin.
    meddle(
        &mut page,
        "if (asked === 'state' && n++ === 0) { const answer = await fetch(asked); \
         await new Promise((go) => (window.go = go)); window.late = true; return answer; }",
    );
    arrivals(&copy, &mut session, 11267, 11301);
    page.until("window.go");
    arrivals(&copy, &mut session, 11301, 11302);
    page.until(&both(11302));
    page.until(&format!("{STATUS}.startsWith('Up to date')"));
    listen(&mut page);
    page.value("void go()");
    page.until("window.late");
    // Any effect would have happened by now.
    page.value("new Promise((done) => setTimeout(done, 500))");
    assert_eq!(page.value(&both(11302)), true, "a late answer is shown");
    assert_eq!(page.value("said"), serde_json::json!([]));

    page.value("void (window.late = false)");
    meddle(
        &mut page,
        "if (asked === 'facts/X1' && n++ === 0) { const answer = await fetch(asked); \
         await new Promise((go) => (window.go = go)); window.late = true; return answer; }",
    );
    page.value("void (window.go = null)");
    page.click(&number("X1"));
    page.until("window.go");
    page.click(&number("X2"));
    page.until("document.querySelector('.value')?.textContent.startsWith('3518')");
    page.value("void go()");
    page.until("window.late");
    page.value("new Promise((done) => setTimeout(done, 300))");
    assert_eq!(
        page.value("document.getElementById('panel-title').textContent"),
        "Where X2 comes from"
    );
}

#[test]
fn a_kosh_that_is_started_again_begins_anew() {
    let copy = Copy::of_shipped();
    let Some((session, url, mut page)) = opened(&copy) else { return };
    page.click(&number("X1"));
    page.until("!document.getElementById('panel').hidden");
    let port = host(&url).rsplit(':').next().unwrap().parse().unwrap();
    drop(session);
    page.until(&format!("{STATUS}.startsWith('kosh has ended')"));
    assert_eq!(page.value(&both(11267)), true, "the pages stay");

    // The first answer of the new server is lost, which must not stop the page.
    meddle(&mut page, "if (asked === 'state' && n++ === 0) throw new TypeError('no');");
    let preview = Preview::start(Some(port), Some("en")).unwrap();
    page.until(&format!("{STATUS}.startsWith('The first build is under way')"));
    page.until("document.querySelectorAll('.paper').length === 0");
    assert_eq!(page.value("document.getElementById('panel').hidden"), true);
    let mut session = self::session(&copy, Some("2025-H1"), preview);
    // Versions start anew, so the first one here has the number of an earlier one.
    arrivals(&copy, &mut session, 11267, 11300);
    page.until(&both(11300));
    page.until(&format!("{STATUS}.startsWith('Up to date')"));

    // Replaced by a server with a finished build before the page checks; no old state is kept.
    let before = page.value("document.querySelector('.paper').paper.key");
    drop(session);
    let preview = Preview::start(Some(port), Some("en")).unwrap();
    let mut session = self::session(&copy, Some("2025-H1"), preview);
    arrivals(&copy, &mut session, 11300, 11310);
    page.until(&both(11310));
    page.until(&format!("{STATUS}.startsWith('Up to date')"));
    assert_ne!(page.value("document.querySelector('.paper').paper.key"), before);
}

/// A link of a text on the pages: the first piece of the text in that language.
fn text(key: &str) -> String {
    format!(
        "[...document.querySelectorAll('.paper')].flatMap((p) => [...p.shadowRoot.querySelectorAll('a.text')])\
         .find((a) => a.dataset.text === '{key}')"
    )
}

#[test]
fn every_text_of_the_pages_says_where_it_is_written() {
    let copy = Copy::of_shipped();
    copy.edit("brief.toml", "profile = ", "formats = [\"standard\", \"express\"]\nprofile = ");
    let (_session, url) = shown(&copy, Some("2025-H1"));
    let state = json(&url, "/state");
    let mut asked = BTreeSet::new();
    for document in state["issue"]["documents"].as_array().unwrap() {
        for page in document["pages"].as_array().unwrap() {
            let (_, _, svg) = get(&url, &format!("/pages/{}.svg", page["key"].as_str().unwrap()));
            let keys = svg.split(" href=\"kosh-text:").skip(1);
            asked.extend(keys.map(|rest| rest.split('"').next().unwrap().to_owned()));
        }
    }
    let (mut sentences, mut phrases, mut others) = (0, 0, 0);
    for key in &asked {
        let told = json(&url, &format!("/passages/{}", escaped(key)));
        let lang = key.split('/').nth(1).unwrap();
        let first = &told["versions"][0];
        assert_eq!(first["lang"], lang, "{key}: {told:#}");
        let at = first["place"]["at"].as_str().unwrap();
        let (name, is_sentence) = (told["name"].as_str().unwrap(), told["kind"] == "sentence");
        let Some((file, line)) = at.split_once(':') else {
            others += 1;
            assert!(!is_sentence, "{key} is written at an unknown line: {told:#}");
            continue;
        };
        let typed = copy.read(file);
        let typed = typed.lines().nth(line.parse::<usize>().unwrap() - 1).unwrap();
        if is_sentence {
            sentences += 1;
            assert!(typed.contains(&format!("sentence(\"{name}\")")), "{key}: {at}: {typed}");
            // The same sentence in the other language.
            assert_eq!(told["versions"].as_array().unwrap().len(), 2, "{key}: {told:#}");
        } else if told["kind"] == "phrase" {
            phrases += 1;
            assert!(typed.contains(" = "), "{key}: {at}: {typed}");
        }
        let open = first["place"]["open"].as_str().unwrap();
        let root = copy.root.display();
        assert!(open.starts_with(&format!("vscode://file{root}/{file}:{line}:")), "{open}");
    }
    assert!(sentences > 100 && phrases > 20, "{sentences} sentences, {phrases} phrases: {asked:?}");
    assert!(others * 10 < sentences, "{others} texts without a line");
    // Rows of the data open too, and sentences that were left out.
    let origin = json(&url, "/facts/X1");
    let row = &origin["parts"][0]["rows"][0];
    assert!(row["open"].as_str().unwrap().starts_with("vscode://file/"), "{row:#}");
    let dropped = state["issue"]["dropped"].as_array().unwrap();
    let known = dropped.iter().filter(|one| one["places"].as_array().unwrap().len() == 2);
    assert!(known.count() > 3, "{dropped:#?}");
    for unknown in ["brief/en/general/none", "standard", "%2F"] {
        assert_eq!(get(&url, &format!("/passages/{unknown}")).0, 404, "{unknown}");
    }
}

#[test]
fn files_open_as_the_project_or_the_option_says() {
    let copy = Copy::of_another_country();
    let text = copy.read("brief.toml");
    let open = |session: &mut Session, url: &str| {
        common::well(session.round(&[]).outcome);
        let state = json(url, "/state");
        let key = state["issue"]["documents"][0]["pages"][0]["key"].as_str().unwrap().to_owned();
        let (_, _, svg) = get(url, &format!("/pages/{key}.svg"));
        let key = svg.split(" href=\"kosh-text:").nth(1).unwrap().split('"').next().unwrap();
        json(url, &format!("/passages/{}", escaped(key)))["versions"][0]["place"]["open"].clone()
    };
    copy.write("brief.toml", format!("editor-link = \"none\"\n{text}"));
    let preview = Preview::start(None, Some("en")).unwrap();
    let url = preview.url();
    let mut session = session(&copy, None, preview);
    assert_eq!(open(&mut session, &url), Value::Null);
    copy.write("brief.toml", format!("editor-link = \"my:{{line}}:{{path}}\"\n{text}"));
    let own = open(&mut session, &url);
    assert!(own.as_str().unwrap().starts_with("my:"), "{own}");
    session.editor_link = Some(kosh::files::EditorLink::parse("zed").unwrap());
    let asked = open(&mut session, &url);
    assert!(asked.as_str().unwrap().starts_with("zed://file/"), "{asked}");
    copy.write("brief.toml", format!("editor-link = \"vim\"\n{text}"));
    let refused = session.round(&[]).outcome.err().unwrap();
    assert_eq!(common::codes(&refused), ["K0003"]);
}

#[test]
fn in_a_browser_a_sentence_leads_to_its_line_and_the_letters_keep_their_size() {
    let copy = Copy::of_shipped();
    let Some((mut session, _, mut page)) = opened(&copy) else { return };
    page.resize((1280, 900));
    let key = "brief/en/general/s4-5";
    page.key("PageDown");
    page.until(&text(key));
    page.value(&format!("{}.scrollIntoView({{ block: 'center', inline: 'nearest' }})", text(key)));
    let size = "(() => { const r = document.querySelector('.paper').getBoundingClientRect(); return [r.width, r.y]; })()";
    let before = page.value(size);
    page.click(&text(key));
    page.until("!document.getElementById('panel').hidden");
    page.until("document.querySelector('#panel-body a.at')");
    // The panel takes room, and the pages are as large and at the same height as before.
    assert_eq!(page.value(size), before, "the reading size or place is lost");
    let in_sight = format!(
        "(() => {{ const r = {}.getBoundingClientRect(), m = document.getElementById('proof').getBoundingClientRect(); \
         return r.left >= m.left && r.right <= m.right && r.top >= m.top && r.bottom <= m.bottom; }})()",
        text(key)
    );
    assert_eq!(page.value(&in_sight), true, "the panel lies over what was clicked");
    let link = page.value("document.querySelector('#panel-body a.at').textContent");
    let (file, line) = link.as_str().unwrap().split_once(':').unwrap();
    let typed = copy.read(file);
    assert!(
        typed.lines().nth(line.parse::<usize>().unwrap() - 1).unwrap().contains("s4-5"),
        "{link}"
    );
    let href = page.value("document.querySelector('#panel-body a.at').href");
    assert!(href.as_str().unwrap().starts_with("vscode://file/"), "{href}");
    let asked = "[...document.querySelectorAll('.paper')].filter((p) => p.shadowRoot.querySelector('a.text.is-asked')).length";
    assert_eq!(page.value(asked), 2, "the sentence is marked in each language");
    if let Some(folder) = std::env::var_os("KOSH_PICTURES") {
        page.picture(&std::path::PathBuf::from(folder).join("sentence.png"));
    }
    page.key("Escape");
    assert_eq!(page.value(size), before);
    assert_eq!(page.value("document.getElementById('proof').scrollLeft"), 0);

    // A reworded sentence is marked; N leads to it from the beginning.
    page.value("void (document.getElementById('proof').scrollTop = 0)");
    copy.edit(
        file,
        "Migration effectiveness, the balance",
        "Migration effectiveness, that is the balance",
    );
    common::well(session.round(&[file.to_owned()]).outcome);
    page.until("!document.getElementById('changes').hidden");
    assert_eq!(page.value("document.getElementById('changes').textContent"), "1 change");
    assert!(page.value(STATUS).as_str().unwrap().ends_with("1 text reworded"));
    assert_eq!(page.value("document.getElementById('proof').scrollTop"), 0, "the place is kept");
    page.until(&format!("{STATUS}.startsWith('Up to date')"));
    page.key("n");
    page.until(&format!("{}.classList.contains('is-here')", text(key)));
    assert_eq!(page.value(&in_sight), true);
    assert_eq!(page.value("document.getElementById('changes').textContent"), "Change 1 of 1");
    if let Some(folder) = std::env::var_os("KOSH_PICTURES") {
        page.picture(&std::path::PathBuf::from(folder).join("reworded.png"));
    }
    // Where numbers changed too, each place is a stop.
    arrivals(&copy, &mut session, 11267, 11300);
    page.until(&both(11300));
    page.until(&format!("{STATUS}.startsWith('Up to date')"));
    page.value("void (document.getElementById('proof').scrollTop = 0)");
    page.key("n");
    page.until("/^Change 1 of [0-9]+$/.test(document.getElementById('changes').textContent)");
    page.key("p");
    page.until("/^Change ([0-9]+) of \\1$/.test(document.getElementById('changes').textContent)");
    assert_eq!(page.log, Vec::<String>::new());
}

#[test]
fn in_a_browser_the_preview_speaks_the_chosen_language() {
    let copy = Copy::of_another_country();
    let Some(program) = browser::find() else { return };
    let preview = Preview::start(None, Some("ru")).unwrap();
    let url = preview.url();
    let mut session = session(&copy, None, preview);
    common::well(session.round(&[]).outcome);
    let mut page = Browser::open(&program, &url, (1280, 900));
    page.until(&format!("{STATUS}.startsWith('Показана последняя сборка')"));
    assert_eq!(page.value("document.documentElement.lang"), "ru");
    assert_eq!(page.value("document.getElementById('fit').textContent"), "Вписать");
    // Every language has the same words, and the same ones with values in them.
    let differ = "import('/words.js').then(({ ALL }) => Object.entries(ALL).flatMap(([lang, words]) => \
        Object.keys({ ...ALL.en, ...words }).filter((key) => typeof words[key] !== typeof ALL.en[key] \
        || words[key]?.length !== ALL.en[key]?.length && typeof words[key] === 'function').map((key) => `${lang}: ${key}`)))";
    assert_eq!(page.value(differ), serde_json::json!([]));
    // Latin words are left only where they are names.
    page.key("d");
    page.until("!document.getElementById('panel').hidden");
    let title = page.value("document.getElementById('panel-title').textContent");
    assert_eq!(title, "Пропущенные предложения");
    // The keys are those of a Russian layout too.
    page.key("Escape");
    page.key("ь");
    page.until("document.getElementById('panel-title').textContent === 'Сообщения'");
    if let Some(folder) = std::env::var_os("KOSH_PICTURES") {
        page.picture(&std::path::PathBuf::from(folder).join("ru.png"));
    }
}
