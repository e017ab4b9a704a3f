//! Headless interaction: tools, actions, selection and viewport, below any window.
