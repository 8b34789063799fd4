//! The names that other frameworks have for sending: each is one compile error that says what to write.
//!
//! Each method has a bound on its first argument that no value satisfies, and returns a projection of it: an error type, whose uses rustc
//! does not report. Two types without values implement the traits, so that rustc looks at the bound after it has found the method: with no
//! impl there would be no such method for a reference to the receiver, without these words.

use crate::{
    actor::{send::Recipient, shared::ActorRef},
    message::Message,
};

#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a reference to an actor does not send by itself",
    label = "in a handler: `ctx.tell(&it, message)`; outside of an actor: `system.tell(&it, message)`",
    note = "an answer is asked for: `ctx.ask(&it, message)`, `system.ask(&it, message)`",
    note = "`system.handle(&it)` is a handle that sends by itself, for code outside of the actors"
)]
pub trait SendsByItself {
    type Sent;
}

#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a recipient does not send by itself",
    label = "in a handler: `ctx.tell_any(&it, message)`; outside of an actor: `system.tell_any(&it, message)`",
    note = "outside of an actor an answer is asked for: `system.ask_any(&it, message)`"
)]
pub trait RecipientSends {
    type Sent;
}

#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a message is told or asked",
    label = "`.tell(&it, message)` sends it, `.ask(&it, message)` also waits for the answer",
    note = "`tell` is ready when the mailbox has the message; `try_tell` does not wait for capacity"
)]
pub trait OtherWords {
    type Sent;
}

/// Implements a trait of refused methods.
macro_rules! refuses {
    ($($bound:ident::$output:ident)+) => {
        $(
            #[diagnostic::do_not_recommend]
            impl $bound for ::std::convert::Infallible {
                type $output = Self;
            }

            #[diagnostic::do_not_recommend]
            impl $bound for $crate::message::NoEvents {
                type $output = Self;
            }
        )+
    };
}

refuses!(SendsByItself::Sent RecipientSends::Sent OtherWords::Sent);

/// Declares a method that no program can call.
macro_rules! refused {
    ($name:ident $bound:ident::$output:ident ($first:ident: $kind:ident $(, $argument:ident: $other:ident)*)) => {
        #[doc(hidden)]
        pub fn $name<$kind: $bound $(, $other)*>(
            &self,
            $first: $kind,
            $($argument: $other),*
        ) -> <$kind as $bound>::$output {
            let _ = $first;
            $(let _ = $argument;)*
            unreachable!()
        }
    };
}

pub(crate) use {refused, refuses};

impl<A> ActorRef<A> {
    refused!(tell SendsByItself::Sent(message: M));
    refused!(try_tell SendsByItself::Sent(message: M));
    refused!(ask SendsByItself::Sent(message: M));
    refused!(send SendsByItself::Sent(message: M));
    refused!(try_send SendsByItself::Sent(message: M));
    refused!(do_send SendsByItself::Sent(message: M));
    refused!(send_message SendsByItself::Sent(message: M));
    refused!(cast SendsByItself::Sent(message: M));
    refused!(call SendsByItself::Sent(message: M));
    refused!(notify SendsByItself::Sent(message: M));
}

impl<M: Message> Recipient<M> {
    refused!(tell RecipientSends::Sent(message: N));
    refused!(try_tell RecipientSends::Sent(message: N));
    refused!(ask RecipientSends::Sent(message: N));
    refused!(send RecipientSends::Sent(message: N));
    refused!(do_send RecipientSends::Sent(message: N));
}
