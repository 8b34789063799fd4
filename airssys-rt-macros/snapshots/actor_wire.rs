impl Account {
    #[allow(
        clippy::missing_const_for_fn,
        clippy::needless_pass_by_ref_mut,
        clippy::needless_pass_by_value,
        clippy::unnecessary_wraps,
        clippy::unused_async,
        clippy::unused_self
    )]
    fn balance(&self, _: GetBalance) -> u64 {
        self.cents
    }
}
#[doc(hidden)]
#[allow(
    clippy::all,
    clippy::cargo,
    clippy::exhaustive_enums,
    clippy::exhaustive_structs,
    clippy::min_ident_chars,
    clippy::missing_docs_in_private_items,
    clippy::missing_inline_in_public_items,
    clippy::missing_trait_methods,
    clippy::nursery,
    clippy::pattern_type_mismatch,
    clippy::pedantic,
    clippy::shadow_reuse,
    clippy::shadow_unrelated,
    dead_code,
    deprecated,
    missing_debug_implementations,
    non_camel_case_types,
    private_interfaces,
    single_use_lifetimes,
    trivial_bounds,
    unit_bindings,
    unnameable_types,
    unreachable_code,
    unreachable_patterns,
    unreachable_pub,
    unused_braces,
    unused_lifetimes,
    unused_parens,
    unused_qualifications,
    unused_variables,
    warnings,
)]
const _: () = {
    use ::airssys_rt::__private as __rt;
    type __T0 = GetBalance;
    const __CHECKED: ::core::primitive::bool = {
        __rt::assertions::check_message::<GetBalance>();
        {
            __rt::assertions::send::<Account>();
            true
        }
    };
    type __Valid = <() as __rt::assertions::If<{ __CHECKED }>>::Type;
    type __Messages = <(
        __T0,
    ) as __rt::one_of::OneOf<__rt::one_of::MessagesOf<Account>, { __CHECKED }>>::Enum;
    pub struct AccountMessage(__Messages);
    #[automatically_derived]
    impl __rt::one_of::Around<__Messages> for AccountMessage {
        #[inline]
        fn put_in(inside: __Messages) -> Self {
            AccountMessage(inside)
        }
        #[inline]
        fn take_out(self) -> __Messages {
            let Self(inside) = self;
            inside
        }
        #[inline]
        fn inside(&self) -> &__Messages {
            let Self(inside) = self;
            inside
        }
    }
    #[automatically_derived]
    impl ::core::clone::Clone for AccountMessage
    where
        for<'__a> __Messages: ::core::clone::Clone,
    {
        fn clone(&self) -> Self {
            let Self(inside) = self;
            AccountMessage(::core::clone::Clone::clone(inside))
        }
    }
    #[automatically_derived]
    impl __rt::serde::Serialize for AccountMessage
    where
        for<'__a> __Messages: __rt::serde::Serialize,
    {
        fn serialize<__Z: __rt::serde::Serializer>(
            &self,
            to: __Z,
        ) -> ::core::result::Result<__Z::Ok, __Z::Error> {
            let Self(inside) = self;
            __rt::serde::Serialize::serialize(inside, to)
        }
    }
    #[automatically_derived]
    impl<'__de> __rt::serde::Deserialize<'__de> for AccountMessage
    where
        for<'__a> __Messages: __rt::serde::Deserialize<'__de>,
    {
        fn deserialize<__Z: __rt::serde::Deserializer<'__de>>(
            from: __Z,
        ) -> ::core::result::Result<Self, __Z::Error> {
            __rt::serde::Deserialize::deserialize(from).map(AccountMessage)
        }
    }
    #[automatically_derived]
    impl __rt::Variants for AccountMessage {
        #[inline]
        fn number(&self) -> ::core::primitive::u16 {
            let Self(inside) = self;
            __rt::Variants::number(inside)
        }
        fn refuse(&mut self, why: __rt::Cause) {
            let Self(inside) = self;
            __rt::Variants::refuse(inside, why)
        }
    }
    #[automatically_derived]
    impl __rt::Actor for Account {
        type Message = AccountMessage;
        type Event = __rt::NoEvents;
        const NAME: &'static ::core::primitive::str = "Account";
        const CHECKED: ::core::primitive::bool = __CHECKED;
        const VARIANTS: &'static [&'static ::core::primitive::str] = &["GetBalance"];
        const MESSAGES: &'static [__rt::graph::Handled] = &__rt::graph::Handled::all(
            <(__T0,) as __rt::one_of::NamedEntries<{ __CHECKED }>>::NAMED,
            ["GetBalance"],
            [false],
        );
        #[allow(unreachable_code)]
        async fn dispatch(
            &mut self,
            message: AccountMessage,
            ctx: &mut __rt::ActorContext<Self>,
        ) -> ::core::result::Result<(), __rt::Fault> {
            match message.0 {
                __rt::one_of::OneOf1::V0(message, slot) => {
                    let outcome = <Account>::balance(
                        self,
                        __rt::Carrier::<__T0>::unload(message),
                    );
                    ctx.reply(slot, outcome)
                }
            }
        }
    }
    #[automatically_derived]
    impl __rt::Handles<__T0> for Account {
        type Reply = <<__Valid as __rt::assertions::Then<
            __T0,
        >>::Type as __rt::Carried>::Answer;
        const VARIANT: __rt::MessageVariant<AccountMessage, __T0, Self::Reply> = <__Messages as __rt::one_of::VariantAt<
            AccountMessage,
            0,
        >>::MESSAGE;
    }
    #[automatically_derived]
    impl<__S: __rt::System> __rt::MemberOf<__S> for Account {
        #[inline]
        fn route(event: __rt::NoEvents) -> __S::Event {
            match event {}
        }
    }
};
