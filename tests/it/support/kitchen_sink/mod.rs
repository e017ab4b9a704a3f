//! One model that uses everything a model can say, in both worlds: documents and tables.
//!
//! Reading order: [`types`] (every data type, default and rule), [`documents`], [`tables`], [`looks`]
//! (areas, notes, diagrams). Expressions keep to what every SQL dialect understands.

mod documents;
mod looks;
mod tables;
mod types;

use lunette::document::project::Project;
use lunette::model::id::{EntityId, EnumerationId, FieldId, NamespaceId, ReferenceId};

use super::builder::Builder;

/// The elements that several parts of the sink point at.
struct Sink {
    build: Builder,
    sales: NamespaceId,
    staff: NamespaceId,
    status: EnumerationId,
    currency: EnumerationId,
    address: EntityId,
}

/// A model that uses every feature of a model.
pub(crate) fn kitchen_sink() -> Project {
    let mut build = Builder::new("Kitchen sink");
    let sales = build.namespace("sales", "What we sell and to whom");
    let staff = build.namespace("staff", "");
    let status = build.enumeration("Status", &["draft", "published", "taken down"]);
    let currency = build.enumeration("currency", &["EUR", "USD"]);
    describe_enumerations(&mut build, status, currency, sales);
    let address = documents::address(&mut build, currency);
    let mut sink = Sink { build, sales, staff, status, currency, address };
    types::add(&mut sink);
    let documents = documents::add(&mut sink);
    let tables = tables::add(&mut sink);
    looks::add(&mut sink, &documents, &tables);
    let mut project = sink.build.project;
    "Everything a model can say,\nin one place".clone_into(&mut project.settings.note);
    "postgres".clone_into(&mut project.settings.target);
    let options = project.settings.target_options.entry("rust".to_owned()).or_default();
    options.insert("flavor".to_owned(), "sqlx".to_owned());
    project
}

fn describe_enumerations(
    build: &mut Builder,
    status: EnumerationId,
    currency: EnumerationId,
    sales: NamespaceId,
) {
    let status = build.project.model.enumeration_mut(status).unwrap();
    "Where an article stands".clone_into(&mut status.note);
    "Only its author sees it".clone_into(&mut status.values[0].note);
    build.project.model.enumeration_mut(currency).unwrap().namespace = Some(sales);
}

/// What [`looks`] needs of the documents.
struct Documents {
    user: EntityId,
    article: EntityId,
    profile: FieldId,
    reviewer: ReferenceId,
}

/// What [`looks`] needs of the tables.
struct Tables {
    product: EntityId,
    bin: EntityId,
    stock: EntityId,
}
