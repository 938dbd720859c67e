//! HTML in Markdown, as Markdown: rustdoc would pass it on to the page as it is.

use pulldown_cmark::{Event, Parser};
use std::borrow::Cow;
use std::ops::Range;

/// The text with the tags that matter as Markdown and the others left out. Text that looks
/// like a tag and is none, such as `<your-id>`, is kept.
pub(super) fn to_markdown(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let pieces = find(text);
    if pieces.tags.is_empty() {
        return Cow::Borrowed(text);
    }
    let replacements = Replacements::choose(text, &pieces.tags);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (tag, replacement) in pieces.tags.iter().zip(replacements) {
        if tag.range.start < at {
            continue;
        }
        pieces.push_text(text, at..tag.range.start, &mut out);
        let is_new_line =
            replacement.text.starts_with('\n') && !replacement.text.starts_with("\n\n");
        let skipped = usize::from(is_new_line && out.ends_with('\n'));
        out.push_str(&replacement.text[skipped..]);
        at = replacement.skip_to.unwrap_or(tag.range.end);
    }
    pieces.push_text(text, at..text.len(), &mut out);
    Cow::Owned(out)
}

/// Where the HTML of a text is.
struct Pieces<'t> {
    tags: Vec<Tag<'t>>,
    /// Blocks, in which indentation means nothing.
    blocks: Vec<Range<usize>>,
}

struct Tag<'t> {
    range: Range<usize>,
    /// In lower case; empty for comments and declarations.
    name: String,
    is_closing: bool,
    attributes: &'t str,
}

fn find(text: &str) -> Pieces<'_> {
    let mut pieces = Pieces {
        tags: Vec::new(),
        blocks: Vec::new(),
    };
    let events = Parser::new_ext(text, super::markdown::options()).into_offset_iter();
    for (event, range) in events {
        match event {
            Event::InlineHtml(_) => pieces.tags.extend(Tag::read(text, range)),
            Event::Html(_) => {
                match pieces
                    .blocks
                    .last_mut()
                    .filter(|block| block.end == range.start)
                {
                    Some(block) => block.end = range.end,
                    None => pieces.blocks.push(range),
                }
            }
            _ => {}
        }
    }
    let inline = std::mem::take(&mut pieces.tags);
    let in_blocks = pieces
        .blocks
        .iter()
        .flat_map(|block| tags_in(text, block.clone()));
    pieces.tags = in_blocks.chain(inline).collect();
    pieces.tags.sort_by_key(|tag| tag.range.start);
    pieces
}

fn tags_in(text: &str, block: Range<usize>) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = block.start;
    while let Some(start) = text[at..block.end].find('<').map(|found| at + found) {
        let rest = &text[start..block.end];
        let length = match rest.strip_prefix("<!--") {
            Some(comment) => comment.find("-->").map(|length| length + 7),
            None => rest.find('>').map(|length| length + 1),
        };
        // A tag that is not closed here is not closed further on either.
        let Some(length) = length else {
            break;
        };
        let tag = Tag::read(text, start..start + length);
        at = tag.as_ref().map_or(start + 1, |tag| tag.range.end);
        tags.extend(tag);
    }
    tags
}

impl<'t> Tag<'t> {
    fn read(text: &'t str, range: Range<usize>) -> Option<Tag<'t>> {
        let inner = text[range.clone()].strip_prefix('<')?.strip_suffix('>')?;
        if inner.starts_with(['!', '?']) {
            return Some(Tag {
                range,
                name: String::new(),
                is_closing: false,
                attributes: "",
            });
        }
        let (is_closing, inner) = match inner.strip_prefix('/') {
            Some(inner) => (true, inner),
            None => (false, inner),
        };
        let end = inner
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(inner.len());
        let (name, attributes) = inner.split_at(end);
        if name.is_empty() || !attributes.is_empty() && !attributes.starts_with([' ', '/', '\n']) {
            return None;
        }
        Some(Tag {
            range,
            name: name.to_ascii_lowercase(),
            is_closing,
            attributes,
        })
    }

    fn attribute(&self, wanted: &str) -> Option<&'t str> {
        let mut rest = self.attributes;
        while let Some((name, after)) = rest.split_once('=') {
            let name = name
                .rsplit(|c: char| c.is_whitespace() || c == '/')
                .next()?;
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| "\"'".contains(*c));
            let (value, after) = match quote {
                Some(quote) => after[1..].split_once(quote)?,
                None => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
            };
            if name.eq_ignore_ascii_case(wanted) {
                return Some(value.trim());
            }
            rest = after;
        }
        None
    }
}

