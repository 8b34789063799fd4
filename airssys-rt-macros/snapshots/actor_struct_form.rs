pub struct Account {
    cents: u64,
    #[cfg(test)]
    seen: Vec<Self>,
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
    type __Valid = <() as __rt::assertions::If<{ __CHECKED }>>::Type;
    type __Messages = <<__Valid as __rt::assertions::Then<
        (__T0, __rt::one_of::Received<__T1>),
    >>::Type as __rt::one_of::OneOf<__rt::one_of::MessagesOf<Account>>>::Enum;
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
            let Self(__inside) = self;
            __rt::Variants::refuse(__inside, __why)
        }
        fn content(&self) -> ::core::option::Option<&dyn __rt::LetterContent> {
            let Self(__inside) = self;
            __rt::Variants::content(__inside)
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
            <<__Valid as __rt::assertions::Then<
                (__T0, __rt::one_of::Received<__T1>),
            >>::Type as __rt::one_of::NamedEntries>::NAMED,
            ["GetBalance"],
            [false],
        );
        #[allow(unreachable_code)]
        async fn dispatch(
            &mut self,
            __message: AccountMessage,
            __ctx: &mut __rt::ActorContext<Self>,
        ) -> ::core::result::Result<(), __rt::Fault> {
            match __message.0 {
                __rt::one_of::OneOf2::V0(__message, __slot) => {
                    let __outcome = <Account as __rt::Handler<
                        <__Valid as __rt::assertions::Then<__T0>>::Type,
                    >>::handle(self, __rt::Carrier::<__T0>::unload(__message), __ctx)
                        .await;
                    __ctx.reply(__slot, __outcome)
                }
                __rt::one_of::OneOf2::V1(__message, _) => {
                    <Account as __rt::Subscriber<
                        <__Valid as __rt::assertions::Then<__T1>>::Type,
                    >>::on_event(self, __message, __ctx)
                        .await
                }
            }
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
    #[automatically_derived]
    impl<__S: __rt::System> __rt::MemberOf<__S, AccountMessage> for Account
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
        fn accept(__event: &__S::Event) -> ::core::option::Option<AccountMessage> {
            if let ::core::option::Option::Some(__event) = <__T1 as __rt::RoutedBy<
                __S,
            >>::get(__event) {
                return ::core::option::Option::Some(
                    AccountMessage(
                        __rt::one_of::OneOf2::V1(__event, __rt::one_of::NoSlot),
                    ),
                );
            }
            ::core::option::Option::None
        }
    }
};
