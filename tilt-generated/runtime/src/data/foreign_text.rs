//! Text that came from outside, as errors show it.

/// The longest text that is shown, in characters.
const LONGEST: usize = 500;

/// A text from outside in a form fit for errors and logs: one line of at most 500 characters, without what could pass
/// for something else. `None` where it repeats a secret: to strike out the secret alone would show the rest of a text in
/// which it may stand once more, in some other form.
pub(crate) fn shown(text: &str, repeats: impl Fn(&str) -> bool) -> Option<String> {
    (!repeats(text)).then(|| one_line(text))
}

/// A text on one line, cut where it is long. Characters that end lines, move the cursor or are not seen are escaped.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::new();
    let mut length = 0;
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        let start = line.len();
        match is_seen(character) {
            true => line.push(character),
            false => line.extend(character.escape_unicode()),
        }
        length += line[start..].chars().count();
        // All but the last leave room for the sign that something is missing.
        let is_last = rest.as_str().is_empty();
        if length + usize::from(!is_last) > LONGEST {
            line.truncate(start);
            line.push('…');
            break;
        }
    }
    line
}

fn is_seen(character: char) -> bool {
    let is_format = matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    );
    !character.is_control() && !is_format
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_that_breaks_lines_or_hides_is_shown_escaped() {
        assert_eq!(one_line("não: ok"), "não: ok");
        assert_eq!(
            one_line("a\r\nERROR\u{1b}[2K\u{202e}b\u{200b}\u{2028}\u{85}"),
            "a\\u{d}\\u{a}ERROR\\u{1b}[2K\\u{202e}b\\u{200b}\\u{2028}\\u{85}"
        );
    }

    #[test]
    fn a_long_text_is_cut_and_says_so() {
        assert_eq!(one_line(&"é".repeat(500)), "é".repeat(500));
        assert_eq!(one_line(&"é".repeat(501)), format!("{}…", "é".repeat(499)));
        let escaped = one_line(&format!("{}\n", "a".repeat(498)));
        assert_eq!(escaped, format!("{}…", "a".repeat(498)));
    }

    #[test]
    fn a_text_that_repeats_a_secret_is_not_shown() {
        let repeats = |text: &str| text.contains("hunter2");
        assert_eq!(shown("is hunter2", repeats), None);
        assert_eq!(shown("is\nx", repeats).as_deref(), Some("is\\u{a}x"));
    }

    proptest! {
        #[test]
        fn every_text_becomes_one_short_line(text in "(?s).{0,700}") {
            let line = one_line(&text);
            prop_assert!(line.chars().count() <= LONGEST);
            let breaks = |it: char| it.is_control() || matches!(it, '\u{2028}' | '\u{2029}');
            prop_assert!(!line.contains(breaks));
        }
    }
}
