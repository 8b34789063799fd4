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
    type __Events = __rt::NoEvents;
    #[automatically_derived]
    impl __rt::Actor for Account {
        type Message = __Messages;
        type Event = __Events;
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
            message: __Messages,
            ctx: &mut __rt::ActorContext<Self>,
        ) -> ::core::result::Result<(), __rt::Fault> {
            match message {
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
    impl __rt::HandlesAt<__T0> for Account {
        type Place = __rt::one_of::Place<0>;
        type Reply = __rt::one_of::ReplyAt<__Messages, 0>;
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
        fn route(event: __Events) -> __S::Event {
            match event {}
        }
        #[inline]
        fn accept(event: &__S::Event) -> ::core::option::Option<__Messages> {
            if let ::core::option::Option::Some(event) = <__T1 as __rt::RoutedBy<
                __S,
            >>::get(event) {
                return ::core::option::Option::Some(
                    __rt::one_of::OneOf2::V1(event, __rt::one_of::NoSlot),
                );
            }
            ::core::option::Option::None
        }
    }
};
