//! `#[actor_list]`: the actors and events of a crate as a list, which a system of any crate includes.
//!
//! A macro cannot read the list of another crate. So a list is a macro as well: it passes its entries on to the macro that asks for them.
//! `expand` generates a list, `data` is the form of its entries, and `include` collects the lists of a system, one after the other.

mod data;
mod expand;
mod include;

pub(crate) use self::data::{IncludedList, ListedName};
pub(crate) use self::expand::expand;
pub(crate) use self::include::{IncludePath, begin, next};
