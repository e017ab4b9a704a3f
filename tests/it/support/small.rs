//! Two little models: one of documents, one of tables.

use lunette::document::project::Project;
use lunette::model::data_type::{DataType, IntegerSize};
use lunette::model::reference::{Cardinality, ReferentialAction};

use super::builder::Builder;

/// User ← Todo, a shared enumeration, timestamps, a list of references.
pub(crate) fn documents() -> Project {
    let mut build = Builder::new("Small documents");
    let status = build.enumeration("Status", &["open", "done"]);
    let user = build.collection("User");
    build.field_with(user, "email", DataType::STRING, |field| {
        field.required = true;
        field.unique = true;
    });
    let todo = build.collection("Todo");
    build.change(todo, |todo| todo.timestamps = true);
    build.required(todo, "title", DataType::STRING);
    build.field(todo, "status", DataType::Enumeration(status));
    let owner = build.required(todo, "createdBy", DataType::ObjectId);
    build.reference(todo, &[owner], user);
    let helpers = build.field(todo, "helpers", DataType::ObjectId.array());
    build.reference_with(todo, &[helpers], user, |reference| {
        reference.to.cardinality = Cardinality::ZeroOrMore;
    });
    build.project
}

/// customer ← orders with an identity column and a cascading reference.
pub(crate) fn tables() -> Project {
    let mut build = Builder::new("Small tables");
    let customer = build.table("customer");
    let id = build.field_with(customer, "id", DataType::Integer(IntegerSize::Big), |field| {
        field.required = true;
        field.auto_increment = true;
    });
    build.primary_key(customer, &[id]);
    build.required(customer, "name", DataType::String { length: Some(80) });
    let orders = build.table("orders");
    let id = build.required(orders, "id", DataType::Uuid);
    build.primary_key(orders, &[id]);
    let buyer = build.required(orders, "customer_id", DataType::Integer(IntegerSize::Big));
    build.reference_with(orders, &[buyer], customer, |reference| {
        reference.on_delete = ReferentialAction::Cascade;
    });
    build.project
}
