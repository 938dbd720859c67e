//! Quotes and lists around blocks: how they nest, and what they put before each line.

use super::Writer;
use pulldown_cmark::{Event, Tag, TagEnd};

/// Quotes and lists inside each other; what is deeper is written at this depth.
const DEPTH: usize = 8;

/// For each event that starts a list: whether its items need empty lines between them, because one
/// has more in it than text and lists.
pub(super) fn loose_lists(events: &[Event<'_>]) -> Vec<bool> {
    let mut loose = vec![false; events.len()];
    let mut open: Vec<usize> = Vec::new();
    for (index, event) in events.iter().enumerate() {
        let is_block = match event {
            Event::Start(Tag::List(start)) => {
                let is_late_start = start.is_some_and(|start| start != 1) && !open.is_empty();
                open.push(index);
                is_late_start
            }
            Event::End(TagEnd::List(_)) => {
                let inner = open.pop();
                inner.is_some_and(|inner| loose[inner])
            }
            Event::Rule | Event::Html(_) => true,
            Event::Start(tag) => matches!(
                tag,
                Tag::Paragraph
                    | Tag::Heading { .. }
                    | Tag::BlockQuote(_)
                    | Tag::CodeBlock(_)
                    | Tag::HtmlBlock
                    | Tag::Table(_)
                    | Tag::FootnoteDefinition(_)
            ),
            _ => false,
        };
        if is_block && let Some(list) = open.last() {
            loose[*list] = true;
        }
    }
    loose
}

/// A quote, list or item around the current block.
pub(super) enum Container {
    Quote,
    List {
        bullet: Bullet,
        number: u64,
        is_loose: bool,
    },
    Item {
        marker: Option<String>,
        width: usize,
    },
    /// Too deep to be shown.
    Hidden,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bullet {
    Dash,
    Star,
    Dot,
    Parenthesis,
}

impl Writer {
    pub(super) fn enter(&mut self, container: Container) {
        let shown = self
            .containers
            .iter()
            .filter(|c| !matches!(c, Container::Hidden))
            .count();
        self.containers.push(if shown < 2 * DEPTH {
            container
        } else {
            Container::Hidden
        });
        self.last_list = None;
    }

    pub(super) fn leave(&mut self) -> Option<Container> {
        self.last_list = None;
        self.containers.pop()
    }

    pub(super) fn innermost_list(&self) -> Option<&Container> {
        self.containers
            .iter()
            .rev()
            .find(|c| matches!(c, Container::List { .. }))
    }

    pub(super) fn start_list(&mut self, index: usize, start: Option<u64>) {
        let in_tight_item = match (self.containers.last(), self.innermost_list()) {
            (Some(Container::Item { .. }), Some(Container::List { is_loose, .. })) => !is_loose,
            _ => false,
        };
        let last = self.last_list;
        self.flush();
        if in_tight_item {
            self.needs_blank = false;
        }
        let bullet = match (start, last) {
            (None, Some(Bullet::Dash)) => Bullet::Star,
            (None, _) => Bullet::Dash,
            (Some(_), Some(Bullet::Dot)) => Bullet::Parenthesis,
            (Some(_), _) => Bullet::Dot,
        };
        let is_loose = self.loose.get(index).copied().unwrap_or_default();
        self.enter(Container::List {
            bullet,
            number: start.unwrap_or(0),
            is_loose,
        });
    }

    pub(super) fn start_item(&mut self) {
        self.flush();
        let marker = match self.containers.last_mut() {
            Some(Container::List { bullet, number, .. }) => {
                let marker = match bullet {
                    Bullet::Dash => "- ".to_owned(),
                    Bullet::Star => "* ".to_owned(),
                    Bullet::Dot => format!("{number}. "),
                    Bullet::Parenthesis => format!("{number}) "),
                };
                *number = number.saturating_add(1).min(999_999_999);
                Some(marker)
            }
            _ => None,
        };
        match marker {
            Some(marker) => {
                let width = marker.len();
                self.enter(Container::Item {
                    marker: Some(marker),
                    width,
                });
            }
            None => self.enter(Container::Hidden),
        }
    }

    /// The signs before a line with text. A list marker stands only before the first of its item.
    pub(super) fn prefix(&mut self) -> String {
        let mut prefix = String::new();
        for container in &mut self.containers {
            match container {
                Container::Quote => prefix.push_str("> "),
                Container::Item { marker, width } => match marker.take() {
                    Some(marker) => prefix.push_str(&marker),
                    None => prefix.extend(std::iter::repeat_n(' ', *width)),
                },
                Container::List { .. } | Container::Hidden => {}
            }
        }
        prefix
    }

    /// The signs before an empty line: it is outside of items that have not begun, and of all that is in
    /// them.
    pub(super) fn empty_prefix(&self) -> String {
        let mut prefix = String::new();
        for container in &self.containers {
            match container {
                Container::Quote => prefix.push_str("> "),
                Container::Item {
                    marker: Some(_), ..
                } => break,
                Container::Item { width, .. } => {
                    prefix.extend(std::iter::repeat_n(' ', *width));
                }
                Container::List { .. } | Container::Hidden => {}
            }
        }
        prefix
    }
}

impl Container {
    pub(super) fn width(&self) -> usize {
        match self {
            Container::Quote => 2,
            Container::Item { width, .. } => *width,
            Container::List { .. } | Container::Hidden => 0,
        }
    }
}
