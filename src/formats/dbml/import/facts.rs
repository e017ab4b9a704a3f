//! What texts say, element by element, before names are looked up.

use indexmap::IndexMap;

use crate::base::diagnostic::{Diagnostic, Span};
use crate::formats::dbml::import::cursor::Word;
use crate::formats::dbml::text::Code;
use crate::formats::draft::entity::{DraftEntity, DraftEnumeration, DraftField};
use crate::formats::draft::groups::{DraftArea, DraftNamespace, DraftNote};
use crate::formats::draft::name::Name;
use crate::model::reference::ReferentialAction;

/// Something that the model has no word for: what becomes of it, and the way out.
pub(super) type Lost = (&'static str, &'static str);

/// All that the texts say.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) project: Option<String>,
    pub(super) note: String,
    pub(super) database: Option<String>,
    /// Whether an operator without `?` says that its end is never none, as it does where another
    /// has one.
    pub(super) ends_are_exact: bool,
    /// Namespaces of which more is said than their names.
    pub(super) namespaces: Vec<DraftNamespace>,
    /// Whether it is xDBML, in which `Date` is a moment.
    pub(super) is_extended: bool,
    pub(super) tables: Vec<Table>,
    pub(super) partials: Vec<Table>,
    pub(super) enumerations: Vec<DraftEnumeration>,
    pub(super) links: Vec<Link>,
    pub(super) areas: Vec<DraftArea>,
    pub(super) notes: Vec<DraftNote>,
    pub(super) views: Vec<View>,
    pub(super) records: Vec<Records>,
    pub(super) metadata: Vec<(Name, Vec<(String, String)>)>,
    /// Names under which a text uses the tables of another.
    pub(super) aliases: Vec<(Name, Name)>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What the model has no word for, and where.
    pub(super) lost: IndexMap<Lost, Vec<(String, Span)>>,
}

/// A table, or a part of tables.
#[derive(Debug)]
pub(super) struct Table {
    /// All but its columns.
    pub(super) entity: DraftEntity,
    /// Whether it says what kind it is.
    pub(super) says_kind: bool,
    pub(super) items: Vec<Item>,
}

/// What stands among the columns of a table.
#[derive(Debug)]
pub(super) enum Item {
    Column(Box<Column>),
    /// The name of a partial whose columns stand here.
    Partial(Word),
}

/// A column.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) field: DraftField,
    /// References that it, or a field in it, is an end of.
    pub(super) links: Vec<InlineLink>,
}

/// A reference in the settings of a column.
#[derive(Clone, Debug)]
pub(super) struct InlineLink {
    /// The names down to the column.
    pub(super) path: Vec<Word>,
    /// The operator seen from here.
    pub(super) operator: Operator,
    /// The other end.
    pub(super) end: End,
}

/// A reference between two ends.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub(super) name: Option<String>,
    pub(super) left: End,
    pub(super) operator: Operator,
    pub(super) right: End,
    pub(super) on_delete: ReferentialAction,
    pub(super) on_update: ReferentialAction,
    /// Whether it stands at the column on its left.
    pub(super) is_inline: bool,
    pub(super) span: Span,
}

/// An end of a reference, in which the parts of the name may mean this or that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Names with points between them; columns in parentheses come last.
    Path { path: Vec<Word>, columns: Vec<Word> },
    /// A column of a known table.
    Column { table: Name, path: Vec<Word> },
}

/// The operator between two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Operator {
    pub(super) left: Side,
    pub(super) right: Side,
}

/// How many records an operator allows on one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Side {
    pub(super) is_many: bool,
    /// Whether a `?` says that there may be none.
    pub(super) may_be_none: bool,
    /// Whether all was said, both ends of the range.
    pub(super) is_exact: bool,
}

/// A view of the diagram.
#[derive(Debug)]
pub(super) struct View {
    pub(super) name: String,
    pub(super) tables: Filter,
    pub(super) groups: Filter,
    pub(super) schemas: Filter,
}

/// What a view shows of one kind.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) enum Filter {
    /// Nothing was said.
    #[default]
    Unsaid,
    /// All of them.
    All,
    /// These, by the parts of their names.
    These(Vec<Vec<Word>>),
}

/// Example rows of a table.
#[derive(Debug)]
pub(super) struct Records {
    pub(super) table: Name,
    /// Columns in the order of the values; none means all of the table.
    pub(super) columns: Vec<String>,
    /// Values as DBML writes them.
    pub(super) rows: Vec<Vec<Code>>,
}

impl Facts {
    /// Notes that something is lost that the model has no word for.
    pub(super) fn lose(&mut self, lost: Lost, subject: impl Into<String>, span: Span) {
        self.lost.entry(lost).or_default().push((subject.into(), span));
    }

    /// Tells an error with the way out.
    pub(super) fn error(&mut self, message: impl Into<String>, hint: &str, span: Span) {
        self.diagnostics.push(Diagnostic::error(message).at(span).with_hint(hint));
    }
}
