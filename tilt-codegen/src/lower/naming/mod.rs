//! What each type is called.
//!
//! A schema under a name keeps it. An inline one is named after what it is (its title, the
//! property it stands in) and, where that is taken or says too little, after what it belongs to.

pub(in crate::lower) mod address;
pub(in crate::lower) mod calls;
pub(in crate::lower) mod paths;
pub(in crate::lower) mod places;
pub(in crate::lower) mod previous;
pub(in crate::lower) mod record;
pub(in crate::lower) mod rename;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::identifier::{self, Order};
use crate::lower::context::{Context, Sources};
use crate::lower::drafted::Drafted;
use crate::lower::finish::Roots;
use crate::lower::finish::aliases::Resolved;
use crate::lower::naming::places::Places;
use crate::lower::schema::draft::{Draft, Origin, Root, Site, Step};
use crate::lower::schema::union::is_name_like;
use crate::model::{Shape, TypeId};
use crate::source::Pointer;

/// Drafts with their names, and where each comes from.
pub(in crate::lower) struct Named<'d> {
    pub drafted: Drafted<'d>,
    pub places: Places,
    pub roots: Roots,
    pub identifiers: TypeIdentifiers,
}

/// Names of drafts, and the module that each lives in.
pub(in crate::lower) struct TypeIdentifiers {
    pub names: Vec<String>,
    /// The same before the configuration replaced any.
    pub unrenamed: Vec<String>,
    pub modules: Vec<String>,
    /// The names that the configuration has replaced.
    pub renamed: BTreeSet<String>,
    /// Drafts, and names that the configuration gives them or another, which two would have.
    pub collisions: Vec<(usize, String)>,
}

impl TypeIdentifiers {
    /// What finished types, of which there are `count`, are called before the configuration replaces
    /// names.
    pub(in crate::lower) fn unrenamed(
        &self,
        count: usize,
        moved: &HashMap<TypeId, TypeId>,
    ) -> impl Fn(usize) -> String + use<> {
        let mut unrenamed = vec![String::new(); count];
        for (draft, id) in moved {
            if let Some(name) = unrenamed.get_mut(id.0) {
                name.clone_from(&self.unrenamed[draft.0]);
            }
        }
        move |id| unrenamed.get(id).cloned().unwrap_or_default()
    }
}

/// Property names that say nothing without the thing they belong to.
const GENERIC: &[&str] = &[
    "action",
    "actions",
    "attribute",
    "attributes",
    "body",
    "category",
    "code",
    "config",
    "configuration",
    "content",
    "context",
    "data",
    "detail",
    "details",
    "element",
    "entries",
    "entry",
    "error",
    "errors",
    "event",
    "events",
    "extra",
    "fields",
    "filter",
    "filters",
    "format",
    "group",
    "info",
    "input",
    "item",
    "items",
    "key",
    "keys",
    "kind",
    "level",
    "link",
    "links",
    "list",
    "meta",
    "metadata",
    "method",
    "mode",
    "name",
    "node",
    "object",
    "objects",
    "operation",
    "operator",
    "option",
    "options",
    "order_by",
    "output",
    "parameter",
    "parameters",
    "params",
    "payload",
    "permissions",
    "properties",
    "property",
    "query",
    "reason",
    "record",
    "records",
    "request",
    "resource",
    "response",
    "result",
    "results",
    "role",
    "rule",
    "rules",
    "scope",
    "settings",
    "sort",
    "source",
    "spec",
    "state",
    "status",
    "summary",
    "target",
    "type",
    "unit",
    "usage",
    "user",
    "value",
    "values",
    "version",
];

/// Words in front of or behind what a type is about.
const VERBS: &[&str] = &[
    "create", "update", "patch", "replace", "new", "add", "get", "list", "post", "put", "created",
];
const SUFFIXES: &[&str] = &[
    "request", "response", "dto", "input", "output", "body", "params", "payload", "detail",
    "details", "schema", "model",
];

