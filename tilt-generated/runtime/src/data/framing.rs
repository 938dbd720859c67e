//! Headers that say where a message ends and which connection it takes: they are the client's and the server's own.
//! `lower/operation/framing.rs` of the generator has the same lists.

use http::HeaderName;

/// Why such a header is refused.
#[cfg(feature = "client")]
pub(crate) const REASON: &str =
    "says how a request travels, which is the client's own to say: leave it out";

/// Of requests and answers alike (RFC 9110, 7.6.1 and 8.6; RFC 9112, 6).
const OF_MESSAGES: [&str; 3] = ["connection", "content-length", "transfer-encoding"];

/// Of requests as well.
#[cfg(feature = "client")]
const OF_REQUESTS: [&str; 9] = [
    "host",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authentication-info",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "upgrade",
];

/// Whether a header would move the end of a request, or speaks to the next hop alone.
#[cfg(feature = "client")]
pub(crate) fn is_of_request(name: &HeaderName) -> bool {
    // As `HeaderName` has it: in lower case.
    let name = name.as_str();
    OF_MESSAGES.contains(&name) || OF_REQUESTS.contains(&name)
}

/// Whether a header would move the end of an answer, or speaks of its connection.
#[cfg(feature = "server")]
pub(crate) fn is_of_answer(name: &HeaderName) -> bool {
    OF_MESSAGES.contains(&name.as_str())
}

#[cfg(all(test, feature = "client"))]
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
            assert!(is_of_request(&name), "{name}");
        }
        for name in [
            "content-type",
            "x-host",
            "te-x",
            "proxy",
            "proxy-id",
            "authorization",
            "cookie",
        ] {
            assert!(!is_of_request(&HeaderName::from_static(name)), "{name}");
        }
    }
}
