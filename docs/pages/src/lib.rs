//! Compiles the pages of docs/ that use other crates.
