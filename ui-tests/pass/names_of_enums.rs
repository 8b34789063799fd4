//! A program has types with the names of the generated enums, and gives these other names.
#![deny(warnings, missing_docs)]

use airssys_rt::prelude::*;

/// Resets the account.
#[message]
#[derive(Clone)]
pub struct Reset;

/// The account is closed.
#[event]
#[derive(Clone)]
pub struct Closed;

/// An account.
pub struct Account;

#[actor(publishes(Closed))]
impl Account {
    #[handler]
    fn reset(&mut self, _: Reset) {}

    #[on_event]
    fn closed(&mut self, _: Closed) {}
}

/// The system.
#[actor_system(actors(Account), events(Closed), message_enum = AppTraffic, event_enum = AppNews)]
pub struct App;

/// A message of another library.
pub enum AppMessage {
    /// Ends it.
    Quit,
}

/// An event of another library.
pub struct AppEvent;

/// Whether the message resets an account.
pub fn is_reset(message: &AppTraffic) -> bool {
    message.get::<Account, Reset>().is_some()
}

/// Whether the message is an event.
pub const fn is_news(message: &AppTraffic) -> bool {
    matches!(message, AppTraffic::Event(AppNews::Closed(_)))
}

fn main() {}
