//! The shells of calls and builders, which generated code has in one line.

/// Declares the one struct that the calls of all operations of an API are, and the function that makes one: awaiting it
/// sends the request. `R` reads the answer, and `O` tells the operation from others. Setters are implemented for
/// one `O` each, in modules below, and reach the [`Call`](crate::Call) as `self.call`.
///
/// Were there a struct for each operation, the compiler would see everything here once for each of them.
///
/// `call! { /// docs… pub struct Call; }`
#[macro_export]
macro_rules! call {
    ($(#[$meta:meta])* $visibility:vis struct $name:ident;) => {
        $(#[$meta])*
        #[must_use = "nothing is sent until the call is awaited"]
        $visibility struct $name<R: $crate::Reply, O> {
            call: $crate::Call<R>,
            operation: ::core::marker::PhantomData<fn() -> O>,
        }

        #[allow(dead_code, reason = "features can leave no operation")]
        #[inline]
        fn call<R: $crate::Reply, O>(call: $crate::Call<R>) -> $name<R, O> {
            let operation = ::core::marker::PhantomData;
            $name { call, operation }
        }

        impl<R: $crate::Reply, O> ::core::fmt::Debug for $name<R, O> {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&self.call, f)
            }
        }

        impl<R: $crate::Reply, O> $name<R, O> {
            /// Sends the request, and gives the body together with the status and the headers.
            #[inline]
            pub fn send(
                self,
            ) -> $crate::Sending<$crate::Response<<R as $crate::Reply>::Output>> {
                self.call.send()
            }

            /// Adds a header to this request alone.
            #[inline]
            pub fn header(self, name: &str, value: &str) -> Self {
                Self { call: self.call.header(name, value), ..self }
            }

            /// Limits how long this call may take in all: with its token, its waits and all of its attempts.
            #[inline]
            pub fn within(self, time: ::core::time::Duration) -> Self {
                Self { call: self.call.within(time), ..self }
            }

            /// Limits how often this call may be sent, where it may be sent again.
            #[inline]
            pub fn attempts(self, attempts: u32) -> Self {
                Self { call: self.call.attempts(attempts), ..self }
            }

            /// Limits how many bytes an answer to this call may have that is read while it arrives.
            #[inline]
            pub fn stream_limit(self, bytes: u64) -> Self {
                Self { call: self.call.stream_limit(bytes), ..self }
            }

            /// Notes something in the client's journal beside this call, such as the caller's own name for it,
            /// or what was there before.
            #[inline]
            pub fn journaled(self, note: $crate::journal::Note) -> Self {
                Self { call: self.call.journaled(note), ..self }
            }

            /// Resumes a call that a journal has, in place of a new one: the same path and query, bytes and
            /// idempotency key. Without a key that lives, nothing is sent, and the outcome is unknown.
            #[inline]
            pub fn resuming(self, call: $crate::journal::JournaledCall) -> Self {
                Self { call: self.call.resuming(call), ..self }
            }

            /// Sends what breaks constraints of the API's document as well: the API decides.
            #[inline]
            pub fn without_validation(self) -> Self {
                Self { call: self.call.without_validation(), ..self }
            }

            /// The idempotency key that the call goes with: the one that was set, or else one that it was
            /// made with. `None` where the operation takes none.
            #[inline]
            pub fn retry_key(&self) -> ::core::option::Option<&str> {
                self.call.retry_key()
            }
        }

        impl<R: $crate::Reply, O> ::core::future::IntoFuture for $name<R, O> {
            type Output = ::core::result::Result<<R as $crate::Reply>::Output, $crate::Error>;
            type IntoFuture = $crate::Sending<<R as $crate::Reply>::Output>;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                self.call.into_future()
            }
        }
    };
}

/// The setting of a rate limit, where that is compiled in.
#[cfg(feature = "rate-limit")]
#[doc(hidden)]
#[macro_export]
macro_rules! rate_limit_setting {
    () => {
        /// Limits the rate at which the client and its clones send requests: those beyond it wait for their turn, within the
        /// time of the call. A call whose turn would come later is an error, and not sent. There is no limit unless set.
        #[inline]
        pub fn rate_limit(self, limit: impl Into<$crate::RateLimit>) -> Self {
            let builder = self.builder.rate_limit(limit.into());
            Self { builder }
        }
    };
}

/// Nothing, where it is not.
#[cfg(not(feature = "rate-limit"))]
#[doc(hidden)]
#[macro_export]
macro_rules! rate_limit_setting {
    () => {};
}

