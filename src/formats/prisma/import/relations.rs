//! Pairs of relation fields → references.

use crate::formats::draft::name::{FieldName, Name};
use crate::formats::draft::reference::{Count, DraftEnd, DraftReference};
use crate::formats::prisma::import::tree::{Attribute, Block, FieldType, Member, Value};
use crate::formats::prisma::import::{Reader, listed};
use crate::formats::prisma::relations::{backward_name, forward_name};
use crate::formats::prisma::text::member_name;
use crate::model::reference::{Cardinality, ReferentialAction};

/// One relation field.
#[derive(Clone, Copy)]
struct Side<'t> {
    block: &'t Block,
    member: &'t Member,
    ty: &'t FieldType,
    target: &'t Block,
}

impl<'t> Side<'t> {
    fn relation(self) -> Option<&'t Attribute> {
        self.member.attribute("relation")
    }

    /// The name that tells the relation from others between the same models.
    fn name(self) -> Option<&'t str> {
        self.relation()?.argument("name", 0)?.text()
    }

    fn fields(self) -> Vec<&'t str> {
        self.relation()
            .and_then(|one| one.argument("fields", usize::MAX))
            .map(listed)
            .unwrap_or_default()
    }
}

impl<'t> Reader<'t> {
    /// Adds the references of all blocks.
    pub(super) fn relations(&mut self) {
        let mut sides = Vec::new();
        for block in self.blocks {
            for member in &block.members {
                let Some(ty) = &member.ty else { continue };
                if let Some(target) = self.leads_to(ty).filter(|_| block.kind != "enum") {
                    sides.push(Side { block, member, ty, target });
                }
            }
        }
        let mut done: Vec<&Member> = Vec::new();
        for side in &sides {
            let back = sides.iter().find(|other| {
                other.block.name == side.target.name
                    && other.target.name == side.block.name
                    && !std::ptr::eq(other.member, side.member)
                    && other.name() == side.name()
            });
            let is_done = done.iter().any(|member| std::ptr::eq(*member, side.member));
            match (side.fields().is_empty(), back) {
                (false, back) => self.reference(*side, back.copied()),
                (true, Some(back))
                    if side.ty.is_list && back.ty.is_list && back.fields().is_empty() =>
                {
                    if !is_done {
                        done.push(back.member);
                        self.lists(*side, *back);
                    }
                }
                (true, Some(_)) => {}
                (true, None) => {
                    let message = format!(
                        "`{}.{}` has no other end in `{}`: the reference is left out",
                        side.block.name, side.member.name, side.target.name
                    );
                    let hint = format!("add a field of type `{}` there", side.block.name);
                    self.warn(side.block, side.member.at, message, hint);
                }
            }
        }
    }

    fn end(&self, block: &Block, names: &[&str], at: usize) -> DraftEnd {
        let span = self.span(block, at);
        let stored = |name: &&str| {
            let stored = block.member(name).map_or(*name, Member::stored);
            FieldName::plain(stored, span)
        };
        let name = Name { span, ..self.name_of(block) };
        DraftEnd::new(name, names.iter().map(stored).collect())
    }

    fn reference(&mut self, side: Side<'t>, back: Option<Side<'t>>) {
        let Some(relation) = side.relation() else { return };
        let at = side.member.at;
        let fields = side.fields();
        let referenced = relation.argument("references", usize::MAX).map(listed);
        let mut from = self.end(side.block, &fields, at);
        let mut to = self.end(side.target, &referenced.unwrap_or_default(), at);
        to.entity.span = self.span(side.block, at);
        for field in &mut to.fields {
            field.span = to.entity.span;
        }
        to.count = Count::Given(match (side.ty.is_list, side.ty.is_optional) {
            (true, _) => Cardinality::ZeroOrMore,
            (false, true) => Cardinality::ZeroOrOne,
            (false, false) => Cardinality::ExactlyOne,
        });
        let is_one_to_one = back.is_some_and(|back| !back.ty.is_list);
        from.count = match back {
            Some(_) if is_one_to_one => Count::Given(Cardinality::ZeroOrOne),
            Some(_) => Count::Given(Cardinality::ZeroOrMore),
            None => Count::Unsaid,
        };
        let usual = forward_name(&side.target.name, &fields);
        to.role = other_than(&usual, side);
        from.role = back.and_then(|back| {
            let usual = backward_name(&side.block.name, is_one_to_one);
            other_than(&usual, back)
        });
        let mut reference = DraftReference::new(from, to, self.span(side.block, at));
        reference.name = relation.text("map").map(str::to_owned);
        reference.note.clone_from(&side.member.doc);
        let usual = match (self.provider.target, side.ty.is_optional) {
            ("sqlserver", false) => ReferentialAction::NoAction,
            (_, true) => ReferentialAction::SetNull,
            (_, false) => ReferentialAction::Restrict,
        };
        let said = |name: &str| match relation.argument(name, usize::MAX) {
            Some(Value::Word(word)) => action(word),
            _ => None,
        };
        reference.on_delete = said("onDelete").unwrap_or(usual);
        reference.on_update = said("onUpdate").unwrap_or(ReferentialAction::Cascade);
        self.draft.references.push(reference);
    }

    /// Two lists without fields.
    fn lists(&mut self, side: Side<'t>, back: Side<'t>) {
        let many = Count::Given(Cardinality::ZeroOrMore);
        let mut from = self.end(side.block, &[], side.member.at).counting(many);
        let mut to = self.end(side.target, &[], back.member.at).counting(many);
        to.role = other_than(&forward_name::<&str>(&side.target.name, &[]), side);
        from.role = other_than(&backward_name(&side.block.name, false), back);
        let span = self.span(side.block, side.member.at);
        let mut reference = DraftReference::new(from, to, span);
        reference.name = side.name().map(str::to_owned);
        reference.note.clone_from(&side.member.doc);
        self.draft.references.push(reference);
    }
}

/// The name of a relation field, where it is not the one that we would choose.
fn other_than(usual: &str, side: Side<'_>) -> Option<String> {
    let mut name = side.member.name.as_str();
    // A number stands behind what is called like another field.
    if let Some((base, number)) = name.rsplit_once('_')
        && number.parse::<u16>().is_ok()
        && side.block.member(base).is_some()
    {
        name = base;
    }
    (member_name(usual, "relation") != name).then(|| name.to_owned())
}

fn action(word: &str) -> Option<ReferentialAction> {
    Some(match word {
        "NoAction" => ReferentialAction::NoAction,
        "Restrict" => ReferentialAction::Restrict,
        "Cascade" => ReferentialAction::Cascade,
        "SetNull" => ReferentialAction::SetNull,
        "SetDefault" => ReferentialAction::SetDefault,
        _ => return None,
    })
}
