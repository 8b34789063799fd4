//! The plan of a supervisor decides restarts: a pure function from state, event and time to a list of actions.

mod action;
mod child;
mod events;
#[cfg(test)]
mod model_test;
mod plan;
mod steps;

pub(super) use action::{Action, Key};
pub(super) use child::ChildPhase;
pub(super) use plan::SupervisorPlan;
