//! The message graph as an AsyncAPI 3.0.0 document.

use super::{
    LinkKind, Topology,
    json_schema::{SchemaDefinitions, key},
    json_value::Json,
};
use crate::message::schema::{Fingerprint, Schema};

/// The parts of an AsyncAPI document that is being built.
#[derive(Default)]
struct Document {
    channels: Vec<(String, Json)>,
    operations: Vec<(String, Json)>,
    messages: Vec<(String, Json)>,
    schemas: SchemaDefinitions,
}

impl Topology {
    /// Returns the system as an AsyncAPI 3.0.0 document, in JSON: a channel for each actor and each event, an operation for each
    /// message that is received, sent or published, and a schema of each message as serde writes it to JSON.
    ///
    /// The version of the document is a fingerprint of all its messages: it changes if and only if they change. Spawns and
    /// mailboxes are not in the document.
    #[must_use]
    pub fn to_asyncapi(&self) -> String {
        let mut document = Document::default();
        self.nodes().for_each(|node| {
            let channel = format!("actor.{}", key(node.name));
            let mut listed = Vec::new();
            for message in &node.messages {
                let reference = document.message(node.name, message.name, message.schema);
                listed.push((key(message.name), reference));
                let reply = message.schema.and_then(|schema| document.reply(schema));
                let has_reply = reply.is_some();
                listed.extend(reply.map(|reply| (format!("{}.reply", key(message.name)), reply)));
                let handled = operation("receive", &channel, &[message.name]).with("x-entry", message.entry);
                let handled = match has_reply {
                    true => handled.with("reply", reply_object(&channel, message.name)),
                    false => handled,
                };
                document
                    .operations
                    .push((format!("{}.handles.{}", key(node.name), key(message.name)), handled));
            }
            document.channels.push((channel, channel_object(node.name, node.list, Json::Object(listed))));
        });
        for event in self.routed() {
            let reference = document.message("event", event.name, Some(event.schema));
            let listed = Json::Object(vec![(key(event.name), reference)]);
            document
                .channels
                .push((format!("event.{}", key(event.name)), channel_object(event.name, event.list, listed)));
        }
        self.add_links(&mut document);
        document.finish(self.system, &self.version())
    }

    fn add_links(&self, document: &mut Document) {
        let nodes: Vec<_> = self.nodes().collect();
        for link in self.links() {
            let of_actor = format!("actor.{}", key(link.to));
            let all = || nodes[link.ends.1].messages.iter().map(|message| message.name).collect::<Vec<_>>();
            let sent = match link.kind {
                LinkKind::Asks | LinkKind::Tells | LinkKind::TriesToTell => {
                    operation("send", &of_actor, &all())
                }
                LinkKind::TellsAny(message) => operation("send", &of_actor, &[message]),
                LinkKind::Publishes => operation("send", &format!("event.{}", key(link.to)), &[link.to]),
                LinkKind::Subscribes => {
                    operation("receive", &format!("event.{}", key(link.from)), &[link.from])
                }
                LinkKind::Spawns => continue,
            };
            let sent = match link.cycle {
                Some(why) => {
                    sent.with("description", format!("a cycle through this link is allowed: {why}").as_str())
                }
                None => sent,
            };
            let (first, last) = match link.kind {
                LinkKind::Subscribes => (link.to, link.from),
                _ => (link.from, link.to),
            };
            let name = format!("{}.{}.{}", key(first), key(&link.kind.to_string()), key(last));
            document.operations.push((name, sent));
        }
    }

    fn version(&self) -> String {
        let messages = self.nodes().flat_map(|node| node.messages).filter_map(|message| message.schema);
        let all = messages.chain(self.routed().map(|event| event.schema));
        let mut lines: Vec<_> = all.map(|schema| schema.fingerprint().to_string()).collect();
        lines.sort();
        lines.dedup();
        Fingerprint::of(&lines.concat()).to_string()
    }
}

impl Document {
    /// Defines a message and returns a reference to it. A message without a known schema has no payload.
    fn message(&mut self, of: &str, name: &str, schema: Option<&'static Schema>) -> Json {
        let (key, message) = match schema {
            Some(schema) => {
                let wire_name = schema.wire_name();
                let message = Json::object([("name", wire_name.as_str().into()), ("title", name.into())]);
                (key(&wire_name), message.with("payload", self.schemas.of(schema)))
            }
            None => {
                (key(&format!("{of}.{name}")), Json::object([("name", name.into()), ("title", name.into())]))
            }
        };
        self.define(key, message)
    }

    /// Defines the reply to a message and returns a reference to it, if the message has a reply.
    fn reply(&mut self, schema: &'static Schema) -> Option<Json> {
        let reply = schema.reply.filter(|reply| reply.as_str() != "()")?;
        let message = Json::object([
            ("title", reply.as_str().into()),
            ("payload", self.schemas.of_type(schema, &reply)),
        ]);
        Some(self.define(format!("{}.reply", key(&schema.wire_name())), message))
    }

    fn define(&mut self, mut key: String, message: Json) -> Json {
        while self.messages.iter().any(|(known, other)| *known == key && *other != message) {
            key.push('_');
        }
        let reference = reference(&format!("#/components/messages/{key}"));
        if !self.messages.iter().any(|(known, _)| *known == key) {
            self.messages.push((key, message));
        }
        reference
    }

    fn finish(self, title: &str, version: &str) -> String {
        let components =
            Json::object([("messages", Json::Object(self.messages)), ("schemas", self.schemas.finish())]);
        let document = Json::object([
            ("asyncapi", "3.0.0".into()),
            ("info", Json::object([("title", title.into()), ("version", version.into())])),
            ("defaultContentType", "application/json".into()),
            ("channels", Json::Object(self.channels)),
            ("operations", Json::Object(self.operations)),
            ("components", components),
        ]);
        format!("{document}\n")
    }
}

fn reference(to: &str) -> Json {
    Json::object([("$ref", to.into())])
}

/// A channel; `list` is the list that brings its actor or event.
fn channel_object(name: &str, list: Option<&str>, messages: Json) -> Json {
    let channel = Json::object([("address", name.into()), ("title", name.into()), ("messages", messages)]);
    match list {
        Some(list) => channel.with("x-list", list),
        None => channel,
    }
}

fn operation(action: &str, channel: &str, messages: &[&str]) -> Json {
    Json::object([
        ("action", action.into()),
        ("channel", reference(&format!("#/channels/{channel}"))),
        ("messages", channel_messages(channel, messages.iter().map(|name| key(name)))),
    ])
}

fn reply_object(channel: &str, message: &str) -> Json {
    let reply = std::iter::once(format!("{}.reply", key(message)));
    Json::object([
        ("channel", reference(&format!("#/channels/{channel}"))),
        ("messages", channel_messages(channel, reply)),
    ])
}

fn channel_messages(channel: &str, keys: impl Iterator<Item = String>) -> Json {
    keys.map(|key| reference(&format!("#/channels/{channel}/messages/{key}"))).collect()
}
