//! Moving cards: only their lines change, and they follow.

use indexmap::IndexSet;
use lunette::base::geom::Vec2;
use lunette::layout::moving::Moving;
use lunette::layout::routing::Effort;
use lunette::model::id::NodeId;

use super::{everything, laid_out, lines_over_cards};
use crate::support::random::{Shape, random_project};

#[test]
fn only_the_lines_at_moved_cards_follow() {
    let shape = Shape { entities: 25, references: 40, enumerations: 2, areas: 1 };
    let project = random_project(shape, 21);
    let model = &project.model;
    let diagram = everything();
    let before = laid_out(model);
    let area = model.areas().next().unwrap();
    let nodes: IndexSet<NodeId> = area.members.iter().copied().take(1).collect();
    let moving = Moving::new(&before, model, &diagram, &nodes);
    let distance = Vec2::new(0.0, before.bounds.height() + 400.0);
    for effort in [Effort::Draft, Effort::Around] {
        let moved = moving.by(distance, effort);
        assert_eq!(moved.cards.len(), 1);
        for (id, line) in &moved.lines {
            assert!(nodes.contains(&line.from) || nodes.contains(&line.to), "{id:?}");
        }
        let n_touched = before
            .lines
            .values()
            .filter(|line| nodes.contains(&line.from) || nodes.contains(&line.to));
        assert_eq!(moved.lines.len(), n_touched.count());
        let mut after = before.clone();
        after.apply(moved);
        for (id, line) in &after.lines {
            for (node, port) in [(line.from, line.start), (line.to, line.end)] {
                let border = after.cards[&node].rect.inflate(0.01, 0.01);
                assert!(border.contains(port.point), "{id:?} lets go of {node}");
            }
        }
        let frame = after.frames[&area.id];
        assert_eq!(frame.union(after.cards[&nodes[0]].rect), frame);
        if effort == Effort::Around {
            assert_eq!(lines_over_cards(&after), Vec::<String>::new());
        }
    }
}
