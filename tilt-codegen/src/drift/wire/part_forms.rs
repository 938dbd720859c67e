//! Parts of multipart bodies, by what is sent: bytes are bytes, whichever of the keywords that mean them a schema has (OpenAPI
//! 3.0.4 and 3.1.1, sections "Encoding Object" and "Binary Data").

use super::difference::Difference;
use super::edit::Site;
use super::side::Side;
use super::words::is_words;
use super::{Comparison, shown};
use crate::drift::grammar::Kind;
use crate::drift::media_type::spelled;
use crate::drift::rules::{Action, Subject};
use crate::place::unescape;
use crate::source::Node;
use std::collections::HashSet;

const BYTES: &str = "application/octet-stream";

/// The keywords that say it.
const SAID: [&str; 4] = ["type", "format", "contentMediaType", "contentEncoding"];

/// The form of a part whose schema says nothing but that.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Form {
    content: Content,
    media_type: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    Bytes,
    Text,
    Base64,
}

impl<'d> Comparison<'d> {
    /// In the place of differences since the first: those of parts that are sent as they were, or as another media type.
    pub(super) fn forms_of_parts(
        &mut self,
        first: usize,
        (old, new): (Node<'d>, Node<'d>),
        site: &Site,
    ) {
        let media_type = site
            .address
            .split_last()
            .map(|(_, name)| unescape(name).into_owned());
        if !media_type.is_some_and(|it| spelled(&it).starts_with("multipart/")) {
            return;
        }
        let properties = |media: Node<'d>| media.get("schema")?.get("properties");
        let Some((olds, news)) = properties(old).zip(properties(new)) else {
            return;
        };
        for (name, was) in olds.members() {
            let Some(is) = news.get(name).filter(|is| !self.same(was, *is)) else {
                continue;
            };
            let forms =
                Form::of(&self.old, old, (name, was)).zip(Form::of(&self.new, new, (name, is)));
            let Some((before, after)) = forms.filter(|(was, is)| was.is_told_with(is)) else {
                continue;
            };
            let site = site.at("schema").at("properties").at(name);
            let site = site.with(Subject::Property);
            self.drop_inside(first, &site);
            let told = self.edits.len();
            if before.media_type != after.media_type {
                let difference = Difference::new(Kind::Encoding, "contentType", Action::Changed)
                    .from(shown::code(&before.media_type))
                    .to(shown::code(&after.media_type));
                self.edit(difference, was, is, &site);
            }
            let (was, is) = (element(was), element(is));
            let is_other =
                |key: &&&str| was.get(key).map(|it| it.value) != is.get(key).map(|it| it.value);
            let others: Vec<String> = SAID
                .iter()
                .filter(is_other)
                .map(|it| shown::code(it))
                .collect();
            if told == self.edits.len() && !others.is_empty() {
                let difference =
                    Difference::new(Kind::Schema, "", Action::Reworded).from(others.join(", "));
                self.edit(difference, was, is, &site);
            }
        }
    }

    /// Leaves out the differences since the first that are inside of a place, but for those of words.
    fn drop_inside(&mut self, first: usize, site: &Site) {
        let place = site.address.to_string();
        let is_inside = |at: &usize| {
            let edit = &self.edits[*at];
            let address = edit.address.to_string();
            let rest = address.strip_prefix(&place);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                && edit.rule.action != Action::Reworded
                && !is_words(&edit.rule.member)
        };
        let dropped: HashSet<usize> = (first..self.edits.len()).filter(is_inside).collect();
        self.without(first, &dropped);
    }
}

impl Form {
    fn of(side: &Side<'_>, media: Node<'_>, (name, schema): (&str, Node<'_>)) -> Option<Form> {
        let form = Form::of_schema(side, element(schema))?;
        let encoding = media.get("encoding").and_then(|map| map.get(name));
        let stated = encoding.and_then(|it| it.get("contentType")?.as_str());
        let media_type = stated.map_or(form.media_type, spelled);
        Some(Form { media_type, ..form })
    }

    fn of_schema(side: &Side<'_>, schema: Node<'_>) -> Option<Form> {
        let mut keys = schema.members().map(|(key, _)| key);
        if !schema.value.is_object() || keys.any(|key| !is_words(key) && !SAID.contains(&key)) {
            return None;
        }
        let text = |key| schema.get(key).and_then(|it| it.as_str());
        let root = side.root(side.openapi);
        let version = root.and_then(|root| root.get("openapi")?.as_str());
        let is_old = version.is_some_and(|it| it.starts_with("3.0"));
        let keyword = |key| text(key).filter(|_| !is_old);
        let stated = keyword("contentMediaType").map(spelled);
        let (content, default) = match (schema.get("type").map(|it| it.as_str()), text("format")) {
            (Some(Some("string")), Some("byte")) => (Content::Base64, "text/plain"),
            (Some(Some("string")), None) if keyword("contentEncoding").is_some() => {
                (Content::Base64, BYTES)
            }
            (Some(Some("string")), Some("binary")) => (Content::Bytes, BYTES),
            (Some(Some("string")), None) if stated.is_some() => (Content::Bytes, BYTES),
            (Some(Some("string")), None) => (Content::Text, "text/plain"),
            (None, None) if !is_old && text("contentEncoding").is_none() => (Content::Bytes, BYTES),
            _ => return None,
        };
        Some(Form {
            content,
            media_type: stated.unwrap_or_else(|| default.to_owned()),
        })
    }

    /// Whether the media types say all that differs. That a text is of bytes in another form is told of its schema.
    fn is_told_with(&self, other: &Form) -> bool {
        let is_base64 = |it: &Form| it.content == Content::Base64;
        self.content == other.content || !(is_base64(self) || is_base64(other))
    }
}

/// The schema of a part, of which a list has several.
fn element(schema: Node<'_>) -> Node<'_> {
    let mut keys = schema.members().map(|(key, _)| key);
    let is_list = schema.get("type").and_then(|it| it.as_str()) == Some("array")
        && keys.all(|key| is_words(key) || matches!(key, "type" | "items"));
    schema.get("items").filter(|_| is_list).unwrap_or(schema)
}
