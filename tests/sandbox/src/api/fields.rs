//! The properties of a JSON body, checked one by one.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use serde_json::{Map, Value};
use url::Url;
use uuid::Uuid;

use super::ApiError;
use super::parameters::parse_uuid;

/// A JSON object, and where it is in the body.
pub(super) struct Fields<'a> {
    at: String,
    object: &'a Map<String, Value>,
}

/// Reads a JSON body.
pub(super) fn parse(headers: &HeaderMap, body: &[u8]) -> Result<Value, ApiError> {
    let media_type = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .map(|value| value.trim().to_ascii_lowercase());
    if media_type.as_deref() != Some("application/json") {
        return Err(ApiError::invalid("the body is not application/json"));
    }
    serde_json::from_slice(body)
        .map_err(|error| ApiError::invalid(format!("the body is not JSON: {error}")))
}

impl<'a> Fields<'a> {
    pub(super) fn of(body: &'a Value) -> Result<Self, ApiError> {
        Self::at(body, String::new())
    }

    fn at(value: &'a Value, at: String) -> Result<Self, ApiError> {
        match value.as_object() {
            Some(object) => Ok(Self { at, object }),
            None if at.is_empty() => Err(ApiError::invalid("the body is not an object")),
            None => Err(ApiError::invalid(format!("{at} is not an object"))),
        }
    }

    pub(super) fn required<T>(
        &self,
        name: &str,
        read: impl FnOnce(&Self, &str) -> Result<Option<T>, ApiError>,
    ) -> Result<T, ApiError> {
        read(self, name)?.ok_or_else(|| self.wrong(name, "required"))
    }

    pub(super) fn text(&self, name: &str) -> Result<Option<String>, ApiError> {
        self.read(name, "a string", |value| value.as_str().map(String::from))
    }

    /// A string of at most `length` characters.
    pub(super) fn text_up_to(&self, name: &str, length: usize) -> Result<Option<String>, ApiError> {
        let expected = format!("a string of at most {length} characters");
        self.read(name, &expected, |value| {
            value
                .as_str()
                .filter(|text| text.chars().count() <= length)
                .map(String::from)
        })
    }

    pub(super) fn one_of(&self, name: &str, values: &[&str]) -> Result<Option<String>, ApiError> {
        let expected = format!("one of {}", values.join(", "));
        self.read(name, &expected, |value| {
            value
                .as_str()
                .filter(|text| values.contains(text))
                .map(String::from)
        })
    }

    pub(super) fn uuid(&self, name: &str) -> Result<Option<Uuid>, ApiError> {
        self.read(name, "a UUID", |value| value.as_str().and_then(parse_uuid))
    }

    /// The URL of a page or of an app, and no program: a browser is sent there.
    pub(super) fn page_url(&self, name: &str) -> Result<Option<Url>, ApiError> {
        const PROGRAMS: [&str; 5] = ["javascript", "data", "vbscript", "blob", "file"];
        self.read(name, "the URL of a page", |value| {
            let url = Url::parse(value.as_str()?).ok()?;
            (!PROGRAMS.contains(&url.scheme())).then_some(url)
        })
    }

