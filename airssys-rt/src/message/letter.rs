//! What a dead letter keeps of a message: its `Debug` text, and the payload if the type says so.

use std::{fmt, marker::PhantomData, ops::Deref};

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

    /// For `keep_payload`: the payload is kept, and owns nothing. A type that may own memory is a compile error.
    #[must_use]
    pub const fn payload(mut self) -> Self {
        const { Self::owns_nothing() }
        self.owned = Some(|_| 0);
        self
    }

    /// Asserts that a type cannot own memory: otherwise its size says nothing about what a dead letter keeps. Generated code evaluates
    /// it for a type without parameters, so that the error is at the key.
    ///
    /// # Panics
    ///
    /// In a constant, if the type may own memory.
    #[track_caller]
    pub const fn owns_nothing() {
        assert!(
            !std::mem::needs_drop::<M>(),
            "the payload may own memory: say how many bytes it owns, as in `keep_payload = |payload| payload.text.len()`"
        );
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
/// `TextOf::<Deposit>::OF.kept()` is the method of this type if `Deposit` is `Debug`; otherwise it is that of [`NoText`], to which it
/// dereferences. Only the bounds of a generic type count, not its arguments. There is no trait, because an import for each message takes
/// rustc longer.
#[doc(hidden)]
pub struct TextOf<M>(NoText<M>);

/// The fallback of [`TextOf`], for every type.
#[doc(hidden)]
pub struct NoText<M>(PhantomData<fn() -> M>);

impl<M> TextOf<M> {
    pub const OF: Self = TextOf(NoText(PhantomData));
}

impl<M: fmt::Debug> TextOf<M> {
    #[must_use]
    pub fn kept(&self) -> Kept<M> {
        Kept { text: Some(<M as fmt::Debug>::fmt), owned: None }
    }
}

impl<M> NoText<M> {
    #[must_use]
    pub fn kept(&self) -> Kept<M> {
        Kept::NOTHING
    }
}

impl<M> Deref for TextOf<M> {
    type Target = NoText<M>;

    fn deref(&self) -> &NoText<M> {
        &self.0
    }
}

impl<M> fmt::Debug for TextOf<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TextOf")
    }
}

impl<M> fmt::Debug for NoText<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NoText")
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
