//! The order in which a payment's states follow each other, whatever the order in which they are told.

use crate::types::PaymentStatus;

/// Whether a status that was told replaces the one that was known. Events come late, twice, and out of order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[must_use]
pub enum Follows {
    /// It does: take it.
    Yes,
    /// It does not: it is the same, or older. Keep what is known.
    No,
    /// Neither is known to lead to the other, for one of them is new to this version, or they contradict. Read the
    /// payment, and take what is read.
    Read,
}

impl PaymentStatus {
    /// Whether this status, as an event tells it, may replace the one that is known of the payment.
    ///
    /// A late event never undoes a final state, nor anything that comes after it. States in between may have been
    /// missed: `settled` follows `pending`.
    ///
    /// ```
    /// use tilt_generated::Follows;
    /// use tilt_generated::types::PaymentStatus::{Approved, Pending, Unknown, Voided};
    ///
    /// assert_eq!(Approved.may_follow(&Pending), Follows::Yes);
    /// assert_eq!(Approved.may_follow(&Voided), Follows::No);
    /// assert_eq!(Unknown("disputed".into()).may_follow(&Approved), Follows::Read);
    /// ```
    pub fn may_follow(&self, known: &Self) -> Follows {
        if self == known || leads_to(self, known) {
            Follows::No
        } else if leads_to(known, self) {
            Follows::Yes
        } else {
            Follows::Read
        }
    }
}

/// Whether a payment of one status may come to another, by what Tilt documents of each.
fn leads_to(from: &PaymentStatus, to: &PaymentStatus) -> bool {
    use PaymentStatus::{
        Approved, Cancelled, Declined, Failed, Pending, Refunded, Settled, Voided,
    };
    matches!(
        (from, to),
        (
            Pending,
            Approved | Settled | Declined | Failed | Voided | Refunded | Cancelled
        ) | (Approved, Settled | Voided | Refunded)
            | (Settled, Refunded)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use PaymentStatus::{
        Approved, Cancelled, Declined, Failed, Pending, Refunded, Settled, Voided,
    };

    const ALL: [PaymentStatus; 8] = [
        Pending, Approved, Settled, Declined, Failed, Voided, Refunded, Cancelled,
    ];

    #[test]
    fn a_final_status_is_never_undone() {
        for known in [Declined, Failed, Voided, Refunded, Cancelled] {
            for told in &ALL {
                assert_ne!(
                    told.may_follow(&known),
                    Follows::Yes,
                    "{told} after {known}"
                );
            }
            assert_eq!(Pending.may_follow(&known), Follows::No);
        }
    }

    #[test]
    fn of_two_statuses_one_follows_at_most() {
        for one in &ALL {
            assert_eq!(one.may_follow(one), Follows::No);
            for other in ALL.iter().filter(|other| *other != one) {
                match one.may_follow(other) {
                    Follows::Yes => assert_eq!(other.may_follow(one), Follows::No),
                    Follows::No => assert_eq!(other.may_follow(one), Follows::Yes),
                    Follows::Read => assert_eq!(other.may_follow(one), Follows::Read),
                }
            }
        }
    }

    #[test]
    fn events_in_any_order_come_to_one_status() {
        let told = [Pending, Approved, Settled, Refunded];
        for first in 0..4 {
            for step in [1, 3] {
                let mut known = Pending;
                for at in 0..4 {
                    let next = &told[(first + at * step) % 4];
                    if next.may_follow(&known) == Follows::Yes {
                        known = next.clone();
                    }
                }
                assert_eq!(known, Refunded, "from {first} by {step}");
            }
        }
    }

    #[test]
    fn what_is_not_known_or_contradicts_asks_for_a_read() {
        let new = PaymentStatus::Unknown("disputed".to_owned());
        for known in &ALL {
            assert_eq!(new.may_follow(known), Follows::Read);
            assert_eq!(known.may_follow(&new), Follows::Read);
        }
        assert_eq!(new.may_follow(&new), Follows::No);
        assert_eq!(Voided.may_follow(&Settled), Follows::Read);
        assert_eq!(Approved.may_follow(&Declined), Follows::Read);
    }
}
