//! The walk through the documents of one state, which finds its operations and events and what they refer to.

use super::super::side::Side;
use super::{Reach, Role, Root, index, message_name, operation_name};
use crate::drift::Direction;
use crate::drift::extensions::{has_extensions, named};
use crate::drift::grammar::{Form, Kind, Turn};
use crate::source::{DocumentId, Node, NodeKey};
use std::collections::{HashMap, HashSet};

impl Reach {
    pub(in crate::drift) fn of(side: Side<'_>) -> Reach {
        let mut walk = Walk {
            side,
            whole: None,
            tags: HashMap::new(),
            reach: Reach::default(),
            queue: Vec::new(),
            seen: HashSet::new(),
        };
        for (root, kind) in [
            (side.openapi, Kind::OpenApi),
            (side.asyncapi, Kind::AsyncApi),
        ] {
            walk.whole = root;
            if let Some(root) = side.root(root) {
                walk.tags = tags(root);
                walk.object(kind, root, Stand::default());
            }
            while let Some((node, kind, stand)) = walk.queue.pop() {
                walk.object(kind, node, stand);
            }
        }
        let mut reach = walk.reach;
        reach.spread();
        reach
    }
}

/// The place that the walk is at.
#[derive(Debug, Clone, Copy, Default)]
struct Stand<'d> {
    part: Option<usize>,
    way: Option<Direction>,
    is_called_back: bool,
    /// In a callback of an operation.
    is_callback: bool,
    /// The key of the nearest map: a path, a webhook, a callback, a channel.
    name: &'d str,
    /// The key of what stands here.
    key: &'d str,
    /// The path item or channel around, as a part.
    item: Option<usize>,
    /// The path item around, with what its operations share.
    shared: Option<Node<'d>>,
    /// The operation of AsyncAPI around.
    operation: Option<Node<'d>>,
}

struct Walk<'d> {
    side: Side<'d>,
    whole: Option<DocumentId>,
    /// The tags of the document, by their names.
    tags: HashMap<&'d str, Node<'d>>,
    reach: Reach,
    queue: Vec<(Node<'d>, Kind, Stand<'d>)>,
    seen: HashSet<(NodeKey, Option<usize>)>,
}

impl<'d> Walk<'d> {
    fn object(&mut self, kind: Kind, node: Node<'d>, stand: Stand<'d>) {
        if let Some((_, target)) = self.side.reference(node) {
            return self.refer(kind, node, target, stand);
        }
        match kind {
            Kind::Schema => return self.schema(node, stand),
            Kind::Callback => {
                // By its own name: where it is called is no name of it.
                let is_callback = true;
                for (_, item) in named(node, true) {
                    let stand = Stand {
                        is_callback,
                        ..stand
                    };
                    self.object(Kind::PathItem, item, stand);
                }
                return;
            }
            Kind::Components | Kind::AsyncComponents => return,
            _ => {}
        }
        let stand = match kind {
            Kind::Operation => self.root(node, stand),
            Kind::PathItem | Kind::Channel => self.item(kind, node, stand),
            Kind::AsyncServer => self.server(node, stand),
            Kind::AsyncOperation => Stand {
                operation: Some(node),
                ..stand
            },
            _ => stand,
        };
        for (key, value) in node.members() {
            let Some(member) = kind.member(key) else {
                continue;
            };
            let stand = Stand {
                key,
                ..turned(stand, self.side.turn(kind, member))
            };
            self.member(kind, member.form, key, value, stand);
        }
    }

    fn member(&mut self, kind: Kind, form: Form, key: &str, value: Node<'d>, stand: Stand<'d>) {
        match form {
            Form::One(inner) => self.object(inner, value, stand),
            Form::Map(inner) => {
                let map = self.side.follow(value);
                for (name, item) in named(map, has_extensions(kind, key)) {
                    let names = matches!(inner, Kind::PathItem | Kind::Channel | Kind::Callback);
                    let is_operation = inner == Kind::Operation;
                    let stand = Stand {
                        name: if names { name } else { stand.name },
                        key: if is_operation { name } else { stand.key },
                        ..stand
                    };
                    self.object(inner, item, stand);
                }
            }
            Form::List(inner) => self
                .side
                .follow(value)
                .elements()
                .for_each(|item| self.object(inner, item, stand)),
            Form::Messages => self.messages(value, stand),
            Form::Inherited if key == "parameters" && kind == Kind::Operation => value
                .elements()
                .for_each(|item| self.object(Kind::Parameter, item, stand)),
            Form::Text => self.words(value, stand),
            Form::Inherited | Form::Value | Form::Names | Form::Keys => {}
        }
    }

