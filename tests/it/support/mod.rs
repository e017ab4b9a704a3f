//! Models for tests, built in code so that they need no file format.
//!
//! Reading order: [`builder`] (short ways to say a model), [`small`] (two little models),
//! [`kitchen_sink`] (one model that uses everything a model can say), [`hostile`] (one made of names
//! that try to break out). Must not know any format.

#![allow(dead_code, reason = "two test binaries share this folder, and each uses a part of it")]

pub(crate) mod builder;
pub(crate) mod hostile;
pub(crate) mod kitchen_sink;
pub(crate) mod samples;
pub(crate) mod small;

pub(crate) use kitchen_sink::kitchen_sink;
