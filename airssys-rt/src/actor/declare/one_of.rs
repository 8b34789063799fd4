//! The enums that hold the messages, or the events, of one actor: one generic enum for each number of variants.
//!
//! They are in the library, and not in generated code, so that rustc checks them once and not for each actor.

use crate::{
    actor::{
        declare::{Actor, EventVariant, MessageVariant, Variants, enum_sizes::for_each_enum},
        shared::Terminated,
    },
    message::{Carried, Carrier, Event, Kept, LetterContent, Message, Named},
    reply::{Cause, ReplySlot},
};
use std::{convert::Infallible, fmt, marker::PhantomData};

/// What one variant is about: a message, [`Received`] for an event, [`Ended`], or [`Absent`].
pub trait Entry {
    /// What is sent.
    type Value;
    /// The type of the answer.
    type Reply;
    /// What the variant holds.
    type Held;
    /// The slot for the answer.
    type Slot: EntrySlot<Self::Reply>;
    fn hold(value: Self::Value) -> Self::Held;
    fn release(held: Self::Held) -> Self::Value;
    fn look(held: &Self::Held) -> &Self::Value;
}

impl<M: Carried> Entry for M {
    type Value = M;
    type Reply = M::Answer;
    type Held = M::Carrier;
    type Slot = ReplySlot<M::Answer>;

    #[inline(always)]
    fn hold(value: M) -> M::Carrier {
        M::Carrier::load(value)
    }

    #[inline(always)]
    fn release(held: M::Carrier) -> M {
        held.unload()
    }

    #[inline(always)]
    fn look(held: &M::Carrier) -> &M {
        Carrier::look(held)
    }
}

/// An entry that a tap can copy.
///
/// A trait, and not `Held: Clone` at the enum: a reference to the enum would be `Clone`, so rustc would suggest a borrow and name the
/// enum. With this trait it names the message that is not `Clone`.
pub trait CloneEntry: Entry {
    fn copy(held: &Self::Held) -> Self::Held;
}

impl<M: Carried + Clone> CloneEntry for M {
    fn copy(held: &M::Carrier) -> M::Carrier {
        M::Carrier::load(Carrier::look(held).clone())
    }
}

impl<M: Carried + Clone> CloneEntry for InPlace<M> {
    fn copy(held: &M) -> M {
        held.clone()
    }
}

/// An entry of which a dead letter may keep something.
pub trait LetterEntry: Entry {
    /// The bytes that the held value owns beside its own.
    const OWNED: usize = 0;
    fn kept() -> Kept<Self::Value>;
}

impl<M: Carried> LetterEntry for M {
    const OWNED: usize = M::Carrier::OWNED;

    fn kept() -> Kept<M> {
        M::kept()
    }
}

impl<M: Carried> LetterEntry for InPlace<M> {
    fn kept() -> Kept<M> {
        M::kept()
    }
}

impl<E: Event> LetterEntry for Received<E> {
    fn kept() -> Kept<E> {
        E::kept()
    }
}

impl LetterEntry for Ended {
    fn kept() -> Kept<Terminated> {
        Kept::NOTHING
    }
}

impl LetterEntry for Absent {
    fn kept() -> Kept<Infallible> {
        Kept::NOTHING
    }
}

/// A message that is held as it is, because its type mentions a parameter of the actor.
#[derive(Debug)]
pub struct InPlace<M>(PhantomData<fn() -> M>);

impl<M: Carried> Entry for InPlace<M> {
    type Value = M;
    type Reply = M::Answer;
    type Held = M;
    type Slot = ReplySlot<M::Answer>;

    #[inline(always)]
    fn hold(value: M) -> M {
        value
    }

    #[inline(always)]
    fn release(held: M) -> M {
        held
    }

    #[inline(always)]
    fn look(held: &M) -> &M {
        held
    }
}

