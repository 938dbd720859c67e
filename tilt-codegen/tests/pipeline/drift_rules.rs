//! The documentation has the rules of drift as their table does.

use std::fs;
use std::path::Path;

const BEGIN: &str = "<!-- rules -->\n";
const END: &str = "<!-- end of rules -->";

#[test]
fn the_documentation_has_the_table_of_rules() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/drift.md");
    let text = fs::read_to_string(&path).expect("the documentation");
    let (before, rest) = text.split_once(BEGIN).expect("a begin of rules");
    let (_, after) = rest.split_once(END).expect("an end of rules");
    let rules = tilt_codegen::drift::documentation();
    let expected = format!("{before}{BEGIN}\n{rules}\n{END}{after}");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &expected).expect("the documentation can be written");
        return;
    }
    assert!(
        text == expected,
        "docs/drift.md is not what the table says; \
         `UPDATE_DOCS=1 cargo test -p tilt-codegen --test pipeline drift_rules` writes it"
    );
}
