//! Inventory in the hands of a test.

use super::pull::Pull;
use super::{Stocked, pull};
use crate::error::SandboxError;
use crate::sandbox::Sandbox;

/// Inventory.
impl Sandbox {
    /// Pulls now, as the button of the portal does. A pull that fails is a result, too.
    pub async fn pull_inventory(&self) -> Result<Pull, SandboxError> {
        pull(self.app()).await.ok_or(SandboxError::NoInventory)
    }

    /// The vehicles that are there, by VIN.
    pub fn inventory(&self) -> Vec<Stocked> {
        self.app()
            .read(|state| state.stock.vehicles().cloned().collect())
    }

    /// 50 pulls, oldest first: of more, those that read no list are forgotten first.
    pub fn pulls(&self) -> Vec<Pull> {
        self.app()
            .read(|state| state.stock.pulls().cloned().collect())
    }
}
