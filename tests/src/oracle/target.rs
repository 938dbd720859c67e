//! Parameters in URLs and headers.

use percent_encoding::percent_decode_str;

/// The parameters' values, if a path fits a template.
pub(super) fn fit(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    let (template, path): (Vec<&str>, Vec<&str>) =
        (template.split('/').collect(), path.split('/').collect());
    if template.len() != path.len() {
        return None;
    }
    let mut values = Vec::new();
    for (wanted, found) in template.into_iter().zip(path) {
        match wanted
            .strip_prefix('{')
            .and_then(|name| name.strip_suffix('}'))
        {
            Some(name) if !found.is_empty() => values.push((name.to_owned(), decoded(found))),
            None if wanted == found => {}
            _ => return None,
        }
    }
    Some(values)
}

pub(super) fn split_target(target: &str) -> (&str, Vec<(String, String)>) {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), decoded(&value.replace('+', "%20")))
    });
    (path, pairs.collect())
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

pub(super) fn values<'v>(pairs: &'v [(String, String)], name: &str) -> Vec<&'v str> {
    let named = pairs.iter().filter(|(key, _)| key == name);
    named.map(|(_, value)| value.as_str()).collect()
}

pub(super) fn values_of_header<'v>(
    headers: &'v [(String, String)],
    name: &str,
) -> impl Iterator<Item = &'v str> {
    let named = headers
        .iter()
        .filter(move |(header, _)| header.eq_ignore_ascii_case(name));
    named.map(|(_, value)| value.as_str())
}
