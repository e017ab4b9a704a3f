//! How the files are to look: the options, read once.

use crate::formats::options::{OptionInfo, OptionValues, Options};

/// What a person can choose.
pub(super) const OPTIONS: &[OptionInfo] = &[
    OptionInfo {
        key: "module",
        summary: "kind of module: ES modules, CommonJS, or TypeScript with inferred types",
        values: OptionValues::Choice(&["esm", "commonjs", "typescript"]),
        default: "esm",
    },
    OptionInfo {
        key: "file_name",
        summary: "pattern of file names; {entity} takes :keep :kebab :camel :pascal :snake :singular :plural",
        values: OptionValues::Text,
        default: "{entity:kebab}.models.{ext}",
    },
    OptionInfo {
        key: "big_integers",
        summary: "64-bit integers: exact, though JSON.stringify refuses them, or plain numbers",
        values: OptionValues::Choice(&["bigint", "number"]),
        default: "bigint",
    },
    OptionInfo {
        key: "virtuals",
        summary: "whether the referenced side can populate what refers to it",
        values: OptionValues::Flag,
        default: "false",
    },
    OptionInfo {
        key: "guard",
        summary: "whether a model that is registered already is taken instead of an error",
        values: OptionValues::Flag,
        default: "true",
    },
    OptionInfo {
        key: "barrel",
        summary: "whether an index file exports everything",
        values: OptionValues::Flag,
        default: "false",
    },
];

/// The chosen style.
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
#[derive(Clone, Debug)]
pub(super) struct Style {
    /// Kind of module.
    pub(super) module: Module,
    /// Pattern of file names.
    pub(super) file_name: String,
    /// Whether 64-bit integers are plain numbers.
    pub(super) plain_big_integers: bool,
    /// Whether the referenced side gets virtuals.
    pub(super) virtuals: bool,
    /// Whether registering twice is fine.
    pub(super) guard: bool,
    /// Whether an index file is written.
    pub(super) barrel: bool,
}

/// Kind of module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Module {
    /// `import` and `export`
    Esm,
    /// `require` and `module.exports`
    CommonJs,
    /// `import` and `export` with types
    TypeScript,
}

impl Module {
    /// The usual ending of its files.
    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Esm | Self::CommonJs => "js",
            Self::TypeScript => "ts",
        }
    }

    /// What stands before a declaration that other files may use.
    pub(super) fn export(self) -> &'static str {
        match self {
            Self::Esm | Self::TypeScript => "export ",
            Self::CommonJs => "",
        }
    }
}

impl Style {
    /// The style that these options choose.
    pub(super) fn of(options: &Options) -> Self {
        let module = match options.text("module") {
            "commonjs" => Module::CommonJs,
            "typescript" => Module::TypeScript,
            _ => Module::Esm,
        };
        Self {
            module,
            file_name: options.text("file_name").to_owned(),
            plain_big_integers: options.text("big_integers") == "number",
            virtuals: options.flag("virtuals"),
            guard: options.flag("guard"),
            barrel: options.flag("barrel"),
        }
    }
}
