//! Parts of a document that the SDK does not have, and words that help.

use super::*;
use tilt_codegen::model::PathSegment;

fn openapi(version: &str, rest: &str) -> String {
    format!("openapi: {version}\ninfo: {{title: T, version: '1'}}\n{rest}")
}

#[track_caller]
fn of_openapi(rest: &str, code: &str, expected: &[&str]) {
    let modelled = model(&[("api.yaml", &openapi("3.1.0", rest))]);
    assert_eq!(findings(&modelled, code), expected);
}

#[track_caller]
fn of_asyncapi(rest: &str, code: &str, expected: &[&str]) {
    let text = format!("asyncapi: 2.6.0\ninfo: {{title: T, version: '1'}}\n{rest}");
    let inputs = Inputs {
        asyncapi: Some(Input::Bytes {
            name: "api.yaml".to_owned(),
            bytes: text.into_bytes(),
        }),
        ..Inputs::default()
    };
    let modelled = generate(&inputs).unwrap_or_else(|refused| panic!("{refused}"));
    assert_eq!(findings(&modelled, code), expected);
}

#[test]
fn operations_of_3_2_are_not_lost_silently() {
    of_openapi(
        "paths: {/a: {get: {}, query: {}, additionalOperations: {PURGE: {}}, fetch: {}}}",
        "unsupported-operation",
        &[
            "the operation `QUERY /a` is not part of the client",
            "the operation `PURGE /a` is not part of the client",
        ],
    );
    of_openapi(
        "paths: {/a: {get: {}, fetch: {}}}",
        "unknown-member",
        &["path item member `fetch`"],
    );
}

#[test]
fn members_of_3_2_are_not_lost_silently() {
    let multipart = "multipart/mixed: {itemSchema: {}, itemEncoding: {}, prefixEncoding: []}";
    let rest = format!(
        "$self: https://a.example/api\npaths: {{/a: {{post: {{requestBody: {{content: {{{multipart}}}}}}}}}}}\n\
         components: {{securitySchemes: {{o: {{type: oauth2, flows: {{deviceAuthorization: {{scopes: {{}}}}}}}}}}}}\n"
    );
    of_openapi(
        &rest,
        "unsupported-member",
        &[
            "`itemSchema` of a multipart body is not read",
            "`itemEncoding` is not read: parts are written by their schemas alone",
            "`prefixEncoding` is not read: parts are written by their schemas alone",
            "a device is not authorized by the SDK: callers give the token that this flow ends with",
        ],
    );
}

#[test]
fn a_header_under_two_spellings_is_one() {
    of_openapi(
        "paths: {/a: {parameters: [{in: header, name: x-KEY, schema: {type: string}}], get: {parameters: [\
         {in: header, name: X-Key, schema: {type: string}}, {in: query, name: X-key, schema: {type: string}}]}}}",
        "duplicate-parameter",
        &["the header `x-KEY` is there as `X-Key`: names of headers have no case"],
    );
}

#[test]
fn a_whole_query_string_is_left_out_alone() {
    of_openapi(
        "paths: {/a: {get: {parameters: [{in: querystring, name: q, content: {}}]}}}",
        "unsupported-parameter",
        &["a parameter that is the whole query string is left out"],
    );
}

#[test]
fn a_document_that_does_nothing_says_so() {
    of_openapi(
        "paths: {}",
        "no-operations",
        &["no path has an operation: the client can call nothing"],
    );
    of_openapi("webhooks: {a: {post: {}}}", "no-operations", &[]);
    of_openapi("components: {}", "no-operations", &[]);
    of_asyncapi(
        "channels: {}",
        "no-operations",
        &["no channel has a message: there are no events"],
    );
}

#[test]
fn channels_say_what_of_them_is_not_there() {
    let channels = "channels:\n  a:\n    unknown: 1\n    subscribe: {operationId: b}\n  b:\n    subscribe:\n      \
                    message: {name: m, payload: {}, payloads: {}, bindings: {}, x-a: 1}\n    \
                    publish: {message: {name: m, payload: {}}, tag: []}\n";
    of_asyncapi(
        channels,
        "operation-without-message",
        &["`subscribe` of the channel `a` has no message"],
    );
    of_asyncapi(
        "channels: {c: {subscribe: {message: {oneOf: []}}}}\n",
        "operation-without-message",
        &["`subscribe` of the channel `c` has no message"],
    );
    of_asyncapi(
        channels,
        "unknown-member",
        &[
            "channel member `unknown`",
            "message member `payloads`",
            "operation member `tag`",
        ],
    );
}

