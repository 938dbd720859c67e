//! A transport that does what a test says, a clock that only moves when somebody sleeps, and no randomness.

use bytes::Bytes;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};
use tilt_runtime as rt;

/// The end of one attempt.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// An answer: status, a header, body.
    Answer(u16, Option<(&'static str, &'static str)>, &'static str),
    Lost(rt::TransportKind),
    /// Nothing, ever.
    Silence,
}

pub(crate) fn status(code: u16) -> Step {
    Step::Answer(code, None, "{}")
}

pub(crate) const TIMEOUT: Step = Step::Lost(rt::TransportKind::Timeout);
pub(crate) const NO_CONNECTION: Step = Step::Lost(rt::TransportKind::Connect);

/// The steps that are left, and the requests so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Script {
    steps: Arc<Mutex<VecDeque<Step>>>,
    sent: Arc<Mutex<Vec<http::Request<Bytes>>>>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Script {
    pub(crate) fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        let steps = Arc::new(Mutex::new(steps.into_iter().collect()));
        Self {
            steps,
            sent: Arc::default(),
        }
    }

    /// The requests since the last time.
    pub(crate) fn sent(&self) -> Vec<http::Request<Bytes>> {
        std::mem::take(&mut *locked(&self.sent))
    }

    /// A builder for a client that sends so, with a clock that stands still but for waits.
    pub(crate) fn builder(&self, clock: &Stepping) -> rt::Builder {
        let url = "https://api.example.com/v1";
        rt::Client::builder(&API, rt::Environment::custom(url, None))
            .transport(self.clone())
            .clock(clock.clone())
            .random(Longest)
    }

    /// A client with nothing else.
    pub(crate) fn client(&self) -> Result<rt::Client, rt::Error> {
        self.builder(&Stepping::default()).build()
    }
}

impl rt::Transport for Script {
    fn send(&self, request: http::Request<Bytes>) -> rt::Transported {
        locked(&self.sent).push(request);
        let step = locked(&self.steps).pop_front();
        Box::pin(async move {
            match step.expect("as many steps as requests") {
                Step::Answer(code, header, body) => {
                    let mut answer = http::Response::builder().status(code);
                    if let Some((name, value)) = header {
                        answer = answer.header(name, value);
                    }
                    let answer = answer.body(Bytes::from_static(body.as_bytes()));
                    Ok(answer.expect("an answer"))
                }
                Step::Lost(kind) => Err(rt::TransportFailure::new(kind)),
                Step::Silence => std::future::pending().await,
            }
        })
    }
}

/// A clock on which only waits take time. Time limits are over once what they limit waits for something.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stepping(Arc<Mutex<Times>>);

#[derive(Debug, Default)]
struct Times {
    now: Duration,
    slept: Vec<Duration>,
}

impl Stepping {
    /// The waits, each in its time.
    pub(crate) fn slept(&self) -> Vec<Duration> {
        std::mem::take(&mut locked(&self.0).slept)
    }
}

impl rt::Clock for Stepping {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_445_412_480) + locked(&self.0).now
    }

    fn monotonic(&self) -> Duration {
        locked(&self.0).now
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let clock = self.clone();
        Box::pin(async move {
            let mut times = locked(&clock.0);
            times.now += time;
            times.slept.push(time);
        })
    }
}

/// The bytes are as large as can be: waits are as long as they get.
#[derive(Debug)]
pub(crate) struct Longest;

impl rt::Random for Longest {
    fn fill(&self, bytes: &mut [u8]) -> std::io::Result<()> {
        bytes.fill(255);
        Ok(())
    }
}

/// An API that says of 429 that nothing was done.
static API: rt::Api = rt::Api {
    user_agent: "test/1",
    schemes: &[],
    errors: rt::ErrorShape {
        code: Some("code"),
        message: None,
        request_id: Some("request_id"),
    },
    refused: &[rt::Status::Code(429)],
};

/// A payment, as it were.
pub(crate) static ONCE: rt::Operation = rt::Operation {
    id: "pay",
    method: rt::Method::Post,
    path: "/orders/{order_id}/payments",
    parameters: &[rt::Parameter::path("order_id")],
    read_by: Some("orders().get"),
    ..rt::Operation::NEW
};

/// An order, as it were.
pub(crate) static KEYED: rt::Operation = rt::Operation {
    id: "order",
    method: rt::Method::Post,
    path: "/orders",
    parameters: &[rt::Parameter::header("idempotency-key")],
    retry: rt::Retry::Keyed {
        header: "Idempotency-Key",
        lifetime: Some(Duration::from_secs(100)),
    },
    ..rt::Operation::NEW
};

pub(crate) static DELETE: rt::Operation = rt::Operation {
    method: rt::Method::Delete,
    path: "/orders/1",
    retry: rt::Retry::Repeatable,
    ..rt::Operation::NEW
};

pub(crate) static GET: rt::Operation = rt::Operation {
    path: "/orders/1",
    retry: rt::Retry::Repeatable,
    ..rt::Operation::NEW
};

/// A call of any of these.
pub(crate) fn call(client: &rt::Client, operation: &'static rt::Operation) -> rt::Call<rt::Empty> {
    let mut call = client.call(operation);
    if operation.path.contains("{order_id}") {
        call.set(0, "o-1");
    }
    call.json("application/json", &vec![5000]);
    call
}
