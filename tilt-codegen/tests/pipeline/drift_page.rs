//! The page about a drift in a real browser: what it shows with its script, without, and of hostile text.

use serde_json::{Value, json};
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;
use tilt_codegen::drift::Drift;
use tilt_codegen::drift::format::{Format, Report};

const REQUIRED: &str = "TESTS_REQUIRE_SERVICES";
const HOSTILE: &str =
    "</p><script>document.title = 'taken'</script><img src=x onerror=\"document.title = 'taken'\">";

fn finding(severity: &str, directions: &[&str], message: &str) -> Value {
    json!({
        "rule": "rule", "severity": severity, "directions": directions, "message": message,
        "reach": {"operations": 1, "events": 0, "first": [HOSTILE]}, "upgrade": "major",
        "items": [{"item": HOSTILE, "effect": "removed", "bump": "major"}], "fingerprint": "0123456789abcdef",
    })
}

fn page() -> String {
    let drift = json!({
        "format": 1, "in_use": "breaking", "upgrade": "major",
        "findings": [
            finding("breaking", &["request"], "First of orders."),
            finding("warning", &["answer", "event"], "Second of orders."),
            finding("additive", &[], "Third of refunds."),
        ],
    });
    let drift: Drift = serde_json::from_value(drift).unwrap();
    Report::new(&drift).to(Format::Html)
}

/// Where Debian, other distributions and the browser's maker put it.
fn browser() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let names = [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ];
    std::env::split_paths(&path)
        .flat_map(|folder| names.map(|name| folder.join(name)))
        .find(|program| program.is_file())
}

/// The page's elements, after its script has run if it may.
fn dump(browser: &PathBuf, page: &str, fragment: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("drift.html");
    std::fs::write(&file, page).unwrap();
    let output = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
        ])
        .args([
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--dump-dom",
        ])
        .arg(format!(
            "--user-data-dir={}",
            folder.path().join("profile").display()
        ))
        .arg(format!("file://{}{fragment}", file.display()))
        .output()
        .unwrap();
    let dom = String::from_utf8(output.stdout).unwrap();
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && dom.contains("</html>"), "{log}");
    dom
}

/// The messages of findings that are shown.
fn shown(dom: &str) -> Vec<&str> {
    dom.split("<article")
        .skip(1)
        .filter(|article| !article.split('>').next().unwrap().contains("hidden"))
        .filter_map(|article| article.split("<h3>").nth(1)?.split("</h3>").next())
        .collect()
}

#[test]
fn the_page_works_in_a_browser() {
    let Some(browser) = browser() else {
        assert!(
            std::env::var_os(REQUIRED).is_none(),
            "no chromium, and {REQUIRED} is set"
        );
        // Past the capture of a test's output.
        let line = "######## NOT RUN: the page about a drift in a browser. There is no chromium.\n";
        std::io::stderr().write_all(line.as_bytes()).unwrap();
        return;
    };
    const ALL: [&str; 3] = ["First of orders.", "Second of orders.", "Third of refunds."];
    let page = page();
    let plain = dump(&browser, &page, "");
    assert_eq!(shown(&plain), ALL);
    assert!(plain.contains(">3 of 3 shown</output>"), "{plain}");
    assert!(!plain.contains("<form hidden"));
    assert!(!plain.contains("<title>taken") && !plain.contains("<img"));

    let choice = "#severity=breaking&severity=warning&direction=event&text=ORDERS";
    let filtered = dump(&browser, &page, choice);
    assert_eq!(shown(&filtered), ALL[1..2]);
    assert!(filtered.contains(">1 of 3 shown</output>"));
    assert_eq!(filtered.matches("<section hidden").count(), 2);

    // Another script than ours is not run, and then all is shown.
    let other = page.replace(
        "\"use strict\";",
        "\"use strict\"; document.title = 'taken';",
    );
    assert_ne!(other, page);
    let without = dump(&browser, &other, choice);
    assert_eq!(shown(&without), ALL);
    assert!(without.contains("<form hidden") && !without.contains("<title>taken"));
}
