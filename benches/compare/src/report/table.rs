use crate::contest::Row;
use crate::goals::Reached;
use crate::memory::Footprint;

/// One work, as soon as it is over.
pub(crate) fn print(rows: &[Row]) {
    for row in rows {
        let ratio = row.ratio.map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.2}x"));
        println!(
            "{:<15} {:<10} {:<11} {:>9.1} ns ({:.1} to {:.1})  {ratio}",
            row.work, row.threads, row.contestant, row.median, row.minimum, row.maximum
        );
    }
}

/// What each contestant needs of memory.
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

/// The goals, and which are missed.
pub(crate) fn print_goals(goals: &[Reached]) {
    for goal in goals {
        let mark = if goal.is_good() { "" } else { "  MISSED" };
        println!("{:<60} {:>7.2} {:<5} (goal {}){mark}", goal.text, goal.figure, goal.unit, goal.limit);
    }
}
