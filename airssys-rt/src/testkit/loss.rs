//! `Loss`: what a loss of power does to a `SimulatedDisk`.

/// What a loss of power does to the changes that were not synced.
///
/// What was synced survives each of them. The first variant is the end of a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Loss {
    /// Nothing is lost: the process ended, and the operating system writes what it was given.
    Nothing,
    /// The changes reach the disk in order, up to some byte of one of them.
    Cut,
    /// Each sector of 512 bytes has its content before or after any of the changes, and so has the size. A sector that was never
    /// written holds zeros.
    Sectors,
    /// As [`Sectors`](Loss::Sectors), and sectors that were never written hold other bytes: those of another place, or any.
    Garbage,
    /// The size reaches the disk, and none of the data: zeros.
    Data,
    /// The size reaches the disk, and the data up to some sector; zeros follow.
    Zeros,
    /// Any of the others, another one each time.
    Any,
}

impl Loss {
    /// All of them but [`Any`](Loss::Any).
    pub const ALL: [Loss; 6] =
        [Loss::Nothing, Loss::Cut, Loss::Sectors, Loss::Garbage, Loss::Data, Loss::Zeros];
}
