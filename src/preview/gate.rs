//! Decides which requests are answered: those of a page of this server, or of a person who typed its
//! address.
//!
//! Any web page can make a browser send requests to a server on this machine. It can read the answer only
//! if its own host name resolves to this machine (DNS rebinding), and then the request names that host.
//! So a request must name this server as its host. Requests that other sites make openly are refused too.

use std::net::SocketAddr;

/// The parts of a request that are checked.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Asked<'a> {
    /// The method: `GET`, `POST` …
    pub method: &'a str,
    /// The number of `Host` headers.
    pub hosts: usize,
    /// The first `Host` header.
    pub host: Option<&'a str>,
    /// The `Origin` header: the origin of the requesting page.
    pub origin: Option<&'a str>,
    /// The `Sec-Fetch-Site` header: the relation of that page to this server.
    pub site: Option<&'a str>,
    /// The `Sec-Fetch-Mode` header: whether a person navigates to the page.
    pub mode: Option<&'a str>,
}

/// The status and text with which a request is refused.
pub(super) type Refusal = (u16, &'static str);

/// Accepts a request to the server at `at`, or returns why not.
pub(super) fn check(asked: &Asked<'_>, at: SocketAddr) -> Result<(), Refusal> {
    let own = [at.to_string(), format!("localhost:{}", at.port())];
    let is_own = |host: &str| own.iter().any(|own| own.eq_ignore_ascii_case(host));
    if asked.hosts != 1 || !asked.host.is_some_and(is_own) {
        return Err((403, "this server accepts only requests to its own address\n"));
    }
    let is_own_page = |origin: &str| origin.strip_prefix("http://").is_some_and(is_own);
    if asked.origin.is_some_and(|origin| !is_own_page(origin)) {
        return Err((403, "this server accepts only requests from its own page\n"));
    }
    let is_visit = asked.mode == Some("navigate");
    if asked.site.is_some_and(|site| !matches!(site, "same-origin" | "none")) && !is_visit {
        return Err((403, "this server accepts only requests from its own page\n"));
    }
    if asked.method != "GET" {
        return Err((405, "this server is read-only\n"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(asked: Asked<'_>) -> Option<u16> {
        let at = "127.0.0.1:4100".parse().unwrap();
        check(&asked, at).err().map(|(status, _)| status)
    }

    const GOOD: Asked<'_> = Asked {
        method: "GET",
        hosts: 1,
        host: Some("127.0.0.1:4100"),
        origin: None,
        site: None,
        mode: None,
    };

    #[test]
    fn only_its_own_name_is_answered() {
        assert_eq!(status(GOOD), None);
        assert_eq!(status(Asked { host: Some("LOCALHOST:4100"), ..GOOD }), None);
        for host in
            ["127.0.0.1", "127.0.0.1:4101", "evil.example", "evil.example:4100", "", "0.0.0.0:4100"]
        {
            assert_eq!(status(Asked { host: Some(host), ..GOOD }), Some(403), "{host}");
        }
        assert_eq!(status(Asked { hosts: 0, host: None, ..GOOD }), Some(403));
        assert_eq!(status(Asked { hosts: 2, ..GOOD }), Some(403));
    }

    #[test]
    fn only_its_own_page_may_ask() {
        assert_eq!(status(Asked { origin: Some("http://127.0.0.1:4100"), ..GOOD }), None);
        for origin in
            ["null", "http://evil.example", "https://127.0.0.1:4100", "http://127.0.0.1:41000"]
        {
            assert_eq!(status(Asked { origin: Some(origin), ..GOOD }), Some(403), "{origin}");
        }
        assert_eq!(status(Asked { site: Some("same-origin"), ..GOOD }), None);
        assert_eq!(status(Asked { site: Some("cross-site"), ..GOOD }), Some(403));
        assert_eq!(status(Asked { site: Some("same-site"), ..GOOD }), Some(403));
        // A person who follows a link to it.
        let visit = Asked { site: Some("cross-site"), mode: Some("navigate"), ..GOOD };
        assert_eq!(status(visit), None);
    }

    #[test]
    fn nothing_can_be_sent() {
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "HEAD"] {
            assert_eq!(status(Asked { method, ..GOOD }), Some(405), "{method}");
        }
    }
}