#[test]
fn events_that_are_no_json_are_a_finding() {
    of_asyncapi(
        "defaultContentType: application/xml\nchannels:\n  a: {subscribe: {message: {name: m, payload: {}}}}\n  \
         b: {subscribe: {message: {name: n, payload: {}, contentType: application/json}}}\n",
        "other-event-body",
        &["a payload of `application/xml` is not read: its event is an unknown one"],
    );
    let webhook = "webhooks:\n  a:\n    post:\n      requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: string}}}}\n  \
                   b:\n    post:\n      requestBody: {content: {text/xml: {}, application/a+json: {schema: {type: object}}}}\n";
    of_openapi(
        webhook,
        "other-event-body",
        &[
            "a webhook of `application/x-www-form-urlencoded` is not read: its event is an unknown one",
            "a webhook of `text/xml` is not read: its event is an unknown one",
        ],
    );
}

#[test]
fn a_webhook_says_why_a_parameter_is_not_read() {
    let parameters = [
        "header, name: X Event",
        "header, name: accept",
        "query, name: q",
        "cookie, name: c",
    ];
    let parameters = parameters
        .map(|it| format!("{{in: {it}, schema: {{}}}}"))
        .join(", ");
    let webhook = format!("webhooks: {{a: {{post: {{parameters: [{parameters}]}}}}}}");
    of_openapi(
        &webhook,
        "webhook-parameter",
        &[
            "the parameter `X Event` is not part of the event: no header can be called so",
            "the parameter `accept` is not part of the event: OpenAPI says to ignore it",
            "the parameter `q` is not part of the event: it stands in the URL, which the receiver gives and its server reads",
            "the parameter `c` is not part of the event: cookies of deliveries are not kept",
        ],
    );
}

#[test]
fn a_version_may_be_a_number() {
    let modelled = model(&[("api.yaml", &openapi("3.1", "paths: {/a: {get: {}}}"))]);
    let message = "`openapi` is the number 3.1, expected a text";
    assert_eq!(findings(&modelled, "number-as-version"), [message]);
    // The siblings of a reference say nothing in 3.0.
    let schemas = "paths: {}\ncomponents:\n  schemas:\n    A:\n      properties:\n        \
                   b: {$ref: '#/components/schemas/B', properties: {c: {type: string}}}\n    \
                   B: {properties: {d: {type: string}}}\n";
    for (version, expected) in [("3.0", 2), ("3.1", 3)] {
        let modelled = model(&[("api.yaml", &openapi(version, schemas))]);
        assert_eq!(modelled.sdk.types.len(), expected, "{version}");
    }
}

#[test]
fn a_malformed_keyword_is_shown() {
    of_openapi(
        "paths: {}\ncomponents: {schemas: {A: {type: strnig}, B: {readOnly: 5, required: {}}}}",
        "malformed-keyword",
        &[
            "`type` is ignored: found `\"strnig\"`, expected the name of a JSON type",
            "`readOnly` is ignored: found `5`, expected true or false",
            "`required` is ignored: found an object, expected an array of strings",
        ],
    );
}

#[test]
fn a_limit_that_is_no_number_is_shown() {
    of_openapi(
        "paths: {}\ncomponents: {schemas: {A: {type: string, maxLength: '5', nullable: 'true', uniqueItems: 1, minimum: '0'}}}",
        "malformed-keyword",
        &[
            "`maxLength` is ignored: found `\"5\"`, expected a whole number that is not negative",
            "`nullable` is ignored: found `\"true\"`, expected true or false",
            "`uniqueItems` is ignored: found `1`, expected true or false",
            "`minimum` is ignored: found `\"0\"`, expected a number",
        ],
    );
}

