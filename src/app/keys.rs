//! Keys of the whole window: which of them are actions, what is pasted, and what is typed faster than
//! the window opens a place for it or draws its frames.
//!
//! Keys of the canvas are its own. Must not know what an action does.

use eframe::egui::{self, Context};

use crate::app::keymap;
use crate::app::window::Window;
use crate::editor::actions::{self, Action};
use crate::editor::event::{Key, KeyEvent};

impl Window {
    /// Gives each key that ends what is typed a frame of its own.
    pub(in crate::app) fn pace_keys(&mut self, ctx: &Context) {
        let is_typing = self.has_typing_place() || ctx.text_edit_focused();
        self.held_back.pace(ctx, is_typing);
    }

    /// Keys that are actions, unless somebody types.
    pub(in crate::app) fn take_keys(&mut self, ctx: &Context) {
        if self.dialog.is_some() {
            return;
        }
        let types_on_canvas =
            self.open.as_ref().is_some_and(|open| open.editor.session().cell.is_some());
        let is_typing = types_on_canvas || ctx.text_edit_focused();
        let events = ctx.input(|input| input.events.clone());
        let mut ahead = TypedAhead::default();
        for event in &events {
            if let egui::Event::Text(text) = event {
                ahead.take(text);
            }
            let Some(key) = keymap::key_event(event) else { continue };
            let Some(action) = actions::for_key(key) else { continue };
            let is_taken = is_typing || ahead.is_open || self.finder.is_some();
            if is_taken && !works_while_typing(action) {
                continue;
            }
            self.run(ctx, action);
            if !is_typing && self.has_typing_place() {
                ahead.open(key);
            }
        }
        self.type_ahead(&ahead.text);
        let pasted = ctx.input(|input| {
            input.events.iter().find_map(|event| match event {
                egui::Event::Paste(text) => Some(text.clone()),
                _ => None,
            })
        });
        if let Some(text) = pasted.filter(|_| !is_typing) {
            self.paste(ctx, &text);
        }
    }

    /// Whether a cell or the finder waits for a text.
    fn has_typing_place(&self) -> bool {
        let cell = self.open.as_ref().and_then(|open| open.editor.session().cell.as_ref());
        cell.is_some() || self.finder.is_some()
    }

    /// Puts what was typed faster than the window could open a place for it into that place.
    fn type_ahead(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if let Some(finder) = &mut self.finder {
            finder.type_text(text);
        } else if let Some(open) = &mut self.open {
            open.editor.type_ahead(text);
        }
    }
}

/// Events that wait for a frame of their own: those behind a key that ends what is typed, and that
/// key when something was typed before it in the same frame. Each frame has one end at most, so that
/// no letter is lost however long frames take.
#[derive(Debug, Default)]
pub(in crate::app) struct HeldBack(Vec<egui::Event>);

impl HeldBack {
    /// Leaves in this frame what belongs into it.
    pub(in crate::app) fn pace(&mut self, ctx: &Context, is_typing: bool) {
        ctx.input_mut(|input| {
            if !self.0.is_empty() {
                self.0.append(&mut input.events);
                std::mem::swap(&mut self.0, &mut input.events);
            }
            let rest = input.events.split_off(end_of_frame(&input.events, is_typing));
            if rest.iter().any(is_asking) {
                self.0 = rest;
            } else {
                input.events.extend(rest);
            }
        });
        if !self.0.is_empty() {
            ctx.request_repaint();
        }
    }
}

/// How many of these events belong into one frame.
fn end_of_frame(events: &[egui::Event], is_typing: bool) -> usize {
    const ENDS: [egui::Key; 5] = [
        egui::Key::Enter,
        egui::Key::Tab,
        egui::Key::Escape,
        egui::Key::ArrowUp,
        egui::Key::ArrowDown,
    ];
    let ends = |event: &egui::Event| matches!(event, egui::Event::Key { key, pressed: true, .. } if ENDS.contains(key));
    let Some(end) = events.iter().position(ends) else { return events.len() };
    let (before, _) = events.split_at(end);
    if before.iter().any(is_asking) {
        end
    } else if is_typing {
        end + 1
    } else {
        events.len()
    }
}

/// Whether somebody typed or pressed something.
fn is_asking(event: &egui::Event) -> bool {
    matches!(
        event,
        egui::Event::Text(_)
            | egui::Event::Paste(_)
            | egui::Event::Cut
            | egui::Event::Ime(_)
            | egui::Event::Key { pressed: true, .. }
            | egui::Event::PointerButton { pressed: true, .. }
    )
}

/// What is typed in the same frame as the key that opens a place to type.
#[derive(Debug, Default)]
struct TypedAhead {
    is_open: bool,
    /// Whether the next text is that of the key itself.
    skips: bool,
    text: String,
}

impl TypedAhead {
    fn open(&mut self, by: KeyEvent) {
        self.is_open = true;
        let held = by.modifiers;
        self.skips = matches!(by.key, Key::Character(_)) && !held.command && !held.alt;
    }

    fn take(&mut self, text: &str) {
        if self.is_open && !std::mem::take(&mut self.skips) {
            self.text.push_str(text);
        }
    }
}

/// Actions of the whole window go on while somebody types a text.
fn works_while_typing(action: &Action) -> bool {
    const ALWAYS: [&str; 8] = [
        "file.save",
        "file.save-as",
        "file.open",
        "file.new",
        "file.quit",
        "view.palette",
        "help.palette",
        "file.export-image",
    ];
    ALWAYS.contains(&action.id)
}
