//! The operations that change something on disk, one by one: a test lets each of them fail.

use std::fmt::Debug;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

pub(super) trait FileSystem: Debug {
    /// The folder above is there, this one is not.
    fn create_folder(&self, path: &Path) -> io::Result<()>;

    /// An empty file, where there was none.
    fn create(&self, path: &Path) -> io::Result<()>;

    /// Into a file that is there.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// To where there was no file, with the same permissions.
    fn copy(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Makes a file's contents outlive a power failure.
    fn sync(&self, path: &Path) -> io::Result<()>;

    /// The same for a folder's entries.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;

    /// In one step, also over what is there.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    fn remove_file(&self, path: &Path) -> io::Result<()>;

    /// Only if it is empty.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;

    /// With everything in it.
    fn remove_tree(&self, path: &Path) -> io::Result<()>;
}

/// The real one.
#[derive(Debug)]
pub(super) struct Disk;

impl FileSystem for Disk {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn create(&self, path: &Path) -> io::Result<()> {
        File::create_new(path).map(drop)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        OpenOptions::new().write(true).open(path)?.write_all(bytes)
    }

    fn copy(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::copy(from, to).map(drop)
    }

    #[cfg(unix)]
    fn sync(&self, path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }

    /// Needs the right to write here.
    #[cfg(not(unix))]
    fn sync(&self, path: &Path) -> io::Result<()> {
        OpenOptions::new().write(true).open(path)?.sync_all()
    }

    #[cfg(unix)]
    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        match File::open(path)?.sync_all() {
            // Some network file systems cannot, and write entries at once.
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported
                ) =>
            {
                Ok(())
            }
            result => result,
        }
    }

    /// Folders cannot be opened as files here.
    #[cfg(not(unix))]
    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }

    fn remove_tree(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir_all(path)
    }
}

/// Creating what is there already.
pub(super) fn present_is_fine(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        result => result,
    }
}

/// Removing what is gone already.
pub(super) fn absent_is_fine(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

/// Removing a folder that is gone, or still has something in it.
pub(super) fn occupied_is_fine(result: io::Result<()>) -> io::Result<()> {
    match absent_is_fine(result) {
        // Systems disagree about the error of a folder that is not empty.
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::AlreadyExists
            ) =>
        {
            Ok(())
        }
        result => result,
    }
}
