//! Signing in and out, and the proof of it that each page and form asks for.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Request, State as Shared};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::HOST;
use http::{HeaderMap, Method, StatusCode};
use url::{Host, Url};

use super::transactions;
use crate::api::parameters::Parameters;
use crate::app::App;
use crate::pages::{cookie, notice, page, see_other};
use crate::server::{FormError, read_form};
use crate::state::{Admin, News};

/// The cookie of the portal.
const SESSION: &str = "tilt_admin";

/// A page, or why there is none.
pub(super) type Answered = Result<Response, Stopped>;

/// Why somebody does not see a page, or a form has no effect.
pub(super) enum Stopped {
    /// Nobody is signed in.
    AtTheDoor,
    /// The form is none of this session's.
    Foreign,
    Form(FormError),
}

impl IntoResponse for Stopped {
    fn into_response(self) -> Response {
        match self {
            Self::AtTheDoor => see_other("/admin"),
            Self::Foreign => notice(
                StatusCode::FORBIDDEN,
                "Not sent",
                "This form did not come from a page of this portal. Nothing was done.",
            ),
            Self::Form(error) => error.into_response(),
        }
    }
}

/// The frame around each page.
pub(super) struct Frame {
    pub(super) here: &'static str,
    pub(super) form_token: String,
    pub(super) news: Option<News>,
}

/// Stops who comes by a name that is none of this machine's: whoever has a name can let it lead here, and their pages were
/// of one origin with the portal then, which asks for no password.
pub(super) async fn by_own_name(
    Shared(app): Shared<Arc<App>>,
    request: Request,
    next: Next,
) -> Response {
    let host = request.headers().get(HOST).and_then(|it| it.to_str().ok());
    let host = host.or_else(|| Some(request.uri().authority()?.as_str()));
    if app.is_open() || host.is_none_or(is_of_this_machine) {
        return next.run(request).await;
    }
    notice(
        StatusCode::MISDIRECTED_REQUEST,
        "Not by this name",
        "The portal answers to localhost and to the address that it was started with.",
    )
}

fn is_of_this_machine(host: &str) -> bool {
    let url = Url::parse(&format!("http://{host}/"));
    url.is_ok_and(|url| match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => true,
        None => false,
    })
}

#[derive(Template)]
#[template(path = "admin_sign_in.html")]
struct SignIn;

pub(super) async fn show(Shared(app): Shared<Arc<App>>, request: Request) -> Response {
    match form_token(&app, request.headers()) {
        Some(_) => see_other(transactions::PATH),
        None => page(StatusCode::OK, &SignIn, None),
    }
}

pub(super) async fn sign_in(Shared(app): Shared<Arc<App>>) -> Response {
    let session = app.change(|state, now| state.admins.enter(Admin::default(), now));
    cookie::keep(
        see_other(transactions::PATH),
        SESSION,
        &session,
        cookie::From::Here,
    )
}

pub(super) async fn sign_out(Shared(app): Shared<Arc<App>>, request: Request) -> Answered {
    let headers = request.headers().clone();
    form(&app, request).await?;
    if let Some(name) = cookie::session(&headers, SESSION) {
        app.change(|state, _| state.admins.leave(name));
    }
    Ok(cookie::forget(see_other("/admin"), SESSION))
}

/// The frame of a page for somebody who is signed in; others are shown the door.
///
/// A page looks again by itself, and so may another window: only the address that a form led to has its news.
pub(super) fn frame(app: &App, request: &Request, here: &'static str) -> Result<Frame, Stopped> {
    let name = cookie::session(request.headers(), SESSION).unwrap_or_default();
    let query = Parameters::query(request.uri().query());
    let told = query.text("news").ok().flatten();
    let told = told.filter(|_| request.method() == Method::GET);
    app.change(|state, now| {
        let session = state.admins.get_mut(name, now)?;
        Some(Frame {
            here,
            form_token: session.form_token.clone(),
            news: told.and_then(|told| session.of.take(told)),
        })
    })
    .ok_or(Stopped::AtTheDoor)
}

/// The fields of a form that came from a page of the portal.
pub(super) async fn form(app: &App, request: Request) -> Result<Form, Stopped> {
    let headers = request.headers().clone();
    let fields = read_form(request).await.map_err(Stopped::Form)?;
    let expected = form_token(app, &headers).ok_or(Stopped::AtTheDoor)?;
    match fields.text("form_token").ok().flatten() == Some(expected.as_str()) {
        true => Ok(Form { headers, fields }),
        false => Err(Stopped::Foreign),
    }
}

/// A form, and where its news go.
pub(super) struct Form {
    headers: HeaderMap,
    pub(super) fields: Parameters,
}

impl Form {
    pub(super) fn text(&self, name: &str) -> &str {
        let value = self.fields.text(name).ok().flatten();
        value.unwrap_or_default().trim()
    }

    /// Leads to a page, which says this once.
    pub(super) fn done(&self, app: &App, path: &str, text: impl Into<String>) -> Answered {
        self.tell(app, path, text.into(), false, None)
    }

    pub(super) fn refused(&self, app: &App, path: &str, text: impl Into<String>) -> Answered {
        self.tell(app, path, text.into(), true, None)
    }

    pub(super) fn done_with_secret(
        &self,
        app: &App,
        path: &str,
        text: impl Into<String>,
        secret: (&'static str, String),
    ) -> Answered {
        self.tell(app, path, text.into(), false, Some(secret))
    }

    fn tell(
        &self,
        app: &App,
        path: &str,
        text: String,
        is_bad: bool,
        secret: Option<(&'static str, String)>,
    ) -> Answered {
        let name = cookie::session(&self.headers, SESSION).unwrap_or_default();
        let news = News {
            text,
            is_bad,
            secret,
        };
        let told = app.change(|state, now| {
            let session = state.admins.get_mut(name, now)?;
            Some(session.of.tell(news))
        });
        let told = told.ok_or(Stopped::AtTheDoor)?;
        Ok(see_other(&format!("{path}?news={told}")))
    }
}

fn form_token(app: &App, headers: &HeaderMap) -> Option<String> {
    let name = cookie::session(headers, SESSION)?;
    let now = app.clock.now();
    app.read(|state| Some(state.admins.get(name, now)?.form_token.clone()))
}
