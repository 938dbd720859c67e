//! The front page of a crate: a guide, made only of what the API has.

use super::examples;
use super::security;
use super::source::{Source, code, ident, literal};
use crate::identifier::bare;
use crate::model::{ArgumentForm, ExampleCall, Payload, Sdk, SecurityKind};

/// The longest arguments of an attribute that rustfmt leaves in one line.
const ATTRIBUTE_WIDTH: usize = 70;

/// The documentation of the crate's root.
pub(super) fn write(source: &mut Source, sdk: &Sdk, title: &str, krate: &str, features: &str) {
    let mut page = Page { source, sdk, krate };
    page.text(title);
    if !sdk.info.beginning.0.is_empty() {
        page.paragraph(&sdk.info.beginning.0);
    }
    if sdk.is_called() {
        page.client();
        page.authentication();
        page.errors();
        page.lists();
        page.bytes();
        page.blocking();
    }
    page.events();
    page.unsaid_types();
    page.about();
    if sdk.is_called() {
        page.operations();
    }
    page.heading("Features");
    page.text(features.trim_end());
}

struct Page<'p> {
    source: &'p mut Source,
    sdk: &'p Sdk,
    krate: &'p str,
}

impl Page<'_> {
    fn text(&mut self, text: &str) {
        for line in text.lines() {
            self.source.inner_docs(line, None);
        }
    }

    fn paragraph(&mut self, text: &str) {
        self.source.inner_docs("", None);
        self.text(text);
    }

    fn heading(&mut self, text: &str) {
        self.paragraph(&format!("# {text}\n\n"));
    }

    /// Code that is compiled where what it uses is there.
    fn program(&mut self, needed: Option<&str>, lines: &str) {
        self.source.inner_docs("", None);
        match needed {
            None => self.source.inner_docs("```no_run", None),
            Some(needed) => {
                self.fence(needed, "no_run");
                self.fence(&format!("not({needed})"), "ignore");
            }
        }
        self.text(lines);
        self.source.inner_docs("```", None);
    }

    /// The line that begins code, where a condition holds; broken as rustfmt breaks it.
    fn fence(&mut self, condition: &str, kind: &str) {
        let arguments = format!("{condition}, doc = \"```{kind}\"");
        if arguments.len() <= ATTRIBUTE_WIDTH {
            return self.source.line(&format!("#![cfg_attr({arguments})]"));
        }
        self.source.open("#![cfg_attr(");
        self.source.line(&format!("{condition},"));
        self.source.line(&format!("doc = \"```{kind}\""));
        self.source.close(")]");
    }

    fn about(&mut self) {
        let more = &self.sdk.info.more.0;
        if !more.is_empty() {
            self.heading("About the API");
            self.text(more);
        }
    }

    fn client(&mut self) {
        let mut lines = Source::default();
        lines.line(&format!("use {}::{{Client, Environment}};", self.krate));
        lines.line("");
        lines.line("# fn client() -> Result<Client, Box<dyn std::error::Error>> {");
        examples::client(&mut lines, self.sdk, &self.sdk.examples.credentials);
        lines.line("# Ok(client)");
        lines.line("# }");
        self.heading("Client");
        self.text(
            "A client is made of an environment, and of credentials where the API asks for some:",
        );
        self.program(Some("feature = \"client\""), &lines.finish());
        self.paragraph(
            "A [`Client`] is cheap to clone: make one, and keep it. [`ClientBuilder`] has its limits of time and size, \
             headers for every request, and the HTTP client to use. It runs in one [`Environment`]:",
        );
        self.source.inner_docs("", None);
        for environment in &self.sdk.environments {
            let (name, url) = (ident(&environment.name), code(&environment.url));
            let line = format!("* [`Environment::{name}`], {url}");
            self.source.inner_docs(&line, None);
        }
        let line = "* [`Environment::custom`], any other, such as a local stand-in";
        self.source.inner_docs(line, None);
        self.paragraph(
            "Arguments that a call needs are those of its method, all others are set on the call. Nothing is sent \
             until it is awaited.",
        );
        if !self.sdk.constraints.is_empty() {
            self.paragraph(
                "Lengths, ranges, patterns and whatever else the document states of a request are checked before it is \
                 sent: [`Error::InvalidRequest`] has all that is wrong at once. \
                 [`without_validation`](ClientBuilder::without_validation) leaves it to the API, and \
                 [`rt::Constraints`] says what is not checked.",
            );
        }
    }

    fn authentication(&mut self) {
        if self.sdk.security_schemes.is_empty() {
            return;
        }
        self.heading("Authentication");
        self.text("Credentials are given to the builder of the client, and go only with operations that need them.");
        self.source.inner_docs("", None);
        for scheme in &self.sdk.security_schemes {
            let method = bare(&scheme.method);
            let line = match security::about(&scheme.kind) {
                Some(about) => format!("* [`{method}`](ClientBuilder::{method}): {about}"),
                None => format!(
                    "* {}: by a certificate that [`http_client`](ClientBuilder::http_client) gives to the HTTP client.",
                    code(&scheme.wire)
                ),
            };
            self.source.inner_docs(&line, None);
        }
        let mut kinds = self.sdk.security_schemes.iter().map(|it| &it.kind);
        if kinds.any(|kind| security::about(kind).is_some()) {
            self.paragraph(
                "A secret that is given as an [`rt::Secret`] can be replaced while the client is in use.",
            );
        }
        let mints = |kind: &SecurityKind| matches!(kind, SecurityKind::ClientCredentials { .. });
        if !self.sdk.scopes.is_empty() && self.sdk.security_schemes.iter().any(|it| mints(&it.kind))
        {
            self.paragraph("A token is asked for the [`Scope`]s that an operation needs, unless [`scopes`](ClientBuilder::scopes) says otherwise: then an operation that needs others is not sent, and the error says which.");
        }
    }

    fn errors(&mut self) {
        self.heading("Errors");
        self.text(
            "Every call fails with an [`Error`]. Where the API answered, it is [`Error::Api`], with status, headers and body; \
             the documentation of each operation says which answers there are. \
             [`Error::OutcomeUnknown`] says that nobody can tell whether the request was carried out: look before you \
             repeat it. [`Error::is_retryable`] tells whether the same call may go well later and does no harm.",
        );
        if let Some(call) = &self.sdk.examples.call {
            let Some((head, needed, called)) = self.function(call) else {
                return;
            };
            let lines = format!(
                "use {}::Error;\n\n{head}match client.{}.await {{\n    \
                 Ok(answer) => println!(\"{{answer:?}}\"),\n    \
                 Err(Error::Api(error)) => println!(\"answered with {{}}\", error.status()),\n    \
                 Err(error) => return Err(error),\n}}\n# Ok(())\n# }}\n",
                self.krate,
                called.join(".")
            );
            self.program(Some(&needed), &lines);
        }
    }

    fn lists(&mut self) {
        let Some(call) = &self.sdk.examples.list else {
            return;
        };
        let Some((head, needed, called)) = self.function(call) else {
            return;
        };
        let mut lines = Source::default();
        examples::walk(&mut lines, called);
        self.heading("Lists");
        self.text(
            "A call of a list answers one page. `items` walks over the items of all pages, and `pages` over the pages; \
             they ask for the next page when it is needed.",
        );
        self.program(
            Some(&needed),
            &format!("{head}{}# Ok(())\n# }}\n", lines.finish()),
        );
    }

    fn bytes(&mut self) {
        let operations = || self.sdk.resources.iter().flat_map(|it| &it.operations);
        let is_bytes = |payload: &Payload| matches!(payload, Payload::Bytes);
        let is_read = operations().any(|it| it.success.payloads().into_iter().any(is_bytes));
        let bodies = || operations().filter_map(|it| it.body.as_ref());
        let sent = || bodies().flat_map(|body| body.media());
        let is_sent = sent().any(|media| is_bytes(&media.payload));
        let has_forms = sent().any(|media| matches!(media.payload, Payload::Multipart { .. }));
        if !is_read && !is_sent && !has_forms {
            return;
        }
        self.heading("Bytes");
        if is_read {
            self.text(
                "An answer of bytes is an [`rt::Download`]: read it piece by piece, copy it to a writer, or collect it within a \
                 limit. The time for a call is over with the beginning of its answer, and each piece has the time that \
                 [`read_timeout`](ClientBuilder::read_timeout) says.",
            );
        }
        let takes = match (is_sent, has_forms) {
            (true, true) => "A body of bytes, and a file in a form ([`rt::Part`]), is",
            (true, false) => "A body of bytes is",
            (false, true) => "A file in a form ([`rt::Part`]) is",
            (false, false) => return,
        };
        self.text(&format!(
            "{takes} an [`rt::Upload`]: bytes, a file, a reader. What can be read once is sent again only where nothing of \
             it was read."
        ));
    }

    fn blocking(&mut self) {
        let Some(call) = &self.sdk.examples.call else {
            return;
        };
        let Some((head, needed, called)) = self.function(call) else {
            return;
        };
        let head = head.replacen("# async fn", "# fn", 1);
        let lines = format!(
            "use {}::rt::Wait;\n\n{head}let answer = client.{}.wait()?;\n# Ok(())\n# }}\n",
            self.krate,
            called.join(".")
        );
        let needed = match needed.strip_prefix("all(") {
            Some(more) => format!("all(feature = \"blocking\", {more}"),
            None => format!("all(feature = \"blocking\", {needed})"),
        };
        self.heading("Blocking");
        self.text(
            "In a program that is not asynchronous, the feature `blocking` has `wait` for all that would be awaited, and \
             `items().wait()` is an iterator. In an asynchronous runtime it is an error.",
        );
        self.program(Some(&needed), &lines);
    }

    /// The hidden beginning of a function with a client and the arguments of a call, the features it needs, and
    /// the call.
    fn function(&self, call: &ExampleCall) -> Option<(String, String, Vec<String>)> {
        let arguments = call.arguments.iter().map(|argument| {
            let ty = match argument.form {
                ArgumentForm::Text => "String",
                ArgumentForm::Integer(ty) => ty,
            };
            format!(", {}: {ty}", ident(&argument.name))
        });
        let krate = self.krate;
        let head = format!(
            "# async fn call(client: &{krate}::Client{}) -> Result<(), {krate}::Error> {{\n",
            arguments.collect::<String>()
        );
        let client = "feature = \"client\"".to_owned();
        // Any one will do, and a list of them is long.
        let needed = match call.features.first() {
            None => client,
            Some(feature) => format!("all({client}, feature = {})", literal(feature)),
        };
        Some((head, needed, examples::called(self.sdk, krate, call)?))
    }

    fn events(&mut self) {
        let Some(events) = &self.sdk.events else {
            return;
        };
        let name = ident(&events.name);
        self.heading("Events");
        self.text(&format!(
            "All that the API sends is one enum, [`{name}`]. An event that this version does not know is [`{name}::Unknown`], \
             with all that was sent."
        ));
        let needed = match examples::is_signed(self.sdk) {
            true => Some("feature = \"webhooks\""),
            false => None,
        };
        if examples::is_signed(self.sdk) {
            self.paragraph(
                "Deliveries are signed: a [`Verifier`](webhooks::Verifier) gives only those that are genuine. They may \
                 come more than once: their id tells.",
            );
        }
        let mut lines = Source::default();
        examples::receive(&mut lines, self.sdk, events, self.krate);
        let signed = match examples::is_signed(self.sdk) {
            true => ", secret: String, signature: String",
            false => "",
        };
        let lines = format!(
            "use {krate}::{name};\n\n\
             # fn receive(body: Vec<u8>{signed}) -> Result<(), Box<dyn std::error::Error>> {{\n\
             {}# Ok(())\n# }}\n",
            lines.finish(),
            krate = self.krate
        );
        self.program(needed, &lines);
    }

    fn unsaid_types(&mut self) {
        if !self.sdk.types.iter().any(|ty| ty.shape.is_loose()) {
            return;
        }
        self.heading("Types that are not said");
        self.text(
            "Some schemas of this API name no type: they describe texts, lists or objects, and any other value is valid, \
             too. Values are read as what is described. Another one is kept, and written back as it came: in place of an \
             object it is [`extra.instead()`](rt::Extra::instead), of all else [`rt::Loose::Other`].",
        );
    }

    fn operations(&mut self) {
        let count: usize = self
            .sdk
            .resources
            .iter()
            .map(|it| it.operations.len())
            .sum();
        self.heading("Operations");
        let operations = match count {
            1 => "one operation".to_owned(),
            _ => format!("{count} operations"),
        };
        let methods = match self.sdk.resources.len() {
            0 | 1 => "a method for its one resource".to_owned(),
            resources => format!("a method for each of its {resources} resources"),
        };
        self.text(&format!(
            "The client has {methods}, with {operations} in all: the module [`resources`] has the index."
        ));
        if !self.sdk.types.is_empty() {
            self.text("Their types are in [`types`].");
        }
    }
}
