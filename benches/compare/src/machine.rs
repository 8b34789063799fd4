//! Where a run was made.

use serde::Serialize;
use std::{fs, process::Command, thread};

/// What figures depend on, apart from the contestants.
#[derive(Debug, Serialize)]
pub(crate) struct Machine {
    pub(crate) cores: usize,
    pub(crate) cpu: String,
    pub(crate) system: String,
    pub(crate) rustc: String,
}

impl Machine {
    /// This one.
    pub(crate) fn here() -> Self {
        Machine {
            cores: thread::available_parallelism().map_or(1, usize::from),
            cpu: cpu().unwrap_or_else(unknown),
            system: said_by("uname", &["-sm"]).unwrap_or_else(unknown),
            rustc: said_by("rustc", &["--version"]).unwrap_or_else(unknown),
        }
    }
}

fn unknown() -> String {
    "unknown".to_owned()
}

fn cpu() -> Option<String> {
    let text = fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = text.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn said_by(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    Some(text).filter(|text| !text.is_empty())
}
