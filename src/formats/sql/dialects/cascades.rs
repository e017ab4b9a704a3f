//! SQL Server refuses foreign keys whose actions could reach a table twice, or itself: such keys
//! get no action, the later ones first.

use indexmap::IndexSet;

use crate::formats::relational::notices::Notices;
use crate::formats::relational::schema::{ForeignKey, Schema};
use crate::model::reference::ReferentialAction;

/// Takes the actions off keys that would close a second path.
pub(super) fn break_cycles(schema: &mut Schema, notices: &mut Notices) {
    // Which tables a change of a table reaches by the actions kept so far, and from where.
    let mut reached: Vec<IndexSet<usize>> = vec![IndexSet::new(); schema.tables.len()];
    let mut reaching: Vec<IndexSet<usize>> = vec![IndexSet::new(); schema.tables.len()];
    for child in 0..schema.tables.len() {
        let Some(table) = schema.tables.get_mut(child) else { continue };
        let name = table.name.name.clone();
        for key in table.foreign_keys.iter_mut().filter(|key| acts(key)) {
            if add_path(&mut reached, &mut reaching, key.table, child) {
                continue;
            }
            key.on_delete = ReferentialAction::NoAction;
            key.on_update = ReferentialAction::NoAction;
            let why = "actions that could reach a table twice become NO ACTION";
            notices.warn(why, format!("{name}.{}", key.columns.join("+")));
        }
    }
}

fn acts(key: &ForeignKey) -> bool {
    [key.on_delete, key.on_update].into_iter().any(|action| match action {
        ReferentialAction::Cascade | ReferentialAction::SetNull | ReferentialAction::SetDefault => {
            true
        }
        ReferentialAction::NoAction | ReferentialAction::Restrict => false,
    })
}

/// Adds a path from parent to child with all that it implies; false, and nothing added, when some
/// table would be reached twice.
fn add_path(
    reached: &mut [IndexSet<usize>],
    reaching: &mut [IndexSet<usize>],
    parent: usize,
    child: usize,
) -> bool {
    let with_itself = |sets: &[IndexSet<usize>], table: usize| -> IndexSet<usize> {
        let mut all = sets.get(table).cloned().unwrap_or_default();
        all.insert(table);
        all
    };
    let above = with_itself(reaching, parent);
    let below = with_itself(reached, child);
    let twice = above.iter().any(|from| {
        below.contains(from)
            || reached.get(*from).is_some_and(|known| known.iter().any(|to| below.contains(to)))
    });
    if twice {
        return false;
    }
    for from in &above {
        if let Some(known) = reached.get_mut(*from) {
            known.extend(below.iter().copied());
        }
    }
    for to in &below {
        if let Some(known) = reaching.get_mut(*to) {
            known.extend(above.iter().copied());
        }
    }
    true
}