/// An entry without an answer, which holds its value as it is.
macro_rules! plain_entry {
    ([$($parameter:ident)?] $entry:ty: $value:ty) => {
        impl$(<$parameter: Clone>)? CloneEntry for $entry {
            fn copy(held: &$value) -> $value {
                held.clone()
            }
        }

        impl$(<$parameter>)? Entry for $entry {
            type Value = $value;
            type Reply = ();
            type Held = $value;
            type Slot = NoSlot;

            #[inline(always)]
            fn hold(value: $value) -> $value {
                value
            }

            #[inline(always)]
            fn release(held: $value) -> $value {
                held
            }

            #[inline(always)]
            fn look(held: &$value) -> &$value {
                held
            }
        }
    };
}

/// An event that an actor subscribes to, or that it publishes.
#[derive(Debug)]
pub struct Received<E>(PhantomData<fn() -> E>);

plain_entry!([E] Received<E>: E);

/// The notification that a watched actor has ended.
#[derive(Debug)]
pub struct Ended;

plain_entry!([] Ended: Terminated);

/// No message: the variant has no value. It fills up an enum that has more variants than the actor needs.
#[derive(Debug)]
pub struct Absent;

plain_entry!([] Absent: Infallible);

/// A message or an event whose handler is configured out: it has no value.
#[derive(Debug, Clone)]
pub enum ConfiguredOut {}

impl Event for ConfiguredOut {
    const NAME: &'static str = "";
}

impl Carried for ConfiguredOut {
    type Carrier = Self;
    type Answer = ();
}

/// The slot of a variant without an answer.
#[derive(Debug, Clone, Copy)]
pub struct NoSlot;

/// The slot for a reply, or none.
pub trait EntrySlot<R> {
    const EMPTY: Self;
    fn of(slot: ReplySlot<R>) -> Self;
    fn into_slot(self) -> ReplySlot<R>;
    /// Notifies the asker, if there is one, that there will be no answer.
    fn refuse(&mut self, cause: Cause);
}

impl<R> EntrySlot<R> for ReplySlot<R> {
    const EMPTY: Self = ReplySlot::EMPTY;

    #[inline(always)]
    fn of(slot: ReplySlot<R>) -> Self {
        slot
    }

    #[inline(always)]
    fn into_slot(self) -> ReplySlot<R> {
        self
    }

    fn refuse(&mut self, cause: Cause) {
        ReplySlot::refuse(self, cause);
    }
}

impl<R> EntrySlot<R> for NoSlot {
    const EMPTY: Self = NoSlot;

    fn of(_: ReplySlot<R>) -> Self {
        NoSlot
    }

    fn into_slot(self) -> ReplySlot<R> {
        ReplySlot::EMPTY
    }

    fn refuse(&mut self, _: Cause) {}
}

/// The name and the schema of an entry, if it is a message.
pub trait NamedEntry {
    const NAMED: Option<Named>;
}

impl<M: Message> NamedEntry for M {
    const NAMED: Option<Named> = Some(Named::message::<M>());
}

impl<E> NamedEntry for Received<E> {
    const NAMED: Option<Named> = None;
}

impl NamedEntry for Absent {
    const NAMED: Option<Named> = None;
}

impl NamedEntry for Ended {
    const NAMED: Option<Named> = None;
}

/// The enum for a list of entries.
pub trait OneOf<L> {
    type Enum;
}

/// The names of a list of entries.
pub trait NamedEntries {
    const NAMED: &'static [Option<Named>];
}

/// The variant at the position `P` of an enum.
pub trait At<P>: Sized {
    type Entry: Entry;
    fn put(held: <Self::Entry as Entry>::Held, slot: <Self::Entry as Entry>::Slot) -> Self;
    /// Returns what the variant holds; `Err` with the value if it is another variant.
    fn take(self) -> Result<Content<Self::Entry>, Self>;
    fn look(&self) -> Option<&<Self::Entry as Entry>::Value>;
}

/// What a variant holds, with its slot.
pub type Content<E> = (<E as Entry>::Held, <E as Entry>::Slot);

/// The struct around an enum. A message may be less visible than its actor, and rustc permits that in a field, not in the associated
/// type of an impl.
pub trait Around<E> {
    fn put_in(inside: E) -> Self;
    fn take_out(self) -> E;
    fn inside(&self) -> &E;
}

