//! Types of other crates in generated types.

use crate::data::Wire;
use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde::ser::{Serialize, Serializer};
use std::fmt;
use std::ops::{Deref, DerefMut};

/// A value of a type of another crate, written and read as its `Serialize` and `Deserialize` say.
///
/// It is made of one by `into()`, and gives it by `*`, by its methods or as field `0`.
///
/// ```
/// use std::net::Ipv4Addr;
/// use tilt_runtime::Foreign;
///
/// let address: Foreign<Ipv4Addr> = serde_json::from_str("\"192.0.2.1\"")?;
/// assert!(!address.is_loopback());
/// assert_eq!(address, Ipv4Addr::new(192, 0, 2, 1).into());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Foreign<T>(pub T);

impl<T> From<T> for Foreign<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T> Deref for Foreign<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Foreign<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: fmt::Debug> fmt::Debug for Foreign<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: fmt::Display> fmt::Display for Foreign<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: Serialize> Serialize for Foreign<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Foreign<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self)
    }
}

impl<T: Serialize + DeserializeOwned + Clone + fmt::Debug + PartialEq + 'static> Wire
    for Foreign<T>
{
}

/// Lets types of the generated crate stand in generated types. They implement `Clone`, `Debug`, `PartialEq`,
/// `serde::Serialize` and `serde::Deserialize`.
///
/// ```text
/// rt::own! { crate::Currency }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! own {
    ($($type:ty),+ $(,)?) => { $(
        impl $crate::Wire for $type {}
    )+ };
}
