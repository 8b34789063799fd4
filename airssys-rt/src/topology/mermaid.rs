//! The message graph as a Mermaid flowchart.

use super::{Link, LinkKind, Topology, json_value::Json};
use std::fmt::Write;

/// The most arrows that Mermaid draws, by default and on GitHub.
const MOST_ARROWS: usize = 499;

/// The longest text that Mermaid draws, by default and on GitHub.
const MOST_CHARACTERS: usize = 50_000;

impl Topology {
    /// Returns the graph as a Mermaid flowchart: an actor is a node with its messages, their replies and its mailbox, an event is a
    /// rounded node. Solid arrows are asks, publications and subscriptions, dashed arrows tells, thick arrows spawns; the reason why
    /// a cycle is allowed is a label of its arrow. A list that the system includes is a subgraph.
    ///
    /// Mermaid refuses a chart with 500 arrows or more, or with more than 50,000 characters. Of a larger graph, the further arrows are
    /// left out, and then the messages and mailboxes; a node of the chart says so. The other formats have all of it.
    #[must_use]
    pub fn to_mermaid(&self) -> String {
        let full = self.chart(true, MOST_ARROWS);
        if full.chars().count() <= MOST_CHARACTERS {
            return full;
        }
        let most = |arrows: usize| self.chart(false, arrows);
        let mut arrows = MOST_ARROWS.min(self.links().len());
        let mut text = most(arrows);
        while text.chars().count() > MOST_CHARACTERS && arrows > 0 {
            arrows /= 2;
            text = most(arrows);
        }
        text
    }

    /// Returns the chart with at most so many arrows, and a node that says what is left out.
    fn chart(&self, with_messages: bool, most_arrows: usize) -> String {
        let title = Json::from(self.system);
        let mut text = format!("---\ntitle: {title}\n---\nflowchart LR\n");
        for (at, node) in self.nodes().enumerate() {
            let mut lines = vec![format!("<b>{}</b>", escaped(node.name))];
            if with_messages {
                lines.extend(node.messages.iter().map(|message| escaped(&message.label())));
                lines.push(format!("<i>mailbox: {}</i>", escaped(&node.mailbox_label())));
            }
            line(&mut text, format_args!("a{at}[\"{}\"]", lines.join("<br/>")));
        }
        for (at, event) in self.events().enumerate() {
            line(&mut text, format_args!("e{at}([\"{}\"])", escaped(event)));
        }
        for (at, list) in self.lists().iter().enumerate() {
            line(&mut text, format_args!("subgraph l{at} [\"{}\"]", escaped(list.name)));
            list.actors.iter().for_each(|actor| line(&mut text, format_args!("    a{actor}")));
            list.events.iter().for_each(|event| line(&mut text, format_args!("    e{event}")));
            line(&mut text, format_args!("end"));
        }
        let links = self.links();
        links.iter().take(most_arrows).for_each(|link| arrow(&mut text, link));
        let mut left_out = Vec::new();
        if links.len() > most_arrows {
            left_out.push(format!("{} of {} arrows", links.len() - most_arrows, links.len()));
        }
        if !with_messages {
            left_out.push(String::from("messages and mailboxes"));
        }
        if !left_out.is_empty() {
            let what = left_out.join("; ");
            line(&mut text, format_args!("note{{{{\"left out, by the limits of Mermaid: {what}\"}}}}"));
        }
        text
    }
}

fn arrow(text: &mut String, link: &Link) {
    let (from, to) = link.ends;
    let label = match (link.kind, link.cycle) {
        (LinkKind::TellsAny(_), _) => format!("\"{}\"", escaped(&link.kind.to_string())),
        (_, Some(why)) => format!("\"{}, cycle: {}\"", link.kind.word(), escaped(why)),
        _ => link.kind.word().to_owned(),
    };
    match (link.kind, link.cycle) {
        (LinkKind::Asks, _) => line(text, format_args!("a{from} -- {label} --> a{to}")),
        (LinkKind::Tells | LinkKind::TriesToTell | LinkKind::TellsAny(_), _) => {
            line(text, format_args!("a{from} -. {label} .-> a{to}"))
        }
        (LinkKind::Spawns, _) => line(text, format_args!("a{from} == {label} ==> a{to}")),
        (LinkKind::Publishes, None) => line(text, format_args!("a{from} --> e{to}")),
        (LinkKind::Publishes, Some(_)) => line(text, format_args!("a{from} -- {label} --> e{to}")),
        (LinkKind::Subscribes, _) => line(text, format_args!("e{from} --> a{to}")),
    }
}

/// Escapes a label between quotation marks, where Mermaid reads HTML, its own entities, and Markdown between backticks.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '"' => escaped.push_str("#quot;"),
            '<' => escaped.push_str("#lt;"),
            '>' => escaped.push_str("#gt;"),
            '&' => escaped.push_str("#amp;"),
            '#' | '`' | ';' | '\\' => {
                write!(escaped, "#{};", u32::from(letter)).expect("writing to a string cannot fail")
            }
            letter if letter.is_control() => escaped.push(' '),
            letter => escaped.push(letter),
        }
    }
    escaped
}

fn line(text: &mut String, content: std::fmt::Arguments<'_>) {
    writeln!(text, "    {content}").expect("writing to a string cannot fail");
}
