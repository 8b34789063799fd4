//! Those that take part, each written the way its own documentation advises.

mod actix;
mod airssys;
mod elfo;
mod erlang;
mod kameo;
mod kanal;
mod ractor;
mod tokio;
mod tokio_many;
mod xtra;

use crate::job::Contestant;

/// All of them, in the order in which they take their turns.
pub(crate) const ALL: [&Contestant; 10] = [
    &airssys::AIRSSYS,
    &tokio::TOKIO,
    &tokio_many::TOKIO_MANY,
    &kanal::KANAL,
    &actix::ACTIX,
    &elfo::ELFO,
    &kameo::KAMEO,
    &ractor::RACTOR,
    &xtra::XTRA,
    &erlang::ERLANG,
];
