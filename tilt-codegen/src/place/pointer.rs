//! JSON pointers (RFC 6901).

use serde::{Serialize, Serializer};
use serde_json::Value;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// A JSON pointer. Those that begin alike share what they begin with: thousands of values below one long
/// name cost no more than that name. It is ordered, and shown, as its text.
#[derive(Clone, Default)]
pub struct Pointer(Option<Arc<Piece>>);

struct Piece {
    before: Pointer,
    /// Escaped.
    token: Box<str>,
    /// Bytes of the whole text.
    length: usize,
    /// Pieces up to this one.
    depth: usize,
    /// Of all pieces up to this one: thousands of places differ in the middle alone.
    digest: u64,
}

impl Pointer {
    /// A member of what this leads to, or an element by its number.
    pub(crate) fn child(&self, key: &str) -> Pointer {
        self.piece(escape(key))
    }

    /// The same for a key that is escaped already.
    pub(crate) fn piece<'t>(&self, token: impl Into<Cow<'t, str>>) -> Pointer {
        let token = token.into();
        Pointer(Some(Arc::new(Piece {
            length: self.len() + 1 + token.len(),
            depth: self.depth() + 1,
            digest: self.digest_with(&token),
            token: token.into_owned().into_boxed_str(),
            before: self.clone(),
        })))
    }

    /// Whether it leads to the whole document.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Bytes of its text.
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |piece| piece.length)
    }

    /// The pointer without its last piece, and that piece, escaped; `None` for the whole document.
    pub(crate) fn split_last(&self) -> Option<(&Pointer, &str)> {
        let piece = self.0.as_ref()?;
        Some((&piece.before, &piece.token))
    }

    /// Tells shared beginnings apart, as long as one that shares them lives.
    pub(crate) fn address(&self) -> usize {
        self.0.as_ref().map_or(0, |piece| Arc::as_ptr(piece).addr())
    }

    /// From the longest, itself, to the whole document.
    pub(crate) fn beginnings(&self) -> impl Iterator<Item = &Pointer> {
        std::iter::successors(Some(self), |pointer| Some(pointer.split_last()?.0))
    }

    /// The text behind its first pieces, of which there are `depth`.
    pub(crate) fn text_behind(&self, depth: usize) -> String {
        let mut tokens: Vec<&str> = self
            .beginnings()
            .take(self.depth().saturating_sub(depth))
            .filter_map(|pointer| Some(pointer.split_last()?.1))
            .collect();
        tokens.reverse();
        tokens.iter().flat_map(|token| ["/", token]).collect()
    }

    pub(crate) fn depth(&self) -> usize {
        self.0.as_ref().map_or(0, |piece| piece.depth)
    }

    fn digest(&self) -> u64 {
        self.0.as_ref().map_or(0, |piece| piece.digest)
    }

    fn digest_with(&self, token: &str) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.digest(), token).hash(&mut hasher);
        hasher.finish()
    }

    /// How many pieces two have in one, seen without comparing texts.
    fn shared(&self, other: &Pointer) -> usize {
        let most = self.depth().min(other.depth());
        let (mine, theirs) = (self.beginnings(), other.beginnings());
        let mine = mine.skip(self.depth() - most);
        let mut pairs = mine.zip(theirs.skip(other.depth() - most));
        let same = pairs.find(|(a, b)| a.address() == b.address());
        same.map_or(0, |(a, _)| a.depth())
    }
}

/// Not by calling itself: how deep it is may come from anywhere.
impl Drop for Pointer {
    fn drop(&mut self) {
        let mut next = self.0.take();
        while let Some(mut piece) = next.and_then(Arc::into_inner) {
            next = piece.before.0.take();
        }
    }
}

impl From<&str> for Pointer {
    /// A text that does not begin with `/` is taken as if it did.
    fn from(text: &str) -> Pointer {
        if text.is_empty() {
            return Pointer::default();
        }
        let tokens = text.strip_prefix('/').unwrap_or(text).split('/');
        tokens.fold(Pointer::default(), |pointer, token| pointer.piece(token))
    }
}

impl From<String> for Pointer {
    fn from(text: String) -> Pointer {
        Pointer::from(text.as_str())
    }
}

impl Ord for Pointer {
    fn cmp(&self, other: &Pointer) -> Ordering {
        let shared = self.shared(other);
        if shared == self.depth().max(other.depth()) {
            return Ordering::Equal;
        }
        self.text_behind(shared).cmp(&other.text_behind(shared))
    }
}

