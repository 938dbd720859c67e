//! The server of the suite, which judges.

use super::suite::Suite;
use super::{shown, system};
use crate::failure::Failure;
use crate::fetch::install_tls_provider;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A server that has not begun by then never will.
const PATIENCE: Duration = Duration::from_secs(120);

const PAUSE: Duration = Duration::from_millis(200);

/// A running server.
pub(super) struct Server {
    child: Child,
    port: u16,
    coverage: PathBuf,
}

/// The server's word for each scenario.
pub(super) type Judged = BTreeMap<String, Word>;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Word {
    Pass,
    Fail,
    /// Nobody called it.
    NotImplemented,
}

#[derive(Deserialize)]
struct Report {
    results: Judged,
}

impl Server {
    pub(super) async fn start(suite: &Suite) -> Result<Self, Failure> {
        install_tls_provider();
        let free = || TcpListener::bind(("127.0.0.1", 0))?.local_addr();
        let port = free().map_err(system("find a free port"))?.port();
        let coverage = suite.folder.join("coverage.json");
        let log = suite.folder.join("server.log");
        let output = File::create(&log).map_err(system(shown("create", &log)))?;
        let child = Command::new(&suite.node)
            .current_dir(&suite.folder)
            .arg(suite.modules().join("@typespec/spector/cmd/cli.mjs"))
            .arg("serve")
            .arg(suite.scenarios())
            .args(["--port", &port.to_string(), "--coverageFile"])
            .arg(&coverage)
            .stdin(Stdio::null())
            .stdout(output)
            .spawn()
            .map_err(system("start the server of the suite"))?;
        let mut server = Self {
            child,
            port,
            coverage,
        };
        server.wait(&log.display().to_string()).await?;
        Ok(server)
    }

    pub(super) fn url(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    async fn wait(&mut self, log: &str) -> Result<(), Failure> {
        let health = format!("{}/.admin/health", self.url());
        let mut waited = Duration::ZERO;
        while waited < PATIENCE {
            let ended = self.child.try_wait().map_err(system("watch the server"))?;
            if ended.is_some() {
                break;
            }
            if reqwest::get(&health)
                .await
                .is_ok_and(|it| it.status().is_success())
            {
                return Ok(());
            }
            tokio::time::sleep(PAUSE).await;
            waited += PAUSE;
        }
        let error = io::Error::other(format!("it does not answer, see {log}"));
        Err(system("start the server of the suite")(error))
    }

    /// Ends it, and gives what it says of the scenarios.
    pub(super) async fn stop(mut self) -> Result<Judged, Failure> {
        let stop = format!("{}/.admin/stop", self.url());
        let stopped = reqwest::Client::new().post(stop).send().await;
        stopped.map_err(|error| system("stop the server")(io::Error::other(error)))?;
        self.child.wait().map_err(system("wait for the server"))?;
        let action = shown("read", &self.coverage);
        let text = fs::read_to_string(&self.coverage).map_err(system(action.clone()))?;
        let reports: Vec<Report> =
            serde_json::from_str(&text).map_err(|error| system(action)(io::Error::other(error)))?;
        Ok(reports.into_iter().flat_map(|it| it.results).collect())
    }
}

/// Nothing that was started stays.
impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
