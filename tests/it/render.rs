//! Pictures: names stay data, pixels are what the theme says, the same scene gives the same bytes.

use std::collections::BTreeSet;

use lunette::base::color::Color;
use lunette::base::font::display_text;
use lunette::base::geom::Rect;
use lunette::export::{self, PictureOptions, picture};
use lunette::model::area::ColorToken;
use lunette::model::data_type::DataType;
use lunette::model::reference::Cardinality::{ExactlyOne, ZeroOrMore};
use lunette::render::png::{largest_scale, pixel_size};
use lunette::render::{self, Background, ImageOptions, RenderError};
use lunette::scene::Scene;
use lunette::scene::build::{SceneContext, scene};
use lunette::scene::theme::{Theme, ThemeKind};
use resvg::tiny_skia::Pixmap;
use resvg::usvg::roxmltree;

use crate::scene::stage;
use crate::support::builder::Builder;
use crate::support::hostile::{hostile_names, hostile_project};
use crate::support::kitchen_sink;

fn drawn(format: &str, scene: &Scene, options: &ImageOptions) -> Vec<u8> {
    let format = render::format_named(format).unwrap();
    (format.render)(scene, options, &mut |_| {}).unwrap()
}

fn kitchen_sink_scene(theme: ThemeKind) -> Scene {
    let project = kitchen_sink();
    let options = PictureOptions { theme, ..PictureOptions::default() };
    picture(&project, project.first_diagram().unwrap(), &options)
}

fn stage_scene(theme: &Theme) -> Scene {
    let stage = stage(ZeroOrMore, ExactlyOne);
    let cx = SceneContext::new(&stage.project.model, &stage.diagram, &stage.layout, theme);
    scene(&cx, "")
}

fn pixel(pixels: &Pixmap, x: u32, y: u32) -> Color {
    let color = pixels.pixel(x, y).unwrap().demultiply();
    Color { red: color.red(), green: color.green(), blue: color.blue(), alpha: color.alpha() }
}

#[test]
fn the_same_scene_gives_the_same_bytes() {
    for format in render::ALL {
        let scene = stage_scene(&Theme::light());
        let options = ImageOptions::default();
        let (first, second) =
            (drawn(format.id, &scene, &options), drawn(format.id, &scene, &options));
        assert_eq!(first, second, "{}", format.id);
    }
}

#[test]
fn hostile_names_stay_data_in_a_picture() {
    let project = hostile_project();
    let diagram = project.first_diagram().unwrap();
    let scene = picture(&project, diagram, &PictureOptions::default());
    let svg = String::from_utf8(drawn("svg", &scene, &ImageOptions::default())).unwrap();
    let document = roxmltree::Document::parse(&svg).unwrap();
    let elements = ["svg", "title", "desc", "style", "defs", "path", "rect", "g", "text", "use"];
    let attributes: BTreeSet<&str> = "viewBox width height role font-family fill fill-opacity \
        stroke stroke-width stroke-opacity stroke-dasharray stroke-linecap stroke-linejoin id \
        transform d x y rx href font-size font-weight text-anchor textLength lengthAdjust space"
        .split_whitespace()
        .collect();
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        assert!(elements.contains(&node.tag_name().name()), "{:?}", node.tag_name());
        for attribute in node.attributes() {
            assert!(attributes.contains(attribute.name()), "{attribute:?}");
            let is_safe = |c: char| c.is_ascii_alphanumeric() || " .,#-_()".contains(c);
            assert!(attribute.value().chars().all(is_safe), "{attribute:?}");
        }
    }
    let texts: BTreeSet<String> = document
        .descendants()
        .filter(|node| matches!(node.tag_name().name(), "text" | "title"))
        .map(|node| node.text().unwrap_or_default().trim().to_owned())
        .collect();
    for name in hostile_names().iter().filter(|name| name.len() < 16) {
        let shown = display_text(name);
        assert!(texts.iter().any(|text| text.contains(shown.trim())), "{name:?} is not shown");
    }
    assert!(drawn("pdf", &scene, &ImageOptions::default()).starts_with(b"%PDF"));
}

#[test]
fn characters_that_our_fonts_lack_are_boxes_in_pixels_and_texts_in_svg() {
    let mut build = Builder::new("名前 👩‍👩‍👧");
    let entity = build.table("用户");
    build.field(entity, "имя_名", DataType::STRING);
    let diagram = build.project.first_diagram().unwrap().clone();
    let scene = picture(&build.project, &diagram, &PictureOptions::default());
    let svg = String::from_utf8(drawn("svg", &scene, &ImageOptions::default())).unwrap();
    assert!(svg.contains(">用户</text>"), "{svg}");
    assert!(svg.contains("textLength="), "foreign glyphs are told to fit");
    for format in ["png", "pdf"] {
        assert!(!drawn(format, &scene, &ImageOptions::default()).is_empty());
    }
}

