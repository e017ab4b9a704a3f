//! Exported code in the real engines: databases, libraries and compilers. `bash tests/run` installs
//! and starts what these tests need and says where it is through the environment.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may stop where it stands")]

mod browser;
mod dbml;
mod documents;
mod graphql;
mod harness;
mod json_schema;
mod mermaid;
#[path = "../it/support/mod.rs"]
mod models;
mod mongodb;
mod mongoose;
mod prisma;
mod rust_flavors;

mod plural;
mod sql;
mod support;
mod typescript;
