//! Containers of xDBML: `Container shop [type: database, target: MongoDB] { … }`.

use crate::formats::dbml::import::cursor::Cursor;
use crate::formats::dbml::import::facts::Facts;
use crate::formats::dbml::import::settings::settings;
use crate::formats::dbml::import::tree::Line;
use crate::formats::draft::groups::DraftNamespace;
use crate::formats::draft::name::Name;

/// How much was known before a container.
#[derive(Clone, Copy, Debug)]
pub(super) struct Before {
    tables: usize,
    enumerations: usize,
}

/// Words that begin a container.
pub(super) const WORDS: [&str; 5] = ["container", "database", "keyspace", "namespace", "schema"];

/// Reads the head of a container; gives its name and what stands in it.
pub(super) fn head<'t, 'a>(
    facts: &mut Facts,
    cursor: &mut Cursor<'t, 'a>,
) -> Option<(String, &'t [Line<'a>])> {
    let span = cursor.span();
    let Some(name) = cursor.path().pop() else {
        facts.error("the container has no name: it is left out", "write its name", span);
        return None;
    };
    while let Some(list) = cursor.list() {
        for setting in settings(list, &mut facts.diagnostics) {
            match (setting.name.as_str(), setting.any_text()) {
                ("target", Some(text)) => facts.database = facts.database.take().or(Some(text)),
                ("note", Some(note)) => {
                    facts.namespaces.push(DraftNamespace { name: name.text.clone(), note });
                }
                ("type", _) => {}
                _ => facts.lose(
                    (
                        "settings of containers are left out",
                        "write them into the note of the namespace",
                    ),
                    setting.name,
                    setting.span,
                ),
            }
        }
    }
    let lines = cursor.block().map(|block| block.lines.as_slice()).unwrap_or_default();
    Some((name.text, lines))
}

impl Before {
    /// What is known now.
    pub(super) fn now(facts: &Facts) -> Self {
        Self { tables: facts.tables.len(), enumerations: facts.enumerations.len() }
    }

    /// Puts into a container what was read since.
    pub(super) fn put_into(self, facts: &mut Facts, container: &str) {
        let tables = facts.tables.iter_mut().skip(self.tables).map(|one| &mut one.entity.name);
        let enumerations = facts.enumerations.iter_mut().skip(self.enumerations);
        for name in tables.chain(enumerations.map(|one| &mut one.name)) {
            if name.namespace.is_none() && container != "public" {
                // A name without a container is looked for in all of them.
                let alias = Name::plain(name.name.clone(), name.span);
                name.namespace = Some(container.to_owned());
                facts.aliases.push((alias, name.clone()));
            }
        }
    }
}