/// Declares the builder of a client, with the settings that every API has.
///
/// `client_builder! { /// docs… pub struct ClientBuilder for Client; }`, where `Client` has
/// a field `client` of type [`Client`](crate::Client).
#[macro_export]
macro_rules! client_builder {
    ($(#[$meta:meta])* $visibility:vis struct $name:ident for $client:ident;) => {
        $(#[$meta])*
        #[must_use]
        #[derive(Debug)]
        $visibility struct $name {
            builder: $crate::Builder,
        }

        impl $name {
            /// Sends requests to this URL: it replaces the environment's, or completes it where that is
            /// relative.
            #[inline]
            pub fn base_url(self, url: impl Into<String>) -> Self {
                let builder = self.builder.base_url(url.into());
                Self { builder }
            }

            /// Gives a value to a variable of the environment's URL.
            #[inline]
            pub fn server_variable(self, name: impl Into<String>, value: impl Into<String>) -> Self {
                let builder = self.builder.server_variable(name.into(), value.into());
                Self { builder }
            }

            /// Sends operations that need credentials without, where none were given.
            #[inline]
            pub fn without_authentication(self) -> Self {
                let builder = self.builder.without_authentication();
                Self { builder }
            }

            /// Sends requests that break constraints which the API's document states. Unless set, they are
            /// refused before they are sent, with all that is wrong at once.
            #[inline]
            pub fn without_validation(self) -> Self {
                let builder = self.builder.without_validation();
                Self { builder }
            }

            /// Allows URLs that are not https. Only for `localhost` and addresses of the loopback interface is
            /// this not needed, since credentials travel with the requests. No proxy is used for them.
            #[inline]
            pub fn allow_plain_http(self) -> Self {
                let builder = self.builder.allow_plain_http();
                Self { builder }
            }

            /// Adds a header to every request.
            #[inline]
            pub fn default_header(self, name: impl Into<String>, value: impl Into<String>) -> Self {
                let builder = self.builder.default_header(name.into(), value.into());
                Self { builder }
            }

            /// Configures the HTTP client, as by `|http| http.identity(certificate)`. It is asked for each of the clients that are
            /// made: one for https, one for plain http. Redirects and the transport's own retries stay off, and plain http goes
            /// through no proxy, whatever it says.
            #[inline]
            pub fn http_client(
                self,
                configure: impl Fn($crate::reqwest::ClientBuilder) -> $crate::reqwest::ClientBuilder
                + ::core::marker::Send
                + ::core::marker::Sync
                + 'static,
            ) -> Self {
                let builder = self.builder.http_client(configure);
                Self { builder }
            }

            /// Says how the client proves to a token endpoint who it is: in the form unless set.
            #[inline]
            pub fn token_endpoint_auth(self, auth: $crate::TokenEndpointAuth) -> Self {
                let builder = self.builder.token_endpoint_auth(auth);
                Self { builder }
            }

            /// Uses this clock for everything: when tokens expire, how long is waited.
            #[inline]
            pub fn clock(self, clock: impl $crate::Clock) -> Self {
                let builder = self.builder.clock(clock);
                Self { builder }
            }

            /// Uses this randomness, for idempotency keys and to spread waits.
            #[inline]
            pub fn random(self, random: impl $crate::Random) -> Self {
                let builder = self.builder.random(random);
                Self { builder }
            }

            /// Limits how often a call may be sent, where it may be sent again: 3 times unless set.
            #[inline]
            pub fn attempts(self, attempts: u32) -> Self {
                let builder = self.builder.attempts(attempts);
                Self { builder }
            }

            /// Limits how long one attempt may take that another may follow: 20 seconds unless set.
            #[inline]
            pub fn attempt_timeout(self, timeout: ::core::time::Duration) -> Self {
                let builder = self.builder.attempt_timeout(timeout);
                Self { builder }
            }

            /// Limits how much the client and its clones send again in all.
            #[inline]
            pub fn retry_budget(self, budget: $crate::RetryBudget) -> Self {
                let builder = self.builder.retry_budget(budget);
                Self { builder }
            }

            $crate::rate_limit_setting!();

            /// Lets this see every attempt of every call. May be given several times.
            #[inline]
            pub fn observe(self, observer: impl $crate::Observe) -> Self {
                let builder = self.builder.observe(observer);
                Self { builder }
            }

            /// Sends requests by this in place of an HTTP client, those for tokens too: tests of programs need no server.
            #[inline]
            pub fn transport(self, transport: impl $crate::Transport) -> Self {
                let builder = self.builder.transport(transport);
                Self { builder }
            }

            /// Stores calls that are not safe to repeat in this journal before they are sent: see
            /// [`journal`]($crate::journal). The exact bytes of bodies stand in it.
            #[inline]
            pub fn journal(self, calls: impl Into<$crate::journal::Calls>) -> Self {
                let builder = self.builder.journal(calls.into());
                Self { builder }
            }

            /// Limits how long a call may take in all, with its token, its waits and all of its attempts:
            /// 60 seconds unless set.
            #[inline]
            pub fn timeout(self, timeout: ::core::time::Duration) -> Self {
                let builder = self.builder.timeout(timeout);
                Self { builder }
            }

            /// Limits how long a connection may take to come about: 10 seconds unless set.
            #[inline]
            pub fn connect_timeout(self, timeout: ::core::time::Duration) -> Self {
                let builder = self.builder.connect_timeout(timeout);
                Self { builder }
            }

            /// Limits how long the next piece of an answer may take: 30 seconds unless set.
            #[inline]
            pub fn read_timeout(self, timeout: ::core::time::Duration) -> Self {
                let builder = self.builder.read_timeout(timeout);
                Self { builder }
            }

            /// Limits how many bytes an answer may have: 64 MiB unless set.
            #[inline]
            pub fn response_limit(self, bytes: usize) -> Self {
                let builder = self.builder.response_limit(bytes);
                Self { builder }
            }

            /// Limits how many bytes an answer may have that is read while it arrives, such as a download or a stream of
            /// events: any number unless set.
            #[inline]
            pub fn stream_limit(self, bytes: u64) -> Self {
                let builder = self.builder.stream_limit(bytes);
                Self { builder }
            }

            /// Builds the client.
            ///
            /// # Errors
            ///
            /// `Error::Config` when a URL, a header or a combination of settings is not possible.
            #[inline]
            pub fn build(self) -> ::core::result::Result<$client, $crate::Error> {
                let client = self.builder.build()?;
                Ok($client { client })
            }
        }
    };
}
