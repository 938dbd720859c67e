//! A sandbox that is ended by the program that started it. In a process of its own: the signal is for all of it.

#![cfg(unix)]

use std::io::{self, Write};
use std::process::Command;

use tilt_sandbox::{Sandbox, ServeOptions, serve};

/// Sends this process the signal once the sandbox says that it is there, and changes nothing else.
struct Ending;

impl Write for Ending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let this = std::process::id().to_string();
        let sent = Command::new("kill").args(["-TERM", &this]).status()?;
        sent.success()
            .then_some(())
            .ok_or(io::ErrorKind::Other.into())
    }
}

#[tokio::test]
async fn the_signal_to_end_stops_it_with_its_file_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("tilt.json");
    let options = ServeOptions {
        state_file: Some(file.clone()),
        webhooks: vec!["http://127.0.0.1:9/hook".into()],
        ..ServeOptions::default()
    };
    serve(options, Ending).await.expect("a last save");
    let text = std::fs::read_to_string(&file).expect("the file");
    assert!(text.contains("http://127.0.0.1:9/hook"), "{text}");
    Sandbox::builder()
        .state_file(file)
        .start()
        .await
        .expect("a sandbox");
}
