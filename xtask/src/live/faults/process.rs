//! The client's process, as the harness starts and kills it.

use super::client::{ARGUMENT, Job};
use super::proxy::Reins;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::{env, fs, thread};
use tokio::sync::mpsc;

/// A running client.
pub(super) struct Process {
    child: Child,
    /// Its lines on standard output; `None` is the end.
    lines: mpsc::UnboundedReceiver<String>,
}

/// A line of a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Told {
    /// A connection is refused.
    Refused,
    /// A secret was found in a log.
    Secret(String),
    /// It has looked through so many lines of logs.
    Lines(u64),
    /// All orders are done.
    Done,
}

impl Process {
    pub(super) fn start(job: &Job, file: &Path) -> io::Result<(Self, Reins)> {
        fs::write(file, serde_json::to_vec(job)?)?;
        let mut child = Command::new(env::current_exe()?)
            .arg(ARGUMENT)
            .arg(file)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let (sender, lines) = mpsc::unbounded_channel();
        let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("the client's process has no pipes"));
        };
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Ok((Self { child, lines }, Box::new(stdin)))
    }

    /// The next thing that it tells. `None`: it has ended.
    pub(super) async fn told(&mut self) -> Option<Told> {
        loop {
            let line = self.lines.recv().await?;
            if let Some(told) = Told::read(&line) {
                return Some(told);
            }
        }
    }

    /// `kill -9`, where there is one.
    pub(super) fn kill(&mut self) -> io::Result<()> {
        self.child.kill()?;
        self.child.wait().map(drop)
    }

    /// Whether it has ended well.
    pub(super) fn is_well(&mut self) -> io::Result<bool> {
        Ok(self.child.wait()?.success())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Fails for one that has ended.
        let _ = self.kill();
    }
}

impl Told {
    fn read(line: &str) -> Option<Self> {
        match line.split_once(' ').unwrap_or((line, "")) {
            ("refused", _) => Some(Self::Refused),
            ("secret", rest) => Some(Self::Secret(rest.to_owned())),
            ("lines", rest) => rest.parse().ok().map(Self::Lines),
            ("done", _) => Some(Self::Done),
            _ => None,
        }
    }
}
