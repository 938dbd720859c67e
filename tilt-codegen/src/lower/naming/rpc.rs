//! Operations of services whose paths are calls: a service and its method (gRPC, Connect, Twirp), or a target behind a
//! `#`, which AWS writes.
//!
//! The resource is the tag, or else the service.

use crate::identifier;
use crate::lower::naming::own::own_words;
use crate::lower::naming::parts::{PathPart, parts};
use crate::lower::naming::unnamed::Unnamed;
use crate::lower::naming::without::without_noun;
use crate::model::HttpMethod;

/// Resource and method of such an operation.
pub(super) fn name(operation: &Unnamed<'_>) -> Option<(String, String)> {
    of_service(operation).or_else(|| of_target(operation))
}

/// POST `/acme.users.Users/BanUser`.
fn of_service(operation: &Unnamed<'_>) -> Option<(String, String)> {
    let parts = parts(operation.path);
    let [.., PathPart::Text(service), PathPart::Text(method)] = parts.as_slice() else {
        return None;
    };
    let is_capital = |text: &str| text.starts_with(|c: char| c.is_ascii_uppercase());
    let own = service.rsplit('.').next().unwrap_or(service);
    let is_service = is_capital(own) && (own.len() < service.len() || own.ends_with("Service"));
    let is_call = matches!(operation.method, HttpMethod::Post | HttpMethod::Get)
        && is_capital(method)
        && !method.contains(['.', ':'])
        && parts.iter().all(|part| matches!(part, PathPart::Text(_)));
    if !is_service || !is_call {
        return None;
    }
    let resource = tag(operation).unwrap_or_else(|| identifier::snake(own));
    let method = without_noun(&identifier::snake(method), &resource);
    Some((resource, method))
}

/// POST `/#X-Amz-Target=Logs_20140328.PutLogEvents`: all of the operationId is the method.
fn of_target(operation: &Unnamed<'_>) -> Option<(String, String)> {
    let (path, _) = operation.path.split_once('#')?;
    let mut own = own_words(operation);
    let http = operation.method.as_str().to_lowercase();
    // `GET_SendMessage` beside `POST_SendMessage`.
    let is_prefixed = operation.id.is_some_and(|id| {
        id.split_once('_')
            .is_some_and(|(first, _)| first == operation.method.as_str())
    });
    if is_prefixed && own.first() == Some(&http) {
        own.remove(0);
    }
    if !parts(path).is_empty() || own.is_empty() {
        return None;
    }
    let resource = tag(operation).unwrap_or_else(|| "root".to_owned());
    Some((resource, own.join("_")))
}

/// The first tag, without packages before it.
fn tag(operation: &Unnamed<'_>) -> Option<String> {
    let tag = operation.tags.first()?;
    let own = match tag.contains(' ') {
        true => tag,
        false => tag.rsplit('.').next().unwrap_or(tag),
    };
    let tag = identifier::snake(own);
    (!tag.is_empty()).then_some(tag)
}
