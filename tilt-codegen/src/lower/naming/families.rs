//! Names that suit equal types at several places: of the thing that all of these are about, or of the
//! property that all of them are.

use std::collections::HashMap;

use crate::identifier;
use crate::lower::draft::{Root, Site, Step};
use crate::lower::naming::candidates::segments;
use crate::lower::naming::parts::texts;
use crate::lower::naming::phrase::whole;
use crate::lower::naming::progress::Naming;
use crate::lower::naming::way::{Way, is_container, is_generic};
use crate::lower::naming::words::{entity, overlap};
use crate::model::{Shape, TypeId};
use crate::place::pointer;

/// Names that would do for a draft, best first.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    /// For a type of its own.
    pub new: Vec<String>,
    /// That fit where an equal type has them.
    pub shared: Vec<String>,
}

impl Candidates {
    pub(super) fn extend(&mut self, other: Candidates) {
        self.new.extend(other.new);
        self.shared.extend(other.shared);
    }
}

/// The places of equal types that are named at one time.
#[derive(Debug, Default)]
pub(super) struct Families {
    /// The things that have an equal type under one label, by the first of their words.
    things: HashMap<(TypeId, Vec<String>), HashMap<String, Family>>,
    /// The places that suggest one shared name, by their own.
    suggested: HashMap<(TypeId, String), Family>,
    /// The places of unions that can be called after their alternatives.
    unions: HashMap<TypeId, Family>,
    /// The properties of one type that are of an equal one, backwards.
    owners: HashMap<(TypeId, String), Family>,
}

/// Words that several names have in common.
#[derive(Debug)]
struct Family {
    first: Vec<String>,
    /// How many words all of them begin with.
    common: usize,
    /// How many of them are not the first.
    others: usize,
}

impl Family {
    fn of(first: Vec<String>) -> Self {
        Self {
            common: first.len(),
            first,
            others: 0,
        }
    }

    fn add(&mut self, other: &[String]) {
        let shared = self.first.iter().zip(other).take_while(|(a, b)| a == b);
        self.common = shared.count().min(self.common);
        self.others += usize::from(self.first != other);
    }
}

impl Naming<'_, '_> {
    /// The families of drafts without a previous name, at these sites.
    pub(super) fn families(&self, drafts: &[(usize, Site)]) -> Families {
        let mut families = Families::default();
        for (index, site) in drafts {
            let Some(equal) = self.drafts[*index].equal else {
                continue;
            };
            if self.previous[*index].is_some() || self.title(*index, &site.steps).is_some() {
                continue;
            }
            if let Root::Suggested(names) = &site.root
                && let Some(shared) = names.shared.first()
                && site.steps.is_empty()
            {
                let places = families.suggested.entry((equal, shared.clone()));
                let places = places.or_insert_with(|| Family::of(names.own.clone()));
                places.add(&names.own);
            }
            if let (Root::Type(_), Some(label)) = (&site.root, property_label(site)) {
                let owner = self.way_of(site).name;
                let backwards: Vec<String> = label.into_iter().rev().collect();
                let owners = families.owners.entry((equal, owner));
                let family = owners.or_insert_with(|| Family::of(backwards.clone()));
                family.add(&backwards);
            }
            if self.alternatives(*index).is_some() {
                let mut place = identifier::words(&self.way_of(site).name);
                place.extend(property_label(site).unwrap_or_default());
                let places = families.unions.entry(equal);
                places
                    .or_insert_with(|| Family::of(place.clone()))
                    .add(&place);
            }
            if let Some((thing, label, _)) = self.shared_label(*index, site) {
                let first = thing.first().cloned().unwrap_or_default();
                let things = families.things.entry((equal, label)).or_default();
                let family = things.entry(first);
                let family = family.or_insert_with(|| Family::of(thing.clone()));
                family.add(&thing);
            }
        }
        families
    }

