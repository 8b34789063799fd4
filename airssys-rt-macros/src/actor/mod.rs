//! `#[actor]`: reads the struct or the impl block, checks it, and generates what the runtime needs beside it.
//!
//! `args` parses the arguments and `item` the item; `role` and `signature` read its methods. `model` and `edges` hold what
//! the user declared, `aliases` the names of the user's types in generated code, and `codegen` writes the code. `open` and
//! `recovery` keep a mistake from being further errors; `task_lifetimes` gives words to an error of rustc.

mod aliases;
mod args;
mod codegen;
mod edges;
mod expand;
mod item;
mod model;
mod open;
mod recovery;
mod role;
mod signature;
mod task_lifetimes;
mod unfinished;

pub(crate) use self::expand::{expand, expand_unlisted, misplaced};
pub(crate) use self::role::MethodRole;
