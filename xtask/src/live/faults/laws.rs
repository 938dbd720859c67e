//! The laws that hold whatever goes wrong.

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
        refunds,
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
        ("no refund is doubled", refunds.doubled),
        ("no refund is missing", refunds.missing),
        ("the client is right about refunds", wrong(refunds)),
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
    ];
    let broken = laws.into_iter().filter(|(_, found)| *found > 0);
    broken.map(|(law, found)| Broken { law, found }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::books::{Belief, MISTAKEN};
    use super::super::intent::Intended;
    use super::super::ledger::{HeldOrder, HeldPayment, Ledger};
    use super::super::markers;
    use super::super::tag::Step;
    use super::*;

    /// One order, paid once, of which an event has told.
    fn sound() -> Ledger {
        let payment = HeldPayment {
            id: "p".into(),
            amount_cents: Intended::of(0).amount_cents,
            status: "settled".into(),
            refunds: 0,
        };
        let order = HeldOrder {
            id: "o".into(),
            reference: Intended::of(0).reference(),
            payments: vec![payment],
        };
        let mut ledger = Ledger {
            orders: 1,
            held: vec![order],
            events: ["e".to_owned()].into(),
            ..Ledger::default()
        };
        let beliefs = &mut ledger.believed.beliefs;
        beliefs.insert((0, Step::Create), Belief::Made("o".into()));
        beliefs.insert((0, Step::Pay), Belief::Made("p".into()));
        ledger.believed.done = 1;
        ledger.effects.times.insert("e".into(), 1);
        let known = ("p".to_owned(), "approved".to_owned());
        ledger.effects.statuses.extend([known]);
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
            it.held[0].payments[0].refunds = 2;
            believe(it, Step::Refund, Belief::Made("r".into()));
        });
        assert_eq!(twice, ["no refund is doubled"]);
        let twice = laws_broken_by(|it| it.effects.times.extend([("e".to_owned(), 2)]));
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
    fn only_refunds_are_left_to_a_person() {
        let undecided = || Belief::Undecided("several".into());
        let payment = laws_broken_by(|it| believe(it, Step::Pay, undecided()));
        assert_eq!(payment, ["no payment is left to a person"]);
        let void = laws_broken_by(|it| believe(it, Step::Void, undecided()));
        assert_eq!(void, ["no void is left to a person"]);
        let refund = laws_broken_by(|it| believe(it, Step::Refund, undecided()));
        assert_eq!(refund, [""; 0]);
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
    fn budgets_bound_what_is_sent_again_in_an_outage() {
        let within = laws_broken_by(|it| {
            it.traffic.outage.processes.insert(0);
            it.traffic.outage.retries = 40;
        });
        assert_eq!(within, [""; 0]);
        let beyond = laws_broken_by(|it| {
            it.traffic.outage.processes.insert(0);
            it.traffic.outage.retries = 200;
        });
        assert_eq!(beyond, ["no outage is amplified"]);
    }
}
