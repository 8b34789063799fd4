//! The difference of two texts, line by line.

/// Returns the removed lines with `-` and the added lines with `+`, in order, each with its neighbours.
pub(super) fn diff(before: &str, now: &str) -> String {
    let (before, now): (Vec<_>, Vec<_>) = (before.lines().collect(), now.lines().collect());
    let common = common(&before, &now);
    let (mut lines, mut old, mut new) = (Vec::new(), 0, 0);
    while old < before.len() || new < now.len() {
        if old < before.len() && new < now.len() && before[old] == now[new] {
            lines.push((' ', before[old]));
            (old, new) = (old + 1, new + 1);
        } else if new == now.len() || (old < before.len() && common[old + 1][new] >= common[old][new + 1]) {
            lines.push(('-', before[old]));
            old += 1;
        } else {
            lines.push(('+', now[new]));
            new += 1;
        }
    }
    let is_near =
        |at: usize| lines[at.saturating_sub(1)..lines.len().min(at + 2)].iter().any(|(mark, _)| *mark != ' ');
    let (mut text, mut is_gap) = (String::new(), false);
    for (at, (mark, line)) in lines.iter().enumerate() {
        if is_near(at) {
            text.push_str(if is_gap && !text.is_empty() { "  ..\n" } else { "" });
            text.push_str(&format!("{mark} {line}\n"));
        }
        is_gap = !is_near(at);
    }
    text
}

/// Returns the length of the longest common subsequence of the lines from `old` and from `new` on, for each pair of both.
fn common(before: &[&str], now: &[&str]) -> Vec<Vec<usize>> {
    let mut common = vec![vec![0; now.len() + 1]; before.len() + 1];
    for old in (0..before.len()).rev() {
        for new in (0..now.len()).rev() {
            common[old][new] = match before[old] == now[new] {
                true => common[old + 1][new + 1] + 1,
                false => common[old + 1][new].max(common[old][new + 1]),
            };
        }
    }
    common
}

#[cfg(test)]
mod tests {
    use super::diff;

    #[test]
    fn the_lines_that_differ_are_shown_with_their_neighbours() {
        assert_eq!(diff("a\nb\n", "a\nb\n"), "");
        assert_eq!(diff("", "a\n"), "+ a\n");
        assert_eq!(diff("a\n", ""), "- a\n");
        assert_eq!(diff("a\nb\nc\nd\n", "a\nb\nx\nd\n"), "  b\n- c\n+ x\n  d\n");
        assert_eq!(diff("a\nb\nc\nd\ne\nf", "a2\nb\nc\nd\ne\nf2"), "- a\n+ a2\n  b\n  ..\n  e\n- f\n+ f2\n");
        assert_eq!(diff("a\nb\nc", "b\nc\nd"), "- a\n  b\n  c\n+ d\n");
    }
}
