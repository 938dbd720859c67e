//! Verbs in paths.

use super::all;
use crate::lower::naming::unnamed::Answer;
use crate::model::HttpMethod;

#[test]
fn a_verb_behind_who_does_it_is_done() {
    let operations = [(
        HttpMethod::Post,
        "/account/block/instance/communities",
        "UserBlockInstanceCommunities",
        Answer::Unknown,
    )];
    assert_eq!(all(&operations), ["account.block_instance_communities"]);
}

#[test]
fn a_word_that_no_accessor_can_have_is_not_one() {
    let operations = [(
        HttpMethod::Get,
        "/plan/static/preview/{soc}",
        "previewSocPlan",
        Answer::Unknown,
    )];
    assert_eq!(all(&operations), ["static_plan.preview"]);
}

#[test]
fn a_get_does_nothing_that_its_author_does_not_say() {
    let path = "/pulls/{number}/merge";
    let names = all(&[
        (HttpMethod::Get, path, "check-if-merged", Answer::Unknown),
        (HttpMethod::Put, path, "merge", Answer::Unknown),
    ]);
    assert_eq!(names, ["pulls.check_merge", "pulls.merge"]);
    let path = "/things/{id}/restore";
    let names = all(&[
        (HttpMethod::Get, path, "", Answer::Unknown),
        (HttpMethod::Post, path, "", Answer::Unknown),
    ]);
    assert_eq!(names[1], "things.restore");
    let path = "/things/{id}/validate";
    let validate = all(&[(HttpMethod::Get, path, "checkThing", Answer::Unknown)]);
    assert_eq!(validate, ["things.validate"]);
}

#[test]
fn a_word_for_things_that_are_read_and_removed_is_a_noun() {
    use HttpMethod::{Delete, Get, Post};
    let names = all(&[
        (Get, "/entity/move/{id}", "", Answer::Unknown),
        (Delete, "/entity/move/{id}", "", Answer::Unknown),
        (Post, "/entity/move", "", Answer::Unknown),
        (Post, "/entity/move/delete", "batchDelete", Answer::Unknown),
        (
            Post,
            "/entity/move/{id}/files",
            "addMoveFiles",
            Answer::Unknown,
        ),
        (Post, "/files", "addFiles", Answer::Unknown),
    ]);
    assert_eq!(
        names[2..5],
        ["move.create", "move.batch_delete", "files.add_for_move"]
    );
}

#[test]
fn a_verb_that_is_all_there_is_of_its_path_is_done() {
    use HttpMethod::Post;
    let leases = [(Post, "/leases/lookup", "read-lease", Answer::Unknown)];
    assert_eq!(all(&leases), ["leases.lookup"]);
    let keys = [(
        Post,
        "/keys/{name}/test/sign",
        "write-keys-test-sign",
        Answer::Unknown,
    )];
    assert_eq!(all(&keys), ["keys.test_sign"]);
}

#[test]
fn operations_of_one_resource_have_one_word_for_one_method() {
    use HttpMethod::Put;
    let names = all(&[
        (Put, "/literal/all", "Literal_putAll", Answer::Unknown),
        (
            Put,
            "/big/int/literal/all",
            "BigIntLiteral_putAll",
            Answer::Unknown,
        ),
    ]);
    assert_eq!(
        names,
        ["literal.replace_all", "literal.replace_all_for_big_int"]
    );
}
