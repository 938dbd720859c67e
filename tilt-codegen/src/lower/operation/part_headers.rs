//! Headers of the parts of a form that always have one value: nobody can give those of a part that is no file.

use serde_json::Value;

use crate::diagnostic::{Code, Problem};
use crate::dialect::openapi::{Encoding, PartHeader};
use crate::dialect::schema::Schema;
use crate::lower::draft::Conjunction;
use crate::lower::schema::TypeBuilder;
use crate::lower::schema::only_value::only_value;
use crate::model::PartEncoding;

impl<'d> TypeBuilder<'d, '_> {
    /// The headers that a part has whoever sends it. Callers give those of a file themselves, but for what it needs.
    pub(super) fn fixed_headers(
        &mut self,
        stated: Option<&Encoding<'d>>,
        is_file: bool,
    ) -> Vec<(String, String)> {
        let headers = stated.into_iter().flat_map(|it| &it.part_headers);
        let headers = headers.filter(|it| it.required || !is_file);
        let fixed = headers.filter_map(|it| Some((it.name.to_owned(), self.fixed(it)?)));
        fixed.collect()
    }

    /// Reports the headers of a part that is no file which no value is known for.
    pub(super) fn report_headers(&mut self, stated: Option<&Encoding<'d>>) {
        let Some((stated, at)) = stated.and_then(|it| Some((it, it.headers?))) else {
            return;
        };
        for header in &stated.part_headers {
            if self.fixed(header).is_none() {
                let name = header.name;
                let message = format!("the header `{name}` of a part that is no file is not sent");
                let problem = Problem::new(Code::PART_HEADER, at, message);
                self.context.problem(problem);
            }
        }
    }

    /// The one value of a header, or the default, as it is sent.
    fn fixed(&mut self, header: &PartHeader<'d>) -> Option<String> {
        if header.name.eq_ignore_ascii_case("content-disposition") || !is_token(header.name) {
            return None;
        }
        let flat = self.flatten(&Conjunction::one(header.schema?));
        let schemas: Vec<Schema<'d>> = flat.leaves.iter().map(|it| it.schema.clone()).collect();
        let by_default = || schemas.iter().find_map(|it| it.default);
        let text = match only_value(&schemas).or_else(by_default)? {
            Value::String(text) => text.clone(),
            value @ (Value::Number(_) | Value::Bool(_)) => value.to_string(),
            Value::Null | Value::Array(_) | Value::Object(_) => return None,
        };
        let is_legal = text.trim() == text && text.chars().all(|it| matches!(it, ' '..='~'));
        is_legal.then_some(text)
    }
}

/// An encoding with the headers of its part.
pub(super) fn with_headers(
    encoding: Option<PartEncoding>,
    headers: Vec<(String, String)>,
) -> Option<PartEncoding> {
    if headers.is_empty() {
        return encoding;
    }
    let encoding = encoding.unwrap_or_else(|| PartEncoding::Types(String::new()));
    Some(PartEncoding::WithHeaders {
        encoding: Box::new(encoding),
        headers,
    })
}

/// RFC 9110, section 5.6.2.
fn is_token(name: &str) -> bool {
    let is_legal = |it: char| it.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(it);
    !name.is_empty() && name.chars().all(is_legal)
}
