//! The laws that hold whatever goes wrong.

use super::coverage;
use super::reconcile::{Account, Reconciled};

/// A law that is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Broken {
    pub(super) law: &'static str,
    pub(super) found: u64,
}

/// All laws that are broken.
pub(super) fn broken(reconciled: &Reconciled) -> Vec<Broken> {
    let Reconciled {
        orders,
        payments,
        full_refunds,
        partial_refunds,
        voids,
        events,
        ..
    } = reconciled;
    let wrong = |it: &Account| it.hidden + it.imagined;
    let laws = [
        ("every order is gone through", reconciled.unfinished),
        ("no order is doubled", orders.doubled),
        ("no order is missing", orders.missing + orders.undecided),
        ("the client is right about orders", wrong(orders)),
        ("no payment is doubled", payments.doubled),
        ("no payment is missing", payments.missing),
        ("the client is right about payments", wrong(payments)),
        // Nobody else pays these orders, so that what Tilt shows decides.
        ("no payment is left to a person", payments.undecided),
        (
            "no refund is doubled",
            full_refunds.doubled + partial_refunds.doubled,
        ),
        (
            "no refund is missing",
            full_refunds.missing + partial_refunds.missing,
        ),
        // The payment's status tells of a full one; of one in part, nothing does.
        ("no full refund is left to a person", full_refunds.undecided),
        (
            "the client is right about refunds",
            wrong(full_refunds) + wrong(partial_refunds),
        ),
        ("no void is doubled", voids.doubled),
        ("no void is missing", voids.missing),
        ("no void is left to a person", voids.undecided),
        ("the client is right about voids", wrong(voids)),
        ("no event is lost", events.lost),
        ("no event has its effect twice", events.doubled),
        ("no late event undoes a later one", events.contradicting),
        (
            "no answer to another request is believed",
            reconciled.mistaken,
        ),
        ("no outage is amplified", reconciled.amplified),
        ("no secret is shown", reconciled.secrets.len() as u64),
        (
            "every secret was where it could be shown",
            reconciled.not_planted.len() as u64,
        ),
        (
            "everything went wrong that can",
            coverage::never_met(reconciled).len() as u64,
        ),
    ];
    let broken = laws.into_iter().filter(|(_, found)| *found > 0);
    broken.map(|(law, found)| Broken { law, found }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::books::{Belief, MISTAKEN, WITHOUT_ID};
    use super::super::coverage::{ORDERS, ORDERS_WITH_RARE};
    use super::super::delivery::Way;
    use super::super::intent::{Intended, IntendedRefund};
    use super::super::ledger::{HeldOrder, HeldPayment, HeldRefund, Ledger};
    use super::super::markers;
    use super::super::plan::{Fault, MintFault};
    use super::super::proxy::{Amplification, BudgetOf, Protocol};
    use super::super::tag::Step;
    use super::*;
    use std::time::Duration;

    /// The orders that are refunded in full, voided, and refunded in part.
    const FULL: u32 = 4;
    const VOID: u32 = 6;
    const PARTIAL: u32 = 8;

    /// Orders that are paid once, and reversed where they are to be; of each, an event has told.
    fn sound() -> Ledger {
        let mut ledger = Ledger {
            orders: PARTIAL + 1,
            is_to_reverse: true,
            ..Ledger::default()
        };
        for number in 0..ledger.orders {
            let (order, payment) = (format!("o{number}"), format!("p{number}"));
            let (event, refund) = (format!("e{number}"), format!("r{number}"));
            let intended = Intended::of(number);
            let mut held = HeldPayment {
                id: payment.clone(),
                amount_cents: intended.amount_cents,
                status: "settled".into(),
                refunds: Vec::new(),
            };
            let mut told = "approved";
            let beliefs = &mut ledger.believed.beliefs;
            if let Some(IntendedRefund {
                amount_cents,
                is_full,
            }) = intended.refund()
            {
                let id = refund.clone();
                held.refunds.push(HeldRefund { id, amount_cents });
                beliefs.insert((number, Step::Refund), Belief::Made(refund));
                if is_full {
                    (held.status, told) = ("refunded".into(), "refunded");
                }
            }
            if number == VOID {
                (held.status, told) = ("voided".into(), "voided");
                beliefs.insert((number, Step::Void), Belief::Made(WITHOUT_ID.into()));
            }
            beliefs.insert((number, Step::Create), Belief::Made(order.clone()));
            beliefs.insert((number, Step::Pay), Belief::Made(payment.clone()));
            ledger.held.push(HeldOrder {
                id: order,
                reference: intended.reference(),
                total_cents: intended.total_cents,
                payments: vec![held],
            });
            ledger.effects.times.insert(event.clone(), 1);
            ledger.effects.statuses.extend([(payment, told.to_owned())]);
            ledger.events.insert(event);
        }
        ledger.believed.done = ledger.orders.into();
        for marker in markers::ALL {
            ledger.traffic.markers.look(marker.text);
        }
        ledger
    }

    fn laws_broken_by(change: impl FnOnce(&mut Ledger)) -> Vec<&'static str> {
        let mut ledger = sound();
        change(&mut ledger);
        let broken = broken(&Reconciled::of(&ledger));
        broken.into_iter().map(|it| it.law).collect()
    }

    fn payment(ledger: &mut Ledger, number: u32) -> &mut HeldPayment {
        &mut ledger.held[number as usize].payments[0]
    }

    /// Tilt holds the payment as if it had never been reversed, and the client does not think of it.
    fn forget_reversal(ledger: &mut Ledger, number: u32, step: Step) {
        let payment = payment(ledger, number);
        (payment.status, payment.refunds) = ("settled".into(), Vec::new());
        let told = (payment.id.clone(), "approved".to_owned());
        ledger.effects.statuses.extend([told]);
        ledger.believed.beliefs.remove(&(number, step));
    }

    fn believe(ledger: &mut Ledger, step: Step, belief: Belief) {
        ledger.believed.beliefs.insert((0, step), belief);
    }

    #[test]
    fn a_sound_ledger_breaks_no_law() {
        assert_eq!(laws_broken_by(|_| {}), [""; 0]);
    }

    #[test]
    fn what_is_there_twice_breaks_a_law() {
        let twice = laws_broken_by(|it| {
            let payment = it.held[0].payments[0].clone();
            it.held[0].payments.push(payment);
        });
        assert_eq!(twice, ["no payment is doubled"]);
        let twice = laws_broken_by(|it| {
            let order = it.held[0].clone();
            let payments = Vec::new();
            it.held.push(HeldOrder { payments, ..order });
        });
        assert_eq!(twice, ["no order is doubled"]);
        let twice = laws_broken_by(|it| {
            let refund = payment(it, FULL).refunds[0].clone();
            payment(it, FULL).refunds.push(refund);
        });
        assert_eq!(twice, ["no refund is doubled"]);
        let twice = laws_broken_by(|it| {
            let payment = payment(it, VOID).clone();
            it.held[VOID as usize].payments.push(payment);
        });
        assert_eq!(twice, ["no payment is doubled", "no void is doubled"]);
        let twice = laws_broken_by(|it| it.effects.times.extend([("e0".to_owned(), 2)]));
        assert_eq!(twice, ["no event has its effect twice"]);
    }

    #[test]
    fn a_belief_that_is_wrong_breaks_a_law() {
        let right = "the client is right about payments";
        let not_made = || Belief::NotMade("429".into());
        let hidden = laws_broken_by(|it| believe(it, Step::Pay, not_made()));
        assert_eq!(hidden, [right]);
        let imagined = laws_broken_by(|it| it.held[0].payments.clear());
        assert_eq!(imagined, [right]);
        let another = laws_broken_by(|it| it.held[0].payments[0].amount_cents += 1);
        assert_eq!(another, [right]);
        let missing = laws_broken_by(|it| {
            it.held[0].payments.clear();
            believe(it, Step::Pay, not_made());
        });
        assert_eq!(missing, ["no payment is missing"]);
    }

    #[test]
    fn a_reversal_that_nobody_thought_of_is_missing() {
        for (number, step, law) in [
            (FULL, Step::Refund, "no refund is missing"),
            (PARTIAL, Step::Refund, "no refund is missing"),
            (VOID, Step::Void, "no void is missing"),
        ] {
            assert_eq!(
                laws_broken_by(|it| forget_reversal(it, number, step)),
                [law]
            );
            // A client that only pays, and a payment of which nothing was taken, need none.
            let pays_only = laws_broken_by(|it| {
                forget_reversal(it, number, step);
                let others = [FULL, PARTIAL, VOID];
                for other in others.into_iter().filter(|it| *it != number) {
                    forget_reversal(it, other, Step::Refund);
                    forget_reversal(it, other, Step::Void);
                }
                it.is_to_reverse = false;
            });
            assert_eq!(pays_only, [""; 0]);
            let declined = laws_broken_by(|it| {
                forget_reversal(it, number, step);
                payment(it, number).status = "declined".into();
                let id = payment(it, number).id.clone();
                it.effects.statuses.extend([(id, "declined".to_owned())]);
                let not_made = Belief::NotMade("the payment is declined".into());
                it.believed.beliefs.insert((number, step), not_made);
            });
            assert_eq!(declined, [""; 0]);
        }
    }

    #[test]
    fn what_is_there_with_another_amount_or_id_breaks_a_law() {
        let order = laws_broken_by(|it| it.held[0].total_cents += 1);
        assert_eq!(order, ["the client is right about orders"]);
        let right = "the client is right about refunds";
        let amount = laws_broken_by(|it| payment(it, FULL).refunds[0].amount_cents -= 1);
        assert_eq!(amount, [right]);
        let id = laws_broken_by(|it| payment(it, PARTIAL).refunds[0].id = "other".into());
        assert_eq!(id, [right]);
        let unwanted = laws_broken_by(|it| {
            let refund = payment(it, FULL).refunds[0].clone();
            payment(it, 0).refunds.push(refund);
            it.believed
                .beliefs
                .insert((0, Step::Refund), Belief::Made("r4".into()));
        });
        assert_eq!(unwanted, [right]);
        let without_id = laws_broken_by(|it| {
            let made = Belief::Made(WITHOUT_ID.into());
            it.believed.beliefs.insert((FULL, Step::Refund), made);
        });
        assert_eq!(without_id, [""; 0]);
        let unvoided = laws_broken_by(|it| {
            let belief = it.believed.beliefs[&(VOID, Step::Void)].clone();
            forget_reversal(it, VOID, Step::Void);
            it.believed.beliefs.insert((VOID, Step::Void), belief);
        });
        assert_eq!(unvoided, ["the client is right about voids"]);
    }

    #[test]
    fn only_refunds_in_part_are_left_to_a_person() {
        let undecided = |number, step| {
            laws_broken_by(|it| {
                let belief = Belief::Undecided("several".into());
                it.believed.beliefs.insert((number, step), belief);
            })
        };
        let left = undecided(0, Step::Pay);
        assert_eq!(left, ["no payment is left to a person"]);
        let left = undecided(VOID, Step::Void);
        assert_eq!(left, ["no void is left to a person"]);
        let left = undecided(FULL, Step::Refund);
        assert_eq!(left, ["no full refund is left to a person"]);
        assert_eq!(undecided(PARTIAL, Step::Refund), [""; 0]);
    }

    #[test]
    fn lost_events_shown_secrets_and_orders_left_behind_break_laws() {
        let lost = laws_broken_by(|it| it.effects.times.clear());
        assert_eq!(lost, ["no event is lost"]);
        let undone = laws_broken_by(|it| it.held[0].payments[0].status = "refunded".into());
        assert_eq!(undone, ["no late event undoes a later one"]);
        let shown = laws_broken_by(|it| it.secrets.push("access token in h2".into()));
        assert_eq!(shown, ["no secret is shown"]);
        let unplanted = laws_broken_by(|it| it.traffic.markers = Default::default());
        assert_eq!(unplanted, ["every secret was where it could be shown"]);
        let mistaken = laws_broken_by(|it| {
            let key = ("order".to_owned(), MISTAKEN.to_owned());
            it.believed.verdicts.insert(key, 1);
        });
        assert_eq!(mistaken, ["no answer to another request is believed"]);
        let left = laws_broken_by(|it| it.believed.done = 0);
        assert_eq!(left, ["every order is gone through"]);
    }

    #[test]
    fn the_budget_of_each_client_bounds_what_it_sends_again_in_an_outage() {
        use Protocol::{Http1, Http2};
        let laws = |loads: &[(u32, Protocol, u64)]| {
            laws_broken_by(|it| {
                for (process, protocol, retries) in loads.iter().copied() {
                    let load = Amplification {
                        calls: 100,
                        retries,
                        time: Some((Duration::ZERO, Duration::from_secs(100))),
                    };
                    let budget = BudgetOf { process, protocol };
                    it.traffic.outage.insert(budget, load);
                }
            })
        };
        let law = ["no outage is amplified"];
        // The reserve, one in ten seconds, and one for each lane of the process that it began in.
        assert_eq!(laws(&[(3, Http1, 46), (4, Http1, 30)]), [""; 0]);
        assert_eq!(laws(&[(3, Http1, 47), (3, Http2, 0)]), law);
        // The budget of one process is none of another's.
        assert_eq!(laws(&[(3, Http1, 0), (4, Http1, 31)]), law);
        // A lane has one call, of one client.
        assert_eq!(laws(&[(3, Http1, 46), (3, Http2, 30)]), [""; 0]);
        assert_eq!(laws(&[(3, Http1, 46), (3, Http2, 31)]), law);
    }

    /// A run of so many orders that met everything.
    fn eventful(orders: u64) -> Reconciled {
        let mut it = Reconciled::of(&sound());
        it.orders.intended = orders;
        it.faults = Fault::ALL.iter().map(|it| (it.name(), 1)).collect();
        it.ways = Way::ALL.iter().map(|it| (it.name(), 1)).collect();
        it.mint_faults = MintFault::ALL.iter().map(|it| (it.name(), 1)).collect();
        it.verdicts
            .insert(("payment".into(), "it happened".into()), 1);
        (it.kills, it.receivers_killed) = (1, 1);
        (it.outage_calls, it.lines) = (1, 1);
        it.events.deduplicated = 1;
        it
    }

    #[test]
    fn a_run_in_which_something_never_went_wrong_breaks_a_law() {
        let law = "everything went wrong that can";
        let laws = |orders, change: &dyn Fn(&mut Reconciled)| {
            let mut it = eventful(orders);
            change(&mut it);
            let broken = broken(&it);
            broken.into_iter().map(|it| it.law).collect::<Vec<_>>()
        };
        let changes: [&dyn Fn(&mut Reconciled); 13] = [
            &|it| it.kills = 0,
            &|it| it.receivers_killed = 0,
            &|it| it.mint_faults.clear(),
            &|it| it.verdicts.clear(),
            &|it| it.outage_calls = 0,
            &|it| it.events.sent = 0,
            &|it| it.events.deduplicated = 0,
            &|it| it.full_refunds.made = 0,
            &|it| it.partial_refunds.made = 0,
            &|it| it.voids.made = 0,
            &|it| it.lines = 0,
            &|it| {
                it.faults
                    .retain(|name, _| *name != Fault::RefusedStream.name())
            },
            &|it| it.ways.retain(|name, _| *name != Way::Twice.name()),
        ];
        assert_eq!(laws(ORDERS, &|_| {}), [""; 0]);
        for change in changes {
            assert_eq!(laws(ORDERS, change), [law]);
            assert_eq!(laws(ORDERS - 1, change), [""; 0]);
        }
        let rare: [&dyn Fn(&mut Reconciled); 2] = [
            &|it| {
                it.mint_faults
                    .retain(|name, _| *name != MintFault::Silence.name())
            },
            &|it| it.faults.retain(|name, _| *name != Fault::GoAway.name()),
        ];
        for change in rare {
            assert_eq!(laws(ORDERS, change), [""; 0]);
            assert_eq!(laws(ORDERS_WITH_RARE, change), [law]);
        }
    }
}
