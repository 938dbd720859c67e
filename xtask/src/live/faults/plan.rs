//! The faults that requests meet, by seed.

use super::dice::Dice;
use super::tag::{Step, Tag};

/// A thing that goes wrong with a request to the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fault {
    /// No connection comes about.
    ConnectionRefused,
    /// The connection is reset before anything of the request is read.
    ResetBefore,
    /// HTTP/2: a GOAWAY for streams below the request's.
    GoAway,
    /// HTTP/2: the connection is shut down by GOAWAY after this request. HTTP/1.1: closed where it idles.
    ClosedWhereIdle,
    /// The request is read, and the connection reset: it has no effect.
    ResetUnprocessed,
    /// The request takes effect, and the connection is reset before the answer.
    ResetAfter,
    /// The request takes effect, and the answer breaks off.
    ResetWithin,
    /// The request takes effect, and the connection is closed in place of an answer.
    AnswerDropped,
    /// The request has no effect, and no answer comes.
    Silence,
    /// The request takes effect, and the answer comes too late.
    LateAnswer,
    /// The request takes effect when the client has given it up.
    LateRequest,
    /// 429, with `Retry-After` in seconds.
    TooManyRequests,
    /// 429, with `Retry-After` as a date.
    TooManyRequestsUntil,
    /// 500, whether or not the request took effect.
    InternalError,
    /// 502, whether or not the request took effect.
    BadGateway,
    /// 503, whether or not the request took effect.
    Unavailable,
    /// 401, as for a token that has expired.
    Unauthorized,
    /// HTTP/2: REFUSED_STREAM.
    RefusedStream,
    /// The answer to another request of the kind.
    AnotherAnswer,
}

impl Fault {
    pub(super) const ALL: [Self; 19] = [
        Self::ConnectionRefused,
        Self::ResetBefore,
        Self::GoAway,
        Self::ClosedWhereIdle,
        Self::ResetUnprocessed,
        Self::ResetAfter,
        Self::ResetWithin,
        Self::AnswerDropped,
        Self::Silence,
        Self::LateAnswer,
        Self::LateRequest,
        Self::TooManyRequests,
        Self::TooManyRequestsUntil,
        Self::InternalError,
        Self::BadGateway,
        Self::Unavailable,
        Self::Unauthorized,
        Self::RefusedStream,
        Self::AnotherAnswer,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::ConnectionRefused => "connection refused",
            Self::ResetBefore => "reset before the request",
            Self::GoAway => "GOAWAY below the request",
            Self::ClosedWhereIdle => "connection closed where idle",
            Self::ResetUnprocessed => "reset, no effect",
            Self::ResetAfter => "reset after the effect",
            Self::ResetWithin => "answer broken off",
            Self::AnswerDropped => "answer dropped",
            Self::Silence => "silence",
            Self::LateAnswer => "answer too late",
            Self::LateRequest => "effect too late",
            Self::TooManyRequests => "429, seconds",
            Self::TooManyRequestsUntil => "429, date",
            Self::InternalError => "500",
            Self::BadGateway => "502",
            Self::Unavailable => "503",
            Self::Unauthorized => "401",
            Self::RefusedStream => "REFUSED_STREAM",
            Self::AnotherAnswer => "another's answer",
        }
    }

    /// Whether it happens where a connection is made, so that requests on one that is there meet none.
    pub(super) fn is_of_connections(self) -> bool {
        matches!(
            self,
            Self::ConnectionRefused | Self::ResetBefore | Self::GoAway
        )
    }
}

/// A thing that goes wrong at the token endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum MintFault {
    InternalError,
    Unavailable,
    TooManyRequests,
    Garbage,
    Dropped,
    Silence,
}

impl MintFault {
    pub(super) const ALL: [Self; 6] = [
        Self::InternalError,
        Self::Unavailable,
        Self::TooManyRequests,
        Self::Garbage,
        Self::Dropped,
        Self::Silence,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::InternalError => "500",
            Self::Unavailable => "503",
            Self::TooManyRequests => "429",
            Self::Garbage => "no token in the answer",
            Self::Dropped => "answer dropped",
            Self::Silence => "silence",
        }
    }
}

