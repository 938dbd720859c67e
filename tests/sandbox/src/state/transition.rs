//! How orders, payments and refunds change state.

use std::fmt;

use jiff::Timestamp;
use uuid::Uuid;

use super::{Order, Payment, PaymentStatus, Refund, RefundStatus, State};
use crate::card::{TestCard, refund_fails};
use crate::clock::{after, next_midnight};
use crate::schedule::Task;

/// Bytes that a payment or refund takes up in memory, roughly.
const RECORD_BYTES: usize = 1024;

/// Why something cannot be done to an order or payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    NoSuchOrder,
    NoSuchPayment,
    /// The order is paid.
    OrderPaid,
    /// The location has no `payments`.
    LocationTakesNoPayments,
    /// More than what remains.
    AmountTooHigh {
        remaining_cents: i64,
    },
    /// The payment's state does not allow it.
    State(PaymentStatus),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchOrder => f.write_str("no such order"),
            Self::NoSuchPayment => f.write_str("no such payment"),
            Self::OrderPaid => f.write_str("the order is paid"),
            Self::LocationTakesNoPayments => f.write_str("the location takes no payments"),
            Self::AmountTooHigh { remaining_cents } => {
                write!(
                    f,
                    "amount_cents is more than the {remaining_cents} that remain"
                )
            }
            Self::State(status) => write!(f, "the payment is {status}"),
        }
    }
}

impl State {
    /// Begins a payment by the card that the location's customers present: the processor takes its time.
    pub(crate) fn create_payment(
        &mut self,
        order_id: Uuid,
        amount_cents: i64,
        now: Timestamp,
    ) -> Result<Payment, Refusal> {
        let payment = self.begin_payment(order_id, amount_cents, now)?;
        self.schedule.add(
            after(now, self.processing_delay),
            Task::ProcessPayment {
                order: order_id,
                payment: payment.payment_id,
            },
        );
        Ok(payment)
    }

    /// Pays what remains of an order by a card that a person gave: the processor answers while that person waits.
    pub(crate) fn pay_by(
        &mut self,
        order_id: Uuid,
        card: TestCard,
        now: Timestamp,
    ) -> Result<PaymentStatus, Refusal> {
        let order = self.orders.get(order_id).ok_or(Refusal::NoSuchOrder)?;
        let payment = self.begin_payment(order_id, order.remaining_cents(), now)?;
        self.process_payment(order_id, payment.payment_id, card, now);
        let order = self.orders.get(order_id).ok_or(Refusal::NoSuchOrder)?;
        let paid = order.payment(payment.payment_id);
        Ok(paid.ok_or(Refusal::NoSuchPayment)?.status.clone())
    }

    fn begin_payment(
        &mut self,
        order_id: Uuid,
        amount_cents: i64,
        now: Timestamp,
    ) -> Result<Payment, Refusal> {
        let order = self.orders.get(order_id).ok_or(Refusal::NoSuchOrder)?;
        self.check_payable(order, amount_cents)?;
        let payment = Payment {
            payment_id: Uuid::new_v4(),
            status: PaymentStatus::Pending,
            amount_cents,
            processor_reference: None,
            created_at: now,
            updated_at: now,
            refunds: Vec::new(),
        };
        self.change_order(order_id, |order| order.payments.push(payment.clone()))?;
        self.grow(order_id);
        Ok(payment)
    }

    fn check_payable(&self, order: &Order, amount_cents: i64) -> Result<(), Refusal> {
        let location = self.location(order.partner, order.location_id);
        if !location.is_some_and(super::Location::takes_payments) {
            return Err(Refusal::LocationTakesNoPayments);
        }
        if order.status() == "paid" {
            return Err(Refusal::OrderPaid);
        }
        let remaining_cents = order.remaining_cents();
        if amount_cents > remaining_cents || amount_cents < 1 {
            return Err(Refusal::AmountTooHigh { remaining_cents });
        }
        Ok(())
    }

    /// Voids a payment that is pending, or approved and not settled.
    pub(crate) fn void_payment(
        &mut self,
        order: Uuid,
        payment: Uuid,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        self.change_payment(order, payment, now, |payment| match payment.status {
            PaymentStatus::Pending | PaymentStatus::Approved if payment.refunds.is_empty() => {
                payment.status = PaymentStatus::Voided;
                Ok(())
            }
            _ => Err(Refusal::State(payment.status.clone())),
        })?;
        self.emit("payment.voided", order, payment, now);
        Ok(())
    }

    /// Ends a pending payment before it is processed, as an operator or a time limit does.
    pub(crate) fn abandon_payment(
        &mut self,
        order: Uuid,
        payment: Uuid,
        status: PaymentStatus,
        event: &str,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        self.change_payment(order, payment, now, |payment| match payment.status {
            PaymentStatus::Pending => {
                payment.status = status;
                Ok(())
            }
            _ => Err(Refusal::State(payment.status.clone())),
        })?;
        self.emit(event, order, payment, now);
        Ok(())
    }

