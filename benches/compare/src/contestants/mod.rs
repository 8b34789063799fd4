//! The contestants, each written as its own documentation recommends.

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

/// All contestants, in the order in which they run.
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
