//! The texts as trees in which everything has a place and can be found by what `$ref` says.
//!
//! Must not know what a schema means.

use std::collections::BTreeMap;

use indexmap::IndexSet;
use jsonc_parser::ast::{Object, Value};
use jsonc_parser::common::Ranged as _;
use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::base::diagnostic::{Diagnostic, Span};
use crate::formats::sources::{Sources, path_from};

/// Nesting beyond which nobody means what is written.
const DEEPEST: usize = 200;

/// The tree of a text; none for an empty one.
pub(super) fn parse(text: &str) -> Result<Option<Value<'_>>, Diagnostic> {
    let strict = ParseOptions {
        allow_comments: true,
        allow_trailing_commas: true,
        allow_loose_object_property_names: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    let parsed = parse_to_ast(text, &CollectOptions::default(), &strict).map_err(|error| {
        let hint = match error.kind() {
            ParseErrorKind::UnterminatedObject | ParseErrorKind::UnterminatedArray => {
                "the file ends too early, or a bracket is not closed"
            }
            ParseErrorKind::NestingDepthExceeded => "take the definitions apart with `$ref`",
            _ => "look for a missing or extra comma, quote or bracket here or just before",
        };
        let reason = error.kind().to_string().to_lowercase();
        Diagnostic::error(format!("this is no JSON: {reason}"))
            .at(Span::at_offset(text, error.range().start))
            .with_hint(hint)
    })?;
    Ok(parsed.value)
}

/// A value in one of the texts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'t> {
    /// The text.
    pub(super) source: usize,
    /// The value.
    pub(super) value: &'t Value<'t>,
}

/// Where a value stands: its text and the byte at which it begins.
pub(super) type Place = (usize, usize);

impl<'t> Node<'t> {
    /// Where it stands.
    pub(super) fn place(self) -> Place {
        (self.source, self.value.range().start)
    }

    /// The same text, another value.
    pub(super) fn with(self, value: &'t Value<'t>) -> Self {
        Self { value, ..self }
    }

    /// The object that it is.
    pub(super) fn object(self) -> Option<&'t Object<'t>> {
        self.value.as_object()
    }

    /// The member of that name, if it is an object that has it.
    pub(super) fn get(self, name: &str) -> Option<Self> {
        Some(self.with(&self.object()?.get(name)?.value))
    }

    /// The text of the member of that name.
    pub(super) fn text(self, name: &str) -> Option<&'t str> {
        self.get(name)?.value.as_string_lit().map(|text| text.value.as_ref())
    }

    /// The members of an object.
    pub(super) fn members(self) -> impl Iterator<Item = (&'t str, Self)> {
        let properties = self.object().map(|object| object.properties.as_slice());
        let properties = properties.unwrap_or_default().iter();
        properties.map(move |property| (property.name.as_str(), self.with(&property.value)))
    }

    /// The elements of a list.
    pub(super) fn items(self) -> impl Iterator<Item = Self> {
        let elements = self.value.as_array().map(|array| array.elements.as_slice());
        elements.unwrap_or_default().iter().map(move |value| self.with(value))
    }
}

/// All texts.
#[derive(Debug)]
pub(super) struct Documents<'t> {
    sources: &'t Sources,
    roots: Vec<Option<Node<'t>>>,
    line_starts: Vec<Vec<usize>>,
    /// Schemas by the whole of their `$id`.
    ids: BTreeMap<&'t str, Node<'t>>,
    /// Schemas by the anchor that they have in their text.
    anchors: BTreeMap<(usize, &'t str), Node<'t>>,
}

impl<'t> Documents<'t> {
    /// These texts and their trees.
    pub(super) fn new(sources: &'t Sources, trees: &'t [Option<Value<'t>>]) -> Self {
        let root = |(source, tree): (usize, &'t Option<Value<'t>>)| {
            tree.as_ref().map(|value| Node { source, value })
        };
        let starts = |text: &str| {
            let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect()
        };
        let mut documents = Self {
            sources,
            roots: trees.iter().enumerate().map(root).collect(),
            line_starts: sources.iter().map(|source| starts(&source.text)).collect(),
            ids: BTreeMap::new(),
            anchors: BTreeMap::new(),
        };
        for root in documents.roots.clone().into_iter().flatten() {
            documents.gather_names(root, 0);
        }
        documents
    }

    /// The values that the texts are.
    pub(super) fn roots(&self) -> Vec<Node<'t>> {
        self.roots.iter().flatten().copied().collect()
    }

