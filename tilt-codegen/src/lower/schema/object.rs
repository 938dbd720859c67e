//! Objects: structs where properties have names, maps where they don't.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use crate::diagnostic::{Code, Problem};
use crate::dialect::keyword;
use crate::dialect::schema::{Additional, Schema};
use crate::lower::budget::Cost;
use crate::lower::draft::{Conjunct, Conjunction, MAX_TAG_VALUES, OneWay, Site, Step, Taken};
use crate::lower::schema::conditional::{Conditional, Found};
use crate::lower::schema::describe;
use crate::lower::schema::flatten::{Flat, Leaf};
use crate::lower::schema::inherited;
use crate::lower::schema::marks::Marks;
use crate::lower::schema::only_value::{constant, only_value};
use crate::lower::schema::sample::{is_link, sample};
use crate::lower::schema::{TypeBuilder, Typed};
use crate::model::{
    Construction, Conversion, Field, Presence, Rest, Scalar, ScalarKind, Shape, Struct, TypeId,
    TypeRef,
};
use crate::source::{Node, NodeKey};

impl<'d> TypeBuilder<'d, '_> {
    pub(in crate::lower) fn object(
        &mut self,
        flat: &Flat<'d>,
        site: &Site,
        id: Option<TypeId>,
    ) -> TypeRef {
        let mut properties = declared(flat);
        self.add_listed_names(flat, &mut properties);
        let node = flat.first().conjunct.node;
        if !properties.keys().all(|name| {
            self.context.afford(Cost::Member, node) && self.context.hold(node, name.len())
        }) {
            return TypeRef::Scalar(Scalar::Any);
        }
        let conditional = self.conditional(flat);
        // An object that may have no properties is no map.
        if properties.is_empty() && conditional.is_empty() && !is_closed(flat) {
            self.report_undeclared(flat, &|_| false, "the map");
            return self.map(flat, site);
        }
        let is_declared = |it: &str| properties.contains_key(it) || conditional.contains_key(it);
        self.report_undeclared(flat, &is_declared, "`extra`");
        self.record(flat, (properties, conditional), site, id)
    }

    /// A struct of the properties that are declared, and of those that only conditions name.
    fn record(
        &mut self,
        flat: &Flat<'d>,
        (properties, conditional): (Declared<'d>, Found<'d>),
        site: &Site,
        id: Option<TypeId>,
    ) -> TypeRef {
        let id = self.start(flat, id);
        let site_of_fields = Site::of_type(id);
        let rest = self.rest(flat, &site_of_fields);
        let required = flat.leaves.iter().flat_map(|leaf| &leaf.schema.required);
        let required: HashSet<&str> = required.copied().collect();
        let mut fields = Vec::with_capacity(properties.len());
        let files = self.files_among(&properties, &conditional);
        let (mut one_way, mut listed) = (BTreeMap::new(), BTreeMap::new());
        for (wire, conjuncts) in properties {
            let schemas = conjuncts.iter().map(|it| Schema::read(it.node));
            let schemas: Vec<Schema<'d>> = schemas.collect();
            let marks = self.marks(&schemas);
            if let Some(direction) = marks.one_way() {
                one_way.insert(wire.to_owned(), direction);
            }
            let is_required = required.contains(wire) && !marks.contradict();
            let is_always_there = is_required && marks == Marks::default();
            let typed = match self.constant_text(&conjuncts, &schemas, is_always_there) {
                true => Typed::scalar(Scalar::Constant, false),
                false => self.property(wire, conjuncts, &site_of_fields),
            };
            if let Some(values) = self.unlisted_values(&schemas, &typed.ty) {
                listed.insert(wire.to_owned(), values);
            }
            let presence = presence(is_required, &typed, &rest);
            fields.push(self.field(wire, typed, presence, &schemas));
        }
        for (wire, schemas) in conditional {
            let is_required = required.contains(wire);
            let (field, direction) =
                self.conditional_field(wire, &schemas, &site_of_fields, (is_required, &rest));
            one_way.extend(direction.map(|it| (wire.to_owned(), it)));
            fields.push(field);
        }
        fields.sort_by(|one, other| one.wire.cmp(&other.wire));
        let draft = &mut self.arena.drafts[id.0];
        draft.one_way = one_way;
        draft.files = files;
        draft.listed = listed;
        draft.closed = is_closed(flat);
        let structure = Struct {
            takes_any: flat.is_typeless && may_be_empty(&fields, &rest),
            fields,
            rest,
            construction: Construction::Read,
            hidden: Vec::new(),
        };
        self.finish(id, Shape::Struct(structure), site)
    }

    /// The properties that are files in a form, with their type where they are none.
    fn files_among(
        &self,
        properties: &Declared<'d>,
        conditional: &Found<'d>,
    ) -> BTreeMap<String, Scalar> {
        let elsewhere = |place: NodeKey| self.file_properties.get(&place).copied();
        let declared = properties.iter().filter_map(|(wire, conjuncts)| {
            let mut places = conjuncts.iter().map(|it| it.node.key());
            Some(((*wire).to_owned(), places.find_map(elsewhere)?))
        });
        let conditional = conditional.iter().filter_map(|(wire, it)| {
            let mut places = it.nodes.iter().map(|node| node.key());
            Some(((*wire).to_owned(), places.find_map(elsewhere)?))
        });
        declared.chain(conditional).collect()
    }

    /// The few values of a property that its type does not list: Booleans, numbers, or whole objects.
    fn unlisted_values(&mut self, schemas: &[Schema<'d>], ty: &TypeRef) -> Option<Vec<Value>> {
        let TypeRef::Scalar(scalar) = ty else {
            return None;
        };
        let lists = matches!(
            scalar.kind(),
            ScalarKind::Bool | ScalarKind::Integer | ScalarKind::Number
        );
        let listing = schemas.iter().find_map(|schema| {
            let schema = match schema.reference {
                Some(_) if lists => {
                    Schema::read(self.context.documents().follow(schema.node).ok()?)
                }
                _ => schema.clone(),
            };
            let constant = schema.constant.map(std::slice::from_ref);
            constant.or(schema.enumeration)
        });
        let values = listing.filter(|values| lists && values.len() <= MAX_TAG_VALUES)?;
        values
            .iter()
            .all(|value| self.context.hold(schemas[0].node, value.to_string().len()))
            .then(|| values.to_vec())
    }

    pub(super) fn property(
        &mut self,
        wire: &str,
        conjuncts: Vec<Conjunct<'d>>,
        site: &Site,
    ) -> Typed {
        let step = Step::Property(wire.to_owned());
        let nodes: Vec<Node<'d>> = conjuncts.iter().map(|it| it.node).collect();
        let conjunction = Conjunction { conjuncts };
        let mut typed = self.typed(&conjunction, &site.then(step));
        let is_named = matches!(typed.ty, TypeRef::Named(_));
        let is_named_text = is_named && self.is_mapped_text(wire, &conjunction);
        let mut secrets = self.context.config.secrets.properties.iter();
        let text = match &mut typed.ty {
            TypeRef::Loose(meant) => meant,
            ty => ty,
        };
        if *text == TypeRef::Scalar(Scalar::String) && secrets.any(|it| it == wire) {
            *text = TypeRef::Scalar(Scalar::Secret);
        }
        if (is_named_text || *text == TypeRef::Scalar(Scalar::String))
            && let Some(scalar) = self.mapped_property(wire, &nodes)
        {
            *text = TypeRef::Scalar(scalar);
        }
        typed
    }

    /// Adds the properties that are named by other keywords than `properties`, with the schema of all others: those that a list
    /// of names has, where some are required, and required ones beside others that are declared.
    fn add_listed_names(&mut self, flat: &Flat<'d>, properties: &mut Declared<'d>) {
        let leaves = || flat.leaves.iter().map(|leaf| &leaf.schema);
        let others = leaves().filter_map(|schema| match schema.additional {
            Additional::Schema(node) => Some(Conjunct::whole(node)),
            _ => None,
        });
        let others: Vec<Conjunct<'d>> = others.collect();
        let required: Vec<&str> = leaves()
            .flat_map(|it| it.required.iter().copied())
            .collect();
        let has_patterns = leaves().any(|schema| !schema.pattern_properties.is_empty());
        if others.is_empty() || required.is_empty() || has_patterns {
            return;
        }
        let documents = self.context.documents();
        let names = leaves().filter_map(|schema| keyword::property_names(schema.node));
        let names = names.map(|names| documents.follow(names).unwrap_or(names));
        let names: Vec<&str> = names
            .flat_map(|names| keyword::values(names).filter_map(Value::as_str))
            .collect();
        if properties.is_empty() && names.is_empty() {
            return;
        }
        for name in names.into_iter().chain(required) {
            properties.entry(name).or_insert_with(|| others.clone());
        }
    }

    /// The field of a property that only conditions name: its values are those of none of them for certain.
    fn conditional_field(
        &mut self,
        wire: &str,
        conditional: &Conditional<'d>,
        site: &Site,
        (is_required, rest): (bool, &Rest),
    ) -> (Field, Option<OneWay>) {
        let schemas = conditional.nodes.iter().map(|it| Schema::read(*it));
        let schemas: Vec<Schema<'d>> = schemas.collect();
        let typed = self.conditional_type(wire, conditional, site);
        let presence = presence(is_required, &typed, rest);
        let direction = self.marks(&schemas).one_way();
        let mut field = self.field(wire, typed, presence, &schemas);
        field.fixed = None;
        // A limit that holds at times is none that documentation may state.
        let described = schemas.iter().find_map(|schema| schema.description);
        field.docs = described.map(describe::text).unwrap_or_default();
        (field, direction)
    }

    /// `schemas` are those of the property.
    fn field(
        &mut self,
        wire: &str,
        typed: Typed,
        presence: Presence,
        schemas: &[Schema<'d>],
    ) -> Field {
        let described = schemas.iter().find(|schema| schema.description.is_some());
        let inherited = match described {
            Some(_) => None,
            None => inherited::words(self.context.documents(), schemas, wire),
        };
        let of_items = match described.is_some() || inherited.is_some() {
            true => None,
            false => inherited::words_of_items(self.context.documents(), schemas),
        };
        let docs = described.or(schemas.first()).map(|schema| {
            let documents = self.context.documents();
            let words = inherited.or(of_items.as_deref());
            let write = || describe::member(documents, (schema, schemas), words);
            self.context.documented(schema.node, write)
        });
        let nodes = schemas.iter().map(|schema| schema.node);
        let is_sampled = presence == Presence::Required || schemas.iter().any(shows_link);
        let sample = is_sampled
            .then(|| sample(self.context.documents(), nodes))
            .flatten();
        Field {
            // Named when all types are: see `finish`.
            name: String::new(),
            wire: wire.to_owned(),
            takes_null: typed.nullable || holds_null(&typed.ty),
            ty: typed.ty,
            presence,
            fixed: only_value(schemas)
                .filter(|_| presence == Presence::Required)
                .and_then(constant),
            conversion: Conversion::None,
            setter: false,
            only_read: false,
            demanded: false,
            null_setter: None,
            summary: String::new(),
            docs: docs.unwrap_or_default(),
            deprecated: schemas.iter().any(|schema| schema.deprecated),
            sample,
            first: first_number(schemas),
        }
    }

    /// A struct's other properties: typed only where one schema alone speaks of them.
    fn rest(&mut self, flat: &Flat<'d>, site: &Site) -> Rest {
        let site = site.then(Step::Value);
        let leaves = || flat.leaves.iter();
        let patterns = leaves().any(|leaf| !leaf.schema.pattern_properties.is_empty());
        let naming = leaves().filter(|leaf| !leaf.schema.properties.is_empty());
        let additional = leaves().find_map(|leaf| match leaf.schema.additional {
            Additional::Schema(node) => Some(node),
            _ => None,
        });
        let additional = additional.filter(|_| naming.count() == 1);
        // The outermost schema knows the properties of all others.
        let unevaluated = match unevaluated(flat) {
            Additional::Schema(node) => Some(node),
            _ => None,
        };
        let others = match patterns {
            true => of_patterns(flat),
            false => additional.or(unevaluated),
        };
        if let Some(node) = others {
            let typed = self.node(node, &site).standalone();
            if typed != TypeRef::Scalar(Scalar::Any) {
                return Rest::Typed(typed);
            }
        }
        if patterns && others.is_none() {
            self.report_patterns(flat);
        }
        Rest::Any
    }

    fn map(&mut self, flat: &Flat<'d>, site: &Site) -> TypeRef {
        let site = site.then(Step::Value);
        let additional = flat
            .leaves
            .iter()
            .find_map(|leaf| match leaf.schema.others() {
                Additional::Schema(node) => Some(node),
                _ => None,
            });
        let mut leaves = flat.leaves.iter();
        let patterns = leaves.any(|leaf| !leaf.schema.pattern_properties.is_empty());
        let value = match (additional, patterns) {
            (Some(node), false) => self.node(node, &site).standalone(),
            (None, false) => TypeRef::Scalar(Scalar::Any),
            (_, true) => match of_patterns(flat) {
                Some(node) => self.node(node, &site).standalone(),
                None => {
                    self.report_patterns(flat);
                    TypeRef::Scalar(Scalar::Any)
                }
            },
        };
        TypeRef::Map(Box::new(value))
    }

    fn report_patterns(&mut self, flat: &Flat<'d>) {
        let leaf = flat
            .leaves
            .iter()
            .find(|leaf| !leaf.schema.pattern_properties.is_empty());
        if let Some(leaf) = leaf {
            let node = leaf.conjunct.node;
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
        is_declared: &dyn Fn(&str) -> bool,
        kept_in: &str,
    ) {
        for leaf in &flat.leaves {
            for name in &leaf.schema.required {
                if !is_declared(name) {
                    let at = keyword::at_required(leaf.conjunct.node);
                    let problem = Problem::new(
                        Code::UNDECLARED_REQUIRED,
                        at,
                        format!("`{name}` is required but not declared; it is kept in {kept_in}"),
                    );
                    self.context.problem(problem);
                }
            }
        }
    }
}

/// Whether there is a value of a struct without any property, and a place in it for something else.
fn may_be_empty(fields: &[Field], rest: &Rest) -> bool {
    let is_required =
        |field: &Field| field.presence == Presence::Required && !holds_null(&field.ty);
    matches!(rest, Rest::Any) && !fields.iter().any(is_required)
}

/// The schema of all properties that are not declared, where patterns give it: one for all, and no others are allowed or the
/// pattern is that of every name.
fn of_patterns<'d>(flat: &Flat<'d>) -> Option<Node<'d>> {
    let leaves = || flat.leaves.iter();
    let patterns = || leaves().flat_map(|leaf| &leaf.schema.pattern_properties);
    let (_, node) = patterns().next()?;
    let is_one = patterns().all(|(_, other)| other.value == node.value);
    let mut all = leaves().map(|leaf| leaf.schema.others());
    let is_any = |pattern: &str| {
        let inner = pattern.strip_prefix('^').unwrap_or(pattern);
        matches!(inner.strip_suffix('$').unwrap_or(inner), "" | ".*" | ".+")
    };
    let are_all = all.any(|others| matches!(others, Additional::Forbidden))
        || patterns().any(|(pattern, _)| is_any(pattern));
    (is_one && are_all).then_some(*node)
}

