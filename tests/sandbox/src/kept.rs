//! The file that keeps a sandbox over restarts.
//!
//! It is written whole, beside the old one, and takes its place: a process that is killed loses the
//! changes of its last moments, and never the file. It has secrets, and only its owner can read it. A file
//! beside it, which is locked, keeps a second sandbox away.

use std::fs::{File, TryLockError};
use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;
use tokio::sync::Notify;

use crate::app::App;
use crate::client::Client;
use crate::clock::Clock;
use crate::error::SandboxError;
use crate::lock::lock;
use crate::secret::exposed;
use crate::state::State;

/// The format of the file. Another one is refused, and left as it is.
const VERSION: u32 = 1;

/// Changes that come within this time are written together.
const PAUSE: Duration = Duration::from_millis(200);

/// The contents of a file, as they were read.
#[derive(Deserialize)]
pub(crate) struct Kept {
    version: u32,
    pub(crate) clock: Clock,
    pub(crate) signing_secret: SecretString,
    pub(crate) clients: Vec<Client>,
    pub(crate) state: State,
    /// It comes from no file.
    #[serde(skip)]
    pub(crate) is_new: bool,
}

/// The contents of a file, as they are written.
#[derive(Serialize)]
struct Keeping<'a> {
    version: u32,
    clock: &'a Clock,
    #[serde(serialize_with = "exposed")]
    signing_secret: &'a SecretString,
    clients: &'a [Client],
    state: &'a State,
}

/// Writes the file of a sandbox.
pub(crate) struct Keeper {
    path: PathBuf,
    signing_secret: SecretString,
    changed: Notify,
    /// Held while the file is written; gone when the sandbox is.
    hold: Mutex<Option<Hold>>,
}

/// The right to a file: no other sandbox keeps it meanwhile.
pub(crate) struct Hold {
    _locked: File,
}

impl Hold {
    /// Takes it, unless another sandbox has it.
    pub(crate) fn of(path: &Path) -> Result<Self, SandboxError> {
        let failed = |source| SandboxError::State {
            path: path.into(),
            source,
        };
        // Not the file itself, in whose place another one comes with each change.
        let mut beside = path.as_os_str().to_owned();
        beside.push(".lock");
        let mut options = File::options();
        let file = options.create(true).truncate(false).write(true);
        let file = file.open(beside).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _locked: file }),
            Err(TryLockError::WouldBlock) => Err(failed(io::Error::new(
                io::ErrorKind::WouldBlock,
                "another sandbox that runs keeps its own there",
            ))),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }
}

impl Kept {
    /// The beginning of a sandbox that has no file yet.
    pub(crate) fn new(
        clock: Clock,
        signing_secret: SecretString,
        clients: Vec<Client>,
        state: State,
    ) -> Self {
        Self {
            version: VERSION,
            clock,
            signing_secret,
            clients,
            state,
            is_new: true,
        }
    }

    /// Reads a file; `None` if there is none yet.
    pub(crate) fn read(path: &Path) -> Result<Option<Self>, SandboxError> {
        let failed = |source| SandboxError::State {
            path: path.into(),
            source,
        };
        let file = match File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            file => file.map_err(failed)?,
        };
        let mut kept: Self = serde_json::from_reader(BufReader::new(file))
            .map_err(|error| failed(io::Error::new(io::ErrorKind::InvalidData, error)))?;
        if kept.version != VERSION {
            let why = format!("it is of version {}, not {VERSION}", kept.version);
            return Err(failed(io::Error::new(io::ErrorKind::InvalidData, why)));
        }
        kept.state.resume(kept.clock.now());
        Ok(Some(kept))
    }
}

impl Keeper {
    pub(crate) fn new(path: PathBuf, signing_secret: SecretString, hold: Hold) -> Self {
        Self {
            path,
            signing_secret,
            changed: Notify::new(),
            hold: Mutex::new(Some(hold)),
        }
    }

    /// Writes nothing any more, and lets other sandboxes have the file.
    pub(crate) fn release(&self) {
        lock(&self.hold).take();
    }

    /// Says that there is something new to write.
    pub(crate) fn changed(&self) {
        self.changed.notify_one();
    }

    pub(crate) fn save(&self, app: &App) -> Result<(), SandboxError> {
        self.write(app).map_err(|source| SandboxError::State {
            path: self.path.clone(),
            source,
        })
    }

    fn write(&self, app: &App) -> io::Result<()> {
        let hold = lock(&self.hold);
        if hold.is_none() {
            return Ok(());
        }
        let clients = lock(&app.access).clients().to_vec();
        let text = app.read(|state| {
            serde_json::to_vec(&Keeping {
                version: VERSION,
                clock: &app.clock,
                signing_secret: &self.signing_secret,
                clients: &clients,
                state,
            })
        })?;
        let folder = self.path.parent().filter(|it| !it.as_os_str().is_empty());
        let mut file = NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
        file.write_all(&text)?;
        file.persist(&self.path)?;
        Ok(())
    }
}

/// Writes what changes, for ever.
pub(crate) async fn keep(app: Arc<App>) {
    while let Some(keeper) = &app.keeper {
        keeper.changed.notified().await;
        tokio::time::sleep(PAUSE).await;
        let saving = app.clone();
        // A disk that is full now may not be at the next change; the last save says so.
        let _ = tokio::task::spawn_blocking(move || {
            saving.keeper.as_ref().map(|keeper| keeper.save(&saving))
        })
        .await;
    }
}
