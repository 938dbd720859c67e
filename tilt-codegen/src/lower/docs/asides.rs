//! Remarks that stand around paragraphs: `<Warning>` of MDX, `:::note` of Docusaurus, `{% hint %}` of GitBook, block quotes,
//! and images such as badges.
//!
//! The marks of the first three mean nothing here. Where a text begins with a remark, its first paragraph is what the text
//! is about.

use std::borrow::Cow;
use std::ops::Range;

/// So many elements further out the beginning of one is looked for.
const NEAR: usize = 20;

/// The text without the marks, and with the remarks that it begins with behind its first paragraph.
pub(super) fn behind_first_paragraph(text: &str) -> Cow<'_, str> {
    let begins = |mark: &&str| text.trim_start().starts_with(*mark);
    let has_marks = ["</", ":::", "{% end"].iter().any(|it| text.contains(it));
    if !has_marks && ![">", "![", "[!["].iter().any(begins) {
        return Cow::Borrowed(text);
    }
    let spread = spread(text);
    let lines: Vec<&str> = spread.split('\n').collect();
    let elements = elements(&lines);
    let mut kept: Vec<&str> = lines.clone();
    for element in &elements {
        kept[element.start] = title(lines[element.start]);
        kept[element.end] = "";
    }
    let behind = remarks(&lines, &elements);
    let rest = &kept[behind..];
    let first = rest.iter().position(|line| !is_blank(line));
    let Some(first) = first.filter(|at| behind > 0 && is_prose(rest[*at])) else {
        return match elements.is_empty() {
            true => Cow::Borrowed(text),
            false => Cow::Owned(kept.join("\n")),
        };
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

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// How many lines the remarks have that a text begins with.
fn remarks(lines: &[&str], elements: &[Range<usize>]) -> usize {
    let mut behind = 0;
    while let Some(start) = (behind..lines.len()).find(|at| !is_blank(lines[*at])) {
        // Of elements within each other, the outer one ends last.
        let element = elements.iter().find(|element| element.start == start);
        let length = lines[start..].iter().position(|line| is_blank(line));
        let end = length.map_or(lines.len(), |length| start + length);
        behind = match element {
            Some(element) => element.end + 1,
            None if lines[start].trim_start().starts_with('>') => end,
            None if lines[start..end].iter().all(|line| is_image(line)) => end,
            None => break,
        };
    }
    behind
}

/// Whether a line is nothing but images, alone or as links.
fn is_image(line: &str) -> bool {
    let mut rest = line.trim();
    while !rest.is_empty() {
        let (image, is_link) = match rest.strip_prefix('[') {
            Some(inner) if inner.starts_with("![") => (inner, true),
            _ => (rest, false),
        };
        let target = image
            .strip_prefix("![")
            .and_then(|it| it.split_once("](")?.1.split_once(')'));
        let behind = target
            .map(|(_, behind)| behind)
            .and_then(|behind| match is_link {
                true => Some(behind.strip_prefix("](")?.split_once(')')?.1),
                false => Some(behind),
            });
        let Some(behind) = behind else {
            return false;
        };
        rest = behind.trim_start();
    }
    true
}

/// Whether a line begins a paragraph, and no heading, list, table, quote or block of code.
fn is_prose(line: &str) -> bool {
    let line = line.trim_start();
    let numbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = numbered.len() < line.len() && numbered.starts_with(['.', ')']);
    let begins = ["#", ">", "|", "```", "~~~", "- ", "* ", "+ ", "---", "<"];
    !is_numbered && !begins.iter().any(|it| line.starts_with(it))
}

/// The words of its own that the first line of a remark has.
fn title(line: &str) -> &str {
    let Some(rest) = line.trim().strip_prefix(":::") else {
        return "";
    };
    let rest = rest.trim_start_matches(':').trim_start();
    let name = rest.find(|c: char| !c.is_ascii_alphanumeric());
    let title = &rest[name.unwrap_or(rest.len())..];
    let title = title.split('{').next().unwrap_or_default();
    title.trim().trim_start_matches('[').trim_end_matches(']')
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

/// The name of the mark that a line is, and whether it ends an element.
fn tag(line: &str) -> Option<(&str, bool)> {
    component(line)
        .or_else(|| container(line))
        .or_else(|| block(line))
}

/// `:::note Title` and `:::`.
fn container(line: &str) -> Option<(&str, bool)> {
    let rest = line.strip_prefix(":::")?.trim_start_matches(':');
    let is_closing = rest.trim().is_empty();
    let is_opening = rest
        .trim_start()
        .starts_with(|c: char| c.is_ascii_alphabetic());
    (is_closing || is_opening).then_some((":::", is_closing))
}

/// `{% hint style="info" %}` and `{% endhint %}`.
fn block(line: &str) -> Option<(&str, bool)> {
    let inner = line.strip_prefix("{%")?.strip_suffix("%}")?.trim();
    let name = inner.split(' ').next()?;
    Some(match name.strip_prefix("end") {
        Some(name) => (name, true),
        None => (name, false),
    })
}

/// `<Note level="1">` and `</Note>`. Components have capitals.
fn component(line: &str) -> Option<(&str, bool)> {
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
