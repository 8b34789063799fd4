//! A program has types with the names of the generated enums: they take precedence, and the keys give the enums other names.
#![deny(warnings, missing_docs)]

use airssys_rt::{prelude::*, system::System};

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

/// Without the keys: the enums are named through the system.
pub mod beside {
    use super::{Account, Closed};
    use airssys_rt::{prelude::*, system::System};

    /// The system.
    #[actor_system(actors(Account), events(Closed))]
    pub struct App;

    /// A message of another library.
    pub enum AppMessage {
        /// Ends it.
        Quit,
    }

    pub(crate) mod private {
        use airssys_rt::{prelude::*, system::System};

        #[actor_system(actors(super::Account), events(super::Closed))]
        struct App;

        #[allow(dead_code)]
        enum AppMessage {
            Quit,
        }

        #[allow(dead_code)]
        type AppEvent = <App as System>::Event;

        #[allow(dead_code)]
        const fn is_closed(event: &AppEvent) -> bool {
            matches!(event, AppEvent::Closed(_))
        }
    }

    /// Whether it quits.
    pub const fn quits(message: &AppMessage) -> bool {
        matches!(message, AppMessage::Quit)
    }

    /// Whether the message is an event.
    pub const fn is_news(message: &<App as System>::Message) -> bool {
        type Message = <App as System>::Message;
        matches!(message, Message::Event(AppEvent::Closed(_)))
    }
}

/// The names of the enums, without a type of the same name.
pub mod alone {
    use super::{Account, Closed};
    use airssys_rt::prelude::*;
    use std::fmt;

    /// The system.
    #[actor_system(actors(Account), events(Closed))]
    pub struct App;

    impl fmt::Debug for AppMessage {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(match self {
                Self::Account(_) => "account",
                Self::Event(AppEvent::Closed(_)) => "closed",
            })
        }
    }
}

fn main() {
    /// The system.
    #[actor_system(actors(Account), events(Closed))]
    struct App;

    enum AppMessage {
        Quit,
    }

    let _ = AppMessage::Quit;
    let event = AppEvent::Closed(Closed);
    let message = <App as System>::event(event);
    assert!(message.get::<Account, Reset>().is_none());
    assert!(matches!(alone::AppMessage::Event(alone::AppEvent::Closed(Closed)), alone::AppMessage::Event(_)));
}
