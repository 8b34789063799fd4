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
    type __Events = __rt::NoEvents;
    #[automatically_derived]
    impl __rt::Actor for Account {
        type Message = __Messages;
        type Event = __Events;
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
            message: __Messages,
            ctx: &mut __rt::ActorContext<Self>,
        ) -> ::core::result::Result<(), __rt::Fault> {
            match message {
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
    impl __rt::HandlesAt<__T0> for Account {
        type Place = __rt::one_of::Place<0>;
        type Reply = __rt::one_of::ReplyAt<__Messages, 0>;
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
        fn route(event: __Events) -> __S::Event {
            match event {}
        }
        #[inline]
        fn accept(event: &__S::Event) -> ::core::option::Option<__Messages> {
            ::core::option::Option::None
        }
    }
};
