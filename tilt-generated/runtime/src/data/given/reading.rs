//! Types from what a request says.

use super::misfit::Misfit;
use super::words::{Escapes, Given, Text, is_one, part_text};
use crate::data::part::{self, handover};
use crate::data::raw::RAW_JSON;
use crate::data::{Part, Wire, look, media_type, union};
use serde::de::value::{MapDeserializer, StringDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, Expected, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use std::borrow::Cow;

/// Reads a value as a type.
pub(crate) fn read<T: Wire>(given: &Given) -> Result<T, Misfit> {
    union::within_a_body(|| T::read(given))
}

fn no_scalar(expected: &dyn Expected) -> Misfit {
    Misfit::unfit(format!("expected {expected}"))
}

impl Given {
    /// The one text that a scalar is read from.
    fn one(&self, expected: &dyn Expected) -> Result<String, Misfit> {
        match self {
            Self::Texts(texts) => match texts.as_slice() {
                [text] if is_one(texts) => text.decoded(),
                _ => Err(Misfit::unreadable("is given several times")),
            },
            Self::Named(_) | Self::Json(_) | Self::Parts(_) => Err(no_scalar(expected)),
        }
    }
}

/// A part as its media type says, where no file is asked for.
fn unpacked(parts: &[Part]) -> Result<Given, Misfit> {
    let [part] = parts else {
        return Err(Misfit::unreadable("is given several times"));
    };
    let text = part_text(part)?;
    let content_type = part.content_type.as_deref();
    Ok(match content_type.is_some_and(media_type::is_json) {
        true => {
            let json = text.strip_prefix('\u{feff}').unwrap_or(&text);
            Given::Json(json.to_owned())
        }
        false => Given::text(Text::whole(text, Escapes::None)),
    })
}

/// A whole JSON text by one of the methods of a deserializer.
macro_rules! json {
    ($text:expr, $method:ident, $($argument:expr),+) => {{
        let text: &str = $text;
        let mut json = serde_json::Deserializer::from_reader(text.as_bytes());
        let read = (&mut json).$method($($argument),+);
        let read = read.and_then(|value| json.end().map(|()| value));
        read.map_err(|error| Misfit::of_json(text.as_bytes(), &error))
    }};
}

macro_rules! numbers {
    ($($method:ident)+) => { $(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
            if let Given::Parts(parts) = self {
                return unpacked(parts)?.$method(visitor);
            }
            if let Given::Json(text) = self {
                return json!(text, $method, visitor);
            }
            let text = self.one(&visitor)?;
            if !is_number(&text) {
                return Err(no_scalar(&visitor));
            }
            if let Ok(value) = text.parse::<u64>() {
                visitor.visit_u64(value)
            } else if let Ok(value) = text.parse::<i64>() {
                visitor.visit_i64(value)
            } else {
                let float = text.parse::<f64>().ok().filter(|it| it.is_finite());
                let float = float.ok_or_else(|| no_scalar(&visitor))?;
                visitor.visit_f64(float)
            }
        }
    )+ };
}

macro_rules! texts {
    ($($method:ident)+) => { $(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
            match self {
                Given::Json(text) => json!(text, $method, visitor),
                Given::Parts(parts) => unpacked(parts)?.$method(visitor),
                given => {
                    let text = given.one(&visitor)?;
                    visitor.visit_string(text)
                }
            }
        }
    )+ };
}

