//! What a schema says, as a tree: blocks, fields, attributes and values with their places.

/// One block.
#[derive(Debug)]
pub(super) struct Block {
    /// `model`, `view`, `type`, `enum`, `datasource`, `generator`.
    pub(super) kind: String,
    pub(super) name: String,
    /// The text it stands in.
    pub(super) source: usize,
    pub(super) at: usize,
    pub(super) doc: String,
    pub(super) members: Vec<Member>,
    pub(super) attributes: Vec<Attribute>,
}

/// A field, a value of an enumeration, or an assignment.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) at: usize,
    pub(super) doc: String,
    pub(super) ty: Option<FieldType>,
    pub(super) attributes: Vec<Attribute>,
    /// What is assigned to it.
    pub(super) value: Option<Value>,
}

/// The type of a field.
#[derive(Debug)]
pub(super) struct FieldType {
    pub(super) name: String,
    /// What `Unsupported` is of.
    pub(super) argument: Option<String>,
    pub(super) is_list: bool,
    pub(super) is_optional: bool,
    pub(super) at: usize,
}

/// `@name(…)` or `@@name(…)`.
#[derive(Debug)]
pub(super) struct Attribute {
    /// With its dots: `db.VarChar`.
    pub(super) name: String,
    pub(super) arguments: Vec<Argument>,
    pub(super) at: usize,
}

/// An argument, which may have a name.
#[derive(Debug)]
pub(super) struct Argument {
    pub(super) name: Option<String>,
    pub(super) value: Value,
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Text(String),
    Number(String),
    /// A name, with its dots.
    Word(String),
    /// A function or a field with arguments, those with names as `name: value`.
    Call(String, Vec<(Option<String>, Self)>),
    List(Vec<Self>),
}

impl Attribute {
    /// The argument of that name, or the one without a name at that place.
    pub(super) fn argument(&self, name: &str, place: usize) -> Option<&Value> {
        let named = self.arguments.iter().find(|one| one.name.as_deref() == Some(name));
        let unnamed = || self.arguments.get(place).filter(|one| one.name.is_none());
        named.or_else(unnamed).map(|one| &one.value)
    }

    /// The text of the argument of that name.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let found = self.arguments.iter().find(|one| one.name.as_deref() == Some(name))?;
        found.value.text()
    }
}

impl Value {
    /// The text that it is.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Number(_) | Self::Word(_) | Self::Call(..) | Self::List(_) => None,
        }
    }

    /// What it lists; a single value lists itself.
    pub(super) fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            other => std::slice::from_ref(other),
        }
    }

    /// As it is written.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Text(text) => format!("\"{text}\""),
            Self::Number(text) | Self::Word(text) => text.clone(),
            Self::Call(name, arguments) => {
                let arguments: Vec<_> = arguments.iter().map(|(_, one)| one.shown()).collect();
                format!("{name}({})", arguments.join(", "))
            }
            Self::List(items) => {
                let items: Vec<_> = items.iter().map(Self::shown).collect();
                format!("[{}]", items.join(", "))
            }
        }
    }
}

impl Member {
    /// Its attribute of that name.
    pub(super) fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    /// Its name in the database.
    pub(super) fn stored(&self) -> &str {
        let map = self.attribute("map").and_then(|map| map.argument("name", 0));
        map.and_then(Value::text).unwrap_or(&self.name)
    }
}

impl Block {
    /// Its attribute of that name.
    pub(super) fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    /// The text of an attribute with one argument.
    pub(super) fn said(&self, name: &str) -> Option<&str> {
        self.attribute(name)?.argument("name", 0)?.text()
    }

    /// Its member of that name.
    pub(super) fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.name == name)
    }
}
