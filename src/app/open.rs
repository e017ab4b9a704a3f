//! A project that is open in the window: its editor, its file, and the panels that belong to it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui::Context;

use crate::app::canvas::Canvas;
use crate::app::effects::Pasted;
use crate::app::effects::arranging::{ArrangeRequest, Progress};
use crate::app::effects::disk::OnDisk;
use crate::app::effects::recovery::Journaling;
use crate::app::effects::second_window::ReadOnly;
use crate::app::jobs::{Job, Worker};
use crate::app::offers::Offer;
use crate::app::panels::code::CodePanel;
use crate::app::panels::explorer::Explorer;
use crate::app::panels::inspector::Inspector;
use crate::app::panels::problems::ProblemAction;
use crate::app::remarks::Remarks;
use crate::base::diagnostic::Severity;
use crate::base::geom::Point;
use crate::checks::check;
use crate::checks::finding::Finding;
use crate::document::edit::diagrams::Arrangement;
use crate::document::project::Project;
use crate::editor::Editor;
use crate::editor::derived::{LaidOut, LayoutRequest};
use crate::editor::detail::{DetailRequest, Detailed, WantedDetail};
use crate::editor::viewport::Viewport;
use crate::model::id::{DiagramId, IdMint};

/// An open project.
#[derive(Debug)]
pub struct Open {
    /// What is edited.
    pub editor: Editor,
    /// Its file, once it has one.
    pub path: Option<PathBuf>,
    /// The canvas.
    pub canvas: Canvas,
    /// The properties of what is selected.
    pub inspector: Inspector,
    /// The Code tab.
    pub code: CodePanel,
    /// The list of what there is.
    pub explorer: Explorer,
    /// Where its code was saved last.
    pub code_folder: Option<PathBuf>,
    /// Whether the code is shown instead of the inspector.
    pub shows_code: bool,
    /// Whether the list of problems is shown.
    pub shows_problems: bool,
    /// What the file that was opened or imported last said.
    pub remarks: Remarks,
    /// A text that is being read, to be pasted.
    pub pasting: Option<Pasting>,
    /// A new arrangement that is being computed.
    pub arranging: Option<Arranging>,
    /// What is offered of a project that was just opened.
    pub(in crate::app) offer: Offer,
    /// What writes its changes down.
    pub(super) journal: Journaling,
    /// Why nothing may be changed here, where that is so.
    pub(super) read_only: Option<ReadOnly>,
    /// What its file held last, once it has one.
    pub(super) on_disk: Option<OnDisk>,
    checker: Worker<CheckRequest, Checked>,
    asked_check: Option<u64>,
    layouter: Worker<LayoutRequest, Option<LaidOut>>,
    asked_layout: Option<(u64, DiagramId)>,
    detailer: Worker<DetailRequest, Detailed>,
    asked_detail: Option<(WantedDetail, u64)>,
}

/// A new arrangement of a diagram that is being computed from one revision.
#[derive(Debug)]
pub struct Arranging {
    /// The diagram.
    pub diagram: DiagramId,
    /// The revision that it starts from.
    pub revision: u64,
    /// What joins all answers into one step of undo.
    pub key: String,
    /// Whether all of it is to be seen afterwards.
    pub fits: bool,
    /// How many cards there are.
    pub n_cards: usize,
    /// When it was asked for, in the seconds of the window.
    pub began: f64,
    /// What was seen then.
    pub view: Viewport,
    /// Whether a first answer is shown already.
    pub is_shown: bool,
    /// Whether any card moved.
    pub moved: bool,
    /// The answer to come.
    pub job: Job<Arrangement>,
    /// What a better answer is to be made of, once this one is there.
    pub(in crate::app) better: Option<ArrangeRequest>,
    /// How far the work is, and whether somebody waits for it.
    pub(in crate::app) progress: Arc<Progress>,
}

/// How long an arrangement may take before it is spoken of, in seconds.
pub(in crate::app) const PATIENCE: f64 = 0.3;

impl Arranging {
    /// Whether it takes so long that a person should know.
    pub fn is_worth_telling(&self, now: f64) -> bool {
        now - self.began >= PATIENCE
    }
}

impl Drop for Arranging {
    fn drop(&mut self) {
        self.progress.end();
    }
}

/// A text that is being read, to be pasted where the pointer was.
#[derive(Debug)]
pub struct Pasting {
    /// Where, in the world.
    pub at: Point,
    /// On which diagram.
    pub diagram: DiagramId,
    /// What it is understood as; none when no format recognizes it.
    pub(in crate::app) job: Job<Option<Pasted>>,
}

