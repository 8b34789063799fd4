//! The message graph as JSON.

use super::{ActorNode, Link, Topology, json_value::Json};
use crate::{
    mailbox::{MailboxPolicy, Overflow},
    message::schema::Schema,
};

impl Topology {
    /// Returns the graph as JSON: its actors with their messages, replies and mailboxes, its events, its links and its warnings. A
    /// capacity or a number of bytes that is `null` is unlimited; a reply that is `null` is not known. An actor or event that is included
    /// has its `list`.
    #[must_use]
    pub fn to_json(&self) -> String {
        let events = self.routed().map(|event| {
            let object = Json::object([
                ("name", event.name.into()),
                ("entry", event.entry.into()),
                ("wireName", Json::Text(event.schema.wire_name())),
                ("fingerprint", fingerprint(event.schema)),
            ]);
            from_list(object, event.list)
        });
        let document = Json::object([
            ("system", self.system.into()),
            ("actors", self.nodes().map(|node| actor(&node)).collect()),
            ("events", events.collect()),
            ("links", self.links().iter().map(link).collect()),
            ("warnings", self.warnings().iter().map(|warning| Json::Text(warning.to_string())).collect()),
        ]);
        format!("{document}\n")
    }
}

fn actor(node: &ActorNode) -> Json {
    let messages = node.messages.iter().map(|message| {
        Json::object([
            ("name", message.name.into()),
            ("entry", message.entry.into()),
            ("reply", message.reply.into()),
            ("wireName", message.schema.map_or(Json::Null, |schema| Json::Text(schema.wire_name()))),
            ("fingerprint", message.schema.map_or(Json::Null, fingerprint)),
        ])
    });
    let mailbox = node.mailbox.unwrap_or_default();
    let object = Json::object([
        ("name", node.name.into()),
        ("entry", node.entry.into()),
        ("messages", messages.collect()),
        (
            "mailbox",
            Json::object([
                ("default", node.mailbox.is_none().into()),
                ("capacity", mailbox.capacity().map(u64::from).into()),
                ("overflow", overflow(mailbox).into()),
                ("slotBytes", (node.slot as u64).into()),
                ("mostBytes", node.most_bytes(mailbox).into()),
            ]),
        ),
    ]);
    from_list(object, node.list)
}

/// Adds the list that an actor or event is included from, if it is.
fn from_list(object: Json, list: Option<&'static str>) -> Json {
    match list {
        Some(list) => object.with("list", list),
        None => object,
    }
}

const fn overflow(mailbox: MailboxPolicy) -> &'static str {
    match mailbox.overflow() {
        Overflow::Block => "block",
        Overflow::Drop => "drop",
        Overflow::Error => "error",
    }
}

fn link(link: &Link) -> Json {
    Json::object([
        ("kind", Json::Text(link.kind.to_string())),
        ("from", link.from.into()),
        ("to", link.to.into()),
        ("cycle", link.cycle.into()),
    ])
}

fn fingerprint(schema: &'static Schema) -> Json {
    Json::Text(schema.fingerprint().to_string())
}
