//! Times of single operations: see `benches/operations.rs`.
