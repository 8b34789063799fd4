//! The rate limit of the dead-letter log: at most 10 lines in a second.

use crate::rt::Instant;
use std::time::Duration;

/// The maximum number of log lines in one window.
const MAX_LINES: u32 = 10;
const WINDOW: Duration = Duration::from_secs(1);

/// Limits how many dead letters are logged in a second.
#[derive(Debug, Default)]
pub(super) struct Throttle {
    window: Option<Instant>,
    lines: u32,
    suppressed: u64,
}

impl Throttle {
    /// Returns `Some` if the dead letter is logged, with the number of those suppressed since the last line.
    pub(super) fn admit(&mut self, now: Instant) -> Option<u64> {
        let fresh = self.window.is_none_or(|begin| now.duration_since(begin) >= WINDOW);
        if fresh {
            self.window = Some(now);
            self.lines = 0;
        }
        if self.lines == MAX_LINES {
            self.suppressed += 1;
            return None;
        }
        self.lines += 1;
        Some(std::mem::take(&mut self.suppressed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// DL-15
    #[test]
    fn ten_lines_a_second_and_the_next_line_has_the_number_of_suppressed_ones() {
        let begin = crate::rt::now();
        let mut throttle = Throttle::default();
        let admitted = |throttle: &mut Throttle, at: u64, n: u32| {
            let now = begin + Duration::from_millis(at);
            (0..n).filter_map(|_| throttle.admit(now)).collect::<Vec<_>>()
        };
        assert_eq!(admitted(&mut throttle, 0, 25), [0; 10]);
        assert!(admitted(&mut throttle, 999, 5).is_empty());
        assert_eq!(admitted(&mut throttle, 1000, 2), [20, 0]);
    }
}