/// Names all drafts. Those that had a name in the generation before keep it.
pub(in crate::lower) fn name<'d>(
    context: &mut Context<'d>,
    resolved: Resolved<'d>,
    selects: bool,
) -> Named<'d> {
    let Resolved(drafted) = resolved;
    let roots = Roots::of(&drafted, !selects);
    let places = Places::of_drafts(&drafted.drafts, context.documents());
    let rename = &context.config.types.rename;
    let kept = context.previous.type_names(&drafted.drafts);
    let sources = context.sources;
    let identifiers = identify(&drafted.drafts, &places.pointers, sources, rename, kept);
    context.check_types(&identifiers, &drafted.drafts);
    Named {
        drafted,
        places,
        roots,
        identifiers,
    }
}

/// `pointers` are those of the drafts, in their order; they break ties.
fn identify(
    drafts: &[Draft<'_>],
    pointers: &[Pointer],
    sources: Sources<'_>,
    rename: &BTreeMap<String, String>,
    previous: Vec<Option<String>>,
) -> TypeIdentifiers {
    let mut naming = Naming {
        drafts,
        pointers,
        sources,
        rename,
        is_first: previous.iter().all(Option::is_none),
        previous,
        names: vec![String::new(); drafts.len()],
        unrenamed: vec![String::new(); drafts.len()],
        modules: vec![String::new(); drafts.len()],
        reserved: HashSet::new(),
        taken: HashSet::new(),
        next: HashMap::new(),
        wanted: rename.values().map(String::as_str).collect(),
        renamed: BTreeSet::new(),
        collisions: Vec::new(),
    };
    naming.reserve_previous();
    naming.components();
    naming.suggested(false);
    naming.nested();
    // What stands in parameters alone, or in nothing that has a name.
    naming.suggested(true);
    naming.nested();
    naming.unreached();
    TypeIdentifiers {
        names: naming.names,
        unrenamed: naming.unrenamed,
        modules: naming.modules,
        renamed: naming.renamed,
        collisions: naming.collisions,
    }
}

struct Naming<'a, 'd> {
    drafts: &'a [Draft<'d>],
    pointers: &'a [Pointer],
    sources: Sources<'a>,
    rename: &'a BTreeMap<String, String>,
    /// What drafts were called in the generation before.
    previous: Vec<Option<String>>,
    /// None of them was called anything.
    is_first: bool,
    names: Vec<String>,
    unrenamed: Vec<String>,
    modules: Vec<String>,
    /// Names that are unrenamed, whether or not the configuration replaces them.
    reserved: HashSet<String>,
    /// The names that come out.
    taken: HashSet<String>,
    /// The number to try next behind a name that is taken.
    next: HashMap<String, usize>,
    /// What the configuration renames types to.
    wanted: HashSet<&'a str>,
    renamed: BTreeSet<String>,
    collisions: Vec<(usize, String)>,
}

impl Naming<'_, '_> {
    fn reserve_previous(&mut self) {
        for index in 0..self.previous.len() {
            let Some(name) = self.previous[index].clone() else {
                continue;
            };
            let renamed = self.renamed(&name);
            if !self.taken.insert(renamed.clone()) {
                self.collisions.push((index, renamed));
            }
            self.reserved.insert(name);
        }
    }

    /// Schemas under a name. Where both documents have one, that of the OpenAPI document keeps it.
    fn components(&mut self) {
        for is_openapi in [true, false] {
            let mut components: Vec<(usize, &str)> = self
                .drafts
                .iter()
                .enumerate()
                .filter(|(_, draft)| self.sources.is_openapi(draft.node.document) == is_openapi)
                .filter_map(|(index, draft)| match &draft.origin {
                    Origin::Component(name) => Some((index, name.as_str())),
                    _ => None,
                })
                .collect();
            components.sort_by(|a, b| (a.1, &self.pointers[a.0]).cmp(&(b.1, &self.pointers[b.0])));
            let wires = components.iter().map(|(_, wire)| *wire);
            let previous = |at: usize| self.previous[components[at].0].clone();
            let unique = identifier::unique(wires, previous, identifier::schema_names, Order::Text);
            for ((index, _), name) in components.into_iter().zip(unique) {
                let renamed = self.renamed(&name);
                let is_taken = self.taken.contains(&renamed) || self.reserved.contains(&name);
                let name = if is_taken && self.previous[index].is_none() {
                    // What is new gives way to what the configuration wants for something else.
                    let asked = self.rename.contains_key(&name) || self.is_first;
                    let wanted = self.wanted.contains(renamed.as_str());
                    if asked && wanted && !self.reserved.contains(&name) {
                        self.collisions.push((index, renamed));
                    }
                    match is_openapi {
                        true => self.free(&[format!("{name}Schema")]),
                        false => self.free(&[format!("Event{name}"), format!("{name}Event")]),
                    }
                } else {
                    name
                };
                self.assign(index, name, None);
            }
        }
    }

