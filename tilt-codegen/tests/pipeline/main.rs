//! The library from outside: documents in, models, sources and findings out. One binary, because linking one for each
//! subject took longer than running it. Counts of allocations need a process of their own, and are beside it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that fails says so by panicking"
)]

mod accept;
mod answers_of_lists;
mod build_script;
mod cargo;
mod conditions;
mod constant_parameters;
mod constants;
mod contents;
mod deep_types;
mod diagnostics;
mod directions;
mod docs;
mod documents;
mod drift;
mod drift_choices;
mod drift_events;
mod drift_files;
mod drift_ignored;
mod drift_maps;
mod drift_of_both;
mod drift_of_files;
mod drift_page;
mod drift_parameters;
mod drift_parts;
mod drift_places;
mod drift_properties;
mod drift_ranges;
mod drift_receivers;
mod drift_root;
mod drift_rules;
mod drift_servers;
mod drift_spellings;
mod drift_tags;
mod drift_traits;
mod drift_two_edits;
mod drift_types;
mod drift_ways;
mod drift_written;
mod errors;
mod events;
mod features;
mod formatting;
mod guide;
mod hostile;
mod ids;
mod inherited_parts;
mod limits;
mod lists;
mod lists_around;
mod lists_by_body;
mod lists_by_name;
mod mapped_types;
mod marks;
mod marks_by_name;
mod media_types;
mod media_types_of_text;
mod mutations;
mod names;
mod names_again;
mod names_of_alternatives;
mod names_of_grown;
mod names_of_parts;
mod namesakes;
mod naming;
mod nested_parameters;
mod nulls;
mod objects;
mod operations_again;
mod parts;
mod places;
mod received;
mod rendered_types;
mod requests;
mod response_headers;
mod retries;
#[path = "../rustdoc/mod.rs"]
mod rustdoc;
mod servers;
mod settings;
mod source;
mod surface;
mod swapped_arguments;
mod templates;
mod types_of_two_documents;
mod types_unsaid;
mod unevaluated;
mod unions;
mod upgrades;
mod words_of_operations;
mod words_of_resources;
