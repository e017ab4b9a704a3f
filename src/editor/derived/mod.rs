//! What follows from the document: layout, hit index, findings. Recomputed when the revision or the
//! diagram changes, and only as far as something changed: [`changes`] says what differs, [`mod@patch`]
//! brings a layout up to date there, [`hits`] knows what is under a point.
//!
//! Must not know selection or tools.

mod changes;
pub mod hits;
mod patch;

use std::collections::VecDeque;
use std::hash::Hash;
use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};

use crate::base::diagnostic::Severity;
use crate::base::geom::{Point, Rect};
use crate::checks::check;
use crate::checks::finding::Finding;
use crate::diagram::Diagram;
use crate::document::Document;
use crate::document::edit::diagrams::Arrangement;
use crate::document::project::Project;
use crate::editor::derived::changes::Parts;
use crate::editor::derived::hits::Hits;
use crate::editor::derived::patch::patch;
use crate::layout::room::{GAP_ACROSS, Room};
use crate::layout::{Layout, LineId, layout};
use crate::model::id::{DiagramId, NodeId};
use crate::scene::hit::HitIndex;

pub use crate::editor::derived::patch::Patched;

/// How many new cards find places one by one.
const FEW: usize = 24;

/// Up to this many cards everything is laid out anew after each change.
const SMALL: usize = 150;

/// Caches of one editor.
#[derive(Clone, Debug, Default)]
pub struct Derived {
    made_of: Option<Source>,
    layout: Arc<Layout>,
    hits: Hits,
    version: u64,
    stamps: Stamps,
    touched: Touched,
    is_draft: bool,
    /// Whether all cards are yet to be measured: those of the layout are of another version.
    lacks_cards: bool,
    defers_large: bool,
    findings: Arc<Vec<Finding>>,
    problem_counts: (usize, usize, usize),
    checked: Option<u64>,
}

/// The version that a layout was made of.
#[derive(Clone, Debug)]
struct Source {
    revision: u64,
    diagram: DiagramId,
    project: Project,
}

/// A layout that is to be made elsewhere, since making it here would be felt.
#[derive(Clone, Debug)]
pub struct LayoutRequest {
    /// The revision it is for.
    pub revision: u64,
    /// The diagram it is for.
    pub diagram: DiagramId,
    /// What it is made of.
    pub project: Project,
}

/// What a [`LayoutRequest`] asked for.
#[derive(Clone, Debug)]
pub struct LaidOut {
    revision: u64,
    diagram: DiagramId,
    layout: Layout,
    hits: HitIndex,
}

impl LayoutRequest {
    /// Makes the layout.
    pub fn answer(&self) -> Option<LaidOut> {
        let diagram = self.project.diagram(self.diagram)?;
        let layout = layout(&self.project.model, diagram);
        let hits = HitIndex::of(&self.project.model, &layout);
        Some(LaidOut { revision: self.revision, diagram: self.diagram, layout, hits })
    }
}

/// At which version each drawn thing changed last.
#[derive(Clone, Debug, Default)]
struct Stamps {
    base: u64,
    nodes: IndexMap<NodeId, u64>,
    lines: IndexMap<LineId, u64>,
}

/// What single changes touched, for those who keep something about everything.
#[derive(Clone, Debug, Default)]
struct Touched {
    /// The version from which on every change is known.
    start: u64,
    /// The version from which on no card came, went or changed its number.
    numbered: u64,
    /// What each version touched, oldest first.
    log: VecDeque<(u64, Patched)>,
}

impl Touched {
    /// Versions before this many are forgotten.
    const MOST_VERSIONS: usize = 64;
    /// Versions before those that touched this much are forgotten.
    const MOST_THINGS: usize = 20_000;

    fn since(start: u64) -> Self {
        Self { start, numbered: start, log: VecDeque::new() }
    }

    fn push(&mut self, version: u64, touched: Patched) {
        self.log.push_back((version, touched));
        let mut n_things: usize = self.log.iter().map(|(_, touched)| touched.len()).sum();
        while (self.log.len() > Self::MOST_VERSIONS || n_things > Self::MOST_THINGS)
            && let Some((version, touched)) = self.log.pop_front()
        {
            n_things -= touched.len();
            self.start = version;
        }
    }

    fn after(&self, version: u64) -> Option<impl Iterator<Item = &Patched> + '_> {
        let later = self.log.iter().filter(move |(touched, _)| *touched > version);
        (version >= self.start).then(|| later.map(|(_, touched)| touched))
    }
}

/// Whether two lists have the same order, but for what was touched.
fn has_same_order<K: Hash + Eq, V>(
    old: &IndexMap<K, V>,
    new: &IndexMap<K, V>,
    touched: &IndexSet<K>,
) -> bool {
    let is_same = |key: &&K| !touched.contains(*key);
    old.keys().filter(is_same).eq(new.keys().filter(is_same))
}

