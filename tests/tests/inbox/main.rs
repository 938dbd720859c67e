//! Two replicas that share an inbox or a journal.

#![allow(
    clippy::panic,
    reason = "a test fails by a panic, in what tests share as well"
)]

mod at_once;
mod in_postgres;
mod in_redis;
mod journal_in_postgres;
mod services;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use tilt_generated::rt::inbox::{Claim, Inbox, Outcome, handle};
use tokio::task::{JoinSet, LocalSet};

/// Deliveries that an event has at the same time.
const AT_ONCE: usize = 4;

/// Delivers events to both replicas at once, some of which fail at first, and those that were not answered with success at
/// once again, until all were. Gives how often each was answered by its handler's success.
async fn storm<I: Inbox + Clone + 'static>(
    replicas: &[I; 2],
    effect: impl AsyncFn(&mut I::Work, &str) -> Result<(), ()> + Clone + 'static,
) -> BTreeMap<String, usize> {
    let mut handled: BTreeMap<String, usize> = BTreeMap::new();
    let failed: Rc<RefCell<BTreeSet<usize>>> = Rc::default();
    let local = LocalSet::new();
    let mut due: Vec<usize> = (0..25 * AT_ONCE).collect();
    while !due.is_empty() {
        let mut deliveries = JoinSet::new();
        for number in due.drain(..) {
            let (event, inbox) = (number / AT_ONCE, replicas[number % 2].clone());
            let (effect, failed) = (effect.clone(), failed.clone());
            let deliver = async move {
                let id = format!("evt_{event}");
                let outcome = handle(&inbox, Some(&id), async |work: &mut I::Work| {
                    effect(work, &id).await?;
                    // After the effect: it has to go away.
                    match event % 3 == 0 && failed.borrow_mut().insert(event) {
                        true => Err(()),
                        false => Ok(()),
                    }
                });
                (number, outcome.await)
            };
            deliveries.spawn_local_on(deliver, &local);
        }
        let ended = local.run_until(deliveries.join_all()).await;
        // All work ends before the next deliveries, so that not all of these can find another there.
        let is_waiting = |outcome: &Outcome<()>| matches!(outcome, Outcome::InWork { .. });
        assert!(!ended.iter().all(|(_, it)| is_waiting(it)), "nobody works");
        for (number, outcome) in ended {
            match outcome {
                Outcome::Handled => {
                    let id = format!("evt_{}", number / AT_ONCE);
                    *handled.entry(id).or_default() += 1;
                }
                Outcome::AlreadyHandled => {}
                Outcome::InWork { .. } | Outcome::Failed(()) => due.push(number),
                other => panic!("{number}: {other:?}"),
            }
        }
    }
    handled
}

/// While one replica works, the other is told to come again; what is given up is handled by the other, once the server
/// has `heard` of it.
async fn taken_over<I: Inbox>(replicas: &[I; 2], id: &str, heard: impl AsyncFn()) {
    let [one, other] = replicas;
    let Ok(Claim::New(work)) = one.claim(Some(id)).await else {
        panic!("the first delivery is new")
    };
    let meanwhile = handle(other, Some(id), async |_: &mut I::Work| Ok::<(), ()>(())).await;
    assert_eq!(meanwhile.status(), 409, "{meanwhile:?}");
    assert!(meanwhile.retry_after().is_some_and(|seconds| seconds > 0));
    drop(work);
    heard().await;
    let next = handle(other, Some(id), async |_: &mut I::Work| Ok::<(), ()>(())).await;
    assert!(matches!(next, Outcome::Handled), "{next:?}");
    assert!(matches!(one.claim(Some(id)).await, Ok(Claim::Done)));
}

/// A delivery without an id is handled each time.
async fn without_id<I: Inbox>(inbox: &I) {
    for id in [None, None, Some(""), Some(" ")] {
        let outcome = handle(inbox, id, async |_: &mut I::Work| Ok::<(), ()>(())).await;
        assert!(matches!(outcome, Outcome::Handled), "{outcome:?}");
    }
}