    /// Examples are words, and may be definitions.
    fn words(&mut self, value: Node<'d>, stand: Stand<'d>) {
        let Some(around) = stand.part.or(stand.item) else {
            return;
        };
        for (_, word) in value.members() {
            if let Some((_, target)) = self.side.reference(word) {
                self.has(around, target, stand.way);
            }
        }
    }

    /// Whatever one thing reaches, so does the other one, on this way if it says one.
    fn has(&mut self, around: usize, node: Node<'d>, way: Option<Direction>) -> usize {
        let (part, _) = self.reach.part(node.key());
        self.reach.parts[around].refers.push((part, way));
        part
    }

    /// Operations stand in it, and what is changed of it is changed of all of them.
    fn item(&mut self, kind: Kind, node: Node<'d>, stand: Stand<'d>) -> Stand<'d> {
        let (part, _) = self.reach.part(node.key());
        self.reach.parts[part].role = Role::Item;
        if kind == Kind::Channel {
            for server in self.side.servers_of(self.whole, node) {
                self.has(part, self.side.follow(server), None);
            }
        }
        Stand {
            item: Some(part),
            shared: Some(node),
            ..stand
        }
    }

    /// A server of AsyncAPI, which channels have.
    fn server(&mut self, node: Node<'d>, stand: Stand<'d>) -> Stand<'d> {
        let (part, _) = self.reach.part(node.key());
        self.asks(node.get("security"), part);
        Stand {
            item: Some(part),
            ..stand
        }
    }

    /// An operation begins. Its path's parameters, and of the document what it has none of its own of, are part of it.
    fn root(&mut self, node: Node<'d>, stand: Stand<'d>) -> Stand<'d> {
        let way = match stand.is_called_back {
            true => Direction::Event,
            false => Direction::Request,
        };
        let name = match stand.is_called_back {
            true if stand.is_callback => format!("callback {}", stand.name),
            true => format!("webhook {}", stand.name),
            false => operation_name(stand.key, stand.name),
        };
        let part = self.begin(node, name, way, stand.item);
        let stand = Stand {
            part: Some(part),
            way: Some(way),
            ..stand
        };
        let of_item = |key| stand.shared.and_then(|item| item.get(key));
        for parameter in of_item("parameters")
            .into_iter()
            .flat_map(|it| it.elements())
        {
            self.object(Kind::Parameter, parameter, stand);
        }
        let root = self.side.root(self.whole);
        let of_root = |key| root.and_then(|root| root.get(key));
        self.asks(node.get("security").or(of_root("security")), part);
        let has_own = [Some(node), stand.shared]
            .into_iter()
            .flatten()
            .any(has_servers);
        if let Some(servers) = of_root("servers").filter(|_| !(has_own || stand.is_called_back)) {
            self.has(part, servers, Some(way));
        }
        let tags = node
            .get("tags")
            .into_iter()
            .flat_map(|list| list.elements());
        for tag in tags.filter_map(|tag| tag.as_str()) {
            if let Some(tag) = self.tags.get(tag).copied() {
                self.has(part, tag, Some(way));
            }
        }
        stand
    }

    /// Requirements, and the schemes that they name: programs send what they ask for.
    fn asks(&mut self, list: Option<Node<'d>>, around: usize) {
        let Some(list) = list else {
            return;
        };
        let list_part = self.has(around, list, Some(Direction::Request));
        let root = self.side.root(self.whole);
        let schemes = root.and_then(|root| root.get("components")?.get("securitySchemes"));
        let names = list
            .elements()
            .flat_map(|requirement| requirement.members());
        let schemes = names.filter_map(|(name, _)| schemes?.get(name));
        for scheme in schemes.collect::<Vec<_>>() {
            self.has(list_part, self.side.follow(scheme), None);
        }
    }

    fn begin(
        &mut self,
        node: Node<'d>,
        name: String,
        way: Direction,
        item: Option<usize>,
    ) -> usize {
        let root = self.reach.roots.len();
        let is_event = way == Direction::Event;
        self.reach.roots.push(Root {
            name,
            is_event,
            whole: self.whole,
        });
        let (part, _) = self.reach.part(node.key());
        self.reach.parts[part].role = Role::Operation;
        for part in item.into_iter().chain([part]) {
            self.reach.parts[part].reached[index(way)].set(root);
        }
        part
    }

    fn messages(&mut self, value: Node<'d>, stand: Stand<'d>) {
        let several = value.get("oneOf").filter(|list| list.value.is_array());
        let messages: Vec<Node<'d>> = match several {
            Some(list) => list.elements().collect(),
            None => vec![value],
        };
        for message in messages {
            let target = self.side.follow(message);
            let name = message_name(message, target).unwrap_or(stand.name);
            let name = format!("message {name}");
            if let Some(reference) = message.get("$ref").and_then(|it| it.as_str()) {
                let at = (stand.name.to_owned(), reference.to_owned());
                self.reach.messages.insert(at, name.clone());
            }
            let way = stand.way.unwrap_or(Direction::Event);
            let part = self.begin(message, name, way, stand.item);
            let stand = Stand {
                part: Some(part),
                way: Some(way),
                ..stand
            };
            self.around_message(target, part, stand);
            self.object(Kind::Message, message, stand);
        }
    }

    /// A message has the security of its operation, and the content type of the document where it has none of its own.
    fn around_message(&mut self, message: Node<'d>, part: usize, stand: Stand<'d>) {
        let side = self.side;
        let applied = |object: Node<'d>, key| {
            let traits = object.get("traits").into_iter();
            let traits = traits.flat_map(|list| list.elements());
            let own = object.get(key);
            own.or_else(|| traits.filter_map(|it| side.follow(it).get(key)).last())
        };
        let security = stand.operation.and_then(|it| applied(it, "security"));
        self.asks(security, part);
        let root = side.root(self.whole);
        let default = root.and_then(|root| root.get("defaultContentType"));
        if let Some(default) = default.filter(|_| applied(message, "contentType").is_none()) {
            self.has(part, default, stand.way);
        }
    }

    fn refer(&mut self, kind: Kind, from: Node<'d>, target: Node<'d>, stand: Stand<'d>) {
        // Operations inside are counted where they are used.
        if kind == Kind::Callback {
            // Its operations are the same wherever it is used, and may have it again.
            if self
                .seen
                .insert((target.key(), Some(stand.is_called_back.into())))
            {
                self.queue.push((target, kind, stand));
            }
            return;
        }
        if matches!(kind, Kind::PathItem | Kind::Channel) {
            if self.seen.insert((from.key(), stand.part)) {
                self.object(kind, target, stand);
            }
            return;
        }
        let (part, is_new) = self.reach.part(target.key());
        // A channel's parameters, and the traits of its operations, stand around its messages.
        if let Some(around) = stand.part.or(stand.item) {
            self.reach.parts[around].refers.push((part, stand.way));
        }
        if is_new {
            let stand = Stand {
                part: Some(part),
                ..Stand::default()
            };
            self.queue.push((target, kind, stand));
        }
        if kind == Kind::Schema {
            self.schema(from, stand);
        }
    }

    /// Every reference of a schema, and below it.
    fn schema(&mut self, node: Node<'d>, stand: Stand<'d>) {
        for (key, value) in node.members() {
            match key {
                "default" | "enum" | "const" | "example" | "examples" | "$ref" => {}
                "discriminator" => self.mapping(value, stand),
                "properties" | "patternProperties" | "$defs" | "definitions"
                | "dependentSchemas" => value
                    .members()
                    .for_each(|(_, schema)| self.object(Kind::Schema, schema, stand)),
                _ if key.starts_with("x-") => {}
                _ if value.value.is_object() => self.object(Kind::Schema, value, stand),
                _ => value
                    .elements()
                    .filter(|element| element.value.is_object())
                    .for_each(|element| self.object(Kind::Schema, element, stand)),
            }
        }
    }

    fn mapping(&mut self, discriminator: Node<'d>, stand: Stand<'d>) {
        let mapping = discriminator.get("mapping").into_iter();
        for (_, target) in mapping.flat_map(|mapping| mapping.members()) {
            let reference = target.as_str().filter(|text| text.contains('#'));
            let found =
                reference.and_then(|text| self.side.documents.resolve(discriminator, text).ok());
            if let Some(found) = found {
                self.refer(Kind::Schema, target, found, stand);
            }
        }
    }
}

fn tags(root: Node<'_>) -> HashMap<&str, Node<'_>> {
    let tags = root.get("tags").into_iter();
    let tags = tags.flat_map(|list| list.elements());
    tags.filter_map(|tag| Some((tag.get("name")?.as_str()?, tag)))
        .collect()
}

/// An empty list is none.
fn has_servers(object: Node<'_>) -> bool {
    let list = object.get("servers");
    list.is_some_and(|list| list.elements().next().is_some())
}

fn turned<'d>(stand: Stand<'d>, turn: Turn) -> Stand<'d> {
    Stand {
        way: turn.way(stand.is_called_back).or(stand.way),
        is_called_back: turn.is_called_back(stand.is_called_back),
        ..stand
    }
}
