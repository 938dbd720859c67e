//! Any bytes: what travels is read and written by its laws.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| tilt_runtime::fuzzing::hold(bytes));