/// The entry at a position.
type EntryAt<E, P> = <E as At<P>>::Entry;
/// What is sent of the entry at a position.
type ValueAt<E, P> = <EntryAt<E, P> as Entry>::Value;
/// The answer to the entry at a position.
type ReplyAt<E, P> = <EntryAt<E, P> as Entry>::Reply;
/// What is sent of the entry at a position, with the slot for its answer.
type Unwrapped<E, P> = (ValueAt<E, P>, ReplySlot<ReplyAt<E, P>>);

/// The functions of the message at the position `P` of an enum `E`, in the struct `W` around it.
///
/// A function and not an associated constant, so that generated code names the position only.
#[must_use]
pub const fn message<E: At<P> + 'static, W: Around<E>, P>() -> MessageVariant<W, ValueAt<E, P>, ReplyAt<E, P>>
{
    MessageVariant { wrap: wrap::<E, W, P>, unwrap: unwrap::<E, W, P>, peek: peek::<E, W, P> }
}

/// The functions of the event at the position `P` of an enum `E`, in the struct `W` around it.
#[must_use]
pub const fn event<E: At<P>, W: Around<E>, P>() -> EventVariant<W, ValueAt<E, P>> {
    EventVariant { wrap: wrap_event::<E, W, P>, unwrap: unwrap_event::<E, W, P> }
}

#[inline]
fn wrap<E: At<P>, W: Around<E>, P>(value: ValueAt<E, P>, slot: ReplySlot<ReplyAt<E, P>>) -> W {
    W::put_in(E::put(EntryAt::<E, P>::hold(value), EntrySlot::of(slot)))
}

fn unwrap<E: At<P>, W: Around<E>, P>(from: W) -> Option<Unwrapped<E, P>> {
    let (held, slot) = from.take_out().take().ok()?;
    Some((EntryAt::<E, P>::release(held), slot.into_slot()))
}

fn peek<E: At<P> + 'static, W: Around<E>, P>(from: &W) -> Option<&ValueAt<E, P>> {
    from.inside().look()
}

#[inline]
fn wrap_event<E: At<P>, W: Around<E>, P>(event: ValueAt<E, P>) -> W {
    W::put_in(E::put(EntryAt::<E, P>::hold(event), EntrySlot::EMPTY))
}

fn unwrap_event<E: At<P>, W: Around<E>, P>(from: W) -> Result<ValueAt<E, P>, W> {
    match from.take_out().take() {
        Ok((held, _)) => Ok(EntryAt::<E, P>::release(held)),
        Err(other) => Err(W::put_in(other)),
    }
}

/// A position, as a type. Generated code names it by an alias, such as `P0`: rustc checks a number in a type as a body of its own.
#[derive(Debug)]
pub struct Place<const N: u16>;

macro_rules! places {
    ($($name:ident $number:literal)+) => {
        $(pub type $name = Place<$number>;)+
    };
}

places! {
    P0 0 P1 1 P2 2 P3 3 P4 4 P5 5 P6 6 P7 7
    P8 8 P9 9 P10 10 P11 11 P12 12 P13 13 P14 14 P15 15
    P16 16 P17 17 P18 18 P19 19 P20 20 P21 21 P22 22 P23 23
    P24 24 P25 25 P26 26 P27 27 P28 28 P29 29 P30 30 P31 31
    P32 32 P33 33 P34 34 P35 35 P36 36 P37 37 P38 38 P39 39
    P40 40 P41 41 P42 42 P43 43 P44 44 P45 45 P46 46 P47 47
    P48 48 P49 49 P50 50 P51 51 P52 52 P53 53 P54 54 P55 55
    P56 56 P57 57 P58 58 P59 59 P60 60 P61 61 P62 62 P63 63
    P64 64 P65 65 P66 66 P67 67 P68 68 P69 69 P70 70 P71 71
    P72 72 P73 73 P74 74 P75 75 P76 76 P77 77 P78 78 P79 79
    P80 80 P81 81 P82 82 P83 83 P84 84 P85 85 P86 86 P87 87
    P88 88 P89 89 P90 90 P91 91 P92 92 P93 93 P94 94 P95 95
    P96 96 P97 97 P98 98 P99 99 P100 100 P101 101 P102 102 P103 103
    P104 104 P105 105 P106 106 P107 107 P108 108 P109 109 P110 110 P111 111
    P112 112 P113 113 P114 114 P115 115 P116 116 P117 117 P118 118 P119 119
    P120 120 P121 121 P122 122 P123 123 P124 124 P125 125 P126 126 P127 127
}

