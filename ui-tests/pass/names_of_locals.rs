//! A name in generated code does not depend on what the program calls by it: a constant, a static or a unit struct in a pattern would be
//! another pattern than the name of a variable.
#![deny(warnings)]
#![allow(dead_code, non_camel_case_types, non_upper_case_globals)]

/// Declares an item of a kind for each name that generated code might use.
macro_rules! names {
    ($($before:ident)+; $($after:tt)*) => {
        names!(@each [$($before)+] [$($after)*]
            message slot ctx reply event registry config meta outcome fault inside why
            kinds fan envelope visit source never data number from to
            terminated);
    };
    (@each $before:tt $after:tt $($name:ident)+) => {
        $(names!(@one $before $after $name);)+
    };
    (@one [$($before:ident)+] [$($after:tt)*] $name:ident) => {
        $($before)+ $name $($after)*;
    };
}

mod constants {
    names!(pub const; : u8 = 1);

    use airssys_rt::actor::{ActorContext, ActorRef, ErrorAction, Handler, Subscriber, Terminated};
    use airssys_rt::reply::Fault;

    #[airssys_rt::message]
    pub struct Reset;

    #[airssys_rt::message(reply = u64)]
    pub struct Total;

    #[airssys_rt::message(boxed)]
    pub struct Restore(pub [u64; 40]);

    #[airssys_rt::event]
    #[derive(Clone)]
    pub struct Closed;

    pub struct Account;

    #[airssys_rt::actor(publishes(Closed), asks(Ledger), mailbox(capacity = 4))]
    impl Account {
        #[pre_start]
        fn open(&mut self) {}

        #[post_stop]
        async fn close(&mut self, _: &mut ActorContext<Self>) -> Result<(), Fault> {
            Ok(())
        }

        #[on_error]
        fn failed(&mut self, _: Fault) -> ErrorAction {
            ErrorAction::Stop
        }

        #[on_terminated]
        fn gone(&mut self, _: Terminated) {}

        #[on_event]
        fn closed(&mut self, _: Closed) {}

        #[handler(entry)]
        fn reset(&mut self, _: Reset, _: &mut ActorContext<Self>) {}

        #[handler(entry)]
        async fn total(&mut self, _: Total) -> Result<u64, Fault> {
            Ok(5)
        }
    }

    #[airssys_rt::actor(handles(Total, entry Restore), subscribes(Closed))]
    pub struct Ledger(pub Option<ActorRef<Account>>);

    impl Handler<Total> for Ledger {
        async fn handle(&mut self, _: Total, _: &mut ActorContext<Self>) -> Result<u64, Fault> {
            Ok(5)
        }
    }

    impl Handler<Restore> for Ledger {
        async fn handle(&mut self, _: Restore, _: &mut ActorContext<Self>) -> Result<(), Fault> {
            Ok(())
        }
    }

    impl Subscriber<Closed> for Ledger {
        async fn on_event(&mut self, _: Closed, _: &mut ActorContext<Self>) -> Result<(), Fault> {
            Ok(())
        }
    }

    #[airssys_rt::actor_system(actors(Account, Ledger), events(Closed))]
    pub struct Bank;
}

mod statics {
    names!(pub static; : u8 = 1);

    use airssys_rt::actor::{ActorContext, ActorRef, ErrorAction, Handler, Subscriber, Terminated};
    use airssys_rt::reply::Fault;

    #[airssys_rt::message]
    pub struct Reset;

    #[airssys_rt::message(reply = u64)]
    pub struct Total;

    #[airssys_rt::message(boxed)]
    pub struct Restore(pub [u64; 40]);

    #[airssys_rt::event]
    #[derive(Clone)]
    pub struct Closed;

    pub struct Account;

    #[airssys_rt::actor(publishes(Closed), asks(Ledger), mailbox(capacity = 4))]
    impl Account {
        #[pre_start]
        fn open(&mut self) {}

        #[post_stop]
        async fn close(&mut self, _: &mut ActorContext<Self>) -> Result<(), Fault> {
            Ok(())
        }

        #[on_error]
        fn failed(&mut self, _: Fault) -> ErrorAction {
            ErrorAction::Stop
        }

        #[on_terminated]
        fn gone(&mut self, _: Terminated) {}

        #[on_event]
        fn closed(&mut self, _: Closed) {}

        #[handler(entry)]
        fn reset(&mut self, _: Reset, _: &mut ActorContext<Self>) {}

        #[handler(entry)]
        async fn total(&mut self, _: Total) -> Result<u64, Fault> {
            Ok(5)
        }
    }

    #[airssys_rt::actor(handles(Total, entry Restore), subscribes(Closed))]
    pub struct Ledger(pub Option<ActorRef<Account>>);

    impl Handler<Total> for Ledger {
        async fn handle(&mut self, _: Total, _: &mut ActorContext<Self>) -> Result<u64, Fault> {
            Ok(5)
        }
    }

    impl Handler<Restore> for Ledger {
        async fn handle(&mut self, _: Restore, _: &mut ActorContext<Self>) -> Result<(), Fault> {
            Ok(())
        }
    }

    impl Subscriber<Closed> for Ledger {
        async fn on_event(&mut self, _: Closed, _: &mut ActorContext<Self>) -> Result<(), Fault> {
            Ok(())
        }
    }

    #[airssys_rt::actor_system(actors(Account, Ledger), events(Closed))]
    pub struct Bank;
}

mod unit_structs {
    names!(pub struct;);

    use airssys_rt::actor::{ActorContext, ActorRef, ErrorAction, Handler, Subscriber, Terminated};
    use airssys_rt::reply::Fault;

    #[airssys_rt::message]
    pub struct Reset;

    #[airssys_rt::message(reply = u64)]
    pub struct Total;

    #[airssys_rt::message(boxed)]
    pub struct Restore(pub [u64; 40]);

    #[airssys_rt::event]
    #[derive(Clone)]
    pub struct Closed;

    pub struct Account;

    #[airssys_rt::actor(publishes(Closed), asks(Ledger), mailbox(capacity = 4))]
    impl Account {
        #[pre_start]
        fn open(&mut self) {}

        #[post_stop]
        async fn close(&mut self, _: &mut ActorContext<Self>) -> Result<(), Fault> {
            Ok(())
        }

        #[on_error]
        fn failed(&mut self, _: Fault) -> ErrorAction {
            ErrorAction::Stop
        }

        #[on_terminated]
        fn gone(&mut self, _: Terminated) {}

        #[on_event]
        fn closed(&mut self, _: Closed) {}

        #[handler(entry)]
        fn reset(&mut self, _: Reset, _: &mut ActorContext<Self>) {}

        #[handler(entry)]
        async fn total(&mut self, _: Total) -> Result<u64, Fault> {
            Ok(5)
        }
    }

    #[airssys_rt::actor(handles(Total, entry Restore), subscribes(Closed))]
    pub struct Ledger(pub Option<ActorRef<Account>>);

    impl Handler<Total> for Ledger {
        async fn handle(&mut self, _: Total, _: &mut ActorContext<Self>) -> Result<u64, Fault> {
            Ok(5)
        }
    }

    impl Handler<Restore> for Ledger {
        async fn handle(&mut self, _: Restore, _: &mut ActorContext<Self>) -> Result<(), Fault> {
            Ok(())
        }
    }

    impl Subscriber<Closed> for Ledger {
        async fn on_event(&mut self, _: Closed, _: &mut ActorContext<Self>) -> Result<(), Fault> {
            Ok(())
        }
    }

    #[airssys_rt::actor_system(actors(Account, Ledger), events(Closed))]
    pub struct Bank;
}

fn main() {}
