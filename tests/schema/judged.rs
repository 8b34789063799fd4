//! What the lock sees beside the fields of messages: parts, aliases, lengths, arguments, conditions; and what it calls opaque.

use airssys_rt::{
    message::schema::{Part, Schema},
    prelude::*,
    testkit::schema::{Change, Lock},
    topology::Topology,
};
use serde::Serialize;

fn lock(schema: &'static Schema) -> Lock {
    Lock::of_schemas("Bank", &[schema])
}

/// The changes between two versions of a message with one name.
fn changes<B: Message, N: Message>() -> Vec<Change> {
    lock(B::SCHEMA).changes(&lock(N::SCHEMA))
}

fn said(changes: &[Change]) -> Vec<String> {
    changes.iter().map(ToString::to_string).collect()
}

/// Declares a message in a module for each of two versions, and returns what is said.
macro_rules! versions {
    ({ $($before:item)* } { $($now:item)* }) => {{
        #[allow(dead_code, unused_imports)]
        mod before { use super::*; $($before)* }
        #[allow(dead_code, unused_imports)]
        mod now { use super::*; $($now)* }
        changes::<before::M, now::M>()
    }};
}

/// RE-24: a plain struct in a message is seen, if it is described.
#[test]
fn a_described_part_is_seen() {
    let changes = versions! {
        {
            #[message(part, name = "money")] pub(crate) struct Money { pub cents: u64 }
            #[message(name = "m")] pub(crate) struct M { pub amount: Vec<Money> }
        }
        {
            #[message(part, name = "money")] pub(crate) struct Money { pub cents: u64, pub currency: String }
            #[message(name = "m")] pub(crate) struct M { pub amount: Vec<Money> }
        }
    };
    assert_eq!(
        said(&changes),
        [
            "`money`, `currency`: it is new, and not optional; this program cannot read what older versions write"
        ]
    );
}

