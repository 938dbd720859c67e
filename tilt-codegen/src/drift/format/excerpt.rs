//! As much of long texts as a report needs: what an item was and is may be a whole schema.

use std::borrow::Cow;

/// The most characters of one text.
const LONGEST: usize = 160;

/// The characters before the first difference that are shown with it.
const CONTEXT: usize = 40;

/// The beginning of a text, if it is long.
pub(super) fn beginning(text: &str) -> Cow<'_, str> {
    piece(text, 0, LONGEST)
}

/// The beginning of a text that has more characters than these.
pub(super) fn most(text: &str, length: usize) -> Cow<'_, str> {
    piece(text, 0, length)
}

/// Two texts, without what both begin with where one of them is long.
pub(super) fn apart<'t>(before: &'t str, after: &'t str) -> [Cow<'t, str>; 2] {
    let is_long = |text: &str| text.chars().nth(LONGEST).is_some();
    let start = match is_long(before) || is_long(after) {
        true => shared(before, after).saturating_sub(CONTEXT),
        false => 0,
    };
    [before, after].map(|text| piece(text, start, LONGEST))
}

/// The number of characters that both begin with.
fn shared(one: &str, other: &str) -> usize {
    let pairs = one.chars().zip(other.chars());
    pairs.take_while(|(left, right)| left == right).count()
}

/// A text from a character on, with marks where something is left out.
fn piece(text: &str, start: usize, length: usize) -> Cow<'_, str> {
    let offset = |index: usize| text.char_indices().nth(index).map(|(at, _)| at);
    let first = offset(start).unwrap_or(text.len());
    let last = offset(start + length);
    if first == 0 && last.is_none() {
        return Cow::Borrowed(text);
    }
    let [open, close] = [first > 0, last.is_some()].map(|it| if it { "…" } else { "" });
    let shown = &text[first..last.unwrap_or(text.len())];
    Cow::Owned(format!("{open}{shown}{close}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_are_whole() {
        assert_eq!(beginning("String"), "String");
        assert_eq!(apart("String", "Status"), ["String", "Status"]);
    }

    #[test]
    fn long_texts_are_shown_where_they_differ() {
        let common = "é".repeat(500);
        let [before, after] =
            [5, 10].map(|most| format!("{common}{{\"maxLength\":{most}}}{common}"));
        for (text, most) in apart(&before, &after).into_iter().zip(["5", "10"]) {
            assert!(text.starts_with("…é") && text.ends_with("é…"), "{text}");
            assert!(text.contains(&format!("\"maxLength\":{most}}}")), "{text}");
            assert_eq!(text.chars().count(), LONGEST + 2);
        }
    }

    #[test]
    fn a_text_that_the_other_begins_with_is_shown_by_its_end() {
        let long = "x".repeat(500);
        let [before, after] = apart("x", &long);
        assert_eq!(before, "x");
        assert_eq!(after, beginning(&long));
        let longer = format!("{long}, and more");
        let [before, after] = apart(&long, &longer);
        assert_eq!(before, format!("…{}", "x".repeat(CONTEXT)));
        assert_eq!(after, format!("{before}, and more"));
    }
}
