//! A program that names what the attribute generates only through its system: a new name of the system changes nothing else.

use airssys_rt::prelude::*;
use airssys_rt::system::System;

#[message]
pub struct Reset;

#[event]
#[derive(Clone)]
pub struct Closed;

pub struct Account;

#[actor(publishes(Closed))]
impl Account {
    #[handler(entry)]
    fn reset(&mut self, _: Reset, ctx: &mut ActorContext<Self>) {
        ctx.publish(Closed);
    }
}

#[actor_system(actors(entry Account), events(entry Closed))]
pub struct Bank;

type Message = <Bank as System>::Message;
type Event = <Bank as System>::Event;

fn kind(message: &Message) -> &'static str {
    match message {
        Message::Account(_) if message.get::<Account, Reset>().is_some() => "reset",
        Message::Account(_) => "account",
        Message::Event(Event::Closed(Closed)) => "closed",
    }
}

fn main() {
    let event: Event = Event::Closed(Closed);
    assert_eq!(kind(&Message::Event(event)), "closed");
    assert_eq!(<Bank as System>::NAME, "Bank");
}
