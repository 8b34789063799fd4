//! Panics under `panic = "abort"`: the program ends at the first one, so there is no supervision.

#![cfg(all(unix, panic = "unwind"))]
#![allow(clippy::unwrap_used)] // a test fails by panicking

use std::{
    env,
    os::unix::process::ExitStatusExt,
    path::Path,
    process::{Command, ExitStatus, Stdio},
};

const SIGABRT: i32 = 6;

/// Builds an example of this workspace with `panic = "abort"`, and runs it. Its dependencies may be built as usual.
fn run(example: &str) -> ExitStatus {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let build = ["rustc", "--quiet", "--locked", "-p", "airssys-rt-examples", "--example", example];
    let built =
        Command::new(env!("CARGO")).current_dir(root).args(build).args(["--", "-C", "panic=abort"]).status();
    assert!(built.unwrap().success(), "{example} can be built");
    // The binary of this test is in `deps`, beside the examples.
    let folder = env::current_exe().unwrap().ancestors().nth(2).unwrap().join("examples");
    Command::new(folder.join(example)).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap()
}

/// LC-07: a program that does not panic runs as usual; one that panics ends.
#[test]
fn a_program_that_aborts_ends_at_the_first_panic() {
    assert!(run("hello").success());
    assert_eq!(run("supervisor_tree").signal(), Some(SIGABRT));
}
