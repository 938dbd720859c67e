//! The header `Link` (RFC 8288): only as much of it as leads through a list.

use http::HeaderMap;
use http::header::LINK;

/// The target of the first link of relation `next` whose context is the answer itself.
pub(crate) fn next(headers: &HeaderMap) -> Option<String> {
    let values = headers.get_all(LINK).iter();
    let mut values = values.filter_map(|value| value.to_str().ok());
    values.find_map(|value| {
        links(value)
            .find(Link::is_next)
            .map(|it| it.target.to_owned())
    })
}

/// A link as it is written: the target, and its parameters as one text.
struct Link<'v> {
    target: &'v str,
    parameters: &'v str,
}

/// The links of a field value (RFC 8288, appendix B.2). Anything else ends them.
fn links(value: &str) -> impl Iterator<Item = Link<'_>> {
    let mut rest = value;
    std::iter::from_fn(move || {
        let start = rest
            .trim_start_matches([' ', '\t', ','])
            .strip_prefix('<')?;
        let (target, after) = start.split_once('>')?;
        let (parameters, left) = after.split_at(outside_quotes(after, ','));
        rest = left;
        Some(Link { target, parameters })
    })
}

/// The place of this character outside of a quoted string, or the end.
fn outside_quotes(text: &str, wanted: char) -> usize {
    let (mut quoted, mut escaped) = (false, false);
    let found = text.char_indices().find(|(_, character)| {
        let is_escaped = std::mem::take(&mut escaped);
        match character {
            '\\' if quoted && !is_escaped => escaped = true,
            '"' if !is_escaped => quoted = !quoted,
            _ => return !quoted && *character == wanted,
        }
        false
    });
    found.map_or(text.len(), |(at, _)| at)
}

impl Link<'_> {
    /// Of several `rel`, the first counts (RFC 8288, 3.3).
    fn is_next(&self) -> bool {
        let relations = self.parameter("rel").unwrap_or_default();
        let mut relations = relations.split([' ', '\t']);
        self.parameter("anchor").is_none()
            && relations.any(|relation| relation.eq_ignore_ascii_case("next"))
    }

    /// The first value of a parameter, without quotes and escapes.
    fn parameter(&self, name: &str) -> Option<String> {
        let mut rest = self.parameters;
        while let Some(at) = rest.find(';') {
            rest = &rest[at + 1..];
            let (parameter, after) = rest.split_at(outside_quotes(rest, ';'));
            rest = after;
            let (own, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            if own.trim().eq_ignore_ascii_case(name) {
                return Some(unquoted(value.trim()));
            }
        }
        None
    }
}

fn unquoted(value: &str) -> String {
    let Some(quoted) = value.strip_prefix('"') else {
        return value.to_owned();
    };
    let mut text = String::new();
    let mut characters = quoted.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => break,
            '\\' => text.extend(characters.next()),
            _ => text.push(character),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn next_of(values: &[&'static str]) -> Option<String> {
        let headers = values
            .iter()
            .map(|value| (LINK, HeaderValue::from_static(value)));
        next(&headers.collect())
    }

    #[test]
    fn the_next_link_is_found_among_others() {
        let found = Some("/l?page=3".to_owned());
        for value in [
            r#"</l?page=3>; rel="next""#,
            r#"</l?page=1>; rel="prev", </l?page=3>; rel="next", </l?page=9>; rel="last""#,
            r#"</l?page=3>;rel=next"#,
            r#"</l?page=3>; REL="Last NEXT""#,
            r#"</l?page=3>; title="a, b; rel=prev \"c\""; rel="next""#,
            r#" , </a>;rel=prev ,,</l?page=3>;rel="next""#,
        ] {
            assert_eq!(next_of(&[value]), found, "{value}");
        }
        let several = [r#"</a>; rel="first""#, r#"</l?page=3>; rel="next""#];
        assert_eq!(next_of(&several), found);
    }

    #[test]
    fn a_target_may_hold_commas_and_semicolons() {
        let value = r#"<https://x.test/l?ids=1,2;3>; rel="next""#;
        assert_eq!(
            next_of(&[value]).as_deref(),
            Some("https://x.test/l?ids=1,2;3")
        );
    }

    #[test]
    fn what_is_not_a_next_link_leads_nowhere() {
        for value in [
            "",
            r#"</l>; rel="prev""#,
            r#"</l>; rel="nextish""#,
            r#"</l>; rel="prev"; rel="next""#,
            r#"</l>; title="rel=next""#,
            r#"</l>; rel="next"; anchor="/other""#,
            r#"/l; rel="next""#,
            r#"</l; rel="next""#,
        ] {
            assert_eq!(next_of(&[value]), None, "{value}");
        }
    }
}
