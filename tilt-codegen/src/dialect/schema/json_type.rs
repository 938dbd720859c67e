//! JSON types, and sets of them.

use serde_json::Value;

/// A set of JSON types. Empty: the schema does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Types(u8);

/// One JSON type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum JsonType {
    Null = 1,
    Boolean = 2,
    Integer = 4,
    Number = 8,
    String = 16,
    Array = 32,
    Object = 64,
}

impl JsonType {
    pub(crate) const ALL: [Self; 7] = [
        Self::Null,
        Self::Boolean,
        Self::Integer,
        Self::Number,
        Self::String,
        Self::Array,
        Self::Object,
    ];

    pub(super) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "null" => Self::Null,
            "boolean" => Self::Boolean,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "string" => Self::String,
            "array" => Self::Array,
            "object" => Self::Object,
            _ => return None,
        })
    }

    /// As schemas name it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }

    /// The JSON type of a value.
    pub(crate) fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Boolean,
            Value::Number(n) if n.is_i64() || n.is_u64() => Self::Integer,
            Value::Number(_) => Self::Number,
            Value::String(_) => Self::String,
            Value::Array(_) => Self::Array,
            Value::Object(_) => Self::Object,
        }
    }
}

impl Types {
    pub(crate) fn only(ty: JsonType) -> Self {
        Self(ty as u8)
    }

    pub(crate) fn has(self, ty: JsonType) -> bool {
        self.0 & ty as u8 != 0
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) fn insert(&mut self, ty: JsonType) {
        self.0 |= ty as u8;
    }

    pub(crate) fn without(self, ty: JsonType) -> Self {
        Self(self.0 & !(ty as u8))
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = JsonType> {
        JsonType::ALL.into_iter().filter(move |ty| self.has(*ty))
    }

    /// The types that both sets allow. A set that says nothing allows all; an integer is a number.
    pub(crate) fn and(self, other: Self) -> Self {
        if self.is_empty() {
            return other;
        }
        if other.is_empty() {
            return self;
        }
        let mut both = Self(self.0 & other.0);
        let (a, b) = (self, other);
        if a.has(JsonType::Integer) && b.has(JsonType::Number)
            || b.has(JsonType::Integer) && a.has(JsonType::Number)
        {
            both.insert(JsonType::Integer);
        }
        both
    }
}
