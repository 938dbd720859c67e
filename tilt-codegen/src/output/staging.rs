//! A folder in the target for files that are not in place, and the lock on the target: both are one
//! process's at a time.
//!
//! The operating system gives the lock back when a process ends, however it ends. So whoever holds
//! it knows that everything in the folder was left by a process that is gone.

use super::file_system::{FileSystem, absent_is_fine, occupied_is_fine, present_is_fine};
use super::{OutputError, failed};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

pub(super) const FOLDER: &str = ".tilt-codegen";

const LOCK: &str = "lock";

/// A process that ends takes the lock's file away, perhaps just when we have opened it.
const MOST_ATTEMPTS: usize = 100;

/// The folder, while this process holds its lock. Gone with everything in it when dropped, unless
/// the journal is still there: then the next process needs it.
#[derive(Debug)]
pub(super) struct Staging<'a> {
    pub(super) disk: &'a dyn FileSystem,
    /// The target.
    pub(super) dir: PathBuf,
    path: PathBuf,
    lock: Option<File>,
    /// Folders of the target's own path that were not there, outer ones first.
    created: Vec<PathBuf>,
}

impl<'a> Staging<'a> {
    /// Creates the target, if need be, and takes the lock.
    pub(super) fn enter(disk: &'a dyn FileSystem, dir: &Path) -> Result<Self, OutputError> {
        let mut staging = Self {
            disk,
            dir: dir.to_owned(),
            path: dir.join(FOLDER),
            lock: None,
            created: Vec::new(),
        };
        let missing: Vec<_> = dir
            .ancestors()
            .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
            .collect();
        for folder in missing.into_iter().rev() {
            present_is_fine(disk.create_folder(folder)).map_err(failed("create", folder))?;
            staging.created.push(folder.to_owned());
        }
        if fs::symlink_metadata(&staging.path).is_ok_and(|metadata| metadata.is_symlink()) {
            return Err(OutputError::Link(staging.path.clone()));
        }
        for _ in 0..MOST_ATTEMPTS {
            if let Some(lock) = staging.try_lock()? {
                staging.lock = Some(lock);
                staging.hide_from_git()?;
                return Ok(staging);
            }
        }
        Err(OutputError::Busy(dir.to_owned()))
    }

    /// `None` if the file was taken away meanwhile.
    fn try_lock(&self) -> Result<Option<File>, OutputError> {
        let path = self.lock_file();
        present_is_fine(self.disk.create_folder(&self.path))
            .map_err(failed("create", &self.path))?;
        let opened = match present_is_fine(self.disk.create(&path)) {
            Ok(()) => File::options().read(true).write(true).open(&path),
            Err(error) => Err(error),
        };
        let file = match opened {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed("create", &path)(error)),
        };
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(OutputError::Busy(self.dir.clone())),
            // A file system without locks: all that can be done there is not to run twice.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(failed("lock", &path)(error)),
        }
        Ok(is_still_at(&file, &path).then_some(file))
    }

    /// Files that a stopped process leaves are nobody's to commit.
    fn hide_from_git(&self) -> Result<(), OutputError> {
        let path = self.ignore_file();
        // Not into what is there, which may be a link.
        absent_is_fine(self.disk.remove_file(&path)).map_err(failed("remove", &path))?;
        self.disk.create(&path).map_err(failed("create", &path))?;
        self.disk
            .write(&path, b"*\n")
            .map_err(failed("write", &path))
    }

    fn ignore_file(&self) -> PathBuf {
        self.path.join(".gitignore")
    }

    fn lock_file(&self) -> PathBuf {
        self.path.join(LOCK)
    }

    /// The folder itself.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// There while files are being replaced, and until they are all in place or all put back.
    pub(super) fn journal(&self) -> PathBuf {
        self.path.join("journal.json")
    }

    /// The journal while it is written.
    pub(super) fn unfinished_journal(&self) -> PathBuf {
        self.path.join("journal.unfinished")
    }

    /// Files that will be.
    pub(super) fn new_files(&self) -> PathBuf {
        self.path.join("new")
    }

    /// Copies of files that were.
    pub(super) fn old_files(&self) -> PathBuf {
        self.path.join("old")
    }

    /// Throws away what no journal needs.
    pub(super) fn clear(&self) -> Result<(), OutputError> {
        for folder in [self.new_files(), self.old_files()] {
            absent_is_fine(self.disk.remove_tree(&folder)).map_err(failed("remove", &folder))?;
        }
        let unfinished = self.unfinished_journal();
        absent_is_fine(self.disk.remove_file(&unfinished)).map_err(failed("remove", &unfinished))
    }

    fn leave(&self) -> Result<(), OutputError> {
        if self.lock.is_some() {
            self.clear()?;
            let ignore = self.ignore_file();
            absent_is_fine(self.disk.remove_file(&ignore)).map_err(failed("remove", &ignore))?;
            let lock = self.lock_file();
            self.disk
                .remove_file(&lock)
                .map_err(failed("remove", &lock))?;
        }
        for folder in std::iter::once(&self.path).chain(self.created.iter().rev()) {
            occupied_is_fine(self.disk.remove_folder(folder)).map_err(failed("remove", folder))?;
        }
        Ok(())
    }
}

impl Drop for Staging<'_> {
    fn drop(&mut self) {
        // Unknown is as good as there.
        if !matches!(self.journal().try_exists(), Ok(false)) {
            return;
        }
        // Nothing is lost by what stays: the next process throws it away.
        let _ = self.leave();
    }
}

/// Whether a file was not removed or replaced since it was opened.
#[cfg(unix)]
fn is_still_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(ours), Ok(theirs)) => identity(ours) == identity(theirs),
        _ => false,
    }
}

/// Files have no identity that can be asked for here.
#[cfg(not(unix))]
fn is_still_at(_: &File, path: &Path) -> bool {
    path.exists()
}
