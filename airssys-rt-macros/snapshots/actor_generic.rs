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
    #[automatically_derived]
    impl<T> __rt::Actor for Queue<T>
    where
        T: Send + 'static,
    {
        type Message = __rt::one_of::OneOf1<__rt::one_of::MessagesOf<Queue<T>>, Job<T>>;
        type Event = __rt::one_of::OneOf1<
            __rt::one_of::EventsOf<Queue<T>>,
            __rt::one_of::Received<__T0>,
        >;
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
            message: __rt::one_of::OneOf1<__rt::one_of::MessagesOf<Queue<T>>, Job<T>>,
            ctx: &mut __rt::ActorContext<Self>,
        ) -> ::core::result::Result<(), __rt::Fault> {
            match message {
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
    impl<T> __rt::HandlesAt<Job<T>> for Queue<T>
    where
        T: Send + 'static,
    {
        type Place = __rt::one_of::Place<0>;
        type Reply = __rt::one_of::ReplyAt<
            __rt::one_of::OneOf1<__rt::one_of::MessagesOf<Queue<T>>, Job<T>>,
            0,
        >;
    }
    #[automatically_derived]
    impl<T> __rt::PublishesAt<__T0> for Queue<T>
    where
        T: Send + 'static,
    {
        type Place = __rt::one_of::Place<0>;
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
        fn route(
            event: __rt::one_of::OneOf1<
                __rt::one_of::EventsOf<Queue<T>>,
                __rt::one_of::Received<__T0>,
            >,
        ) -> __S::Event {
            match event {
                __rt::one_of::OneOf1::V0(event, _) => {
                    <__T0 as __rt::RoutedBy<__S>>::wrap(event)
                }
            }
        }
        #[inline]
        fn accept(
            event: &__S::Event,
        ) -> ::core::option::Option<
            __rt::one_of::OneOf1<__rt::one_of::MessagesOf<Queue<T>>, Job<T>>,
        > {
            ::core::option::Option::None
        }
    }
};
