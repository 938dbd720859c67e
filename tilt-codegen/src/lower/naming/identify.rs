//! Names for all drafts: those that had one keep it, those under a name in the document have that, and
//! inline ones are named after where they stand, level by level.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::identifier::{self, Order};
use crate::lock;
use crate::lower::draft::{Draft, Origin, Root, Site, Step};
use crate::lower::naming::TypeIdentifiers;
use crate::lower::naming::families::Candidates;
use crate::lower::naming::places::Places;
use crate::lower::naming::progress::Naming;
use crate::lower::naming::way::Way;
use crate::lower::sources::Sources;
use crate::model::{Shape, TypeId};

/// Names for drafts, and the equal ones that some of them are the same type as: those that one name fits.
/// The pointers of `places` break ties.
pub(in crate::lower) fn identify(
    drafts: &[Draft<'_>],
    places: &Places,
    sources: Sources<'_>,
    rename: &BTreeMap<String, String>,
    previous: Vec<Option<String>>,
) -> (TypeIdentifiers, Vec<Option<TypeId>>) {
    let mut naming = Naming {
        drafts,
        pointers: &places.pointers,
        places,
        sources,
        rename,
        is_first: previous.iter().all(Option::is_none),
        previous,
        names: vec![String::new(); drafts.len()],
        ways: vec![Way::default(); drafts.len()],
        unrenamed: vec![String::new(); drafts.len()],
        modules: vec![String::new(); drafts.len()],
        reserved: HashSet::new(),
        taken: HashSet::new(),
        next: HashMap::new(),
        given: HashMap::new(),
        merged: vec![None; drafts.len()],
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
    naming.lead_by_first();
    naming.inside_of_merged();
    naming.twins();
    let identifiers = TypeIdentifiers {
        names: naming.names,
        unrenamed: naming.unrenamed,
        modules: naming.modules,
        renamed: naming.renamed,
        collisions: naming.collisions,
    };
    (identifiers, naming.merged)
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

    /// Schemas under a name. Where several documents have one, that of the first OpenAPI document keeps it.
    fn components(&mut self) {
        for rank in 0..=self.sources.openapi.len() {
            let file = self.sources.file_of(rank);
            let file = file.rsplit('/').next().unwrap_or_default();
            let stem = file.split('.').next().unwrap_or_default();
            let mut components: Vec<(usize, &str)> = self
                .drafts
                .iter()
                .enumerate()
                .filter(|(_, draft)| self.sources.rank(draft.node.document) == rank)
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
                    match rank {
                        0 if !self.sources.openapi.is_empty() => {
                            self.free(&[format!("{name}Schema")])
                        }
                        rank if rank == self.sources.openapi.len() => {
                            self.free(&[format!("Event{name}"), format!("{name}Event")])
                        }
                        _ => self.free(&[identifier::type_name(&format!("{stem}_{name}"))]),
                    }
                } else {
                    name
                };
                self.assign(index, name, None);
                self.ways[index] = Way::to(&self.names[index]);
            }
        }
    }

    /// Inline schemas that stand directly in an operation or message, those first that have a name. Users know a type by what
    /// has it: a site in a schema under a name, or else in any other, goes before one in a
    /// parameter, and parameters come last.
    fn suggested(&mut self, any: bool) {
        let mut waiting: Vec<(usize, Site)> = Vec::new();
        for index in self.inline() {
            if !any && (self.belongs_to_a_type(index) || self.is_in_parameters(index)) {
                continue;
            }
            let sites = self.drafts[index].sites.iter();
            let direct = sites.filter(|site| matches!(site.root, Root::Suggested(_)));
            let first = direct.min_by_key(|site| {
                let names = site.suggestions();
                (site.steps.len(), names[0].len(), names)
            });
            waiting.extend(first.map(|site| (index, self.own_place(index, site))));
        }
        waiting.sort_by_cached_key(|(index, site)| {
            let pointer = self.pointers[*index].clone();
            let is_new = self.previous[*index].is_none();
            (is_new, site.steps.len(), site.suggestions(), pointer)
        });
        let families = self.families(&waiting);
        for (index, site) in waiting {
            let Root::Suggested(roots) = &site.root else {
                continue;
            };
            let mut candidates = Candidates::default();
            if site.steps.is_empty() {
                candidates.new.extend(self.title(index, &site.steps));
            }
            candidates.extend(families.of(self, index, &site));
            let ways: Vec<Way> = roots.own.iter().map(|root| Way::to(root)).collect();
            for way in &ways {
                let names = self.candidates(index, way, &site.steps);
                candidates.new.extend(names);
            }
            if site.steps.is_empty() {
                self.leave_to_inner(index, &mut candidates);
            }
            self.assign_free(index, &candidates, None);
            if self.merged[index].is_none() {
                self.ways[index] = self.way(index, &ways[0], &site.steps, &self.names[index]);
            }
        }
    }

    fn is_in_parameters(&self, index: usize) -> bool {
        let sites = &self.drafts[index].sites;
        let is_property = |step: &Step| matches!(step, Step::Property(_));
        sites.iter().all(|site| {
            matches!(site.root, Root::Suggested(_)) && site.steps.iter().any(is_property)
        })
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
            let mut level: Vec<(usize, Site)> = Vec::new();
            for index in self.inline() {
                let sites = self.drafts[index].sites.iter();
                let mut sites: Vec<(TypeId, &Site)> = sites
                    .filter_map(|site| match site.root {
                        Root::Type(parent) if !self.names[parent.0].is_empty() => {
                            Some((parent, site))
                        }
                        _ => None,
                    })
                    .collect();
                sites.sort_by_cached_key(|a| self.preference(index, *a));
                level.extend(sites.first().map(|(_, site)| (index, (*site).clone())));
            }
            if level.is_empty() {
                break;
            }
            level.sort_by_cached_key(|(index, site)| {
                let is_new = self.previous[*index].is_none();
                (
                    is_new,
                    self.pointers[*index].clone(),
                    self.way_of(site).name,
                )
            });
            let families = self.families(&level);
            for (index, site) in level {
                let Root::Type(parent) = site.root else {
                    continue;
                };
                let way = self.ways[parent.0].clone();
                let mut candidates = Candidates::default();
                candidates.new.extend(self.title(index, &site.steps));
                candidates.extend(families.of(self, index, &site));
                candidates.new.extend(self.in_own_place(index, parent));
                candidates
                    .new
                    .extend(self.inside(index, parent, &site.steps));
                let module = self.modules[parent.0].clone();
                self.assign_free(index, &candidates, Some(module));
                if self.merged[index].is_none() {
                    self.ways[index] = self.way(index, &way, &site.steps, &self.names[index]);
                }
            }
        }
    }

    /// A type that no name leads to (by a reference into nowhere in particular) still needs one.
    fn unreached(&mut self) {
        for index in self.inline().collect::<Vec<_>>() {
            let (way, steps) = self.of_own_pointer(index);
            let candidates = Candidates {
                new: self.candidates(index, &way, &steps),
                ..Candidates::default()
            };
            self.assign_free(index, &candidates, None);
            self.ways[index] = Way::to(&self.names[index]);
        }
    }

    /// Types of one schema on other ways than the first are called after that. Where two schemas are one type,
    /// so are these of them.
    fn twins(&mut self) {
        let mut first = HashMap::new();
        let mut others = Vec::new();
        for index in 0..self.drafts.len() {
            let Origin::Twin(of) = self.drafts[index].origin else {
                continue;
            };
            let way = self.drafts[index].way;
            match self.merged[of.0] {
                Some(same) => others.push((index, same, way)),
                None => {
                    first.insert((of, way), index);
                    self.twin(index, of);
                }
            }
        }
        for (index, of, way) in others {
            match first.get(&(of, way)) {
                Some(&same) => {
                    self.merged[index] = Some(TypeId(same));
                    self.names[index] = self.names[same].clone();
                    self.unrenamed[index] = self.unrenamed[same].clone();
                    self.modules[index] = self.modules[same].clone();
                }
                None => self.twin(index, of),
            }
        }
    }

    fn twin(&mut self, index: usize, of: TypeId) {
        let first = self.names[of.0].as_str();
        let words = match self.drafts[index].way {
            lock::Way::Answer => ["Output", "Answer"],
            lock::Way::Both => ["BothWays", "InAndOutput"],
            lock::Way::Request => ["Input", "Request"],
        };
        let candidates = Candidates {
            new: words
                .map(|word| identifier::type_name(&format!("{first}{word}")))
                .to_vec(),
            shared: Vec::new(),
        };
        let module = self.modules[of.0].clone();
        self.assign_free(index, &candidates, Some(module));
    }

    /// Gives a draft the name that it had, or else makes it the equal type that has a name which fits it, or
    /// else gives it the first of its names that is free.
    fn assign_free(&mut self, index: usize, candidates: &Candidates, module: Option<String>) {
        if let Some(name) = self.previous[index].clone() {
            self.assign(index, name, module);
            return;
        }
        let fitting = || candidates.new.iter().chain(&candidates.shared);
        if let Some(equal) = self.drafts[index].equal
            && let Some(&same) = fitting().find_map(|name| self.given.get(&(equal, name.clone())))
        {
            self.merged[index] = Some(TypeId(same));
            self.names[index] = self.names[same].clone();
            self.unrenamed[index] = self.unrenamed[same].clone();
            // That of its own place, for where it comes to stand for all of them.
            let own = module.unwrap_or_else(|| identifier::module_name(&self.names[same]));
            self.modules[index] = own;
            // Types inside of one of several places belong to that, and not to one of these.
            self.ways[same] = Way::to(&self.names[same]);
            self.ways[index] = self.ways[same].clone();
            return;
        }
        self.note_collision(index, &candidates.new);
        let name = self.free(&candidates.new);
        self.assign(index, name, module);
    }

    /// Of drafts that are one type, the first stands for all, as it does where a names file made them one.
    fn lead_by_first(&mut self) {
        let mut first: HashMap<usize, usize> = HashMap::new();
        for (index, same) in self.merged.iter().enumerate() {
            if let Some(same) = same
                && self.previous[same.0].is_none()
            {
                let first = first.entry(same.0).or_insert(same.0);
                *first = (*first).min(index);
            }
        }
        first.retain(|same, first| same != first);
        for same in &mut self.merged {
            *same = same.map(|same| TypeId(first.get(&same.0).copied().unwrap_or(same.0)));
        }
        for (same, first) in first {
            self.merged[first] = None;
            self.merged[same] = Some(TypeId(first));
        }
    }

    /// Types that are only inside of one that became another are those at the same places of that.
    fn inside_of_merged(&mut self) {
        let mut inside: HashMap<TypeId, Vec<usize>> = HashMap::new();
        for (index, draft) in self.drafts.iter().enumerate() {
            for site in &draft.sites {
                if let Root::Type(parent) = site.root {
                    inside.entry(parent).or_default().push(index);
                }
            }
        }
        // From the outside in: each round makes the next depth the same.
        let mut waiting: Vec<usize> = (0..self.drafts.len()).collect();
        loop {
            let found = waiting
                .iter()
                .map(|&index| (index, self.counterpart(index, &inside)));
            let found: Vec<(usize, Option<TypeId>)> = found.collect();
            waiting = Vec::new();
            let mut is_done = true;
            for (index, same) in found {
                match same {
                    Some(_) => {
                        self.merged[index] = same;
                        is_done = false;
                    }
                    None => waiting.push(index),
                }
            }
            if is_done {
                return;
            }
        }
    }

    /// The equal type at the same place of what everything that has a draft became.
    fn counterpart(&self, index: usize, inside: &HashMap<TypeId, Vec<usize>>) -> Option<TypeId> {
        let draft = &self.drafts[index];
        let is_free = self.merged[index].is_none() && self.previous[index].is_none();
        let equal = draft
            .equal
            .filter(|_| is_free && draft.origin == Origin::Inline)?;
        let became = |site: &Site| match site.root {
            Root::Type(parent) => self.merged[parent.0],
            Root::Suggested(_) => None,
        };
        let whole = became(draft.sites.first()?)?;
        let is_in = |site: &Site| became(site) == Some(whole);
        if !draft.sites.iter().all(is_in) {
            return None;
        }
        let steps = &draft.sites.first()?.steps;
        let is_there = |site: &Site| site.root == Root::Type(whole) && site.steps == *steps;
        let mut others = inside.get(&whole)?.iter().copied();
        let same = others.find(|&other| {
            let other = &self.drafts[other];
            other.equal == Some(equal) && other.sites.iter().any(is_there)
        })?;
        Some(self.merged[same].unwrap_or(TypeId(same))).filter(|same| same.0 != index)
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
        if let Some(equal) = self.drafts[index].equal {
            self.given.entry((equal, name.clone())).or_insert(index);
        }
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
