//! Files, and help.

use crate::editor::actions::effect::Effect;
use crate::editor::actions::{Action, Menu};
use crate::editor::event::{Key, Modifiers, Shortcut};

const fn ask(id: &'static str, label: &'static str, effect: Effect) -> Action {
    Action::ask(Menu::File, id, label, effect)
}

const fn ctrl(key: char) -> Shortcut {
    Shortcut::command(Key::Character(key))
}

const fn ctrl_shift(key: char) -> Shortcut {
    Shortcut::with(Modifiers::COMMAND_SHIFT, Key::Character(key))
}

/// The menu of files.
pub const ACTIONS: &[Action] = &[
    ask("file.new", "New project", Effect::New).keys(&[ctrl('N')]).icon("file-plus"),
    ask("file.open", "Open…", Effect::Open).keys(&[ctrl('O')]).icon("folder-open"),
    ask("file.import", "Import into this project…", Effect::Import)
        .keys(&[ctrl_shift('O')])
        .icon("download-simple"),
    ask("file.save", "Save", Effect::Save).keys(&[ctrl('S')]).icon("floppy-disk").group(),
    ask("file.save-as", "Save as…", Effect::SaveAs).keys(&[ctrl_shift('S')]),
    ask("file.earlier", "Earlier versions…", Effect::Earlier).icon("clock-counter-clockwise"),
    ask("file.export-code", "Export code…", Effect::ExportCode)
        .keys(&[ctrl('E')])
        .icon("code")
        .group(),
    ask("file.export-image", "Export image…", Effect::ExportImage)
        .keys(&[ctrl_shift('E')])
        .icon("image"),
    ask("file.preferences", "Preferences…", Effect::Preferences)
        .keys(&[ctrl(',')])
        .icon("sliders-horizontal")
        .group(),
    ask("file.close", "Close project", Effect::Close).keys(&[ctrl('W')]).group(),
    ask("file.quit", "Quit", Effect::Quit).keys(&[ctrl('Q')]),
];

const fn help(id: &'static str, label: &'static str, effect: Effect) -> Action {
    Action::ask(Menu::Help, id, label, effect)
}

/// The menu of help.
pub const HELP: &[Action] = &[
    help("help.palette", "Command palette", Effect::Palette)
        .keys(&[ctrl_shift('P')])
        .icon("command"),
    help("help.shortcuts", "Keyboard shortcuts", Effect::Shortcuts)
        .keys(&[
            Shortcut::plain(Key::Character('?')),
            Shortcut::with(Modifiers::SHIFT, Key::Character('?')),
            Shortcut::plain(Key::Function(1)),
        ])
        .icon("keyboard"),
    help("help.about", "About Lunette", Effect::About).icon("info"),
];
