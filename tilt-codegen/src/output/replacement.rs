//! Replacing several files: all or none, whenever an operation fails or the process or the machine
//! stops.
//!
//! 1. Under the target's lock, the new files and copies of the old ones are written to a folder of
//!    their own. Until all of them are safely there, nothing in the target is touched.
//! 2. The journal is written: what will be replaced, and by what.
//! 3. The files are renamed into place.
//! 4. The journal is removed. This one step decides: with it the new state holds.
//!
//! As long as there is a journal, the old state holds: a process that finds an operation failing
//! puts the old files back, and so does the next one if the process was stopped. Putting back
//! needs no space on the disk, does no harm if it is done twice, and leaves alone what neither state
//! has: somebody has changed that since.

use super::file_system::{Disk, FileSystem, absent_is_fine, occupied_is_fine, present_is_fine};
use super::journal::{Digest, Entry, Journal};
use super::path::{checked_parts, resolve};
use super::staging::{FOLDER, Staging};
use super::{OutputError, failed};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

/// One file's future.
#[derive(Debug, Clone, Copy)]
pub struct Replacement<'a> {
    /// Relative to the folder, with `/`.
    pub path: &'a str,
    /// The bytes that will be in it; `None` if it will be gone.
    pub contents: Option<&'a [u8]>,
}

