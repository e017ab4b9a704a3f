//! One line that finds: actions (the command palette), or entities, fields, enumerations and
//! diagrams.

use eframe::egui::{
    self, Align2, Area, Context, Frame, Id, Key, Order, RichText, ScrollArea, TextEdit, Ui,
};

use crate::app::icons;
use crate::app::widgets;
use crate::document::project::Project;
use crate::editor::Editor;
use crate::editor::actions::{self, Action};
use crate::model::id::{DiagramId, ElementId, NodeId};

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Something to do.
    Commands,
    /// Something to go to.
    Places,
}

/// What was found.
#[derive(Clone, Copy, Debug)]
pub enum Found {
    /// An action.
    Action(&'static Action),
    /// An element.
    Element(ElementId),
    /// A diagram.
    Diagram(DiagramId),
}

/// The open finder.
#[derive(Debug)]
pub struct Finder {
    purpose: Purpose,
    query: String,
    candidates: Vec<Candidate>,
    ranked: Vec<usize>,
    ranked_for: Option<String>,
    chosen: usize,
}

#[derive(Debug)]
struct Candidate {
    text: String,
    quiet: String,
    icon: char,
    found: Found,
    is_possible: bool,
}

/// What became of the finder in a frame.
#[derive(Debug)]
pub enum Outcome {
    /// It stays open.
    Open,
    /// It was closed.
    Closed,
    /// Something was chosen.
    Chosen(Found),
}

/// How many are shown at most.
const MOST: usize = 200;
/// How high the list may be.
const LIST: f32 = 360.0;
/// What it costs that only the menu of an action fits, not the action itself.
const ELSEWHERE: usize = 10;

impl Finder {
    /// A finder over what can be done; what cannot be done now stands last and quiet.
    pub fn commands(editor: Option<&Editor>) -> Self {
        let candidates = actions::all().map(|action| {
            let is_possible = action.is_enabled(editor);
            let keys = action.shortcuts.first().map(ToString::to_string).unwrap_or_default();
            let text = format!("{}: {}", action.menu.label(), action.label.trim_end_matches('…'));
            let found = Found::Action(action);
            Candidate { text, quiet: keys, icon: icons::COMMAND, found, is_possible }
        });
        Self::over(Purpose::Commands, candidates.collect())
    }

    /// A finder over what the project is made of.
    pub fn places(project: &Project) -> Self {
        Self::over(Purpose::Places, places(project))
    }

    fn over(purpose: Purpose, candidates: Vec<Candidate>) -> Self {
        let query = String::new();
        Self { purpose, query, candidates, ranked: Vec::new(), ranked_for: None, chosen: 0 }
    }

    /// Types on in its line.
    pub fn type_text(&mut self, text: &str) {
        self.query.push_str(text);
    }

    /// Draws the finder and says what became of it.
    pub fn finder_ui(&mut self, ctx: &Context) -> Outcome {
        let mut outcome = Outcome::Open;
        let area = Area::new(Id::unique("finder")).order(Order::Foreground);
        let response = area.anchor(Align2::CENTER_TOP, egui::vec2(0.0, 72.0)).show(ctx, |ui| {
            Frame::popup(ui.style()).inner_margin(8).show(ui, |ui| {
                ui.set_width(560.0);
                outcome = self.content_ui(ui);
            });
        });
        let clicked_elsewhere = ctx.input(|input| {
            let pressed = input.pointer.any_pressed().then(|| input.pointer.interact_pos());
            pressed.flatten().is_some_and(|at| !response.response.rect.contains(at))
        });
        let closes = clicked_elsewhere || ctx.input(|input| input.key_pressed(Key::Escape));
        if closes { Outcome::Closed } else { outcome }
    }

    fn content_ui(&mut self, ui: &mut Ui) -> Outcome {
        let hint = match self.purpose {
            Purpose::Commands => "Type what you want to do",
            Purpose::Places => "Find an entity, field, enumeration or diagram",
        };
        let steps = ui.input_mut(|input| {
            let held = egui::Modifiers::NONE;
            let down = input.count_and_consume_key(held, Key::ArrowDown);
            let up = input.count_and_consume_key(held, Key::ArrowUp);
            (down, up)
        });
        // Before it is drawn, so that what is typed in this very frame is its own.
        let id = Id::unique("finder query");
        ui.memory_mut(|memory| memory.request_focus(id));
        let edit = TextEdit::singleline(&mut self.query)
            .id(id)
            .hint_text(hint)
            .desired_width(f32::INFINITY);
        let response =
            ui.add(edit.margin(egui::vec2(8.0, 7.0)).font(egui::FontId::proportional(15.0)));
        response.widget_info(|| {
            let mut info = egui::WidgetInfo::text_edit(true, "", &self.query, hint);
            info.label = Some("Find".to_owned());
            info
        });
        response.request_focus();
        self.rank();
        let last = self.ranked.len().saturating_sub(1);
        self.chosen = (self.chosen + steps.0).min(last).saturating_sub(steps.1);
        if ui.input(|input| input.key_pressed(Key::Enter)) {
            return self.found(self.chosen).map_or(Outcome::Open, Outcome::Chosen);
        }
        ui.add_space(4.0);
        let clicked = self.list_ui(ui, steps != (0, 0));
        clicked.and_then(|row| self.found(row)).map_or(Outcome::Open, Outcome::Chosen)
    }

