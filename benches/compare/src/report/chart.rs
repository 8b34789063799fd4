//! Draws the chart: a bar to the left of the baseline is faster, to the right slower; its length is the factor.

use crate::{
    contest::{BASELINE, Row},
    job::Threads,
    work::Work,
};
use std::fmt::Write;

/// The works in the chart, with their labels.
const WORKS: [(Work, &str); 6] = [
    (Work::Tell, "tell, 1 producer"),
    (Work::Tell4, "tell, 4 producers"),
    (Work::Ask, "ask"),
    (Work::PingPong, "ping-pong"),
    (Work::Event10, "event to 10"),
    (Work::Spawn, "spawn, ask, stop"),
];

const WIDTH: f64 = 860.0;
/// The horizontal range of the bars; the labels of the works and of the slowest contestants are outside of it.
const LEFT: f64 = 230.0;
const RIGHT: f64 = 750.0;
const TOP: f64 = 96.0;
const BAR: f64 = 12.0;
const PITCH: f64 = 16.0;
const GAP: f64 = 14.0;

/// GitHub shows an image on light and on dark pages, so the chart has a background for each.
const STYLE: &str = "\
text{font:12px system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif;fill:#1f2328}\
.title{font-size:16px;font-weight:600}.work{font-size:13px;font-weight:600}.quiet{fill:#59636e}.ours{font-weight:700}\
.ground{fill:#ffffff;stroke:#d1d9e0}.tick{stroke:#e4e8ec}.base{stroke:#1f2328;stroke-width:1.5}\
.a{fill:#0969da}.f{fill:#8c959f}.c{fill:#1a9c75}.e{fill:#a36bd1}\
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.quiet{fill:#9198a1}.ground{fill:#0d1117;stroke:#3d444d}\
.tick{stroke:#262c34}.base{stroke:#e6edf3}.a{fill:#4493f8}.f{fill:#6e7681}.c{fill:#2fb890}.e{fill:#b587e0}}";

/// The kinds of contestants, with the CSS classes of their colours.
const KINDS: [(&str, &str); 4] =
    [("a", "airssys-rt"), ("f", "other frameworks"), ("e", "Erlang"), ("c", "bare channels")];

/// A logarithmic scale.
struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    fn of(rows: &[&Row]) -> Self {
        let ratios = || rows.iter().filter_map(|row| row.ratio);
        Scale { low: ratios().fold(0.5, f64::min) / 1.1, high: ratios().fold(2.0, f64::max) * 1.1 }
    }

    fn x(&self, ratio: f64) -> f64 {
        LEFT + (RIGHT - LEFT) * (ratio / self.low).ln() / (self.high / self.low).ln()
    }

    fn ticks(&self) -> impl Iterator<Item = f64> {
        let all = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0];
        let (low, high) = (self.low, self.high);
        all.into_iter().filter(move |tick| (low..=high).contains(tick))
    }
}

/// Draws the main works on two workers; returns `None` if the run has none of them.
pub(crate) fn draw(rows: &[Row]) -> Option<String> {
    let mut groups: Vec<(&str, f64, Vec<&Row>)> = Vec::new();
    for (work, title) in WORKS {
        let of_work =
            || rows.iter().filter(move |row| (row.work, row.threads) == (work.name(), Threads::Two.name()));
        let Some(baseline) = of_work().find(|row| row.contestant == BASELINE) else { continue };
        let mut others: Vec<_> = of_work().filter(|row| row.contestant != BASELINE).collect();
        others.sort_by(|one, other| one.median.total_cmp(&other.median));
        groups.push((title, baseline.median, others));
    }
    let bars: Vec<&Row> = groups.iter().flat_map(|(_, _, rows)| rows.iter().copied()).collect();
    if bars.is_empty() {
        return None;
    }
    let scale = Scale::of(&bars);
    let bottom = TOP + bars.len() as f64 * PITCH + groups.len() as f64 * GAP;
    let mut body = axis(&scale, bottom);
    let mut y = TOP + GAP / 2.0;
    for (title, baseline, rows) in groups {
        body += &text(20.0, y + BAR - 2.0, "start", "work", title);
        let note = format!("{BASELINE}: {}", time(baseline));
        body += &text(20.0, y + BAR + 14.0, "start", "quiet", &note);
        for row in rows {
            body += &bar(&scale, y, row);
            y += PITCH;
        }
        y += GAP;
    }
    let height = bottom + 34.0;
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
         viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"Time per operation relative to a bare tokio channel\">\n\
         <style>{STYLE}</style>\n\
         <rect class=\"ground\" x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"{}\" rx=\"6\"/>\n{}{body}</svg>\n",
        WIDTH - 1.0,
        height - 1.0,
        head(&scale)
    ))
}

