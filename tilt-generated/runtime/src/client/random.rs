//! Randomness, as something that tests can bring.

use std::fmt::Debug;
use std::io;
use std::time::Duration;

/// Makes idempotency keys that nobody else has, and spreads the times at which calls are sent again.
pub trait Random: Debug + Send + Sync + 'static {
    /// Fills all of the bytes.
    ///
    /// # Errors
    ///
    /// The source of randomness is not there. A call that needs a key is then not sent.
    fn fill(&self, bytes: &mut [u8]) -> io::Result<()>;
}

/// The randomness of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) -> io::Result<()> {
        Ok(getrandom::fill(bytes)?)
    }
}

/// A UUID of version 4 (RFC 9562, section 5.4).
pub(crate) fn uuid(random: &dyn Random) -> io::Result<String> {
    let mut bytes = [0; 16];
    random.fill(&mut bytes)?;
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for digit in [byte >> 4, byte & 0x0f] {
            text.extend(char::from_digit(digit.into(), 16));
        }
    }
    Ok(text)
}

/// Some time from none to `most`; `most` where there is no randomness.
pub(crate) fn up_to(most: Duration, random: &dyn Random) -> Duration {
    let mut bytes = [0; 4];
    match random.fill(&mut bytes) {
        Ok(()) => most.mul_f64(f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX)),
        Err(_) => most,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Every byte is this one.
    #[derive(Debug)]
    pub(crate) struct Constant(pub(crate) u8);

    impl Random for Constant {
        fn fill(&self, bytes: &mut [u8]) -> io::Result<()> {
            bytes.fill(self.0);
            Ok(())
        }
    }

    #[test]
    fn keys_are_uuids_of_version_4() -> io::Result<()> {
        let zeros = "00000000-0000-4000-8000-000000000000";
        assert_eq!(uuid(&Constant(0))?, zeros);
        let ones = "ffffffff-ffff-4fff-bfff-ffffffffffff";
        assert_eq!(uuid(&Constant(255))?, ones);
        assert_ne!(uuid(&SystemRandom)?, uuid(&SystemRandom)?);
        Ok(())
    }

    #[test]
    fn times_are_from_none_to_the_most() {
        let most = Duration::from_secs(8);
        assert_eq!(up_to(most, &Constant(0)), Duration::ZERO);
        assert_eq!(up_to(most, &Constant(255)), most);
    }
}
