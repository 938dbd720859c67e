//! Secrets, where one has to be written down.

use secrecy::{ExposeSecret, SecretString};
use serde::Serializer;

/// Writes a secret as it is: into the file of a sandbox, which nobody else can read.
pub(crate) fn exposed<S: Serializer>(
    secret: &SecretString,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.expose_secret())
}
