//! One lane of the client: it pays one order after the other.

use super::super::books::{Belief, Books};
use super::super::clock::LaneClock;
use super::super::intent::{Afterwards, Intended};
use super::super::tag::{Step, Subject};
use super::tagging::Tagging;
use super::wrong_class::WrongClass;
use super::{Job, logs, of_order};
use std::fmt::Debug;
use std::rc::Rc;
use std::time::Duration;
use tilt_generated::rt::Clock;
use tilt_generated::rt::inbox::sqlite::rusqlite;
use tilt_generated::rt::journal::{Calls, JournalError, JournaledCall, State};
use tilt_generated::{Client, Error};
use xtask::cli::Control;

/// Calls of one step, after which it is given up.
pub(super) const CALLS: u32 = 100;
/// The time after which Tilt shows what it did.
pub(super) const SETTLING: Duration = Duration::from_secs(300);
/// Between the first calls of a step, and the longest.
const PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// The things that a lane works with.
pub(super) struct Lane {
    /// Of HTTP/1.1 and HTTP/2.
    pub(super) clients: Rc<[Client; 2]>,
    /// Those of controls.
    pub(super) wrong: Rc<WrongClass>,
    pub(super) clock: LaneClock,
    pub(super) tagging: Tagging,
    pub(super) calls: Calls,
    pub(super) books: Rc<Books>,
    pub(super) job: Rc<Job>,
}

