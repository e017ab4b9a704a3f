//! The project file: what it looks like ([`look`]), what survives it ([`round_trip`]), what is said
//! of a broken one ([`broken`]), what is mended ([`repairs`]).

mod broken;
mod look;
mod repairs;
mod round_trip;
