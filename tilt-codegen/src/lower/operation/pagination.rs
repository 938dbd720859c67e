//! Lists that take several requests: which operations are some, and how each goes on.

mod answer;
mod configured;
mod detected;

use self::answer::Answer;
use crate::config;
use crate::config::{Config, Setting};
use crate::diagnostic::{Code, Problem};
use crate::lower::context::Context;
use crate::lower::operation::select;
use crate::model::{HttpMethod, Location, Operation, Pagination, Parameter, Type};

/// Whether a query parameter of this name says where in a list to go on, as names of types have it.
pub(in crate::lower) fn is_position(parameter: &str, config: Option<&config::Pagination>) -> bool {
    match config {
        Some(config::Pagination::None {}) => false,
        Some(config::Pagination::Offset { offset, .. }) => parameter == offset,
        Some(config::Pagination::Page { page, .. }) => parameter == page,
        Some(config::Pagination::Cursor { cursor, .. }) => parameter == cursor,
        Some(config::Pagination::LastId { after, .. }) => parameter == after,
        _ => NAMED_POSITIONS.contains(&parameter),
    }
}

/// They are in names of types, so none may be added: `detected` knows more.
const NAMED_POSITIONS: &[&str] = &[
    "offset",
    "skip",
    "page",
    "cursor",
    "page_token",
    "pageToken",
    "next_token",
    "nextToken",
    "after",
    "continuation_token",
];

/// Says of each operation how it pages, as configured, or else as its parameters and answer tell.
pub(in crate::lower) fn complete<'o>(
    context: &mut Context<'_>,
    operations: impl Iterator<Item = &'o mut Operation>,
    types: &[Type],
) {
    let config = context.config;
    let mut fits = Fits {
        lists: vec![false; config.lists.len()],
        default: false,
    };
    let mut has_operations = false;
    for operation in operations {
        has_operations = true;
        let found = Lists { config, types }.of(operation, &mut fits);
        operation.pagination = found.pagination;
        if let Some(lists) = found.unfitting {
            report_unfitting(context, lists, operation);
        } else if found.looks_paged && operation.pagination.is_none() {
            report_unpaged(context, operation);
        }
    }
    if has_operations {
        report_idle(context, &fits);
    }
}

/// The settings that some operation is paged by.
struct Fits {
    lists: Vec<bool>,
    default: bool,
}

/// How an operation pages, and what is to be said about it.
#[derive(Default)]
struct Found {
    pagination: Option<Pagination>,
    /// One of `[[lists]]` that names the operation, which is not as it says.
    unfitting: Option<usize>,
    /// It has a list and a parameter that says where to go on.
    looks_paged: bool,
}

struct Lists<'a> {
    config: &'a Config,
    types: &'a [Type],
}

impl Lists<'_> {
    fn of(&self, operation: &Operation, fits: &mut Fits) -> Found {
        let list = List::of(operation, self.types);
        for (index, lists) in self.config.lists.iter().enumerate() {
            let mut selectors = lists.operations.iter();
            let Some(selector) = selectors.find(|it| select::matches_model(it, operation)) else {
                continue;
            };
            if matches!(lists.pagination, config::Pagination::None {}) {
                fits.lists[index] = true;
                return Found::default();
            }
            let is_named = matches!(selector, config::Selector::Operation(_));
            let pagination = list
                .as_ref()
                .and_then(|list| configured::pagination(list, &lists.pagination, is_named));
            fits.lists[index] |= pagination.is_some() || is_named;
            if pagination.is_some() || is_named {
                let unfitting = pagination.is_none().then_some(index);
                return Found {
                    pagination,
                    unfitting,
                    looks_paged: true,
                };
            }
        }
        let Some(list) = list else {
            return Found::default();
        };
        let pagination = match &self.config.pagination {
            Some(config::Pagination::None {}) => {
                fits.default = true;
                return Found::default();
            }
            Some(setting) => {
                let pagination = configured::pagination(&list, setting, false);
                fits.default |= pagination.is_some();
                pagination
            }
            None => detected::pagination(&list),
        };
        Found {
            looks_paged: self.config.pagination.is_none() && detected::looks_paged(&list),
            pagination,
            unfitting: None,
        }
    }
}

/// An operation whose answer may be a part of a list.
struct List<'a> {
    operation: &'a Operation,
    answer: Answer<'a>,
}

impl<'a> List<'a> {
    fn of(operation: &'a Operation, types: &'a [Type]) -> Option<Self> {
        if operation.method != HttpMethod::Get {
            return None;
        }
        let answer = Answer::of(&operation.success, types)?;
        Some(Self { operation, answer })
    }

    /// A query parameter of one of these names: of the first that there is.
    fn query(&self, names: &[&str]) -> Option<usize> {
        let is = |parameter: &Parameter, name: &str| {
            parameter.location == Location::Query && parameter.wire == name
        };
        names.iter().find_map(|name| {
            let mut parameters = self.operation.parameters.iter();
            parameters.position(|parameter| is(parameter, name))
        })
    }

    /// Pages are counted from 1, unless the parameter's default is 0.
    fn first_page(&self, page: usize) -> u64 {
        let default = self.operation.parameters[page].default.as_ref();
        u64::from(default.and_then(serde_json::Value::as_u64) != Some(0))
    }

    /// Whether the document says that answers have links in their headers.
    fn has_link_header(&self) -> bool {
        let mut headers = self.operation.response_headers.iter();
        headers.any(|header| header.name.eq_ignore_ascii_case("link"))
    }
}

fn report_unfitting(context: &mut Context<'_>, lists: usize, operation: &Operation) {
    let needs = configured::needs(&context.config.lists[lists].pagination);
    let message = format!(
        "`{} {}` does not page so: expected a GET whose JSON answer has a list, and {needs}",
        operation.method.as_str(),
        operation.path
    );
    let help = "correct the names, or take the operation out of this entry of [[lists]]";
    let setting = Setting::Lists(lists);
    context.error(
        setting,
        Code::UNFITTING_PAGINATION,
        message,
        help.to_owned(),
    );
}

fn report_unpaged(context: &mut Context<'_>, operation: &Operation) {
    let message = format!(
        "`{} {}` looks like a list in pages, but nothing in it says how to go on: it has no `items`",
        operation.method.as_str(),
        operation.path
    );
    let place = context.place_of(operation);
    context.problem(Problem::new(Code::UNPAGED_LIST, place, message));
}

/// Reports settings that page nothing.
fn report_idle(context: &mut Context<'_>, fits: &Fits) {
    let idle = fits.lists.iter().enumerate();
    let idle = idle.filter(|(_, fits)| !**fits);
    let mut settings: Vec<Setting<'_>> = idle.map(|(index, _)| Setting::Lists(index)).collect();
    if context.config.pagination.is_some() && !fits.default {
        settings.push(Setting::Pagination);
    }
    for setting in settings {
        let message = "no operation pages so".to_owned();
        let help = "correct the names, or remove the setting".to_owned();
        context.error(setting, Code::UNMATCHED_PAGINATION, message, help);
    }
}
