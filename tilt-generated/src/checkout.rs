//! The hosted payment form of an order, while it can be used.

use std::time::SystemTime;

use crate::types::CreatedOrder;
use tilt_runtime::SecretText;

/// The hosted payment form of an order that was created.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum HostedCheckout<'a> {
    /// The customer's browser is redirected to this URL. It is usable once, and is a secret.
    Open(&'a SecretText),
    /// Its five minutes are over, and no payment can be made by it: create another order. So it is where an answer is an
    /// old one, had again by its idempotency key.
    Expired,
    /// The order was created without `return_url` and `cancel_url`, and has none.
    None,
}

impl CreatedOrder {
    /// The hosted payment form, unless its time is over: Tilt answers a repeated request with the first answer for 24 hours,
    /// and with the URL that was in it, which works for five minutes. Where the answer does not say readably until
    /// when, it is as good as over.
    ///
    /// ```no_run
    /// use std::time::SystemTime;
    /// use tilt_generated::{HostedCheckout, types::CreatedOrder};
    ///
    /// fn redirect(order: &CreatedOrder) -> Option<&str> {
    ///     match order.hosted_checkout(SystemTime::now()) {
    ///         HostedCheckout::Open(url) => Some(url.expose()),
    ///         _ => None,
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn hosted_checkout(&self, now: SystemTime) -> HostedCheckout<'_> {
        let Some(url) = &self.hosted_checkout_url else {
            return HostedCheckout::None;
        };
        let end = self.expires_at.as_ref().map(|it| it.to_system_time());
        match end {
            Some(Ok(end)) if now < end => HostedCheckout::Open(url),
            _ => HostedCheckout::Expired,
        }
    }
}
