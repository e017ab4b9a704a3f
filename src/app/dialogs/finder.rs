//! One line that finds: actions (the command palette), or entities, fields, enumerations and
//! diagrams.

use std::borrow::Cow;
use std::ops::Range;

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
    candidates: Candidates,
    /// Those that fit as much of the query as was ranked last; none when nothing was typed then.
    fitting: Option<Vec<usize>>,
    /// The best of them, best first.
    ranked: Vec<usize>,
    ranked_for: Option<String>,
    chosen: usize,
}

/// What can be found; a hundred thousand texts are one.
#[derive(Debug, Default)]
struct Candidates {
    texts: String,
    all: Vec<Candidate>,
}

#[derive(Debug)]
struct Candidate {
    text: Range<u32>,
    found: Found,
    is_possible: bool,
}

impl Candidate {
    /// Its icon, and what stands quietly beside it: the keys of an action, else what it is.
    fn face(&self) -> (char, Cow<'static, str>) {
        match self.found {
            Found::Action(action) => {
                let keys = action.shortcuts.first().map(ToString::to_string);
                (icons::COMMAND, keys.unwrap_or_default().into())
            }
            Found::Element(ElementId::Entity(_)) => (icons::TABLE, "entity".into()),
            Found::Element(ElementId::Enumeration(_)) => {
                (icons::LIST_BULLETS, "enumeration".into())
            }
            Found::Element(_) => (icons::TEXT_AA, "field".into()),
            Found::Diagram(_) => (icons::FRAME_CORNERS, "diagram".into()),
        }
    }
}

impl Candidates {
    fn push(&mut self, parts: &[&str], found: Found, is_possible: bool) {
        let start = self.texts.len() as u32;
        for part in parts {
            self.texts.push_str(part);
        }
        let text = start..self.texts.len() as u32;
        self.all.push(Candidate { text, found, is_possible });
    }

    /// The first ones, those that are possible before all others.
    fn first(&self, most: usize) -> Vec<usize> {
        let of_kind = |is_possible: bool| {
            let all = self.all.iter().enumerate();
            all.filter(move |(_, one)| one.is_possible == is_possible).map(|(index, _)| index)
        };
        of_kind(true).chain(of_kind(false)).take(most).collect()
    }

    fn get(&self, index: usize) -> Option<&Candidate> {
        self.all.get(index)
    }

