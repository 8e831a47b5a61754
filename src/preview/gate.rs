//! Which requests are answered: those that a page of this very server makes, or a person who typed
//! its address.
//!
//! Any page of the web can make a browser ask a server of this machine. It cannot read the answer
//! unless its own name is made to point here (DNS rebinding); then the request names that host. So a
//! request must name this one. What another site's page asks for in its own name is refused too.

use std::net::SocketAddr;

/// What a request says of itself.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Asked<'a> {
    /// `GET`, `POST` …
    pub method: &'a str,
    /// The header `Host`; how often it stands there counts.
    pub hosts: usize,
    /// The first `Host`.
    pub host: Option<&'a str>,
    /// The header `Origin`: whose page asks.
    pub origin: Option<&'a str>,
    /// The header `Sec-Fetch-Site`: how that page is related to this server.
    pub site: Option<&'a str>,
    /// The header `Sec-Fetch-Mode`: whether a person goes to the page.
    pub mode: Option<&'a str>,
}

/// Why a request is not answered: the status, and a line about it.
pub(super) type Refusal = (u16, &'static str);

/// Lets a request to the server at `at` pass, or says why not.
pub(super) fn check(asked: &Asked<'_>, at: SocketAddr) -> Result<(), Refusal> {
    let own = [at.to_string(), format!("localhost:{}", at.port())];
    let is_own = |host: &str| own.iter().any(|own| own.eq_ignore_ascii_case(host));
    if asked.hosts != 1 || !asked.host.is_some_and(is_own) {
        return Err((403, "this server answers requests to its own address only\n"));
    }
    let is_own_page = |origin: &str| origin.strip_prefix("http://").is_some_and(is_own);
    if asked.origin.is_some_and(|origin| !is_own_page(origin)) {
        return Err((403, "this server answers its own page only\n"));
    }
    let is_visit = asked.mode == Some("navigate");
    if asked.site.is_some_and(|site| !matches!(site, "same-origin" | "none")) && !is_visit {
        return Err((403, "this server answers its own page only\n"));
    }
    if asked.method != "GET" {
        return Err((405, "there is nothing to change here\n"));
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