    /// Inline schemas that stand directly in an operation or message. Users know a type by what
    /// has it: a site in a schema under a name, or else in any other, goes before one in a
    /// parameter.
    fn suggested(&mut self, any: bool) {
        let mut waiting: Vec<(usize, usize, &Site)> = Vec::new();
        for index in self.inline() {
            let sites = self.drafts[index].sites.iter();
            if !any && self.belongs_to_a_type(index) {
                continue;
            }
            let direct = sites.filter_map(|site| match &site.root {
                Root::Suggested(_) => Some((site.steps.len(), index, site)),
                Root::Type(_) => None,
            });
            waiting.extend(direct.min_by_key(|(steps, _, site)| {
                let names = suggestions(site);
                (*steps, names[0].len(), names)
            }));
        }
        waiting.sort_by_cached_key(|w| (w.0, suggestions(w.2), self.pointers[w.1].clone()));
        for (_, index, site) in waiting {
            let Root::Suggested(roots) = &site.root else {
                continue;
            };
            let mut candidates: Vec<String> = Vec::new();
            if site.steps.is_empty() {
                candidates.extend(self.title(index, &site.steps));
            }
            for root in roots {
                candidates.extend(self.candidates(index, root, &site.steps));
            }
            self.assign_free(index, &candidates, None);
        }
    }

    fn belongs_to_a_type(&self, index: usize) -> bool {
        let sites = &self.drafts[index].sites;
        let mut in_types = sites.iter().filter_map(|site| match site.root {
            Root::Type(parent) if parent.0 != index => Some(parent),
            _ => None,
        });
        let is_component =
            |parent: TypeId| matches!(self.drafts[parent.0].origin, Origin::Component(_));
        let is_parameter = |site: &Site| {
            matches!(site.root, Root::Type(_))
                || site
                    .steps
                    .iter()
                    .any(|step| matches!(step, Step::Property(_)))
        };
        match sites.iter().all(is_parameter) {
            true => in_types.next().is_some(),
            false => in_types.any(is_component),
        }
    }

    /// Inline schemas inside types that have a name by now, level by level.
    fn nested(&mut self) {
        loop {
            let mut level: Vec<(usize, TypeId, &Site)> = Vec::new();
            for index in self.inline() {
                let mut sites: Vec<(TypeId, &Site)> = self.drafts[index]
                    .sites
                    .iter()
                    .filter_map(|site| match site.root {
                        Root::Type(parent) if !self.names[parent.0].is_empty() => {
                            Some((parent, site))
                        }
                        _ => None,
                    })
                    .collect();
                sites.sort_by_cached_key(|a| self.preference(index, *a));
                level.extend(sites.first().map(|(parent, site)| (index, *parent, *site)));
            }
            if level.is_empty() {
                break;
            }
            level.sort_by(|a, b| {
                let key = |l: &(usize, TypeId, &Site)| (&self.pointers[l.0], &self.names[l.1.0]);
                key(a).cmp(&key(b))
            });
            for (index, parent, site) in level {
                let root = self.names[parent.0].clone();
                let mut candidates: Vec<String> =
                    self.title(index, &site.steps).into_iter().collect();
                if let Some(common) = self.common_root(index) {
                    candidates.extend(self.candidates(index, &common, &site.steps));
                }
                candidates.extend(self.candidates(index, &root, &site.steps));
                let module = self.modules[parent.0].clone();
                self.assign_free(index, &candidates, Some(module));
            }
        }
    }

    /// What no name leads to (a reference into nowhere in particular) still needs one.
    fn unreached(&mut self) {
        for index in self.inline().collect::<Vec<_>>() {
            let name = identifier::type_name(&self.pointers[index].to_string());
            self.assign_free(index, &[name], None);
        }
    }

