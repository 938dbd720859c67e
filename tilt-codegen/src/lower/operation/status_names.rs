//! Statuses as names.

use crate::model::StatusRange;

/// A status of failure as a name: its reason phrase (RFC 9110, 15.5 and 15.6; RFC 6585, RFC 4918).
pub(super) fn error_reason(code: u16) -> Option<&'static str> {
    Some(match code {
        400 => "BadRequest",
        401 => "Unauthorized",
        402 => "PaymentRequired",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        406 => "NotAcceptable",
        408 => "RequestTimeout",
        409 => "Conflict",
        410 => "Gone",
        412 => "PreconditionFailed",
        413 => "ContentTooLarge",
        415 => "UnsupportedMediaType",
        422 => "UnprocessableContent",
        423 => "Locked",
        424 => "FailedDependency",
        428 => "PreconditionRequired",
        429 => "TooManyRequests",
        500 => "InternalServer",
        501 => "NotImplemented",
        502 => "BadGateway",
        503 => "ServiceUnavailable",
        504 => "GatewayTimeout",
        _ => return None,
    })
}

/// A status as a variant: its reason phrase (RFC 9110, 15).
pub(super) fn status_label(status: StatusRange) -> String {
    match status {
        StatusRange::Code(code) => match code {
            100 => "Continue",
            101 => "SwitchingProtocols",
            200 => "Success",
            201 => "Created",
            202 => "Accepted",
            203 => "NonAuthoritative",
            204 => "NoContent",
            205 => "ResetContent",
            206 => "PartialContent",
            207 => "MultiStatus",
            300 => "MultipleChoices",
            301 => "MovedPermanently",
            302 => "Found",
            303 => "SeeOther",
            304 => "NotModified",
            307 => "TemporaryRedirect",
            308 => "PermanentRedirect",
            code => return format!("Status{code}"),
        }
        .to_owned(),
        StatusRange::Class(class) => format!("Status{class}xx"),
        StatusRange::Default => "Default".to_owned(),
    }
}
