pub struct Reset;
#[automatically_derived]
#[allow(deprecated)]
impl ::airssys_rt::__private::Message for Reset {
    type Reply = ();
    const NAME: &'static ::core::primitive::str = ::core::concat!(
        ::core::module_path!(), "::", "Reset"
    );
    const ORIGIN: ::airssys_rt::__private::Origin = ::airssys_rt::__private::Origin {
        path: ::core::concat!(::core::module_path!(), "::", "Reset"),
        line: ::core::line!(),
        column: ::core::column!(),
    };
    const SCHEMA: &'static ::airssys_rt::__private::schema::Schema = &::airssys_rt::__private::schema::Schema::message(
        ::core::concat!(::core::module_path!(), "::", "Reset"),
        ::airssys_rt::__private::schema::Shape::Unit,
        ::airssys_rt::__private::schema::Type::new("()", &[]),
    );
}
#[automatically_derived]
#[allow(deprecated)]
impl ::airssys_rt::__private::Carried for Reset {
    type Carrier = Self;
    type Answer = ();
}
