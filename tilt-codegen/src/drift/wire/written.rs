//! Definitions that are written as parts of multipart bodies, as values of forms or as parameters wherever they are used, and as
//! JSON nowhere.

use super::side::Side;
use crate::dialect::media_type::{essence, is_form};
use crate::source::{Node, NodeKey};
use serde_json::Value;
use std::collections::HashMap;

/// References of one state, by the definitions that they lead to.
#[derive(Default)]
pub(super) struct Written<'d> {
    /// All references to a definition.
    all: HashMap<NodeKey, usize>,
    /// Those of bodies that are forms or made of parts, with the first of them.
    forms: HashMap<NodeKey, (usize, Form<'d>)>,
    /// Those of parameters, headers, and of values of forms.
    values: HashMap<NodeKey, (usize, Option<Form<'d>>)>,
}

/// A body that is a form or made of parts, and one of its properties.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form<'d> {
    pub(super) media: Node<'d>,
    pub(super) is_of_parts: bool,
    pub(super) property: &'d str,
}

impl<'d> Written<'d> {
    pub(super) fn of(side: Side<'d>) -> Written<'d> {
        let mut written = Written::default();
        let mut objects = Vec::new();
        for document in side.documents.all() {
            written.walk(&side, document.node(), &mut objects);
        }
        let of_forms: Vec<(Node<'d>, Form<'d>)> = objects
            .into_iter()
            .filter(|(schema, _)| written.form(schema.key()).is_some())
            .collect();
        for (schema, form) in of_forms {
            written.properties(&side, schema, form);
        }
        written
    }

    /// The body that a definition is the schema of, where it is nothing else.
    pub(super) fn form(&self, key: NodeKey) -> Option<Form<'d>> {
        let (uses, form) = self.forms.get(&key)?;
        self.is_all(key, *uses).then_some(*form)
    }

    /// Whether a definition is a value that is written as text, or as a part, and nothing else.
    pub(super) fn is_value(&self, key: NodeKey) -> bool {
        let uses = self.values.get(&key).map(|(uses, _)| *uses);
        uses.is_some_and(|uses| self.is_all(key, uses))
    }

    /// The part that it is, then.
    pub(super) fn part(&self, key: NodeKey) -> Option<Form<'d>> {
        let (_, form) = self.values.get(&key)?;
        form.filter(|it| it.is_of_parts && self.is_value(key))
    }

    fn is_all(&self, key: NodeKey, uses: usize) -> bool {
        self.all.get(&key) == Some(&uses)
    }

    /// Everything in a document. Objects that are schemas of forms are noted: their uses are not known before the end.
    fn walk(&mut self, side: &Side<'d>, root: Node<'d>, objects: &mut Vec<(Node<'d>, Form<'d>)>) {
        let mut rest = vec![root];
        while let Some(node) = rest.pop() {
            if let Some(target) = target(side, node) {
                *self.all.entry(target.key()).or_default() += 1;
            }
            if node.get("in").is_some() {
                self.parameter(side, node);
            }
            for (key, value) in node.members() {
                match key {
                    "headers" => value
                        .members()
                        .for_each(|(_, header)| self.parameter(side, header)),
                    "content" => {
                        for (name, media) in value.members() {
                            self.media_type(side, (name, media), objects);
                        }
                    }
                    _ => {}
                }
            }
            let inside = node
                .members()
                .map(|(_, value)| value)
                .chain(node.elements());
            rest.extend(inside.filter(|it| matches!(it.value, Value::Object(_) | Value::Array(_))));
        }
    }

    fn parameter(&mut self, side: &Side<'d>, parameter: Node<'d>) {
        if let Some(schema) = parameter.get("schema") {
            self.value(side, schema, None);
        }
    }

    fn media_type(
        &mut self,
        side: &Side<'d>,
        (name, media): (&'d str, Node<'d>),
        objects: &mut Vec<(Node<'d>, Form<'d>)>,
    ) {
        let name = essence(name);
        let is_of_parts = name.starts_with("multipart/");
        let Some(schema) = media
            .get("schema")
            .filter(|_| is_of_parts || is_form(&name))
        else {
            return;
        };
        let form = Form {
            media,
            is_of_parts,
            property: "",
        };
        match target(side, schema) {
            Some(target) => {
                self.forms.entry(target.key()).or_insert((0, form)).0 += 1;
                objects.push((target, form));
            }
            None => self.properties(side, schema, form),
        }
    }

    fn properties(&mut self, side: &Side<'d>, schema: Node<'d>, form: Form<'d>) {
        let properties = schema.get("properties").into_iter();
        for (property, schema) in properties.flat_map(|map| map.members()) {
            self.value(side, schema, Some(Form { property, ..form }));
        }
    }

    /// A value, or a list of several.
    fn value(&mut self, side: &Side<'d>, schema: Node<'d>, form: Option<Form<'d>>) {
        let items = schema.get("items").filter(|_| schema.get("$ref").is_none());
        if let Some(target) = target(side, items.unwrap_or(schema)) {
            self.values.entry(target.key()).or_insert((0, form)).0 += 1;
        }
    }
}

fn target<'d>(side: &Side<'d>, node: Node<'d>) -> Option<Node<'d>> {
    let reference = node.get("$ref")?.as_str()?;
    side.documents.resolve(node, reference).ok()
}
