//! People who are signed in, by the names that their browsers keep.

use std::collections::VecDeque;
use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

use crate::clock::after;

/// One of them.
#[derive(Debug, Clone)]
pub(crate) struct Session<T> {
    pub(crate) of: T,
    /// Forms of this session carry it, so that no other page can send them.
    pub(crate) form_token: String,
    expires_at: Timestamp,
}

/// The last 10,000 of them.
pub(crate) struct Sessions<T> {
    sessions: VecDeque<(String, Session<T>)>,
    lifetime: Duration,
}

impl<T> Sessions<T> {
    const CAPACITY: usize = 10_000;

    /// That end after so much time of the sandbox.
    pub(crate) fn lasting(lifetime: Duration) -> Self {
        Self {
            sessions: VecDeque::new(),
            lifetime,
        }
    }

    /// Signs somebody in; gives the name for the browser.
    pub(crate) fn enter(&mut self, of: T, now: Timestamp) -> String {
        let name = Uuid::new_v4().simple().to_string();
        let session = Session {
            of,
            form_token: Uuid::new_v4().simple().to_string(),
            expires_at: after(now, self.lifetime),
        };
        if self.sessions.len() >= Self::CAPACITY {
            self.sessions.pop_front();
        }
        self.sessions.push_back((name.clone(), session));
        name
    }

    pub(crate) fn get(&self, name: &str, now: Timestamp) -> Option<&Session<T>> {
        let found = self.sessions.iter().find(|(known, _)| known == name);
        let session = found.map(|(_, session)| session);
        session.filter(|session| now < session.expires_at)
    }

    pub(crate) fn get_mut(&mut self, name: &str, now: Timestamp) -> Option<&mut Session<T>> {
        let found = self.sessions.iter_mut().find(|(known, _)| known == name);
        let session = found.map(|(_, session)| session);
        session.filter(|session| now < session.expires_at)
    }

    pub(crate) fn leave(&mut self, name: &str) {
        self.sessions.retain(|(known, _)| known != name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_by_itself_or_by_leaving() {
        let lifetime = Duration::from_secs(60);
        let mut sessions = Sessions::lasting(lifetime);
        let start = Timestamp::UNIX_EPOCH;
        let [first, second] = [(); 2].map(|()| sessions.enter((), start));
        assert!(sessions.get(&first, start).is_some());
        sessions.leave(&first);
        assert!(sessions.get(&first, start).is_none());
        assert!(sessions.get(&second, start).is_some());
        assert!(sessions.get(&second, after(start, lifetime)).is_none());
    }
}
