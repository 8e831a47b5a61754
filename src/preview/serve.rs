//! Paths and answers.
//!
//! | path | answer |
//! |---|---|
//! | `/`, `/NAME.css`, `/NAME.js`, `/NAME.otf` | the page |
//! | `/state` | the content, as JSON |
//! | `/pages/KEY.svg` | a page, by the hash of its content |
//! | `/facts/ID` | the origin of a number |
//! | `/figures/ID` | the numbers behind a drawing |
//! | `/passages/KEY` | where a text is written |
//! | `/events` | the id of the feed and its version, after each change |

use std::io::{self, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use super::feed::Feed;
use super::gate::{self, Asked};
use super::http::{self, Request};
use crate::typeset;

/// The interval at which a stream repeats its state. It detects clients that have disconnected and
/// connections that are stuck (`SILENCE` in `follow.js` is longer).
const PULSE: Duration = Duration::from_secs(5);

/// Only this server's own files may be loaded or run, and the page may not be framed.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                      img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const JSON: &str = "application/json; charset=utf-8";
const SVG: &str = "image/svg+xml; charset=utf-8";
const FONT: &str = "font/otf";
const TEXT: &str = "text/plain; charset=utf-8";

/// The files of the page.
const FILES: [(&str, &str, &str); 8] = [
    ("/", HTML, include_str!("../../assets/preview/index.html")),
    ("/preview.css", CSS, include_str!("../../assets/preview/preview.css")),
    ("/page.css", CSS, include_str!("../../assets/preview/page.css")),
    ("/words.js", JS, include_str!("../../assets/preview/words.js")),
    ("/preview.js", JS, include_str!("../../assets/preview/preview.js")),
    ("/follow.js", JS, include_str!("../../assets/preview/follow.js")),
    ("/pages.js", JS, include_str!("../../assets/preview/pages.js")),
    ("/panels.js", JS, include_str!("../../assets/preview/panels.js")),
];

/// Where the page has the chosen language, which is empty in the file.
const CHOSEN: &str = "data-language=\"";

/// An answer.
struct Answer {
    status: u16,
    kind: &'static str,
    body: Vec<u8>,
    /// Whether the same path always gives the same content.
    is_lasting: bool,
}

impl Answer {
    fn new(kind: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status: 200, kind, body: body.into(), is_lasting: false }
    }
}

/// Answers or refuses the request on a connection.
pub(super) fn handle(mut connection: TcpStream, at: SocketAddr, feed: &Feed) -> io::Result<()> {
    let Some(request) = Request::read(&mut connection) else { return Ok(()) };
    // A request that arrives after the end gets no outdated answer.
    if feed.is_closed() {
        return Ok(());
    }
    let asked = Asked {
        method: &request.method,
        hosts: request.header("Host").count(),
        host: request.header("Host").next(),
        origin: request.header("Origin").next(),
        site: request.header("Sec-Fetch-Site").next(),
        mode: request.header("Sec-Fetch-Mode").next(),
    };
    let answer = match gate::check(&asked, at) {
        // The stream ends when the client disconnects, or the server ends.
        Ok(()) if request.path == "/events" => return stream(connection, feed),
        Ok(()) => answer(&request.path, feed),
        Err((status, why)) => Answer { status, ..Answer::new(TEXT, why) },
    };
    let cache = if answer.is_lasting { "private, max-age=86400, immutable" } else { "no-store" };
    let headers = [
        ("Content-Type", answer.kind),
        ("Content-Length", &answer.body.len().to_string()),
        ("Cache-Control", cache),
        ("Content-Security-Policy", POLICY),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
    ];
    http::head(&mut connection, answer.status, &headers)?;
    connection.write_all(&answer.body)?;
    http::part(connection)
}

