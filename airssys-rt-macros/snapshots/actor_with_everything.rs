impl Account {
    async fn open(&mut self, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        Ok(())
    }
    async fn withdraw(
        &mut self,
        w: Withdraw,
        ctx: &mut ActorContext<Self>,
    ) -> Result<u64, Fault> {
        Ok(0)
    }
    #[cfg(feature = "reset")]
    fn reset(&mut self, _: Reset) {}
    fn closed(&mut self, _: Closed) {}
    fn gone(&mut self, _: Terminated) {}
    fn failed(&mut self, _: Fault) -> ErrorAction {
        ErrorAction::Stop
    }
    fn close(&mut self) {}
    fn helper(&self) {}
}
#[doc(hidden)]
#[allow(
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
    unused_imports,
    unused_lifetimes,
    unused_parens,
    unused_qualifications,
    unused_variables,
    warnings,
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
    type __Valid = <() as __rt::assertions::If<{ __CHECKED }>>::Type;
    type __Messages = <<__Valid as __rt::assertions::Then<
        (__T0, __T1, __rt::one_of::Received<__T3>, __T8),
    >>::Type as __rt::one_of::OneOf<__rt::one_of::MessagesOf<Account>>>::Enum;
    type __Events = <<__Valid as __rt::assertions::Then<
        (__rt::one_of::Received<__T4>,),
    >>::Type as __rt::one_of::OneOf<__rt::one_of::EventsOf<Account>>>::Enum;
    pub struct AccountMessage(__Messages);
    #[automatically_derived]
    impl __rt::one_of::Around<__Messages> for AccountMessage {
        #[inline]
        fn put_in(__inside: __Messages) -> Self {
            AccountMessage(__inside)
        }
        #[inline]
        fn take_out(self) -> __Messages {
            let Self(__inside) = self;
            __inside
        }
        #[inline]
        fn inside(&self) -> &__Messages {
            let Self(__inside) = self;
            __inside
        }
    }
    #[automatically_derived]
    impl ::core::clone::Clone for AccountMessage
    where
        for<'__a> __Messages: ::core::clone::Clone,
    {
        fn clone(&self) -> Self {
            let Self(__inside) = self;
            AccountMessage(::core::clone::Clone::clone(__inside))
        }
    }
    #[automatically_derived]
    impl __rt::Variants for AccountMessage {
        #[inline]
        fn number(&self) -> ::core::primitive::u16 {
            let Self(__inside) = self;
            __rt::Variants::number(__inside)
        }
        fn refuse(&mut self, __why: __rt::Cause) {
            use __rt::NotImported as _;
            __rt::Attributes.__handler();
            __rt::Attributes.__on_event();
            __rt::Attributes.__on_terminated();
            __rt::Attributes.__pre_start();
            __rt::Attributes.__on_error();
            __rt::Attributes.__post_stop();
            let Self(__inside) = self;
            __rt::Variants::refuse(__inside, __why)
        }
        fn content(&self) -> ::core::option::Option<&dyn __rt::LetterContent> {
            let Self(__inside) = self;
            __rt::Variants::content(__inside)
        }
    }
    pub struct AccountEvent(__Events);
    #[automatically_derived]
    impl __rt::one_of::Around<__Events> for AccountEvent {
        #[inline]
        fn put_in(__inside: __Events) -> Self {
            AccountEvent(__inside)
        }
        #[inline]
        fn take_out(self) -> __Events {
            let Self(__inside) = self;
            __inside
        }
        #[inline]
        fn inside(&self) -> &__Events {
            let Self(__inside) = self;
            __inside
        }
    }
    #[automatically_derived]
    impl ::core::clone::Clone for AccountEvent
    where
        for<'__a> __Events: ::core::clone::Clone,
    {
        fn clone(&self) -> Self {
            let Self(__inside) = self;
            AccountEvent(::core::clone::Clone::clone(__inside))
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
                <__Valid as __rt::assertions::Then<__T0>>::Type,
            >("Withdraw", false),
            #[cfg(feature = "reset")]
            __rt::graph::Handled::message::<
                <__Valid as __rt::assertions::Then<__T1>>::Type,
            >("Reset", false),
        ];
        #[allow(unreachable_code)]
        async fn dispatch(
            &mut self,
            __message: AccountMessage,
            __ctx: &mut __rt::ActorContext<Self>,
        ) -> ::core::result::Result<(), __rt::Fault> {
            match __message.0 {
                __rt::one_of::OneOf4::V0(__message, __slot) => {
                    let __outcome = <Account>::withdraw(
                            self,
                            __rt::Carrier::<__T0>::unload(__message),
                            __ctx,
                        )
                        .await;
                    __ctx.reply(__slot, __outcome)
                }
                #[cfg(feature = "reset")]
                __rt::one_of::OneOf4::V1(__message, __slot) => {
                    let __outcome = <Account>::reset(
                        self,
                        __rt::Carrier::<__T1>::unload(__message),
                    );
                    __ctx.reply(__slot, __outcome)
                }
                __rt::one_of::OneOf4::V2(__message, _) => {
                    <Account>::closed(self, __message);
                    ::core::result::Result::Ok(())
                }
                __rt::one_of::OneOf4::V3(__message, _) => {
                    if __ctx.wants(&__message) {
                        <Account>::gone(self, __message);
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
            __ctx: &mut __rt::ActorContext<Self>,
        ) -> ::core::result::Result<(), __rt::Fault> {
            let _: ::core::marker::PhantomData<
                <__Valid as __rt::assertions::Then<Account>>::Type,
            >;
            <Account>::open(self, __ctx).await
        }
        async fn on_error(
            &mut self,
            __fault: __rt::Fault,
            __ctx: &mut __rt::ActorContext<Self>,
        ) -> __rt::ErrorAction {
            let _: ::core::marker::PhantomData<
                <__Valid as __rt::assertions::Then<Account>>::Type,
            >;
            <Account>::failed(self, __fault)
        }
        const STOPS: ::core::primitive::bool = true;
        async fn post_stop(
            &mut self,
            __ctx: &mut __rt::ActorContext<Self>,
        ) -> ::core::result::Result<(), __rt::Fault> {
            let _: ::core::marker::PhantomData<
                <__Valid as __rt::assertions::Then<Account>>::Type,
            >;
            <Account>::close(self);
            ::core::result::Result::Ok(())
        }
    }
    #[automatically_derived]
    impl __rt::Handles<__T0> for Account {
        type Reply = <<__Valid as __rt::assertions::Then<
            __T0,
        >>::Type as __rt::Carried>::Answer;
        const VARIANT: __rt::MessageVariant<AccountMessage, __T0, Self::Reply> = __rt::one_of::message::<
            _,
            _,
            __rt::one_of::P0,
        >();
    }
    #[cfg(feature = "reset")]
    #[automatically_derived]
    impl __rt::Handles<__T1> for Account {
        type Reply = <<__Valid as __rt::assertions::Then<
            __T1,
        >>::Type as __rt::Carried>::Answer;
        const VARIANT: __rt::MessageVariant<AccountMessage, __T1, Self::Reply> = __rt::one_of::message::<
            _,
            _,
            __rt::one_of::P1,
        >();
    }
    #[automatically_derived]
    impl __rt::Publishes<__T4> for Account {
        const VARIANT: __rt::EventVariant<AccountEvent, __T4> = __rt::one_of::event::<
            _,
            _,
            __rt::one_of::P0,
        >();
    }
    #[automatically_derived]
    impl __rt::Asks<__T5> for Account {}
    #[automatically_derived]
    impl __rt::Tells<__T6> for Account {
        type Kind = __rt::Waits;
    }
    #[automatically_derived]
    impl __rt::TellsAny<__T7> for Account {}
    #[automatically_derived]
    impl __rt::HandlesTerminated for Account {
        fn wrap_terminated(__terminated: __rt::Terminated) -> AccountMessage {
            AccountMessage(__rt::one_of::OneOf4::V3(__terminated, __rt::one_of::NoSlot))
        }
    }
    #[automatically_derived]
    impl<__S: __rt::System> __rt::MemberOf<__S, AccountMessage> for Account
    where
        __T3: __rt::RoutedBy<__S>,
        __T4: __rt::RoutedBy<__S>,
        <__Valid as __rt::assertions::Then<__T5>>::Type: __rt::HostedBy<__S>,
        <__Valid as __rt::assertions::Then<__T6>>::Type: __rt::HostedBy<__S>,
    {
        const EDGES: &'static __rt::graph::Edges = &__rt::graph::Edges {
            asks: &[
                __rt::graph::Edge::to(
                    <<__Valid as __rt::assertions::Then<
                        __T5,
                    >>::Type as __rt::HostedBy<__S>>::INDEX,
                ),
            ],
            tells: &[
                __rt::graph::Edge::to(
                    <<__Valid as __rt::assertions::Then<
                        __T6,
                    >>::Type as __rt::HostedBy<__S>>::INDEX,
                ),
            ],
            tells_any: &[
                __rt::Named::message::<<__Valid as __rt::assertions::Then<__T7>>::Type>(),
            ],
            publishes: &[__rt::graph::Edge::to(<__T4 as __rt::RoutedBy<__S>>::INDEX)],
            subscribes: &[<__T3 as __rt::RoutedBy<__S>>::INDEX],
            spawns: &[],
        };
        #[inline]
        fn route(__event: AccountEvent) -> __S::Event {
            let AccountEvent(__event) = __event;
            match __event {
                __rt::one_of::OneOf1::V0(__event, _) => {
                    <__T4 as __rt::RoutedBy<__S>>::wrap(__event)
                }
            }
        }
        #[inline]
        fn accept(__event: &__S::Event) -> ::core::option::Option<AccountMessage> {
            if let ::core::option::Option::Some(__event) = <__T3 as __rt::RoutedBy<
                __S,
            >>::get(__event) {
                return ::core::option::Option::Some(
                    AccountMessage(
                        __rt::one_of::OneOf4::V2(__event, __rt::one_of::NoSlot),
                    ),
                );
            }
            ::core::option::Option::None
        }
    }
};
