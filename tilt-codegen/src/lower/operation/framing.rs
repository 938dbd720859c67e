//! Headers that say where a message ends and which connection it takes: whatever sends it sees to them. `data/framing.rs` of
//! the runtime, which takes them from no caller, has the same lists.

/// Of requests and answers alike (RFC 9110, 7.6.1 and 8.6).
const OF_MESSAGES: [&str; 3] = ["connection", "content-length", "transfer-encoding"];

/// Of requests as well.
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

/// Whether a client says a header of a request itself.
pub(super) fn is_of_request(name: &str) -> bool {
    is_one_of(name, &OF_MESSAGES) || is_one_of(name, &OF_REQUESTS)
}

/// Whether a server says a header of an answer itself; the date is said by each that has a clock (RFC 9110, 6.6.1).
pub(super) fn is_of_answer(name: &str) -> bool {
    is_one_of(name, &OF_MESSAGES) || name.eq_ignore_ascii_case("date")
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|it| name.eq_ignore_ascii_case(it))
}
