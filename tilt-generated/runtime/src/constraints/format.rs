//! Formats of texts that have no type of their own. A text that may be of a format is taken for it: only what certainly is
//! not is refused.

use crate::data::text::syntax;
use std::net::{Ipv4Addr, Ipv6Addr};

/// A format of texts, as JSON Schema names it (Validation 2020-12, section 7.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Email,
    Hostname,
    Ipv4,
    Ipv6,
    Uri,
    DateTime,
    Date,
    Time,
    Duration,
    Uuid,
}

impl Format {
    pub(super) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "email" => Self::Email,
            "hostname" => Self::Hostname,
            "ipv4" => Self::Ipv4,
            "ipv6" => Self::Ipv6,
            "uri" => Self::Uri,
            "date-time" => Self::DateTime,
            "date" => Self::Date,
            "time" => Self::Time,
            "duration" => Self::Duration,
            "uuid" => Self::Uuid,
            _ => return None,
        })
    }

    /// In words.
    pub(crate) fn expected(self) -> &'static str {
        match self {
            Self::Email => "an email address",
            Self::Hostname => "a host name",
            Self::Ipv4 => "an IPv4 address",
            Self::Ipv6 => "an IPv6 address",
            Self::Uri => "a URI with its scheme, in ASCII",
            Self::DateTime => "a date and time (RFC 3339)",
            Self::Date => "a date (RFC 3339)",
            Self::Time => "a time (RFC 3339)",
            Self::Duration => "a duration (RFC 3339, appendix A)",
            Self::Uuid => "a UUID (RFC 9562)",
        }
    }

    pub(crate) fn may_be(self, text: &str) -> bool {
        match self {
            Self::Email => email(text),
            Self::Hostname => hostname(text),
            Self::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
            Self::Ipv6 => text.parse::<Ipv6Addr>().is_ok(),
            Self::Uri => uri(text),
            Self::DateTime => syntax::date_time(text),
            Self::Date => syntax::date(text),
            Self::Time => syntax::time(text),
            Self::Duration => syntax::duration(text),
            Self::Uuid => syntax::uuid(text),
        }
    }
}

/// RFC 5321, `Mailbox`, and RFC 6531: whatever has something before and behind its last `@`, and no spaces but in quotes.
fn email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let is_plain =
        |text: &str| !text.is_empty() && !text.contains(|it: char| it == ' ' || it.is_control());
    let is_quoted = local.len() > 1 && local.starts_with('"') && local.ends_with('"');
    is_plain(domain) && (is_quoted || is_plain(local) && !local.contains('@'))
}

/// RFC 1123, section 2.1: labels of letters, digits and hyphens within. The dot of the root may end it.
fn hostname(text: &str) -> bool {
    let labels = text.strip_suffix('.').unwrap_or(text);
    let is_label = |label: &str| {
        let is_allowed = |it: u8| it.is_ascii_alphanumeric() || it == b'-';
        (1..=63).contains(&label.len())
            && label.bytes().all(is_allowed)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    labels.len() <= 253 && labels.split('.').all(is_label)
}

/// RFC 3986, section 3: a scheme, and behind it nothing but what a URI is made of.
fn uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let in_scheme = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'+' | b'-' | b'.');
    let is_scheme = scheme.starts_with(|it: char| it.is_ascii_alphabetic());
    let in_uri = |it: u8| it.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&it);
    let mut escapes = rest.split('%').skip(1);
    is_scheme
        && scheme.bytes().all(in_scheme)
        && rest.bytes().all(in_uri)
        && escapes.all(|it| {
            let digits = it.as_bytes().get(..2);
            digits.is_some_and(|it| it.iter().all(u8::is_ascii_hexdigit))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn all(format: Format, valid: &[&str], invalid: &[&str]) {
        for text in valid {
            assert!(format.may_be(text), "{text}");
        }
        for text in invalid {
            assert!(!format.may_be(text), "{text}");
        }
    }

    #[test]
    fn what_certainly_is_no_address_is_told() {
        all(
            Format::Email,
            &[
                "a@b",
                "ä+x@müller.example",
                "\"a b@c\"@d.example",
                "a@[IPv6:::1]",
            ],
            &["", "a", "a@", "@b", "a b@c", "a@b c", "a@b@c", "a@b\n"],
        );
        let longest = format!("{0}.{0}.{0}.{1}", "a".repeat(63), "a".repeat(61));
        all(
            Format::Hostname,
            &[
                "localhost",
                "a-1.example.com",
                "xn--mller-kva.example",
                "1.2",
                &longest,
            ],
            &[
                "",
                ".",
                "a..b",
                "-a",
                "a-",
                "a_b",
                "ü.example",
                "a:80",
                &"a".repeat(64),
                &format!("{longest}a"),
            ],
        );
        all(
            Format::Ipv4,
            &["127.0.0.1", "255.255.255.255"],
            &["", "1.2.3", "256.1.1.1", "1.2.3.4 ", "01.2.3.4"],
        );
        all(
            Format::Ipv6,
            &["::", "::ffff:1.2.3.4", "2001:DB8::1"],
            &["", ":", "1::2::3", "fe80::1%eth0", "12345::"],
        );
    }

    #[test]
    fn what_certainly_is_no_uri_is_told() {
        all(
            Format::Uri,
            &[
                "https://example.com/a?b=%C3%BC#c",
                "urn:x",
                "mailto:a@b",
                "x:",
                "http://[::1]/",
            ],
            &[
                "",
                "example.com",
                "/a",
                "//a/b",
                "1x:y",
                ":a",
                "http://a b",
                "http://ü",
                "x:%",
                "x:%2",
                "x:%zz",
                "x:<",
            ],
        );
    }
}
