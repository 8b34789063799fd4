//! A system that is declared before its actors and messages.
#![deny(warnings)]

use airssys_rt::prelude::*;

#[actor_system(actors(accounts::Account, Auditor), events(accounts::Closed))]
pub struct Bank;

pub struct Auditor;

#[actor]
impl Auditor {
    #[on_event]
    async fn closed(&mut self, _: crate::accounts::Closed, _: &mut ActorContext<Self>) -> Result<(), Fault> {
        Ok(())
    }
}

mod accounts {
    use super::{Bank, BankMessage};
    use airssys_rt::prelude::*;

    #[actor(publishes(self::Closed))]
    impl Account {
        #[handler]
        fn close(&mut self, _: Close, ctx: &mut ActorContext<Self>) {
            ctx.publish(Closed);
        }
    }

    pub struct Account;

    #[message]
    pub struct Close;

    #[event]
    #[derive(Clone)]
    pub struct Closed;

    pub fn is_hosted(_: Bank, message: &BankMessage) -> bool {
        matches!(message, BankMessage::Account(_))
    }
}

fn main() {
    let _ = (accounts::Close, accounts::is_hosted, Bank);
}
