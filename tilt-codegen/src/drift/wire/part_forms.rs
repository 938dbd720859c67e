//! Parts of multipart bodies, by what is sent: bytes are bytes, whichever of the keywords that mean them a schema has (OpenAPI
//! 3.0.4 and 3.1.1, sections "Encoding Object" and "Binary Data").

use super::difference::Difference;
use super::edit::{Edit, Site};
use super::side::Side;
use super::words::is_words;
use super::written::Written;
use super::{Comparison, shown};
use crate::dialect::media_type::{essence, is_form};
use crate::drift::grammar::Kind;
use crate::drift::media_type::spelled;
use crate::drift::rules::{Action, Subject};
use crate::place::{Pointer, unescape};
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
        let Some((was, is)) = old.get("schema").zip(new.get("schema")) else {
            return;
        };
        self.forms_of_properties(first, (old, new), (was, is), &site.at("schema"));
    }

    /// The same of the properties of a schema that stands here.
    fn forms_of_properties(
        &mut self,
        first: usize,
        (old, new): (Node<'d>, Node<'d>),
        schemas: (Node<'d>, Node<'d>),
        site: &Site,
    ) {
        let properties = (schemas.0.get("properties"), schemas.1.get("properties"));
        let Some((olds, news)) = properties.0.zip(properties.1) else {
            return;
        };
        for (name, was) in olds.members() {
            if let Some(is) = news.get(name).filter(|is| !self.same(was, *is)) {
                let site = site.at("properties").at(name);
                let site = site.with(Subject::Property);
                self.form_of_part(first, ((old, name), (new, name)), (was, is), &site);
            }
        }
    }

    /// The same of a definition that is a part, or the schema of such a body, and nothing else.
    pub(super) fn forms_of_definition(
        &mut self,
        first: usize,
        (old, new): (Node<'d>, Node<'d>),
        site: &Site,
    ) {
        let is_said = |edit: &Edit<'d>| SAID.contains(&&*edit.rule.member);
        if !self.edits[first..].iter().any(is_said) {
            return;
        }
        let [was, is] = self.written();
        let parts = was.part(old.key()).zip(is.part(new.key()));
        let forms = was.form(old.key()).zip(is.form(new.key()));
        if let Some((was, is)) = parts {
            let media = ((was.media, was.property), (is.media, is.property));
            self.form_of_part(first, media, (old, new), site);
        }
        if let Some((was, is)) = forms.filter(|(was, is)| was.is_of_parts && is.is_of_parts) {
            self.forms_of_properties(first, (was.media, is.media), (old, new), site);
        }
    }

    /// The same of one part.
    fn form_of_part(
        &mut self,
        first: usize,
        (old, new): ((Node<'d>, &str), (Node<'d>, &str)),
        (was, is): (Node<'d>, Node<'d>),
        site: &Site,
    ) {
        let forms = (
            Form::of(&self.old, old.0, (old.1, was)),
            Form::of(&self.new, new.0, (new.1, is)),
        );
        let forms = forms
            .0
            .zip(forms.1)
            .filter(|(was, is)| was.is_told_with(is));
        let Some((before, after)) = forms else {
            return;
        };
        self.drop_inside(first, site);
        let told = self.edits.len();
        if before.media_type != after.media_type {
            let difference = Difference::new(Kind::Encoding, "contentType", Action::Changed)
                .from(shown::code(&before.media_type))
                .to(shown::code(&after.media_type));
            self.edit(difference, was, is, site);
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
            self.edit(difference, was, is, site);
        }
    }

    fn written(&self) -> &[Written<'d>; 2] {
        self.written
            .get_or_init(|| [self.old, self.new].map(Written::of))
    }

    /// Whether what stands here is written as text, in which numbers look like themselves: a parameter, a header, or a value of a
    /// form or a part.
    pub(super) fn is_text(&self, site: &Site) -> bool {
        match site.subject {
            Subject::Parameter | Subject::Header => true,
            Subject::Body => false,
            Subject::Property => {
                is_text_by_place(&site.address).unwrap_or_else(|| self.is_text_of_definition(site))
            }
        }
    }

    /// The same of a definition, of a property of one that is a form, and of an element of either.
    fn is_text_of_definition(&self, site: &Site) -> bool {
        let Some((old, new)) = site.owner.old.zip(site.owner.new) else {
            return false;
        };
        const DEPTH: usize = 3;
        let value = before(&site.address, "items").unwrap_or(&site.address);
        let form = || before(value.split_last()?.0, "properties");
        let [was, is] = self.written();
        match value.depth() {
            DEPTH => was.is_value(old) && is.is_value(new),
            _ => {
                form().is_some_and(|form| form.depth() == DEPTH)
                    && was.form(old).is_some()
                    && is.form(new).is_some()
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

fn before<'p>(at: &'p Pointer, key: &str) -> Option<&'p Pointer> {
    let (rest, token) = at.split_last()?;
    (token == key).then_some(rest)
}

/// Whether an element of a parameter is text, or a property of a body that is written where it stands, or an element of one.
fn is_text_by_place(address: &Pointer) -> Option<bool> {
    let items = before(address, "items");
    let value = items.unwrap_or(address);
    if let Some(parameter) = items.and_then(|it| before(it, "schema")) {
        let (around, _) = parameter.split_last()?;
        let (_, key) = around.split_last()?;
        return Some(matches!(key, "parameters" | "headers"));
    }
    let (properties, _) = value.split_last()?;
    let (content, name) = before(before(properties, "properties")?, "schema")?.split_last()?;
    before(content, "content")?;
    let name = essence(&unescape(name));
    Some(is_form(&name) || name.starts_with("multipart/"))
}

/// The schema of a part, of which a list has several.
fn element(schema: Node<'_>) -> Node<'_> {
    let mut keys = schema.members().map(|(key, _)| key);
    let is_list = schema.get("type").and_then(|it| it.as_str()) == Some("array")
        && keys.all(|key| is_words(key) || matches!(key, "type" | "items"));
    schema.get("items").filter(|_| is_list).unwrap_or(schema)
}
