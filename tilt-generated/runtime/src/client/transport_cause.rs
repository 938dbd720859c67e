//! The causes of a lost request, as errors show them. With the end of a connection, a server may send any text (the debug
//! data of GOAWAY: RFC 9113, section 6.8), which may repeat what the request had: it goes no further.

use super::error::BoxError;

/// The cause of a request's failure.
pub(crate) fn cause(error: reqwest::Error) -> BoxError {
    let error = error.without_url();
    #[cfg(feature = "http2")]
    if let Some(cause) = told::without_debug_data(&error) {
        return cause;
    }
    error.into()
}

#[cfg(feature = "http2")]
mod told {
    use super::BoxError;
    use crate::data::foreign_text::one_line;
    use std::error::Error;
    use std::fmt;

    /// An error in its words.
    #[derive(Debug)]
    struct Told {
        text: String,
        source: Option<Box<Told>>,
    }

    impl fmt::Display for Told {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(&self.text)
        }
    }

    impl Error for Told {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            self.source.as_deref().map(|it| it as _)
        }
    }

    /// The same chain of errors in words, where a server's text is in it.
    pub(super) fn without_debug_data(error: &(dyn Error + 'static)) -> Option<BoxError> {
        let mut texts = Vec::new();
        let mut cause = Some(error);
        while let Some(error) = cause {
            let goes_away = error
                .downcast_ref()
                .filter(|it: &&h2::Error| it.is_go_away());
            if let Some(error) = goes_away {
                let reason = error.reason().map(|it| it.to_string());
                texts.push(format!("connection error: {}", reason.unwrap_or_default()));
                let told = texts
                    .into_iter()
                    .rev()
                    .fold(None, |source, text| Some(Box::new(Told { text, source })));
                return told.map(|told| told as BoxError);
            }
            texts.push(one_line(&error.to_string()));
            cause = error.source();
        }
        None
    }
}
