//! The operations and events that a definition is part of, and the ways on which it travels: one walk through each
//! document, then references are followed backwards, each set of operations being bits.

use super::edit::Callers;
use super::side::Side;
use crate::drift::Direction;
use crate::drift::grammar::{Form, Kind, Turn};
use crate::place::{NodeMap, Pointer};
use crate::source::{DocumentId, Documents, Node, NodeKey};
use std::collections::{BTreeSet, HashMap, HashSet};

/// The operations and events of one state, and what they are made of.
#[derive(Debug, Default)]
pub(in crate::drift) struct Reach {
    /// Such as `POST /orders`.
    roots: Vec<Root>,
    by_key: NodeMap<usize>,
    parts: Vec<Part>,
    /// The names of messages, by channel and reference.
    messages: HashMap<(String, String), String>,
}

#[derive(Debug)]
struct Root {
    name: String,
    is_event: bool,
    /// The outermost document that has it.
    whole: Option<DocumentId>,
}

/// A definition, or an operation.
#[derive(Debug, Default)]
struct Part {
    /// Roots, by direction.
    reached: [Bits; 3],
    /// Definitions that it refers to, and the way where it says one.
    refers: Vec<(usize, Option<Direction>)>,
    is_root: bool,
}

#[derive(Debug, Default, Clone)]
struct Bits(Vec<u64>);

impl Bits {
    fn set(&mut self, bit: usize) {
        let word = bit / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (bit % 64);
    }

    /// Whether there was anything new.
    fn add(&mut self, other: &Bits) -> bool {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        let mut grew = false;
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            grew |= *theirs & !*mine != 0;
            *mine |= *theirs;
        }
        grew
    }

    fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(word, bits)| {
            (0..64)
                .filter(move |bit| bits >> bit & 1 == 1)
                .map(move |bit| word * 64 + bit)
        })
    }
}

const DIRECTIONS: [Direction; 3] = [Direction::Request, Direction::Answer, Direction::Event];

fn index(direction: Direction) -> usize {
    match direction {
        Direction::Request => 0,
        Direction::Answer => 1,
        Direction::Event => 2,
    }
}

impl Reach {
    pub(in crate::drift) fn of(side: Side<'_>) -> Reach {
        let mut walk = Walk {
            side,
            whole: None,
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

    fn part(&mut self, key: NodeKey) -> (usize, bool) {
        let next = self.parts.len();
        let part = *self.by_key.entry(key).or_insert(next);
        if part == next {
            self.parts.push(Part::default());
        }
        (part, part == next)
    }

    fn spread(&mut self) {
        let mut work: Vec<usize> = (0..self.parts.len()).collect();
        while let Some(part) = work.pop() {
            let refers = std::mem::take(&mut self.parts[part].refers);
            let reached = self.parts[part].reached.clone();
            let is_root = self.parts[part].is_root;
            for (target, way) in &refers {
                let mut grew = false;
                for direction in DIRECTIONS {
                    // An operation says the way; a definition is part of whatever refers to it.
                    let to = match way {
                        Some(way) => *way,
                        None if is_root => continue,
                        None => direction,
                    };
                    let from = &reached[index(direction)];
                    grew |= self.parts[*target].reached[index(to)].add(from);
                }
                if grew {
                    work.push(*target);
                }
            }
            self.parts[part].refers = refers;
        }
    }

    /// The ways on which a definition travels.
    pub(super) fn directions(&self, key: NodeKey) -> impl Iterator<Item = Direction> + '_ {
        let part = self.by_key.get(&key).map(|part| &self.parts[*part]);
        DIRECTIONS.into_iter().filter(move |direction| {
            part.is_some_and(|part| part.reached[index(*direction)].iter().next().is_some())
        })
    }

    /// The numbers of the operations and events that a definition is part of.
    pub(super) fn roots(&self, key: NodeKey) -> Vec<usize> {
        let part = self.by_key.get(&key).map(|part| &self.parts[*part]);
        let mut all = Bits::default();
        for bits in part.into_iter().flat_map(|part| &part.reached) {
            all.add(bits);
        }
        all.iter().collect()
    }

    /// The operations and events that the value at a pointer is part of: those of the nearest definition around it.
    pub(in crate::drift) fn names_at(
        &self,
        documents: &Documents,
        document: DocumentId,
        pointer: &Pointer,
    ) -> BTreeSet<&str> {
        for pointer in pointer.beginnings() {
            let part = documents.at(document, pointer).map(|node| node.key());
            if let Some(key) = part.filter(|key| self.by_key.contains_key(key)) {
                let roots = self.roots(key).into_iter();
                return roots.map(|root| self.roots[root].name.as_str()).collect();
            }
        }
        BTreeSet::new()
    }

    /// The message, or the webhook, that brings an event.
    pub(in crate::drift) fn event_names(&self, event: &str) -> impl Iterator<Item = &str> {
        let names = self.roots.iter().filter(|it| it.is_event);
        let names =
            names.filter(move |it| it.name.split_once(' ').is_some_and(|(_, is)| is == event));
        names.map(|it| it.name.as_str())
    }

    /// The messages that another state refers to at the same places, each with its name there.
    pub(super) fn messages_of<'r>(
        &'r self,
        other: &'r Reach,
    ) -> impl Iterator<Item = (&'r String, &'r String)> {
        let all = self.messages.iter();
        all.filter_map(|(at, name)| Some((name, other.messages.get(at)?)))
    }

    /// All operations and events of a document, for what belongs to the whole of it.
    pub(super) fn all(&self, document: DocumentId) -> Vec<usize> {
        let numbers = 0..self.roots.len();
        let is_in = |root: &usize| self.roots[*root].whole == Some(document);
        numbers.filter(is_in).collect()
    }

