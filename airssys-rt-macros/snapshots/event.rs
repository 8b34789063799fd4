#[derive(Clone)]
pub struct Withdrawn;
#[automatically_derived]
#[allow(deprecated)]
impl ::airssys_rt::__private::Event for Withdrawn {
    const NAME: &'static ::core::primitive::str = ::core::concat!(
        ::core::module_path!(), "::", "Withdrawn"
    );
}
