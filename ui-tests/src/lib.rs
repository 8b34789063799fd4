//! What misuse says: one mistake a file.
