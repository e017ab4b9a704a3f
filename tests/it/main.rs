//! One integration binary: each room has its file.
