//! What a script says and a model has no word for: gathered by reason and told once, at the place
//! where it was first.

use indexmap::{IndexMap, IndexSet};

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::lines::Lines;

/// How many subjects a message names.
const SHOWN: usize = 5;

/// Something that a model has no word for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Lost {
    /// `COLLATE`.
    Collation,
    /// `CHARACTER SET` of a column, `CHARSET` of a table.
    CharacterSet,
    /// `IDENTITY(100, 10)`, `START WITH 100`.
    CounterStart,
    /// A default that counts by a sequence of something else.
    SharedSequence,
    /// `GENERATED ALWAYS AS ROW START`, `SYSTEM_VERSIONING`.
    Period,
    /// Any other word behind a column's type.
    ColumnOption,
    /// `DEFERRABLE`, `INITIALLY DEFERRED`.
    Deferred,
    /// `MATCH FULL`.
    Match,
    /// `SET NULL (a, b)`.
    PartialAction,
    /// `EXCLUDE`.
    Exclusion,
    /// `NULLS NOT DISTINCT`.
    NullsNotDistinct,
    /// `ON CONFLICT`.
    Conflict,
    /// `INCLUDE (a, b)`.
    Included,
    /// `NULLS FIRST`.
    NullsOrder,
    /// `text_pattern_ops`.
    OperatorClass,
    /// `name(10)`.
    Prefix,
    /// `CLUSTERED`, `NONCLUSTERED` where the other is usual, `COLUMNSTORE`.
    Clustering,
    /// An access method that is no kind of index.
    Method,
    /// `WITHOUT ROWID`, `ENGINE=MyISAM`, `WITH (fillfactor = 70)`.
    Storage,
    /// `PARTITION BY`, partitions.
    Partitions,
    /// `INHERITS`.
    Inheritance,
    /// `UNLOGGED`, `TEMPORARY`, `FOREIGN`.
    Persistence,
    /// `MATERIALIZED`.
    Materialized,
    /// `WITH CHECK OPTION`, `WITH (security_barrier)`.
    ViewOption,
    /// An index over a view.
    ViewIndex,
    /// `CREATE DOMAIN`, `sp_addtype`.
    Domain,
    /// A check of a domain that is the type of an array.
    DomainCheck,
    /// A column of a type made of several values.
    Composite,
    /// The spelling of a type that is not only a type.
    TypeSpelling,
    /// Code that calls what the script makes itself.
    Routine,
}

impl Lost {
    /// How bad it is, and what becomes of it.
    fn told(self) -> (Severity, &'static str) {
        use Severity::{Info, Warning};
        match self {
            Self::Collation => (Info, "collations are left out"),
            Self::CharacterSet => (Info, "character sets are left out"),
            Self::CounterStart => (Info, "counters begin at 1 and count by 1"),
            Self::SharedSequence => (Warning, "counters that share a sequence have one each"),
            Self::Period => (Warning, "periods and versions of rows are left out"),
            Self::ColumnOption => (Warning, "options of columns are left out"),
            Self::Deferred => (Info, "constraints are checked at once"),
            Self::Match => (Warning, "references match in the usual way"),
            Self::PartialAction => (Warning, "actions are on all columns of a reference"),
            Self::Exclusion => (Warning, "exclusions are left out"),
            Self::NullsNotDistinct => (Warning, "rows without a value are all different"),
            Self::Conflict => (Warning, "conflicts are refused"),
            Self::Included => (Info, "columns that an index only includes are left out"),
            Self::NullsOrder => (Info, "rows without a value stand where they usually do"),
            Self::OperatorClass => (Info, "operator classes are left out"),
            Self::Prefix => (Info, "indexes look at all of a text"),
            Self::Clustering => (Info, "clustering is left out"),
            Self::Method => (Warning, "indexes are trees: the model has no word for their method"),
            Self::Storage => (Info, "how tables are stored is left out"),
            Self::Partitions => (Warning, "partitions are left out, their rows are the table's"),
            Self::Inheritance => (Warning, "inherited columns are copied"),
            Self::Persistence => (Warning, "tables that are special are plain ones"),
            Self::Materialized => (Warning, "materialized views are plain ones"),
            Self::ViewOption => (Warning, "options of views are left out"),
            Self::ViewIndex => (Warning, "indexes over views are left out"),
            Self::Domain => (Info, "domains become their types and checks"),
            Self::DomainCheck => (Warning, "checks of domains are left out in lists"),
            Self::Composite => (Warning, "columns of composite types hold JSON"),
            Self::TypeSpelling => (Warning, "spellings of types are left out"),
            Self::Routine => {
                (Warning, "code calls routines of the script, which are not part of a model")
            }
        }
    }
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
        let (severity, reason) = what.told();
        let shown = subjects.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
        let more = match subjects.len().saturating_sub(SHOWN) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let message = format!("{reason}: {shown}{more}");
        Diagnostic::new(severity, message).at(lines.span_at(place))
    };
    reasons.into_iter().map(diagnostic).collect()
}
