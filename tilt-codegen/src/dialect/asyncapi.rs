//! AsyncAPI 2.0 to 2.6: channels and their messages.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, Problem, Problems};
use crate::source::{DocumentId, Documents, Node, NodeKey};

use super::copies::Copies;
use super::{media_type, members};

/// The content of an AsyncAPI document. Maps are sorted by key.
#[derive(Debug, Clone)]
pub(crate) struct EventApi<'d> {
    pub title: String,
    pub version: String,
    pub description: Option<String>,
    /// One entry per message and channel.
    pub messages: Vec<Message<'d>>,
    /// `components.schemas`.
    pub schemas: Vec<(&'d str, Node<'d>)>,
}

#[derive(Debug, Clone)]
pub(crate) struct Message<'d> {
    pub node: Node<'d>,
    /// `name`, `messageId`, or the key under `components.messages`, whichever is there first.
    pub name: Option<&'d str>,
    pub channel: &'d str,
    /// The operation that carries it.
    pub operation: ChannelOperation<'d>,
    /// How many messages share the operation.
    pub siblings: usize,
    pub operation_id: Option<&'d str>,
    pub title: Option<&'d str>,
    pub summary: Option<&'d str>,
    pub description: Option<&'d str>,
    pub deprecated: bool,
    /// `None`: no payload, or one that is not JSON Schema (which is a finding).
    pub payload: Option<Node<'d>>,
    /// The media type of its payload, where one is said.
    pub content_type: Option<&'d str>,
    /// Schemas of the headers.
    pub headers: Vec<Node<'d>>,
}

/// An operation of a channel, as clients perform it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ChannelOperation<'d> {
    pub node: Node<'d>,
    pub verb: Verb,
}

/// Seen from the clients of the API that the document describes (2.6, "Channel Item Object").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    /// Clients send: the API receives.
    Publish,
    /// Clients receive: the API sends.
    Subscribe,
}

impl Verb {
    /// In the order in which operations of a channel are read.
    const ALL: [Verb; 2] = [Verb::Publish, Verb::Subscribe];

    fn key(self) -> &'static str {
        match self {
            Verb::Publish => "publish",
            Verb::Subscribe => "subscribe",
        }
    }
}

/// Reads a whole document.
pub(crate) fn read<'d>(
    documents: &'d Documents,
    root: DocumentId,
    problems: &mut Problems,
) -> EventApi<'d> {
    EventsReader {
        documents,
        root: documents.get(root).node(),
        problems,
        copies: Copies::new(documents.limits()),
        checked: HashSet::new(),
    }
    .events()
}

struct EventsReader<'d, 'p> {
    documents: &'d Documents,
    root: Node<'d>,
    problems: &'p mut Problems,
    copies: Copies,
    /// Objects whose members were looked at.
    checked: HashSet<NodeKey>,
}

/// Members of 2.6, which has all that was there before.
const CHANNEL: [&str; 7] = [
    "$ref",
    "bindings",
    "description",
    "parameters",
    "publish",
    "servers",
    "subscribe",
];
const OPERATION: [&str; 9] = [
    "bindings",
    "description",
    "externalDocs",
    "message",
    "operationId",
    "security",
    "summary",
    "tags",
    "traits",
];
/// `deprecated` is of JSON Schema's, and read all the same.
const MESSAGE: [&str; 16] = [
    "bindings",
    "contentType",
    "correlationId",
    "deprecated",
    "description",
    "examples",
    "externalDocs",
    "headers",
    "messageId",
    "name",
    "payload",
    "schemaFormat",
    "summary",
    "tags",
    "title",
    "traits",
];

