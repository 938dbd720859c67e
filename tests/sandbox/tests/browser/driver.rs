//! A headless Chromium that is steered by WebDriver.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

/// A failure, rather than a test that says that it was not run, where services are missing.
const REQUIRED: &str = "TESTS_REQUIRE_SERVICES";

/// The sizes that pages are looked at in.
pub(crate) const SIZES: [(&str, u32, u32); 2] = [("desktop", 1280, 900), ("phone", 390, 844)];

/// A running chromedriver; it ends with this.
pub(crate) struct Driver {
    process: Child,
    port: u16,
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Starts chromedriver; `None` where it is not installed, which is said.
pub(crate) fn start() -> Option<Driver> {
    let Some(program) = program(&["chromedriver"]) else {
        return not_run("chromedriver is not installed");
    };
    let process = Command::new(program)
        .args(["--port=0", "--log-level=WARNING"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut process = process.expect("chromedriver starts");
    let output = process.stdout.take().expect("its output is a pipe");
    let mut lines = BufReader::new(output).lines();
    let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
        let port = line.split("started successfully on port ").nth(1)?;
        port.trim_end_matches('.').parse().ok()
    });
    let port = port.expect("chromedriver says its port");
    // It must not wait for a reader of what else it says.
    std::thread::spawn(move || lines.for_each(drop));
    Some(Driver { process, port })
}

/// axe-core, where the validators have put it.
pub(crate) fn axe() -> Option<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let file = root.join("target/validators/node_modules/axe-core/axe.min.js");
    match std::fs::read_to_string(file) {
        Ok(script) => Some(script),
        Err(_) => not_run("axe-core is not installed: run tests/validators/run.sh"),
    }
}

fn not_run<T>(why: &str) -> Option<T> {
    assert!(std::env::var_os(REQUIRED).is_none(), "{why}");
    eprintln!("NOT RUN: {why}");
    None
}

fn program(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)))
        .find(|program| program.is_file())
}

impl Driver {
    /// A browser of its own, without anything of another.
    pub(crate) async fn browser(&self) -> Client {
        self.with(json!({})).await
    }

    /// A browser that runs no script of any page.
    pub(crate) async fn without_scripts(&self) -> Client {
        let refuse = "profile.managed_default_content_settings.javascript";
        self.with(json!({refuse: 2})).await
    }

    async fn with(&self, preferences: Value) -> Client {
        let mut capabilities = serde_json::Map::new();
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
        ];
        let mut options = json!({"args": arguments, "prefs": preferences});
        if let Some(program) = program(&["chromium", "chromium-browser", "google-chrome"]) {
            options["binary"] = program.to_string_lossy().into();
        }
        capabilities.insert("goog:chromeOptions".to_owned(), options);
        ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", self.port))
            .await
            .expect("a session")
    }
}

/// Looks at the page that is shown in both sizes: by axe-core, for what cannot be reached without scrolling aside, and in
/// a picture for people.
pub(crate) async fn look(browser: &Client, axe: Option<&str>, name: &str) {
    for (size, width, height) in SIZES {
        browser
            .set_window_size(width, height)
            .await
            .expect("a size");
        let file = folder().join(format!("{name}-{size}.png"));
        let picture = browser.screenshot().await.expect("a picture");
        std::fs::write(file, picture).expect("the picture is written");
        let wide =
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        let surplus = browser.execute(wide, Vec::new()).await.expect("a number");
        assert_eq!(surplus, 0, "{name} is wider than a {size}");
        let Some(axe) = axe else { continue };
        browser
            .execute(axe, Vec::new())
            .await
            .expect("axe-core is loaded");
        let run = "const done = arguments[arguments.length - 1]; axe.run().then(r => done(r.violations.map(v => \
                   [v.id, v.help, v.nodes.map(n => n.html)])), e => done([String(e)]))";
        let violations = browser.execute_async(run, Vec::new()).await;
        assert_eq!(
            violations.expect("violations"),
            Value::Array(Vec::new()),
            "{name} on a {size}"
        );
    }
}

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/screenshots");
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}
