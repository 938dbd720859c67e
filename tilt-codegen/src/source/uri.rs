//! References to URIs (RFC 3986, 5.2), of which the base may be a reference itself.

/// The URI that a reference without fragment means where a base applies; the reference, where there is none.
pub(super) fn join(base: &str, reference: &str) -> String {
    let (scheme, rest) = split_scheme(base);
    if reference.is_empty() {
        return base.to_owned();
    }
    if base.is_empty() || split_scheme(reference).0.is_some() {
        return reference.to_owned();
    }
    let scheme = scheme.map(|it| format!("{it}:")).unwrap_or_default();
    if reference.starts_with("//") {
        return scheme + reference;
    }
    let (authority, path) = match rest.strip_prefix("//") {
        Some(after) => {
            let end = after.find('/').unwrap_or(after.len());
            (&rest[..end + 2], &after[end..])
        }
        None => ("", rest),
    };
    let path = path.split('?').next().unwrap_or(path);
    let merged = match reference.starts_with('/') {
        true => reference.to_owned(),
        false => {
            let folder = path.rfind('/').map_or("", |end| &path[..=end]);
            let root = if folder.is_empty() && !authority.is_empty() {
                "/"
            } else {
                ""
            };
            format!("{root}{folder}{reference}")
        }
    };
    format!("{scheme}{authority}{}", without_dots(&merged))
}

fn split_scheme(uri: &str) -> (Option<&str>, &str) {
    let valid = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    match uri.split_once(':') {
        Some((scheme, rest))
            if scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.chars().all(valid) =>
        {
            (Some(scheme), rest)
        }
        _ => (None, uri),
    }
}

/// A path without the pieces `.` and `..` (RFC 3986, 5.2.4).
fn without_dots(path: &str) -> String {
    let (path, query) = match path.find('?') {
        Some(at) => path.split_at(at),
        None => (path, ""),
    };
    let is_rooted = path.starts_with('/');
    let mut kept: Vec<&str> = Vec::new();
    let pieces: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    for (at, piece) in pieces.iter().enumerate() {
        let is_last = at + 1 == pieces.len();
        match *piece {
            "." | ".." => {
                if *piece == ".." {
                    kept.pop();
                }
                if is_last {
                    kept.push("");
                }
            }
            piece => kept.push(piece),
        }
    }
    let root = if is_rooted { "/" } else { "" };
    format!("{root}{}{query}", kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn references_are_joined_as_the_rfc_says() {
        // Of RFC 3986, 5.4.1 and 5.4.2.
        for (reference, expected) in [
            ("g:h", "g:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("g?y", "http://a/b/c/g?y"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../../../g", "http://a/g"),
            ("/./g", "http://a/g"),
            ("g;x=1/../y", "http://a/b/c/y"),
        ] {
            assert_eq!(
                join("http://a/b/c/d;p?q", reference),
                expected,
                "{reference}"
            );
        }
        assert_eq!(join("http://a", "b"), "http://a/b");
        assert_eq!(join("", "b.json"), "b.json");
        assert_eq!(join("x/b.json", "c.json"), "x/c.json");
        assert_eq!(join("urn:a:b", "urn:c"), "urn:c");
    }
}
