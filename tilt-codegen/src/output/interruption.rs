//! Every operation of a replacement fails in turn, or is the last one of its process.

use super::file_system::{Disk, FileSystem};
use super::replacement::{Replacement, recover_on, replace_on};
use super::staging::FOLDER;
use super::{OutputError, Target, plan, recover, write};
use crate::file::{File, HEADER};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// How a disk fails from some operation on; operations are counted from 0.
#[derive(Debug, Clone, Copy)]
enum Fault {
    Never,
    /// This one fails, the others do not.
    Once(usize),
    /// The process is stopped at this one: nothing after it is done.
    Stopped(usize),
    /// From here on there is no space.
    Full(usize),
}

#[derive(Debug)]
struct FaultyDisk {
    fault: Fault,
    count: Cell<usize>,
    /// The operations that failed.
    failed: RefCell<Vec<String>>,
}

impl FaultyDisk {
    fn new(fault: Fault) -> Self {
        Self {
            fault,
            count: Cell::new(0),
            failed: RefCell::new(Vec::new()),
        }
    }

    fn attempt(&self, name: &str, needs_space: bool, path: &Path) -> io::Result<()> {
        let number = self.count.replace(self.count.get() + 1);
        let fails = match self.fault {
            Fault::Never => false,
            Fault::Once(at) => number == at,
            Fault::Stopped(from) => number >= from,
            Fault::Full(from) => needs_space && number >= from,
        };
        if !fails {
            return Ok(());
        }
        self.failed
            .borrow_mut()
            .push(format!("{name} {}", path.display()));
        Err(io::ErrorKind::StorageFull.into())
    }
}

/// No fault.
fn sound() -> FaultyDisk {
    FaultyDisk::new(Fault::Never)
}

impl FileSystem for FaultyDisk {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.attempt("create_folder", true, path)?;
        Disk.create_folder(path)
    }

    fn create(&self, path: &Path) -> io::Result<()> {
        self.attempt("create", true, path)?;
        Disk.create(path)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if let Err(error) = self.attempt("write", true, path) {
            Disk.write(path, &bytes[..bytes.len() / 2])?;
            return Err(error);
        }
        Disk.write(path, bytes)
    }

    fn copy(&self, from: &Path, to: &Path) -> io::Result<()> {
        if let Err(error) = self.attempt("copy", true, to) {
            fs::write(to, "ha")?;
            return Err(error);
        }
        Disk.copy(from, to)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        // Syncing itself takes long, and shows only when the power fails.
        self.attempt("sync", true, path)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.attempt("sync_folder", false, path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.attempt("rename", false, to)?;
        Disk.rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.attempt("remove_file", false, path)?;
        Disk.remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.attempt("remove_folder", false, path)?;
        Disk.remove_folder(path)
    }

    fn remove_tree(&self, path: &Path) -> io::Result<()> {
        self.attempt("remove_tree", false, path)?;
        Disk.remove_tree(path)
    }
}

/// Every file and every folder below.
fn tree(dir: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(dir).unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                found.insert(format!("{name}/"), String::new());
                folders.push(path);
            } else {
                found.insert(name, fs::read_to_string(path).unwrap());
            }
        }
    }
    found
}

