use crate::contest::Row;
use crate::goals::GoalResult;
use crate::memory::Footprint;

/// Prints the rows of one work.
pub(crate) fn print_rows(rows: &[Row]) {
    for row in rows {
        let ratio = row.ratio.map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.2}x"));
        println!(
            "{:<15} {:<10} {:<11} {:>9.1} ns ({:.1} to {:.1})  {ratio}",
            row.work, row.threads, row.contestant, row.median, row.minimum, row.maximum
        );
    }
}

/// Prints the memory of each contestant.
pub(crate) fn print_footprints(footprints: &[Footprint]) {
    let text = |figure: Option<f64>, digits: usize| {
        figure.map_or_else(|| "-".to_owned(), |n| format!("{n:.digits$}"))
    };
    for one in footprints {
        println!(
            "idle actor      {:<11} {:>6} bytes of heap, {:>6} resident; allocations: tell {}, ask {}",
            one.contestant,
            text(one.heap, 0),
            text(one.resident, 0),
            text(one.tell, 3),
            text(one.ask, 3),
        );
    }
}

/// Prints the goals, and marks the missed ones.
pub(crate) fn print_goals(goals: &[GoalResult]) {
    for goal in goals {
        let mark = if goal.is_met() { "" } else { "  MISSED" };
        println!("{:<60} {:>7.2} {:<5} (goal {}){mark}", goal.text, goal.figure, goal.unit, goal.limit);
    }
}