    fn found(&self, row: usize) -> Option<Found> {
        let candidate = self.candidates.get(*self.ranked.get(row)?)?;
        candidate.is_possible.then_some(candidate.found)
    }

    fn list_ui(&self, ui: &mut Ui, follows: bool) -> Option<usize> {
        let mut clicked = None;
        if self.ranked.is_empty() {
            widgets::empty_ui(ui, "Nothing fits.");
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        // A short list is as high as its rows; a long one after it grows again.
        let area = ScrollArea::vertical().max_height(LIST).min_scrolled_height(LIST);
        area.show(ui, |ui| {
            for (row, index) in self.ranked.iter().enumerate() {
                let Some(candidate) = self.candidates.get(*index) else { continue };
                let icon = Some((candidate.icon, ui.visuals().weak_text_color()));
                let is_chosen = row == self.chosen;
                let text = RichText::new(&candidate.text);
                let text = if candidate.is_possible { text } else { text.weak() };
                let response = widgets::row_ui(ui, icon, text, &candidate.quiet, is_chosen);
                response.widget_info(|| {
                    let (role, possible) = (egui::Role::ListItem, candidate.is_possible);
                    egui::WidgetInfo::selected(role, possible, is_chosen, &candidate.text)
                });
                if is_chosen && follows {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    clicked = Some(row);
                }
            }
        });
        clicked
    }

    fn rank(&mut self) {
        if self.ranked_for.as_ref() == Some(&self.query) {
            return;
        }
        let query: Vec<char> = self.query.to_lowercase().chars().filter(|c| *c != ' ').collect();
        let mut scored: Vec<_> = self
            .candidates
            .iter()
            .enumerate()
            .filter_map(|(index, one)| {
                let rank = if query.is_empty() {
                    (0, 0)
                } else {
                    (fit(&one.text, &query)?, one.text.len())
                };
                Some((!one.is_possible, rank, index))
            })
            .collect();
        scored.sort_unstable();
        self.ranked = scored.into_iter().take(MOST).map(|(_, _, index)| index).collect();
        self.ranked_for = Some(self.query.clone());
        self.chosen = 0;
    }
}

/// How badly a candidate fits a query: by its own name, else by that and the menu before it.
fn fit(text: &str, query: &[char]) -> Option<usize> {
    let own = text.split_once(": ").and_then(|(_, name)| score(name, query));
    own.or_else(|| Some(score(text, query)? + ELSEWHERE))
}

/// How badly a text fits a query whose letters must all occur in order: fewer and shorter gaps,
/// and letters that begin words, are better. None when a letter is missing.
fn score(text: &str, query: &[char]) -> Option<usize> {
    let mut cost = 0;
    let mut wanted = query.iter().peekable();
    let mut before = ' ';
    let mut gap = 0;
    for c in text.chars() {
        let Some(next) = wanted.peek() else { break };
        if c.to_lowercase().eq(std::iter::once(**next)) {
            let begins = !before.is_alphanumeric() || (before.is_lowercase() && c.is_uppercase());
            cost += if begins { gap.min(1) } else { gap };
            gap = 0;
            wanted.next();
        } else {
            gap += 1;
        }
        before = c;
    }
    wanted.next().is_none().then_some(cost)
}

fn places(project: &Project) -> Vec<Candidate> {
    let model = &project.model;
    let mut candidates = Vec::new();
    for entity in model.entities() {
        candidates.push(Candidate {
            text: model.display_name(entity.id.into()),
            quiet: "entity".to_owned(),
            icon: icons::TABLE,
            found: Found::Element(ElementId::Entity(entity.id)),
            is_possible: true,
        });
    }
    for enumeration in model.enumerations() {
        candidates.push(Candidate {
            text: model.display_name(NodeId::Enumeration(enumeration.id)),
            quiet: "enumeration".to_owned(),
            icon: icons::LIST_BULLETS,
            found: Found::Element(ElementId::Enumeration(enumeration.id)),
            is_possible: true,
        });
    }
    for diagram in project.diagrams.values() {
        candidates.push(Candidate {
            text: diagram.name.clone(),
            quiet: "diagram".to_owned(),
            icon: icons::FRAME_CORNERS,
            found: Found::Diagram(diagram.id),
            is_possible: true,
        });
    }
    for entity in model.entities() {
        for field in entity.all_fields() {
            candidates.push(Candidate {
                text: format!("{}.{}", entity.name, field.name),
                quiet: "field".to_owned(),
                icon: icons::TEXT_AA,
                found: Found::Element(ElementId::Field(entity.id, field.id)),
                is_possible: true,
            });
        }
    }
    candidates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_in_order_fit_and_words_fit_best() {
        let query = |text: &str| text.chars().collect::<Vec<_>>();
        assert!(score("OrderItem", &query("oi")) < score("Folio", &query("oi")));
        assert_eq!(score("User", &query("xu")), None);
        assert_eq!(score("User", &[]), Some(0));
        let all = fit("Arrange: Arrange all", &query("arr"));
        assert!(all < fit("Arrange: Fold card", &query("arr")));
    }
}
