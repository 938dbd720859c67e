//! Paying an order: once, and again only where it certainly was not paid.

use super::super::books::Belief;
use super::super::intent::Intended;
use super::super::tag::Step;
use super::lane::{Lane, SETTLING, Worked};
use tilt_generated::recovery::{PaymentIntent, Undecided, Verdict};
use tilt_generated::rt::Clock;
use tilt_generated::rt::journal::{JournaledCall, State};
use tilt_generated::types::CreatePayment;
use xtask::cli::Control;

impl Lane {
    pub(super) async fn pay(&self, number: u32, order: &str) -> Worked<Belief> {
        if let Some(belief) = self.books.belief(number, Step::Pay)? {
            return Ok(belief);
        }
        let cents = Intended::of(number).amount_cents;
        let step = (number, Step::Pay);
        match self.job.control {
            Some(Control::RetryEverything) => {
                let send = async || self.wrong.pay(number, order, cents).await;
                self.believe_blindly(step, send).await
            }
            Some(Control::RetryNothing) => {
                let send = async || {
                    let payments = self.tilt(number).payments();
                    let paying = payments.create(order, CreatePayment::new(cents));
                    Ok(paying.attempts(1).await?.payment_id.to_string())
                };
                self.believe_blindly(step, send).await
            }
            _ => self.pay_journaled(number, order).await,
        }
    }

    async fn pay_journaled(&self, number: u32, order: &str) -> Worked<Belief> {
        let intent = PaymentIntent {
            order_id: order.into(),
            amount_cents: Intended::of(number).amount_cents,
            // The order is this client's own, and no payment of it was made so far.
            known: Vec::new(),
        };
        let decide = async |begun| self.decide_payment(number, order, begun).await;
        let send = async |reference: &str| {
            let payment = CreatePayment::new(intent.amount_cents);
            let paying = self.tilt(number).payments().create(order, payment);
            let made = paying.journaled(intent.note().reference(reference)).await?;
            Ok(made.payment_id.to_string())
        };
        self.once((number, Step::Pay), decide, send).await
    }

    /// The verdict on a payment whose outcome is unknown, from what Tilt shows after a while.
    async fn decide_payment(
        &self,
        number: u32,
        order: &str,
        begun: JournaledCall,
    ) -> Worked<Option<Belief>> {
        let intent = PaymentIntent::of_call(&begun)?;
        let is_open = begun.state() == State::Open;
        let (step, kind) = ((number, Step::Pay), "payment");
        loop {
            let reading = async || self.tilt(number).orders().get(order).await;
            let Some(read) = self.read((number, Step::ReadOrder), reading).await else {
                return self.leave(kind, "the order cannot be read");
            };
            // One that is marked was answered, so that it shows.
            let passed = if is_open { begun.passed() } else { SETTLING };
            match intent.verdict(&read, passed, SETTLING) {
                Verdict::Happened(payment) => {
                    let made = Some(payment.to_string());
                    return self.settle(step, begun, kind, made).await;
                }
                Verdict::DidNotHappen if is_open => {
                    return self.settle(step, begun, kind, None).await;
                }
                Verdict::Undecided(Undecided::TooEarly(left)) => self.clock.sleep(left).await,
                verdict => return self.leave(kind, verdict),
            }
        }
    }
}
