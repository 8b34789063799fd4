//! The examples are the files and folders next to this one; run one with `cargo run --release --example NAME`.
