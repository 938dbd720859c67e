//! Discriminators from their other end: the values that select each alternative.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::TypeBuilder;
use crate::diagnostic::{Code, Problem};
use crate::dialect::keyword;
use crate::dialect::schema::{Discriminator, Mapped};
use crate::identifier;
use crate::lower::draft::Conjunction;
use crate::place::pointer;
use crate::source::{Node, NodeKey};

/// A discriminator's values by what they are mapped to.
pub(super) struct Mapping<'d> {
    property: &'d str,
    /// The schema that has the discriminator.
    at: NodeKey,
    entries: Vec<Entry<'d>>,
    /// Entries by the name or reference that the document writes, where it leads nowhere, and by the name in that
    /// reference: bundled documents refer to files that are no more.
    by_text: HashMap<String, Vec<usize>>,
    /// Entries by the schema that this leads to, in one step and in all.
    by_target: HashMap<NodeKey, Vec<usize>>,
    /// The schemas that are selected where no value selects, and the place of that.
    default: Option<(Vec<NodeKey>, Node<'d>)>,
}

struct Entry<'d> {
    mapped: Mapped<'d>,
    leads_somewhere: bool,
}

impl<'d> Mapping<'d> {
    pub(super) fn property(&self) -> &'d str {
        self.property
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// The values that may select an alternative (OpenAPI 3.1, 4.8.25).
#[derive(Debug, Default)]
pub(super) struct Claims {
    /// Those mapped to it.
    pub mapped: Vec<String>,
    /// Those that its own property lists.
    pub own: Vec<String>,
    /// The name of its schema.
    pub name: Option<String>,
    /// Its property has no values but listed ones, of an alternative that is a union in all that are in it.
    pub is_listed: bool,
}

impl<'d> TypeBuilder<'d, '_> {
    pub(super) fn mapping(&self, discriminator: &Discriminator<'d>, at: Node<'d>) -> Mapping<'d> {
        let mut mapping = Mapping {
            property: discriminator.property,
            at: at.key(),
            entries: Vec::new(),
            by_text: HashMap::new(),
            by_target: HashMap::new(),
            default: discriminator.default.map(|text| {
                let target = text.as_str().and_then(|text| self.mapped_to(at, text));
                let keys = target.map(|target| self.keys(target));
                (keys.unwrap_or_default(), text)
            }),
        };
        for (index, mapped) in discriminator.mapping().into_iter().enumerate() {
            let target = self.mapped_to(at, mapped.target);
            match target {
                Some(target) => {
                    for key in self.keys(target) {
                        mapping.by_target.entry(key).or_default().push(index);
                    }
                }
                None => {
                    let mut texts = vec![mapped.target.to_owned(), name_of(mapped.target)];
                    texts.dedup();
                    for text in texts {
                        mapping.by_text.entry(text).or_default().push(index);
                    }
                }
            }
            mapping.entries.push(Entry {
                mapped,
                leads_somewhere: target.is_some(),
            });
        }
        mapping
    }

    /// The schema that a mapping names: one of its own document or of the root, or by reference.
    fn mapped_to(&self, at: Node<'d>, text: &str) -> Option<Node<'d>> {
        let documents = self.context.documents();
        let by_name = |document| {
            let name = format!("#/components/schemas/{}", pointer::escape(text));
            documents.resolve(document, &name).ok()
        };
        by_name(at.document)
            .or_else(|| by_name(documents.root_of(at.document)))
            .or_else(|| documents.resolve(at, text).ok())
    }

    /// A schema, and the one that it is only a reference to.
    fn keys(&self, schema: Node<'d>) -> Vec<NodeKey> {
        let end = self.context.documents().follow(schema).ok();
        let mut keys = vec![schema.key()];
        keys.extend(end.map(|end| end.key()));
        keys.dedup();
        keys
    }

    /// Reports the values that select none of the alternatives of a schema, which make these claims. A mapping that the
    /// schema has from elsewhere may be of others.
    pub(super) fn report_idle(
        &mut self,
        mapping: Option<&Mapping<'d>>,
        schema: Node<'d>,
        claims: &[Claims],
    ) {
        let Some(mapping) = mapping.filter(|mapping| mapping.at == schema.key()) else {
            return;
        };
        let claimed = claims.iter().flat_map(|it| &it.mapped);
        let claimed: HashSet<&str> = claimed.map(String::as_str).collect();
        for entry in &mapping.entries {
            let Mapped {
                value,
                target,
                node,
            } = entry.mapped;
            if claimed.contains(value) {
                let name = name_of(target);
                if !entry.leads_somewhere && name != target {
                    let message = format!("`{target}` is read as the name `{name}`");
                    let problem = Problem::new(Code::LOOSE_REFERENCE, node, message);
                    self.context.problem(problem);
                }
                continue;
            }
            let why = match entry.leads_somewhere {
                true => "which is none of the alternatives",
                false => "which leads nowhere",
            };
            let message = format!("`{value}` is mapped to `{target}`, {why}: it selects none");
            self.context
                .problem(Problem::new(Code::IDLE_MAPPING, node, message));
        }
    }

    /// Whether schemas that hold together state a property, or have alternatives that may.
    pub(super) fn states(&mut self, conjunction: &Conjunction<'d>, property: &str) -> bool {
        let flat = self.flatten(conjunction);
        flat.leaves.iter().map(|leaf| &leaf.schema).any(|schema| {
            let mut properties = schema.properties.iter();
            properties.any(|(name, _)| *name == property)
                || !schema.one_of.is_empty()
                || !schema.any_of.is_empty()
                || !schema.pattern_properties.is_empty()
        })
    }

    /// The place among schemas of the one that a value selects which selects no other; one that is there nowhere is reported.
    pub(super) fn default_of(
        &mut self,
        mapping: &Mapping<'d>,
        schemas: &[Node<'d>],
    ) -> Option<usize> {
        let (keys, at) = mapping.default.as_ref()?;
        let mut all = schemas.iter();
        let found = all.position(|it| self.keys(*it).iter().any(|key| keys.contains(key)));
        if found.is_none() {
            let message = "`defaultMapping` leads to none of the alternatives: it selects none";
            let problem = Problem::new(Code::IDLE_MAPPING, *at, message);
            self.context.problem(problem);
        }
        found
    }

    /// For each alternative, the values of a discriminator that select it.
    pub(in crate::lower) fn selected_by(
        &mut self,
        discriminator: &Discriminator<'d>,
        at: Node<'d>,
        branches: &[Node<'d>],
    ) -> Vec<Vec<String>> {
        let mapping = self.mapping(discriminator, at);
        let branches = branches.iter();
        let claims = branches.map(|branch| self.claims_of_branch(&mapping, *branch).0);
        let selections = resolve(claims.collect()).into_iter();
        selections.map(|it| it.values).collect()
    }

    /// The claims of an alternative, as it is listed, and its schema.
    pub(super) fn claims_of_branch(
        &mut self,
        mapping: &Mapping<'d>,
        branch: Node<'d>,
    ) -> (Claims, Node<'d>) {
        let documents = self.context.documents();
        let reference = keyword::reference(branch);
        let target = reference.and_then(|r| documents.resolve(branch, r).ok());
        let name = reference.map(name_of);
        let texts = [name.as_deref(), reference];
        let schema = target.unwrap_or(branch);
        let claims = self.claims(mapping, schema, texts, name.clone());
        (claims, schema)
    }

    /// The claims of a schema; `texts` are names and references by which a mapping may lead to it.
    pub(super) fn claims(
        &mut self,
        mapping: &Mapping<'d>,
        schema: Node<'d>,
        texts: [Option<&str>; 2],
        name: Option<String>,
    ) -> Claims {
        let by_text = texts.into_iter().flatten();
        let by_text = by_text.filter_map(|text| mapping.by_text.get(text));
        let keys = self.keys(schema);
        let by_target = keys.iter().filter_map(|key| mapping.by_target.get(key));
        let mapped = by_text.chain(by_target).flatten();
        let mapped = mapped.map(|index| mapping.entries[*index].mapped.value.to_owned());
        let mut mapped: Vec<String> = mapped.collect();
        mapped.sort();
        mapped.dedup();
        let own = self.listed_values(schema, mapping.property);
        Claims {
            mapped,
            is_listed: !own.is_empty(),
            own,
            name,
        }
    }

    /// The values that a property of a schema may have by all that is said of it, as texts.
    fn listed_values(&mut self, schema: Node<'d>, property: &str) -> Vec<String> {
        let flat = self.flatten(&Conjunction::one(schema));
        let properties = flat.leaves.iter().flat_map(|leaf| &leaf.schema.properties);
        let mut values: Option<Vec<String>> = None;
        for (_, node) in properties.filter(|(name, _)| *name == property) {
            let own = self.flatten(&Conjunction::one(*node));
            for schema in own.leaves.iter().map(|leaf| &leaf.schema) {
                let constant = schema.constant.map(std::slice::from_ref);
                for list in [constant, schema.enumeration].into_iter().flatten() {
                    let list: Vec<String> = list.iter().filter_map(text).collect();
                    values = Some(match values {
                        None => list,
                        Some(before) => {
                            let list: HashSet<String> = list.into_iter().collect();
                            before.into_iter().filter(|it| list.contains(it)).collect()
                        }
                    });
                }
            }
        }
        let mut values = values.unwrap_or_default();
        values.sort();
        values.dedup();
        values
    }
}

/// The values of a discriminator that select an alternative.
pub(super) struct Selection {
    /// The one that it is written with first.
    pub values: Vec<String>,
    /// The name of its schema, where that selects it beside these.
    pub name: Option<String>,
}

/// For each alternative, what selects it. A value that is mapped to one does not select another which lists it as well: a
/// base may list those of all that build on it.
pub(super) fn resolve(claims: Vec<Claims>) -> Vec<Selection> {
    let mapped: HashSet<String> = claims.iter().flat_map(|it| it.mapped.clone()).collect();
    let mut uses: HashMap<String, usize> = HashMap::new();
    for value in claims.iter().flat_map(|it| &it.own) {
        *uses.entry(value.clone()).or_default() += 1;
    }
    claims
        .into_iter()
        .map(|claims| claims.selection(&mapped, &uses))
        .collect()
}

impl Claims {
    fn selection(self, mapped: &HashSet<String>, uses: &HashMap<String, usize>) -> Selection {
        let Self {
            mapped: mine,
            own,
            name,
            is_listed,
        } = self;
        let listed: HashSet<&String> = own.iter().collect();
        let first = mine.iter().find(|value| listed.contains(value));
        let first = first.or(mine.first()).cloned();
        let free = |value: &&String| mine.contains(value) || !mapped.contains(*value);
        let mut own: Vec<String> = own.iter().filter(free).cloned().collect();
        let is_shared = |value: &String| uses.get(value).is_some_and(|uses| *uses > 1);
        if !own.is_empty() && own.iter().all(is_shared) {
            let words = name.as_deref().map(identifier::words);
            let named = |value: &&String| words.as_ref() == Some(&identifier::words(value));
            match own.iter().find(named).cloned() {
                // One list of all names, in each of them.
                Some(named) if mine.is_empty() => own = vec![named],
                _ if !mine.is_empty() => own.clear(),
                _ => {}
            }
        }
        let mut values: Vec<String> = mine.into_iter().chain(own).collect();
        // The name of a schema selects it unless it is mapped, also beside what is (OpenAPI 3.1.1, section 4.8.25).
        let mut name = name.filter(|name| !mapped.contains(name));
        if values.is_empty() {
            values.extend(name.take());
        }
        values.sort();
        values.dedup();
        // A stable sort: the one that is written goes before the others.
        values.sort_by_key(|value| first.as_ref().is_some_and(|first| first != value));
        // A value that another one lists is certain to be that.
        let is_beside = |name: &String| !is_listed && !uses.contains_key(name);
        let name = name.filter(is_beside);
        Selection { values, name }
    }
}

/// The name of the schema that a reference leads to: the end of its pointer, or that of a file without its extension.
fn name_of(reference: &str) -> String {
    let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let end = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    if fragment.is_empty() {
        let name = end(file);
        let stem = name.split('.').next().unwrap_or(&name);
        return stem.to_owned();
    }
    pointer::unescape(&end(fragment)).into_owned()
}

/// The text that stands for a value in a mapping.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