/// What the variants of an enum are called.
pub trait Labels {
    /// The name of the actor.
    const ACTOR: &'static str;
    const LABELS: &'static [&'static str];
}

/// The messages of an actor.
#[derive(Debug)]
pub struct MessagesOf<A>(PhantomData<fn() -> A>);

impl<A: Actor> Labels for MessagesOf<A> {
    const ACTOR: &'static str = A::NAME;
    const LABELS: &'static [&'static str] = A::VARIANTS;
}

/// The events that an actor publishes.
#[derive(Debug)]
pub struct EventsOf<A>(PhantomData<fn() -> A>);

impl<A: Actor> Labels for EventsOf<A> {
    const ACTOR: &'static str = A::NAME;
    const LABELS: &'static [&'static str] = A::EVENTS;
}

/// Declares one enum: its name, and the name, the parameter and the number of each variant.
macro_rules! one_of {
    ($name:ident: $($variant:ident $entry:ident $number:literal)+) => {
        /// A message, or an event, of an actor that has this many.
        pub enum $name<L, $($entry: Entry),+> {
            $(#[doc(hidden)] $variant($entry::Held, $entry::Slot),)+
            #[doc(hidden)]
            Never(PhantomData<fn() -> L>, Infallible),
        }

        impl<L, $($entry: Entry),+> OneOf<L> for ($($entry,)+) {
            type Enum = $name<L, $($entry),+>;
        }

        impl<$($entry: NamedEntry),+> NamedEntries for ($($entry,)+) {
            const NAMED: &'static [Option<Named>] = &[$($entry::NAMED),+];
        }

        impl<L, $($entry: LetterEntry),+> Variants for $name<L, $($entry),+> {
            #[inline]
            fn number(&self) -> u16 {
                match self {
                    $(Self::$variant(..) => $number,)+
                    Self::Never(_, never) => match *never {},
                }
            }

            fn refuse(&mut self, cause: Cause) {
                match self {
                    $(Self::$variant(_, slot) => slot.refuse(cause),)+
                    Self::Never(_, never) => match *never {},
                }
            }

            fn content(&self) -> Option<&dyn LetterContent> {
                Some(self)
            }
        }

        impl<L, $($entry: CloneEntry),+> Clone for $name<L, $($entry),+> {
            fn clone(&self) -> Self {
                match self {
                    // Only the first copy of a message can be answered.
                    $(Self::$variant(held, _) => Self::$variant($entry::copy(held), EntrySlot::EMPTY),)+
                    Self::Never(_, never) => match *never {},
                }
            }
        }

        impl<L, $($entry: LetterEntry),+> fmt::Debug for $name<L, $($entry),+> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "variant {}", self.number())
            }
        }

        one_of!(@each $name [$($entry)+] $($variant $entry $number)+);
    };
    (@each $name:ident $all:tt $($variant:ident $entry:ident $number:literal)+) => {
        $(one_of!(@at $name $all $variant $entry $number);)+
    };
    (@at $name:ident [$($all:ident)+] $variant:ident $entry:ident $number:literal) => {
        impl<L, $($all: Entry),+> At<Place<$number>> for $name<L, $($all),+> {
            type Entry = $entry;

            #[inline]
            fn put(held: $entry::Held, slot: $entry::Slot) -> Self {
                Self::$variant(held, slot)
            }

            #[inline]
            fn take(self) -> Result<Content<$entry>, Self> {
                match self {
                    Self::$variant(held, slot) => Ok((held, slot)),
                    #[allow(unreachable_patterns)]
                    other => Err(other),
                }
            }

            #[inline]
            fn look(&self) -> Option<&$entry::Value> {
                match self {
                    Self::$variant(held, _) => Some($entry::look(held)),
                    #[allow(unreachable_patterns)]
                    _ => None,
                }
            }
        }
    };
}

for_each_enum!(one_of);
