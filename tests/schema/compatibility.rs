//! Schema compatibility: the golden table of changes of a message, and which side can read the other.
//!
//! Each row has the old message, the new message, which side can read the other, and the report. serde confirms each row: each
//! side writes a value as JSON, and the other side reads it or fails to.

use airssys_rt::{prelude::*, testkit::schema::Lock};
use serde::{Deserialize, Serialize};

const NONE: [&str; 0] = [];

pair! {
    /// RE-24
    an_optional_field_is_new,
    before { #[message(name = "m")] pub(crate) struct M { pub cents: u64 } } writes M { cents: 1 },
    now {
        #[message(name = "m")] pub(crate) struct M { pub cents: u64, pub note: Option<String> }
    } writes M { cents: 1, note: Some(String::new()) },
    reads true, read true, says ["`m`, `note`: it is new, and optional"]
}

pair! {
    /// RE-24
    a_field_with_a_default_is_new,
    before { #[message(name = "m")] pub(crate) struct M { pub cents: u64 } } writes M { cents: 1 },
    now {
        #[message(name = "m")] pub(crate) struct M { pub cents: u64, #[serde(default)] pub fee: u64 }
    } writes M { cents: 1, fee: 2 },
    reads true, read true, says ["`m`, `fee`: it is new, and optional"]
}

pair! {
    /// RE-24
    a_required_field_is_new,
    before { #[message(name = "m")] pub(crate) struct M { pub cents: u64 } } writes M { cents: 1 },
    now { #[message(name = "m")] pub(crate) struct M { pub cents: u64, pub fee: u64 } } writes M { cents: 1, fee: 2 },
    reads false, read true,
    says ["`m`, `fee`: it is new, and not optional; this program cannot read what older versions write"]
}

pair! {
    /// RE-24
    a_field_is_gone,
    before { #[message(name = "m")] pub(crate) struct M { pub cents: u64, pub fee: u64 } } writes M { cents: 1, fee: 2 },
    now { #[message(name = "m")] pub(crate) struct M { pub cents: u64 } } writes M { cents: 1 },
    reads true, read false,
    says ["`m`, `fee`: it is gone; older versions cannot read what this program writes"]
}

pair! {
    /// RE-24
    an_optional_field_is_gone,
    before { #[message(name = "m")] pub(crate) struct M { pub fee: Option<u64> } } writes M { fee: Some(1) },
    now { #[message(name = "m")] pub(crate) struct M {} } writes M {},
    reads true, read true, says ["`m`, `fee`: it is gone; it was optional"]
}

pair! {
    /// RE-24
    a_field_is_renamed,
    before { #[message(name = "m")] pub(crate) struct M { pub cents: u64 } } writes M { cents: 1 },
    now { #[message(name = "m")] pub(crate) struct M { pub amount: u64 } } writes M { amount: 1 },
    reads false, read false,
    says [
        "`m`, `cents`: it is gone; older versions cannot read what this program writes",
        "`m`, `amount`: it is new, and not optional; this program cannot read what older versions write",
    ]
}

pair! {
    /// RE-24
    a_field_is_renamed_with_an_alias,
    before { #[message(name = "m")] pub(crate) struct M { pub cents: u64 } } writes M { cents: 1 },
    now { #[message(name = "m")] pub(crate) struct M { #[serde(alias = "cents")] pub amount: u64 } } writes M { amount: 1 },
    reads true, read false,
    says ["`m`, `cents`: it is called `amount` now, and found by its alias; \
           older versions cannot read what this program writes"]
}

pair! {
    /// RE-24
    a_field_is_renamed_in_the_program_only,
    before { #[message(name = "m")] pub(crate) struct M { pub cents: u64 } } writes M { cents: 1 },
    now { #[message(name = "m")] pub(crate) struct M { #[serde(rename = "cents")] pub amount: u64 } } writes M { amount: 1 },
    reads true, read true, says NONE
}

pair! {
    /// RE-24
    a_type_is_another,
    before { #[message(name = "m")] pub(crate) struct M { pub cents: u64 } } writes M { cents: 1 },
    now { #[message(name = "m")] pub(crate) struct M { pub cents: String } } writes M { cents: String::new() },
    reads false, read false, says ["`m`, `cents`: it is `String`, and was `u64`; neither can read what the other writes"]
}

pair! {
    /// RE-24
    an_integer_is_wider,
    before { #[message(name = "m")] pub(crate) struct M { pub cents: u32 } } writes M { cents: u32::MAX },
    now { #[message(name = "m")] pub(crate) struct M { pub cents: u64 } } writes M { cents: u64::MAX },
    reads true, read false,
    says ["`m`, `cents`: it is `u64`, and was `u32`; older versions cannot read what this program writes"]
}

pair! {
    /// RE-24
    an_integer_is_narrower_inside_another_type,
    before { #[message(name = "m")] pub(crate) struct M { pub cents: Vec<(i64, u8)> } } writes M { cents: vec![(i64::MIN, 0)] },
    now { #[message(name = "m")] pub(crate) struct M { pub cents: Vec<(i32, u8)> } } writes M { cents: vec![(i32::MIN, 0)] },
    reads false, read true,
    says ["`m`, `cents`: it is `Vec<(i32, u8)>`, and was `Vec<(i64, u8)>`; \
           this program cannot read what older versions write"]
}

pair! {
    /// RE-24
    an_integer_has_a_sign,
    before { #[message(name = "m")] pub(crate) struct M { pub cents: u32 } } writes M { cents: u32::MAX },
    now { #[message(name = "m")] pub(crate) struct M { pub cents: i64 } } writes M { cents: -1 },
    reads true, read false,
    says ["`m`, `cents`: it is `i64`, and was `u32`; older versions cannot read what this program writes"]
}

pair! {
    /// RE-24
    a_sign_takes_one_bit,
    before { #[message(name = "m")] pub(crate) struct M { pub cents: u32 } } writes M { cents: u32::MAX },
    now { #[message(name = "m")] pub(crate) struct M { pub cents: i32 } } writes M { cents: -1 },
    reads false, read false,
    says ["`m`, `cents`: it is `i32`, and was `u32`; neither can read what the other writes"]
}

pair! {
    /// RE-24
    a_field_may_be_missing,
    before { #[message(name = "m")] pub(crate) struct M { pub cents: u64 } } writes M { cents: 1 },
    now { #[message(name = "m")] pub(crate) struct M { pub cents: Option<u64> } } writes M { cents: None },
    reads true, read false,
    says ["`m`, `cents`: it is `Option<u64>`, and was `u64`; older versions cannot read what this program writes"]
}

pair! {
    /// RE-24
    a_field_must_not_be_missing,
    before { #[message(name = "m")] pub(crate) struct M { pub cents: Option<u64> } } writes M { cents: None },
    now { #[message(name = "m")] pub(crate) struct M { pub cents: u64 } } writes M { cents: 1 },
    reads false, read true,
    says ["`m`, `cents`: it is `u64`, and was `Option<u64>`; this program cannot read what older versions write"]
}

pair! {
    /// RE-24
    types_that_are_written_alike_are_no_change,
    before {
        #[message(name = "m")] pub(crate) struct M { pub list: Vec<u8>, pub text: String, pub cents: std::boxed::Box<u64> }
    } writes M { list: vec![1], text: String::new(), cents: Box::new(1) },
    now {
        #[message(name = "m")]
        pub(crate) struct M { pub list: Box<[u8]>, pub text: std::borrow::Cow<'static, str>, pub cents: u64 }
    } writes M { list: Box::new([1]), text: "".into(), cents: 1 },
    reads true, read true,
    says [
        "`m`, `list`: it is `Box<[u8]>`, and was `Vec<u8>`",
        "`m`, `text`: it is `std::borrow::Cow<'static, str>`, and was `String`",
        "`m`, `cents`: it is `u64`, and was `std::boxed::Box<u64>`",
    ]
}

pair! {
    /// RE-24
    the_fields_are_in_another_order,
    before { #[message(name = "m")] pub(crate) struct M { pub a: u8, pub b: String } } writes M { a: 1, b: String::new() },
    now { #[message(name = "m")] pub(crate) struct M { pub b: String, pub a: u8 } } writes M { a: 1, b: String::new() },
    reads true, read true, says ["`m`: its fields are in another order"]
}

pair! {
    /// RE-24
    who_refuses_unknown_fields_cannot_read_a_new_one,
    before { #[message(name = "m")] #[serde(deny_unknown_fields)] pub(crate) struct M { pub a: u8 } } writes M { a: 1 },
    now {
        #[message(name = "m")] #[serde(deny_unknown_fields)] pub(crate) struct M { pub a: u8, pub b: Option<u8> }
    } writes M { a: 1, b: Some(1) },
    reads true, read false,
    says ["`m`, `b`: it is new, and optional; older versions cannot read what this program writes"]
}

pair! {
    /// RE-24
    a_variant_is_new,
    before { #[message(name = "m")] pub(crate) enum M { Market } } writes M::Market,
    now { #[message(name = "m")] pub(crate) enum M { Market, Limit { cents: u64 } } } writes M::Limit { cents: 1 },
    reads true, read false,
    says ["`m`, `Limit`: the variant is new; older versions cannot read what this program writes"]
}

pair! {
    /// RE-24
    a_variant_is_gone,
    before { #[message(name = "m")] pub(crate) enum M { Market, Limit(u64) } } writes M::Limit(1),
    now { #[message(name = "m")] pub(crate) enum M { Market } } writes M::Market,
    reads false, read true,
    says ["`m`, `Limit`: the variant is gone; this program cannot read what older versions write"]
}

pair! {
    /// RE-24
    a_new_variant_is_another_to_who_expects_others,
    before {
        #[message(name = "m")] #[serde(tag = "kind")] pub(crate) enum M { Market, #[serde(other)] Other }
    } writes M::Market,
    now {
        #[message(name = "m")] #[serde(tag = "kind")] pub(crate) enum M { Market, Limit, #[serde(other)] Other }
    } writes M::Limit,
    reads true, read true, says ["`m`, `Limit`: the variant is new"]
}

pair! {
    /// RE-24
    a_field_of_a_variant_is_named,
    before { #[message(name = "m")] pub(crate) enum M { Limit { cents: u64 } } } writes M::Limit { cents: 1 },
    now { #[message(name = "m")] pub(crate) enum M { Limit { cents: bool } } } writes M::Limit { cents: true },
    reads false, read false,
    says ["`m`, `Limit.cents`: it is `bool`, and was `u64`; neither can read what the other writes"]
}

pair! {
    /// RE-24
    a_position_is_new,
    before { #[message(name = "m")] pub(crate) struct M(pub u8, pub u8); } writes M(1, 2),
    now { #[message(name = "m")] pub(crate) struct M(pub u8, pub u8, pub Option<u8>); } writes M(1, 2, None),
    reads false, read false,
    says ["`m`, `2`: it is new, and its position counts; neither can read what the other writes"]
}

pair! {
    /// RE-24
    another_shape,
    before { #[message(name = "m")] pub(crate) struct M { pub cents: u64 } } writes M { cents: 1 },
    now { #[message(name = "m")] pub(crate) struct M(pub u64); } writes M(1),
    reads false, read false, says ["`m`: it is a tuple, and was a struct; neither can read what the other writes"]
}

pair! {
    /// RE-24
    another_rule_of_serde,
    before { #[message(name = "m")] pub(crate) enum M { Limit { cents: u64 } } } writes M::Limit { cents: 1 },
    now { #[message(name = "m")] #[serde(tag = "kind")] pub(crate) enum M { Limit { cents: u64 } } } writes M::Limit { cents: 1 },
    reads false, read false,
    says ["`m`: its serde attributes are `tag = \"kind\"`, and were ``; neither can read what the other writes"]
}

pair! {
    /// RE-24
    what_is_not_written_does_not_count,
    before { #[message(name = "m")] pub(crate) struct M { pub cents: u64 } } writes M { cents: 1 },
    now {
        #[message(name = "m")] pub(crate) struct M { pub cents: u64, #[serde(skip)] pub seen: bool }
    } writes M { cents: 1, seen: true },
    reads true, read true, says NONE
}

pair! {
    /// RE-24
    a_message_inside_is_named_where_it_changed,
    before {
        #[message(name = "money")] pub(crate) struct Money { pub cents: u64 }
        #[message(name = "m")] pub(crate) struct M { pub amount: Vec<Money> }
    } writes M { amount: vec![Money { cents: 1 }] },
    now {
        #[message(name = "money")] pub(crate) struct Money { pub euros: u64 }
        #[message(name = "m")] pub(crate) struct M { pub amount: Vec<Money> }
    } writes M { amount: vec![Money { euros: 1 }] },
    reads false, read false,
    says [
        "`money`, `cents`: it is gone; older versions cannot read what this program writes",
        "`money`, `euros`: it is new, and not optional; this program cannot read what older versions write",
    ]
}

pair! {
    /// RE-24
    a_message_inside_that_is_called_otherwise_looks_the_same,
    before {
        #[message(name = "money")] pub(crate) struct Money { pub cents: u64, pub then: Option<Box<Money>> }
        #[message(name = "m")] pub(crate) struct M { pub amount: Money }
    } writes M { amount: Money { cents: 1, then: None } },
    now {
        #[message(name = "cash")] pub(crate) struct Cash { pub cents: u64, pub then: Option<Box<Cash>> }
        #[message(name = "m")] pub(crate) struct M { pub amount: Cash }
    } writes M { amount: Cash { cents: 1, then: None } },
    reads true, read true, says ["`m`, `amount`: it is `@cash`, and was `@money`"]
}

pair! {
    /// RE-24
    a_message_inside_that_is_called_otherwise_looks_otherwise,
    before {
        #[message(name = "money")] pub(crate) struct Money { pub cents: u32, pub then: Option<Box<Money>> }
        #[message(name = "m")] pub(crate) struct M { pub amount: Money }
    } writes M { amount: Money { cents: 1, then: None } },
    now {
        #[message(name = "cash")] pub(crate) struct Cash { pub cents: u64, pub then: Option<Box<Cash>> }
        #[message(name = "m")] pub(crate) struct M { pub amount: Cash }
    } writes M { amount: Cash { cents: u64::MAX, then: None } },
    reads true, read false,
    says ["`m`, `amount`: it is `@cash`, and was `@money`; older versions cannot read what this program writes"]
}

/// RE-24: a form that could be read before and cannot any more is reported, although the old version does not write it.
#[test]
fn old_stored_messages_count() {
    mod before {
        #[derive(serde::Deserialize)]
        #[airssys_rt::message(name = "m")]
        #[allow(dead_code)]
        pub(super) struct M {
            #[serde(alias = "amount")]
            cents: u64,
            #[serde(default)]
            fee: u64,
            rate: f64,
        }
    }
    mod now {
        #[derive(serde::Deserialize)]
        #[airssys_rt::message(name = "m")]
        #[allow(dead_code)]
        pub(super) struct M {
            cents: u64,
            fee: u64,
            rate: f32,
        }
    }
    let locks = [<before::M as Message>::SCHEMA, <now::M as Message>::SCHEMA]
        .map(|schema| Lock::of_schemas("Bank", &[schema]));
    let said: Vec<_> = locks[0].changes(&locks[1]).iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "`m`, `cents`: its alias `amount` is gone; this program cannot read what older versions write",
            "`m`, `fee`: it is not optional any more; this program cannot read what older versions write",
            "`m`, `rate`: it is `f32`, and was `f64`; this program cannot read what older versions write",
        ]
    );
}
