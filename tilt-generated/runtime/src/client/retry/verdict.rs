//! Whether sending again may help, and whether it is allowed.

use crate::client::error::{AttemptEnd, TransportKind};
use crate::client::operation::Retry;
use crate::data::described::Status;
use http::StatusCode;

/// Statuses that say by themselves that the request was not carried out: the caller is not known (RFC 9110, section
/// 15.5.2), the server is not the one (15.5.20), or does not want to risk it yet (RFC 8470, section 5.2).
const REFUSALS: [StatusCode; 3] = [
    StatusCode::UNAUTHORIZED,
    StatusCode::MISDIRECTED_REQUEST,
    StatusCode::TOO_EARLY,
];

/// Statuses after which the same request may go well. 408 says that the request was not complete (RFC 9110, section
/// 15.5.9); those of 5xx say nothing of what was done.
const PASSING: [StatusCode; 6] = [
    StatusCode::REQUEST_TIMEOUT,
    StatusCode::TOO_MANY_REQUESTS,
    StatusCode::INTERNAL_SERVER_ERROR,
    StatusCode::BAD_GATEWAY,
    StatusCode::SERVICE_UNAVAILABLE,
    StatusCode::GATEWAY_TIMEOUT,
];

/// Whether a status proves that the request was not carried out: `stated` are those of which the API says so.
pub(crate) fn is_refusal(status: StatusCode, stated: &[Status]) -> bool {
    REFUSALS.contains(&status) || stated.iter().any(|it| it.includes(status))
}

/// Whether a request that ended so may be sent again, with some prospect. A 401 is not for here: it needs another
/// token.
pub(crate) fn may_help(retry: Retry, end: AttemptEnd) -> bool {
    let repeatable = retry != Retry::Once;
    match end {
        AttemptEnd::NotConnected | AttemptEnd::Refused(None) => true,
        AttemptEnd::NotSent => false,
        AttemptEnd::Refused(Some(status)) => status != StatusCode::UNAUTHORIZED,
        AttemptEnd::Lost(TransportKind::Source) => false,
        AttemptEnd::Lost(_) | AttemptEnd::Mismatch | AttemptEnd::Interrupted => repeatable,
        AttemptEnd::Answered(status) => repeatable && PASSING.contains(&status),
        AttemptEnd::CarriedOut { again } => repeatable && again,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYED: Retry = Retry::Keyed {
        header: "Idempotency-Key",
        lifetime: None,
    };

    #[test]
    fn what_may_have_arrived_is_sent_again_only_where_that_does_nothing() {
        let answered = |code| AttemptEnd::Answered(StatusCode::from_u16(code).expect("a status"));
        for end in [
            AttemptEnd::Lost(TransportKind::Timeout),
            AttemptEnd::Lost(TransportKind::Request),
            AttemptEnd::CarriedOut { again: true },
            answered(408),
            answered(429),
            answered(500),
            answered(502),
            answered(503),
            answered(504),
        ] {
            assert!(!may_help(Retry::Once, end), "{end:?}");
            assert!(may_help(Retry::Repeatable, end), "{end:?}");
            assert!(may_help(KEYED, end), "{end:?}");
        }
    }

    #[test]
    fn what_did_not_arrive_is_always_sent_again_and_what_was_decided_never() {
        let refused = |code| AttemptEnd::Refused(StatusCode::from_u16(code).ok());
        let answered = |code| AttemptEnd::Answered(StatusCode::from_u16(code).expect("a status"));
        for retry in [Retry::Once, Retry::Repeatable, KEYED] {
            for end in [
                AttemptEnd::NotConnected,
                AttemptEnd::Refused(None),
                refused(429),
            ] {
                assert!(may_help(retry, end), "{end:?}");
            }
            for end in [
                AttemptEnd::NotSent,
                AttemptEnd::CarriedOut { again: false },
                refused(401),
                answered(307),
                answered(400),
                answered(403),
                answered(404),
                answered(409),
                answered(501),
            ] {
                assert!(!may_help(retry, end), "{end:?}");
            }
        }
    }

    #[test]
    fn refusals_are_those_of_the_rfcs_and_those_that_the_api_states() {
        let is = |code, stated: &[Status]| {
            is_refusal(StatusCode::from_u16(code).expect("a status"), stated)
        };
        assert!(is(401, &[]) && is(421, &[]) && is(425, &[]));
        assert!(!is(429, &[]) && !is(503, &[]) && !is(408, &[]));
        assert!(is(429, &[Status::Code(429)]) && !is(503, &[Status::Code(429)]));
    }
}