#[test]
fn pixels_are_what_the_theme_says() {
    for theme in ThemeKind::ALL.map(Theme::of) {
        let scene = stage_scene(&theme);
        let png = drawn("png", &scene, &ImageOptions { scale: 2.0, ..ImageOptions::default() });
        let pixels = Pixmap::decode_png(&png).unwrap();
        let size = (scene.bounds.width() * 2.0, scene.bounds.height() * 2.0);
        assert_eq!((f64::from(pixels.width()), f64::from(pixels.height())), size);
        assert_eq!(pixel(&pixels, 0, 0), theme.canvas);
        let at = |x: f64, y: f64| {
            let (left, top) = (scene.bounds.x0, scene.bounds.y0);
            pixel(&pixels, ((x - left) * 2.0) as u32, ((y - top) * 2.0) as u32)
        };
        let teal = theme.shade(ColorToken::Teal);
        assert_eq!(at(8.0, 50.0), theme.surface, "the body of a card");
        assert_eq!(at(402.0, 16.0), teal.band, "a header in the color of its area");
        assert_eq!(at(380.0, 190.0), teal.frame, "the inside of an area");
    }
}

#[test]
fn a_transparent_picture_has_no_ground() {
    let scene = stage_scene(&Theme::light());
    let options = ImageOptions { background: Background::Transparent, scale: 1.0 };
    let pixels = Pixmap::decode_png(&drawn("png", &scene, &options)).unwrap();
    assert_eq!(pixels.pixel(0, 0).unwrap().alpha(), 0);
    let svg = String::from_utf8(drawn("svg", &scene, &options)).unwrap();
    let ground = format!("<rect fill=\"{}\" x", scene.ground.hex());
    assert!(!svg.contains(&ground));
    let opaque = drawn("svg", &scene, &ImageOptions::default());
    assert!(String::from_utf8(opaque).unwrap().contains(&ground));
}

#[test]
fn too_large_a_picture_is_refused_with_the_largest_scale() {
    let mut scene = stage_scene(&Theme::light());
    scene.bounds = Rect::new(0.0, 0.0, 20_000.0, 12_345.0);
    let format = render::format_named("PNG").unwrap();
    let options = ImageOptions { scale: 4.0, ..ImageOptions::default() };
    let error = (format.render)(&scene, &options, &mut |_| {}).unwrap_err();
    let largest = largest_scale(&scene);
    assert!(error.to_string().contains(&largest.to_string()), "{error}");
    assert!(pixel_size(&scene, largest).is_ok());
    assert!(pixel_size(&scene, largest + 0.02).is_err());
    for scale in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(matches!(pixel_size(&scene, scale), Err(RenderError::BadScale(_))));
    }
}

#[test]
fn everything_a_model_can_say_is_drawn_in_every_format() {
    for theme in ThemeKind::ALL {
        let scene = kitchen_sink_scene(theme);
        let svg = String::from_utf8(drawn("svg", &scene, &ImageOptions::default())).unwrap();
        let document = roxmltree::Document::parse(&svg).unwrap();
        let ids: Vec<_> = document.descendants().filter_map(|node| node.attribute("id")).collect();
        let distinct: BTreeSet<_> = ids.iter().collect();
        assert_eq!(ids.len(), distinct.len(), "ids are unique");
        let pdf = drawn("pdf", &scene, &ImageOptions::default());
        assert!(pdf.starts_with(b"%PDF-") && pdf.ends_with(b"%%EOF"));
    }
}

#[test]
fn an_empty_project_and_far_flung_cards_are_drawn_too() {
    let mut build = Builder::new("Far");
    let diagram = build.project.first_diagram().unwrap().clone();
    let empty = picture(&build.project, &diagram, &PictureOptions::default());
    let (near, far) = (build.table("near"), build.table("far"));
    build.place(near, -4e6, -4e6);
    build.place(far, 4e6, 4e6);
    let diagram = build.project.first_diagram().unwrap().clone();
    let wide = picture(&build.project, &diagram, &PictureOptions::default());
    for format in ["svg", "pdf"] {
        assert!(!drawn(format, &empty, &ImageOptions::default()).is_empty());
        assert!(!drawn(format, &wide, &ImageOptions::default()).is_empty());
    }
    assert!(!drawn("png", &empty, &ImageOptions::default()).is_empty());
    assert!(matches!(pixel_size(&wide, 1.0), Err(RenderError::TooLarge { .. })));
}

#[test]
fn a_part_of_a_picture_holds_what_touches_it() {
    let project = kitchen_sink();
    let diagram = project.first_diagram().unwrap();
    let whole = picture(&project, diagram, &PictureOptions::default());
    let part = Rect::new(0.0, 0.0, 200.0, 150.0);
    let options = PictureOptions { part: Some(part), ..PictureOptions::default() };
    let cropped = picture(&project, diagram, &options);
    assert_eq!(cropped.bounds, part);
    assert!(!cropped.items.is_empty() && cropped.items.len() < whole.items.len() / 2);
    assert_eq!(pixel_size(&cropped, 3.0), Ok((600, 450)));
}

#[test]
fn every_way_out_has_a_name_of_its_own() {
    let ids: Vec<_> = export::targets().map(export::Target::id).collect();
    let distinct: BTreeSet<_> = ids.iter().collect();
    assert_eq!(ids.len(), distinct.len());
    assert!(ids.ends_with(&["svg", "png", "pdf"]));
    assert!(export::targets().all(|target| !target.summary().is_empty()));
}
