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
use super::routes::{NotFound, Routes};
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
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

/// An answer on its way.
pub type Answering = Pin<Box<dyn Future<Output = Result<Response, Problem>> + Send>>;

/// The operations of an API with what answers them.
#[must_use = "a service answers as a router"]
pub struct Service {
    base: String,
    routes: Vec<Route>,
    limits: Limits,
    judge: Arc<dyn Judge>,
    authorizes: bool,
    validates: bool,
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
}

/// The operations by their paths.
#[derive(Default)]
struct Tables {
    under_base: Routes,
    /// Those that have a base of their own.
    elsewhere: Routes,
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
        let operations: Vec<_> = self.routes.iter().map(|route| route.operation).collect();
        f.debug_struct("Service")
            .field("base", &self.base)
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
        });
        Self {
            base: base.to_owned(),
            routes: routes.collect(),
            limits: Limits::default(),
            judge: Arc::new(Nobody),
            authorizes: true,
            validates: true,
        }
    }

    /// With the operations of another service, under the base, the limits and the judge of this one.
    pub fn and(mut self, other: Self) -> Self {
        self.routes.extend(other.routes);
        self
    }

    /// Under another path than that of the document's first server, such as `/v1`; empty: under none.
    pub fn at(mut self, base: impl Into<String>) -> Self {
        self.base = base.into();
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
    pub fn without_authorization(mut self) -> Self {
        self.authorizes = false;
        self
    }

    /// With a judge of credentials. Without one, operations that need credentials are refused.
    pub fn authorized_by(mut self, judge: impl Authorize) -> Self {
        self.judge = Arc::new(judge);
        self
    }

    /// With other limits.
    pub fn limits(mut self, change: impl FnOnce(&mut Limits)) -> Self {
        change(&mut self.limits);
        self
    }

    /// Answers requests that break constraints of the API's document as well: lengths, ranges, patterns, values and properties
    /// that it does not list. The types see to the rest.
    pub fn without_validation(mut self) -> Self {
        self.validates = false;
        self
    }

    /// A router that answers all requests: those for no operation with 404. Other routes go before it, as
    /// [`fallback_service`](Router::fallback_service) of theirs.
    pub fn into_router(self) -> Router {
        let mut routes = Tables::default();
        for (number, route) in self.routes.iter().enumerate() {
            match (&route.path, route.operation.base) {
                (Some(path), _) => routes.under_base.put(path, route.operation, number),
                (None, None) => routes.under_base.add(route.operation, number),
                (None, Some(_)) => routes.elsewhere.add(route.operation, number),
            }
        }
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
        let operation = route.operation;
        if self.authorizes {
            let judge = self.judge.judge(route.schemes, operation, &mut context);
            judge.await?;
        }
        accept::check(context.headers(), operation.answers)?;
        let limits = self.limits;
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
            constraints: self.constraints(operation),
            context,
            parameters,
            body,
            upload: RefCell::new(upload),
            limits,
        };
        route.handler.handle(incoming).await
    }

    /// The constraints that requests for an operation are held against.
    fn constraints(&self, operation: &Operation) -> Option<&'static Constraints> {
        operation.constraints.filter(|_| self.validates)
    }

    /// The operation that a request is for, and its parameters.
    fn route(&self, routes: &Tables, context: &Context) -> Result<(&Route, Parameters), Problem> {
        let uri = context.uri();
        let query = uri.query().unwrap_or_default();
        let most = self.limits.parameters;
        if uri.path().len() + query.len() > self.limits.target {
            return Err(Problem::new(StatusCode::URI_TOO_LONG));
        }
        let not_found = || Problem::new(StatusCode::NOT_FOUND);
        let path = below(uri.path(), &self.base);
        let query = Pairs::of_query(query, most).map_err(|misfit| Problem::of(misfit, "query"))?;
        let method = context.parts.method.as_str();
        let found = match path {
            Some(path) => routes.under_base.find(path, method, &query),
            None => Err(NotFound::Path),
        };
        let found = match (found, routes.elsewhere.find(uri.path(), method, &query)) {
            (Err(_), Ok(found)) => Ok(found),
            (Err(NotFound::Path), other) => other,
            (found, _) => found,
        };
        let found = found.map_err(|error| match error {
            NotFound::Path => not_found(),
            NotFound::Method(allowed) => Problem::other_method(&allowed),
        })?;
        let route = self.routes.get(found.route).ok_or_else(not_found)?;
        let cookies = Pairs::of_cookies(&cookies(context)?, most);
        let cookies = cookies.map_err(|misfit| Problem::of(misfit, "cookie"))?;
        let constraints = self.constraints(route.operation);
        let parameters = Parameters::new(route.operation, constraints, &found.path, query, cookies);
        Ok((route, parameters))
    }
}
