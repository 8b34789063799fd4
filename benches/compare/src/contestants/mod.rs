//! Those that take part, each written the way its own documentation advises.

mod airssys;
mod kameo;
mod kanal;
mod ractor;
mod tokio;
mod tokio_many;
mod xtra;

use crate::job::Contestant;

/// All of them, in the order in which they take their turns.
pub(crate) const ALL: [&Contestant; 7] = [
    &airssys::AIRSSYS,
    &tokio::TOKIO,
    &tokio_many::TOKIO_MANY,
    &kanal::KANAL,
    &kameo::KAMEO,
    &ractor::RACTOR,
    &xtra::XTRA,
];
