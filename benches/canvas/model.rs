//! The diagrams that are measured: cards in a grid, ten fields each, three references for every two
//! cards. Nine of ten lead to a card nearby, the tenth across the whole diagram. One card in the
//! middle has twenty more, and every hundredth holds another one inside itself.

use lunette::base::geom::Point;
use lunette::diagram::Diagram;
use lunette::diagram::placement::Placement;
use lunette::document::project::Project;
use lunette::model::data_type::DataType;
use lunette::model::entity::{Entity, EntityKind};
use lunette::model::field::Field;
use lunette::model::id::{EntityId, FieldId, IdMint};
use lunette::model::key::{Key, KeyKind};
use lunette::model::reference::Reference;

/// Fields of each entity.
const FIELDS: usize = 10;
/// Distance of cards from corner to corner.
const STEP: (f64, f64) = (336.0, 352.0);

/// An entity with the ends that its references use.
struct Ends {
    entity: EntityId,
    key: FieldId,
    referencing: FieldId,
}

/// A project of that many entities, all of them placed.
pub(crate) fn project(count: usize) -> (Project, IdMint) {
    let mut mint = IdMint::from_text("canvas bench");
    let mut project = Project::new("Bench", &mut mint);
    let mut diagram = project.first_diagram().unwrap().clone();
    let columns = columns(count);
    let mut ends = Vec::new();
    for index in 0..count {
        let (entity, of_it) = entity(&mut mint, index);
        let (x, y) = ((index % columns) as f64 * STEP.0, (index / columns) as f64 * STEP.1);
        diagram.placements.insert(entity.id.into(), Placement::at(Point::new(x, y)));
        project.model.put_entity(entity);
        ends.push(of_it);
    }
    join(&mut project, &mut mint, &ends, columns);
    gather(&mut project, &mut mint, &ends, columns);
    embed(&mut project, &ends);
    put_diagrams(&mut project, &mut mint, diagram);
    (project, mint)
}

fn columns(count: usize) -> usize {
    ((count as f64).sqrt() * 1.2).ceil() as usize
}

fn entity(mint: &mut IdMint, index: usize) -> (Entity, Ends) {
    let types = [DataType::INTEGER, DataType::STRING, DataType::Boolean];
    let mut entity = Entity::new(mint.mint(), format!("Entity{index:05}"), EntityKind::Table);
    for (number, ty) in types.iter().cycle().take(FIELDS).enumerate() {
        entity.fields.push(Field::new(mint.mint(), format!("field_{number}"), ty.clone()));
    }
    let (key, referencing) = (entity.fields[0].id, entity.fields[3].id);
    let fields = vec![key];
    entity.keys.push(Key { id: mint.mint(), kind: KeyKind::Primary, fields, name: None });
    let ends = Ends { entity: entity.id, key, referencing };
    (entity, ends)
}

fn join(project: &mut Project, mint: &mut IdMint, ends: &[Ends], columns: usize) {
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    for number in 0..ends.len() * 3 / 2 {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let from = number % ends.len();
        let step = [1, columns, columns + 1, 2][(random % 4) as usize];
        let is_long = random.is_multiple_of(10);
        let to = if is_long { (random / 16) as usize } else { from + step } % ends.len();
        let mut reference = Reference::new(mint.mint(), ends[from].entity, ends[to].entity);
        reference.from.fields = vec![ends[from].referencing];
        reference.to.fields = vec![ends[to].key];
        project.model.put_reference(reference);
    }
}

/// References of the card in the middle to cards around it.
fn gather(project: &mut Project, mint: &mut IdMint, ends: &[Ends], columns: usize) {
    let middle = ends.len() / 2 + columns / 2;
    let around = [1, 2, 3, columns, 2 * columns].map(|step| [step - 1, step + 1]);
    for step in around.into_iter().flatten() {
        for from in [middle - step - 2, middle + step + 2] {
            let mut reference = Reference::new(mint.mint(), ends[from].entity, ends[middle].entity);
            reference.from.fields = vec![ends[from].referencing];
            reference.to.fields = vec![ends[middle].key];
            project.model.put_reference(reference);
        }
    }
}

fn embed(project: &mut Project, ends: &[Ends]) {
    for pair in ends.windows(2).step_by(100) {
        let holder = project.model.entity_mut(pair[0].entity).unwrap();
        holder.fields[7].ty = DataType::Embedded(pair[1].entity);
    }
}

/// The same picture twice, so that another tab can be opened.
fn put_diagrams(project: &mut Project, mint: &mut IdMint, diagram: Diagram) {
    let second = Diagram { id: mint.mint(), name: "Second".to_owned(), ..diagram.clone() };
    project.put_diagram(diagram);
    project.put_diagram(second);
}
