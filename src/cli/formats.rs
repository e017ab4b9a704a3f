//! `lunette formats`: what can be read, written and drawn, with options and what each can carry.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::cli::OutputFormat;
use crate::cli::failure::{Failure, Status};
use crate::cli::terminal;
use crate::formats::FormatInfo;
use crate::formats::feature::Feature;
use crate::formats::options::{OptionInfo, OptionValues};
use crate::formats::property::{Bearer, PropertyInfo};
use crate::formats::registry::{EXPORTERS, IMPORTERS};
use crate::render::{self, ImageFormat};

/// Arguments of `formats`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Text for people, or JSON for programs
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

/// Lists the registries.
pub fn run(arguments: &Arguments) -> Result<Status, Failure> {
    let listing = match arguments.format {
        OutputFormat::Text => as_text(),
        OutputFormat::Json => format!("{:#}\n", as_json()),
    };
    terminal::print(listing.as_bytes())?;
    Ok(Status::Done)
}

fn importers() -> impl Iterator<Item = &'static FormatInfo> {
    IMPORTERS.iter().map(|importer| importer.info())
}

fn exporters() -> impl Iterator<Item = &'static FormatInfo> {
    EXPORTERS.iter().map(|exporter| exporter.info())
}

fn as_text() -> String {
    let mut text = "Import formats\n".to_owned();
    importers().for_each(|info| write_format(&mut text, info));
    text.push_str("\nExport targets\n");
    exporters().for_each(|info| write_format(&mut text, info));
    text.push_str("\nImage formats\n");
    for ImageFormat { id, name, summary, .. } in &render::ALL {
        let _ = writeln!(text, "\n  {id:<12} {name}: {summary}");
    }
    text
}

fn write_format(text: &mut String, info: &FormatInfo) {
    let _ = writeln!(text, "\n  {:<12} {}: {}", info.id, info.name, info.summary);
    for option in info.options {
        let OptionInfo { key, summary, values, default } = option;
        let _ = writeln!(text, "    --set {key}={default}");
        let _ = writeln!(text, "        {summary} ({})", values.describe());
    }
    for PropertyInfo { of, option } in info.properties {
        let OptionInfo { key, summary, values, .. } = option;
        let _ = writeln!(text, "    property `{key}` of {}", bearer_phrase(*of));
        let _ = writeln!(text, "        {summary} ({})", values.describe());
    }
    if !info.losses.is_empty() {
        text.push_str("    It cannot carry everything:\n");
    }
    for loss in info.losses {
        let _ = writeln!(text, "        {} {}", loss.feature.describe(), loss.outcome);
    }
}

fn bearer_phrase(bearer: Bearer) -> &'static str {
    match bearer {
        Bearer::Entity => "an entity",
        Bearer::Field => "a field",
    }
}

fn as_json() -> Value {
    json!({
        "version": 1,
        "imports": importers().map(format_as_json).collect::<Vec<_>>(),
        "exports": exporters().map(format_as_json).collect::<Vec<_>>(),
        "images": render::ALL.iter().map(image_as_json).collect::<Vec<_>>(),
    })
}

fn format_as_json(info: &FormatInfo) -> Value {
    let is_lost = |feature: &Feature| info.losses.iter().any(|loss| loss.feature == *feature);
    let carries = Feature::ALL.iter().filter(|feature| !is_lost(feature));
    let losses = info.losses.iter();
    json!({
        "id": info.id,
        "name": info.name,
        "summary": info.summary,
        "extensions": info.extensions,
        "options": info.options.iter().map(option_as_json).collect::<Vec<_>>(),
        "properties": info.properties.iter().map(property_as_json).collect::<Vec<_>>(),
        "carries": carries.map(|feature| feature.id()).collect::<Vec<_>>(),
        "losses": losses
            .map(|loss| json!({ "feature": loss.feature.id(), "outcome": loss.outcome }))
            .collect::<Vec<_>>(),
    })
}

fn image_as_json(format: &ImageFormat) -> Value {
    json!({ "id": format.id, "name": format.name, "summary": format.summary })
}

fn property_as_json(property: &PropertyInfo) -> Value {
    let mut json = option_as_json(&property.option);
    json["of"] = property.of.as_str().into();
    json
}

fn option_as_json(option: &OptionInfo) -> Value {
    let (kind, values) = match option.values {
        OptionValues::Flag => ("flag", &["true", "false"][..]),
        OptionValues::Choice(choices) => ("choice", choices),
        OptionValues::Text => ("text", &[][..]),
    };
    json!({
        "key": option.key,
        "summary": option.summary,
        "kind": kind,
        "values": values,
        "default": option.default,
    })
}
