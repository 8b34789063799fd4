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
}
