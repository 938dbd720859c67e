//! Data types: structs, open enums, unions, aliases. Those that are one value: `scalar.rs`.

#![allow(
    missing_docs,
    reason = "names are the terms of the specifications; what they do not say is said"
)]

use super::{Docs, Scalar};
use crate::place::pointer::Pointer;
use serde_json::Value;
use std::collections::BTreeSet;

/// An index into [`Sdk::types`](super::Sdk::types).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

/// A named type of the SDK.
#[derive(Debug, Clone, PartialEq)]
pub struct Type {
    /// In `PascalCase`, unique over the whole SDK.
    pub name: String,
    /// The file it lives in, `snake_case`: types that exist only as part of another live with it.
    pub module: String,
    pub docs: Docs,
    /// Said in the documentation only: an attribute would warn wherever the SDK itself names the type.
    pub deprecated: bool,
    pub shape: Shape,
    /// Paths of derive macros that settings add.
    pub derives: Vec<String>,
    /// Attributes that settings add, each with its brackets.
    pub attributes: Vec<String>,
    pub usage: Usage,
    /// The JSON pointer of the schema that says most of what it is.
    pub pointer: Pointer,
    /// The places that it is the type of, each described by schemas that hold together.
    pub places: Vec<Vec<SchemaPlace>>,
}

/// Where a schema stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaPlace {
    /// The document's name, as it was given.
    pub document: String,
    /// JSON pointer.
    pub pointer: Pointer,
}

/// On which way a type travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Usage {
    /// Reachable from a request: gets setters.
    pub input: bool,
    /// Reachable from a response or an event.
    pub output: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    Struct(Struct),
    Enum(Enum),
    Union(Union),
    /// An identifier: a type of its own, so that it is not taken for another.
    Id(IdForm),
    Alias(TypeRef),
}

/// The form in which an identifier is written. Texts look the same from outside whatever their format is, so that another
/// place of another format changes no program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdForm {
    Text,
    /// A text that is checked before it is sent.
    Uuid,
    /// `i64`
    Integer,
    /// `u64`, where a place asks for one.
    Unsigned,
}

impl Construction {
    /// The fields that users name, if they make it so.
    pub fn named_arguments(&self) -> Option<&[usize]> {
        match self {
            Self::Named { arguments, .. } => Some(arguments),
            Self::Read | Self::Empty | Self::Fixed => None,
        }
    }

    /// The fields that `new` takes by position, if it takes any.
    pub fn positional_arguments(&self) -> Option<&[usize]> {
        match self {
            Self::Named {
                arguments,
                positional: true,
            } => Some(arguments),
            Self::Named { .. } | Self::Read | Self::Empty | Self::Fixed => None,
        }
    }
}

impl Type {
    /// Whether users make values of it. Types that neither requests nor answers reach are whatever users make of
    /// them.
    pub fn is_made(&self) -> bool {
        self.usage.input || !self.usage.output
    }

    /// The way in which users make it, if it is a struct.
    pub fn construction(&self) -> Option<&Construction> {
        match &self.shape {
            Shape::Struct(shape) => Some(&shape.construction),
            Shape::Enum(_) | Shape::Union(_) | Shape::Id(_) | Shape::Alias(_) => None,
        }
    }
}

impl Struct {
    /// The constants that constructors fill in: none where it is only read, and none that callers are asked for.
    pub(crate) fn filled_in(&self) -> impl Iterator<Item = &Constant> {
        let is_made = self.construction != Construction::Read;
        let asked = self.construction.named_arguments().unwrap_or_default();
        let fields = self.fields.iter().enumerate().filter(move |_| is_made);
        fields.filter_map(move |(index, field)| {
            let is_written = matches!(field.presence, Presence::Required | Presence::Optional);
            let constant = field.fixed.as_ref().filter(|_| is_written)?;
            (!asked.contains(&index)).then_some(constant)
        })
    }
}

impl Field {
    /// Whether it is always the same text, and has no type of its own.
    pub fn is_constant(&self) -> bool {
        self.ty == TypeRef::Scalar(Scalar::Constant)
    }

    /// The property and its text, where it is always the same.
    pub(crate) fn constant(&self) -> Option<(&str, &str)> {
        match &self.fixed {
            Some(Constant::Text(_, text)) if self.is_constant() => Some((&self.wire, text)),
            _ => None,
        }
    }

    /// Whether there is no value of the struct without one of this that somebody has to choose.
    pub fn is_asked_for(&self) -> bool {
        self.presence == Presence::Required && self.fixed.is_none()
    }
}

impl IdForm {
    pub fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Uuid)
    }
}

