//! Names and texts as a Prisma schema writes them, and blocks laid out as its formatter does.
//!
//! Must not know models.

use crate::formats::code_writer::CodeWriter;
use crate::formats::javascript::literal::is_unseen;
pub(super) use crate::formats::javascript::literal::quoted as string;
use crate::model::id::ElementId;

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
        code.line(format!("/// {line}").trim_end());
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
    pub(super) name: String,
    /// Its type, or `=` and a value.
    pub(super) ty: String,
    /// What stands behind.
    pub(super) rest: String,
}

/// Writes rows under each other, as wide as the widest.
pub(super) fn rows(rows: &[Row], code: &mut CodeWriter) {
    let width = |column: fn(&Row) -> &str| {
        rows.iter().map(|row| column(row).chars().count()).max().unwrap_or(0)
    };
    let (names, types) = (width(|row| &row.name), width(|row| &row.ty));
    for row in rows {
        let (name, ty) = (padded(&row.name, names), padded(&row.ty, types));
        let line = format!("{name} {ty} {}", row.rest);
        let write = |code: &mut CodeWriter| {
            note(&row.note, code);
            code.line(line.trim_end());
        };
        match row.element {
            Some(element) => code.from_element(element, write),
            None => write(code),
        }
    }
}

/// The text with blanks behind it; `format!` panics at a width above 65,535.
fn padded(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(text.chars().count());
    format!("{text}{}", " ".repeat(missing))
}
