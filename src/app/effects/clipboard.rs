//! Cut, copy and paste: as Lunette's own data, as code, and from any text that an importer knows.

use eframe::egui::Context;

use crate::app::window::Window;
use crate::document::edit::clipboard::{Fragment, copy, paste};
use crate::document::edit::entities::remove_elements;
use crate::formats::native;
use crate::formats::options::Options;
use crate::formats::registry;
use crate::formats::sources::Sources;

impl Window {
    pub(super) fn copy(&mut self, ctx: &Context) {
        let Some(open) = &self.open else { return };
        let session = open.editor.session();
        let fragment = copy(open.editor.project(), session.diagram, &session.selection.to_vec());
        if !fragment.is_empty() {
            ctx.copy_text(native::write(&fragment.project));
        }
    }

    pub(super) fn cut(&mut self, ctx: &Context) {
        self.copy(ctx);
        let Some(open) = &mut self.open else { return };
        let elements = open.editor.session().selection.to_vec();
        open.editor.edit("Cut", |project, _| remove_elements(project, &elements));
    }

    /// The code for what is selected, or for all of it; of the project's target unless another one
    /// is named.
    pub(super) fn copy_code(&mut self, ctx: &Context, target: Option<&str>) {
        let Some(open) = &self.open else { return };
        let project = open.editor.project();
        let session = open.editor.session();
        let fragment = copy(project, session.diagram, &session.selection.to_vec());
        let source = if fragment.is_empty() { project } else { &fragment.project };
        let target = target.unwrap_or(&project.settings.target);
        let Some(exporter) = registry::exporter(target) else { return };
        let options = Options::of_project(exporter.info(), project);
        let files = exporter.export(source, &options).files;
        let texts: Vec<&str> = files.iter().map(|file| file.text.as_str()).collect();
        ctx.copy_text(texts.join("\n"));
        self.say(ctx, format!("Copied as {}", exporter.info().name));
    }

    /// Pastes Lunette's own data, or any text that an import format recognizes, at the pointer.
    pub(in crate::app) fn paste(&mut self, ctx: &Context, text: &str) {
        if self.open.is_none() || text.trim().is_empty() {
            return;
        }
        let importer = registry::IMPORTERS.iter().find(|importer| importer.recognizes(text));
        let pasted = Sources::single("clipboard", text);
        let imported = importer.map(|importer| importer.import(&pasted, "Pasted"));
        match imported.filter(|imported| !imported.project.model.is_empty()) {
            Some(imported) => self.add_fragment(&Fragment::whole(imported.project), "Paste"),
            None => self.say(ctx, "Nothing to paste: the text is neither Lunette's nor SQL"),
        }
    }

    pub(super) fn add_fragment(&mut self, fragment: &Fragment, label: &str) {
        let Some(open) = &mut self.open else { return };
        let viewport = open.editor.session().viewport();
        let at = open.editor.session().pointer.unwrap_or_else(|| viewport.middle());
        let (diagram, at) = (open.editor.session().diagram, viewport.world_from_screen(at));
        let added =
            open.editor.edit(label, |project, mint| paste(project, mint, diagram, fragment, at));
        open.editor.select(added);
    }
}
