//! The tasks that are due later, by time.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Something that happens by itself when its time has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Task {
    /// The processor answers to a payment.
    ProcessPayment { order: Uuid, payment: Uuid },
    /// The batch at midnight takes a payment.
    SettlePayment { order: Uuid, payment: Uuid },
    /// The processor answers to a refund.
    ProcessRefund {
        order: Uuid,
        payment: Uuid,
        refund: Uuid,
    },
    /// The batch at midnight takes a refund of a settled payment.
    SettleReversal { order: Uuid, payment: Uuid },
    /// A delivery is attempted.
    Deliver { delivery: u64 },
    /// Vehicles are pulled.
    PullInventory,
}

impl Task {
    fn order(self) -> Option<Uuid> {
        match self {
            Self::ProcessPayment { order, .. }
            | Self::SettlePayment { order, .. }
            | Self::ProcessRefund { order, .. }
            | Self::SettleReversal { order, .. } => Some(order),
            Self::Deliver { .. } | Self::PullInventory => None,
        }
    }
}

/// Tasks in the order of their time; those of the same time in the order of their arrival.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(from = "Vec<(Timestamp, Task)>", into = "Vec<(Timestamp, Task)>")]
pub(crate) struct Schedule {
    tasks: BTreeMap<(Timestamp, u64), Task>,
    next: u64,
}

impl From<Vec<(Timestamp, Task)>> for Schedule {
    fn from(tasks: Vec<(Timestamp, Task)>) -> Self {
        let mut schedule = Self::default();
        for (at, task) in tasks {
            schedule.add(at, task);
        }
        schedule
    }
}

impl From<Schedule> for Vec<(Timestamp, Task)> {
    fn from(schedule: Schedule) -> Self {
        let tasks = schedule.tasks.into_iter();
        tasks.map(|((at, _), task)| (at, task)).collect()
    }
}

impl Schedule {
    pub(crate) fn add(&mut self, at: Timestamp, task: Task) {
        self.tasks.insert((at, self.next), task);
        self.next += 1;
    }

    pub(crate) fn next_time(&self) -> Option<Timestamp> {
        self.tasks.keys().next().map(|(at, _)| *at)
    }

    /// Takes the first task whose time is not after `now`.
    pub(crate) fn pop_due(&mut self, now: Timestamp) -> Option<(Timestamp, Task)> {
        let first = self.tasks.first_entry()?;
        let (at, _) = *first.key();
        (at <= now).then(|| (at, first.remove()))
    }

    /// Forgets what was going to happen to an order.
    pub(crate) fn forget_order(&mut self, order: Uuid) {
        self.tasks.retain(|_, task| task.order() != Some(order));
    }

    /// Adds the next attempt of a delivery, unless one is there.
    pub(crate) fn resume_delivery(&mut self, at: Timestamp, delivery: u64) {
        let task = Task::Deliver { delivery };
        if !self.tasks.values().any(|known| *known == task) {
            self.add(at, task);
        }
    }

    /// Plans the next pull, in place of any other; none without a time.
    pub(crate) fn plan_pull(&mut self, at: Option<Timestamp>) {
        self.tasks.retain(|_, task| *task != Task::PullInventory);
        if let Some(at) = at {
            self.add(at, Task::PullInventory);
        }
    }

    /// Forgets the next attempt of a delivery.
    pub(crate) fn forget_delivery(&mut self, delivery: u64) {
        self.tasks
            .retain(|_, task| *task != Task::Deliver { delivery });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a timestamp")
    }

    fn deliver(delivery: u64) -> Task {
        Task::Deliver { delivery }
    }

    #[test]
    fn tasks_come_by_time_then_by_arrival() {
        let mut schedule = Schedule::default();
        schedule.add(second(2), deliver(1));
        schedule.add(second(1), deliver(2));
        schedule.add(second(1), deliver(3));

        assert_eq!(schedule.next_time(), Some(second(1)));
        assert_eq!(schedule.pop_due(second(1)), Some((second(1), deliver(2))));
        assert_eq!(schedule.pop_due(second(1)), Some((second(1), deliver(3))));
        assert_eq!(schedule.pop_due(second(1)), None);
        assert_eq!(schedule.pop_due(second(2)), Some((second(2), deliver(1))));
    }

    #[test]
    fn a_forgotten_order_has_no_tasks() {
        let (kept, forgotten) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let task = |order| Task::ProcessPayment {
            order,
            payment: Uuid::from_u128(3),
        };
        let mut schedule = Schedule::default();
        schedule.add(second(1), task(forgotten));
        schedule.add(second(1), task(kept));

        schedule.forget_order(forgotten);

        assert_eq!(schedule.pop_due(second(1)), Some((second(1), task(kept))));
        assert_eq!(schedule.pop_due(second(1)), None);
    }
}