impl Derived {
    /// Brings the layout up to date; says whether anything changed. While something is dragged only
    /// what moves is led anew.
    pub(super) fn refresh(&mut self, document: &Document, diagram: DiagramId) -> bool {
        let (revision, project) = (document.revision(), document.project());
        let known = self.made_of.as_ref().filter(|source| source.diagram == diagram);
        if known.is_some_and(|known| known.revision == revision)
            && (!self.is_draft || document.is_in_transaction() || self.is_large(project))
        {
            return false;
        }
        let Some(shown) = project.diagram(diagram) else { return false };
        let changes = known.and_then(|known| changes::between(&known.project, project, diagram));
        match changes {
            Some(parts) if self.may_patch(document) => {
                self.patch(project, shown, &parts);
            }
            Some(parts) => self.lay_out(project, shown, Some(&parts)),
            None if self.is_large(project) => self.forget(known.is_none()),
            None => self.lay_out(project, shown, None),
        }
        self.made_of = Some(Source { revision, diagram, project: project.clone() });
        true
    }

    /// Large diagrams are laid out elsewhere, by whoever asks for [`request`](Self::request);
    /// without this everything is made at once.
    pub(super) fn defer_large(&mut self) {
        self.defers_large = true;
    }

    /// The version whose layout is still to be made elsewhere: its revision and diagram.
    pub fn due(&self) -> Option<(u64, DiagramId)> {
        let source = self.made_of.as_ref().filter(|_| self.is_draft && self.defers_large)?;
        Some((source.revision, source.diagram))
    }

    /// The layout that is still to be made elsewhere.
    pub fn request(&self) -> Option<LayoutRequest> {
        let source = self.made_of.as_ref().filter(|_| self.is_draft && self.defers_large)?;
        Some(LayoutRequest {
            revision: source.revision,
            diagram: source.diagram,
            project: source.project.clone(),
        })
    }

    /// Takes a layout over, unless it is of another version than the one at hand.
    pub(super) fn accept(&mut self, made: LaidOut) -> bool {
        let is_current = self.made_of.as_ref().is_some_and(|source| {
            source.revision == made.revision && source.diagram == made.diagram
        });
        if is_current {
            self.replace(made.layout, &Parts::default());
            self.hits = Hits::ready(made.hits);
        }
        is_current
    }

    /// Whether the layout is not final: lines may still make room for each other.
    pub fn is_draft(&self) -> bool {
        self.is_draft
    }

    /// Whether the cards of the layout are what the project shows, as large as they are.
    pub(super) fn has_all_cards(&self) -> bool {
        !self.lacks_cards
    }

    /// Whether it takes too long to lay that project out while a person waits.
    pub(super) fn is_large(&self, project: &Project) -> bool {
        let n_cards = project.model.entities().len() + project.model.enumerations().len();
        self.defers_large && n_cards > SMALL
    }

    fn may_patch(&self, document: &Document) -> bool {
        document.is_in_transaction() || self.is_large(document.project())
    }

    fn patch(&mut self, project: &Project, shown: &Diagram, parts: &Parts) {
        if parts.is_empty() {
            return;
        }
        let Some(source) = &self.made_of else { return };
        self.hits.prepare(&source.project.model, &self.layout);
        let layout = Arc::make_mut(&mut self.layout);
        let n_cards = layout.cards.len();
        let patched = patch(layout, &self.hits, &source.project, project, shown, parts);
        self.version += 1;
        if !parts.gone.is_empty() || layout.cards.len() != n_cards {
            self.touched.numbered = self.version;
        }
        let mut touched = patched.clone();
        touched.nodes.extend(&parts.recolored);
        self.touched.push(self.version, touched);
        for node in patched.nodes.iter().chain(&parts.recolored) {
            self.stamps.nodes.insert(*node, self.version);
        }
        for line in &patched.lines {
            self.stamps.lines.insert(*line, self.version);
        }
        self.hits.update(&project.model, &self.layout, patched);
        self.is_draft = true;
    }

    fn lay_out(&mut self, project: &Project, shown: &Diagram, parts: Option<&Parts>) {
        let made = layout(&project.model, shown);
        if let Some(parts) = parts {
            self.replace(made, parts);
        } else {
            self.stamps = Stamps { base: self.version + 1, ..Stamps::default() };
            self.replace(made, &Parts::default());
            self.touched = Touched::since(self.version);
        }
        self.hits = Hits::default();
        self.hits.prepare(&project.model, &self.layout);
    }

    /// Nothing is shown of another diagram, or of what has changed all over, until it is laid out.
    fn forget(&mut self, is_other: bool) {
        if is_other {
            self.layout = Arc::default();
            self.hits = Hits::ready(HitIndex::default());
        }
        self.version += 1;
        self.touched = Touched::since(self.version);
        self.stamps = Stamps { base: self.version, ..Stamps::default() };
        self.is_draft = true;
        self.lacks_cards = true;
    }

