//! Names for all drafts: those that had one keep it, those under a name in the document have that, and
//! inline ones are named after where they stand, level by level.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::identifier::{self, Order};
use crate::lock::Way;
use crate::lower::draft::{Draft, Origin, Root, Site, Step};
use crate::lower::naming::TypeIdentifiers;
use crate::lower::sources::Sources;
use crate::model::{Shape, TypeId};
use crate::place::pointer::Pointer;

/// `pointers` are those of the drafts, in their order; they break ties.
pub(in crate::lower) fn identify(
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
    // Types in parameters alone, or in nothing that has a name.
    naming.suggested(true);
    naming.nested();
    naming.unreached();
    naming.twins();
    TypeIdentifiers {
        names: naming.names,
        unrenamed: naming.unrenamed,
        modules: naming.modules,
        renamed: naming.renamed,
        collisions: naming.collisions,
    }
}

pub(super) struct Naming<'a, 'd> {
    pub(super) drafts: &'a [Draft<'d>],
    pointers: &'a [Pointer],
    sources: Sources<'a>,
    rename: &'a BTreeMap<String, String>,
    /// Previous names of drafts.
    previous: Vec<Option<String>>,
    /// None of them was called anything.
    is_first: bool,
    pub(super) names: Vec<String>,
    unrenamed: Vec<String>,
    modules: Vec<String>,
    /// Names that drafts have before the configuration replaces any.
    reserved: HashSet<String>,
    /// The names that come out.
    taken: HashSet<String>,
    /// The number to try next behind a name that is taken.
    next: HashMap<String, usize>,
    /// The names that the configuration renames types to.
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
                    // A new type gives way to a name that the configuration wants for another.
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
                let names = site.suggestions();
                (*steps, names[0].len(), names)
            }));
        }
        waiting.sort_by_cached_key(|w| (w.0, w.2.suggestions(), self.pointers[w.1].clone()));
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

    /// A type that no name leads to (by a reference into nowhere in particular) still needs one.
    fn unreached(&mut self) {
        for index in self.inline().collect::<Vec<_>>() {
            let name = identifier::type_name(&self.pointers[index].to_string());
            self.assign_free(index, &[name], None);
        }
    }

    /// Types of one schema on other ways than the first are called after that.
    fn twins(&mut self) {
        for index in 0..self.drafts.len() {
            let Origin::Twin(of) = self.drafts[index].origin else {
                continue;
            };
            let first = self.names[of.0].as_str();
            let words = match self.drafts[index].way {
                Way::Answer => ["Output", "Answer"],
                Way::Both => ["BothWays", "InAndOutput"],
                Way::Request => ["Input", "Request"],
            };
            let candidates = words.map(|word| identifier::type_name(&format!("{first}{word}")));
            let module = self.modules[of.0].clone();
            self.assign_free(index, &candidates, Some(module));
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

    /// Drafts that still need a name.
    fn inline(&self) -> impl Iterator<Item = usize> + use<'_> {
        (0..self.drafts.len()).filter(|&index| {
            self.names[index].is_empty()
                && self.drafts[index].origin == Origin::Inline
                && !matches!(self.drafts[index].shape, Some(Shape::Alias(_)) | None)
        })
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
