//! What a dead letter keeps of a message or an event: the impls of `LetterContent`, for the enums of an actor and for events.

use crate::{
    actor::declare::{enum_sizes::for_each_enum, one_of::LetterEntry},
    message::{Event, LetterContent},
};
use std::fmt;

fn text<E: LetterEntry>(held: &E::Held, to: &mut fmt::Formatter<'_>) -> Option<fmt::Result> {
    E::kept().text(E::look(held), to)
}

fn owned<E: LetterEntry>(held: &E::Held) -> Option<usize> {
    Some(E::kept().owned(E::look(held))?.saturating_add(E::OWNED))
}

/// An event on its way to its subscribers.
impl<E: Event> LetterContent for E {
    fn text(&self, to: &mut fmt::Formatter<'_>) -> Option<fmt::Result> {
        E::kept().text(self, to)
    }

    fn owned(&self) -> Option<usize> {
        E::kept().owned(self)
    }
}

macro_rules! letter_content {
    ($name:ident: $($variant:ident $entry:ident $number:literal)+) => {
        impl<L, $($entry: LetterEntry),+> LetterContent for super::one_of::$name<L, $($entry),+> {
            fn text(&self, to: &mut fmt::Formatter<'_>) -> Option<fmt::Result> {
                match self {
                    $(Self::$variant(held, _) => text::<$entry>(held, to),)+
                    Self::Never(_, never) => match *never {},
                }
            }

            fn owned(&self) -> Option<usize> {
                match self {
                    $(Self::$variant(held, _) => owned::<$entry>(held),)+
                    Self::Never(_, never) => match *never {},
                }
            }
        }
    };
}

for_each_enum!(letter_content);
