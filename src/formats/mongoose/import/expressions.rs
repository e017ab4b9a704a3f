//! Syntax tree → expressions.

use std::borrow::Cow;

use tree_sitter::Node;

use crate::formats::mongoose::import::code::{Call, Element, Expr, Function, Key, Kind, Member};
use crate::formats::mongoose::import::literal::unescape;
use crate::formats::mongoose::import::notes::{Comments, Heard};
use crate::formats::mongoose::import::parser::Reader;

impl<'a> Reader<'a> {
    /// The expression of a node.
    pub(super) fn expr(&mut self, node: Node<'_>) -> Expr<'a> {
        let at = node.start_byte();
        if !self.descend(at) {
            return Expr::new(Kind::Other, at);
        }
        let kind = self.kind(node);
        self.ascend();
        Expr::new(kind, at)
    }

    fn kind(&mut self, node: Node<'_>) -> Kind<'a> {
        match node.kind() {
            _ if node.is_missing() => Kind::Missing,
            "identifier" | "shorthand_property_identifier" | "this" | "type_identifier" => {
                Kind::Name(self.slice(node))
            }
            "string" => Kind::Text(unescape(self.inside(node))),
            "template_string" => self.template(node),
            "number" => Kind::Number(self.slice(node)),
            "true" => Kind::Boolean(true),
            "false" => Kind::Boolean(false),
            "null" => Kind::Null,
            "undefined" => Kind::Undefined,
            "regex" => self.regex(node),
            "object" => Kind::Object(self.members(node)),
            "array" => Kind::Array(self.elements(node)),
            "member_expression" => self.member_of(node),
            "subscript_expression" => self.index_of(node),
            "call_expression" | "new_expression" => self.call(node),
            "arrow_function"
            | "function_expression"
            | "function_declaration"
            | "generator_function"
            | "method_definition" => self.function(node),
            "binary_expression" => self.binary(node),
            "unary_expression" => self.unary(node),
            "assignment_expression" => self.assignment(node),
            "spread_element" => match node.named_child(0) {
                Some(inner) => Kind::Spread(Box::new(self.expr(inner))),
                None => Kind::Other,
            },
            "parenthesized_expression"
            | "as_expression"
            | "satisfies_expression"
            | "non_null_expression"
            | "instantiation_expression"
            | "await_expression" => self.transparent(node, 0),
            "type_assertion" => self.transparent(node, 1),
            "sequence_expression" => {
                let last = node.named_child_count().saturating_sub(1);
                self.transparent(node, last)
            }
            _ => Kind::Other,
        }
    }

    /// What stands in parentheses or has a type.
    fn transparent(&mut self, node: Node<'_>, place: usize) -> Kind<'a> {
        let mut cursor = node.walk();
        let inner = node.named_children(&mut cursor).filter(|child| !child.is_extra()).nth(place);
        inner.map_or(Kind::Other, |inner| self.expr(inner).kind)
    }

    fn template(&mut self, node: Node<'_>) -> Kind<'a> {
        let mut cursor = node.walk();
        let is_filled =
            node.named_children(&mut cursor).any(|child| child.kind() == "template_substitution");
        if is_filled { Kind::Other } else { Kind::Text(unescape(self.inside(node))) }
    }

    fn regex(&mut self, node: Node<'_>) -> Kind<'a> {
        let part = |name: &str| node.child_by_field_name(name);
        let Some(pattern) = part("pattern") else { return Kind::Other };
        let flags = part("flags").map_or("", |flags| self.slice(flags));
        Kind::Regex { pattern: self.slice(pattern), flags }
    }

    fn member_of(&mut self, node: Node<'_>) -> Kind<'a> {
        let parts = (node.child_by_field_name("object"), node.child_by_field_name("property"));
        let (Some(object), Some(property)) = parts else { return Kind::Other };
        let name = Cow::Borrowed(self.slice(property));
        Kind::Member(Box::new(self.expr(object)), name)
    }

    fn index_of(&mut self, node: Node<'_>) -> Kind<'a> {
        let parts = (node.child_by_field_name("object"), node.child_by_field_name("index"));
        let (Some(object), Some(index)) = parts else { return Kind::Other };
        let object = Box::new(self.expr(object));
        let index = self.expr(index);
        match index.kind {
            Kind::Text(name) => Kind::Member(object, name),
            _ => Kind::Index(object, Box::new(index)),
        }
    }

    fn call(&mut self, node: Node<'_>) -> Kind<'a> {
        let is_new = node.kind() == "new_expression";
        let callee = node.child_by_field_name(if is_new { "constructor" } else { "function" });
        let Some(callee) = callee else { return Kind::Other };
        let mut arguments = Vec::new();
        if let Some(list) = node.child_by_field_name("arguments") {
            let mut cursor = list.walk();
            for argument in list.named_children(&mut cursor) {
                if !argument.is_extra() && !argument.is_error() {
                    arguments.push(self.expr(argument));
                }
            }
        }
        let callee = if callee.kind() == "import" {
            Expr::new(Kind::Name("require"), callee.start_byte())
        } else {
            self.expr(callee)
        };
        if let (Kind::Name("require"), [only]) = (&callee.kind, arguments.as_slice())
            && let Kind::Text(path) = &only.kind
        {
            return Kind::Module(path.clone());
        }
        Kind::Call(Box::new(Call { callee, arguments, is_new }))
    }

    fn function(&mut self, node: Node<'_>) -> Kind<'a> {
        let mut parameters = Vec::new();
        if let Some(one) = node.child_by_field_name("parameter") {
            parameters.push(self.slice(one));
        }
        if let Some(list) = node.child_by_field_name("parameters") {
            let mut cursor = list.walk();
            for parameter in list.named_children(&mut cursor) {
                let name = parameter.child_by_field_name("pattern").unwrap_or(parameter);
                parameters.push(self.slice(name));
            }
        }
        let Some(body) = node.child_by_field_name("body") else {
            return Kind::Function(Box::new(Function { parameters, result: None }));
        };
        let result = if body.kind() == "statement_block" {
            self.block(body);
            self.only_result(body)
        } else {
            Some(self.expr(body))
        };
        Kind::Function(Box::new(Function { parameters, result }))
    }

    /// What a body gives back that does nothing else.
    fn only_result(&mut self, body: Node<'_>) -> Option<Expr<'a>> {
        let mut cursor = body.walk();
        let mut statements = body.named_children(&mut cursor).filter(|child| !child.is_extra());
        let only = statements.next().filter(|only| only.kind() == "return_statement")?;
        if statements.next().is_some() {
            return None;
        }
        Some(self.expr(only.named_child(0)?))
    }

    fn binary(&mut self, node: Node<'_>) -> Kind<'a> {
        let part = |name: &str| node.child_by_field_name(name);
        let (Some(left), Some(operator), Some(right)) =
            (part("left"), part("operator"), part("right"))
        else {
            return Kind::Other;
        };
        let operator = self.slice(operator);
        Kind::Binary(Box::new(self.expr(left)), operator, Box::new(self.expr(right)))
    }

    fn unary(&mut self, node: Node<'_>) -> Kind<'a> {
        let parts = (node.child_by_field_name("operator"), node.child_by_field_name("argument"));
        let (Some(operator), Some(argument)) = parts else { return Kind::Other };
        let operator = self.slice(operator);
        Kind::Unary(operator, Box::new(self.expr(argument)))
    }

    fn assignment(&mut self, node: Node<'_>) -> Kind<'a> {
        let parts = (node.child_by_field_name("left"), node.child_by_field_name("right"));
        let (Some(left), Some(right)) = parts else { return Kind::Other };
        Kind::Assign(Box::new(self.expr(left)), Box::new(self.expr(right)))
    }

    fn elements(&mut self, node: Node<'_>) -> Vec<Element<'a>> {
        let mut elements: Vec<Element<'a>> = Vec::new();
        let (mut comments, mut end) = (Comments::default(), None);
        let mut cursor = node.walk();
        for child in node.named_children(&mut cursor) {
            if child.kind() == "comment" {
                let heard = comments.hear(child, self.text, end);
                if let (Heard::Behind(note), Some(last)) = (heard, elements.last_mut())
                    && last.note.is_empty()
                {
                    last.note = note;
                }
            } else if !child.is_error() {
                let note = comments.take(child);
                elements.push(Element { value: self.expr(child), note });
                end = Some(child.end_position().row);
            }
        }
        elements
    }

    /// The members of an object or `enum`.
    pub(super) fn members(&mut self, node: Node<'_>) -> Vec<Member<'a>> {
        let mut members: Vec<Member<'a>> = Vec::new();
        let (mut comments, mut end) = (Comments::default(), None);
        let mut cursor = node.walk();
        for child in node.named_children(&mut cursor) {
            if child.kind() == "comment" {
                let heard = comments.hear(child, self.text, end);
                if let (Heard::Behind(note), Some(last)) = (heard, members.last_mut())
                    && last.note.is_empty()
                {
                    last.note = note;
                }
                continue;
            }
            let note = comments.take(child);
            if child.is_error() {
                self.rescue(child, &mut members);
            } else if let Some((key, value)) = self.member(child) {
                members.push(Member { key, value, note, at: child.start_byte() });
            }
            end = Some(child.end_position().row);
        }
        members
    }

    fn member(&mut self, node: Node<'_>) -> Option<(Key<'a>, Expr<'a>)> {
        match node.kind() {
            "pair" | "enum_assignment" => {
                let key =
                    node.child_by_field_name(if node.kind() == "pair" { "key" } else { "name" });
                let key = self.key(key?);
                Some((key, self.expr(node.child_by_field_name("value")?)))
            }
            "shorthand_property_identifier" => {
                let name = self.slice(node);
                let value = Expr::new(Kind::Name(name), node.start_byte());
                Some((Key::Text(Cow::Borrowed(name)), value))
            }
            // A member of an `enum` that is counted.
            "property_identifier" => {
                let name = Key::Text(Cow::Borrowed(self.slice(node)));
                Some((name, Expr::new(Kind::Other, node.start_byte())))
            }
            "spread_element" => Some((Key::Spread, self.expr(node))),
            "method_definition" => {
                let key = self.key(node.child_by_field_name("name")?);
                Some((key, self.expr(node)))
            }
            _ => None,
        }
    }

    /// The key of a member.
    pub(super) fn key(&mut self, node: Node<'_>) -> Key<'a> {
        match node.kind() {
            "string" => Key::Text(unescape(self.inside(node))),
            "computed_property_name" => match node.named_child(0) {
                Some(inner) => {
                    let inner = self.expr(inner);
                    match inner.kind {
                        Kind::Text(name) => Key::Text(name),
                        _ => Key::Computed(Box::new(inner)),
                    }
                }
                None => Key::Text(Cow::Borrowed("")),
            },
            _ => Key::Text(Cow::Borrowed(self.slice(node))),
        }
    }

    /// Takes the members out of a stretch in which a comma is missing.
    fn rescue(&mut self, error: Node<'_>, members: &mut Vec<Member<'a>>) {
        let mut cursor = error.walk();
        let mut key = None;
        let mut is_after_colon = false;
        for child in error.children(&mut cursor) {
            match child.kind() {
                ":" => is_after_colon = key.is_some(),
                "pair" => {
                    if let Some((key, value)) = self.member(child) {
                        let at = child.start_byte();
                        members.push(Member { key, value, note: String::new(), at });
                    }
                }
                _ if !child.is_named() || child.is_extra() => (key, is_after_colon) = (None, false),
                _ if is_after_colon => {
                    if let Some((key, at)) = key.take() {
                        let value = self.expr(child);
                        members.push(Member { key, value, note: String::new(), at });
                    }
                    is_after_colon = false;
                }
                _ => key = Some((self.key(child), child.start_byte())),
            }
        }
    }

    /// What stands between the first and the last character.
    fn inside(&self, node: Node<'_>) -> &'a str {
        let raw = self.slice(node);
        let quotes = ['\'', '"', '`'];
        let raw = raw.strip_prefix(quotes).unwrap_or(raw);
        raw.strip_suffix(quotes).unwrap_or(raw)
    }
}
