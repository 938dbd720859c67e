//! Bodies of parts: `multipart/form-data`, by RFC 7578 and the escaping of HTML, and other multipart types (RFC 2046,
//! section 5.1). Parts have their names in all of them: the properties of a schema have no order.

use super::tree::{File, Tree, TreeError};
use crate::client::body_text::BodyText;
use crate::client::media_type::is_json;
use crate::data::Upload;
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
    Json(String, TreeError),
}

impl MultipartError {
    pub(crate) fn reason(&self) -> String {
        match self {
            Self::NotAnObject => "a form is made of an object".to_owned(),
            Self::MediaType(name) => format!("{name}: the content type has a control character"),
            Self::FileName(name) => format!("{name}: the file name has a control character"),
            Self::Name(name) => format!("the name {name:?} has a control character"),
            Self::Json(name, error) => format!("{name}: {error}"),
        }
    }
}

/// Writes a form. `content_types` are those of properties that differ from the default: files
/// and bytes `application/octet-stream`, objects `application/json`, scalars plain text, lists one
/// part for each item.
pub(crate) fn write(
    media_type: &str,
    body: Tree,
    content_types: &[(&'static str, &'static str)],
) -> Result<Multipart, MultipartError> {
    let boundary = boundary();
    let (parts, root) = parts(body, content_types, &boundary)?;
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
    content_types: &[(&'static str, &'static str)],
    boundary: &str,
) -> Result<(Vec<Upload>, Option<String>), MultipartError> {
    let Tree::Object(properties) = body else {
        return Err(MultipartError::NotAnObject);
    };
    let mut out = Vec::new();
    let mut root = None;
    for (name, value) in properties {
        let stated = content_types.iter().find(|(property, _)| *property == name);
        let stated = Stated(stated.map_or("", |(_, content_types)| content_types));
        match value {
            Tree::List(values) if !stated.is_json() => {
                for value in values {
                    part(&name, value, stated, boundary, &mut out, &mut root)?;
                }
            }
            value => part(&name, value, stated, boundary, &mut out, &mut root)?,
        }
    }
    out.push(format!("--{boundary}--\r\n").into());
    Ok((out, root))
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

fn part(
    name: &str,
    value: Tree,
    stated: Stated<'_>,
    boundary: &str,
    out: &mut Vec<Upload>,
    root: &mut Option<String>,
) -> Result<(), MultipartError> {
    let Some(content) = content(name, value, stated)? else {
        return Ok(());
    };
    if out.is_empty() {
        root.clone_from(&content.media_type);
    }
    let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"");
    if !push_quoted(name, &mut head) {
        return Err(MultipartError::Name(name.to_owned()));
    }
    head.push('"');
    if let Some(file_name) = content.name {
        head.push_str("; filename=\"");
        if !push_quoted(&file_name, &mut head) {
            return Err(MultipartError::FileName(name.to_owned()));
        }
        head.push('"');
    }
    head.push_str("\r\n");
    if let Some(media_type) = content.media_type {
        if media_type.contains(char::is_control) {
            return Err(MultipartError::MediaType(name.to_owned()));
        }
        head.push_str("Content-Type: ");
        head.push_str(&media_type);
        head.push_str("\r\n");
    }
    head.push_str("\r\n");
    out.extend([head.into(), content.data, "\r\n".into()]);
    Ok(())
}

/// The content of a part, with the media type that is stated for it where it has none itself; nothing for
/// null.
fn content(name: &str, value: Tree, stated: Stated<'_>) -> Result<Option<File>, MultipartError> {
    let unnamed = |media_type: Option<String>, data: Vec<u8>| File {
        name: None,
        media_type,
        data: Bytes::from(BodyText::from(data)).into(),
    };
    let or = |stated: Option<&str>, default: &str| Some(stated.unwrap_or(default).to_owned());
    let bytes = || or(stated.opaque(), "application/octet-stream");
    Ok(Some(match value {
        Tree::Null => return Ok(None),
        Tree::File(mut file) => {
            file.media_type = file.media_type.or_else(bytes);
            file
        }
        Tree::Bytes(data) => unnamed(bytes(), data),
        mut value => {
            let file = match value.scalar() {
                Some(text) if !stated.is_json() => {
                    let media_type = stated.opaque().map(str::to_owned);
                    unnamed(media_type, text.as_bytes().to_vec())
                }
                _ => {
                    let json = value
                        .to_json()
                        .map_err(|error| MultipartError::Json(name.to_owned(), error))?;
                    unnamed(
                        or(stated.structured(), "application/json"),
                        json.into_bytes(),
                    )
                }
            };
            value.wipe();
            file
        }
    }))
}

