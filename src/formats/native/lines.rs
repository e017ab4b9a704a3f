//! JSON laid out so that a small change is a small diff: sections spread over lines, small things
//! (a field, a key, an end, a placement) on one line each.
//!
//! Must not know what the keys mean beyond the two lists below.

use std::fmt::Write as _;

use serde_json::{Map, Value};

/// Collections whose members stand on one line each.
const COLLECTIONS_OF_LINES: [&str; 10] = [
    "namespaces",
    "values",
    "fields",
    "keys",
    "indexes",
    "checks",
    "notes",
    "cards",
    "frames",
    "routes",
];

/// Objects that stand on one line.
const LINES: [&str; 4] = ["from", "to", "extras", "targetOptions"];

/// The text of `value` with a line break at its end.
pub(super) fn text_from_value(value: &Value) -> String {
    let mut out = String::new();
    write_spread(&mut out, value, "", 0);
    out.push('\n');
    out
}

/// Writes `value`, which is the member `key`, over as many lines as it has members.
fn write_spread(out: &mut String, value: &Value, key: &str, depth: usize) {
    match value {
        Value::Object(members) if !members.is_empty() && !LINES.contains(&key) => {
            let has_lines = COLLECTIONS_OF_LINES.contains(&key);
            write_members(out, ['{', '}'], members, depth, |out, (name, member)| {
                let _ = write!(out, "{}: ", Value::from(name.as_str()));
                write_member(out, member, name, has_lines, depth + 1);
            });
        }
        Value::Array(items) if !items.is_empty() => {
            let has_lines = COLLECTIONS_OF_LINES.contains(&key);
            write_members(out, ['[', ']'], items, depth, |out, item| {
                write_member(out, item, key, has_lines, depth + 1);
            });
        }
        other => write_line(out, other, depth),
    }
}

fn write_member(out: &mut String, value: &Value, key: &str, is_line: bool, depth: usize) {
    if is_line {
        write_line(out, value, depth);
    } else {
        write_spread(out, value, key, depth);
    }
}

fn write_members<T>(
    out: &mut String,
    [open, close]: [char; 2],
    members: impl IntoIterator<Item = T>,
    depth: usize,
    mut write_one: impl FnMut(&mut String, T),
) {
    out.push(open);
    for (position, member) in members.into_iter().enumerate() {
        out.push_str(if position == 0 { "\n" } else { ",\n" });
        indent(out, depth + 1);
        write_one(out, member);
    }
    out.push('\n');
    indent(out, depth);
    out.push(close);
}

/// Writes `value` on one line, but for the fields of a nested object: they have a line each.
fn write_line(out: &mut String, value: &Value, depth: usize) {
    match value {
        Value::Object(members) if !members.is_empty() => write_object_line(out, members, depth),
        Value::Array(items) => {
            out.push('[');
            for (position, item) in items.iter().enumerate() {
                out.push_str(if position == 0 { "" } else { ", " });
                write_line(out, item, depth);
            }
            out.push(']');
        }
        other => {
            let _ = write!(out, "{other}");
        }
    }
}

fn write_object_line(out: &mut String, members: &Map<String, Value>, depth: usize) {
    for (position, (name, member)) in members.iter().enumerate() {
        out.push_str(if position == 0 { "{ " } else { ", " });
        let _ = write!(out, "{}: ", Value::from(name.as_str()));
        match member {
            Value::Array(items) if name == "fields" && items.iter().any(Value::is_object) => {
                write_members(out, ['[', ']'], items, depth, |out, item| {
                    write_line(out, item, depth + 1);
                });
            }
            other => write_line(out, other, depth),
        }
    }
    out.push_str(" }");
}

fn indent(out: &mut String, depth: usize) {
    for _ in 0..depth {
        out.push_str("  ");
    }
}
