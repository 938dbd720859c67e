//! Where values are in YAML text.

use super::pointer_tree::PointerTree;
use super::yaml_mend::Mended;
use crate::place::pointer::array_index;
use saphyr_parser::{Event, Parser, Span};
use std::collections::HashMap;
use std::ops::Range;

/// Looks pointers up in a text that was parsed before.
pub(super) fn find(text: &str, tree: &mut PointerTree) {
    let outline = Outline::of(text);
    let mut open = Vec::new();
    if let Some(root) = outline.root {
        open.push((root, PointerTree::ROOT));
    }
    while let Some((node, wanted)) = open.pop() {
        tree.set_span(wanted, outline.nodes[node].mark.clone());
        let mut found = HashMap::new();
        outline.find_children(node, wanted, tree, &mut found, 0);
        open.extend(found.into_iter().map(|(wanted, node)| (node, wanted)));
    }
}

/// The values of a text, without their content.
#[derive(Default)]
struct Outline {
    nodes: Vec<Outlined>,
    anchors: HashMap<usize, usize>,
    root: Option<usize>,
}

struct Outlined {
    /// The range to point at: a scalar itself, an array or object by its key.
    mark: Range<usize>,
    content: Content,
}

enum Content {
    Scalar,
    Sequence(Vec<usize>),
    Mapping(Vec<(String, usize)>),
    Alias(usize),
}

/// More than the parser lets through.
const MERGE_DEPTH: usize = 1000;

impl Outline {
    /// That of a text that was read, perhaps after it was mended.
    fn of(text: &str) -> Outline {
        let (outline, is_whole) = Outline::read(text);
        let mended = if is_whole { None } else { Mended::of(text) };
        let Some(mended) = mended else {
            return outline;
        };
        let (mut outline, _) = Outline::read(&mended.text);
        for node in &mut outline.nodes {
            let mark = &node.mark;
            node.mark = mended.original(mark.start)..mended.original(mark.end);
        }
        outline
    }

    /// Also whether the parser came to the end.
    fn read(text: &str) -> (Outline, bool) {
        let mut outline = Outline::default();
        let mut offsets = Offsets::new(text);
        let mut open: Vec<usize> = Vec::new();
        let mut key: Option<(String, Range<usize>)> = None;
        let mut parser = Parser::new_from_str(text);
        while let Some(event) = parser.next_event() {
            let Ok((event, span)) = event else {
                return (outline, false);
            };
            let span = offsets.range(span);
            let parent = open.last().map(|open| &outline.nodes[*open].content);
            let expects_key = matches!(parent, Some(Content::Mapping(_))) && key.is_none();
            let (anchor, content) = match event {
                Event::Scalar(text, ..) if expects_key => {
                    key = Some((text.into_owned(), span));
                    continue;
                }
                Event::Alias(_) if expects_key => {
                    key = Some((String::new(), span));
                    continue;
                }
                Event::Scalar(_, _, anchor, _) => (anchor, Content::Scalar),
                Event::Alias(anchor) => (0, Content::Alias(anchor)),
                Event::SequenceStart(anchor, _) => (anchor, Content::Sequence(Vec::new())),
                Event::MappingStart(anchor, _) => (anchor, Content::Mapping(Vec::new())),
                Event::SequenceEnd | Event::MappingEnd => {
                    open.pop();
                    continue;
                }
                _ => continue,
            };
            let is_container = matches!(content, Content::Sequence(_) | Content::Mapping(_));
            let node = outline.nodes.len();
            let key = key.take();
            let mark = match &key {
                Some((_, key)) if !matches!(content, Content::Scalar) => key.clone(),
                _ => span,
            };
            outline.nodes.push(Outlined { mark, content });
            outline.anchors.insert(anchor, node);
            outline.attach(open.last().copied(), key, node);
            if is_container {
                open.push(node);
            }
        }
        (outline, true)
    }

    fn attach(&mut self, parent: Option<usize>, key: Option<(String, Range<usize>)>, node: usize) {
        let Some(parent) = parent else {
            self.root.get_or_insert(node);
            return;
        };
        match (&mut self.nodes[parent].content, key) {
            (Content::Sequence(elements), _) => elements.push(node),
            (Content::Mapping(members), Some((key, _))) => members.push((key, node)),
            _ => {}
        }
    }

    /// Finds the wanted children of a value. An object's own members come before merged ones, of
    /// two members with one key the last counts.
    fn find_children(
        &self,
        node: usize,
        wanted: usize,
        tree: &PointerTree,
        found: &mut HashMap<usize, usize>,
        depth: usize,
    ) {
        if tree.is_leaf(wanted) || depth > MERGE_DEPTH {
            return;
        }
        let Some(node) = self.target(node) else {
            return;
        };
        match &self.nodes[node].content {
            Content::Sequence(elements) => {
                for (key, child) in tree.children(wanted) {
                    let element = array_index(key).and_then(|index| elements.get(index));
                    found.extend(element.map(|element| (child, *element)));
                }
            }
            Content::Mapping(members) => {
                for (key, member) in members.iter().rev() {
                    if let Some(child) = tree.child(wanted, key) {
                        found.entry(child).or_insert(*member);
                    }
                }
                for (_, merge) in members.iter().filter(|(key, _)| key == "<<") {
                    for object in self.merged_objects(*merge) {
                        self.find_children(object, wanted, tree, found, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }

    fn merged_objects(&self, merge: usize) -> Vec<usize> {
        match self
            .target(merge)
            .map(|merge| (merge, &self.nodes[merge].content))
        {
            Some((_, Content::Sequence(objects))) => objects.clone(),
            Some((object, Content::Mapping(_))) => vec![object],
            _ => Vec::new(),
        }
    }

    /// The value that an alias stands for; anything else is itself.
    fn target(&self, node: usize) -> Option<usize> {
        match self.nodes[node].content {
            Content::Alias(anchor) => self.anchors.get(&anchor).copied(),
            _ => Some(node),
        }
    }
}

/// Turns the parser's counts of characters into bytes, quickly as long as they grow.
pub(super) struct Offsets<'t> {
    text: &'t str,
    is_ascii: bool,
    chars: usize,
    bytes: usize,
}

impl<'t> Offsets<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Offsets {
            text,
            is_ascii: text.is_ascii(),
            chars: 0,
            bytes: 0,
        }
    }

    pub(super) fn offset(&mut self, chars: usize) -> usize {
        if self.is_ascii {
            return chars.min(self.text.len());
        }
        if chars < self.chars {
            let back = self.text[..self.bytes].char_indices().rev();
            let found = back.take(self.chars - chars).last();
            self.bytes = found.map_or(self.bytes, |(at, _)| at);
        } else {
            let ahead = self.text[self.bytes..].char_indices();
            let found = ahead.skip(chars - self.chars).map(|(at, _)| at).next();
            self.bytes = found.map_or(self.text.len(), |at| self.bytes + at);
        }
        self.chars = chars;
        self.bytes
    }

    /// The span without the white space and line ends that the parser counts to it.
    pub(super) fn range(&mut self, span: Span) -> Range<usize> {
        let start = self.offset(span.start.index());
        let end = self.offset(span.end.index()).max(start);
        start..start + self.text[start..end].trim_end().len()
    }
}
