//! Checks the message graph of a system against a picture file, or writes the file.

use super::diff::diff;
use crate::{system::System, topology::Topology};
use std::{fs, io::ErrorKind, path::Path};

/// Checks that the graph of `S` equals the file at `path`. The file is written if there is none, or if the environment has
/// `UPDATE_TOPOLOGY=1`.
///
/// The end of the path selects the format: `.mmd` is [Mermaid](Topology::to_mermaid), `.dot` [DOT](Topology::to_dot),
/// `.asyncapi.json` [AsyncAPI](Topology::to_asyncapi), any other `.json` [JSON](Topology::to_json), and every other end
/// [Markdown](Topology::to_markdown). All formats but AsyncAPI contain the sizes of messages in a mailbox, which depend on the
/// word size of the machine.
///
/// # Panics
///
/// If the graph differs from the file; the panic shows the lines. Also if the file cannot be read or written.
#[track_caller]
pub fn check<S: System>(path: impl AsRef<Path>) {
    let update = std::env::var_os("UPDATE_TOPOLOGY").is_some_and(|value| value == "1");
    if let Err(text) = compare(path.as_ref(), &Topology::of::<S>(), update) {
        panic!("{text}");
    }
}

/// Compares the graph with the file, or writes the file. Returns the text of the panic as an error.
fn compare(path: &Path, graph: &Topology, update: bool) -> Result<(), String> {
    let (shown, now) = (path.display(), formatted(path, graph));
    let before = match fs::read_to_string(path) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(format!("cannot read {shown}: {error}")),
    };
    match before {
        Some(before) if before.lines().eq(now.lines()) => Ok(()),
        Some(before) if !update => Err(format!(
            "the graph of `{}` has changed:\n{}`UPDATE_TOPOLOGY=1 cargo test` writes {shown} again",
            graph.system(),
            diff(&before, &now)
        )),
        _ => fs::write(path, now).map_err(|error| format!("cannot write {shown}: {error}")),
    }
}

fn formatted(path: &Path, graph: &Topology) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if name.ends_with(".asyncapi.json") {
        graph.to_asyncapi()
    } else if name.ends_with(".json") {
        graph.to_json()
    } else if name.ends_with(".mmd") {
        graph.to_mermaid()
    } else if name.ends_with(".dot") {
        graph.to_dot()
    } else {
        graph.to_markdown()
    }
}