/// Once in so many requests, something goes wrong.
const RATE: usize = 3;
const MINT_RATE: usize = 2;

/// All that goes wrong in a round.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    dice: Dice,
    /// The requests at which the client is killed, by their number.
    kills: Vec<u64>,
    outage: Outage,
}

/// A time in which the API answers nothing but 503.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outage {
    /// The number of the first request.
    pub(super) from: u64,
    /// It ends after so many calls, whatever their attempts.
    pub(super) calls: u64,
}

impl Plan {
    pub(super) fn new(dice: Dice, orders: u32) -> Self {
        let orders = u64::from(orders);
        let kills = 1 + orders / 100;
        // Each order takes three requests and more.
        let every = (3 * orders / (kills + 1)).max(2);
        let kills = (1..=kills).map(|it| {
            let early = dice.below(every as usize / 2, &format!("kill {it}"));
            it * every - early as u64
        });
        Self {
            dice,
            kills: kills.collect(),
            outage: Outage {
                from: 1 + orders,
                calls: 100.min(orders),
            },
        }
    }

    pub(super) fn fault(&self, tag: &Tag) -> Option<Fault> {
        let question = format!("{} {}", tag.subject, tag.attempt);
        if !self.dice.once_in(RATE, &question) {
            return None;
        }
        self.dice.one_of(&Fault::ALL, &format!("which {question}"))
    }

    /// Whether an answer that says nothing of it is one to a request that took effect.
    pub(super) fn takes_effect(&self, tag: &Tag) -> bool {
        let question = format!("effect {} {}", tag.subject, tag.attempt);
        self.dice.once_in(2, &question)
    }

    pub(super) fn mint_fault(&self, number: u64) -> Option<MintFault> {
        let question = format!("mint {number}");
        if !self.dice.once_in(MINT_RATE, &question) {
            return None;
        }
        self.dice
            .one_of(&MintFault::ALL, &format!("which {question}"))
    }

    /// Whether the client is killed at the request of this number, and if, whether the request takes effect before.
    pub(super) fn kill(&self, number: u64) -> Option<bool> {
        let is_kill = self.kills.contains(&number);
        is_kill.then(|| self.dice.once_in(2, &format!("effect of kill {number}")))
    }

    pub(super) fn outage(&self) -> Outage {
        self.outage
    }
}

/// The steps that only read.
pub(super) fn reads(step: Step) -> bool {
    matches!(step, Step::ReadOrder | Step::ReadPayment)
}

#[cfg(test)]
mod tests {
    use super::super::tag::Subject;
    use super::*;
    use std::collections::BTreeMap;
    use std::time::Duration;

    fn tag(order: u32) -> Tag {
        Tag {
            lane: 0,
            serial: 0,
            at: Duration::ZERO,
            subject: Subject {
                process: 0,
                order,
                step: Step::Pay,
                call: 0,
            },
            attempt: 1,
        }
    }

    #[test]
    fn every_fault_comes_and_most_requests_meet_none() {
        let plan = Plan::new(Dice::new(1), 1000);
        let mut met: BTreeMap<Option<Fault>, u32> = BTreeMap::new();
        for order in 0..3000 {
            *met.entry(plan.fault(&tag(order))).or_default() += 1;
        }
        assert_eq!(met.len(), 1 + Fault::ALL.len());
        assert!(met.get(&None).is_some_and(|it| (1800..2200).contains(it)));
    }

    #[test]
    fn a_fault_is_of_the_seed_and_the_subject_alone() {
        let plan = Plan::new(Dice::new(7), 1000);
        let again = Plan::new(Dice::new(7), 1000);
        for order in 0..100 {
            let mut elsewhere = tag(order);
            (elsewhere.lane, elsewhere.serial) = (9, 99);
            assert_eq!(plan.fault(&tag(order)), again.fault(&elsewhere));
        }
        assert_eq!(plan.kills, again.kills);
    }
}
