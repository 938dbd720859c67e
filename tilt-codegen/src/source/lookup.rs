//! Values by JSON pointers: as RFC 6901 says, and as authors mean where only that leads somewhere.

use super::{Node, Pointer};
use crate::place::pointer;
use serde_json::Value;

/// So many pieces of a pointer are tried as one name.
const LONGEST: usize = 32;

/// So many ways to read a pointer are tried.
const MOST: usize = 1_000;

/// The value at a pointer, or the pointer up to what is missing.
pub(super) fn strictly<'v>(value: &'v Value, pointer: &str) -> Result<&'v Value, String> {
    let mut at = value;
    let tokens = pointer::tokens(pointer).ok_or_else(|| pointer.to_owned())?;
    for (depth, token) in tokens.enumerate() {
        at = pointer::child(at, &token).ok_or_else(|| {
            let pieces: Vec<&str> = pointer.split('/').take(depth + 2).collect();
            pieces.join("/")
        })?;
    }
    Ok(at)
}

/// A value that a pointer means, and all that it takes to read it so.
#[derive(Debug, Clone)]
pub(super) struct Meant<'d> {
    pub(super) node: Node<'d>,
    /// The pointer as RFC 6901 has it, where it has a `/` in a name.
    pub(super) escaped: Option<String>,
    /// References on the way.
    pub(super) through: Vec<Node<'d>>,
}

struct Search<'s, 'd> {
    follow: &'s dyn Fn(Node<'d>) -> Option<Node<'d>>,
    tokens: &'s [String],
    left: usize,
    found: Option<Meant<'d>>,
    /// There are two readings, so none is plain.
    is_ambiguous: bool,
}

/// The one value that a pointer means where `/` may be part of a name, and a reference on the way leads on as
/// `follow` says.
pub(super) fn loosely<'d>(
    base: Node<'d>,
    text: &str,
    follow: &dyn Fn(Node<'d>) -> Option<Node<'d>>,
) -> Option<Meant<'d>> {
    let tokens: Vec<String> = pointer::tokens(text)?.map(|it| it.into_owned()).collect();
    let mut search = Search {
        follow,
        tokens: &tokens,
        left: MOST,
        found: None,
        is_ambiguous: false,
    };
    search.from(base, 0, &mut Vec::new(), &mut Vec::new());
    search.found.filter(|_| !search.is_ambiguous)
}

impl<'d> Search<'_, 'd> {
    /// It calls itself once for each name, of which a document has no more than its depth.
    fn from(
        &mut self,
        at: Node<'d>,
        next: usize,
        names: &mut Vec<String>,
        through: &mut Vec<Node<'d>>,
    ) {
        if self.left == 0 || self.is_ambiguous {
            return;
        }
        self.left -= 1;
        if next == self.tokens.len() {
            self.is_ambiguous |= self.found.is_some();
            let is_escaped = names.iter().any(|name| name.contains('/'));
            self.found = Some(Meant {
                node: at,
                escaped: is_escaped.then(|| {
                    let names = names.iter().map(|name| pointer::escape(name));
                    names.fold(String::from("#"), |text, name| text + "/" + &name)
                }),
                through: through.clone(),
            });
            return;
        }
        let most = (self.tokens.len() - next).min(LONGEST);
        let mut is_there = false;
        for length in 1..=most {
            let name = self.tokens[next..next + length].join("/");
            let child = match at.value {
                Value::Array(_) if length > 1 => None,
                _ => pointer::child(at.value, &name),
            };
            if let Some(value) = child {
                is_there = true;
                names.push(name);
                let document = at.document;
                self.from(Node { document, value }, next + length, names, through);
                names.pop();
            }
        }
        // Not as deep as references lead: each of them is taken once.
        let is_new = through.iter().all(|node| node.key() != at.key());
        if !is_there
            && is_new
            && let Some(target) = (self.follow)(at)
        {
            through.push(at);
            self.from(target, next, names, through);
            through.pop();
        }
    }
}

/// The value at a pointer of which it is known that it is one.
pub(super) fn at<'v>(value: &'v Value, pointer: &Pointer) -> Option<&'v Value> {
    strictly(value, &pointer.to_string()).ok()
}
