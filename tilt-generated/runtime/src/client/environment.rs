//! Where an API runs.

use super::error::Error;
use super::server_url;
use super::variable::Variable;
use std::borrow::Cow;
use std::fmt;
use url::Url;

/// Where an API runs, as data. Generated crates have an enum of the documented ones.
#[derive(Clone)]
pub struct Environment {
    url: Cow<'static, str>,
    token_url: Option<Cow<'static, str>>,
    variables: &'static [Variable],
    /// Names that only the servers of operations have.
    operation_variables: &'static [&'static str],
    custom: bool,
}

/// Shows documented URLs, and of others the origin: users may have put a secret into one.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |url: &Cow<'static, str>| match url {
            Cow::Borrowed(documented) => (*documented).to_owned(),
            Cow::Owned(url) => Url::parse(url).map_or("[REDACTED]".to_owned(), |url| origin(&url)),
        };
        f.debug_struct("Environment")
            .field("url", &shown(&self.url))
            .field("token_url", &self.token_url.as_ref().map(shown))
            .finish_non_exhaustive()
    }
}

impl Environment {
    /// An environment that the API documents.
    #[must_use]
    pub const fn documented(
        url: &'static str,
        token_url: Option<&'static str>,
        variables: &'static [Variable],
    ) -> Self {
        Self {
            url: Cow::Borrowed(url),
            token_url: match token_url {
                Some(url) => Some(Cow::Borrowed(url)),
                None => None,
            },
            variables,
            operation_variables: &[],
            custom: false,
        }
    }

    /// Lets users set the variables in the servers that operations have of their own, by their names.
    #[must_use]
    pub fn operation_variables(mut self, names: &'static [&'static str]) -> Self {
        self.operation_variables = names;
        self
    }

    /// Any other, such as a local stand-in. All requests go there, also those of operations that
    /// have a documented server of their own.
    #[must_use]
    pub fn custom(url: impl Into<String>, token_url: Option<String>) -> Self {
        Self {
            url: Cow::Owned(url.into()),
            token_url: token_url.map(Cow::Owned),
            variables: &[],
            operation_variables: &[],
            custom: true,
        }
    }

    /// The same, with tokens from this endpoint.
    #[must_use]
    pub fn with_token_url(mut self, token_url: impl Into<String>) -> Self {
        self.token_url = Some(Cow::Owned(token_url.into()));
        self
    }

    /// Its own token endpoint, or else the one that the API documents. Credentials of another environment are
    /// none of a documented endpoint that stands elsewhere.
    fn token_url<'t>(&'t self, documented: Option<&'t str>) -> Option<&'t str> {
        let documented = documented.filter(|text| !self.custom || Url::parse(text).is_err());
        self.token_url.as_deref().or(documented)
    }

    fn has_any(&self, chosen: &[(String, String)]) -> bool {
        let is_chosen = |variable: &Variable| chosen.iter().any(|(name, _)| name == variable.name);
        self.variables.iter().any(is_chosen)
    }
}

/// Scheme, host and port, without what may stand beside them.
fn origin(url: &Url) -> String {
    match url.origin() {
        origin if origin.is_tuple() => origin.ascii_serialization(),
        _ => "[REDACTED]".to_owned(),
    }
}

/// The URLs of an environment, checked.
pub(crate) struct Endpoints {
    /// Without a slash at its end.
    pub(crate) base: String,
    url: Url,
    pub(crate) token_url: Option<Url>,
    pub(crate) custom: bool,
    /// As the user gives them: for this URL, and for the servers of operations.
    variables: Vec<(String, String)>,
    /// Whether any of these is in this URL.
    has_variables: bool,
    allow_plain_http: bool,
}

/// Shows where requests go, but neither the path nor values of variables: users may have put a secret there.
impl fmt::Debug for Endpoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = match self.has_variables {
            true => "[REDACTED]".to_owned(),
            false => origin(&self.url),
        };
        f.write_str(&shown)
    }
}

