//! What a run has to say: on the terminal while it runs, and as JSON, Markdown and a chart when it is over.

mod chart;
mod finish;
mod json;
mod markdown;
mod others;
mod table;

#[cfg(test)]
pub(crate) use chart::draw;
pub(crate) use finish::finish;
pub(crate) use table::print;
