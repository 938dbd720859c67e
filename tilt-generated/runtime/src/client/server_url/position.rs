//! Positions of variables in a URL, and the values that each can have.

use crate::client::encode::url::is_dots;
use url::Host;

/// Where in a URL a variable stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    /// `{server}/v1`: all before the path, and perhaps a part of that.
    Base,
    /// `{protocol}://`
    Scheme,
    /// `https://{host}`, with a port where the template has none.
    Host { port: bool },
    /// `https://{server}`, where the document's own value has a path.
    HostAndPath,
    /// `https://{tenant}.{domain}`, where the document's own value for the last has dots.
    Domain,
    /// `https://{region}.example.com`
    Label,
    /// `https://example.com:{port}`
    Port,
    /// `https://example.com{port}`, where the document's own value begins with a colon.
    ColonAndPort,
    /// `https://example.com{basePath}`
    PathAfterHost,
    /// `https://example.com/{version}`
    Path,
}

impl Position {
    pub(super) fn rule(self) -> &'static str {
        match self {
            Self::Base => "is the base of the URL: `https://`, a host and a path, or a path",
            Self::Scheme => "is the scheme of the URL: `https` or `http`",
            Self::Host { port: true } => "is the host of the URL: a name or an address, and a port",
            Self::Host { port: false } => "is the host of the URL: a name or an address, no port",
            Self::HostAndPath => "is the host of the URL and a path",
            Self::Domain => {
                "is a part of the host: names of letters, digits, `-` and `_`, with dots between"
            }
            Self::Label => "is a part of the host: letters, digits, `-` and `_`",
            Self::Port => "is the port of the URL: a number up to 65535",
            Self::ColonAndPort => "is the port of the URL: a colon, and a number up to 65535",
            Self::PathAfterHost => {
                "is the path of the URL: begun by one `/`, without segments `.` and `..`, `\\`, `?`, \
                 `#`, spaces and control characters"
            }
            Self::Path => {
                "is a part of the URL's path: without segments `.` and `..`, `//` at its beginning, \
                 `\\`, `?`, `#`, spaces and control characters"
            }
        }
    }

    pub(super) fn takes(self, value: &str) -> bool {
        match self {
            Self::Base => match value.split_once("://") {
                Some((scheme, rest)) => Self::Scheme.takes(scheme) && Self::HostAndPath.takes(rest),
                None => !value.contains(':') && Self::Path.takes(value),
            },
            Self::Scheme => {
                value.eq_ignore_ascii_case("https") || value.eq_ignore_ascii_case("http")
            }
            Self::Host { port } => is_host(value, port),
            Self::HostAndPath => {
                let (host, path) = value.split_at(value.find('/').unwrap_or(value.len()));
                is_host(host, true) && Self::PathAfterHost.takes(path)
            }
            Self::Domain => value.split('.').all(|label| Self::Label.takes(label)),
            Self::Label => {
                let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
                !value.is_empty() && value.bytes().all(fits)
            }
            Self::Port => is_port(value),
            Self::ColonAndPort => value.is_empty() || value.strip_prefix(':').is_some_and(is_port),
            Self::PathAfterHost => {
                (value.is_empty() || value.starts_with('/')) && Self::Path.takes(value)
            }
            Self::Path => {
                let ends = |it: char| it.is_control() || " \\?#".contains(it);
                !value.contains(ends) && !value.starts_with("//") && !has_dots(value)
            }
        }
    }
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok()
}

fn is_host(text: &str, with_port: bool) -> bool {
    let ends = |it: char| it.is_control() || it.is_whitespace() || "/\\?#@%".contains(it);
    if text.contains(ends) {
        return false;
    }
    let (host, port) = match port_colon(text) {
        Some(at) if with_port => (&text[..at], Some(&text[at + 1..])),
        _ => (text, None),
    };
    let is_name_or_address = match Host::parse(host) {
        Ok(Host::Domain(name)) => Position::Domain.takes(name.strip_suffix('.').unwrap_or(&name)),
        Ok(_) => true,
        Err(_) => false,
    };
    is_name_or_address && port.is_none_or(is_port)
}

/// Where in an authority its port begins.
pub(super) fn port_colon(authority: &str) -> Option<usize> {
    let colon = authority.rfind(':')?;
    (!authority[colon..].contains(']')).then_some(colon)
}

/// Whether a path has a step within itself, also one that only a server that decodes it finds.
pub(super) fn has_dots(path: &str) -> bool {
    let decoded = ["%2f", "%2F", "%5c", "%5C"].iter();
    let path = decoded.fold(path.to_owned(), |path, slash| path.replace(slash, "/"));
    path.split(['/', '\\']).any(is_dots)
}
