impl<T> Queue<T>
where
    T: Send + 'static,
{
    fn job(&mut self, Job(job): Job<T>) -> Option<T> {
        None
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
    impl<
        T,
    > __rt::one_of::Around<
        __rt::one_of::OneOf1<
            __rt::one_of::MessagesOf<Queue<T>>,
            __rt::one_of::InPlace<Job<T>>,
        >,
    > for QueueMessage<T>
    where
        T: Send + 'static,
    {
        #[inline]
        fn put_in(
            __inside: __rt::one_of::OneOf1<
                __rt::one_of::MessagesOf<Queue<T>>,
                __rt::one_of::InPlace<Job<T>>,
            >,
        ) -> Self {
            QueueMessage(__inside)
        }
        #[inline]
        fn take_out(
            self,
        ) -> __rt::one_of::OneOf1<
            __rt::one_of::MessagesOf<Queue<T>>,
            __rt::one_of::InPlace<Job<T>>,
        > {
            let Self(__inside) = self;
            __inside
        }
        #[inline]
        fn inside(
            &self,
        ) -> &__rt::one_of::OneOf1<
            __rt::one_of::MessagesOf<Queue<T>>,
            __rt::one_of::InPlace<Job<T>>,
        > {
            let Self(__inside) = self;
            __inside
        }
    }
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
            let Self(__inside) = self;
            QueueMessage(::core::clone::Clone::clone(__inside))
        }
    }
    #[automatically_derived]
    impl<T> __rt::Variants for QueueMessage<T>
    where
        T: Send + 'static,
    {
        #[inline]
        fn number(&self) -> ::core::primitive::u16 {
            let Self(__inside) = self;
            __rt::Variants::number(__inside)
        }
        fn refuse(&mut self, __why: __rt::Cause) {
            use __rt::NotImported as _;
            __rt::Attributes.__handler();
            let Self(__inside) = self;
            __rt::Variants::refuse(__inside, __why)
        }
        fn content(&self) -> ::core::option::Option<&dyn __rt::LetterContent> {
            let Self(__inside) = self;
            __rt::Variants::content(__inside)
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
    impl<
        T,
    > __rt::one_of::Around<
        __rt::one_of::OneOf1<
            __rt::one_of::EventsOf<Queue<T>>,
            __rt::one_of::Received<__T0>,
        >,
    > for QueueEvent<T>
    where
        T: Send + 'static,
    {
        #[inline]
        fn put_in(
            __inside: __rt::one_of::OneOf1<
                __rt::one_of::EventsOf<Queue<T>>,
                __rt::one_of::Received<__T0>,
            >,
        ) -> Self {
            QueueEvent(__inside)
        }
        #[inline]
        fn take_out(
            self,
        ) -> __rt::one_of::OneOf1<
            __rt::one_of::EventsOf<Queue<T>>,
            __rt::one_of::Received<__T0>,
        > {
            let Self(__inside) = self;
            __inside
        }
        #[inline]
        fn inside(
            &self,
        ) -> &__rt::one_of::OneOf1<
            __rt::one_of::EventsOf<Queue<T>>,
            __rt::one_of::Received<__T0>,
        > {
            let Self(__inside) = self;
            __inside
        }
    }
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
            let Self(__inside) = self;
            QueueEvent(::core::clone::Clone::clone(__inside))
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
            __rt::graph::Handled::generic::<Job<T>>("Job", false),
        ];
        #[allow(unreachable_code)]
        async fn dispatch(
            &mut self,
            __message: QueueMessage<T>,
            __ctx: &mut __rt::ActorContext<Self>,
        ) -> ::core::result::Result<(), __rt::Fault> {
            match __message.0 {
                __rt::one_of::OneOf1::V0(__message, __slot) => {
                    let __outcome = <Queue<
                        T,
                    >>::job(self, __rt::Carrier::<Job<T>>::unload(__message));
                    __ctx.reply(__slot, __outcome)
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
        const VARIANT: __rt::MessageVariant<QueueMessage<T>, Job<T>, Self::Reply> = __rt::one_of::message::<
            _,
            _,
            __rt::one_of::P0,
        >();
    }
    #[automatically_derived]
    impl<T> __rt::Publishes<__T0> for Queue<T>
    where
        T: Send + 'static,
    {
        const VARIANT: __rt::EventVariant<QueueEvent<T>, __T0> = __rt::one_of::event::<
            _,
            _,
            __rt::one_of::P0,
        >();
    }
    #[automatically_derived]
    impl<T> __rt::TellsAny<Job<T>> for Queue<T>
    where
        T: Send + 'static,
    {}
    #[automatically_derived]
    impl<T, __S: __rt::System> __rt::MemberOf<__S, QueueMessage<T>> for Queue<T>
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
        fn route(__event: QueueEvent<T>) -> __S::Event {
            let QueueEvent(__event) = __event;
            match __event {
                __rt::one_of::OneOf1::V0(__event, _) => {
                    <__T0 as __rt::RoutedBy<__S>>::wrap(__event)
                }
            }
        }
    }
};
