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
    clippy::pedantic,
    deprecated,
    missing_debug_implementations,
    non_camel_case_types,
    private_interfaces,
    single_use_lifetimes,
    unnameable_types,
    unreachable_patterns,
    unreachable_pub,
    unused_lifetimes,
    unused_qualifications,
    unused_variables,
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
    type __Messages = <(
        __T0,
    ) as __rt::one_of::OneOf<__rt::one_of::MessagesOf<Account>, { __CHECKED }>>::Enum;
    pub struct AccountMessage(__Messages);
    #[automatically_derived]
    impl ::core::clone::Clone for AccountMessage
    where
        for<'__a> __Messages: ::core::clone::Clone,
    {
        fn clone(&self) -> Self {
            AccountMessage(::core::clone::Clone::clone(&self.0))
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
            __rt::serde::Serialize::serialize(&self.0, to)
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
            __rt::Variants::number(&self.0)
        }
        fn refuse(&mut self, why: __rt::Cause) {
            __rt::Variants::refuse(&mut self.0, why)
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
        type Reply = <<__T0 as __rt::assertions::If<
            { __CHECKED },
        >>::Type as __rt::Carried>::Answer;
        #[inline]
        fn wrap(
            message: __T0,
            slot: __rt::ReplySlot<
                <<__T0 as __rt::assertions::If<
                    { __CHECKED },
                >>::Type as __rt::Carried>::Answer,
            >,
        ) -> AccountMessage {
            AccountMessage(__rt::one_of::wrap::<_, 0>(message, slot))
        }
        fn unwrap(
            message: AccountMessage,
        ) -> ::core::option::Option<
            (
                __T0,
                __rt::ReplySlot<
                    <<__T0 as __rt::assertions::If<
                        { __CHECKED },
                    >>::Type as __rt::Carried>::Answer,
                >,
            ),
        > {
            __rt::one_of::unwrap::<_, 0>(message.0)
        }
        fn peek(message: &AccountMessage) -> ::core::option::Option<&__T0> {
            __rt::one_of::peek::<_, 0>(&message.0)
        }
    }
    #[automatically_derived]
    impl<__S: __rt::System> __rt::MemberOf<__S> for Account {
        const EDGES: &'static __rt::graph::Edges = &__rt::graph::Edges {
            asks: &[],
            tells: &[],
            tells_any: &[],
            publishes: &[],
            subscribes: &[],
            spawns: &[],
        };
        #[inline]
        fn route(event: __rt::NoEvents) -> __S::Event {
            match event {}
        }
        #[inline]
        fn accept(event: &__S::Event) -> ::core::option::Option<AccountMessage> {
            ::core::option::Option::None
        }
    }
};
