//! A system and a list that a `macro_rules` macro writes.
#![deny(warnings)]

use airssys_rt::prelude::*;

#[message]
pub struct Go;

macro_rules! app {
    ($list:ident, $actor:ident, $system:ident) => {
        pub struct $actor;

        #[actor]
        impl $actor {
            #[handler(entry)]
            fn go(&mut self, _: Go) {}
        }

        #[actor_list(actors(entry $actor))]
        pub struct $list;

        #[actor_system(include($list, airssys_rt_ui_tests::shop::Actors))]
        pub struct $system;
    };
}

app!(List, Runner, App);

mod second {
    use super::{Go, actor_list, actor_system};
    use airssys_rt::prelude::*;

    app!(List, Runner, App);
}

fn main() {
    assert_eq!(App::topology().actors().next(), Some("Runner"));
    assert_eq!(second::App::topology().actors().count(), 5);
}