    /// The thing that has a draft as a property, the words of that property, and whether these say
    /// nothing alone. `None` where the draft is named after the property in any case.
    fn shared_label(&self, index: usize, site: &Site) -> Option<(Vec<String>, Vec<String>, bool)> {
        let is_enum = matches!(self.drafts[index].shape, Some(Shape::Enum(_)));
        let label = property_label(site)?;
        let generic = is_generic(&label);
        let thing = self.way_of(site).thing();
        (is_enum || generic).then_some((thing, label, generic))
    }

    /// The way to what a site is in.
    pub(super) fn way_of(&self, site: &Site) -> Way {
        match &site.root {
            Root::Type(parent) => self.ways[parent.0].clone(),
            Root::Suggested(names) => Way::to(&names.own[0]),
        }
    }

    /// A site as the schema's own place: an answer, body or parameter under a name or in a file of its own is known by
    /// that, a parameter of all operations of a path by that path, and none by one of the operations that have it.
    pub(super) fn own_place(&self, index: usize, site: &Site) -> Site {
        let pointer = self.pointers[index].to_string();
        let mut tokens = pointer.split('/').skip(1).map(pointer::unescape);
        let mut next = || tokens.next().unwrap_or_default();
        let own = match (next().as_ref(), next().as_ref(), next().as_ref()) {
            ("components", kind, name) => of_component(kind, name),
            ("paths", path, "parameters") => of_path(path, &site.steps),
            (first, second, _) => match self.file_of(index) {
                Some(file) => of_part(file, first, second),
                None => Vec::new(),
            },
        };
        if own.is_empty() {
            return site.clone();
        }
        // The disposition of `DispositionQuery` is that itself.
        let is_said = |property: &String| {
            identifier::words(&own[0]).starts_with(&identifier::words(property))
        };
        let is_element = |step: &Step| matches!(step, Step::Item);
        let is_parameter = pointer.starts_with("/components/parameters/");
        let steps = match site.steps.as_slice() {
            [Step::Property(property), inner @ ..]
                if is_parameter && is_said(property) && inner.iter().all(is_element) =>
            {
                Vec::new()
            }
            steps => steps.to_vec(),
        };
        Site {
            steps,
            ..Site::suggested(own)
        }
    }
}

/// Names of an answer, body or parameter under a name.
fn of_component(kind: &str, name: &str) -> Vec<String> {
    let suffix = match kind {
        "responses" => "response",
        "requestBodies" => "request",
        "parameters" => "parameter",
        _ => return Vec::new(),
    };
    vec![
        identifier::type_name(name),
        identifier::type_name(&format!("{name}_{suffix}")),
    ]
}

/// Names of an answer, body or parameter that is a file, or one of those that a file lists by their names.
fn of_part(file: &str, first: &str, second: &str) -> Vec<String> {
    let is_content = |token: &str| matches!(token, "schema" | "content");
    let is_of_operation =
        |name: &str| name == "default" || name.starts_with(|c: char| c.is_ascii_digit());
    match (first, second) {
        (first, _) if is_content(first) => vec![identifier::type_name(file)],
        // Of an operation that is a file, its body.
        ("requestBody", _) => Vec::new(),
        (name, second) if is_content(second) => vec![identifier::type_name(name)],
        (kind, name) if !is_of_operation(name) => of_component(kind, name),
        _ => Vec::new(),
    }
}

/// Names of the thing that a path leads to: alone, and with what is around it. A parameter that is called like the
/// thing needs what is around it.
fn of_path(path: &str, steps: &[Step]) -> Vec<String> {
    let segments: Vec<String> = texts(path).map(identifier::singular).collect();
    let is_called_so = |name: &String| {
        let first = steps.first();
        matches!(first, Some(Step::Property(property)) if identifier::pascal(property) == *name)
    };
    let from_last = (0..segments.len()).rev();
    from_last
        .map(|at| identifier::type_name(&segments[at..].join("_")))
        .filter(|name| !is_called_so(name))
        .collect()
}

