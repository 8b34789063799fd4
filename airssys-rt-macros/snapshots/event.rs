#[derive(Clone)]
pub struct Withdrawn;
#[automatically_derived]
#[allow(deprecated)]
impl ::airssys_rt::__private::Event for Withdrawn {
    const DECLARED: ::airssys_rt::__private::Declared = ::airssys_rt::__private::Declared::event(
        ::core::concat!(::core::module_path!(), "::", "Withdrawn"),
        ::core::line!(),
        ::core::column!(),
        ::airssys_rt::__private::schema::Shape::Unit,
    );
}