    fn text(&self, candidate: &Candidate) -> &str {
        let Range { start, end } = candidate.text;
        self.texts.get(start as usize..end as usize).unwrap_or_default()
    }
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
        let mut candidates = Candidates::default();
        for action in actions::all() {
            let text = [action.menu.label(), ": ", action.label.trim_end_matches('…')];
            candidates.push(&text, Found::Action(action), action.is_enabled(editor));
        }
        Self::over(Purpose::Commands, candidates)
    }

    /// A finder over what the project is made of.
    pub fn places(project: &Project) -> Self {
        Self::over(Purpose::Places, places(project))
    }

    fn over(purpose: Purpose, candidates: Candidates) -> Self {
        Self {
            purpose,
            query: String::new(),
            fitting: None,
            candidates,
            ranked: Vec::new(),
            ranked_for: None,
            chosen: 0,
        }
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
                let (icon, quiet) = candidate.face();
                let icon = Some((icon, ui.visuals().weak_text_color()));
                let is_chosen = row == self.chosen;
                let words = self.candidates.text(candidate);
                let text = RichText::new(words);
                let text = if candidate.is_possible { text } else { text.weak() };
                let response = widgets::row_ui(ui, icon, text, &quiet, is_chosen);
                response.widget_info(|| {
                    let (role, possible) = (egui::Role::ListItem, candidate.is_possible);
                    egui::WidgetInfo::selected(role, possible, is_chosen, words)
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
        let letters = |query: &str| -> Vec<char> {
            query.to_lowercase().chars().filter(|c| *c != ' ').collect()
        };
        let query = letters(&self.query);
        // Whatever fits more letters fits fewer.
        let before = self.ranked_for.take().map(|before| letters(&before)).unwrap_or_default();
        let known = self.fitting.take().filter(|_| query.starts_with(&before));
        if query.is_empty() {
            self.ranked = self.candidates.first(MOST);
        } else {
            let all = || (0..self.candidates.all.len()).collect();
            let (fitting, ranked) = self.best(known.unwrap_or_else(all), &query);
            (self.fitting, self.ranked) = (Some(fitting), ranked);
        }
        self.ranked_for = Some(self.query.clone());
        self.chosen = 0;
    }

    /// Those among some candidates that fit a query, and the best of them, best first.
    fn best(&self, asked: Vec<usize>, query: &[char]) -> (Vec<usize>, Vec<usize>) {
        let mut fitting = Vec::new();
        let mut scored: Vec<(bool, (usize, usize), usize)> = Vec::new();
        for index in asked {
            let Some(one) = self.candidates.all.get(index) else { continue };
            let text = self.candidates.text(one);
            let cost = match self.purpose {
                Purpose::Commands => fit(text, query),
                Purpose::Places => score(text, query),
            };
            if let Some(cost) = cost {
                scored.push((!one.is_possible, (cost, text.len()), index));
                fitting.push(index);
            }
        }
        if scored.len() > MOST {
            scored.select_nth_unstable(MOST);
            scored.truncate(MOST);
        }
        scored.sort_unstable();
        (fitting, scored.into_iter().map(|(_, _, index)| index).collect())
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
        if is_letter(c, **next) {
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

/// Whether a character is that small letter, small or large.
fn is_letter(c: char, letter: char) -> bool {
    if c.is_ascii() {
        return c.to_ascii_lowercase() == letter;
    }
    c.to_lowercase().eq(std::iter::once(letter))
}

fn places(project: &Project) -> Candidates {
    let model = &project.model;
    let mut candidates = Candidates::default();
    for entity in model.entities() {
        let name = model.display_name(entity.id.into());
        let found = Found::Element(ElementId::Entity(entity.id));
        candidates.push(&[&name], found, true);
    }
    for enumeration in model.enumerations() {
        let name = model.display_name(NodeId::Enumeration(enumeration.id));
        let found = Found::Element(ElementId::Enumeration(enumeration.id));
        candidates.push(&[&name], found, true);
    }
    for diagram in project.diagrams.values() {
        let found = Found::Diagram(diagram.id);
        candidates.push(&[&diagram.name], found, true);
    }
    for entity in model.entities() {
        for field in entity.all_fields() {
            let found = Found::Element(ElementId::Field(entity.id, field.id));
            candidates.push(&[&entity.name, ".", &field.name], found, true);
        }
    }
    candidates
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::edit::entities::add_entity;
    use crate::model::id::IdMint;

    #[test]
    fn letters_in_order_fit_and_words_fit_best() {
        let query = |text: &str| text.chars().collect::<Vec<_>>();
        assert!(score("OrderItem", &query("oi")) < score("Folio", &query("oi")));
        assert_eq!(score("User", &query("xu")), None);
        assert_eq!(score("User", &[]), Some(0));
        let all = fit("Arrange: Arrange all", &query("arr"));
        assert!(all < fit("Arrange: Fold card", &query("arr")));
    }

    #[test]
    fn what_is_typed_on_finds_what_it_would_find_at_once() {
        let mut mint = IdMint::from_seed(1);
        let mut project = Project::new("Places", &mut mint);
        for name in ["Order", "OrderItem", "Folder", "Reorder", "User"] {
            add_entity(&mut project, &mut mint, name);
        }
        let mut typed = Finder::places(&project);
        for query in ["", "o", "or", "ord", "ordi", "or", "", "er"] {
            typed.query = query.to_owned();
            typed.rank();
            let mut fresh = Finder::places(&project);
            fresh.query = query.to_owned();
            fresh.rank();
            assert_eq!(typed.ranked, fresh.ranked, "{query}");
        }
        assert_eq!(typed.candidates.text(&typed.candidates.all[typed.ranked[0]]), "User");
    }
}
