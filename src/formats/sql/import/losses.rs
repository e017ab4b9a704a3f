//! What a script says and a model has no word for: gathered by reason and told once, at the place
//! where it was first.

use indexmap::{IndexMap, IndexSet};

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::lines::Lines;

/// How many subjects a message names.
const SHOWN: usize = 5;

/// Declares what a model has no word for: how it is written, how bad its loss is, what becomes of it
/// and the way out.
macro_rules! losses {
    ($(#[$written:meta] $lost:ident $severity:ident $reason:literal $hint:literal;)*) => {
        /// Something that a model has no word for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(super) enum Lost {
            $(#[$written] $lost,)*
        }

        impl Lost {
            /// How bad it is, what becomes of it, and the way out.
            fn told(self) -> (Severity, &'static str, &'static str) {
                match self {
                    $(Self::$lost => (Severity::$severity, $reason, $hint),)*
                }
            }
        }
    };
}

losses! {
    /// `COLLATE`.
    Collation Info
        "collations are left out"
        "set them in the database: a model compares texts in the usual way";
    /// `CHARACTER SET` of a column, `CHARSET` of a table.
    CharacterSet Info
        "character sets are left out"
        "set them in the database: a model holds any text";
    /// `IDENTITY(100, 10)`, `START WITH 100`.
    CounterStart Info
        "counters begin at 1 and count by 1"
        "set the counters in the database once its rows are there";
    /// A default that counts by a sequence of something else.
    SharedSequence Warning
        "counters that share a sequence have one each"
        "write the call of the sequence as the default where numbers must be shared";
    /// `GENERATED ALWAYS AS ROW START`, `SYSTEM_VERSIONING`.
    Period Warning
        "periods and versions of rows are left out"
        "add the period and its versions to the script that is made of the model";
    /// Any other word behind a column's type.
    ColumnOption Warning
        "options of columns are left out"
        "add them to the script that is made of the model where they are needed";
    /// `DEFERRABLE`, `INITIALLY DEFERRED`.
    Deferred Info
        "constraints are checked at once"
        "make them deferrable in the database where a transaction needs it";
    /// `MATCH FULL`.
    Match Warning
        "references match in the usual way"
        "make all fields of the reference required where none or all must be there";
    /// `SET NULL (a, b)`.
    PartialAction Warning
        "actions are on all columns of a reference"
        "choose another action where a column must keep its value";
    /// `NOT ENFORCED`, `NOCHECK CONSTRAINT`.
    NotEnforced Warning
        "constraints that the database does not enforce are enforced"
        "delete them from the model where rows may break them";
    /// `NOT VALID`, `WITH NOCHECK`.
    NotValidated Info
        "constraints hold for all rows"
        "look whether older rows break them before they are made anew";
    /// `NO INHERIT`.
    NotInherited Info
        "checks are not told apart by who inherits them"
        "nothing has to be done unless other tables inherit from this one";
    /// `NOT FOR REPLICATION`.
    Replication Info
        "constraints and counters hold for replication too"
        "add `NOT FOR REPLICATION` to the script where the table is replicated";
    /// `WITHOUT OVERLAPS`, `PERIOD` in a key.
    Overlaps Warning
        "keys over periods are plain ones"
        "add `WITHOUT OVERLAPS` and `PERIOD` to the script that is made of the model";
    /// `COMMENT` of a unique constraint.
    ConstraintNote Info
        "comments of constraints are left out"
        "write them into the note of the entity";
    /// Any other word behind a constraint.
    ConstraintOption Warning
        "options of constraints are left out"
        "add them to the script that is made of the model where they are needed";
    /// `EXCLUDE`.
    Exclusion Warning
        "exclusions are left out"
        "add the exclusion to the script that is made of the model";
    /// `NULLS NOT DISTINCT`.
    NullsNotDistinct Warning
        "rows without a value are all different"
        "make the fields required where a missing value may stand once only";
    /// `ON CONFLICT`.
    Conflict Warning
        "conflicts are refused"
        "say in each statement what to do with a conflict";
    /// `INCLUDE (a, b)`.
    Included Info
        "columns that an index only includes are left out"
        "add `INCLUDE` to the script where queries need it";
    /// `NULLS FIRST`.
    NullsOrder Info
        "rows without a value stand where they usually do"
        "say the order of missing values in the queries";
    /// `text_pattern_ops`.
    OperatorClass Info
        "operator classes are left out"
        "add them to the script where queries need them";
    /// `name(10)`.
    Prefix Info
        "indexes look at all of a text"
        "make the field shorter where the index becomes too long";
    /// `CLUSTERED`, `NONCLUSTERED` where the other is usual, `COLUMNSTORE`.
    Clustering Info
        "clustering is left out"
        "add it to the script where rows must lie in that order";
    /// An access method that is no kind of index.
    Method Warning
        "indexes are trees: the model has no word for their method"
        "add `USING` to the script that is made of the model";
    /// `INVISIBLE`, `IGNORED`.
    Invisible Warning
        "indexes that queries may not use are used"
        "delete them from the model, or hide them in the database again";
    /// `WITH PARSER ngram`.
    Parser Warning
        "text indexes split words in the usual way"
        "add `WITH PARSER` to the script that is made of the model";
    /// `WITH (fillfactor = 70)` and the like behind a key or an index.
    IndexStorage Info
        "how indexes are stored is left out"
        "add it to the script where it matters: it says nothing of the data";
    /// Any other word behind an index.
    IndexOption Warning
        "options of indexes are left out"
        "add them to the script that is made of the model where they are needed";
    /// `WITHOUT ROWID`, `ENGINE=MyISAM`, `WITH (fillfactor = 70)`.
    Storage Info
        "how tables are stored is left out"
        "add it to the script where it matters: it says nothing of the data";
    /// `PARTITION BY`, partitions.
    Partitions Warning
        "partitions are left out, their rows are the table's"
        "add `PARTITION BY` to the script that is made of the model";
    /// `INHERITS`.
    Inheritance Warning
        "inherited columns are copied"
        "change a field in each of these tables when it changes";
    /// `CREATE TABLE … AS SELECT`, `CREATE TABLE … OF type`.
    Query Warning
        "columns that a query or a type gives to a table are left out"
        "write the columns of the table";
    /// `LIKE` without what else the original has.
    Copy Warning
        "tables like others have their columns only"
        "add keys, indexes and checks to the copy by hand";
    /// `ENABLE ROW LEVEL SECURITY`.
    RowSecurity Warning
        "row level security is left out"
        "turn it on in the database with its policies: all rows are visible without";
    /// `REPLICA IDENTITY FULL`.
    ReplicaIdentity Info
        "how rows are told apart in replicas is left out"
        "set it in the database where the table is replicated";
    /// `UNLOGGED`, `TEMPORARY`, `FOREIGN`.
    Persistence Warning
        "tables that are special are plain ones"
        "delete them from the model when they are no part of the data";
    /// `MATERIALIZED`.
    Materialized Warning
        "materialized views are plain ones"
        "add `MATERIALIZED` to the script that is made of the model";
    /// `WITH CHECK OPTION`, `WITH (security_barrier)`.
    ViewOption Warning
        "options of views are left out"
        "add them to the script that is made of the model where they are needed";
    /// An index over a view.
    ViewIndex Warning
        "indexes over views are left out"
        "add them to the script that is made of the model";
    /// `CREATE DOMAIN`, `sp_addtype`.
    Domain Info
        "domains become their types and checks"
        "change each of the fields when the domain changes";
    /// A check of a domain that is the type of an array.
    DomainCheck Warning
        "checks of domains are left out in lists"
        "add a check to the entity that looks at each item";
    /// A column of a type made of several values.
    Composite Warning
        "columns of composite types hold JSON"
        "make an embedded type of it, or a field for each part";
    /// The spelling of a type that is not only a type.
    TypeSpelling Warning
        "spellings of types are left out"
        "choose the type in the model: the nearest one is set";
    /// Code that calls what the script makes itself.
    Routine Warning
        "code calls routines of the script, which are not part of a model"
        "run the statements that make the routines before the script of the model";
}

/// One thing that is lost.
#[derive(Clone, Debug)]
pub(super) struct Loss {
    pub(super) what: Lost,
    /// What it is about.
    pub(super) subject: String,
    /// Where it stands, in bytes.
    pub(super) place: usize,
}

/// One diagnostic per reason, in the order in which they came up.
pub(super) fn tell(losses: impl IntoIterator<Item = Loss>, lines: &Lines<'_>) -> Vec<Diagnostic> {
    let mut reasons: IndexMap<Lost, (usize, IndexSet<String>)> = IndexMap::new();
    for Loss { what, subject, place } in losses {
        let (first, subjects) = reasons.entry(what).or_insert((place, IndexSet::new()));
        *first = (*first).min(place);
        subjects.insert(subject);
    }
    let diagnostic = |(what, (place, subjects)): (Lost, (usize, IndexSet<String>))| {
        let (severity, reason, hint) = what.told();
        let shown = subjects.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
        let more = match subjects.len().saturating_sub(SHOWN) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let message = format!("{reason}: {shown}{more}");
        Diagnostic::new(severity, message).at(lines.span_at(place)).with_hint(hint)
    };
    reasons.into_iter().map(diagnostic).collect()
}
