//! A text that matches a pattern.

use regex_syntax::Parser;
use regex_syntax::hir::{Class, Hir, HirKind};

/// A short text that a regular expression matches. `None` where the expression is of a kind that Rust does not
/// know (ECMA-262 looks around itself), or it or the text would be longer than this.
pub(super) fn shortest(pattern: &str, longest: usize) -> Option<String> {
    if pattern.len() > longest {
        return None;
    }
    let hir = Parser::new().parse(pattern).ok()?;
    let mut text = String::new();
    write(&hir, longest, &mut text)?;
    Some(text)
}

fn write(hir: &Hir, longest: usize, text: &mut String) -> Option<()> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => text.push(of_class(class)?),
        HirKind::Repetition(repetition) => {
            for _ in 0..repetition.min {
                let before = text.len();
                write(&repetition.sub, longest, text)?;
                // Nothing, a billion times over, is nothing.
                if text.len() == before {
                    break;
                }
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, longest, text)?,
        HirKind::Concat(parts) => {
            for part in parts {
                write(part, longest, text)?;
            }
        }
        HirKind::Alternation(parts) => write(parts.first()?, longest, text)?,
    }
    (text.len() <= longest).then_some(())
}

/// A letter or a digit, where there is one.
fn of_class(class: &Class) -> Option<char> {
    let Class::Unicode(class) = class else {
        return None;
    };
    let has = |c: &char| {
        class
            .ranges()
            .iter()
            .any(|range| (range.start()..=range.end()).contains(c))
    };
    let plain = ('a'..='z').chain('A'..='Z').chain('0'..='9').find(has);
    plain.or_else(|| Some(class.ranges().first()?.start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_matches() {
        for (pattern, text) in [
            ("^[A-Z]{3}$", "AAA"),
            (r"^\+[1-9][0-9]{1,14}$", "+10"),
            ("^(cus|acct)_[a-z0-9]+$", "cus_a"),
            ("x*", ""),
            ("^[^a-z]", "A"),
        ] {
            assert_eq!(shortest(pattern, 200).as_deref(), Some(text), "{pattern}");
        }
    }

    #[test]
    fn a_text_that_would_be_long_is_none() {
        assert_eq!(shortest("(a{100}){100}", 200), None);
        assert_eq!(shortest("(?=x)y", 200), None);
        assert_eq!(
            shortest("((a?){4000000000}){4000000000}", 200).as_deref(),
            Some("")
        );
        assert_eq!(shortest("((((a{1000}){1000}){1000}){1000})", 200), None);
    }
}
