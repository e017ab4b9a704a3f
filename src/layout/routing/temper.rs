//! What weighs how much when a way is looked for.

/// Weights of length, bends and crossings.
///
/// - No weights suit all drawings, so that the best of several is worth looking for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Temper {
    /// What a bend costs, as a length of line.
    pub(super) bend: f64,
    /// What crossing another line costs.
    pub(super) crossing: f64,
    /// How much length counts along the way of an earlier line to the same row.
    pub(super) on_tree: f64,
    /// What it costs to leave the track that earlier lines to the same row took.
    pub(super) own_way: f64,
}

impl Default for Temper {
    fn default() -> Self {
        let [usual, ..] = TEMPERS;
        usual
    }
}

/// All tempers, the usual one first.
pub const TEMPERS: [Temper; 5] = [
    Temper { bend: 80.0, crossing: 40.0, on_tree: 0.5, own_way: 24.0 },
    Temper { bend: 140.0, crossing: 40.0, on_tree: 0.3, own_way: 24.0 },
    Temper { bend: 80.0, crossing: 15.0, on_tree: 0.5, own_way: 24.0 },
    Temper { bend: 80.0, crossing: 40.0, on_tree: 0.25, own_way: 80.0 },
    Temper { bend: 140.0, crossing: 100.0, on_tree: 1.0, own_way: 24.0 },
];
