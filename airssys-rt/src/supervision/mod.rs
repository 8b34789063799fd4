//! The supervision engine: [`plan`] decides starts, stops and restarts of children; [`incarnation`] carries them out.
//!
//! The plan also decides when a supervisor gives up.
//!
//! A supervisor is a task, and so is each of its children. The [`plan`] decides: it is a function of its state, of events and
//! of the time. The [`incarnation`] carries the decisions out. A child keeps its address and its mailbox while its supervisor
//! exists: between two incarnations its task waits for a directive.
//!
//! # From the end of a child to its restart
//!
//! Each fact has one name, from the task of the child to the plan and back:
//!
//! | type | where | what it is |
//! |---|---|---|
//! | `ErrorAction` | `actor::declare` | what `on_error` returns: resume, restart, stop, escalate |
//! | `IncarnationEnd { exit, request }` | `actor::task` | how an incarnation ended, and the `RestartRequest` of the actor |
//! | `IncarnationEvent` | `actor::task` | what a task reports: started, declined, start failed, refused, ended, task ended |
//! | `ChildReport` | `link` | an `IncarnationEvent` with the child and the start that it belongs to |
//! | `Action` | `plan` | what the supervisor does next: `Wait`, `Start`, `Stop`, `End`, `Escalate`, .. |
//! | `Directive` | `actor::task` | what the task of a child does next: `Wait`, `Start`, `End` |
//! | `LifecycleStep` | `actor::shared` | what subscribers of lifecycle events are told |
//!
//! A supervisor that gives up *escalates*: because a child requested it (`RestartRequest::Escalate`), or because the
//! [`Intensity`] grants no more restarts. [`Escalated`] is its error and the fault of its own incarnation.
//!
//! # Modules
//!
//! `policy`, `intensity`, `error`, `info` and `child` are the public vocabulary. `spec` is a child of any type, `cell` a
//! supervisor as others hold it, `input` what a supervisor receives, `link` the connection of a child with its supervisor,
//! `factory` how the task of a child is made, `run` the task of a supervisor. A tree is recursive, so `cell`, `input` and
//! `spec` refer to each other; there is no other cycle.

mod cell;
mod child;
mod error;
mod factory;
mod incarnation;
mod info;
mod input;
mod intensity;
mod link;
mod plan;
mod policy;
mod run;
mod siblings;
mod spec;
mod supervisor_settings;

pub use child::{Child, Makes};
pub use error::{ControlError, Escalated, SpecError, SuperviseError};
pub use info::{ChildInfo, ChildState};
pub use intensity::{Intensity, IntensityError, RestartDecision};
pub use policy::{AutoShutdown, Restart, Shutdown, Strategy};
pub use siblings::Siblings;

pub(crate) use cell::{ChildHandle, SupervisorCell};
pub(crate) use run::spawn_root;
pub(crate) use spec::{ChildSpec, SupervisorSpec};
pub(crate) use supervisor_settings::SupervisorSettings;
