//! The import of an attribute that `#[actor]` reads is a used one.
#![deny(warnings, unused_imports, unused_qualifications)]

use airssys_rt::actor::{ActorContext, ErrorAction, Terminated};
use airssys_rt::reply::Fault;
use airssys_rt::{
    actor, actor_system, event, handler, message, on_error, on_event, on_terminated, post_stop, pre_start,
};

#[message]
pub struct Reset;

#[event]
#[derive(Clone)]
pub struct Closed;

pub struct Account;

#[actor(publishes(Closed))]
impl Account {
    #[pre_start]
    fn open(&mut self) {}

    #[post_stop]
    fn close(&mut self) {}

    #[on_error]
    fn failed(&mut self, _: Fault) -> ErrorAction {
        ErrorAction::Stop
    }

    #[on_terminated]
    fn gone(&mut self, _: Terminated) {}

    #[handler]
    fn reset(&mut self, _: Reset, ctx: &mut ActorContext<Self>) {
        ctx.publish(Closed);
    }

    #[on_event]
    fn closed(&mut self, _: Closed) {}
}

pub mod without_imports {
    use airssys_rt::actor;

    pub struct Auditor;

    #[actor]
    impl Auditor {
        #[handler]
        fn reset(&mut self, _: super::Reset) {}
    }
}

pub mod own_names {
    use airssys_rt::prelude::*;

    pub mod handler {}

    #[allow(unused_macros)]
    macro_rules! on_event {
        () => {};
    }

    pub struct Other;

    #[actor]
    impl Other {
        #[handler]
        fn reset(&mut self, _: super::Reset) {}

        #[on_event]
        fn closed(&mut self, _: super::Closed) {}
    }
}

#[actor_system(actors(Account, without_imports::Auditor, own_names::Other), events(Closed))]
pub struct Bank;

fn main() {}
