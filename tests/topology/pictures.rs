//! Pictures of the message graph (Mermaid, DOT, JSON, Markdown, AsyncAPI): each shows the declared graph.

use airssys_rt::{
    mailbox::MailboxPolicy,
    prelude::*,
    topology::{LinkKind, Topology},
};
use airssys_rt_tests::Lab;
use expect_test::{ExpectFile, expect_file};
use serde_json::Value;

/// A system with each kind of edge, and with every character that has a meaning in a picture format.
#[allow(dead_code)]
pub(crate) mod odd {
    use airssys_rt::prelude::*;

    #[message(reply = Result<Vec<u8>, String>, name = "odd|\"<read>\"")]
    pub(crate) struct Read {
        pub at: Option<u64>,
        pub of: Page,
    }

    #[message(name = "page")]
    pub(crate) enum Page {
        First,
        Last { back: u8 },
        Both(Box<Page>, [u8; 2]),
    }

    #[message]
    pub(crate) struct Write<T>(pub T);

    #[message(name = "note")]
    pub(crate) struct Note(pub std::collections::HashMap<String, bool>);

    #[event(name = "event.written")]
    #[derive(Clone)]
    pub(crate) struct Written;

    pub(crate) struct Ledger<T>(pub Vec<T>);

    #[actor(publishes(Written), mailbox(unbounded))]
    impl<T: Send + 'static> Ledger<T> {
        #[handler]
        fn read(&mut self, _: Read) -> Result<Vec<u8>, String> {
            Ok(Vec::new())
        }

        #[handler]
        fn write(&mut self, Write(_): Write<T>) {}
    }

    pub(crate) struct Reader;

    #[actor(
        asks(Ledger<u8>, Reader, cycle = "a \"reader\" <b>|</b> `asks` & #1; \\ --> a0\n} of others"),
        tells(Ledger<String>, any Note),
        spawns(Reader),
        mailbox(capacity = 8, overflow = Error)
    )]
    impl Reader {
        #[handler(entry)]
        async fn page(&mut self, _: Page) {}

        #[on_event]
        fn written(&mut self, _: Written) {}
    }

    pub(crate) struct Listener;

    #[actor]
    impl Listener {
        #[handler]
        fn note(&mut self, _: Note) {}
    }

    #[allow(deprecated)] // no actor spawns the ledgers: the page lists that
    #[actor_system(
        actors(Ledger<u8>, Ledger<String> as Names, entry Reader, entry Listener),
        events(Written)
    )]
    pub(crate) struct Odd;
}

fn odd() -> Topology {
    Topology::of::<odd::Odd>()
}

#[test]
fn the_graph_is_drawn_from_the_declarations() {
    let graph = Lab::topology();
    assert_eq!(graph.system(), "Lab");
    assert_eq!(
        graph.actors().collect::<Vec<_>>(),
        ["Scribe", "Clock", "Listener", "Hooked", "Relay", "Duelist"]
    );
    assert_eq!(graph.events().collect::<Vec<_>>(), ["Ticked"]);
    let mermaid = graph.to_mermaid();
    for line in [
        "flowchart LR",
        "e0([\"Ticked\"])",
        "a1 --> e0",
        "e0 --> a2",
        "a4 -- asks --> a0",
        "a4 -. tells .-> a0",
    ] {
        assert!(mermaid.lines().any(|other| other.trim() == line), "{line} is missing in\n{mermaid}");
    }
}

