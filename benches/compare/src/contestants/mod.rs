//! Those that take part, each written the way its own documentation advises.

mod airssys;
mod kanal;
mod tokio;
mod tokio_many;

use crate::job::Contestant;

/// All of them, in the order in which they take their turns.
pub(crate) const ALL: [&Contestant; 4] =
    [&airssys::AIRSSYS, &tokio::TOKIO, &tokio_many::TOKIO_MANY, &kanal::KANAL];
