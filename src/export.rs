//! Text exporters and image formats in one list, as users see them.
