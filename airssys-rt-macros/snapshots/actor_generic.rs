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
    use ::airssys_rt::__private as __rt;
    type __T0 = Taken;
    pub struct QueueMessage<T>(
        __rt::one_of::OneOf1<
            __rt::one_of::MessagesOf<Queue<T>>,
            __rt::one_of::InPlace<Job<T>>,
        >,
    )
    where
        T: Send + 'static;
    #[automatically_derived]
    impl<T> ::core::clone::Clone for QueueMessage<T>
    where
        T: Send + 'static,
        for<'__a> __rt::one_of::OneOf1<
            __rt::one_of::MessagesOf<Queue<T>>,
            __rt::one_of::InPlace<Job<T>>,
        >: ::core::clone::Clone,
    {
        fn clone(&self) -> Self {
            QueueMessage(::core::clone::Clone::clone(&self.0))
        }
    }
    #[automatically_derived]
    impl<T> __rt::Variants for QueueMessage<T>
    where
        T: Send + 'static,
    {
        #[inline]
        fn number(&self) -> ::core::primitive::u16 {
            __rt::Variants::number(&self.0)
        }
        fn refuse(&mut self, why: __rt::Cause) {
            __rt::Variants::refuse(&mut self.0, why)
        }
    }
    pub struct QueueEvent<T>(
        __rt::one_of::OneOf1<
            __rt::one_of::EventsOf<Queue<T>>,
            __rt::one_of::Received<__T0>,
        >,
    )
    where
        T: Send + 'static;
    #[automatically_derived]
    impl<T> ::core::clone::Clone for QueueEvent<T>
    where
        T: Send + 'static,
        for<'__a> __rt::one_of::OneOf1<
            __rt::one_of::EventsOf<Queue<T>>,
            __rt::one_of::Received<__T0>,
        >: ::core::clone::Clone,
    {
        fn clone(&self) -> Self {
            QueueEvent(::core::clone::Clone::clone(&self.0))
        }
    }
    #[automatically_derived]
    impl<T> __rt::Actor for Queue<T>
    where
        T: Send + 'static,
    {
        type Message = QueueMessage<T>;
        type Event = QueueEvent<T>;
        const NAME: &'static ::core::primitive::str = "Queue";
        const CHECKED: ::core::primitive::bool = {
            __rt::assertions::check_message::<Job<T>>();
            __rt::assertions::event::<Taken>();
            true
        };
        const VARIANTS: &'static [&'static ::core::primitive::str] = &["Job"];
        const EVENTS: &'static [&'static ::core::primitive::str] = &["Taken"];
        const MESSAGES: &'static [__rt::graph::Handled] = &[
            __rt::graph::Handled::unknown("Job", false),
        ];
        #[allow(unreachable_code)]
        async fn dispatch(
            &mut self,
            message: QueueMessage<T>,
            ctx: &mut __rt::ActorContext<Self>,
        ) -> ::core::result::Result<(), __rt::Fault> {
            match message.0 {
                __rt::one_of::OneOf1::V0(message, slot) => {
                    let outcome = <Queue<
                        T,
                    >>::job(self, __rt::Carrier::<Job<T>>::unload(message));
                    ctx.reply(slot, outcome)
                }
            }
        }
    }
    #[automatically_derived]
    impl<T> __rt::Handles<Job<T>> for Queue<T>
    where
        T: Send + 'static,
    {
        type Reply = <Job<T> as __rt::Carried>::Answer;
        #[inline]
        fn wrap(
            message: Job<T>,
            slot: __rt::ReplySlot<<Job<T> as __rt::Carried>::Answer>,
        ) -> QueueMessage<T> {
            QueueMessage(__rt::one_of::wrap::<_, 0>(message, slot))
        }
        fn unwrap(
            message: QueueMessage<T>,
        ) -> ::core::option::Option<
            (Job<T>, __rt::ReplySlot<<Job<T> as __rt::Carried>::Answer>),
        > {
            __rt::one_of::unwrap::<_, 0>(message.0)
        }
        fn peek(message: &QueueMessage<T>) -> ::core::option::Option<&Job<T>> {
            __rt::one_of::peek::<_, 0>(&message.0)
        }
    }
    #[automatically_derived]
    impl<T> __rt::Publishes<__T0> for Queue<T>
    where
        T: Send + 'static,
    {
        #[inline]
        fn wrap(event: __T0) -> QueueEvent<T> {
            QueueEvent(__rt::one_of::wrap_event::<_, 0>(event))
        }
        fn unwrap(event: QueueEvent<T>) -> ::core::result::Result<__T0, QueueEvent<T>> {
            __rt::one_of::unwrap_event::<_, 0>(event.0).map_err(QueueEvent)
        }
    }
    #[automatically_derived]
    impl<T> __rt::TellsAny<Job<T>> for Queue<T>
    where
        T: Send + 'static,
    {}
    #[automatically_derived]
    impl<T, __S: __rt::System> __rt::MemberOf<__S> for Queue<T>
    where
        T: Send + 'static,
        __T0: __rt::RoutedBy<__S>,
    {
        const EDGES: &'static __rt::graph::Edges = &__rt::graph::Edges {
            asks: &[],
            tells: &[],
            tells_any: &[],
            publishes: &[__rt::graph::Edge::to(<__T0 as __rt::RoutedBy<__S>>::INDEX)],
            subscribes: &[],
            spawns: &[],
        };
        #[inline]
        fn route(event: QueueEvent<T>) -> __S::Event {
            match event.0 {
                __rt::one_of::OneOf1::V0(event, _) => {
                    <__T0 as __rt::RoutedBy<__S>>::wrap(event)
                }
            }
        }
        #[inline]
        fn accept(event: &__S::Event) -> ::core::option::Option<QueueMessage<T>> {
            ::core::option::Option::None
        }
    }
};
