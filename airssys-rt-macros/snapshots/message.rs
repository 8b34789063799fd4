pub struct Reset;
#[automatically_derived]
#[allow(deprecated)]
impl ::airssys_rt::__private::Message for Reset {
    type Reply = ();
    const NAME: &'static ::core::primitive::str = ::core::concat!(
        ::core::module_path!(), "::", "Reset"
    );
}
