//! The reports of a run: tables on the terminal during the run, and JSON, Markdown and a chart at the end.

mod chart;
mod files;
mod json;
mod markdown;
mod other_runs;
mod table;

#[cfg(test)]
pub(crate) use chart::draw;
pub(crate) use files::write_files;
pub(crate) use table::print_rows;
