//! A receiver's process, as the harness starts and kills it.

use super::receiver::{ARGUMENT, Task};
use super::telling::Told;
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::{self, JoinHandle};
use std::{env, fs};
use tokio::sync::Notify;

/// The answers to deliveries, and how often each was given.
pub(super) type Answers = Arc<Mutex<BTreeMap<String, u64>>>;

/// A place for a receiver, with the process that is there now.
pub(super) struct Replica {
    /// Its task, in a file.
    task: PathBuf,
    answers: Answers,
    process: Process,
}

struct Process {
    child: Child,
    stdin: ChildStdin,
    url: String,
    entered: Arc<Notify>,
    reader: Option<JoinHandle<()>>,
}

impl Replica {
    pub(super) fn start(task: &Task, file: &Path, answers: &Answers) -> io::Result<Self> {
        fs::write(file, serde_json::to_vec(task)?)?;
        Ok(Self {
            task: file.to_owned(),
            answers: answers.clone(),
            process: Process::start(file, answers)?,
        })
    }

    /// Where it takes deliveries.
    pub(super) fn url(&self) -> String {
        self.process.url.clone()
    }

    /// Told when a handler waits, or is about to be gone.
    pub(super) fn entered(&self) -> Arc<Notify> {
        self.process.entered.clone()
    }

    /// Lets a handler go on that waits.
    pub(super) fn go(&mut self) {
        // Fails for a process that has ended, which shows by its answers.
        let _ = self.process.stdin.write_all(b"go\n");
    }

    /// `kill -9`, where there is one; another process takes the place.
    pub(super) fn kill(&mut self) -> io::Result<()> {
        self.process.kill()?;
        self.process = Process::start(&self.task, &self.answers)?;
        Ok(())
    }

    /// Ends it, when it has told everything.
    pub(super) fn end(&mut self) -> io::Result<()> {
        self.process.kill()
    }
}

impl Process {
    fn start(task: &Path, answers: &Answers) -> io::Result<Self> {
        let mut child = Command::new(env::current_exe()?)
            .arg(ARGUMENT)
            .arg(task)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("a receiver's process has no pipes"));
        };
        let entered = Arc::new(Notify::new());
        let (sender, url) = mpsc::channel();
        let (notify, answers) = (entered.clone(), answers.clone());
        let reader = thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                match Told::read(&line) {
                    // The harness waits for it once.
                    Some(Told::Listening(url)) => drop(sender.send(url)),
                    Some(Told::Entered) => notify.notify_one(),
                    Some(Told::Answered(answer)) => {
                        let mut answers = answers.lock().unwrap_or_else(PoisonError::into_inner);
                        *answers.entry(answer).or_default() += 1;
                    }
                    None => {}
                }
            }
        });
        let ended = |_| io::Error::other("a receiver's process ended by itself");
        Ok(Self {
            url: url.recv().map_err(ended)?,
            child,
            stdin,
            entered,
            reader: Some(reader),
        })
    }

    fn kill(&mut self) -> io::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        // All that it has told before is read.
        match self.reader.take().map(JoinHandle::join) {
            Some(Err(_)) => Err(io::Error::other("a receiver's lines could not be read")),
            _ => Ok(()),
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Fails for one that has ended.
        let _ = self.kill();
    }
}
