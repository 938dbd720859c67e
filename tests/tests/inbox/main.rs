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
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use tilt_generated::rt::inbox::{Claim, Inbox, Outcome, handle};
use tokio::task::{JoinSet, LocalSet};

/// Deliveries that an event has at the same time.
const AT_ONCE: usize = 4;

/// Delivers events to both replicas at once, some of which fail at first, and again until each is answered with
/// success. Gives how often each was answered by its handler's success.
async fn storm<I: Inbox + Clone + 'static>(
    replicas: &[I; 2],
    effect: impl AsyncFn(&mut I::Work, &str) -> Result<(), ()> + Clone + 'static,
) -> BTreeMap<String, usize> {
    let handled: Rc<RefCell<BTreeMap<String, usize>>> = Rc::default();
    let failed: Rc<RefCell<BTreeMap<String, usize>>> = Rc::default();
    let local = LocalSet::new();
    let mut deliveries = JoinSet::new();
    for number in 0..25 * AT_ONCE {
        let (event, inbox) = (number / AT_ONCE, replicas[number % 2].clone());
        let (effect, handled, failed) = (effect.clone(), handled.clone(), failed.clone());
        let deliver = async move {
            let id = format!("evt_{event}");
            for _ in 0..2_000 {
                let outcome = handle(&inbox, Some(&id), async |work: &mut I::Work| {
                    effect(work, &id).await?;
                    let failures = *failed
                        .borrow_mut()
                        .entry(id.clone())
                        .and_modify(|it| *it += 1)
                        .or_insert(0);
                    // After the effect: it has to go away.
                    if event % 3 == 0 && failures == 0 {
                        Err(())
                    } else {
                        Ok(())
                    }
                })
                .await;
                match outcome {
                    Outcome::Handled => {
                        *handled.borrow_mut().entry(id).or_default() += 1;
                        return;
                    }
                    Outcome::AlreadyHandled => return,
                    Outcome::InWork { .. } | Outcome::Failed(()) => {}
                    other => panic!("{id}: {other:?}"),
                }
                // Not for the time that is asked for: the others have to get their turn.
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            panic!("{id} was not handled");
        };
        deliveries.spawn_local_on(deliver, &local);
    }
    local
        .run_until(async {
            while let Some(done) = deliveries.join_next().await {
                done.expect("delivered");
            }
        })
        .await;
    handled.take()
}

/// While one replica works, the other is told to come again; what is given up is handled by the other.
async fn taken_over<I: Inbox>(replicas: &[I; 2], id: &str) {
    let [one, other] = replicas;
    let Ok(Claim::New(work)) = one.claim(Some(id)).await else {
        panic!("the first delivery is new")
    };
    let meanwhile = handle(other, Some(id), async |_: &mut I::Work| Ok::<(), ()>(())).await;
    assert_eq!(meanwhile.status(), 409, "{meanwhile:?}");
    assert!(meanwhile.retry_after().is_some_and(|seconds| seconds > 0));
    drop(work);
    // The other server hears of it a moment later.
    for _ in 0..600 {
        let next = handle(other, Some(id), async |_: &mut I::Work| Ok::<(), ()>(())).await;
        if next.status() == 200 {
            assert!(matches!(next, Outcome::Handled), "{next:?}");
            assert!(matches!(one.claim(Some(id)).await, Ok(Claim::Done)));
            return;
        }
        assert_eq!(next.status(), 409, "{next:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("what was given up is never handled");
}

/// A delivery without an id is handled each time.
async fn without_id<I: Inbox>(inbox: &I) {
    for id in [None, None, Some(""), Some(" ")] {
        let outcome = handle(inbox, id, async |_: &mut I::Work| Ok::<(), ()>(())).await;
        assert!(matches!(outcome, Outcome::Handled), "{outcome:?}");
    }
}