    fn assign_free(&mut self, index: usize, candidates: &[String], module: Option<String>) {
        let name = match self.previous[index].clone() {
            Some(name) => name,
            None => {
                self.note_collision(index, candidates);
                self.free(candidates)
            }
        };
        self.assign(index, name, module);
    }

    /// What the types that share an inline one are about, all of them: `PaymentApproved` and
    /// `PaymentVoided` are about a payment.
    fn common_root(&self, index: usize) -> Option<String> {
        let mut entities: Vec<Vec<String>> = self.drafts[index]
            .sites
            .iter()
            .filter_map(|site| match site.root {
                Root::Type(parent) if !self.names[parent.0].is_empty() => {
                    Some(entity(&self.names[parent.0]))
                }
                _ => None,
            })
            .collect();
        entities.sort();
        entities.dedup();
        let (first, others) = entities.split_first()?;
        let common = others.iter().fold(first.len(), |length, other| {
            let shared = first.iter().zip(other).take_while(|(a, b)| a == b);
            shared.count().min(length)
        });
        (!others.is_empty() && common > 0).then(|| first[..common].join("_"))
    }

    /// Drafts that still need a name.
    fn inline(&self) -> impl Iterator<Item = usize> + use<'_> {
        (0..self.drafts.len()).filter(|&index| {
            self.names[index].is_empty()
                && self.drafts[index].origin == Origin::Inline
                && !matches!(self.drafts[index].shape, Some(Shape::Alias(_)) | None)
        })
    }

    /// Of several sites, the one that names the type best: a named type before an inline one's
    /// part, then the shorter name.
    fn preference(&self, index: usize, (parent, site): (TypeId, &Site)) -> (bool, usize, String) {
        let root = &self.names[parent.0];
        let long = self
            .candidates(index, root, &site.steps)
            .pop()
            .unwrap_or_default();
        let first = self.candidates(index, root, &site.steps).into_iter().next();
        let inline = self.drafts[parent.0].origin == Origin::Inline;
        (inline, first.unwrap_or_default().len(), long)
    }

    fn title(&self, index: usize, steps: &[Step]) -> Option<String> {
        let title = self.drafts[index]
            .title
            .filter(|title| is_name_like(title))?;
        let name = identifier::type_name(title);
        let property = steps.iter().rev().find_map(|step| match step {
            Step::Property(property) => Some(property),
            _ => None,
        });
        // A title that only says the property's name again (as some frameworks add everywhere).
        let repeats = property.is_some_and(|property| identifier::pascal(property) == name);
        let framework = title.starts_with("Response ") || title.starts_with("Body_");
        (!repeats && !framework).then_some(name)
    }

    /// Names for a type at `steps` inside of `root`, best first; the last one is the longest.
    fn candidates(&self, index: usize, root: &str, steps: &[Step]) -> Vec<String> {
        let is_enum = matches!(self.drafts[index].shape, Some(Shape::Enum(_)));
        let at = steps
            .iter()
            .rposition(|step| matches!(step, Step::Property(_)));
        let Some(at) = at else {
            return beside(root, steps);
        };
        let Step::Property(property) = &steps[at] else {
            return Vec::new();
        };
        let mut label = identifier::words(property);
        if steps[at + 1..]
            .iter()
            .any(|step| matches!(step, Step::Item | Step::Value))
            && let Some(last) = label.last_mut()
        {
            *last = identifier::singular(last);
        }
        for step in &steps[at + 1..] {
            if let Step::Variant(variant) = step {
                label.extend(identifier::words(if variant.is_empty() {
                    "variant"
                } else {
                    variant
                }));
            }
        }
        let short = identifier::type_name(&label.join("_"));
        let generic = GENERIC.contains(&label.join("_").as_str())
            || GENERIC.contains(&identifier::snake(property).as_str());
        let entity = entity(root);
        let long = identifier::type_name(&overlap(&entity, &label).join("_"));
        let full = identifier::type_name(&overlap(&identifier::words(root), &label).join("_"));
        let mut candidates = Vec::new();
        if !is_enum && !generic {
            candidates.push(short);
        }
        candidates.push(long);
        candidates.push(full);
        candidates
    }

    /// A type that the configuration renames to what another is called already.
    fn note_collision(&mut self, index: usize, candidates: &[String]) {
        let free = |name: &&String| !self.reserved.contains(*name);
        let renamed = candidates
            .iter()
            .find(free)
            .and_then(|name| self.rename.get(name));
        if let Some(renamed) = renamed.filter(|renamed| self.taken.contains(*renamed)) {
            self.collisions.push((index, renamed.clone()));
        }
    }

    fn free(&mut self, candidates: &[String]) -> String {
        let free = |name: &&String| self.is_free(name);
        if let Some(name) = candidates.iter().find(free) {
            return name.clone();
        }
        let longest = candidates
            .last()
            .cloned()
            .unwrap_or_else(|| "Inline".to_owned());
        // Names are only ever taken: what was not free before is not free now.
        let mut next = self.next.get(&longest).copied().unwrap_or(2);
        let name = loop {
            let name = format!("{longest}{next}");
            next += 1;
            if self.is_free(&name) {
                break name;
            }
        };
        self.next.insert(longest, next);
        name
    }

    fn is_free(&self, name: &str) -> bool {
        !name.is_empty()
            && !self.reserved.contains(name)
            && !self.taken.contains(&self.renamed(name))
    }

    fn renamed(&self, name: &str) -> String {
        self.rename
            .get(name)
            .cloned()
            .unwrap_or_else(|| name.to_owned())
    }

    fn assign(&mut self, index: usize, name: String, module: Option<String>) {
        self.reserved.insert(name.clone());
        self.unrenamed[index].clone_from(&name);
        let name = match self.rename.get(&name) {
            Some(renamed) => {
                self.renamed.insert(name);
                renamed.clone()
            }
            None => name,
        };
        self.modules[index] = module.unwrap_or_else(|| identifier::module_name(&name));
        self.taken.insert(name.clone());
        self.names[index] = name;
    }
}

