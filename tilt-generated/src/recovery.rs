//! The verdict on a payment or a refund whose answer was lost.
//!
//! Before such a request is sent, an intent notes what is there; afterwards, it is compared with what Tilt shows. Nothing is
//! sent again from here: where a [`Verdict`] is [`DidNotHappen`](Verdict::DidNotHappen), the caller decides.
//!
//! ```no_run
//! use std::time::Duration;
//! use tilt_generated::recovery::{PaymentIntent, Verdict};
//! use tilt_generated::types::{CreatePayment, OrderId};
//! use tilt_generated::{Client, Error};
//!
//! # async fn pay(tilt: &Client, order_id: OrderId) -> Result<(), Error> {
//! let order = tilt.orders().get(order_id.clone()).await?;
//! let intent = PaymentIntent::of(&order, 5000);
//! match tilt.payments().create(order_id.clone(), CreatePayment::new(5000)).await {
//!     Ok(payment) => println!("payment {} is {}", payment.payment_id, payment.status),
//!     Err(error) if error.may_have_been_sent() => {
//!         // However long it takes until a payment shows, as Tilt told you.
//!         let settling = Duration::from_secs(300);
//!         tokio::time::sleep(settling).await;
//!         match intent.verdict(&tilt.orders().get(order_id).await?, settling, settling) {
//!             Verdict::Happened(payment_id) => println!("it is payment {payment_id}"),
//!             Verdict::DidNotHappen => println!("it may be sent again"),
//!             undecided => println!("a person has to look: {undecided:?}"),
//!         }
//!     }
//!     Err(error) => return Err(error),
//! }
//! # Ok(())
//! # }
//! ```

use std::time::Duration;

use crate::types::{Order, OrderId, Payment, PaymentId, PaymentStatus};

/// Whether a request was carried out.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Verdict<T> {
    /// It was, and made this.
    Happened(T),
    /// It was not, as far as Tilt shows after the time that is needed for that.
    DidNotHappen,
    /// Nobody can tell yet, or ever, from what Tilt shows.
    Undecided(Undecided),
}

/// Why there is no verdict.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Undecided {
    /// The order or payment that was read is another one.
    OfSomethingElse,
    /// Nothing shows yet: read again after this time.
    TooEarly(Duration),
    /// Several payments could be the one.
    Several(Vec<PaymentId>),
    /// One of several refunds shows in no documented read: a person has to look.
    NotShown,
}

/// A payment that is about to be sent. It can be stored by its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct PaymentIntent {
    /// The order that is paid.
    pub order_id: OrderId,
    /// The amount of the payment, in cents.
    pub amount_cents: i64,
    /// The payments that the order had before.
    pub known: Vec<PaymentId>,
}

impl PaymentIntent {
    /// Notes what an order has, before a payment of so many cents is sent.
    #[must_use]
    pub fn of(order: &Order, amount_cents: i64) -> Self {
        let known = order.payments.iter().map(|it| it.payment_id.clone());
        Self {
            order_id: order.order_id.clone(),
            amount_cents,
            known: known.collect(),
        }
    }

    /// Whether the payment was made, from the order as it is so long after the last attempt. `settling` is the time after
    /// which a payment that was made shows; Tilt documents none. It is right where nobody else pays the order with the same
    /// amount meanwhile.
    #[must_use]
    pub fn verdict(
        &self,
        order: &Order,
        passed: Duration,
        settling: Duration,
    ) -> Verdict<PaymentId> {
        if order.order_id != self.order_id {
            return Verdict::Undecided(Undecided::OfSomethingElse);
        }
        let new = order.payments.iter().filter(|payment| {
            payment.amount_cents == self.amount_cents && !self.known.contains(&payment.payment_id)
        });
        let mut new: Vec<PaymentId> = new.map(|it| it.payment_id.clone()).collect();
        match (new.len(), new.pop()) {
            (1, Some(payment)) => Verdict::Happened(payment),
            (_, Some(payment)) => {
                new.push(payment);
                Verdict::Undecided(Undecided::Several(new))
            }
            (_, None) => nothing(passed, settling),
        }
    }
}

/// A refund that is about to be sent. It can be stored by its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct RefundIntent {
    /// The payment that is refunded.
    pub payment_id: PaymentId,
    /// Whether it is refunded as a whole, and was not before.
    pub is_full: bool,
}

impl RefundIntent {
    /// Notes how a payment is, before a refund of so many cents is sent.
    #[must_use]
    pub fn of(payment: &Payment, amount_cents: i64) -> Self {
        Self {
            payment_id: payment.payment_id.clone(),
            is_full: amount_cents == payment.amount_cents
                && payment.status != PaymentStatus::Refunded,
        }
    }

    /// Whether the refund was made, from the payment as it is so long after the last attempt. `settling` is the time after
    /// which a refund that was made shows; Tilt documents none. It must cover the processor's confirmation: a refund that is
    /// still pending there does not show in the payment, and a second one would be made. Refunds cannot be listed, so that of a partial one nothing
    /// can be told, and the id of a full one is not known.
    #[must_use]
    pub fn verdict(&self, payment: &Payment, passed: Duration, settling: Duration) -> Verdict<()> {
        if payment.payment_id != self.payment_id {
            return Verdict::Undecided(Undecided::OfSomethingElse);
        }
        if !self.is_full {
            return Verdict::Undecided(Undecided::NotShown);
        }
        match payment.status {
            PaymentStatus::Refunded => Verdict::Happened(()),
            _ => nothing(passed, settling),
        }
    }
}

/// Nothing shows that it was carried out.
fn nothing<T>(passed: Duration, settling: Duration) -> Verdict<T> {
    match settling.checked_sub(passed) {
        Some(left) if !left.is_zero() => Verdict::Undecided(Undecided::TooEarly(left)),
        _ => Verdict::DidNotHappen,
    }
}