/// Whether an object has no properties but those that are declared.
fn is_closed(flat: &Flat<'_>) -> bool {
    let first = &flat.first().schema;
    let is_forbidden = |others| matches!(others, Additional::Forbidden);
    let has_patterns = |leaf: &Leaf<'_>| !leaf.schema.pattern_properties.is_empty();
    let additional = flat.leaves.len() == 1 && is_forbidden(first.additional);
    (additional || is_forbidden(unevaluated(flat))) && !flat.leaves.iter().any(has_patterns)
}

/// The properties that the outermost schema leaves, where those that it knows of are the ones that are declared: beside
/// an alternative that was chosen, others may hold as well.
fn unevaluated<'d>(flat: &Flat<'d>) -> Additional<'d> {
    let is_choice = |leaf: &Leaf<'_>| {
        let Taken { one_of, any_of, .. } = leaf.conjunct.without;
        one_of || any_of
    };
    match flat.first().schema.additional {
        Additional::Unspecified if !flat.leaves.iter().any(is_choice) => {
            flat.first().schema.unevaluated
        }
        _ => Additional::Unspecified,
    }
}

/// The schemas of each property, sorted by name.
type Declared<'d> = BTreeMap<&'d str, Vec<Conjunct<'d>>>;

/// Those that schemas declare.
fn declared<'d>(flat: &Flat<'d>) -> Declared<'d> {
    let mut properties = Declared::new();
    let mut met = HashSet::new();
    for leaf in &flat.leaves {
        for (name, node) in &leaf.schema.properties {
            let conjuncts = properties.entry(name).or_default();
            if met.insert((*name, node.key())) {
                conjuncts.push(Conjunct::whole(*node));
            }
        }
    }
    properties
}

