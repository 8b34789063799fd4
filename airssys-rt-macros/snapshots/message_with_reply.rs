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
