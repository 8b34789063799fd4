pub struct Reset;
#[automatically_derived]
#[allow(deprecated)]
impl ::airssys_rt::__private::Message for Reset {
    type Reply = ();
    const DECLARED: ::airssys_rt::__private::Declared = ::airssys_rt::__private::Declared::message(
        ::core::concat!(::core::module_path!(), "::", "Reset"),
        2690996796894568128u64,
        ::airssys_rt::__private::schema::Shape::Unit,
        ::airssys_rt::__private::schema::Type::of("()"),
    );
}
#[automatically_derived]
#[allow(deprecated)]
impl ::airssys_rt::__private::Carried for Reset {
    type Carrier = Self;
    type Answer = ();
    fn kept() -> ::airssys_rt::__private::Kept<Self> {
        ::airssys_rt::__private::TextOf::<Self>::OF.kept()
    }
}
