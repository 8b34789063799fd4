pub struct Bank;
#[allow(clippy::type_complexity, deprecated)]
const _: ::core::marker::PhantomData<(Account,)> = ::core::marker::PhantomData;
///Every message of every actor of [`Bank`], and its events.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    deprecated,
    missing_debug_implementations,
    non_camel_case_types,
    private_interfaces,
)]
pub enum BankMessage {
    ///A message to `Account`.
    Account(
        ::airssys_rt::__private::assertions::MessageOf<
            Account,
            { <Bank as ::airssys_rt::__private::Checked>::CHECKED },
        >,
    ),
    ///An event that is sent to its subscribers.
    Event(BankEvent),
}
///Every event that [`Bank`] routes.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    deprecated,
    missing_debug_implementations,
    non_camel_case_types,
    private_interfaces,
)]
pub enum BankEvent {}
impl Bank {
    /// Returns the message graph: which actor asks, tells, spawns and publishes what, and which one subscribes.
    #[allow(dead_code)]
    #[must_use]
    pub fn topology() -> ::airssys_rt::__private::Topology {
        ::airssys_rt::__private::Topology::of::<Bank>()
    }
}
impl BankMessage {
    /// Returns the message, if it is an `M` that was sent to an `A`.
    #[allow(dead_code)]
    #[must_use]
    pub fn get<A, M>(&self) -> ::core::option::Option<&M>
    where
        A: ::airssys_rt::__private::HostedBy<Bank>,
        M: ::airssys_rt::__private::HandledBy<A>,
    {
        <A as ::airssys_rt::__private::HostedBy<Bank>>::peek(self)
            .and_then(<M as ::airssys_rt::__private::HandledBy<A>>::peek)
    }
}
#[doc(hidden)]
#[allow(
    clippy::all,
    clippy::cargo,
    clippy::exhaustive_enums,
    clippy::exhaustive_structs,
    clippy::min_ident_chars,
    clippy::missing_docs_in_private_items,
    clippy::missing_inline_in_public_items,
    clippy::missing_trait_methods,
    clippy::nursery,
    clippy::pattern_type_mismatch,
    clippy::pedantic,
    clippy::shadow_reuse,
    clippy::shadow_unrelated,
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
    unused_lifetimes,
    unused_parens,
    unused_qualifications,
    unused_variables,
    warnings,
)]
const _: () = {
    use ::airssys_rt::__private as __rt;
    pub trait __If<const HOLDS: ::core::primitive::bool> {
        type Type;
    }
    impl<__T> __If<true> for __T {
        type Type = __T;
    }
    impl __rt::Checked for Bank {
        const CHECKED: ::core::primitive::bool = {
            let _ = [true, __rt::assertions::is_actor::<Account>()];
            true
        };
        const MEMBERS: ::core::primitive::bool = {
            __rt::member::<__AChecked0, Bank>();
            true
        };
    }
    type __A0 = Account;
    type __AChecked0 = <Account as __If<{ <Bank as __rt::Checked>::CHECKED }>>::Type;
    type __AMember0 = <__AChecked0 as __rt::assertions::If<
        { <Bank as __rt::Checked>::MEMBERS },
    >>::Type;
    #[automatically_derived]
    impl ::core::clone::Clone for BankEvent {
        fn clone(&self) -> Self {
            match *self {}
        }
    }
    #[automatically_derived]
    impl ::core::clone::Clone for BankMessage
    where
        for<'__a> <__AChecked0 as __rt::Actor>::Message: ::core::clone::Clone,
        for<'__a> BankEvent: ::core::clone::Clone,
    {
        fn clone(&self) -> Self {
            match *self {
                BankMessage::Account(ref message) => {
                    BankMessage::Account(::core::clone::Clone::clone(message))
                }
                BankMessage::Event(ref event) => {
                    BankMessage::Event(::core::clone::Clone::clone(event))
                }
            }
        }
    }
    pub struct __Registry((__rt::Arc<__rt::TypeState<__AChecked0>>,));
    #[automatically_derived]
    impl __rt::System for Bank {
        type Message = BankMessage;
        type Event = BankEvent;
        type Registry = __Registry;
        const NAME: &'static ::core::primitive::str = "Bank";
        const NODES: &'static [__rt::graph::Node] = &[
            __rt::node::<
                __AChecked0,
            >("Account", false, <__AMember0 as __rt::MemberOf<Bank>>::EDGES),
        ];
        const EVENTS: &'static [__rt::graph::Routed] = &[];
        fn registry<__B: __rt::MessageBroker<BankMessage>>(
            core: &__rt::Weak<__rt::Core<Self, __B>>,
            config: &__rt::SystemConfig,
        ) -> __Registry {
            __Registry((__rt::kind(core, config),))
        }
        fn kinds(
            registry: &__Registry,
            visit: &mut dyn ::core::ops::FnMut(&dyn __rt::AnyTypeState),
        ) {
            let __Registry(kinds) = registry;
            visit(&*kinds.0);
        }
        fn name(message: &BankMessage) -> &'static ::core::primitive::str {
            match message {
                BankMessage::Account(message) => {
                    __rt::message_name::<__AChecked0>(message)
                }
                BankMessage::Event(never) => match *never {}
            }
        }
        fn event(event: BankEvent) -> BankMessage {
            BankMessage::Event(event)
        }
        fn into_event(message: BankMessage) -> ::core::option::Option<BankEvent> {
            match message {
                BankMessage::Event(event) => ::core::option::Option::Some(event),
                _ => ::core::option::Option::None,
            }
        }
        fn deliver(
            registry: &__Registry,
            envelope: __rt::Envelope<BankMessage>,
        ) -> __rt::MaybeReady<
            ::core::result::Result<__rt::Published, __rt::Undelivered<BankMessage>>,
        > {
            let __Registry(kinds) = registry;
            let (meta, message) = envelope.into_parts();
            match message {
                BankMessage::Account(message) => {
                    kinds.0.deliver(meta, message, BankMessage::Account)
                }
                BankMessage::Event(event) => {
                    let mut fan = __rt::FanOut::new(&meta);
                    <Bank as __rt::System>::fan_out(registry, &event, &mut fan);
                    if fan.is_unheard() {
                        let message = BankMessage::Event(event);
                        return __rt::MaybeReady::Ready(
                            ::core::result::Result::Err(
                                __rt::Undelivered::unheard(meta, message),
                            ),
                        );
                    }
                    ::core::mem::drop(event);
                    fan.deliver()
                }
            }
        }
        #[inline]
        fn fan_out(registry: &__Registry, event: &BankEvent, fan: &mut __rt::FanOut) {
            let __Registry(kinds) = registry;
            __rt::offer::<__AMember0, Bank>(&kinds.0, event, fan);
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl __rt::HostedBy<Bank> for __AChecked0 {
        const INDEX: ::core::primitive::usize = 0usize;
        #[inline]
        fn kind(registry: &__Registry) -> &__rt::Arc<__rt::TypeState<Self>> {
            let __Registry(kinds) = registry;
            &kinds.0
        }
        #[inline]
        fn wrap(message: <Self as __rt::Actor>::Message) -> BankMessage {
            BankMessage::Account(message)
        }
        fn unwrap(
            message: BankMessage,
        ) -> ::core::option::Option<<Self as __rt::Actor>::Message> {
            match message {
                BankMessage::Account(message) => ::core::option::Option::Some(message),
                _ => ::core::option::Option::None,
            }
        }
        fn peek(
            message: &BankMessage,
        ) -> ::core::option::Option<&<Self as __rt::Actor>::Message> {
            match message {
                BankMessage::Account(message) => ::core::option::Option::Some(message),
                _ => ::core::option::Option::None,
            }
        }
        #[inline]
        fn route(event: <Self as __rt::Actor>::Event) -> BankEvent {
            <__AMember0 as __rt::MemberOf<Bank>>::route(event)
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl __rt::Listed<Bank> for __A0 {
        type Spawn = __rt::Spawn<__AChecked0>;
        #[inline]
        fn spawn(registry: &__Registry, source: __rt::ActorSource<Self>) -> Self::Spawn {
            let __Registry(kinds) = registry;
            __rt::spawn_listed(&kinds.0, source)
        }
    }
    #[allow(dead_code)]
    fn __copy<__E: __rt::Event>(event: &__E) -> __E {
        ::core::clone::Clone::clone(event)
    }
    const __ERRORS: &__rt::graph::Errors<1usize> = &__rt::graph::Errors::of::<
        {
            __rt::graph::table_size(
                <Bank as __rt::System>::NODES,
                <Bank as __rt::System>::EVENTS,
            )
        },
    >(<Bank as __rt::System>::NODES, <Bank as __rt::System>::EVENTS);
    const _: () = {
        __ERRORS.check_name(0usize);
    };
    const _: () = {
        __ERRORS.check_cycle(0usize);
    };
};
#[doc(hidden)]
#[allow(clippy::all, clippy::pedantic, clippy::nursery, dead_code)]
const _: () = {
    struct __Graph<
        const NUMBER: ::core::primitive::usize,
        const IS_WRONG: ::core::primitive::bool,
    >;
    impl<const NUMBER: ::core::primitive::usize> __Graph<NUMBER, false> {
        const WARNING: () = ();
    }
    impl __Graph<0usize, true> {
        #[deprecated(
            note = "`Account` handles a message that no actor of `Bank` sends to it; `Bank::topology().warnings()` names the message\nif it comes from outside, mark its handler: `#[handler(entry)]`"
        )]
        const WARNING: () = ();
    }
    const __REACHABILITY: &::airssys_rt::__private::graph::Reachability<
        1usize,
        0usize,
    > = &::airssys_rt::__private::graph::Reachability::of(
        <Bank as ::airssys_rt::__private::System>::NODES,
    );
    const _: () = {
        const __IS_WRONG: ::core::primitive::bool = __REACHABILITY
            .has_unreached(<Bank as ::airssys_rt::__private::System>::NODES, 0usize);
        __Graph::<0usize, __IS_WRONG>::WARNING
    };
};
