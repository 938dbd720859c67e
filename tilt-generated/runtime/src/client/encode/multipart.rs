//! Bodies of parts: `multipart/form-data`, by RFC 7578 and the escaping of HTML, and other multipart types (RFC 2046,
//! section 5.1). Parts have their names in all of them: the properties of a schema have no order.

use super::style::{self, Format, Pairs, StyleError, Text};
use crate::client::body_text::BodyText;
use crate::client::media_type::{self, is, is_json};
use crate::data::charset;
use crate::data::described::PartEncoding;
use crate::data::tree::{Tree, TreeError};
use crate::data::{Part, Upload};
use bytes::Bytes;
use std::hash::{BuildHasher, Hasher, RandomState};

pub(crate) struct Multipart {
    pub(crate) content_type: String,
    /// Those of the form, with what stands between them.
    pub(crate) parts: Vec<Upload>,
}

#[derive(Debug)]
pub(crate) enum MultipartError {
    NotAnObject,
    MediaType(String),
    FileName(String),
    Name(String),
    Header(String, String),
    Json(String, TreeError),
    Text(String, String),
    Style(String, StyleError),
}

impl MultipartError {
    pub(crate) fn reason(&self) -> String {
        match self {
            Self::NotAnObject => "a form is made of an object".to_owned(),
            Self::MediaType(name) => format!("{name}: the content type has a control character"),
            Self::FileName(name) => format!("{name}: the file name has a control character"),
            Self::Name(name) => format!("the name {name:?} has a control character"),
            Self::Header(name, header) => {
                format!("{name}: a part cannot have the header {header:?}, or this value of it")
            }
            Self::Json(name, error) => format!("{name}: {error}"),
            Self::Text(name, reason) => format!("{name}: {reason}"),
            Self::Style(name, error) => format!("{name}: {}", error.reason()),
        }
    }
}

