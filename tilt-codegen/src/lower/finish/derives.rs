//! Traits that types derive by a setting, and attributes. A trait of the standard library is derived only where it
//! holds: for a type that is named, anything else is an error; a pattern passes over it.

use std::collections::{BTreeMap, BTreeSet};

use super::first_of;
use crate::config::pattern::matches;
use crate::config::{Derive, Setting};
use crate::diagnostic::Code;
use crate::lower::context::Context;
use crate::model::{EnumRepr, IdForm, Rest, Scalar, Shape, Type, TypeId, TypeRef};

/// A trait of the standard library that can be derived, and that not all generated types have.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Trait {
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Copy,
    Default,
}

impl Trait {
    fn of(derive: &Derive) -> Option<Self> {
        let path = derive.as_str().trim_start_matches("::");
        let is_std =
            !path.contains("::") || path.starts_with("std::") || path.starts_with("core::");
        match path.rsplit("::").next().filter(|_| is_std)? {
            "Eq" => Some(Self::Eq),
            "Hash" => Some(Self::Hash),
            "PartialOrd" => Some(Self::PartialOrd),
            "Ord" => Some(Self::Ord),
            "Copy" => Some(Self::Copy),
            "Default" => Some(Self::Default),
            _ => None,
        }
    }
}

/// A derive of one entry of the setting.
struct Wish<'c> {
    pattern: &'c str,
    index: usize,
    derive: &'c Derive,
}

impl Wish<'_> {
    fn is_exact(&self) -> bool {
        !self.pattern.contains('*')
    }
}

/// Gives types what the settings say.
pub(super) fn apply(context: &mut Context<'_>, types: &mut [Type]) {
    let config = &context.config.types;
    let derives = config.derive.iter().flat_map(|(pattern, derives)| {
        let derives = derives.iter().enumerate();
        derives.map(move |(index, derive)| Wish {
            pattern,
            index,
            derive,
        })
    });
    let wishes: Vec<Wish<'_>> = derives.collect();
    let eq = equal(types, &wishes);
    for wish in &wishes {
        let mut met = false;
        let mut unfit = Vec::new();
        for index in 0..types.len() {
            if !matches(wish.pattern, &types[index].name) {
                continue;
            }
            match obstacle(types, index, wish.derive, &wishes, &eq) {
                None => {
                    met = true;
                    let derive = wish.derive.as_str().to_owned();
                    if !types[index].derives.contains(&derive) {
                        types[index].derives.push(derive);
                    }
                }
                Some(reason) if wish.is_exact() => {
                    met = true;
                    let message = format!(
                        "`{}` cannot derive `{}`: {reason}",
                        types[index].name,
                        wish.derive.as_str()
                    );
                    let help =
                        "take it out, or write a pattern with `*`, which passes over such types";
                    let setting = Setting::Derive(wish.pattern, wish.index);
                    context.at_setting(setting, Code::UNFIT_DERIVE, message, help.to_owned());
                }
                Some(reason) => unfit.push((index, reason)),
            }
        }
        if Trait::of(wish.derive) == Some(Trait::Eq) {
            unfit.retain(|(index, _)| is_unequal(types, *index, &eq));
            report_unfit(context, types, wish, unfit);
        }
        if !met {
            let message = format!(
                "no type that can derive `{}` is called `{}`",
                wish.derive.as_str(),
                wish.pattern
            );
            let setting = Setting::Derive(wish.pattern, wish.index);
            unmatched(context, setting, message);
        }
    }
    add_attributes(context, types);
}

/// Whether a type of its own is not `Eq`.
fn is_unequal(types: &[Type], index: usize, eq: &BTreeSet<usize>) -> bool {
    !eq.contains(&index) && !matches!(types[index].shape, Shape::Alias(_))
}

/// Says which types a pattern passes over, those first for which others are: a number that comes to an answer takes `Eq` from
/// all that have it.
fn report_unfit(
    context: &mut Context<'_>,
    types: &[Type],
    wish: &Wish<'_>,
    mut unfit: Vec<(usize, String)>,
) {
    if unfit.is_empty() {
        return;
    }
    unfit.sort_by_key(|(index, _)| !types[*index].shape.types().into_iter().any(has_float));
    let named = unfit.iter();
    let named =
        first_of(named.map(|(index, reason)| format!("`{}` ({reason})", types[*index].name)));
    let message = format!(
        "`{}` is not derived by {} of the types that `{}` matches: {}",
        wish.derive.as_str(),
        unfit.len(),
        wish.pattern,
        named.join(", ")
    );
    let help = "name the types that have to have it: of these, it is an error";
    let setting = Setting::Derive(wish.pattern, wish.index);
    context.at_setting(setting, Code::PARTIAL_DERIVE, message, help.to_owned());
}

fn add_attributes(context: &mut Context<'_>, types: &mut [Type]) {
    for (pattern, attributes) in &context.config.types.attributes {
        let named = types
            .iter_mut()
            .filter(|ty| matches(pattern, &ty.name) && !matches!(ty.shape, Shape::Alias(_)));
        let mut met = false;
        for ty in named {
            met = true;
            let attributes = attributes.iter().map(|it| it.as_str().to_owned());
            ty.attributes.extend(attributes);
        }
        if !met {
            let message = format!("no type that can have attributes is called `{pattern}`");
            unmatched(context, Setting::Attributes(pattern), message);
        }
    }
}

fn unmatched(context: &mut Context<'_>, setting: Setting<'_>, message: String) {
    let help = "`inspect` prints the names; see [types.derive] and [types.attributes]";
    context.at_setting(setting, Code::UNMATCHED_DERIVE, message, help.to_owned());
}

