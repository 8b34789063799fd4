//! Who is stopped and started when one child fails.
