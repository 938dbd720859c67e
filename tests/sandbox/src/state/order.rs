//! Orders, their payments, and the refunds of those.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

/// An order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Its id.
    pub order_id: Uuid,
    /// The partner it belongs to.
    pub partner: Uuid,
    /// The location that sells.
    pub location_id: Uuid,
    /// Its total.
    pub total_cents: i64,
    /// The goods or service sold.
    pub description: Option<String>,
    /// The partner's invoice or purchase order number.
    pub external_reference: Option<String>,
    /// The customer's name.
    pub customer_name: Option<String>,
    /// All attempts to pay it, in the order of their arrival.
    pub payments: Vec<Payment>,
    /// When it was created.
    pub created_at: Timestamp,
    /// Bytes that it takes up in memory, roughly.
    pub(crate) bytes: usize,
}

/// An attempt to pay an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// Its id.
    pub payment_id: Uuid,
    /// Its state.
    pub status: PaymentStatus,
    /// Its amount.
    pub amount_cents: i64,
    /// The processor's reference, once processed.
    pub processor_reference: Option<String>,
    /// When it was initiated.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Its refunds, in the order of their arrival.
    pub refunds: Vec<Refund>,
}

/// A refund of a payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// Its id.
    pub refund_id: Uuid,
    /// Its state.
    pub status: RefundStatus,
    /// Its amount.
    pub amount_cents: i64,
    /// Why money is given back.
    pub reason: Option<String>,
    /// Why it failed.
    pub processor_message: Option<String>,
    /// When it was issued.
    pub created_at: Timestamp,
    /// Whether the payment was settled when it was issued.
    pub(crate) reverses_settled: bool,
}

/// The state of a payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PaymentStatus {
    /// Not processed yet.
    Pending,
    /// Approved, not settled.
    Approved,
    /// Settled.
    Settled,
    /// Declined by the processor.
    Declined,
    /// Could not be processed.
    Failed,
    /// Voided before settlement.
    Voided,
    /// Refunded in full.
    Refunded,
    /// Cancelled by an operator.
    Cancelled,
    /// A state that the documentation does not name, set by a test.
    Other(String),
}

/// The state of a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RefundStatus {
    /// Not processed yet.
    Pending,
    /// Confirmed by the processor.
    Approved,
    /// Rejected by the processor.
    Failed,
}

impl PaymentStatus {
    /// As the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Settled => "settled",
            Self::Declined => "declined",
            Self::Failed => "failed",
            Self::Voided => "voided",
            Self::Refunded => "refunded",
            Self::Cancelled => "cancelled",
            Self::Other(status) => status,
        }
    }

    /// Whether the customer's money is held, taken, or was given back after that.
    fn has_paid(&self) -> bool {
        matches!(self, Self::Approved | Self::Settled | Self::Refunded)
    }
}

impl fmt::Display for PaymentStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl RefundStatus {
    /// As the API writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Failed => "failed",
        }
    }
}

impl Order {
    /// `open`, or `paid` once approved payments cover the total.
    pub fn status(&self) -> &'static str {
        if self.sum(PaymentStatus::has_paid) >= self.total_cents {
            "paid"
        } else {
            "open"
        }
    }

    /// The amount that can still be paid: the total less what was paid or is being paid.
    pub fn remaining_cents(&self) -> i64 {
        let taken = self.sum(|status| status.has_paid() || *status == PaymentStatus::Pending);
        self.total_cents.saturating_sub(taken)
    }

    /// The amount that was paid.
    pub(crate) fn paid_cents(&self) -> i64 {
        self.sum(PaymentStatus::has_paid)
    }

    fn sum(&self, counts: impl Fn(&PaymentStatus) -> bool) -> i64 {
        self.payments
            .iter()
            .filter(|payment| counts(&payment.status))
            .map(|payment| payment.amount_cents)
            .fold(0, i64::saturating_add)
    }

    pub(crate) fn payment(&self, id: Uuid) -> Option<&Payment> {
        self.payments
            .iter()
            .find(|payment| payment.payment_id == id)
    }

    pub(crate) fn payment_mut(&mut self, id: Uuid) -> Option<&mut Payment> {
        self.payments
            .iter_mut()
            .find(|payment| payment.payment_id == id)
    }

    pub(crate) fn to_json(&self) -> Value {
        let mut order = json!({
            "order_id": self.order_id.to_string(),
            "location_id": self.location_id.to_string(),
            "status": self.status(),
            "total_cents": self.total_cents,
        });
        set(&mut order, "description", &self.description);
        set(&mut order, "external_reference", &self.external_reference);
        set(&mut order, "customer_name", &self.customer_name);
        order["payments"] = self.payments.iter().map(Payment::item).collect();
        order["created_at"] = self.created_at.to_string().into();
        order
    }
}

impl Payment {
    /// The amount that can still be refunded: the payment's less all refunds that did not fail.
    pub fn refundable_cents(&self) -> i64 {
        let refunded = self
            .refunds
            .iter()
            .filter(|refund| refund.status != RefundStatus::Failed)
            .map(|refund| refund.amount_cents)
            .fold(0, i64::saturating_add);
        self.amount_cents.saturating_sub(refunded)
    }

    pub(crate) fn is_refunded(&self) -> bool {
        self.refundable_cents() == 0
            && !self
                .refunds
                .iter()
                .any(|refund| refund.status == RefundStatus::Pending)
    }

    fn item(&self) -> Value {
        json!({
            "payment_id": self.payment_id.to_string(),
            "status": self.status.as_str(),
            "amount_cents": self.amount_cents,
            "method": "card",
            "created_at": self.created_at.to_string(),
        })
    }

    pub(crate) fn to_json(&self, order: Uuid) -> Value {
        let mut payment = json!({
            "payment_id": self.payment_id.to_string(),
            "order_id": order.to_string(),
            "status": self.status.as_str(),
            "amount_cents": self.amount_cents,
            "method": "card",
        });
        set(
            &mut payment,
            "processor_reference",
            &self.processor_reference,
        );
        payment["created_at"] = self.created_at.to_string().into();
        payment["updated_at"] = self.updated_at.to_string().into();
        payment
    }

    pub(crate) fn refund(&self, id: Uuid) -> Option<&Refund> {
        self.refunds.iter().find(|refund| refund.refund_id == id)
    }
}

impl Refund {
    pub(crate) fn to_json(&self, order: Uuid, payment: Uuid) -> Value {
        let mut refund = json!({
            "refund_id": self.refund_id.to_string(),
            "payment_id": payment.to_string(),
            "order_id": order.to_string(),
            "status": self.status.as_str(),
            "amount_cents": self.amount_cents,
        });
        set(&mut refund, "reason", &self.reason);
        set(&mut refund, "processor_message", &self.processor_message);
        refund["created_at"] = self.created_at.to_string().into();
        refund
    }
}

/// Absent values are left out.
fn set(object: &mut Value, name: &str, value: &Option<String>) {
    if let Some(value) = value {
        object[name] = value.as_str().into();
    }
}
