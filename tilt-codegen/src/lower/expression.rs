//! Expressions in braces in the template of a path: the name of a parameter in OpenAPI, and more in the templates of RFC
//! 6570 and of frameworks, as which documents are written by hand and by tools.

/// A piece of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lower) enum Piece<'p> {
    Literal(&'p str),
    /// Without its braces.
    Expression(&'p str),
}

impl<'p> Piece<'p> {
    pub(in crate::lower) fn expression(&self) -> Option<&'p str> {
        match self {
            Self::Literal(_) => None,
            Self::Expression(text) => Some(text),
        }
    }
}

/// The pieces of a template. Braces inside of braces belong to the expression around them, as in `{id:[0-9]{2}}`.
pub(in crate::lower) fn pieces(template: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let Some(length) = closing(&rest[open..]) else {
            break;
        };
        if open > 0 {
            pieces.push(Piece::Literal(&rest[..open]));
        }
        pieces.push(Piece::Expression(&rest[open + 1..open + length]));
        rest = &rest[open + length + 1..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(rest));
    }
    pieces
}

/// Where the brace stands that closes the one at the start; where none does, the first that closes any.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, character) in text.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 1 => return Some(at),
            '}' => depth -= 1,
            _ => {}
        }
    }
    text.find('}')
}

/// A template without the names of its parameters: paths that are alike in it are identical (OpenAPI, Paths Object).
pub(in crate::lower) fn unnamed(template: &str) -> String {
    let pieces = pieces(template).into_iter();
    let pieces = pieces.map(|piece| match piece {
        Piece::Literal(text) => text,
        Piece::Expression(_) => "{}",
    });
    pieces.collect()
}

/// The names of the parameters in the path of a template, each with the last word of the literal text before it.
pub(in crate::lower) fn named(template: &str) -> Vec<(String, String)> {
    let path = divided(template).path;
    let mut named: Vec<(String, String)> = Vec::new();
    let mut before = "";
    for piece in pieces(&path) {
        match piece {
            Piece::Literal(text) => before = text,
            Piece::Expression(text) => {
                let name = Expression::of(text).name;
                if named.iter().all(|(it, _)| it != name) {
                    let word = before.trim_end_matches('/').rsplit('/').next();
                    named.push((name.to_owned(), word.unwrap_or_default().to_owned()));
                }
                before = "";
            }
        }
    }
    named
}

/// The name in an expression, and what stands before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lower) struct Expression<'e> {
    /// Of RFC 6570, section 2.2.
    pub(in crate::lower) operator: Option<char>,
    pub(in crate::lower) name: &'e str,
}

impl<'e> Expression<'e> {
    /// Takes an expression apart: `+path`, `path*`, `proxy+`, `id:[0-9]+`, `id?`, and braces inside of braces.
    pub(in crate::lower) fn of(text: &'e str) -> Self {
        let text = text.trim_matches(|it: char| it.is_whitespace() || it == '{' || it == '}');
        let operator = text.chars().next().filter(|it| "+#./;?&".contains(*it));
        let name = text.get(operator.map_or(0, char::len_utf8)..);
        let name = name.unwrap_or_default();
        let name = name.split(':').next().unwrap_or(name);
        let name = name.trim_end_matches(['*', '+', '?']).trim();
        Self { operator, name }
    }
}

/// A template, whose query is apart.
pub(in crate::lower) struct Divided<'t> {
    pub(in crate::lower) path: String,
    /// Behind the `?`.
    pub(in crate::lower) query: &'t str,
    /// The names in `{?a,b}` and `{&a,b}`.
    pub(in crate::lower) lists: Vec<&'t str>,
}

/// Divides a template at its query, which begins with a `?`, or stands in an expression of its own. Fragments are never sent.
pub(in crate::lower) fn divided(template: &str) -> Divided<'_> {
    let template = template.split('#').next().unwrap_or(template);
    let mut path = String::new();
    let mut query = None;
    let mut lists = Vec::new();
    let mut at = 0;
    for piece in pieces(template) {
        let (length, text) = match piece {
            Piece::Literal(text) => (text.len(), text),
            Piece::Expression(text) => (text.len() + 2, &template[at..at + text.len() + 2]),
        };
        match (piece, query) {
            (Piece::Expression(text), _) if text.starts_with(['?', '&']) => lists.push(&text[1..]),
            (_, Some(_)) => {}
            (Piece::Literal(text), None) => match text.split_once('?') {
                Some((before, _)) => {
                    path.push_str(before);
                    query = Some(at + before.len() + 1);
                }
                None => path.push_str(text),
            },
            (Piece::Expression(_), None) => path.push_str(text),
        }
        at += length;
    }
    let query = query.and_then(|it| template.get(it..)).unwrap_or_default();
    // A list behind a query is no part of its last pair.
    let query = query.split("{&").next().unwrap_or(query);
    Divided { path, query, lists }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_may_say_more_than_a_name() {
        for (text, operator, name) in [
            ("id", None, "id"),
            (" id ", None, "id"),
            ("+path", Some('+'), "path"),
            ("path*", None, "path"),
            ("proxy+", None, "proxy"),
            ("/rest*", Some('/'), "rest"),
            ("id:[0-9]{2}", None, "id"),
            ("path:path", None, "path"),
            ("id?", None, "id"),
            ("{id}", None, "id"),
            ("", None, ""),
            ("+", Some('+'), ""),
        ] {
            assert_eq!(
                Expression::of(text),
                Expression { operator, name },
                "{text}"
            );
        }
    }

    #[test]
    fn a_template_is_divided_at_its_query() {
        for (template, path, query, lists) in [
            ("/a/{b}", "/a/{b}", "", vec![]),
            ("/a?x=1&y={z}", "/a", "x=1&y={z}", vec![]),
            ("/a{?b,c*}", "/a", "", vec!["b,c*"]),
            ("/a?x=1{&b}", "/a", "x=1", vec!["b"]),
            ("/a/{id?}/b", "/a/{id?}/b", "", vec![]),
            ("/a/{id:[0-9]{2}}/b#c", "/a/{id:[0-9]{2}}/b", "", vec![]),
            ("/a/{b", "/a/{b", "", vec![]),
            ("/a/{b?x=1", "/a/{b", "x=1", vec![]),
        ] {
            let written = divided(template);
            assert_eq!(
                (written.path.as_str(), written.query, written.lists),
                (path, query, lists),
                "{template}"
            );
        }
    }

    #[test]
    fn braces_inside_of_braces_are_no_end() {
        assert_eq!(
            pieces("/a/{id:[0-9]{2}}/{b"),
            [
                Piece::Literal("/a/"),
                Piece::Expression("id:[0-9]{2}"),
                Piece::Literal("/{b"),
            ]
        );
    }
}
