//! Operations as phrases, from which types have their names: `create_subscription_for_customer` of a resource's
//! `create_for_customer`.

use crate::identifier;
use crate::lower::naming::deeds::{self, effect};
use crate::lower::naming::done::OF_CLIENT;
use crate::lower::naming::unnamed::OperationName;
use crate::lower::naming::words::overlap;
use crate::model::Sender;

/// Words that a method's name goes on with behind the thing that it is about.
const LEADING: &[&str] = &[
    "after", "and", "as", "at", "before", "by", "for", "from", "in", "into", "of", "on", "or",
    "to", "using", "via", "with", "without",
];

/// Words before a verb that say in which way it is done.
const MANNERS: &[&str] = &[
    "batch", "bulk", "dry", "force", "manually", "multi", "partial",
];

/// How many are meant.
const NUMBERS: &[&str] = &["all", "batch", "bulk", "many", "multiple", "several"];

/// Words that say which of the things is meant, and stand before it.
const QUALIFIERS: &[&str] = &[
    "active",
    "available",
    "current",
    "default",
    "draft",
    "inactive",
    "last",
    "latest",
    "new",
    "next",
    "other",
    "own",
    "pending",
    "previous",
    "recent",
    "upcoming",
];

/// Verbs that are none in paths and operationIds, where many are things.
const VERBS: &[&str] = &[
    "answer",
    "append",
    "apply",
    "borrow",
    "buy",
    "commission",
    "connect",
    "decommission",
    "decrement",
    "deny",
    "deposit",
    "enqueue",
    "expunge",
    "forward",
    "fund",
    "grant",
    "increment",
    "initialize",
    "link",
    "lose",
    "mark",
    "migrate",
    "pin",
    "poll",
    "prepare",
    "present",
    "promote",
    "prompt",
    "provide",
    "provision",
    "push",
    "reboot",
    "redeem",
    "redeliver",
    "release",
    "render",
    "repay",
    "require",
    "rerun",
    "resend",
    "reserve",
    "restrict",
    "revert",
    "rollover",
    "select",
    "settle",
    "simulate",
    "switch",
    "unban",
    "unlink",
    "unpin",
    "watch",
    "withdraw",
];

impl OperationName {
    /// The operation as one says it: `cancel_reader_action`.
    pub(in crate::lower) fn phrase(&self) -> String {
        let is_list = identifier::bare(&self.method).starts_with("list");
        let thing = if is_list {
            &self.resource
        } else {
            &self.entity
        };
        self.said(thing, &self.id)
    }

    /// The same of the resource, for what several operations of it may have.
    pub(in crate::lower) fn phrase_of_resource(&self) -> String {
        self.said(&self.resource, &[])
    }

    fn said(&self, thing: &str, id: &[String]) -> String {
        let method = identifier::bare(&self.method);
        match self.sender {
            Sender::Client => phrase(method, thing, id),
            // An event is no deed, though `order` and `release` may be.
            Sender::Api => format!("{method}_{thing}"),
        }
    }
}

fn phrase(method: &str, thing: &str, id: &[String]) -> String {
    let words: Vec<String> = method.split('_').map(str::to_owned).collect();
    let things: Vec<String> = thing.split('_').map(str::to_owned).collect();
    let Some(length) = verb(&words) else {
        let whole = match words.len() {
            1 => [words, things].concat(),
            _ if has(&words, &things) => words,
            _ => overlap(&things, &words),
        };
        return whole.join("_");
    };
    // The client itself is no thing, and `add_ons_saas` adds nothing.
    let is_whole = words.len() > 1 && thing == OF_CLIENT;
    if is_whole || things.len() > 1 && starts_with(&words, &things) {
        return method.to_owned();
    }
    let (verb, rest) = words.split_at(length);
    let end = rest
        .iter()
        .position(|word| is_leading(word))
        .unwrap_or(rest.len());
    let (part, behind) = rest.split_at(end);
    let middle = if has(part, &things) {
        part.to_vec()
    } else if is_number(part) {
        let many = identifier::plural(thing);
        [part, &[many]].concat()
    } else if let Some(said) = as_said(part, &things, id) {
        said
    } else if verb != ["mark"] && part.last().is_some_and(|last| is_qualifier(last)) {
        [part, &things].concat()
    } else {
        overlap(&things, part)
    };
    [verb, &middle, behind].concat().join("_")
}

/// How many words of a method's name are its verb, if it begins with one: `create_or_update`, `bulk_delete`.
fn verb(words: &[String]) -> Option<usize> {
    let is_verb = |at: usize| words.get(at).is_some_and(|word| is_verb(word));
    let says = |at: usize, all: &[&str]| words.get(at).is_some_and(|it| all.contains(&it.as_str()));
    if says(0, MANNERS) && is_verb(1) {
        return Some(2);
    }
    let joins = says(1, &["and", "or"]) && is_verb(2);
    is_verb(0).then_some(if joins { 3 } else { 1 })
}

fn is_verb(word: &str) -> bool {
    effect(word).is_some() || VERBS.contains(&word)
}