    /// Puts a final layout in place; what is drawn as before keeps its stamp.
    fn replace(&mut self, made: Layout, parts: &Parts) {
        self.version += 1;
        let mut touched = Patched::default();
        for (node, card) in &made.cards {
            let is_new = parts.reworded.contains(node) || parts.recolored.contains(node);
            if is_new || self.layout.cards.get(node) != Some(card) {
                touched.nodes.insert(*node);
            }
        }
        for (id, line) in &made.lines {
            if parts.lines.contains(id) || self.layout.lines.get(id) != Some(line) {
                touched.lines.insert(*id);
            }
        }
        let version = self.version;
        self.stamps.nodes.extend(touched.nodes.iter().map(|node| (*node, version)));
        self.stamps.lines.extend(touched.lines.iter().map(|line| (*line, version)));
        let was = &self.layout;
        touched.nodes.extend(was.cards.keys().filter(|node| !made.cards.contains_key(*node)));
        touched.lines.extend(was.lines.keys().filter(|line| !made.lines.contains_key(*line)));
        if !has_same_order(&was.cards, &made.cards, &touched.nodes)
            || !has_same_order(&was.lines, &made.lines, &touched.lines)
        {
            self.touched = Touched::since(version);
        } else if !was.cards.keys().eq(made.cards.keys()) {
            self.touched.numbered = version;
        }
        self.touched.push(version, touched);
        self.layout = Arc::new(made);
        self.is_draft = false;
        self.lacks_cards = false;
    }

    /// Where everything stands.
    pub fn layout(&self) -> &Arc<Layout> {
        &self.layout
    }

    /// Grows with every change of the layout or of what is drawn.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// What has come, gone or changed since a version, when all other cards stand where they stood,
    /// all other lines run as they ran, and both are in the same order.
    pub fn touched_since(&self, version: u64) -> Option<impl Iterator<Item = &Patched> + '_> {
        self.touched.after(version)
    }

    /// Whether since a version no card came or went, or stands elsewhere in the list of them.
    pub fn has_numbers_of(&self, version: u64) -> bool {
        self.touched.numbered <= version
    }

    /// The version at which the drawing of a card changed last.
    pub fn node_stamp(&self, node: NodeId) -> u64 {
        self.stamps.nodes.get(&node).copied().unwrap_or_default().max(self.stamps.base)
    }

    /// The version at which the drawing of a line changed last.
    pub fn line_stamp(&self, line: LineId) -> u64 {
        self.stamps.lines.get(&line).copied().unwrap_or_default().max(self.stamps.base)
    }

    /// What is under a point.
    pub fn hits(&self) -> &Hits {
        &self.hits
    }

    /// Places for the cards and notes that have none of their own: a few cards go beside what they
    /// hang together with, many where the layout put them.
    pub(super) fn computed_places(&self, document: &Document, diagram: DiagramId) -> Arrangement {
        let project = document.project();
        let mut computed = Arrangement::default();
        let Some(shown) = project.diagram(diagram) else { return computed };
        let notes = self.layout.notes.iter().filter(|(note, _)| !shown.notes.contains_key(*note));
        computed.notes.extend(notes.map(|(note, rect)| (*note, *rect)));
        let is_placed = |node: &NodeId| shown.placements.contains_key(node);
        if self.layout.cards.keys().all(is_placed) {
            return computed;
        }
        let (old, new): (Vec<_>, Vec<_>) =
            self.layout.cards.iter().partition(|(node, _)| is_placed(node));
        if old.is_empty() || new.len() > FEW {
            computed.nodes.extend(new.into_iter().map(|(node, card)| (*node, card.rect.origin())));
            return computed;
        }
        let mut room = Room::around(old.iter().map(|(_, card)| card.rect).collect());
        let graph = project.model.graph();
        for (node, card) in new {
            let neighbors = graph.neighbors(*node).into_iter();
            let beside = neighbors
                .filter(is_placed)
                .find_map(|neighbor| Some(self.layout.cards.get(&neighbor)?.rect));
            let wanted = match beside {
                Some(rect) => Point::new(rect.x1 + GAP_ACROSS, rect.y0),
                None => card.rect.origin(),
            };
            let at = room.nearest_free(card.rect.size(), wanted, None);
            room.take(Rect::from_origin_size(at, card.rect.size()));
            computed.nodes.insert(*node, at);
        }
        computed
    }

    /// The findings that were accepted last.
    pub fn findings(&self) -> &Arc<Vec<Finding>> {
        &self.findings
    }

    /// How many errors, warnings and remarks are among the findings.
    pub fn problem_counts(&self) -> (usize, usize, usize) {
        self.problem_counts
    }

    /// Takes findings of a revision of the meaning over, unless they are older than those at hand.
    pub(super) fn accept_findings(&mut self, revision: u64, findings: Vec<Finding>) {
        if self.checked.is_none_or(|checked| checked < revision) {
            self.checked = Some(revision);
            let count = |severity| {
                findings.iter().filter(|one| one.diagnostic.severity == severity).count()
            };
            self.problem_counts =
                (count(Severity::Error), count(Severity::Warning), count(Severity::Info));
            self.findings = Arc::new(findings);
        }
    }

    /// Makes the findings here and now.
    pub(super) fn check_now(&mut self, document: &Document) {
        let project = document.project();
        let findings = check(&project.model, &project.settings.target);
        self.accept_findings(document.meaning_revision(), findings);
    }
}
