//! Types: what Mongoose calls them, and the rules that each of them knows.

use crate::formats::code::{code, join};
use crate::formats::javascript::text::{Code, regular_expression, string};
use crate::formats::javascript::tree::{Member, Node};
use crate::formats::mongoose::field::{Scribe, in_order};
use crate::formats::mongoose::style::Module;
use crate::model::data_type::{DataType, IntegerSize};
use crate::model::field::{Field, Number};

/// Schema types by the name that a native type may have.
const NATIVE: [(&str, &str); 16] = [
    ("BigInt", "BigInt"),
    ("Boolean", "Boolean"),
    ("Buffer", "Buffer"),
    ("Date", "Date"),
    ("Number", "Number"),
    ("String", "String"),
    ("Decimal128", "Schema.Types.Decimal128"),
    ("Double", "Schema.Types.Double"),
    ("Int32", "Schema.Types.Int32"),
    ("Mixed", "Schema.Types.Mixed"),
    ("ObjectId", "Schema.Types.ObjectId"),
    ("UUID", "Schema.Types.UUID"),
    ("Bigint", "BigInt"),
    ("Bool", "Boolean"),
    ("Object", "Schema.Types.Mixed"),
    ("Oid", "Schema.Types.ObjectId"),
];

/// A type and the options that belong to it.
pub(super) struct Held {
    /// The type itself.
    pub(super) node: Node,
    /// What else stands beside `type`.
    pub(super) options: Vec<Member>,
}

/// What rules a type knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rules {
    Text,
    Number,
    WholeNumber,
    BigNumber,
    DecimalNumber,
    None,
}

impl Scribe<'_> {
    /// How values of `ty`, which is the field's type or one inside it, are held.
    pub(super) fn held(&mut self, field: &Field, ty: &DataType) -> Held {
        match ty {
            DataType::Array(inner) => {
                let node = Node::Array(vec![self.item(field, inner)]);
                Held { node, options: Vec::new() }
            }
            DataType::Map(inner) => {
                let of = self.element(field, inner);
                Held { node: "Map".into(), options: vec![Member::new("of", of)] }
            }
            DataType::Vector { dimensions } => vector(*dimensions, self.plan.style.module),
            scalar => self.scalar(field, scalar),
        }
    }

    /// A value inside a list, where Mongoose takes no options of a list.
    fn item(&mut self, field: &Field, ty: &DataType) -> Node {
        if let DataType::Vector { dimensions } = ty {
            if dimensions.is_some() {
                self.lose(field, "the length of each vector");
            }
            return Node::Array(vec!["Number".into()]);
        }
        if matches!(ty, DataType::Map(_)) {
            self.lose(field, "the check of what stands in maps in a list");
        }
        self.element(field, ty)
    }

    /// A value inside a list or map.
    fn element(&mut self, field: &Field, ty: &DataType) -> Node {
        let held = self.held(field, ty);
        if held.options.is_empty() {
            return held.node;
        }
        let mut options = held.options;
        options.push(Member::new("type", held.node));
        in_order(options)
    }

    fn scalar(&mut self, field: &Field, ty: &DataType) -> Held {
        let (node, rules) = self.scalar_type(field, ty);
        let node = self.native_type(field).unwrap_or(node);
        let mut options = Vec::new();
        if let Some((reference, target)) = self.plan.collections.reference_of(field.id)
            && self.plan.collections.leads_to_id(reference)
        {
            let name = self.plan.model_name(target.id);
            options.push(Member::new("ref", string(name.as_str())));
        } else if let Some(path) = field.extras.option("mongoose", "refPath") {
            options.push(Member::new("refPath", string(path)));
        }
        if let DataType::Enumeration(id) = ty {
            self.needs.enumerations.insert(*id);
            options.push(Member::new("enum", self.plan.values_name(*id)));
        }
        self.add_rules(field, ty, rules, &mut options);
        Held { node, options }
    }

    fn scalar_type(&mut self, field: &Field, ty: &DataType) -> (Node, Rules) {
        let (name, rules) = match ty {
            DataType::String { .. }
            | DataType::Text
            | DataType::Time
            | DataType::Interval
            | DataType::Inet => ("String", Rules::Text),
            DataType::Integer(size) if self.is_bigint(*size) => ("BigInt", Rules::BigNumber),
            DataType::Integer(_) => ("Number", Rules::WholeNumber),
            DataType::Decimal { .. } => ("Schema.Types.Decimal128", Rules::DecimalNumber),
            DataType::Float | DataType::Double => ("Number", Rules::Number),
            DataType::Boolean => ("Boolean", Rules::None),
            DataType::Date | DataType::DateTime { .. } => ("Date", Rules::None),
            DataType::Uuid => ("Schema.Types.UUID", Rules::None),
            DataType::ObjectId => ("Schema.Types.ObjectId", Rules::None),
            DataType::Binary { .. } => ("Buffer", Rules::None),
            DataType::Enumeration(_) => ("String", Rules::None),
            DataType::GeoPoint => {
                self.needs.point_schema = true;
                ("pointSchema", Rules::None)
            }
            DataType::Embedded(id) if self.plan.file_of(*id).is_some() => {
                self.needs.schemas.insert(*id);
                return (self.plan.schema_name(*id).into(), Rules::None);
            }
            DataType::Object if !field.fields.is_empty() => {
                return (self.schema_of(field), Rules::None);
            }
            DataType::Json
            | DataType::Mixed
            | DataType::Object
            | DataType::Embedded(_)
            | DataType::Map(_)
            | DataType::Vector { .. }
            | DataType::Array(_) => ("Schema.Types.Mixed", Rules::None),
        };
        (name.into(), rules)
    }

    /// Whether integers of that size are `BigInt`.
    pub(super) fn is_bigint(&self, size: IntegerSize) -> bool {
        size == IntegerSize::Big && !self.plan.style.plain_big_integers
    }

    /// The schema type that was chosen for Mongoose alone, when it is one.
    fn native_type(&mut self, field: &Field) -> Option<Node> {
        let wanted = field.native_types.get("mongoose")?;
        let bare = wanted.trim_start_matches("mongoose.").trim_start_matches("Schema.Types.");
        let known = NATIVE.iter().find(|(name, _)| name.eq_ignore_ascii_case(bare));
        if known.is_none() {
            self.lose(field, &format!("the native type `{}`", wanted.escape_debug()));
        }
        known.map(|(_, written)| (*written).into())
    }

    fn add_rules(&mut self, field: &Field, ty: &DataType, rules: Rules, options: &mut Vec<Member>) {
        let (wants_range, wants_text) = wanted_rules(field);
        match rules {
            Rules::Text => self.add_text_rules(field, ty, options),
            Rules::Number | Rules::WholeNumber => {
                if let Some(min) = &field.min {
                    options.push(Member::new("min", code!(min)));
                }
                if let Some(max) = &field.max {
                    options.push(Member::new("max", code!(max)));
                }
            }
            Rules::BigNumber | Rules::DecimalNumber => {
                options.extend(range_validator(field, rules, self.plan.style.module));
            }
            Rules::None => {}
        }
        if rules == Rules::WholeNumber {
            self.needs.whole_number = true;
            options.push(Member::new("validate", "wholeNumber"));
        }
        if wants_text && rules != Rules::Text {
            self.lose(field, "a rule for text");
        }
        if wants_range && matches!(rules, Rules::Text | Rules::None) {
            self.lose(field, "a rule for numbers");
        }
    }

    fn add_text_rules(&mut self, field: &Field, ty: &DataType, options: &mut Vec<Member>) {
        let stored = match ty {
            DataType::String { length } => *length,
            _ => None,
        };
        let longest = [field.max_length, stored].into_iter().flatten().min();
        if let Some(shortest) = field.min_length {
            options.push(Member::new("minLength", code!(shortest)));
        }
        if let Some(longest) = longest {
            options.push(Member::new("maxLength", code!(longest)));
        }
        if let Some(pattern) = &field.pattern {
            match regular_expression(pattern) {
                Some(expression) => options.push(Member::new("match", expression)),
                None => self.lose(field, &format!("the pattern `{}`", pattern.escape_debug())),
            }
        }
        if field.trim {
            options.push(Member::new("trim", "true"));
        }
        if field.lowercase {
            options.push(Member::new("lowercase", "true"));
        }
    }
}

