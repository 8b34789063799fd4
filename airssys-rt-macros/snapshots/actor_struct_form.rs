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
    type __T0 = GetBalance;
    type __T1 = <GetBalance as ::airssys_rt::__private::assertions::If<
        { ::airssys_rt::__private::assertions::is_message::<GetBalance>() },
    >>::Type;
    type __T2 = <__T1 as ::airssys_rt::__private::Carried>::Carrier;
    type __T3 = <__T1 as ::airssys_rt::__private::Carried>::Answer;
    type __T4 = Closed;
    type __T5 = <Closed as ::airssys_rt::__private::assertions::If<
        { ::airssys_rt::__private::assertions::is_event::<Closed>() },
    >>::Type;
    pub enum AccountMessage {
        GetBalance(__T2, ::airssys_rt::__private::ReplySlot<__T3>),
        Closed(__T4),
    }
    #[automatically_derived]
    impl ::core::clone::Clone for AccountMessage
    where
        for<'__a> __T2: ::core::clone::Clone,
        for<'__a> __T4: ::core::clone::Clone,
    {
        fn clone(&self) -> Self {
            match *self {
                AccountMessage::GetBalance(ref message, ref slot) => {
                    AccountMessage::GetBalance(
                        ::core::clone::Clone::clone(message),
                        ::core::clone::Clone::clone(slot),
                    )
                }
                AccountMessage::Closed(ref message) => {
                    AccountMessage::Closed(::core::clone::Clone::clone(message))
                }
            }
        }
    }
    #[automatically_derived]
    impl ::airssys_rt::__private::Actor for Account {
        type Message = AccountMessage;
        type Event = ::airssys_rt::__private::NoEvents;
        const NAME: &'static ::core::primitive::str = "Account";
        const CHECKED: ::core::primitive::bool = {
            use ::airssys_rt::__private::assertions::NotSend as _;
            const __IS_SEND: ::core::primitive::bool = ::airssys_rt::__private::assertions::SendTest::<
                Account,
            >::IS_SEND;
            ::airssys_rt::__private::assertions::field::<u64, __IS_SEND>();
            #[cfg(test)]
            ::airssys_rt::__private::assertions::field::<Vec<Account>, __IS_SEND>();
            true
        };
        #[allow(unreachable_code)]
        async fn dispatch(
            &mut self,
            message: AccountMessage,
            ctx: &mut ::airssys_rt::__private::ActorContext<Self>,
        ) -> ::core::result::Result<(), ::airssys_rt::__private::Fault> {
            let _: ::core::marker::PhantomData<
                <Account as ::airssys_rt::__private::assertions::If<
                    { <Account as ::airssys_rt::__private::Actor>::CHECKED },
                >>::Type,
            >;
            match message {
                AccountMessage::GetBalance(message, slot) => {
                    let outcome = <Account as ::airssys_rt::__private::Handler<
                        __T1,
                    >>::handle(
                            self,
                            <__T2 as ::airssys_rt::__private::Carrier<
                                __T0,
                            >>::unload(message),
                            ctx,
                        )
                        .await;
                    ctx.reply(slot, outcome)
                }
                AccountMessage::Closed(message) => {
                    <Account as ::airssys_rt::__private::Subscriber<
                        __T5,
                    >>::on_event(self, message, ctx)
                        .await
                }
            }
        }
        const MESSAGES: &'static [::airssys_rt::__private::graph::Handled] = &[
            ::airssys_rt::__private::graph::Handled::message::<__T1>("GetBalance", false),
        ];
        const VARIANTS: &'static [&'static ::core::primitive::str] = &[
            "GetBalance",
            "Closed",
        ];
        #[inline]
        fn variant(message: &AccountMessage) -> ::core::primitive::u16 {
            enum __Number {
                GetBalance,
                Closed,
            }
            match *message {
                AccountMessage::GetBalance(..) => {
                    __Number::GetBalance as ::core::primitive::u16
                }
                AccountMessage::Closed(..) => __Number::Closed as ::core::primitive::u16,
            }
        }
        fn refuse(message: &mut AccountMessage, why: ::airssys_rt::__private::Cause) {
            match *message {
                AccountMessage::GetBalance(_, ref mut slot) => slot.refuse(why),
                AccountMessage::Closed(_) => {}
            }
        }
    }
    #[automatically_derived]
    impl ::airssys_rt::__private::Handles<__T0> for Account {
        type Reply = __T3;
        #[inline]
        fn wrap(
            message: __T0,
            slot: ::airssys_rt::__private::ReplySlot<__T3>,
        ) -> AccountMessage {
            AccountMessage::GetBalance(
                <__T2 as ::airssys_rt::__private::Carrier<__T0>>::load(message),
                slot,
            )
        }
        fn unwrap(
            message: AccountMessage,
        ) -> ::core::option::Option<(__T0, ::airssys_rt::__private::ReplySlot<__T3>)> {
            match message {
                AccountMessage::GetBalance(message, slot) => {
                    ::core::option::Option::Some((
                        <__T2 as ::airssys_rt::__private::Carrier<
                            __T0,
                        >>::unload(message),
                        slot,
                    ))
                }
                _ => ::core::option::Option::None,
            }
        }
        fn peek(message: &AccountMessage) -> ::core::option::Option<&__T0> {
            match message {
                AccountMessage::GetBalance(message, _) => {
                    ::core::option::Option::Some(
                        <__T2 as ::airssys_rt::__private::Carrier<__T0>>::look(message),
                    )
                }
                _ => ::core::option::Option::None,
            }
        }
    }
    #[automatically_derived]
    impl<__S: ::airssys_rt::__private::System> ::airssys_rt::__private::MemberOf<__S>
    for Account
    where
        __T4: ::airssys_rt::__private::RoutedBy<__S>,
    {
        const EDGES: &'static ::airssys_rt::__private::graph::Edges = &::airssys_rt::__private::graph::Edges {
            asks: &[],
            tells: &[],
            tells_any: &[],
            publishes: &[],
            subscribes: &[<__T4 as ::airssys_rt::__private::RoutedBy<__S>>::INDEX],
            spawns: &[],
        };
        #[inline]
        fn route(event: ::airssys_rt::__private::NoEvents) -> __S::Event {
            match event {}
        }
        #[inline]
        fn accept(event: &__S::Event) -> ::core::option::Option<AccountMessage> {
            if let ::core::option::Option::Some(event) = <__T4 as ::airssys_rt::__private::RoutedBy<
                __S,
            >>::get(event) {
                return ::core::option::Option::Some(AccountMessage::Closed(event));
            }
            ::core::option::Option::None
        }
    }
    #[allow(dead_code)]
    fn __checks() {}
};
