//! Prisma schemas in: tokens ([`lexer`]), blocks ([`parser`], [`tree`]), then fields ([`fields`],
//! [`types`]), keys ([`keys`]) and relations ([`relations`]) of a draft.
//!
//! Columns and tables are called as in the database; where a schema calls them otherwise, that name
//! is kept for the way back. A pair of relation fields is one reference.

mod fields;
mod keys;
mod lexer;
mod parser;
mod relations;
mod tree;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::base::diagnostic::{Diagnostic, Span};
use crate::base::ident::{Case, with_case};
use crate::base::plural::collection_name;
use crate::base::similar::did_you_mean;
use crate::formats::draft::entity::{DraftEntity, DraftEnumeration};
use crate::formats::draft::name::Name;
use crate::formats::draft::{Draft, Habits, Undeclared};
use crate::formats::prisma::import::parser::parse;
use crate::formats::prisma::import::tree::{Block, Value};
use crate::formats::prisma::provider::{PROVIDERS, Provider};
use crate::formats::prisma::text::{block_name, member_name};
use crate::formats::prisma::{NAME, PRISMA, Prisma};
use crate::formats::sources::Sources;
use crate::formats::{FormatInfo, Imported, Importer};
use crate::model::entity::EntityKind;
use crate::model::id::IdMint;

/// Attributes of blocks.
const BLOCK_ATTRIBUTES: [&str; 8] =
    ["id", "unique", "index", "fulltext", "map", "schema", "ignore", "shardKey"];

impl Importer for Prisma {
    fn info(&self) -> &'static FormatInfo {
        &PRISMA
    }

    fn recognizes(&self, text: &str) -> bool {
        let opens = |line: &str| {
            let mut words = line.split_whitespace();
            let kinds = ["model", "datasource", "generator"];
            words.next().is_some_and(|word| kinds.contains(&word))
                && words.nth(1) == Some("{")
                && words.next().is_none()
        };
        text.lines().any(opens)
    }

    fn import(&self, sources: &Sources, name: &str) -> Imported {
        let (mut blocks, mut diagnostics) = (Vec::new(), Vec::new());
        for (number, source) in sources.iter().enumerate() {
            let (found, told) = parse(&source.text, number);
            blocks.extend(found);
            diagnostics.extend(told);
        }
        let all: String = sources.iter().map(|source| source.text.as_str()).collect();
        let reader = Reader::new(sources, &blocks, diagnostics);
        reader.read().finish(name, IdMint::from_text(&all))
    }
}

/// A draft in the making.
struct Reader<'t> {
    sources: &'t Sources,
    line_starts: Vec<Vec<usize>>,
    blocks: &'t [Block],
    /// Models, views and types by their name in the schema.
    entities: IndexMap<&'t str, &'t Block>,
    enumerations: IndexMap<&'t str, &'t Block>,
    /// Types that are nested objects: made for one field, whose name they have.
    objects: BTreeSet<&'t str>,
    provider: &'static Provider,
    draft: Draft,
}

