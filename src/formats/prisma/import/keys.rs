//! Keys and indexes of blocks → those of a draft.

use std::collections::BTreeSet;

use crate::formats::draft::entity::{DraftEntity, DraftIndex, DraftIndexPart, DraftKey};
use crate::formats::draft::name::FieldName;
use crate::formats::prisma::import::tree::{Attribute, Block, Member, Value};
use crate::formats::prisma::import::{Reader, listed};
use crate::model::index::{IndexKind, SortOrder};
use crate::model::key::KeyKind;

impl Reader<'_> {
    /// Adds the keys and indexes that a block says of several fields.
    pub(super) fn keys(&mut self, block: &Block, entity: &mut DraftEntity) {
        for attribute in &block.attributes {
            let kind = match attribute.name.as_str() {
                "id" => Some(KeyKind::Primary),
                "unique" => Some(KeyKind::Alternate),
                "index" | "fulltext" => None,
                _ => continue,
            };
            let Some(list) = attribute.argument("fields", 0) else {
                let message = format!("`@@{}` names no fields", attribute.name);
                let hint = format!("write them: `@@{}([a, b])`", attribute.name);
                self.warn(block, attribute.at, message, hint);
                continue;
            };
            self.tell_arguments(block, attribute, &["fields", "map", "type"]);
            let sorted = list.items().iter().any(descends);
            match kind {
                Some(kind) if !sorted => self.key(block, (attribute, list), kind, entity),
                _ => self.index(block, (attribute, list), entity),
            }
        }
    }

    fn key(
        &mut self,
        block: &Block,
        (attribute, list): (&Attribute, &Value),
        kind: KeyKind,
        entity: &mut DraftEntity,
    ) {
        let span = self.span(block, attribute.at);
        let fields: Vec<_> =
            listed(list).into_iter().map(|name| self.path(block, name, attribute.at)).collect();
        let name = attribute.text("map").map(str::to_owned);
        if let ([only], KeyKind::Alternate, None) = (fields.as_slice(), kind, &name) {
            let unique = entity
                .fields
                .iter_mut()
                .find(|field| matches!(only.path.as_slice(), [name] if *name == field.field.name));
            if let Some(field) = unique {
                field.field.unique = true;
                return;
            }
        }
        entity.keys.push(DraftKey { kind, name, fields, span });
    }

    fn index(
        &mut self,
        block: &Block,
        (attribute, list): (&Attribute, &Value),
        entity: &mut DraftEntity,
    ) {
        let part = |value: &Value| {
            let name = listed(value).into_iter().next()?;
            let mut part = DraftIndexPart::field(self.path(block, name, attribute.at));
            if descends(value) {
                part.order = SortOrder::Descending;
            }
            Some(part)
        };
        let parts = list.items().iter().filter_map(part).collect();
        let mut draft = DraftIndex::new(parts, self.span(block, attribute.at));
        draft.index.name = attribute.text("map").map(str::to_owned);
        draft.index.unique = attribute.name == "unique";
        let method = match attribute.argument("type", 1) {
            Some(Value::Word(method)) => method.as_str(),
            _ => "BTree",
        };
        draft.index.kind = match (attribute.name.as_str(), method) {
            ("fulltext", _) => IndexKind::Text,
            (_, "Hash") => IndexKind::Hash,
            _ => IndexKind::Ordered,
        };
        if !matches!(method, "BTree" | "Hash") {
            let message =
                format!("the index of `{}` is a tree: the model has no `{method}`", block.name);
            let hint = "what only this database knows is added by hand to what is exported";
            self.warn(block, attribute.at, message, hint.to_owned());
        }
        entity.indexes.push(draft);
    }

    /// Tells arguments that are not read, of an attribute and of the fields in it.
    pub(super) fn tell_arguments(&mut self, block: &Block, attribute: &Attribute, known: &[&str]) {
        let own = attribute.arguments.iter().filter_map(|one| one.name.as_deref());
        let own = own.filter(|name| !known.contains(name));
        let list = attribute.argument("fields", 0).map(Value::items).unwrap_or_default();
        let of_fields = list.iter().flat_map(|value| match value {
            Value::Call(_, arguments) => arguments.as_slice(),
            Value::Text(_) | Value::Number(_) | Value::Word(_) | Value::List(_) => &[],
        });
        let of_fields = of_fields.filter_map(|(name, _)| name.as_deref());
        let left: BTreeSet<&str> = own.chain(of_fields.filter(|name| *name != "sort")).collect();
        for name in left {
            let message =
                format!("`{name}` of `@{}` in `{}` is left out", attribute.name, block.name);
            self.tell(
                block,
                attribute.at,
                message,
                "a model knows the fields, their order and a name",
            );
        }
    }

    /// The path of a field in the database, through types.
    fn path(&self, block: &Block, name: &str, at: usize) -> FieldName {
        let mut around = Some(block);
        let mut path = Vec::new();
        for part in name.split('.') {
            let member = around.and_then(|block| block.member(part));
            path.push(member.map_or(part, Member::stored).to_owned());
            let ty = member.and_then(|member| member.ty.as_ref());
            around = ty.and_then(|ty| self.entities.get(ty.name.as_str()).copied());
        }
        FieldName { path, span: self.span(block, at) }
    }
}

fn descends(value: &Value) -> bool {
    let Value::Call(_, arguments) = value else { return false };
    arguments.iter().any(|(name, value)| {
        name.as_deref() == Some("sort") && *value == Value::Word("Desc".to_owned())
    })
}
