//! Clients of the API: made here, with a secret that is shown once.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Request, State as Shared};
use http::StatusCode;
use secrecy::SecretString;
use uuid::Uuid;

use super::door::{self, Answered, Frame};
use crate::app::App;
use crate::builder::random_secret;
use crate::client::{Client, scope};
use crate::lock::lock;
use crate::pages::page;
use crate::rate_limit::RateLimit;
use crate::server::TOKEN_PATH;

pub(super) const PATH: &str = "/admin/clients";

/// The limits of the documentation, by their names there.
const LIMITS: [(&str, Option<RateLimit>); 4] = [
    ("low", Some(RateLimit::LOW)),
    ("standard", Some(RateLimit::STANDARD)),
    ("high", Some(RateLimit::HIGH)),
    ("none", None),
];

#[derive(Template)]
#[template(path = "admin_clients.html")]
struct Clients {
    frame: Frame,
    clients: Vec<Row>,
    scopes: Vec<&'static str>,
    limits: Vec<&'static str>,
    token_url: String,
}

struct Row {
    name: String,
    id: String,
    scopes: String,
    limit: String,
}

pub(super) async fn show(Shared(app): Shared<Arc<App>>, request: Request) -> Answered {
    let frame = door::frame(&app, &request, PATH)?;
    let url = app.url_for(request.headers());
    let row = |client: &Client| Row {
        name: client.name.clone(),
        id: client.id.clone(),
        scopes: client.scopes.join(", "),
        limit: limit(client.rate_limit),
    };
    let clients = Clients {
        frame,
        clients: lock(&app.access).clients().iter().map(row).collect(),
        scopes: scopes(),
        limits: LIMITS.map(|(name, _)| name).to_vec(),
        token_url: format!("{}{TOKEN_PATH}", url.as_str().trim_end_matches('/')),
    };
    Ok(page(StatusCode::OK, &clients, None))
}

pub(super) async fn create(Shared(app): Shared<Arc<App>>, request: Request) -> Answered {
    let form = door::form(&app, request).await?;
    let name: String = form.text("name").chars().take(60).collect();
    if name.is_empty() {
        return form.refused(&app, PATH, "A client needs a name.");
    }
    let known = scopes();
    let granted = form.fields.all("scope").filter(|it| known.contains(it));
    let limit = LIMITS.iter().find(|(name, _)| *name == form.text("limit"));
    let secret = random_secret("secret");
    let mut client = Client::new(Uuid::new_v4().simple().to_string(), secret.clone())
        .scopes(granted)
        .rate_limit(limit.map_or(Some(RateLimit::LOW), |(_, limit)| *limit));
    if client.scopes.is_empty() {
        return form.refused(&app, PATH, "A client without any scope can do nothing.");
    }
    let text = format!("Client {name} has the id {}.", client.id);
    client.name = name;
    lock(&app.access).add(client);
    form.done_with_secret(&app, PATH, text, ("Client secret", secret))
}

pub(super) async fn rotate(
    Shared(app): Shared<Arc<App>>,
    Path(id): Path<String>,
    request: Request,
) -> Answered {
    let form = door::form(&app, request).await?;
    let secret = random_secret("secret");
    let is_set = lock(&app.access).set_secret(&id, SecretString::from(secret.clone()));
    if !is_set {
        return form.refused(&app, PATH, "There is no such client.");
    }
    let text = format!("Client {id} has a new secret; tokens that it has stay valid.");
    form.done_with_secret(&app, PATH, text, ("Client secret", secret))
}

pub(super) async fn revoke(
    Shared(app): Shared<Arc<App>>,
    Path(id): Path<String>,
    request: Request,
) -> Answered {
    let form = door::form(&app, request).await?;
    let is_gone = lock(&app.access).revoke(&id);
    match is_gone {
        true => form.done(&app, PATH, format!("Client {id} is shut out.")),
        false => form.refused(&app, PATH, "There is no such client."),
    }
}

fn scopes() -> Vec<&'static str> {
    let granted_by_a_super_admin = [scope::LOCATIONS_WRITE, scope::WEBHOOKS_SUBSCRIBE];
    let ordinary = scope::ORDINARY.into_iter();
    ordinary.chain(granted_by_a_super_admin).collect()
}

fn limit(limit: Option<RateLimit>) -> String {
    let known = LIMITS.iter().find(|(_, known)| *known == limit);
    match (known, limit) {
        (Some((name, _)), _) => (*name).to_owned(),
        (None, Some(limit)) => format!("{} at once, {}/s", limit.burst, limit.sustained),
        (None, None) => String::new(),
    }
}
