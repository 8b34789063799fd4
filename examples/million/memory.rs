//! Memory usage of this process.

use std::fs;

/// Resident memory, in bytes.
#[derive(Debug)]
pub(crate) struct Memory {
    /// Resident now.
    pub(crate) resident: u64,
    /// The peak since the program started.
    pub(crate) peak: u64,
}

impl Memory {
    /// Reads the current values; `None` on systems other than Linux.
    pub(crate) fn now() -> Option<Self> {
        let status = fs::read_to_string("/proc/self/status").ok()?;
        Some(Memory { resident: field(&status, "VmRSS:")?, peak: field(&status, "VmHWM:")? })
    }
}

fn field(status: &str, name: &str) -> Option<u64> {
    let kib = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kib: u64 = kib.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}

/// Returns the memory limit for `actors`: 1 GiB per million, in proportion, and at least 32 MiB for the program itself.
pub(crate) fn limit(actors: u32) -> u64 {
    (u64::from(actors) * (1 << 30) / 1_000_000).max(32 << 20)
}