#[test]
fn a_type_of_another_language_is_a_finding() {
    let said = |name: &str| {
        format!("`{name}` is no type of JSON Schema; it is read as what it means elsewhere")
    };
    of_openapi(
        "paths: {}\ncomponents: {schemas: {A: {type: int}, B: {type: float}, C: {type: any}, D: {type: integer}, E: {type: [bool, date]}}}",
        "loose-type",
        &[
            said("int").as_str(),
            &said("float"),
            &said("any"),
            &said("bool"),
            &said("date"),
        ],
    );
}

#[test]
fn paths_are_sent_as_they_are_written_and_are_there_once() {
    let get = "{get: {responses: {}}}";
    let paths = format!(
        "paths: {{a: {get}, /b#c: {get}, /b#d: {get}, '/d/{{x}}/e': {get}, '/d/{{y}}/e': {get}, /d/x/e: {get}}}"
    );
    of_openapi(
        &paths,
        "malformed-path",
        &[
            "the path `a` is read as `/a`",
            "the path `/b#c` is called as `/b`: a fragment is never sent",
            "the path `/b#d` is called as `/b`: a fragment is never sent",
        ],
    );
    of_openapi(
        &paths,
        "equal-paths",
        &[
            "the paths `/b#c` and `/b#d` are one address",
            "the paths `/d/{x}/e` and `/d/{y}/e` are one address",
        ],
    );
    let modelled = model(&[("api.yaml", &openapi("3.1.0", &paths))]);
    let resources = modelled.sdk.resources.iter();
    let mut operations = resources.flat_map(|it| &it.operations);
    let a = operations.find(|it| it.path == "a").expect("the operation");
    assert_eq!(a.segments, [PathSegment::Literal("/a".to_owned())]);
}

#[test]
fn an_operation_id_is_that_of_one_operation() {
    of_openapi(
        "paths: {/a: {get: {operationId: x}, put: {operationId: x}}, /b: {get: {operationId: y}}}",
        "repeated-operation-id",
        &["`PUT /a` has the operationId `x` of `GET /a`"],
    );
}

