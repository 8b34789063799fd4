pub struct Reset;
#[automatically_derived]
#[allow(deprecated)]
impl ::airssys_rt::__private::Message for Reset {
    type Reply = ();
    const NAME: &'static ::core::primitive::str = ::core::concat!(
        ::core::module_path!(), "::", "Reset"
    );
    const ORIGIN: ::airssys_rt::__private::Origin = ::airssys_rt::__private::Origin {
        path: ::core::concat!(::core::module_path!(), "::", "Reset"),
        line: ::core::line!(),
        column: ::core::column!(),
    };
}
#[automatically_derived]
#[allow(deprecated)]
impl ::airssys_rt::__private::Carried for Reset {
    type Carrier = Self;
    type Answer = ();
}
#[doc(hidden)]
#[allow(clippy::all, clippy::pedantic, clippy::nursery, dead_code)]
const _: () = {
    struct __Slot<const IS_LARGE: ::core::primitive::bool>;
    impl __Slot<false> {
        const BYTES: () = ();
    }
    impl __Slot<true> {
        #[deprecated(
            note = "`Reset` takes more than 128 bytes in every slot of the mailbox; box it: `#[message(boxed)]`"
        )]
        const BYTES: () = ();
    }
    #[allow(deprecated)]
    const __IS_LARGE: ::core::primitive::bool = ::core::mem::size_of::<Reset>()
        > 128usize;
    __Slot::<__IS_LARGE>::BYTES
};
