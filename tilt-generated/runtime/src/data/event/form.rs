//! Events that come as forms (`application/x-www-form-urlencoded`).

use crate::data::Wire;
use crate::data::described::Encoding;
use crate::data::given::{self, Misfit, Pairs};

/// The most values of a form.
const MOST: usize = 10_000;

/// Reads a form as a type, or says why that cannot be.
pub(super) fn read<T: Wire>(
    body: &[u8],
    encodings: &[(&'static str, Encoding)],
) -> Result<T, String> {
    let read = || given::read(&pairs(body)?.form(encodings)?);
    read().map_err(|misfit: Misfit| match misfit.pointer.as_str() {
        "" => misfit.to_string(),
        pointer => format!("{misfit} at `{pointer}`"),
    })
}

fn pairs(body: &[u8]) -> Result<Pairs, Misfit> {
    if !may_be_one(body) {
        return Err(Misfit::unreadable("is no form"));
    }
    let text = std::str::from_utf8(body).map_err(|_| Misfit::unreadable("is not UTF-8"))?;
    Pairs::of_query(text.trim_ascii(), MOST)
}

/// Whether a payload is a form, and has all of these properties.
#[doc(hidden)]
#[must_use]
pub fn is_form_with(body: &[u8], required: &[&str]) -> bool {
    pairs(body).is_ok_and(|pairs| {
        let is_there = |wanted: &&str| {
            let mut names = pairs.names();
            names.any(|name| name == *wanted || name.split('[').next() == Some(wanted))
        };
        required.iter().all(is_there)
    })
}

/// Whether a payload may be a form, which begins like no JSON that has an `=`.
pub(super) fn may_be_one(body: &[u8]) -> bool {
    let text = body.trim_ascii_start();
    let is_json = text.starts_with(&[0xef]) || matches!(text.first(), Some(b'{' | b'[' | b'"'));
    !is_json && text.contains(&b'=')
}

/// The text of a form's property.
pub(super) fn property(body: &[u8], name: &str) -> Option<String> {
    pairs(body).ok()?.one(name)
}
