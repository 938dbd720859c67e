//! Sample values, for users' tests: a valid value of each type that an API answers, to change what a test is about.

use crate::data::{Value, Wire, json};

/// A type with a sample: a valid value with nothing but what is required.
///
/// Types of answers have no constructor, since an API may add to them. Tests change a sample:
///
/// ```ignore
/// let mut order = Order::sample();
/// order.status = OrderStatus::Paid;
/// ```
pub trait Sample: Wire {
    /// The sample as JSON.
    #[doc(hidden)]
    fn sample_json() -> Value;

    /// The sample.
    fn sample() -> Self {
        json::read(Self::sample_json().to_string().as_bytes())
            .expect("a sample has all that is required, of the types that the generator gave it")
    }
}

/// The sample of a type as JSON.
pub fn sample_json<T: Sample>() -> Value {
    T::sample_json()
}

/// An object of these members.
pub fn sample_object<const N: usize>(members: [(&str, Value); N]) -> Value {
    let members = members.into_iter();
    members
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// Gives a type a sample, as an expression of the type [`Value`].
#[doc(hidden)]
#[macro_export]
macro_rules! sample {
    ($type:ty = $json:expr) => {
        impl $crate::Sample for $type {
            fn sample_json() -> $crate::Value {
                $json
            }
        }
    };
}
