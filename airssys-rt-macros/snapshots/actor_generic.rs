impl<T> Queue<T>
where
    T: Send + 'static,
{
    #[allow(
        clippy::missing_const_for_fn,
        clippy::needless_pass_by_ref_mut,
        clippy::needless_pass_by_value,
        clippy::unnecessary_wraps,
        clippy::unused_async,
        clippy::unused_self
    )]
    fn job(&mut self, Job(job): Job<T>) -> Option<T> {
        None
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
    type __T0 = Taken;
    pub enum QueueMessage<T>
    where
        T: Send + 'static,
    {
        Job(
            Job<T>,
            ::airssys_rt::__private::ReplySlot<
                <Job<T> as ::airssys_rt::__private::Carried>::Answer,
            >,
        ),
        __Phantom(
            ::core::marker::PhantomData<fn() -> (::core::marker::PhantomData<T>,)>,
            ::core::convert::Infallible,
        ),
    }
    #[automatically_derived]
    impl<T> ::core::clone::Clone for QueueMessage<T>
    where
        T: Send + 'static,
        for<'__a> Job<T>: ::core::clone::Clone,
    {
        fn clone(&self) -> Self {
            match *self {
                QueueMessage::Job(ref message, ref slot) => {
                    QueueMessage::Job(
                        ::core::clone::Clone::clone(message),
                        ::core::clone::Clone::clone(slot),
                    )
                }
                QueueMessage::__Phantom(_, ref never) => match *never {}
            }
        }
    }
    pub enum QueueEvent {
        Taken(__T0),
    }
    #[automatically_derived]
    impl ::core::clone::Clone for QueueEvent
    where
        for<'__a> __T0: ::core::clone::Clone,
    {
        fn clone(&self) -> Self {
            match *self {
                QueueEvent::Taken(ref event) => {
                    QueueEvent::Taken(::core::clone::Clone::clone(event))
                }
            }
        }
    }
    #[automatically_derived]
    impl<T> ::airssys_rt::__private::Actor for Queue<T>
    where
        T: Send + 'static,
    {
        type Message = QueueMessage<T>;
        type Event = QueueEvent;
        const NAME: &'static ::core::primitive::str = "Queue";
        #[allow(unreachable_code)]
        async fn dispatch(
            &mut self,
            message: QueueMessage<T>,
            ctx: &mut ::airssys_rt::__private::ActorContext<Self>,
        ) -> ::core::result::Result<(), ::airssys_rt::__private::Fault> {
            match message {
                QueueMessage::Job(message, slot) => {
                    let outcome = <Queue<
                        T,
                    >>::job(
                        self,
                        <Job<
                            T,
                        > as ::airssys_rt::__private::Carrier<Job<T>>>::unload(message),
                    );
                    ctx.reply(slot, outcome)
                }
                QueueMessage::__Phantom(_, ref never) => match *never {}
            }
        }
        const MESSAGES: &'static [::airssys_rt::__private::graph::Handled] = &[
            ::airssys_rt::__private::graph::Handled::unknown("Job", false),
        ];
        const VARIANTS: &'static [&'static ::core::primitive::str] = &["Job"];
        #[inline]
        fn variant(message: &QueueMessage<T>) -> ::core::primitive::u16 {
            enum __Number {
                Job,
            }
            match *message {
                QueueMessage::Job(..) => __Number::Job as ::core::primitive::u16,
                QueueMessage::__Phantom(_, ref never) => match *never {}
            }
        }
        fn refuse(message: &mut QueueMessage<T>, why: ::airssys_rt::__private::Cause) {
            match *message {
                QueueMessage::Job(_, ref mut slot) => slot.refuse(why),
                QueueMessage::__Phantom(_, ref never) => match *never {}
            }
        }
    }
    #[automatically_derived]
    impl<T> ::airssys_rt::__private::Handles<Job<T>> for Queue<T>
    where
        T: Send + 'static,
    {
        type Reply = <Job<T> as ::airssys_rt::__private::Carried>::Answer;
        #[inline]
        fn wrap(
            message: Job<T>,
            slot: ::airssys_rt::__private::ReplySlot<
                <Job<T> as ::airssys_rt::__private::Carried>::Answer,
            >,
        ) -> QueueMessage<T> {
            QueueMessage::Job(
                <Job<T> as ::airssys_rt::__private::Carrier<Job<T>>>::load(message),
                slot,
            )
        }
        fn unwrap(
            message: QueueMessage<T>,
        ) -> ::core::option::Option<
            (
                Job<T>,
                ::airssys_rt::__private::ReplySlot<
                    <Job<T> as ::airssys_rt::__private::Carried>::Answer,
                >,
            ),
        > {
            match message {
                QueueMessage::Job(message, slot) => {
                    ::core::option::Option::Some((
                        <Job<
                            T,
                        > as ::airssys_rt::__private::Carrier<Job<T>>>::unload(message),
                        slot,
                    ))
                }
                _ => ::core::option::Option::None,
            }
        }
        fn peek(message: &QueueMessage<T>) -> ::core::option::Option<&Job<T>> {
            match message {
                QueueMessage::Job(message, _) => {
                    ::core::option::Option::Some(
                        <Job<
                            T,
                        > as ::airssys_rt::__private::Carrier<Job<T>>>::look(message),
                    )
                }
                _ => ::core::option::Option::None,
            }
        }
    }
    #[automatically_derived]
    impl<T> ::airssys_rt::__private::Publishes<__T0> for Queue<T>
    where
        T: Send + 'static,
    {
        #[inline]
        fn wrap(event: __T0) -> QueueEvent {
            QueueEvent::Taken(event)
        }
        fn unwrap(event: QueueEvent) -> ::core::result::Result<__T0, QueueEvent> {
            match event {
                QueueEvent::Taken(event) => ::core::result::Result::Ok(event),
                other => ::core::result::Result::Err(other),
            }
        }
    }
    #[automatically_derived]
    impl<T> ::airssys_rt::__private::TellsAny<Job<T>> for Queue<T>
    where
        T: Send + 'static,
    {}
    #[automatically_derived]
    impl<T, __S: ::airssys_rt::__private::System> ::airssys_rt::__private::MemberOf<__S>
    for Queue<T>
    where
        T: Send + 'static,
        __T0: ::airssys_rt::__private::RoutedBy<__S>,
    {
        const EDGES: &'static ::airssys_rt::__private::graph::Edges = &::airssys_rt::__private::graph::Edges {
            asks: &[],
            tells: &[],
            tells_any: &[],
            publishes: &[
                ::airssys_rt::__private::graph::Edge::to(
                    <__T0 as ::airssys_rt::__private::RoutedBy<__S>>::INDEX,
                ),
            ],
            subscribes: &[],
            spawns: &[],
        };
        #[inline]
        fn route(event: QueueEvent) -> __S::Event {
            match event {
                QueueEvent::Taken(event) => {
                    <__T0 as ::airssys_rt::__private::RoutedBy<__S>>::wrap(event)
                }
            }
        }
        #[inline]
        fn accept(event: &__S::Event) -> ::core::option::Option<QueueMessage<T>> {
            ::core::option::Option::None
        }
    }
    #[allow(dead_code)]
    fn __checks<T>()
    where
        T: Send + 'static,
    {
        ::airssys_rt::__private::assertions::message::<Job<T>>();
        ::airssys_rt::__private::assertions::message::<Job<T>>();
        ::airssys_rt::__private::assertions::event::<Taken>();
    }
};
