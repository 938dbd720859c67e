//! Prism: a server that knows nothing but the document, and refuses requests which that does not allow.
//!
//! Every operation is called with values that the document allows. Its answers are the document's examples, and such as
//! it makes up; all of them are read, and written as they came.

use super::calls::{self, Api, Order, Programs, Request, Server, Serving, Verdict};
use super::options::Documents;
use super::{npm, shown, system};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::project::Project;
use crate::terminal::say;
use std::collections::{BTreeSet, HashSet};
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io;
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Its folder in the project.
const SOURCE: &str = "tests/oracles/prism";

/// A server that has not begun by then never will.
const PATIENCE: Duration = Duration::from_secs(120);

const PAUSE: Duration = Duration::from_millis(100);

/// Answers that are made up are the same every time.
const SEED: &str = "tilt";

/// Calls the operations of documents; the exit code tells whether all that goes wrong is explained.
pub(super) async fn run(project: &Project, options: &Documents) -> Result<Exit, Failure> {
    let prism = Prism::install(project)?;
    let documents = calls::documents(project, options)?;
    let programs = Programs::build(project, &documents, None)?;
    let mut verdict = Verdict::new(&project.root().join(SOURCE).join("explained.toml"))?;
    for api in &programs.apis {
        let requests = programs.requests(api)?;
        let orders = orders(api, &requests);
        let server = prism.mock(api).await?;
        let outcomes = programs.call(api, &orders, Some(&server.address))?;
        say(format_args!("{}: {} calls\n", api.name, orders.len()))?;
        verdict.add(&programs, api, &orders, &outcomes)?;
        verdict.uncalled(api, &orders);
    }
    say(&verdict)?;
    Ok(match verdict.is_well() {
        true => Exit::Success,
        false => Exit::Different,
    })
}

/// The calls of all requests. Of all errors of a status that are read alike, one is asked for.
fn orders(api: &Api, requests: &[Request]) -> Vec<Order> {
    let mut orders = Vec::new();
    let mut begun = BTreeSet::new();
    let mut read = HashSet::new();
    for request in requests {
        let is_first = !begun.contains(&(&request.method, &request.path));
        let with = match &request.body {
            _ if is_first => "what it needs".to_owned(),
            None => "all".to_owned(),
            Some(body) => format!("all, {}", body.media_type),
        };
        let before = orders.len();
        for (answer, wish) in [("", ""), (", made up", "dynamic=true")] {
            let server = Server::Prefer(wish.to_owned());
            orders.extend(api.order(request, &format!("{with}{answer}"), server));
        }
        if orders.len() > before {
            begun.insert((&request.method, &request.path));
        }
        for (status, payload) in api.errors(request) {
            let server = Server::Prefer(format!("code={status}, dynamic=true"));
            let how = format!("{status}, made up");
            let order = api.order(request, &how, server);
            orders.extend(order.filter(|_| read.insert((status, payload))));
        }
    }
    orders
}

/// The folder that Prism is installed in.
pub(super) struct Prism {
    folder: PathBuf,
}

impl Prism {
    /// Installs it, where it is not yet.
    pub(super) fn install(project: &Project) -> Result<Self, Failure> {
        let folder = project.target().join("oracles/prism");
        npm::install(&project.root().join(SOURCE), &folder)?;
        Ok(Self { folder })
    }

    /// A server that makes answers up.
    async fn mock(&self, api: &Api) -> Result<Serving, Failure> {
        let document = api.document.as_os_str();
        self.start(
            &api.name,
            "mock",
            &["--seed".as_ref(), SEED.as_ref(), document],
        )
        .await
    }

    /// A server that has another one answer, and says what the document does not allow of requests and answers.
    pub(super) async fn proxy(&self, api: &Api, behind: &str) -> Result<Serving, Failure> {
        let behind = OsString::from(format!("http://{behind}"));
        let document = api.document.as_os_str();
        self.start(&api.name, "proxy", &[document, &behind]).await
    }

    async fn start(
        &self,
        name: &str,
        command: &str,
        arguments: &[&OsStr],
    ) -> Result<Serving, Failure> {
        let free = || TcpListener::bind(("127.0.0.1", 0))?.local_addr();
        let address = free().map_err(system("find a free port"))?;
        let log = self.folder.join(format!("{name}.{command}.log"));
        let output = File::create(&log).map_err(system(shown("create", &log)))?;
        let child = Command::new("node")
            .arg(
                self.folder
                    .join("node_modules/@stoplight/prism-cli/dist/index.js"),
            )
            .args([command, "--verboseLevel", "warn", "--port"])
            .arg(address.port().to_string())
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(output)
            .spawn()
            .map_err(system("start Prism"))?;
        let mut serving = Serving {
            child,
            address: address.to_string(),
        };
        let mut waited = Duration::ZERO;
        while waited < PATIENCE {
            let ended = serving.child.try_wait().map_err(system("watch Prism"))?;
            if ended.is_some() {
                break;
            }
            if TcpStream::connect(address).is_ok() {
                return Ok(serving);
            }
            tokio::time::sleep(PAUSE).await;
            waited += PAUSE;
        }
        let error = io::Error::other(format!("it does not answer, see {}", log.display()));
        Err(system("start Prism")(error))
    }
}