impl<'d> EventsReader<'d, '_> {
    fn events(mut self) -> EventApi<'d> {
        let root = self.root;
        let info = self.map(root, "info").unwrap_or(root);
        let components = self.map(root, "components");
        let schemas = components.and_then(|it| self.map(it, "schemas"));
        let mut schemas: Vec<_> = schemas.into_iter().flat_map(|it| it.members()).collect();
        schemas.sort_unstable_by_key(|(name, _)| *name);
        let channels = self.map(root, "channels");
        let declared = components.and_then(|it| self.map(it, "messages"));
        let messages = self.messages(channels, declared);
        let version = info
            .get("version")
            .and_then(|it| self.documents.written(it));
        if let (Some(channels), true) = (channels, messages.is_empty()) {
            let message = "no channel has a message: there are no events";
            let problem = Problem::new(Code::NO_OPERATIONS, channels, message);
            self.problems.push(problem);
        }
        EventApi {
            title: text(info, "title").unwrap_or("Events").to_owned(),
            version: version.unwrap_or_default().into_owned(),
            description: text(info, "description").map(str::to_owned),
            messages,
            schemas,
        }
    }

    fn map(&mut self, owner: Node<'d>, key: &str) -> Option<Node<'d>> {
        members::map(self.documents, owner, key, self.problems)
    }

    /// Reports, once, what of an object AsyncAPI does not know.
    fn check(&mut self, node: Node<'d>, what: &str, known: &[&str]) {
        if self.checked.insert(node.key()) {
            members::unknown(node, what, known, self.problems);
        }
    }

    fn follow(&mut self, node: Node<'d>, what: &str) -> Option<Node<'d>> {
        match self.documents.follow(node) {
            Ok(target) => Some(target),
            Err(error) => {
                self.problems.push(error.of(what, node));
                None
            }
        }
    }

    fn messages(
        &mut self,
        channels: Option<Node<'d>>,
        components: Option<Node<'d>>,
    ) -> Vec<Message<'d>> {
        let channels = channels.into_iter().flat_map(|map| map.members());
        let mut channels: Vec<_> = channels.collect();
        channels.sort_unstable_by_key(|(name, _)| *name);
        let mut declared: Vec<_> = components
            .into_iter()
            .flat_map(|map| map.members())
            .collect();
        declared.sort_unstable_by_key(|(name, _)| *name);
        let mut names: HashMap<NodeKey, &'d str> = HashMap::new();
        for &(name, node) in &declared {
            if let Ok(target) = self.documents.follow(node) {
                names.entry(target.key()).or_insert(name);
            }
        }
        let mut messages = Vec::new();
        for (channel, node) in channels {
            if channel.starts_with("x-") {
                continue;
            }
            let Some(node) = self.follow(node, "channel") else {
                continue;
            };
            self.check(node, "channel", &CHANNEL);
            for verb in Verb::ALL {
                let operation = node.get(verb.key());
                let Some(operation) = operation.filter(|node| !node.value.is_null()) else {
                    continue;
                };
                let Some(node) = self.follow(operation, "operation") else {
                    continue;
                };
                let operation = ChannelOperation { node, verb };
                self.operation(channel, operation, &names, &mut messages);
            }
        }
        let used: HashSet<_> = messages.iter().map(|message| message.node.key()).collect();
        for (name, node) in declared {
            if let Some(node) = self.follow(node, "message")
                && !used.contains(&node.key())
            {
                self.unused(name, node);
            }
        }
        messages
    }

    /// Components have no effect where nothing refers to them (2.6, "Components Object").
    fn unused(&mut self, name: &str, node: Node<'d>) {
        self.check(node, "message", &MESSAGE);
        let message = format!("no channel has the message `{name}`: it is no event");
        let problem = Problem::new(Code::UNUSED_MESSAGE, node, message);
        self.problems.push(problem);
    }

    fn operation(
        &mut self,
        channel: &'d str,
        operation: ChannelOperation<'d>,
        names: &HashMap<NodeKey, &'d str>,
        into: &mut Vec<Message<'d>>,
    ) {
        self.check(operation.node, "operation", &OPERATION);
        let Some(message) = operation.node.get("message") else {
            return self.without_message(channel, operation);
        };
        let Some(target) = self.follow(message, "message") else {
            return;
        };
        let alternatives: Vec<Node<'d>> = match target.get("oneOf") {
            Some(list) => list.elements().collect(),
            None => vec![message],
        };
        let siblings = alternatives.len();
        if siblings == 0 {
            return self.without_message(channel, operation);
        }
        for alternative in alternatives {
            let Some(node) = self.follow(alternative, "message") else {
                continue;
            };
            if !self.copies.object(node, self.problems) {
                return;
            }
            let key = names.get(&node.key()).copied();
            into.push(self.message(node, key, siblings, (channel, operation)));
        }
    }

    fn without_message(&mut self, channel: &str, operation: ChannelOperation<'d>) {
        let verb = operation.verb.key();
        let message = format!("`{verb}` of the channel `{channel}` has no message");
        let code = Code::OPERATION_WITHOUT_MESSAGE;
        self.problems
            .push(Problem::new(code, operation.node, message));
    }

    fn message(
        &mut self,
        node: Node<'d>,
        component: Option<&'d str>,
        siblings: usize,
        (channel, operation): (&'d str, ChannelOperation<'d>),
    ) -> Message<'d> {
        let is_first = !self.checked.contains(&node.key());
        self.check(node, "message", &MESSAGE);
        if is_first {
            self.check_content_type(node);
        }
        let headers = self.headers(node);
        Message {
            node,
            name: self
                .trait_text(node, "name")
                .or_else(|| text(node, "messageId"))
                .or(component),
            channel,
            operation,
            siblings,
            operation_id: text(operation.node, "operationId"),
            title: self.trait_text(node, "title"),
            summary: self.trait_text(node, "summary"),
            description: self.trait_text(node, "description"),
            deprecated: node
                .get("deprecated")
                .is_some_and(|flag| flag.value == true),
            payload: self.payload(node),
            content_type: self.content_type(node),
            headers,
        }
    }

    fn content_type(&mut self, node: Node<'d>) -> Option<&'d str> {
        let own = self.trait_text(node, "contentType");
        own.or_else(|| text(self.root, "defaultContentType"))
    }

    /// Reports a payload that is neither JSON nor a form on its way.
    fn check_content_type(&mut self, node: Node<'d>) {
        let stated = self.content_type(node);
        let other = stated.filter(|it| !media_type::may_be_json(it) && !media_type::is_form(it));
        if let (Some(other), Some(payload)) = (other, node.get("payload")) {
            let message =
                format!("a payload of `{other}` is not read: its event is an unknown one");
            let problem = Problem::new(Code::OTHER_EVENT_BODY, payload, message);
            self.problems.push(problem);
        }
    }

    /// A member of the message, or else of one of its traits (the last one wins, AsyncAPI 2.6
    /// "Message Trait Object").
    fn trait_text(&mut self, node: Node<'d>, key: &str) -> Option<&'d str> {
        if let Some(own) = text(node, key) {
            return Some(own);
        }
        let traits: Vec<_> = node.get("traits")?.elements().collect();
        traits.into_iter().rev().find_map(|node| {
            let node = self.follow(node, "message trait")?;
            text(node, key)
        })
    }

    /// The schemas of a message's headers: its own, and those of its traits.
    fn headers(&mut self, node: Node<'d>) -> Vec<Node<'d>> {
        let traits: Vec<_> = node
            .get("traits")
            .into_iter()
            .flat_map(|traits| traits.elements())
            .collect();
        let traits = traits
            .into_iter()
            .filter_map(|node| self.follow(node, "message trait"));
        let sources: Vec<_> = traits.chain([node]).collect();
        let headers = sources.iter().filter_map(|node| node.get("headers"));
        headers.collect()
    }

    fn payload(&mut self, node: Node<'d>) -> Option<Node<'d>> {
        let payload = node.get("payload")?;
        let format = self.trait_text(node, "schemaFormat").unwrap_or("");
        // JSON Schema and its supersets; all others (Avro, Protobuf, RAML) are no JSON Schema.
        let is_json_schema = format.is_empty()
            || format.contains("aai.asyncapi")
            || format.contains("schema+json")
            || format.contains("schema+yaml")
            || format.contains("vnd.oai.openapi");
        if is_json_schema {
            return Some(payload);
        }
        self.problems.push(Problem::new(
            Code::PAYLOAD_FORMAT,
            payload,
            format!("a payload in the format `{format}` is delivered as any JSON"),
        ));
        None
    }
}

fn text<'d>(node: Node<'d>, key: &str) -> Option<&'d str> {
    node.get(key).and_then(|text| text.as_str())
}
