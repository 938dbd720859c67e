//! Lists that take several requests: which operations are some, and how each goes on.

mod answer;
mod configured;
mod detected;
mod hints;
mod names;
mod slots;

use self::answer::{Answer, Found as At};
use crate::config;
use crate::config::{Config, Setting};
use crate::diagnostic::{Code, Problem};
use crate::lower::context::Context;
use crate::lower::naming::parts::last_text;
use crate::lower::naming::paths;
use crate::lower::operation::select;
use crate::model::{HttpMethod, Location, Operation, Pagination, Parameter, Slot, Type};

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
    let mut fits = Fits::new(config);
    for operation in operations {
        let before = context
            .previous
            .operation(&paths::key(operation.method, &operation.path));
        let kept = before.and_then(|it| it.items.as_deref());
        let lists = Lists {
            config,
            types,
            kept,
        };
        let found = lists.of(operation, &mut fits);
        operation.pagination = found.pagination;
        if let Some(lists) = found.unfitting {
            report_unfitting(context, lists, operation);
        } else if found.looks_paged && operation.pagination.is_none() {
            report_unpaged(context, operation, found.style.as_deref());
        }
    }
    if fits.has_operations {
        report_idle(context, &fits);
    }
}

/// The settings that do something.
struct Fits {
    /// Of each of `[[lists]]`, the selectors that find an operation.
    found: Vec<Vec<bool>>,
    /// Of each of `[[lists]]`, whether some operation is paged by it.
    lists: Vec<bool>,
    /// Whether some operation is paged by `[pagination]`.
    default: bool,
    has_operations: bool,
}

impl Fits {
    fn new(config: &Config) -> Self {
        let lists = config.lists.iter();
        Self {
            found: lists.map(|it| vec![false; it.operations.len()]).collect(),
            lists: vec![false; config.lists.len()],
            default: false,
            has_operations: false,
        }
    }

    /// Each of `[[lists]]` that an operation is in, and whether that names it.
    fn select(&mut self, config: &Config, operation: &Operation) -> Vec<(usize, bool)> {
        self.has_operations = true;
        let mut selected = Vec::new();
        for (index, lists) in config.lists.iter().enumerate() {
            let mut is_named = None;
            for (selector, found) in lists.operations.iter().zip(&mut self.found[index]) {
                if select::matches_model(selector, operation) {
                    *found = true;
                    let names = matches!(selector, config::Selector::Operation(_));
                    is_named = Some(names || is_named == Some(true));
                }
            }
            selected.extend(is_named.map(|is_named| (index, is_named)));
        }
        selected
    }
}

/// The style of an operation, and what is to be said about it.
#[derive(Default)]
struct Found {
    pagination: Option<Pagination>,
    /// One of `[[lists]]` that names the operation, which is not as it says.
    unfitting: Option<usize>,
    /// It has a list and a parameter that says where to go on.
    looks_paged: bool,
    /// A style that settings might state for it.
    style: Option<String>,
}

struct Lists<'a> {
    config: &'a Config,
    types: &'a [Type],
    /// Where the items were in the generation before.
    kept: Option<&'a [String]>,
}

