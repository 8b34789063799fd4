use super::{Instant, now, wall_clock};
use std::{
    cell::Cell,
    time::{Duration, SystemTime},
};

/// For so long the wall clock is worked out from the other one, so that is how late it is noticed that somebody has set it.
const VALID: Duration = Duration::from_millis(1);
/// Two looks at the clocks that are further apart than this were interrupted.
const TOGETHER: Duration = Duration::from_micros(2);

/// A moment on both clocks. What lies close to it on one of them can be worked out on the other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Anchor {
    at: Instant,
    wall: SystemTime,
}

impl Anchor {
    /// A moment, on the wall clock.
    pub(crate) fn on_the_wall(&self, moment: Instant) -> SystemTime {
        self.wall.checked_add(moment.duration_since(self.at)).unwrap_or(self.wall)
    }
}

#[derive(Clone, Copy)]
struct Kept {
    anchor: Anchor,
    until: Instant,
    /// When it was last used.
    used: Instant,
}

thread_local! {
    static KEPT: Cell<Option<Kept>> = const { Cell::new(None) };
}

/// The present, and what says when that is on the wall clock. A look at one of the clocks costs more than a lock, so in a
/// flood of messages there is but one.
#[inline]
pub(crate) fn clocks() -> (Instant, Anchor) {
    let now = now();
    let anchor = KEPT.with(|kept| match kept.get() {
        // A clock that stands still is paused, by a test, and says nothing about the other one.
        Some(old) if old.used < now && now < old.until => {
            kept.set(Some(Kept { used: now, ..old }));
            old.anchor
        }
        _ => look(now, kept),
    });
    (now, anchor)
}

#[cold]
fn look(at: Instant, kept: &Cell<Option<Kept>>) -> Anchor {
    let anchor = Anchor { at, wall: wall_clock() };
    let together = now().duration_since(at) < TOGETHER;
    let until = at.checked_add(VALID).filter(|_| together);
    kept.set(until.map(|until| Kept { anchor, until, used: at }));
    anchor
}
