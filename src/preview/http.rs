//! The part of HTTP that the page needs: a request without a body, and its answer, one per connection.
//!
//! Each connection has its own thread and a single request, so none waits for another. An event stream
//! lasts as long as its page, and browsers open connections in advance; in a thread pool these would
//! block later requests.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

/// The largest head of a request, in bytes.
const LONGEST: usize = 16 * 1024;
/// The largest number of header lines.
const LINES: usize = 100;
/// The timeout for reading and writing.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long to wait for the client to close the connection.
const PARTING: Duration = Duration::from_secs(1);

/// The head of a request.
#[derive(Debug, PartialEq)]
pub(super) struct Request {
    /// The method: `GET`, `POST` …
    pub method: String,
    /// The path, without the query.
    pub path: String,
    headers: Vec<(String, String)>,
}

impl Request {
    /// Reads the head of a request; `None` if there is no valid one.
    pub(super) fn read(from: &mut TcpStream) -> Option<Self> {
        from.set_read_timeout(Some(PATIENCE)).ok()?;
        from.set_write_timeout(Some(PATIENCE)).ok()?;
        // Without this, the second part of an answer would wait for the acknowledgement of the first.
        from.set_nodelay(true).ok()?;
        let (mut head, mut part) = (vec![], [0; 4096]);
        while head.len() < LONGEST {
            let count = from.read(&mut part).ok().filter(|count| *count > 0)?;
            head.extend_from_slice(&part[..count]);
            match Self::parse(&head) {
                Ok(None) => {}
                done => return done.ok()?,
            }
        }
        None
    }

    /// Parses a head; `None` if it is incomplete.
    fn parse(head: &[u8]) -> Result<Option<Self>, httparse::Error> {
        let mut lines = [httparse::EMPTY_HEADER; LINES];
        let mut parsed = httparse::Request::new(&mut lines);
        if parsed.parse(head)?.is_partial() {
            return Ok(None);
        }
        let path = parsed.path.unwrap_or_default().split('?').next().unwrap_or_default();
        let line = |line: &httparse::Header<'_>| {
            // Invalid bytes are replaced; the name then matches no host.
            (line.name.to_owned(), String::from_utf8_lossy(line.value).into_owned())
        };
        Ok(Some(Self {
            method: parsed.method.unwrap_or_default().to_owned(),
            path: path.to_owned(),
            headers: parsed.headers.iter().map(line).collect(),
        }))
    }

    /// The values of a header, in order.
    pub(super) fn header(&self, name: &str) -> impl Iterator<Item = &str> {
        let is_named = move |line: &&(String, String)| line.0.eq_ignore_ascii_case(name);
        self.headers.iter().filter(is_named).map(|(_, value)| value.as_str())
    }
}

/// Writes the head of an answer; the connection closes after the answer.
pub(super) fn head(to: &mut impl Write, status: u16, headers: &[(&str, &str)]) -> io::Result<()> {
    let reason = match status {
        200 => "OK",
        403 => "Forbidden",
        404 => "Not Found",
        _ => "Method Not Allowed",
    };
    let mut head = format!("HTTP/1.1 {status} {reason}\r\nConnection: close\r\n");
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    to.write_all((head + "\r\n").as_bytes())
}

/// Closes a connection such that the client gets the whole answer, even if it sent more than was read.
pub(super) fn part(mut from: TcpStream) -> io::Result<()> {
    from.shutdown(Shutdown::Write)?;
    from.set_read_timeout(Some(PARTING))?;
    let mut rest = [0; 4096];
    for _ in 0..16 {
        if from.read(&mut rest)? == 0 {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_at_its_end_and_nothing_else_is_one() {
        let head =
            b"GET /facts/I4%5BKZ-71%5D?x=1 HTTP/1.1\r\nHost: a\r\nhost: b\r\nX: \xff\r\n\r\n";
        for end in 0..head.len() {
            assert_eq!(Request::parse(&head[..end]), Ok(None), "{end}");
        }
        let request = Request::parse(head).unwrap().unwrap();
        assert_eq!((&*request.method, &*request.path), ("GET", "/facts/I4%5BKZ-71%5D"));
        assert_eq!(request.header("HOST").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(request.header("Origin").count(), 0);
        for wrong in ["\x16\x03\x01 hello", "GET\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n"] {
            assert!(Request::parse(wrong.as_bytes()).is_err(), "{wrong:?}");
        }
    }
}
