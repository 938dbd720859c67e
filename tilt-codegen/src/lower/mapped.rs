//! Types that settings name in place of generated ones: what is mapped to them, and what was found of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use crate::config::{Config, Decimals, MappedType};
use crate::diagnostic::{Code, Place, Problem};
use crate::dialect::schema::{JsonType, Types};
use crate::lower::context::Context;
use crate::lower::sources::Sources;
use crate::model::{JsonKinds, Mapped, MappedId, MappedOrigin, Scalar, Shape, Type, TypeRef};
use crate::place::pointer::Pointer;
use crate::source::{Node, NodeKey};

/// The types, and the schemas that are mapped to them.
pub(in crate::lower) struct MappedTypes<'d> {
    config: &'d Config,
    types: Vec<Mapped>,
    by_path: BTreeMap<&'d str, MappedId>,
    /// For texts and for numbers.
    decimals: Option<[MappedId; 2]>,
    schemas: HashMap<NodeKey, &'d MappedType>,
    met_formats: BTreeSet<&'d str>,
}

impl<'d> MappedTypes<'d> {
    pub(in crate::lower) fn new(config: &'d Config) -> Self {
        let settings = &config.types;
        let all = settings.format.values().chain(settings.schema.values());
        let paths: BTreeMap<&str, _> = all
            .filter_map(|ty| match ty {
                MappedType::Rust(path) => Some((path.as_str(), (path, ty.to_string()))),
                MappedType::Format(_) => None,
            })
            .collect();
        let mut mapped = Self {
            config,
            types: Vec::new(),
            by_path: BTreeMap::new(),
            decimals: None,
            schemas: HashMap::new(),
            met_formats: BTreeSet::new(),
        };
        for (rust, (path, name)) in paths {
            let (rust_text, origin) = match path.is_own() {
                true => (rust.to_owned(), MappedOrigin::Own),
                false => (format!("rt::Foreign<{rust}>"), MappedOrigin::Foreign),
            };
            let crates = path.crates().map(str::to_owned).collect();
            let id = mapped.add(name, rust_text, origin, crates);
            mapped.by_path.insert(rust, id);
        }
        let library = match settings.decimal {
            Decimals::Text => None,
            Decimals::RustDecimal => Some(("rust_decimal", "rust_decimal::Decimal")),
            Decimals::Bigdecimal => Some(("bigdecimal", "bigdecimal::BigDecimal")),
        };
        mapped.decimals = library.map(|(feature, name)| {
            ["DecimalText", "DecimalNumber"].map(|holder| {
                let rust = format!("rt::{holder}<rt::{name}>");
                let origin = MappedOrigin::Runtime(feature);
                mapped.add(name.to_owned(), rust, origin, BTreeSet::new())
            })
        });
        mapped
    }

    fn add(
        &mut self,
        name: String,
        rust: String,
        origin: MappedOrigin,
        crates: BTreeSet<String>,
    ) -> MappedId {
        let id = MappedId(self.types.len());
        let sample = match origin {
            MappedOrigin::Runtime(_) => Some(match rust.contains("Number") {
                true => Value::from(0),
                false => Value::from("0"),
            }),
            MappedOrigin::Own | MappedOrigin::Foreign => None,
        };
        self.types.push(Mapped {
            name,
            rust,
            origin,
            crates,
            kinds: JsonKinds::default(),
            sample,
        });
        id
    }

    pub(in crate::lower) fn types(&self) -> &[Mapped] {
        &self.types
    }

    /// The setting for a schema.
    pub(in crate::lower) fn schema(&self, node: Node<'_>) -> Option<&'d MappedType> {
        self.schemas.get(&node.key()).copied()
    }

    /// The setting for a format, and its name where that is another's: `decimal` may be of a crate.
    pub(in crate::lower) fn format(&mut self, format: &str) -> Option<&'d MappedType> {
        let (key, ty) = self.config.types.format.get_key_value(format)?;
        self.met_formats.insert(key);
        Some(ty)
    }

    /// The decimal type of a crate, if a setting names one.
    pub(in crate::lower) fn decimal(&self, kind: JsonType) -> Option<MappedId> {
        let [text, number] = self.decimals?;
        match kind {
            JsonType::String => Some(text),
            JsonType::Number => Some(number),
            _ => None,
        }
    }

    /// The type of a path that a setting has.
    pub(in crate::lower) fn of_path(&self, path: &str) -> Option<MappedId> {
        self.by_path.get(path).copied()
    }

