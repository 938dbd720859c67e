//! Arrays of a fixed length as tuples.

use crate::data::shown::Shown;
use crate::data::wire::{Seed, Wire};
use serde::de::{Deserializer, Error, IgnoredAny, SeqAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

macro_rules! tuples {
    ($($length:literal: $($name:ident)+;)+) => { $(
        impl<$($name: Wire),+> Wire for ($($name,)+) {
            #[expect(non_snake_case, reason = "a name for each type")]
            fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let ($($name,)+) = self;
                f.debug_tuple("")$(.field(&Shown($name)))+.finish()
            }

            fn read<'de, De: Deserializer<'de>>(deserializer: De) -> Result<Self, De::Error> {
                struct TupleVisitor<$($name),+>(PhantomData<($($name,)+)>);

                impl<'de, $($name: Wire),+> Visitor<'de> for TupleVisitor<$($name),+> {
                    type Value = ($($name,)+);

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        write!(f, "an array of {}", $length)
                    }

                    fn visit_seq<Items: SeqAccess<'de>>(
                        self,
                        mut items: Items,
                    ) -> Result<Self::Value, Items::Error> {
                        let mut length = 0;
                        let tuple = ($(
                            match items.next_element_seed(Seed::<$name>::new())? {
                                Some(item) => {
                                    length += 1;
                                    item
                                }
                                None => return Err(Items::Error::invalid_length(length, &self)),
                            },
                        )+);
                        // A tuple's input has no more items than the tuple: nothing may be lost.
                        match items.next_element::<IgnoredAny>()? {
                            None => Ok(tuple),
                            Some(_) => Err(Items::Error::invalid_length(length + 1, &self)),
                        }
                    }
                }

                deserializer.deserialize_seq(TupleVisitor(PhantomData))
            }
        }
    )+ };
}

tuples! {
    1: A;
    2: A B;
    3: A B C;
    4: A B C D;
    5: A B C D E;
    6: A B C D E F;
    7: A B C D E F G;
    8: A B C D E F G H;
    9: A B C D E F G H I;
    10: A B C D E F G H I J;
    11: A B C D E F G H I J K;
    12: A B C D E F G H I J K L;
}
