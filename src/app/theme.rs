//! Tokens → egui: the bundled fonts, and styles in which nothing of egui's own grey is left.
//!
//! The colors are the canvas's own ([`Theme`]), so window and pictures agree.

use std::collections::BTreeMap;
use std::sync::Arc;

use eframe::egui::epaint::Shadow;
use eframe::egui::style::{ScrollStyle, WidgetVisuals, Widgets};
use eframe::egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Stroke,
    Style, TextStyle, Theme as EguiTheme, Visuals, vec2,
};

use crate::app::icons;
use crate::base::color::Color;
use crate::base::font::{self, FontFace};
use crate::scene::theme::{Theme, ThemeKind};

/// Size of text, in points.
pub const TEXT: f32 = 13.0;
/// Size of text of second rank.
pub const SMALL: f32 = 11.0;
/// Size of icons in buttons.
pub const ICON: f32 = 16.0;
/// How long something takes to appear, in seconds.
pub const ANIMATION: f32 = 0.1;
/// Corners of controls.
const CONTROL_RADIUS: u8 = 4;
/// Corners of what floats.
const FLOATING_RADIUS: u8 = 8;

/// A color as egui has it.
pub fn color32(color: Color) -> Color32 {
    Color32::from_rgba_unmultiplied(color.red, color.green, color.blue, color.alpha)
}

/// The family of semi-bold text.
pub fn semi_bold() -> FontFamily {
    FontFamily::Name("semi-bold".into())
}

/// The colors of the window now.
pub fn current(ctx: &Context) -> Theme {
    Theme::of(kind(ctx))
}

/// Which set of colors the window shows now.
pub fn kind(ctx: &Context) -> ThemeKind {
    match ctx.theme() {
        EguiTheme::Light => ThemeKind::Light,
        EguiTheme::Dark => ThemeKind::Dark,
    }
}

/// Gives a context our fonts and both styles.
pub fn install(ctx: &Context) {
    ctx.set_fonts(fonts());
    // Ctrl+plus and Ctrl+minus zoom the canvas, not the window.
    ctx.options_mut(|options| options.zoom_with_keyboard = false);
    ctx.set_style_of(EguiTheme::Light, style(&Theme::light()));
    ctx.set_style_of(EguiTheme::Dark, style(&Theme::dark()));
}

fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let faces = [
        ("regular", FontFace::Regular),
        ("semi-bold", FontFace::SemiBold),
        ("mono", FontFace::Mono),
    ];
    for (name, face) in faces {
        let data = FontData::from_static(font::bytes(face));
        fonts.font_data.insert(name.to_owned(), Arc::new(data));
    }
    let icon_font = FontData::from_static(icons::FONT);
    fonts.font_data.insert(icons::FAMILY.to_owned(), Arc::new(icon_font));
    let family = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    fonts.families = BTreeMap::from([
        (FontFamily::Proportional, family(&["regular", icons::FAMILY])),
        (FontFamily::Monospace, family(&["mono", "regular", icons::FAMILY])),
        (semi_bold(), family(&["semi-bold", "regular", icons::FAMILY])),
        (FontFamily::Name(icons::FAMILY.into()), family(&[icons::FAMILY, "regular"])),
    ]);
    fonts
}

fn style(theme: &Theme) -> Style {
    let text_styles = BTreeMap::from([
        (TextStyle::Heading, FontId::new(18.0, semi_bold())),
        (TextStyle::Body, FontId::new(TEXT, FontFamily::Proportional)),
        (TextStyle::Button, FontId::new(TEXT, FontFamily::Proportional)),
        (TextStyle::Small, FontId::new(SMALL, FontFamily::Proportional)),
        (TextStyle::Monospace, FontId::new(12.0, FontFamily::Monospace)),
    ]);
    let mut style = Style { text_styles, visuals: visuals(theme), ..Style::default() };
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(8.0, 6.0);
    spacing.button_padding = vec2(8.0, 4.0);
    spacing.interact_size = vec2(24.0, 24.0);
    spacing.menu_margin = Margin::same(6);
    spacing.window_margin = Margin::same(16);
    spacing.combo_width = 80.0;
    spacing.icon_width = 16.0;
    spacing.icon_width_inner = 8.0;
    spacing.indent = 16.0;
    spacing.scroll = ScrollStyle { bar_width: 6.0, ..ScrollStyle::floating() };
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.4;
    style.animation_time = ANIMATION;
    style
}

