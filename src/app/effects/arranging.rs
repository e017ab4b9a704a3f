//! New arrangements, computed on a thread: of many cards first a good one at once, then, while that is
//! shown, the best one. Both are one step of undo.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use eframe::egui::Context;

use crate::app::jobs::Job;
use crate::app::open::Arranging;
use crate::app::window::Window;
use crate::document::edit::diagrams::Arrangement;
use crate::document::project::Project;
use crate::editor::actions::effect::Arranged;
use crate::layout::arrange::{ArrangeScope, arrange_watched, displaced_notes};
use crate::layout::engines::Engine;
use crate::layout::work::{Quality, Work};
use crate::model::id::DiagramId;

/// From this many cards on, a first arrangement is shown while the best one is made.
const SHOWN_FIRST: usize = 60;

/// What is to be arranged.
#[derive(Clone, Debug)]
pub(in crate::app) struct ArrangeRequest {
    project: Project,
    diagram: DiagramId,
    scope: ArrangeScope,
    engine: &'static Engine,
}

impl ArrangeRequest {
    /// Starts the work on it; nobody waits for the answer any more once `is_over` says so.
    fn start(
        &self,
        ctx: &Context,
        quality: Quality,
        is_over: &Arc<AtomicBool>,
    ) -> Job<Arrangement> {
        let (request, is_over) = (self.clone(), Arc::clone(is_over));
        Job::start("arrange", ctx, move || {
            let Self { project, diagram, scope, engine } = &request;
            let Some(diagram) = project.diagram(*diagram) else { return Arrangement::default() };
            let goes_on = |_| !is_over.load(Ordering::Relaxed);
            let work = Work::watched(quality, &goes_on);
            let nodes = arrange_watched(&project.model, diagram, engine, scope, &work);
            let notes = displaced_notes(&project.model, diagram, &nodes);
            Arrangement { nodes, notes, ..Arrangement::default() }
        })
    }
}

impl Window {
    pub(super) fn arrange(&mut self, ctx: &Context, scope: Arranged) {
        let Some(open) = &mut self.open else { return };
        let Some(shown) = open.editor.diagram() else { return };
        let is_large = shown.nodes(&open.editor.project().model).len() >= SHOWN_FIRST;
        let request = ArrangeRequest {
            diagram: shown.id,
            scope: scope.scope(open.editor.session().selection.nodes()),
            engine: scope.engine(),
            project: open.editor.project().clone(),
        };
        let quality = if is_large { Quality::First } else { Quality::Full };
        let revision = open.editor.document().revision();
        let is_over = Arc::new(AtomicBool::new(false));
        open.arranging = Some(Arranging {
            diagram: request.diagram,
            revision,
            key: format!("arrange {revision}"),
            fits: scope.is_of_all(),
            job: request.start(ctx, quality, &is_over),
            better: is_large.then_some(request),
            is_over,
        });
    }

    pub(super) fn collect_arrangement(&mut self, ctx: &Context) {
        let Some(open) = &mut self.open else { return };
        let Some(mut arranging) = open.arranging.take() else { return };
        // The project went on meanwhile: the answer is stale.
        if open.editor.document().revision() != arranging.revision {
            return;
        }
        let Some(arrangement) = arranging.job.poll() else {
            if !arranging.job.is_lost() {
                open.arranging = Some(arranging);
            }
            return;
        };
        open.canvas.glide(&open.editor);
        open.editor.arrange(arranging.diagram, &arrangement, &arranging.key);
        if arranging.fits {
            open.editor.fit_all();
        }
        if let Some(better) = arranging.better.take() {
            arranging.job = better.start(ctx, Quality::Full, &arranging.is_over);
            arranging.revision = open.editor.document().revision();
            open.arranging = Some(arranging);
        }
    }
}
