//! Scene → bytes: SVG, PNG and PDF.
