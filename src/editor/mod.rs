//! Headless interaction: everything a person does on the canvas and with commands, without a window.
//!
//! Reading order: [`event`] (what comes in), [`viewport`], [`selection`], [`cell`] (typing on the
//! canvas), [`session`], [`tools`] (state machines that answer events with commands), [`command`],
//! [`carry_out`] (the one place that carries commands out), [`typing`], `versions` (undo, redo,
//! what is saved), [`snapping`], [`derived`] (what follows from the document), [`detail`],
//! [`actions`] (THE list of what menus, keys and palette offer), [`quick_entry`] (a field as a line
//! of text), then [`Editor`]. Must not know egui, files or formats.

pub mod actions;
pub mod carry_out;
pub mod cell;
pub mod command;
pub mod derived;
pub mod detail;
pub mod event;
mod growing;
pub mod quick_entry;
pub mod selection;
pub mod session;
pub mod snapping;
pub mod tools;
pub mod typing;
mod versions;
pub mod viewport;

use crate::base::geom::{Rect, Size, Vec2};
use crate::checks::finding::Finding;
use crate::diagram::Diagram;
use crate::document::Document;
use crate::document::edit::diagrams::{Arrangement, rearrange, settle};
use crate::document::project::Project;
use crate::editor::derived::{Derived, LaidOut, LayoutRequest};
use crate::editor::detail::WantedDetail;
use crate::editor::event::{Button, Event, Key, KeyEvent, Modifiers, PointerEvent, PointerKind};
use crate::editor::growing::make_way_after;
use crate::editor::session::{Grip, Session};
use crate::editor::tools::context::{ToolContext, hit};
use crate::editor::tools::{Tool, ToolId};
use crate::layout::Layout;
use crate::model::graph::Link;
use crate::model::id::{DiagramId, ElementId, IdMint};

/// A project that is open: the document, what is being done with it, and what follows from it.
#[derive(Clone, Debug)]
pub struct Editor {
    document: Document,
    session: Session,
    derived: Derived,
    saved: Project,
    /// Whether it differs from what was saved, at which revision.
    modified: (u64, bool),
    /// How often computed places were added to what was saved.
    settlings: u64,
    /// Whether the diagram on the canvas has not been shown yet.
    is_unseen: bool,
    wanted_detail: Option<WantedDetail>,
}

impl Editor {
    /// Opens a project on its first diagram, all of it in view.
    pub fn new(project: Project, mint: IdMint) -> Self {
        Self::open(project, mint, Derived::default())
    }

    /// Like [`new`](Self::new), for a window that must not wait: large diagrams are laid out by
    /// whoever carries out [`layout_request`](Self::layout_request).
    pub fn new_deferring(project: Project, mint: IdMint) -> Self {
        let mut derived = Derived::default();
        derived.defer_large();
        Self::open(project, mint, derived)
    }

    fn open(mut project: Project, mut mint: IdMint, derived: Derived) -> Self {
        if project.diagrams.is_empty() {
            project.put_diagram(Diagram::new(mint.mint(), "Main"));
        }
        let diagram = project.first_diagram().map_or_else(|| mint.mint(), |first| first.id);
        let saved = project.clone();
        let mut editor = Self {
            document: Document::new(project, mint),
            session: Session::new(diagram),
            derived,
            saved,
            modified: (0, false),
            settlings: 0,
            is_unseen: true,
            wanted_detail: None,
        };
        editor.refresh();
        editor.show_unseen();
        editor
    }

    /// What has to be laid out elsewhere; none when everything is up to date.
    pub fn layout_request(&self) -> Option<LayoutRequest> {
        if self.document.is_in_transaction() { None } else { self.derived.request() }
    }

    /// Takes over a layout that was made elsewhere; one of another version is dropped.
    pub fn accept_layout(&mut self, made: LaidOut) {
        if !self.document.is_in_transaction() && self.derived.accept(made) {
            self.settle_new_cards();
            self.show_unseen();
        }
    }

    /// Shows all of a diagram that is looked at for the first time, once it is laid out.
    fn show_unseen(&mut self) {
        if self.is_unseen && !(self.derived.is_draft() && self.layout().cards.is_empty()) {
            self.is_unseen = false;
            self.show_whole();
        }
    }

    /// Shows all of the diagram until somebody moves the view, whatever size the window takes.
    pub fn show_whole(&mut self) {
        let bounds = self.layout().bounds_of_parts();
        self.session.viewport_mut().stay_fitted(bounds);
    }

    /// The document.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The project as it is now.
    pub fn project(&self) -> &Project {
        self.document.project()
    }

    /// The diagram on the canvas.
    pub fn diagram(&self) -> Option<&Diagram> {
        self.project().diagram(self.session.diagram)
    }

    /// What is being done.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// What is being done, to change what is neither selection nor document.
    pub fn session_mut(&mut self) -> &mut Session {
        &mut self.session
    }

