//! The messages of AsyncAPI that are events: the API sends those under `subscribe`, and receives those under
//! `publish`. Documents that mix these up are taken as they are meant, where that shows or is set.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::Announced;
use super::kind::kind_property;
use super::wire::{name_of, own_values};
use crate::config::{EventOperations, Setting};
use crate::diagnostic::{Code, Problem};
use crate::dialect::asyncapi::{ChannelOperation, Message, Verb};
use crate::lower::context::Context;
use crate::lower::schema::TypeBuilder;
use crate::source::{Node, NodeKey};

/// A message of a document, as far as it may be an event.
pub(super) struct Candidate<'m, 'd> {
    pub message: &'m Message<'d>,
    /// The operation by which the API receives it: it is an event only if it has been one so far.
    pub received: Option<Node<'d>>,
}

/// The messages that are events by the configuration, or else by what the document has.
pub(super) fn candidates<'m, 'd>(
    context: &mut Context<'d>,
    messages: &'m [Message<'d>],
) -> Vec<Candidate<'m, 'd>> {
    if let Some(operations) = context.config.events.operations {
        check(context, messages, operations);
        let sent = messages.iter();
        let sent = sent.filter(|message| carries_events(operations, message.operation.verb));
        return sent.map(Candidate::sent).collect();
    }
    let first = |verb| {
        let mut operations = messages.iter().map(|message| message.operation);
        operations.find(|operation: &ChannelOperation<'_>| operation.verb == verb)
    };
    let (subscribed, published) = (first(Verb::Subscribe), first(Verb::Publish));
    let meant = EventOperations::meant(published.is_some(), subscribed.is_some());
    match (meant, published) {
        (Some(EventOperations::Both), Some(first)) => {
            let problem = Problem::new(
                Code::PUBLISHED_EVENTS,
                first.node,
                "no channel has `subscribe`, under which stands what the API sends: messages under `publish` are taken as events",
            );
            context.problem(problem.help(HELP));
            messages.iter().map(Candidate::sent).collect()
        }
        _ => messages.iter().map(Candidate::by_verb).collect(),
    }
}

const HELP: &str =
    "[events] operations = \"subscribe\" if the API receives them, or \"publish\" if it sends them";

impl<'m, 'd> Candidate<'m, 'd> {
    fn sent(message: &'m Message<'d>) -> Self {
        Self {
            message,
            received: None,
        }
    }

    fn by_verb(message: &'m Message<'d>) -> Self {
        let ChannelOperation { node, verb } = message.operation;
        Self {
            message,
            received: (verb == Verb::Publish).then_some(node),
        }
    }
}

fn carries_events(operations: EventOperations, verb: Verb) -> bool {
    match operations {
        EventOperations::Subscribe => verb == Verb::Subscribe,
        EventOperations::Publish => verb == Verb::Publish,
        EventOperations::Both => true,
    }
}

/// Says so where the setting is about operations that the document does not have. That the API sends nothing
/// is said by `subscribe` where there is only `publish`.
fn check(context: &mut Context<'_>, messages: &[Message<'_>], operations: EventOperations) {
    let mut verbs = messages.iter().map(|message| message.operation);
    let (is_matched, wanted) = match operations {
        EventOperations::Publish => (verbs.any(|it| it.verb == Verb::Publish), "`publish`"),
        EventOperations::Subscribe | EventOperations::Both => (
            verbs.next().is_some(),
            "an operation, `publish` or `subscribe`,",
        ),
    };
    if !is_matched {
        let message = format!(
            "no AsyncAPI channel has {wanted} with a message, so the setting `operations` finds nothing"
        );
        let help = "correct `operations` in [events], or remove it".to_owned();
        let setting = Setting::Event("operations");
        context.at_setting(setting, Code::UNMATCHED_EVENT_OPERATIONS, message, help);
    }
}

/// Leaves out what the API receives, but for what has been an event so far.
pub(super) fn sent<'d>(
    types: &mut TypeBuilder<'d, '_>,
    announced: Vec<Announced<'d>>,
) -> Vec<Announced<'d>> {
    let former = former(types, &announced);
    let mut told: Vec<Told<'d>> = Vec::new();
    let mut numbers: HashMap<(NodeKey, bool), usize> = HashMap::new();
    let mut left = Vec::new();
    for (mut event, former) in announced.into_iter().zip(former) {
        let is_known = !former.is_empty();
        if let Some(operation) = event.received {
            let number = *numbers
                .entry((operation.key(), is_known))
                .or_insert(told.len());
            if number == told.len() {
                told.push(Told {
                    operation,
                    is_known,
                    names: BTreeSet::new(),
                });
            }
            told[number].names.insert(name_of(&event).to_owned());
        }
        if event.received.is_none() || is_known {
            event.former = former;
            left.push(event);
        }
    }
    for told in told {
        types.context.problem(told.problem());
    }
    left
}