impl Endpoints {
    pub(crate) fn new(
        environment: &Environment,
        base_url: Option<&str>,
        variables: &[(String, String)],
        token_url: Option<&str>,
        allow_plain_http: bool,
    ) -> Result<Self, Error> {
        let is_known = |name: &str| {
            environment.variables.iter().any(|it| it.name == name)
                || environment.operation_variables.contains(&name)
        };
        if let Some((name, _)) = variables.iter().find(|(name, _)| !is_known(name)) {
            return Err(Error::config(format!(
                "the environment's URL has no variable `{name}`"
            )));
        }
        let text = expanded(environment, base_url, variables)?;
        let url = match (Url::parse(&text), base_url) {
            (Ok(url), None) => url,
            (Err(url::ParseError::RelativeUrlWithoutBase), None) => {
                return Err(Error::config(
                    "the API's URL is relative: give the builder a `base_url`",
                ));
            }
            (Err(error), None) => {
                return Err(Error::config(format!(
                    "the API's URL is not valid: {error}"
                )));
            }
            (Ok(_), Some(base)) => absolute(base)?,
            (Err(_), Some(base)) => absolute(base)?
                .join(&text)
                .map_err(|error| Error::config(format!("the API's URL is not valid: {error}")))?,
        };
        check("the API's URL", &url, allow_plain_http)?;
        if url.query().is_some() || url.fragment().is_some() {
            return Err(Error::config("the API's URL has a query or a fragment"));
        }
        let token_url = match environment.token_url(token_url) {
            None => None,
            Some(text) => {
                let token_url = url.join(text).map_err(|error| {
                    Error::config(format!("the token endpoint's URL is not valid: {error}"))
                })?;
                check("the token endpoint's URL", &token_url, allow_plain_http)?;
                Some(token_url)
            }
        };
        Ok(Self {
            base: url.as_str().trim_end_matches('/').to_owned(),
            url,
            token_url,
            custom: environment.custom || base_url.is_some(),
            variables: variables.to_vec(),
            has_variables: environment.has_any(variables),
            allow_plain_http,
        })
    }

    /// All URLs that are known before any call.
    pub(crate) fn urls(&self) -> impl Iterator<Item = &Url> {
        std::iter::once(&self.url).chain(&self.token_url)
    }

    /// The base of an operation that has a server of its own.
    pub(crate) fn base_of(
        &self,
        server: &str,
        variables: &'static [Variable],
    ) -> Result<String, Error> {
        let text = server_url::expand(server, variables, &self.variables)?;
        let url = self.url.join(&text).map_err(|error| {
            Error::config(format!("the operation's server is no valid URL: {error}"))
        })?;
        check("the operation's server", &url, self.allow_plain_http)?;
        // Paths stand behind it.
        if url.query().is_some() || url.fragment().is_some() {
            let message = "the operation's server has a query or a fragment";
            return Err(Error::config(message));
        }
        Ok(url.as_str().trim_end_matches('/').to_owned())
    }
}

/// The URL of an environment. Another base takes the place of all that an absolute one says.
fn expanded(
    environment: &Environment,
    base_url: Option<&str>,
    variables: &[(String, String)],
) -> Result<String, Error> {
    let is_replaced = environment.url.contains("://")
        && server_url::lacks_a_value(environment.variables, variables);
    match base_url.filter(|_| is_replaced) {
        Some(base) => Ok(base.to_owned()),
        None => server_url::expand(&environment.url, environment.variables, variables),
    }
}

fn absolute(base: &str) -> Result<Url, Error> {
    Url::parse(base).map_err(|error| Error::config(format!("`base_url` is not valid: {error}")))
}

