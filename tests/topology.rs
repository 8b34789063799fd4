//! The graph that is drawn is the graph that was declared.

use airssys_rt_tests::Lab;

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
        "a0[Scribe]",
        "e0([Ticked])",
        "a1 --> e0",
        "e0 --> a2",
        "a4 -- asks --> a0",
        "a4 -. tells .-> a0",
        "a5 -- asks --> a5",
    ] {
        assert!(mermaid.lines().any(|other| other.trim() == line), "{line} is missing in\n{mermaid}");
    }
}
