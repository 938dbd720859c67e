//! Any `Serialize` value as a tree of texts, from which parameters, forms and multipart bodies
//! are written.

use crate::data::Part;
use crate::data::part::{self, handover};
use crate::data::tree_faults::{Fault, Faults};
use serde::ser::{self, Serialize};
use std::fmt::{self, Display};
use zeroize::Zeroize;

#[cfg(test)]
mod tests;

/// How deep a value may nest before it is refused.
const MAX_DEPTH: usize = 64;

const RAW_JSON: &str = "$serde_json::private::RawValue";
const RAW_NUMBER: &str = "$serde_json::private::Number";

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Tree {
    Null,
    Bool(bool),
    /// The number as JSON writes it.
    Number(String),
    Text(String),
    Bytes(Vec<u8>),
    /// A file on its way into a multipart form.
    File(Part),
    List(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

#[derive(Debug)]
pub(crate) struct TreeError(pub(super) String);

impl Display for TreeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TreeError {}

impl ser::Error for TreeError {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

impl Tree {
    pub(crate) fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self, TreeError> {
        value.serialize(Serializer::default())
    }

    /// The tree of a value, and all that cannot be written of it: there, the tree has null.
    pub(crate) fn of_all<T: Serialize + ?Sized>(value: &T) -> (Self, Vec<Fault>) {
        let faults = Faults::default();
        let tree = faults.within([None; 2], Self::Null, || {
            let faults = Some(&faults);
            value.serialize(Serializer { depth: 0, faults })
        });
        (tree, faults.into_vec())
    }

    /// The text of a scalar; `None` for what has parts.
    pub(crate) fn scalar(&self) -> Option<&str> {
        match self {
            Self::Bool(true) => Some("true"),
            Self::Bool(false) => Some("false"),
            Self::Number(text) | Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Overwrites its texts, which may be secrets. The bytes of a file are its owner's.
    pub(crate) fn wipe(&mut self) {
        match self {
            Self::Text(text) | Self::Number(text) => text.zeroize(),
            Self::Bytes(bytes) => bytes.zeroize(),
            Self::List(elements) => elements.iter_mut().for_each(Self::wipe),
            Self::Object(members) => members.iter_mut().for_each(|(_, value)| value.wipe()),
            Self::File(_) | Self::Null | Self::Bool(_) => {}
        }
    }

    pub(crate) fn is_composite(&self) -> bool {
        matches!(self, Self::List(_) | Self::Object(_))
    }
}

#[derive(Clone, Copy, Default)]
struct Serializer<'f> {
    depth: usize,
    /// Where what cannot be written is noted, if writing goes on.
    faults: Option<&'f Faults>,
}

impl<'f> Serializer<'f> {
    fn deeper(&self) -> Result<usize, TreeError> {
        if self.depth >= MAX_DEPTH {
            return Err(TreeError(format!(
                "the value nests deeper than {MAX_DEPTH}"
            )));
        }
        Ok(self.depth + 1)
    }

    fn parts(
        &self,
        variant: Option<&'static str>,
        kind: Composite,
    ) -> Result<Parts<'f>, TreeError> {
        Ok(Parts {
            below: Self {
                depth: self.deeper()?,
                faults: self.faults,
            },
            kind,
            variant,
            key: None,
            list: Vec::new(),
            object: Vec::new(),
        })
    }
}

macro_rules! numbers {
    ($($method:ident $ty:ty),* $(,)?) => {$(
        fn $method(self, value: $ty) -> Result<Tree, TreeError> {
            Ok(Tree::Number(value.to_string()))
        }
    )*};
}

impl<'f> ser::Serializer for Serializer<'f> {
    type Ok = Tree;
    type Error = TreeError;
    type SerializeSeq = Parts<'f>;
    type SerializeTuple = Parts<'f>;
    type SerializeTupleStruct = Parts<'f>;
    type SerializeTupleVariant = Parts<'f>;
    type SerializeMap = Parts<'f>;
    type SerializeStruct = Parts<'f>;
    type SerializeStructVariant = Parts<'f>;

    numbers! {
        serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64,
        serialize_i128 i128, serialize_u8 u8, serialize_u16 u16, serialize_u32 u32,
        serialize_u64 u64, serialize_u128 u128,
    }

    fn serialize_bool(self, value: bool) -> Result<Tree, TreeError> {
        Ok(Tree::Bool(value))
    }

    fn serialize_f32(self, value: f32) -> Result<Tree, TreeError> {
        float(value.is_finite(), serde_json::to_string(&value))
    }

    fn serialize_f64(self, value: f64) -> Result<Tree, TreeError> {
        float(value.is_finite(), serde_json::to_string(&value))
    }

    fn serialize_char(self, value: char) -> Result<Tree, TreeError> {
        Ok(Tree::Text(value.to_string()))
    }

    fn serialize_str(self, value: &str) -> Result<Tree, TreeError> {
        Ok(Tree::Text(value.to_owned()))
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<Tree, TreeError> {
        Ok(Tree::Bytes(value.to_vec()))
    }

    fn serialize_none(self) -> Result<Tree, TreeError> {
        Ok(Tree::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Tree, TreeError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Tree, TreeError> {
        Ok(Tree::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Tree, TreeError> {
        Ok(Tree::Null)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Tree, TreeError> {
        Ok(Tree::Text(variant.to_owned()))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<Tree, TreeError> {
        if name != part::NAME {
            return value.serialize(self);
        }
        let (value, part) = handover::take(|| value.serialize(self));
        part.map_or(value, |part| Ok(Tree::File(part)))
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Tree, TreeError> {
        let depth = self.deeper()?;
        let faults = self.faults;
        let value = value.serialize(Serializer { depth, faults })?;
        Ok(Tree::Object(vec![(variant.to_owned(), value)]))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Parts<'f>, TreeError> {
        self.parts(None, Composite::List)
    }

    fn serialize_tuple(self, _: usize) -> Result<Parts<'f>, TreeError> {
        self.parts(None, Composite::List)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Parts<'f>, TreeError> {
        self.parts(None, Composite::List)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Parts<'f>, TreeError> {
        self.parts(Some(variant), Composite::List)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Parts<'f>, TreeError> {
        self.parts(None, Composite::Object)
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Parts<'f>, TreeError> {
        let kind = match name {
            RAW_JSON => Composite::RawJson,
            RAW_NUMBER => Composite::RawNumber,
            _ => Composite::Object,
        };
        self.parts(None, kind)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Parts<'f>, TreeError> {
        self.parts(Some(variant), Composite::Object)
    }
}

fn float(finite: bool, text: serde_json::Result<String>) -> Result<Tree, TreeError> {
    match text {
        Ok(text) if finite => Ok(Tree::Number(text)),
        _ => Err(TreeError("the number is not finite".to_owned())),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Composite {
    List,
    Object,
    RawJson,
    RawNumber,
}

struct Parts<'f> {
    /// Writes the parts.
    below: Serializer<'f>,
    kind: Composite,
    variant: Option<&'static str>,
    key: Option<String>,
    list: Vec<Tree>,
    object: Vec<(String, Tree)>,
}

impl Parts<'_> {
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TreeError> {
        let index = self.list.len().to_string();
        let part = self.part(&index, value)?;
        self.list.push(part);
        Ok(())
    }

    fn insert<T: Serialize + ?Sized>(&mut self, key: String, value: &T) -> Result<(), TreeError> {
        let part = self.part(&key, value)?;
        self.object.push((key, part));
        Ok(())
    }

    fn part<T: Serialize + ?Sized>(&self, step: &str, value: &T) -> Result<Tree, TreeError> {
        let write = || value.serialize(self.below);
        match self.below.faults {
            Some(faults) => Ok(faults.within([self.variant, Some(step)], Tree::Null, write)),
            None => write(),
        }
    }

    fn done(self) -> Result<Tree, TreeError> {
        Ok(match self.kind {
            Composite::List => Tree::List(self.list),
            Composite::Object => Tree::Object(self.object),
            Composite::RawNumber => Tree::Number(self.only_text()?),
            Composite::RawJson => {
                let text = self.only_text()?;
                Tree::from_json(serde_json::from_str(&text).map_err(ser::Error::custom)?)
            }
        })
    }

    fn done_variant(mut self) -> Result<Tree, TreeError> {
        let variant = self.variant.take();
        let tree = self.done()?;
        Ok(match variant {
            Some(variant) => Tree::Object(vec![(variant.to_owned(), tree)]),
            None => tree,
        })
    }

    fn only_text(self) -> Result<String, TreeError> {
        match self.object.into_iter().next() {
            Some((_, Tree::Text(text))) => Ok(text),
            _ => Err(TreeError("not a raw JSON value".to_owned())),
        }
    }
}

impl ser::SerializeSeq for Parts<'_> {
    type Ok = Tree;
    type Error = TreeError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TreeError> {
        self.push(value)
    }

    fn end(self) -> Result<Tree, TreeError> {
        self.done()
    }
}

impl ser::SerializeTuple for Parts<'_> {
    type Ok = Tree;
    type Error = TreeError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TreeError> {
        self.push(value)
    }

    fn end(self) -> Result<Tree, TreeError> {
        self.done()
    }
}

impl ser::SerializeTupleStruct for Parts<'_> {
    type Ok = Tree;
    type Error = TreeError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TreeError> {
        self.push(value)
    }

    fn end(self) -> Result<Tree, TreeError> {
        self.done()
    }
}

impl ser::SerializeTupleVariant for Parts<'_> {
    type Ok = Tree;
    type Error = TreeError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TreeError> {
        self.push(value)
    }

    fn end(self) -> Result<Tree, TreeError> {
        self.done_variant()
    }
}

impl ser::SerializeMap for Parts<'_> {
    type Ok = Tree;
    type Error = TreeError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), TreeError> {
        let tree = Tree::of(key)?;
        let Some(key) = tree.scalar() else {
            return Err(TreeError("a map's key is not text".to_owned()));
        };
        self.key = Some(key.to_owned());
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TreeError> {
        let key = self.key.take().unwrap_or_default();
        self.insert(key, value)
    }

    fn end(self) -> Result<Tree, TreeError> {
        self.done()
    }
}

impl ser::SerializeStruct for Parts<'_> {
    type Ok = Tree;
    type Error = TreeError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), TreeError> {
        self.insert(key.to_owned(), value)
    }

    fn end(self) -> Result<Tree, TreeError> {
        self.done()
    }
}

impl ser::SerializeStructVariant for Parts<'_> {
    type Ok = Tree;
    type Error = TreeError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), TreeError> {
        self.insert(key.to_owned(), value)
    }

    fn end(self) -> Result<Tree, TreeError> {
        self.done_variant()
    }
}
