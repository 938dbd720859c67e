//! Text that a regular expression accepts.

use regex_syntax::hir::{Class, Hir, HirKind};

/// As much as a repetition may bring forth.
const MOST_REPETITIONS: u32 = 64;

/// A short one.
pub(super) fn text(regex: &str) -> Option<String> {
    generate(regex, 0)
}

/// One in which what may be there is there, and what may repeat does so often.
pub(super) fn longer_text(regex: &str, more: u32) -> Option<String> {
    generate(regex, more)
}

fn generate(regex: &str, more: u32) -> Option<String> {
    // The caller checks the meaning of `$` and `^`.
    let hir = regex_syntax::Parser::new().parse(regex).ok()?;
    let mut text = String::new();
    write(&hir, more, &mut text)?;
    Some(text)
}

fn write(hir: &Hir, more: u32, text: &mut String) -> Option<()> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Some(()),
        HirKind::Literal(literal) => {
            text.push_str(std::str::from_utf8(&literal.0).ok()?);
            Some(())
        }
        HirKind::Class(class) => {
            text.push(one_of(class)?);
            Some(())
        }
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(u32::MAX);
            let count = repetition.min.saturating_add(more).min(most);
            (count.min(MOST_REPETITIONS.max(repetition.min)) <= 10_000).then_some(())?;
            (0..count).try_for_each(|_| write(&repetition.sub, more, text))
        }
        HirKind::Capture(capture) => write(&capture.sub, more, text),
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| write(part, more, text)),
        HirKind::Alternation(branches) => write(branches.first()?, more, text),
    }
}

/// A letter or digit if there is one.
fn one_of(class: &Class) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class
            .ranges()
            .iter()
            .map(|range| (range.start(), range.end()))
            .collect(),
        Class::Bytes(class) => class
            .ranges()
            .iter()
            .map(|range| (char::from(range.start()), char::from(range.end())))
            .collect(),
    };
    let plain = ('a'..='z').chain('A'..='Z').chain('0'..='9');
    let mut plain = plain.filter(|letter| {
        ranges
            .iter()
            .any(|(from, to)| (from..=to).contains(&letter))
    });
    plain.next().or_else(|| ranges.first().map(|range| range.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_out_is_what_was_asked_for() {
        for (regex, short) in [
            ("^hmac-sha256=[0-9a-f]{4}$", "hmac-sha256=aaaa"),
            (r"^\+[1-9]\d{1,3}$", "+10"),
            ("a|b", "a"),
        ] {
            assert_eq!(text(regex).as_deref(), Some(short));
        }
        assert_eq!(longer_text("^a*b?$", 2).as_deref(), Some("aab"));
        assert_eq!(text("(?=a)"), None);
    }
}
