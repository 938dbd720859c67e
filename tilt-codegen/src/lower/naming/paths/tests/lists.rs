//! Lists under words that are no plurals.

use super::all;
use crate::lower::naming::unnamed::Answer;
use crate::model::HttpMethod;

#[test]
fn a_get_that_answers_with_a_list_and_nothing_else_is_one() {
    use HttpMethod::Get;
    let list = all(&[(Get, "/brand", "getBrand", Answer::List)]);
    assert_eq!(list, ["brand.list"]);
    let one = all(&[(Get, "/brand", "getBrand", Answer::One)]);
    assert_eq!(one, ["brand.get"]);
    let item = all(&[(Get, "/brand/{id}", "getBrand", Answer::List)]);
    assert_eq!(item, ["brand.get"]);
    let several = all(&[
        (Get, "/v1/brands", "listBrands", Answer::List),
        (Get, "/brands/mine", "getMine", Answer::List),
    ]);
    assert_eq!(several, ["brands.list", "brands.get_mine"]);
}
