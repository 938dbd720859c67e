//! The header by which the proxy knows what a request is about.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// The header's name.
pub(super) const HEADER: &str = "x-faults";
/// The header of a request that is to have this method in place of its own, as gateways know it.
pub(super) const METHOD: &str = "x-http-method-override";

/// A request of a lane: the client's time, and what it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag {
    /// The worker of the client.
    pub(super) lane: usize,
    /// No two requests of a process have the same.
    pub(super) serial: u64,
    /// The time by the client's clock.
    pub(super) at: Duration,
    pub(super) subject: Subject,
    /// The number of the attempt in its call, from 1 on.
    pub(super) attempt: u32,
}

/// The call that a request is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Subject {
    /// The client's process: one more after each kill.
    pub(super) process: u32,
    pub(super) order: u32,
    pub(super) step: Step,
    /// Calls of the same step are counted.
    pub(super) call: u32,
}

/// The steps of paying an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Step {
    Create,
    Pay,
    ReadOrder,
    ReadPayment,
    Refund,
    Void,
}

impl Step {
    pub(super) const ALL: [Self; 6] = [
        Self::Create,
        Self::Pay,
        Self::ReadOrder,
        Self::ReadPayment,
        Self::Refund,
        Self::Void,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Pay => "pay",
            Self::ReadOrder => "read-order",
            Self::ReadPayment => "read-payment",
            Self::Refund => "refund",
            Self::Void => "void",
        }
    }
}

/// The question about a request that the seed answers.
impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            process,
            order,
            step,
            call,
        } = self;
        write!(f, "{process} {order} {} {call}", step.name())
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.at.as_millis();
        let Self {
            lane,
            serial,
            subject,
            attempt,
            ..
        } = self;
        write!(f, "{lane} {serial} {at} {subject} {attempt}")
    }
}

impl FromStr for Tag {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        fn next<'a, T: FromStr>(parts: &mut impl Iterator<Item = &'a str>) -> Result<T, ()> {
            parts.next().and_then(|part| part.parse().ok()).ok_or(())
        }
        let mut parts = text.split(' ');
        let (lane, serial) = (next(&mut parts)?, next(&mut parts)?);
        let at = Duration::from_millis(next(&mut parts)?);
        let (process, order) = (next(&mut parts)?, next(&mut parts)?);
        let step: String = next(&mut parts)?;
        let step = Step::ALL.into_iter().find(|it| it.name() == step);
        let subject = Subject {
            process,
            order,
            step: step.ok_or(())?,
            call: next(&mut parts)?,
        };
        let attempt = next(&mut parts)?;
        Ok(Self {
            lane,
            serial,
            at,
            subject,
            attempt,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_read_as_it_was_written() {
        for step in Step::ALL {
            let tag = Tag {
                lane: 3,
                serial: 70,
                at: Duration::from_millis(61_005),
                subject: Subject {
                    process: 2,
                    order: 999,
                    step,
                    call: 4,
                },
                attempt: 1,
            };
            assert_eq!(tag.to_string().parse(), Ok(tag));
        }
        assert!("1 2 3".parse::<Tag>().is_err());
    }
}
