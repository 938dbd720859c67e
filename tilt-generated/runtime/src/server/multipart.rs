//! Bodies of parts (RFC 2046, section 5.1, and RFC 7578), of which each has the name of a property.

use crate::data::Part;
use crate::data::described::{Encoding, PartEncoding};
use crate::data::given::{Escapes, Given, Misfit, Pairs, Text, part_text};
use bytes::Bytes;

/// The longest head of a part.
const LONGEST_HEAD: usize = 8 << 10;

/// A body of parts as the object that it is; `encodings` are those of properties that differ from the default.
pub(super) fn read(
    content_type: &str,
    body: &Bytes,
    most: usize,
    encodings: &[(&'static str, PartEncoding)],
) -> Result<Given, Misfit> {
    let boundary = boundary(content_type);
    let boundary = boundary.ok_or_else(|| Misfit::unreadable("has no boundary"))?;
    let mut named: Vec<(String, Vec<Part>)> = Vec::new();
    for (count, range) in ranges(body, &boundary)?.into_iter().enumerate() {
        if count == most {
            return Err(Misfit::unreadable(format!("has more than {most} parts")));
        }
        let (name, part) = part(body.slice(range))?;
        match named.iter_mut().find(|(it, _)| *it == name) {
            Some((_, parts)) => parts.push(part),
            None => named.push((name, vec![part])),
        }
    }
    let mut given = Vec::new();
    for (name, parts) in named {
        let encoding = encodings.iter().find(|(property, _)| *property == name);
        let value = match encoding.map(|(_, encoding)| encoding.plain()) {
            Some(PartEncoding::Styled { style, explode }) => {
                let pairs = parts.iter().map(|it| Ok((name.clone(), part_text(it)?)));
                let pairs = Pairs::of_parts(pairs.collect::<Result<_, Misfit>>()?);
                let value = pairs.get(&name, Encoding::style(style, explode))?;
                value.unwrap_or_else(|| Given::Texts(Vec::new()))
            }
            Some(PartEncoding::Text(_) | PartEncoding::Encoded { .. }) => {
                let texts = parts
                    .iter()
                    .map(|it| Ok(Text::whole(part_text(it)?, Escapes::None)));
                Given::Texts(texts.collect::<Result<_, Misfit>>()?)
            }
            Some(PartEncoding::Types(_) | PartEncoding::WithHeaders { .. }) | None => {
                Given::Parts(parts)
            }
        };
        given.push((name, value));
    }
    Ok(Given::Named(given))
}

/// The boundary that a media type names (RFC 2046, 5.1.1).
fn boundary(content_type: &str) -> Option<String> {
    let boundary = parameter(content_type, "boundary")?;
    (1..=70).contains(&boundary.len()).then_some(boundary)
}

/// The value of a parameter of a header; quoted or not.
fn parameter(header: &str, name: &str) -> Option<String> {
    let mut rest = header.split_once(';')?.1;
    loop {
        let (key, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let (value, behind) = match after.strip_prefix('"') {
            Some(quoted) => unquoted(quoted)?,
            None => {
                let (value, behind) = after.split_once(';').unwrap_or((after, ""));
                (value.trim().to_owned(), behind)
            }
        };
        if key
            .trim_matches([' ', '\t', ';'])
            .eq_ignore_ascii_case(name)
        {
            return Some(value);
        }
        rest = behind;
    }
}

/// A quoted text, and what is behind it. Browsers write `%22` for a quote, and others a backslash before it.
fn unquoted(quoted: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut chars = quoted.char_indices();
    while let Some((at, char)) = chars.next() {
        match char {
            '"' => return Some((value, &quoted[at + 1..])),
            '\\' => match chars.clone().next() {
                Some((_, escaped @ ('"' | '\\'))) => {
                    chars.next();
                    value.push(escaped);
                }
                _ => value.push('\\'),
            },
            char => value.push(char),
        }
    }
    None
}

/// Where the parts are.
fn ranges(body: &[u8], boundary: &str) -> Result<Vec<std::ops::Range<usize>>, Misfit> {
    let unreadable = || Misfit::unreadable("has no end");
    let delimiter = format!("\r\n--{boundary}");
    let delimiter = delimiter.as_bytes();
    // The first one need not have a line before it.
    let mut at = match body.starts_with(&delimiter[2..]) {
        true => delimiter.len() - 2,
        false => find(body, delimiter, 0).ok_or_else(unreadable)? + delimiter.len(),
    };
    let mut ranges = Vec::new();
    loop {
        if body[at..].starts_with(b"--") {
            return Ok(ranges);
        }
        let line = find(body, b"\r\n", at).ok_or_else(unreadable)?;
        // The line break of an empty part is that of the next delimiter.
        let start = line + 2;
        let end = find(body, delimiter, line).ok_or_else(unreadable)?;
        ranges.push(start..end.max(start));
        at = end + delimiter.len();
    }
}

fn find(body: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    let first = *wanted.first()?;
    let mut at = from;
    loop {
        at += body.get(at..)?.iter().position(|byte| *byte == first)?;
        if body[at..].starts_with(wanted) {
            return Some(at);
        }
        at += 1;
    }
}

/// The name of a part, and what it is.
fn part(bytes: Bytes) -> Result<(String, Part), Misfit> {
    let unreadable = || Misfit::unreadable("has a part without a name");
    let (head, start) = match bytes.starts_with(b"\r\n") {
        true => (&[][..], 2),
        false => {
            let end = find(&bytes, b"\r\n\r\n", 0).filter(|end| *end <= LONGEST_HEAD);
            let end = end.ok_or_else(unreadable)?;
            (&bytes[..end], end + 4)
        }
    };
    let head =
        str::from_utf8(head).map_err(|_| Misfit::unreadable("has a head that is no text"))?;
    let mut part = Part::new(bytes.slice(start..));
    let mut name = None;
    for line in head.split("\r\n") {
        let Some((header, value)) = line.split_once(':') else {
            continue;
        };
        let value = value.trim();
        match header.trim().to_ascii_lowercase().as_str() {
            "content-disposition" => {
                name = parameter(value, "name");
                if let Some(file_name) = parameter(value, "filename") {
                    part = part.file_name(from_form(&file_name));
                }
            }
            "content-type" => part = part.content_type(value),
            _ => part = part.header(header.trim(), value),
        }
    }
    Ok((from_form(&name.ok_or_else(unreadable)?), part))
}

/// A name as it was before it was escaped for its place (HTML, "multipart/form-data encoding algorithm").
fn from_form(name: &str) -> String {
    name.replace("%22", "\"")
        .replace("%0D", "\r")
        .replace("%0A", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Map, given};

    /// The names, media types and lengths of parts.
    fn parts(content_type: &str, body: &str) -> Result<String, String> {
        let body = Bytes::from(body.to_owned());
        let read = read(content_type, &body, 3, &[]).map_err(|it| it.reason.into_owned())?;
        let Given::Named(named) = read else {
            return Err("no object".to_owned());
        };
        let shown = named.into_iter().map(|(name, given)| match given {
            Given::Parts(parts) => {
                let lengths = parts.iter().map(|it| it.data.length().unwrap_or_default());
                format!("{name}{:?}", lengths.collect::<Vec<_>>())
            }
            _ => name,
        });
        Ok(shown.collect())
    }

    const B: &str = "multipart/form-data; x=\"a;boundary=no\"; Boundary=\"b b\"";

    #[test]
    fn parts_are_those_between_delimiters() {
        let head = "Content-Disposition: form-data; name=\"a%22\\\"\"";
        let body = format!(
            "preamble\r\n--b b  \r\n{head}\r\n\r\nx\r\n--b\r\n--b b\r\n{head}\r\n\r\n\r\n--b b--epilogue"
        );
        assert_eq!(parts(B, &body), Ok("a\"\"[6, 0]".to_owned()));
    }

    #[test]
    fn a_part_is_in_the_encoding_that_its_type_names() {
        let one = |media_type: &str, content: &[u8]| {
            let head = format!(
                "--b b\r\nContent-Disposition: form-data; name=a\r\nContent-Type: {media_type}\r\n\r\n"
            );
            let body = [head.as_bytes(), content, b"\r\n--b b--"].concat();
            let read = read(B, &body.into(), 1, &[]).and_then(|it| given::read(&it));
            let read = read.map(|mut it: Map<String>| it.swap_remove("a").unwrap_or_default());
            read.map_err(|misfit| misfit.reason.into_owned())
        };
        let html = "text/html; charset=iso-8859-1";
        assert_eq!(one(html, b"\xe9").as_deref(), Ok("é"));
        assert_eq!(
            one("text/html", "\u{feff}é".as_bytes()).as_deref(),
            Ok("\u{feff}é")
        );
        assert_eq!(
            one("application/json", "\u{feff}\"a\"".as_bytes()).as_deref(),
            Ok("a")
        );
        assert!(
            one("text/html; charset=us-ascii", b"\xe9").is_err_and(|it| it.contains("us-ascii"))
        );
    }

    #[test]
    fn bodies_that_are_none_are_refused() {
        let head = "Content-Disposition: form-data; name=a\r\n\r\n\r\n--b b\r\n";
        for (content_type, body, reason) in [
            ("multipart/form-data", "", "no boundary"),
            ("multipart/form-data; boundary=", "--", "no boundary"),
            (B, "", "no end"),
            (B, "--b b", "no end"),
            (B, "--b b\r\n", "no end"),
            (B, "--b b\r\nx\r\n--b b--", "without a name"),
            (
                B,
                &format!("--b b\r\n{}--", head.repeat(4).trim_end()),
                "more than 3",
            ),
        ] {
            let refused = parts(content_type, body);
            assert!(
                refused.as_ref().is_err_and(|it| it.contains(reason)),
                "{body} {refused:?}"
            );
        }
    }
}