    /// What follows from the document.
    pub fn derived(&self) -> &Derived {
        &self.derived
    }

    /// Where everything stands.
    pub fn layout(&self) -> &Layout {
        self.derived.layout()
    }

    /// The one way to change the document: one labeled step of undo.
    pub fn edit<R>(
        &mut self,
        label: &str,
        change: impl FnOnce(&mut Project, &mut IdMint) -> R,
    ) -> R {
        let Self { document, session, derived, .. } = self;
        let result = document.edit(label, make_way_after(change, derived, session.diagram));
        self.refresh();
        result
    }

    /// Like [`edit`](Self::edit), but joined to the step before when both carry the same key.
    pub fn edit_coalescing<R>(
        &mut self,
        label: &str,
        key: &str,
        change: impl FnOnce(&mut Project, &mut IdMint) -> R,
    ) -> R {
        let Self { document, session, derived, .. } = self;
        let change = make_way_after(change, derived, session.diagram);
        let result = document.edit_coalescing(label, Some(key), change);
        self.refresh();
        result
    }

    /// Ends the joining of edits: what is typed next is a step of its own.
    pub fn seal(&mut self) {
        self.document.seal();
    }

    /// Puts things of a diagram where an arrangement says, and their lines back on their own way; what
    /// carries the same key is one step of undo.
    pub fn arrange(&mut self, diagram: DiagramId, arrangement: &Arrangement, key: &str) {
        self.document.resume(key);
        self.edit_coalescing("Arrange", key, |project, _| {
            rearrange(project, diagram, arrangement);
        });
    }

    /// Makes an arrangement undone for good, when it is the last step.
    pub fn take_back_arrangement(&mut self, key: &str) {
        if self.document.take_back(key) {
            self.after_travel();
        }
    }

    /// Brings everything that follows from the document up to date, and gives new cards the places
    /// that were found for them.
    pub fn refresh(&mut self) {
        let is_new = self.derived.refresh(&self.document, self.session.diagram);
        let revision = self.document.revision();
        if self.modified.0 != revision {
            let differs =
                self.document.is_in_transaction() || *self.document.project() != self.saved;
            self.modified = (revision, differs);
        }
        if is_new {
            self.session.selection.retain_existing(&self.document.project().model);
            if !self.document.is_in_transaction() {
                self.settle_new_cards();
            }
        }
    }

    /// Computed places are no change that a person made: a project that was as saved still is.
    fn settle_new_cards(&mut self) {
        let diagram = self.session.diagram;
        let places = self.derived.computed_places(&self.document, diagram);
        if places.is_empty() {
            return;
        }
        self.document.amend(|project| settle(project, diagram, &places));
        self.derived.refresh(&self.document, diagram);
        if !self.modified.1 {
            self.saved = self.document.project().clone();
            self.settlings += 1;
        }
        self.modified.0 = self.document.revision();
    }

    /// Opens a diagram; one that was not looked at before is shown whole.
    pub fn open_diagram(&mut self, diagram: DiagramId) {
        if self.project().diagram(diagram).is_none() {
            return;
        }
        self.commit_cell();
        self.let_go();
        let is_new = !self.session.has_seen(diagram);
        self.session.open_diagram(diagram);
        self.is_unseen = is_new;
        self.refresh();
        self.show_unseen();
    }

    /// Shows all of the diagram.
    pub fn fit_all(&mut self) {
        let bounds = self.layout().bounds_of_parts();
        self.session.viewport_mut().fit(bounds);
    }

    /// Shows all of what is selected.
    pub fn fit_selection(&mut self) {
        if let Some(bounds) = self.bounds_of(&self.session.selection.to_vec()) {
            self.session.viewport_mut().fit(bounds);
        }
    }

    /// The smallest rectangle around the cards, lines, notes and frames of these elements.
    pub fn bounds_of(&self, elements: &[ElementId]) -> Option<Rect> {
        let layout = self.layout();
        let rect = |element: &ElementId| match element {
            ElementId::Note(id) => layout.notes.get(id).copied(),
            ElementId::Area(id) => layout.frames.get(id).copied(),
            ElementId::Reference(id) => {
                let line = layout.lines.get(&Link::Reference(*id))?;
                Some(Rect::from_points(line.start.point, line.end.point))
            }
            other => {
                let node = selection::owner_of(*other)?;
                layout.cards.get(&node).map(|card| card.rect)
            }
        };
        elements.iter().filter_map(rect).reduce(|a, b| a.union(b))
    }

    /// Selects an element and brings it into view.
    pub fn reveal(&mut self, element: ElementId) {
        self.select([element]);
        self.bring_into_view(element);
    }

    /// Moves the view as little as possible so that an element is seen.
    pub fn bring_into_view(&mut self, element: ElementId) {
        if let Some(bounds) = self.bounds_of(&[element]) {
            self.session.viewport_mut().reveal(bounds);
        }
    }

