//! The URL of a server with variables in it: no value leaves the place that its variable has.
//!
//! The document's own values, defaults and those in lists, are taken as they are, and show by what they
//! contain which places there are.

mod position;

use super::error::Error;
use super::variable::Variable;
use position::{Position, has_dots, port_colon};
use std::ops::Range;
use url::{Host, ParseError, Url};

/// A URL, and where in it the values of variables are.
#[derive(Default)]
struct Expanded {
    text: String,
    values: Vec<(&'static Variable, Range<usize>)>,
}

impl Expanded {
    fn new<'v>(
        template: &str,
        variables: &'static [Variable],
        value: impl Fn(&'static Variable) -> &'v str,
    ) -> Self {
        let mut out = Self::default();
        let mut rest = template;
        while let Some(at) = rest.find('{') {
            out.text.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            let named = variables
                .iter()
                .find_map(|it| Some((it, rest.strip_prefix(it.name)?.strip_prefix('}')?)));
            let Some((variable, after)) = named else {
                out.text.push('{');
                continue;
            };
            let start = out.text.len();
            out.text.push_str(value(variable));
            out.values.push((variable, start..out.text.len()));
            rest = after;
        }
        out.text.push_str(rest);
        out
    }

    /// From the end of `scheme://` to the beginning of the path; `None` where the URL is relative.
    fn authority(&self) -> Option<Range<usize>> {
        let start = match self.text.find("://") {
            // A path may have that as well.
            Some(at) if !self.text[..at].contains(['/', '\\', '?', '#']) => at + 3,
            _ if self.text.starts_with("//") => 2,
            _ => return None,
        };
        let end = self.text[start..].find(['/', '\\', '?', '#']);
        Some(start..end.map_or(self.text.len(), |end| start + end))
    }

    fn path(&self) -> &str {
        &self.text[self.authority().map_or(0, |authority| authority.end)..]
    }

    /// The place of a variable, in the URL of the document's own values.
    fn place(&self, at: &Range<usize>) -> Position {
        let own = &self.text[at.clone()];
        let Some(authority) = self.authority() else {
            let is_base = at.start == 0 && !own.is_empty() && !own.starts_with('/');
            return if is_base {
                Position::Base
            } else {
                Position::Path
            };
        };
        let colon = port_colon(&self.text[authority.clone()]).map(|at| authority.start + at);
        let host = authority.start..colon.unwrap_or(authority.end);
        if at.start < authority.start {
            let reaches_in = at.end >= authority.start;
            return if reaches_in {
                Position::Base
            } else {
                Position::Scheme
            };
        }
        if at.start == authority.start && at.end >= host.end {
            return match at.end {
                end if end > authority.end => Position::HostAndPath,
                end => Position::Host {
                    port: end == authority.end,
                },
            };
        }
        match colon {
            Some(colon) if at.start > colon && at.end <= authority.end => return Position::Port,
            Some(colon) if at.start == colon => return Position::ColonAndPort,
            _ => {}
        }
        if at.start > authority.end {
            Position::Path
        } else if at.start == authority.end {
            Position::PathAfterHost
        } else if own.contains('.') && at.end >= host.end {
            Position::Domain
        } else {
            Position::Label
        }
    }
}

/// The URL of a template, with the values that the user gives, and the document's for the others. Values may
/// be given for other URLs as well.
///
/// # Errors
///
/// When a value is not one of those listed, or would leave its place.
pub(crate) fn expand(
    template: &str,
    variables: &'static [Variable],
    chosen: &[(String, String)],
) -> Result<String, Error> {
    let value = |variable: &'static Variable| {
        let mut latest = chosen.iter().rev();
        let value = latest.find(|(name, _)| name == variable.name);
        value.map_or(variable.default, |(_, value)| value.as_str())
    };
    let own = Expanded::new(template, variables, stand_in);
    for (variable, at) in &own.values {
        let value = value(variable);
        if value == variable.default && variable.is_without_default() {
            let name = variable.name;
            let message = format!("the server variable `{name}` has no value: give it one");
            return Err(Error::config(message));
        }
        if value == variable.default || variable.allowed.contains(&value) {
            continue;
        }
        if !variable.allowed.is_empty() {
            let rule = format!("is one of {}", variable.allowed.join(", "));
            return Err(refused(variable, &rule));
        }
        let place = own.place(at);
        if !place.takes(value) {
            return Err(refused(variable, place.rule()));
        }
    }
    let url = Expanded::new(template, variables, value);
    match url.values.last() {
        Some((variable, _)) if !url.is_as_it_looks(&own) => {
            let rule = "would change more of the URL than its place";
            Err(refused(variable, rule))
        }
        _ => Ok(url.text),
    }
}