    pub(super) fn email(&self, name: &str) -> Result<Option<String>, ApiError> {
        self.read(name, "an e-mail address", |value| {
            let text = value.as_str()?;
            let (local, domain) = text.rsplit_once('@')?;
            let plain = |part: &str| {
                !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c == '@')
            };
            (plain(local) && plain(domain)).then(|| text.into())
        })
    }

    pub(super) fn phone(&self, name: &str) -> Result<Option<String>, ApiError> {
        self.read(name, "an E.164 phone number", |value| {
            let text = value.as_str()?;
            let digits = text.strip_prefix('+')?;
            let legal = (2..=15).contains(&digits.len())
                && !digits.starts_with('0')
                && digits.bytes().all(|digit| digit.is_ascii_digit());
            legal.then(|| text.into())
        })
    }

    pub(super) fn integer(&self, name: &str) -> Result<Option<i64>, ApiError> {
        self.check_countable(name, is_beyond)?;
        self.read(name, "an integer", integer)
    }

    pub(super) fn integer_from(&self, name: &str, least: i64) -> Result<Option<i64>, ApiError> {
        let is_above = |value: &Value| is_beyond(value) && value.as_f64() > Some(0.0);
        self.check_countable(name, is_above)?;
        self.read(name, &format!("an integer from {least}"), |value| {
            integer(value).filter(|number| *number >= least)
        })
    }

    /// The documents set no limit to integers, and this sandbox counts in 64 bits: more is in the right form, and too much.
    fn check_countable(
        &self,
        name: &str,
        is_beyond: impl Fn(&Value) -> bool,
    ) -> Result<(), ApiError> {
        match self.object.get(name).is_some_and(is_beyond) {
            true => Err(ApiError::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "amount_too_high",
                format!("{} is more than can be counted here", self.path(name)),
            )),
            false => Ok(()),
        }
    }

    pub(super) fn object(&self, name: &str) -> Result<Option<Fields<'a>>, ApiError> {
        self.object
            .get(name)
            .map(|value| Fields::at(value, self.path(name)))
            .transpose()
    }

    pub(super) fn objects(&self, name: &str) -> Result<Vec<Fields<'a>>, ApiError> {
        let Some(value) = self.object.get(name) else {
            return Ok(Vec::new());
        };
        let items = value
            .as_array()
            .ok_or_else(|| self.wrong(name, "not an array"))?;
        items
            .iter()
            .enumerate()
            .map(|(index, item)| Fields::at(item, format!("{}[{index}]", self.path(name))))
            .collect()
    }

    fn read<T>(
        &self,
        name: &str,
        expected: &str,
        read: impl FnOnce(&Value) -> Option<T>,
    ) -> Result<Option<T>, ApiError> {
        let Some(value) = self.object.get(name) else {
            return Ok(None);
        };
        match read(value) {
            Some(value) => Ok(Some(value)),
            None => Err(self.wrong(name, &format!("not {expected}"))),
        }
    }

    fn wrong(&self, name: &str, what: &str) -> ApiError {
        ApiError::invalid(format!("{} is {what}", self.path(name)))
    }

    fn path(&self, name: &str) -> String {
        if self.at.is_empty() {
            name.into()
        } else {
            format!("{}.{name}", self.at)
        }
    }
}

/// The integer that a value is. JSON Schema has a number without a fraction for one, however it is written: `500.0`.
fn integer(value: &Value) -> Option<i64> {
    const END: f64 = 9_223_372_036_854_775_808.0;
    value.as_i64().or_else(|| {
        let float = value.as_f64()?;
        // Below the end, the conversion is exact.
        (float.fract() == 0.0 && (-END..END).contains(&float)).then_some(float as i64)
    })
}

/// An integer (JSON Schema Validation 2020-12, 6.1.1) that 64 bits do not hold.
fn is_beyond(value: &Value) -> bool {
    /// The first one: 2 to the power of 63.
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    let is_whole = |number: &f64| number.fract() == 0.0 && number.abs() >= BEYOND;
    value.as_i64().is_none() && value.as_f64().as_ref().is_some_and(is_whole)
}

/// Checks Level 3 data; the sandbox has no use for it.
pub(super) fn check_level3(fields: &Fields<'_>) -> Result<(), ApiError> {
    let Some(level3) = fields.object("level3")? else {
        return Ok(());
    };
    level3.required("zip_code", |level3, name| level3.text_up_to(name, 10))?;
    level3.required("tax_amount_cents", |level3, name| {
        level3.integer_from(name, 0)
    })?;
    level3.integer("freight_amount_cents")?;
    level3.integer("duty_amount_cents")?;
    for item in level3.objects("line_items")? {
        item.required("description", Fields::text)?;
        item.required("quantity", |item, name| item.integer_from(name, 1))?;
        item.required("unit_price_cents", Fields::integer)?;
        item.text_up_to("product_code", 12)?;
        item.text("commodity_code")?;
        item.text_up_to("unit_of_measure", 3)?;
        item.text_up_to("purchase_order_number", 25)?;
    }
    Ok(())
}
