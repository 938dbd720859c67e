//! Objects: structs where properties have names, maps where they don't.

use std::collections::{BTreeMap, HashSet};

use crate::diagnostic::{Code, Problem};
use crate::dialect::keyword;
use crate::dialect::schema::{Additional, Schema};
use crate::lower::budget::Cost;
use crate::lower::schema::TypeBuilder;
use crate::lower::schema::describe;
use crate::lower::schema::draft::{Conjunction, Part, Place, Step};
use crate::lower::schema::flatten::Flat;
use crate::model::{Conversion, Field, Presence, Rest, Scalar, Shape, Struct, TypeId, TypeRef};

impl<'d> TypeBuilder<'d, '_> {
    pub(in crate::lower) fn object(
        &mut self,
        flat: &Flat<'d>,
        place: &Place,
        id: Option<TypeId>,
    ) -> TypeRef {
        let mut properties: BTreeMap<&'d str, Vec<Part<'d>>> = BTreeMap::new();
        let mut met = HashSet::new();
        for leaf in &flat.leaves {
            for (name, node) in &leaf.schema.properties {
                let parts = properties.entry(name).or_default();
                if met.insert((*name, node.key())) {
                    parts.push(Part::whole(*node));
                }
            }
        }
        let node = flat.first().part.node;
        if !properties.keys().all(|name| {
            self.context.afford(Cost::Member, node) && self.context.hold(node, name.len())
        }) {
            return TypeRef::Scalar(Scalar::Any);
        }
        if properties.is_empty() {
            return self.map(flat, place);
        }
        self.report_undeclared(flat, &properties);
        let id = self.start(flat, id);
        let place_of_fields = Place::of_type(id);
        let rest = self.rest(flat, &place_of_fields);
        let required: HashSet<&str> = flat
            .leaves
            .iter()
            .flat_map(|leaf| leaf.schema.required.iter().copied())
            .collect();
        let required = |wire: &str| required.contains(wire);
        let mut fields = Vec::with_capacity(properties.len());
        let mut one_way = Vec::new();
        for (wire, parts) in properties {
            let schemas: Vec<Schema<'d>> =
                parts.iter().map(|part| Schema::read(part.node)).collect();
            let step = Step::Property(wire.to_owned());
            let conjunction = Conjunction { parts };
            let mut typed = self.typed(&conjunction, &place_of_fields.then(step));
            if typed.ty == TypeRef::Scalar(Scalar::String)
                && self
                    .context
                    .config
                    .secrets
                    .properties
                    .iter()
                    .any(|it| it == wire)
            {
                typed.ty = TypeRef::Scalar(Scalar::Secret);
            }
            let described = schemas.iter().find(|schema| schema.description.is_some());
            if schemas
                .iter()
                .any(|schema| schema.read_only || schema.write_only)
            {
                one_way.push(wire.to_owned());
            }
            // Others of one type have no place for a null that should not be there.
            let strict = matches!(rest, Rest::Typed(_));
            let presence = match (required(wire), typed.nullable) {
                (false, _) if strict => Presence::OptionalNullable,
                _ if matches!(typed.ty, TypeRef::Scalar(Scalar::Any | Scalar::Null)) => {
                    if required(wire) {
                        Presence::Required
                    } else {
                        Presence::Optional
                    }
                }
                (true, false) => Presence::Required,
                (false, false) => Presence::Optional,
                (true, true) => Presence::Nullable,
                (false, true) => Presence::OptionalNullable,
            };
            let said = described.or(schemas.first());
            let docs = said.map(|schema| {
                self.context
                    .documented(schema.node, || describe::member(schema, None))
            });
            fields.push(Field {
                // Named when all types are: see `finish`.
                name: String::new(),
                wire: wire.to_owned(),
                ty: typed.ty,
                presence,
                fixed: None,
                conversion: Conversion::None,
                setter: false,
                docs: docs.unwrap_or_default(),
                deprecated: schemas.iter().any(|schema| schema.deprecated),
            });
        }
        let draft = &mut self.arena.drafts[id.0];
        draft.one_way = one_way;
        draft.closed = flat.leaves.len() == 1
            && matches!(flat.first().schema.additional, Additional::Forbidden)
            && flat.first().schema.pattern_properties.is_empty();
        self.finish(
            id,
            Shape::Struct(Struct {
                fields,
                rest,
                default: None,
            }),
            place,
        )
    }

    /// A struct's other properties: typed only where one schema alone speaks of them.
    fn rest(&mut self, flat: &Flat<'d>, place: &Place) -> Rest {
        let place = place.then(Step::Value);
        let patterns = flat
            .leaves
            .iter()
            .any(|leaf| !leaf.schema.pattern_properties.is_empty());
        if flat
            .leaves
            .iter()
            .filter(|leaf| !leaf.schema.properties.is_empty())
            .count()
            == 1
            && !patterns
            && let Some(node) = flat
                .leaves
                .iter()
                .find_map(|leaf| match leaf.schema.additional {
                    Additional::Schema(node) => Some(node),
                    _ => None,
                })
        {
            let typed = self.node(node, &place).standalone();
            if typed != TypeRef::Scalar(Scalar::Any) {
                return Rest::Typed(typed);
            }
        }
        if patterns {
            self.report_patterns(flat);
        }
        Rest::Any
    }

    fn map(&mut self, flat: &Flat<'d>, place: &Place) -> TypeRef {
        let place = place.then(Step::Value);
        let additional = flat
            .leaves
            .iter()
            .find_map(|leaf| match leaf.schema.additional {
                Additional::Schema(node) => Some(node),
                _ => None,
            });
        let patterns: Vec<_> = flat
            .leaves
            .iter()
            .flat_map(|leaf| &leaf.schema.pattern_properties)
            .collect();
        let forbidden = flat
            .leaves
            .iter()
            .any(|leaf| matches!(leaf.schema.additional, Additional::Forbidden));
        let value = match (additional, patterns.as_slice()) {
            (Some(node), []) => self.node(node, &place).standalone(),
            (None, [(_, node)]) if forbidden => self.node(*node, &place).standalone(),
            (_, []) => TypeRef::Scalar(Scalar::Any),
            _ => {
                self.report_patterns(flat);
                TypeRef::Scalar(Scalar::Any)
            }
        };
        TypeRef::Map(Box::new(value))
    }

    fn report_patterns(&mut self, flat: &Flat<'d>) {
        let leaf = flat
            .leaves
            .iter()
            .find(|leaf| !leaf.schema.pattern_properties.is_empty());
        if let Some(leaf) = leaf {
            let node = leaf.part.node;
            let at = keyword::at_pattern_properties(node).unwrap_or(node);
            let problem = Problem::new(
                Code::PATTERN_PROPERTIES,
                at,
                "properties whose names follow patterns are kept as any JSON",
            );
            self.context.problem(problem);
        }
    }

    fn report_undeclared(
        &mut self,
        flat: &Flat<'d>,
        properties: &BTreeMap<&'d str, Vec<Part<'d>>>,
    ) {
        for leaf in &flat.leaves {
            for name in &leaf.schema.required {
                if !properties.contains_key(name) {
                    let at = keyword::at_required(leaf.part.node);
                    let problem = Problem::new(
                        Code::UNDECLARED_REQUIRED,
                        at,
                        format!("`{name}` is required but not declared; it is kept in `extra`"),
                    );
                    self.context.problem(problem);
                }
            }
        }
    }
}