/// Whether a variable without a default is given no value.
pub(crate) fn lacks_a_value(variables: &[Variable], chosen: &[(String, String)]) -> bool {
    let is_given = |it: &Variable| chosen.iter().any(|(name, _)| name == it.name);
    let mut variables = variables.iter();
    variables.any(|it| it.is_without_default() && !is_given(it))
}

/// The document's own value, or a label, a port and a segment of a path alike, which shows the place of what has none.
fn stand_in(variable: &'static Variable) -> &'static str {
    match variable.is_without_default() {
        true => "0",
        false => variable.default,
    }
}

impl Expanded {
    /// Whether a URL parser, which drops and changes characters, finds in it what is in the document's own.
    fn is_as_it_looks(&self, own: &Self) -> bool {
        // Beside other texts, a value can become what it is not by itself.
        if has_dots(self.path()) && !has_dots(own.path()) {
            return false;
        }
        let is_base = |(_, at): &(_, Range<usize>)| own.place(at) == Position::Base;
        let may_be_absolute = own.authority().is_some() || own.values.iter().any(is_base);
        match (self.authority(), Url::parse(&self.text)) {
            (None, parsed) => parsed == Err(ParseError::RelativeUrlWithoutBase),
            (Some(_), Err(_)) => may_be_absolute,
            (Some(authority), Ok(url)) => {
                let authority = &self.text[authority];
                // Credentials are refused later, whoever put them there.
                let host = authority
                    .rfind('@')
                    .map_or(authority, |at| &authority[at + 1..]);
                let host = &host[..port_colon(host).unwrap_or(host.len())];
                let host = Host::parse(host).ok();
                may_be_absolute && host == url.host().map(|host| host.to_owned())
            }
        }
    }
}

/// Does not show the value, which may be a secret.
fn refused(variable: &Variable, rule: &str) -> Error {
    let name = variable.name;
    Error::config(format!(
        "the server variable `{name}` cannot be what was given: it {rule}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const fn any(name: &'static str, default: &'static str) -> Variable {
        Variable {
            name,
            default,
            allowed: &[],
        }
    }

    static VARIABLES: &[Variable] = &[
        any("region", "eu"),
        any("v", "v1"),
        any("host", "api.example.com"),
        any("port", "8443"),
        any("protocol", "https"),
        any("base_path", "/v1"),
        any("no_path", ""),
        any("server", "https://api.example.com/v1"),
        any("place", "api.example.com/v1"),
        any("colon", ":8443"),
        any("domain", "example.org"),
        Variable {
            name: "listed",
            default: "",
            allowed: &["", "sandbox."],
        },
    ];

    fn with(template: &str, name: &str, value: &str) -> Result<String, String> {
        expand(template, VARIABLES, &[(name.to_owned(), value.to_owned())])
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_part_of_the_host_ends_nothing() {
        let template = "https://{region}.example.com/{v}";
        assert_eq!(
            with(template, "region", "us-1_b"),
            Ok("https://us-1_b.example.com/v1".to_owned())
        );
        assert_eq!(
            with(template, "region", "evil.com/"),
            Err(
                "the server variable `region` cannot be what was given: it is a part of the host: \
                 letters, digits, `-` and `_`"
                    .to_owned()
            )
        );
        for value in [
            "",
            "a.b",
            "evil.com\\",
            "evil.com?",
            "evil.com#",
            "x@evil.com",
            "evil:80",
            "a\tb",
            "a\n",
            " a",
            "a b",
            "%2e",
            "a。b",
            "a．b",
            "a｡b",
            "évil",
            "{v}",
            "a\u{0}",
        ] {
            assert!(with(template, "region", value).is_err(), "{value:?}");
        }
    }

    #[test]
    fn a_variable_without_a_default_is_given_a_value_that_stays_in_its_place() {
        static UNDECLARED: &[Variable] = &[any("a", "{a}")];
        let with = |template: &str, chosen: &[&str]| {
            let chosen = chosen
                .iter()
                .map(|value| ("a".to_owned(), (*value).to_owned()));
            let chosen: Vec<(String, String)> = chosen.collect();
            expand(template, UNDECLARED, &chosen).map_err(|error| error.to_string())
        };
        let label = "https://{a}.example.com/v1";
        assert_eq!(
            with(label, &[]),
            Err("the server variable `a` has no value: give it one".to_owned())
        );
        assert!(with(label, &["{a}"]).is_err());
        assert_eq!(
            with(label, &["b"]),
            Ok("https://b.example.com/v1".to_owned())
        );
        assert!(with(label, &["evil.com/"]).is_err());
        let port = "https://example.com:{a}/v1";
        assert_eq!(
            with(port, &["81"]),
            Ok("https://example.com:81/v1".to_owned())
        );
        assert!(with(port, &["x"]).is_err());
        let path = "/{a}/v1";
        assert_eq!(with(path, &["b"]), Ok("/b/v1".to_owned()));
        assert!(with(path, &["//evil.com"]).is_err());
    }

    #[test]
    fn the_whole_host_may_be_any_with_a_port_where_there_is_none() {
        for value in [
            "localhost",
            "a.b.c",
            "a.b:8443",
            "127.0.0.1:1",
            "[::1]:80",
            "bücher.example",
        ] {
            assert_eq!(
                with("https://{host}/x", "host", value),
                Ok(format!("https://{value}/x"))
            );
        }
        for value in [
            "..", "a..b", ";", "{v}", "", "a/b", "a\\b", "a?b", "a#b", "u@a", "a:x", "a:99999",
            "a b", "%61", "a/..", "[",
        ] {
            assert!(
                with("https://{host}/x", "host", value).is_err(),
                "{value:?}"
            );
        }
        assert!(with("https://{host}:80/x", "host", "a.b").is_ok());
        assert!(with("https://{host}:80/x", "host", "a.b:81").is_err());
        assert!(with("https://{host}:{port}/x", "host", "a.b:81").is_err());
    }

    #[test]
    fn a_path_stays_below_what_is_before_it() {
        let template = "https://example.com/{v}/x";
        for value in ["v2", "a/b/c", "%20", "", "a/", "v1.2", "..."] {
            assert_eq!(
                with(template, "v", value),
                Ok(format!("https://example.com/{value}/x"))
            );
        }
        for value in [
            "..",
            ".",
            "a/../..",
            "%2e%2E",
            ".%2e/x",
            "a%2f..",
            "a%5C..%5c",
            "a\\b",
            "a?b",
            "a#b",
            "//evil.com",
            "a\n..",
            "a\t",
            ".. ",
        ] {
            assert!(with(template, "v", value).is_err(), "{value:?}");
        }
        assert!(with("https://example.com/.{v}/x", "v", ".").is_err());
        assert!(with("https://example.com/.{no_path}/x", "no_path", "%2e").is_err());
    }

    #[test]
    fn a_path_after_the_host_begins_with_a_slash() {
        for (template, name) in [
            ("https://h.example{base_path}", "base_path"),
            ("https://h.example{no_path}", "no_path"),
        ] {
            assert_eq!(
                with(template, name, "/a/b"),
                Ok("https://h.example/a/b".to_owned())
            );
            assert_eq!(with(template, name, ""), Ok("https://h.example".to_owned()));
            for value in [".evil.com", ":80", "@evil.com", "x", "//x", "/..", "\\x"] {
                assert!(with(template, name, value).is_err(), "{value:?}");
            }
        }
        assert_eq!(
            with("https://{host}{base_path}", "base_path", "/v2"),
            Ok("https://api.example.com/v2".to_owned())
        );
    }

    #[test]
    fn schemes_and_ports_are_what_they_are_called() {
        let template = "{protocol}://example.com:{port}/";
        assert_eq!(
            with(template, "protocol", "http"),
            Ok("http://example.com:8443/".to_owned())
        );
        assert_eq!(
            with(template, "port", "1"),
            Ok("https://example.com:1/".to_owned())
        );
        for value in ["", "ftp", "https://evil.com/", "https:", "javascript"] {
            assert!(with(template, "protocol", value).is_err(), "{value:?}");
        }
        for value in [
            "80/",
            "80@evil.com",
            "x",
            "-1",
            "65536",
            "+1",
            "80.evil.com",
        ] {
            assert!(with(template, "port", value).is_err(), "{value:?}");
        }
        assert!(with("https://example.com{colon}/", "colon", ":1").is_ok());
        assert!(with("https://example.com{colon}/", "colon", ".evil.com").is_err());
    }

    #[test]
    fn what_the_document_shows_is_a_whole_url_or_host_may_be_one() {
        assert!(with("{server}/x", "server", "https://other.example:80/v2").is_ok());
        assert!(with("{server}/x", "server", "https://other.example/..").is_err());
        assert!(with("{server}/x", "server", "https://u@other.example").is_err());
        assert!(with("https://{place}/x", "place", "other.example/v2").is_ok());
        assert!(with("https://{place}/x", "place", "other.example/?").is_err());
        assert!(with("https://{region}.{domain}", "domain", "example.net").is_ok());
        assert!(with("https://{region}.{domain}", "domain", "example.net/").is_err());
        assert!(with("https://{region}.{domain}", "region", "a.b").is_err());
    }

    #[test]
    fn what_the_document_lists_is_taken_as_it_is() {
        let template = "https://{listed}example.com";
        assert_eq!(
            with(template, "listed", "sandbox."),
            Ok("https://sandbox.example.com".to_owned())
        );
        assert_eq!(
            with(template, "listed", "evil."),
            Err(
                "the server variable `listed` cannot be what was given: it is one of , sandbox."
                    .to_owned()
            )
        );
    }

    #[test]
    fn a_relative_url_stays_relative() {
        for (template, name) in [
            ("{base_path}/x", "base_path"),
            ("{no_path}/x", "no_path"),
            ("/{v}", "v"),
        ] {
            for value in ["//evil.com", "https://evil.com", "\\\\evil.com", "x:y"] {
                let outcome = with(template, name, value);
                let is_path = template == "/{v}" && value.contains(':');
                assert_eq!(outcome.is_ok(), is_path, "{template} {value}");
            }
        }
        assert!(with("/{v}", "v", "/evil.com").is_err());
        // A value without a slash at its beginning shows that it may be a whole URL.
        assert!(with("{host}/v1", "host", "https://other.example").is_ok());
    }

    proptest! {
        #[test]
        fn no_value_changes_the_host_or_what_is_before_the_path(value in "\\PC{0,12}|[a-z./\\\\:@?#%\t\n。 ]{0,8}") {
            for (template, name, prefix, host) in [
                ("https://{region}.example.com/a/", "region", "/a/", ".example.com"),
                ("https://api.example.com/a/{v}", "v", "/a/", "api.example.com"),
                ("https://api.example.com:{port}/a/", "port", "/a/", "api.example.com"),
                ("{protocol}://api.example.com/a/", "protocol", "/a/", "api.example.com"),
                ("https://api.example.com{base_path}", "base_path", "/", "api.example.com"),
                ("https://{host}/a/", "host", "/a/", ""),
            ] {
                let Ok(text) = with(template, name, &value) else { continue };
                let Ok(url) = Url::parse(&text) else { continue };
                let found = url.host_str().unwrap_or_default();
                prop_assert!(found.ends_with(host), "{text}");
                prop_assert!(url.path().starts_with(prefix), "{text}");
                prop_assert!(url.query().is_none() && url.fragment().is_none(), "{text}");
                prop_assert!(url.username().is_empty() && url.password().is_none(), "{text}");
                prop_assert!(name == "host" || found.matches('.').count() == 2, "{text}");
            }
        }
    }
}
