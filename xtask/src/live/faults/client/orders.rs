//! Creating an order: by its key, once, however often it is sent.

use super::super::books::{Belief, MISTAKEN};
use super::super::intent::Intended;
use super::super::tag::Step;
use super::lane::{CALLS, Lane, Worked, given_up, passes};
use super::logs;
use tilt_generated::rt::journal::Note;
use tilt_generated::types::{CreateOrder, CreatedOrder};
use xtask::cli::Control;

impl Lane {
    pub(super) async fn create(&self, number: u32) -> Worked<Belief> {
        if let Some(belief) = self.books.belief(number, Step::Create)? {
            return Ok(belief);
        }
        let belief = match self.job.control {
            Some(Control::RetryEverything | Control::RetryNothing) => {
                self.create_wrongly(number).await
            }
            _ => self.create_journaled(number).await?,
        };
        self.believe(number, Step::Create, belief)
    }

    fn order(&self, number: u32) -> CreateOrder {
        let intended = Intended::of(number);
        let order = CreateOrder::new(self.job.location_id.as_str(), intended.total_cents)
            .external_reference(intended.reference())
            .customer_name(super::super::markers::CUSTOMER);
        match intended.is_hosted {
            true => order
                .return_url("https://shop.example/paid")
                .cancel_url("https://shop.example/cancelled"),
            false => order,
        }
    }

    /// The id of the order in an answer, unless that is the answer to another request.
    fn accept(&self, number: u32, created: &CreatedOrder) -> Worked<Option<Belief>> {
        logs::look("an answer", &format!("{created:?}"));
        if created.total_cents != Intended::of(number).total_cents {
            self.books.verdict("order", MISTAKEN)?;
            return Ok(None);
        }
        Ok(Some(Belief::Made(created.order_id.to_string())))
    }

    async fn create_journaled(&self, number: u32) -> Worked<Belief> {
        let reference = format!("create {number}");
        let mut last = Belief::NotMade("no call".into());
        for call in 0..CALLS {
            let begun = self.journaled(&reference).await?;
            let creating = self.tilt(number).orders().create(self.order(number));
            let creating = match begun {
                Some(begun) => creating.resuming(begun),
                None => creating.journaled(Note::new().reference(&reference)),
            };
            self.begin(number, Step::Create, call);
            match creating.await {
                Ok(created) => {
                    if let Some(belief) = self.accept(number, &created)? {
                        return Ok(belief);
                    }
                }
                Err(error) => {
                    logs::look_through(&error);
                    last = given_up(&error);
                    if error.may_have_been_sent() {
                        self.books.verdict("order", "sent again with its key")?;
                    } else if !passes(&error) {
                        return Ok(last);
                    }
                }
            }
            self.pause(call).await;
        }
        Ok(last)
    }

    /// Each call has a key of its own, or there is only one.
    async fn create_wrongly(&self, number: u32) -> Belief {
        let calls = match self.job.control {
            Some(Control::RetryNothing) => 1,
            _ => CALLS,
        };
        let mut last = Belief::NotMade("no call".into());
        for call in 0..calls {
            self.begin(number, Step::Create, call);
            let creating = self.tilt(number).orders().create(self.order(number));
            match creating.attempts(1).await {
                Ok(created) => return Belief::Made(created.order_id.to_string()),
                Err(error) => last = given_up(&error),
            }
            self.pause(call).await;
        }
        last
    }
}