/// Writes a form. `encodings` are those of properties that differ from the default: files
/// and bytes `application/octet-stream`, objects `application/json`, scalars plain text, lists one
/// part for each item.
pub(crate) fn write(
    media_type: &str,
    body: Tree,
    encodings: &[(&'static str, PartEncoding)],
) -> Result<Multipart, MultipartError> {
    let boundary = boundary();
    let is_form = is(media_type, "multipart/form-data");
    let (parts, root) = parts(body, encodings, &boundary, is_form)?;
    Ok(Multipart {
        content_type: content_type(media_type, root.as_deref(), &boundary),
        parts,
    })
}

/// The media type with its own parameters, but for a boundary: that is ours. `multipart/related` says the type of its
/// first part (RFC 2387, section 3.1).
fn content_type(media_type: &str, root: Option<&str>, boundary: &str) -> String {
    let mut pieces = media_type.split(';').map(str::trim);
    let essence = pieces.next().unwrap_or_default();
    let is = |name: &str, parameter: &str| {
        let named = parameter.split('=').next().unwrap_or_default();
        named.trim().eq_ignore_ascii_case(name)
    };
    let kept: Vec<&str> = pieces
        .filter(|it| !it.is_empty() && !is("boundary", it))
        .collect();
    let mut out = essence.to_owned();
    for parameter in &kept {
        out.push_str("; ");
        out.push_str(parameter);
    }
    if essence.eq_ignore_ascii_case("multipart/related") && !kept.iter().any(|it| is("type", it)) {
        let root = root.unwrap_or("text/plain");
        out.push_str(&format!("; type=\"{}\"", root.replace(['"', '\\'], "")));
    }
    out.push_str("; boundary=");
    out.push_str(boundary);
    out
}

/// A boundary that nobody can guess, so that no content can end its part.
fn boundary() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", random(), random())
}

/// The parts with what stands between them, and the media type of the first.
fn parts(
    body: Tree,
    encodings: &[(&'static str, PartEncoding)],
    boundary: &str,
    is_form: bool,
) -> Result<(Vec<Upload>, Option<String>), MultipartError> {
    let Tree::Object(properties) = body else {
        return Err(MultipartError::NotAnObject);
    };
    let mut form = Form {
        boundary,
        is_form,
        out: Vec::new(),
        root: None,
        headers: &[],
    };
    for (name, value) in properties {
        let stated = encodings.iter().find(|(property, _)| *property == name);
        let encoding = stated.map_or(PartEncoding::Types(""), |(_, encoding)| *encoding);
        form.headers = encoding.headers();
        form.property(&name, value, encoding.plain())?;
    }
    form.out.push(format!("--{boundary}--\r\n").into());
    Ok((form.out, form.root))
}

/// The name of a file that has none (HTML Standard, "create an entry"): without one, servers take a part for a text
/// (RFC 7578, section 4.2).
const UNNAMED_FILE: &str = "blob";
const FORM_DATA: &str = "form-data";
const INLINE: &str = "inline";

/// A form in the making.
struct Form<'b> {
    boundary: &'b str,
    is_form: bool,
    out: Vec<Upload>,
    /// The media type of the first part.
    root: Option<String>,
    /// Those that the document states for the parts of the property at hand.
    headers: &'static [(&'static str, &'static str)],
}

impl Form<'_> {
    fn property(
        &mut self,
        name: &str,
        value: Tree,
        encoding: PartEncoding,
    ) -> Result<(), MultipartError> {
        match (encoding, value) {
            (PartEncoding::Styled { style, explode }, mut value) => {
                let format = Format {
                    style,
                    explode,
                    text: Text::Plain,
                };
                let mut texts = Vec::new();
                style::pairs(name, &value, format, &mut Pairs::parts(&mut texts))
                    .map_err(|error| MultipartError::Style(name.to_owned(), error))?;
                value.wipe();
                texts
                    .into_iter()
                    .try_for_each(|(name, text)| self.part(&name, unnamed(None, text.into_bytes())))
            }
            (PartEncoding::Types(types), Tree::List(values)) if !Stated(types).is_json() => values
                .into_iter()
                .try_for_each(|value| self.value(name, value, encoding)),
            (PartEncoding::Text(_) | PartEncoding::Encoded { .. }, Tree::List(values)) => values
                .into_iter()
                .try_for_each(|value| self.value(name, value, encoding)),
            (_, value) => self.value(name, value, encoding),
        }
    }

    fn value(
        &mut self,
        name: &str,
        value: Tree,
        encoding: PartEncoding,
    ) -> Result<(), MultipartError> {
        let is_file = matches!(value, Tree::File(_));
        let Some(mut content) = content(name, value, encoding)? else {
            return Ok(());
        };
        if is_file && self.is_form {
            let file_name = &mut content.file_name;
            file_name.get_or_insert_with(|| UNNAMED_FILE.to_owned());
        }
        if let PartEncoding::Encoded { transfer, .. } = encoding
            && !self.is_form
        {
            let header = "Content-Transfer-Encoding".to_owned();
            content.headers.push((header, transfer.to_owned()));
        }
        self.part(name, content)
    }

    fn part(&mut self, name: &str, content: Part) -> Result<(), MultipartError> {
        if self.out.is_empty() {
            self.root.clone_from(&content.content_type);
        }
        let boundary = self.boundary;
        // Of `form-data` are the parts of forms alone (RFC 7578, 4.2); RFC 2183 has words for others.
        let disposition = match content.file_name {
            _ if self.is_form => FORM_DATA,
            Some(_) => "attachment",
            None => INLINE,
        };
        let mut head = format!("--{boundary}\r\nContent-Disposition: {disposition}; name=\"");
        if !push_quoted(name, &mut head) {
            return Err(MultipartError::Name(name.to_owned()));
        }
        head.push('"');
        if let Some(file_name) = content.file_name {
            head.push_str("; filename=\"");
            if !push_quoted(&file_name, &mut head) {
                return Err(MultipartError::FileName(name.to_owned()));
            }
            head.push('"');
        }
        head.push_str("\r\n");
        if let Some(media_type) = content.content_type {
            if media_type.contains(char::is_control) {
                return Err(MultipartError::MediaType(name.to_owned()));
            }
            head.push_str("Content-Type: ");
            head.push_str(&media_type);
            head.push_str("\r\n");
        }
        let given = |name: &str| {
            let mut given = content.headers.iter();
            given.any(|(header, _)| header.eq_ignore_ascii_case(name))
        };
        let stated = self.headers.iter().filter(|(header, _)| !given(header));
        for (header, value) in stated {
            if !push_header(header, value, &mut head) {
                return Err(MultipartError::Header(
                    name.to_owned(),
                    (*header).to_owned(),
                ));
            }
        }
        for (header, value) in content.headers {
            if !push_header(&header, &value, &mut head) {
                return Err(MultipartError::Header(name.to_owned(), header));
            }
        }
        head.push_str("\r\n");
        self.out.extend([head.into(), content.data, "\r\n".into()]);
        Ok(())
    }
}

/// Appends a header of a part; `false` where it is none, or one that the part has by itself.
fn push_header(name: &str, value: &str, out: &mut String) -> bool {
    let Ok(known) = http::HeaderName::try_from(name) else {
        return false;
    };
    let is_own = [
        http::header::CONTENT_TYPE,
        http::header::CONTENT_DISPOSITION,
    ]
    .contains(&known);
    let is_legal = http::HeaderValue::try_from(value).is_ok();
    if is_legal && !is_own {
        out.push_str(name);
        out.push_str(": ");
        out.push_str(value);
        out.push_str("\r\n");
    }
    is_legal && !is_own
}

/// The media types and ranges that a document states for a part, by commas (OpenAPI 3.1.1, section 4.15.1.1). A range is
/// no type to send.
#[derive(Clone, Copy)]
struct Stated<'s>(&'s str);

