//! Elements of MDX that stand around paragraphs: `<Warning>`, `<Note>`.
//!
//! Their tags mean nothing here, and what they contain is a remark: where a text begins with it, its first
//! paragraph is what the text is about.

use std::borrow::Cow;
use std::ops::Range;

/// So many elements further out the beginning of one is looked for.
const NEAR: usize = 20;

/// The text without the tags, and with the elements that it begins with behind its first paragraph.
pub(super) fn behind_first_paragraph(text: &str) -> Cow<'_, str> {
    if !text.contains("</") {
        return Cow::Borrowed(text);
    }
    let spread = spread(text);
    let lines: Vec<&str> = spread.split('\n').collect();
    let elements = elements(&lines);
    if elements.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut kept: Vec<&str> = lines.clone();
    for element in &elements {
        kept[element.start] = "";
        kept[element.end] = "";
    }
    let is_blank = |line: &str| line.trim().is_empty();
    // Of elements within each other, the outer one ends last.
    let mut behind = 0;
    while let Some(start) = (behind..lines.len()).find(|at| !is_blank(lines[*at])) {
        let Some(element) = elements.iter().find(|element| element.start == start) else {
            break;
        };
        behind = element.end + 1;
    }
    let rest = &kept[behind..];
    let Some(first) = rest.iter().position(|line| !is_blank(line)) else {
        return Cow::Owned(kept.join("\n"));
    };
    let length = rest[first..].iter().position(|line| is_blank(line));
    let end = behind + first + length.unwrap_or(rest.len() - first);
    let mut moved: Vec<&str> = kept[behind + first..end].to_vec();
    moved.push("");
    moved.extend(&kept[..behind]);
    moved.push("");
    moved.extend(&kept[end..]);
    Cow::Owned(moved.join("\n"))
}

/// The text with the elements that it begins with on lines of their own, where they share one with their
/// contents or with what follows.
fn spread(text: &str) -> String {
    let mut before = String::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let Some((opening, inner, closing, behind)) = element(rest) else {
            return before + rest;
        };
        for line in [opening, inner.trim(), closing, ""] {
            before.push_str(line);
            before.push('\n');
        }
        rest = behind;
    }
}

/// The opening tag, the contents, the closing tag and what follows of an element that a text begins with, if the
/// element is prose that ends on the line on which it begins.
fn element(text: &str) -> Option<(&str, &str, &str, &str)> {
    let line = text.lines().next()?;
    let mut is_quoted = false;
    let end = line.find(|c: char| {
        is_quoted ^= c == '"';
        c == '>' && !is_quoted
    })?;
    let opening = &line[..=end];
    let (name, false) = tag(opening)? else {
        return None;
    };
    let closing = format!("</{name}>");
    let length = line[end + 1..].find(&closing)?;
    let (inner, rest) = text[end + 1..].split_at(length);
    let (closing, behind) = rest.split_at(closing.len());
    let is_prose = !inner.trim().is_empty() && !inner.trim_start().starts_with('<');
    is_prose.then_some((opening, inner, closing, behind))
}

/// The first and the last line of each element, whose tags stand alone there.
fn elements(lines: &[&str]) -> Vec<Range<usize>> {
    let mut elements = Vec::new();
    let mut open: Vec<(usize, &str)> = Vec::new();
    let mut fence: Option<&str> = None;
    for (at, line) in lines.iter().enumerate() {
        let line = line.trim();
        match fence {
            Some(mark) => {
                fence = fence.filter(|_| !line.starts_with(mark));
                continue;
            }
            None => fence = ["```", "~~~"].into_iter().find(|it| line.starts_with(it)),
        }
        match tag(line) {
            Some((name, false)) => open.push((at, name)),
            Some((name, true)) => {
                let near = open.len().saturating_sub(NEAR);
                let begins = open[near..].iter().rposition(|(_, other)| *other == name);
                if let Some(index) = begins.map(|index| near + index) {
                    elements.push(open[index].0..at);
                    open.truncate(index);
                }
            }
            None => {}
        }
    }
    // XML has elements right within others, and is no prose.
    let is_xml = |element: &Range<usize>| {
        let mut inner = lines[element.start + 1..element.end].iter();
        let first = inner.find(|line| !line.trim().is_empty());
        first.is_some_and(|line| line.trim().starts_with('<'))
    };
    elements.retain(|element| !is_xml(element));
    elements
}

/// The name of the tag that a line is, and whether it ends an element. Components have capitals.
fn tag(line: &str) -> Option<(&str, bool)> {
    let inner = line.strip_prefix('<')?.strip_suffix('>')?;
    let (inner, is_closing) = match inner.strip_prefix('/') {
        Some(inner) => (inner, true),
        None => (inner, false),
    };
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric());
    let (name, attributes) = inner.split_at(end.unwrap_or(inner.len()));
    let is_tag = name.starts_with(|c: char| c.is_ascii_uppercase())
        && (attributes.is_empty() || attributes.starts_with(' '))
        && !attributes.ends_with('/')
        && !attributes
            .split('"')
            .step_by(2)
            .any(|it| it.contains(['<', '>']));
    is_tag.then_some((name, is_closing))
}
