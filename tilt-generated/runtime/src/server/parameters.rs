//! Parameters: where each stands in a request, and how it is written there.

use super::context::Context;
use super::held;
use super::operation::{Input, Operation};
use super::problem::Problem;
use crate::constraints::Constraints;
use crate::data::Wire;
use crate::data::described::{Encoding, Location, Style};
use crate::data::given::{self, Escapes, Given, Misfit, Pairs, Parts, Text, content};
use crate::validation;
use http::HeaderName;
use http::header::COOKIE;

const COMMAS: &[&str] = &[","];
const DOTS: &[&str] = &["."];

/// The parameters of a request, as they came.
#[derive(Debug)]
pub(super) struct Parameters {
    operation: &'static Operation,
    constraints: Option<&'static Constraints>,
    /// By index.
    path: Vec<(usize, String)>,
    query: Pairs,
    cookies: Pairs,
}

impl Parameters {
    pub(super) fn new(
        operation: &'static Operation,
        constraints: Option<&'static Constraints>,
        path: &[(usize, &str)],
        query: Pairs,
        cookies: Pairs,
    ) -> Self {
        let path = path
            .iter()
            .map(|(index, text)| (*index, (*text).to_owned()));
        Self {
            operation,
            constraints,
            path: path.collect(),
            query,
            cookies,
        }
    }

    /// The value of a parameter by its index; `None` where it is not there.
    pub(super) fn read<T: Wire>(
        &self,
        context: &Context,
        index: usize,
    ) -> Result<Option<T>, Problem> {
        // The index is generated with the list.
        let input = self.operation.parameters.get(index);
        let input = input.ok_or_else(Problem::internal)?;
        let read = match self.given(context, index, input) {
            Ok(None) => return Ok(None),
            Ok(Some(given)) => given::read(&given),
            Err(misfit) => Err(misfit),
        };
        let value = read.map_err(|misfit| refused(input, misfit))?;
        if let Some(constraints) = self.constraints {
            let mut tree = held::tree(&value)?;
            let broken = validation::parameter(constraints, &input.parameter, &tree);
            tree.wipe();
            held::refuse(broken, &place(input))?;
        }
        Ok(Some(value))
    }

    /// The same of one that must be there.
    pub(super) fn require<T: Wire>(&self, context: &Context, index: usize) -> Result<T, Problem> {
        let value = self.read(context, index)?;
        value.ok_or_else(|| match self.operation.parameters.get(index) {
            Some(input) => Problem::missing(place(input)),
            None => Problem::internal(),
        })
    }

    fn given(
        &self,
        context: &Context,
        index: usize,
        input: &Input,
    ) -> Result<Option<Given>, Misfit> {
        let parameter = &input.parameter;
        match parameter.location {
            Location::Path => {
                let text = self.path.iter().find(|(at, _)| *at == index);
                let Some((_, text)) = text else {
                    return Ok(None);
                };
                styled(input, text, Escapes::Percent).map(Some)
            }
            Location::Query => self.paired(&self.query, input),
            Location::Cookie => self.paired(&self.cookies, input),
            Location::Header => header(context, input),
        }
    }

    fn paired(&self, pairs: &Pairs, input: &Input) -> Result<Option<Given>, Misfit> {
        let Some(properties) = input.properties else {
            return pairs.get(input.parameter.name, input.parameter.encoding);
        };
        let location = input.parameter.location;
        let others = self.operation.parameters.iter();
        let others = others.filter(|it| {
            it.parameter.location == location && it.parameter.name != input.parameter.name
        });
        let is_other = |name: &str| others.clone().any(|it| it.is_named(name));
        let is_its = |name: &str| properties.contains(&name) || !is_other(name);
        let mut names = pairs.names();
        let is_there = match properties.is_empty() {
            true => names.any(is_its),
            false => names.any(|name| properties.contains(&name)),
        };
        Ok(is_there.then(|| pairs.spread(is_its)))
    }
}

/// The text of a header; several of one name are a list (RFC 9110, 5.3), and nothing where one value is asked for.
fn header(context: &Context, input: &Input) -> Result<Option<Given>, Misfit> {
    let unreadable = || Misfit::unreadable("has characters that are no text");
    let name = input.parameter.name.as_bytes();
    let name = HeaderName::from_bytes(name).map_err(|_| unreadable())?;
    let values = context.headers().get_all(name).iter();
    let texts = values.map(|it| str::from_utf8(it.as_bytes()).map(str::trim));
    let texts: Result<Vec<&str>, _> = texts.collect();
    let texts = texts.map_err(|_| unreadable())?;
    if texts.is_empty() {
        return Ok(None);
    }
    let mut given = styled(input, &texts.join(","), Escapes::None)?;
    if let Given::Texts(of_it) = &mut given
        && let [text] = of_it.as_mut_slice()
    {
        text.is_joined = texts.len() > 1;
    }
    Ok(Some(given))
}

/// All cookies in one text.
pub(super) fn cookies(context: &Context) -> Result<String, Problem> {
    let values = context.headers().get_all(COOKIE).iter();
    let texts: Result<Vec<&str>, _> = values.map(|it| str::from_utf8(it.as_bytes())).collect();
    let texts = texts.map_err(|_| Problem::unreadable("cookie", "has characters that are no text"));
    Ok(texts?.join("; "))
}

/// A text that stands alone, as the style of its parameter has it.
fn styled(input: &Input, raw: &str, escapes: Escapes) -> Result<Given, Misfit> {
    let text = Text::whole(raw, escapes);
    let (style, explode) = match input.parameter.encoding {
        Encoding::Styled { style, explode, .. } => (style, explode),
        other => return content(text, other),
    };
    let parts = |separators| match explode {
        true => Parts::Paired(separators),
        false => Parts::Listed(separators),
    };
    let (raw, parts) = match style {
        Style::Matrix => return matrix(input.parameter.name, raw, explode, escapes),
        Style::Label => {
            let raw = raw.strip_prefix('.');
            let raw = raw.ok_or_else(|| Misfit::unreadable("does not begin with a dot"))?;
            (raw, parts(if explode { DOTS } else { COMMAS }))
        }
        _ => (raw, parts(COMMAS)),
    };
    Ok(Given::text(Text {
        parts,
        ..Text::whole(raw, escapes)
    }))
}

/// `;name=value`, or of an object `;key=value;key=value`.
fn matrix(name: &str, raw: &str, explode: bool, escapes: Escapes) -> Result<Given, Misfit> {
    let raw = raw.strip_prefix(';');
    let raw = raw.ok_or_else(|| Misfit::unreadable("does not begin with a semicolon"))?;
    let mut pairs = Vec::new();
    for pair in raw.split(';') {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let key = Text::whole(key, escapes).decoded()?;
        pairs.push((key, Text::whole(value, escapes)));
    }
    if !pairs.iter().all(|(key, _)| key == name) {
        let pairs = pairs.into_iter();
        return Ok(Given::Named(
            pairs
                .map(|(key, value)| (key, Given::text(value)))
                .collect(),
        ));
    }
    let parts = match explode {
        true => Parts::Whole,
        false => Parts::Listed(COMMAS),
    };
    let texts = pairs.into_iter().map(|(_, value)| Text { parts, ..value });
    Ok(Given::Texts(texts.collect()))
}

/// `query.limit`
fn place(input: &Input) -> String {
    let parameter = &input.parameter;
    format!("{}.{}", parameter.location.word(), parameter.name)
}

fn refused(input: &Input, misfit: Misfit) -> Problem {
    Problem::of(misfit, &place(input))
}
