//! Messages of every shape, destructured in the parameter.
#![deny(warnings)]

use airssys_rt::prelude::*;

#[message]
pub struct Unit;

#[message(reply = u64)]
pub struct Tuple(pub u64, pub u64);

#[message(reply = String, name = "a.struct")]
pub struct Struct {
    pub owner: String,
    pub cents: u64,
}

#[message(reply = Option<u64>)]
pub enum Enum {
    Deposit(u64),
    Close,
}

#[event]
#[derive(Clone)]
pub enum Changed {
    Up(u64),
    Down,
}

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn unit(&mut self, Unit: Unit) {}

    #[handler]
    fn tuple(&mut self, Tuple(first, mut second): Tuple) -> u64 {
        second += first;
        second
    }

    #[handler]
    async fn fields(&mut self, Struct { owner, cents: _ }: Struct, _: &mut ActorContext<Self>) -> String {
        owner
    }

    #[handler]
    fn choice(&mut self, mut message: Enum) -> Option<u64> {
        if let Enum::Deposit(cents) = &mut message {
            *cents += 1;
        }
        match message {
            Enum::Deposit(cents) => Some(cents),
            Enum::Close => None,
        }
    }

    #[on_event]
    fn changed(&mut self, event: Changed) {
        let (Changed::Up(_) | Changed::Down) = event;
    }
}

fn main() {
    assert_eq!(<Struct as Message>::NAME, "a.struct");
    assert_eq!(<Tuple as Message>::NAME, concat!(module_path!(), "::Tuple"));
}
