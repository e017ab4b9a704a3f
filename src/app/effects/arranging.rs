//! New arrangements, computed on a thread.

use eframe::egui::Context;

use crate::app::jobs::Job;
use crate::app::open::Arranging;
use crate::app::window::Window;
use crate::document::edit::diagrams::Arrangement;
use crate::editor::actions::effect::Arranged;
use crate::layout::arrange::{arrange, displaced_notes};
use crate::layout::engines;

impl Window {
    pub(super) fn arrange(&mut self, ctx: &Context, scope: Arranged) {
        let Some(open) = &mut self.open else { return };
        let Some(diagram) = open.editor.diagram().cloned() else { return };
        let fits = scope == Arranged::All;
        let scope = scope.scope(open.editor.session().selection.nodes());
        let (id, revision) = (diagram.id, open.editor.document().revision());
        let project = open.editor.project().clone();
        let job = Job::start("arrange", ctx, move || {
            let nodes = arrange(&project.model, &diagram, &engines::DEFAULT, &scope);
            let notes = displaced_notes(&project.model, &diagram, &nodes);
            Arrangement { nodes, notes, ..Arrangement::default() }
        });
        open.arranging = Some(Arranging { diagram: id, revision, fits, job });
    }

    pub(super) fn collect_arrangement(&mut self) {
        let Some(open) = &mut self.open else { return };
        let Some(arranging) = open.arranging.take() else { return };
        match arranging.job.poll() {
            None => open.arranging = Some(arranging),
            // The project went on meanwhile: the answer is stale.
            Some(_) if open.editor.document().revision() != arranging.revision => {}
            Some(arrangement) => {
                open.canvas.glide(&open.editor);
                open.editor.arrange(arranging.diagram, &arrangement);
                if arranging.fits {
                    open.editor.fit_all();
                }
            }
        }
    }
}