#[test]
fn the_graph_is_plain_data() {
    let graph = odd();
    let nodes: Vec<_> = graph.nodes().collect();
    let ledger = &nodes[0];
    let messages: Vec<_> = ledger.messages.iter().map(|message| (message.name, message.reply)).collect();
    assert_eq!(messages, [("Read", Some("Result<Vec<u8>, String>")), ("Write", Some("()"))]);
    assert_eq!(ledger.messages[0].schema.unwrap().name, "odd|\"<read>\"");
    assert_eq!(ledger.most_bytes(MailboxPolicy::default()), None, "it is unbounded");
    let reader = &nodes[2];
    assert!(reader.entry && reader.messages[0].entry && !ledger.entry);
    assert_eq!(reader.mailbox.unwrap().capacity(), Some(8));
    assert_eq!(reader.most_bytes(MailboxPolicy::default()), Some(8 * reader.slot as u64));
    let listener = &nodes[3];
    assert!(listener.mailbox.is_none());
    assert_eq!(listener.most_bytes(MailboxPolicy::default()), Some(1000 * listener.slot as u64));
    assert_eq!(listener.most_bytes(MailboxPolicy::bounded(2)), Some(2 * listener.slot as u64));
    let links: Vec<_> = graph.links().iter().map(ToString::to_string).collect();
    assert_eq!(
        links,
        [
            "Ledger publishes Written",
            "Names publishes Written",
            "Reader asks Ledger",
            "Reader asks Reader",
            "Reader tells Names",
            "Reader tells Listener Note",
            "Reader spawns Reader",
            "Reader subscribes to Written",
        ]
    );
    let asks = graph.links().into_iter().filter(|link| link.kind == LinkKind::Asks);
    assert_eq!(asks.map(|link| link.cycle.is_some()).collect::<Vec<_>>(), [false, true]);
    assert_eq!(graph.routed().next().unwrap().schema.name, "event.written");
}

/// Each picture is compared with a file.
#[test]
fn each_picture_equals_its_file() {
    let check = |file: ExpectFile, text: String| file.assert_eq(&text);
    check(expect_file!["odd.mmd"], odd().to_mermaid());
    check(expect_file!["odd.dot"], odd().to_dot());
    check(expect_file!["odd.json"], odd().to_json());
    check(expect_file!["odd.asyncapi.json"], odd().to_asyncapi());
    check(expect_file!["odd.md"], odd().to_markdown());
}

/// No character of a name or a reason ends a label, a string, a line or a cell.
#[test]
fn every_picture_escapes_its_text() {
    const WHY: &str = "a \"reader\" <b>|</b> `asks` & #1; \\ --> a0\n} of others";
    let mermaid = odd().to_mermaid();
    for line in mermaid.lines().skip(4).map(str::trim) {
        let quotes = line.matches('"').count();
        assert!(quotes == 0 || quotes == 2, "{line}");
        let label = line.split('"').nth(1).unwrap_or_default();
        for tag in ["<br/>", "<b>", "</b>", "<i>", "</i>"] {
            assert!(tag == "<br/>" || label.matches(tag).count() <= 1, "{line}");
        }
        let own = ["<br/>", "<b>", "</b>", "<i>", "</i>"]
            .iter()
            .fold(label.to_owned(), |text, tag| text.replace(tag, ""));
        assert!(!own.contains(['<', '>', '"', '`', '\\']), "{line}");
    }
    assert!(mermaid.contains("asks, cycle: a #quot;reader#quot; #lt;b#gt;|#lt;/b#gt; #96;asks#96; #amp; #35;1#59; #92; --#gt; a0 } of"));
    assert!(mermaid.contains("Read -#gt; Result#lt;Vec#lt;u8#gt;, String#gt;"));

    for line in odd().to_dot().lines() {
        let bare = line.replace("\\\\", "").replace("\\\"", "");
        assert_eq!(bare.matches('"').count() % 2, 0, "{line}");
    }
    assert!(odd().to_dot().contains("cycle: a \\\"reader\\\" <b>|</b> `asks` & #1; \\\\ --> a0 } of others"));

    let json: Value = serde_json::from_str(&odd().to_json()).unwrap();
    assert_eq!(json["links"][3]["cycle"], WHY);
    assert_eq!(json["actors"][0]["messages"][0]["wireName"], "odd|\"<read>\"");

    let tables = odd().to_markdown();
    let rows: Vec<_> = tables.lines().filter(|line| line.starts_with('|')).collect();
    assert!(rows.len() > 12);
    let cells = |row: &str| row.replace("\\|", "").matches('|').count();
    assert!(rows.iter().all(|row| matches!(cells(row), 4 | 5)), "{rows:#?}");
    assert!(
        tables.contains("a \"reader\" \\<b\\>\\|\\</b\\> \\`asks\\` \\& \\#1; \\\\ --\\> a0 } of others")
    );
}

