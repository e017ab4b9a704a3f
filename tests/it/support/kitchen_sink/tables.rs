//! The world of tables: composite keys and references, namespaces, every action, a view, checks.

use lunette::model::data_type::{DataType, IntegerSize};
use lunette::model::entity::EntityKind;
use lunette::model::field::{DefaultValue, Literal, Number};
use lunette::model::id::{EntityId, FieldId};
use lunette::model::index::{IndexKind, IndexPart, IndexTarget, SortOrder};
use lunette::model::key::KeyKind;
use lunette::model::reference::{Cardinality, ReferentialAction};

use super::super::builder::Builder;
use super::{Sink, Tables};

const BIG: DataType = DataType::Integer(IntegerSize::Big);
const CODE: DataType = DataType::String { length: Some(8) };

/// Adds the tables.
pub(super) fn add(sink: &mut Sink) -> Tables {
    let product = product(&mut sink.build);
    let bin = bins(sink);
    let stock = stock(sink, product, bin);
    details(&mut sink.build, product);
    employees(sink);
    view(&mut sink.build);
    Tables { product, bin, stock }
}

fn identity(build: &mut Builder, table: EntityId) -> FieldId {
    let id = build.field_with(table, "id", BIG, |field| {
        field.required = true;
        field.auto_increment = true;
    });
    build.primary_key(table, &[id]);
    id
}

fn product(build: &mut Builder) -> EntityId {
    let product = build.table("product");
    identity(build, product);
    build.field_with(product, "sku", CODE, |field| {
        field.required = true;
        field.unique = true;
    });
    let maker = build.required(product, "maker", DataType::String { length: Some(60) });
    let model = build.required(product, "model", DataType::String { length: Some(60) });
    build.key(product, KeyKind::Alternate, &[maker, model], Some("product_maker_model"));
    let price =
        build.required(product, "price", DataType::Decimal { precision: Some(10), scale: Some(2) });
    build.check(product, Some("product_price_positive"), "price > 0", "Nothing is free");
    build.check(product, None, "maker <> model", "");
    build.index_with(product, &[price], |index| {
        index.parts[0].order = SortOrder::Descending;
        index.partial = Some("price > 100".to_owned());
        index.name = Some("product_dear".to_owned());
    });
    build.index_with(product, &[maker], |index| index.kind = IndexKind::Hash);
    build.index_with(product, &[], |index| {
        let on = IndexTarget::Expression("lower(maker)".to_owned());
        index.parts =
            vec![IndexPart { on, order: SortOrder::Ascending }, IndexPart::ascending(model)];
        index.unique = true;
    });
    let tag = build.table("tag");
    identity(build, tag);
    build.required(tag, "label", DataType::String { length: Some(40) });
    let tagged = build.many_to_many(product, tag);
    let reference = build.project.model.reference_mut(tagged).unwrap();
    reference.name = Some("product_tag".to_owned());
    reference.to.cardinality = Cardinality::OneOrMore;
    build.change(product, |product| product.extras.set("mysql", "engine", "InnoDB"));
    product
}

/// A composite, identifying key over two levels.
fn bins(sink: &mut Sink) -> EntityId {
    let sales = sink.sales;
    let build = &mut sink.build;
    let warehouse = build.table("warehouse");
    let bin = build.table("bin");
    for table in [warehouse, bin] {
        build.change(table, |table| table.namespace = Some(sales));
    }
    let code = build.required(warehouse, "code", CODE);
    build.key(warehouse, KeyKind::Primary, &[code], Some("warehouse_pk"));
    let at = build.required(bin, "warehouse_code", CODE);
    let number = build.required(bin, "number", DataType::INTEGER);
    build.primary_key(bin, &[at, number]);
    build.reference_with(bin, &[at], warehouse, |reference| {
        reference.identifying = true;
        reference.name = Some("bin_stands_in".to_owned());
        reference.from.cardinality = Cardinality::OneOrMore;
        reference.on_delete = ReferentialAction::Cascade;
        reference.on_update = ReferentialAction::Cascade;
    });
    bin
}

/// References over several fields, to a primary and to an alternate key.
fn stock(sink: &mut Sink, product: EntityId, bin: EntityId) -> EntityId {
    let sales = sink.sales;
    let build = &mut sink.build;
    let stock = build.table("stock");
    build.change(stock, |stock| {
        stock.namespace = Some(sales);
        stock.stored_name = Some("stock_levels".to_owned());
        stock.timestamps = true;
    });
    let at = build.required(stock, "warehouse_code", CODE);
    let number = build.required(stock, "bin_number", DataType::INTEGER);
    let sku = build.required(stock, "sku", CODE);
    build.field_with(stock, "amount", DataType::INTEGER, |field| {
        field.required = true;
        field.default = Some(DefaultValue::Value(Literal::Number(Number::from(0))));
        field.min = Some(Number::from(0));
    });
    build.primary_key(stock, &[at, number, sku]);
    build.reference_with(stock, &[at, number], bin, |reference| {
        reference.identifying = true;
        reference.on_delete = ReferentialAction::Restrict;
        reference.on_update = ReferentialAction::Restrict;
    });
    let entity = build.project.model.entity(product).unwrap();
    let product_sku = entity.field_named("sku").unwrap().id;
    build.reference_with(stock, &[sku], product, |reference| {
        reference.to.fields = vec![product_sku];
        reference.on_delete = ReferentialAction::NoAction;
    });
    stock
}

/// One to one.
fn details(build: &mut Builder, product: EntityId) {
    let detail = build.table("product_detail");
    let id = build.required(detail, "product_id", BIG);
    build.primary_key(detail, &[id]);
    build.field(detail, "description", DataType::Text);
    build.reference_with(detail, &[id], product, |reference| {
        reference.identifying = true;
        reference.from.cardinality = Cardinality::ZeroOrOne;
        reference.on_delete = ReferentialAction::Cascade;
    });
}

/// A self reference, parallel references, and the actions that set values.
fn employees(sink: &mut Sink) {
    let staff = sink.staff;
    let build = &mut sink.build;
    let employee = build.table("employee");
    let desk = build.table("desk");
    for table in [employee, desk] {
        build.change(table, |table| table.namespace = Some(staff));
    }
    identity(build, employee);
    identity(build, desk);
    let boss = build.field(employee, "boss_id", BIG);
    build.reference_with(employee, &[boss], employee, |reference| {
        reference.to.cardinality = Cardinality::ZeroOrOne;
        reference.to.role = Some("boss".to_owned());
    });
    let usual = build.field(desk, "usual_id", BIG);
    let spare = build.field_with(desk, "spare_id", BIG, |field| {
        field.default = Some(DefaultValue::Value(Literal::Number(Number::from(1))));
    });
    for (field, action) in
        [(usual, ReferentialAction::SetNull), (spare, ReferentialAction::SetDefault)]
    {
        build.reference_with(desk, &[field], employee, |reference| {
            reference.to.cardinality = Cardinality::ZeroOrOne;
            reference.on_delete = action;
            reference.on_update = action;
        });
    }
}

fn view(build: &mut Builder) {
    let view = build.entity("dear_product", EntityKind::View);
    build.field(view, "id", BIG);
    build.field(view, "price", DataType::Decimal { precision: Some(10), scale: Some(2) });
    build.change(view, |view| {
        view.query = Some("SELECT id, price FROM product WHERE price > 100".to_owned());
        "What the shop window shows".clone_into(&mut view.note);
    });
}