    pub(crate) fn create_refund(
        &mut self,
        order: Uuid,
        payment: Uuid,
        amount_cents: i64,
        reason: Option<String>,
        now: Timestamp,
    ) -> Result<Refund, Refusal> {
        let refund_id = Uuid::new_v4();
        let refund = self.change_payment(order, payment, now, |payment| {
            let reverses_settled = match payment.status {
                PaymentStatus::Approved => false,
                PaymentStatus::Settled => true,
                _ => return Err(Refusal::State(payment.status.clone())),
            };
            let remaining_cents = payment.refundable_cents();
            if amount_cents > remaining_cents {
                return Err(Refusal::AmountTooHigh { remaining_cents });
            }
            let refund = Refund {
                refund_id,
                status: RefundStatus::Pending,
                amount_cents,
                reason,
                processor_message: None,
                created_at: now,
                reverses_settled,
            };
            payment.refunds.push(refund.clone());
            Ok(refund)
        })?;
        self.grow(order);
        self.schedule.add(
            after(now, self.processing_delay),
            Task::ProcessRefund {
                order,
                payment,
                refund: refund_id,
            },
        );
        Ok(refund)
    }

    /// Does what is due; deliveries and pulls are not done here.
    pub(crate) fn run(&mut self, task: Task, now: Timestamp) {
        match task {
            Task::ProcessPayment { order, payment } => {
                let card = self.card_at(order);
                self.process_payment(order, payment, card, now);
            }
            Task::SettlePayment { order, payment } => self.settle_payment(order, payment, now),
            Task::ProcessRefund {
                order,
                payment,
                refund,
            } => self.process_refund(order, payment, refund, now),
            Task::SettleReversal { order, payment } => {
                self.emit("payment.reversal_settled", order, payment, now);
            }
            Task::Deliver { .. } => {}
            Task::PullInventory => self.plan_pull(now),
        }
    }

    fn process_payment(&mut self, order: Uuid, payment: Uuid, card: TestCard, now: Timestamp) {
        let processed = self.change_payment(order, payment, now, |payment| {
            if payment.status != PaymentStatus::Pending {
                return Err(Refusal::State(payment.status.clone()));
            }
            payment.status = card.outcome(payment.amount_cents);
            payment.processor_reference = Some(format!("proc_{}", Uuid::new_v4().simple()));
            Ok(payment.status.clone())
        });
        match processed {
            Ok(PaymentStatus::Approved) => {
                self.emit("payment.approved", order, payment, now);
                self.schedule
                    .add(next_midnight(now), Task::SettlePayment { order, payment });
            }
            Ok(PaymentStatus::Failed) => self.emit("payment.failed", order, payment, now),
            Ok(_) | Err(_) => {}
        }
    }

    fn card_at(&self, order: Uuid) -> TestCard {
        self.orders
            .get(order)
            .and_then(|order| self.location(order.partner, order.location_id))
            .map_or_else(TestCard::default, |location| location.card)
    }

    fn settle_payment(&mut self, order: Uuid, payment: Uuid, now: Timestamp) {
        // A payment that was voided or refunded since is not settled: nothing to do.
        let _ = self.change_payment(order, payment, now, |payment| match payment.status {
            PaymentStatus::Approved => {
                payment.status = PaymentStatus::Settled;
                Ok(())
            }
            _ => Err(Refusal::State(payment.status.clone())),
        });
    }

    fn process_refund(&mut self, order: Uuid, payment: Uuid, refund: Uuid, now: Timestamp) {
        let processed = self.change_payment(order, payment, now, |payment| {
            let Some(refund) = payment
                .refunds
                .iter_mut()
                .find(|candidate| candidate.refund_id == refund)
            else {
                return Err(Refusal::NoSuchPayment);
            };
            if refund_fails(refund.amount_cents) {
                refund.status = RefundStatus::Failed;
                refund.processor_message = Some("The issuer rejected the refund.".into());
            } else {
                refund.status = RefundStatus::Approved;
            }
            let processed = refund.clone();
            if payment.is_refunded() {
                payment.status = PaymentStatus::Refunded;
            }
            Ok(processed)
        });
        let Ok(refund) = processed else {
            return;
        };
        if refund.status == RefundStatus::Failed {
            self.emit("payment.reversal_failed", order, payment, now);
            return;
        }
        self.emit("payment.refunded", order, payment, now);
        if refund.reverses_settled {
            self.schedule
                .add(next_midnight(now), Task::SettleReversal { order, payment });
        }
    }

    fn change_order<T>(
        &mut self,
        order: Uuid,
        change: impl FnOnce(&mut Order) -> T,
    ) -> Result<T, Refusal> {
        self.orders
            .get_mut(order)
            .map(change)
            .ok_or(Refusal::NoSuchOrder)
    }

    pub(crate) fn change_payment<T>(
        &mut self,
        order: Uuid,
        payment: Uuid,
        now: Timestamp,
        change: impl FnOnce(&mut Payment) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let order = self.orders.get_mut(order).ok_or(Refusal::NoSuchOrder)?;
        let payment = order.payment_mut(payment).ok_or(Refusal::NoSuchPayment)?;
        let changed = change(payment)?;
        payment.updated_at = now;
        Ok(changed)
    }

    fn grow(&mut self, order: Uuid) {
        for evicted in self.orders.grow(order, RECORD_BYTES) {
            self.schedule.forget_order(evicted);
        }
    }
}
