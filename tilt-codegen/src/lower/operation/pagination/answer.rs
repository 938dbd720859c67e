//! The place of the items in the type of an answer, and what is said about pages.

use crate::identifier;
use crate::lower::schema::sample::is_link;
use crate::model::{
    Field, PaginationStyle, Payload, Presence, Scalar, ScalarKind, Shape, StatusRange, Struct,
    Success, Type, TypeRef,
};

/// The type of an answer, or of an item of it.
#[derive(Clone, Copy)]
pub(super) struct Answer<'t> {
    types: &'t [Type],
    ty: &'t TypeRef,
}

/// The end of a path.
pub(super) enum Found<'t> {
    Typed(Answer<'t>),
    /// Any JSON may be there.
    Anything,
}

/// Properties whose list is the one, among others.
const ITEMS: &[&str] = &[
    "data", "items", "results", "records", "values", "value", "entries", "elements", "content",
    "list", "result", "hits",
];

/// Properties whose list is about the answer, and never what it is there for.
const ASIDE: &[&str] = &[
    "error",
    "errors",
    "warning",
    "warnings",
    "error_messages",
    "errorMessages",
    "warning_messages",
    "warningMessages",
];

/// Properties with an object around the list.
const ENVELOPES: &[&str] = &["_embedded", "data", "result", "results", "response", "d"];

impl<'t> Answer<'t> {
    /// The JSON answer of success: with status 200, where there are several.
    pub(super) fn of(success: &'t Success, types: &'t [Type]) -> Option<Self> {
        let ty = match success {
            Success::Empty => return None,
            Success::Single(Payload::Json(ty)) => ty,
            Success::Single(_) => return None,
            Success::Choice { variants, .. } => {
                let usual = variants
                    .iter()
                    .filter(|variant| variant.status == StatusRange::Code(200));
                let mut json = usual.filter_map(|variant| match &variant.payload {
                    Some(Payload::Json(ty)) => Some(ty),
                    _ => None,
                });
                let ty = json.next()?;
                if json.next().is_some() {
                    return None;
                }
                ty
            }
        };
        Some(Self { types, ty })
    }

    pub(super) fn typed(ty: &'t TypeRef, types: &'t [Type]) -> Self {
        Self { types, ty }
    }

