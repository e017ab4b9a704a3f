//! Cut, copy and paste: as Lunette's own data beside DBML, as code, and from any text that an
//! importer knows. Exports and imports run on threads; only the newest of each counts.

use eframe::egui::Context;

use crate::app::clipboard::Reader;
use crate::app::effects::project_files::fresh_mint;
use crate::app::jobs::Job;
use crate::app::open::Pasting;
use crate::app::remarks::Remarks;
use crate::app::window::Window;
use crate::base::geom::Point;
use crate::diagram::Diagram;
use crate::document::edit::clipboard::{Fragment, copy, paste};
use crate::document::edit::diagrams::{Arrangement, settle};
use crate::document::edit::entities::remove_elements;
use crate::document::project::Project;
use crate::formats::native;
use crate::formats::options::Options;
use crate::formats::registry;
use crate::formats::sources::Sources;
use crate::formats::{self, Exporter};
use crate::layout::layout;

/// What is copied beside Lunette's own data, for programs that do not know it.
const TEXT_FORMAT: &str = "dbml";

/// What is on its way to the clipboard.
#[derive(Debug)]
pub(super) struct Copied {
    /// Lunette's own data, unless it is code that was asked for.
    data: Option<String>,
    text: String,
    said: String,
}

/// What a text was understood as.
#[derive(Debug)]
pub(in crate::app) struct Pasted {
    project: Project,
    remarks: Remarks,
}

impl Window {
    pub(super) fn copy(&mut self, ctx: &Context) {
        let Some(open) = &self.open else { return };
        let session = open.editor.session();
        let fragment = copy(open.editor.project(), session.diagram, &session.selection.to_vec());
        if fragment.is_empty() {
            return;
        }
        self.waiting.texts = Some(Job::start("copy", ctx, move || {
            let project = fragment.project;
            let (text, said) = (code(&project, TEXT_FORMAT), "Copied".to_owned());
            Copied { data: Some(native::write(&project)), text, said }
        }));
    }

    pub(super) fn cut(&mut self, ctx: &Context) {
        self.copy(ctx);
        let Some(open) = &mut self.open else { return };
        let elements = open.editor.session().selection.to_vec();
        open.editor.edit("Cut", |project, _| remove_elements(project, &elements));
    }

    /// The code for what is selected, or for all of it; as the Code tab shows it unless a target is
    /// named.
    pub(super) fn copy_code(&mut self, ctx: &Context, target: Option<&str>) {
        let Some(open) = &self.open else { return };
        let (project, session) = (open.editor.project(), open.editor.session());
        let fragment = copy(project, session.diagram, &session.selection.to_vec());
        let source = if fragment.is_empty() { project.clone() } else { fragment.project };
        let target = target.unwrap_or(open.code.target(project));
        let Some(info) = registry::exporter(target).map(Exporter::info) else { return };
        self.waiting.texts = Some(Job::start("copy", ctx, move || {
            let said = format!("Copied as {}", info.name);
            Copied { data: None, text: code(&source, info.id), said }
        }));
    }

    pub(super) fn collect_texts(&mut self, ctx: &Context) {
        let Some(copied) = self.waiting.texts.as_ref().and_then(Job::poll) else { return };
        self.waiting.texts = None;
        let Copied { data, text, said } = copied;
        let is_put = match (&data, &mut self.clipboard) {
            (Some(data), Some(clipboard)) => clipboard.put(data, &text),
            _ => false,
        };
        if !is_put {
            ctx.copy_text(data.unwrap_or(text));
        }
        self.say(ctx, said);
    }

    /// Pastes Lunette's own data, or any text that an import format recognizes, at the pointer.
    pub(in crate::app) fn paste(&mut self, ctx: &Context, text: &str) {
        let Some(open) = &mut self.open else { return };
        let (text, reader) = (text.to_owned(), self.clipboard.as_ref().map(|one| one.reader()));
        let at = pointed(open);
        let job = Job::start("paste", ctx, move || understood(reader, &text));
        open.pasting = Some(Pasting { at, diagram: open.editor.session().diagram, job });
    }

    pub(super) fn collect_pasted(&mut self, ctx: &Context) {
        let Some(open) = &mut self.open else { return };
        let Some(pasting) = open.pasting.take() else { return };
        let Some(pasted) = pasting.job.poll() else {
            open.pasting = Some(pasting);
            return;
        };
        let Some(pasted) = pasted else {
            let formats = formats();
            return self.say(ctx, format!("Nothing to paste: the text is none of {formats}"));
        };
        open.take_remarks(pasted.remarks);
        // Another diagram that was opened meanwhile is not what the pointer was on.
        if pasted.project.model.is_empty() || open.editor.session().diagram != pasting.diagram {
            return;
        }
        let fragment = Fragment::placed(pasted.project);
        self.add_fragment_at(&fragment, "Paste", pasting.at);
    }

    fn add_fragment_at(&mut self, fragment: &Fragment, label: &str, at: Point) {
        let Some(open) = &mut self.open else { return };
        let diagram = open.editor.session().diagram;
        let added =
            open.editor.edit(label, |project, mint| paste(project, mint, diagram, fragment, at));
        open.editor.select(added);
    }
}

/// The point of the world under the pointer, or in the middle of what is seen.
fn pointed(open: &crate::app::open::Open) -> Point {
    let viewport = open.editor.session().viewport();
    let at = open.editor.session().pointer.unwrap_or_else(|| viewport.middle());
    viewport.world_from_screen(at)
}

/// A project in the words of a target.
fn code(project: &Project, target: &str) -> String {
    let Some(exporter) = registry::exporter(target) else { return String::new() };
    let options = Options::of_project(exporter.info(), project);
    let files = exporter.export(project, &options).files;
    let texts: Vec<&str> = files.iter().map(|file| file.text.as_str()).collect();
    texts.join("\n")
}

/// Lunette's own data beside a text, or the text in the first format that recognizes it.
fn understood(reader: Option<Reader>, text: &str) -> Option<Pasted> {
    let data = reader.and_then(|read| read());
    let text = data.as_deref().unwrap_or(text);
    if text.trim().is_empty() {
        return None;
    }
    let importer = registry::IMPORTERS.iter().find(|importer| importer.recognizes(text))?;
    let sources = Sources::single("clipboard", text);
    let imported = formats::read(*importer, &sources, "Pasted");
    let is_nothing = imported.project.model.is_empty()
        && imported.project.model.notes().len() == 0
        && imported.diagnostics.is_empty();
    let project = with_places(imported.project);
    let subject = format!("the pasted {}", importer.info().name);
    let remarks = Remarks::of_texts(&subject, &sources, &imported.diagnostics);
    (!is_nothing).then_some(Pasted { project, remarks })
}

/// Gives the cards of an import, which says nothing of where things stand, places to each other.
pub(super) fn with_places(mut project: Project) -> Project {
    if project.first_diagram().is_none() {
        project.put_diagram(Diagram::new(fresh_mint().mint(), "Pasted"));
    }
    let Some(diagram) = project.first_diagram().filter(|one| one.placements.is_empty()) else {
        return project;
    };
    let (id, made) = (diagram.id, layout(&project.model, diagram));
    let nodes = made.cards.iter().map(|(node, card)| (*node, card.rect.origin()));
    let places = Arrangement { nodes: nodes.collect(), ..Arrangement::default() };
    settle(&mut project, id, &places);
    project
}

/// The formats that can be pasted, as one reads them out.
fn formats() -> String {
    let names: Vec<&str> = registry::IMPORTERS.iter().map(|one| one.info().name).collect();
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}
