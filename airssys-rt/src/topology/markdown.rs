//! The message graph as a Markdown page: a flowchart and tables.

use super::{LinkKind, Topology};

impl Topology {
    /// Returns the graph as a page of Markdown: the Mermaid flowchart, and tables of the actors, the events and the links between
    /// them.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut page =
            vec![format!("# {}\n", plain(self.system)), format!("```mermaid\n{}```\n", self.to_mermaid())];
        let actors = self.nodes().flat_map(|node| {
            let mailbox = plain(node.mailbox_label());
            let name = format!("{}{}", marked(node.name, node.entry), from_list(node.list));
            let messages = node.messages.into_iter().map(move |message| {
                let reply = message.reply.map_or_else(|| "not known".to_owned(), code);
                vec![marked(message.name, message.entry), reply]
            });
            let first = messages.collect::<Vec<_>>();
            let rows = if first.is_empty() { vec![vec![String::new(), String::new()]] } else { first };
            rows.into_iter().enumerate().map(move |(at, mut row)| {
                let is_first = at == 0;
                row.insert(0, if is_first { name.clone() } else { String::new() });
                row.push(if is_first { mailbox.clone() } else { String::new() });
                row
            })
        });
        page.push(table("Actors", &["actor", "message", "reply", "mailbox"], actors.collect()));
        let links = self.links();
        let ends = |kind, event: usize| {
            let all = links.iter().filter(|link| link.kind == kind);
            let names: Vec<_> = match kind {
                LinkKind::Publishes => {
                    all.filter(|link| link.ends.1 == event).map(|link| code(link.from)).collect()
                }
                _ => all.filter(|link| link.ends.0 == event).map(|link| code(link.to)).collect(),
            };
            names.join(", ")
        };
        let events = self.routed().enumerate().map(|(at, event)| {
            vec![
                format!("{}{}", marked(event.name, event.entry), from_list(event.list)),
                ends(LinkKind::Publishes, at),
                ends(LinkKind::Subscribes, at),
            ]
        });
        page.push(table("Events", &["event", "publishers", "subscribers"], events.collect()));
        let others =
            links.iter().filter(|link| !matches!(link.kind, LinkKind::Publishes | LinkKind::Subscribes));
        let others = others.map(|link| {
            vec![
                code(link.from),
                plain(link.kind.to_string()),
                code(link.to),
                link.cycle.map_or_else(String::new, plain),
            ]
        });
        page.push(table("Links", &["from", "", "to", "why a cycle is allowed"], others.collect()));
        let warnings: Vec<_> =
            self.warnings().iter().map(|warning| format!("- {}\n", plain(warning.to_string()))).collect();
        if !warnings.is_empty() {
            page.push(format!("## Warnings\n\n{}", warnings.concat()));
        }
        page.join("\n")
    }
}

/// Returns a section with a table, or with `none` if there are no rows.
fn table(heading: &str, columns: &[&str], rows: Vec<Vec<String>>) -> String {
    if rows.is_empty() {
        return format!("## {heading}\n\nnone\n");
    }
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let head = line(&columns.iter().map(|column| (*column).to_owned()).collect::<Vec<_>>());
    let rule = format!("|{}\n", "---|".repeat(columns.len()));
    format!("## {heading}\n\n{head}{rule}{}", rows.iter().map(|row| line(row)).collect::<String>())
}

fn marked(name: &str, entry: bool) -> String {
    if entry { format!("{} (entry)", code(name)) } else { code(name) }
}

/// Returns where an actor or event comes from, if a list brings it.
fn from_list(list: Option<&str>) -> String {
    list.map(|list| format!(" from {}", code(list))).unwrap_or_default()
}

/// Returns `text` as code in a table cell, whichever characters it has.
fn code(text: impl AsRef<str>) -> String {
    let text = text.as_ref().replace(char::is_control, " ").replace('|', "\\|");
    match text.contains('`') {
        true => format!("`` {text} ``"),
        false => format!("`{text}`"),
    }
}

/// Returns `text` as plain text in a table cell, with the special characters of Markdown escaped.
fn plain(text: impl AsRef<str>) -> String {
    let mut plain = String::new();
    for letter in text.as_ref().chars() {
        if "\\`*_[]<>#|~&".contains(letter) {
            plain.push('\\');
        }
        plain.push(if letter.is_control() { ' ' } else { letter });
    }
    plain
}
