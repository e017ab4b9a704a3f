//! Names and texts as a Prisma schema writes them, and blocks laid out as its formatter does.
//!
//! Must not know models.

use crate::formats::code::{code, join, language};
use crate::formats::javascript::literal::{is_unseen, quoted};
use crate::model::id::ElementId;

language!("Prisma's schema language");

/// Names that no model, type or enumeration may have.
const RESERVED: [&str; 62] = [
    "PrismaClient",
    "async",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "implements",
    "import",
    "in",
    "instanceof",
    "interface",
    "let",
    "new",
    "null",
    "package",
    "private",
    "protected",
    "public",
    "return",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "using",
    "typeof",
    "var",
    "void",
    "while",
    "with",
    "yield",
    "String",
    "Boolean",
    "Int",
    "BigInt",
    "Float",
    "Decimal",
    "DateTime",
    "Json",
    "Bytes",
    "Unsupported",
    "model",
    "type",
    "view",
    "datasource",
];

/// Whether a name can stand where one is declared.
pub(super) fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// A name that was chosen before; what may not stand in one is an underscore.
pub(super) fn word(name: &str) -> Code {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
    sealed(name.chars().map(|c| if fits(c) { c } else { '_' }).collect::<String>())
}

/// Names between commas.
pub(super) fn words(names: &[String]) -> Code {
    join(names.iter().map(|name| word(name)), ", ")
}

/// A type: a name, or one that Prisma only passes on.
pub(super) fn ty(text: &str) -> Code {
    if is_unsupported(text) { sealed(text) } else { word(text) }
}

/// What stands behind `@db.`.
pub(super) fn native(text: &str) -> Code {
    if is_native(text) { sealed(text) } else { word(text) }
}

/// A function that the client calls for a default.
pub(super) fn client_function(text: &str) -> Option<Code> {
    is_made_by_client(text).then(|| sealed(text))
}

/// A text constant.
pub(super) fn string(text: &str) -> Code {
    sealed(quoted(text))
}

/// Whether a text is a type that Prisma only passes on.
pub(super) fn is_unsupported(text: &str) -> bool {
    let of = text.strip_prefix("Unsupported(\"").and_then(|rest| rest.strip_suffix("\")"));
    of.is_some_and(|of| !of.is_empty() && !of.contains(['"', '\\', '\n', '\r']))
}

/// Whether a default is a function that the client calls, not the database.
pub(super) fn is_made_by_client(text: &str) -> bool {
    let Some((name, argument)) = text.strip_suffix(')').and_then(|text| text.split_once('('))
    else {
        return false;
    };
    let number: Option<u8> = argument.parse().ok();
    match name {
        "cuid" => matches!(argument, "" | "1" | "2"),
        "uuid" => matches!(argument, "" | "4" | "7"),
        "ulid" => argument.is_empty(),
        "nanoid" => argument.is_empty() || number.is_some_and(|length| length > 1),
        _ => false,
    }
}

/// Whether a text can stand behind `@db.`: a name with at most numbers and words as arguments.
pub(super) fn is_native(text: &str) -> bool {
    let (name, arguments) = match text.split_once('(') {
        Some((name, rest)) => (name, rest.strip_suffix(')')),
        None => (text, Some("")),
    };
    let is_argument = |c: char| c.is_ascii_alphanumeric() || matches!(c, ',' | ' ');
    is_name(name) && arguments.is_some_and(|arguments| arguments.chars().all(is_argument))
}

/// The name of a field or value, made of what may stand in one.
pub(super) fn member_name(name: &str, otherwise: &str) -> String {
    let clean: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let start = clean.find(|c: char| c.is_ascii_alphabetic());
    let clean = start.and_then(|start| clean.get(start..)).unwrap_or_default();
    // Digits before the first letter tell names apart.
    let head: String = name.chars().take_while(|c| !c.is_ascii_alphabetic()).collect();
    let digits: String = head.chars().filter(char::is_ascii_digit).collect();
    match (clean, digits.as_str()) {
        ("", digits) => format!("{otherwise}{digits}"),
        (clean, "") => clean.to_owned(),
        (clean, digits) => format!("{otherwise}{digits}_{clean}"),
    }
}

/// The name of a model, type or enumeration.
pub(super) fn block_name(name: &str, otherwise: &str) -> String {
    let mut name = member_name(name, otherwise);
    if RESERVED.contains(&name.as_str()) {
        name.push('_');
    }
    name
}

/// Writes a note as documentation.
pub(super) fn note(text: &str, code: &mut CodeWriter) {
    let clean: String =
        text.chars().map(|c| if c != '\n' && is_unseen(c) { ' ' } else { c }).collect();
    if clean.trim().is_empty() {
        return;
    }
    for line in clean.trim_end().lines().skip_while(|line| line.trim().is_empty()) {
        code.line(sealed(format!("/// {line}")).trimmed());
    }
}

/// A line of a block in three columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// What it comes from.
    pub(super) element: Option<ElementId>,
    /// Documentation above it.
    pub(super) note: String,
    /// Its name.
    pub(super) name: Code,
    /// Its type, or `=` and a value.
    pub(super) ty: Code,
    /// What stands behind.
    pub(super) rest: Code,
}

/// Writes rows under each other, as wide as the widest.
pub(super) fn rows(rows: &[Row], code: &mut CodeWriter) {
    let width =
        |column: fn(&Row) -> &Code| rows.iter().map(|row| column(row).width()).max().unwrap_or(0);
    let (names, types) = (width(|row| &row.name), width(|row| &row.ty));
    for row in rows {
        let (name, ty) = (row.name.clone().padded(names), row.ty.clone().padded(types));
        let line = code!(name, " ", ty, " ", &row.rest).trimmed();
        let write = |code: &mut CodeWriter| {
            note(&row.note, code);
            code.line(line);
        };
        match row.element {
            Some(element) => code.from_element(element, write),
            None => write(code),
        }
    }
}
