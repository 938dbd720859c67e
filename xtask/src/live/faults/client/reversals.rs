//! Refunds and voids of payments. Of a refund in part that is lost, no read tells.

use super::super::books::{Belief, WITHOUT_ID};
use super::super::intent::IntendedRefund;
use super::super::tag::Step;
use super::lane::{CALLS, Lane, Paid, SETTLING, Worked};
use super::reverses;
use tilt_generated::recovery::{RefundIntent, Undecided, Verdict, VoidIntent};
use tilt_generated::rt::Clock;
use tilt_generated::rt::journal::{JournaledCall, State};
use tilt_generated::types::{CreateRefund, Payment, PaymentStatus};
use xtask::cli::Control;

impl Lane {
    fn is_wrong_of_reversals(&self) -> bool {
        matches!(
            self.job.control,
            Some(Control::RepeatableReversals | Control::LastErrorWins)
        )
    }

    pub(super) async fn refund(&self, paid: Paid<'_>, refund: IntendedRefund) -> Worked<()> {
        let Some(read) = self.reversible(paid, Step::Refund).await? else {
            return Ok(());
        };
        let (number, path, cents) = (paid.number, [paid.order, paid.payment], refund.amount_cents);
        if self.is_wrong_of_reversals() {
            let send = async || self.wrong.refund(number, path, cents).await;
            let blindly = self.believe_blindly((number, Step::Refund), send);
            return blindly.await.map(drop);
        }
        if self.job.control == Some(Control::RetryNothing) {
            let send = async || {
                let refunds = self.tilt(number).refunds();
                let refund = refunds.create(paid.order, paid.payment, CreateRefund::new(cents));
                Ok(refund.attempts(1).await?.refund_id.to_string())
            };
            let blindly = self.believe_blindly((number, Step::Refund), send);
            return blindly.await.map(drop);
        }
        // Of one that was refunded by a call in the journal, that call's own note counts.
        let intent = RefundIntent::of(&read, refund.amount_cents);
        let kind = match refund.is_full {
            true => "full refund",
            false => "partial refund",
        };
        let decide = async |begun: JournaledCall| {
            let intent = RefundIntent::of_call(&begun)?;
            let verdict = |payment: &Payment, passed| intent.verdict(payment, passed, SETTLING);
            self.decide_reversal(paid, Step::Refund, kind, begun, verdict)
                .await
        };
        let send = async |reference: &str| {
            let refunds = self.tilt(paid.number).refunds();
            let refund = CreateRefund::new(refund.amount_cents);
            let refunding = refunds.create(paid.order, paid.payment, refund);
            let made = refunding.journaled(intent.note().reference(reference));
            Ok(made.await?.refund_id.to_string())
        };
        let step = (paid.number, Step::Refund);
        self.once(step, decide, send).await.map(drop)
    }

    pub(super) async fn void(&self, paid: Paid<'_>) -> Worked<()> {
        let Some(read) = self.reversible(paid, Step::Void).await? else {
            return Ok(());
        };
        let (number, path) = (paid.number, [paid.order, paid.payment]);
        if self.is_wrong_of_reversals() {
            let send = async || {
                let voided = self.wrong.void(number, path).await;
                voided.map(|()| WITHOUT_ID.to_owned())
            };
            let blindly = self.believe_blindly((number, Step::Void), send);
            return blindly.await.map(drop);
        }
        if self.job.control == Some(Control::RetryNothing) {
            let send = async || {
                let voiding = self.tilt(number).payments().void(paid.order, paid.payment);
                voiding.attempts(1).await.map(|_| WITHOUT_ID.to_owned())
            };
            let blindly = self.believe_blindly((number, Step::Void), send);
            return blindly.await.map(drop);
        }
        let intent = VoidIntent::of(&read);
        let decide = async |begun: JournaledCall| {
            let intent = VoidIntent::of_call(&begun)?;
            let verdict = |payment: &Payment, passed| intent.verdict(payment, passed, SETTLING);
            self.decide_reversal(paid, Step::Void, "void", begun, verdict)
                .await
        };
        let send = async |reference: &str| {
            let payments = self.tilt(paid.number).payments();
            let voiding = payments.void(paid.order, paid.payment);
            let made = voiding.journaled(intent.note().reference(reference));
            made.await?;
            Ok(WITHOUT_ID.to_owned())
        };
        let step = (paid.number, Step::Void);
        self.once(step, decide, send).await.map(drop)
    }

    /// The payment as the processor has answered to it, if this is to be reversed and was not before.
    async fn reversible(&self, paid: Paid<'_>, step: Step) -> Worked<Option<Payment>> {
        let is_done = self.books.belief(paid.number, step)?.is_some();
        if is_done || !reverses(self.job.control) {
            return Ok(None);
        }
        let reference = format!("{} {}", step.name(), paid.number);
        let is_begun = self.journaled(&reference).await?.is_some();
        let Some(read) = self.processed(paid).await else {
            let why = "the payment cannot be read, or stays pending";
            let belief = Belief::Undecided(why.into());
            self.believe(paid.number, step, belief)?;
            return Ok(None);
        };
        if !is_begun && read.status != PaymentStatus::Approved {
            // Of one that was declined, there is nothing to give back.
            let belief = Belief::NotMade(format!("the payment is {}", read.status));
            self.believe(paid.number, step, belief)?;
            return Ok(None);
        }
        Ok(Some(read))
    }

    async fn read_payment(&self, paid: Paid<'_>) -> Option<Payment> {
        let payments = self.tilt(paid.number).payments();
        let reading = async || payments.get(paid.order, paid.payment).await;
        self.read((paid.number, Step::ReadPayment), reading).await
    }

    async fn processed(&self, paid: Paid<'_>) -> Option<Payment> {
        for _ in 0..CALLS {
            let read = self.read_payment(paid).await?;
            if read.status != PaymentStatus::Pending {
                return Some(read);
            }
            self.pause(0).await;
        }
        None
    }

    /// The verdict on a reversal whose outcome is unknown, from what Tilt shows after a while.
    async fn decide_reversal(
        &self,
        paid: Paid<'_>,
        step: Step,
        kind: &str,
        begun: JournaledCall,
        verdict: impl Fn(&Payment, std::time::Duration) -> Verdict<()>,
    ) -> Worked<Option<Belief>> {
        let (step, made) = ((paid.number, step), Some(WITHOUT_ID.to_owned()));
        if begun.state() == State::CarriedOut {
            return self.settle(step, begun, kind, made).await;
        }
        loop {
            let Some(read) = self.read_payment(paid).await else {
                return self.leave(kind, "the payment cannot be read");
            };
            match verdict(&read, begun.passed()) {
                Verdict::Happened(()) => return self.settle(step, begun, kind, made).await,
                Verdict::DidNotHappen => return self.settle(step, begun, kind, None).await,
                Verdict::Undecided(Undecided::TooEarly(left)) => self.clock.sleep(left).await,
                verdict => return self.leave(kind, verdict),
            }
        }
    }
}