fn visuals(theme: &Theme) -> Visuals {
    let is_dark = theme.kind == ThemeKind::Dark;
    let mut visuals = if is_dark { Visuals::dark() } else { Visuals::light() };
    let panel = panel_ground(theme);
    visuals.widgets = widgets(theme);
    visuals.weak_text_color = Some(color32(theme.ink_secondary));
    visuals.selection.bg_fill = color32(selection_ground(theme));
    visuals.selection.stroke = Stroke::new(1.0, color32(theme.accent));
    visuals.hyperlink_color = color32(theme.accent);
    visuals.faint_bg_color = color32(panel.mix(theme.ink, 0.03));
    visuals.extreme_bg_color = color32(theme.surface);
    visuals.text_edit_bg_color = Some(color32(field_ground(theme)));
    visuals.code_bg_color = color32(panel.mix(theme.ink, 0.05));
    visuals.warn_fg_color = color32(warning(theme));
    visuals.error_fg_color = color32(error(theme));
    visuals.window_corner_radius = CornerRadius::same(FLOATING_RADIUS);
    visuals.menu_corner_radius = CornerRadius::same(FLOATING_RADIUS);
    visuals.window_fill = color32(theme.surface);
    visuals.window_stroke = Stroke::new(1.0, color32(theme.border));
    visuals.panel_fill = color32(panel);
    let shade = Color32::from_black_alpha(if is_dark { 120 } else { 36 });
    visuals.window_shadow = Shadow { offset: [0, 8], blur: 32, spread: 0, color: shade };
    visuals.popup_shadow = Shadow { offset: [0, 4], blur: 16, spread: 0, color: shade };
    visuals.window_highlight_topmost = false;
    visuals
}

/// The ground of bars and panels.
pub fn panel_ground(theme: &Theme) -> Color {
    theme.surface.mix(theme.canvas, 0.35)
}

/// The ground of text fields.
fn field_ground(theme: &Theme) -> Color {
    match theme.kind {
        ThemeKind::Light => theme.surface,
        ThemeKind::Dark => theme.canvas,
    }
}

/// The ground of what is selected.
pub fn selection_ground(theme: &Theme) -> Color {
    theme.surface.mix(theme.accent, 0.16)
}

/// Text that warns.
pub fn warning(theme: &Theme) -> Color {
    match theme.kind {
        ThemeKind::Light => Color::rgb(0x8f_5b_00),
        ThemeKind::Dark => Color::rgb(0xe8_b8_4a),
    }
}

/// Text that says what went wrong.
pub fn error(theme: &Theme) -> Color {
    match theme.kind {
        ThemeKind::Light => Color::rgb(0xb8_2c_2c),
        ThemeKind::Dark => Color::rgb(0xf4_8f_8f),
    }
}

fn widgets(theme: &Theme) -> Widgets {
    let panel = panel_ground(theme);
    let (ink, quiet) = (color32(theme.ink), color32(theme.ink_secondary));
    let hover = color32(panel.mix(theme.ink, 0.07));
    let pressed = color32(panel.mix(theme.ink, 0.12));
    let border = color32(theme.border);
    let strong_border = color32(theme.border.mix(theme.ink, 0.25));
    let widget = |bg_fill: Color32, weak: Color32, edge: Color32, text: Color32| WidgetVisuals {
        bg_fill,
        weak_bg_fill: weak,
        bg_stroke: Stroke::new(1.0, edge),
        corner_radius: CornerRadius::same(CONTROL_RADIUS),
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    };
    let field = color32(field_ground(theme));
    Widgets {
        noninteractive: widget(color32(panel), color32(panel), border, ink),
        inactive: widget(field, color32(panel.mix(theme.ink, 0.04)), border, ink),
        hovered: widget(hover, hover, strong_border, ink),
        active: widget(pressed, pressed, color32(theme.accent), ink),
        open: widget(hover, hover, border, quiet),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_of_the_window_reads_well() {
        for kind in ThemeKind::ALL {
            let theme = Theme::of(kind);
            let panel = panel_ground(&theme);
            for (text, ground) in [
                (theme.ink, panel),
                (theme.ink_secondary, panel),
                (theme.ink, panel.mix(theme.ink, 0.12)),
                (theme.ink, selection_ground(&theme)),
                (warning(&theme), panel),
                (error(&theme), panel),
                (warning(&theme), theme.surface),
                (error(&theme), theme.surface),
            ] {
                let contrast = text.contrast_on(ground);
                assert!(contrast >= 4.5, "{kind:?}: {text:?} on {ground:?} is {contrast:.2}");
            }
        }
    }
}
