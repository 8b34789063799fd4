use crate::message::{Event, Message, schema::Found};
use std::{fmt, marker::PhantomData};

/// Whether a type is a message or an event: `Probe::<Money>::MESSAGE` is the inherent constant if it is one, and that of
/// [`NoSchema`] if not. For generated code.
#[doc(hidden)]
pub struct Probe<T: ?Sized>(PhantomData<T>);

impl<T: Message> Probe<T> {
    pub const MESSAGE: Found = Some(|| T::SCHEMA);
}

impl<T: Event> Probe<T> {
    pub const EVENT: Found = Some(|| T::SCHEMA);
}

/// Of any [`Probe`].
#[doc(hidden)]
pub trait NoSchema {
    const MESSAGE: Found = None;
    const EVENT: Found = None;
}

impl<T: ?Sized> NoSchema for Probe<T> {}

impl<T: ?Sized> fmt::Debug for Probe<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Probe")
    }
}
