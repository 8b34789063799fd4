//! What this process needs of memory.

use std::fs;

/// In bytes.
#[derive(Debug)]
pub(crate) struct Memory {
    /// In memory now.
    pub(crate) resident: u64,
    /// In memory at most, since the program began.
    pub(crate) peak: u64,
}

impl Memory {
    /// As Linux tells it; nobody else does.
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

/// How much so many actors may need: 1 GiB for a million, the share of it for fewer or more. A program with hardly any
/// actors is granted 32 MiB for itself.
pub(crate) fn granted(actors: u32) -> u64 {
    (u64::from(actors) * (1 << 30) / 1_000_000).max(32 << 20)
}
