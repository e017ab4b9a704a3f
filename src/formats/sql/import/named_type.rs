//! Types that have a name: enumerations, domains, and those that a model cannot hold.

use crate::formats::sql::import::column::{read_default, read_type};
use crate::formats::sql::import::cursor::Cursor;
use crate::formats::sql::import::facts::{DomainFacts, EnumerationFacts, Name};
use crate::formats::sql::import::reader::Reader;
use crate::formats::sql::import::statements::Statement;

impl<'a> Reader<'a> {
    /// Reads what stands behind `CREATE TYPE`.
    pub(super) fn create_type(&mut self, mut cursor: Cursor<'a>, statement: Statement<'a>) {
        let Some(name) = self.placed_name(&mut cursor) else { return self.skip(statement) };
        if cursor.take(&["as", "enum"]) {
            let values = cursor.parenthesized().map(|inside| inside.split_at_commas());
            let values = values.into_iter().flatten();
            let values = values.filter_map(|mut value| value.constant()).collect();
            let note = String::new();
            self.facts.enumerations.push(EnumerationFacts { name, values, note });
        } else if cursor.take(&["from"]) {
            self.add_domain(name, cursor);
        } else {
            self.facts.other_types.push(name);
            self.skip(statement);
        }
    }

    /// Reads what stands behind `CREATE DOMAIN`.
    pub(super) fn create_domain(&mut self, mut cursor: Cursor<'a>, statement: Statement<'a>) {
        let Some(name) = self.placed_name(&mut cursor) else { return self.skip(statement) };
        cursor.take(&["as"]);
        self.add_domain(name, cursor);
    }

    fn add_domain(&mut self, name: Name, mut cursor: Cursor<'a>) {
        let ty = read_type(&mut cursor);
        let mut domain = DomainFacts { name, ty, place: cursor.place(), ..DomainFacts::default() };
        while !cursor.is_done() {
            if cursor.take(&["not", "null"]) {
                domain.required = true;
            } else if cursor.take(&["default"]) {
                domain.default = Some(read_default(&mut cursor));
            } else if cursor.take(&["check"]) {
                domain.checks.extend(cursor.parenthesized().map(|inside| inside.rest_as_code()));
            } else {
                cursor.skip();
            }
        }
        self.facts.domains.push(domain);
    }

    /// Reads `ALTER TYPE` and `ALTER DOMAIN`.
    pub(super) fn alter_type(&mut self, mut cursor: Cursor<'a>, statement: Statement<'a>) {
        cursor.next();
        let is_domain = cursor.take(&["domain"]);
        cursor.take(&["type"]);
        let Some(name) = self.placed_name(&mut cursor) else { return self.skip(statement) };
        let is_read = cursor.has(&["owner"])
            || if is_domain {
                self.add_domain_check(&name, cursor)
            } else {
                self.change_values(&name, cursor)
            };
        if !is_read {
            self.skip(statement);
        }
    }

    /// `ADD CONSTRAINT name CHECK (…)`; false when it says something else.
    fn add_domain_check(&mut self, name: &Name, mut cursor: Cursor<'a>) -> bool {
        if !cursor.take(&["add"]) {
            return false;
        }
        if cursor.take(&["constraint"]) {
            cursor.name();
        }
        let is_check = cursor.take(&["check"]);
        let check = cursor.parenthesized().filter(|_| is_check);
        let domain = self.facts.domains.iter_mut().find(|domain| domain.name.is_like(name));
        let (Some(domain), Some(check)) = (domain, check) else { return false };
        domain.checks.push(check.rest_as_code());
        true
    }

    /// `ADD VALUE …` or `RENAME VALUE …`; false when it says something else.
    fn change_values(&mut self, name: &Name, mut cursor: Cursor<'a>) -> bool {
        let enumeration = self.facts.enumerations.iter_mut().find(|one| one.name == *name);
        let Some(values) = enumeration.map(|one| &mut one.values) else { return false };
        if cursor.take(&["rename", "value"]) {
            let old = cursor.constant();
            let new = cursor.take(&["to"]).then(|| cursor.constant()).flatten();
            let value = values.iter_mut().find(|value| Some(&**value) == old.as_ref());
            let (Some(value), Some(new)) = (value, new) else { return false };
            *value = new;
            return true;
        }
        if !cursor.take(&["add", "value"]) {
            return false;
        }
        cursor.take(&["if", "not", "exists"]);
        let Some(new) = cursor.constant() else { return false };
        if values.contains(&new) {
            return true;
        }
        let is_before = cursor.take(&["before"]);
        cursor.take(&["after"]);
        let neighbor = cursor.constant();
        let place = values.iter().position(|value| Some(value) == neighbor.as_ref());
        let place = place.map_or(values.len(), |place| place + usize::from(!is_before));
        values.insert(place, new);
        true
    }
}