#[derive(Debug)]
struct CheckRequest {
    project: Project,
    revision: u64,
}

#[derive(Debug)]
struct Checked {
    revision: u64,
    findings: Vec<Finding>,
}

impl Open {
    /// Opens a project; `mint` gives ids to what is added.
    pub fn new(ctx: &Context, project: Project, mint: IdMint, path: Option<PathBuf>) -> Self {
        let checker = Worker::new("checks", ctx.clone(), |request: CheckRequest| {
            let project = &request.project;
            let findings = check(&project.model, &project.settings.target);
            Checked { revision: request.revision, findings }
        });
        let layouter =
            Worker::new("layout", ctx.clone(), |request: LayoutRequest| request.answer());
        let detailer =
            Worker::new("detail", ctx.clone(), |request: DetailRequest| request.answer());
        Self {
            editor: Editor::new_deferring(project, mint),
            path,
            canvas: Canvas::default(),
            inspector: Inspector::default(),
            code: CodePanel::new(ctx),
            code_folder: None,
            explorer: Explorer::default(),
            shows_code: false,
            shows_problems: false,
            remarks: Remarks::default(),
            pasting: None,
            arranging: None,
            offer: Offer::default(),
            journal: Journaling::Off,
            on_disk: None,
            read_only: None,
            checker,
            asked_check: None,
            layouter,
            asked_layout: None,
            detailer,
            asked_detail: None,
        }
    }

    /// The name in the title: the project's.
    pub fn name(&self) -> &str {
        &self.editor.project().settings.name
    }

    /// Shows what reading a file said, instead of what the one before it said.
    pub fn take_remarks(&mut self, remarks: Remarks) {
        self.shows_problems |= !remarks.all.is_empty();
        self.remarks = remarks;
    }

    /// Does what a person asked for in the list of problems.
    pub fn carry_out_problem(&mut self, action: ProblemAction) {
        let findings = self.editor.findings();
        match action {
            ProblemAction::Jump(index) => {
                if let Some(element) = findings.get(index).map(|finding| finding.element) {
                    self.editor.reveal(element);
                }
            }
            ProblemAction::Fix(index) => {
                if let Some(finding) = findings.get(index).cloned() {
                    self.editor.fix(&finding);
                }
            }
            ProblemAction::Dismiss => self.remarks = Remarks::default(),
            ProblemAction::Close => self.shows_problems = false,
        }
    }

    /// How many errors, warnings and remarks there are, those of reading included.
    pub fn problem_counts(&self) -> (usize, usize, usize) {
        let (errors, warnings, infos) = self.editor.derived().problem_counts();
        let said = |severity| self.remarks.count(severity);
        let [of_error, of_warning, of_info] =
            [Severity::Error, Severity::Warning, Severity::Info].map(said);
        (errors + of_error, warnings + of_warning, infos + of_info)
    }

    /// The file's name proposed for saving.
    pub fn proposed_file_name(&self) -> String {
        match self.path.as_deref().and_then(Path::file_name) {
            Some(name) => name.to_string_lossy().into_owned(),
            None => format!("{}.lunette.json", self.name().to_lowercase().replace(' ', "-")),
        }
    }

    /// Asks for the layout of a large diagram and takes answers over.
    pub fn refresh_layout(&mut self) {
        let due = self.editor.derived().due();
        if due.is_some()
            && due != self.asked_layout
            && let Some(request) = self.editor.layout_request()
        {
            self.asked_layout = due;
            self.layouter.ask(request);
        }
        if let Some(made) = self.layouter.answer().flatten() {
            self.editor.accept_layout(made);
        }
    }

    /// Asks for a level of detail that takes long and takes answers over.
    pub fn refresh_detail(&mut self) {
        let due = self.editor.due_detail();
        if due != self.asked_detail {
            self.asked_detail = due;
            if let Some(request) = self.editor.detail_request() {
                self.detailer.ask(request);
            } else {
                self.asked_detail = None;
            }
        }
        if let Some(made) = self.detailer.answer() {
            self.editor.accept_detail(made);
        }
    }

    /// Asks for findings of a new revision and takes answers over.
    pub fn refresh_checks(&mut self) {
        let revision = self.editor.document().meaning_revision();
        if self.asked_check != Some(revision) {
            self.asked_check = Some(revision);
            let project = self.editor.project().clone();
            self.checker.ask(CheckRequest { project, revision });
        }
        if let Some(checked) = self.checker.answer() {
            self.editor.accept_findings(checked.revision, checked.findings);
        }
    }
}
