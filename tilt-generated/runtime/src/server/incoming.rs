//! A request on its way into its type.

use super::body::BODY;
use super::context::Context;
use super::held;
use super::limits::Limits;
use super::multipart;
use super::operation::Operation;
use super::parameters::Parameters;
use super::problem::Problem;
use super::repeated;
use super::upload::Upload;
use crate::constraints::Constraints;
use crate::data::described::{Encoding, PartEncoding};
use crate::data::given::{self, Misfit, Pairs};
use crate::data::{Wire, json};
use crate::data::{mark, media_type};
use crate::validation::{self, Violation};
use bytes::Bytes;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use std::cell::RefCell;

/// The media type of a body, as an index into those of the operation; `None` where no header says one.
pub(super) fn media_type(
    operation: &Operation,
    headers: &HeaderMap,
) -> Result<Option<usize>, Problem> {
    let unsupported = || Problem::unsupported(BODY);
    let Some(came) = headers.get(CONTENT_TYPE) else {
        return Ok(None);
    };
    let came = came.to_str().map_err(|_| unsupported())?.trim();
    let documented = operation.bodies.iter().enumerate();
    let fitting = documented.filter_map(|(at, it)| Some((media_type::fit(came, it)?, at)));
    let best = fitting.max_by(|one, other| one.0.cmp(&other.0).then(other.1.cmp(&one.1)));
    let (_, at) = best.ok_or_else(|| {
        let expected = operation.bodies.join(", ");
        unsupported().detail(format!("expected {expected}"))
    })?;
    Ok(Some(at))
}

/// A request of which nothing is read as a type: what generated code makes one of.
#[doc(hidden)]
pub struct Incoming {
    pub(super) operation: &'static Operation,
    pub(super) constraints: Option<&'static Constraints>,
    pub(super) context: Context,
    pub(super) parameters: Parameters,
    pub(super) body: Bytes,
    /// In place of the body, where it is given out as it arrives.
    pub(super) upload: RefCell<Option<Upload>>,
    pub(super) limits: Limits,
}

#[doc(hidden)]
impl Incoming {
    /// A parameter that must be there, by its index.
    pub fn required<T: Wire>(&self, index: usize) -> Result<T, Problem> {
        self.parameters.require(&self.context, index)
    }

    /// A parameter that may be left out.
    pub fn optional<T: Wire>(&self, index: usize) -> Result<Option<T>, Problem> {
        self.parameters.read(&self.context, index)
    }

    /// The body's media type, as an index into those of the operation; `None` where there is no body.
    pub fn body(&self) -> Result<Option<usize>, Problem> {
        let headers = self.context.headers();
        let is_json = || {
            let came = headers.get(CONTENT_TYPE);
            came.is_some_and(|it| it.to_str().is_ok_and(media_type::is_json))
        };
        match media_type(self.operation, headers)? {
            None if self.is_empty() => Ok(None),
            None => Err(Problem::unsupported(BODY).detail("says no media type")),
            // Some clients say it of no body as well.
            Some(_) if self.is_empty() && is_json() => Ok(None),
            at => Ok(at),
        }
    }

    fn is_empty(&self) -> bool {
        let upload = self.upload.borrow();
        self.body.is_empty() && upload.as_ref().is_none_or(Upload::is_empty)
    }

    /// The index of a body that must be there.
    pub fn required_body(&self) -> Result<usize, Problem> {
        self.body()?.ok_or_else(|| Problem::missing(BODY))
    }

    /// The body as JSON.
    pub fn json<T: Wire>(&self) -> Result<T, Problem> {
        let value = json::read(&self.body)
            .map_err(|error| Problem::of(Misfit::of_json(&self.body, &error), BODY))?;
        repeated::check(&self.body).map_err(|misfit| Problem::of(misfit, BODY))?;
        self.hold(|constraints, media| Ok(validation::json(constraints, media, &self.body)))?;
        Ok(value)
    }

