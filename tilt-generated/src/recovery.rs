//! The verdict on a payment, a void or a refund whose answer was lost.
//!
//! Before such a request is sent, an intent notes what is there; afterwards, it is compared with what Tilt shows. Nothing is
//! sent again from here: where a [`Verdict`] is [`DidNotHappen`](Verdict::DidNotHappen), the caller decides.
//!
//! With a [journal](crate::rt::journal), an intent outlives the process: its `note` goes with the call, and `of_call` gives
//! it back. `examples/reconcile.rs` does that.
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

#[cfg(feature = "client")]
use {
    crate::types::{CreatePayment, CreateRefund},
    tilt_runtime::journal::{JournalError, JournaledCall, Note},
};

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
    /// The payment has a status that this version does not know, and that may come of the request.
    UnknownStatus(PaymentStatus),
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

    /// The note that goes into a client's journal with the payment.
    #[cfg(feature = "client")]
    #[must_use]
    pub fn note(&self) -> Note {
        Note::new().known_before(&self.known)
    }

    /// The intent of a payment that a journal has, with its note.
    ///
    /// # Errors
    ///
    /// [`JournalError::Unreadable`] where the call is no such payment, or has no note of what was there before.
    #[cfg(feature = "client")]
    pub fn of_call(call: &JournaledCall) -> Result<Self, JournalError> {
        let known = before(call, "createPayment")?.iter();
        Ok(Self {
            order_id: path(call, "order_id")?.into(),
            amount_cents: call.body_as::<CreatePayment>()?.amount_cents,
            known: known.map(|id| id.as_str().into()).collect(),
        })
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

/// A void that is about to be sent. It can be stored by its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct VoidIntent {
    /// The payment that is voided.
    pub payment_id: PaymentId,
    /// Whether it could be, for all that is known: it was `pending`, or `approved` and not settled.
    pub was_open: bool,
}

impl VoidIntent {
    /// Notes how a payment is, before it is voided.
    #[must_use]
    pub fn of(payment: &Payment) -> Self {
        Self {
            payment_id: payment.payment_id.clone(),
            // Of a status that is new to this version, it is not known.
            was_open: may_be_voided(&payment.status)
                || matches!(payment.status, PaymentStatus::Unknown(_)),
        }
    }

    /// The note that goes into a client's journal with the void.
    #[cfg(feature = "client")]
    #[must_use]
    pub fn note(&self) -> Note {
        Note::new().known_before(self.was_open.then_some(OPEN))
    }

    /// The intent of a void that a journal has, with its note.
    ///
    /// # Errors
    ///
    /// [`JournalError::Unreadable`] where the call is no such void, or has no note of what was there before.
    #[cfg(feature = "client")]
    pub fn of_call(call: &JournaledCall) -> Result<Self, JournalError> {
        let known = before(call, "voidPayment")?;
        Ok(Self {
            payment_id: path(call, "payment_id")?.into(),
            was_open: known.iter().any(|it| it == OPEN),
        })
    }

    /// Whether the payment was voided, from the payment as it is so long after the last attempt. `settling` is the time after
    /// which a void shows; Tilt documents none. It is right where nobody else voids the payment meanwhile: who did it does not
    /// show.
    #[must_use]
    pub fn verdict(&self, payment: &Payment, passed: Duration, settling: Duration) -> Verdict<()> {
        if payment.payment_id != self.payment_id {
            return Verdict::Undecided(Undecided::OfSomethingElse);
        }
        match &payment.status {
            // It was so before, or it could not come to it.
            _ if !self.was_open => Verdict::DidNotHappen,
            PaymentStatus::Voided => Verdict::Happened(()),
            PaymentStatus::Unknown(_) => {
                Verdict::Undecided(Undecided::UnknownStatus(payment.status.clone()))
            }
            status if may_be_voided(status) => nothing(passed, settling),
            // From here, a payment does not become a voided one.
            _ => Verdict::DidNotHappen,
        }
    }
}

/// Whether a payment of this status can be voided.
fn may_be_voided(status: &PaymentStatus) -> bool {
    matches!(status, PaymentStatus::Pending | PaymentStatus::Approved)
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

    /// The note that goes into a client's journal with the refund.
    #[cfg(feature = "client")]
    #[must_use]
    pub fn note(&self) -> Note {
        Note::new().known_before(self.is_full.then_some(FULL))
    }

    /// The intent of a refund that a journal has, with its note.
    ///
    /// # Errors
    ///
    /// [`JournalError::Unreadable`] where the call is no such refund, or has no note of what was there before.
    #[cfg(feature = "client")]
    pub fn of_call(call: &JournaledCall) -> Result<Self, JournalError> {
        let known = before(call, "createRefund")?;
        // Read, so that a body of something else is noticed.
        call.body_as::<CreateRefund>()?;
        Ok(Self {
            payment_id: path(call, "payment_id")?.into(),
            is_full: known.iter().any(|it| it == FULL),
        })
    }

    /// Whether the refund was made, from the payment as it is so long after the last attempt. `settling` is the time after
    /// which a refund that was made shows; Tilt documents none. It must cover the processor's confirmation: a refund that is
    /// still pending there does not show in the payment, and a second one would be made. Refunds cannot be listed, so that of a
    /// partial one nothing can be told, and the id of a full one is not known. It is right where nobody else refunds the
    /// payment meanwhile.
    #[must_use]
    pub fn verdict(&self, payment: &Payment, passed: Duration, settling: Duration) -> Verdict<()> {
        if payment.payment_id != self.payment_id {
            return Verdict::Undecided(Undecided::OfSomethingElse);
        }
        if !self.is_full {
            return Verdict::Undecided(Undecided::NotShown);
        }
        match &payment.status {
            PaymentStatus::Refunded => Verdict::Happened(()),
            PaymentStatus::Unknown(_) => {
                Verdict::Undecided(Undecided::UnknownStatus(payment.status.clone()))
            }
            _ => nothing(passed, settling),
        }
    }
}

/// The note of a payment that could be voided.
#[cfg(feature = "client")]
const OPEN: &str = "open";
/// The note of a refund of all that was paid.
#[cfg(feature = "client")]
const FULL: &str = "full";

/// The note of a call of an operation.
#[cfg(feature = "client")]
fn before<'c>(call: &'c JournaledCall, operation: &str) -> Result<&'c [String], JournalError> {
    let unreadable = |problem: String| {
        let problem = format!("it is a `{}`{problem}", call.operation());
        JournalError::unreadable(call.id(), problem)
    };
    if call.operation() != operation {
        return Err(unreadable(format!(", not a `{operation}`")));
    }
    let missing = || unreadable(" without a note of what was there before".to_owned());
    call.known_before().ok_or_else(missing)
}

#[cfg(feature = "client")]
fn path<'c>(call: &'c JournaledCall, name: &str) -> Result<&'c str, JournalError> {
    let missing = || JournalError::unreadable(call.id(), format!("it has no `{name}`"));
    call.path_parameter(name).ok_or_else(missing)
}

/// Nothing shows that it was carried out.
fn nothing<T>(passed: Duration, settling: Duration) -> Verdict<T> {
    match settling.checked_sub(passed) {
        Some(left) if !left.is_zero() => Verdict::Undecided(Undecided::TooEarly(left)),
        _ => Verdict::DidNotHappen,
    }
}