fn put(dir: &Path, path: &str, text: &str) {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A file that is replaced, one that stays, two that go and leave a folder empty, two in new folders.
const REPLACEMENTS: [Replacement<'_>; 7] = [
    Replacement {
        path: "a.rs",
        contents: Some(b"new a"),
    },
    Replacement {
        path: "same.rs",
        contents: Some(b"same"),
    },
    Replacement {
        path: "gone.rs",
        contents: None,
    },
    Replacement {
        path: "emptied/deep/gone.rs",
        contents: None,
    },
    Replacement {
        path: "was/never/there.rs",
        contents: None,
    },
    Replacement {
        path: "types/deep/b.rs",
        contents: Some(b"new b"),
    },
    Replacement {
        path: "types/c.rs",
        contents: Some(b"new c"),
    },
];

fn old_state() -> tempfile::TempDir {
    let outer = tempfile::tempdir().unwrap();
    let dir = outer.path().join("sdk");
    put(&dir, "a.rs", "old a");
    put(&dir, "same.rs", "same");
    put(&dir, "gone.rs", "old gone");
    put(&dir, "emptied/deep/gone.rs", "old deep gone");
    put(&dir, "mine.rs", "by hand");
    outer
}

fn no_state() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// Lets every operation in turn be the one that a fault begins at, until none is left to fail.
fn at_every_operation(fault: impl Fn(usize) -> Fault, check: impl Fn(&FaultyDisk)) -> usize {
    for number in 0.. {
        let disk = FaultyDisk::new(fault(number));
        check(&disk);
        if disk.failed.borrow().is_empty() {
            return number;
        }
    }
    unreachable!("there are fewer operations")
}

fn replaced(
    state: fn() -> tempfile::TempDir,
) -> (BTreeMap<String, String>, BTreeMap<String, String>) {
    let outer = state();
    let old = tree(outer.path());
    replace_on(&sound(), &outer.path().join("sdk"), &REPLACEMENTS).unwrap();
    (old, tree(outer.path()))
}

#[test]
fn what_does_not_fail_replaces_everything_and_leaves_nothing_else() {
    let (_, new) = replaced(old_state);
    let files: Vec<_> = new.keys().map(String::as_str).collect();
    assert_eq!(
        files,
        [
            "sdk/",
            "sdk/a.rs",
            "sdk/mine.rs",
            "sdk/same.rs",
            "sdk/types/",
            "sdk/types/c.rs",
            "sdk/types/deep/",
            "sdk/types/deep/b.rs"
        ]
    );
    assert_eq!(new["sdk/a.rs"], "new a");
}

#[test]
fn any_operation_that_fails_leaves_the_old_state_and_no_rest() {
    for state in [old_state, no_state] {
        let (old, new) = replaced(state);
        let (failures, successes) = (Cell::new(0), Cell::new(0));
        at_every_operation(Fault::Once, |disk| {
            let outer = state();
            let dir = outer.path().join("sdk");
            let result = replace_on(disk, &dir, &REPLACEMENTS);
            let failed = disk.failed.borrow().join(", ");
            match result {
                Err(error) => {
                    failures.set(failures.get() + 1);
                    assert!(error.to_string().contains("no storage space"), "{error}");
                    assert_eq!(tree(outer.path()), old, "{failed}");
                }
                // Cleaning up failed, which is left to the next process.
                Ok(()) => {
                    successes.set(successes.get() + 1);
                    recover_on(&sound(), &dir).unwrap();
                    assert_eq!(tree(outer.path()), new, "{failed}");
                }
            }
        });
        assert!(failures.get() > 25, "{failures:?}");
        assert!(successes.get() > 3, "{successes:?}");
    }
}

#[test]
fn a_disk_that_is_full_from_any_operation_on_leaves_the_old_state_and_no_rest() {
    for state in [old_state, no_state] {
        let (old, new) = replaced(state);
        at_every_operation(Fault::Full, |disk| {
            let outer = state();
            let result = replace_on(disk, &outer.path().join("sdk"), &REPLACEMENTS);
            let expected = if result.is_ok() { &new } else { &old };
            assert_eq!(&tree(outer.path()), expected, "{:?}", disk.failed);
        });
    }
}

#[test]
fn a_process_stopped_at_any_operation_leaves_one_of_both_states() {
    let (old, new) = replaced(old_state);
    let (mut olds, mut news) = (0, 0);
    for number in 0.. {
        let outer = old_state();
        let dir = outer.path().join("sdk");
        let disk = FaultyDisk::new(Fault::Stopped(number));
        let finished = replace_on(&disk, &dir, &REPLACEMENTS).is_ok();
        let mut rest = tree(&dir);
        rest.retain(|path, text| {
            path.starts_with(FOLDER) && !path.ends_with('/') && !text.is_empty()
        });
        let ignored = rest.remove(".tilt-codegen/.gitignore");
        let hidden = rest.is_empty() || ignored.as_deref() == Some("*\n");
        assert!(hidden, "Git sees {rest:?}");
        recover_on(&sound(), &dir).unwrap();
        let left = tree(outer.path());
        assert!(left == old || left == new, "{:?}: {left:?}", disk.failed);
        // A failed command never takes effect later.
        assert_eq!(left == new, finished, "{:?}", disk.failed);
        *(if finished { &mut news } else { &mut olds }) += 1;
        if disk.failed.borrow().is_empty() {
            break;
        }
    }
    assert!(olds > 25 && news > 3, "{olds} {news}");
}

#[test]
fn recovering_may_itself_be_stopped_anywhere() {
    // One of each kind.
    let replacements = [REPLACEMENTS[0], REPLACEMENTS[3], REPLACEMENTS[6]];
    let outer = old_state();
    let old = tree(outer.path());
    replace_on(&sound(), &outer.path().join("sdk"), &replacements).unwrap();
    let new = tree(outer.path());
    let operations = at_every_operation(Fault::Stopped, |disk| {
        let outer = old_state();
        let _ = replace_on(disk, &outer.path().join("sdk"), &replacements);
    });
    for first in 0..operations {
        at_every_operation(Fault::Stopped, |second| {
            let outer = old_state();
            let dir = outer.path().join("sdk");
            let disk = FaultyDisk::new(Fault::Stopped(first));
            let finished = replace_on(&disk, &dir, &replacements).is_ok();
            let _ = recover_on(second, &dir);
            recover_on(&sound(), &dir).unwrap();
            let expected = if finished { &new } else { &old };
            assert_eq!(&tree(outer.path()), expected, "{disk:?} {second:?}");
        });
    }
}

/// Stops a process just before its last step, with all files in place.
fn stopped_with_all_files_in_place(dir: &Path) {
    for number in 0.. {
        let disk = FaultyDisk::new(Fault::Stopped(number));
        if replace_on(&disk, dir, &REPLACEMENTS).is_err()
            && disk.failed.borrow()[0].starts_with("remove_file")
            && disk.failed.borrow()[0].ends_with("journal.json")
        {
            return;
        }
        recover(dir).unwrap();
    }
}

#[test]
fn recovering_leaves_alone_what_somebody_changed_since() {
    let outer = old_state();
    let dir = outer.path().join("sdk");
    stopped_with_all_files_in_place(&dir);
    assert_eq!(fs::read_to_string(dir.join("a.rs")).unwrap(), "new a");
    put(&dir, "a.rs", "checked out since");
    put(&dir, "types/c.rs", "written since");
    recover_on(&sound(), &dir).unwrap();
    let left = tree(outer.path());
    assert_eq!(left["sdk/a.rs"], "checked out since");
    assert_eq!(left["sdk/types/c.rs"], "written since");
    assert_eq!(left["sdk/gone.rs"], "old gone");
    assert!(!left.contains_key("sdk/types/deep/"));
    assert!(!left.contains_key(&format!("sdk/{FOLDER}/")));
}

#[cfg(unix)]
#[test]
fn a_replaced_file_that_is_put_back_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let outer = old_state();
    let dir = outer.path().join("sdk");
    fs::set_permissions(dir.join("a.rs"), fs::Permissions::from_mode(0o600)).unwrap();
    stopped_with_all_files_in_place(&dir);
    recover_on(&sound(), &dir).unwrap();
    let mode = fs::metadata(dir.join("a.rs")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn the_next_run_removes_what_a_stopped_one_left() {
    let outer = old_state();
    let dir = outer.path().join("sdk");
    let disk = FaultyDisk::new(Fault::Stopped(12));
    replace_on(&disk, &dir, &REPLACEMENTS).unwrap_err();
    assert!(dir.join(FOLDER).join("new").is_dir());
    let target = Target {
        dir: &dir,
        owned: "src",
        shared: "",
    };
    write(target, &[]).unwrap();
    assert!(!dir.join(FOLDER).exists());
}

#[test]
fn two_processes_at_once_are_told_apart_and_neither_takes_the_others_files() {
    let outer = old_state();
    let dir = outer.path().join("sdk");
    let staging = super::staging::Staging::enter(&Disk, &dir).unwrap();
    put(&dir, ".tilt-codegen/new/0", "being written");
    let before = tree(outer.path());
    for error in [
        replace_on(&sound(), &dir, &REPLACEMENTS).unwrap_err(),
        recover(&dir).unwrap_err(),
    ] {
        assert!(matches!(error, OutputError::Busy(_)), "{error}");
    }
    assert_eq!(tree(outer.path()), before);
    drop(staging);
    replace_on(&sound(), &dir, &REPLACEMENTS).unwrap();
}

#[test]
fn a_plan_that_is_not_true_any_more_is_not_carried_out() {
    let outer = tempfile::tempdir().unwrap();
    let target = Target {
        dir: outer.path(),
        owned: "",
        shared: "",
    };
    let files = [File {
        path: "a.rs".into(),
        contents: format!("{HEADER}\n"),
    }];
    let plan = plan(target, &files).unwrap();
    put(outer.path(), "a.rs", "by hand, in the meantime");
    let before = tree(outer.path());
    plan.apply().unwrap_err();
    assert_eq!(tree(outer.path()), before);
}

#[cfg(unix)]
#[test]
fn a_link_in_place_of_the_staging_folder_is_not_followed() {
    let outer = old_state();
    let dir = outer.path().join("sdk");
    put(outer.path(), "elsewhere/new/0", "mine");
    std::os::unix::fs::symlink("../elsewhere", dir.join(FOLDER)).unwrap();
    let before = tree(&outer.path().join("elsewhere"));
    let error = replace_on(&sound(), &dir, &REPLACEMENTS).unwrap_err();
    assert!(matches!(error, OutputError::Link(_)), "{error}");
    assert!(recover(&dir).is_err());
    assert_eq!(tree(&outer.path().join("elsewhere")), before);
}

#[test]
fn a_journal_that_is_not_ours_is_reported_and_moves_nothing() {
    let outer = old_state();
    let dir = outer.path().join("sdk");
    put(outer.path(), "secret", "s");
    for (journal, words) in [
        ("{", "is not understood"),
        (
            r#"{"entries": [{"path": "../secret", "old": null,
                "new": "043a718774c572bd8a25adbeb1bfcd5c0256ae11cecf9f9c3f925d0e52beaf89"}], "folders": []}"#,
            "does not stay within",
        ),
    ] {
        put(&dir, ".tilt-codegen/journal.json", journal);
        let before = tree(outer.path());
        let error = recover(&dir).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
        let mut after = tree(outer.path());
        after.remove("sdk/.tilt-codegen/lock");
        after.remove("sdk/.tilt-codegen/.gitignore");
        assert_eq!(after, before);
        fs::remove_dir_all(dir.join(FOLDER)).unwrap();
    }
}
