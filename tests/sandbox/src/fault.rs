//! Faults that tests put in a client's way.

use std::time::Duration;

use http::Method;

use crate::server::TOKEN_PATH;

/// A thing that goes wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The request has no effect and is answered so instead. A body that is empty becomes an error
    /// envelope (at the token endpoint, an OAuth2 error).
    Answer {
        /// The status.
        status: u16,
        /// The headers.
        headers: Vec<(&'static str, String)>,
        /// The body.
        body: String,
    },
    /// The request is received, has no effect, and the connection closes.
    LostRequest,
    /// The request takes effect, and the connection closes before a byte of the answer.
    LostAnswer,
    /// The request takes effect, and the connection closes in the middle of the answer's body.
    TruncatedAnswer,
    /// The request takes effect, and the answer comes after so much real time.
    Delay(Duration),
}

impl Fault {
    /// An error envelope with this status.
    pub fn status(status: u16) -> Self {
        Self::Answer {
            status,
            headers: Vec::new(),
            body: String::new(),
        }
    }

    /// 429 with `Retry-After`.
    pub fn too_many_requests(retry_after: u64) -> Self {
        Self::Answer {
            status: 429,
            headers: vec![("retry-after", retry_after.to_string())],
            body: String::new(),
        }
    }
}

/// The requests that a fault meets. Without further ado it is the very next one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trigger {
    route: Option<(Method, String)>,
    /// Only requests to the API and its token endpoint, none to pages for people.
    is_of_api: bool,
    skip: usize,
    times: Option<usize>,
}

impl Trigger {
    /// The next request of any kind.
    pub fn next() -> Self {
        Self::default()
    }

    /// The next request to the API or its token endpoint.
    pub(crate) fn to_api() -> Self {
        Self {
            is_of_api: true,
            ..Self::default()
        }
    }

    /// The next request to a route, named as the documents do:
    /// `Trigger::to(Method::POST, "/pos/v1/orders/{order_id}/payments")`.
    pub fn to(method: Method, path: impl Into<String>) -> Self {
        Self {
            route: Some((method, path.into())),
            ..Self::default()
        }
    }

    /// The requests that are meant, and how many of them: for people.
    pub(crate) fn shown(&self) -> (String, usize) {
        let requests = match (&self.route, self.is_of_api) {
            (Some((method, path)), _) => format!("{method} {path}"),
            (None, true) => "any operation".to_owned(),
            (None, false) => "any request".to_owned(),
        };
        let requests = match self.skip {
            0 => requests,
            skip => format!("{requests}, after {skip} more"),
        };
        (requests, self.times.unwrap_or(1))
    }

    /// Lets so many requests through first.
    pub fn after(mut self, requests: usize) -> Self {
        self.skip = requests;
        self
    }

    /// Meets so many requests instead of one.
    pub fn times(mut self, requests: usize) -> Self {
        self.times = Some(requests);
        self
    }
}

/// The faults that are waiting for their requests.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<(Trigger, Fault)>);

impl Faults {
    pub(crate) fn add(&mut self, trigger: Trigger, fault: Fault) {
        self.0.push((trigger, fault));
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// Those that wait.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &(Trigger, Fault)> {
        self.0.iter()
    }

    /// The fault that meets a request; at most one, the others wait on.
    pub(crate) fn meet(&mut self, method: &Method, route: Option<&str>) -> Option<Fault> {
        let mut met = None;
        self.0.retain_mut(|(trigger, fault)| {
            let concerned = trigger
                .route
                .as_ref()
                .is_none_or(|(wanted, path)| wanted == method && Some(path.as_str()) == route);
            let is_api = route.is_some_and(|it| it.starts_with("/pos/") || it == TOKEN_PATH);
            let concerned = concerned && (is_api || !trigger.is_of_api);
            if !concerned || met.is_some() {
                return true;
            }
            if trigger.skip > 0 {
                trigger.skip -= 1;
                return true;
            }
            met = Some(fault.clone());
            let left = trigger.times.unwrap_or(1).saturating_sub(1);
            trigger.times = Some(left);
            left > 0
        });
        met
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trigger_waits_for_its_route_and_its_turn() {
        let mut faults = Faults::default();
        faults.add(
            Trigger::to(Method::POST, "/a").after(1).times(2),
            Fault::LostAnswer,
        );
        let mut meet = |method, route| faults.meet(&method, Some(route)).is_some();
        assert!(!meet(Method::GET, "/a"));
        assert!(!meet(Method::POST, "/b"));
        assert!(!meet(Method::POST, "/a"), "the first one is let through");
        assert!(meet(Method::POST, "/a"));
        assert!(meet(Method::POST, "/a"));
        assert!(!meet(Method::POST, "/a"), "only twice");
    }

    #[test]
    fn one_request_meets_one_fault() {
        let mut faults = Faults::default();
        faults.add(Trigger::next(), Fault::LostAnswer);
        faults.add(Trigger::next(), Fault::LostRequest);
        assert_eq!(faults.meet(&Method::GET, None), Some(Fault::LostAnswer));
        assert_eq!(faults.meet(&Method::GET, None), Some(Fault::LostRequest));
        assert_eq!(faults.meet(&Method::GET, None), None);
    }
}
