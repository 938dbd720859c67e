//! The cookies of a request.

use super::style::{self, Format, Pairs, Text};
use super::url::{Refused, Values, content, encoded, refused, value_of};
use crate::client::operation::Operation;
use crate::data::described::{Encoding, Location, Parameter};
use crate::data::tree::Tree;

/// The `Cookie` header; empty where there is none.
pub(crate) fn write(
    operation: &Operation,
    values: &Values,
    out: &mut String,
) -> Result<(), Refused> {
    for (index, parameter) in operation.parameters.iter().enumerate() {
        if parameter.location != Location::Cookie {
            continue;
        }
        let Some(value) = value_of(values, index) else {
            continue;
        };
        for (name, text) in cookies(parameter, value)? {
            if !is_name(&name) {
                let reason = match name == parameter.name {
                    true => "is no name for a cookie",
                    false => "has a key that is no name for a cookie",
                };
                return Err(refused(parameter, reason));
            }
            out.push_str(if out.is_empty() { "" } else { "; " });
            out.push_str(&name);
            out.push('=');
            out.push_str(&text);
        }
    }
    Ok(())
}

/// The names of a parameter's cookies, and their texts, encoded.
fn cookies(parameter: &Parameter, value: &Tree) -> Result<Vec<(String, String)>, Refused> {
    let mut cookies = Vec::new();
    match parameter.encoding {
        Encoding::Json | Encoding::Text | Encoding::Form => {
            let text = content(parameter, value)?;
            cookies.push((parameter.name.to_owned(), encoded(&text)));
        }
        Encoding::Styled { style, explode, .. } => {
            let text = Text::Cookie;
            let format = Format {
                style,
                explode,
                text,
            };
            style::pairs(
                parameter.name,
                value,
                format,
                &mut Pairs::parts(&mut cookies),
            )
            .map_err(|error| refused(parameter, error.reason()))?;
        }
    }
    Ok(cookies)
}

/// Whether this is the name of a cookie (RFC 6265, section 4.1.1). Nothing can be escaped in it: a server compares it as it is
/// written.
pub(crate) fn is_name(text: &str) -> bool {
    let is_legal = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_legal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::described::Style;

    static SESSION: Operation = Operation {
        parameters: &[Parameter::cookie("session")],
        ..Operation::NEW
    };

    fn text(text: &str) -> Tree {
        Tree::Text(text.to_owned())
    }

    #[test]
    fn a_name_is_a_token() {
        for name in ["sid", "__Host-sid", "a.b|c", "a%5Bb"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "b=d", "b;e", "a b", "a[b]", "a\"b", "a\r\nX: 1", "é"] {
            assert!(!is_name(name), "{name:?}");
        }
    }

    #[test]
    fn the_last_value_set_counts() {
        let mut out = String::new();
        let values = [(0, text("a")), (0, text("b;c"))];
        assert!(write(&SESSION, &values, &mut out).is_ok());
        assert_eq!(out, "session=b%3Bc");
    }

    #[test]
    fn the_name_of_a_cookie_is_sent_as_it_is_or_not_at_all() {
        const fn named(name: &'static str) -> [Parameter; 1] {
            [Parameter::cookie(name).encoded(Encoding::style(Style::Form, true))]
        }
        static TOKEN: [Parameter; 1] = named("a|b%41");
        static OTHER: [Parameter; 1] = named("b=d;e");
        let written = |parameters: &'static [Parameter], value: Tree| {
            let operation = Operation {
                parameters,
                ..Operation::NEW
            };
            let mut out = String::new();
            match write(&operation, &[(0, value)], &mut out) {
                Ok(()) => out,
                Err(error) => error.reason,
            }
        };
        let object = |key: &str| Tree::Object(vec![(key.to_owned(), text("x y"))]);
        assert_eq!(written(&TOKEN, text("x;y")), "a|b%41=x%3By");
        assert_eq!(written(&OTHER, text("x")), "is no name for a cookie");
        assert_eq!(written(&OTHER, object("k+")), "k+=x%20y");
        assert_eq!(
            written(&TOKEN, object("k;l")),
            "has a key that is no name for a cookie"
        );
    }
}
