//! What a dead letter keeps of a message: its `Debug` text, and the payload if the type says so.

use std::{fmt, marker::PhantomData};

/// What a dead letter keeps of a message or an event `M`: [`#[message]`](macro@crate::message) and
/// [`#[event]`](macro@crate::event) make it.
#[doc(hidden)]
pub struct Kept<M> {
    text: Option<fn(&M, &mut fmt::Formatter<'_>) -> fmt::Result>,
    /// Returns the bytes that a kept payload owns; `None` if the payload is not kept.
    owned: Option<fn(&M) -> usize>,
}

impl<M> Kept<M> {
    /// Neither the text nor the payload.
    pub const NOTHING: Self = Kept { text: None, owned: None };

    /// For generated code: the other one. It makes a use of the import of [`NoText`].
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        let _ = self;
        other
    }

    /// For `keep_payload`: the payload is kept, and owns nothing.
    ///
    /// # Panics
    ///
    /// In a constant, if the type may own memory: then its size says nothing about what a dead letter keeps.
    #[must_use]
    #[track_caller]
    pub const fn payload(mut self) -> Self {
        assert!(
            !std::mem::needs_drop::<M>(),
            "the payload may own memory: say how many bytes it owns, as in `keep_payload = |payload| payload.text.len()`"
        );
        self.owned = Some(|_| 0);
        self
    }

    /// For `keep_payload = ..`: the payload is kept, and `owned` returns the bytes that it owns.
    #[must_use]
    pub const fn payload_of(mut self, owned: fn(&M) -> usize) -> Self {
        self.owned = Some(owned);
        self
    }

    /// Writes the text of a message. `None` if the type has none.
    pub(crate) fn text(self, message: &M, to: &mut fmt::Formatter<'_>) -> Option<fmt::Result> {
        Some(self.text?(message, to))
    }

    /// Returns the bytes that the payload owns, if it is kept.
    pub(crate) fn owned(self, message: &M) -> Option<usize> {
        Some(self.owned?(message))
    }
}

impl<M> Clone for Kept<M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M> Copy for Kept<M> {}

impl<M> fmt::Debug for Kept<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (text, payload) = (self.text.is_some(), self.owned.is_some());
        f.debug_struct("Kept").field("text", &text).field("payload", &payload).finish()
    }
}

/// Finds out whether `M` is `Debug`. For generated code.
///
/// `TextOf::<Deposit>::TEXT` is the inherent constant if `Deposit` is `Debug`; otherwise it is that of [`NoText`]. Only the bounds of a
/// generic type count, not its arguments.
#[doc(hidden)]
pub struct TextOf<M>(PhantomData<fn() -> M>);

impl<M: fmt::Debug> TextOf<M> {
    pub const TEXT: Kept<M> = Kept { text: Some(<M as fmt::Debug>::fmt), owned: None };
}

/// The fallback constants of [`TextOf`], implemented for every type.
#[doc(hidden)]
pub trait NoText {
    type Of;
    const TEXT: Kept<Self::Of> = Kept::NOTHING;
    /// The constant of every type.
    const NONE: Kept<Self::Of> = Kept::NOTHING;
}

impl<M> NoText for TextOf<M> {
    type Of = M;
}

impl<M> fmt::Debug for TextOf<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TextOf")
    }
}

/// A message or an event as a dead letter sees it, whichever type it has.
#[doc(hidden)]
pub trait LetterContent {
    /// Writes the `Debug` text. `None` if the type has none.
    fn text(&self, to: &mut fmt::Formatter<'_>) -> Option<fmt::Result>;

    /// Returns the bytes that the payload owns beside the enum that holds it; `None` if a dead letter does not keep it.
    fn owned(&self) -> Option<usize>;
}
