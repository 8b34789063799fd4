//! `Result<_, Fault>` under another name: it is recognized by its type.
#![deny(warnings)]

use airssys_rt::prelude::*;
use airssys_rt::reply::Fault as Failure;

pub type Outcome<T> = Result<T, Fault>;
pub type Done = Outcome<()>;

#[message(reply = u64)]
pub struct Total;

#[message]
pub struct Reset;

#[event]
#[derive(Clone)]
pub struct Closed;

pub struct Account {
    total: u64,
}

#[actor(publishes(Closed))]
impl Account {
    #[pre_start]
    async fn open(&mut self) -> Done {
        Ok(())
    }

    #[post_stop]
    fn close(&mut self) -> Result<(), Failure> {
        Ok(())
    }

    #[on_terminated]
    fn gone(&mut self, _: Terminated) -> Outcome<()> {
        Ok(())
    }

    #[on_event]
    async fn closed(&mut self, _: Closed) -> Done {
        Ok(())
    }

    #[handler]
    fn total(&self, _: Total) -> Outcome<u64> {
        Ok(self.total)
    }

    #[handler]
    fn reset(&mut self, _: Reset) -> Result<(), Failure> {
        self.total = "0".parse()?;
        Ok(())
    }
}

#[actor_system(actors(Account), events(Closed))]
pub struct Bank;

fn main() {}
