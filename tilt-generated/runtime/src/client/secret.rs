//! Secrets of a client, which can be replaced while it is in use.

use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock, Weak};

/// A secret that a client authenticates with: a client secret, an API key, a password, a token.
///
/// Clones are the same secret. Keep one to replace it when it is rotated: every client that was built with a clone, and
/// each of its clones, uses the new text from its next request on. Tokens that were minted with the old text are dropped at
/// once, so that the next call mints one with the new: what was replaced, perhaps because it leaked, is out of use.
///
/// ```
/// # use tilt_runtime as rt;
/// let secret = rt::Secret::from("the first");
/// # fn credentials(_: impl Into<rt::Secret>) {}
/// credentials(&secret); // of a client's builder
/// secret.replace("the second");
/// ```
#[derive(Clone)]
pub struct Secret(Arc<RwLock<Texts>>);

struct Texts {
    current: Arc<SecretString>,
    /// The number of times that it was replaced.
    version: u64,
    /// Those before, as long as requests that carry them are under way.
    before: Vec<Weak<SecretString>>,
}

impl Secret {
    /// Uses another text from the next request on.
    pub fn replace(&self, text: impl Into<SecretString>) {
        let current = Arc::new(text.into());
        let mut texts = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let before = std::mem::replace(&mut texts.current, current);
        texts.version += 1;
        texts.before.retain(|text| text.strong_count() > 0);
        texts.before.push(Arc::downgrade(&before));
    }

    /// The text, and how often it was replaced. Requests keep it until they have ended.
    pub(crate) fn current(&self) -> (Arc<SecretString>, u64) {
        let texts = self.0.read().unwrap_or_else(PoisonError::into_inner);
        (texts.current.clone(), texts.version)
    }

    /// Whether this holds for the text, or for one before it that a request still carries.
    pub(crate) fn any(&self, mut holds: impl FnMut(&str) -> bool) -> bool {
        let texts = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut before = texts.before.iter().filter_map(Weak::upgrade);
        holds(texts.current.expose_secret()) || before.any(|text| holds(text.expose_secret()))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret([REDACTED])")
    }
}

impl From<SecretString> for Secret {
    fn from(text: SecretString) -> Self {
        Self(Arc::new(RwLock::new(Texts {
            current: Arc::new(text),
            version: 0,
            before: Vec::new(),
        })))
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        SecretString::from(text).into()
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        SecretString::from(text).into()
    }
}

impl From<&Self> for Secret {
    fn from(secret: &Self) -> Self {
        secret.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_before_counts_as_long_as_a_request_carries_it() {
        let secret = Secret::from("first");
        let (carried, version) = secret.clone().current();
        secret.replace("second");
        assert!(secret.any(|text| text == "first") && secret.any(|text| text == "second"));
        assert_eq!(secret.current().1, version + 1);
        drop(carried);
        assert!(!secret.any(|text| text == "first"));
    }

    #[test]
    fn a_secret_does_not_show() {
        assert_eq!(
            format!("{:?}", Secret::from("hunter2")),
            "Secret([REDACTED])"
        );
    }
}
