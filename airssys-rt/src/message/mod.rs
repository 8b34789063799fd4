//! What can be sent.

mod carried;
mod contract;
mod named;
pub mod schema;

pub use carried::{Carried, Carrier};
pub use contract::{Event, Message, NoEvents};
pub use named::{Named, Origin};
