//! `Alias`: what an alias of a generated module stands for.

/// The type that an alias of a generated module stands for. A key in the module implements it, where the type is in scope: a module in the
/// body of a function has no path to what is beside it.
#[doc(hidden)]
pub trait Alias {
    /// The type.
    type Type;
}
