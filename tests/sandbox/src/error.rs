//! Why a sandbox cannot do what it is asked for.

use std::io;
use std::net::IpAddr;
use std::path::PathBuf;

/// Why a sandbox cannot do what it is asked for.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SandboxError {
    /// The port cannot be listened on.
    #[error("cannot listen on {address}, port {port}")]
    Listen {
        /// The address.
        address: IpAddr,
        /// The port asked for; 0 is any.
        port: u16,
        /// Why.
        source: io::Error,
    },
    /// The address is not of this machine alone, and nobody said that this is meant.
    #[error(
        "{address} can be reached from other machines, and anybody there could sign in to the admin \
         portal: say so if that is meant"
    )]
    OpenAddress {
        /// The address.
        address: IpAddr,
    },
    /// The file that keeps the sandbox cannot be read or written; it stays as it is.
    #[error("cannot keep the state in {}", path.display())]
    State {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A document cannot be read.
    #[error("cannot read the document {}", path.display())]
    Document {
        /// Where it should be.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The client that sends webhooks cannot be built.
    #[error("cannot set up the sender of webhooks")]
    Sender(#[source] reqwest::Error),
    /// A webhook endpoint is not a plain http URL on this machine.
    #[error("webhooks go to http URLs on this machine only, and `{url}` is none")]
    WebhookUrl {
        /// The URL as given.
        url: String,
    },
    /// Two clients have the same id.
    #[error("two clients are called `{id}`")]
    DuplicateClient {
        /// The id.
        id: String,
    },
    /// There is no client of this id.
    #[error("there is no client `{id}`")]
    UnknownClient {
        /// The id.
        id: String,
    },
    /// There is no such payment, location or delivery.
    #[error("there is no {what} {id}")]
    NotFound {
        /// The kind of thing that was looked for.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// The state of a payment does not allow this.
    #[error("not possible: {0}")]
    Refused(String),
    /// There is nothing that vehicles are pulled from.
    #[error("there is no inventory to pull: use `Builder::inventory`")]
    NoInventory,
    /// A system clock cannot be moved.
    #[error("only a manual clock can be advanced: use `Builder::manual_clock`")]
    NotManual,
    /// The transcript cannot be written.
    #[error("cannot write")]
    Write(#[source] io::Error),
}