/// Whether null is a value of a type like others.
/// The default of a number, or its least value.
fn first_number(schemas: &[Schema<'_>]) -> Option<f64> {
    let mut defaults = schemas.iter().filter_map(|schema| schema.default);
    let default = defaults.find_map(serde_json::Value::as_f64);
    default.or_else(|| schemas.iter().find_map(|schema| schema.minimum))
}

fn holds_null(ty: &TypeRef) -> bool {
    matches!(ty, TypeRef::Scalar(Scalar::Any | Scalar::Null))
}

fn presence(is_required: bool, typed: &Typed, rest: &Rest) -> Presence {
    match (is_required, typed.nullable && !holds_null(&typed.ty)) {
        // Other properties of one type have no place for a null that should not be there.
        (false, _) if matches!(rest, Rest::Typed(_)) => Presence::OptionalNullable,
        (true, false) => Presence::Required,
        (false, false) => Presence::Optional,
        (true, true) => Presence::Nullable,
        (false, true) => Presence::OptionalNullable,
    }
}

/// Links are told by the format or the example of a schema: so a page's address is told from its mark.
fn shows_link(schema: &Schema<'_>) -> bool {
    let shown = schema.example.and_then(Value::as_str);
    schema.format.is_some_and(|it| it.starts_with("uri")) || shown.is_some_and(is_link)
}
