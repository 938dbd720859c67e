//! A service: the operations of an API with what answers them, as a router.

use super::accept;
use super::answer::Response;
use super::authorize::{Authorize, Judge, Nobody};
use super::body;
use super::context::Context;
use super::incoming::{self, Incoming};
use super::limits::Limits;
use super::operation::Operation;
use super::parameters::{Parameters, cookies};
use super::problem::Problem;
use super::routes::{Found, NotFound, Routes};
use super::template::below;
use super::upload::Upload;
use crate::constraints::Constraints;
use crate::data::described::Scheme;
use crate::data::given::Pairs;
use axum::Router;
use axum::response::IntoResponse;
use bytes::Bytes;
use http::StatusCode;
use std::cell::RefCell;
use std::cmp::Reverse;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

/// An answer on its way.
pub type Answering = Pin<Box<dyn Future<Output = Result<Response, Problem>> + Send>>;

/// The operations of an API with what answers them.
#[must_use = "a service answers as a router"]
pub struct Service {
    routes: Vec<Route>,
}

/// A service has no such operation.
#[derive(Debug, Clone, Copy)]
pub struct NotServed(&'static Operation);

impl fmt::Display for NotServed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the service does not answer `{}`", self.0.id)
    }
}

impl std::error::Error for NotServed {}

struct Route {
    operation: &'static Operation,
    /// In place of the operation's.
    path: Option<String>,
    schemes: &'static [Scheme],
    handler: Arc<dyn Handle>,
    rules: Rules,
}

/// The settings of a service. Each route has its own, so that none of them is lost where services are put together.
struct Rules {
    base: String,
    limits: Limits,
    judge: Arc<dyn Judge>,
    authorizes: bool,
    validates: bool,
}

/// The operations by their paths.
struct Tables {
    /// Under each base: the longest goes first.
    by_base: Vec<(String, Routes)>,
    /// The widest of all, for requests of which it is not known yet which operation is meant.
    widest: Limits,
}

trait Handle: Send + Sync {
    fn handle(&self, incoming: Incoming) -> Answering;
}

/// A function of generated code, with the implementation that it calls.
struct Bound<A> {
    api: Arc<A>,
    handler: fn(Arc<A>, Incoming) -> Answering,
}

impl<A: Send + Sync> Handle for Bound<A> {
    fn handle(&self, incoming: Incoming) -> Answering {
        (self.handler)(self.api.clone(), incoming)
    }
}

/// Operations of generated code: their data, and what calls the method of each.
type Operations<A> = [(&'static Operation, fn(Arc<A>, Incoming) -> Answering)];

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let routes = self.routes.iter();
        let operations = routes.map(|route| (&route.rules.base, route.operation));
        let operations: Vec<_> = operations.collect();
        f.debug_struct("Service")
            .field("operations", &operations)
            .finish_non_exhaustive()
    }
}

