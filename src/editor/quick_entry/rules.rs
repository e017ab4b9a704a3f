//! The rules after a field's type: bare words, bounds, defaults, patterns, notes, actions.

use crate::editor::quick_entry::lexer::{Token, TokenKind};
use crate::editor::quick_entry::parser::Parser;
use crate::editor::quick_entry::{Entry, Flag, Kind, Role, Rules};
use crate::model::field::{DefaultValue, Literal, Number};
use crate::model::reference::ReferentialAction;

/// Words that start a rule with something after it.
const RULE_WORDS: [&str; 10] =
    ["default", "min", "max", "minlength", "maxlength", "match", "pattern", "note", "on", "not"];

/// Whether a word starts a rule, so that it is no type.
pub(super) fn starts_rule(token: &Token) -> bool {
    Flag::from_word(&token.text).is_some() || RULE_WORDS.iter().any(|word| token.is_word(word))
}

impl Parser<'_> {
    pub(super) fn rules(&mut self, entry: &mut Entry) {
        while let Some(token) = self.peek().cloned() {
            let ends = matches!(token.text.as_str(), "," | ";" | "}" | "]" | ">")
                && token.kind == TokenKind::Sign;
            if ends || token.kind == TokenKind::Break {
                return;
            }
            if !self.rule(&token, &mut entry.rules) {
                self.problem(token.range.clone(), "not understood; kept as typed");
                self.unread(entry);
            }
        }
    }

    /// Reads one rule; false leaves the token where it is.
    fn rule(&mut self, token: &Token, rules: &mut Rules) -> bool {
        if token.is_sign("=") || token.is_word("default") {
            self.take(Role::Rule);
            rules.default = self.default_value();
            return true;
        }
        if token.kind != TokenKind::Word {
            return false;
        }
        let lower = token.text.to_lowercase();
        match lower.as_str() {
            "min" | "max" | "minlength" | "maxlength" => {
                self.take(Role::Rule);
                self.bound(&lower, rules);
            }
            "match" | "pattern" => {
                self.take(Role::Rule);
                rules.pattern = self.quoted_text();
            }
            "note" => {
                self.take(Role::Rule);
                rules.note = self.quoted_text();
            }
            "not" if self.peek_at(1).is_some_and(|next| next.is_word("null")) => {
                self.take(Role::Rule);
                self.take(Role::Rule);
                rules.flags.push(Flag::Required);
            }
            "on" => return self.action(rules),
            _ => {
                let Some(flag) = Flag::from_word(&lower) else { return false };
                self.take(Role::Rule);
                if flag == Flag::Key && self.peek().is_some_and(|next| next.is_word("key")) {
                    self.take(Role::Rule);
                }
                rules.flags.push(flag);
            }
        }
        true
    }

    fn bound(&mut self, word: &str, rules: &mut Rules) {
        let Some(token) = self.peek().cloned() else { return };
        let Some(number) = Number::parse(&token.text) else {
            self.problem(token.range, &format!("`{word}` is followed by a number"));
            return;
        };
        self.take(Role::Value);
        match word {
            "min" => rules.min = Some(number),
            "max" => rules.max = Some(number),
            "minlength" => rules.min_length = number.as_str().parse().ok(),
            _ => rules.max_length = number.as_str().parse().ok(),
        }
    }

    fn quoted_text(&mut self) -> Option<String> {
        let token = self.peek()?.clone();
        match token.kind {
            TokenKind::Quoted | TokenKind::Pattern | TokenKind::Word => {
                self.take(Role::Value).map(|token| token.text)
            }
            TokenKind::Number | TokenKind::Expression | TokenKind::Break | TokenKind::Sign => {
                self.problem(token.range, "a text in quotes comes here");
                None
            }
        }
    }

    fn default_value(&mut self) -> Option<DefaultValue> {
        let token = self.peek()?.clone();
        let value = |literal| Some(DefaultValue::Value(literal));
        match token.kind {
            TokenKind::Number => {
                self.take(Role::Value);
                value(Number::parse(&token.text).map_or(Literal::Text(token.text), Literal::Number))
            }
            TokenKind::Quoted => {
                self.take(Role::Value);
                value(Literal::Text(token.text))
            }
            TokenKind::Expression => {
                self.take(Role::Value);
                Some(DefaultValue::Expression(token.text))
            }
            TokenKind::Word => {
                self.take(Role::Value);
                let is_call = self.peek().is_some_and(|next| next.is_sign("("))
                    && self.peek_at(1).is_some_and(|next| next.is_sign(")"));
                if is_call {
                    self.take(Role::Value);
                    self.take(Role::Value);
                }
                Some(default_from_word(token.text, is_call))
            }
            TokenKind::Sign if self.pair("[", "]") => value(Literal::EmptyArray),
            TokenKind::Sign if self.pair("{", "}") => value(Literal::EmptyObject),
            TokenKind::Sign | TokenKind::Pattern | TokenKind::Break => {
                self.problem(token.range, "a value comes after `default`");
                None
            }
        }
    }

    fn pair(&mut self, open: &str, close: &str) -> bool {
        let is_pair = self.peek().is_some_and(|token| token.is_sign(open))
            && self.peek_at(1).is_some_and(|token| token.is_sign(close));
        if is_pair {
            self.take(Role::Value);
            self.take(Role::Value);
        }
        is_pair
    }

    fn action(&mut self, rules: &mut Rules) -> bool {
        let Some(event) = self.peek_at(1).cloned() else { return false };
        if !(event.is_word("delete") || event.is_word("update")) {
            return false;
        }
        self.take(Role::Rule);
        self.take(Role::Rule);
        let words: Vec<String> = [0, 1]
            .iter()
            .filter_map(|at| self.peek_at(*at))
            .map(|t| t.text.to_lowercase())
            .collect();
        let found = ReferentialAction::ALL.into_iter().find(|action| {
            let count = action.as_str().split(' ').count();
            words.get(..count).is_some_and(|words| words.join(" ") == action.as_str())
        });
        match found {
            Some(action) => {
                for _ in action.as_str().split(' ') {
                    self.take(Role::Value);
                }
                if event.is_word("delete") {
                    rules.on_delete = Some(action);
                } else {
                    rules.on_update = Some(action);
                }
            }
            None => self.problem(
                event.range,
                "one of cascade, restrict, set null, set default, no action comes here",
            ),
        }
        true
    }

    /// A default that the choices do not have is marked.
    pub(super) fn check_default(&mut self, entry: &Entry) {
        let Some(DefaultValue::Value(Literal::Text(value))) = &entry.rules.default else { return };
        let is_choice = match &entry.kind {
            Some(Kind::Choices { values, .. }) => values.is_empty() || values.contains(value),
            Some(Kind::Enumeration(id)) => {
                self.model.enumeration(*id).is_some_and(|one| one.has_value(value))
            }
            _ => true,
        };
        let place = self.marks.iter_mut().rev().find(|mark| mark.role == Role::Value);
        if !is_choice && let Some(mark) = place {
            mark.role = Role::Unread;
            let range = mark.range.clone();
            self.problem(range, &format!("`{value}` is not one of the choices"));
        }
    }
}

fn default_from_word(word: String, is_call: bool) -> DefaultValue {
    match word.to_lowercase().as_str() {
        "now" | "current_timestamp" | "date.now" => DefaultValue::Now,
        "generated" | "gen_random_uuid" | "uuid" => DefaultValue::Generated,
        _ if is_call => DefaultValue::Expression(format!("{word}()")),
        "true" => DefaultValue::Value(Literal::Boolean(true)),
        "false" => DefaultValue::Value(Literal::Boolean(false)),
        "null" => DefaultValue::Value(Literal::Null),
        _ => DefaultValue::Value(Literal::Text(word)),
    }
}