/// The reason why a type cannot derive this, where it is known.
fn obstacle(
    types: &[Type],
    index: usize,
    derive: &Derive,
    wishes: &[Wish<'_>],
    eq: &BTreeSet<usize>,
) -> Option<String> {
    let ty = &types[index];
    let Some(wanted) = Trait::of(derive) else {
        let is_alias = matches!(ty.shape, Shape::Alias(_));
        return is_alias.then(|| "it is another name of a type".to_owned());
    };
    let wished = |it: Trait| {
        let mut wishes = wishes.iter();
        wishes.any(|wish| Trait::of(wish.derive) == Some(it) && matches(wish.pattern, &ty.name))
    };
    let all_json = "it keeps JSON of any kind, which has no such trait";
    let reason = match (&ty.shape, wanted) {
        (Shape::Alias(_), _) => "it is another name of a type",
        (Shape::Enum(it), Trait::Eq | Trait::Hash) if it.repr != EnumRepr::Any => {
            "it has it already"
        }
        (Shape::Id(_), Trait::Eq | Trait::Hash) => "it has it already",
        (Shape::Enum(it), Trait::Copy) if it.repr == EnumRepr::Integer => "it has it already",
        (Shape::Id(IdForm::Integer | IdForm::Unsigned), Trait::Copy) => "it has it already",
        (_, Trait::Copy) => "it holds text, or lists of what it does not know",
        (_, Trait::Default) => {
            "only structs without required properties have a default, without a setting"
        }
        (_, Trait::Eq) => match eq.contains(&index) {
            true => return None,
            false => return Some(unequal(types, ty, eq)),
        },
        (Shape::Struct(_) | Shape::Union(_), _) => all_json,
        (Shape::Enum(it), _) if it.repr == EnumRepr::Any => all_json,
        (Shape::Id(IdForm::Uuid), Trait::PartialOrd | Trait::Ord) => {
            "it is a UUID, which has no order"
        }
        (Shape::Enum(_) | Shape::Id(_), Trait::Ord) if !wished(Trait::PartialOrd) => {
            "`Ord` needs `PartialOrd`: let it derive this as well"
        }
        (Shape::Enum(_) | Shape::Id(_), Trait::PartialOrd | Trait::Ord | Trait::Hash) => {
            return None;
        }
    };
    Some(reason.to_owned())
}

/// The types that are `Eq` once the settings are followed: those without floating-point numbers at any depth,
/// of which all parts are it as well.
fn equal(types: &[Type], wishes: &[Wish<'_>]) -> BTreeSet<usize> {
    let eq = wishes
        .iter()
        .filter(|it| Trait::of(it.derive) == Some(Trait::Eq));
    let patterns: Vec<&str> = eq.map(|it| it.pattern).collect();
    let is_wished = |ty: &Type| patterns.iter().any(|it| matches(it, &ty.name));
    let mut equal: BTreeSet<usize> = types
        .iter()
        .enumerate()
        .filter(|(_, ty)| match &ty.shape {
            Shape::Alias(_) | Shape::Id(_) => true,
            Shape::Enum(it) if it.repr != EnumRepr::Any => true,
            Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) => is_wished(ty),
        })
        .map(|(index, _)| index)
        .collect();
    let mut users: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, ty) in types.iter().enumerate() {
        for id in ty.shape.named() {
            users.entry(id.0).or_default().push(index);
        }
    }
    let unequal = (0..types.len()).filter(|index| {
        let parts = types[*index].shape.types();
        !equal.contains(index) || parts.into_iter().any(has_float)
    });
    let mut pending: Vec<usize> = unequal.collect();
    let mut seen = BTreeSet::new();
    while let Some(index) = pending.pop() {
        if seen.insert(index) {
            equal.remove(&index);
            pending.extend(users.get(&index).into_iter().flatten());
        }
    }
    equal
}

fn has_float(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Scalar(scalar) => *scalar == Scalar::Number,
        TypeRef::Named(_) => false,
        TypeRef::List(inner)
        | TypeRef::Map(inner)
        | TypeRef::Nullable(inner)
        | TypeRef::Boxed(inner)
        | TypeRef::Loose(inner) => has_float(inner),
        TypeRef::Tuple(items) => items.iter().any(has_float),
    }
}

/// The part for which a type is not `Eq`.
fn unequal(types: &[Type], ty: &Type, eq: &BTreeSet<usize>) -> String {
    let named = |id: &TypeId| !eq.contains(&id.0) && types[id.0].name != ty.name;
    let because = |part: &TypeRef| match has_float(part) {
        true => Some("numbers with a point are not".to_owned()),
        false => {
            let id = part.named().into_iter().find(named)?;
            Some(format!("`{}` is not", types[id.0].name))
        }
    };
    let field = match &ty.shape {
        Shape::Struct(shape) => {
            let mut fields = shape.fields.iter();
            let field = fields.find_map(|it| Some((it.name.clone(), because(&it.ty)?)));
            field.or_else(|| match &shape.rest {
                Rest::Typed(rest) => Some(("extra".to_owned(), because(rest)?)),
                Rest::Any => None,
            })
        }
        Shape::Union(shape) => {
            let mut variants = shape.variants.iter();
            variants.find_map(|it| Some((it.name.clone(), because(&it.ty)?)))
        }
        Shape::Enum(_) | Shape::Id(_) | Shape::Alias(_) => None,
    };
    match field {
        Some((name, because)) => format!("of `{name}`, {because}"),
        None => "a part of it is not".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_text() {
        for (pattern, name, expected) in [
            ("*", "Order", true),
            ("Order", "Order", true),
            ("Order", "OrderId", false),
            ("*Id", "OrderId", true),
            ("Order*", "OrderId", true),
            ("O*d*d", "OrderId", true),
            ("O*x*d", "OrderId", false),
            ("Order*Order", "Order", false),
        ] {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
        }
    }
}