/// A fault of the machine, by which nothing can be said.
#[derive(Debug, thiserror::Error)]
pub(super) enum Broken {
    #[error("the client's books: {0}")]
    Books(#[from] rusqlite::Error),
    #[error("the client's journal: {0}")]
    Journal(#[from] JournalError),
}

pub(super) type Worked<T> = Result<T, Broken>;

impl Lane {
    pub(super) async fn pay_order(&self, number: u32) -> Worked<()> {
        let order = self.create(number).await?;
        if let Belief::Made(order) = order {
            let payment = self.pay(number, &order).await?;
            if let Belief::Made(payment) = payment {
                let payment = Paid {
                    number,
                    order: &order,
                    payment: &payment,
                };
                match Intended::of(number).afterwards {
                    Some(Afterwards::Refund(refund)) => self.refund(payment, refund).await?,
                    Some(Afterwards::Void) => self.void(payment).await?,
                    None => {}
                }
            }
        }
        self.books.done(number)?;
        Ok(())
    }

    /// The client that an order is paid by, in each process the same.
    pub(super) fn tilt(&self, number: u32) -> &Client {
        of_order(&self.clients, number)
    }

    /// The next call of this lane is this one.
    pub(super) fn begin(&self, order: u32, step: Step, call: u32) {
        self.tagging.begin(Subject {
            process: self.job.process,
            order,
            step,
            call,
        });
    }

    pub(super) fn believe(&self, number: u32, step: Step, belief: Belief) -> Worked<Belief> {
        self.books.believe(number, step, &belief)?;
        Ok(belief)
    }

    /// Believes in whatever a call ends with, once there is a token for it. Where the process ends before, nobody knows what
    /// became of it.
    pub(super) async fn believe_blindly(
        &self,
        (number, step): (u32, Step),
        send: impl AsyncFn() -> Result<String, Error>,
    ) -> Worked<Belief> {
        self.believe(number, step, Belief::Undecided("it was begun".into()))?;
        let sends_again = self.job.control != Some(Control::RetryNothing);
        let mut call = 0;
        let belief = loop {
            self.begin(number, step, call);
            match send().await {
                Ok(id) => break Belief::Made(id),
                Err(Error::Token(_)) if sends_again && call < CALLS => {}
                Err(error) if error.may_have_been_sent() => {
                    break Belief::Undecided(error.to_string());
                }
                Err(error) => break given_up(&error),
            }
            self.pause(call).await;
            call += 1;
        };
        self.believe(number, step, belief)
    }

    /// Waits after so many calls, longer each time: the SDK leaves a token endpoint alone for minutes that fails again and
    /// again.
    pub(super) async fn pause(&self, calls: u32) {
        let pause = PAUSE.saturating_mul(calls.saturating_add(1));
        self.clock.sleep(pause.min(LONGEST_PAUSE)).await;
    }

    /// The call with a reference that the journal has, unless it was certainly not carried out.
    pub(super) async fn journaled(&self, reference: &str) -> Worked<Option<JournaledCall>> {
        let call = self.calls.find(reference).await?;
        Ok(call.filter(|call| call.state() != State::NotCarriedOut))
    }

    /// Does what is to be done once: sends it, and again only where it was certainly not carried out. Of one that is in the
    /// journal, `decide` says what became of it; `None` is that it was not carried out.
    pub(super) async fn once(
        &self,
        (number, step): (u32, Step),
        decide: impl AsyncFn(JournaledCall) -> Worked<Option<Belief>>,
        send: impl AsyncFn(&str) -> Result<String, Error>,
    ) -> Worked<Belief> {
        let reference = format!("{} {number}", step.name());
        let mut belief = Belief::NotMade("too many calls".into());
        for call in 0..CALLS {
            if let Some(begun) = self.journaled(&reference).await?
                && let Some(decided) = decide(begun).await?
            {
                belief = decided;
                break;
            }
            self.begin(number, step, call);
            match send(&reference).await {
                Ok(id) => {
                    belief = Belief::Made(id);
                    break;
                }
                Err(error) => {
                    logs::look_through(&error);
                    if error.may_have_been_sent() {
                        continue;
                    }
                    if !passes(&error) {
                        belief = given_up(&error);
                        break;
                    }
                    self.pause(call).await;
                }
            }
        }
        self.believe(number, step, belief)
    }

    /// Notes the verdict on a call that was open in the journal, in the books and then there.
    pub(super) async fn settle(
        &self,
        (number, step): (u32, Step),
        begun: JournaledCall,
        kind: &str,
        made: Option<String>,
    ) -> Worked<Option<Belief>> {
        let is_open = begun.state() == State::Open;
        match made {
            Some(id) => {
                self.books.verdict(kind, "it happened")?;
                let belief = self.believe(number, step, Belief::Made(id))?;
                if is_open {
                    begun.mark_carried_out().await?;
                }
                Ok(Some(belief))
            }
            None => {
                self.books.verdict(kind, "it did not happen")?;
                begun.mark_not_carried_out().await?;
                Ok(None)
            }
        }
    }

    /// Leaves a call to a person.
    pub(super) fn leave(&self, kind: &str, why: impl Debug) -> Worked<Option<Belief>> {
        self.books.verdict(kind, "a person has to look")?;
        Ok(Some(Belief::Undecided(format!("{why:?}"))))
    }

    /// Reads until there is an answer.
    pub(super) async fn read<T>(
        &self,
        (number, step): (u32, Step),
        mut read: impl AsyncFnMut() -> Result<T, Error>,
    ) -> Option<T> {
        for call in 0..CALLS {
            self.begin(number, step, call);
            match read().await {
                Ok(value) => return Some(value),
                Err(error) => logs::look_through(&error),
            }
            self.pause(call).await;
        }
        None
    }
}

/// A payment that was made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paid<'a> {
    pub(super) number: u32,
    pub(super) order: &'a str,
    pub(super) payment: &'a str,
}

/// Whether another call may go well, of one that was certainly not carried out.
pub(super) fn passes(error: &Error) -> bool {
    match error.status() {
        Some(status) => {
            status.is_server_error() || matches!(status.as_u16(), 401 | 408 | 421 | 425 | 429)
        }
        None => true,
    }
}

/// The end of a step that went wrong for good.
pub(super) fn given_up(error: &Error) -> Belief {
    Belief::NotMade(error.to_string())
}
