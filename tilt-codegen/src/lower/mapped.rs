//! Types that settings name in place of generated ones: what is mapped to them, and what they look like.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use crate::config::{Config, Decimals, MappedType, pattern};
use crate::dialect::schema::{JsonType, Types};
use crate::model::{JsonKinds, Mapped, MappedId, MappedOrigin, Scalar};
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
    met_properties: BTreeSet<&'d str>,
}

impl<'d> MappedTypes<'d> {
    pub(in crate::lower) fn new(config: &'d Config) -> Self {
        let settings = &config.types;
        let schemas = settings.schema.values().chain(settings.property.values());
        let all = settings.format.values().chain(schemas);
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
            met_properties: BTreeSet::new(),
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

    /// The setting for texts of a property: that of the name itself, or else of the longest pattern.
    pub(in crate::lower) fn property(&mut self, name: &str) -> Option<&'d MappedType> {
        let (pattern, ty) = self.setting_of_property(name)?;
        self.met_properties.insert(pattern);
        Some(ty)
    }

    /// The entry of the settings that texts of a property have.
    pub(in crate::lower) fn setting_of_property(
        &self,
        name: &str,
    ) -> Option<(&'d str, &'d MappedType)> {
        let settings = self.config.types.property.iter();
        let fitting = settings.filter(|(pattern, _)| pattern::matches(pattern, name));
        let best = fitting.max_by_key(|(pattern, _)| (*pattern == name, pattern.len()))?;
        Some((best.0.as_str(), best.1))
    }

    /// Whether a text has been a property of this pattern.
    pub(in crate::lower) fn is_met_as_property(&self, pattern: &str) -> bool {
        self.met_properties.contains(pattern)
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

    /// Maps schemas to the type of a setting.
    pub(in crate::lower) fn map(
        &mut self,
        nodes: impl IntoIterator<Item = NodeKey>,
        ty: &'d MappedType,
    ) {
        let nodes = nodes.into_iter().map(|node| (node, ty));
        self.schemas.extend(nodes);
    }

    /// Whether a schema has this format.
    pub(in crate::lower) fn is_met(&self, format: &str) -> bool {
        self.met_formats.contains(format)
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
