//! The message graph in DOT, the language of Graphviz.

use super::{LinkKind, Topology};
use std::fmt::Write;

impl Topology {
    /// Returns the graph in the language of Graphviz: an actor is a box with its messages, their replies and its mailbox, an
    /// event is an ellipse, and the reason why a cycle is allowed is a label of its arrow. A list that the system includes is a cluster.
    #[must_use]
    pub fn to_dot(&self) -> String {
        let mut text = String::new();
        let mut line = |content: std::fmt::Arguments<'_>| {
            writeln!(text, "{content}").expect("writing to a string cannot fail");
        };
        line(format_args!("digraph {} {{", quoted(&[self.system])));
        line(format_args!("    rankdir=LR"));
        line(format_args!("    node [shape=box]"));
        for (at, node) in self.nodes().enumerate() {
            let messages: Vec<_> = node.messages.iter().map(|message| message.label()).collect();
            let mailbox = format!("mailbox: {}", node.mailbox_label());
            let mut lines = vec![node.name];
            lines.extend(messages.iter().map(String::as_str));
            lines.push(&mailbox);
            line(format_args!("    a{at} [label={}]", quoted(&lines)));
        }
        for (at, event) in self.events().enumerate() {
            line(format_args!("    e{at} [shape=ellipse, label={}]", quoted(&[event])));
        }
        for (at, list) in self.lists().iter().enumerate() {
            let actors = list.actors.iter().map(|actor| format!("a{actor}"));
            let members: Vec<_> = actors.chain(list.events.iter().map(|event| format!("e{event}"))).collect();
            let (name, members) = (quoted(&[list.name]), members.join("; "));
            line(format_args!("    subgraph cluster{at} {{ label={name}; {members} }}"));
        }
        for link in self.links() {
            let (from, to) = link.ends;
            let (from_kind, to_kind, style) = match link.kind {
                LinkKind::Asks => ("a", "a", "solid"),
                LinkKind::Tells | LinkKind::TriesToTell | LinkKind::TellsAny(_) => ("a", "a", "dashed"),
                LinkKind::Publishes => ("a", "e", "dotted"),
                LinkKind::Subscribes => ("e", "a", "dotted"),
                LinkKind::Spawns => ("a", "a", "bold"),
            };
            let (kind, why) = (link.kind.to_string(), link.cycle.map(|why| format!("cycle: {why}")));
            let lines: Vec<_> = std::iter::once(kind.as_str()).chain(why.as_deref()).collect();
            let label = quoted(&lines);
            line(format_args!("    {from_kind}{from} -> {to_kind}{to} [style={style}, label={label}]"));
        }
        line(format_args!("}}"));
        text
    }
}

/// Returns a DOT string that has one line for each text.
fn quoted(lines: &[&str]) -> String {
    let escaped = |line: &&str| {
        let flat = line.replace(char::is_control, " ");
        flat.replace('\\', "\\\\").replace('"', "\\\"")
    };
    format!("\"{}\"", lines.iter().map(escaped).collect::<Vec<_>>().join("\\n"))
}
