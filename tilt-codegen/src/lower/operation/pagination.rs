//! Lists that take several requests.

use crate::config;
use crate::model::{
    HttpMethod, Location, Operation, Pagination, PaginationStyle, Payload, Scalar, Shape, Struct,
    Success, Type, TypeRef,
};

/// Whether a query parameter of this name says where in a list to go on.
pub(in crate::lower) fn is_position(parameter: &str, config: Option<&config::Pagination>) -> bool {
    match config {
        Some(config::Pagination::None {}) => false,
        Some(config::Pagination::Offset { offset, .. }) => parameter == offset,
        Some(config::Pagination::Page { page, .. }) => parameter == page,
        Some(config::Pagination::Cursor { cursor, .. }) => parameter == cursor,
        None => {
            OFFSETS.contains(&parameter)
                || PAGES.contains(&parameter)
                || CURSORS.contains(&parameter)
        }
    }
}

/// How an operation pages, as configured, or else as its parameters and answer tell.
pub(in crate::lower) fn pagination(
    operation: &Operation,
    types: &[Type],
    config: Option<&config::Pagination>,
) -> Option<Pagination> {
    if operation.method != HttpMethod::Get || operation.body.is_some() {
        return None;
    }
    let Success::Single(Payload::Json(answer)) = &operation.success else {
        return None;
    };
    let answer = Answer {
        types,
        structure: structure(types, answer)?,
    };
    let query = |names: &[&str]| {
        names.iter().find_map(|name| {
            operation.parameters.iter().position(|parameter| {
                parameter.location == Location::Query
                    && !parameter.required
                    && parameter.wire == *name
            })
        })
    };
    match config {
        Some(config) => configured(operation, &answer, config, query),
        None => detect(operation, &answer, query),
    }
}

/// `query` finds a query parameter of one of these names.
fn configured(
    operation: &Operation,
    answer: &Answer<'_>,
    config: &config::Pagination,
    query: impl Fn(&[&str]) -> Option<usize>,
) -> Option<Pagination> {
    match config {
        config::Pagination::None {} => None,
        config::Pagination::Offset {
            offset,
            items,
            total,
        } => {
            let (items, item) = answer.list(items)?;
            let style = PaginationStyle::Offset {
                offset: query(&[offset])?,
                total: total.as_deref().and_then(|total| answer.number(&[total])),
            };
            Some(Pagination { style, item, items })
        }
        config::Pagination::Page { page, items, total } => {
            let (items, item) = answer.list(items)?;
            let page = query(&[page])?;
            let style = PaginationStyle::Page {
                page,
                first: first_page(operation, page),
                total: total.as_deref().and_then(|total| answer.number(&[total])),
            };
            Some(Pagination { style, item, items })
        }
        config::Pagination::Cursor {
            cursor,
            items,
            next,
        } => {
            let (items, item) = answer.list(items)?;
            let style = PaginationStyle::Cursor {
                cursor: query(&[cursor])?,
                next: vec![next.clone()],
            };
            Some(Pagination { style, item, items })
        }
    }
}

const OFFSETS: &[&str] = &["offset", "skip"];
const PAGES: &[&str] = &["page"];
const TOTALS: &[&str] = &[
    "total",
    "total_count",
    "totalCount",
    "total_items",
    "totalItems",
];
const CURSORS: &[&str] = &[
    "cursor",
    "page_token",
    "pageToken",
    "next_token",
    "nextToken",
    "after",
    "continuation_token",
];
const NEXTS: &[&str] = &[
    "next_cursor",
    "nextCursor",
    "next_page_token",
    "nextPageToken",
    "next_token",
    "nextToken",
    "next_page",
];

fn detect(
    operation: &Operation,
    answer: &Answer<'_>,
    query: impl Fn(&[&str]) -> Option<usize>,
) -> Option<Pagination> {
    let (items, item) = answer.only_list()?;
    let style = if let (Some(cursor), Some(next)) = (query(CURSORS), answer.text(NEXTS)) {
        PaginationStyle::Cursor { cursor, next }
    } else if let (Some(offset), Some(total)) = (query(OFFSETS), answer.number(TOTALS)) {
        PaginationStyle::Offset {
            offset,
            total: Some(total),
        }
    } else if let (Some(page), Some(total)) = (query(PAGES), answer.number(TOTALS)) {
        PaginationStyle::Page {
            page,
            first: first_page(operation, page),
            total: Some(total),
        }
    } else {
        return None;
    };
    Some(Pagination { style, item, items })
}

/// Pages are counted from 1, unless the parameter's default is 0.
fn first_page(operation: &Operation, page: usize) -> u64 {
    let default = operation.parameters[page].default.as_ref();
    u64::from(default.and_then(serde_json::Value::as_u64) != Some(0))
}

struct Answer<'t> {
    types: &'t [Type],
    structure: &'t Struct,
}

impl Answer<'_> {
    fn list(&self, name: &str) -> Option<(Vec<String>, TypeRef)> {
        let field = self
            .structure
            .fields
            .iter()
            .find(|field| field.wire == name)?;
        Some((vec![name.to_owned()], item(self.types, &field.ty)?.clone()))
    }

    /// The one property that is a list.
    fn only_list(&self) -> Option<(Vec<String>, TypeRef)> {
        let mut lists = self.structure.fields.iter().filter_map(|field| {
            Some((
                vec![field.wire.clone()],
                item(self.types, &field.ty)?.clone(),
            ))
        });
        let first = lists.next()?;
        lists.next().is_none().then_some(first)
    }

    fn number(&self, names: &[&str]) -> Option<Vec<String>> {
        self.find(names, |scalar| {
            !matches!(
                scalar,
                Scalar::String | Scalar::Bool | Scalar::Any | Scalar::Null
            )
        })
    }

    fn text(&self, names: &[&str]) -> Option<Vec<String>> {
        self.find(names, |scalar| matches!(scalar, Scalar::String))
    }

    fn find(&self, names: &[&str], fits: impl Fn(Scalar) -> bool) -> Option<Vec<String>> {
        let field = |name: &&str| {
            self.structure.fields.iter().find(|field| {
                field.wire == **name && matches!(field.ty, TypeRef::Scalar(scalar) if fits(scalar))
            })
        };
        names
            .iter()
            .find_map(field)
            .map(|field| vec![field.wire.clone()])
    }
}

fn structure<'t>(types: &'t [Type], ty: &TypeRef) -> Option<&'t Struct> {
    let TypeRef::Named(id) = ty else {
        return None;
    };
    match &types.get(id.0)?.shape {
        Shape::Struct(structure) => Some(structure),
        _ => None,
    }
}

fn item<'t>(types: &'t [Type], ty: &'t TypeRef) -> Option<&'t TypeRef> {
    match ty {
        TypeRef::List(item) => Some(item),
        TypeRef::Named(id) => match &types.get(id.0)?.shape {
            Shape::Alias(TypeRef::List(item)) => Some(item),
            _ => None,
        },
        _ => None,
    }
}
