//! Messages whose types have names of the standard library: a path says that a type is one of the program.
#![deny(warnings)]

mod types {
    use airssys_rt::prelude::*;

    #[message]
    pub struct Arc<T>(pub T);

    #[message]
    pub struct String;

    pub struct Account;

    #[actor]
    impl Account {
        #[handler]
        fn share(&mut self, _: self::Arc<u8>) {}

        #[handler]
        fn text(&mut self, _: self::String) {}
    }

    #[actor_system(actors(Account))]
    pub struct Bank;
}

fn main() {
    let _ = types::Bank::topology();
}
