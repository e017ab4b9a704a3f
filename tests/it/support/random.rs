//! Models of any size with random links, the same for the same seed.

use lunette::document::project::Project;
use lunette::model::area::{Area, ColorToken};
use lunette::model::data_type::DataType;
use lunette::model::id::{EntityId, NodeId};

use super::builder::Builder;

/// Random numbers (`xorshift64`: Marsaglia, 2003).
pub(crate) struct Random(u64);

impl Random {
    /// Numbers that the seed decides.
    pub(crate) fn from_seed(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below the bound.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % bound.max(1)
    }
}

/// What a random model has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// Number of collections, ten fields each on average.
    pub(crate) entities: usize,
    /// Number of references; most join neighbors, some lead far, some to themselves.
    pub(crate) references: usize,
    /// Number of enumerations, used by some fields.
    pub(crate) enumerations: usize,
    /// Number of areas, each over a stretch of entities.
    pub(crate) areas: usize,
}

/// A project of that shape.
pub(crate) fn random_project(shape: Shape, seed: u64) -> Project {
    let mut random = Random::from_seed(seed);
    let mut build = Builder::new(&format!("Random {seed}"));
    let enumerations: Vec<_> = (0..shape.enumerations)
        .map(|n| build.enumeration(&format!("Choice{n}"), &["first", "second", "third"]))
        .collect();
    let entities: Vec<EntityId> = (0..shape.entities)
        .map(|n| {
            let entity = build.collection(&format!("Entity{n}"));
            for field in 0..5 + random.below(10) {
                build.field(entity, &format!("field{field}"), DataType::STRING);
            }
            if let Some(choice) = enumerations.get(random.below(3 * enumerations.len())) {
                build.field(entity, "choice", DataType::Enumeration(*choice));
            }
            entity
        })
        .collect();
    for n in 0..if entities.is_empty() { 0 } else { shape.references } {
        let from = random.below(entities.len());
        let to = match random.below(10) {
            0 => random.below(entities.len()),
            1 => from / 10 * 10,
            far => (from + far) % entities.len(),
        };
        let field = build.field(entities[from], &format!("ref{n}"), DataType::ObjectId);
        build.reference(entities[from], &[field], entities[to]);
    }
    for n in 0..shape.areas {
        let members = entities.iter().skip(n * 12).take(6).map(|id| NodeId::Entity(*id)).collect();
        let area = Area {
            id: build.mint.mint(),
            name: format!("Area{n}"),
            color: ColorToken::ALL[n % ColorToken::ALL.len()],
            members,
            note: String::new(),
        };
        build.project.model.put_area(area);
    }
    build.project
}