    /// The body as a form; `encodings` are those of properties that differ from the default.
    pub fn form<T: Wire>(&self, encodings: &[(&'static str, Encoding)]) -> Result<T, Problem> {
        let read = |text: &str| {
            let pairs = Pairs::of_query(text, self.limits.parameters)?;
            given::read(&pairs.form(encodings)?)
        };
        let value = read(self.utf8()?).map_err(|misfit| Problem::of(misfit, BODY))?;
        self.hold_value(value)
    }

    /// The body as parts; `encodings` are those of properties that differ from the default.
    pub fn multipart<T: Wire>(
        &self,
        encodings: &[(&'static str, PartEncoding)],
    ) -> Result<T, Problem> {
        let content_type = self.content_type();
        let most = self.limits.parameters;
        let given = multipart::read(
            content_type.unwrap_or_default(),
            &self.body,
            most,
            encodings,
        );
        let read = given.and_then(|given| given::read(&given));
        self.hold_value(read.map_err(|misfit| Problem::of(misfit, BODY))?)
    }

    /// The body as JSON values, one a line or in a sequence of texts.
    pub fn json_lines<T: Wire>(&self) -> Result<Vec<T>, Problem> {
        let content_type = self.content_type().unwrap_or_default();
        let mut values = Vec::new();
        let is_sequence = media_type::is_text_sequence(content_type);
        let text = mark::without(self.utf8()?.as_bytes());
        for text in media_type::json_texts(content_type, text) {
            let value = match is_sequence && media_type::may_be_cut_off(text) {
                true => Err(Misfit::unreadable("may be cut off")),
                false => json::read(text).map_err(|error| Misfit::of_json(text, &error)),
            };
            let value = value.and_then(|value| repeated::check(text).map(|()| value));
            let step = values.len().to_string();
            values.push(value.map_err(|misfit| Problem::of(misfit.within(&step), BODY))?);
        }
        self.hold(|constraints, media| Ok(validation::json_lines(constraints, media, &self.body)))?;
        Ok(values)
    }

    /// The body as text, in the encoding that its media type names.
    pub fn text(&self) -> Result<String, Problem> {
        let named = self.content_type().and_then(media_type::charset);
        let text = given::decoded(&self.body, named);
        let text = text.map_err(|misfit| Problem::of(misfit, BODY))?;
        self.hold(|constraints, media| Ok(validation::text(constraints, media, &text)))?;
        Ok(text)
    }

    /// The body as it arrives.
    pub fn upload(&self) -> Result<Upload, Problem> {
        let upload = self.upload.borrow_mut().take();
        upload.ok_or_else(Problem::internal)
    }

    /// The rest of the request.
    #[must_use]
    pub fn into_context(self) -> Context {
        self.context
    }

    /// Holds the body against the constraints of its media type.
    fn hold(
        &self,
        broken: impl FnOnce(&'static Constraints, &'static str) -> Result<Vec<Violation>, Problem>,
    ) -> Result<(), Problem> {
        let Some(constraints) = self.constraints else {
            return Ok(());
        };
        let media = self.body()?.and_then(|at| self.operation.bodies.get(at));
        match media {
            Some(media) => held::refuse(broken(constraints, media)?, BODY),
            None => Ok(()),
        }
    }

    /// The same of a body that is read already.
    fn hold_value<T: Wire>(&self, value: T) -> Result<T, Problem> {
        self.hold(|constraints, media| {
            let mut tree = held::tree(&value)?;
            let broken = validation::body(constraints, media, &tree);
            tree.wipe();
            Ok(broken)
        })?;
        Ok(value)
    }

    fn content_type(&self) -> Option<&str> {
        self.context.headers().get(CONTENT_TYPE)?.to_str().ok()
    }

    fn utf8(&self) -> Result<&str, Problem> {
        str::from_utf8(&self.body).map_err(|_| Problem::unreadable(BODY, "is not UTF-8"))
    }
}
