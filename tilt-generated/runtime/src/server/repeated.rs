//! Keys that an object of JSON has twice: of two readers, one may see the first value and one the last (RFC 8259, 4).

use crate::data::content::Content;
use crate::data::given::Misfit;
use crate::data::mark;
use crate::data::scan::scan;
use std::collections::HashSet;

/// Refuses a text that has one, with its place. It was read as JSON before.
pub(super) fn check(text: &[u8]) -> Result<(), Misfit> {
    let unreadable = || Misfit::unreadable("is not JSON");
    let text = str::from_utf8(mark::without(text)).map_err(|_| unreadable())?;
    let content = scan(text).map_err(|_| unreadable())?;
    twice(&content).map_or(Ok(()), Err)
}

/// The first key that is there twice. The tree is no deeper than JSON is read.
fn twice(content: &Content<'_>) -> Option<Misfit> {
    match content {
        Content::Array(values) => {
            let mut values = values.iter().enumerate();
            values.find_map(|(index, value)| Some(twice(value)?.within(&index.to_string())))
        }
        Content::Object(members) => {
            let mut known = HashSet::with_capacity(members.len());
            members.iter().find_map(|(key, value)| {
                let found = match known.insert(key) {
                    true => twice(value)?,
                    false => Misfit::unreadable("stands there twice"),
                };
                Some(found.within(key))
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_is_there_twice_is_found_wherever_it_is() {
        for (text, place) in [
            (r#"{"a":1,"a":2}"#, Some("/a")),
            (r#"{"a":1,"\u0061":1}"#, Some("/a")),
            (r#"[{"a":1},{"b":{"a/b":null,"a/b":0}}]"#, Some("/1/b/a~1b")),
            (r#"{"n":1e400,"a":1,"a":1}"#, Some("/a")),
            (r#"{"a":{"b":1},"b":[1.5,-1,true,"b",1e400]}"#, None),
            (r#"[{"a":1},{"a":1}]"#, None),
        ] {
            let found = check(text.as_bytes()).err();
            let found = found.map(|misfit| misfit.pointer);
            assert_eq!(found.as_deref(), place, "{text}");
        }
    }
}