/// The text of the one part of a form, as [`write`] has it, that has this name and is no file.
pub(crate) fn value_of<'f>(form: &'f [u8], name: &str) -> Option<&'f str> {
    let mut disposition = String::from("Content-Disposition: form-data; name=\"");
    push_quoted(name, &mut disposition).then_some(())?;
    disposition.push_str("\"\r\n");
    let (boundary, _) = split(form, b"\r\n")?;
    let mut rest = form.strip_prefix(boundary)?;
    let end = [b"\r\n", boundary].concat();
    let mut found = None;
    while let Some((part, next)) = split(rest.strip_prefix(b"\r\n")?, &end) {
        if part.starts_with(disposition.as_bytes()) {
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
mod tests {
    use super::*;

    fn written(properties: Vec<(&str, Tree)>, types: &[(&'static str, &'static str)]) -> String {
        let properties = properties
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value));
        match parts(Tree::Object(properties.collect()), types, "B") {
            Ok((parts, _)) => {
                let parts = parts.iter().filter_map(Upload::as_bytes);
                parts.map(|part| String::from_utf8_lossy(part)).collect()
            }
            Err(error) => error.reason(),
        }
    }

    #[test]
    fn each_kind_of_value_has_its_part() {
        let file = File {
            name: Some("a\"b.txt".to_owned()),
            media_type: Some("text/plain".to_owned()),
            data: "data".into(),
        };
        let object = Tree::Object(vec![("k".to_owned(), Tree::Number("1".to_owned()))]);
        let form = written(
            vec![
                ("title", Tree::Text("x".to_owned())),
                ("file", Tree::File(file)),
                ("meta", object),
                ("raw", Tree::Bytes(vec![b'!'])),
                ("none", Tree::Null),
            ],
            &[],
        );
        assert_eq!(
            form,
            "--B\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nx\r\n\
             --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a%22b.txt\"\r\n\
             Content-Type: text/plain\r\n\r\ndata\r\n\
             --B\r\nContent-Disposition: form-data; name=\"meta\"\r\n\
             Content-Type: application/json\r\n\r\n{\"k\":1}\r\n\
             --B\r\nContent-Disposition: form-data; name=\"raw\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n!\r\n\
             --B--\r\n"
        );
    }

    #[test]
    fn the_text_of_a_part_is_found_by_its_name() {
        let text = |text: &str| Tree::Text(text.to_owned());
        let file = Tree::File(File {
            name: Some("a".to_owned()),
            data: "5".into(),
            ..File::default()
        });
        let form = written(
            vec![
                ("am\"ount", text("5000")),
                ("note", text("a\r\n\r\n--b")),
                ("typed", text("x")),
                ("list", Tree::List(vec![text("a"), text("b")])),
                ("file", file),
                ("last", text("")),
            ],
            &[("typed", "text/plain")],
        );
        for (name, value) in [
            ("am\"ount", Some("5000")),
            ("note", Some("a\r\n\r\n--b")),
            ("typed", Some("x")),
            ("list", None),
            ("file", None),
            ("last", Some("")),
            ("none", None),
            ("a\0", None),
        ] {
            assert_eq!(value_of(form.as_bytes(), name), value, "{name}");
        }
        for other in ["", "--B\r\n", "--B--\r\n", "\r\n", "{\"last\":1}"] {
            assert_eq!(value_of(other.as_bytes(), "last"), None, "{other}");
        }
    }

    #[test]
    fn a_list_is_a_part_for_each_item_unless_it_is_json() {
        let list = || Tree::List(vec![Tree::Text("a".to_owned()), Tree::Text("b".to_owned())]);
        assert_eq!(
            written(vec![("l", list())], &[])
                .matches("name=\"l\"")
                .count(),
            2
        );
        let json = written(vec![("l", list())], &[("l", "application/json")]);
        assert!(json.contains("Content-Type: application/json\r\n\r\n[\"a\",\"b\"]\r\n"));
    }

    #[test]
    fn a_range_is_no_type_and_the_first_that_fits_is_taken() {
        let file = |media_type: Option<&str>| {
            Tree::File(File {
                media_type: media_type.map(str::to_owned),
                ..File::default()
            })
        };
        let types = &[
            ("f", "image/*, image/png"),
            ("m", "text/plain, application/json"),
        ];
        let form = written(
            vec![
                ("f", file(None)),
                ("f", file(Some("image/gif"))),
                ("m", Tree::Text("x".to_owned())),
                ("m", Tree::Object(vec![])),
            ],
            types,
        );
        let stated = form
            .lines()
            .filter_map(|line| line.strip_prefix("Content-Type: "));
        let stated: Vec<&str> = stated.collect();
        assert_eq!(
            stated,
            ["image/png", "image/gif", "text/plain", "application/json"]
        );
        let form = written(vec![("f", file(None))], &[("f", "image/*")]);
        assert!(
            form.contains("Content-Type: application/octet-stream\r\n"),
            "{form}"
        );
    }

    #[test]
    fn a_multipart_type_is_sent_as_it_is_stated() {
        let sent = |media_type| content_type(media_type, Some("application/json"), "B");
        assert_eq!(sent("multipart/mixed"), "multipart/mixed; boundary=B");
        assert_eq!(
            sent("multipart/form-data; charset=utf-8; boundary=x"),
            "multipart/form-data; charset=utf-8; boundary=B"
        );
        assert_eq!(
            sent("multipart/related"),
            "multipart/related; type=\"application/json\"; boundary=B"
        );
        assert_eq!(
            sent("multipart/related;type=text/xml"),
            "multipart/related; type=text/xml; boundary=B"
        );
    }

    #[test]
    fn no_name_or_type_breaks_out_of_its_line() {
        let form = written(vec![("a\r\nX: 1", Tree::Text("x".to_owned()))], &[]);
        assert!(form.contains("name=\"a%0D%0AX: 1\""));
        let file = File {
            media_type: Some("text/plain\r\nX: 1".to_owned()),
            ..File::default()
        };
        assert_eq!(
            written(vec![("f", Tree::File(file))], &[]),
            "f: the content type has a control character"
        );
        for name in ["a.php\0.png", "\u{7f}", "\u{85}", "a\tb"] {
            let file = File {
                name: Some(name.to_owned()),
                ..File::default()
            };
            assert_eq!(
                written(vec![("f", Tree::File(file))], &[]),
                "f: the file name has a control character"
            );
        }
        assert_eq!(
            written(vec![("a\0", Tree::Text("x".to_owned()))], &[]),
            "the name \"a\\0\" has a control character"
        );
    }

    #[test]
    fn boundaries_differ() {
        assert_ne!(boundary(), boundary());
    }
}
