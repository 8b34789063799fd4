//! `FaultRecord`: the texts of a fault.

use crate::reply::FaultReport;
use serde::{Deserialize, Serialize};
use std::{error::Error, iter::successors};

/// The texts of a fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FaultRecord {
    /// The name of the message whose handler failed; `None` if another function did.
    pub message: Option<String>,
    /// Whether it was a panic.
    pub is_panic: bool,
    /// The text of the error, and those of its sources.
    pub causes: Vec<String>,
}

impl From<&FaultReport> for FaultRecord {
    fn from(fault: &FaultReport) -> Self {
        let sources = successors(fault.source(), |&error| error.source());
        FaultRecord {
            message: fault.message().map(str::to_owned),
            is_panic: fault.is_panic(),
            causes: [fault.to_string()].into_iter().chain(sources.map(ToString::to_string)).collect(),
        }
    }
}