/// The words for an operation by which the API receives.
struct Told<'d> {
    operation: Node<'d>,
    /// These messages have been events so far.
    is_known: bool,
    /// The messages.
    names: BTreeSet<String>,
}

impl Told<'_> {
    /// The most names that a finding lists.
    const MOST: usize = 5;

    fn problem(&self) -> Problem {
        let names = self.names.iter().take(Self::MOST);
        let mut list: Vec<String> = names.map(|name| format!("`{name}`")).collect();
        let more = self.names.len().saturating_sub(Self::MOST);
        if more > 0 {
            list.push(format!("{more} more"));
        }
        let list = list.join(", ");
        match self.is_known {
            true => Problem::new(
                Code::KEPT_MESSAGE,
                self.operation,
                format!(
                    "the API receives what clients publish here ({list}): it stays an event, as it has been one so far"
                ),
            )
            .help("[events] operations = \"subscribe\" takes it out, \"both\" says that the API sends it"),
            false => Problem::new(
                Code::RECEIVED_MESSAGE,
                self.operation,
                format!("the API receives what clients publish here ({list}): it is no event"),
            )
            .help("[events] operations = \"publish\" or \"both\" if the API sends it"),
        }
    }
}

/// For each message that the API receives, the names under which the generation before had an event of it nevertheless.
fn former<'d>(
    types: &mut TypeBuilder<'d, '_>,
    announced: &[Announced<'d>],
) -> Vec<BTreeSet<String>> {
    let mut former = vec![BTreeSet::new(); announced.len()];
    let events = &types.context.previous.names.events;
    let mut lines: BTreeMap<&str, usize> = BTreeMap::new();
    for (wire, _) in events.keys() {
        *lines.entry(wire).or_default() += 1;
    }
    if lines.is_empty() || announced.iter().all(|event| event.received.is_none()) {
        return former;
    }
    let (received, sent): (Vec<_>, Vec<_>) = announced
        .iter()
        .enumerate()
        .partition(|(_, event)| event.received.is_some());
    // The names of events depend on which there are, and in a document that had nothing else these were all.
    let properties = [
        kind_property(types, announced.iter()),
        kind_property(types, sent.iter().map(|(_, event)| *event)),
        kind_property(types, received.iter().map(|(_, event)| *event)),
        types.context.previous.names.kind.clone(),
    ];
    // Of several events of one name, each that is sent has a line of its own.
    let mut payloads: HashMap<String, HashSet<Option<NodeKey>>> = HashMap::new();
    for (_, event) in sent {
        let payload = payload(types, event);
        for name in names(types, event, &properties) {
            payloads.entry(name).or_default().insert(payload);
        }
    }
    for (at, event) in received {
        let payload = payload(types, event);
        let mut names = names(types, event, &properties);
        names.retain(|name| {
            let of_sent = payloads.get(name);
            let is_sent = of_sent.is_some_and(|payloads| payloads.contains(&payload));
            let of_sent = of_sent.map_or(0, HashSet::len);
            let lines = lines.get(name.as_str());
            !is_sent && lines.is_some_and(|lines| *lines > of_sent)
        });
        former[at] = names;
    }
    former
}

/// The names that a message may have had as an event.
fn names<'d>(
    types: &mut TypeBuilder<'d, '_>,
    event: &Announced<'d>,
    properties: &[Option<String>],
) -> BTreeSet<String> {
    let mut names = BTreeSet::from([name_of(event).to_owned()]);
    for property in properties.iter().flatten() {
        names.extend(own_values(types, event, property));
    }
    names
}

/// The schema of a payload, wherever it is referred to.
fn payload(types: &TypeBuilder<'_, '_>, event: &Announced<'_>) -> Option<NodeKey> {
    let payload = event.payload?;
    let target = types.context.documents().follow(payload);
    Some(target.unwrap_or(payload).key())
}
