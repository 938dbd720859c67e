//! Does what is scheduled when its time has come.

use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::Semaphore;

use crate::app::App;
use crate::clock::after;
use crate::inventory;
use crate::lock::lock;
use crate::schedule::Task;
use crate::webhook::Attempt;

/// Deliveries under way at once.
const DELIVERIES: usize = 32;

/// Moves a manual clock to `until`, doing everything that is due on the way, one after the other.
pub(crate) async fn advance(app: &App, until: Timestamp) {
    let _advancing = app.advancing.lock().await;
    while let Some(task) = next(app, until) {
        match task {
            Task::Deliver { delivery } => deliver(app, delivery).await,
            Task::PullInventory => drop(inventory::pull(app).await),
            _ => {}
        }
    }
    app.clock.move_to(until);
}

/// Does what is due by the system clock, for ever.
pub(crate) async fn run(app: Arc<App>) {
    let deliveries = Arc::new(Semaphore::new(DELIVERIES));
    loop {
        while let Some(task) = next(&app, app.clock.now()) {
            let (app, deliveries) = (app.clone(), deliveries.clone());
            match task {
                Task::Deliver { delivery } => drop(tokio::spawn(async move {
                    let _permit = deliveries.acquire().await;
                    deliver(&app, delivery).await;
                })),
                Task::PullInventory => {
                    drop(tokio::spawn(async move { inventory::pull(&app).await }));
                }
                _ => {}
            }
        }
        match app.time_to_next_task() {
            Some(wait) => {
                tokio::select! {
                    () = tokio::time::sleep(wait) => {}
                    () = app.scheduled.notified() => {}
                }
            }
            None => app.scheduled.notified().await,
        }
    }
}

/// Takes the next task that is due, and does it unless it waits for others: a delivery, or a pull.
fn next(app: &App, until: Timestamp) -> Option<Task> {
    let mut state = lock(&app.state);
    let (at, task) = state.schedule.pop_due(until)?;
    app.clock.move_to(at);
    state.run(task, app.clock.now());
    app.touched();
    Some(task)
}

async fn deliver(app: &App, delivery: u64) {
    let found = app.read(|state| state.webhooks.get(delivery).cloned());
    let Some((sent, endpoint)) = found else {
        return;
    };
    let outcome = app.sender.attempt(&endpoint, sent.body).await;
    app.change(|state, now| {
        let attempt = Attempt { at: now, outcome };
        let retry = state
            .webhooks
            .get_mut(delivery)
            .and_then(|sent| sent.record(attempt));
        if let Some(delay) = retry {
            let task = Task::Deliver { delivery };
            state.schedule.add(after(now, delay), task);
        }
    });
}