impl Service {
    /// The operations that an implementation answers.
    #[doc(hidden)]
    pub fn of<A: Send + Sync + 'static>(
        api: &Arc<A>,
        base: &'static str,
        schemes: &'static [Scheme],
        operations: &Operations<A>,
    ) -> Self {
        let routes = operations.iter().map(|(operation, handler)| Route {
            operation,
            path: None,
            schemes,
            handler: Arc::new(Bound {
                api: api.clone(),
                handler: *handler,
            }),
            rules: Rules {
                base: base.to_owned(),
                limits: Limits::default(),
                judge: Arc::new(Nobody),
                authorizes: true,
                validates: true,
            },
        });
        Self {
            routes: routes.collect(),
        }
    }

    /// With the operations of another service. Those of each keep what they were told: their base, their judge, their limits.
    /// All that the service is told from now on goes for both. Of two operations of one path and method, that of this one answers.
    pub fn and(mut self, other: Self) -> Self {
        self.routes.extend(other.routes);
        self
    }

    /// Under another path than that of the document's first server, such as `/v1`; empty: under none.
    pub fn at(self, base: impl Into<String>) -> Self {
        let base = base.into();
        self.with(|rules| rules.base.clone_from(&base))
    }

    fn with(mut self, change: impl FnMut(&mut Rules)) -> Self {
        let rules = self.routes.iter_mut().map(|route| &mut route.rules);
        rules.for_each(change);
        self
    }

    /// With a webhook or a callback at another path than the one that is made of its name, such as `/hooks/orders`. It is under
    /// the base of the service as all others, and has no parameters: a service in a router that has some is
    /// [nested](Router::nest) there.
    ///
    /// # Errors
    ///
    /// [`NotServed`], where it is none of this service.
    pub fn mounted(
        mut self,
        operation: &'static Operation,
        path: impl Into<String>,
    ) -> Result<Self, NotServed> {
        let mut routes = self.routes.iter_mut();
        let route = routes.find(|route| std::ptr::eq(route.operation, operation));
        route.ok_or(NotServed(operation))?.path = Some(path.into());
        Ok(self)
    }

    /// Asks for no credentials: something before the service does, such as a layer that verifies signatures.
    pub fn without_authorization(self) -> Self {
        self.with(|rules| rules.authorizes = false)
    }

    /// With a judge of credentials. Without one, operations that need credentials are refused.
    pub fn authorized_by(self, judge: impl Authorize) -> Self {
        let judge: Arc<dyn Judge> = Arc::new(judge);
        self.with(|rules| {
            rules.judge = judge.clone();
            rules.authorizes = true;
        })
    }

    /// With other limits.
    pub fn limits(self, mut change: impl FnMut(&mut Limits)) -> Self {
        self.with(|rules| change(&mut rules.limits))
    }

    /// Answers requests that break constraints of the API's document as well: lengths, ranges, patterns, values and properties
    /// that it does not list. The types see to the rest.
    pub fn without_validation(self) -> Self {
        self.with(|rules| rules.validates = false)
    }

    /// A router that answers all requests: those for no operation with 404. Other routes go before it, as
    /// [`fallback_service`](Router::fallback_service) of theirs.
    pub fn into_router(self) -> Router {
        let routes = Tables::of(&self.routes);
        let shared = Arc::new((self, routes));
        Router::new().fallback(move |request: axum::extract::Request| {
            let shared = shared.clone();
            async move {
                let (service, routes) = &*shared;
                let answer = service.answer(routes, request).await;
                answer.unwrap_or_else(IntoResponse::into_response)
            }
        })
    }

    async fn answer(
        &self,
        routes: &Tables,
        request: axum::extract::Request,
    ) -> Result<Response, Problem> {
        let (parts, body) = request.into_parts();
        let mut context = Context { parts };
        let (route, parameters) = self.route(routes, &context)?;
        let (operation, rules) = (route.operation, &route.rules);
        if rules.authorizes {
            let judge = rules.judge.judge(route.schemes, operation, &mut context);
            judge.await?;
        }
        accept::check(context.headers(), operation.answers)?;
        let limits = rules.limits;
        let headers = context.headers();
        let is_upload = incoming::media_type(operation, headers)
            .is_ok_and(|at| at.is_some_and(|at| operation.uploads.contains(&at)));
        if !operation.bodies.is_empty() {
            body::check_coding(operation, headers, is_upload)?;
        }
        let (body, upload) = if operation.bodies.is_empty() {
            (Bytes::new(), None)
        } else if is_upload {
            body::check_length(headers, limits.upload)?;
            (Bytes::new(), Some(Upload::new(body, limits.upload)))
        } else {
            (body::read(headers, body, limits).await?, None)
        };
        let incoming = Incoming {
            operation,
            constraints: route.constraints(),
            context,
            parameters,
            body,
            upload: RefCell::new(upload),
            limits,
        };
        route.handler.handle(incoming).await
    }

    /// The operation that a request is for, and its parameters.
    fn route(&self, routes: &Tables, context: &Context) -> Result<(&Route, Parameters), Problem> {
        let uri = context.uri();
        let query = uri.query().unwrap_or_default();
        let check_length = |limits: &Limits| {
            let is_too_long = uri.path().len() + query.len() > limits.target;
            (!is_too_long)
                .then_some(())
                .ok_or_else(|| Problem::new(StatusCode::URI_TOO_LONG))
        };
        check_length(&routes.widest)?;
        let read =
            |most| Pairs::of_query(query, most).map_err(|misfit| Problem::of(misfit, "query"));
        let widest = routes.widest.parameters;
        let mut query = read(widest)?;
        let method = context.parts.method.as_str();
        let not_found = || Problem::new(StatusCode::NOT_FOUND);
        let found = routes.find(uri.path(), method, &query);
        let found = found.map_err(|error| match error {
            NotFound::Path => not_found(),
            NotFound::Method(allowed) => Problem::other_method(&allowed),
        })?;
        let route = self.routes.get(found.route).ok_or_else(not_found)?;
        check_length(&route.rules.limits)?;
        let most = route.rules.limits.parameters;
        if most < widest {
            query = read(most)?;
        }
        let cookies = Pairs::of_cookies(&cookies(context)?, most);
        let cookies = cookies.map_err(|misfit| Problem::of(misfit, "cookie"))?;
        let constraints = route.constraints();
        let parameters = Parameters::new(route.operation, constraints, &found.path, query, cookies);
        Ok((route, parameters))
    }
}

impl Route {
    /// The constraints that requests for it are held against.
    fn constraints(&self) -> Option<&'static Constraints> {
        let constraints = self.operation.constraints;
        constraints.filter(|_| self.rules.validates)
    }
}