    /// Notes that the type stands for values of these JSON types; `sample` is asked for one of them.
    pub(in crate::lower) fn used(
        &mut self,
        id: MappedId,
        kinds: Types,
        sample: impl FnOnce() -> Option<Value>,
    ) -> Scalar {
        let ty = &mut self.types[id.0];
        let any = kinds.iter().next().is_none();
        let has = |kind| any || kinds.has(kind);
        ty.kinds = JsonKinds {
            null: ty.kinds.null || any,
            boolean: ty.kinds.boolean || has(JsonType::Boolean),
            integer: ty.kinds.integer || has(JsonType::Integer) || has(JsonType::Number),
            number: ty.kinds.number || has(JsonType::Number),
            string: ty.kinds.string || has(JsonType::String),
            array: ty.kinds.array || has(JsonType::Array),
            object: ty.kinds.object || has(JsonType::Object),
        };
        if ty.sample.is_none() {
            ty.sample = sample();
        }
        Scalar::Mapped(id)
    }
}

/// Finds the schemas that settings map.
pub(in crate::lower) fn find_schemas<'d>(
    context: &mut Context<'d>,
    components: &[(&str, Node<'d>)],
) {
    let config = context.config;
    let Sources {
        documents,
        openapi,
        asyncapi,
    } = context.sources;
    for (key, ty) in &config.types.schema {
        let nodes: Vec<Node<'d>> = match key.strip_prefix('#') {
            Some(pointer) => {
                let pointer = Pointer::from(pointer.to_owned());
                let roots = openapi.into_iter().chain(asyncapi);
                roots
                    .filter_map(|root| documents.at(root, &pointer))
                    .collect()
            }
            None => {
                let named = components.iter().filter(|(name, _)| name == key);
                named.map(|(_, node)| *node).collect()
            }
        };
        if nodes.is_empty() {
            let message = format!("there is no schema `{key}`, so none is `{ty}`");
            unmatched(context, message);
        }
        let nodes = nodes.into_iter().map(|node| (node.key(), ty));
        context.mapped.schemas.extend(nodes);
    }
}

/// Reports settings that found nothing, once all schemas are built.
pub(in crate::lower) fn check(context: &mut Context<'_>) {
    let config = context.config;
    for (format, ty) in &config.types.format {
        if !context.mapped.met_formats.contains(format.as_str()) {
            let message = format!("no schema has the format `{format}`, so none is `{ty}`");
            unmatched(context, message);
        }
    }
    let without: Vec<String> = context
        .mapped
        .types
        .iter()
        .filter(|ty| config.parts.samples && ty.is_used() && ty.sample.is_none())
        .map(|ty| ty.name.clone())
        .collect();
    for name in without {
        let message = format!(
            "the documents have no example of what is mapped to `{name}`: types that require one have no sample"
        );
        context.report(|place| {
            Problem::new(Code::MAPPED_SAMPLE, place, message.clone())
                .help("add an `example` to the schema")
        });
    }
}

fn unmatched(context: &mut Context<'_>, message: String) {
    context.report(|place| {
        Problem::new(Code::UNMATCHED_MAPPING, place, message.clone()).help(
            "write a format as the document has it in [types.format], the name of a schema or `#/components/schemas/…` in \
             [types.schema]",
        )
    });
}

/// Reports unions of objects in which nothing but trying tells a mapped type from the others.
pub(in crate::lower) fn report_unions(context: &mut Context<'_>, types: &[Type]) {
    let mapped = context.mapped.types.clone();
    let is_object = |ty: &TypeRef| match ty {
        TypeRef::Scalar(Scalar::Mapped(id)) => mapped[id.0].kinds.object.then_some(Some(id.0)),
        TypeRef::Named(id) => matches!(types[id.0].shape, Shape::Struct(_)).then_some(None),
        _ => None,
    };
    for ty in types {
        let Shape::Union(union) = &ty.shape else {
            continue;
        };
        let objects = union.variants.iter().filter_map(|it| is_object(&it.ty));
        let objects: Vec<Option<usize>> = objects.collect();
        let first = objects.iter().flatten().next();
        let (Some(first), true, None) = (first, objects.len() > 1, &union.discriminator) else {
            continue;
        };
        let message = format!(
            "`{}` is one of several objects in `{}`, and no discriminator tells them apart: it is read where all others \
             fail, or are less like the value",
            mapped[*first].name, ty.name
        );
        let documents = context.documents();
        let stands = ty.places.iter().flatten().find_map(|place| {
            let document = documents.iter().find(|it| it.name == place.document)?;
            Some(Place::Pointer(document.id, place.pointer.clone()))
        });
        let place = stands.unwrap_or_else(|| documents.root_node().into());
        context.problem(Problem::new(Code::MAPPED_ALTERNATIVE, place, message));
    }
}
