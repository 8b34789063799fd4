#[derive(Debug)]
pub(crate) struct Bank;
#[allow(deprecated)]
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
    Queue(<Queue<u8> as crate::rt::__private::Actor>::Message),
    ///A message to `Queue<String>`.
    Names(<Queue<String> as crate::rt::__private::Actor>::Message),
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
    pub trait __If<const HOLDS: ::core::primitive::bool> {
        type Type;
    }
    impl<__T> __If<true> for __T {
        type Type = __T;
    }
    impl crate::rt::__private::Checked for Bank {
        const CHECKED: ::core::primitive::bool = {
            let _ = [
                true,
                crate::rt::__private::assertions::is_actor::<Account>(),
                crate::rt::__private::assertions::is_event::<Withdrawn>(),
            ];
            true
        };
    }
    type __A0 = Account;
    type __AChecked0 = <Account as __If<
        { <Bank as crate::rt::__private::Checked>::CHECKED },
    >>::Type;
    type __A1 = Queue<u8>;
    type __AChecked1 = Queue<u8>;
    type __A2 = Queue<String>;
    type __AChecked2 = Queue<String>;
    type __E0 = Withdrawn;
    type __EChecked0 = <Withdrawn as __If<
        { <Bank as crate::rt::__private::Checked>::CHECKED },
    >>::Type;
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
        for<'__a> <__AChecked0 as crate::rt::__private::Actor>::Message: ::core::clone::Clone,
        for<'__a> <__AChecked1 as crate::rt::__private::Actor>::Message: ::core::clone::Clone,
        for<'__a> <__AChecked2 as crate::rt::__private::Actor>::Message: ::core::clone::Clone,
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
    pub struct __Registry {
        a0: crate::rt::__private::Arc<crate::rt::__private::TypeState<__AChecked0>>,
        a1: crate::rt::__private::Arc<crate::rt::__private::TypeState<__AChecked1>>,
        a2: crate::rt::__private::Arc<crate::rt::__private::TypeState<__AChecked2>>,
    }
    #[automatically_derived]
    impl crate::rt::__private::System for Bank {
        type Message = BankMessage;
        type Event = BankEvent;
        type Registry = __Registry;
        const NAME: &'static ::core::primitive::str = "Bank";
        const NODES: &'static [crate::rt::__private::graph::Node] = &[
            crate::rt::__private::node::<
                __AChecked0,
            >(
                "Account",
                false,
                <__AChecked0 as crate::rt::__private::MemberOf<Bank>>::EDGES,
            ),
            crate::rt::__private::node::<
                __AChecked1,
            >(
                "Queue",
                false,
                <__AChecked1 as crate::rt::__private::MemberOf<Bank>>::EDGES,
            ),
            crate::rt::__private::node::<
                __AChecked2,
            >(
                "Names",
                false,
                <__AChecked2 as crate::rt::__private::MemberOf<Bank>>::EDGES,
            ),
        ];
        const EVENTS: &'static [crate::rt::__private::graph::Routed] = &[
            crate::rt::__private::graph::Routed::event::<__EChecked0>("Withdrawn", false),
        ];
        fn registry<__B: crate::rt::__private::MessageBroker<BankMessage>>(
            core: &crate::rt::__private::Weak<crate::rt::__private::Core<Self, __B>>,
            config: &crate::rt::__private::SystemConfig,
        ) -> __Registry {
            __Registry {
                a0: crate::rt::__private::kind(core, config),
                a1: crate::rt::__private::kind(core, config),
                a2: crate::rt::__private::kind(core, config),
            }
        }
        fn kinds(
            registry: &__Registry,
            visit: &mut dyn ::core::ops::FnMut(&dyn crate::rt::__private::AnyTypeState),
        ) {
            visit(&*registry.a0);
            visit(&*registry.a1);
            visit(&*registry.a2);
        }
        fn name(message: &BankMessage) -> &'static ::core::primitive::str {
            match message {
                BankMessage::Account(message) => {
                    <__AChecked0 as crate::rt::__private::Actor>::VARIANTS[::core::primitive::usize::from(
                        <__AChecked0 as crate::rt::__private::Actor>::variant(message),
                    )]
                }
                BankMessage::Queue(message) => {
                    <__AChecked1 as crate::rt::__private::Actor>::VARIANTS[::core::primitive::usize::from(
                        <__AChecked1 as crate::rt::__private::Actor>::variant(message),
                    )]
                }
                BankMessage::Names(message) => {
                    <__AChecked2 as crate::rt::__private::Actor>::VARIANTS[::core::primitive::usize::from(
                        <__AChecked2 as crate::rt::__private::Actor>::variant(message),
                    )]
                }
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
            envelope: crate::rt::__private::Envelope<BankMessage>,
        ) -> crate::rt::__private::MaybeReady<
            ::core::result::Result<
                crate::rt::__private::Published,
                crate::rt::__private::Undelivered<BankMessage>,
            >,
        > {
            let (meta, message) = envelope.into_parts();
            match message {
                BankMessage::Account(message) => {
                    registry.a0.deliver(meta, message, BankMessage::Account)
                }
                BankMessage::Queue(message) => {
                    registry.a1.deliver(meta, message, BankMessage::Queue)
                }
                BankMessage::Names(message) => {
                    registry.a2.deliver(meta, message, BankMessage::Names)
                }
                BankMessage::Event(event) => {
                    let mut fan = crate::rt::__private::FanOut::new(&meta);
                    <Bank as crate::rt::__private::System>::fan_out(
                        registry,
                        &event,
                        &mut fan,
                    );
                    if fan.is_unheard() {
                        let message = BankMessage::Event(event);
                        return crate::rt::__private::MaybeReady::Ready(
                            ::core::result::Result::Err(
                                crate::rt::__private::Undelivered::unheard(meta, message),
                            ),
                        );
                    }
                    ::core::mem::drop(event);
                    fan.deliver()
                }
            }
        }
        #[inline]
        fn fan_out(
            registry: &__Registry,
            event: &BankEvent,
            fan: &mut crate::rt::__private::FanOut,
        ) {
            if !<__AChecked0 as crate::rt::__private::MemberOf<Bank>>::EDGES
                .subscribes
                .is_empty()
            {
                registry
                    .a0
                    .offer(
                        fan,
                        || <__AChecked0 as crate::rt::__private::MemberOf<
                            Bank,
                        >>::accept(event),
                    );
            }
            if !<__AChecked1 as crate::rt::__private::MemberOf<Bank>>::EDGES
                .subscribes
                .is_empty()
            {
                registry
                    .a1
                    .offer(
                        fan,
                        || <__AChecked1 as crate::rt::__private::MemberOf<
                            Bank,
                        >>::accept(event),
                    );
            }
            if !<__AChecked2 as crate::rt::__private::MemberOf<Bank>>::EDGES
                .subscribes
                .is_empty()
            {
                registry
                    .a2
                    .offer(
                        fan,
                        || <__AChecked2 as crate::rt::__private::MemberOf<
                            Bank,
                        >>::accept(event),
                    );
            }
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl crate::rt::__private::HostedBy<Bank> for __AChecked0 {
        const INDEX: ::core::primitive::usize = 0usize;
        #[inline]
        fn kind(
            registry: &__Registry,
        ) -> &crate::rt::__private::Arc<crate::rt::__private::TypeState<Self>> {
            &registry.a0
        }
        #[inline]
        fn wrap(message: <Self as crate::rt::__private::Actor>::Message) -> BankMessage {
            BankMessage::Account(message)
        }
        fn unwrap(
            message: BankMessage,
        ) -> ::core::option::Option<<Self as crate::rt::__private::Actor>::Message> {
            match message {
                BankMessage::Account(message) => ::core::option::Option::Some(message),
                _ => ::core::option::Option::None,
            }
        }
        fn peek(
            message: &BankMessage,
        ) -> ::core::option::Option<&<Self as crate::rt::__private::Actor>::Message> {
            match message {
                BankMessage::Account(message) => ::core::option::Option::Some(message),
                _ => ::core::option::Option::None,
            }
        }
        #[inline]
        fn route(event: <Self as crate::rt::__private::Actor>::Event) -> BankEvent {
            <__AChecked0 as crate::rt::__private::MemberOf<Bank>>::route(event)
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl crate::rt::__private::Listed<Bank> for __A0 {
        type Spawn = crate::rt::__private::Spawn<__AChecked0>;
        #[inline]
        fn spawn<__B: crate::rt::__private::MessageBroker<BankMessage>>(
            core: &crate::rt::__private::Arc<crate::rt::__private::Core<Bank, __B>>,
            source: crate::rt::__private::ActorSource<Self>,
        ) -> Self::Spawn {
            crate::rt::__private::spawn_listed::<__AChecked0, Bank, __B>(core, source)
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl crate::rt::__private::HostedBy<Bank> for __AChecked1 {
        const INDEX: ::core::primitive::usize = 1usize;
        #[inline]
        fn kind(
            registry: &__Registry,
        ) -> &crate::rt::__private::Arc<crate::rt::__private::TypeState<Self>> {
            &registry.a1
        }
        #[inline]
        fn wrap(message: <Self as crate::rt::__private::Actor>::Message) -> BankMessage {
            BankMessage::Queue(message)
        }
        fn unwrap(
            message: BankMessage,
        ) -> ::core::option::Option<<Self as crate::rt::__private::Actor>::Message> {
            match message {
                BankMessage::Queue(message) => ::core::option::Option::Some(message),
                _ => ::core::option::Option::None,
            }
        }
        fn peek(
            message: &BankMessage,
        ) -> ::core::option::Option<&<Self as crate::rt::__private::Actor>::Message> {
            match message {
                BankMessage::Queue(message) => ::core::option::Option::Some(message),
                _ => ::core::option::Option::None,
            }
        }
        #[inline]
        fn route(event: <Self as crate::rt::__private::Actor>::Event) -> BankEvent {
            <__AChecked1 as crate::rt::__private::MemberOf<Bank>>::route(event)
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl crate::rt::__private::Listed<Bank> for __A1 {
        type Spawn = crate::rt::__private::Spawn<__AChecked1>;
        #[inline]
        fn spawn<__B: crate::rt::__private::MessageBroker<BankMessage>>(
            core: &crate::rt::__private::Arc<crate::rt::__private::Core<Bank, __B>>,
            source: crate::rt::__private::ActorSource<Self>,
        ) -> Self::Spawn {
            crate::rt::__private::spawn_listed::<__AChecked1, Bank, __B>(core, source)
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl crate::rt::__private::HostedBy<Bank> for __AChecked2 {
        const INDEX: ::core::primitive::usize = 2usize;
        #[inline]
        fn kind(
            registry: &__Registry,
        ) -> &crate::rt::__private::Arc<crate::rt::__private::TypeState<Self>> {
            &registry.a2
        }
        #[inline]
        fn wrap(message: <Self as crate::rt::__private::Actor>::Message) -> BankMessage {
            BankMessage::Names(message)
        }
        fn unwrap(
            message: BankMessage,
        ) -> ::core::option::Option<<Self as crate::rt::__private::Actor>::Message> {
            match message {
                BankMessage::Names(message) => ::core::option::Option::Some(message),
                _ => ::core::option::Option::None,
            }
        }
        fn peek(
            message: &BankMessage,
        ) -> ::core::option::Option<&<Self as crate::rt::__private::Actor>::Message> {
            match message {
                BankMessage::Names(message) => ::core::option::Option::Some(message),
                _ => ::core::option::Option::None,
            }
        }
        #[inline]
        fn route(event: <Self as crate::rt::__private::Actor>::Event) -> BankEvent {
            <__AChecked2 as crate::rt::__private::MemberOf<Bank>>::route(event)
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl crate::rt::__private::Listed<Bank> for __A2 {
        type Spawn = crate::rt::__private::Spawn<__AChecked2>;
        #[inline]
        fn spawn<__B: crate::rt::__private::MessageBroker<BankMessage>>(
            core: &crate::rt::__private::Arc<crate::rt::__private::Core<Bank, __B>>,
            source: crate::rt::__private::ActorSource<Self>,
        ) -> Self::Spawn {
            crate::rt::__private::spawn_listed::<__AChecked2, Bank, __B>(core, source)
        }
    }
    #[allow(dead_code)]
    fn __copy<__E: crate::rt::__private::Event>(event: &__E) -> __E {
        ::core::clone::Clone::clone(event)
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl crate::rt::__private::RoutedBy<Bank> for __EChecked0 {
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
    const __ERRORS: crate::rt::__private::graph::Errors<3usize> = crate::rt::__private::graph::Errors::of::<
        {
            crate::rt::__private::graph::table_size(
                <Bank as crate::rt::__private::System>::NODES,
                <Bank as crate::rt::__private::System>::EVENTS,
            )
        },
    >(
        <Bank as crate::rt::__private::System>::NODES,
        <Bank as crate::rt::__private::System>::EVENTS,
    );
    const _: () = __ERRORS.check(0usize);
    const _: () = __ERRORS.check(1usize);
    const _: () = __ERRORS.check(2usize);
    const _: () = __ERRORS.check(3usize);
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
    const __REACHABILITY: crate::rt::__private::graph::Reachability<3usize, 1usize> = crate::rt::__private::graph::Reachability::of(
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
