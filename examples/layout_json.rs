//! Lays out a graph read from JSON, for comparing the engines with others.
//!
//! `cargo run --release --example layout_json -- GRAPH.json DRAWING.json [--engine NAME]
//! [--first] [--areas]`
//!
//! `--first` stops at the first picture; `--areas` takes the groups of a graph for areas, which keep
//! others out of their frames, else they are names only.
//!
//! The graph: `{nodes: [{id, w, h, rows: [name], group?}], edges: [{from, from_row, to, to_row}]}`, where a
//! card is a header of 32 units over rows of 22. The drawing: `{nodes: {id: {x, y}}, edges: [{id, from, to,
//! points}]}`, where the `id` of an edge is its place in the graph, and what it took.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context as _, bail};
use indexmap::IndexMap;
use lunette::base::geom::{Point, Size};
use lunette::layout::ends::EndMark;
use lunette::layout::engines::{self, Engine, Sketch, SketchLink};
use lunette::layout::routing::orthogonal::orthogonal_paths;
use lunette::layout::routing::{Effort, Path};
use lunette::layout::spatial::RectIndex;
use lunette::layout::work::{Quality, Work};
use serde::{Deserialize, Serialize};

/// Height of a card's header.
const HEADER: f64 = 32.0;
/// Height of a row.
const ROW: f64 = 22.0;
/// So long all is repeated, at least once, to measure what one time takes.
const MEASURED_MS: f64 = 60.0;

#[derive(Debug, Deserialize)]
struct Graph {
    nodes: Vec<Node>,
    edges: Vec<Edge>,
}

#[derive(Debug, Deserialize)]
struct Node {
    id: String,
    w: f64,
    h: f64,
    group: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Edge {
    from: String,
    from_row: Option<f64>,
    to: String,
    to_row: Option<f64>,
}

#[derive(Debug, Serialize)]
struct Drawing<'a> {
    nodes: BTreeMap<&'a str, Corner>,
    edges: Vec<Drawn<'a>>,
    wall_ms: f64,
    cpu_ms: f64,
}

#[derive(Debug, Serialize)]
struct Corner {
    x: f64,
    y: f64,
}

#[derive(Debug, Serialize)]
struct Drawn<'a> {
    id: usize,
    from: &'a str,
    to: &'a str,
    points: Vec<[f64; 2]>,
}

/// What was asked for on the command line.
struct Arguments {
    graph: PathBuf,
    drawing: PathBuf,
    engine: Engine,
    quality: Quality,
    groups: Groups,
}

/// What the groups of a graph are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Groups {
    /// Names only.
    Names,
    /// Areas, each in a frame that keeps others out.
    Areas,
}

fn main() -> anyhow::Result<()> {
    let arguments = arguments()?;
    let text = fs::read_to_string(&arguments.graph)
        .with_context(|| format!("cannot read {}", arguments.graph.display()))?;
    let graph: Graph = serde_json::from_str(&text).context("this is no graph")?;
    let sketch = sketch(&graph, arguments.groups)?;
    let work = Work::unwatched(arguments.quality);
    let (places, paths) = drawn(&sketch, &arguments.engine, &work);
    let (wall_ms, cpu_ms) = measured(|| drawn(&sketch, &arguments.engine, &work));
    let drawing = Drawing {
        nodes: graph
            .nodes
            .iter()
            .zip(&places)
            .map(|(node, place)| (node.id.as_str(), Corner { x: place.x, y: place.y }))
            .collect(),
        edges: graph
            .edges
            .iter()
            .zip(&paths)
            .enumerate()
            .map(|(id, (edge, path))| Drawn {
                id,
                from: &edge.from,
                to: &edge.to,
                points: path.points.iter().map(|point| [point.x, point.y]).collect(),
            })
            .collect(),
        wall_ms,
        cpu_ms,
    };
    fs::write(&arguments.drawing, serde_json::to_string(&drawing)?)
        .with_context(|| format!("cannot write {}", arguments.drawing.display()))
}

