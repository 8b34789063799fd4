//! How a message is stored in a mailbox: in place, or in a box if it is large (`#[message(boxed)]`).

use crate::message::Kept;

/// How a message is stored in a mailbox, implemented by [`#[message]`](macro@crate::message).
///
/// It is separate from [`Message`](crate::message::Message) because it has no `Send` bound: the compiler computes the
/// layout of an actor's message enum before it checks whether the messages are `Send`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a message",
    label = "not a message",
    note = "annotate `{Self}` with `#[message]`, or with `#[message(reply = ..)]` if it is answered",
    note = "an event is received with `#[on_event]` and sent with `ctx.publish(..)`"
)]
pub trait Carried: Sized {
    /// `Self`, or `Box<Self>` for a large message: `#[message(boxed)]`.
    type Carrier: Carrier<Self>;
    /// The [`Reply`](crate::message::Message::Reply).
    type Answer;
    /// For generated code: `true`, or an error that rustc has reported.
    #[doc(hidden)]
    const CHECKED: bool = true;
    /// For generated code: what a dead letter keeps of the message.
    #[doc(hidden)]
    #[must_use]
    fn kept() -> Kept<Self> {
        Kept::NOTHING
    }
}

/// The stored form of a message `M` in a mailbox: the message itself or its box.
pub trait Carrier<M>: Sized {
    /// The bytes that the stored form owns beside the message's own.
    #[doc(hidden)]
    const OWNED: usize = 0;
    #[doc(hidden)]
    fn load(message: M) -> Self;
    #[doc(hidden)]
    fn unload(self) -> M;
    #[doc(hidden)]
    fn look(&self) -> &M;
}

impl<M> Carrier<M> for M {
    #[inline(always)]
    fn load(message: M) -> M {
        message
    }

    #[inline(always)]
    fn unload(self) -> M {
        self
    }

    #[inline(always)]
    fn look(&self) -> &M {
        self
    }
}

impl<M> Carrier<M> for Box<M> {
    const OWNED: usize = size_of::<M>();

    #[inline]
    fn load(message: M) -> Box<M> {
        Box::new(message)
    }

    #[inline]
    fn unload(self) -> M {
        *self
    }

    fn look(&self) -> &M {
        self
    }
}
