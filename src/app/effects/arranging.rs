//! New arrangements, computed on a thread: of many cards first a good one at once, then, while that is
//! shown, the best one. Both are one step of undo; canceled, they were never made.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use eframe::egui::{self, Context};

use crate::app::jobs::Job;
use crate::app::open::{Arranging, PATIENCE};
use crate::app::window::Window;
use crate::document::edit::diagrams::Arrangement;
use crate::document::project::Project;
use crate::editor::Editor;
use crate::editor::actions::effect::Arranged;
use crate::layout::arrange::{ArrangeScope, arrange_watched, displaced_notes};
use crate::layout::engines::Engine;
use crate::layout::work::{Quality, Work};
use crate::model::id::DiagramId;

/// From this many cards on, a first arrangement is shown while the best one is made.
const SHOWN_FIRST: usize = 60;

/// What the window and the thread that arranges tell each other.
#[derive(Debug, Default)]
pub(in crate::app) struct Progress {
    /// How many hundredths are done.
    percent: AtomicU32,
    /// Whether nobody waits for the answer any more.
    is_over: AtomicBool,
}

impl Progress {
    /// How much is done, from zero to one.
    pub(in crate::app) fn share(&self) -> f32 {
        self.percent.load(Ordering::Relaxed) as f32 / 100.0
    }

    /// Tells the thread that nobody waits for it.
    pub(in crate::app) fn end(&self) {
        self.is_over.store(true, Ordering::Relaxed);
    }

    /// Notes how much is done, for the window to show; whether to go on.
    fn note(&self, done: f64, ctx: &Context) -> bool {
        let percent = (done * 100.0) as u32;
        if self.percent.swap(percent, Ordering::Relaxed) != percent {
            ctx.request_repaint();
        }
        !self.is_over.load(Ordering::Relaxed)
    }
}

/// What is to be arranged.
#[derive(Clone, Debug)]
pub(in crate::app) struct ArrangeRequest {
    project: Project,
    diagram: DiagramId,
    scope: ArrangeScope,
    engine: &'static Engine,
}

impl ArrangeRequest {
    /// Starts the work on it.
    fn start(&self, ctx: &Context, quality: Quality, progress: &Arc<Progress>) -> Job<Arrangement> {
        let (request, progress, of_job) = (self.clone(), Arc::clone(progress), ctx.clone());
        Job::start("arrange", ctx, move || {
            let Self { project, diagram, scope, engine } = &request;
            let Some(diagram) = project.diagram(*diagram) else { return Arrangement::default() };
            let goes_on = |done| progress.note(done, &of_job);
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
        // What is under way was asked for before, and is no longer wanted.
        open.arranging = None;
        let Some(shown) = open.editor.diagram() else { return };
        let n_cards = shown.nodes(&open.editor.project().model).len();
        let request = ArrangeRequest {
            diagram: shown.id,
            scope: scope.scope(open.editor.session().selection.nodes()),
            engine: scope.engine(),
            project: open.editor.project().clone(),
        };
        let is_large = n_cards >= SHOWN_FIRST;
        let quality = if is_large { Quality::First } else { Quality::Full };
        let revision = open.editor.document().revision();
        let progress = Arc::new(Progress::default());
        open.arranging = Some(Arranging {
            diagram: request.diagram,
            revision,
            key: format!("arrange {revision}"),
            fits: scope.is_of_all(),
            n_cards,
            began: ctx.input(|input| input.time),
            view: open.editor.session().viewport(),
            is_shown: false,
            moved: false,
            job: request.start(ctx, quality, &progress),
            better: is_large.then_some(request),
            progress,
        });
        ctx.request_repaint_after_secs(PATIENCE as f32);
    }

    /// Stops finding a new arrangement; what was shown of it was never there.
    pub(in crate::app) fn cancel_arranging(&mut self) {
        let Some(open) = &mut self.open else { return };
        let Some(arranging) = open.arranging.take() else { return };
        let is_its_own = open.editor.document().revision() == arranging.revision;
        if arranging.is_shown && is_its_own {
            open.canvas.glide(&open.editor);
            open.editor.take_back_arrangement(&arranging.key);
            if open.editor.session().diagram == arranging.diagram {
                *open.editor.session_mut().viewport_mut() = arranging.view;
            }
        }
    }

    /// Escape cancels an arrangement that is under way, unless it means something nearer.
    pub(in crate::app) fn take_cancel_key(&mut self, ctx: &Context) {
        let Some(open) = self.open.as_ref().filter(|open| open.arranging.is_some()) else { return };
        let session = open.editor.session();
        let is_busy = self.dialog.is_some()
            || self.finder.is_some()
            || session.cell.is_some()
            || session.popover.is_some()
            || !session.tool.is_at_rest()
            || ctx.text_edit_focused()
            || egui::Popup::is_any_open(ctx);
        let escape = |input: &mut egui::InputState| {
            input.consume_key(egui::Modifiers::NONE, egui::Key::Escape)
        };
        if !is_busy && ctx.input_mut(escape) {
            self.cancel_arranging();
        }
    }

    pub(super) fn collect_arrangement(&mut self, ctx: &Context) {
        let Some(open) = &mut self.open else { return };
        let Some(mut arranging) = open.arranging.take() else { return };
        // The project went on meanwhile: the answer is stale.
        if open.editor.document().revision() != arranging.revision {
            return;
        }
        // What is being dragged is let go of first.
        if open.editor.document().is_in_transaction() {
            open.arranging = Some(arranging);
            return;
        }
        let Some(arrangement) = arranging.job.poll() else {
            if !arranging.job.is_lost() {
                open.arranging = Some(arranging);
            }
            return;
        };
        if moves_any(&open.editor, arranging.diagram, &arrangement) {
            arranging.moved = true;
            open.canvas.glide(&open.editor);
        }
        open.editor.arrange(arranging.diagram, &arrangement, &arranging.key);
        if arranging.fits {
            open.editor.fit_all();
        }
        if let Some(better) = arranging.better.take() {
            arranging.progress = Arc::default();
            arranging.job = better.start(ctx, Quality::Full, &arranging.progress);
            arranging.is_shown = true;
            arranging.revision = open.editor.document().revision();
            open.arranging = Some(arranging);
        } else if !arranging.moved {
            self.say(ctx, "Nothing moves: all of it stands well");
        }
    }
}

/// Whether an arrangement puts any card elsewhere.
fn moves_any(editor: &Editor, diagram: DiagramId, arrangement: &Arrangement) -> bool {
    let Some(shown) = editor.project().diagram(diagram) else { return false };
    arrangement.nodes.iter().any(|(node, place)| {
        shown.placements.get(node).map(|one| one.position) != Some(place.round())
    })
}