fn arguments() -> anyhow::Result<Arguments> {
    let mut files = Vec::new();
    let mut engine = engines::DEFAULT;
    let mut quality = Quality::Full;
    let mut groups = Groups::Names;
    let mut rest = std::env::args().skip(1);
    while let Some(argument) = rest.next() {
        if argument == "--engine" {
            let name = rest.next().unwrap_or_default();
            let Some(found) = engines::engine(&name) else { bail!("unknown engine `{name}`") };
            engine = *found;
        } else if argument == "--first" {
            quality = Quality::First;
        } else if argument == "--areas" {
            groups = Groups::Areas;
        } else {
            files.push(PathBuf::from(argument));
        }
    }
    let [graph, drawing] = files.as_slice() else {
        bail!("usage: layout_json GRAPH.json DRAWING.json [--engine NAME] [--first] [--areas]");
    };
    Ok(Arguments { graph: graph.clone(), drawing: drawing.clone(), engine, quality, groups })
}

/// What an engine needs to know of a graph.
fn sketch(graph: &Graph, groups: Groups) -> anyhow::Result<Sketch> {
    let number_from_id: IndexMap<&str, usize> =
        graph.nodes.iter().enumerate().map(|(number, node)| (node.id.as_str(), number)).collect();
    let number = |id: &str| {
        number_from_id.get(id).copied().with_context(|| format!("no node is called `{id}`"))
    };
    let offset = |row: Option<f64>| row.map_or(HEADER / 2.0, |row| HEADER + ROW * (row + 0.5));
    let links = graph.edges.iter().map(|edge| {
        Ok(SketchLink {
            from: number(&edge.from)?,
            to: number(&edge.to)?,
            from_offset: offset(edge.from_row),
            to_offset: offset(edge.to_row),
            weight: 1.0,
            label: 0.0,
            marks: (EndMark::Choice, EndMark::Choice),
        })
    });
    Ok(Sketch {
        sizes: graph.nodes.iter().map(|node| Size::new(node.w, node.h)).collect(),
        links: links.collect::<anyhow::Result<_>>()?,
        groups: match groups {
            Groups::Areas => areas(graph),
            Groups::Names => vec![None; graph.nodes.len()],
        },
    })
}

/// Places of the cards and ways of the lines.
fn drawn(sketch: &Sketch, engine: &Engine, work: &Work<'_>) -> (Vec<Point>, Vec<Path>) {
    let places = (engine.place)(sketch, work);
    let rects = sketch.rects(&places);
    let connections = sketch.connections(&rects);
    let effort = match work.quality {
        Quality::First => Effort::Around,
        Quality::Full => Effort::Best,
    };
    let paths = orthogonal_paths(&connections, &[], &RectIndex::new(rects), effort);
    (places, paths)
}

/// The group of each node, by number.
fn areas(graph: &Graph) -> Vec<Option<usize>> {
    let mut number_from_name: IndexMap<&str, usize> = IndexMap::new();
    let mut groups = Vec::new();
    for node in &graph.nodes {
        groups.push(node.group.as_deref().map(|name| {
            let next = number_from_name.len();
            *number_from_name.entry(name).or_insert(next)
        }));
    }
    groups
}

/// What one time takes, in milliseconds by the clock and of the processor.
fn measured<T>(mut work: impl FnMut() -> T) -> (f64, f64) {
    let (start, busy) = (Instant::now(), busy_ms());
    let mut n_times = 0;
    let mut wall = 0.0;
    while n_times == 0 || wall < MEASURED_MS {
        work();
        n_times += 1;
        wall = start.elapsed().as_secs_f64() * 1e3;
    }
    let cpu = busy.zip(busy_ms()).map_or(wall, |(before, after)| after - before);
    (wall / f64::from(n_times), cpu / f64::from(n_times))
}

/// How long the processor has worked for this thread so far, where the system says so.
fn busy_ms() -> Option<f64> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = text.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds / 1e6)
}