impl Families {
    /// Names for a draft that suit others of its family as well.
    pub(super) fn of(&self, naming: &Naming<'_, '_>, index: usize, site: &Site) -> Candidates {
        let mut candidates = Candidates::default();
        let Some(equal) = naming.drafts[index].equal else {
            return candidates;
        };
        if let Root::Suggested(names) = &site.root
            && let Some(first) = names.shared.first()
            && site.steps.is_empty()
        {
            let places = self.suggested.get(&(equal, first.clone()));
            if places.is_some_and(|places| places.others > 0) {
                candidates.new.extend(names.shared.iter().cloned());
            }
            candidates.shared.extend(names.shared.iter().cloned());
        }
        candidates.new.extend(naming.only_value(index, site));
        if let Some(name) = naming.alternatives(index) {
            let places = self.unions.get(&equal);
            if places.is_some_and(|places| places.others > 0) {
                candidates.new.push(name.clone());
            }
            candidates.shared.push(name);
        }
        candidates
            .new
            .extend(self.of_owner(naming, index, equal, site));
        let Some((thing, label, generic)) = naming.shared_label(index, site) else {
            return candidates;
        };
        let name = |words: &[String]| identifier::type_name(&overlap(words, &label).join("_"));
        let same = self.things.get(&(equal, label.clone()));
        let is_enum = matches!(naming.drafts[index].shape, Some(Shape::Enum(_)));
        let says_something = !generic || !is_enum && !is_container(&label);
        if says_something && same.is_some_and(|families| families.len() > 1) {
            candidates.new.push(name(&[]));
            candidates.new.extend(naming.with_values(index, &label));
        }
        let first = thing.first().cloned().unwrap_or_default();
        let things = same.and_then(|families| families.get(&first));
        if let Some(family) = things.filter(|family| family.others > 0) {
            candidates
                .new
                .push(name(whole(&family.first[..family.common])));
        }
        let beginnings = (1..=thing.len()).rev().map(|length| &thing[..length]);
        let beginnings = beginnings.filter(|words| whole(words) == *words).map(name);
        candidates.shared.extend(beginnings);
        if let Root::Suggested(names) = &site.root {
            let things = names.shared.iter().map(|shared| entity(shared));
            candidates.shared.extend(things.map(|thing| name(&thing)));
        }
        if says_something {
            candidates.shared.push(name(&[]));
        }
        candidates
    }

    /// Names for a type that several properties of one other have: of what these are all called at the
    /// end, or else of their owner.
    fn of_owner(
        &self,
        naming: &Naming<'_, '_>,
        index: usize,
        equal: TypeId,
        site: &Site,
    ) -> Vec<String> {
        /// So many enums of the same values are a burden, whatever their properties are called.
        const MANY: usize = 3;
        let way = naming.way_of(site);
        let Some(family) = self.owners.get(&(equal, way.name.clone())) else {
            return Vec::new();
        };
        let name = |words: &[String]| identifier::type_name(&words.join("_"));
        let ending: Vec<String> = family.first[..family.common]
            .iter()
            .rev()
            .cloned()
            .collect();
        if family.others == 0 {
            return Vec::new();
        }
        let is_enum = matches!(naming.drafts[index].shape, Some(Shape::Enum(_)));
        if ending.is_empty() || is_generic(&ending) {
            let value = [identifier::words(&way.name), vec!["value".to_owned()]].concat();
            let is_burden = is_enum && family.others + 1 >= MANY;
            return is_burden.then(|| name(&value)).into_iter().collect();
        }
        let short = (!is_enum).then(|| name(&ending));
        let long = name(&overlap(&way.thing(), &ending));
        short.into_iter().chain([long]).collect()
    }
}

/// The words of the property at a site.
fn property_label(site: &Site) -> Option<Vec<String>> {
    let last = segments(&site.steps).pop()?;
    last.is_property.then_some(last.words)
}
