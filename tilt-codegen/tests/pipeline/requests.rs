//! How a request says what its caller gave: encodings of parameters, and credentials.

use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::model::{Location, ParameterEncoding, ParameterStyle, SecurityKind};
use tilt_codegen::source::Input;
use tilt_codegen::{Generated, Generator, Inputs};

/// An SDK of one operation, and of these members of the document.
fn generate(mut operation: Value, components: Value) -> Generated {
    operation["responses"] = json!({"204": {"description": "Done"}});
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "components": components,
        "paths": {"/things": {"get": operation}}
    });
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "openapi.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    };
    Generator::new(Config::default()).generate(&inputs).unwrap()
}

fn codes(generated: &Generated) -> Vec<&'static str> {
    let findings = generated.findings.items.iter();
    findings.map(|finding| finding.code.as_str()).collect()
}

#[test]
fn a_query_of_a_path_is_sent_as_it_is_written() {
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "paths": {"/things?flag&x=1&y=": {"get": {"responses": {"204": {"description": "Done"}}}}}
    });
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "openapi.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    };
    let generated = Generator::new(Config::default()).generate(&inputs).unwrap();
    let mut files = generated.files.iter();
    assert!(files.any(|it| it.contents.contains("query: \"flag&x=1&y=\"")));
}

/// The encoding of a parameter that `content` describes, and the findings.
fn encoding(media_type: &str, schema: Value) -> (ParameterEncoding, Vec<&'static str>) {
    let parameter = json!({
        "name": "q", "in": "query", "content": {media_type: {"schema": schema}}
    });
    let generated = generate(json!({"parameters": [parameter]}), json!({}));
    let codes = codes(&generated);
    let operation = &generated.sdk.resources[0].operations[0];
    (operation.parameters[0].encoding, codes)
}

#[test]
fn a_media_type_says_how_a_parameter_is_written() {
    let object = json!({"type": "object", "properties": {"a": {"type": "string"}}});
    let text = json!({"type": "string"});
    for (media_type, schema, expected) in [
        ("application/json", &text, ParameterEncoding::Json),
        ("application/vnd.a+json", &object, ParameterEncoding::Json),
        ("text/plain", &text, ParameterEncoding::Text),
        (
            "text/plain",
            &json!({"type": "integer"}),
            ParameterEncoding::Text,
        ),
        ("application/xml", &text, ParameterEncoding::Text),
        (
            "application/x-www-form-urlencoded",
            &object,
            ParameterEncoding::Form,
        ),
        (
            "application/x-www-form-urlencoded",
            &text,
            ParameterEncoding::Text,
        ),
    ] {
        let (encoding, codes) = encoding(media_type, schema.clone());
        assert_eq!(encoding, expected, "{media_type}");
        assert_eq!(codes, Vec::<&str>::new(), "{media_type}");
    }
    let (encoding, codes) = encoding("application/xml", object);
    assert_eq!(encoding, ParameterEncoding::Text);
    assert_eq!(codes, ["unwritten-parameter"]);
}

#[test]
fn a_style_of_another_place_is_not_used() {
    let style = |place: &str, style: &str| {
        let parameter = json!({
            "name": "q", "in": place, "style": style,
            "schema": {"type": "array", "items": {"type": "string"}}
        });
        let generated = generate(json!({"parameters": [parameter]}), json!({}));
        let operation = &generated.sdk.resources[0].operations[0];
        (operation.parameters[0].encoding, codes(&generated))
    };
    let styled = |style, explode| ParameterEncoding::Styled {
        style,
        explode,
        reserved: false,
    };
    let unknown = vec!["unknown-style"];
    // Joined by commas, as `simple` means it.
    let joined = styled(ParameterStyle::Form, false);
    assert_eq!(style("query", "simple"), (joined, unknown.clone()));
    let simple = styled(ParameterStyle::Simple, false);
    assert_eq!(style("header", "deepObject"), (simple, unknown.clone()));
    let form = styled(ParameterStyle::Form, false);
    assert_eq!(style("cookie", "matrix"), (form, unknown));
    let pipes = styled(ParameterStyle::PipeDelimited, false);
    assert_eq!(style("query", "pipeDelimited"), (pipes, vec![]));
}

