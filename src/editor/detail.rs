//! How much of its cards a diagram shows: another level moves cards and leads all lines anew, which
//! in a large diagram takes longer than a person should wait.
//!
//! Must not know on which thread such work is done.

use crate::diagram::notation::Detail;
use crate::document::edit::diagrams::{Arrangement, arrange};
use crate::document::project::Project;
use crate::editor::Editor;
use crate::editor::derived::{LaidOut, LayoutRequest};
use crate::layout::arrange::displaced_notes;
use crate::layout::growth::make_room;
use crate::model::id::DiagramId;

const LABEL: &str = "detail level";

/// A level of detail that a person asked for and does not see yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WantedDetail {
    /// Of which diagram.
    pub diagram: DiagramId,
    /// How much of its cards.
    pub detail: Detail,
}

/// A level of detail that is to be brought about elsewhere.
#[derive(Clone, Debug)]
pub struct DetailRequest {
    /// What was asked for.
    pub wanted: WantedDetail,
    /// The revision it starts from.
    pub revision: u64,
    project: Project,
}

/// What a [`DetailRequest`] asked for.
#[derive(Clone, Debug)]
pub struct Detailed {
    wanted: WantedDetail,
    revision: u64,
    project: Project,
    laid_out: Option<LaidOut>,
}

impl DetailRequest {
    /// Makes the next version of the project, and the layout that goes with it.
    pub fn answer(self) -> Detailed {
        let Self { wanted, revision, mut project } = self;
        show_detail(&mut project, wanted);
        let next = LayoutRequest {
            revision: revision + 1,
            diagram: wanted.diagram,
            project: project.clone(),
        };
        Detailed { wanted, revision, project, laid_out: next.answer() }
    }
}

/// Shows that much of a diagram's cards; what they then need is taken from nobody: cards and notes
/// near them make room.
fn show_detail(project: &mut Project, WantedDetail { diagram, detail }: WantedDetail) {
    change_looks(project, diagram, |project| {
        if let Some(diagram) = project.diagram_mut(diagram) {
            diagram.detail = detail;
        }
    });
}

/// Changes how large cards of a diagram are; cards and notes near those that grow make room.
pub(super) fn change_looks(
    project: &mut Project,
    diagram: DiagramId,
    change: impl FnOnce(&mut Project),
) {
    let Some(before) = project.diagram(diagram).cloned() else { return };
    change(project);
    let Some(after) = project.diagram(diagram) else { return };
    let nodes = make_room(&project.model, &before, after);
    let notes = displaced_notes(&project.model, after, &nodes);
    arrange(project, diagram, &Arrangement { nodes, notes, ..Arrangement::default() });
}

impl Editor {
    /// Shows that much of a diagram's cards: at once, or once somebody answered
    /// [`detail_request`](Self::detail_request) where that takes long.
    pub fn show_detail(&mut self, diagram: DiagramId, detail: Detail) {
        let wanted = WantedDetail { diagram, detail };
        if self.derived.is_large(self.document.project()) {
            self.wanted_detail = Some(wanted);
        } else {
            self.edit(LABEL, |project, _| show_detail(project, wanted));
        }
    }

    /// A level of detail that is to be brought about elsewhere; none while something is dragged.
    pub fn detail_request(&self) -> Option<DetailRequest> {
        let wanted = self.wanted_detail.filter(|_| !self.document.is_in_transaction())?;
        let (revision, project) = (self.document.revision(), self.document.project().clone());
        Some(DetailRequest { wanted, revision, project })
    }

    /// The level of detail that is still to be brought about, and the revision it starts from.
    pub fn due_detail(&self) -> Option<(WantedDetail, u64)> {
        Some((self.wanted_detail?, self.document.revision()))
    }

    /// Takes a level of detail over with its layout; one that starts from another version is
    /// dropped, and asked for again.
    pub fn accept_detail(&mut self, made: Detailed) {
        let is_current = self.due_detail() == Some((made.wanted, made.revision))
            && !self.document.is_in_transaction();
        if is_current {
            self.wanted_detail = None;
            self.edit(LABEL, |project, _| *project = made.project);
            if let Some(laid_out) = made.laid_out {
                self.accept_layout(laid_out);
            }
        }
    }
}
