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
    use ::airssys_rt::__private as __rt;
    type __T0 = Withdraw;
    #[cfg(feature = "reset")]
    type __T1 = Reset;
    #[cfg(not(all(feature = "reset")))]
    type __T1 = __rt::one_of::ConfiguredOut;
    type __T3 = Closed;
    type __T4 = Withdrawn;
    type __T5 = Ledger;
    type __T6 = Audit;
    type __T7 = Note;
    type __T8 = __rt::one_of::Ended;
    const __CHECKED: ::core::primitive::bool = {
        __rt::assertions::check_message::<Withdraw>();
        #[cfg(feature = "reset")] __rt::assertions::check_message::<Reset>();
        __rt::assertions::event::<Closed>();
        __rt::assertions::event::<Withdrawn>();
        __rt::assertions::check_message::<Note>();
        __rt::assertions::actor::<Ledger>();
        __rt::assertions::actor::<Audit>();
        {
            __rt::assertions::send::<Account>();
            true
        }
    };
    type __Messages = <(
        __T0,
        __T1,
        __rt::one_of::Received<__T3>,
        __T8,
    ) as __rt::one_of::OneOf<__rt::one_of::MessagesOf<Account>, { __CHECKED }>>::Enum;
    type __Events = <(
        __rt::one_of::Received<__T4>,
    ) as __rt::one_of::OneOf<__rt::one_of::EventsOf<Account>, { __CHECKED }>>::Enum;
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
    pub struct AccountEvent(__Events);
    #[automatically_derived]
    impl ::core::clone::Clone for AccountEvent
    where
        for<'__a> __Events: ::core::clone::Clone,
    {
        fn clone(&self) -> Self {
            AccountEvent(::core::clone::Clone::clone(&self.0))
        }
    }
    const __MAILBOX: __rt::mailbox::MailboxPolicy = __rt::mailbox::MailboxPolicy::bounded(
        8,
    );
    #[automatically_derived]
    impl __rt::Actor for Account {
        type Message = AccountMessage;
        type Event = AccountEvent;
        const NAME: &'static ::core::primitive::str = "account";
        const CHECKED: ::core::primitive::bool = __CHECKED;
        const MAILBOX: ::core::option::Option<__rt::mailbox::MailboxPolicy> = ::core::option::Option::Some(
            __MAILBOX,
        );
        const VARIANTS: &'static [&'static ::core::primitive::str] = &[
            "Withdraw",
            #[cfg(feature = "reset")]
            "Reset",
            #[cfg(not(all(feature = "reset")))]
            "",
            "Closed",
            "Terminated",
        ];
        const EVENTS: &'static [&'static ::core::primitive::str] = &["Withdrawn"];
        const MESSAGES: &'static [__rt::graph::Handled] = &[
            __rt::graph::Handled::message::<
                <__T0 as __rt::assertions::If<{ __CHECKED }>>::Type,
            >("Withdraw", false),
            #[cfg(feature = "reset")]
            __rt::graph::Handled::message::<
                <__T1 as __rt::assertions::If<{ __CHECKED }>>::Type,
            >("Reset", false),
        ];
        #[allow(unreachable_code)]
        async fn dispatch(
            &mut self,
            message: AccountMessage,
            ctx: &mut __rt::ActorContext<Self>,
        ) -> ::core::result::Result<(), __rt::Fault> {
            match message.0 {
                __rt::one_of::OneOf4::V0(message, slot) => {
                    let outcome = <Account>::withdraw(
                            self,
                            __rt::Carrier::<__T0>::unload(message),
                            ctx,
                        )
                        .await;
                    ctx.reply(slot, outcome)
                }
                #[cfg(feature = "reset")]
                __rt::one_of::OneOf4::V1(message, slot) => {
                    let outcome = <Account>::reset(
                        self,
                        __rt::Carrier::<__T1>::unload(message),
                    );
                    ctx.reply(slot, outcome)
                }
                __rt::one_of::OneOf4::V2(message, _) => {
                    <Account>::closed(self, message);
                    ::core::result::Result::Ok(())
                }
                __rt::one_of::OneOf4::V3(message, _) => {
                    if ctx.wants(&message) {
                        <Account>::gone(self, message);
                        ::core::result::Result::Ok(())
                    } else {
                        ::core::result::Result::Ok(())
                    }
                }
            }
        }
        const STARTS: ::core::primitive::bool = true;
        async fn pre_start(
            &mut self,
            ctx: &mut __rt::ActorContext<Self>,
        ) -> ::core::result::Result<(), __rt::Fault> {
            let _: ::core::marker::PhantomData<
                <Account as __rt::assertions::If<{ __CHECKED }>>::Type,
            >;
            <Account>::open(self, ctx).await
        }
        async fn on_error(
            &mut self,
            fault: __rt::Fault,
            ctx: &mut __rt::ActorContext<Self>,
        ) -> __rt::ErrorAction {
            let _: ::core::marker::PhantomData<
                <Account as __rt::assertions::If<{ __CHECKED }>>::Type,
            >;
            <Account>::failed(self, fault)
        }
        const STOPS: ::core::primitive::bool = true;
        async fn post_stop(
            &mut self,
            ctx: &mut __rt::ActorContext<Self>,
        ) -> ::core::result::Result<(), __rt::Fault> {
            let _: ::core::marker::PhantomData<
                <Account as __rt::assertions::If<{ __CHECKED }>>::Type,
            >;
            <Account>::close(self);
            ::core::result::Result::Ok(())
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
    #[cfg(feature = "reset")]
    #[automatically_derived]
    impl __rt::Handles<__T1> for Account {
        type Reply = <<__T1 as __rt::assertions::If<
            { __CHECKED },
        >>::Type as __rt::Carried>::Answer;
        #[inline]
        fn wrap(
            message: __T1,
            slot: __rt::ReplySlot<
                <<__T1 as __rt::assertions::If<
                    { __CHECKED },
                >>::Type as __rt::Carried>::Answer,
            >,
        ) -> AccountMessage {
            AccountMessage(__rt::one_of::wrap::<_, 1>(message, slot))
        }
        fn unwrap(
            message: AccountMessage,
        ) -> ::core::option::Option<
            (
                __T1,
                __rt::ReplySlot<
                    <<__T1 as __rt::assertions::If<
                        { __CHECKED },
                    >>::Type as __rt::Carried>::Answer,
                >,
            ),
        > {
            __rt::one_of::unwrap::<_, 1>(message.0)
        }
        fn peek(message: &AccountMessage) -> ::core::option::Option<&__T1> {
            __rt::one_of::peek::<_, 1>(&message.0)
        }
    }
    #[automatically_derived]
    impl __rt::Publishes<__T4> for Account {
        #[inline]
        fn wrap(event: __T4) -> AccountEvent {
            AccountEvent(__rt::one_of::wrap_event::<_, 0>(event))
        }
        fn unwrap(event: AccountEvent) -> ::core::result::Result<__T4, AccountEvent> {
            __rt::one_of::unwrap_event::<_, 0>(event.0).map_err(AccountEvent)
        }
    }
    #[automatically_derived]
    impl __rt::Asks<__T5> for Account {}
    #[automatically_derived]
    impl __rt::Tells<__T6> for Account {}
    #[automatically_derived]
    impl __rt::TellsAny<__T7> for Account {}
    #[automatically_derived]
    impl __rt::HandlesTerminated for Account {
        fn wrap_terminated(terminated: __rt::Terminated) -> AccountMessage {
            AccountMessage(__rt::one_of::OneOf4::V3(terminated, __rt::one_of::NoSlot))
        }
    }
    #[automatically_derived]
    impl<__S: __rt::System> __rt::MemberOf<__S> for Account
    where
        __T3: __rt::RoutedBy<__S>,
        __T4: __rt::RoutedBy<__S>,
        <__T5 as __rt::assertions::If<{ __CHECKED }>>::Type: __rt::HostedBy<__S>,
        <__T6 as __rt::assertions::If<{ __CHECKED }>>::Type: __rt::HostedBy<__S>,
    {
        const EDGES: &'static __rt::graph::Edges = &__rt::graph::Edges {
            asks: &[
                __rt::graph::Edge::to(
                    <<__T5 as __rt::assertions::If<
                        { __CHECKED },
                    >>::Type as __rt::HostedBy<__S>>::INDEX,
                ),
            ],
            tells: &[
                __rt::graph::Edge::to(
                    <<__T6 as __rt::assertions::If<
                        { __CHECKED },
                    >>::Type as __rt::HostedBy<__S>>::INDEX,
                ),
            ],
            tells_any: &[
                __rt::Named::message::<
                    <__T7 as __rt::assertions::If<{ __CHECKED }>>::Type,
                >(),
            ],
            publishes: &[__rt::graph::Edge::to(<__T4 as __rt::RoutedBy<__S>>::INDEX)],
            subscribes: &[<__T3 as __rt::RoutedBy<__S>>::INDEX],
            spawns: &[],
        };
        #[inline]
        fn route(event: AccountEvent) -> __S::Event {
            match event.0 {
                __rt::one_of::OneOf1::V0(event, _) => {
                    <__T4 as __rt::RoutedBy<__S>>::wrap(event)
                }
            }
        }
        #[inline]
        fn accept(event: &__S::Event) -> ::core::option::Option<AccountMessage> {
            if let ::core::option::Option::Some(event) = <__T3 as __rt::RoutedBy<
                __S,
            >>::get(event) {
                return ::core::option::Option::Some(
                    AccountMessage(__rt::one_of::OneOf4::V2(event, __rt::one_of::NoSlot)),
                );
            }
            ::core::option::Option::None
        }
    }
};
