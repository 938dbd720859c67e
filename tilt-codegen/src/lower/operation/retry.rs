//! Whether requests of an operation may be sent again.

use std::collections::BTreeSet;

use crate::config::{RetrySettings, Selector, Setting};
use crate::diagnostic::Code;
use crate::lower::context::Context;
use crate::lower::naming::unnamed::OperationName;
use crate::lower::operation::select::matches_model;
use crate::model::{HttpMethod, IdForm, Location, Operation, Retry, Scalar, Shape, Type, TypeRef};

/// The header of that name is an idempotency key wherever it is declared.
const KEY: &str = "Idempotency-Key";

/// Decides it for each operation, as the settings say, or else HTTP.
pub(in crate::lower) fn decide(
    context: &mut Context<'_>,
    operations: &mut [(OperationName, Operation)],
    types: &[Type],
) {
    let settings = &context.config.retry;
    let mut used = BTreeSet::new();
    for (_, operation) in operations.iter_mut() {
        operation.retry = of(settings, operation, types, &mut used);
    }
    let operations: Vec<&Operation> = operations.iter().map(|(_, it)| it).collect();
    report_idle(context, settings, &operations, &used);
}

fn of(
    settings: &RetrySettings,
    operation: &Operation,
    types: &[Type],
    used: &mut BTreeSet<String>,
) -> Retry {
    let key = key(settings, operation, types, used);
    let any = |selectors: &[Selector]| selectors.iter().any(|it| matches_model(it, operation));
    if any(&settings.once) {
        Retry::Once
    } else if any(&settings.repeatable) || is_idempotent(operation.method) {
        Retry::Repeatable
    } else {
        key.unwrap_or(Retry::Once)
    }
}

/// Whether requests do the same once or several times (RFC 9110, section 9.2.2).
fn is_idempotent(method: HttpMethod) -> bool {
    match method {
        HttpMethod::Get
        | HttpMethod::Head
        | HttpMethod::Options
        | HttpMethod::Trace
        | HttpMethod::Put
        | HttpMethod::Delete => true,
        HttpMethod::Post | HttpMethod::Patch => false,
    }
}

/// The key that a request may have. `used` are the headers of settings that are somewhere.
fn key(
    settings: &RetrySettings,
    operation: &Operation,
    types: &[Type],
    used: &mut BTreeSet<String>,
) -> Option<Retry> {
    let mut keyed = settings.keyed.iter();
    let stated = keyed.find(|(selector, _)| matches_model(selector, operation));
    let lifetime = |header: &str| {
        let mut lifetimes = settings.lifetime.iter();
        lifetimes.find(|(name, _)| name.eq_ignore_ascii_case(header))
    };
    let is_key = |header: &str| header.eq_ignore_ascii_case(KEY) || lifetime(header).is_some();
    let declared = operation.parameters.iter().find(|parameter| {
        parameter.location == Location::Header
            && is_key(&parameter.wire)
            // One that is no text is the caller's to make.
            && (parameter.required || takes_uuids(&parameter.ty, types))
    });
    let header = match (stated, declared) {
        (Some((_, header)), _) => header.as_str(),
        (None, Some(parameter)) => &parameter.wire,
        (None, None) => return None,
    };
    let lifetime = lifetime(header);
    used.extend(lifetime.map(|(name, _)| name.clone()));
    Some(Retry::Keyed {
        header: header.to_owned(),
        lifetime: lifetime.map(|(_, lifetime)| lifetime.seconds()),
    })
}

/// Whether a UUID is a value of a type.
fn takes_uuids(ty: &TypeRef, types: &[Type]) -> bool {
    match ty {
        TypeRef::Scalar(scalar) => matches!(scalar, Scalar::String | Scalar::Uuid | Scalar::Secret),
        TypeRef::Named(id) => match types.get(id.0).map(|it| &it.shape) {
            Some(Shape::Id(form)) => matches!(form, IdForm::Text | IdForm::Uuid),
            Some(Shape::Alias(TypeRef::Scalar(scalar))) => {
                matches!(scalar, Scalar::String | Scalar::Uuid)
            }
            _ => false,
        },
        _ => false,
    }
}

/// Reports settings that say something of no operation.
fn report_idle(
    context: &mut Context<'_>,
    settings: &RetrySettings,
    operations: &[&Operation],
    used: &BTreeSet<String>,
) {
    let mut unmatched = Vec::new();
    let is_idle = |selector: &Selector| !operations.iter().any(|it| matches_model(selector, it));
    let lists = [
        (&settings.repeatable, "repeatable"),
        (&settings.once, "once"),
    ];
    for (selectors, list) in lists {
        let idle = selectors.iter().enumerate().filter(|(_, it)| is_idle(it));
        unmatched.extend(idle.map(|(index, it)| (Setting::Retry(list, index), it.to_string())));
    }
    let keyed = settings.keyed.keys().filter(|it| is_idle(it));
    let keyed: Vec<String> = keyed.map(ToString::to_string).collect();
    unmatched.extend(keyed.iter().map(|it| (Setting::RetryKeyed(it), it.clone())));
    for (setting, selector) in unmatched {
        let message = format!("the selector `{selector}` matches no operation");
        let help = "correct it, or take it out of [retry]".to_owned();
        context.at_setting(setting, Code::UNMATCHED_SELECTOR, message, help);
    }
    for name in settings.lifetime.keys().filter(|it| !used.contains(*it)) {
        let message = format!("no operation that may need it has a header `{name}`");
        let help = "correct it, or take it out of [retry.lifetime]".to_owned();
        let setting = Setting::RetryLifetime(name);
        context.at_setting(setting, Code::UNMATCHED_KEY_HEADER, message, help);
    }
}
