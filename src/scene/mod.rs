//! The display list: the last stop before pixels. The window and every picture draw the same one.
//!
//! Reading order: this file (what there is to draw), [`target`] (what a drawn thing stands for),
//! [`theme`] (colors), [`icons`], then one file per glyph: [`entity_card`], [`enumeration_card`],
//! [`reference_line`] with [`notations`], [`note_card`], [`area_frame`]; [`build`] puts them
//! together, and [`hit`] finds what is under a point. Must not know how anything is painted or
//! written.

pub mod area_frame;
pub mod build;
pub mod card_row;
pub mod entity_card;
pub mod enumeration_card;
pub mod hit;
pub mod icons;
pub mod notations;
pub mod note_card;
pub mod reference_line;
pub mod target;
pub mod theme;

use crate::base::color::Color;
use crate::base::font::{FontFace, TextMeasurer};
use crate::base::geom::{BezPath, Point, Rect, Shape as _, Vec2};
use crate::scene::icons::Icon;
use crate::scene::target::Target;

/// All of a picture, in the order in which it is painted.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Name of the picture.
    pub title: String,
    /// What it shows, in a sentence, for those who cannot see it.
    pub description: String,
    /// What of the world the picture shows; all items are inside.
    pub bounds: Rect,
    /// The color behind everything.
    pub ground: Color,
    /// What is painted, the first below the others.
    pub items: Vec<Item>,
}

/// Something painted.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// Items that belong together.
    Group(Group),
    /// A rectangle.
    Rect(RectItem),
    /// A line or shape.
    Path(PathItem),
    /// One line of text.
    Text(TextItem),
    /// A small sign.
    Icon(IconItem),
}

/// Items that belong together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// What they stand for.
    pub target: Option<Target>,
    /// What that is called, for those who cannot see it.
    pub label: String,
    /// How far its items are moved from where they say.
    pub offset: Vec2,
    /// What is painted, the first below the others.
    pub items: Vec<Item>,
}

/// A rectangle, its corners rounded.
#[derive(Clone, Debug, PartialEq)]
pub struct RectItem {
    /// Where it is.
    pub rect: Rect,
    /// Radius of the upper corners.
    pub top_radius: f64,
    /// Radius of the lower corners.
    pub bottom_radius: f64,
    /// What it is painted with.
    pub paint: Paint,
}

/// A line or shape.
#[derive(Clone, Debug, PartialEq)]
pub struct PathItem {
    /// Where it runs.
    pub path: BezPath,
    /// What it is painted with.
    pub paint: Paint,
}

/// One line of text.
///
/// - `text` holds no control characters.
#[derive(Clone, Debug, PartialEq)]
pub struct TextItem {
    /// Where its anchor stands, on the baseline.
    pub position: Point,
    /// Which part of it stands there.
    pub anchor: Anchor,
    /// The font.
    pub face: FontFace,
    /// Font size.
    pub size: f64,
    /// Its color.
    pub color: Color,
    /// What it says.
    pub text: String,
}

/// A small sign.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IconItem {
    /// Where its middle stands.
    pub center: Point,
    /// What it shows.
    pub icon: Icon,
    /// Its color.
    pub color: Color,
}

/// Which part of a text stands at its position.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Anchor {
    /// Its beginning.
    #[default]
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// What a shape is painted with.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Paint {
    /// The color inside.
    pub fill: Option<Color>,
    /// The line around it.
    pub stroke: Option<Stroke>,
}

/// A painted line; its ends and corners are round.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Its color.
    pub color: Color,
    /// Its width.
    pub width: f64,
    /// Lengths of its dashes and of the gaps between them; none is a line without gaps.
    pub dash: Option<(f64, f64)>,
}

impl Scene {
    /// Only what touches that part of it.
    #[must_use]
    pub fn cropped(self, part: Rect) -> Self {
        let touches = |item: &Item| item.extent().overlaps(part);
        let items = self.items.into_iter().filter(touches).collect();
        Self { bounds: part, items, ..self }
    }
}

impl Item {
    /// A rectangle that holds all that it paints.
    pub fn extent(&self) -> Rect {
        let extent = match self {
            Self::Group(group) => return group.extent(),
            Self::Rect(item) => item.rect,
            Self::Path(item) => item.path.bounding_box(),
            Self::Text(item) => item.extent(),
            Self::Icon(item) => Rect::from_center_size(item.center, (icons::SIZE, icons::SIZE)),
        };
        // Half the widest stroke, and some for good measure.
        extent.inflate(2.0, 2.0)
    }
}

impl TextItem {
    /// A rectangle that holds its letters.
    pub fn extent(&self) -> Rect {
        let width = TextMeasurer::shared().width(&self.text, self.face, self.size);
        let line = TextMeasurer::shared().line(self.face, self.size);
        let x = match self.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => -width / 2.0,
            Anchor::End => -width,
        };
        Rect::new(x, -line.ascent, x + width, line.descent) + self.position.to_vec2()
    }
}

impl Paint {
    /// Filled, without a line.
    pub fn fill(color: Color) -> Self {
        Self { fill: Some(color), stroke: None }
    }

    /// A line, not filled.
    pub fn stroke(color: Color, width: f64) -> Self {
        Self { fill: None, stroke: Some(Stroke { color, width, dash: None }) }
    }

    /// A dashed line, not filled.
    pub fn dashed(color: Color, width: f64, dash: (f64, f64)) -> Self {
        Self { fill: None, stroke: Some(Stroke { color, width, dash: Some(dash) }) }
    }

    /// The same, filled as well.
    #[must_use]
    pub fn filled(self, color: Color) -> Self {
        Self { fill: Some(color), ..self }
    }
}

impl Group {
    /// What stands for that, without items yet.
    pub fn of(target: Target, label: impl Into<String>) -> Self {
        Self { target: Some(target), label: label.into(), ..Self::default() }
    }

    /// A rectangle that holds all that it paints.
    pub fn extent(&self) -> Rect {
        let extents = self.items.iter().map(Item::extent);
        extents.reduce(|a, b| a.union(b)).unwrap_or_default() + self.offset
    }

    /// Paints a rectangle on top, all its corners of one radius.
    pub fn rect(&mut self, rect: Rect, radius: f64, paint: Paint) {
        let item = RectItem { rect, top_radius: radius, bottom_radius: radius, paint };
        self.items.push(Item::Rect(item));
    }

    /// Paints a line or shape on top.
    pub fn path(&mut self, path: BezPath, paint: Paint) {
        self.items.push(Item::Path(PathItem { path, paint }));
    }

    /// Paints a straight line on top.
    pub fn line(&mut self, from: Point, to: Point, paint: Paint) {
        let mut path = BezPath::new();
        path.move_to(from);
        path.line_to(to);
        self.path(path, paint);
    }

    /// Paints a small sign on top.
    pub fn icon(&mut self, icon: Icon, center: Point, color: Color) {
        self.items.push(Item::Icon(IconItem { center, icon, color }));
    }

    /// Writes a text on top.
    pub fn text(&mut self, text: TextItem) {
        if !text.text.is_empty() {
            self.items.push(Item::Text(text));
        }
    }
}