/// Replaces all of these files in a folder, or on an error none; creates the folder if need be.
pub fn replace(dir: &Path, replacements: &[Replacement<'_>]) -> Result<(), OutputError> {
    replace_on(&Disk, dir, replacements)
}

/// Puts the old files back if a process was stopped while it replaced files in this folder, and
/// removes what it left. Files that are read before they are replaced are read after this.
pub fn recover(dir: &Path) -> Result<(), OutputError> {
    recover_on(&Disk, dir)
}

pub(super) fn replace_on(
    disk: &dyn FileSystem,
    dir: &Path,
    replacements: &[Replacement<'_>],
) -> Result<(), OutputError> {
    let staging = Staging::enter(disk, dir)?;
    undo_left(&staging)?;
    swap(&staging, replacements)
}

pub(super) fn recover_on(disk: &dyn FileSystem, dir: &Path) -> Result<(), OutputError> {
    let left = dir.join(FOLDER);
    if !left.try_exists().map_err(failed("read", &left))? {
        return Ok(());
    }
    undo_left(&Staging::enter(disk, dir)?)
}

/// Undoes what a process that is gone had begun, and throws away what it had prepared.
pub(super) fn undo_left(staging: &Staging<'_>) -> Result<(), OutputError> {
    let path = staging.journal();
    if let Some(text) = read(&path)? {
        let journal =
            serde_json::from_slice(&text).map_err(|error| OutputError::Journal { path, error })?;
        undo(staging, &journal)?;
    }
    staging.clear()
}

/// The replacement itself; nothing is left of one before.
pub(super) fn swap(
    staging: &Staging<'_>,
    replacements: &[Replacement<'_>],
) -> Result<(), OutputError> {
    let journal = stage(staging, replacements)?;
    if journal.entries.is_empty() {
        return Ok(());
    }
    let done = write_journal(staging, &journal)
        .and_then(|()| put_in_place(staging, &journal))
        .and_then(|()| remove_journal(staging));
    let Err(cause) = done else {
        return Ok(());
    };
    if !staging.journal().exists() {
        return Err(cause);
    }
    match undo(staging, &journal) {
        Ok(()) => Err(cause),
        Err(error) => Err(OutputError::NotPutBack {
            cause: Box::new(cause),
            error: Box::new(error),
        }),
    }
}

/// Writes new files and copies of old ones where they are in nobody's way.
fn stage(staging: &Staging<'_>, replacements: &[Replacement<'_>]) -> Result<Journal, OutputError> {
    let disk = staging.disk;
    let (new_files, old_files) = (staging.new_files(), staging.old_files());
    for folder in [&new_files, &old_files] {
        disk.create_folder(folder)
            .map_err(failed("create", folder))?;
    }
    let mut journal = Journal {
        entries: Vec::new(),
        folders: Vec::new(),
    };
    // Removals first: where file names ignore case, an old name may be a new one.
    let (removed, written): (Vec<_>, Vec<_>) = replacements
        .iter()
        .partition(|replacement| replacement.contents.is_none());
    for &Replacement { path, contents } in removed.into_iter().chain(written) {
        let place = resolve(&staging.dir, path)?;
        let old = read(&place)?;
        if old.as_deref() == contents {
            continue;
        }
        let name = journal.entries.len().to_string();
        if old.is_some() {
            let copy = old_files.join(&name);
            disk.copy(&place, &copy)
                .and_then(|()| disk.sync(&copy))
                .map_err(failed("copy", &place))?;
        }
        if let Some(contents) = contents {
            let file = new_files.join(&name);
            disk.create(&file)
                .and_then(|()| disk.write(&file, contents))
                .and_then(|()| disk.sync(&file))
                .map_err(failed("write", &file))?;
            note_missing_folders(&staging.dir, path, &mut journal.folders)?;
        }
        journal.entries.push(Entry {
            path: path.to_owned(),
            old: old.as_deref().map(Digest::of),
            new: contents.map(Digest::of),
        });
    }
    for folder in [&new_files, &old_files] {
        disk.sync_folder(folder).map_err(failed("write", folder))?;
    }
    Ok(journal)
}

fn write_journal(staging: &Staging<'_>, journal: &Journal) -> Result<(), OutputError> {
    let disk = staging.disk;
    let (unfinished, path) = (staging.unfinished_journal(), staging.journal());
    let text =
        serde_json::to_vec_pretty(journal).map_err(|error| failed("write", &path)(error.into()))?;
    disk.create(&unfinished)
        .and_then(|()| disk.write(&unfinished, &text))
        .and_then(|()| disk.sync(&unfinished))
        .and_then(|()| disk.rename(&unfinished, &path))
        .and_then(|()| disk.sync_folder(staging.path()))
        .and_then(|()| disk.sync_folder(&staging.dir))
        .map_err(failed("write", &path))
}

/// In an order by which going back needs no space on the disk: folders come first and go last.
fn put_in_place(staging: &Staging<'_>, journal: &Journal) -> Result<(), OutputError> {
    let disk = staging.disk;
    let (written, removed): (Vec<_>, Vec<_>) = journal
        .entries
        .iter()
        .enumerate()
        .partition(|(_, entry)| entry.new.is_some());
    for (_, entry) in &written {
        create_folders(staging, &entry.path)?;
    }
    for (_, entry) in &removed {
        let place = resolve(&staging.dir, &entry.path)?;
        disk.remove_file(&place).map_err(failed("remove", &place))?;
    }
    for (number, entry) in written {
        let place = resolve(&staging.dir, &entry.path)?;
        let file = staging.new_files().join(number.to_string());
        disk.rename(&file, &place)
            .map_err(failed("write", &place))?;
    }
    for (_, entry) in removed {
        // Inner ones first; one that is not empty keeps those around it.
        for folder in folders(&entry.path).collect::<Vec<_>>().into_iter().rev() {
            let folder = staging.dir.join(folder);
            occupied_is_fine(disk.remove_folder(&folder)).map_err(failed("remove", &folder))?;
        }
    }
    sync_folders(staging, journal)
}

/// Removes the journal, and with it the way back, or else neither.
fn remove_journal(staging: &Staging<'_>) -> Result<(), OutputError> {
    let path = staging.journal();
    absent_is_fine(staging.disk.remove_file(&path)).map_err(failed("remove", &path))?;
    // Copies of the old files that vanish before the journal does would be missed after a power
    // failure. If this cannot be helped, the new files are in place all the same.
    let _ = staging.disk.sync_folder(staging.path());
    Ok(())
}

/// Makes everything what it was before the journal was written.
fn undo(staging: &Staging<'_>, journal: &Journal) -> Result<(), OutputError> {
    let disk = staging.disk;
    for (number, entry) in journal.entries.iter().enumerate().rev() {
        let place = resolve(&staging.dir, &entry.path)?;
        let now = read(&place)?.as_deref().map(Digest::of);
        if now != entry.new || now == entry.old {
            continue;
        }
        if entry.old.is_some() {
            create_folders(staging, &entry.path)?;
            let copy = staging.old_files().join(number.to_string());
            disk.rename(&copy, &place)
                .map_err(failed("restore", &place))?;
        } else {
            disk.remove_file(&place).map_err(failed("remove", &place))?;
        }
    }
    for folder in journal.folders.iter().rev() {
        let folder = resolve(&staging.dir, folder)?;
        occupied_is_fine(disk.remove_folder(&folder)).map_err(failed("remove", &folder))?;
    }
    sync_folders(staging, journal)?;
    remove_journal(staging)
}

/// The folders on the way to a path.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}

fn note_missing_folders(
    dir: &Path,
    path: &str,
    missing: &mut Vec<String>,
) -> Result<(), OutputError> {
    checked_parts(path)?;
    for folder in folders(path) {
        if !dir.join(folder).exists() && !missing.iter().any(|noted| noted == folder) {
            missing.push(folder.to_owned());
        }
    }
    Ok(())
}

fn create_folders(staging: &Staging<'_>, path: &str) -> Result<(), OutputError> {
    for folder in folders(path) {
        let folder = staging.dir.join(folder);
        if !folder.is_dir() {
            present_is_fine(staging.disk.create_folder(&folder))
                .map_err(failed("create", &folder))?;
        }
    }
    Ok(())
}

/// Of the files' folders, those that are left.
fn sync_folders(staging: &Staging<'_>, journal: &Journal) -> Result<(), OutputError> {
    let mut touched = BTreeSet::from([staging.dir.clone()]);
    for entry in &journal.entries {
        touched.extend(folders(&entry.path).map(|folder| staging.dir.join(folder)));
    }
    for folder in touched {
        absent_is_fine(staging.disk.sync_folder(&folder)).map_err(failed("write", &folder))?;
    }
    Ok(())
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, OutputError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed("read", path)(error)),
    }
}