/// A JSON object with known properties.
#[derive(Debug, Clone, PartialEq)]
pub struct Struct {
    /// Required ones first; among these and the others by wire name. The order of a document's properties
    /// says nothing, and a type that changes moves nothing.
    pub fields: Vec<Field>,
    /// The properties that no field names.
    pub rest: Rest,
    pub construction: Construction,
    /// The properties that `Debug` does not show, by wire name: of these, and of those that no field names.
    pub hidden: Vec<String>,
    /// Whether values that are no objects are kept as well: the schema names no type.
    pub takes_any: bool,
}

/// The way in which users make a struct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Construction {
    /// By reading it: answers have no constructor, for a property that they get would be one argument more.
    Read,
    /// By `new()` without arguments, and `Default`: no property is required.
    Empty,
    /// Likewise: some properties have a value without being asked for, all required ones among them, see [`Field::fixed`].
    Fixed,
    /// From a plain struct of the same name in the module `required`.
    Named {
        /// Its fields, as indices into [`Struct::fields`]: those that are required, and those that were
        /// when users named them first.
        arguments: Vec<usize>,
        /// Whether `new` takes them by position, in this order: few, of which none is taken for another.
        positional: bool,
    },
}

/// The type of the values in the catch-all field of a struct. The field is always there, so that nothing is lost
/// when the API grows; it is named `extra`, a name that no [`Field`] has.
#[derive(Debug, Clone, PartialEq)]
pub enum Rest {
    /// Any JSON.
    Any,
    /// `additionalProperties` has a schema.
    Typed(TypeRef),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// In `snake_case`; raw (`r#type`) where it is a keyword.
    pub name: String,
    pub wire: String,
    pub ty: TypeRef,
    pub presence: Presence,
    /// The value that constructors fill in, of the property's type: the only legal one, or the one that was. They ask
    /// for every other required one, and of the optional ones fill in those that tell variants of a union apart.
    pub fixed: Option<Constant>,
    /// The form in which `new` or the setter takes it.
    pub conversion: Conversion,
    /// Whether a method of the field's name sets it. A required property is the constructor's.
    pub setter: bool,
    /// Only answers have it, though it stands in a type of requests as well: it is read there, and cannot be set.
    pub only_read: bool,
    /// Whether the document allows a null. One that comes nevertheless is kept.
    pub takes_null: bool,
    /// Requests are refused without it, though answers of the same type lack it: it is asked for all the same.
    pub demanded: bool,
    /// The method that sets it to null, where that is another thing than leaving it out.
    pub null_setter: Option<String>,
    pub docs: Docs,
    /// The first paragraph of `docs`, in one line, for where the field is set or asked for.
    pub summary: String,
    /// Said in the documentation only, as for types.
    pub deprecated: bool,
    /// A valid value of a property that is required or a link, where it is not clear from its type alone.
    pub sample: Option<Value>,
    /// The number that it is where nobody says otherwise: its default, or the least that it may be.
    pub first: Option<f64>,
}

/// Whether a property may be absent, or null.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// `T`. Must be there and not null.
    Required,
    /// `Option<T>`. May be absent; `None` is not written.
    Optional,
    /// `Option<T>`. Must be there, may be null; `None` is written as null.
    Nullable,
    /// `Maybe<T>`. Absent, null and a value are three things.
    OptionalNullable,
}

/// How a value is taken from callers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Conversion {
    /// As its type: `Into` would keep a literal from being the number that it looks like.
    #[default]
    None,
    /// As whatever is `Into` its type.
    Into,
}

/// The only legal value of a field, as its type holds it.
#[derive(Debug, Clone, PartialEq)]
pub enum Constant {
    /// A variant (by index) of the enum that the field's type names or stands for.
    Variant(TypeId, usize),
    Null,
    Bool(bool),
    /// Within the field's integer type.
    Integer(i64),
    /// As an `rt::Number`.
    Number(i64),
    String(String),
    /// In a text newtype of the runtime, as it is written.
    Text(Scalar, String),
    /// As an `rt::Value`: a Boolean, an integer or a text.
    Any(Value),
}

/// How a value is typed where it stands. Null is never part of it, except through `Nullable`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TypeRef {
    Scalar(Scalar),
    Named(TypeId),
    /// `Vec<T>`
    List(Box<TypeRef>),
    /// `rt::Map<T>`: string keys in document order.
    Map(Box<TypeRef>),
    /// A JSON array of exactly these, two to twelve: `(A, B)`.
    Tuple(Vec<TypeRef>),
    /// `Option<T>` inside a list, map, tuple, union or alias (a field has a [`Presence`] instead).
    Nullable(Box<TypeRef>),
    /// `Box<T>`, where a type would contain itself.
    Boxed(Box<TypeRef>),
    /// `rt::Loose<T>`: the schema names no type, and what it says fits this one.
    Loose(Box<TypeRef>),
}