impl<'t> Reader<'t> {
    fn new(sources: &'t Sources, blocks: &'t [Block], diagnostics: Vec<Diagnostic>) -> Self {
        let said = blocks.iter().filter(|block| block.kind == "datasource");
        let mut said = said.filter_map(|block| block.member("provider")?.value.as_ref()?.text());
        let [usual, ..] = &PROVIDERS;
        let provider = said.find_map(Provider::named).unwrap_or(usual);
        let kind = if provider.is_documents { EntityKind::Collection } else { EntityKind::Table };
        let mut draft = Draft::new(Habits {
            native: PRISMA.id,
            spelling: |_| None,
            undeclared: Undeclared::Slip,
            joins_keys: false,
            kind,
        });
        draft.target = Some(provider.target);
        draft.diagnostics = diagnostics;
        let of_kind = |kinds: &'static [&str]| {
            let found = blocks.iter().filter(|block| kinds.contains(&block.kind.as_str()));
            found.map(|block| (block.name.as_str(), block)).collect()
        };
        let starts = |text: &str| {
            let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect()
        };
        Self {
            sources,
            line_starts: sources.iter().map(|source| starts(&source.text)).collect(),
            blocks,
            objects: objects(blocks),
            entities: of_kind(&["model", "view", "type"]),
            enumerations: of_kind(&["enum"]),
            provider,
            draft,
        }
    }

    fn read(mut self) -> Draft {
        for block in self.blocks {
            match block.kind.as_str() {
                "enum" => self.enumeration(block),
                "model" | "view" | "type" if !self.objects.contains(block.name.as_str()) => {
                    self.entity(block);
                }
                "datasource" | "generator" => self.settings(block),
                _ => {}
            }
        }
        self.relations();
        self.draft
    }

    /// The place of a byte in the text of a block.
    fn span(&self, block: &Block, at: usize) -> Span {
        let starts = self.line_starts.get(block.source).map(Vec::as_slice).unwrap_or_default();
        let line = starts.partition_point(|start| *start <= at).max(1);
        let start = starts.get(line - 1).copied().unwrap_or_default();
        let text = self.sources.get(block.source).map_or("", |source| source.text.as_str());
        let column = text.get(start..at).unwrap_or_default().chars().count() + 1;
        Span { source: block.source, line, column }
    }

    fn warn(&mut self, block: &Block, at: usize, message: String, hint: String) {
        let diagnostic = Diagnostic::warning(message).at(self.span(block, at)).with_hint(hint);
        self.draft.diagnostics.push(diagnostic);
    }

    /// Says what changes nothing that others read.
    fn tell(&mut self, block: &Block, at: usize, message: String, hint: &str) {
        let diagnostic = Diagnostic::info(message).at(self.span(block, at)).with_hint(hint);
        self.draft.diagnostics.push(diagnostic);
    }

    /// The name of a block as the draft says it.
    fn name_of(&self, block: &Block) -> Name {
        let schema = block.said("schema");
        let namespace = schema.filter(|schema| Some(*schema) != self.provider.usual_schema);
        let namespace = namespace.map(str::to_owned);
        let stored = block.said("map").filter(|_| block.kind == "enum");
        let name = stored.unwrap_or(&block.name).to_owned();
        Name { namespace, name, span: self.span(block, block.at) }
    }

    /// Tells the settings of a block that are the schema's own business.
    fn settings(&mut self, block: &Block) {
        let known = ["provider", "url", "output", "schemas", "previewFeatures"];
        let left = block.members.iter().filter(|member| !known.contains(&member.name.as_str()));
        let names: Vec<_> = left.map(|member| member.name.as_str()).collect();
        if !names.is_empty() {
            let message =
                format!("settings of the {} are left out: {}", block.kind, names.join(", "));
            self.tell(
                block,
                block.at,
                message,
                "a model says what the data is, not how it is reached",
            );
        }
    }

    fn enumeration(&mut self, block: &'t Block) {
        let name = self.name_of(block);
        let mut renamed = Vec::new();
        let usual = block_name(&name.name, "Enumeration");
        if !block.name.starts_with(usual.as_str()) {
            renamed.push(format!("`{}` is `{}`", block.name, name.name));
        }
        let mut enumeration = DraftEnumeration::new(name);
        enumeration.note.clone_from(&block.doc);
        for value in &block.members {
            let usual = member_name(value.stored(), "value");
            let number = value.name.strip_prefix(usual.as_str());
            // A number tells apart what would be called the same.
            let is_numbered = number.is_some_and(|number| number.starts_with('_'));
            if usual != value.name && !is_numbered {
                renamed.push(format!("`{}` is `{}`", value.name, value.stored()));
            }
            enumeration.value(value.stored(), value.doc.clone());
        }
        if !renamed.is_empty() {
            let message = format!("names are those of the database: {}", renamed.join(", "));
            self.tell(block, block.at, message, "the names of the schema are made of them again");
        }
        self.draft.enumerations.push(enumeration);
    }

    fn entity(&mut self, block: &'t Block) {
        let kind = match block.kind.as_str() {
            "type" => EntityKind::Embedded,
            "view" => EntityKind::View,
            _ => self.draft.habits.kind,
        };
        let mut entity = DraftEntity::new(self.name_of(block), kind);
        entity.entity.note.clone_from(&block.doc);
        let stored = block.said("map");
        let usual = match kind {
            EntityKind::Collection => collection_name(&block.name),
            EntityKind::Table | EntityKind::View | EntityKind::Embedded => block.name.clone(),
        };
        entity.entity.stored_name = stored.filter(|stored| *stored != usual).map(str::to_owned);
        if block_name(&block.name, "Model") != block.name {
            entity.entity.extras.set(PRISMA.id, NAME, &block.name);
        }
        self.fields(block, &mut entity);
        self.keys(block, &mut entity);
        Self::fold_timestamps(block, &mut entity);
        if let Some(ignored) = block.attributes.iter().find(|one| one.name == "ignore")
            && block.attributes.iter().any(|one| matches!(one.name.as_str(), "id" | "unique"))
        {
            let message = format!("`@@ignore` of `{}` is left out", block.name);
            self.tell(block, ignored.at, message, "the model is one like any other");
        }
        if let Some(key) = block.attributes.iter().find(|one| one.name == "shardKey") {
            let message = format!("`@@shardKey` of `{}` is left out", block.name);
            self.tell(block, key.at, message, "add it to the schema where the database has shards");
        }
        for attribute in &block.attributes {
            if !BLOCK_ATTRIBUTES.contains(&attribute.name.as_str()) {
                let message = format!("unknown attribute `@@{}`: it is left out", attribute.name);
                let hint = did_you_mean(&attribute.name, BLOCK_ATTRIBUTES);
                let hint = hint.unwrap_or_else(|| {
                    format!(
                        "Prisma knows {}",
                        BLOCK_ATTRIBUTES.map(|one| format!("@@{one}")).join(", ")
                    )
                });
                self.warn(block, attribute.at, message, hint);
            }
        }
        self.draft.entities.push(entity);
    }
}

/// The types that only one field has, and that are called after it.
fn objects(blocks: &[Block]) -> BTreeSet<&str> {
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    let mut named = BTreeSet::new();
    for block in blocks.iter().filter(|block| matches!(block.kind.as_str(), "model" | "type")) {
        for member in &block.members {
            let Some(ty) = &member.ty else { continue };
            *uses.entry(ty.name.as_str()).or_default() += 1;
            let wanted = format!("{}{}", block.name, with_case(member.stored(), Case::Pascal));
            if block_name(&wanted, "Type") == ty.name {
                named.insert(ty.name.as_str());
            }
        }
    }
    let is_type = |name: &str| {
        let mut found = blocks.iter().filter(|block| block.name == name);
        found.next().is_some_and(|block| block.kind == "type" && block.doc.is_empty())
    };
    named.retain(|name| uses.get(name) == Some(&1) && is_type(name));
    named
}

/// The names that a list of fields says, without what stands behind each.
fn listed(value: &Value) -> Vec<&str> {
    value
        .items()
        .iter()
        .filter_map(|value| match value {
            Value::Word(name) | Value::Call(name, _) => Some(name.as_str()),
            Value::Text(_) | Value::Number(_) | Value::List(_) => None,
        })
        .collect()
}
