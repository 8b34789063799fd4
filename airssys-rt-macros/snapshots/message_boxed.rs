pub struct Snapshot([u8; 4096]);
#[automatically_derived]
#[allow(deprecated)]
impl ::airssys_rt::__private::Message for Snapshot {
    type Reply = ();
    const DECLARED: ::airssys_rt::__private::Declared = ::airssys_rt::__private::Declared::message(
        ::core::concat!(::core::module_path!(), "::", "Snapshot"),
        14854396083008172429u64,
        ::airssys_rt::__private::schema::Shape::Tuple(
            &[::airssys_rt::__private::schema::Field::of("0", "[u8; 4096]")],
        ),
        ::airssys_rt::__private::schema::Type::of("()"),
    );
}
#[automatically_derived]
#[allow(deprecated)]
impl ::airssys_rt::__private::Carried for Snapshot {
    type Carrier = ::airssys_rt::__private::Box<Self>;
    type Answer = ();
    fn kept() -> ::airssys_rt::__private::Kept<Self> {
        ::airssys_rt::__private::TextOf::<Self>::OF.kept()
    }
}
