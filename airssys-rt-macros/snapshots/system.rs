pub struct Bank;
#[allow(clippy::type_complexity, deprecated)]
const _: ::core::marker::PhantomData<(Account,)> = ::core::marker::PhantomData;
#[doc(hidden)]
#[allow(
    clippy::large_enum_variant,
    dead_code,
    deprecated,
    missing_debug_implementations,
    non_camel_case_types,
    private_interfaces,
)]
pub enum __BankMessage {
    ///A message to `Account`.
    Account(::airssys_rt::__private::assertions::MessageOf<Account, Bank>),
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
pub enum __BankEvent {}
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
    pub struct __BankMessageKey;
    ///Every message of every actor of `Bank`, and its events.
    pub type BankMessage = <__BankMessageKey as ::airssys_rt::__private::Alias>::Type;
    #[doc(hidden)]
    #[allow(missing_debug_implementations)]
    pub struct __BankEventKey;
    ///Every event that `Bank` routes.
    pub type BankEvent = <__BankEventKey as ::airssys_rt::__private::Alias>::Type;
}
#[doc(hidden)]
#[automatically_derived]
impl ::airssys_rt::__private::Alias for __BankMessageKey {
    type Type = __BankMessage;
}
#[doc(hidden)]
#[automatically_derived]
impl ::airssys_rt::__private::Alias for __BankEventKey {
    type Type = __BankEvent;
}
#[doc(inline)]
#[allow(unused_imports, unreachable_pub)]
pub use __Bank_enums::*;
impl Bank {
    /// Returns the message graph: which actor asks, tells, spawns and publishes what, and which one subscribes.
    #[allow(dead_code)]
    #[must_use]
    pub fn topology() -> ::airssys_rt::__private::Topology {
        ::airssys_rt::__private::Topology::of::<Bank>()
    }
}
impl __BankMessage {
    /// Returns the message, if it is an `__M` that was sent to an `__A`.
    #[allow(dead_code)]
    #[must_use]
    pub fn get<__A, __M>(&self) -> ::core::option::Option<&__M>
    where
        __A: ::airssys_rt::__private::HostedBy<Bank>,
        __M: ::airssys_rt::__private::HandledBy<__A>,
    {
        <Bank as ::airssys_rt::__private::System>::inside(self)
            .downcast_ref()
            .and_then(<__M as ::airssys_rt::__private::HandledBy<__A>>::peek)
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
    use ::airssys_rt::__private as __rt;
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
    impl __rt::Checked for Bank {
        const CHECKED: ::core::primitive::bool = {
            let _ = [true, __rt::assertions::is_actor::<Account>()];
            true
        };
        const MEMBERS: ::core::primitive::bool = {
            __rt::member::<__AChecked0, Bank>();
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
    #[automatically_derived]
    impl ::core::clone::Clone for __BankEvent {
        fn clone(&self) -> Self {
            match *self {}
        }
    }
    #[automatically_derived]
    impl ::core::clone::Clone for __BankMessage
    where
        for<'__a> <__AChecked0 as __rt::Actor>::Message: ::core::clone::Clone,
        for<'__a> __BankEvent: ::core::clone::Clone,
    {
        fn clone(&self) -> Self {
            match *self {
                __BankMessage::Account(ref __message) => {
                    __BankMessage::Account(::core::clone::Clone::clone(__message))
                }
                __BankMessage::Event(ref __event) => {
                    __BankMessage::Event(::core::clone::Clone::clone(__event))
                }
            }
        }
    }
    pub struct __Registry((__rt::Arc<__rt::TypeState<__AChecked0>>,));
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
        ];
        const EVENTS: &'static [__rt::graph::Routed] = &[];
        fn registry<__B: __rt::MessageBroker<__BankMessage>>(
            __core: &__rt::Weak<__rt::Core<Self, __B>>,
            __config: &__rt::SystemConfig,
        ) -> __Registry {
            __Registry((__rt::kind(__core, __config),))
        }
        fn kinds(
            __registry: &__Registry,
            __visit: &mut dyn ::core::ops::FnMut(&dyn __rt::AnyTypeState),
        ) {
            let __Registry(__kinds) = __registry;
            __visit(&*__kinds.0);
        }
        fn about(__message: &__BankMessage) -> __rt::About<'_> {
            match __message {
                __BankMessage::Account(__message) => {
                    __rt::About::message::<__AChecked0>(__message)
                }
                __BankMessage::Event(__never) => match *__never {}
            }
        }
        fn inside(__message: &__BankMessage) -> &dyn ::core::any::Any {
            match __message {
                __BankMessage::Account(__message) => __message,
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
    #[allow(dead_code)]
    fn __copy<__E: __rt::Event>(__event: &__E) -> __E {
        ::core::clone::Clone::clone(__event)
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
#[allow(clippy::all, clippy::pedantic, clippy::nursery, dead_code, path_statements)]
const _: () = {
    struct __Graph<
        const NUMBER: ::core::primitive::usize,
        const IS_WRONG: ::core::primitive::bool,
    >;
    impl<
        const NUMBER: ::core::primitive::usize,
        const IS_WRONG: ::core::primitive::bool,
    > ::airssys_rt::__private::graph::NoFinding for __Graph<NUMBER, IS_WRONG> {}
    use ::airssys_rt::__private::graph::NoFinding as _;
    impl __Graph<0usize, true> {
        #[deprecated(
            note = "`Account` handles a message that no actor of `Bank` sends to it; `Bank::topology().warnings()` names the message\nif it comes from outside, mark its handler: `#[handler(entry)]`"
        )]
        const HANDLER_WITHOUT_SENDER: () = ();
    }
    const __REACHABILITY: &::airssys_rt::__private::graph::Reachability<
        1usize,
        0usize,
    > = &::airssys_rt::__private::graph::Reachability::of(
        <Bank as ::airssys_rt::__private::System>::NODES,
    );
    const _: () = {
        __Graph::<
            0usize,
            {
                __REACHABILITY
                    .has_unreached(
                        <Bank as ::airssys_rt::__private::System>::NODES,
                        0usize,
                    )
            },
        >::HANDLER_WITHOUT_SENDER;
    };
};
