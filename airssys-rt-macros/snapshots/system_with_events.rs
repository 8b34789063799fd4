#[derive(Debug)]
pub(crate) struct Bank;
#[allow(clippy::type_complexity, deprecated)]
const _: ::core::marker::PhantomData<(Account, Queue<u8>, Queue<String>, Withdrawn)> = ::core::marker::PhantomData;
#[doc(hidden)]
#[allow(
    clippy::large_enum_variant,
    dead_code,
    deprecated,
    missing_debug_implementations,
    non_camel_case_types,
    private_interfaces,
)]
pub(crate) enum __BankMessage {
    ///A message to `Account`.
    Account(crate::rt::__private::assertions::MessageOf<Account, Bank>),
    ///A message to `Queue<u8>`.
    Queue(crate::rt::__private::assertions::MessageOf<Queue<u8>, Bank>),
    ///A message to `Queue<String>`.
    Names(crate::rt::__private::assertions::MessageOf<Queue<String>, Bank>),
    ///An event that is sent to its subscribers.
    Event(__BankEvent),
}
#[doc(hidden)]
#[allow(
    clippy::large_enum_variant,
    dead_code,
    deprecated,
    missing_debug_implementations,
    non_camel_case_types,
    private_interfaces,
)]
pub(crate) enum __BankEvent {
    ///The event `Withdrawn`.
    Withdrawn(Withdrawn),
}
#[doc(hidden)]
#[allow(
    dead_code,
    non_snake_case,
    private_interfaces,
    unreachable_pub,
    unnameable_types
)]
mod __Bank_enums {
    #[doc(hidden)]
    #[allow(missing_debug_implementations)]
    pub(crate) struct __BankMessageKey;
    ///Every message of every actor of `Bank`, and its events.
    pub(crate) type BankMessage = <__BankMessageKey as crate::rt::__private::Alias>::Type;
    #[doc(hidden)]
    #[allow(missing_debug_implementations)]
    pub(crate) struct __BankEventKey;
    ///Every event that `Bank` routes.
    pub(crate) type BankEvent = <__BankEventKey as crate::rt::__private::Alias>::Type;
}
#[doc(hidden)]
#[automatically_derived]
impl crate::rt::__private::Alias for __BankMessageKey {
    type Type = __BankMessage;
}
#[doc(hidden)]
#[automatically_derived]
impl crate::rt::__private::Alias for __BankEventKey {
    type Type = __BankEvent;
}
#[doc(inline)]
#[allow(unused_imports, unreachable_pub)]
pub(crate) use __Bank_enums::*;
impl Bank {
    /// Returns the message graph: which actor asks, tells, spawns and publishes what, and which one subscribes.
    #[allow(dead_code)]
    #[must_use]
    pub(crate) fn topology() -> crate::rt::__private::Topology {
        crate::rt::__private::Topology::of::<Bank>()
    }
}
impl __BankMessage {
    /// Returns the message, if it is an `__M` that was sent to an `__A`.
    #[allow(dead_code)]
    #[must_use]
    pub(crate) fn get<__A, __M>(&self) -> ::core::option::Option<&__M>
    where
        __A: crate::rt::__private::HostedBy<Bank>,
        __M: crate::rt::__private::HandledBy<__A>,
    {
        <Bank as crate::rt::__private::System>::inside(self)
            .downcast_ref()
            .and_then(<__M as crate::rt::__private::HandledBy<__A>>::peek)
    }
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
    use crate::rt::__private as __rt;
    pub trait __If<const HOLDS: ::core::primitive::bool> {
        type Type;
    }
    impl<__T> __If<true> for __T {
        type Type = __T;
    }
    pub trait __Then<__T> {
        type Type;
    }
    impl<__T> __Then<__T> for () {
        type Type = __T;
    }
    use __rt::assertions::DifferentTypes as _;
    pub trait __Once<
        __T,
        __S,
        const NUMBER: ::core::primitive::usize,
        const IS_EARLIER: ::core::primitive::bool,
    > {
        type Type;
        type Spawn;
    }
    impl<
        __T,
        __S,
        const NUMBER: ::core::primitive::usize,
    > __Once<__T, __S, NUMBER, false> for () {
        type Type = __T;
        type Spawn = __S;
    }
    impl<__T, __S, const NUMBER: ::core::primitive::usize> __Once<__T, __S, NUMBER, true>
    for () {
        type Type = __rt::Duplicate<NUMBER>;
        type Spawn = __rt::Duplicate<NUMBER>;
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
        type Valid = <() as __If<{ <Bank as __rt::Checked>::CHECKED }>>::Type;
        type Complete = <() as __rt::assertions::If<
            { <Bank as __rt::Checked>::MEMBERS },
        >>::Type;
    }
    type __A0 = Account;
    type __AChecked0 = <<Bank as __rt::Checked>::Valid as __Then<Account>>::Type;
    type __AMember0 = <<Bank as __rt::Checked>::Complete as __rt::assertions::Then<
        __AChecked0,
    >>::Type;
    type __A1 = Queue<u8>;
    type __AChecked1 = <<Bank as __rt::Checked>::Valid as __Then<Queue<u8>>>::Type;
    type __AMember1 = <<Bank as __rt::Checked>::Complete as __rt::assertions::Then<
        __AChecked1,
    >>::Type;
    type __A2 = Queue<String>;
    type __AChecked2 = <<Bank as __rt::Checked>::Valid as __Then<Queue<String>>>::Type;
    type __AMember2 = <<Bank as __rt::Checked>::Complete as __rt::assertions::Then<
        __AChecked2,
    >>::Type;
    type __E0 = Withdrawn;
    type __EChecked0 = <<Bank as __rt::Checked>::Valid as __Then<Withdrawn>>::Type;
    #[automatically_derived]
    impl ::core::clone::Clone for __BankEvent
    where
        for<'__a> __E0: ::core::clone::Clone,
    {
        fn clone(&self) -> Self {
            match *self {
                __BankEvent::Withdrawn(ref __event) => {
                    __BankEvent::Withdrawn(::core::clone::Clone::clone(__event))
                }
            }
        }
    }
    #[automatically_derived]
    impl ::core::clone::Clone for __BankMessage
    where
        for<'__a> <__AChecked0 as __rt::Actor>::Message: ::core::clone::Clone,
        for<'__a> <__AChecked1 as __rt::Actor>::Message: ::core::clone::Clone,
        for<'__a> <__AChecked2 as __rt::Actor>::Message: ::core::clone::Clone,
        for<'__a> __BankEvent: ::core::clone::Clone,
    {
        fn clone(&self) -> Self {
            match *self {
                __BankMessage::Account(ref __message) => {
                    __BankMessage::Account(::core::clone::Clone::clone(__message))
                }
                __BankMessage::Queue(ref __message) => {
                    __BankMessage::Queue(::core::clone::Clone::clone(__message))
                }
                __BankMessage::Names(ref __message) => {
                    __BankMessage::Names(::core::clone::Clone::clone(__message))
                }
                __BankMessage::Event(ref __event) => {
                    __BankMessage::Event(::core::clone::Clone::clone(__event))
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
        type Message = __BankMessage;
        type Event = __BankEvent;
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
        fn registry<__B: __rt::MessageBroker<__BankMessage>>(
            __core: &__rt::Weak<__rt::Core<Self, __B>>,
            __config: &__rt::SystemConfig,
        ) -> __Registry {
            __Registry((
                __rt::kind(__core, __config),
                __rt::kind(__core, __config),
                __rt::kind(__core, __config),
            ))
        }
        fn kinds(
            __registry: &__Registry,
            __visit: &mut dyn ::core::ops::FnMut(&dyn __rt::AnyTypeState),
        ) {
            let __Registry(__kinds) = __registry;
            __visit(&*__kinds.0);
            __visit(&*__kinds.1);
            __visit(&*__kinds.2);
        }
        fn about(__message: &__BankMessage) -> __rt::About<'_> {
            match __message {
                __BankMessage::Account(__message) => {
                    __rt::About::message::<__AChecked0>(__message)
                }
                __BankMessage::Queue(__message) => {
                    __rt::About::message::<__AChecked1>(__message)
                }
                __BankMessage::Names(__message) => {
                    __rt::About::message::<__AChecked2>(__message)
                }
                __BankMessage::Event(__BankEvent::Withdrawn(__event)) => {
                    __rt::About::event::<__EChecked0>("Withdrawn", __event)
                }
            }
        }
        fn inside(__message: &__BankMessage) -> &dyn ::core::any::Any {
            match __message {
                __BankMessage::Account(__message) => __message,
                __BankMessage::Queue(__message) => __message,
                __BankMessage::Names(__message) => __message,
                __BankMessage::Event(__event) => __event,
            }
        }
        fn event(__event: __BankEvent) -> __BankMessage {
            __BankMessage::Event(__event)
        }
        fn into_event(__message: __BankMessage) -> ::core::option::Option<__BankEvent> {
            match __message {
                __BankMessage::Event(__event) => ::core::option::Option::Some(__event),
                _ => ::core::option::Option::None,
            }
        }
        fn deliver(
            __registry: &__Registry,
            __envelope: __rt::Envelope<__BankMessage>,
        ) -> __rt::MaybeReady<
            ::core::result::Result<__rt::Published, __rt::Undelivered<__BankMessage>>,
        > {
            let __Registry(__kinds) = __registry;
            let (__meta, __message) = __envelope.into_parts();
            match __message {
                __BankMessage::Account(__message) => {
                    __kinds.0.deliver(__meta, __message, __BankMessage::Account)
                }
                __BankMessage::Queue(__message) => {
                    __kinds.1.deliver(__meta, __message, __BankMessage::Queue)
                }
                __BankMessage::Names(__message) => {
                    __kinds.2.deliver(__meta, __message, __BankMessage::Names)
                }
                __BankMessage::Event(__event) => {
                    let mut __fan = __rt::FanOut::new(__meta);
                    <Bank as __rt::System>::fan_out(__registry, &__event, &mut __fan);
                    if __fan.is_unheard() {
                        return __fan.unheard(__BankMessage::Event(__event));
                    }
                    __fan.deliver(__event)
                }
            }
        }
        #[inline]
        fn fan_out(
            __registry: &__Registry,
            __event: &__BankEvent,
            __fan: &mut __rt::FanOut,
        ) {
            let __Registry(__kinds) = __registry;
            __rt::offer::<__AMember0, Bank>(&__kinds.0, __event, __fan);
            __rt::offer::<__AMember1, Bank>(&__kinds.1, __event, __fan);
            __rt::offer::<__AMember2, Bank>(&__kinds.2, __event, __fan);
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl __rt::HostedBy<Bank> for __AChecked0 {
        const INDEX: ::core::primitive::usize = 0usize;
        #[inline]
        fn kind(__registry: &__Registry) -> &__rt::Arc<__rt::TypeState<Self>> {
            let __Registry(__kinds) = __registry;
            &__kinds.0
        }
        #[inline]
        fn wrap(__message: <Self as __rt::Actor>::Message) -> __BankMessage {
            __BankMessage::Account(__message)
        }
        #[inline]
        fn unwrap(
            __message: __BankMessage,
        ) -> ::core::result::Result<<Self as __rt::Actor>::Message, __BankMessage> {
            match __message {
                __BankMessage::Account(__message) => {
                    ::core::result::Result::Ok(__message)
                }
                __other => ::core::result::Result::Err(__other),
            }
        }
        #[inline]
        fn route(__event: <Self as __rt::Actor>::Event) -> __BankEvent {
            <__AMember0 as __rt::MemberOf<Bank>>::route(__event)
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl __rt::Listed<Bank> for __A0 {
        type Spawn = __rt::Spawn<__AChecked0>;
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl __rt::HostedBy<Bank> for __AChecked1 {
        const INDEX: ::core::primitive::usize = 1usize;
        #[inline]
        fn kind(__registry: &__Registry) -> &__rt::Arc<__rt::TypeState<Self>> {
            let __Registry(__kinds) = __registry;
            &__kinds.1
        }
        #[inline]
        fn wrap(__message: <Self as __rt::Actor>::Message) -> __BankMessage {
            __BankMessage::Queue(__message)
        }
        #[inline]
        fn unwrap(
            __message: __BankMessage,
        ) -> ::core::result::Result<<Self as __rt::Actor>::Message, __BankMessage> {
            match __message {
                __BankMessage::Queue(__message) => ::core::result::Result::Ok(__message),
                __other => ::core::result::Result::Err(__other),
            }
        }
        #[inline]
        fn route(__event: <Self as __rt::Actor>::Event) -> __BankEvent {
            <__AMember1 as __rt::MemberOf<Bank>>::route(__event)
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl __rt::Listed<Bank> for __A1 {
        type Spawn = __rt::Spawn<__AChecked1>;
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl __rt::HostedBy<Bank> for __AChecked2 {
        const INDEX: ::core::primitive::usize = 2usize;
        #[inline]
        fn kind(__registry: &__Registry) -> &__rt::Arc<__rt::TypeState<Self>> {
            let __Registry(__kinds) = __registry;
            &__kinds.2
        }
        #[inline]
        fn wrap(__message: <Self as __rt::Actor>::Message) -> __BankMessage {
            __BankMessage::Names(__message)
        }
        #[inline]
        fn unwrap(
            __message: __BankMessage,
        ) -> ::core::result::Result<<Self as __rt::Actor>::Message, __BankMessage> {
            match __message {
                __BankMessage::Names(__message) => ::core::result::Result::Ok(__message),
                __other => ::core::result::Result::Err(__other),
            }
        }
        #[inline]
        fn route(__event: <Self as __rt::Actor>::Event) -> __BankEvent {
            <__AMember2 as __rt::MemberOf<Bank>>::route(__event)
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl __rt::Listed<Bank>
    for <() as __Once<
        __A2,
        __rt::Spawn<__AChecked2>,
        2usize,
        { __rt::assertions::Pair::<Queue<u8>, __A2>::IS_ONE_TYPE },
    >>::Type {
        type Spawn = <() as __Once<
            __A2,
            __rt::Spawn<__AChecked2>,
            2usize,
            { __rt::assertions::Pair::<Queue<u8>, __A2>::IS_ONE_TYPE },
        >>::Spawn;
    }
    #[allow(dead_code)]
    fn __copy<__E: __rt::Event>(__event: &__E) -> __E {
        ::core::clone::Clone::clone(__event)
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl __rt::RoutedBy<Bank> for __EChecked0 {
        const INDEX: ::core::primitive::usize = 0usize;
        #[inline]
        fn wrap(self) -> __BankEvent {
            __BankEvent::Withdrawn(self)
        }
        #[inline]
        fn get(__event: &__BankEvent) -> ::core::option::Option<Self> {
            match __event {
                __BankEvent::Withdrawn(__event) => {
                    let __event: &__EChecked0 = __event;
                    ::core::option::Option::Some(__copy::<__EChecked0>(__event))
                }
                _ => ::core::option::Option::None,
            }
        }
        fn unwrap(__event: __BankEvent) -> ::core::option::Option<Self> {
            match __event {
                __BankEvent::Withdrawn(__event) => ::core::option::Option::Some(__event),
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
#[allow(clippy::all, clippy::pedantic, clippy::nursery, dead_code, path_statements)]
const _: () = {
    struct __Graph<
        const NUMBER: ::core::primitive::usize,
        const IS_WRONG: ::core::primitive::bool,
    >;
    impl<
        const NUMBER: ::core::primitive::usize,
        const IS_WRONG: ::core::primitive::bool,
    > crate::rt::__private::graph::NoFinding for __Graph<NUMBER, IS_WRONG> {}
    use crate::rt::__private::graph::NoFinding as _;
    impl __Graph<0usize, true> {
        #[deprecated(
            note = "no actor of `Bank` subscribes to `Withdrawn`\nif only a tap receives it, mark it: `events(entry Withdrawn)`"
        )]
        const EVENT_WITHOUT_SUBSCRIBER: () = ();
    }
    impl __Graph<1usize, true> {
        #[deprecated(
            note = "no actor of `Bank` publishes `Withdrawn`\nif it comes from outside, mark it: `events(entry Withdrawn)`"
        )]
        const EVENT_WITHOUT_PUBLISHER: () = ();
    }
    impl __Graph<2usize, true> {
        #[deprecated(
            note = "`Account` handles a message that no actor of `Bank` sends to it; `Bank::topology().warnings()` names the message\nif it comes from outside, mark its handler: `#[handler(entry)]`"
        )]
        const HANDLER_WITHOUT_SENDER: () = ();
    }
    impl __Graph<3usize, true> {
        #[deprecated(
            note = "`Queue<u8>` handles a message that no actor of `Bank` sends to it; `Bank::topology().warnings()` names the message\nif it comes from outside, mark its handler: `#[handler(entry)]`"
        )]
        const HANDLER_WITHOUT_SENDER: () = ();
    }
    impl __Graph<4usize, true> {
        #[deprecated(
            note = "`Queue<String>` handles a message that no actor of `Bank` sends to it; `Bank::topology().warnings()` names the message\nif it comes from outside, mark its handler: `#[handler(entry)]`"
        )]
        const HANDLER_WITHOUT_SENDER: () = ();
    }
    const __REACHABILITY: &crate::rt::__private::graph::Reachability<3usize, 1usize> = &crate::rt::__private::graph::Reachability::of(
        <Bank as crate::rt::__private::System>::NODES,
    );
    const _: () = {
        __Graph::<
            0usize,
            { !__REACHABILITY.is_subscribed(0usize) },
        >::EVENT_WITHOUT_SUBSCRIBER;
        __Graph::<
            1usize,
            {
                __REACHABILITY.is_subscribed(0usize)
                    && !__REACHABILITY.is_published(0usize)
            },
        >::EVENT_WITHOUT_PUBLISHER;
        __Graph::<
            2usize,
            {
                __REACHABILITY
                    .has_unreached(<Bank as crate::rt::__private::System>::NODES, 0usize)
            },
        >::HANDLER_WITHOUT_SENDER;
        __Graph::<
            3usize,
            {
                __REACHABILITY
                    .has_unreached(<Bank as crate::rt::__private::System>::NODES, 1usize)
            },
        >::HANDLER_WITHOUT_SENDER;
        __Graph::<
            4usize,
            {
                __REACHABILITY
                    .has_unreached(<Bank as crate::rt::__private::System>::NODES, 2usize)
            },
        >::HANDLER_WITHOUT_SENDER;
    };
};
