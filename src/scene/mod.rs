//! The display list: the last stop before pixels.
