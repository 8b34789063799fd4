//! Checks the message graph of a system against a picture file, or writes the file.

use super::diff::diff;
use crate::{system::System, testkit::committed_file::CommittedFile, topology::Topology};
use std::path::Path;

/// Checks that the graph of `S` equals the file at `path`. The file is written if there is none, or if the environment has
/// `UPDATE_TOPOLOGY=1`. In CI (the environment has `CI`) a missing file is an error: a test that wrote it there would compare nothing.
///
/// The end of the path selects the format: `.md` is [Markdown](Topology::to_markdown), `.mmd` [Mermaid](Topology::to_mermaid), `.dot`
/// [DOT](Topology::to_dot), `.asyncapi.json` [AsyncAPI](Topology::to_asyncapi), and any other `.json` [JSON](Topology::to_json). All
/// formats but AsyncAPI contain the sizes of messages in a mailbox, which depend on the word size of the machine.
///
/// # Panics
///
/// If the graph differs from the file; the panic shows the lines. Also if the path has another end, or the file cannot be read or
/// written.
#[track_caller]
pub fn check<S: System>(path: impl AsRef<Path>) {
    let file = CommittedFile { path: path.as_ref(), variable: "UPDATE_TOPOLOGY" };
    if let Err(text) = compare(&file, &Topology::of::<S>()) {
        panic!("{text}");
    }
}

/// Compares the graph with the file, or writes the file. Returns the text of the panic as an error.
fn compare(file: &CommittedFile<'_>, graph: &Topology) -> Result<(), String> {
    let now = formatted(file.path, graph)?;
    match file.read()? {
        Some(before) if before.lines().eq(now.lines()) => Ok(()),
        Some(before) if !file.updates() => Err(format!(
            "the graph of `{}` has changed:\n{}`UPDATE_TOPOLOGY=1 cargo test` writes {} again",
            graph.system(),
            diff(&before, &now),
            file.path.display()
        )),
        _ => file.write(&now),
    }
}

fn formatted(path: &Path, graph: &Topology) -> Result<String, String> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(if name.ends_with(".asyncapi.json") {
        graph.to_asyncapi()
    } else if name.ends_with(".json") {
        graph.to_json()
    } else if name.ends_with(".mmd") {
        graph.to_mermaid()
    } else if name.ends_with(".dot") {
        graph.to_dot()
    } else if name.ends_with(".md") {
        graph.to_markdown()
    } else {
        return Err(format!(
            "the end of {} selects no format: `.md`, `.mmd`, `.dot`, `.json` and `.asyncapi.json` do",
            path.display()
        ));
    })
}
