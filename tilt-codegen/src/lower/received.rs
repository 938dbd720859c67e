//! Requests that the API sends to its clients, who serve them: webhooks and callbacks, as operations whose sender is the API.
//!
//! A document does not say where a webhook goes, and of a callback only by an expression of a request that was sent before.
//! So a server has them at paths that follow from their names, and lets each be put elsewhere.

use super::naming::calls;
use super::naming::unnamed::OperationName;
use super::operation::security::Security;
use super::operation::{self, Route};
use super::schema::TypeBuilder;
use crate::dialect::openapi;
use crate::identifier::{self, Order, bare};
use crate::model::{HttpMethod, Operation, Sender};
use crate::source::NodeKey;

/// An operation whose requests the API sends.
pub(in crate::lower) struct Received<'s, 'd> {
    pub spec: &'s openapi::Operation<'d>,
    /// Tells it from all others of its HTTP method: no path of a document is so.
    pub path: String,
    /// The operation that asks for it, by its number, and the name of the callback; none of a webhook.
    callback: Option<(usize, &'d str)>,
}

/// All of a document: webhooks, then callbacks in the order of the operations that ask for them.
pub(in crate::lower) fn of<'s, 'd>(api: &'s openapi::Api<'d>) -> Vec<Received<'s, 'd>> {
    let webhooks = api.webhooks.iter().map(|spec| Received {
        spec,
        path: format!("{} (webhook)", spec.path),
        callback: None,
    });
    let asking = api.operations.iter().enumerate();
    let callbacks = asking.flat_map(|(number, asking)| {
        let all = asking.callbacks.iter();
        let all = all.flat_map(|it| it.operations.iter().map(|spec| (it.name, spec)));
        all.map(move |(name, spec)| Received {
            spec,
            path: format!(
                "{} ({name} of {} {})",
                spec.path,
                asking.method.as_str(),
                asking.path
            ),
            callback: Some((number, name)),
        })
    });
    webhooks.chain(callbacks).collect()
}

/// The operations of webhooks and callbacks, with their names. `asking` are those of the paths.
pub(in crate::lower) fn operations<'d>(
    types: &mut TypeBuilder<'d, '_>,
    api: &openapi::Api<'d>,
    security: &Security,
    asking: &[(OperationName, Operation)],
) -> Vec<(OperationName, Operation)> {
    let received = of(api);
    let (webhooks, callbacks): (Vec<_>, Vec<_>) =
        received.into_iter().partition(|it| it.callback.is_none());
    let mut all = self::named(types, webhooks, "webhook", asking);
    all.extend(self::named(types, callbacks, "callback", asking));
    let nodes: Vec<NodeKey> = all.iter().map(|(_, it)| it.spec.node.key()).collect();
    let pointers = types.context.documents().pointers(&nodes);
    let with_pointers = all.into_iter().zip(pointers);
    with_pointers
        .map(|((name, it), pointer)| {
            let template = mounted(it.spec.method, &name.method);
            let route = Route {
                sender: Sender::Api,
                path: &it.path,
                template: &template,
            };
            let pointer = pointer.unwrap_or_default();
            let operation = operation::operation(types, security, it.spec, &name, &route, pointer);
            (name, operation)
        })
        .collect()
}

/// The names of one kind: a webhook's own, and a callback's behind that of the operation that asks for it.
fn named<'s, 'd>(
    types: &TypeBuilder<'d, '_>,
    received: Vec<Received<'s, 'd>>,
    entity: &str,
    asking: &[(OperationName, Operation)],
) -> Vec<(OperationName, Received<'s, 'd>)> {
    let labels: Vec<String> = received
        .iter()
        .map(|it| {
            let label = match it.callback {
                None => it.spec.path.to_owned(),
                Some((number, name)) => {
                    let asking = asking
                        .get(number)
                        .map(|(name, _)| operation::call_name(name));
                    format!("{}_{name}", calls::stem(&asking.unwrap_or_default()))
                }
            };
            match it.spec.method {
                HttpMethod::Post => label,
                method => format!("{}_{label}", method.as_str().to_lowercase()),
            }
        })
        .collect();
    let previous = |at: usize| {
        let it = &received[at];
        let key = super::naming::paths::key(it.spec.method, &it.path);
        Some(types.context.previous.operation(&key)?.method.clone())
    };
    let methods = identifier::unique(
        labels.iter().map(String::as_str),
        previous,
        |label| vec![identifier::method_name(label)],
        Order::Given,
    );
    let named = received.into_iter().zip(methods);
    named
        .map(|(it, method)| {
            let resource = format!("{entity}s");
            let name = OperationName {
                unrenamed: (resource.clone(), method.clone()),
                resource,
                method,
                entity: entity.to_owned(),
                sender: Sender::Api,
                id: Vec::new(),
            };
            (name, it)
        })
        .collect()
}

/// The path at which a server has it, unless it is put elsewhere: methods of one HTTP method differ, and so do their paths.
fn mounted(http: HttpMethod, method: &str) -> String {
    let prefix = format!("{}_", http.as_str().to_lowercase());
    let name = bare(method);
    let name = match http {
        HttpMethod::Post => name,
        _ => name.strip_prefix(&prefix).unwrap_or(name),
    };
    format!("/{}", name.trim_end_matches('_').replace('_', "-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_of_a_webhook_is_its_name_without_the_http_method() {
        for (http, method, path) in [
            (HttpMethod::Post, "order_shipped", "/order-shipped"),
            (HttpMethod::Post, "r#move", "/move"),
            (HttpMethod::Put, "put_order", "/order"),
            (HttpMethod::Get, "order", "/order"),
        ] {
            assert_eq!(mounted(http, method), path);
        }
    }
}
