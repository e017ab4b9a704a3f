//! xDBML: the same language with documents.

use lunette::model::data_type::{DataType, IntegerSize};
use lunette::model::entity::EntityKind;

use super::{entity, field, import, read, references, told};

const SHOP: &str = "xdbml: 0.1\n\
    Container shop [type: database, target: MongoDB] {\n\
      Note: 'What is sold'\n\
      Type Address {\n    city string [maxLength: 80]\n  }\n\
      Collection customers {\n    _id objectId [pk]\n    home Address\n    email string [pattern: '^.+@.+$', not null]\n  }\n\
      Entity orders {\n\
        _id objectId [pk]\n\
        customer objectId\n\
        at Date [not null]\n\
        total Decimal128 [minimum: 0, business_term: 'turnover']\n\
        coupon union [string, null]\n\
        ship object {\n      street string\n      geo object [not null] {\n        lat double\n      }\n    }\n\
        tags array [ string ]\n\
        lines array [\n      line object {\n        sku string [ref: > products.sku]\n        n int64\n      }\n    ]\n\
      }\n\
      Collection products {\n    sku string [pk]\n  }\n\
      Ref: orders.customer > customers._id [source: '0..*', target: '0..1']\n\
    }\n";

#[test]
fn documents_are_read_with_all_they_hold() {
    let imported = read(SHOP);
    let project = imported.project;
    let model = &project.model;
    assert_eq!(project.settings.target, "mongoose");
    let namespace = model.namespaces().next().unwrap();
    assert_eq!((namespace.name.as_str(), namespace.note.as_str()), ("shop", "What is sold"));
    assert!(model.entities().all(|entity| entity.namespace == Some(namespace.id)));
    let kinds: Vec<_> = model.entities().map(|one| (one.name.as_str(), one.kind)).collect();
    assert_eq!(
        kinds,
        [
            ("Address", EntityKind::Embedded),
            ("customers", EntityKind::Collection),
            ("orders", EntityKind::Collection),
            ("products", EntityKind::Collection),
        ]
    );
    let address = entity(model, "Address").id;
    for (path, ty) in [
        ("customers.home", DataType::Embedded(address)),
        ("orders.at", DataType::DateTime { zoned: true }),
        ("orders.coupon", DataType::STRING),
        ("orders.ship.geo", DataType::Object),
        ("orders.ship.geo.lat", DataType::Double),
        ("orders.tags", DataType::STRING.array()),
        ("orders.lines", DataType::Object.array()),
        ("orders.lines.n", DataType::Integer(IntegerSize::Big)),
    ] {
        assert_eq!(field(model, path).ty, ty, "{path}");
    }
    assert!(field(model, "orders.ship.geo").required && !field(model, "orders.coupon").required);
    assert_eq!(field(model, "Address.city").max_length, Some(80));
    assert_eq!(field(model, "customers.email").pattern.as_deref(), Some("^.+@.+$"));
    let total = field(model, "orders.total");
    assert_eq!(total.min.as_ref().unwrap().as_str(), "0");
    assert_eq!(total.extras.option("dbml", "business_term"), Some("turnover"));
    assert_eq!(
        references(model),
        [
            "orders(customer) zero or more -> customers() zero or one",
            "orders(lines.sku) zero or more -> products() zero or one",
        ]
    );
}

#[test]
fn paths_lead_through_lists() {
    let model = read(
        "xdbml: 0.1\nCollection orders {\n lines array [ item object { sku string } ]\n}\n\
         Collection products { sku string [pk] }\nRef: orders.lines.[*].sku > products.sku\n\
         View cheap [source: 'select 1'] { sku string }\n",
    )
    .project
    .model;
    assert_eq!(references(&model), ["orders(lines.sku) zero or more -> products() zero or one"]);
    let view = entity(&model, "cheap");
    assert_eq!((view.kind, view.query.as_deref()), (EntityKind::View, Some("select 1")));
}

#[test]
fn what_is_one_type_or_another_is_told() {
    let imported = import(
        "xdbml: 0.1\nEntity a {\n x oneOf {\n  p object { id int }\n  q string\n } [discriminator: kind]\n \
         y union [int, string]\n}\nEdge likes {\n since Date\n}\n",
    );
    let told = told(&imported);
    let has = |beginning: &str| told.iter().any(|one| one.starts_with(beginning));
    assert!(has("3:4 fields of one type or another hold anything and 1 more ("), "{told:?}");
    assert!(has("9:1 edges are left out ("), "{told:?}");
    assert_eq!(field(&imported.project.model, "a.y").ty, DataType::Mixed);
    let plain = import("Collection a { id int }");
    assert_eq!(
        super::told(&plain),
        ["1:1 `collection` is a word of xDBML (begin the text with `xdbml: 0.1`)"]
    );
}

#[test]
fn cases_of_a_field_are_one_object() {
    let imported = import(
        "xdbml: 0.1\nCollection orders {\n  pay oneOf {\n    card object {\n      number string [not null]\n    }\n    \
         cash object {\n      amount double\n    }\n  } [discriminator: kind]\n  \
         label string [tags: ['a', 'b']]\n}\n",
    );
    assert_eq!(
        told(&imported),
        [
            "3:7 cases of a field become one object with the fields of all (make an embedded type of each case where they must be told apart)"
        ]
    );
    let model = &imported.project.model;
    let pay = field(model, "orders.pay");
    assert_eq!(pay.ty, DataType::Object);
    let fields: Vec<_> = pay.fields.iter().map(|one| (one.name.as_str(), one.required)).collect();
    assert_eq!(fields, [("kind", false), ("number", false), ("amount", false)]);
    assert_eq!(field(model, "orders.label").extras.option("dbml", "tags"), Some("a, b"));
}