impl Lists<'_> {
    fn of(&self, operation: &Operation, fits: &mut Fits) -> Found {
        let list = List::of(operation, self.types, self.kept);
        for (index, is_named) in fits.select(self.config, operation) {
            let setting = &self.config.lists[index].pagination;
            if matches!(setting, config::Pagination::None {}) {
                fits.lists[index] = true;
                return Found::default();
            }
            let pagination = list
                .as_ref()
                .and_then(|list| configured::pagination(list, setting, is_named));
            fits.lists[index] |= pagination.is_some() || is_named;
            if pagination.is_some() || is_named {
                let unfitting = pagination.is_none().then_some(index);
                return Found {
                    pagination,
                    unfitting,
                    looks_paged: true,
                    style: None,
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
        let looks_paged = self.config.pagination.is_none() && hints::looks_paged(&list);
        Found {
            style: hints::style(&list).filter(|_| looks_paged && pagination.is_none()),
            looks_paged,
            pagination,
            unfitting: None,
        }
    }
}

/// An operation whose answer may be a part of a list.
struct List<'a> {
    operation: &'a Operation,
    types: &'a [Type],
    answer: Answer<'a>,
    /// The body that is sent, where it is asked for by POST.
    body: Option<Answer<'a>>,
    kept: Option<&'a [String]>,
}

impl<'a> List<'a> {
    fn of(operation: &'a Operation, types: &'a [Type], kept: Option<&'a [String]>) -> Option<Self> {
        if !matches!(operation.method, HttpMethod::Get | HttpMethod::Post) {
            return None;
        }
        Some(Self {
            operation,
            types,
            answer: Answer::of(&operation.success, types)?,
            body: slots::body(operation, types),
            kept,
        })
    }

    fn is_posted(&self) -> bool {
        self.operation.method == HttpMethod::Post
    }

    /// The list that the answer is there for: where it is, and its item. It stays where it was, whatever comes beside it.
    fn items(&self) -> Option<(Vec<String>, Answer<'a>)> {
        let kept = self.kept.and_then(|path| self.answer.list_at(path));
        kept.or_else(|| {
            let resource = last_text(&self.operation.path);
            self.answer.list(resource.unwrap_or_default())
        })
    }

    /// The object around the list, where that is not the answer.
    fn envelope(&self) -> Option<(Vec<String>, Answer<'a>)> {
        let (mut path, _) = self.items()?;
        path.pop();
        match self.answer.at(&path)? {
            At::Typed(envelope) if !path.is_empty() => Some((path, envelope)),
            _ => None,
        }
    }

    /// The first of these paths at which something fits, in the answer or in the object around its list.
    fn first<'p>(
        &self,
        paths: impl IntoIterator<Item = Vec<&'p str>>,
        fits: impl Fn(Answer<'a>) -> bool,
    ) -> Option<Vec<String>> {
        let paths: Vec<_> = paths.into_iter().collect();
        let found = self.answer.first(paths.iter().cloned(), &fits);
        found.or_else(|| {
            let (mut path, envelope) = self.envelope()?;
            path.extend(envelope.first(paths, fits)?);
            Some(path)
        })
    }

    /// True of a property as whose value the document shows a link.
    fn shows_link(&self, name: &str) -> bool {
        let in_envelope = || self.envelope().is_some_and(|(_, it)| it.is_link(name));
        self.answer.is_link(name) || in_envelope()
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

    /// The number that pages are counted from, where that is said: by the default or the least value, in words, or by an
    /// answer that is known to count so.
    fn first_page(&self, page: &Slot) -> Option<u64> {
        let taken = self.taken(page)?;
        match taken.first() {
            Some(first) => Some(u64::from(first != 0.0)),
            None if says(taken.docs(), "0", "zero") || self.is_of_spring() => Some(0),
            None => says(taken.docs(), "1", "one").then_some(1),
        }
    }

    /// Whether an answer is the page that Spring makes, which is counted from 0.
    fn is_of_spring(&self) -> bool {
        let has = |path: &[&'static str], fits: fn(Answer<'a>) -> bool| {
            self.first([path.to_vec()], fits).is_some()
        };
        let number = |path: &[&'static str]| has(path, Answer::is_number);
        let ends = has(&["first"], Answer::is_flag) && has(&["last"], Answer::is_flag);
        let is_page = number(&["number"]) && (ends || number(&["totalPages"]));
        is_page || number(&["page", "number"]) && number(&["page", "totalElements"])
    }

    /// Whether the document says that answers have links in their headers.
    fn has_link_header(&self) -> bool {
        let mut headers = self.operation.response_headers.iter();
        headers.any(|header| header.name.eq_ignore_ascii_case("link"))
    }
}

/// Whether a text says that counting begins with a number, in its figure or its word.
fn says(text: &str, figure: &str, word: &str) -> bool {
    const PHRASES: &[&str] = &[
        "#-based",
        "# based",
        "#-indexed",
        "# indexed",
        "starts at #",
        "starts from #",
        "starting at #",
        "starting from #",
        "starts with #",
        "starting with #",
        "(#..n)",
        "first page is #",
    ];
    let text = text.to_lowercase();
    let is_said = |phrase: &&str| {
        let said = |number: &str| text.contains(&phrase.replace('#', number));
        said(figure) || said(word)
    };
    PHRASES.iter().any(is_said)
}

fn report_unfitting(context: &mut Context<'_>, lists: usize, operation: &Operation) {
    let needs = configured::needs(&context.config.lists[lists].pagination);
    let message = format!(
        "`{} {}` does not page so: expected a GET or a POST whose JSON answer has a list, and {needs}",
        operation.method.as_str(),
        operation.path
    );
    let help = "correct the names, or take the operation out of this entry of [[lists]]";
    let setting = Setting::Lists(lists);
    context.at_setting(
        setting,
        Code::UNFITTING_PAGINATION,
        message,
        help.to_owned(),
    );
}

fn report_unpaged(context: &mut Context<'_>, operation: &Operation, style: Option<&str>) {
    let message = format!(
        "`{} {}` looks like a list in pages, but in none of the styles that are known: the call gives one page, and has no `items()`",
        operation.method.as_str(),
        operation.path
    );
    let place = context.place_of(operation);
    let problem = Problem::new(Code::UNPAGED_LIST, place, message);
    context.problem(match style {
        Some(style) => problem.help(format!(
            "say how it pages in [[lists]], such as: operations = [{:?}], pagination = {style}",
            format!("operation:{}", operation.id)
        )),
        None => problem,
    });
}

/// Reports settings that page nothing, and selectors that find nothing.
fn report_idle(context: &mut Context<'_>, fits: &Fits) {
    let config = context.config;
    for (index, lists) in config.lists.iter().enumerate() {
        let setting = Setting::Lists(index);
        if !fits.lists[index] {
            let selectors = lists.operations.iter();
            let selectors: Vec<String> = selectors.map(|it| format!("`{it}`")).collect();
            let says = format!("`[[lists]]` says of {}", selectors.join(", "));
            report_unmatched(context, setting, &says, &lists.pagination);
            continue;
        }
        let selectors = lists.operations.iter().zip(&fits.found[index]);
        for (selector, _) in selectors.filter(|(_, found)| !**found) {
            let message = format!("the selector `{selector}` matches no operation");
            let help = "correct it, or take it out of [[lists]]".to_owned();
            context.at_setting(setting, Code::UNMATCHED_SELECTOR, message, help);
        }
    }
    if let Some(pagination) = config.pagination.as_ref().filter(|_| !fits.default) {
        let says = "`[pagination]` says";
        report_unmatched(context, Setting::Pagination, says, pagination);
    }
}

fn report_unmatched(
    context: &mut Context<'_>,
    setting: Setting<'_>,
    says: &str,
    pagination: &config::Pagination,
) {
    let needs = configured::needs(pagination);
    let message = format!("no operation pages as {says}, which needs {needs}");
    let help = "correct the names, or remove the setting".to_owned();
    context.at_setting(setting, Code::UNMATCHED_PAGINATION, message, help);
}
