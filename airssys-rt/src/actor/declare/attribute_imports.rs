//! The traits that make the import of an attribute of a method a used one: `use airssys_rt::handler`.
//!
//! `#[actor]` reads and removes `#[handler]`, so rustc would warn that its import is unused. Each such attribute has a trait of the same
//! name beside it, which the same import brings into scope. Generated code calls the method of that trait: by value from the trait that
//! the program has imported, and otherwise by reference from [`NotImported`], which rustc considers second.

/// The receiver of the calls.
#[derive(Debug, Clone, Copy)]
pub struct Attributes;

macro_rules! attributes {
    ($($name:ident $method:ident)+) => {
        $(
            #[allow(non_camel_case_types)]
            #[doc(hidden)]
            pub trait $name: Sized {
                fn $method(self) {}
            }

            impl $name for Attributes {}
        )+

        /// The same methods, for a program that has not imported an attribute by its name.
        pub trait NotImported {
            $(fn $method(&self) {})+
        }

        impl NotImported for Attributes {}
    };
}

attributes! {
    handler __handler
    on_error __on_error
    on_event __on_event
    on_terminated __on_terminated
    post_stop __post_stop
    pre_start __pre_start
}