/// Credentials travel only encrypted, or not at all.
fn check(what: &str, url: &Url, allow_plain_http: bool) -> Result<(), Error> {
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Error::config(format!("{what} has credentials in it")));
    }
    match url.scheme() {
        "https" => Ok(()),
        "http" if allow_plain_http || is_loopback(url) => Ok(()),
        "http" => Err(Error::config(format!(
            "{what} is not https: `allow_plain_http` allows that"
        ))),
        _ => Err(Error::config(format!("{what} is neither https nor http"))),
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        // A name below it is whatever the machine's resolver makes of it.
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(environment: &Environment, base_url: Option<&str>) -> Result<String, String> {
        Endpoints::new(environment, base_url, &[], None, false)
            .map(|place| place.base)
            .map_err(|error| error.to_string())
    }

    fn custom(url: &str) -> Environment {
        Environment::custom(url, None)
    }

    #[test]
    fn plain_http_is_for_loopback() {
        assert!(base(&custom("http://127.0.0.1:8080/"), None).is_ok());
        assert!(base(&custom("http://[::1]:8080"), None).is_ok());
        assert!(base(&custom("http://localhost"), None).is_ok());
        assert!(base(&custom("http://localhost.example.com"), None).is_err());
        assert!(base(&custom("http://foo.localhost"), None).is_err());
        assert!(base(&custom("http://example.com"), None).is_err());
        assert!(base(&custom("ftp://localhost"), None).is_err());
        let allowed = Endpoints::new(&custom("http://example.com"), None, &[], None, true);
        assert!(allowed.is_ok());
    }

    #[test]
    fn no_path_stands_behind_a_query() {
        let endpoints = Endpoints::new(&custom("https://x.test/v1"), None, &[], None, false);
        let base_of = |server| endpoints.as_ref().ok()?.base_of(server, &[]).ok();
        assert_eq!(base_of("/v2/").as_deref(), Some("https://x.test/v2"));
        assert_eq!(base_of("https://y.test/?a=b"), None);
        assert_eq!(base_of("https://y.test/#a"), None);
        assert!(base(&custom("https://x.test/v1?a=b"), None).is_err());
    }

    #[test]
    fn another_base_needs_no_value_of_a_variable_without_a_default() {
        static VARIABLES: &[Variable] = &[Variable {
            name: "a",
            default: "{a}",
            allowed: &[],
        }];
        let lacking = Environment::documented("https://{a}.example.com/v1", None, VARIABLES);
        assert!(base(&lacking, None).is_err());
        let other = base(&lacking, Some("https://x.test/v2"));
        assert_eq!(other.as_deref(), Ok("https://x.test/v2"));
        let relative = Environment::documented("/{a}/v1", None, VARIABLES);
        assert!(base(&relative, Some("https://x.test")).is_err());
    }

    #[test]
    fn another_environment_does_not_ask_the_documented_endpoint_for_tokens() {
        let documented = Some("https://auth.example.com/token");
        let token_url = |environment: &Environment, documented| {
            let endpoints = Endpoints::new(environment, None, &[], documented, false);
            let url = endpoints.ok().and_then(|it| it.token_url);
            url.map(String::from)
        };
        let other = custom("https://x.test");
        assert_eq!(token_url(&other, documented), None);
        let beside = token_url(&other, Some("/token"));
        assert_eq!(beside.as_deref(), Some("https://x.test/token"));
        let own = other.with_token_url("https://x.test/own");
        let own = token_url(&own, documented);
        assert_eq!(own.as_deref(), Some("https://x.test/own"));
    }

    #[test]
    fn a_plain_token_url_is_refused_as_well() {
        let environment = Environment::custom(
            "https://example.com",
            Some("http://example.com/t".to_owned()),
        );
        assert_eq!(
            base(&environment, None),
            Err("the token endpoint's URL is not https: `allow_plain_http` allows that".to_owned())
        );
    }

    #[test]
    fn a_relative_url_needs_a_base() {
        const RELATIVE: Environment = Environment::documented("/v1/", None, &[]);
        assert!(base(&RELATIVE, None).is_err());
        assert_eq!(
            base(&RELATIVE, Some("https://example.com/x")),
            Ok("https://example.com/v1".to_owned())
        );
    }

    #[test]
    fn variables_have_defaults_and_allowed_values() {
        const REGIONAL: Environment = Environment::documented(
            "https://{region}.example.com/{version}",
            None,
            &[
                Variable {
                    name: "region",
                    default: "eu",
                    allowed: &["eu", "us"],
                },
                Variable {
                    name: "version",
                    default: "v1",
                    allowed: &[],
                },
            ],
        );
        let with = |name: &str, value: &str| {
            let variables = [(name.to_owned(), value.to_owned())];
            let place = Endpoints::new(&REGIONAL, None, &variables, None, false);
            place
                .map(|place| place.base)
                .map_err(|error| error.to_string())
        };
        assert_eq!(
            base(&REGIONAL, None),
            Ok("https://eu.example.com/v1".to_owned())
        );
        assert_eq!(
            with("region", "us"),
            Ok("https://us.example.com/v1".to_owned())
        );
        assert_eq!(
            with("region", "x"),
            Err(
                "the server variable `region` cannot be what was given: it is one of eu, us"
                    .to_owned()
            )
        );
        assert_eq!(
            with("realm", "x"),
            Err("the environment's URL has no variable `realm`".to_owned())
        );
    }

    #[test]
    fn variables_of_an_operations_own_server_have_defaults_and_are_set_by_name() {
        const REGION: &[Variable] = &[Variable {
            name: "region",
            default: "eu",
            allowed: &[],
        }];
        let documented = || Environment::documented("https://example.com", None, &[]);
        let own = |environment: Environment, chosen: &[(String, String)]| {
            Endpoints::new(&environment, None, chosen, None, false)?
                .base_of("https://{region}.example.org/v1/", REGION)
        };
        let text = |result: Result<String, Error>| result.map_err(|error| error.to_string());
        assert_eq!(
            text(own(documented(), &[])),
            Ok("https://eu.example.org/v1".to_owned())
        );
        let us = [("region".to_owned(), "us".to_owned())];
        let knowing = || documented().operation_variables(&["region"]);
        assert_eq!(
            text(own(knowing(), &us)),
            Ok("https://us.example.org/v1".to_owned())
        );
        assert!(text(own(documented(), &us)).is_err());
        let elsewhere = [("region".to_owned(), "evil.com/".to_owned())];
        assert!(text(own(knowing(), &elsewhere)).is_err());
    }

    #[test]
    fn a_url_with_credentials_is_refused_without_showing_them() {
        assert_eq!(
            base(&custom("https://user:hunter2@example.com"), None),
            Err("the API's URL has credentials in it".to_owned())
        );
    }
}
