//! The orders that are to be paid, by their numbers.

/// An order that is to be created, paid once, and perhaps refunded or voided once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Intended {
    number: u32,
    /// Three times the payment: a payment too many finds room.
    pub(super) total_cents: i64,
    /// No two orders have the same.
    pub(super) amount_cents: i64,
    /// With a page where the customer pays.
    pub(super) is_hosted: bool,
    /// For some, when they are paid.
    pub(super) afterwards: Option<Afterwards>,
}

/// A reversal of the payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Afterwards {
    Refund(IntendedRefund),
    Void,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct IntendedRefund {
    pub(super) amount_cents: i64,
    pub(super) is_full: bool,
}

impl Intended {
    pub(super) fn of(number: u32) -> Self {
        let amount_cents = 1000 + i64::from(number);
        let refund = |amount_cents, is_full| {
            Afterwards::Refund(IntendedRefund {
                amount_cents,
                is_full,
            })
        };
        let afterwards = match number % 10 {
            4 => Some(refund(amount_cents, true)),
            6 => Some(Afterwards::Void),
            8 => Some(refund(100, false)),
            _ => None,
        };
        Self {
            number,
            total_cents: 3 * amount_cents,
            amount_cents,
            is_hosted: number.is_multiple_of(8),
            afterwards,
        }
    }

    /// The refund that follows the payment, if one does.
    pub(super) fn refund(self) -> Option<IntendedRefund> {
        match self.afterwards {
            Some(Afterwards::Refund(refund)) => Some(refund),
            _ => None,
        }
    }

    /// The client's own name for the order, which Tilt keeps.
    pub(super) fn reference(self) -> String {
        format!("order-{}", self.number)
    }

    /// The number in a reference.
    pub(super) fn number_of(reference: &str) -> Option<u32> {
        reference.strip_prefix("order-")?.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_known_by_its_reference() {
        let reference = Intended::of(17).reference();
        assert_eq!(Intended::number_of(&reference), Some(17));
        assert_eq!(Intended::number_of("17"), None);
    }
}
