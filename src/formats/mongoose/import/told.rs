//! What is said about an import: each reason once, at the place where it first came up, and what a
//! schema has of code that stays where it is.

use std::collections::BTreeMap;

use indexmap::{IndexMap, IndexSet};

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::lines::Lines;
use crate::formats::mongoose::import::scope::At;
use crate::formats::sources::Sources;

/// How many subjects a message names.
const SHOWN: usize = 5;

/// Something that a model has no word for, or that cannot be known without running the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Lost {
    /// `description: '…'`, `autopopulate: true`.
    UnknownOption,
    /// `required: function () { … }`.
    RequiredByCode,
    /// `immutable: (doc) => …`.
    ImmutableByCode,
    /// `default: () => makeCode()`.
    DefaultByCode,
    /// `default: ['user']`.
    DefaultList,
    /// `default: Date.now()`.
    DefaultOnce,
    /// `enum: [1, 2, 3]`.
    NumberChoices,
    /// `enum: listOf(x)`.
    UnknownChoices,
    /// `min: '2020-01-01'`.
    DateRange,
    /// `min: LIMIT` that nobody knows.
    UnknownRule,
    /// `uppercase: true`.
    Uppercase,
    /// `/…/i`.
    PatternFlags,
    /// `[{ type: String, required: true }]`.
    ItemRules,
    /// `refPath`.
    RefPath,
    /// `ref: (doc) => …`.
    RefByCode,
    /// `capped: …`.
    SchemaOption,
    /// `toJSON: { transform }`.
    Shape,
    /// `timestamps: { createdAt: 'created' }`.
    TimestampNames,
    /// `Model.discriminator(…)`.
    Discriminator,
    /// `schema.path('list').discriminator(…)`.
    SpecialFields,
    /// The same of what is not known.
    SpecialCase,
    /// `weights`, `collation` of an index.
    IndexOption,
    /// An index that looks into embedded types, or at no field.
    IndexPath,
    /// A type that is none.
    UnknownType,
    /// A field whose definition is made by code.
    FieldByCode,
    /// A virtual populate that leads to no field.
    VirtualPath,
}

impl Lost {
    /// How bad it is, what becomes of it, and the way out.
    #[expect(clippy::too_many_lines, reason = "a table with an entry for each loss")]
    fn told(self) -> (Severity, &'static str, &'static str) {
        use Severity::{Info, Warning};
        match self {
            Self::UnknownOption => (
                Info,
                "options that Mongoose does not know are left out",
                "keep them in the schema that is written: Mongoose gives them to plugins",
            ),
            Self::RequiredByCode => (
                Warning,
                "fields that are required by a function are optional",
                "a model knows fields that are always required",
            ),
            Self::ImmutableByCode => (
                Warning,
                "fields that are immutable by a function may change",
                "keep the function in the schema that is written",
            ),
            Self::DefaultByCode => (
                Warning,
                "defaults that code makes stay in the code: they are left out",
                "set them in the code that makes documents, or write a constant",
            ),
            Self::DefaultList => (
                Warning,
                "defaults that are lists or objects with content are left out",
                "a model knows constants, empty lists and empty objects",
            ),
            Self::DefaultOnce => (
                Warning,
                "defaults that are made once, when the file loads, are made for each document",
                "`default: Date.now`, without parentheses, gives each document its own",
            ),
            Self::NumberChoices => {
                (Warning, "choices that are not texts are left out", "an enumeration holds texts")
            }
            Self::UnknownChoices => (
                Warning,
                "choices that code makes are left out",
                "write them as a list of texts, here or in a file that is imported too",
            ),
            Self::DateRange => (
                Warning,
                "earliest and latest dates are left out",
                "keep `min` and `max` in the schema that is written",
            ),
            Self::UnknownRule => {
                (Warning, "rules whose value code makes are left out", "write the value itself")
            }
            Self::Uppercase => (
                Warning,
                "storing in upper case is left out",
                "keep `uppercase` in the schema that is written",
            ),
            Self::PatternFlags => (
                Warning,
                "flags of patterns are left out",
                "write the pattern so that it needs none: `[a-zA-Z]`",
            ),
            Self::ItemRules => (
                Info,
                "rules for single values in a list are left out",
                "make an embedded type of the values to give them rules",
            ),
            Self::RefPath => (
                Info,
                "references whose target another field names are kept, but no line shows them",
                "a line leads to one entity",
            ),
            Self::RefByCode => (
                Warning,
                "references whose target code chooses are plain fields",
                "draw a reference to each entity that may be meant",
            ),
            Self::SchemaOption => {
                (Info, "options of schemas are left out", "keep them in the schema that is written")
            }
            Self::Shape => (
                Info,
                "how documents become JSON stays in the code",
                "nothing has to be done: it says nothing of what is stored",
            ),
            Self::TimestampNames => (
                Info,
                "timestamps under other names are plain fields",
                "`timestamps: true` keeps `createdAt` and `updatedAt`",
            ),
            Self::Discriminator => (
                Warning,
                "discriminators are entities of their own that share the `_id` of their base",
                "Mongoose keeps their documents in the collection of the base",
            ),
            Self::SpecialFields => (
                Info,
                "fields that only special cases of a document have are optional fields of it",
                "Mongoose tells the cases apart by the discriminator key",
            ),
            Self::SpecialCase => (
                Warning,
                "special cases of documents that are not known are left out",
                "import the file that declares the schema of the documents too",
            ),
            Self::IndexOption => {
                (Info, "options of indexes are left out", "keep them in the schema that is written")
            }
            Self::IndexPath => (
                Warning,
                "indexes over what is no field of the entity itself are left out",
                "draw the field, or add the index to the embedded type",
            ),
            Self::UnknownType => (
                Warning,
                "types that are not known hold anything",
                "import the file that declares them too",
            ),
            Self::FieldByCode => (
                Warning,
                "fields that code makes are left out",
                "import the file that declares them too",
            ),
            Self::VirtualPath => (
                Warning,
                "virtuals that lead to no field are left out",
                "write `localField` and `foreignField` as they stand in the schemas",
            ),
        }
    }
}

