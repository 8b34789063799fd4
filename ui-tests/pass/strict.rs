//! A strict system in which every message, event and actor is reached.
#![deny(warnings)]

use airssys_rt::prelude::*;

#[message]
pub struct Close;

#[message]
pub struct Note;

#[event]
#[derive(Clone)]
pub struct Closed;

#[event]
#[derive(Clone)]
pub struct Midnight;

#[event]
#[derive(Clone)]
pub struct Shown;

pub struct Account;

#[actor(spawns(Auditor), asks(Auditor), publishes(Closed, Shown))]
impl Account {
    #[handler(entry)]
    fn close(&mut self, _: Close) {}

    #[on_event]
    fn midnight(&mut self, _: Midnight) {}
}

#[actor(handles(entry Close, Note), subscribes(Closed), tells(any Note))]
pub struct Auditor;

impl Handler<Close> for Auditor {
    async fn handle(&mut self, _: Close, _: &mut ActorContext<Self>) -> Result<(), Fault> {
        Ok(())
    }
}

impl Handler<Note> for Auditor {
    async fn handle(&mut self, _: Note, _: &mut ActorContext<Self>) -> Result<(), Fault> {
        Ok(())
    }
}

impl Subscriber<Closed> for Auditor {
    async fn on_event(&mut self, _: Closed, _: &mut ActorContext<Self>) -> Result<(), Fault> {
        Ok(())
    }
}

/// Reached by the actors that tell `Note` to any actor.
pub struct Notes;

#[actor(mailbox(capacity = 8, overflow = Error))]
impl Notes {
    #[handler]
    fn note(&mut self, _: Note) {}

    #[on_event]
    fn closed(&mut self, _: Closed) {}
}

#[actor_system(
    strict,
    actors(entry Account, Auditor, entry Notes),
    events(Closed, entry Midnight, entry Shown)
)]
pub struct Bank;

fn main() {
    assert_eq!(Bank::topology().warnings(), []);
}
