//! Finds the description of a type at compile time, for generated code.

use crate::message::{
    Event, Message,
    schema::{Found, Part},
};
use std::{fmt, marker::PhantomData};

/// Finds the description of `T`, if `T` is a message, an event or a part. For generated code.
///
/// `SchemaOf::<Money>::MESSAGE` is the inherent constant if `Money` is a message; otherwise it is that of [`NoSchema`].
#[doc(hidden)]
pub struct SchemaOf<T: ?Sized>(PhantomData<T>);

impl<T: Message> SchemaOf<T> {
    pub const MESSAGE: Found = Some(|names| names(T::SCHEMA));
}

impl<T: Event> SchemaOf<T> {
    pub const EVENT: Found = Some(|names| names(T::SCHEMA));
}

impl<T: Part + ?Sized> SchemaOf<T> {
    pub const PART: Found = Some(|names| T::text(names));
}

/// The fallback constants of [`SchemaOf`], implemented for every type.
#[doc(hidden)]
pub trait NoSchema {
    const MESSAGE: Found = None;
    const EVENT: Found = None;
    const PART: Found = None;
}

impl<T: ?Sized> NoSchema for SchemaOf<T> {}

impl<T: ?Sized> fmt::Debug for SchemaOf<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SchemaOf")
    }
}
