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
    type __T0 = GetBalance;
    type __T1 = <GetBalance as ::airssys_rt::__private::assertions::If<
        { ::airssys_rt::__private::assertions::is_message::<GetBalance>() },
    >>::Type;
    type __T2 = <__T1 as ::airssys_rt::__private::Carried>::Carrier;
    type __T3 = <__T1 as ::airssys_rt::__private::Carried>::Answer;
    pub enum AccountMessage {
        GetBalance(__T2, ::airssys_rt::__private::ReplySlot<__T3>),
    }
    #[automatically_derived]
    impl ::core::clone::Clone for AccountMessage
    where
        for<'__a> __T2: ::core::clone::Clone,
    {
        fn clone(&self) -> Self {
            match *self {
                AccountMessage::GetBalance(ref message, ref slot) => {
                    AccountMessage::GetBalance(
                        ::core::clone::Clone::clone(message),
                        ::core::clone::Clone::clone(slot),
                    )
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
            ::airssys_rt::__private::assertions::send::<Account>();
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
                    let outcome = <Account>::balance(
                        self,
                        <__T2 as ::airssys_rt::__private::Carrier<__T0>>::unload(message),
                    );
                    ctx.reply(slot, outcome)
                }
            }
        }
        const MESSAGES: &'static [::airssys_rt::__private::graph::Handled] = &[
            ::airssys_rt::__private::graph::Handled::message::<__T1>("GetBalance", false),
        ];
        const VARIANTS: &'static [&'static ::core::primitive::str] = &["GetBalance"];
        #[inline]
        fn variant(message: &AccountMessage) -> ::core::primitive::u16 {
            enum __Number {
                GetBalance,
            }
            match *message {
                AccountMessage::GetBalance(..) => {
                    __Number::GetBalance as ::core::primitive::u16
                }
            }
        }
        fn refuse(message: &mut AccountMessage, why: ::airssys_rt::__private::Cause) {
            match *message {
                AccountMessage::GetBalance(_, ref mut slot) => slot.refuse(why),
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
    for Account {
        const EDGES: &'static ::airssys_rt::__private::graph::Edges = &::airssys_rt::__private::graph::Edges {
            asks: &[],
            tells: &[],
            tells_any: &[],
            publishes: &[],
            subscribes: &[],
            spawns: &[],
        };
        #[inline]
        fn route(event: ::airssys_rt::__private::NoEvents) -> __S::Event {
            match event {}
        }
        #[inline]
        fn accept(event: &__S::Event) -> ::core::option::Option<AccountMessage> {
            ::core::option::Option::None
        }
    }
    #[allow(dead_code)]
    fn __checks() {}
};
