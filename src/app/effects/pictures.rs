//! Pictures on their way to a file or to the clipboard.

use std::path::PathBuf;

use eframe::egui::Context;

use crate::app::dialogs::export_image::Picture;
use crate::app::dialogs::question::Message;
use crate::app::jobs::Job;
use crate::app::pictures;
use crate::app::theme;
use crate::app::window::{Dialog, Window};
use crate::export::{self, PictureOptions};
use crate::files::save::write_atomic;
use crate::render::{ImageOptions, format_named};

impl Window {
    pub(super) fn write_picture(&mut self, ctx: &Context, picture: Picture, path: PathBuf) {
        let job = Job::start("picture", ctx, move || {
            let Picture { project, diagram, format, options } = picture;
            let bytes = export::image(&project, &diagram, format, &options, &mut |_| ());
            let bytes = bytes.map_err(|error| error.to_string())?;
            write_atomic(&path, &bytes).map_err(|error| error.to_string())?;
            Ok(path)
        });
        self.say(ctx, "Drawing the picture…");
        self.waiting.drawing = Some(job);
    }

    pub(super) fn copy_picture(&mut self, ctx: &Context, picture: Picture) {
        let job = Job::start("picture", ctx, move || {
            let Picture { project, diagram, options, .. } = picture;
            let format = format_named("png")?;
            let bytes = export::image(&project, &diagram, format, &options, &mut |_| ()).ok()?;
            pictures::decode(&bytes)
        });
        self.waiting.copying = Some(job);
    }

    pub(super) fn copy_selection_as_image(&mut self, ctx: &Context) {
        let Some(open) = &self.open else { return };
        let (Some(diagram), Some(format)) = (open.editor.diagram().cloned(), format_named("png"))
        else {
            return;
        };
        let selection = open.editor.session().selection.to_vec();
        let part = open.editor.bounds_of(&selection).map(|rect| rect.inflate(24.0, 24.0));
        let image = ImageOptions { scale: 2.0, ..ImageOptions::default() };
        let options = PictureOptions { theme: theme::kind(ctx), image, part };
        let project = open.editor.project().clone();
        self.copy_picture(ctx, Picture { project, diagram, format, options });
    }

    pub(super) fn collect_pictures(&mut self, ctx: &Context) {
        if let Some(result) = self.waiting.drawing.as_ref().and_then(Job::poll) {
            self.waiting.drawing = None;
            match result {
                Ok(path) => self.say(ctx, format!("Saved {}", path.display())),
                Err(reason) => {
                    let title = "The picture could not be saved".to_owned();
                    let message = Message { title, lines: vec![reason] };
                    self.dialog = Some(Dialog::Message(message));
                }
            }
        }
        if let Some(image) = self.waiting.copying.as_ref().and_then(Job::poll) {
            self.waiting.copying = None;
            if let Some(image) = image {
                ctx.copy_image(image);
                self.say(ctx, "Copied as image");
            }
        }
    }
}