impl<'de> Deserializer<'de> for &Given {
    type Error = Misfit;

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_f32 deserialize_f64
    }

    texts! {
        deserialize_char deserialize_str deserialize_string deserialize_bytes deserialize_byte_buf
        deserialize_identifier
    }

    /// A type that takes several kinds of values gets the one that the text looks like.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self {
            Given::Json(text) => json!(text, deserialize_any, visitor),
            Given::Parts(parts) if parts.len() != 1 => self.deserialize_seq(visitor),
            Given::Parts(parts) => unpacked(parts)?.deserialize_any(visitor),
            Given::Named(named) if is_list(named) => self.deserialize_seq(visitor),
            Given::Named(_) => self.deserialize_map(visitor),
            Given::Texts(texts) if !is_one(texts) => self.deserialize_seq(visitor),
            Given::Texts(_) => {
                let text = self.one(&visitor)?;
                look::note();
                match text.as_str() {
                    "true" => visitor.visit_bool(true),
                    "false" => visitor.visit_bool(false),
                    number if is_number(number) => self.deserialize_f64(visitor),
                    _ => visitor.visit_string(text),
                }
            }
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        if let Given::Parts(parts) = self {
            return unpacked(parts)?.deserialize_bool(visitor);
        }
        if let Given::Json(text) = self {
            return json!(text, deserialize_bool, visitor);
        }
        match self.one(&visitor)?.as_str() {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => Err(Misfit::unfit("expected true or false")),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self {
            Given::Json(text) => json!(text, deserialize_option, visitor),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self {
            Given::Json(text) => json!(text, deserialize_unit, visitor),
            given if given.one(&visitor)?.is_empty() => visitor.visit_unit(),
            _ => Err(no_scalar(&visitor)),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match self {
            Given::Json(text) => json!(text, deserialize_newtype_struct, name, visitor),
            Given::Parts(parts) if name == part::NAME => match parts.as_slice() {
                [one] => handover::offer(one, || visitor.visit_unit()),
                _ => Err(Misfit::unreadable("is given several times")),
            },
            Given::Parts(parts) if parts.len() == 1 => {
                unpacked(parts)?.deserialize_newtype_struct(name, visitor)
            }
            Given::Texts(texts) if name == RAW_JSON && texts.len() == 1 => {
                let text = self.one(&visitor)?;
                match is_number(&text) {
                    true => {
                        look::note();
                        let entries = std::iter::once((RAW_JSON, text));
                        visitor.visit_map(MapDeserializer::<_, Misfit>::new(entries))
                    }
                    false => visitor.visit_newtype_struct(self),
                }
            }
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let items = match self {
            Given::Json(text) => return json!(text, deserialize_seq, visitor),
            Given::Parts(parts) => {
                let items = parts.iter().map(|it| Given::Parts(vec![it.clone()]));
                items.map(Cow::Owned).collect()
            }
            Given::Named(named) => {
                let items = named.iter().map(|(_, given)| Cow::Borrowed(given));
                items.collect()
            }
            Given::Texts(texts) => {
                let listed = match texts.as_slice() {
                    [text] => text.listed().unwrap_or_else(|| vec![text.clone()]),
                    several => several.to_vec(),
                };
                let items = listed.into_iter().map(Given::text);
                items.map(Cow::Owned).collect()
            }
        };
        visitor.visit_seq(Items::of(items))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let properties = match self {
            Given::Json(text) => return json!(text, deserialize_map, visitor),
            Given::Parts(parts) => return unpacked(parts)?.deserialize_map(visitor),
            Given::Named(named) => {
                let named = named.iter();
                named
                    .map(|(name, given)| (name.clone(), Cow::Borrowed(given)))
                    .collect()
            }
            Given::Texts(texts) => {
                let [text] = texts.as_slice() else {
                    return Err(no_scalar(&visitor));
                };
                if let Some(json) = json_object(text)? {
                    return json!(&json, deserialize_map, visitor);
                }
                properties(text, &visitor)?
            }
        };
        visitor.visit_map(Properties::of(properties))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match self {
            Given::Json(text) => json!(text, deserialize_enum, name, variants, visitor),
            Given::Parts(parts) => unpacked(parts)?.deserialize_enum(name, variants, visitor),
            given => {
                let text = given.one(&visitor)?;
                let text: StringDeserializer<Misfit> = text.into_deserializer();
                visitor.visit_enum(text)
            }
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_unit()
    }
}

/// The JSON text of an object inside a list or a form, for which styles have no form.
fn json_object(text: &Text) -> Result<Option<String>, Misfit> {
    let decoded = text.decoded()?;
    Ok(decoded.starts_with('{').then_some(decoded))
}

fn properties<'g>(text: &Text, expected: &dyn Expected) -> Result<Vec<Named<'g>>, Misfit> {
    let pairs = text.paired().ok_or_else(|| no_scalar(expected))??;
    let pairs = pairs.into_iter();
    pairs
        .map(|(name, value)| Ok((name.decoded()?, Cow::Owned(Given::text(value)))))
        .collect()
}

/// Whether names are those of a list's items.
fn is_list(named: &[(String, Given)]) -> bool {
    let is_index = |name: &str| name.bytes().all(|it| it.is_ascii_digit());
    !named.is_empty() && named.iter().all(|(name, _)| is_index(name))
}

/// Whether a text is a number of JSON (RFC 8259, section 6).
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let exponent = exponent.map(|it| it.strip_prefix(['+', '-']).unwrap_or(it));
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(digits)
}

struct Items<'g> {
    rest: std::vec::IntoIter<Cow<'g, Given>>,
    at: usize,
}

impl<'g> Items<'g> {
    fn of(items: Vec<Cow<'g, Given>>) -> Self {
        let rest = items.into_iter();
        Self { rest, at: 0 }
    }
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Misfit> {
        let Some(item) = self.rest.next() else {
            return Ok(None);
        };
        let at = self.at;
        self.at += 1;
        let read = seed.deserialize(item.as_ref());
        read.map(Some).map_err(|it| it.within(&at.to_string()))
    }
}

/// Names with what stands there.
type Named<'g> = (String, Cow<'g, Given>);

struct Properties<'g> {
    rest: std::vec::IntoIter<Named<'g>>,
    value: Option<Named<'g>>,
}

impl<'g> Properties<'g> {
    fn of(properties: Vec<Named<'g>>) -> Self {
        let rest = properties.into_iter();
        Self { rest, value: None }
    }
}

