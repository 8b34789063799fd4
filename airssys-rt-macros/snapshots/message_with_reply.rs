pub struct Withdraw<C>
where
    C: Currency,
{
    pub amount: C,
}
#[automatically_derived]
#[allow(deprecated)]
impl<C> ::airssys_rt::__private::Message for Withdraw<C>
where
    C: Currency,
    Withdraw<C>: ::core::marker::Send + 'static,
{
    type Reply = Result<u64, Overdrawn>;
    const DECLARED: ::airssys_rt::__private::Declared = ::airssys_rt::__private::Declared::message(
            ::core::concat!(::core::module_path!(), "::", "Withdraw"),
            12671100945524798487u64,
            ::airssys_rt::__private::schema::Shape::Struct(
                &[::airssys_rt::__private::schema::Field::of("amount", "C")],
            ),
            ::airssys_rt::__private::schema::Type::new(
                "Result<u64, Overdrawn>",
                {
                    use ::airssys_rt::__private::schema::NoSchema as _;
                    &[
                        {
                            ::airssys_rt::__private::schema::TypePart::new(
                                "Overdrawn",
                                ::airssys_rt::__private::schema::SchemaOf::<
                                    Overdrawn,
                                >::MESSAGE,
                                ::airssys_rt::__private::schema::SchemaOf::<
                                    Overdrawn,
                                >::EVENT,
                                ::airssys_rt::__private::schema::SchemaOf::<Overdrawn>::PART,
                            )
                        },
                    ]
                },
            ),
        )
        .arguments({
            #[allow(unused_imports)]
            use ::airssys_rt::__private::schema::NoSchema as _;
            &[
                ::airssys_rt::__private::schema::TypeArgument::ty::<
                    C,
                >("C", ::airssys_rt::__private::schema::SchemaOf::<C>::PART),
            ]
        })
        .named("bank.withdraw", 12628901977266575633u64);
}
#[automatically_derived]
#[allow(deprecated)]
impl<C> ::airssys_rt::__private::Carried for Withdraw<C>
where
    C: Currency,
{
    type Carrier = Self;
    type Answer = Result<u64, Overdrawn>;
    fn kept() -> ::airssys_rt::__private::Kept<Self> {
        ::airssys_rt::__private::TextOf::<Self>::OF.kept()
    }
}
