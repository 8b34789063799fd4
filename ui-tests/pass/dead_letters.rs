//! What a dead letter keeps: messages with and without `Debug`, generic ones, events, and each form of `keep_payload`.
#![deny(warnings, unused_imports, unused_qualifications, clippy::all, clippy::pedantic)]

use airssys_rt::prelude::*;

/// Not `Debug`, and of a type that is not `Debug`.
#[message]
pub struct Silent(pub Box<dyn FnOnce() + Send>);

#[message]
#[derive(Debug)]
pub struct Derived;

#[derive(Debug)]
#[message]
pub struct DerivedAbove;

#[message(reply = u8, keep_payload)]
#[derive(Debug)]
pub enum Plain {
    One,
    Two { n: u64 },
}

#[message(keep_payload = |text| text.0.capacity())]
pub struct Text(String);

#[message(keep_payload = bytes_of, boxed, name = "many")]
pub struct Many(Vec<u8>);

fn bytes_of(Many(bytes): &Many) -> usize {
    bytes.len()
}

/// A method of the message.
#[message(keep_payload = Self::bytes)]
pub struct Own(String);

impl Own {
    fn bytes(&self) -> usize {
        self.0.len()
    }
}

/// Its size is not known here.
#[message(keep_payload)]
pub struct Generic<T>(pub T);

#[message(keep_payload = |page| page.0.capacity() * size_of::<T>())]
pub struct Page<T: Copy>(Vec<T>);

#[event(keep_payload)]
#[derive(Clone)]
pub struct Moved;

#[event(keep_payload = |event| event.0.len())]
#[derive(Debug, Clone)]
pub struct Renamed(String);

/// Its handler is configured out.
#[event]
#[derive(Clone)]
pub struct Absent;

#[derive(Default)]
pub struct Account(u64);

#[actor]
impl Account {
    #[handler(entry)]
    fn silent(&mut self, Silent(run): Silent) {
        run();
    }

    #[handler(entry)]
    fn derived(&mut self, _: Derived) {}

    #[handler(entry)]
    fn derived_above(&mut self, _: DerivedAbove) {}

    #[handler(entry)]
    fn plain(&mut self, plain: Plain) -> u8 {
        match plain {
            Plain::One => 1,
            Plain::Two { n } => n.to_le_bytes()[0],
        }
    }

    #[handler(entry)]
    fn text(&mut self, Text(text): Text) {
        self.0 += text.len() as u64;
    }

    #[handler(entry)]
    fn many(&mut self, Many(bytes): Many) {
        self.0 += bytes.len() as u64;
    }

    #[handler(entry)]
    fn own(&mut self, Own(text): Own) {
        self.0 += text.len() as u64;
    }

    #[handler(entry)]
    fn generic(&mut self, Generic(n): Generic<u8>) {
        self.0 += u64::from(n);
    }

    #[handler(entry)]
    fn page(&mut self, Page(bytes): Page<u8>) {
        self.0 += bytes.len() as u64;
    }

    #[on_event]
    fn moved(&mut self, _: Moved) {}

    #[on_event]
    fn renamed(&mut self, Renamed(name): Renamed) {
        self.0 += name.len() as u64;
    }

    #[cfg(any())]
    #[on_event]
    fn absent(&mut self, _: Absent) {}
}

/// A generic actor, whose message mentions its parameter.
pub struct Shelf<T>(pub T);

#[actor]
impl<T: Send + Clone + 'static> Shelf<T> {
    #[handler(entry)]
    fn put(&mut self, Generic(thing): Generic<T>) {
        self.0 = thing;
    }
}

#[actor_system(actors(entry Account, entry Shelf<u8>), events(entry Moved, entry Renamed))]
pub struct Bank;

fn main() {}
