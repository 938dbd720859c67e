//! Parameters, with the styles that documents name.

use super::api::Parameter;
use super::object::Object;
use super::reader::ApiReader;
use crate::diagnostic::{Code, Problem};
use crate::dialect::media_type::is_form;
use crate::dialect::shell;
use crate::model::{Location, ParameterStyle};
use crate::source::Node;
use serde_json::json;
use std::collections::HashSet;

impl<'d> ApiReader<'d, '_> {
    pub(super) fn parameters(&mut self, operation: Node<'d>, item: Node<'d>) -> Vec<Parameter<'d>> {
        let mut seen = HashSet::new();
        let mut parameters = Vec::new();
        for owner in [operation, item] {
            let Some(list) = owner.get("parameters") else {
                continue;
            };
            for node in list.elements() {
                let Some(node) = self.follow(node, Object::Parameter) else {
                    continue;
                };
                let Some(parameter) = self.parameter(node) else {
                    continue;
                };
                // RFC 9110, 5.1: names of fields are case-insensitive.
                let key = match parameter.location {
                    Location::Header => parameter.name.to_ascii_lowercase(),
                    _ => parameter.name.clone(),
                };
                // The operation's own parameter wins over the path item's.
                if seen.insert((parameter.location, key)) {
                    parameters.push(parameter);
                } else if let Some(same) =
                    parameters.iter().find(|it| is_same_header(it, &parameter))
                {
                    let message = format!(
                        "the header `{}` is there as `{}`: names of headers have no case",
                        parameter.name, same.name
                    );
                    self.finding(Code::DUPLICATE_PARAMETER, node, message);
                } else if owner.key() == operation.key() {
                    self.finding(
                        Code::DUPLICATE_PARAMETER,
                        node,
                        format!("parameter `{}` is there twice", parameter.name),
                    );
                }
            }
        }
        parameters
    }

    fn parameter(&mut self, node: Node<'d>) -> Option<Parameter<'d>> {
        let whole = self.form_of_query(node);
        let location = match node.get("in").and_then(|at| at.as_str()) {
            Some("path") => Location::Path,
            Some("query") => Location::Query,
            Some("header") => Location::Header,
            Some("cookie") => Location::Cookie,
            Some("querystring") if whole.is_some() => Location::Query,
            Some("querystring") => {
                let message = "a parameter that is the whole query string is left out";
                self.finding(Code::UNSUPPORTED_PARAMETER, node, message);
                return None;
            }
            other => {
                let found = other.unwrap_or("nothing");
                self.problems.push(Problem::new(
                    Code::MALFORMED_PARAMETER,
                    node,
                    format!("`in` is {found}, expected path, query, header or cookie"),
                ));
                return None;
            }
        };
        let keys = ["name", "description", "required", "deprecated", "in"];
        let blank = json!({"name": "", "in": "query", "schema": {}});
        let read: openapiv3::Parameter =
            shell::read(node, "parameter", &keys, blank, self.problems)?;
        let data = read.parameter_data();
        if data.name.is_empty() {
            // Converters write such rows of a form; nothing can be sent under no name.
            let message = "a parameter without a `name` cannot be sent; ignored";
            self.problems
                .push(Problem::new(Code::UNNAMED_PARAMETER, node, message));
            return None;
        }
        self.check_value(node, &data.name);
        let content = node.get("content").filter(|_| whole.is_none());
        let content = content.map(|content| self.media(content));
        let (style, explode) = self.style(node, location);
        Some(Parameter {
            node,
            name: data.name,
            location,
            required: data.required || location == Location::Path,
            deprecated: data.deprecated.unwrap_or_default(),
            description: data.description,
            style,
            explode,
            allow_reserved: node
                .get("allowReserved")
                .is_some_and(|flag| flag.value == true),
            schema: whole.or(node.get("schema")),
            content: content.unwrap_or_default(),
        })
    }

    /// The schema of an object whose properties are the pairs of the whole query (OpenAPI 3.2.0, section 4.12): an object in
    /// style `form` has those.
    fn form_of_query(&self, node: Node<'d>) -> Option<Node<'d>> {
        let is_whole = node.get("in").and_then(|at| at.as_str()) == Some("querystring");
        let mut content = node.get("content").filter(|_| is_whole)?.members();
        let (media_type, media) = content.next()?;
        let is_form = is_form(media_type);
        let is_plain = media.get("encoding").is_none() && content.next().is_none();
        let schema = media.get("schema").filter(|_| is_form && is_plain)?;
        let target = self.documents.follow(schema).ok()?;
        let is_object = target.get("type").and_then(|it| it.as_str()) == Some("object");
        is_object.then_some(schema)
    }

    /// A parameter has either a schema or a content of one media type (OpenAPI 3.1.1, section 4.8.12.2).
    fn check_value(&mut self, node: Node<'d>, name: &str) {
        let content = node.get("content");
        let found = match (node.get("schema"), content.map(|it| it.members().count())) {
            (Some(_), None) | (None, Some(1)) => return,
            (Some(_), Some(_)) => "both `schema` and `content`: the content is taken",
            (None, None) => "neither `schema` nor `content`: it takes any value",
            (None, Some(0)) => "no media type in its `content`: it takes any value",
            (None, Some(_)) => "several media types in its `content`: one is taken",
        };
        let message = format!("the parameter `{name}` has {found}");
        self.finding(Code::VAGUE_PARAMETER, node, message);
    }

    fn style(&mut self, node: Node<'d>, location: Location) -> (ParameterStyle, bool) {
        let default = match location {
            Location::Path | Location::Header => ParameterStyle::Simple,
            Location::Query | Location::Cookie => ParameterStyle::Form,
        };
        let written = node.get("style").and_then(|style| style.as_str());
        let known = written.and_then(style_named);
        let fits = known.filter(|style| is_style_of(*style, location));
        if let Some(name) = written.filter(|_| fits.is_none()) {
            let place = match known {
                Some(_) => format!("none for a {}", location.word()),
                None if name == "cookie" => "one of OpenAPI 3.2".to_owned(),
                None => "none of OpenAPI's".to_owned(),
            };
            let message = format!("style `{name}` is {place}; the default is used");
            self.finding(Code::UNKNOWN_STYLE, node, message);
        }
        let explode = node
            .get("explode")
            .and_then(|explode| explode.value.as_bool());
        // A style of another place still says whether values are joined: `simple` joins them by commas.
        let explodes = known.unwrap_or(default) == ParameterStyle::Form;
        (fits.unwrap_or(default), explode.unwrap_or(explodes))
    }
}

/// Whether two parameters are one header under names that are spelled in two ways.
fn is_same_header(a: &Parameter<'_>, b: &Parameter<'_>) -> bool {
    let is_header = a.location == Location::Header && b.location == Location::Header;
    is_header && a.name != b.name && a.name.eq_ignore_ascii_case(&b.name)
}

/// The styles of each place (OpenAPI 3.1, section 4.8.12.3).
fn is_style_of(style: ParameterStyle, location: Location) -> bool {
    match style {
        ParameterStyle::Matrix | ParameterStyle::Label => location == Location::Path,
        ParameterStyle::Simple => matches!(location, Location::Path | Location::Header),
        ParameterStyle::Form => matches!(location, Location::Query | Location::Cookie),
        ParameterStyle::SpaceDelimited
        | ParameterStyle::PipeDelimited
        | ParameterStyle::DeepObject => location == Location::Query,
    }
}

pub(super) fn style_named(name: &str) -> Option<ParameterStyle> {
    Some(match name {
        "matrix" => ParameterStyle::Matrix,
        "label" => ParameterStyle::Label,
        "simple" => ParameterStyle::Simple,
        "form" => ParameterStyle::Form,
        "spaceDelimited" => ParameterStyle::SpaceDelimited,
        "pipeDelimited" => ParameterStyle::PipeDelimited,
        "deepObject" => ParameterStyle::DeepObject,
        _ => return None,
    })
}
