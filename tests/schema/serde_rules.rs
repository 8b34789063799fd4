//! Rules of serde that decide what a change does, one pair each; serde confirms what is said.
//!
//! `ci/schema-pairs` does the same for random pairs.

use airssys_rt::{prelude::*, testkit::schema::Lock};
use serde::{Deserialize, Serialize};

const NONE: [&str; 0] = [];

fn is_zero(number: &u64) -> bool {
    *number == 0
}

pair! {
    /// RE-24: one field is written as itself, and one beside a skipped field as a list.
    a_skipped_field_makes_a_list,
    before { #[message(name = "m")] pub(crate) struct M(pub u64); } writes M(1),
    now { #[message(name = "m")] pub(crate) struct M(pub u64, #[serde(skip)] pub bool); } writes M(1, true),
    reads false, read false,
    says ["`m`, `1`: it is new, and its position counts; neither can read what the other writes"]
}

pair! {
    /// RE-24: the same in a variant.
    a_skipped_field_makes_a_list_in_a_variant,
    before { #[message(name = "m")] pub(crate) enum M { A(u64) } } writes M::A(1),
    now { #[message(name = "m")] pub(crate) enum M { A(u64, #[serde(skip)] bool) } } writes M::A(1, true),
    reads false, read false,
    says ["`m`, `A.1`: it is new, and its position counts; neither can read what the other writes"]
}

pair! {
    /// RE-24: under a rule for names, the name in the program is another one.
    a_field_is_renamed_to_its_name_in_the_program,
    before {
        #[message(name = "m")] #[serde(rename_all = "camelCase")] pub(crate) struct M { pub the_sum: u64 }
    } writes M { the_sum: 1 },
    now {
        #[message(name = "m")] #[serde(rename_all = "camelCase")]
        pub(crate) struct M { #[serde(rename = "the_sum")] pub the_sum: u64 }
    } writes M { the_sum: 1 },
    reads false, read false,
    says [
        "`m`, `theSum`: it is gone; older versions cannot read what this program writes",
        "`m`, `the_sum`: it is new, and not optional; this program cannot read what older versions write",
    ]
}

pair! {
    /// RE-24: a rule for names and the names that it makes are the same.
    names_by_a_rule_are_names,
    before {
        #[message(name = "m")] #[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
        pub(crate) enum M { TheLimit { the_sum: u64 } }
    } writes M::TheLimit { the_sum: 1 },
    now {
        #[message(name = "m")]
        pub(crate) enum M { #[serde(rename = "the-limit", rename_all = "camelCase")] Limit { the_sum: u64 } }
    } writes M::Limit { the_sum: 1 },
    reads true, read true, says NONE
}

pair! {
    /// RE-24: an attribute under a condition that does not hold is not there.
    a_condition_that_does_not_hold,
    before { #[message(name = "m")] pub(crate) struct M { pub a: u64 } } writes M { a: 1 },
    now {
        #[message(name = "m")]
        pub(crate) struct M {
            pub a: u64, #[cfg_attr(any(), serde(default))] pub b: u64, #[cfg_attr(all(), serde(default))] pub c: u64,
        }
    } writes M { a: 1, b: 1, c: 1 },
    reads false, read true,
    says [
        "`m`, `b`: it is new, and not optional; this program cannot read what older versions write",
        "`m`, `c`: it is new, and optional",
    ]
}

pair! {
    /// RE-24: a skip under a condition that does not hold.
    a_skip_that_does_not_hold,
    before { #[message(name = "m")] pub(crate) struct M { pub a: u64, #[cfg_attr(any(), serde(skip))] pub b: u64 } }
        writes M { a: 1, b: 1 },
    now { #[message(name = "m")] pub(crate) struct M { pub a: u64 } } writes M { a: 1 },
    reads true, read false,
    says ["`m`, `b`: it is gone; older versions cannot read what this program writes"]
}

pair! {
    /// RE-24: a rule for names on the type, under a condition.
    a_rule_under_a_condition,
    before { #[message(name = "m")] pub(crate) struct M { pub the_sum: u64 } } writes M { the_sum: 1 },
    now {
        #[message(name = "m")] #[cfg_attr(any(), serde(rename_all = "UPPERCASE"))] #[cfg_attr(all(), serde(rename_all = "camelCase"))]
        pub(crate) struct M { pub the_sum: u64 }
    } writes M { the_sum: 1 },
    reads false, read false,
    says [
        "`m`, `the_sum`: it is gone; older versions cannot read what this program writes",
        "`m`, `theSum`: it is new, and not optional; this program cannot read what older versions write",
    ]
}

pair! {
    /// RE-24: two fields that become one are a duplicate field.
    two_fields_are_merged,
    before { #[message(name = "m")] pub(crate) struct M { pub a: u64, pub b: u64 } } writes M { a: 1, b: 1 },
    now { #[message(name = "m")] pub(crate) struct M { #[serde(alias = "b")] pub a: u64 } } writes M { a: 1 },
    reads false, read false,
    says [
        "`m`, `b`: it is called `a` now, and found by its alias; older versions cannot read what this program writes",
        "`m`: its fields or variants do not fit together; neither can read what the other writes",
    ]
}

pair! {
    /// RE-24: beside a tag, `other` does not read the content of an unknown variant.
    a_new_variant_with_content_is_not_another,
    before {
        #[message(name = "m")] #[serde(tag = "kind", content = "of")] pub(crate) enum M { Market, #[serde(other)] Other }
    } writes M::Market,
    now {
        #[message(name = "m")] #[serde(tag = "kind", content = "of")]
        pub(crate) enum M { Market, Limit(u64), #[serde(other)] Other }
    } writes M::Limit(1),
    reads true, read false,
    says ["`m`, `Limit`: the variant is new; older versions cannot read what this program writes"]
}

pair! {
    /// RE-24: the type itself is a list of its fields, or its field.
    transparent_is_its_field,
    before { #[message(name = "m")] pub(crate) struct M(pub u64); } writes M(1),
    now { #[message(name = "m")] #[serde(transparent)] pub(crate) struct M { pub cents: u64 } } writes M { cents: 1 },
    reads true, read true,
    says ["`m`: it is written as its field, which is `u64`, and was `u64`"]
}

pair! {
    /// RE-24: a newtype is written as what it holds.
    a_newtype_is_its_content,
    before { #[message(name = "m")] pub(crate) struct M { pub sum: Vec<u64> } } writes M { sum: vec![1] },
    now {
        #[message(part, name = "cents")] pub(crate) struct Cents(pub u64);
        #[message(name = "m")] pub(crate) struct M { pub sum: Vec<Cents> }
    } writes M { sum: vec![Cents(1)] },
    reads true, read true, says ["`m`, `sum`: it is `Vec<@cents>`, and was `Vec<u64>`"]
}

pair! {
    /// RE-24: an `Option` that is not written when it is empty is read all the same.
    an_empty_option_is_left_out,
    before { #[message(name = "m")] pub(crate) struct M { pub a: Option<u64> } } writes M { a: None },
    now {
        #[message(name = "m")] pub(crate) struct M { #[serde(skip_serializing_if = "Option::is_none")] pub a: Option<u64> }
    } writes M { a: None },
    reads true, read true,
    says ["`m`, `a`: its serde attributes are `skip_serializing_if = \"Option::is_none\"`, and were ``"]
}

pair! {
    /// RE-24: a field that may be left out must be optional for the other side.
    a_required_field_is_left_out,
    before { #[message(name = "m")] pub(crate) struct M { pub a: u64 } } writes M { a: 1 },
    now {
        #[message(name = "m")]
        pub(crate) struct M { #[serde(default, skip_serializing_if = "is_zero")] pub a: u64 }
    } writes M { a: 0 },
    reads true, read false,
    says ["`m`, `a`: its serde attributes are `skip_serializing_if = \"is_zero\"`, and were ``; \
           older versions cannot read what this program writes"]
}

pair! {
    /// RE-24: nothing is written that the other side does not know.
    unknown_fields_are_refused,
    before { #[message(name = "m")] pub(crate) struct M { pub a: u8 } } writes M { a: 1 },
    now { #[message(name = "m")] #[serde(deny_unknown_fields)] pub(crate) struct M { pub a: u8 } } writes M { a: 1 },
    reads true, read true, says ["`m`: it refuses unknown fields now"]
}

pair! {
    /// RE-24: a name for reading only.
    a_field_is_read_by_another_name,
    before { #[message(name = "m")] pub(crate) struct M { pub a: u8, pub b: String } } writes M { a: 1, b: String::new() },
    now {
        #[message(name = "m")] pub(crate) struct M { pub a: u8, #[serde(rename(deserialize = "c"))] pub b: String }
    } writes M { a: 1, b: String::new() },
    reads false, read true,
    says ["`m`, `b`: its serde attributes are `rename(deserialize = \"c\")`, and were ``; \
           this program cannot read what older versions write"]
}

/// What the first version writes, as the second reads it: another value, without an error.
fn misread<B: Message + Serialize, N: Message + Serialize + for<'de> Deserialize<'de>>(
    value: &B,
) -> (String, Vec<String>) {
    let now: N = serde_json::from_str(&serde_json::to_string(value).unwrap()).unwrap();
    let [before, later] = [B::SCHEMA, N::SCHEMA].map(|schema| Lock::of_schemas("Bank", &[schema]));
    let changes = before.changes(&later);
    assert!(changes.iter().any(|change| !change.reads_before()), "{changes:?}");
    (serde_json::to_string(&now).unwrap(), changes.iter().map(ToString::to_string).collect())
}

/// RE-24: the first variant that fits is read.
#[test]
fn an_untagged_enum_with_a_new_variant_in_front() {
    #[message(name = "m")]
    #[derive(Serialize)]
    #[serde(untagged)]
    enum Before {
        Whole(u64),
    }
    #[message(name = "m")]
    #[derive(Serialize, Deserialize)]
    #[serde(untagged)]
    enum Now {
        Part { cents: Option<u64> },
        Float(f64),
        Whole(u64),
    }
    let (read, said) = misread::<Before, Now>(&Before::Whole(1));
    assert_eq!(read, "1.0");
    let why =
        "an untagged variant is found by its content; this cannot be judged, and counts as incompatible";
    assert_eq!(said, [format!("`m`: it has changed; {why}")]);
    assert_eq!(serde_json::to_string(&Now::Part { cents: None }).unwrap(), r#"{"cents":null}"#);
}

/// RE-24: what an untagged variant holds decides which one is read.
#[test]
fn a_part_of_an_untagged_enum_changes() {
    #[message(part, name = "sum")]
    #[derive(Serialize)]
    struct Sum {
        cents: u64,
        currency: String,
    }
    #[message(part, name = "sum")]
    #[derive(Serialize, Deserialize)]
    struct Less {
        cents: u64,
    }
    #[message(part, name = "note")]
    #[derive(Serialize, Deserialize)]
    struct Note {
        cents: u64,
        text: String,
    }
    #[message(name = "m")]
    #[derive(Serialize)]
    #[serde(untagged)]
    enum Before {
        Sum(Sum),
        Note(Note),
    }
    #[message(name = "m")]
    #[derive(Serialize, Deserialize)]
    #[serde(untagged)]
    enum Now {
        Sum(Less),
        Note(Note),
    }
    let (read, said) = misread::<Before, Now>(&Before::Note(Note { cents: 1, text: "a".to_owned() }));
    assert_eq!(read, r#"{"cents":1}"#);
    assert!(said.iter().any(|said| said.starts_with("`m`: it has changed; an untagged variant")), "{said:?}");
    drop(Before::Sum(Sum { cents: 1, currency: String::new() }));
}

/// RE-24: a flattened map takes the fields that are gone.
#[test]
fn a_field_beside_a_flattened_map_is_gone() {
    type Rest = std::collections::BTreeMap<String, u64>;
    #[message(name = "m")]
    #[derive(Serialize)]
    struct Before {
        a: u64,
        #[serde(flatten)]
        rest: Rest,
    }
    #[message(name = "m")]
    #[derive(Serialize, Deserialize)]
    struct Now {
        #[serde(flatten)]
        rest: Rest,
    }
    let (read, said) = misread::<Before, Now>(&Before { a: 1, rest: Rest::new() });
    assert_eq!(read, r#"{"a":1}"#);
    let why = "it has a flattened field, whose content is beside the others; this cannot be judged, and counts as incompatible";
    assert_eq!(said, [format!("`m`: it has changed; {why}")]);
}

/// RE-24: `()` is written as nothing, and nothing is read as `None`.
#[test]
fn a_unit_becomes_an_option() {
    #[message(name = "m")]
    #[derive(Serialize)]
    struct Before {
        a: (),
    }
    #[message(name = "m")]
    #[derive(Serialize, Deserialize)]
    struct Now {
        a: Option<()>,
    }
    let (read, said) = misread::<Before, Now>(&Before { a: () });
    assert_eq!(read, r#"{"a":null}"#);
    assert_eq!(said, ["`m`, `a`: it is `Option<()>`, and was `()`; neither can read what the other writes"]);
}

/// RE-24: a list that becomes a set loses duplicates.
#[test]
fn a_list_becomes_a_set() {
    #[message(name = "m")]
    #[derive(Serialize)]
    struct Before {
        a: Vec<u8>,
    }
    #[message(name = "m")]
    #[derive(Serialize, Deserialize)]
    struct Now {
        a: std::collections::BTreeSet<u8>,
    }
    let (read, said) = misread::<Before, Now>(&Before { a: vec![1, 1] });
    assert_eq!(read, r#"{"a":[1]}"#);
    assert_eq!(
        said,
        ["`m`, `a`: it is `std::collections::BTreeSet<u8>`, and was `Vec<u8>`; \
          this program cannot read what older versions write"]
    );
}

/// RE-24: a field that is left out is read as the default of the reader.
#[test]
fn the_default_of_a_field_that_is_left_out_changes() {
    fn ten() -> u64 {
        10
    }
    #[message(name = "m")]
    #[derive(Serialize)]
    struct Before {
        #[serde(skip_serializing_if = "is_zero")]
        a: u64,
    }
    #[message(name = "m")]
    #[derive(Serialize, Deserialize)]
    struct Now {
        #[serde(default = "ten", skip_serializing_if = "is_zero")]
        a: u64,
    }
    let (read, _) = misread::<Before, Now>(&Before { a: 0 });
    assert_eq!(read, r#"{"a":10}"#);
}