impl Tables {
    fn of(all: &[Route]) -> Self {
        let mut tables: Vec<(String, Routes)> = Vec::new();
        // Those that have a base of their own.
        let mut elsewhere = Routes::default();
        for (number, route) in all.iter().enumerate() {
            if route.path.is_none() && route.operation.base.is_some() {
                elsewhere.add(route.operation, number);
                continue;
            }
            let base = route.rules.base.trim_end_matches('/');
            let at = tables.iter().position(|(known, _)| known == base);
            let at = at.unwrap_or_else(|| {
                tables.push((base.to_owned(), Routes::default()));
                tables.len() - 1
            });
            match &route.path {
                Some(path) => tables[at].1.put(path, route.operation, number),
                None => tables[at].1.add(route.operation, number),
            }
        }
        tables.sort_by_key(|(base, _)| Reverse(base.len()));
        tables.push((String::new(), elsewhere));
        let limits = all.iter().map(|it| it.rules.limits);
        let widest = limits.reduce(|one, other| Limits {
            target: one.target.max(other.target),
            parameters: one.parameters.max(other.parameters),
            ..one
        });
        Self {
            by_base: tables,
            widest: widest.unwrap_or_default(),
        }
    }

    fn find<'p>(&self, path: &'p str, method: &str, query: &Pairs) -> Result<Found<'p>, NotFound> {
        let mut missing = NotFound::Path;
        for (base, routes) in &self.by_base {
            let Some(path) = below(path, base) else {
                continue;
            };
            match (routes.find(path, method, query), &missing) {
                (Ok(found), _) => return Ok(found),
                (Err(error), NotFound::Path) => missing = error,
                (Err(_), NotFound::Method(_)) => {}
            }
        }
        Err(missing)
    }
}

#[cfg(test)]
mod tests {
    use super::super::authorize::{Credential, Refusal};
    use super::super::operation::Input;
    use super::*;
    use crate::data::described::{Location, Parameter, SchemeKind};

    static SCHEMES: [Scheme; 1] = [Scheme {
        name: "key",
        kind: SchemeKind::ApiKey {
            location: Location::Header,
            name: "x-key",
        },
    }];

    static OPEN: Operation = Operation {
        path: "/{parts}",
        parameters: &[Input::new(Parameter::path("parts"))],
        ..Operation::NEW
    };

    static GUARDED: Operation = Operation {
        path: "/orders",
        security: &[&[(0, &[])]],
        ..Operation::NEW
    };

    /// Lets in one key.
    struct Key(&'static str);

    impl Authorize for Key {
        type Principal = ();

        async fn authorize(
            &self,
            _: &'static Scheme,
            credential: Credential<'_>,
            _: &'static [&'static str],
            _: &'static Operation,
        ) -> Result<(), Refusal> {
            match credential {
                Credential::ApiKey(key) if key == self.0 => Ok(()),
                _ => Err(Refusal::Unauthorized),
            }
        }
    }

    fn service(operation: &'static Operation) -> Service {
        fn answer(_: Arc<()>, _: Incoming) -> Answering {
            Box::pin(async { Ok(Response::default()) })
        }
        Service::of(&Arc::new(()), "/v1", &SCHEMES, &[(operation, answer)])
    }

    async fn status(service: &Service, target: &str, key: &str) -> u16 {
        let request = axum::extract::Request::builder().uri(target);
        let request = request.header("x-key", key);
        let request = request.body(axum::body::Body::empty()).expect("a request");
        let answer = service.answer(&Tables::of(&service.routes), request).await;
        answer
            .unwrap_or_else(IntoResponse::into_response)
            .status()
            .as_u16()
    }

    #[tokio::test]
    async fn services_that_are_put_together_keep_what_each_was_told() {
        let guarded = service(&GUARDED).at("/hooks").authorized_by(Key("a"));
        let narrow = guarded.limits(|limits| limits.parameters = 1);
        let both = service(&OPEN).without_authorization().and(narrow);
        for (target, key, expected) in [
            ("/hooks/orders", "", 401),
            ("/hooks/orders", "b", 401),
            ("/hooks/orders?x=1", "a", 200),
            ("/hooks/orders?x=1&y=1", "a", 400),
            ("/v1/orders?x=1&y=1", "", 200),
            ("/hooks/parts", "", 404),
            ("/orders", "a", 404),
        ] {
            assert_eq!(status(&both, target, key).await, expected, "{target} {key}");
        }
    }

    #[tokio::test]
    async fn a_service_put_together_with_one_that_has_a_judge_gets_none_of_it() {
        let both = service(&OPEN).authorized_by(Key("a"));
        let both = both.and(service(&GUARDED).at("/private"));
        assert_eq!(status(&both, "/private/orders", "a").await, 401);
        let both = both.authorized_by(Key("b")).at("/v2");
        assert_eq!(status(&both, "/v2/orders", "b").await, 200);
        assert_eq!(status(&both, "/v2/parts", "").await, 200);
    }

    #[tokio::test]
    async fn a_longer_base_goes_first_and_another_is_tried_after_it() {
        let both = service(&OPEN).at("").and(service(&GUARDED).at("/hooks"));
        let both = both.without_authorization();
        for (target, expected) in [("/hooks", 200), ("/hooks/orders", 200), ("/hooks/x", 404)] {
            assert_eq!(status(&both, target, "").await, expected, "{target}");
        }
    }
}
