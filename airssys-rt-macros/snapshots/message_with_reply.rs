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
    const NAME: &'static ::core::primitive::str = "bank.withdraw";
    const ORIGIN: ::airssys_rt::__private::Origin = ::airssys_rt::__private::Origin {
        path: ::core::concat!(::core::module_path!(), "::", "Withdraw"),
        line: ::core::line!(),
        column: ::core::column!(),
    };
    const SCHEMA: &'static ::airssys_rt::__private::schema::Schema = &::airssys_rt::__private::schema::Schema::message(
        "bank.withdraw",
        ::airssys_rt::__private::schema::Shape::Struct(
            &[::airssys_rt::__private::schema::Field::new("amount", "C", &[])],
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
                            ::airssys_rt::__private::schema::SchemaOf::<Overdrawn>::EVENT,
                        )
                    },
                ]
            },
        ),
    );
}
#[automatically_derived]
#[allow(deprecated)]
impl<C> ::airssys_rt::__private::Carried for Withdraw<C>
where
    C: Currency,
{
    type Carrier = Self;
    type Answer = Result<u64, Overdrawn>;
}