/// A module of data types: those of one stand in one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Module {
    /// [`Type::module`] of its types.
    pub name: String,
    /// In the order of the SDK.
    pub types: Vec<TypeId>,
    /// Types of other modules that these name, sorted by name.
    pub imports: Vec<TypeId>,
    /// The module is there with any of these features; always, where there are none.
    pub features: BTreeSet<String>,
}

/// A closed list in the document; open in Rust: an `Unknown` variant keeps what it does not know.
#[derive(Debug, Clone, PartialEq)]
pub struct Enum {
    pub repr: EnumRepr,
    /// No variant is named `Unknown`. May be empty.
    pub variants: Vec<Variant>,
}

/// The form of a value, and so of what `Unknown` holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnumRepr {
    /// `Unknown(String)`
    String,
    /// `Unknown(i64)`
    Integer,
    /// `Unknown(rt::Value)`: the values have several JSON types.
    Any,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    pub name: String,
    pub value: Value,
    pub docs: Docs,
}

/// A value that is one of several types; `Unknown(rt::Value)` keeps what is none of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// In the order of the document. No variant is named `Unknown`.
    pub variants: Vec<UnionVariant>,
    /// The property that names the variant, where the document has a discriminator.
    pub discriminator: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct UnionVariant {
    pub name: String,
    pub ty: TypeRef,
    /// Held in a `Box`: every variant whose type is a struct, so that the size of one variant is
    /// not paid by all, and does not change the Rust type when it grows.
    pub boxed: bool,
    /// Whether the union is `From` its type: no other variant has that type, nor is it the union.
    pub from: bool,
    /// Whether the union is `From` any text by this variant: the only one that texts are.
    pub from_text: bool,
    /// Whether `From<String>` is an implementation of that kind. It is the one of `from` where `String`
    /// is the variant's type, be it by another name.
    pub from_string: bool,
    /// Values of the discriminator that select this variant. Empty without a discriminator.
    pub discriminator_values: Vec<String>,
    /// Names of its schemas, where these select it beside values that a mapping has: they are read, and never written.
    pub schema_names: Vec<String>,
    /// The first of them as JSON, where the property of the variant is a number or a Boolean.
    pub discriminator_json: Option<Value>,
    /// Whether values of the discriminator that select no variant may be this one.
    pub any_other: bool,
    /// The form in which it is written with discriminators, where it can be.
    pub tagged: Option<Tagged>,
    /// The events whose data it is, where their names say which variant data is.
    pub events: Option<EventNames>,
    /// How to tell this variant from the others by looking at a value once.
    pub kinds: JsonKinds,
    /// For objects: properties that must be there.
    pub required: Vec<String>,
    /// For objects: all properties that the variant declares.
    pub properties: Vec<String>,
    /// For objects: properties with a short list of legal values (constants, enums).
    pub tags: Vec<Tag>,
    /// For objects: no other properties are allowed.
    pub closed: bool,
    /// For enums of strings: the listed values.
    pub values: Vec<Value>,
    pub docs: Docs,
}

/// The events whose data is a variant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EventNames {
    /// Empty: all that no other variant names.
    pub names: Vec<String>,
    /// Data is text, and no JSON.
    pub is_text: bool,
}

/// The form of a variant in a union that writes discriminators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tagged {
    /// A struct, which gets those of all unions around it.
    Record,
    /// A union, whose variants get them.
    Union,
}

/// A property whose value tells variants apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Tag {
    pub property: String,
    pub values: Vec<Value>,
}

/// A set of JSON types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JsonKinds {
    pub null: bool,
    pub boolean: bool,
    pub integer: bool,
    pub number: bool,
    pub string: bool,
    pub array: bool,
    pub object: bool,
}

impl Variant {
    /// The value as people read it: the text of a string, the JSON of all else.
    pub(crate) fn text(&self) -> String {
        match &self.value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        }
    }
}

impl Union {
    /// Whether the names of events say which variant their data is.
    pub fn is_of_events(&self) -> bool {
        self.variants.iter().any(|variant| variant.events.is_some())
    }
}

impl UnionVariant {
    /// A variant of which nothing is known but its type.
    pub(crate) fn of(ty: TypeRef) -> Self {
        Self {
            name: String::new(),
            ty,
            boxed: false,
            from: false,
            from_text: false,
            from_string: false,
            discriminator_values: Vec::new(),
            schema_names: Vec::new(),
            discriminator_json: None,
            any_other: false,
            tagged: None,
            events: None,
            kinds: JsonKinds::default(),
            required: Vec::new(),
            properties: Vec::new(),
            tags: Vec::new(),
            closed: false,
            values: Vec::new(),
            docs: Docs::default(),
        }
    }
}

impl Struct {
    /// The fields in the groups in which generated code lists them: tuples, for which the standard
    /// library and the runtime implement traits up to this length.
    pub(crate) fn groups(&self) -> std::slice::Chunks<'_, Field> {
        self.fields.chunks(12)
    }
}
