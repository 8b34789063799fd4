#[derive(Clone)]
pub struct Withdrawn;
#[automatically_derived]
#[allow(deprecated)]
impl ::airssys_rt::__private::Event for Withdrawn {
    const NAME: &'static ::core::primitive::str = ::core::concat!(
        ::core::module_path!(), "::", "Withdrawn"
    );
    const ORIGIN: ::airssys_rt::__private::Origin = ::airssys_rt::__private::Origin {
        path: ::core::concat!(::core::module_path!(), "::", "Withdrawn"),
        line: ::core::line!(),
        column: ::core::column!(),
    };
    const SCHEMA: &'static ::airssys_rt::__private::schema::Schema = &::airssys_rt::__private::schema::Schema::event(
        ::core::concat!(::core::module_path!(), "::", "Withdrawn"),
        ::airssys_rt::__private::schema::Shape::Unit,
    );
}
