impl Account {
    fn balance(&self, _: GetBalance) -> u64 {
        self.cents
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
    type __T0 = GetBalance;
    const __CHECKED: ::core::primitive::bool = {
        __rt::assertions::check_message::<GetBalance>();
        {
            __rt::assertions::send::<Account>();
            true
        }
    };
    type __Valid = <() as __rt::assertions::If<{ __CHECKED }>>::Type;
    type __Messages = <<__Valid as __rt::assertions::Then<
        (__T0,),
    >>::Type as __rt::one_of::OneOf<__rt::one_of::MessagesOf<Account>>>::Enum;
    pub struct AccountMessage(__Messages);
    #[automatically_derived]
    impl __rt::one_of::Around<__Messages> for AccountMessage {
        #[inline]
        fn put_in(__inside: __Messages) -> Self {
            AccountMessage(__inside)
        }
        #[inline]
        fn take_out(self) -> __Messages {
            let Self(__inside) = self;
            __inside
        }
        #[inline]
        fn inside(&self) -> &__Messages {
            let Self(__inside) = self;
            __inside
        }
    }
    #[automatically_derived]
    impl ::core::clone::Clone for AccountMessage
    where
        for<'__a> __Messages: ::core::clone::Clone,
    {
        fn clone(&self) -> Self {
            let Self(__inside) = self;
            AccountMessage(::core::clone::Clone::clone(__inside))
        }
    }
    #[automatically_derived]
    impl __rt::Variants for AccountMessage {
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
    #[automatically_derived]
    impl __rt::Actor for Account {
        type Message = AccountMessage;
        type Event = __rt::NoEvents;
        const NAME: &'static ::core::primitive::str = "Account";
        const CHECKED: ::core::primitive::bool = __CHECKED;
        const VARIANTS: &'static [&'static ::core::primitive::str] = &["GetBalance"];
        const MESSAGES: &'static [__rt::graph::Handled] = &__rt::graph::Handled::all(
            <<__Valid as __rt::assertions::Then<
                (__T0,),
            >>::Type as __rt::one_of::NamedEntries>::NAMED,
            ["GetBalance"],
            [false],
        );
        #[allow(unreachable_code)]
        async fn dispatch(
            &mut self,
            __message: AccountMessage,
            __ctx: &mut __rt::ActorContext<Self>,
        ) -> ::core::result::Result<(), __rt::Fault> {
            match __message.0 {
                __rt::one_of::OneOf1::V0(__message, __slot) => {
                    let __outcome = <Account>::balance(
                        self,
                        __rt::Carrier::<__T0>::unload(__message),
                    );
                    __ctx.reply(__slot, __outcome)
                }
            }
        }
    }
    #[automatically_derived]
    impl __rt::Handles<__T0> for Account {
        type Reply = <<__Valid as __rt::assertions::Then<
            __T0,
        >>::Type as __rt::Carried>::Answer;
        const VARIANT: __rt::MessageVariant<AccountMessage, __T0, Self::Reply> = __rt::one_of::message::<
            _,
            _,
            __rt::one_of::P0,
        >();
    }
    #[automatically_derived]
    impl<__S: __rt::System> __rt::MemberOf<__S, AccountMessage> for Account {}
};
