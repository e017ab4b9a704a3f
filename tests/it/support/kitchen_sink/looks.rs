//! Areas, notes and two diagrams: one of everything, one of a choice with every way of drawing.

use indexmap::IndexSet;
use lunette::base::geom::{Point, Rect, Vec2};
use lunette::diagram::notation::{Detail, LineStyle, Notation};
use lunette::diagram::placement::Placement;
use lunette::diagram::route::Route;
use lunette::diagram::{Content, Diagram};
use lunette::model::area::{Area, ColorToken};
use lunette::model::id::{AreaId, NodeId, NoteId};
use lunette::model::note::Note;

use super::{Documents, Sink, Tables};

/// Adds what pictures show beyond the model itself.
pub(super) fn add(sink: &mut Sink, documents: &Documents, tables: &Tables) {
    let area =
        area(sink, "Warehouse", ColorToken::Amber, &[tables.bin.into(), tables.stock.into()]);
    let writing = [documents.article.into(), sink.status.into()];
    let _unframed = self::area(sink, "Writing", ColorToken::Violet, &writing);
    let note = note(sink, "Ask the team before\nremoving a bin", Some(tables.bin.into()));
    let _unplaced = self::note(sink, "Free text", None);
    main_diagram(sink, documents, tables, area, note);
    chosen_diagram(sink, documents);
}

fn area(sink: &mut Sink, name: &str, color: ColorToken, members: &[NodeId]) -> AreaId {
    let id = sink.build.mint.mint();
    let note = format!("What {name} is about");
    let area = Area { id, name: name.to_owned(), color, members: members.to_vec(), note };
    sink.build.project.model.put_area(area);
    id
}

fn note(sink: &mut Sink, text: &str, subject: Option<NodeId>) -> NoteId {
    let id = sink.build.mint.mint();
    let note = Note { id, text: text.to_owned(), color: ColorToken::Green, subject };
    sink.build.project.model.put_note(note);
    id
}

fn main_diagram(
    sink: &mut Sink,
    documents: &Documents,
    tables: &Tables,
    area: AreaId,
    note: NoteId,
) {
    sink.build.place(documents.user, 0.0, 0.0);
    sink.build.place(documents.article, 480.0, 0.0);
    sink.build.place(tables.product, 0.0, 640.0);
    let id = sink.build.project.first_diagram().unwrap().id;
    let diagram = sink.build.project.diagram_mut(id).unwrap();
    let card = diagram.placements.get_mut(&NodeId::Entity(documents.user)).unwrap();
    card.width = Some(320.0);
    card.pinned = true;
    card.color = Some(ColorToken::Teal);
    card.folded_fields.insert(documents.profile);
    diagram.notes.insert(note, Rect::new(-320.0, 0.0, -80.0, 120.0));
    diagram.frames.insert(area, Rect::new(400.0, 600.0, 1200.0, 1400.0));
    let bends = vec![Point::new(400.0, -40.0), Point::new(440.0, -40.0)];
    let route = Route { bends, label_offset: Vec2::new(8.0, -16.0) };
    diagram.routes.insert(documents.reviewer, route);
}

fn chosen_diagram(sink: &mut Sink, documents: &Documents) {
    let shown = [documents.user.into(), documents.article.into(), sink.status.into()];
    let mut diagram = Diagram::new(sink.build.mint.mint(), "Writing");
    diagram.content = Content::Chosen(IndexSet::from(shown));
    diagram.notation = Notation::Uml;
    diagram.detail = Detail::Keys;
    diagram.lines = LineStyle::Curved;
    let folded = Placement { folded: true, ..Placement::at(Point::new(240.0, 80.0)) };
    diagram.placements.insert(documents.article.into(), folded);
    sink.build.project.put_diagram(diagram);
}
