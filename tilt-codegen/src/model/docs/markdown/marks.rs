//! Inline elements: emphasis and links, where they can be read in one way only.

use super::Writer;
use crate::model::docs::inline;
use pulldown_cmark::LinkType;

/// An inline element that is open.
pub(super) enum Mark {
    Sign {
        sign: &'static str,
        start: usize,
    },
    Link {
        url: String,
        start: usize,
    },
    /// Its content is written, it is not.
    Nothing,
}

impl Writer {
    pub(super) fn open_sign(&mut self, sign: &'static str) {
        let before = self.inline.chars().next_back();
        let is_open = |mark: &Mark| matches!(mark, Mark::Sign { sign: open, .. } if *open == sign);
        // Signs in a row can be read in more than one way.
        let is_clear =
            before.is_none_or(|c| !"*_~\\".contains(c)) && !self.marks.iter().any(is_open);
        let mark = match is_clear {
            true => Mark::Sign {
                sign,
                start: self.inline.len(),
            },
            false => Mark::Nothing,
        };
        if is_clear {
            self.inline.push_str(sign);
        }
        self.marks.push(mark);
    }

    pub(super) fn open_link(&mut self, kind: LinkType, url: &str) {
        let url = match kind {
            LinkType::Email => format!("mailto:{url}"),
            _ => url.to_owned(),
        };
        if self.context.in_link || !inline::is_linkable(&url) {
            self.marks.push(Mark::Nothing);
            return;
        }
        self.context.in_link = true;
        self.marks.push(Mark::Link {
            url,
            start: self.inline.len(),
        });
        self.inline.push('[');
    }

    pub(super) fn close_mark(&mut self) {
        match self.marks.pop() {
            Some(Mark::Sign { sign, start }) => match self.inline[start + sign.len()..].trim() {
                "" => self.inline.truncate(start),
                _ => self.inline.push_str(sign),
            },
            Some(Mark::Link { url, start }) => {
                self.context.in_link = false;
                let text = self.inline[start + 1..].trim().to_owned();
                self.inline.truncate(start);
                let bare = url.strip_prefix("mailto:").unwrap_or(&url);
                if text.is_empty() || text == bare || text.replace('\\', "") == bare {
                    self.inline.push_str(&format!("<{url}>"));
                } else {
                    self.inline.push_str(&format!("[{text}]({url})"));
                }
            }
            Some(Mark::Nothing) | None => {}
        }
    }
}
