//! What a format knows about an entity or a field beyond the model, declared as data: the inspector
//! shows it for the targets in use, the element's extras keep it.

use crate::formats::FormatInfo;
use crate::formats::options::OptionInfo;

/// One property that a format offers.
#[derive(Debug)]
pub struct PropertyInfo {
    /// What has it.
    pub of: Bearer,
    /// Its key in the extras, its values, and what the target does when nobody says.
    pub option: OptionInfo,
}

/// What has a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bearer {
    /// An entity.
    Entity,
    /// A field.
    Field,
}

impl Bearer {
    /// Its name in listings.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Entity => "entity",
            Self::Field => "field",
        }
    }
}

impl FormatInfo {
    /// What it knows about entities, or about fields.
    pub fn properties_of(&self, bearer: Bearer) -> impl Iterator<Item = &'static OptionInfo> {
        let properties = self.properties.iter();
        properties.filter(move |property| property.of == bearer).map(|property| &property.option)
    }
}
