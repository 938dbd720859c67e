//! Names with `*`.

/// Whether a name is the pattern, in which `*` stands for anything.
pub(crate) fn matches(pattern: &str, name: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let Some(mut name) = name.strip_prefix(start) else {
        return false;
    };
    let mut parts: Vec<_> = rest.split('*').collect();
    let end = parts.pop().unwrap_or_default();
    for part in parts {
        match name.find(part) {
            Some(at) => name = &name[at + part.len()..],
            None => return false,
        }
    }
    name.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_anything() {
        for (pattern, name) in [
            ("stripe", "stripe"),
            ("adyen-*", "adyen-payment"),
            ("*", ""),
            ("*-3.1-*", "oai-3.1-webhook"),
            ("a*b*c", "a-b-b-c"),
        ] {
            assert!(matches(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [
            ("stripe", "stripe2"),
            ("adyen-*", "my-adyen-x"),
            ("a*a", "a"),
            ("a*b*c", "a-c-b"),
        ] {
            assert!(!matches(pattern, name), "{pattern} {name}");
        }
    }
}
