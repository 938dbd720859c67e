//! Inline elements: emphasis and links, where they can be read in one way only.

use super::Writer;
use crate::lower::docs::inline;
use pulldown_cmark::LinkType;

/// An inline element that is open.
pub(super) enum Mark {
    Sign {
        sign: &'static str,
        state: State,
    },
    Link {
        url: String,
        state: State,
    },
    /// Its content is written, it is not.
    Nothing,
}

/// A mark is written when there is something in it.
#[derive(Clone, Copy)]
pub(super) enum State {
    Waiting,
    /// From here on, in bytes of what is written.
    Written(usize),
    /// It could not be written clearly.
    Dropped,
}

impl Writer {
    pub(super) fn open_sign(&mut self, sign: &'static str) {
        let state = State::Waiting;
        self.marks.push(Mark::Sign { sign, state });
    }

    pub(super) fn open_link(&mut self, kind: LinkType, url: &str) {
        let url = match kind {
            LinkType::Email => format!("mailto:{url}"),
            _ => url.to_owned(),
        };
        let in_link = self
            .marks
            .iter()
            .any(|mark| matches!(mark, Mark::Link { .. }));
        let mark = match in_link || !inline::is_linkable(&url) {
            true => Mark::Nothing,
            false => Mark::Link {
                url,
                state: State::Waiting,
            },
        };
        self.marks.push(mark);
    }

    /// Writes the beginnings of the marks that something is in now.
    pub(super) fn write_marks(&mut self) {
        let mut open: Vec<&str> = Vec::new();
        for mark in &mut self.marks {
            match mark {
                Mark::Sign { sign, state } => {
                    if let State::Waiting = state {
                        let written = self.inline.settled();
                        // Signs in a row can be read in more than one way.
                        let is_clear = !written.ends_with(['*', '_', '~', '\\']);
                        *state = match is_clear && !open.contains(sign) {
                            true => State::Written(written.len()),
                            false => State::Dropped,
                        };
                        if let State::Written(_) = state {
                            written.push_str(sign);
                        }
                    }
                    if let State::Written(_) = state {
                        open.push(sign);
                    }
                }
                Mark::Link { state, .. } => {
                    if let State::Waiting = state {
                        let written = self.inline.settled();
                        *state = State::Written(written.len());
                        written.push('[');
                        self.inline.context.in_link = true;
                    }
                }
                Mark::Nothing => {}
            }
        }
    }

    pub(super) fn close_mark(&mut self) {
        match self.marks.pop() {
            Some(Mark::Sign {
                sign,
                state: State::Written(start),
            }) => {
                let written = self.inline.settled();
                // Signs mean nothing where they touch a space inside.
                let inner = written.split_off(start).split_off(sign.len());
                let text = inner.trim_matches([' ', '\n']);
                let (before, after) = match inner.split_once(text).filter(|_| !text.is_empty()) {
                    Some(around) => around,
                    None => (inner.as_str(), ""),
                };
                let sign = if text.is_empty() { "" } else { sign };
                written.push_str(&format!("{before}{sign}{text}{sign}{after}"));
            }
            Some(Mark::Link { url, state }) => {
                let text = match state {
                    State::Written(start) => {
                        let written = self.inline.settled();
                        let text = written[start + 1..].trim().to_owned();
                        written.truncate(start);
                        text
                    }
                    State::Waiting | State::Dropped => String::new(),
                };
                self.inline.context.in_link = false;
                let bare = url.strip_prefix("mailto:").unwrap_or(&url);
                let is_bare = text.is_empty() || text == bare || text.replace('\\', "") == bare;
                self.write_marks();
                self.inline.markup(&match is_bare {
                    true => format!("<{url}>"),
                    false => format!("[{text}]({url})"),
                });
            }
            Some(Mark::Sign { .. } | Mark::Nothing) | None => {}
        }
    }
}