impl<'s> Stated<'s> {
    fn types(self) -> impl Iterator<Item = &'s str> {
        let all = self.0.split(',').map(str::trim);
        all.filter(|it| !it.is_empty() && !it.contains('*'))
    }

    /// For a file, or text.
    fn opaque(self) -> Option<&'s str> {
        let other = self.types().find(|it| !is_json(it));
        other.or_else(|| self.types().next())
    }

    /// For a value with parts.
    fn structured(self) -> Option<&'s str> {
        let json = self.types().find(|it| is_json(it));
        json.or_else(|| self.types().next())
    }

    /// Whether text is written as JSON, and a list as one part.
    fn is_json(self) -> bool {
        self.opaque().is_some_and(is_json)
    }
}

fn unnamed(media_type: Option<String>, data: Vec<u8>) -> Part {
    let data = Bytes::from(BodyText::from(data));
    Part {
        content_type: media_type,
        ..Part::new(data)
    }
}

/// The content of a part, with the media type that is stated for it where it has none itself, and text in the encoding
/// that this names; nothing for null.
fn content(
    name: &str,
    mut value: Tree,
    encoding: PartEncoding,
) -> Result<Option<Part>, MultipartError> {
    let (stated, text_type) = match encoding {
        PartEncoding::Types(types) => (Stated(types), None),
        PartEncoding::Text(media_type) | PartEncoding::Encoded { media_type, .. } => {
            (Stated(media_type), Some(media_type))
        }
        PartEncoding::Styled { .. } | PartEncoding::WithHeaders { .. } => (Stated(""), None),
    };
    let or = |stated: Option<&str>, default: &str| Some(stated.unwrap_or(default).to_owned());
    let bytes = || or(stated.opaque(), "application/octet-stream");
    let part = match &mut value {
        Tree::Null => return Ok(None),
        Tree::File(part) => {
            let mut part = std::mem::take(part);
            part.content_type = part.content_type.or_else(bytes);
            return Ok(Some(part));
        }
        Tree::Bytes(data) => unnamed(bytes(), std::mem::take(data)),
        value => match value.scalar() {
            Some(text) if text_type.is_some() || !stated.is_json() => {
                let media_type = text_type.or(stated.opaque());
                let text =
                    charset::encode(text.to_owned(), media_type.and_then(media_type::charset))
                        .map_err(|reason| MultipartError::Text(name.to_owned(), reason))?;
                unnamed(media_type.map(str::to_owned), text)
            }
            _ => {
                let json = value
                    .to_json()
                    .map_err(|error| MultipartError::Json(name.to_owned(), error))?;
                let media_type = or(stated.structured(), "application/json");
                unnamed(media_type, json.into_bytes())
            }
        },
    };
    value.wipe();
    Ok(Some(part))
}

/// The text of the one part of a form, as [`write`] has it, that has this name and is no file.
pub(crate) fn value_of<'f>(form: &'f [u8], name: &str) -> Option<&'f str> {
    let mut named = String::from("; name=\"");
    push_quoted(name, &mut named).then_some(())?;
    named.push_str("\"\r\n");
    let dispositions = [FORM_DATA, INLINE].map(|it| format!("Content-Disposition: {it}{named}"));
    let (boundary, _) = split(form, b"\r\n")?;
    let mut rest = form.strip_prefix(boundary)?;
    let end = [b"\r\n", boundary].concat();
    let mut found = None;
    while let Some((part, next)) = split(rest.strip_prefix(b"\r\n")?, &end) {
        if dispositions
            .iter()
            .any(|it| part.starts_with(it.as_bytes()))
        {
            let (_, content) = split(part, b"\r\n\r\n")?;
            if found.replace(content).is_some() {
                return None;
            }
        }
        if next.starts_with(b"--") {
            break;
        }
        rest = next;
    }
    str::from_utf8(found?).ok()
}

/// Both sides of the first place at which this stands.
fn split<'b>(bytes: &'b [u8], at: &[u8]) -> Option<(&'b [u8], &'b [u8])> {
    let start = bytes.windows(at.len()).position(|it| it == at)?;
    Some((&bytes[..start], &bytes[start + at.len()..]))
}

/// Appends a text to go between quotes; `false` where it has a character that HTML gives no escape for, and
/// that readers cut it at.
fn push_quoted(text: &str, out: &mut String) -> bool {
    for character in text.chars() {
        match character {
            '"' => out.push_str("%22"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            character if character.is_control() => return false,
            character => out.push(character),
        }
    }
    true
}

#[cfg(test)]
mod tests;
