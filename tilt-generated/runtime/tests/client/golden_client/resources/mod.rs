//! The resources, a file each.

pub(crate) mod locations;
pub(crate) mod orders;

::tilt_runtime::call! {
    /// A call of an operation, which is sent when it is awaited.
    pub(crate) struct Call;
}