    /// The type itself, without what it may also be (null) and how it is held.
    fn bare(self) -> &'t TypeRef {
        let mut ty = self.ty;
        // Aliases that lead to each other are made one before, so that this ends.
        loop {
            ty = match ty {
                TypeRef::Nullable(inner) | TypeRef::Boxed(inner) | TypeRef::Loose(inner) => inner,
                TypeRef::Named(id) => match self.types.get(id.0).map(|ty| &ty.shape) {
                    Some(Shape::Alias(inner)) => inner,
                    _ => return ty,
                },
                _ => return ty,
            };
        }
    }

    fn shape(self) -> Option<&'t Shape> {
        let TypeRef::Named(id) = self.bare() else {
            return None;
        };
        Some(&self.types.get(id.0)?.shape)
    }

    fn structure(self) -> Option<&'t Struct> {
        match self.shape() {
            Some(Shape::Struct(structure)) => Some(structure),
            _ => None,
        }
    }

    pub(super) fn is_object(self) -> bool {
        self.structure().is_some()
    }

    /// The text or number at a path of properties, of something to be sent.
    pub(super) fn scalar_property(self, path: &[String]) -> Option<(&'t Field, Self)> {
        let (name, inside) = path.split_first()?;
        let mut fields = self.structure()?.fields.iter();
        let field = fields.find(|field| field.wire == *name && !field.only_read)?;
        let value = self.of_field(field);
        match inside {
            [] => (value.is_text() || value.is_number()).then_some((field, value)),
            _ => value.scalar_property(inside),
        }
    }

    fn of_field(self, field: &'t Field) -> Self {
        Self {
            types: self.types,
            ty: &field.ty,
        }
    }

    /// The type at a path of properties.
    pub(super) fn at<S: AsRef<str>>(self, path: &[S]) -> Option<Found<'t>> {
        let mut here = self;
        for name in path {
            let name = name.as_ref();
            if let TypeRef::Scalar(Scalar::Any) | TypeRef::Map(_) = here.bare() {
                return Some(Found::Anything);
            }
            let fields = &here.structure()?.fields;
            let field = fields.iter().find(|field| field.wire == name)?;
            here = here.of_field(field);
        }
        Some(Found::Typed(here))
    }

    /// The list at a path of properties: where it is, and its item.
    pub(super) fn list_at(self, path: &[String]) -> Option<(Vec<String>, Self)> {
        match self.at(path)? {
            Found::Typed(list) => Some((path.to_vec(), list.item()?)),
            Found::Anything => None,
        }
    }

    /// The property of a name, or of that name as it is written where names begin with a capital: `Links` for `links`.
    fn property(self, name: &str) -> Option<&'t Field> {
        let fields = &self.structure()?.fields;
        let is_capitalised = |field: &&Field| {
            let mut letters = field.wire.chars();
            letters.next().is_some_and(char::is_uppercase) && field.wire == identifier::pascal(name)
        };
        let exact = fields.iter().find(|field| field.wire == name);
        exact.or_else(|| fields.iter().find(is_capitalised))
    }

    /// The type at a path of properties, and these as the answer has them.
    fn spelled(self, path: &[&str]) -> Option<(Vec<String>, Self)> {
        let mut here = self;
        let mut wires = Vec::new();
        for name in path {
            let field = here.property(name)?;
            wires.push(field.wire.clone());
            here = here.of_field(field);
        }
        Some((wires, here))
    }

    /// The item, of a list.
    pub(super) fn item(self) -> Option<Self> {
        match self.bare() {
            TypeRef::List(item) => Some(Self {
                types: self.types,
                ty: item,
            }),
            _ => None,
        }
    }

    pub(super) fn ty(self) -> &'t TypeRef {
        self.ty
    }

    fn scalar(self) -> Option<Scalar> {
        match self.bare() {
            TypeRef::Scalar(scalar) => Some(*scalar),
            _ => None,
        }
    }

    pub(super) fn is_text(self) -> bool {
        match self.shape() {
            Some(Shape::Id(form)) => form.is_text(),
            _ => {
                let kind = self.scalar().map(Scalar::kind);
                matches!(kind, Some(ScalarKind::String | ScalarKind::Text))
            }
        }
    }

    /// True of a property as whose value the document shows a link.
    pub(super) fn is_link(self, name: &str) -> bool {
        let mut fields = self.structure().into_iter().flat_map(|it| &it.fields);
        let field = fields.find(|field| field.wire == name);
        let shown = field.and_then(|field| field.sample.as_ref()?.as_str());
        shown.is_some_and(is_link)
    }

    /// Whether the documentation of the property at a path has one of these words.
    pub(super) fn says(self, path: &[String], words: &[&str]) -> bool {
        let Some((name, around)) = path.split_last() else {
            return false;
        };
        let Some(Found::Typed(around)) = self.at(around) else {
            return false;
        };
        let mut fields = around.structure().into_iter().flat_map(|it| &it.fields);
        let docs = fields.find(|field| field.wire == *name);
        let said = docs.map(|field| identifier::words(&field.docs.0));
        said.is_some_and(|said| said.iter().any(|word| words.contains(&word.as_str())))
    }

    pub(super) fn is_number(self) -> bool {
        match self.shape() {
            Some(Shape::Id(form)) => !form.is_text(),
            _ => {
                let kind = self.scalar().map(Scalar::kind);
                matches!(kind, Some(ScalarKind::Integer | ScalarKind::Number))
            }
        }
    }

    pub(super) fn is_flag(self) -> bool {
        self.scalar() == Some(Scalar::Bool)
    }

    pub(super) fn is_anything(self) -> bool {
        self.scalar() == Some(Scalar::Any)
    }

    /// Whether a property of each value is text or a number: of a union, each variant's.
    pub(super) fn has_id(self, path: &[String]) -> bool {
        match self.shape() {
            Some(Shape::Union(union)) => union.variants.iter().all(|variant| {
                let variant = Self {
                    types: self.types,
                    ty: &variant.ty,
                };
                !matches!(variant.shape(), Some(Shape::Union(_))) && variant.has_id(path)
            }),
            _ => match self.at(path) {
                Some(Found::Typed(id)) => id.is_text() || id.is_number(),
                _ => false,
            },
        }
    }

    /// The place of the list that the answer is there for, and its item. `resource` tells it from others, where it is
    /// called so.
    pub(super) fn list(self, resource: &str) -> Option<(Vec<String>, Self)> {
        if let Some(item) = self.item() {
            return Some((Vec::new(), item));
        }
        self.list_inside(resource).or_else(|| {
            let envelopes = ENVELOPES.iter().filter_map(|name| self.spelled(&[name]));
            let mut all = envelopes.chain(self.envelope());
            all.find_map(|(mut path, envelope)| {
                let (inside, item) = envelope.list_inside(resource)?;
                path.extend(inside);
                Some((path, item))
            })
        })
    }

    /// The only object of an answer that has no list: the list is in it.
    fn envelope(self) -> Option<(Vec<String>, Self)> {
        if !self.lists().is_empty() {
            return None;
        }
        let fields = self.structure()?.fields.iter();
        let objects = fields.filter(|field| self.of_field(field).is_object());
        let field = one(objects.filter(|field| !ASIDE.contains(&field.wire.as_str())))?;
        Some((vec![field.wire.clone()], self.of_field(field)))
    }

    /// Whether it is one of several things, of which one is a list or has one.
    fn may_have_lists(self) -> bool {
        match self.shape() {
            Some(Shape::Union(union)) => union.variants.iter().any(|variant| {
                let variant = Self::typed(&variant.ty, self.types);
                variant.item().is_some() || !variant.lists().is_empty()
            }),
            _ => false,
        }
    }

    /// The one property that is a list, or that of several that is called so.
    fn list_inside(self, resource: &str) -> Option<(Vec<String>, Self)> {
        let lists = self.lists();
        let (name, item) = match lists.as_slice() {
            [] => return None,
            [only] => *only,
            several => {
                let called = |name: &&str| several.iter().find(|(own, _)| own.wire == *name);
                let is_resource = |wire: &str| is_called(wire, resource);
                let named = || one(several.iter().filter(|(own, _)| is_resource(&own.wire)));
                *ITEMS
                    .iter()
                    .chain([&resource])
                    .find_map(called)
                    .or_else(named)?
            }
        };
        Some((vec![name.wire.clone()], item))
    }

    /// The one list of several that is always there.
    pub(super) fn required_list(self) -> Option<(Vec<String>, Self)> {
        let lists = self.lists().into_iter();
        let (field, item) = one(lists.filter(|(own, _)| own.presence == Presence::Required))?;
        Some((vec![field.wire.clone()], item))
    }

    /// The properties that are lists, and may be what the answer is there for.
    fn lists(self) -> Vec<(&'t Field, Self)> {
        let fields = self.structure().into_iter().flat_map(|it| &it.fields);
        let fields = fields.filter(|field| !ASIDE.contains(&field.wire.as_str()));
        let lists = fields.filter_map(|field| Some((field, self.of_field(field).item()?)));
        lists
            .filter(|(_, item)| item.as_related_link().is_none())
            .collect()
    }

    /// Whether the answer is a list, or has one or several.
    pub(super) fn has_lists(self) -> bool {
        let inside = |name: &&str| {
            self.spelled(&[*name])
                .is_some_and(|(_, it)| !it.lists().is_empty())
        };
        let alone = || {
            self.envelope()
                .is_some_and(|(_, it)| !it.lists().is_empty())
        };
        self.item().is_some()
            || !self.lists().is_empty()
            || ENVELOPES.iter().any(inside)
            || alone()
            || self.may_have_lists()
    }

    /// The first of these paths at which something fits.
    pub(super) fn first<'p>(
        self,
        paths: impl IntoIterator<Item = Vec<&'p str>>,
        fits: impl Fn(Self) -> bool,
    ) -> Option<Vec<String>> {
        let mut found = paths.into_iter().filter_map(|path| self.spelled(&path));
        found.find(|(_, found)| fits(*found)).map(|(path, _)| path)
    }

    /// The style of a list beside which, at this path, are links that each say of which relation they are (RFC 8288, 3.3).
    pub(super) fn related<S: AsRef<str>>(self, path: &[S]) -> Option<PaginationStyle> {
        let path: Vec<&str> = path.iter().map(AsRef::as_ref).collect();
        let (links, found) = self.spelled(&path)?;
        let (relation, url) = found.item()?.as_related_link()?;
        Some(PaginationStyle::Relation {
            links,
            relation,
            url,
        })
    }

    /// The names of the properties by which a link says what it is, and where it leads.
    fn as_related_link(self) -> Option<(String, String)> {
        let text = |names: &[&str]| {
            let mut fields = names.iter().filter_map(|name| self.property(name));
            let field = fields.find(|field| {
                let it = self.of_field(field);
                it.is_text() || matches!(it.shape(), Some(Shape::Enum(_)))
            });
            field.map(|field| field.wire.clone())
        };
        Some((text(&["rel", "relation"])?, text(&["href", "url", "uri"])?))
    }
}

/// Whether a property is called as the last words of a resource are: `accounts` of `/user-accounts`.
fn is_called(property: &str, resource: &str) -> bool {
    identifier::words(resource).ends_with(&identifier::words(property))
}

/// The only one.
fn one<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let only = all.next();
    only.filter(|_| all.next().is_none())
}
