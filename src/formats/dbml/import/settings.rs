//! What stands in square brackets behind a thing: `[pk, default: 1, note: 'x']`.

use crate::base::diagnostic::{Diagnostic, Span};
use crate::base::similar::did_you_mean;
use crate::formats::dbml::import::cursor::{Cursor, between_commas};
use crate::formats::dbml::import::lexer::{Kind, Token};
use crate::formats::dbml::import::tree::{Group, Part};

/// A setting, with a value or without.
#[derive(Debug)]
pub(super) struct Setting<'t, 'a> {
    /// Its name in lower case, with one blank between words.
    pub(super) name: String,
    /// Its name as it was written.
    pub(super) written: String,
    pub(super) span: Span,
    pub(super) value: Cursor<'t, 'a>,
}

/// The settings of a list; what is none is told.
pub(super) fn settings<'t, 'a>(
    group: &'t Group<'a>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Setting<'t, 'a>> {
    let mut settings: Vec<Setting<'t, 'a>> = Vec::new();
    for mut piece in between_commas(group) {
        let span = piece.span();
        let mut words: Vec<&str> = Vec::new();
        while let Some(token) = piece.token_if(Token::is_name) {
            words.push(&token.text);
        }
        let written = words.join(" ");
        let has_value = piece.sign(':');
        if written.is_empty() || !has_value && !piece.is_at_end() {
            let message = "this is no setting: it is left out";
            let hint = "write `name` or `name: value`, with commas between settings";
            diagnostics.push(Diagnostic::error(message).at(span).with_hint(hint));
            continue;
        }
        let name = written.to_lowercase();
        let repeats = ["ref", "dep", "check"].contains(&name.as_str());
        if !repeats && settings.iter().any(|other| other.name == name) {
            let message = format!("the setting `{written}` stands here twice: the first counts");
            let hint = "write it once";
            diagnostics.push(Diagnostic::error(message).at(span).with_hint(hint));
            continue;
        }
        settings.push(Setting { name, written, span, value: piece });
    }
    settings
}

impl Setting<'_, '_> {
    /// The text that is its whole value.
    pub(super) fn text(&self) -> Option<String> {
        let mut value = self.value.clone();
        value.text().filter(|_| value.is_at_end())
    }

    /// The name, text or color that is its whole value.
    pub(super) fn any_text(&self) -> Option<String> {
        match self.value.rest() {
            [Part::Token(token)] => match token.kind {
                Kind::Sign(_) => None,
                _ => Some(token.text.clone().into_owned()),
            },
            _ => None,
        }
    }

    /// Its words in lower case: `set null`.
    pub(super) fn words(&self) -> String {
        let words = self.value.rest().iter().filter_map(|part| match part {
            Part::Token(token) if token.is_name() => Some(token.text.to_lowercase()),
            _ => None,
        });
        words.collect::<Vec<_>>().join(" ")
    }

    /// Says that there is no such setting.
    pub(super) fn unknown(&self, known: &[&str]) -> Diagnostic {
        let message = format!("unknown setting `{}` is left out", self.written);
        let hint = did_you_mean(&self.name, known.iter().copied());
        let all = || format!("it may be one of {}", known.join(", "));
        Diagnostic::error(message).at(self.span).with_hint(hint.unwrap_or_else(all))
    }

    /// Says that its value makes no sense.
    pub(super) fn bad_value(&self, wanted: &str) -> Diagnostic {
        let message = format!("the value of `{}` makes no sense: it is left out", self.written);
        Diagnostic::error(message).at(self.span).with_hint(format!("write {wanted}"))
    }
}