/// A kind of code that a schema may have of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Custom {
    /// `schema.pre`, `schema.post`.
    Hook,
    /// `schema.methods`.
    Method,
    /// `schema.statics`.
    Static,
    /// `schema.query`.
    QueryHelper,
    /// `schema.plugin`.
    Plugin,
    /// `schema.virtual('x').get(…)`.
    Virtual,
    /// `validate`.
    Validator,
    /// `get`, `set`.
    Accessor,
    /// `schema.path('x').…`.
    Path,
    /// `schema.loadClass`.
    Class,
}

impl Custom {
    fn counted(self, n: usize) -> String {
        let (one, many) = match self {
            Self::Hook => ("hook", "hooks"),
            Self::Method => ("method", "methods"),
            Self::Static => ("static", "statics"),
            Self::QueryHelper => ("query helper", "query helpers"),
            Self::Plugin => ("plugin", "plugins"),
            Self::Virtual => ("virtual", "virtuals"),
            Self::Validator => ("validator", "validators"),
            Self::Accessor => ("getter or setter", "getters and setters"),
            Self::Path => ("rule set on a path", "rules set on paths"),
            Self::Class => ("class", "classes"),
        };
        format!("{n} {}", if n == 1 { one } else { many })
    }
}

/// A place, before lines are counted: module, then byte.
pub(super) type Place = (usize, usize);

/// Where an expression begins.
pub(super) fn place(at: At<'_>) -> Place {
    (at.module, at.expr.at)
}

/// What is to be said.
#[derive(Debug, Default)]
pub(super) struct Told {
    single: Vec<(Place, Diagnostic)>,
    lost: IndexMap<Lost, (Place, IndexSet<String>)>,
    custom: IndexMap<String, (Place, BTreeMap<Custom, usize>)>,
}

impl Told {
    /// Says something at a place.
    pub(super) fn say(&mut self, place: Place, diagnostic: Diagnostic) {
        self.single.push((place, diagnostic));
    }

    /// Remembers a loss.
    pub(super) fn lose(&mut self, what: Lost, subject: impl Into<String>, place: Place) {
        let (first, subjects) = self.lost.entry(what).or_insert((place, IndexSet::new()));
        *first = (*first).min(place);
        subjects.insert(subject.into());
    }

    /// Remembers code that stays where it is.
    pub(super) fn keep(&mut self, what: Custom, schema: &str, place: Place) {
        let (first, counts) =
            self.custom.entry(schema.to_owned()).or_insert((place, BTreeMap::new()));
        *first = (*first).min(place);
        *counts.entry(what).or_default() += 1;
    }

    /// All of it, in the order of the files.
    pub(super) fn finish(mut self, sources: &Sources) -> Vec<Diagnostic> {
        for (what, (place, subjects)) in std::mem::take(&mut self.lost) {
            let (severity, reason, hint) = what.told();
            let shown: Vec<_> = subjects.iter().take(SHOWN).map(String::as_str).collect();
            let more = match subjects.len().saturating_sub(SHOWN) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let message = format!("{reason}: {}{more}", shown.join(", "));
            self.single.push((place, Diagnostic::new(severity, message).with_hint(hint)));
        }
        for (schema, (place, counts)) in std::mem::take(&mut self.custom) {
            let counted: Vec<_> = counts.iter().map(|(what, n)| what.counted(*n)).collect();
            let message =
                format!("`{schema}` has code that stays where it is: {}", counted.join(", "));
            let hint = "keep it beside the schema that is written: a model says what is stored";
            self.single.push((place, Diagnostic::info(message).with_hint(hint)));
        }
        self.single.sort();
        let lines: Vec<_> = sources.iter().map(|source| Lines::of(&source.text)).collect();
        let located =
            self.single.into_iter().map(|((module, offset), diagnostic)| match lines.get(module) {
                Some(lines) => diagnostic.at(lines.span_at(offset).in_source(module)),
                None => diagnostic,
            });
        located.collect()
    }
}
