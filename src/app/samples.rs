//! The sample designs that the start page offers, compiled in so that they are always there.

/// A sample design.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// Its name.
    pub name: &'static str,
    /// What it shows, in one line.
    pub summary: &'static str,
    /// Its project file.
    pub text: &'static str,
}

/// All of them, in the order in which they are shown.
pub const SAMPLES: [Sample; 5] = [
    Sample {
        name: "To-do",
        summary: "Users, todos and their parts, two enumerations",
        text: include_str!("../../sample_models/todo/todo.lunette.json"),
    },
    Sample {
        name: "Shop",
        summary: "Products, orders with embedded items, addresses",
        text: include_str!("../../sample_models/shop/shop.lunette.json"),
    },
    Sample {
        name: "Hospital",
        summary: "Doctors, patients, records across hospitals",
        text: include_str!("../../sample_models/hospital/hospital.lunette.json"),
    },
    Sample {
        name: "Video site",
        summary: "Channels, comments, likes, subscriptions",
        text: include_str!("../../sample_models/video/video.lunette.json"),
    },
    Sample {
        name: "Warehouse",
        summary: "Relational: composite keys, views, checks",
        text: include_str!("../../sample_models/warehouse/warehouse.lunette.json"),
    },
];