/// The document is valid by the official schema of the format, and each of its references resolves, which the schema does not
/// check.
#[test]
fn the_asyncapi_document_is_valid() {
    let schema: Value = serde_json::from_str(include_str!("asyncapi/3.0.0.json")).unwrap();
    let validator = jsonschema::options().with_draft(jsonschema::Draft::Draft7).build(&schema).unwrap();
    for graph in [odd(), Lab::topology(), Topology::of::<airssys_rt_tests::bank::Bank>()] {
        let document: Value = serde_json::from_str(&graph.to_asyncapi()).unwrap();
        let errors: Vec<_> = validator
            .iter_errors(&document)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", graph.system());
        let references = references(&document);
        assert!(!references.is_empty());
        for reference in references {
            let found = document.pointer(reference.strip_prefix('#').unwrap());
            assert!(found.is_some(), "{}: {reference} leads nowhere", graph.system());
        }
    }
    let mut broken: Value = serde_json::from_str(&odd().to_asyncapi()).unwrap();
    broken["operations"]["Reader.asks.Ledger"]["action"] = "ask".into();
    assert!(!validator.is_valid(&broken), "the schema is applied");
}

fn references(value: &Value) -> Vec<&str> {
    match value {
        Value::Object(members) => members
            .iter()
            .flat_map(|(name, value)| match value.as_str() {
                Some(text) if name == "$ref" => vec![text],
                _ => references(value),
            })
            .collect(),
        Value::Array(values) => values.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

/// A message in the form of serde is valid by its schema in the document.
#[test]
fn messages_in_the_form_of_serde_are_valid_by_the_document() {
    #[message(name = "all", boxed)]
    #[derive(serde::Serialize)]
    struct All {
        number: i32,
        maybe: Option<String>,
        list: Vec<(u8, bool)>,
        map: std::collections::BTreeMap<String, f64>,
        result: Result<Unit, char>,
        kind: [Kind; 4],
        newtype: Newtype,
    }
    #[message(name = "unit")]
    #[derive(serde::Serialize)]
    struct Unit;
    #[message(name = "newtype")]
    #[derive(serde::Serialize)]
    struct Newtype(String);
    #[message(name = "kind")]
    #[derive(serde::Serialize)]
    enum Kind {
        Unit,
        One(u8),
        Two(u8, bool),
        Named { text: &'static str },
    }
    struct Actor;
    #[actor]
    impl Actor {
        #[handler]
        fn all(&mut self, _: All) {}
    }
    #[actor_system(actors(Actor))]
    struct System;

    let document: Value = serde_json::from_str(&System::topology().to_asyncapi()).unwrap();
    let mut schema = document["components"]["schemas"]["all"].clone();
    schema["components"] = document["components"].clone();
    let validator = jsonschema::options().with_draft(jsonschema::Draft::Draft7).build(&schema).unwrap();
    let all = All {
        number: -1,
        maybe: None,
        list: vec![(1, true)],
        map: [("a".to_owned(), 0.5)].into(),
        result: Ok(Unit),
        kind: [Kind::Unit, Kind::One(1), Kind::Two(1, true), Kind::Named { text: "" }],
        newtype: Newtype(String::new()),
    };
    let written = serde_json::to_value(&all).unwrap();
    let errors: Vec<_> = validator.iter_errors(&written).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?} in {written:#}");
    for (member, wrong) in [
        ("number", Value::from(0.5)),
        ("maybe", Value::from(1)),
        ("list", serde_json::json!([[1]])),
        ("map", serde_json::json!({ "a": "b" })),
        ("result", serde_json::json!({ "Ok": 1 })),
        ("kind", serde_json::json!(["Unit", "Unit", "Unit", "Other"])),
        ("newtype", Value::Null),
    ] {
        let mut written = written.clone();
        written[member] = wrong;
        assert!(!validator.is_valid(&written), "{member}");
    }
}
