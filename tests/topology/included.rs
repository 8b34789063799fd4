//! A system that includes the lists of another crate: it runs as if it listed the actors itself, and its pictures say where they
//! come from.

use airssys_rt::prelude::*;
use airssys_rt_tests::{
    billing::{self, Charge, Drawer, Invoices, Ledger, Total, shop::Till},
    on_every_runtime,
};
use expect_test::expect;

struct Desk {
    till: ActorRef<Till>,
}

#[actor(asks(Till))]
impl Desk {
    #[handler(entry)]
    async fn charge(&mut self, charge: Charge, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> {
        Ok(ctx.ask(&self.till, charge).await?)
    }
}

// The list of `billing` is reached twice, and included once.
#[actor_system(include(billing::shop::Actors, billing::Actors), actors(entry Desk))]
struct Store;

#[test]
fn included_actors_and_events_work_as_listed_ones() {
    on_every_runtime(|| async {
        let store = ActorSystem::<Store>::start(SystemConfig::default()).await.unwrap();
        let ledger = store.spawn(Ledger::default()).await.unwrap();
        let invoices = store.spawn(Invoices { ledger: ledger.clone() }).await.unwrap();
        let till = store.spawn(Till { invoices, seen: 0 }).await.unwrap();
        let desk = store.spawn(Desk { till: till.clone() }).await.unwrap();
        let charges = store.spawn(Drawer::<Charge> { last: None }).await.unwrap();
        assert_eq!(store.ask(&desk, Charge(5)).await, Ok(5));
        store.idle().await;
        assert_eq!(store.ask(&till, Total).await, Ok(5));
        assert_eq!(store.ask(&ledger, Total).await, Ok(5));
        assert_eq!(store.ask(&charges, Total).await, Ok(0));
        store.shutdown().await.unwrap();
    });
}

/// R5
#[test]
fn the_message_enum_has_a_variant_for_each_included_actor() {
    let message = |message: &StoreMessage| match message {
        StoreMessage::Desk(_) => "own",
        StoreMessage::Till(_)
        | StoreMessage::Ledger(_)
        | StoreMessage::Invoices(_)
        | StoreMessage::Charges(_) => "included",
        StoreMessage::Event(StoreEvent::Charged(_)) => "included event",
    };
    let event = StoreMessage::Event(StoreEvent::Charged(billing::Charged(1)));
    assert_eq!(message(&event), "included event");
}

#[test]
fn the_pictures_say_which_list_an_actor_and_an_event_come_from() {
    let store = Store::topology();
    let actors: Vec<_> = store.nodes().map(|node| (node.name, node.list)).collect();
    let (shop, billing) =
        (Some("airssys_rt_tests::billing::shop::Actors"), Some("airssys_rt_tests::billing::Actors"));
    let expected =
        [("Desk", None), ("Till", shop), ("Ledger", billing), ("Invoices", billing), ("Charges", billing)];
    assert_eq!(actors, expected);
    let lists = |text: String, marks: &[&str]| {
        let lines = text.lines().filter(|line| marks.iter().any(|mark| line.contains(mark)));
        lines.map(|line| format!("{}\n", line.trim())).collect::<String>()
    };
    expect![[r#"
        subgraph cluster0 { label="airssys_rt_tests::billing::shop::Actors"; a1 }
        subgraph cluster1 { label="airssys_rt_tests::billing::Actors"; a2; a3; a4; e0 }
    "#]]
    .assert_eq(&lists(store.to_dot(), &["subgraph"]));
    expect![[r#"
        a0["<b>Desk</b><br/>Charge -#gt; u64<br/><i>mailbox: 1000 x 24 bytes = 24000, by default</i>"]
        a1["<b>Till</b><br/>Charge -#gt; u64<br/>Total -#gt; u64<br/><i>mailbox: 1000 x 32 bytes = 32000, by default</i>"]
        a2["<b>Ledger</b><br/>Charge -#gt; u64<br/>Total -#gt; u64<br/><i>mailbox: 1000 x 32 bytes = 32000, by default</i>"]
        a3["<b>Invoices</b><br/>Charge -#gt; u64<br/><i>mailbox: 1000 x 24 bytes = 24000, by default</i>"]
        a4["<b>Charges</b><br/>Total -#gt; u64<br/><i>mailbox: 1000 x 16 bytes = 16000, by default</i>"]
        e0(["Charged"])
        subgraph l0 ["airssys_rt_tests::billing::shop::Actors"]
        a1
        end
        subgraph l1 ["airssys_rt_tests::billing::Actors"]
        a2
        a3
        a4
        e0
        end
        a0 -- asks --> a1
        a1 -- asks --> a3
        e0 --> a1
        a3 -- asks --> a2
        a3 --> e0
    "#]].assert_eq(&lists(store.to_mermaid(), &["subgraph", "    a", "    e", "end"]));
    expect![[r#"
        "list": "airssys_rt_tests::billing::shop::Actors"
        "list": "airssys_rt_tests::billing::Actors"
        "list": "airssys_rt_tests::billing::Actors"
        "list": "airssys_rt_tests::billing::Actors"
        "list": "airssys_rt_tests::billing::Actors"
    "#]]
    .assert_eq(&lists(store.to_json(), &["\"list\""]));
    expect![[r#"
        "x-list": "airssys_rt_tests::billing::shop::Actors"
        "x-list": "airssys_rt_tests::billing::Actors"
        "x-list": "airssys_rt_tests::billing::Actors"
        "x-list": "airssys_rt_tests::billing::Actors"
        "x-list": "airssys_rt_tests::billing::Actors"
    "#]]
    .assert_eq(&lists(store.to_asyncapi(), &["x-list"]));
    expect![[r#"
        | `Till` (entry) from `airssys_rt_tests::billing::shop::Actors` | `Charge` (entry) | `u64` | 1000 x 32 bytes = 32000, by default |
        | `Ledger` (entry) from `airssys_rt_tests::billing::Actors` | `Charge` | `u64` | 1000 x 32 bytes = 32000, by default |
        | `Invoices` (entry) from `airssys_rt_tests::billing::Actors` | `Charge` (entry) | `u64` | 1000 x 24 bytes = 24000, by default |
        | `Charges` (entry) from `airssys_rt_tests::billing::Actors` | `Total` (entry) | `u64` | 1000 x 16 bytes = 16000, by default |
        | `Charged` (entry) from `airssys_rt_tests::billing::Actors` | `Invoices` | `Till` |
        | from |  | to | why a cycle is allowed |
    "#]].assert_eq(&lists(store.to_markdown(), &[" from "]));
}
