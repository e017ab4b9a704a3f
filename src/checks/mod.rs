//! What is wrong or risky in a model: model → findings, one rule per file.
