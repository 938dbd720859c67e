//! Unions by inheritance: a named schema with a discriminator and no alternatives, on which others build by `allOf`. Where
//! it is used, the value is one of these, or the schema itself with any other value of the discriminator.
//!
//! A schema that was a struct in the generation before stays one: its first heir changes no program.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::discriminator::{Claims, Mapping, resolve};
use super::union::Alternative;
use super::{TypeBuilder, Typed};
use crate::dialect::schema::{Discriminator, JsonType, Types};
use crate::lower::budget::Cost;
use crate::lower::draft::{Conjunction, Origin, Site, Step};
use crate::lower::schema::flatten::Flat;
use crate::model::{TypeId, TypeRef};
use crate::place::pointer::{self, Pointer};
use crate::source::{Node, NodeKey};

/// For each schema, the named ones whose `allOf` refers to it, in the order of their names.
#[derive(Debug, Default)]
pub(super) struct Heirs<'d> {
    of: HashMap<NodeKey, Vec<Heir<'d>>>,
}

#[derive(Debug, Clone)]
struct Heir<'d> {
    name: String,
    node: Node<'d>,
}

impl<'d> TypeBuilder<'d, '_> {
    /// The union of a named schema and of those that build on it, if it is one.
    pub(super) fn union_by_inheritance(
        &mut self,
        flat: &Flat<'d>,
        site: &Site,
        id: Option<TypeId>,
    ) -> Option<Typed> {
        let id = id.filter(|id| matches!(self.arena.drafts[id.0].origin, Origin::Component(_)))?;
        let node = self.arena.drafts[id.0].node;
        if !self.is_base(node) {
            return None;
        }
        let (discriminator, at) = discriminator(flat)?;
        let mapping = self.mapping(&discriminator, at);
        let within = Site::of_type(id);
        let base = within.then(Step::Variant("Base".to_owned()));
        let base = self.object(flat, &base, None);
        if !matches!(base, TypeRef::Named(_)) {
            return None;
        }
        let mut alternatives = Vec::new();
        let mut claims = Vec::new();
        let mut schemas = Vec::new();
        for heir in self.direct_heirs(node) {
            if !self.context.afford(Cost::Member, heir.node) {
                break;
            }
            let typed = self.reference(heir.node, &within);
            alternatives.push(Alternative::new(typed, None));
            claims.push(self.claims_of_heir(&mapping, &heir));
            schemas.push(heir.node);
        }
        let name = match &self.arena.drafts[id.0].origin {
            Origin::Component(name) => name.clone(),
            _ => String::new(),
        };
        let mut own = self.claims(&mapping, node, [Some(&name), None], None);
        let is_listed = own.own.is_empty() || own.own.contains(&name);
        // Its own property may list the values of all that build on it.
        own.own.clear();
        own.name = Some(name).filter(|_| mapping.is_empty() && is_listed);
        claims.push(own);
        let typed = Typed {
            ty: base,
            nullable: false,
        };
        alternatives.push(Alternative::new(typed, None));
        // Without a default, it is the base that has any other value.
        schemas.push(node);
        let default = self.default_of(&mapping, &schemas);
        let default = default.unwrap_or(alternatives.len() - 1);
        alternatives[default].any_other = true;
        self.report_idle(Some(&mapping), node, &claims);
        for (alternative, selection) in alternatives.iter_mut().zip(resolve(claims)) {
            alternative.select(selection);
        }
        let property = Some(discriminator.property.to_owned());
        Some(self.assemble(id, Some(id), alternatives, property, flat.nullable, site))
    }

    /// Whether a named schema builds on another that is a union of such.
    pub(super) fn is_heir(&mut self, node: Node<'d>, base: Node<'d>) -> bool {
        let heirs = self.heirs();
        let of_base = heirs.of.get(&base.key());
        of_base.is_some_and(|heirs| heirs.iter().any(|heir| heir.node.key() == node.key()))
            && self.is_base(base)
    }

    fn is_base(&mut self, node: Node<'d>) -> bool {
        if let Some(known) = self.bases.get(&node.key()) {
            return *known;
        }
        let is_base = self.heirs().of.contains_key(&node.key()) && self.could_be_base(node);
        self.bases.insert(node.key(), is_base);
        is_base
    }

    /// Whether a schema is of objects that have a discriminator, and has no alternatives of its own.
    fn could_be_base(&mut self, node: Node<'d>) -> bool {
        let flat = self.flatten(&Conjunction::one(node));
        let Some((discriminator, _)) = discriminator(&flat) else {
            return false;
        };
        let mut schemas = flat.leaves.iter().map(|leaf| &leaf.schema);
        let is_plain = schemas.clone().all(|schema| {
            schema.one_of.is_empty() && schema.any_of.is_empty() && schema.boolean != Some(false)
        });
        let declares = schemas.any(|schema| {
            let mut names = schema.properties.iter().map(|(name, _)| *name);
            names.any(|name| name == discriminator.property)
        });
        let was = |is_projection| self.context.previous.at(&[node.key()], is_projection);
        let stays_a_struct = was(false).is_some() && was(true).is_none();
        let is_object = flat.proper_types() == Types::only(JsonType::Object);
        is_plain && declares && is_object && !stays_a_struct
    }

    /// The heirs of a schema that no union of another of them has.
    fn direct_heirs(&mut self, node: Node<'d>) -> Vec<Heir<'d>> {
        let heirs = self.heirs();
        let mut direct: Vec<Heir<'d>> = heirs.of.get(&node.key()).cloned().unwrap_or_default();
        let mut met: HashSet<NodeKey> = direct.iter().map(|heir| heir.node.key()).collect();
        met.insert(node.key());
        let mut at = 0;
        // Those of an heir that stays a struct are variants beside it: it has none.
        while let Some(heir) = direct.get(at).cloned() {
            at += 1;
            if !self.is_base(heir.node) {
                let next = heirs.of.get(&heir.node.key()).into_iter().flatten();
                direct.extend(next.filter(|it| met.insert(it.node.key())).cloned());
            }
        }
        let mut behind: HashSet<NodeKey> = HashSet::new();
        for heir in &direct {
            let those = self.behind(heir);
            behind.extend(those.iter().map(|heir| heir.node.key()));
        }
        direct.retain(|heir| !behind.contains(&heir.node.key()));
        direct
    }

    /// All that a union of an heir has beside it, over any number of others; nothing where it is none.
    fn behind(&mut self, heir: &Heir<'d>) -> Vec<Heir<'d>> {
        match self.is_base(heir.node) {
            true => self.heirs().behind(heir),
            false => Vec::new(),
        }
    }

    /// The values that select an heir: its own, and those of all that its union has.
    fn claims_of_heir(&mut self, mapping: &Mapping<'d>, heir: &Heir<'d>) -> Claims {
        let mut all = Claims::default();
        for heir in self.behind(heir).iter().chain([heir]) {
            let texts = [Some(heir.name.as_str()), None];
            let claims = self.claims(mapping, heir.node, texts, Some(heir.name.clone()));
            let is_silent = claims.mapped.is_empty() && claims.own.is_empty();
            // By its name, which is then not only the last resort.
            all.own.extend(claims.name.filter(|_| is_silent));
            all.mapped.extend(claims.mapped);
            all.own.extend(claims.own);
        }
        all.mapped.sort();
        all.own.sort();
        all.own.dedup();
        all.name = Some(heir.name.clone());
        all
    }

    fn heirs(&mut self) -> Rc<Heirs<'d>> {
        if let Some(heirs) = &self.heirs {
            return heirs.clone();
        }
        let heirs = Rc::new(self.find_heirs());
        self.heirs = Some(heirs.clone());
        heirs
    }

    fn find_heirs(&self) -> Heirs<'d> {
        let documents = self.context.documents();
        let found = documents.extended();
        let keys: Vec<NodeKey> = found.iter().map(|(node, _)| node.key()).collect();
        let mut heirs = Heirs::default();
        for ((node, base), at) in found.into_iter().zip(documents.pointers(&keys)) {
            let is_root = documents.root_of(node.document) == node.document;
            let Some(name) = at.and_then(|at| self.name_at(node, &at, is_root)) else {
                continue;
            };
            let of_base = heirs.of.entry(base).or_default();
            if base != node.key() && of_base.iter().all(|heir| heir.node.key() != node.key()) {
                of_base.push(Heir { name, node });
            }
        }
        heirs.of.retain(|_, heirs| !heirs.is_empty());
        for heirs in heirs.of.values_mut() {
            heirs.sort_by(|a, b| a.name.cmp(&b.name));
        }
        heirs
    }

    /// The name under which a schema stands, if it stands under one.
    fn name_at(&self, node: Node<'d>, at: &Pointer, is_root: bool) -> Option<String> {
        let Some((before, last)) = at.split_last() else {
            let name = &self.context.documents().get(node.document).name;
            let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
            let stem = file.split('.').next().unwrap_or(file);
            return (!is_root).then(|| stem.to_owned());
        };
        let parent = before.split_last().map_or("", |(_, token)| token);
        let named = matches!(parent, "schemas" | "definitions" | "$defs")
            || !is_root && before.split_last().is_none();
        named.then(|| pointer::unescape(last).into_owned())
    }
}

impl<'d> Heirs<'d> {
    /// All that build on an heir, over any number of others.
    fn behind(&self, heir: &Heir<'d>) -> Vec<Heir<'d>> {
        let mut met = HashSet::from([heir.node.key()]);
        let mut behind: Vec<Heir<'d>> = Vec::new();
        let mut stack = vec![heir.node.key()];
        while let Some(key) = stack.pop() {
            for next in self.of.get(&key).into_iter().flatten() {
                if met.insert(next.node.key()) {
                    stack.push(next.node.key());
                    behind.push(next.clone());
                }
            }
        }
        behind
    }
}

/// The discriminator of a conjunction: its own, or else one that it builds on; and the schema that has it.
fn discriminator<'d>(flat: &Flat<'d>) -> Option<(Discriminator<'d>, Node<'d>)> {
    flat.leaves.iter().find_map(|leaf| {
        let discriminator = leaf.schema.discriminator.clone()?;
        Some((discriminator, leaf.conjunct.node))
    })
}
