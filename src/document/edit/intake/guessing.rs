//! What was probably renamed: only where one element is gone, one is new, they are alike and no
//! other could be meant. Every guess is told.

use crate::base::similar::nearest;
use crate::document::edit::intake::matching::{may_become, paired_entities, plain};
use crate::document::edit::intake::pairs::Counterparts;
use crate::model::Model;
use crate::model::data_type::DataType;
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::ElementId;

/// So many entities that are gone or new are looked at: a project in which everything is new was
/// not renamed.
const MOST: usize = 400;

/// Names of fields that many entities have, so that they tell nothing.
const USUAL: [&str; 3] = ["id", "createdat", "updatedat"];

/// Something that was probably renamed.
#[derive(Clone, Debug, PartialEq)]
pub struct Rename {
    /// What, by its id in the project.
    pub element: ElementId,
    /// What it was called.
    pub old: String,
    /// What it is called.
    pub new: String,
}

/// Pairs entities that were probably renamed.
pub(super) fn guess_entities(
    ours: &Model,
    theirs: &Model,
    pairs: &mut Counterparts,
) -> Vec<Rename> {
    let gone = ours.entities().filter(|one| pairs.entities.is_free_of_ours(one.id));
    let new = theirs.entities().filter(|one| pairs.entities.is_free_of_theirs(one.id));
    let gone: Vec<_> = gone.take(MOST).map(Candidate::new).collect();
    let new: Vec<_> = new.take(MOST).map(Candidate::new).collect();
    let [gone, new] = [&gone, &new].map(|all| all.iter().collect::<Vec<_>>());
    let mut renames = Vec::new();
    for (our, their) in unambiguous(&gone, &new, are_alike) {
        let (our, their) = (our.entity, their.entity);
        pairs.entities.pair(our.id, their.id);
        renames.push(Rename {
            element: ElementId::Entity(our.id),
            old: ours.display_name(our.id.into()),
            new: theirs.display_name(their.id.into()),
        });
    }
    renames
}

/// Pairs fields that were probably renamed, in entities that have their pair.
pub(super) fn guess_fields(ours: &Model, theirs: &Model, pairs: &mut Counterparts) -> Vec<Rename> {
    let mut renames = Vec::new();
    for (our, their) in paired_entities(ours, theirs, pairs) {
        let gone: Vec<_> =
            our.fields.iter().filter(|one| pairs.fields.is_free_of_ours(one.id)).collect();
        let new: Vec<_> =
            their.fields.iter().filter(|one| pairs.fields.is_free_of_theirs(one.id)).collect();
        let alike = |our: &Field, their: &Field| {
            same_type(&our.ty, &their.ty, pairs)
                && our.unique == their.unique
                && are_close(&our.name, &their.name)
        };
        let meant = unambiguous(&gone, &new, alike);
        for (field, renamed) in meant {
            pairs.fields.pair(field.id, renamed.id);
            renames.push(Rename {
                element: ElementId::Field(our.id, field.id),
                old: format!("{}.{}", our.name, field.name),
                new: format!("{}.{}", their.name, renamed.name),
            });
        }
    }
    renames
}

/// Those that are like exactly one of the other side, which is like no other.
fn unambiguous<'a, T>(
    gone: &[&'a T],
    new: &[&'a T],
    alike: impl Fn(&T, &T) -> bool,
) -> Vec<(&'a T, &'a T)> {
    let mut of_gone: Vec<Vec<usize>> = vec![Vec::new(); gone.len()];
    let mut times = vec![0_usize; new.len()];
    for (our, found) in gone.iter().zip(&mut of_gone) {
        for (place, (their, times)) in new.iter().zip(&mut times).enumerate() {
            if alike(our, their) {
                found.push(place);
                *times += 1;
            }
        }
    }
    let pairs = gone.iter().zip(of_gone).filter_map(|(our, found)| match found.as_slice() {
        [only] if times.get(*only) == Some(&1) => Some((*our, *new.get(*only)?)),
        _ => None,
    });
    pairs.collect()
}

/// An entity that may be another under a new name.
#[derive(Debug)]
struct Candidate<'a> {
    entity: &'a Entity,
    /// The plain names of its fields.
    names: Vec<String>,
}

impl<'a> Candidate<'a> {
    fn new(entity: &'a Entity) -> Self {
        Self { entity, names: entity.fields.iter().map(|field| plain(&field.name)).collect() }
    }
}

/// Whether most fields of two entities have the same names; fewer do when their own are close.
fn are_alike(our: &Candidate<'_>, their: &Candidate<'_>) -> bool {
    let most = our.names.len().max(their.names.len());
    let shared = || our.names.iter().filter(|name| their.names.contains(name));
    let count = shared().count();
    let is_telling = |name: &String| !USUAL.contains(&name.as_str());
    if count < 2
        || count * 10 < most * 5
        || !may_become(our.entity.kind, their.entity.kind)
        || !shared().any(is_telling)
    {
        return false;
    }
    count * 10 >= most * 8 || are_close(&our.entity.name, &their.entity.name)
}

/// Whether one name may be a slip or a shorter form of the other.
fn are_close(a: &str, b: &str) -> bool {
    let (short, long) = (plain(a), plain(b));
    let (short, long) = if short.len() <= long.len() { (short, long) } else { (long, short) };
    let holds = short.chars().count() >= 3 && long.contains(&short);
    holds || nearest(&short, [long.as_str()]).is_some()
}

fn same_type(ours: &DataType, theirs: &DataType, pairs: &Counterparts) -> bool {
    let mut translated = theirs.clone();
    match translated.innermost_mut() {
        DataType::Enumeration(id) => *id = pairs.enumerations.ours(*id).unwrap_or(*id),
        DataType::Embedded(id) => *id = pairs.entities.ours(*id).unwrap_or(*id),
        _ => {}
    }
    *ours == translated
}