    /// The names of all, for those that are known by other texts.
    pub(super) fn names(&self) -> HashMap<&str, &str> {
        let names = self.roots.iter().map(|root| root.name.as_str());
        names.map(|name| (name, name)).collect()
    }

    /// The callers of the operations of a path item.
    pub(super) fn callers(&self, item: Node<'_>) -> Callers {
        let ways: Vec<Direction> = self.directions(item.key()).collect();
        Callers {
            program: ways.contains(&Direction::Request),
            api: ways.contains(&Direction::Event),
        }
    }

    pub(super) fn is_reached(&self, key: NodeKey) -> bool {
        self.directions(key).next().is_some()
    }

    pub(super) fn name(&self, root: usize) -> (&str, bool) {
        (&self.roots[root].name, self.roots[root].is_event)
    }
}

/// The name by which an operation is counted.
pub(super) fn operation_name(method: &str, path: &str) -> String {
    format!("{} {path}", method.to_uppercase())
}

/// The name by which a message is counted.
pub(super) fn message_name<'d>(message: Node<'d>, target: Node<'d>) -> Option<&'d str> {
    let text = |key| target.get(key).and_then(|name| name.as_str());
    let referred = message.get("$ref").and_then(|it| it.as_str());
    let name = text("name").or(text("messageId")).or(text("title"));
    name.or(referred.map(super::side::name_of))
}

/// The place that the walk is at.
#[derive(Debug, Clone, Copy, Default)]
struct Stand<'d> {
    part: Option<usize>,
    way: Option<Direction>,
    is_called_back: bool,
    /// The key of the nearest map: a path, a webhook, a channel.
    name: &'d str,
    /// The key of what stands here.
    key: &'d str,
    /// The path item or channel around, as a part.
    item: Option<usize>,
    /// Parameters that all operations around share.
    shared: Option<Node<'d>>,
}

struct Walk<'d> {
    side: Side<'d>,
    whole: Option<DocumentId>,
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
                for (url, item) in node.members().filter(|(key, _)| !key.starts_with("x-")) {
                    let stand = Stand { name: url, ..stand };
                    self.object(Kind::PathItem, item, stand);
                }
                return;
            }
            Kind::Components | Kind::AsyncComponents => return,
            _ => {}
        }
        let stand = match kind {
            Kind::Operation => self.root(node, stand),
            Kind::PathItem | Kind::Channel => self.item(node, stand),
            _ => stand,
        };
        for (key, value) in node.members() {
            let Some(member) = kind.member(key) else {
                continue;
            };
            let stand = Stand {
                key,
                ..turned(stand, member.turn)
            };
            self.member(kind, member.form, key, value, stand);
        }
    }

    fn member(&mut self, kind: Kind, form: Form, key: &str, value: Node<'d>, stand: Stand<'d>) {
        match form {
            Form::One(inner) => self.object(inner, value, stand),
            Form::Map(inner) => {
                let map = self.side.follow(value);
                for (name, item) in map.members().filter(|(name, _)| !name.starts_with("x-")) {
                    let names = matches!(inner, Kind::PathItem | Kind::Channel | Kind::Callback);
                    let stand = Stand {
                        name: if names { name } else { stand.name },
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
            Form::Inherited | Form::Text | Form::Value | Form::Names | Form::Keys => {}
        }
    }

    /// Operations stand in it, and what is changed of it is changed of all of them.
    fn item(&mut self, node: Node<'d>, stand: Stand<'d>) -> Stand<'d> {
        let (part, _) = self.reach.part(node.key());
        self.reach.parts[part].is_root = true;
        Stand {
            item: Some(part),
            shared: node.get("parameters"),
            ..stand
        }
    }

    /// An operation begins. Its path's parameters and the schemes that it asks for are part of it.
    fn root(&mut self, node: Node<'d>, stand: Stand<'d>) -> Stand<'d> {
        let way = match stand.is_called_back {
            true => Direction::Event,
            false => Direction::Request,
        };
        let name = match stand.is_called_back {
            true => format!("webhook {}", stand.name),
            false => operation_name(stand.key, stand.name),
        };
        let part = self.begin(node, name, way, stand.item);
        let stand = Stand {
            part: Some(part),
            way: Some(way),
            ..stand
        };
        let shared = stand.shared.into_iter();
        for parameter in shared.flat_map(|shared| shared.elements()) {
            self.object(Kind::Parameter, parameter, stand);
        }
        self.schemes(node, part);
        stand
    }

    fn schemes(&mut self, operation: Node<'d>, part: usize) {
        let root = self.side.root(self.side.openapi);
        let inherited = root.and_then(|root| root.get("security"));
        let schemes = root.and_then(|root| root.get("components")?.get("securitySchemes"));
        let security = operation.get("security").or(inherited).into_iter();
        let names = security.flat_map(|list| list.elements());
        for (name, _) in names.flat_map(|requirement| requirement.members()) {
            if let Some(scheme) = schemes.and_then(|schemes| schemes.get(name)) {
                let (scheme, _) = self.reach.part(self.side.follow(scheme).key());
                let parts = &mut self.reach.parts;
                parts[part].refers.push((scheme, Some(Direction::Request)));
            }
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
        self.reach.parts[part].is_root = true;
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
            self.object(Kind::Message, message, stand);
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
        if let Some(around) = stand.part {
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

fn turned<'d>(stand: Stand<'d>, turn: Turn) -> Stand<'d> {
    Stand {
        way: turn.way(stand.is_called_back).or(stand.way),
        is_called_back: turn.is_called_back(stand.is_called_back),
        ..stand
    }
}