#[test]
fn a_server_without_a_scheme_is_reached_by_https() {
    of_openapi(
        "paths: {}\nservers: [{url: //api.example/v1}]",
        "server-without-scheme",
        &["`//api.example/v1` has no scheme: it is taken as `https://api.example/v1`"],
    );
    let document = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\nservers: [{url: //api.example/v1}]";
    let modelled = model(&[("api.yaml", document)]);
    assert_eq!(modelled.sdk.environments[0].url, "https://api.example/v1");
}

#[test]
fn the_default_of_a_server_is_one_of_its_values() {
    of_openapi(
        "paths: {}\nservers: [{url: 'https://{a}.{b}', variables: {a: {default: x, enum: [y]}, b: {default: z, enum: [z]}}}]",
        "unlisted-default",
        &["the default `x` of the variable `a` is none of its values"],
    );
}

#[test]
fn listed_numbers_that_are_not_kept_as_written_are_findings() {
    of_openapi(
        "paths: {}\ncomponents: {schemas: {A: {const: 12345678901234567890123}, B: {enum: [1.10, 0.1, 123456789.123456789123]}, \
         C: {const: {x: [18446744073709551616, 1e2, 9223372036854775808]}}}}",
        "inexact-value",
        &[
            "`12345678901234567890123` is kept as `1.2345678901234568e+22`",
            "`123456789.123456789123` is kept as `123456789.12345679`",
            "`18446744073709551616` is kept as `1.8446744073709552e+19`",
        ],
    );
}

#[test]
fn a_choice_has_something_to_choose() {
    of_openapi(
        "paths: {}\ncomponents: {schemas: {A: {oneOf: []}}}",
        "malformed-keyword",
        &["`oneOf` is ignored: found an array, expected at least one schema"],
    );
}

#[test]
fn a_parameter_has_a_schema_or_a_content() {
    let parameters = [
        "{in: query, name: a}",
        "{in: query, name: b, schema: {}, content: {application/json: {}}}",
        "{in: query, name: c, content: {}}",
        "{in: query, name: d, content: {application/json: {}, text/plain: {}}}",
        "{in: query, name: e, content: {application/json: {}}}",
    ];
    of_openapi(
        &format!(
            "paths: {{/a: {{get: {{parameters: [{}]}}}}}}",
            parameters.join(", ")
        ),
        "vague-parameter",
        &[
            "the parameter `a` has neither `schema` nor `content`: it takes any value",
            "the parameter `b` has both `schema` and `content`: the content is taken",
            "the parameter `c` has no media type in its `content`: it takes any value",
            "the parameter `d` has several media types in its `content`: one is taken",
        ],
    );
}

#[test]
fn members_of_every_object_are_known_or_a_finding() {
    of_openapi(
        "consumes: []\npaths:\n  /a:\n    post:\n      produces: []\n      parameters: [{in: query, name: a, schema: {}, type: string}]\n      \
         requestBody: {schema: {}, content: {application/json: {schema: {}, encoding: {b: {mediaType: c}}, x-a: 1, form: 1}}}\n      \
         responses: {'200': {description: d, schema: {}, headers: {H: {type: string, schema: {}}}}}\n\
         components: {definitions: {}}\n",
        "unknown-member",
        &[
            "document member `consumes`",
            "operation member `produces`",
            "parameter member `type`",
            "request body member `schema`",
            "encoding member `mediaType`",
            "media type member `form`",
            "response member `schema`",
            "header member `type`",
            "components member `definitions`",
        ],
    );
}

#[test]
fn a_url_is_no_file() {
    let inputs = Inputs {
        openapi: Some(Input::Path("https://example.com/api.json".into())),
        ..Inputs::default()
    };
    let refused = generate(&inputs)
        .map(|_| ())
        .map_err(|it| it.items[0].message.clone());
    assert_eq!(
        refused,
        Err("this is a URL, expected a file: fetch it first".to_owned())
    );
}

#[test]
fn a_path_that_cannot_be_read_is_the_one_that_is_named() {
    let folder = folder(&[("api.yaml", "openapi: 3.1.0\npaths: {}\n")]);
    let refused = |input: Input| {
        let inputs = Inputs {
            openapi: Some(input),
            ..Inputs::default()
        };
        let refused = generate(&inputs).expect_err("it cannot be read");
        let told = &refused.items[0];
        (told.document.clone(), told.help.clone().unwrap_or_default())
    };
    let (document, help) = refused(Input::Path(folder.path().to_owned()));
    assert_eq!(document, folder.path().display().to_string());
    assert_eq!(help, "give the path of the document in it");
    let missing = folder.path().join("missing");
    let (document, _) = refused(Input::Within {
        folder: missing.clone(),
        path: folder.path().join("api.yaml"),
    });
    assert_eq!(document, missing.display().to_string());
}

#[test]
fn one_file_too_many_names_its_limit() {
    let document = openapi(
        "3.1.0",
        "paths: {}\ncomponents: {schemas: {A: {properties: {b: {$ref: b.yaml}, c: {$ref: c.yaml}}}}}",
    );
    let folder = folder(&[("api.yaml", &document), ("b.yaml", "{}"), ("c.yaml", "{}")]);
    let inputs = Inputs {
        openapi: Some(Input::Path(folder.path().join("api.yaml"))),
        ..Inputs::default()
    };
    let limits = tilt_codegen::source::Limits {
        documents: 2,
        ..Default::default()
    };
    let refused = Generator::new(Config::default())
        .limits(limits)
        .model(&inputs);
    let refused = refused
        .map(|_| ())
        .map_err(|refused| refused.items[0].clone());
    let Err(refused) = refused else {
        panic!("not refused")
    };
    assert_eq!(refused.code, "too-many-documents");
    assert!(
        refused
            .help
            .is_some_and(|help| help.contains("`documents`"))
    );
}

#[test]
fn a_name_that_two_types_would_have_is_said_with_both_places() {
    let document =
        "paths: {}\ncomponents: {schemas: {A: {properties: {b: {}}}, B: {properties: {c: {}}}}}";
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "api.yaml".to_owned(),
            bytes: openapi("3.1.0", document).into_bytes(),
        }),
        ..Inputs::default()
    };
    let config = Config::from_toml("[types.rename]\nA = \"B\"\n").unwrap();
    let refused = Generator::new(config).model(&inputs).map(|_| ());
    let message = refused.map_err(|refused| refused.items[0].message.clone());
    let expected =
        "two types would be called `B`: `#/components/schemas/B` and `#/components/schemas/A`";
    assert_eq!(message, Err(expected.to_owned()));
}
