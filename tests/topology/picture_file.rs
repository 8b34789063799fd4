//! A message graph that is kept in a file: a change of the graph fails a test.

use crate::pictures::odd::Odd;
use airssys_rt::{testkit::topology::check, topology::Topology};
use airssys_rt_tests::Lab;
use std::{
    env, fs,
    panic::catch_unwind,
    path::{Path, PathBuf},
    process::Command,
};

/// A temporary folder, removed on drop.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = env::temp_dir().join(format!("airssys-rt-graph-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Folder(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn panic_of(check: fn(PathBuf), path: &Path) -> String {
    let path = path.to_owned();
    let panic = catch_unwind(|| check(path)).unwrap_err();
    panic.downcast_ref::<String>().unwrap().clone()
}

#[test]
fn the_file_extension_selects_the_picture() {
    let folder = Folder::new("pictures");
    let graph = Topology::of::<Odd>();
    for (name, picture) in [
        ("graph.mmd", graph.to_mermaid()),
        ("graph.dot", graph.to_dot()),
        ("graph.json", graph.to_json()),
        ("graph.asyncapi.json", graph.to_asyncapi()),
        ("GRAPH.md", graph.to_markdown()),
    ] {
        let path = folder.0.join(name);
        fs::write(&path, picture.replace('\n', "\r\n")).unwrap();
        check::<Odd>(&path);
    }
}

#[test]
fn a_changed_graph_is_an_error_that_shows_the_lines() {
    let folder = Folder::new("changed");
    let path = folder.0.join("graph.mmd");
    let before = Topology::of::<Odd>().to_mermaid().replace("a2 -. tells .-> a1", "a2 -. tells .-> a0");
    fs::write(&path, &before).unwrap();
    let said = panic_of(check::<Odd>, &path);
    let lines: Vec<_> = said.lines().collect();
    assert_eq!(lines[0], "the graph of `Odd` has changed:");
    assert!(lines[1].starts_with("      a2 -- \"asks, cycle: "), "{said}");
    assert_eq!(lines[2..4], ["-     a2 -. tells .-> a0", "+     a2 -. tells .-> a1"]);
    assert!(lines[4].starts_with("      a2 -. \"tells any Note\""), "{said}");
    assert_eq!(lines[5], format!("`UPDATE_TOPOLOGY=1 cargo test` writes {} again", path.display()));
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        before,
        "a changed file is not written without the variable"
    );
    assert!(
        panic_of(check::<Lab>, &path)
            .starts_with("the graph of `Lab` has changed:\n  ---\n- title: \"Odd\"\n")
    );
    let folder_as_file = folder.0.join("folder.md");
    fs::create_dir(&folder_as_file).unwrap();
    assert!(panic_of(check::<Odd>, &folder_as_file).starts_with("cannot read "));
}

#[test]
fn a_path_whose_end_selects_no_format_is_an_error() {
    for name in ["graph.markdown", "graph.mermaid", "graph", "graph.mdd"] {
        let said = panic_of(check::<Odd>, Path::new(name));
        assert!(said.starts_with(&format!("the end of {name} selects no format: `.md`")), "{said}");
        assert!(!Path::new(name).exists());
    }
}

/// Run by the test below, in a process of its own.
#[test]
#[ignore = "it is run by another test"]
fn child() {
    check::<Odd>(env::var_os("GRAPH").unwrap());
}

/// An environment variable belongs to a process, so the check runs in another process.
fn run(path: &Path, variables: &[(&str, &str)]) -> (bool, String) {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--ignored", "--exact", "picture_file::child", "--nocapture"]).env("GRAPH", path);
    command.env_remove("UPDATE_TOPOLOGY").env_remove("CI").env_remove("RUST_BACKTRACE");
    let done = command.envs(variables.iter().copied()).output().unwrap();
    (done.status.success(), String::from_utf8_lossy(&done.stderr).into_owned())
}

#[test]
fn an_environment_variable_rewrites_the_file() {
    let folder = Folder::new("update");
    let path = folder.0.join("graph.md");
    fs::write(&path, "# Something else\n").unwrap();
    let (passed, said) = run(&path, &[]);
    assert!(!passed && said.contains("- # Something else"), "{said}");
    // The panic has the location of the call of the check.
    assert!(said.contains("panicked at tests/topology/picture_file.rs"), "{said}");
    assert!(run(&path, &[("UPDATE_TOPOLOGY", "1"), ("CI", "true")]).0);
    assert_eq!(fs::read_to_string(&path).unwrap(), Topology::of::<Odd>().to_markdown());
    assert!(run(&path, &[]).0);
}

/// A test that wrote a missing file in CI would be green for ever, with a path that is misspelt or a file that was not committed.
#[test]
fn a_missing_file_is_written_but_not_in_ci() {
    let folder = Folder::new("missing");
    let path = folder.0.join("graph.md");
    for ci in ["true", "1", "yes"] {
        let (passed, said) = run(&path, &[("CI", ci)]);
        assert!(
            !passed && said.contains("there is no file ") && said.contains("UPDATE_TOPOLOGY=1"),
            "{said}"
        );
        assert!(!path.exists());
    }
    let (passed, said) = run(&folder.0.join("no/graph.md"), &[]);
    assert!(!passed && said.contains("cannot write "), "{said}");
    assert!(run(&path, &[("CI", "false")]).0);
    assert_eq!(fs::read_to_string(&path).unwrap(), Topology::of::<Odd>().to_markdown());
    assert!(run(&path, &[("CI", "true")]).0);
}
