//! Headers that say where a request ends and which connection it takes: these are the client's own.

use http::HeaderName;

/// Why such a header is refused.
pub(crate) const REASON: &str =
    "says how a request travels, which is the client's own to say: leave it out";

/// Whether a header would move the end of a body, or speaks to the next hop alone (RFC 9110, sections 7
/// and 8.6; RFC 9112, section 6).
pub(crate) fn is_framing(name: &HeaderName) -> bool {
    const NAMES: [&str; 8] = [
        "connection",
        "content-length",
        "host",
        "keep-alive",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    ];
    // As `HeaderName` has it: in lower case.
    let name = name.as_str();
    NAMES.contains(&name) || name.starts_with("proxy-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn framing_headers_are_known_in_any_case() {
        for name in [
            "Host",
            "CONTENT-LENGTH",
            "Transfer-Encoding",
            "Connection",
            "Keep-Alive",
            "TE",
            "Trailer",
            "Upgrade",
            "Proxy-Authorization",
            "Proxy-Connection",
        ] {
            let name = HeaderName::from_bytes(name.as_bytes()).expect("a name");
            assert!(is_framing(&name), "{name}");
        }
        for name in [
            "content-type",
            "x-host",
            "te-x",
            "proxy",
            "authorization",
            "cookie",
        ] {
            assert!(!is_framing(&HeaderName::from_static(name)), "{name}");
        }
    }
}