fn suggestions(site: &Site) -> Vec<String> {
    match &site.root {
        Root::Suggested(names) => names.clone(),
        Root::Type(_) => Vec::new(),
    }
}

/// Names for a type that stands in another without a property between.
fn beside(root: &str, steps: &[Step]) -> Vec<String> {
    let words = identifier::words(root);
    let mut name = words.clone();
    for step in steps {
        match step {
            Step::Item => {
                let joined = name.join("_");
                let singular = identifier::singular(&joined);
                if singular == joined {
                    name.push("item".to_owned());
                } else {
                    name = identifier::words(&singular);
                }
            }
            Step::Value => name.push("value".to_owned()),
            Step::Variant(label) if label.is_empty() => name.push("variant".to_owned()),
            Step::Variant(label) => {
                let label = identifier::words(label);
                name = overlap(&name, &label);
            }
            Step::Property(_) => {}
        }
    }
    vec![identifier::type_name(&name.join("_"))]
}

/// What a type is about: `CreateOrderRequest` is about an order.
fn entity(root: &str) -> Vec<String> {
    let mut words = identifier::words(root);
    while words.len() > 1
        && words
            .first()
            .is_some_and(|word| VERBS.contains(&word.as_str()))
    {
        words.remove(0);
    }
    while words.len() > 1
        && words
            .last()
            .is_some_and(|word| SUFFIXES.contains(&word.as_str()))
    {
        words.pop();
    }
    words
}

/// Joins two lists of words; what the first ends with and the second starts with is said once.
fn overlap(head: &[String], tail: &[String]) -> Vec<String> {
    let shared = (1..=head.len().min(tail.len()))
        .rev()
        .find(|&n| head[head.len() - n..] == tail[..n])
        .unwrap_or(0);
    head.iter().chain(&tail[shared..]).cloned().collect()
}

/// Names of a union's variants: those that they had, those of their types, or what the document calls
/// them.
pub(in crate::lower) fn variant_names(
    types: &[String],
    labels: &[Option<String>],
    previous: impl Fn(usize) -> Option<String>,
) -> Vec<String> {
    let wires: Vec<String> = types
        .iter()
        .zip(labels)
        .map(|(ty, label)| label.clone().unwrap_or_else(|| ty.clone()))
        .collect();
    identifier::unique(
        wires.iter().map(String::as_str),
        previous,
        |wire| vec![identifier::variant_name(wire)],
        Order::Given,
    )
}
