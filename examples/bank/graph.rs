//! The pictures of the graph.

use airssys_rt::topology::Topology;
use clap::ValueEnum;

/// Which picture of the graph.
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

    /// What the program prints with these arguments.
    fn printed(arguments: &[&str]) -> String {
        let args = Args::parse_from(["bank"].iter().chain(arguments));
        args.graph.expect("a graph is asked for").of(&Bank::topology())
    }

    #[test]
    fn each_picture_is_printed() {
        for (arguments, begin, part) in [
            (&["--graph"] as &[&str], "---\ntitle: \"Bank\"\n---\nflowchart LR\n", "a0 -- asks --> a1"),
            (&["--graph", "mermaid"], "---\ntitle: \"Bank\"\n", "Withdraw -#gt; "),
            (&["--graph", "dot"], "digraph \"Bank\" {\n", "a0 -> a1 [style=solid, label=\"asks\"]"),
            (&["--graph", "json"], "{\n  \"system\": \"Bank\",\n", "\"kind\": \"asks\""),
            (&["--graph", "asyncapi"], "{\n  \"asyncapi\": \"3.0.0\",\n", "\"Account.asks.Ledger\": {"),
            (&["--graph", "markdown"], "# Bank\n\n```mermaid\n", "| actor | message | reply | mailbox |"),
        ] {
            let picture = printed(arguments);
            assert!(picture.starts_with(begin) && picture.contains(part), "{arguments:?}: {picture}");
        }
        assert!(Args::try_parse_from(["bank", "--graph", "png"]).is_err());
    }

    #[test]
    fn the_readme_shows_the_graph() {
        let readme = include_str!("../../README.md");
        assert!(
            readme.contains(&printed(&["--graph"])),
            "put this into the README:\n{}",
            printed(&["--graph"])
        );
    }

    /// Whoever changes the graph or a message sees it in a review.
    #[test]
    fn the_graph_and_the_messages_are_those_in_the_files() {
        testkit::topology::check::<Bank>(concat!(env!("CARGO_MANIFEST_DIR"), "/bank/graph.md"));
        testkit::schema::check::<Bank>(concat!(env!("CARGO_MANIFEST_DIR"), "/bank/schema.lock"));
    }
}