/// Whether the field has rules for numbers, and rules for text.
fn wanted_rules(field: &Field) -> (bool, bool) {
    let range = field.min.is_some() || field.max.is_some();
    let text = field.min_length.is_some()
        || field.max_length.is_some()
        || field.pattern.is_some()
        || field.trim
        || field.lowercase;
    (range, text)
}

/// Numbers in a list of a fixed length. Without a value there is no list, since an empty one would
/// be no vector.
fn vector(dimensions: Option<u32>, module: Module) -> Held {
    let node = Node::Array(vec!["Number".into()]);
    let mut options = vec![Member::new("default", "undefined")];
    if let Some(dimensions) = dimensions {
        let value = parameter(module, "unknown[]");
        let test = code!(value, " => value == null || value.length === ", dimensions);
        options.push(validator(test, &format!("must have {dimensions} numbers")));
    }
    Held { node, options }
}

/// Mongoose checks smallest and largest of `Number` only; for the others we say how.
fn range_validator(field: &Field, rules: Rules, module: Module) -> Option<Member> {
    let is_big = rules == Rules::BigNumber;
    let read = if is_big { "value" } else { "Number(value)" };
    let bound = |number: &Number| -> Code {
        let suffix = if is_big && number.is_integer() { "n" } else { "" };
        code!(number, suffix)
    };
    let tests = [(&field.min, ">="), (&field.max, "<=")];
    let tests: Vec<_> = tests
        .iter()
        .filter_map(|(limit, sign)| Some(code!(read, " ", *sign, " ", bound(limit.as_ref()?))))
        .collect();
    let says = [(&field.min, "at least"), (&field.max, "at most")];
    let says: Vec<_> = says
        .iter()
        .filter_map(|(limit, words)| Some(format!("{words} {}", limit.as_ref()?.as_str())))
        .collect();
    let tests = match tests.as_slice() {
        [] => return None,
        [only] => only.clone(),
        both => code!("(", join(both, " && "), ")"),
    };
    let value = parameter(module, if is_big { "bigint" } else { "unknown" });
    let test = code!(value, " => value == null || ", tests);
    Some(validator(test, &format!("must be {}", says.join(" and "))))
}

fn parameter(module: Module, ty: &'static str) -> Code {
    match module {
        Module::Esm | Module::CommonJs => code!("(value)"),
        Module::TypeScript => code!("(value: ", ty, ")"),
    }
}

fn validator(test: Code, message: &str) -> Member {
    let message = string(&format!("{{PATH}} {message}"));
    Member::new(
        "validate",
        Node::Object(vec![Member::new("validator", test), Member::new("message", message)]),
    )
}
