//! Compiles the pages of docs/ that use other crates, as doc tests: `./ci/pages`.

#[doc = include_str!("../../cookbook_web.md")]
mod cookbook_web {}
#[doc = include_str!("../../from_actix.md")]
mod from_actix {}
#[doc = include_str!("../../from_erlang_and_akka.md")]
mod from_erlang_and_akka {}
#[doc = include_str!("../../from_kameo.md")]
mod from_kameo {}
#[doc = include_str!("../../from_ractor.md")]
mod from_ractor {}