impl<'de> MapAccess<'de> for Properties<'_> {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Misfit> {
        self.value = self.rest.next();
        let Some((name, _)) = &self.value else {
            return Ok(None);
        };
        let name: StringDeserializer<Misfit> = name.clone().into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Misfit> {
        let Some((name, given)) = self.value.take() else {
            return Err(Misfit::unfit("a value without a name"));
        };
        seed.deserialize(given.as_ref())
            .map_err(|it| it.within(&name))
    }
}

#[cfg(test)]
mod tests {
    use super::super::pairs::Pairs;
    use super::*;
    use crate::data::described::{Encoding, Style};
    use crate::data::{Decimal, Map, Number, Value};

    /// The values under `a` of a query, or why there are none.
    fn value<T: Wire>(query: &str, style: Style, explode: bool) -> Result<Option<T>, String> {
        let read = || {
            let pairs = Pairs::of_query(query, 100)?;
            let given = pairs.get("a", Encoding::style(style, explode))?;
            given.map(|given| read(&given)).transpose()
        };
        read().map_err(|misfit| format!("{}: {}", misfit.pointer, misfit.reason))
    }

    fn form<T: Wire>(query: &str) -> Result<Option<T>, String> {
        value(query, Style::Form, true)
    }

    #[test]
    fn a_text_is_what_its_type_makes_of_it() {
        assert_eq!(form::<String>("a=5"), Ok(Some("5".to_owned())));
        assert_eq!(form::<i64>("a=5.0"), Ok(Some(5)));
        assert_eq!(
            form::<Number>("a=1e400"),
            Ok(Some(Number::of_json("1e400")))
        );
        assert_eq!(form::<Vec<i64>>("a=5"), Ok(Some(vec![5])));
        assert_eq!(form::<Option<bool>>("a=true"), Ok(Some(Some(true))));
        assert_eq!(
            form::<Decimal>("a=1.50"),
            Ok(Some(Decimal::verbatim("1.50")))
        );
        assert_eq!(form::<String>("b=5"), Ok(None));
        assert_eq!(form::<String>("a"), Ok(Some(String::new())));
    }

    #[test]
    fn a_type_of_several_kinds_gets_what_a_text_looks_like() {
        for (text, expected) in [
            ("5", Value::from(5)),
            ("true", Value::from(true)),
            ("05", Value::from("05")),
            ("-", Value::from("-")),
            ("null", Value::from("null")),
        ] {
            assert_eq!(form(&format!("a={text}")), Ok(Some(expected)), "{text}");
        }
        let list: Value = vec![Value::from(1), Value::from("x")].into();
        assert_eq!(form("a=1&a=x"), Ok(Some(list)));
    }

    #[test]
    fn a_text_that_looks_like_a_number_is_a_text_where_only_texts_are_taken() {
        use crate::data::Loose;
        let typed = |text: &str| Loose::Typed(text.to_owned());
        assert_eq!(form("a=5"), Ok(Some(typed("5"))));
        assert_eq!(form("a=true"), Ok(Some(typed("true"))));
        assert_eq!(form("a=5"), Ok(Some(Loose::Typed(5_i64))));
        let read = serde_json::from_str::<Loose<String>>("5").ok();
        assert!(matches!(read, Some(Loose::Other(_))));
    }

    #[test]
    fn only_separators_that_are_not_escaped_separate() {
        let list = |query| value::<Vec<String>>(query, Style::Form, false);
        assert_eq!(
            list("a=x%2Cy,z"),
            Ok(Some(vec!["x,y".to_owned(), "z".to_owned()]))
        );
        let spaces = value::<Vec<String>>("a=x+y%20z", Style::SpaceDelimited, false);
        assert_eq!(spaces.map(|it| it.map(|it| it.len())), Ok(Some(3)));
        let object = value::<Map<i64>>("a=x,1,y,2", Style::Form, false);
        assert_eq!(object.map(|it| it.map(|it| it["y"])), Ok(Some(2)));
    }

    #[test]
    fn deep_objects_nest() {
        type Deep = Map<Map<Vec<i64>>>;
        let read = |query| value::<Deep>(query, Style::DeepObject, true);
        let found = read("a[b][c][]=1&a[b][c][]=2&a[b][d][0]=3&a=x&a]=y");
        let found = found.map(|it| it.map(|it| (it["b"]["c"].clone(), it["b"]["d"].clone())));
        assert_eq!(found, Ok(Some((vec![1, 2], vec![3]))));
        let nested = format!("a{}=1", "[x]".repeat(65));
        assert!(read(&nested).is_err_and(|it| it.contains("deeper")));
    }

    #[test]
    fn faults_say_where_and_show_no_value() {
        let read = |query| value::<Map<Vec<i64>>>(query, Style::DeepObject, true);
        let fault = read("a[x~/y][]=1&a[x~/y][]=secret").err();
        let expected = "/x~0~1y/1: expected an integer that fits i64";
        assert_eq!(fault.as_deref(), Some(expected));
    }
}
