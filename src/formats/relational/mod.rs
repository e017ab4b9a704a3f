//! The model as tables: what every SQL dialect and the Rust flavors for SQL share, without any
//! dialect's spelling.
//!
//! | in the model | as tables |
//! |---|---|
//! | collection, table | a table; a collection without a key gets one |
//! | object id that is the key of a collection | 24 digits, a counted integer or a UUID (option `keys`) |
//! | view | a view, where it has a query |
//! | embedded type, nested object | a JSON column, or child tables (option `embedded`) |
//! | list of scalars | an array where the target has them, else JSON or a child table |
//! | list of references, many-to-many | a join table |
//! | map, mixed | a JSON column |
//! | reference without fields | made columns, named after role or target and key |
//! | at most one referencing record | a unique constraint over the referencing columns |
//! | a reference to fields that are not unique | they become unique, with a warning |
//! | a referencing field whose type differs from the key's | takes the key's type |
//! | smallest, largest, lengths, pattern | rules of a check, which the dialect spells |
//! | timestamps | `createdAt` and `updatedAt` in collections, `created_at` and `updated_at` in tables |
//! | names | kept or in snake case (option `names`); a stored name always wins |
//!
//! Everything that had to be changed is a diagnostic; nothing is dropped in silence.
//!
//! Reading order: [`schema`] (what comes out), [`target`] (what goes in), [`naming`],
//! [`notices`], then the
//! passes in the order in which they run: [`mod@lower`], `columns`, `keys`, `links` (with
//! `agreement` and `referenced`), `rules`, `finish`.
//! Must not know how any dialect writes a type, a name or a constant.

mod agreement;
mod columns;
mod defaults;
mod finish;
mod keys;
mod links;
pub mod lower;
pub mod naming;
pub mod notices;
mod referenced;
mod rules;
pub mod schema;
pub mod target;

pub use agreement::types_agree;
pub use columns::plain_type;
pub use defaults::fits;
pub use finish::reorder;
pub use lower::lower;
