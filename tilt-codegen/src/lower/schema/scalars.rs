//! The scalars of strings and integers, from their formats and bounds.

use super::TypeBuilder;
use super::flatten::Flat;
use crate::dialect::schema::JsonType;
use crate::lower::draft::Conjunction;
use crate::model::Scalar;
use crate::source::Node;
use serde_json::Value;

impl<'d> TypeBuilder<'d, '_> {
    /// The scalar that a text of this schema is read as: the text itself, where it has a list of values or
    /// may be of several types.
    pub(in crate::lower) fn in_text(&mut self, schema: Node<'d>) -> Scalar {
        let flat = self.flatten(&Conjunction::one(schema));
        let is_listed = flat.leaves.iter().any(|leaf| {
            let schema = &leaf.schema;
            let alternatives = schema.one_of.len() + schema.any_of.len();
            schema.enumeration.is_some() || alternatives > 0
        });
        let mut types = flat.types.without(JsonType::Null).iter();
        match (types.next(), types.next()) {
            _ if is_listed => Scalar::String,
            (Some(JsonType::Boolean), None) => Scalar::Bool,
            (Some(JsonType::Integer), None) => integer(&flat),
            (Some(JsonType::Number), None) => Scalar::Number,
            (Some(JsonType::String), None) => self.formatted_text(&flat),
            _ => Scalar::String,
        }
    }
}

pub(super) fn string(flat: &Flat<'_>) -> Scalar {
    let schemas = || flat.leaves.iter().map(|leaf| &leaf.schema);
    match schemas().find_map(|schema| schema.content_encoding) {
        Some("base64") => return Scalar::Base64,
        Some("base64url") => return Scalar::Base64Url,
        _ => {}
    }
    of_format(schemas().find_map(|schema| schema.format))
}

/// The scalar of texts of a format.
pub(in crate::lower) fn of_format(format: Option<&str>) -> Scalar {
    match format {
        Some("date-time") => Scalar::DateTime,
        Some("date") => Scalar::Date,
        Some("time") => Scalar::Time,
        Some("duration") => Scalar::Duration,
        // .NET calls them so.
        Some("uuid" | "guid") => Scalar::Uuid,
        Some("password") => Scalar::Secret,
        Some("decimal") => Scalar::Decimal,
        Some("byte" | "base64") => Scalar::Base64,
        Some("base64url") => Scalar::Base64Url,
        _ => Scalar::String,
    }
}

pub(super) fn integer(flat: &Flat<'_>) -> Scalar {
    let schemas = || flat.leaves.iter().map(|leaf| &leaf.schema);
    let scalar = match schemas().find_map(|schema| schema.format) {
        Some("int8") => Scalar::I8,
        Some("int16") => Scalar::I16,
        Some("int32") => Scalar::I32,
        Some("uint8") => Scalar::U8,
        Some("uint16") => Scalar::U16,
        Some("uint32") => Scalar::U32,
        Some("uint64" | "uint") => Scalar::U64,
        Some("int128" | "uint128") => return Scalar::Number,
        _ => Scalar::I64,
    };
    let (low, high) = match scalar {
        Scalar::I8 => (f64::from(i8::MIN), f64::from(i8::MAX)),
        Scalar::I16 => (f64::from(i16::MIN), f64::from(i16::MAX)),
        Scalar::I32 => (f64::from(i32::MIN), f64::from(i32::MAX)),
        Scalar::U8 => (0.0, f64::from(u8::MAX)),
        Scalar::U16 => (0.0, f64::from(u16::MAX)),
        Scalar::U32 => (0.0, f64::from(u32::MAX)),
        Scalar::U64 => (0.0, f64::INFINITY),
        _ => (f64::NEG_INFINITY, I64_END),
    };
    // The format promises less than the bounds allow: believe the bounds. A default is one, too.
    let minimum = schemas().find_map(|schema| schema.minimum);
    let maximum = schemas().find_map(|schema| schema.maximum);
    let below = minimum.is_some_and(|minimum| minimum < low);
    let above = maximum.is_some_and(|maximum| maximum > high);
    if scalar == Scalar::U64 && !below {
        return scalar;
    }
    let values = schemas().flat_map(|schema| {
        // An `int64` is one: who writes its largest value as a float rounds it up.
        let is_open = schema.format != Some("int64");
        let maximum = schema.constraints.maximum.filter(|_| is_open);
        // The largest `i64` is below its end.
        let end = schema.constraints.exclusive_maximum;
        let end = end.filter(|it| is_open && it.as_f64() > Some(I64_END));
        schema.default.into_iter().chain(maximum).chain(end)
    });
    let beyond = values.filter(|value| value.as_i64().is_none());
    let largest = beyond.filter_map(Value::as_f64).fold(0.0, f64::max);
    let is_huge = largest >= I64_END
        || minimum.is_some_and(|minimum| !(-I64_END..I64_END).contains(&minimum));
    let fits_unsigned = minimum.is_some_and(|minimum| minimum >= 0.0) && largest <= U64_END;
    match (is_huge, fits_unsigned) {
        (true, true) => Scalar::U64,
        (true, false) => Scalar::Number,
        (false, _) if below || above => Scalar::I64,
        (false, _) => scalar,
    }
}

/// The first integer that is no `i64`.
const I64_END: f64 = 9_223_372_036_854_775_808.0;

/// The first integer that is no `u64`, and so also its largest as a float.
const U64_END: f64 = 18_446_744_073_709_551_616.0;
