//! Which requests are sent again, when, and what is told of all attempts.

mod connections;
mod deadlines;
mod keys;
mod outcomes;
mod repeats;
mod script;
