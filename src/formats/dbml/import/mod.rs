//! DBML in: the language as of 2026, as far as a model can hold it.
//!
//! A text becomes tokens ([`lexer`], [`text`]), tokens become lines of parts ([`tree`]), lines facts
//! ([`reader`] and a file for each element), and the facts of all texts a draft ([`assemble`]), which
//! finds out what the names mean. Nothing fails: a line that makes no sense is told with its place
//! and costs only itself.
//!
//! | DBML | model |
//! |---|---|
//! | `Project`: name, note; `database_type` | name and note; the target that comes first |
//! | `Table` | table; collection where the database is MongoDB; setting `kind` says others |
//! | schema before a name | namespace; `public` is none |
//! | column of type `object`, columns with dotted names below it | nested object |
//! | `enum('a', 'b')` | enumeration, shared by equal lists |
//! | type that our own exporter would spell otherwise | the nearest type, and a native type |
//! | `unique` line of columns in `indexes` | alternate key; with `type` or note a unique index |
//! | `TablePartial` | its columns, settings, keys, indexes and checks in each table that injects it |
//! | operator between ends with `?` somewhere in the text | all ends are as they say |
//! | operators without any `?` | none is allowed where columns may be null; marked as inferred |
//! | `TableGroup`, sticky `Note` | area, note, with the nearest color |
//! | `DiagramView` | diagram |
//! | `records`, `headercolor`, settings of somebody's own | extras that the exporter writes again |
//! | `use`, `reuse` | the other texts are read too |
//! | `Dep`, colors of references, other metadata | told |
//!
//! xDBML, whose texts begin with `xdbml: 0.x`, is read by the same rules and these:
//!
//! | xDBML | model |
//! |---|---|
//! | `Container`, `Database`, `Keyspace`, `Namespace` | namespace; `target` as `database_type` |
//! | `Entity`, `Record`; `Collection`; `Type`; `View` with a `source` | the same; embedded type |
//! | `object { … }`, `array [ item object { … } ]`, `union [int, null]` | nested object, list, optional field |
//! | `minimum`, `maxLength`, `pattern` and the like | the field's rules |
//! | `source` and `target` of a `Ref` | cardinalities |
//! | `oneOf`, `union` of several types | a field of any type, told |
//! | `Edge`, other settings that are no text | told |

mod assemble;
mod column;
mod container;
mod cursor;
mod facts;
mod groups;
pub(super) mod lexer;
mod link;
mod modules;
mod nested;
mod reader;
mod records;
mod rules;
mod settings;
mod sniff;
mod table;
mod text;
mod timestamps;
mod tree;

use crate::formats::dbml::{Dbml, INFO};
use crate::formats::sources::{Source, Sources};
use crate::formats::{FormatInfo, Imported, Importer};
use crate::model::id::IdMint;

impl Importer for Dbml {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn recognizes(&self, text: &str) -> bool {
        sniff::is_dbml(text)
    }

    fn import(&self, sources: &Sources, name: &str) -> Imported {
        let mut facts = facts::Facts::default();
        let mut all = String::new();
        for (number, source) in sources.iter().enumerate() {
            reader::read(&mut facts, sources, number);
            all.push_str(&source.text);
        }
        assemble::assemble(facts).finish(name, IdMint::from_text(&all))
    }

    fn wants(&self, source: &Source) -> Vec<Vec<String>> {
        modules::wanted(source)
    }
}
