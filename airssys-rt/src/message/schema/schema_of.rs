//! Finds the schema of a type if the type is a message or an event, at compile time, for generated code.

use crate::message::{Event, Message, schema::Found};
use std::{fmt, marker::PhantomData};

/// Finds the schema of `T`, if `T` is a message or an event. For generated code.
///
/// `SchemaOf::<Money>::MESSAGE` is the inherent constant if `Money` is a message; otherwise it is that of [`NoSchema`].
#[doc(hidden)]
pub struct SchemaOf<T: ?Sized>(PhantomData<T>);

impl<T: Message> SchemaOf<T> {
    pub const MESSAGE: Found = Some(|| T::SCHEMA);
}

impl<T: Event> SchemaOf<T> {
    pub const EVENT: Found = Some(|| T::SCHEMA);
}

/// The fallback constants of [`SchemaOf`], implemented for every type.
#[doc(hidden)]
pub trait NoSchema {
    const MESSAGE: Found = None;
    const EVENT: Found = None;
}

impl<T: ?Sized> NoSchema for SchemaOf<T> {}

impl<T: ?Sized> fmt::Debug for SchemaOf<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SchemaOf")
    }
}
