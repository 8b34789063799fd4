#[derive(Clone)]
pub struct Withdrawn;
#[automatically_derived]
#[allow(deprecated)]
impl ::airssys_rt::__private::Event for Withdrawn {
    const DECLARED: ::airssys_rt::__private::Declared = ::airssys_rt::__private::Declared::event(
        ::core::concat!(::core::module_path!(), "::", "Withdrawn"),
        17047732492712683931u64,
        ::airssys_rt::__private::schema::Shape::Unit,
    );
    fn kept() -> ::airssys_rt::__private::Kept<Self> {
        ::airssys_rt::__private::TextOf::<Self>::OF.kept()
    }
}
