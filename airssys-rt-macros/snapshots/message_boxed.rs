pub struct Snapshot([u8; 4096]);
#[automatically_derived]
#[allow(deprecated)]
impl ::airssys_rt::__private::Message for Snapshot {
    type Reply = ();
    const NAME: &'static ::core::primitive::str = ::core::concat!(
        ::core::module_path!(), "::", "Snapshot"
    );
    const ORIGIN: ::airssys_rt::__private::Origin = ::airssys_rt::__private::Origin {
        path: ::core::concat!(::core::module_path!(), "::", "Snapshot"),
        line: ::core::line!(),
        column: ::core::column!(),
    };
}
#[automatically_derived]
#[allow(deprecated)]
impl ::airssys_rt::__private::Carried for Snapshot {
    type Carrier = ::airssys_rt::__private::Box<Self>;
    type Answer = ();
}