#[test]
fn the_name_of_a_scheme_is_sent_as_it_is_written() {
    let schemes = json!({"securitySchemes": {
        "sas": {"type": "http", "scheme": "SharedAccessKey"},
        "token": {"type": "http", "scheme": "Bearer"}
    }});
    let generated = generate(json!({"security": [{"sas": []}, {"token": []}]}), schemes);
    let kinds = generated.sdk.security_schemes.iter().map(|it| &it.kind);
    let kinds: Vec<&SecurityKind> = kinds.collect();
    let scheme = "SharedAccessKey".to_owned();
    assert_eq!(
        kinds,
        [&SecurityKind::HttpOther { scheme }, &SecurityKind::Bearer]
    );
}

#[test]
fn headers_that_frame_a_request_are_no_parameters_and_others_of_proxies_are() {
    let header = |name: &str| json!({"name": name, "in": "header", "schema": {"type": "string"}});
    let names = ["Host", "Proxy-Connection", "Proxy-Id", "TE", "TE-X"];
    let parameters = names.map(header);
    let generated = generate(json!({"parameters": parameters}), json!({}));
    let parameters = generated.sdk.resources[0].operations[0].parameters.iter();
    let parameters: Vec<&str> = parameters.map(|it| it.wire.as_str()).collect();
    assert_eq!(parameters, ["Proxy-Id", "TE-X"]);
    assert_eq!(codes(&generated), ["managed-header"; 3]);
}

#[test]
fn of_two_credentials_in_one_header_each_is_enough() {
    let schemes = json!({"securitySchemes": {
        "basic": {"type": "http", "scheme": "basic"},
        "key": {"type": "apiKey", "in": "query", "name": "key"},
        "token": {"type": "http", "scheme": "bearer"}
    }});
    let all = json!({"security": [{"basic": [], "key": [], "token": []}]});
    let generated = generate(all, schemes);
    let sdk = &generated.sdk;
    let alternatives = sdk.resources[0].operations[0].security.iter();
    let alternatives = alternatives.map(|alternative| {
        let schemes = alternative.schemes.iter();
        let names = schemes.map(|(index, _)| sdk.security_schemes[*index].wire.as_str());
        names.collect::<Vec<_>>()
    });
    assert_eq!(
        alternatives.collect::<Vec<_>>(),
        [["basic", "key"], ["key", "token"]]
    );
    assert_eq!(codes(&generated), ["shared-authorization"]);
    let header = &generated.sdk.security_schemes[1].kind;
    let name = "key".to_owned();
    let location = Location::Query;
    assert_eq!(header, &SecurityKind::ApiKey { location, name });
}

#[test]
fn where_nothing_says_which_operations_take_credentials_each_may() {
    let schemes = json!({"securitySchemes": {
        "bearer": {"type": "http", "scheme": "bearer"},
        "certificate": {"type": "mutualTLS"},
        "key": {"type": "apiKey", "in": "header", "name": "x-key"},
    }});
    let ways = |generated: &Generated| -> Vec<Vec<String>> {
        let security = &generated.sdk.resources[0].operations[0].security;
        let names = |schemes: &[(usize, Vec<usize>)]| {
            let schemes = schemes.iter();
            schemes
                .map(|(at, _)| generated.sdk.security_schemes[*at].wire.clone())
                .collect()
        };
        security.iter().map(|way| names(&way.schemes)).collect()
    };
    let unstated = generate(json!({}), schemes.clone());
    let each = [vec!["bearer".to_owned()], vec!["key".to_owned()], vec![]];
    assert_eq!(ways(&unstated), each);
    assert_eq!(codes(&unstated), ["unstated-security"]);
    let none = generate(json!({"security": []}), schemes);
    assert!(ways(&none).is_empty());
    assert!(codes(&none).is_empty(), "{:?}", codes(&none));
}
