//! An inbox in Redis, whose mark is beside the handler's effects.

use super::error::InboxError;
use super::handling::{Claim, Inbox, Work};
use super::key::key;
use super::lease::{Lease, SHORTEST_WINDOW};
use redis::aio::ConnectionLike;
use std::fmt;
use std::time::Duration;

#[doc(no_inline)]
pub use redis;

/// An inbox in Redis, for any number of replicas, where an effect may happen twice: when a process ends
/// between the effect and its mark, or a handler outlives its lease.
///
/// Handled events are remembered for the window. The server must keep them that long: with `maxmemory-policy
/// noeviction`, and `appendonly yes`, or a restart forgets them.
///
/// Of the connections that the crate `redis` has, `ConnectionManager` connects again by itself.
#[derive(Clone)]
pub struct Redis<C> {
    connection: C,
    prefix: String,
    window: Duration,
    lease: Lease,
}

impl<C> fmt::Debug for Redis<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redis")
            .field("prefix", &self.prefix)
            .field("window", &self.window)
            .finish_non_exhaustive()
    }
}

/// A claim lasts so much longer than the lease: until the mark is made of work that took all of it.
const GRACE: Duration = Duration::from_secs(10);

/// Claims the event of a key for so many milliseconds. The server's time tells claims of one key apart.
const CLAIM: &str = "
    local state = redis.call('GET', KEYS[1])
    if state == 'done' then return {'done', 0} end
    if state then return {'in work', redis.call('PTTL', KEYS[1])} end
    local time = redis.call('TIME')
    local claim = time[1] .. '.' .. time[2]
    redis.call('SET', KEYS[1], claim, 'PX', ARGV[1])
    return {claim, 0}";

const COMMIT: &str = "
    if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
    redis.call('SET', KEYS[1], 'done', 'PX', ARGV[2])
    return 1";

const RELEASE: &str = "
    if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
    return 1";

impl<C> Redis<C> {
    /// An inbox under keys that begin with a prefix, such as `inbox:`. Handled events are remembered for 30 days.
    pub fn new(connection: C, prefix: impl Into<String>, lease: Lease) -> Self {
        Self {
            connection,
            prefix: prefix.into(),
            window: Duration::from_secs(30 * 24 * 60 * 60),
            lease,
        }
    }

    /// The time for which handled events are remembered.
    ///
    /// # Errors
    ///
    /// When it is less than seven days, within which events may be delivered again.
    pub fn window(mut self, window: Duration) -> Result<Self, InboxError> {
        if window < SHORTEST_WINDOW {
            let shortest = SHORTEST_WINDOW;
            return Err(InboxError::WindowTooShort { window, shortest });
        }
        self.window = window;
        Ok(self)
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX).max(1)
}

impl<C: ConnectionLike + Clone + Send + Sync + 'static> Inbox for Redis<C> {
    type Work = RedisWork<C>;

    async fn claim(&self, id: Option<&str>) -> Result<Claim<RedisWork<C>>, InboxError> {
        let Some(id) = id else {
            return Ok(Claim::New(RedisWork { claimed: None }));
        };
        let key = format!("{}{}", self.prefix, key(id));
        let mut connection = self.connection.clone();
        let mut command = redis::cmd("EVAL");
        command.arg(CLAIM).arg(1).arg(&key);
        command.arg(milliseconds(self.lease.time().saturating_add(GRACE)));
        let claimed = command.query_async(&mut connection).await;
        let (claim, left): (String, i64) = claimed.map_err(InboxError::store)?;
        Ok(match claim.as_str() {
            "done" => Claim::Done,
            "in work" => Claim::InWork {
                retry_after: Duration::from_millis(u64::try_from(left).unwrap_or_default()),
            },
            _ => Claim::New(RedisWork {
                claimed: Some(Claimed {
                    connection,
                    key,
                    claim,
                    window: milliseconds(self.window),
                }),
            }),
        })
    }

    fn lease(&self) -> &Lease {
        &self.lease
    }
}

/// A claim in Redis.
pub struct RedisWork<C: ConnectionLike + Send + 'static> {
    claimed: Option<Claimed<C>>,
}

struct Claimed<C> {
    connection: C,
    key: String,
    claim: String,
    window: u64,
}

impl<C: ConnectionLike + Send + 'static> fmt::Debug for RedisWork<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisWork").finish_non_exhaustive()
    }
}

impl<C: ConnectionLike + Send + 'static> Claimed<C> {
    async fn eval(&mut self, script: &str) -> Result<bool, InboxError> {
        let mut command = redis::cmd("EVAL");
        command.arg(script).arg(1).arg(&self.key);
        command.arg(&self.claim).arg(self.window);
        let done = command.query_async(&mut self.connection).await;
        done.map_err(InboxError::store)
    }
}

impl<C: ConnectionLike + Send + 'static> Work for RedisWork<C> {
    async fn commit(mut self) -> Result<(), InboxError> {
        match self.claimed.as_mut() {
            None => Ok(()),
            Some(claimed) => {
                let held = claimed.eval(COMMIT).await?;
                self.claimed = None;
                held.then_some(()).ok_or(InboxError::LeaseLost)
            }
        }
    }

    async fn release(mut self) -> Result<(), InboxError> {
        match self.claimed.as_mut() {
            None => Ok(()),
            Some(claimed) => {
                claimed.eval(RELEASE).await?;
                self.claimed = None;
                Ok(())
            }
        }
    }
}

impl<C: ConnectionLike + Send + 'static> Drop for RedisWork<C> {
    fn drop(&mut self) {
        // Without a runtime, the lease runs out.
        if let (Some(mut claimed), Ok(runtime)) =
            (self.claimed.take(), tokio::runtime::Handle::try_current())
        {
            runtime.spawn(async move {
                let _: Result<bool, InboxError> = claimed.eval(RELEASE).await;
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use redis::{Cmd, Pipeline, RedisFuture, Value};
    use std::sync::{Arc, Mutex};

    /// A server that knows no event, and keeps the arguments of what it is asked.
    #[derive(Clone, Default)]
    struct Asked(Arc<Mutex<Vec<Vec<u8>>>>);

    impl ConnectionLike for Asked {
        fn req_packed_command<'a>(&'a mut self, command: &'a Cmd) -> RedisFuture<'a, Value> {
            let asked = command.get_packed_command();
            self.0.lock().expect("arguments").push(asked);
            let claim = Value::BulkString(b"1.5".to_vec());
            Box::pin(async { Ok(Value::Array(vec![claim, Value::Int(0)])) })
        }

        fn req_packed_commands<'a>(
            &'a mut self,
            _: &'a Pipeline,
            _: usize,
            _: usize,
        ) -> RedisFuture<'a, Vec<Value>> {
            Box::pin(async { Ok(Vec::new()) })
        }

        fn get_db(&self) -> i64 {
            0
        }
    }

    #[tokio::test]
    async fn a_claim_outlasts_its_lease_until_the_mark_is_made() {
        let server = Asked::default();
        let lease = Lease::of(Duration::from_secs(30));
        let inbox = Redis::new(server.clone(), "inbox:", lease);
        let claim = inbox.claim(Some("e1")).await;
        assert!(matches!(claim, Ok(Claim::New(_))), "{claim:?}");
        let asked = server.0.lock().expect("arguments").remove(0);
        let asked = String::from_utf8_lossy(&asked).into_owned();
        assert!(
            asked.contains("inbox:e1") && asked.ends_with("\r\n40000\r\n"),
            "{asked}"
        );
    }
}
