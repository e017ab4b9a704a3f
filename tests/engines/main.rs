//! Real engines judge what the generators write. Run by `bash tests/run`, which installs them.