    /// The path of a text.
    pub(super) fn path(&self, source: usize) -> &'t str {
        self.sources.get(source).map_or("", |source| source.path.as_str())
    }

    /// All texts one after the other.
    pub(super) fn all_text(&self) -> String {
        self.sources.iter().map(|source| source.text.as_str()).collect()
    }

    /// Line and column of a place.
    pub(super) fn span(&self, (source, offset): Place) -> Span {
        let starts = self.line_starts.get(source).map(Vec::as_slice).unwrap_or_default();
        let line = starts.partition_point(|start| *start <= offset);
        let start = starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let text = self.sources.get(source).map_or("", |source| source.text.as_str());
        let before = text.get(start..offset).unwrap_or_default();
        Span { source, line: line.max(1), column: before.chars().count() + 1 }
    }

    fn gather_names(&mut self, node: Node<'t>, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        for (key, value) in node.members() {
            let text = value.value.as_string_lit().map(|text| text.value.as_ref());
            match (key, text) {
                ("$id" | "id", Some(id)) => match id.strip_prefix('#') {
                    Some(anchor) => {
                        self.anchors.entry((node.source, anchor)).or_insert(node);
                    }
                    None => {
                        self.ids.entry(id.trim_end_matches('#')).or_insert(node);
                    }
                },
                ("$anchor" | "$dynamicAnchor", Some(anchor)) => {
                    self.anchors.entry((node.source, anchor)).or_insert(node);
                }
                _ => self.gather_names(value, depth + 1),
            }
        }
        for item in node.items() {
            self.gather_names(item, depth + 1);
        }
    }

    /// The schema that a `$ref` in that text means.
    pub(super) fn resolve(&self, source: usize, reference: &str) -> Option<Node<'t>> {
        let (base, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let document = if base.is_empty() {
            self.roots.get(source).copied().flatten()?
        } else {
            self.document(source, base)?
        };
        let fragment = decoded(fragment);
        match fragment.strip_prefix('/') {
            None if fragment.is_empty() => Some(document),
            None => self.anchors.get(&(document.source, fragment.as_str())).copied(),
            Some(pointer) => pointer.split('/').try_fold(document, |node, part| {
                let part = part.replace("~1", "/").replace("~0", "~");
                node.get(&part).or_else(|| node.items().nth(part.parse().ok()?))
            }),
        }
    }

    /// The schema in another text, by its path or by its `$id`.
    fn document(&self, source: usize, base: &str) -> Option<Node<'t>> {
        let by_path = path_from(self.path(source), &decoded(base))
            .and_then(|path| self.sources.at_path(&path))
            .and_then(|number| self.roots.get(number).copied().flatten());
        let by_end = || {
            let wanted = base.trim_start_matches(['.', '/']);
            let ends = |id: &str| {
                id.strip_suffix(wanted).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
            };
            self.ids.iter().find(|(id, _)| ends(id)).map(|(_, node)| *node)
        };
        by_path.or_else(|| self.ids.get(base).copied()).or_else(by_end)
    }
}

/// The other texts that `$ref` means in this one.
pub(super) fn external_references(tree: &Value<'_>) -> IndexSet<String> {
    fn walk(value: &Value<'_>, depth: usize, found: &mut IndexSet<String>) {
        match value {
            Value::Object(object) if depth < DEEPEST => {
                for property in &object.properties {
                    if let ("$ref", Value::StringLit(text)) =
                        (property.name.as_str(), &property.value)
                    {
                        let base = text.value.split('#').next().unwrap_or_default();
                        if !base.is_empty() && !base.contains(':') {
                            found.insert(decoded(base));
                        }
                    }
                    walk(&property.value, depth + 1, found);
                }
            }
            Value::Array(array) if depth < DEEPEST => {
                for element in &array.elements {
                    walk(element, depth + 1, found);
                }
            }
            _ => {}
        }
    }
    let mut found = IndexSet::new();
    walk(tree, 0, &mut found);
    found
}

/// Part of a URI with its codes read; the same text where they make none.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let digits =
            after.first_chunk().map(|two: &[u8; 2]| two.map(|d| char::from(d).to_digit(16)));
        if let (b'%', Some([Some(high), Some(low)])) = (byte, digits) {
            bytes.extend(u8::try_from(high * 16 + low));
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(*byte);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
