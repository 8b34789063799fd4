//! The message graph of a system, as its macros know it.

#[doc(inline)]
pub use crate::graph::Warning;
use crate::{
    graph::{Node, Routed},
    system::System,
};
use std::fmt::Write;

/// Who asks, tells and publishes to whom in one system. Made by `Bank::topology()`.
#[derive(Debug, Clone)]
pub struct Topology {
    system: &'static str,
    nodes: &'static [Node],
    events: &'static [Routed],
}

impl Topology {
    /// The graph of `S`.
    #[must_use]
    pub fn of<S: System>() -> Self {
        Topology { system: S::NAME, nodes: S::NODES, events: S::EVENTS }
    }

    /// The name of the system.
    #[must_use]
    pub fn system(&self) -> &'static str {
        self.system
    }

    /// The names of the actors, in the order of `actors(..)`.
    pub fn actors(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.nodes.iter().map(|node| node.name)
    }

    /// The names of the events, in the order of `events(..)`.
    pub fn events(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.events.iter().map(|event| event.name)
    }

    /// What may be wrong with it, although it compiles.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        Warning::of(self.nodes, self.events)
    }

    /// The graph as a Mermaid flowchart: solid arrows ask, dashed arrows tell, and events are rounded nodes.
    #[must_use]
    pub fn to_mermaid(&self) -> String {
        let mut text = format!("---\ntitle: {}\n---\nflowchart LR\n", self.system);
        for (index, node) in self.nodes.iter().enumerate() {
            line(&mut text, format_args!("a{index}[{}]", node.name));
        }
        for (index, event) in self.events.iter().enumerate() {
            line(&mut text, format_args!("e{index}([{}])", event.name));
        }
        for (index, node) in self.nodes.iter().enumerate() {
            let edges = node.edges;
            edges
                .asks
                .iter()
                .for_each(|edge| line(&mut text, format_args!("a{index} -- asks --> a{}", edge.to)));
            edges
                .tells
                .iter()
                .for_each(|edge| line(&mut text, format_args!("a{index} -. tells .-> a{}", edge.to)));
            edges
                .publishes
                .iter()
                .for_each(|edge| line(&mut text, format_args!("a{index} --> e{}", edge.to)));
            edges.subscribes.iter().for_each(|event| line(&mut text, format_args!("e{event} --> a{index}")));
        }
        text
    }
}

fn line(text: &mut String, content: std::fmt::Arguments<'_>) {
    writeln!(text, "    {content}").expect("writing to a string cannot fail");
}