    /// The canvas has that size on the screen.
    pub fn resize_canvas(&mut self, size: Size) {
        self.session.viewport_mut().resize(size);
    }

    /// Puts back what the hand is in the middle of, as Escape does.
    pub fn let_go(&mut self) {
        if !self.session.tool.is_at_rest() {
            let (key, modifiers) = (Key::Escape, Modifiers::NONE);
            self.on_event(&Event::Key(KeyEvent { key, modifiers }));
        }
    }

    /// Takes a tool in hand; taken twice it stays for several uses.
    pub fn take_tool(&mut self, id: ToolId) {
        self.commit_cell();
        self.let_go();
        self.session.popover = None;
        self.session.keeps_tool = self.session.tool.id() == id && id != ToolId::Select;
        self.session.tool = Tool::new(id);
    }

    /// Carries out what a person did on the canvas.
    pub fn on_event(&mut self, event: &Event) {
        if let Event::Pointer(pointer) = event {
            self.session.pointer = (pointer.kind != PointerKind::Leave).then_some(pointer.at);
            self.session.modifiers = pointer.modifiers;
            if self.is_beside_the_gesture(pointer.kind) {
                return;
            }
            if self.navigate(pointer) {
                return;
            }
            if matches!(pointer.kind, PointerKind::Down { .. }) {
                self.commit_cell();
                self.seal();
                self.session.popover = None;
            }
        }
        if matches!(event, Event::Key(key) if key.key == Key::Escape)
            && self.session.popover.take().is_some()
        {
            return;
        }
        let tool = std::mem::take(&mut self.session.tool);
        let Some(cx) = self.tool_context() else { return };
        let (tool, commands) = tool.on_event(event, &cx);
        self.session.tool = tool;
        for command in commands {
            self.carry_out(command);
        }
        self.update_hover();
    }

    /// The other button means nothing while something is held.
    fn is_beside_the_gesture(&self, kind: PointerKind) -> bool {
        let is_other = matches!(
            kind,
            PointerKind::Down { button: Button::Secondary, .. }
                | PointerKind::Up { button: Button::Secondary }
        );
        is_other && !self.session.tool.is_at_rest()
    }

    /// What a tool sees now.
    pub fn tool_context(&self) -> Option<ToolContext<'_>> {
        let project = self.document.project();
        Some(ToolContext {
            project,
            diagram: project.diagram(self.session.diagram)?,
            layout: self.derived.layout(),
            hits: self.derived.hits(),
            viewport: self.session.viewport(),
            selection: &self.session.selection,
            focus: self.session.focus,
            snapping: self.session.snapping,
            keeps_tool: self.session.keeps_tool,
        })
    }

    /// Wheel, pinch, middle button and Space move the canvas whatever the tool.
    fn navigate(&mut self, pointer: &PointerEvent) -> bool {
        match pointer.kind {
            PointerKind::Scroll(by) => self.session.viewport_mut().pan(by),
            PointerKind::Zoom(factor) => {
                self.session.viewport_mut().zoom_by(factor, pointer.at);
            }
            PointerKind::Down { button, .. }
                if button == Button::Middle
                    || (button == Button::Primary && self.session.holds_space) =>
            {
                self.session.grip = Some(Grip { last: pointer.at });
            }
            PointerKind::Move => {
                let Some(grip) = &mut self.session.grip else { return false };
                let by: Vec2 = pointer.at - grip.last;
                grip.last = pointer.at;
                self.session.viewport_mut().pan(by);
            }
            PointerKind::Up { .. } => return self.session.grip.take().is_some(),
            PointerKind::Down { .. } | PointerKind::Leave => return false,
        }
        true
    }

    fn update_hover(&mut self) {
        let is_free = self.session.tool.is_at_rest() || self.session.tool.id() == ToolId::Reference;
        self.session.hover = match self.session.pointer {
            Some(pointer) if is_free && self.session.grip.is_none() => {
                hit(self.derived.hits(), self.derived.layout(), &self.session.viewport(), pointer)
            }
            _ => None,
        };
    }

    /// What is wrong or risky, as it was last found.
    pub fn findings(&self) -> &[Finding] {
        self.derived.findings()
    }

    /// Takes over findings that were made of that revision of the meaning elsewhere.
    pub fn accept_findings(&mut self, revision: u64, findings: Vec<Finding>) {
        self.derived.accept_findings(revision, findings);
    }

    /// Looks for findings here and now.
    pub fn check_now(&mut self) {
        self.derived.check_now(&self.document);
    }

    /// Mends a finding by machine, when it offers that.
    pub fn fix(&mut self, finding: &Finding) {
        if let Some(fix) = finding.fix {
            self.edit(fix.label, |project, mint| {
                fix.apply(&mut project.model, mint, finding.element);
            });
        }
    }
}
