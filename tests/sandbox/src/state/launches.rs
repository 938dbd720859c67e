//! Launches of the POS: links that work once, and the sessions of those who came by one.

use std::collections::VecDeque;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::sessions::{Session, Sessions};
use crate::clock::after;

/// A user to launch, and the location.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Launch {
    pub(crate) partner: Uuid,
    pub(crate) external_user_id: String,
    pub(crate) location: Uuid,
}

/// The life of a link.
const LIFETIME: Duration = Duration::from_secs(10 * 60);

/// Why a link does not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DeadLink {
    Unknown,
    Used,
    Expired,
}

#[derive(Serialize, Deserialize)]
struct Link {
    token: String,
    launch: Launch,
    expires_at: Timestamp,
    is_used: bool,
}

/// The length of a session.
const SESSION: Duration = Duration::from_secs(12 * 60 * 60);

/// The last 10,000 links, and those who came by one.
#[derive(Serialize, Deserialize)]
pub(crate) struct Launches {
    links: VecDeque<Link>,
    #[serde(skip, default = "sessions")]
    sessions: Sessions<Launch>,
}

impl Default for Launches {
    fn default() -> Self {
        Self {
            links: VecDeque::new(),
            sessions: sessions(),
        }
    }
}

/// None: a restart signs everybody out.
fn sessions() -> Sessions<Launch> {
    Sessions::lasting(SESSION)
}

impl Launches {
    const CAPACITY: usize = 10_000;

    /// Makes a link; gives its token and when it expires.
    pub(crate) fn open(&mut self, launch: Launch, now: Timestamp) -> (String, Timestamp) {
        let token = Uuid::new_v4().simple().to_string();
        let expires_at = after(now, LIFETIME);
        if self.links.len() >= Self::CAPACITY {
            self.links.pop_front();
        }
        self.links.push_back(Link {
            token: token.clone(),
            launch,
            expires_at,
            is_used: false,
        });
        (token, expires_at)
    }

    /// Uses a link up; gives the name of the session that it opens.
    pub(crate) fn enter(&mut self, token: &str, now: Timestamp) -> Result<String, DeadLink> {
        let at = self.living(token, now)?;
        let link = &mut self.links[at];
        link.is_used = true;
        Ok(self.sessions.enter(link.launch.clone(), now))
    }

    /// Whether a link works.
    pub(crate) fn look(&self, token: &str, now: Timestamp) -> Result<(), DeadLink> {
        self.living(token, now).map(|_| ())
    }

    fn living(&self, token: &str, now: Timestamp) -> Result<usize, DeadLink> {
        let at = self.links.iter().position(|link| link.token == token);
        let at = at.ok_or(DeadLink::Unknown)?;
        let link = &self.links[at];
        if link.is_used {
            return Err(DeadLink::Used);
        }
        if now >= link.expires_at {
            return Err(DeadLink::Expired);
        }
        Ok(at)
    }

    pub(crate) fn session(&self, name: &str, now: Timestamp) -> Option<&Session<Launch>> {
        self.sessions.get(name, now)
    }

    pub(crate) fn leave(&mut self, name: &str) {
        self.sessions.leave(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_works_once_and_for_ten_minutes() {
        let mut launches = Launches::default();
        let start = Timestamp::UNIX_EPOCH;
        let launch = Launch {
            partner: Uuid::nil(),
            external_user_id: "7".into(),
            location: Uuid::nil(),
        };
        let (first, expires_at) = launches.open(launch.clone(), start);
        let (second, _) = launches.open(launch.clone(), start);

        assert_eq!(launches.enter("other", start), Err(DeadLink::Unknown));
        let session = launches.enter(&first, start).expect("a session");
        let found = launches.session(&session, start).expect("the session");
        assert_eq!(found.of, launch);
        assert_eq!(launches.enter(&first, start), Err(DeadLink::Used));
        assert_eq!(launches.enter(&second, expires_at), Err(DeadLink::Expired));
        launches.leave(&session);
        assert!(launches.session(&session, start).is_none());
    }
}