fn answer(path: &str, feed: &Feed) -> Answer {
    if let Some((_, kind, body)) = FILES.iter().find(|(name, _, _)| *name == path) {
        return match feed.language() {
            Some(language) if path == "/" => {
                // A tag of a language has only letters, digits and hyphens.
                let is_tag = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
                let language: String = language.chars().filter(is_tag).collect();
                Answer::new(kind, body.replacen(CHOSEN, &format!("{CHOSEN}{language}"), 1))
            }
            _ => Answer::new(kind, *body),
        };
    }
    let nothing = || Answer { status: 404, ..Answer::new(TEXT, "not found\n") };
    match path.split('/').collect::<Vec<_>>()[..] {
        ["", name @ ("serif.otf" | "serif-italic.otf")] => {
            let font = typeset::shipped_font("Libertinus Serif", name.contains("italic"));
            font.map_or_else(nothing, |font| Answer { is_lasting: true, ..Answer::new(FONT, font) })
        }
        ["", "state"] => Answer::new(JSON, feed.as_json().to_string()),
        ["", "pages", name] => match name.strip_suffix(".svg").and_then(|key| feed.page(key)) {
            Some(page) => Answer { is_lasting: true, ..Answer::new(SVG, page.as_bytes()) },
            None => nothing(),
        },
        ["", "facts", id] => match decoded(id).and_then(|id| feed.origin(&id)) {
            Some(origin) => Answer::new(JSON, origin.to_string()),
            None => nothing(),
        },
        ["", "passages", key] => match decoded(key).and_then(|key| feed.passage(&key)) {
            Some(passage) => Answer::new(JSON, passage.to_string()),
            None => nothing(),
        },
        ["", "figures", id] => match decoded(id).and_then(|id| feed.figure(&id)) {
            Some(figure) => Answer::new(JSON, figure.to_string()),
            None => nothing(),
        },
        _ => nothing(),
    }
}

/// Decodes percent escapes in a part of a path, such as `%5B`.
fn decoded(part: &str) -> Option<String> {
    let mut bytes = vec![];
    let mut rest = part.as_bytes();
    while let [first, behind @ ..] = rest {
        rest = behind;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let digits = std::str::from_utf8(behind.get(..2)?).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+'))?);
        rest = &behind[2..];
    }
    String::from_utf8(bytes).ok()
}

/// Sends the current version after each change, and at intervals.
fn stream(mut to: TcpStream, feed: &Feed) -> io::Result<()> {
    let headers = [
        ("Content-Type", "text/event-stream"),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ];
    http::head(&mut to, 200, &headers)?;
    // The current version is sent at once.
    let (mut version, mut is_open) = feed.wait(0, Duration::ZERO);
    while is_open {
        write!(to, "event: version\ndata: {} {version}\n\n", feed.run())?;
        (version, is_open) = feed.wait(version, PULSE);
    }
    write!(to, "event: end\ndata:\n\n")?;
    http::part(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_it_was_written() {
        assert_eq!(decoded("I4%5BKZ-71%5D").as_deref(), Some("I4[KZ-71]"));
        assert_eq!(decoded("a%20%E2%88%92%20b").as_deref(), Some("a − b"));
        for wrong in ["%", "%5", "%zz", "%FF", "%+1"] {
            assert_eq!(decoded(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn no_letter_of_a_page_is_softened() {
        // A blend mode over a page's letters makes browsers paint everything after it in a separate
        // layer, which is not aligned to pixels.
        let (_, _, css) = FILES.iter().find(|(name, ..)| *name == "/page.css").unwrap();
        for layer in ["mix-blend-mode", "filter", "opacity", "will-change", "transform"] {
            assert!(!css.contains(layer), "{layer}");
        }
    }

    #[test]
    fn the_page_asks_for_nothing_that_is_not_served() {
        let names: Vec<&str> =
            FILES.iter().map(|(name, ..)| name.trim_start_matches('/')).collect();
        for (name, _, text) in FILES {
            assert!(!text.contains("https://"), "{name}");
            for quoted in text.split(['"', '\'', '`']) {
                let quoted = quoted.trim_start_matches("./").trim_start_matches('/');
                if [".js", ".css", ".svg"].iter().any(|end| quoted.ends_with(end))
                    && !quoted.contains("${")
                {
                    assert!(names.contains(&quoted), "{name} asks for {quoted}");
                }
            }
        }
        let html = FILES[0].2;
        for inline in ["<style", "style=", "onclick", "javascript:"] {
            assert!(!html.contains(inline), "{inline} is against the policy");
        }
    }
}
