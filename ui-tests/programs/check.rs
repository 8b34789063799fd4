//! One `cargo check` of many programs.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

/// The package of the programs. It is no member of the workspace, because its programs have errors.
const MANIFEST: &str = r#"[package]
name = "PACKAGE"
edition = "2024"

[workspace]

[dependencies]
airssys-rt = { path = "ROOT/airssys-rt" }
airssys-rt-ui-tests = { path = "ROOT/ui-tests" }
tokio = { version = "1", default-features = false, features = ["rt", "time"] }
"#;

/// A line of cargo's JSON.
#[derive(Deserialize)]
struct Line {
    reason: String,
    target: Option<Target>,
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

#[derive(Deserialize)]
struct Message {
    level: String,
    message: String,
    rendered: String,
}

/// The errors of each program, as rustc renders them and in the order in which it reports them.
pub(crate) type Errors = BTreeMap<String, Vec<String>>;

/// Checks the programs, each of which is a text with a name, as crates of the package with this name.
pub(crate) fn check(name: &str, programs: &BTreeMap<String, String>, chosen: &BTreeSet<String>) -> Errors {
    let package = write_package(name, programs);
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    cargo.args(["check", "--offline", "--quiet", "--keep-going", "--message-format=json"]);
    // The folder of the workspace: cargo builds each dependency once.
    cargo.arg("--target-dir").arg(temporary().parent().expect("it is in the target folder"));
    cargo.env("CARGO_INCREMENTAL", "0").current_dir(package);
    for bin in chosen {
        cargo.args(["--bin", bin]);
    }
    let output = cargo.output().expect("cargo starts");
    let stdout = String::from_utf8(output.stdout).expect("cargo writes UTF-8");
    let lines: Vec<Line> = stdout.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let has_built = lines.iter().any(|line| line.reason == "build-finished");
    assert!(has_built, "cargo did not check the programs: {}", String::from_utf8_lossy(&output.stderr));
    errors(lines, chosen)
}

fn errors(lines: Vec<Line>, chosen: &BTreeSet<String>) -> Errors {
    let mut errors: Errors = chosen.iter().map(|bin| (bin.clone(), Vec::new())).collect();
    for line in lines {
        let (Some(target), Some(message)) = (line.target, line.message) else { continue };
        if message.level == "error" && !message.message.starts_with("aborting due to") {
            let of_bin = errors.get_mut(&target.name);
            of_bin
                .unwrap_or_else(|| panic!("an error of a dependency: {}", message.rendered))
                .push(message.rendered);
        }
    }
    errors
}

fn temporary() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
}

/// Writes the package. A file that has not changed stays as it is, so that cargo does not check it again.
fn write_package(name: &str, programs: &BTreeMap<String, String>) -> PathBuf {
    let root = Path::new("..").canonicalize().expect("the workspace is above this package");
    let package = temporary().join(name);
    let bins = package.join("src/bin");
    fs::create_dir_all(&bins).expect("the target folder can be written");
    let root_text = root.to_str().expect("the workspace has a plain path");
    let manifest = MANIFEST.replace("PACKAGE", name).replace("ROOT", root_text);
    write(&package.join("Cargo.toml"), &manifest);
    // Cargo removes from it what the programs do not need, and finds the rest without a network.
    fs::copy(root.join("Cargo.lock"), package.join("Cargo.lock")).expect("the workspace has a Cargo.lock");
    for file in fs::read_dir(&bins).expect("the folder was written") {
        let file = file.expect("the entry can be read").path();
        let is_wanted = file.file_stem().is_some_and(|bin| programs.contains_key(&*bin.to_string_lossy()));
        if !is_wanted {
            fs::remove_file(file).expect("the target folder can be written");
        }
    }
    for (bin, text) in programs {
        write(&bins.join(bin).with_extension("rs"), text);
    }
    package
}

fn write(file: &Path, text: &str) {
    if fs::read_to_string(file).is_ok_and(|old| old == text) {
        return;
    }
    fs::write(file, text).expect("the target folder can be written");
}
