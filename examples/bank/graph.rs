//! Output formats of the message graph.

use airssys_rt::topology::Topology;
use clap::ValueEnum;

/// An output format of the message graph.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Graph {
    Mermaid,
    Dot,
    Json,
    Asyncapi,
    Markdown,
}

impl Graph {
    pub(crate) fn of(self, topology: &Topology) -> String {
        match self {
            Self::Mermaid => topology.to_mermaid(),
            Self::Dot => topology.to_dot(),
            Self::Json => topology.to_json(),
            Self::Asyncapi => topology.to_asyncapi(),
            Self::Markdown => topology.to_markdown(),
        }
    }
}

#[cfg(test)]
mod tests {
    use airssys_rt::testkit;
    use clap::Parser;

    use crate::actors::Bank;
    use crate::args::Args;

    /// Returns the output of the program for `arguments`.
    fn printed(arguments: &[&str]) -> String {
        let args = Args::parse_from(["bank"].iter().chain(arguments));
        args.graph.expect("a graph is asked for").of(&Bank::topology())
    }

    #[test]
    fn each_format_is_printed() {
        for (arguments, begin, part) in [
            (&["--graph"] as &[&str], "---\ntitle: \"Bank\"\n---\nflowchart LR\n", "a0 -- asks --> a1"),
            (&["--graph", "mermaid"], "---\ntitle: \"Bank\"\n", "Withdraw -#gt; "),
            (&["--graph", "dot"], "digraph \"Bank\" {\n", "a0 -> a1 [style=solid, label=\"asks\"]"),
            (&["--graph", "json"], "{\n  \"system\": \"Bank\",\n", "\"kind\": \"asks\""),
            (&["--graph", "asyncapi"], "{\n  \"asyncapi\": \"3.0.0\",\n", "\"Account.asks.Ledger\": {"),
            (&["--graph", "markdown"], "# Bank\n\n```mermaid\n", "| actor | message | reply | mailbox |"),
        ] {
            let output = printed(arguments);
            assert!(output.starts_with(begin) && output.contains(part), "{arguments:?}: {output}");
        }
        assert!(Args::try_parse_from(["bank", "--graph", "png"]).is_err());
    }

    #[test]
    fn the_readme_shows_the_graph() {
        let readme = include_str!("../../README.md");
        assert!(
            readme.contains(&printed(&["--graph"])),
            "the README must contain:\n{}",
            printed(&["--graph"])
        );
    }

    /// Makes each change of the graph or of a message visible in a review.
    #[test]
    fn the_graph_and_the_messages_are_those_in_the_files() {
        testkit::topology::check::<Bank>(concat!(env!("CARGO_MANIFEST_DIR"), "/bank/graph.md"));
        testkit::schema::check::<Bank>(concat!(env!("CARGO_MANIFEST_DIR"), "/bank/schema.lock"));
    }
}
