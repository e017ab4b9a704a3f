//! Pictures in a browser: whatever the names of a model say, none of it runs.

use std::fs;

use lunette::document::project::Project;
use lunette::export::{PictureOptions, picture};
use lunette::render::{self, ImageOptions};

use crate::models::hostile::{hostile_names, hostile_project_of};
use crate::support::chromium::page_after_scripts;
use crate::support::temporary_folder;

/// The script that every text below tries to bring in.
const SCRIPT: &str = "document.documentElement.setAttribute('data-ran','yes')";

/// What it leaves in the markup when it runs; no text says it so.
const MARK: &str = "data-ran=\"yes\"";

/// Ways out of text, of an attribute, of a comment, of CDATA, of a style and of an address.
fn attempts() -> Vec<String> {
    let ways = [
        "<script>SCRIPT</script>",
        "</text></g></svg><script>SCRIPT</script>",
        "</title></desc><script>SCRIPT</script>",
        "</style><script>SCRIPT</script>",
        "]]><script>SCRIPT</script><![CDATA[",
        "--><script>SCRIPT</script><!--",
        "&lt;script&gt;SCRIPT&lt;/script&gt;",
        "\"><script>SCRIPT</script>",
        "\" onload=\"SCRIPT\" x=\"",
        "' onload='SCRIPT' x='",
        "<image href=\"x:\" onerror=\"SCRIPT\"/>",
        "<img src=x: onerror=\"SCRIPT\">",
        "<animate onbegin=\"SCRIPT\" attributeName=\"x\" dur=\"1s\"/>",
        "<set attributeName=\"onload\" to=\"SCRIPT\"/>",
        "<foreignObject><body onload=\"SCRIPT\"/></foreignObject>",
        "<use href=\"data:image/svg+xml,<svg id='x' onload='SCRIPT'/>#x\"/>",
        "<!ENTITY x \"<script>SCRIPT</script>\">&x;",
        "<?xml-stylesheet href=\"javascript:SCRIPT\"?>",
        "javascript:SCRIPT",
    ];
    ways.iter().map(|way| way.replace("SCRIPT", SCRIPT)).collect()
}

fn svg_of(project: &Project) -> String {
    let scene = picture(project, project.first_diagram().unwrap(), &PictureOptions::default());
    let format = render::format_named("svg").unwrap();
    String::from_utf8((format.render)(&scene, &ImageOptions::default(), &mut |_| {}).unwrap())
        .unwrap()
}

/// The markup of an SVG file, and of a page into which it is pasted, after all scripts.
fn opened_both_ways(svg: &str) -> [String; 2] {
    let folder = temporary_folder();
    let pages = [
        ("picture.svg", svg.to_owned()),
        ("page.html", format!("<!doctype html><meta charset=utf-8>{svg}")),
    ];
    pages.map(|(name, text)| {
        let page = folder.path().join(name);
        fs::write(&page, text).unwrap();
        page_after_scripts(&page).unwrap()
    })
}

#[test]
fn a_script_that_runs_is_noticed() {
    let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>{SCRIPT}</script></svg>");
    for markup in opened_both_ways(&svg) {
        assert!(markup.contains(MARK), "the script left no mark: {markup}");
    }
}

#[test]
fn no_name_runs_as_a_script_in_a_picture() {
    let names = [attempts(), hostile_names()].concat();
    let svg = svg_of(&hostile_project_of(&names));
    for markup in opened_both_ways(&svg) {
        assert!(!markup.contains(MARK), "a script ran");
        assert!(!markup.contains("<script"), "a script came in");
        assert!(markup.contains("&lt;script&gt;"), "the names are in the picture as texts");
    }
}
