//! Test cards, and the amounts that stand for an outcome.

use serde::{Deserialize, Serialize};

use crate::state::PaymentStatus;

/// A card that a customer can present at a location's terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum TestCard {
    /// 4111 1111 1111 1111
    #[default]
    VisaApproved,
    /// 4000 0000 0000 0002: do not honor.
    VisaDeclined,
    /// 5500 0000 0000 0004
    MastercardApproved,
    /// 3714 4963 5398 431
    AmexApproved,
    /// 6011 1111 1111 1117
    DiscoverApproved,
}

impl TestCard {
    /// The digits on the card.
    pub fn number(self) -> &'static str {
        match self {
            Self::VisaApproved => "4111111111111111",
            Self::VisaDeclined => "4000000000000002",
            Self::MastercardApproved => "5500000000000004",
            Self::AmexApproved => "371449635398431",
            Self::DiscoverApproved => "6011111111111117",
        }
    }

    /// All of them.
    pub(crate) const ALL: [Self; 5] = [
        Self::VisaApproved,
        Self::VisaDeclined,
        Self::MastercardApproved,
        Self::AmexApproved,
        Self::DiscoverApproved,
    ];

    /// The card with these digits.
    pub(crate) fn of_number(digits: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|card| card.number() == digits)
    }

    /// The outcome of a payment of `amount_cents` with this card. The API takes no card, so an
    /// amount can stand for an outcome too: one that ends in 02 cents is declined, one that ends in
    /// 03 cents fails.
    pub(crate) fn outcome(self, amount_cents: i64) -> PaymentStatus {
        match (self, amount_cents % 100) {
            (Self::VisaDeclined, _) | (_, 2) => PaymentStatus::Declined,
            (_, 3) => PaymentStatus::Failed,
            _ => PaymentStatus::Approved,
        }
    }
}

/// Whether the processor rejects a refund: one that ends in 03 cents fails.
pub(crate) fn refund_fails(amount_cents: i64) -> bool {
    amount_cents % 100 == 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_card_decides_before_the_amount() {
        assert_eq!(
            TestCard::VisaDeclined.outcome(5003),
            PaymentStatus::Declined
        );
        assert_eq!(TestCard::AmexApproved.outcome(5003), PaymentStatus::Failed);
        assert_eq!(
            TestCard::AmexApproved.outcome(5002),
            PaymentStatus::Declined
        );
        assert_eq!(
            TestCard::AmexApproved.outcome(5000),
            PaymentStatus::Approved
        );
    }
}
