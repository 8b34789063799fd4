pub struct Account {
    cents: u64,
    #[cfg(test)]
    seen: Vec<Self>,
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
    type __T1 = Closed;
    const __CHECKED: ::core::primitive::bool = {
        __rt::assertions::check_message::<GetBalance>();
        __rt::assertions::event::<Closed>();
        {
            use __rt::assertions::NotSend as _;
            const __IS_SEND: ::core::primitive::bool = __rt::assertions::SendTest::<
                Account,
            >::IS_SEND;
            __rt::assertions::field::<u64, __IS_SEND>();
            #[cfg(test)] __rt::assertions::field::<Vec<Account>, __IS_SEND>();
            true
        }
    };
    type __Messages = <(
        __T0,
        __rt::one_of::Received<__T1>,
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
        const VARIANTS: &'static [&'static ::core::primitive::str] = &[
            "GetBalance",
            "Closed",
        ];
        const MESSAGES: &'static [__rt::graph::Handled] = &__rt::graph::Handled::all(
            <(
                __T0,
                __rt::one_of::Received<__T1>,
            ) as __rt::one_of::NamedEntries<{ __CHECKED }>>::NAMED,
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
                __rt::one_of::OneOf2::V0(message, slot) => {
                    let outcome = <Account as __rt::Handler<
                        <__T0 as __rt::assertions::If<{ __CHECKED }>>::Type,
                    >>::handle(self, __rt::Carrier::<__T0>::unload(message), ctx)
                        .await;
                    ctx.reply(slot, outcome)
                }
                __rt::one_of::OneOf2::V1(message, _) => {
                    <Account as __rt::Subscriber<
                        <__T1 as __rt::assertions::If<{ __CHECKED }>>::Type,
                    >>::on_event(self, message, ctx)
                        .await
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
    impl<__S: __rt::System> __rt::MemberOf<__S> for Account
    where
        __T1: __rt::RoutedBy<__S>,
    {
        const EDGES: &'static __rt::graph::Edges = &__rt::graph::Edges {
            asks: &[],
            tells: &[],
            tells_any: &[],
            publishes: &[],
            subscribes: &[<__T1 as __rt::RoutedBy<__S>>::INDEX],
            spawns: &[],
        };
        #[inline]
        fn route(event: __rt::NoEvents) -> __S::Event {
            match event {}
        }
        #[inline]
        fn accept(event: &__S::Event) -> ::core::option::Option<AccountMessage> {
            if let ::core::option::Option::Some(event) = <__T1 as __rt::RoutedBy<
                __S,
            >>::get(event) {
                return ::core::option::Option::Some(
                    AccountMessage(__rt::one_of::OneOf2::V1(event, __rt::one_of::NoSlot)),
                );
            }
            ::core::option::Option::None
        }
    }
};
