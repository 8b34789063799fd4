#[derive(Debug)]
pub(crate) struct Bank;
#[allow(clippy::type_complexity, deprecated)]
const _: ::core::marker::PhantomData<(Account, Queue<u8>, Queue<String>, Withdrawn)> = ::core::marker::PhantomData;
///Every message of every actor of [`Bank`], and its events.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    deprecated,
    missing_debug_implementations,
    non_camel_case_types,
    private_interfaces,
)]
pub(crate) enum BankMessage {
    ///A message to `Account`.
    Account(
        crate::rt::__private::assertions::MessageOf<
            Account,
            { <Bank as crate::rt::__private::Checked>::CHECKED },
        >,
    ),
    ///A message to `Queue<u8>`.
    Queue(
        crate::rt::__private::assertions::MessageOf<
            Queue<u8>,
            { <Bank as crate::rt::__private::Checked>::CHECKED },
        >,
    ),
    ///A message to `Queue<String>`.
    Names(
        crate::rt::__private::assertions::MessageOf<
            Queue<String>,
            { <Bank as crate::rt::__private::Checked>::CHECKED },
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
pub(crate) enum BankEvent {
    ///The event `Withdrawn`.
    Withdrawn(Withdrawn),
}
impl Bank {
    /// Returns the message graph: which actor asks, tells, spawns and publishes what, and which one subscribes.
    #[allow(dead_code)]
    #[must_use]
    pub(crate) fn topology() -> crate::rt::__private::Topology {
        crate::rt::__private::Topology::of::<Bank>()
    }
}
impl BankMessage {
    /// Returns the message, if it is an `M` that was sent to an `A`.
    #[allow(dead_code)]
    #[must_use]
    pub(crate) fn get<A, M>(&self) -> ::core::option::Option<&M>
    where
        A: crate::rt::__private::HostedBy<Bank>,
        M: crate::rt::__private::HandledBy<A>,
    {
        <A as crate::rt::__private::HostedBy<Bank>>::peek(self)
            .and_then(<M as crate::rt::__private::HandledBy<A>>::peek)
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
    use crate::rt::__private as __rt;
    pub trait __If<const HOLDS: ::core::primitive::bool> {
        type Type;
    }
    impl<__T> __If<true> for __T {
        type Type = __T;
    }
    impl __rt::Checked for Bank {
        const CHECKED: ::core::primitive::bool = {
            let _ = [
                true,
                __rt::assertions::is_actor::<Account>(),
                __rt::assertions::is_actor::<Queue<u8>>(),
                __rt::assertions::is_actor::<Queue<String>>(),
                __rt::assertions::is_event::<Withdrawn>(),
            ];
            true
        };
        const MEMBERS: ::core::primitive::bool = {
            __rt::member::<__AChecked0, Bank>();
            __rt::member::<__AChecked1, Bank>();
            __rt::member::<__AChecked2, Bank>();
            true
        };
    }
    type __A0 = Account;
    type __AChecked0 = <Account as __If<{ <Bank as __rt::Checked>::CHECKED }>>::Type;
    type __AMember0 = <__AChecked0 as __rt::assertions::If<
        { <Bank as __rt::Checked>::MEMBERS },
    >>::Type;
    type __A1 = Queue<u8>;
    type __AChecked1 = <Queue<u8> as __If<{ <Bank as __rt::Checked>::CHECKED }>>::Type;
    type __AMember1 = <__AChecked1 as __rt::assertions::If<
        { <Bank as __rt::Checked>::MEMBERS },
    >>::Type;
    type __A2 = Queue<String>;
    type __AChecked2 = <Queue<
        String,
    > as __If<{ <Bank as __rt::Checked>::CHECKED }>>::Type;
    type __AMember2 = <__AChecked2 as __rt::assertions::If<
        { <Bank as __rt::Checked>::MEMBERS },
    >>::Type;
    type __E0 = Withdrawn;
    type __EChecked0 = <Withdrawn as __If<{ <Bank as __rt::Checked>::CHECKED }>>::Type;
    #[automatically_derived]
    impl ::core::clone::Clone for BankEvent
    where
        for<'__a> __E0: ::core::clone::Clone,
    {
        fn clone(&self) -> Self {
            match *self {
                BankEvent::Withdrawn(ref event) => {
                    BankEvent::Withdrawn(::core::clone::Clone::clone(event))
                }
            }
        }
    }
    #[automatically_derived]
    impl ::core::clone::Clone for BankMessage
    where
        for<'__a> <__AChecked0 as __rt::Actor>::Message: ::core::clone::Clone,
        for<'__a> <__AChecked1 as __rt::Actor>::Message: ::core::clone::Clone,
        for<'__a> <__AChecked2 as __rt::Actor>::Message: ::core::clone::Clone,
        for<'__a> BankEvent: ::core::clone::Clone,
    {
        fn clone(&self) -> Self {
            match *self {
                BankMessage::Account(ref message) => {
                    BankMessage::Account(::core::clone::Clone::clone(message))
                }
                BankMessage::Queue(ref message) => {
                    BankMessage::Queue(::core::clone::Clone::clone(message))
                }
                BankMessage::Names(ref message) => {
                    BankMessage::Names(::core::clone::Clone::clone(message))
                }
                BankMessage::Event(ref event) => {
                    BankMessage::Event(::core::clone::Clone::clone(event))
                }
            }
        }
    }
    pub struct __Registry(
        (
            __rt::Arc<__rt::TypeState<__AChecked0>>,
            __rt::Arc<__rt::TypeState<__AChecked1>>,
            __rt::Arc<__rt::TypeState<__AChecked2>>,
        ),
    );
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
            __rt::node::<
                __AChecked1,
            >("Queue", false, <__AMember1 as __rt::MemberOf<Bank>>::EDGES),
            __rt::node::<
                __AChecked2,
            >("Names", false, <__AMember2 as __rt::MemberOf<Bank>>::EDGES),
        ];
        const EVENTS: &'static [__rt::graph::Routed] = &[
            __rt::graph::Routed::event::<__EChecked0>("Withdrawn", false),
        ];
        fn registry<__B: __rt::MessageBroker<BankMessage>>(
            core: &__rt::Weak<__rt::Core<Self, __B>>,
            config: &__rt::SystemConfig,
        ) -> __Registry {
            __Registry((
                __rt::kind(core, config),
                __rt::kind(core, config),
                __rt::kind(core, config),
            ))
        }
        fn kinds(
            registry: &__Registry,
            visit: &mut dyn ::core::ops::FnMut(&dyn __rt::AnyTypeState),
        ) {
            let __Registry(kinds) = registry;
            visit(&*kinds.0);
            visit(&*kinds.1);
            visit(&*kinds.2);
        }
        fn name(message: &BankMessage) -> &'static ::core::primitive::str {
            match message {
                BankMessage::Account(message) => {
                    __rt::message_name::<__AChecked0>(message)
                }
                BankMessage::Queue(message) => __rt::message_name::<__AChecked1>(message),
                BankMessage::Names(message) => __rt::message_name::<__AChecked2>(message),
                BankMessage::Event(BankEvent::Withdrawn(..)) => "Withdrawn",
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
                BankMessage::Queue(message) => {
                    kinds.1.deliver(meta, message, BankMessage::Queue)
                }
                BankMessage::Names(message) => {
                    kinds.2.deliver(meta, message, BankMessage::Names)
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
            __rt::offer::<__AMember1, Bank>(&kinds.1, event, fan);
            __rt::offer::<__AMember2, Bank>(&kinds.2, event, fan);
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
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl __rt::HostedBy<Bank> for __AChecked1 {
        const INDEX: ::core::primitive::usize = 1usize;
        #[inline]
        fn kind(registry: &__Registry) -> &__rt::Arc<__rt::TypeState<Self>> {
            let __Registry(kinds) = registry;
            &kinds.1
        }
        #[inline]
        fn wrap(message: <Self as __rt::Actor>::Message) -> BankMessage {
            BankMessage::Queue(message)
        }
        fn unwrap(
            message: BankMessage,
        ) -> ::core::option::Option<<Self as __rt::Actor>::Message> {
            match message {
                BankMessage::Queue(message) => ::core::option::Option::Some(message),
                _ => ::core::option::Option::None,
            }
        }
        fn peek(
            message: &BankMessage,
        ) -> ::core::option::Option<&<Self as __rt::Actor>::Message> {
            match message {
                BankMessage::Queue(message) => ::core::option::Option::Some(message),
                _ => ::core::option::Option::None,
            }
        }
        #[inline]
        fn route(event: <Self as __rt::Actor>::Event) -> BankEvent {
            <__AMember1 as __rt::MemberOf<Bank>>::route(event)
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl __rt::Listed<Bank> for __A1 {
        type Spawn = __rt::Spawn<__AChecked1>;
        #[inline]
        fn spawn(registry: &__Registry, source: __rt::ActorSource<Self>) -> Self::Spawn {
            let __Registry(kinds) = registry;
            __rt::spawn_listed(&kinds.1, source)
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl __rt::HostedBy<Bank> for __AChecked2 {
        const INDEX: ::core::primitive::usize = 2usize;
        #[inline]
        fn kind(registry: &__Registry) -> &__rt::Arc<__rt::TypeState<Self>> {
            let __Registry(kinds) = registry;
            &kinds.2
        }
        #[inline]
        fn wrap(message: <Self as __rt::Actor>::Message) -> BankMessage {
            BankMessage::Names(message)
        }
        fn unwrap(
            message: BankMessage,
        ) -> ::core::option::Option<<Self as __rt::Actor>::Message> {
            match message {
                BankMessage::Names(message) => ::core::option::Option::Some(message),
                _ => ::core::option::Option::None,
            }
        }
        fn peek(
            message: &BankMessage,
        ) -> ::core::option::Option<&<Self as __rt::Actor>::Message> {
            match message {
                BankMessage::Names(message) => ::core::option::Option::Some(message),
                _ => ::core::option::Option::None,
            }
        }
        #[inline]
        fn route(event: <Self as __rt::Actor>::Event) -> BankEvent {
            <__AMember2 as __rt::MemberOf<Bank>>::route(event)
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl __rt::Listed<Bank> for __A2 {
        type Spawn = __rt::Spawn<__AChecked2>;
        #[inline]
        fn spawn(registry: &__Registry, source: __rt::ActorSource<Self>) -> Self::Spawn {
            let __Registry(kinds) = registry;
            __rt::spawn_listed(&kinds.2, source)
        }
    }
    #[allow(dead_code)]
    fn __copy<__E: __rt::Event>(event: &__E) -> __E {
        ::core::clone::Clone::clone(event)
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl __rt::RoutedBy<Bank> for __EChecked0 {
        const INDEX: ::core::primitive::usize = 0usize;
        #[inline]
        fn wrap(self) -> BankEvent {
            BankEvent::Withdrawn(self)
        }
        #[inline]
        fn get(event: &BankEvent) -> ::core::option::Option<Self> {
            match event {
                BankEvent::Withdrawn(event) => {
                    let event: &__EChecked0 = event;
                    ::core::option::Option::Some(__copy::<__EChecked0>(event))
                }
                _ => ::core::option::Option::None,
            }
        }
        fn unwrap(event: BankEvent) -> ::core::option::Option<Self> {
            match event {
                BankEvent::Withdrawn(event) => ::core::option::Option::Some(event),
                _ => ::core::option::Option::None,
            }
        }
    }
    const __ERRORS: &__rt::graph::Errors<3usize> = &__rt::graph::Errors::of::<
        {
            __rt::graph::table_size(
                <Bank as __rt::System>::NODES,
                <Bank as __rt::System>::EVENTS,
            )
        },
    >(<Bank as __rt::System>::NODES, <Bank as __rt::System>::EVENTS);
    const _: () = {
        __ERRORS.check_name(0usize);
        __ERRORS.check_name(1usize);
        __ERRORS.check_name(2usize);
        __ERRORS.check_name(3usize);
    };
    const _: () = {
        __ERRORS.check_cycle(0usize);
        __ERRORS.check_cycle(1usize);
        __ERRORS.check_cycle(2usize);
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
            note = "no actor of `Bank` subscribes to `Withdrawn`\nif only a tap receives it, mark it: `events(entry Withdrawn)`"
        )]
        const WARNING: () = ();
    }
    impl __Graph<1usize, true> {
        #[deprecated(
            note = "no actor of `Bank` publishes `Withdrawn`\nif it comes from outside, mark it: `events(entry Withdrawn)`"
        )]
        const WARNING: () = ();
    }
    impl __Graph<2usize, true> {
        #[deprecated(
            note = "`Account` handles a message that no actor of `Bank` sends to it; `Bank::topology().warnings()` names the message\nif it comes from outside, mark its handler: `#[handler(entry)]`"
        )]
        const WARNING: () = ();
    }
    impl __Graph<3usize, true> {
        #[deprecated(
            note = "`Queue<u8>` handles a message that no actor of `Bank` sends to it; `Bank::topology().warnings()` names the message\nif it comes from outside, mark its handler: `#[handler(entry)]`"
        )]
        const WARNING: () = ();
    }
    impl __Graph<4usize, true> {
        #[deprecated(
            note = "`Queue<String>` handles a message that no actor of `Bank` sends to it; `Bank::topology().warnings()` names the message\nif it comes from outside, mark its handler: `#[handler(entry)]`"
        )]
        const WARNING: () = ();
    }
    const __REACHABILITY: &crate::rt::__private::graph::Reachability<3usize, 1usize> = &crate::rt::__private::graph::Reachability::of(
        <Bank as crate::rt::__private::System>::NODES,
    );
    const _: () = {
        const __IS_WRONG: ::core::primitive::bool = !__REACHABILITY
            .is_subscribed(0usize);
        __Graph::<0usize, __IS_WRONG>::WARNING
    };
    const _: () = {
        const __IS_WRONG: ::core::primitive::bool = __REACHABILITY.is_subscribed(0usize)
            && !__REACHABILITY.is_published(0usize);
        __Graph::<1usize, __IS_WRONG>::WARNING
    };
    const _: () = {
        const __IS_WRONG: ::core::primitive::bool = __REACHABILITY
            .has_unreached(<Bank as crate::rt::__private::System>::NODES, 0usize);
        __Graph::<2usize, __IS_WRONG>::WARNING
    };
    const _: () = {
        const __IS_WRONG: ::core::primitive::bool = __REACHABILITY
            .has_unreached(<Bank as crate::rt::__private::System>::NODES, 1usize);
        __Graph::<3usize, __IS_WRONG>::WARNING
    };
    const _: () = {
        const __IS_WRONG: ::core::primitive::bool = __REACHABILITY
            .has_unreached(<Bank as crate::rt::__private::System>::NODES, 2usize);
        __Graph::<4usize, __IS_WRONG>::WARNING
    };
};
