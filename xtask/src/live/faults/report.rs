//! The reconciliation as a table.

use super::coverage;
use super::laws::Broken;
use super::reconcile::{Account, Reconciled};
use std::collections::BTreeMap;
use std::fmt::{self, Display, Write};

/// The table of a run.
pub(super) struct Report<'a> {
    pub(super) reconciled: &'a Reconciled,
    pub(super) broken: &'a [Broken],
}

fn account(f: &mut fmt::Formatter<'_>, name: &str, account: &Account) -> fmt::Result {
    let Account {
        intended,
        made,
        doubled,
        missing,
        hidden,
        imagined,
        undecided,
    } = account;
    writeln!(
        f,
        "{name:<16}{intended:>10}{made:>10}{doubled:>10}{missing:>10}{hidden:>10}{imagined:>10}{undecided:>10}"
    )
}

fn list<K: Display>(
    f: &mut fmt::Formatter<'_>,
    title: &str,
    lines: impl IntoIterator<Item = (K, u64)>,
) -> fmt::Result {
    writeln!(f, "\n{title}")?;
    for (name, times) in lines {
        writeln!(f, "  {name:<48}{times:>10}")?;
    }
    Ok(())
}

fn by_name(counts: &BTreeMap<&'static str, u64>) -> Vec<(&'static str, u64)> {
    counts.iter().map(|(name, times)| (*name, *times)).collect()
}

impl Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let it = self.reconciled;
        writeln!(
            f,
            "{:<16}{:>10}{:>10}{:>10}{:>10}{:>10}{:>10}{:>10}",
            "", "intended", "made", "doubled", "missing", "hidden", "imagined", "undecided"
        )?;
        account(f, "orders", &it.orders)?;
        account(f, "payments", &it.payments)?;
        account(f, "full refunds", &it.full_refunds)?;
        account(f, "partial refunds", &it.partial_refunds)?;
        account(f, "voids", &it.voids)?;
        let verdicts = it.verdicts.iter();
        let verdicts = verdicts.map(|((kind, it), times)| (format!("{kind}: {it}"), *times));
        list(f, "outcomes that were unknown", verdicts)?;
        events(f, it)?;
        traffic(f, it)?;
        secrets(f, it)?;
        f.write_char('\n')?;
        for wrong in &it.wrong {
            writeln!(f, "{wrong}")?;
        }
        for Broken { law, found } in self.broken {
            writeln!(f, "BROKEN: {law}: {found} times")?;
        }
        if self.broken.is_empty() {
            writeln!(f, "All laws hold.")?;
        }
        Ok(())
    }
}

fn events(f: &mut fmt::Formatter<'_>, it: &Reconciled) -> fmt::Result {
    let events = it.events;
    let counts = [
        ("sent", events.sent),
        ("delivered", events.delivered),
        ("deduplicated", events.deduplicated),
        ("lost", events.lost),
        ("with their effect twice", events.doubled),
        ("statuses that contradict Tilt's", events.contradicting),
    ];
    list(f, "events", counts)?;
    list(f, "deliveries that went another way", by_name(&it.ways))?;
    let answers = it.answers.iter();
    let answers = answers.map(|(answer, times)| (answer, *times));
    list(f, "answers of the receivers", answers)
}

fn traffic(f: &mut fmt::Formatter<'_>, it: &Reconciled) -> fmt::Result {
    let ratio = (100 * it.outage_retries).checked_div(it.outage_calls);
    let ratio = ratio.unwrap_or_default();
    let counts = [
        ("requests to the API", it.requests),
        ("of them in an outage, first attempts", it.outage_calls),
        ("of them in an outage, further attempts", it.outage_retries),
        ("as many as budgets allow", it.outage_allowed),
        ("further attempts for each 100 first ones", ratio),
        ("requests for a token", it.mints),
        ("of them failed by the proxy", it.mint_faults.values().sum()),
        ("tokens minted", it.tokens),
        ("seconds that passed for the client", it.seconds),
        ("processes of the client", it.processes),
        ("of them killed", it.kills),
        ("receivers killed", it.receivers_killed),
    ];
    list(f, "traffic", counts)?;
    list(f, "faults that requests met", by_name(&it.faults))?;
    let mints = by_name(&it.mint_faults);
    list(f, "faults that requests for a token met", mints)?;
    for never in coverage::never_met(it) {
        writeln!(f, "  never met: {never}")?;
    }
    Ok(())
}

fn secrets(f: &mut fmt::Formatter<'_>, it: &Reconciled) -> fmt::Result {
    let counts = [
        ("lines of logs searched", it.lines),
        ("secrets found in them", it.secrets.len() as u64),
    ];
    list(f, "secrets", counts)?;
    for found in &it.secrets {
        writeln!(f, "  {found}")?;
    }
    for secret in &it.not_planted {
        writeln!(f, "  never sent: {secret}")?;
    }
    Ok(())
}
