//! Options of a format: declared as data, checked once, read by name.

use std::collections::BTreeMap;

use crate::base::diagnostic::Diagnostic;
use crate::document::project::Project;
use crate::formats::FormatInfo;

/// One option that a format offers.
#[derive(Debug)]
pub struct OptionInfo {
    /// Name after `--set`.
    pub key: &'static str,
    /// What it decides, in one line.
    pub summary: &'static str,
    /// What it may be.
    pub values: OptionValues,
    /// What it is when nobody says.
    pub default: &'static str,
}

/// What an option may be.
#[derive(Debug)]
pub enum OptionValues {
    /// `true` or `false`.
    Flag,
    /// One of these.
    Choice(&'static [&'static str]),
    /// Any text.
    Text,
}

impl OptionValues {
    /// Whether it may be that.
    pub fn accepts(&self, value: &str) -> bool {
        match self {
            Self::Flag => matches!(value, "true" | "false"),
            Self::Choice(choices) => choices.contains(&value),
            Self::Text => true,
        }
    }

    /// The possible values as people read them.
    pub fn describe(&self) -> String {
        match self {
            Self::Flag => "true, false".to_owned(),
            Self::Choice(choices) => choices.join(", "),
            Self::Text => "text".to_owned(),
        }
    }
}

/// The chosen values of a format's options; what was not chosen has its default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    values: BTreeMap<&'static str, String>,
}

impl Options {
    /// All defaults.
    pub fn defaults(info: &FormatInfo) -> Self {
        Self { values: info.options.iter().map(|o| (o.key, o.default.to_owned())).collect() }
    }

    /// Defaults with these choices on top; the first unknown key or bad value is an error.
    pub fn parse<'a>(
        info: &FormatInfo,
        choices: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, Diagnostic> {
        let mut options = Self::defaults(info);
        for (key, value) in choices {
            options.set(info, key, value)?;
        }
        Ok(options)
    }

    /// What a project chose for that format; choices that the format does not know are passed over.
    pub fn of_project(info: &FormatInfo, project: &Project) -> Self {
        let mut options = Self::defaults(info);
        for (key, value) in project.settings.target_options.get(info.id).into_iter().flatten() {
            // What was chosen for a target that no longer has it is nobody's error.
            let _ = options.set(info, key, value);
        }
        options
    }

    /// Chooses one value.
    pub fn set(&mut self, info: &FormatInfo, key: &str, value: &str) -> Result<(), Diagnostic> {
        let Some(option) = info.options.iter().find(|option| option.key == key) else {
            let known: Vec<_> = info.options.iter().map(|option| option.key).collect();
            let hint = if known.is_empty() {
                format!("`{}` has no options", info.id)
            } else {
                format!("options of `{}`: {}", info.id, known.join(", "))
            };
            return Err(Diagnostic::error(format!("unknown option `{key}`")).with_hint(hint));
        };
        if !option.values.accepts(value) {
            return Err(Diagnostic::error(format!("option `{key}` cannot be `{value}`"))
                .with_hint(format!("possible values: {}", option.values.describe())));
        }
        self.values.insert(option.key, value.to_owned());
        Ok(())
    }

    /// The value of an option that the format declares; empty if it does not.
    pub fn text(&self, key: &str) -> &str {
        self.values.get(key).map_or("", String::as_str)
    }

    /// Whether a flag is on.
    pub fn flag(&self, key: &str) -> bool {
        self.text(key) == "true"
    }
}
