pub struct Bank;
#[allow(deprecated)]
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
    impl ::airssys_rt::__private::Checked for Bank {
        const CHECKED: ::core::primitive::bool = {
            let _ = [true, ::airssys_rt::__private::assertions::is_actor::<Account>()];
            true
        };
    }
    type __A0 = Account;
    type __AChecked0 = <Account as __If<
        { <Bank as ::airssys_rt::__private::Checked>::CHECKED },
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
        for<'__a> <__AChecked0 as ::airssys_rt::__private::Actor>::Message: ::core::clone::Clone,
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
    pub struct __Registry {
        a0: ::airssys_rt::__private::Arc<
            ::airssys_rt::__private::TypeState<__AChecked0>,
        >,
    }
    #[automatically_derived]
    impl ::airssys_rt::__private::System for Bank {
        type Message = BankMessage;
        type Event = BankEvent;
        type Registry = __Registry;
        const NAME: &'static ::core::primitive::str = "Bank";
        const NODES: &'static [::airssys_rt::__private::graph::Node] = &[
            ::airssys_rt::__private::node::<
                __AChecked0,
            >(
                "Account",
                false,
                <__AChecked0 as ::airssys_rt::__private::MemberOf<Bank>>::EDGES,
            ),
        ];
        const EVENTS: &'static [::airssys_rt::__private::graph::Routed] = &[];
        fn registry<__B: ::airssys_rt::__private::MessageBroker<BankMessage>>(
            core: &::airssys_rt::__private::Weak<
                ::airssys_rt::__private::Core<Self, __B>,
            >,
            config: &::airssys_rt::__private::SystemConfig,
        ) -> __Registry {
            __Registry {
                a0: ::airssys_rt::__private::kind(core, config),
            }
        }
        fn kinds(
            registry: &__Registry,
            visit: &mut dyn ::core::ops::FnMut(
                &dyn ::airssys_rt::__private::AnyTypeState,
            ),
        ) {
            visit(&*registry.a0);
        }
        fn name(message: &BankMessage) -> &'static ::core::primitive::str {
            match message {
                BankMessage::Account(message) => {
                    <__AChecked0 as ::airssys_rt::__private::Actor>::VARIANTS[::core::primitive::usize::from(
                        <__AChecked0 as ::airssys_rt::__private::Actor>::variant(message),
                    )]
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
            envelope: ::airssys_rt::__private::Envelope<BankMessage>,
        ) -> ::airssys_rt::__private::MaybeReady<
            ::core::result::Result<
                ::airssys_rt::__private::Published,
                ::airssys_rt::__private::Undelivered<BankMessage>,
            >,
        > {
            let (meta, message) = envelope.into_parts();
            match message {
                BankMessage::Account(message) => {
                    registry.a0.deliver(meta, message, BankMessage::Account)
                }
                BankMessage::Event(event) => {
                    let mut fan = ::airssys_rt::__private::FanOut::new(&meta);
                    <Bank as ::airssys_rt::__private::System>::fan_out(
                        registry,
                        &event,
                        &mut fan,
                    );
                    if fan.is_unheard() {
                        let message = BankMessage::Event(event);
                        return ::airssys_rt::__private::MaybeReady::Ready(
                            ::core::result::Result::Err(
                                ::airssys_rt::__private::Undelivered::unheard(meta, message),
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
            fan: &mut ::airssys_rt::__private::FanOut,
        ) {
            if !<__AChecked0 as ::airssys_rt::__private::MemberOf<Bank>>::EDGES
                .subscribes
                .is_empty()
            {
                registry
                    .a0
                    .offer(
                        fan,
                        || <__AChecked0 as ::airssys_rt::__private::MemberOf<
                            Bank,
                        >>::accept(event),
                    );
            }
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::airssys_rt::__private::HostedBy<Bank> for __AChecked0 {
        const INDEX: ::core::primitive::usize = 0usize;
        #[inline]
        fn kind(
            registry: &__Registry,
        ) -> &::airssys_rt::__private::Arc<::airssys_rt::__private::TypeState<Self>> {
            &registry.a0
        }
        #[inline]
        fn wrap(
            message: <Self as ::airssys_rt::__private::Actor>::Message,
        ) -> BankMessage {
            BankMessage::Account(message)
        }
        fn unwrap(
            message: BankMessage,
        ) -> ::core::option::Option<<Self as ::airssys_rt::__private::Actor>::Message> {
            match message {
                BankMessage::Account(message) => ::core::option::Option::Some(message),
                _ => ::core::option::Option::None,
            }
        }
        fn peek(
            message: &BankMessage,
        ) -> ::core::option::Option<&<Self as ::airssys_rt::__private::Actor>::Message> {
            match message {
                BankMessage::Account(message) => ::core::option::Option::Some(message),
                _ => ::core::option::Option::None,
            }
        }
        #[inline]
        fn route(event: <Self as ::airssys_rt::__private::Actor>::Event) -> BankEvent {
            <__AChecked0 as ::airssys_rt::__private::MemberOf<Bank>>::route(event)
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::airssys_rt::__private::Listed<Bank> for __A0 {
        type Spawn = ::airssys_rt::__private::Spawn<__AChecked0>;
        #[inline]
        fn spawn<__B: ::airssys_rt::__private::MessageBroker<BankMessage>>(
            core: &::airssys_rt::__private::Arc<
                ::airssys_rt::__private::Core<Bank, __B>,
            >,
            source: ::airssys_rt::__private::ActorSource<Self>,
        ) -> Self::Spawn {
            ::airssys_rt::__private::spawn_listed::<__AChecked0, Bank, __B>(core, source)
        }
    }
    #[allow(dead_code)]
    fn __copy<__E: ::airssys_rt::__private::Event>(event: &__E) -> __E {
        ::core::clone::Clone::clone(event)
    }
    const __ERRORS: ::airssys_rt::__private::graph::Errors<1usize> = ::airssys_rt::__private::graph::Errors::of::<
        {
            ::airssys_rt::__private::graph::table_size(
                <Bank as ::airssys_rt::__private::System>::NODES,
                <Bank as ::airssys_rt::__private::System>::EVENTS,
            )
        },
    >(
        <Bank as ::airssys_rt::__private::System>::NODES,
        <Bank as ::airssys_rt::__private::System>::EVENTS,
    );
    const _: () = __ERRORS.check(0usize);
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
    const __REACHABILITY: ::airssys_rt::__private::graph::Reachability<1usize, 0usize> = ::airssys_rt::__private::graph::Reachability::of(
        <Bank as ::airssys_rt::__private::System>::NODES,
    );
    const _: () = {
        const __IS_WRONG: ::core::primitive::bool = __REACHABILITY
            .has_unreached(<Bank as ::airssys_rt::__private::System>::NODES, 0usize);
        __Graph::<0usize, __IS_WRONG>::WARNING
    };
};