fn head(scale: &Scale) -> String {
    let title = "Time per operation relative to bare tokio channels that do the same work";
    let mut out = text(20.0, 30.0, "start", "title", title);
    let mut x = 20.0;
    for (class, name) in KINDS {
        _ = writeln!(out, "<rect class=\"{class}\" x=\"{x}\" y=\"44\" width=\"12\" height=\"12\" rx=\"2\"/>");
        out += &text(x + 18.0, 54.5, "start", "", name);
        x += 44.0 + 6.6 * name.len() as f64;
    }
    let note = "2 workers, medians, logarithmic scale";
    out += &text(WIDTH - 20.0, 54.5, "end", "quiet", note);
    out += &text(scale.x(1.0) - 10.0, TOP - 14.0, "end", "quiet", "\u{2190} faster");
    out += &text(scale.x(1.0) + 10.0, TOP - 14.0, "start", "quiet", "slower \u{2192}");
    out
}

fn axis(scale: &Scale, bottom: f64) -> String {
    let mut out = String::new();
    for tick in scale.ticks() {
        let (x, class) = (scale.x(tick), if tick == 1.0 { "base" } else { "tick" });
        _ = writeln!(out, "<path class=\"{class}\" d=\"M{x:.1} {} V{bottom:.1}\"/>", TOP - 8.0);
        let name = if tick == 1.0 { format!("{BASELINE} = 1") } else { tick.to_string() };
        out += &text(x, bottom + 18.0, "middle", "quiet", &name);
    }
    out
}

fn bar(scale: &Scale, y: f64, row: &Row) -> String {
    let ratio = row.ratio.unwrap_or(1.0);
    let (end, one) = (scale.x(ratio), scale.x(1.0));
    let (x, width) = (end.min(one), (end - one).abs().max(1.0));
    let (name, class) = match row.contestant {
        "airssys" => ("airssys-rt", "ours"),
        "erlang" => ("Erlang", ""),
        other => (other, ""),
    };
    let mut out = format!(
        "<rect class=\"{}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{BAR}\" rx=\"2\"/>\n",
        kind(row.contestant)
    );
    let figure = if ratio < 9.95 { format!("{ratio:.2}") } else { format!("{ratio:.1}") };
    out += &match ratio < 1.0 {
        true => text(end - 6.0, y + BAR - 2.0, "end", class, &format!("{name} {figure}")),
        false => text(end + 6.0, y + BAR - 2.0, "start", class, &format!("{figure} {name}")),
    };
    out
}

fn kind(contestant: &str) -> &'static str {
    match contestant {
        "airssys" => "a",
        "erlang" => "e",
        "kanal" | "tokio-many" => "c",
        _ => "f",
    }
}

fn text(x: f64, y: f64, anchor: &str, class: &str, text: &str) -> String {
    format!("<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" class=\"{class}\">{text}</text>\n")
}

fn time(nanoseconds: f64) -> String {
    match nanoseconds {
        short if short < 1000.0 => format!("{short:.0} ns"),
        long => format!("{:.1} \u{b5}s", long / 1000.0),
    }
}
