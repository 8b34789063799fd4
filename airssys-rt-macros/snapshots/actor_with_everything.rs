impl Account {
    #[allow(
        clippy::missing_const_for_fn,
        clippy::needless_pass_by_ref_mut,
        clippy::needless_pass_by_value,
        clippy::unnecessary_wraps,
        clippy::unused_async,
        clippy::unused_self
    )]
    async fn open(&mut self, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        Ok(())
    }
    #[allow(
        clippy::missing_const_for_fn,
        clippy::needless_pass_by_ref_mut,
        clippy::needless_pass_by_value,
        clippy::unnecessary_wraps,
        clippy::unused_async,
        clippy::unused_self
    )]
    async fn withdraw(
        &mut self,
        w: Withdraw,
        ctx: &mut ActorContext<Self>,
    ) -> Result<u64, Fault> {
        Ok(0)
    }
    #[allow(
        clippy::missing_const_for_fn,
        clippy::needless_pass_by_ref_mut,
        clippy::needless_pass_by_value,
        clippy::unnecessary_wraps,
        clippy::unused_async,
        clippy::unused_self
    )]
    #[cfg(feature = "reset")]
    fn reset(&mut self, _: Reset) {}
    #[allow(
        clippy::missing_const_for_fn,
        clippy::needless_pass_by_ref_mut,
        clippy::needless_pass_by_value,
        clippy::unnecessary_wraps,
        clippy::unused_async,
        clippy::unused_self
    )]
    fn closed(&mut self, _: Closed) {}
    #[allow(
        clippy::missing_const_for_fn,
        clippy::needless_pass_by_ref_mut,
        clippy::needless_pass_by_value,
        clippy::unnecessary_wraps,
        clippy::unused_async,
        clippy::unused_self
    )]
    fn gone(&mut self, _: Terminated) {}
    #[allow(
        clippy::missing_const_for_fn,
        clippy::needless_pass_by_ref_mut,
        clippy::needless_pass_by_value,
        clippy::unnecessary_wraps,
        clippy::unused_async,
        clippy::unused_self
    )]
    fn failed(&mut self, _: Fault) -> ErrorAction {
        ErrorAction::Stop
    }
    #[allow(
        clippy::missing_const_for_fn,
        clippy::needless_pass_by_ref_mut,
        clippy::needless_pass_by_value,
        clippy::unnecessary_wraps,
        clippy::unused_async,
        clippy::unused_self
    )]
    fn close(&mut self) {}
    fn helper(&self) {}
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
    type __T0 = Withdraw;
    type __T1 = <Withdraw as ::airssys_rt::__private::assertions::If<
        { ::airssys_rt::__private::assertions::is_message::<Withdraw>() },
    >>::Type;
    type __T2 = <__T1 as ::airssys_rt::__private::Carried>::Carrier;
    type __T3 = <__T1 as ::airssys_rt::__private::Carried>::Answer;
    #[cfg(feature = "reset")]
    type __T4 = Reset;
    #[cfg(not(all(feature = "reset")))]
    type __T4 = __Off;
    #[cfg(feature = "reset")]
    type __T6 = <Reset as ::airssys_rt::__private::assertions::If<
        { ::airssys_rt::__private::assertions::is_message::<Reset>() },
    >>::Type;
    #[cfg(not(all(feature = "reset")))]
    type __T6 = __Off;
    #[cfg(feature = "reset")]
    type __T8 = <__T6 as ::airssys_rt::__private::Carried>::Carrier;
    #[cfg(not(all(feature = "reset")))]
    type __T8 = __Off;
    #[cfg(feature = "reset")]
    type __T10 = <__T6 as ::airssys_rt::__private::Carried>::Answer;
    #[cfg(not(all(feature = "reset")))]
    type __T10 = __Off;
    type __T12 = Closed;
    type __T13 = Withdrawn;
    type __T14 = Ledger;
    type __T15 = <Ledger as ::airssys_rt::__private::assertions::If<
        { ::airssys_rt::__private::assertions::is_actor::<Ledger>() },
    >>::Type;
    type __T16 = Audit;
    type __T17 = <Audit as ::airssys_rt::__private::assertions::If<
        { ::airssys_rt::__private::assertions::is_actor::<Audit>() },
    >>::Type;
    type __T18 = Note;
    type __T19 = <Note as ::airssys_rt::__private::assertions::If<
        { ::airssys_rt::__private::assertions::is_message::<Note>() },
    >>::Type;
    #[derive(Clone)]
    enum __Off {}
    impl<__S: ::airssys_rt::__private::System> ::airssys_rt::__private::RoutedBy<__S>
    for __Off {
        const INDEX: ::core::primitive::usize = ::core::primitive::usize::MAX;
        fn wrap(self) -> __S::Event {
            match self {}
        }
        fn get(_: &__S::Event) -> ::core::option::Option<Self> {
            ::core::option::Option::None
        }
        fn unwrap(_: __S::Event) -> ::core::option::Option<Self> {
            ::core::option::Option::None
        }
    }
    pub enum AccountMessage {
        Withdraw(__T2, ::airssys_rt::__private::ReplySlot<__T3>),
        #[cfg(feature = "reset")]
        Reset(__T8, ::airssys_rt::__private::ReplySlot<__T10>),
        Closed(__T12),
        __Terminated(::airssys_rt::__private::Terminated),
    }
    #[automatically_derived]
    impl ::core::clone::Clone for AccountMessage
    where
        for<'__a> __T2: ::core::clone::Clone,
        for<'__a> __T8: ::core::clone::Clone,
        for<'__a> __T12: ::core::clone::Clone,
        for<'__a> ::airssys_rt::__private::Terminated: ::core::clone::Clone,
    {
        fn clone(&self) -> Self {
            match *self {
                AccountMessage::Withdraw(ref message, ref slot) => {
                    AccountMessage::Withdraw(
                        ::core::clone::Clone::clone(message),
                        ::core::clone::Clone::clone(slot),
                    )
                }
                #[cfg(feature = "reset")]
                AccountMessage::Reset(ref message, ref slot) => {
                    AccountMessage::Reset(
                        ::core::clone::Clone::clone(message),
                        ::core::clone::Clone::clone(slot),
                    )
                }
                AccountMessage::Closed(ref message) => {
                    AccountMessage::Closed(::core::clone::Clone::clone(message))
                }
                AccountMessage::__Terminated(ref message) => {
                    AccountMessage::__Terminated(::core::clone::Clone::clone(message))
                }
            }
        }
    }
    pub enum AccountEvent {
        Withdrawn(__T13),
    }
    #[automatically_derived]
    impl ::core::clone::Clone for AccountEvent
    where
        for<'__a> __T13: ::core::clone::Clone,
    {
        fn clone(&self) -> Self {
            match *self {
                AccountEvent::Withdrawn(ref event) => {
                    AccountEvent::Withdrawn(::core::clone::Clone::clone(event))
                }
            }
        }
    }
    const __MAILBOX: ::airssys_rt::__private::mailbox::MailboxPolicy = ::airssys_rt::__private::mailbox::MailboxPolicy::bounded(
        8,
    );
    #[automatically_derived]
    impl ::airssys_rt::__private::Actor for Account {
        type Message = AccountMessage;
        type Event = AccountEvent;
        const NAME: &'static ::core::primitive::str = "account";
        const CHECKED: ::core::primitive::bool = {
            ::airssys_rt::__private::assertions::send::<Account>();
            true
        };
        const MAILBOX: ::core::option::Option<
            ::airssys_rt::__private::mailbox::MailboxPolicy,
        > = ::core::option::Option::Some(__MAILBOX);
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
                AccountMessage::Withdraw(message, slot) => {
                    let outcome = <Account>::withdraw(
                            self,
                            <__T2 as ::airssys_rt::__private::Carrier<
                                __T0,
                            >>::unload(message),
                            ctx,
                        )
                        .await;
                    ctx.reply(slot, outcome)
                }
                #[cfg(feature = "reset")]
                AccountMessage::Reset(message, slot) => {
                    let outcome = <Account>::reset(
                        self,
                        <__T8 as ::airssys_rt::__private::Carrier<__T4>>::unload(message),
                    );
                    ctx.reply(slot, outcome)
                }
                AccountMessage::Closed(message) => {
                    <Account>::closed(self, message);
                    ::core::result::Result::Ok(())
                }
                AccountMessage::__Terminated(message) => {
                    if ctx.wants(&message) {
                        <Account>::gone(self, message);
                        ::core::result::Result::Ok(())
                    } else {
                        ::core::result::Result::Ok(())
                    }
                }
            }
        }
        const MESSAGES: &'static [::airssys_rt::__private::graph::Handled] = &[
            ::airssys_rt::__private::graph::Handled::message::<__T1>("Withdraw", false),
            #[cfg(feature = "reset")]
            ::airssys_rt::__private::graph::Handled::message::<__T6>("Reset", false),
        ];
        const VARIANTS: &'static [&'static ::core::primitive::str] = &[
            "Withdraw",
            #[cfg(feature = "reset")]
            "Reset",
            "Closed",
            "Terminated",
        ];
        #[inline]
        fn variant(message: &AccountMessage) -> ::core::primitive::u16 {
            enum __Number {
                Withdraw,
                #[cfg(feature = "reset")]
                Reset,
                Closed,
                __Terminated,
            }
            match *message {
                AccountMessage::Withdraw(..) => {
                    __Number::Withdraw as ::core::primitive::u16
                }
                #[cfg(feature = "reset")]
                AccountMessage::Reset(..) => __Number::Reset as ::core::primitive::u16,
                AccountMessage::Closed(..) => __Number::Closed as ::core::primitive::u16,
                AccountMessage::__Terminated(..) => {
                    __Number::__Terminated as ::core::primitive::u16
                }
            }
        }
        fn refuse(message: &mut AccountMessage, why: ::airssys_rt::__private::Cause) {
            match *message {
                AccountMessage::Withdraw(_, ref mut slot) => slot.refuse(why),
                #[cfg(feature = "reset")]
                AccountMessage::Reset(_, ref mut slot) => slot.refuse(why),
                AccountMessage::Closed(_) => {}
                AccountMessage::__Terminated(_) => {}
            }
        }
        const STARTS: ::core::primitive::bool = true;
        async fn pre_start(
            &mut self,
            ctx: &mut ::airssys_rt::__private::ActorContext<Self>,
        ) -> ::core::result::Result<(), ::airssys_rt::__private::Fault> {
            let _: ::core::marker::PhantomData<
                <Account as ::airssys_rt::__private::assertions::If<
                    { <Account as ::airssys_rt::__private::Actor>::CHECKED },
                >>::Type,
            >;
            <Account>::open(self, ctx).await
        }
        async fn on_error(
            &mut self,
            fault: ::airssys_rt::__private::Fault,
            ctx: &mut ::airssys_rt::__private::ActorContext<Self>,
        ) -> ::airssys_rt::__private::ErrorAction {
            let _: ::core::marker::PhantomData<
                <Account as ::airssys_rt::__private::assertions::If<
                    { <Account as ::airssys_rt::__private::Actor>::CHECKED },
                >>::Type,
            >;
            <Account>::failed(self, fault)
        }
        const STOPS: ::core::primitive::bool = true;
        async fn post_stop(
            &mut self,
            ctx: &mut ::airssys_rt::__private::ActorContext<Self>,
        ) -> ::core::result::Result<(), ::airssys_rt::__private::Fault> {
            let _: ::core::marker::PhantomData<
                <Account as ::airssys_rt::__private::assertions::If<
                    { <Account as ::airssys_rt::__private::Actor>::CHECKED },
                >>::Type,
            >;
            <Account>::close(self);
            ::core::result::Result::Ok(())
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
            AccountMessage::Withdraw(
                <__T2 as ::airssys_rt::__private::Carrier<__T0>>::load(message),
                slot,
            )
        }
        fn unwrap(
            message: AccountMessage,
        ) -> ::core::option::Option<(__T0, ::airssys_rt::__private::ReplySlot<__T3>)> {
            match message {
                AccountMessage::Withdraw(message, slot) => {
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
                AccountMessage::Withdraw(message, _) => {
                    ::core::option::Option::Some(
                        <__T2 as ::airssys_rt::__private::Carrier<__T0>>::look(message),
                    )
                }
                _ => ::core::option::Option::None,
            }
        }
    }
    #[cfg(feature = "reset")]
    #[automatically_derived]
    impl ::airssys_rt::__private::Handles<__T4> for Account {
        type Reply = __T10;
        #[inline]
        fn wrap(
            message: __T4,
            slot: ::airssys_rt::__private::ReplySlot<__T10>,
        ) -> AccountMessage {
            AccountMessage::Reset(
                <__T8 as ::airssys_rt::__private::Carrier<__T4>>::load(message),
                slot,
            )
        }
        fn unwrap(
            message: AccountMessage,
        ) -> ::core::option::Option<(__T4, ::airssys_rt::__private::ReplySlot<__T10>)> {
            match message {
                AccountMessage::Reset(message, slot) => {
                    ::core::option::Option::Some((
                        <__T8 as ::airssys_rt::__private::Carrier<
                            __T4,
                        >>::unload(message),
                        slot,
                    ))
                }
                _ => ::core::option::Option::None,
            }
        }
        fn peek(message: &AccountMessage) -> ::core::option::Option<&__T4> {
            match message {
                AccountMessage::Reset(message, _) => {
                    ::core::option::Option::Some(
                        <__T8 as ::airssys_rt::__private::Carrier<__T4>>::look(message),
                    )
                }
                _ => ::core::option::Option::None,
            }
        }
    }
    #[automatically_derived]
    impl ::airssys_rt::__private::Publishes<__T13> for Account {
        #[inline]
        fn wrap(event: __T13) -> AccountEvent {
            AccountEvent::Withdrawn(event)
        }
        fn unwrap(event: AccountEvent) -> ::core::result::Result<__T13, AccountEvent> {
            match event {
                AccountEvent::Withdrawn(event) => ::core::result::Result::Ok(event),
                other => ::core::result::Result::Err(other),
            }
        }
    }
    #[automatically_derived]
    impl ::airssys_rt::__private::Asks<__T14> for Account {}
    #[automatically_derived]
    impl ::airssys_rt::__private::Tells<__T16> for Account {}
    #[automatically_derived]
    impl ::airssys_rt::__private::TellsAny<__T18> for Account {}
    #[automatically_derived]
    impl ::airssys_rt::__private::HandlesTerminated for Account {
        fn wrap_terminated(
            terminated: ::airssys_rt::__private::Terminated,
        ) -> AccountMessage {
            AccountMessage::__Terminated(terminated)
        }
    }
    #[automatically_derived]
    impl<__S: ::airssys_rt::__private::System> ::airssys_rt::__private::MemberOf<__S>
    for Account
    where
        __T12: ::airssys_rt::__private::RoutedBy<__S>,
        __T13: ::airssys_rt::__private::RoutedBy<__S>,
        __T15: ::airssys_rt::__private::HostedBy<__S>,
        __T17: ::airssys_rt::__private::HostedBy<__S>,
    {
        const EDGES: &'static ::airssys_rt::__private::graph::Edges = &::airssys_rt::__private::graph::Edges {
            asks: &[
                ::airssys_rt::__private::graph::Edge::to(
                    <__T15 as ::airssys_rt::__private::HostedBy<__S>>::INDEX,
                ),
            ],
            tells: &[
                ::airssys_rt::__private::graph::Edge::to(
                    <__T17 as ::airssys_rt::__private::HostedBy<__S>>::INDEX,
                ),
            ],
            tells_any: &[::airssys_rt::__private::Named::message::<__T19>()],
            publishes: &[
                ::airssys_rt::__private::graph::Edge::to(
                    <__T13 as ::airssys_rt::__private::RoutedBy<__S>>::INDEX,
                ),
            ],
            subscribes: &[<__T12 as ::airssys_rt::__private::RoutedBy<__S>>::INDEX],
            spawns: &[],
        };
        #[inline]
        fn route(event: AccountEvent) -> __S::Event {
            match event {
                AccountEvent::Withdrawn(event) => {
                    <__T13 as ::airssys_rt::__private::RoutedBy<__S>>::wrap(event)
                }
            }
        }
        #[inline]
        fn accept(event: &__S::Event) -> ::core::option::Option<AccountMessage> {
            if let ::core::option::Option::Some(event) = <__T12 as ::airssys_rt::__private::RoutedBy<
                __S,
            >>::get(event) {
                return ::core::option::Option::Some(AccountMessage::Closed(event));
            }
            ::core::option::Option::None
        }
    }
    #[allow(dead_code)]
    fn __checks() {
        ::airssys_rt::__private::assertions::event::<Closed>();
        ::airssys_rt::__private::assertions::event::<Withdrawn>();
    }
};
