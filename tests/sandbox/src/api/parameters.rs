//! Path and query parameters.

use uuid::Uuid;

use super::ApiError;

/// Decoded names and values, in the order of the request.
#[derive(Debug, Default)]
pub(crate) struct Parameters(Vec<(String, String)>);

impl Parameters {
    pub(crate) fn new<N: Into<String>, V: Into<String>>(
        pairs: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let own = |(name, value): (N, V)| (name.into(), value.into());
        Self(pairs.into_iter().map(own).collect())
    }

    pub(crate) fn query(query: Option<&str>) -> Self {
        Self::new(url::form_urlencoded::parse(
            query.unwrap_or_default().as_bytes(),
        ))
    }

    /// The value of a parameter that may come at most once.
    pub(crate) fn text(&self, name: &str) -> Result<Option<&str>, ApiError> {
        let mut values = self.0.iter().filter(|(parameter, _)| parameter == name);
        match (values.next(), values.next()) {
            (first, None) => Ok(first.map(|(_, value)| value.as_str())),
            (_, Some(_)) => Err(ApiError::invalid(format!("{name} is given twice"))),
        }
    }

    /// The values of a parameter that may come more than once.
    pub(crate) fn all<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p str> {
        let named = self
            .0
            .iter()
            .filter(move |(parameter, _)| parameter == name);
        named.map(|(_, value)| value.as_str())
    }

    pub(crate) fn id(&self, name: &str) -> Result<Uuid, ApiError> {
        let text = self.text(name)?.unwrap_or_default();
        parse_uuid(text).ok_or_else(|| ApiError::invalid(format!("{name} is not a UUID")))
    }

    pub(crate) fn integer(
        &self,
        name: &str,
        default: usize,
        legal: std::ops::RangeInclusive<usize>,
    ) -> Result<usize, ApiError> {
        let Some(text) = self.text(name)? else {
            return Ok(default);
        };
        text.parse()
            .ok()
            .filter(|number| legal.contains(number))
            .ok_or_else(|| {
                let (first, last) = (legal.start(), legal.end());
                ApiError::invalid(format!("{name} is not an integer from {first} to {last}"))
            })
    }
}

/// A UUID in its one form: five groups of hexadecimal digits.
pub(crate) fn parse_uuid(text: &str) -> Option<Uuid> {
    (text.len() == 36)
        .then(|| Uuid::try_parse(text).ok())
        .flatten()
}
