//! A DMS as a source of vehicles.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jsonschema::Validator;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use tilt_runtime as rt;
use tilt_sandbox::{InventoryPage, InventoryPages, InventorySource, NextPage};
use url::{Host, Url};

use crate::generated::{Client, Environment};
use crate::mapping::{Mapping, MappingError};
use crate::vehicles::offers;

/// The mapping that the client was generated with.
const MAPPING: &str = include_str!("../../fixtures/dms/mapping.toml");

/// The most bytes of a page.
const MOST_BYTES: usize = 8 << 20;

/// The most time that a page may take.
const MOST_TIME: Duration = Duration::from_secs(20);

/// A dealer management system, by the client that is generated from its document.
#[derive(Clone)]
pub struct Dms {
    url: Url,
    client: Client,
    mapping: Arc<Mapping>,
}

/// Why there is no client for a DMS.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DmsError {
    /// The mapping is none.
    #[error(transparent)]
    Mapping(#[from] MappingError),
    /// The address is none.
    #[error("`{url}` is no address of a DMS")]
    Url {
        /// The text.
        url: String,
    },
    /// The address is of another machine, and what is read of it could be changed on the way.
    #[error("the address of a DMS on another machine has to be https: `{url}` is not")]
    NotHttps {
        /// The address.
        url: Url,
    },
    /// The mapping has no header for the secret.
    #[error("there is a secret, and the mapping has no `[auth]` that says where it goes")]
    NoHeader,
    /// The mapping sends a secret, and there is none.
    #[error("the mapping has `[auth]`, and there is no secret to send")]
    NoSecret,
    /// The client cannot be set up so.
    #[error("the client of the DMS cannot be set up: {0}")]
    Client(#[from] Box<rt::Error>),
}

impl Dms {
    /// The DMS at an address, by the mapping in `tests/fixtures/dms/`. A secret goes where the mapping says.
    ///
    /// # Errors
    ///
    /// When the mapping, the address and the secret do not fit together.
    pub fn new(url: &str, secret: Option<SecretString>) -> Result<Self, DmsError> {
        Self::with(Mapping::from_toml(MAPPING)?, url, secret)
    }

    /// The same by another mapping; its operation is the one that the client was generated with.
    ///
    /// # Errors
    ///
    /// As for [`new`](Self::new).
    pub fn with(
        mapping: Mapping,
        url: &str,
        secret: Option<SecretString>,
    ) -> Result<Self, DmsError> {
        let parsed = Url::parse(url).ok();
        let parsed = parsed.filter(|url| url.username().is_empty() && url.password().is_none());
        let Some(parsed) = parsed else {
            // It may have a password in it.
            let url = url.split('@').next_back().unwrap_or_default().to_owned();
            return Err(DmsError::Url { url });
        };
        if parsed.scheme() == "http" && !is_of_this_machine(&parsed) {
            return Err(DmsError::NotHttps { url: parsed });
        }
        tilt_sandbox::install_tls_provider();
        let mut builder = Client::builder(Environment::custom(url))
            .without_authentication()
            .attempts(1)
            .timeout(MOST_TIME)
            .response_limit(MOST_BYTES);
        match (&mapping.auth, secret) {
            (None, None) => {}
            (None, Some(_)) => return Err(DmsError::NoHeader),
            (Some(_), None) => return Err(DmsError::NoSecret),
            (Some(auth), Some(secret)) => {
                let value = format!("{}{}", auth.prefix, secret.expose_secret());
                builder = builder.default_header(&auth.header, value);
            }
        }
        Ok(Self {
            url: parsed,
            client: builder.build().map_err(Box::new)?,
            mapping: Arc::new(mapping),
        })
    }
}

/// A server on this machine is read by plain http as well.
fn is_of_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Neither credentials nor what is in them.
impl fmt::Debug for Dms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dms")
            .field("url", &self.url.as_str())
            .finish_non_exhaustive()
    }
}

impl InventorySource for Dms {
    fn name(&self) -> String {
        let mut url = self.url.clone();
        url.set_query(None);
        url.to_string()
    }

    fn read(&self, known: Option<&str>) -> Box<dyn InventoryPages> {
        // The mapping's operation has this name in every client. Where a document asks for more than the call, such as the
        // id of a dealer in the path, this is the line that has to give it.
        let mut call = self.client.inventory().list();
        if let Some(known) = known {
            call = call.header("If-None-Match", known);
        }
        walk(call.pages(), self.mapping.clone())
    }
}

/// A walk over pages of a type that the document has.
struct Walk<T: rt::Wire + 'static> {
    pages: rt::Pages<rt::Json<T>>,
    mapping: Arc<Mapping>,
    /// The schema of a page in the document.
    schema: Result<Validator, String>,
}

fn walk<T>(pages: rt::Pages<rt::Json<T>>, mapping: Arc<Mapping>) -> Box<dyn InventoryPages>
where
    T: rt::Wire + Serialize + rt::schemars::JsonSchema + Send + Sync + 'static,
{
    let schema = rt::schemars::SchemaGenerator::default().into_root_schema_for::<T>();
    let schema = jsonschema::validator_for(schema.as_value());
    Box::new(Walk {
        pages,
        mapping,
        schema: schema.map_err(|error| error.to_string()),
    })
}

impl<T> InventoryPages for Walk<T>
where
    T: rt::Wire + Serialize + Send + Sync + 'static,
{
    fn next(&mut self) -> NextPage<'_> {
        Box::pin(async move {
            let page = match self.pages.try_next().await {
                Ok(Some(page)) => page,
                Ok(None) => return Ok(None),
                Err(error) if error.status() == Some(http::StatusCode::NOT_MODIFIED) => {
                    return Ok(Some(InventoryPage::Unchanged));
                }
                Err(error) => return Err(error.into()),
            };
            let schema = self.schema.as_ref().map_err(Clone::clone)?;
            let body = serde_json::to_value(page.body())?;
            let is_of_all = self.mapping.list.etag_of_the_whole;
            let etag = page.header("ETag").filter(|_| is_of_all);
            Ok(Some(InventoryPage::Listed {
                offers: offers(&body, &self.mapping, schema)?,
                validator: etag.map(str::to_owned),
            }))
        })
    }
}
