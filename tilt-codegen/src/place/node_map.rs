//! Maps by places. All values of a document are looked up in some of them, several times, and addresses that no document
//! chooses need no hash that withstands an attack.

use super::NodeKey;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map by places.
pub(crate) type NodeMap<V> = HashMap<NodeKey, V, BuildHasherDefault<AddressHasher>>;

/// Spreads an address over all bits of a hash.
#[derive(Debug, Default)]
pub(crate) struct AddressHasher(u64);

impl Hasher for AddressHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_usize(usize::from(*byte));
        }
    }

    fn write_usize(&mut self, number: usize) {
        // An odd number near the golden ratio of the words; the upper bits of a product are the good ones, and tables use
        // the lower ones as well.
        const RATIO: u64 = 0x9E37_79B9_7F4A_7C15;
        let product = (self.0 ^ number as u64).wrapping_mul(RATIO);
        self.0 = product ^ (product >> 32);
    }
}
