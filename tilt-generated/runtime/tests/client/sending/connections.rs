//! Which connections requests go out on.
