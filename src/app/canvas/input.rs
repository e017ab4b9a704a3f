//! egui → events of the editor. Keys come here only while nobody types and no action claims them.

use eframe::egui::{self, PointerButton, Rect as EguiRect, Response, Ui};

use crate::app::canvas::paint::View;
use crate::app::keymap;
use crate::base::geom::Vec2;
use crate::editor::Editor;
use crate::editor::actions;
use crate::editor::event::{Button, Event, Modifiers, PointerEvent, PointerKind};

/// What is known of the pointer from frame to frame.
#[derive(Debug, Default)]
pub(super) struct PointerState {
    pressed: Option<Button>,
    was_inside: bool,
    last: Option<egui::Pos2>,
}

/// Hands what happened since the last frame to the editor.
pub(super) fn take(
    ui: &Ui,
    response: &Response,
    editor: &mut Editor,
    state: &mut PointerState,
    covered: &[EguiRect],
) {
    take_space(ui, editor);
    let view = View::new(response.rect, editor.session().viewport());
    let modifiers = ui.input(|input| keymap::modifiers(input.modifiers));
    let pointer = Pointer { view, modifiers };
    // A popup above the canvas takes the pointer; a drag that began here goes on.
    let is_over = response.contains_pointer()
        && !ui.input(|input| {
            let at = input.pointer.hover_pos();
            at.is_some_and(|at| covered.iter().any(|rect| rect.contains(at)))
        });
    take_wheel(ui, editor, &pointer, is_over);
    take_buttons(ui, response, editor, state, &pointer, is_over);
    if is_over || state.pressed.is_some() {
        state.was_inside = true;
    } else if std::mem::take(&mut state.was_inside)
        && let Some(last) = state.last
    {
        editor.on_event(&pointer.event(PointerKind::Leave, last));
    }
}

/// Where the pointer is and what is held.
struct Pointer {
    view: View,
    modifiers: Modifiers,
}

impl Pointer {
    fn event(&self, kind: PointerKind, at: egui::Pos2) -> Event {
        let at = self.view.editor_point(at);
        Event::Pointer(PointerEvent { kind, at, modifiers: self.modifiers })
    }
}

fn take_space(ui: &Ui, editor: &mut Editor) {
    let holds = !ui.ctx().text_edit_focused() && ui.input(|input| input.key_down(egui::Key::Space));
    editor.session_mut().holds_space = holds;
}

fn take_wheel(ui: &Ui, editor: &mut Editor, pointer: &Pointer, is_over: bool) {
    let Some(at) = ui.input(|input| input.pointer.hover_pos()).filter(|_| is_over) else { return };
    let (scroll, zoom) = ui.input(|input| (input.smooth_scroll_delta(), input.zoom_delta()));
    if zoom != 1.0 {
        editor.on_event(&pointer.event(PointerKind::Zoom(f64::from(zoom)), at));
    } else if scroll != egui::Vec2::ZERO {
        let by = Vec2::new(f64::from(scroll.x), f64::from(scroll.y));
        editor.on_event(&pointer.event(PointerKind::Scroll(by), at));
    }
}

fn button_of(button: PointerButton) -> Option<Button> {
    match button {
        PointerButton::Primary => Some(Button::Primary),
        PointerButton::Secondary => Some(Button::Secondary),
        PointerButton::Middle => Some(Button::Middle),
        PointerButton::Extra1 | PointerButton::Extra2 => None,
    }
}

fn take_buttons(
    ui: &Ui,
    response: &Response,
    editor: &mut Editor,
    state: &mut PointerState,
    pointer: &Pointer,
    is_over: bool,
) {
    let events = ui.input(|input| input.events.clone());
    let clicks = ui.input(|input| {
        if input.pointer.button_triple_clicked(PointerButton::Primary) {
            3
        } else if input.pointer.button_double_clicked(PointerButton::Primary) {
            2
        } else {
            1
        }
    });
    for event in events {
        match event {
            egui::Event::PointerMoved(at) if is_over || state.pressed.is_some() => {
                state.last = Some(at);
                editor.on_event(&pointer.event(PointerKind::Move, at));
            }
            egui::Event::PointerButton { pos, button, pressed: true, .. } if is_over => {
                let free = state.pressed.is_none();
                let Some(button) = button_of(button).filter(|_| free) else { continue };
                response.request_focus();
                state.pressed = Some(button);
                state.last = Some(pos);
                editor.on_event(&pointer.event(PointerKind::Down { button, clicks: 1 }, pos));
            }
            egui::Event::PointerButton { pos, button, pressed: false, .. } => {
                let Some(button) =
                    button_of(button).filter(|button| state.pressed == Some(*button))
                else {
                    continue;
                };
                state.pressed = None;
                editor.on_event(&pointer.event(PointerKind::Up { button }, pos));
                if clicks > 1 && button == Button::Primary && is_over {
                    // egui counts clicks when the button goes up; tools count presses.
                    let down = PointerKind::Down { button, clicks };
                    editor.on_event(&pointer.event(down, pos));
                    editor.on_event(&pointer.event(PointerKind::Up { button }, pos));
                }
            }
            _ => {}
        }
    }
}

/// Keys that no action claims belong to the tool in hand.
pub(super) fn take_keys(ui: &Ui, response: &Response, editor: &mut Editor) {
    let is_free = !ui.ctx().text_edit_focused() && editor.session().cell.is_none();
    if !is_free || !(response.has_focus() || ui.memory(|memory| memory.focused().is_none())) {
        return;
    }
    if response.has_focus() {
        let filter = egui::EventFilter {
            tab: true,
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: true,
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    }
    let pressed: Vec<_> =
        ui.input(|input| input.events.iter().filter_map(keymap::key_event).collect());
    for key in pressed {
        if actions::for_key(key).is_some() {
            continue;
        }
        editor.on_event(&Event::Key(key));
        if editor.session().cell.is_some() {
            // What opened the cell is not also meant for it; what comes after it is.
            ui.input_mut(|input| input.events.retain(|one| keymap::key_event(one) != Some(key)));
            return;
        }
    }
}
