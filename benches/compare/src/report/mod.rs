//! What a run has to say: on the terminal while it runs, and as JSON, Markdown and a chart when it is over.

mod files;
mod table;

pub(crate) use files::finish;
pub(crate) use table::print;