impl Pieces<'_> {
    /// Copies text; inside HTML blocks without indentation, which would make code of it.
    fn push_text(&self, text: &str, range: Range<usize>, out: &mut String) {
        let mut at = range.start;
        let first = self
            .blocks
            .partition_point(|block| block.end <= range.start);
        for block in &self.blocks[first..] {
            let (start, end) = (
                block.start.clamp(at, range.end),
                block.end.clamp(at, range.end),
            );
            out.push_str(&text[at..start]);
            for line in text[start..end].split_inclusive('\n') {
                let at_line_start = out.is_empty() || out.ends_with('\n');
                out.push_str(if at_line_start {
                    line.trim_start_matches(' ')
                } else {
                    line
                });
            }
            at = end;
            if at >= range.end {
                break;
            }
        }
        out.push_str(&text[at..range.end]);
    }
}

/// Chooses the Markdown in place of each tag.
struct Replacements<'a, 't> {
    text: &'a str,
    tags: &'a [Tag<'t>],
    /// Those of closing tags are often chosen with the opening one.
    chosen: Vec<Option<Replacement>>,
    /// The lists that are open, and whether they are ordered.
    lists: Vec<bool>,
}

#[derive(Default, Clone)]
struct Replacement {
    text: String,
    /// Where the text goes on, if what the tag encloses is replaced as well.
    skip_to: Option<usize>,
}

impl Replacement {
    fn of(text: String) -> Self {
        Self {
            text,
            skip_to: None,
        }
    }
}

/// How many tags further on the end of an element is looked for.
const NEAR: usize = 100;
/// Deeper lists are written as if they were this deep.
const LIST_DEPTH: usize = 6;

impl<'a, 't> Replacements<'a, 't> {
    fn choose(text: &'a str, tags: &'a [Tag<'t>]) -> Vec<Replacement> {
        let mut replacements = Self {
            text,
            tags,
            chosen: vec![None; tags.len()],
            lists: Vec::new(),
        };
        for index in 0..tags.len() {
            if replacements.chosen[index].is_none() {
                let chosen = replacements.replacement(index);
                replacements.chosen[index] = Some(chosen);
            }
        }
        replacements.chosen.into_iter().flatten().collect()
    }

    fn replacement(&mut self, index: usize) -> Replacement {
        let tag = &self.tags[index];
        let text = match (tag.name.as_str(), tag.is_closing) {
            ("code" | "tt" | "kbd" | "samp" | "var", false) => return self.whole(index, code_span),
            ("pre", false) => return self.whole(index, code_block),
            ("script" | "style", false) => {
                return Replacement {
                    text: String::new(),
                    skip_to: self.end(index).map(|(_, end)| end.range.end),
                };
            }
            ("b" | "strong", false) => self.emphasis(index, "**"),
            ("i" | "em", false) => self.emphasis(index, "*"),
            ("a", false) => self.link(index),
            ("img", _) => tag.attribute("alt").unwrap_or_default().to_owned(),
            ("br", _) => line_break(self.text, tag.range.start),
            ("p" | "div" | "section" | "article" | "table" | "blockquote" | "dl" | "hr", _) => {
                match self.lists.is_empty() {
                    true => "\n\n".to_owned(),
                    false => " ".to_owned(),
                }
            }
            ("ul" | "ol", false) => {
                self.lists.push(tag.name == "ol");
                paragraph_if(self.lists.len() == 1)
            }
            ("ul" | "ol", true) => {
                self.lists.pop();
                paragraph_if(self.lists.is_empty())
            }
            ("li" | "dt" | "tr", false) => list_item(&self.lists),
            ("td" | "th" | "dd", false) => " ".to_owned(),
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", false) => {
                let level = tag.name[1..].parse().unwrap_or(3);
                format!("\n\n{} ", "#".repeat(level))
            }
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", true) => "\n\n".to_owned(),
            (name, _) if name.is_empty() || SILENT.contains(&name) => String::new(),
            _ => format!("\\{}", &self.text[tag.range.clone()]),
        };
        Replacement::of(text)
    }