impl PartialOrd for Pointer {
    fn partial_cmp(&self, other: &Pointer) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Pointer {
    fn eq(&self, other: &Pointer) -> bool {
        (self.digest(), self.depth()) == (other.digest(), other.depth())
            && self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Pointer {}

impl PartialEq<&str> for Pointer {
    fn eq(&self, other: &&str) -> bool {
        Pointer::from(*other).cmp(self) == Ordering::Equal
    }
}

impl Hash for Pointer {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.digest().hash(state);
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text_behind(0))
    }
}

impl fmt::Debug for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.to_string())
    }
}

impl Serialize for Pointer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A key as it stands in a JSON pointer: `~` is `~0`, `/` is `~1`.
pub fn escape(key: &str) -> Cow<'_, str> {
    if key.contains(['~', '/']) {
        Cow::Owned(key.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(key)
    }
}

/// The key that a piece of a JSON pointer stands for.
pub fn unescape(token: &str) -> Cow<'_, str> {
    if token.contains('~') {
        Cow::Owned(token.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(token)
    }
}

/// The unescaped pieces of a pointer; `None` if it is neither empty nor starts with a slash.
pub(crate) fn tokens(pointer: &str) -> Option<impl Iterator<Item = Cow<'_, str>>> {
    let rest = match pointer.strip_prefix('/') {
        Some(rest) => Some(rest),
        None if pointer.is_empty() => None,
        None => return None,
    };
    Some(
        rest.into_iter()
            .flat_map(|rest| rest.split('/'))
            .map(unescape),
    )
}

/// The child that a piece of a pointer names.
pub(crate) fn child<'v>(value: &'v Value, token: &str) -> Option<&'v Value> {
    match value {
        Value::Object(members) => members.get(token),
        Value::Array(elements) => elements.get(array_index(token)?),
        _ => None,
    }
}

/// An array index as RFC 6901 writes it: no sign, no leading zero.
pub(crate) fn array_index(token: &str) -> Option<usize> {
    let canonical = token == "0" || token.starts_with(|c: char| ('1'..='9').contains(&c));
    if canonical && token.bytes().all(|b| b.is_ascii_digit()) {
        token.parse().ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_are_ordered_and_equal_as_their_texts_are() {
        let base = Pointer::from("/a~1/b");
        let mut all: Vec<Pointer> = ["", "/", "/a", "/a!/b", "/a~1/b", "/a~1/b/10", "/a~1/b!"]
            .map(Pointer::from)
            .into();
        all.extend(["", "2", "10", "/", "c#"].map(|key| base.child(key)));
        for a in &all {
            for b in &all {
                let (one, other) = (a.to_string(), b.to_string());
                assert_eq!(a.cmp(b), one.cmp(&other), "{one} {other}");
                assert_eq!(a == b, one == other, "{one} {other}");
            }
        }
    }

    #[test]
    fn pointers_that_differ_anywhere_have_hashes_of_their_own() {
        let hash = |pointer: &Pointer| {
            let mut hasher = DefaultHasher::new();
            pointer.hash(&mut hasher);
            hasher.finish()
        };
        // Of one length, with the same last piece.
        let mut hashes: Vec<u64> = (100..999)
            .map(|number| hash(&Pointer::from(format!("/channels/c{number}/payload"))))
            .collect();
        let all = hashes.len();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), all);
        let [apart, shared] = [Pointer::from("/a~1/b"), Pointer::default().child("a/")];
        assert_eq!(hash(&apart), hash(&shared.child("b")));
    }

    #[test]
    fn a_pointer_of_many_pieces_needs_no_stack() {
        let text = "/a".repeat(1_000_000);
        assert_eq!(Pointer::from(text.as_str()).len(), 2_000_000);
    }

    #[test]
    fn keys_survive_escaping() {
        for key in ["", "a", "a/b", "~1", "~01", "a~b/c~", "/~0"] {
            assert_eq!(unescape(&escape(key)), key);
        }
    }

    #[test]
    fn only_canonical_array_indexes_count() {
        assert_eq!(array_index("0"), Some(0));
        assert_eq!(array_index("10"), Some(10));
        for wrong in [
            "",
            "00",
            "01",
            "-1",
            "+1",
            "1e1",
            "x",
            "99999999999999999999999",
        ] {
            assert_eq!(array_index(wrong), None, "{wrong}");
        }
    }
}
