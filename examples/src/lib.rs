//! The examples lie beside this folder; run one with `cargo run --release --example NAME`.