    /// The tag that ends an element, if it is near.
    fn end(&self, index: usize) -> Option<(usize, &'a Tag<'t>)> {
        let rest = self.tags.iter().enumerate().skip(index + 1).take(NEAR);
        let mut same = rest.filter(|(_, other)| other.name == self.tags[index].name);
        same.next().filter(|(_, other)| other.is_closing)
    }

    fn content(&self, index: usize, end: &Tag<'_>) -> &'a str {
        &self.text[self.tags[index].range.end..end.range.start]
    }

    /// An element that is replaced together with its content.
    fn whole(&self, index: usize, write: impl Fn(&str) -> String) -> Replacement {
        let Some((_, end)) = self.end(index) else {
            return Replacement::default();
        };
        Replacement {
            text: write(&plain(self.content(index, end))),
            skip_to: Some(end.range.end),
        }
    }

    fn emphasis(&mut self, index: usize, mark: &str) -> String {
        let fits = |inner: &str| !inner.is_empty() && inner.trim() == inner;
        match self.end(index) {
            Some((at, end)) if fits(self.content(index, end)) => {
                self.chosen[at] = Some(Replacement::of(mark.to_owned()));
                mark.to_owned()
            }
            _ => String::new(),
        }
    }

    fn link(&mut self, index: usize) -> String {
        let url = self.tags[index].attribute("href");
        let url = url.filter(|url| super::inline::is_linkable(url));
        match url.zip(self.end(index)) {
            Some((url, (at, end))) if !self.content(index, end).trim().is_empty() => {
                self.chosen[at] = Some(Replacement::of(format!("]({url})")));
                "[".to_owned()
            }
            _ => String::new(),
        }
    }
}

fn paragraph_if(is_outermost: bool) -> String {
    match is_outermost {
        true => "\n\n".to_owned(),
        false => String::new(),
    }
}

/// Elements whose content stays and that mean nothing in plain text.
const SILENT: &[&str] = &[
    "a",
    "abbr",
    "aside",
    "b",
    "big",
    "button",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "header",
    "i",
    "iframe",
    "ins",
    "kbd",
    "label",
    "li",
    "main",
    "mark",
    "nav",
    "nobr",
    "pre",
    "q",
    "s",
    "samp",
    "script",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "var",
    "video",
    "wbr",
];

fn list_item(lists: &[bool]) -> String {
    let outer = lists.len().saturating_sub(1).min(LIST_DEPTH);
    let indent: usize = lists
        .iter()
        .take(outer)
        .map(|ordered| if *ordered { 3 } else { 2 })
        .sum();
    let marker = if lists.last() == Some(&true) {
        "1."
    } else {
        "-"
    };
    format!("\n{}{marker} ", " ".repeat(indent))
}

/// Cells of a table are lines.
fn line_break(text: &str, at: usize) -> String {
    const FAR: usize = 500;
    let (before, after) = text.as_bytes().split_at(at);
    let is_in_line = |byte: &&u8| **byte != b'\n';
    let mut before = before.iter().rev().take(FAR).take_while(is_in_line);
    let mut after = after.iter().take(FAR).take_while(is_in_line);
    match before.any(|byte| *byte == b'|') || after.any(|byte| *byte == b'|') {
        true => " ".to_owned(),
        false => "  \n".to_owned(),
    }
}

fn code_span(code: &str) -> String {
    let code = code.split_whitespace().collect::<Vec<_>>().join(" ");
    if code.is_empty() {
        return String::new();
    }
    let mut out = String::new();
    super::inline::push_code(&mut out, &code, super::inline::Context::default());
    out.replace(super::inline::HARD_SPACE, " ")
}

pub(super) fn code_block(code: &str) -> String {
    let fence = "`".repeat(3.max(crate::code_span::longest_run(code, '`') + 1));
    format!("\n\n{fence}text\n{}\n{fence}\n\n", code.trim_matches('\n'))
}

/// The text of HTML without its tags and with the commonest characters named by entities.
fn plain(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        let after = &rest[start..];
        let is_tag = after[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        match after.find('>').filter(|_| is_tag) {
            Some(end) => rest = &after[end + 1..],
            None => {
                out.push('<');
                rest = &after[1..];
            }
        }
    }
    out.push_str(rest);
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", " "),
    ];
    for (entity, text) in entities {
        if out.contains(entity) {
            out = out.replace(entity, text);
        }
    }
    out.replace("&amp;", "&")
}
