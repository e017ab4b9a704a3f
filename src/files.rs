//! The only user of `std::fs`: load, atomic save, all-or-nothing export folders.
