//! Headers that are a list or an object, by OpenAPI's style `simple` (3.1.1, 4.8.12; RFC 6570, 3.2.2), without
//! percent-encoding.

use super::{FromHeader, Map, ToHeader};

impl<T: FromHeader> FromHeader for Vec<T> {
    const EXPECTED: &'static str = "a list by commas";
    const IS_LIST: bool = true;

    fn from_header(text: &str) -> Option<Self> {
        elements(text).map(T::from_header).collect()
    }
}

impl<T: ToHeader> ToHeader for Vec<T> {
    const IS_SECRET: bool = T::IS_SECRET;

    fn to_header(&self) -> Option<String> {
        let elements: Option<Vec<String>> = self.iter().map(element).collect();
        let elements = elements?;
        let is_plain = elements.len() != 1 || !elements[0].is_empty();
        is_plain.then(|| elements.join(","))
    }
}

/// A member after the other, each behind its name: `R,100,G,200`; exploded, `R=100,G=200`.
impl<T: FromHeader> FromHeader for Map<T> {
    const EXPECTED: &'static str = "names and values by commas";
    const IS_LIST: bool = true;

    fn from_header(text: &str) -> Option<Self> {
        let mut elements = elements(text);
        let mut members = Map::new();
        while let Some(name) = elements.next() {
            members.insert(name.to_owned(), T::from_header(elements.next()?)?);
        }
        Some(members)
    }

    fn from_exploded(text: &str) -> Option<Self> {
        let member = |element: &str| {
            let (name, value) = element.split_once('=')?;
            Some((name.to_owned(), T::from_header(value)?))
        };
        elements(text).map(member).collect()
    }
}

impl<T: ToHeader> ToHeader for Map<T> {
    const IS_SECRET: bool = T::IS_SECRET;

    fn to_header(&self) -> Option<String> {
        let members = self.iter().map(|(name, value)| {
            let name = whole(name.clone())?;
            Some(format!("{name},{}", element(value)?))
        });
        let members: Option<Vec<String>> = members.collect();
        Some(members?.join(","))
    }

    fn to_exploded(&self) -> Option<String> {
        let members = self.iter().map(|(name, value)| {
            let name = whole(name.clone()).filter(|it| !it.contains('='))?;
            Some(format!("{name}={}", element(value)?))
        });
        let members: Option<Vec<String>> = members.collect();
        Some(members?.join(","))
    }
}

/// Texts between commas; nothing at all is no element. Spaces around are none of it (RFC 9110, 5.6.1).
fn elements(text: &str) -> impl Iterator<Item = &str> {
    let all = text.split(',').map(|it| it.trim_matches([' ', '\t']));
    all.filter(move |_| !text.is_empty())
}

/// The text of an element; `None` where it could be read as several, or as another.
fn element<T: ToHeader>(value: &T) -> Option<String> {
    whole(value.to_header()?)
}

fn whole(text: String) -> Option<String> {
    let is_whole = !text.contains(',') && text.trim_matches([' ', '\t']) == text;
    is_whole.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Header;

    const LIST: Header<Vec<i64>> = Header::new("X-List");
    const TEXTS: Header<Vec<String>> = Header::new("X-Texts");
    const COLOR: Header<Map<i64>> = Header::new("X-Color");
    const EXPLODED: Header<Map<i64>> = Header::exploded("X-Color");

    #[test]
    fn a_list_is_read_and_written_by_commas() {
        assert_eq!(LIST.read(Some("1, 2,3")), Ok(Some(vec![1, 2, 3])));
        assert_eq!(LIST.read(Some("")), Ok(Some(vec![])));
        assert_eq!(LIST.read_all(["1", "2,3"]), Ok(Some(vec![1, 2, 3])));
        assert!(LIST.read(Some("1,,2")).is_err());
        assert_eq!(LIST.write(&vec![1, 2]), Ok("1,2".to_owned()));
        let texts = |texts: &[&str]| texts.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        for kept in [&["a", "", "b"][..], &["a b"], &[]] {
            let written = TEXTS.write(&texts(kept)).unwrap();
            assert_eq!(TEXTS.read(Some(written)), Ok(Some(texts(kept))));
        }
        for unwritable in [&["a,b"][..], &[" a"], &[""]] {
            assert!(TEXTS.write(&texts(unwritable)).is_err(), "{unwritable:?}");
        }
    }

    #[test]
    fn an_object_is_read_and_written_by_its_style() {
        let color = Map::from_iter([("R".to_owned(), 100), ("G".to_owned(), 200)]);
        assert_eq!(COLOR.read(Some("R,100,G,200")), Ok(Some(color.clone())));
        assert_eq!(COLOR.write(&color), Ok("R,100,G,200".to_owned()));
        assert!(COLOR.read(Some("R,100,G")).is_err());
        assert_eq!(
            EXPLODED.read_all(["R=100", "G=200"]),
            Ok(Some(color.clone()))
        );
        assert_eq!(EXPLODED.write(&color), Ok("R=100,G=200".to_owned()));
        assert!(EXPLODED.read(Some("R,100")).is_err());
    }
}
