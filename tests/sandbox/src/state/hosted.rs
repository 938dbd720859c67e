//! Hosted payment forms: what a link leads to, and for how long.

use std::collections::VecDeque;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;
use uuid::Uuid;

use crate::clock::after;

/// A payment form that an order was created with.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct HostedForm {
    pub(crate) order: Uuid,
    /// The customer comes here once the order is paid.
    pub(crate) return_url: Url,
    /// The customer comes here who does not want to pay.
    pub(crate) cancel_url: Url,
    pub(crate) expires_at: Timestamp,
    /// A payment was made by it, whatever became of that later.
    #[serde(default)]
    pub(crate) is_used: bool,
}

/// The life of a link to a form.
const LIFETIME: Duration = Duration::from_secs(5 * 60);

/// The last 10,000 forms by their tokens.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct HostedForms(VecDeque<(String, HostedForm)>);

impl HostedForms {
    const CAPACITY: usize = 10_000;

    /// Opens a form for an order; gives the token of its link and when that expires.
    pub(crate) fn open(
        &mut self,
        order: Uuid,
        return_url: Url,
        cancel_url: Url,
        now: Timestamp,
    ) -> (String, Timestamp) {
        let token = Uuid::new_v4().simple().to_string();
        let expires_at = after(now, LIFETIME);
        if self.0.len() >= Self::CAPACITY {
            self.0.pop_front();
        }
        let form = HostedForm {
            order,
            return_url,
            cancel_url,
            expires_at,
            is_used: false,
        };
        self.0.push_back((token.clone(), form));
        (token, expires_at)
    }

    pub(crate) fn get(&self, token: &str) -> Option<&HostedForm> {
        let found = self.0.iter().find(|(known, _)| known == token);
        found.map(|(_, form)| form)
    }

    /// Closes a form by which a payment was made.
    pub(crate) fn use_up(&mut self, token: &str) {
        let found = self.0.iter_mut().find(|(known, _)| known == token);
        if let Some((_, form)) = found {
            form.is_used = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_forms_make_room() {
        let url = || Url::parse("https://shop.example/").expect("a URL");
        let mut forms = HostedForms::default();
        let mut open = || {
            let now = Timestamp::UNIX_EPOCH;
            forms.open(Uuid::nil(), url(), url(), now).0
        };
        let first = open();
        let second = open();
        for _ in 2..=HostedForms::CAPACITY {
            open();
        }
        assert!(forms.get(&first).is_none());
        assert!(forms.get(&second).is_some());
    }
}