/// RE-24: a nested message is looked into whatever its name is.
#[test]
fn a_name_of_one_letter_is_looked_into() {
    let changes = versions! {
        { #[message(name = "p")] pub(crate) struct P { pub a: u8 } #[message(name = "m")] pub(crate) struct M(pub P, pub u8); }
        { #[message(name = "p")] pub(crate) struct P { pub a: bool } #[message(name = "m")] pub(crate) struct M(pub P, pub u8); }
    };
    assert_eq!(
        said(&changes),
        ["`p`, `a`: it is `bool`, and was `u8`; neither can read what the other writes"]
    );
}

/// RE-24: an alias is the type that it names.
#[test]
fn an_alias_is_seen() {
    let changes = versions! {
        { pub(crate) type Cents = u32; #[message(name = "m")] pub(crate) struct M { pub cents: Option<Cents> } }
        { pub(crate) type Cents = u64; #[message(name = "m")] pub(crate) struct M { pub cents: Option<Cents> } }
    };
    assert_eq!(
        said(&changes),
        [
            "`m`, `cents`: it is `Option<u64>`, and was `Option<u32>`; older versions cannot read what this program writes"
        ]
    );
}

/// RE-24: the length of an array counts, wherever its number is.
#[test]
fn the_length_of_an_array_is_seen() {
    let changes = versions! {
        { const N: usize = 4; #[message(name = "m")] pub(crate) struct M { pub key: [u8; N] } }
        { const N: usize = 8; #[message(name = "m")] pub(crate) struct M { pub key: [u8; N] } }
    };
    assert_eq!(
        said(&changes),
        ["`m`, `key`: it is `[u8; 8]`, and was `[u8; 4]`; neither can read what the other writes"]
    );
}

/// RE-24: each instance of a generic type has a name, an entry, a fingerprint and a schema of its own.
#[test]
fn instances_of_a_generic_type_are_different() {
    #[event(name = "changed")]
    #[derive(Clone)]
    struct Changed<T: Clone>(#[allow(dead_code)] T);
    #[message(part, name = "page")]
    struct Page<T: Part, const N: usize>(#[allow(dead_code)] [Option<T>; N]);
    #[message(part, name = "money")]
    struct Money(#[allow(dead_code)] u64);
    #[message(name = "put")]
    struct Put<T: Part>(#[allow(dead_code)] Page<T, 2>);
    let schemas = [
        <Changed<u8> as Event>::SCHEMA,
        <Changed<Vec<String>> as Event>::SCHEMA,
        <Put<Money> as Message>::SCHEMA,
    ];
    let names = schemas.map(Schema::wire_name);
    assert_eq!(names, ["changed<u8>", "changed<Vec<String>>", "put<money>"]);
    assert_ne!(schemas[0].fingerprint(), schemas[1].fingerprint());
    let lock = Lock::of_schemas("Bank", &schemas).to_string();
    for line in [
        "event \"changed<u8>\" tuple",
        "  field 0: Vec<String>",
        "message \"put<money>\" tuple -> ()",
        "  field 0: @\"page<money, 2>\"",
        "part \"page<money, 2>\" tuple",
        "part money tuple",
    ] {
        assert!(lock.lines().any(|other| other == line), "{line:?} is missing in\n{lock}");
    }
    assert_eq!(Lock::parse(&lock).unwrap().changes(&Lock::of_schemas("Bank", &schemas)), []);
}

mod shelf {
    use airssys_rt::prelude::*;

    #[message(name = "put")]
    pub(crate) struct Put<T>(pub T);

    #[event(name = "changed")]
    #[derive(Clone)]
    pub(crate) struct Changed<T: Clone>(#[allow(dead_code)] pub T);

    pub(crate) struct Shelf<T> {
        pub(crate) last: Option<T>,
    }

    #[actor]
    impl<T: Send + 'static> Shelf<T> {
        #[handler(entry)]
        fn put(&mut self, Put(value): Put<T>) {
            self.last = Some(value);
        }
    }

    #[actor_system(actors(entry Shelf<u64>), events(entry Changed<u8>, entry Changed<bool> as ChangedFlag))]
    pub(crate) struct Shop;
}

/// RE-24: the messages of a generic actor are in the lock, and in the documents of the graph.
#[test]
fn the_messages_of_a_generic_actor_are_seen() {
    let lock = Lock::of::<shelf::Shop>().to_string();
    assert!(lock.contains("message \"put<u64>\" tuple -> ()\n  field 0: u64\n"), "{lock}");
    assert!(lock.contains("event \"changed<bool>\" tuple\n  field 0: bool\n"), "{lock}");
    let graph = Topology::of::<shelf::Shop>();
    let document: serde_json::Value = serde_json::from_str(&graph.to_asyncapi()).unwrap();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    assert_eq!(schemas.keys().collect::<Vec<_>>(), ["changed_bool_", "changed_u8_", "put_u64_"]);
}

/// RE-24: what is not described is listed, also in the file.
#[test]
fn what_is_not_seen_is_listed() {
    #[derive(Clone, Copy, Serialize)]
    struct Slip;
    mod cents {
        pub(super) fn serialize<T, S: serde::Serializer>(_: &T, to: S) -> Result<S::Ok, S::Error> {
            to.serialize_u64(1)
        }
    }
    #[message(part, name = "note")]
    #[derive(Serialize)]
    struct Note {
        text: Box<str>,
    }
    #[message(name = "pay", reply = Result<(), Slip>)]
    #[derive(Serialize)]
    struct Pay {
        #[serde(serialize_with = "cents::serialize")]
        amount: Slip,
        slips: Vec<Option<std::cell::Cell<Slip>>>,
        note: Note,
        #[serde(skip)]
        skipped: Option<std::marker::PhantomPinned>,
    }
    #[derive(Clone)]
    struct Published;
    impl Event for Published {
        const NAME: &'static str = "published";
    }
    #[derive(Clone, Serialize)]
    struct Plain;
    #[message(name = "from")]
    #[derive(Clone, Serialize)]
    #[serde(into = "u64")]
    struct From(Plain);
    impl std::convert::From<From> for u64 {
        fn from(_: From) -> u64 {
            1
        }
    }
    let _ = Option::<Pay>::None.map(|pay| pay.skipped);
    let pay = Pay { amount: Slip, slips: vec![], note: Note { text: "".into() }, skipped: None };
    assert_eq!(serde_json::to_string(&pay).unwrap(), r#"{"amount":1,"slips":[],"note":{"text":""}}"#);
    assert_eq!(serde_json::to_string(&From(Plain)).unwrap(), "1");
    let lock = Lock::of_schemas(
        "Bank",
        &[<Pay as Message>::SCHEMA, <Published as Event>::SCHEMA, <From as Message>::SCHEMA],
    );
    let opaque = [
        "Plain",
        "Slip",
        "from: into = \"u64\"",
        "pay.amount: serialize_with = \"cents::serialize\"",
        "published: its trait is implemented by hand",
    ];
    assert_eq!(lock.opaque().collect::<Vec<_>>(), opaque);
    let read = Lock::parse(&lock.to_string()).unwrap();
    assert_eq!(read.opaque().collect::<Vec<_>>(), opaque);
}

/// RE-24: what cannot be judged counts as incompatible, and says so.
#[test]
fn what_cannot_be_judged_is_incompatible() {
    mod by_hand {
        use airssys_rt::prelude::*;
        #[derive(Clone)]
        pub(crate) struct Closed;
        impl Event for Closed {
            const NAME: &'static str = "closed";
        }
    }
    #[event(name = "closed")]
    #[derive(Clone)]
    struct Closed;
    let [before, now] = [<by_hand::Closed as Event>::SCHEMA, <Closed as Event>::SCHEMA].map(lock);
    let changes = before.changes(&now);
    assert_eq!(
        said(&changes),
        ["`closed`: it is a unit, and was unknown; this cannot be judged, and counts as incompatible"]
    );
    assert!(!changes[0].is_judged() && !changes[0].is_compatible());

    let changes = versions! {
        { pub(crate) struct Slip; #[message(name = "m")] pub(crate) struct M { pub slip: Slip } }
        {
            #[message(part, name = "slip")] pub(crate) struct Slip;
            #[message(name = "m")] pub(crate) struct M { pub slip: Slip }
        }
    };
    assert_eq!(
        said(&changes),
        ["`m`, `slip`: it is `@slip`, and was `Slip`; this cannot be judged, and counts as incompatible"]
    );
}

/// RE-24: an optional field that is written under one name and read under another may lose its value without an error.
#[test]
fn a_changed_name_to_read_of_an_optional_field_is_not_judged() {
    let changes = versions! {
        { #[message(name = "m")] #[derive(Serialize, serde::Deserialize)] pub(crate) struct M { #[serde(default, rename(deserialize = "b"))] pub a: u8 } }
        { #[message(name = "m")] #[derive(Serialize, serde::Deserialize)] pub(crate) struct M { #[serde(default, rename(deserialize = "c"))] pub a: u8 } }
    };
    assert!(!changes.is_empty() && changes.iter().all(|change| !change.is_judged()), "{:?}", said(&changes));
    let same = versions! {
        { #[message(name = "m")] #[derive(Serialize, serde::Deserialize)] pub(crate) struct M { #[serde(default, rename(deserialize = "b"))] pub a: u8 } }
        { #[message(name = "m")] #[derive(Serialize, serde::Deserialize)] pub(crate) struct M { #[serde(default, rename(deserialize = "b"))] pub a: u8 } }
    };
    assert!(same.is_empty(), "{:?}", said(&same));
}