/// Whether a word leads to what belongs to a thing, and is no part of it.
pub(in crate::lower) fn is_leading(word: &str) -> bool {
    LEADING.contains(&word)
}

/// The beginning of a phrase without what leads to the rest of it: `versions` of `versions_for`.
pub(super) fn whole(words: &[String]) -> &[String] {
    let last = words.iter().rposition(|word| !is_leading(word));
    &words[..last.map_or(words.len(), |at| at + 1)]
}

/// Whether words have the thing already: `set_reader_display` of a reader.
fn has(part: &[String], things: &[String]) -> bool {
    part.windows(things.len())
        .any(|words| starts_with(words, things))
}

/// Whether words begin with others, be they singular or plural.
fn starts_with(words: &[String], others: &[String]) -> bool {
    let mut pairs = words.iter().zip(others);
    words.len() >= others.len()
        && pairs.all(|(one, other)| identifier::singular(one) == identifier::singular(other))
}

/// A part with the thing where an operationId has it: `create-review-comment` of `comments.create_review`.
fn as_said(part: &[String], things: &[String], id: &[String]) -> Option<Vec<String>> {
    let places = (1..=part.len()).rev().filter(|_| !part.is_empty());
    let mut said = places.map(|at| [&part[..at], things, &part[at..]].concat());
    said.find(|said| has(id, said))
}

fn is_number(part: &[String]) -> bool {
    matches!(part, [one] if NUMBERS.contains(&one.as_str()))
}

/// Whether a word stands before a noun: one of a list, or a participle.
fn is_qualifier(word: &str) -> bool {
    let is_participle = word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed");
    is_participle || deeds::is_adjective(word) || QUALIFIERS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_stands_behind_its_verb() {
        for (method, thing, said) in [
            ("create", "order", "create_order"),
            (
                "create_for_customer",
                "subscription",
                "create_subscription_for_customer",
            ),
            (
                "delete_discount_for_customer",
                "subscription",
                "delete_subscription_discount_for_customer",
            ),
            ("cancel_action", "reader", "cancel_reader_action"),
            ("update_with_form", "pet", "update_pet_with_form"),
            ("mark_as_read", "notification", "mark_notification_as_read"),
            ("mark_failed", "invoice", "mark_invoice_failed"),
            ("create_or_update", "secret", "create_or_update_secret"),
            (
                "create_or_update_for_org",
                "secret",
                "create_or_update_secret_for_org",
            ),
            ("bulk_delete_repo", "pattern", "bulk_delete_pattern_repo"),
            (
                "increment_authorization",
                "payment_intent",
                "increment_payment_intent_authorization",
            ),
        ] {
            assert_eq!(phrase(method, thing, &[]), said);
        }
    }

    #[test]
    fn a_thing_that_is_named_already_is_named_once() {
        for (method, thing, said) in [
            ("set_reader_display", "reader", "set_reader_display"),
            ("clear_dag_runs", "dag", "clear_dag_runs"),
            (
                "resend_failed_notifications",
                "notification",
                "resend_failed_notifications",
            ),
            (
                "get_balance_history",
                "cash_balance",
                "get_cash_balance_history",
            ),
        ] {
            assert_eq!(phrase(method, thing, &[]), said);
        }
    }

    #[test]
    fn the_client_is_no_thing() {
        assert_eq!(phrase("send_message", "api", &[]), "send_message");
        assert_eq!(phrase("close", "api", &[]), "close_api");
    }

    #[test]
    fn words_that_say_which_and_how_many_stand_before_it() {
        for (method, thing, said) in [
            ("get_upcoming", "invoice", "get_upcoming_invoice"),
            ("list_archived", "order", "list_archived_order"),
            ("delete_all", "issue", "delete_all_issues"),
            ("delete_all_for_user", "issue", "delete_all_issues_for_user"),
            ("list_feed", "user", "list_user_feed"),
        ] {
            assert_eq!(phrase(method, thing, &[]), said);
        }
    }

    #[test]
    fn without_a_verb_the_thing_comes_first() {
        assert_eq!(
            phrase("cash_balance", "customer", &[]),
            "customer_cash_balance"
        );
        assert_eq!(phrase("search", "movie", &[]), "search_movie");
        assert_eq!(phrase("ltv", "adjustment", &[]), "ltv_adjustment");
        assert_eq!(phrase("add_ons_saas", "add_ons", &[]), "add_ons_saas");
    }

    #[test]
    fn a_thing_stands_where_its_operation_id_has_it() {
        for (id, method, thing, said) in [
            (
                "create-review-comment",
                "create_review",
                "comment",
                "create_review_comment",
            ),
            (
                "create-comment-review",
                "create_review",
                "comment",
                "create_comment_review",
            ),
            (
                "signSolanaMessage",
                "sign_solana_message",
                "account",
                "sign_account_solana_message",
            ),
            (
                "list-github-hosted-runners-in-group",
                "list_github_in_group",
                "hosted_runner",
                "list_github_hosted_runner_in_group",
            ),
        ] {
            let id = identifier::words(id);
            assert_eq!(phrase(method, thing, &id), said);
        }
    }
}
