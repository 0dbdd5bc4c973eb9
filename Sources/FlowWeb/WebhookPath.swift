package import FlowCore

/// A path that Plivo comes to, below the public URL's prefix.
///
/// | path | method | |
/// |---|---|---|
/// | `/flows/<flow>` | GET, POST | everything Plivo has for a flow |
/// | `/incoming` | GET, POST | the same, the flow found by the number |
/// | `/flows/<flow>/<version>/<node>/<turn>/result` | POST | a `<Dial>`'s action |
/// | `/flows/<flow>/<version>/<node>/<turn>/events/<call>` | POST | its callback |
/// | `/flows/<flow>/<version>/<node>/<turn>/confirm/<call>/<token>` | GET, POST | what the callee hears |
/// | `/flows/<flow>/<version>/<node>/<turn>/music/<call>/<token>` | GET, POST | what the caller hears |
///
/// Segments are `[A-Za-z0-9_-]`; `<call>` is the Base64 (RFC 4648, section 5) of ``RunID/bytes``.
package enum WebhookPath: Hashable, Sendable {
    case flow(String)
    case incoming
    /// The call is `CallUUID`'s.
    case result(flow: String, version: VersionID, node: Int, turn: Int)
    /// The call is here, because `CallUUID` may be the B leg's.
    case events(StepAddress)
    /// Found by ``WebhookAddresses`` only: the token is not looked at here.
    case confirmation(StepAddress, token: String)
    /// Likewise.
    case music(StepAddress, token: String)
}

extension WebhookPath {
    /// The path, beginning with a slash.
    package var text: String {
        var text = ""
        append(to: &text)
        return text
    }

    func append(to text: inout String) {
        switch self {
        case .flow(let name):
            text += "/flows/"
            text += name
        case .incoming: text += "/incoming"
        case .result(let flow, let version, let node, let turn):
            Self.append(flow, version, node, turn, "result", to: &text)
        case .events(let step): Self.append(step, "events", to: &text)
        case .confirmation(let step, let token):
            Self.append(step, "confirm", to: &text)
            text += "/"
            text += token
        case .music(let step, let token):
            Self.append(step, "music", to: &text)
            text += "/"
            text += token
        }
    }

    /// The same without its last segment: what a token is over.
    var textBeforeToken: String? {
        switch self {
        case .confirmation(let step, _): Self.text(of: step, "confirm")
        case .music(let step, _): Self.text(of: step, "music")
        case .flow, .incoming, .result, .events: nil
        }
    }

    private static func text(of step: StepAddress, _ kind: String) -> String {
        var text = ""
        append(step, kind, to: &text)
        return text
    }

    private static func append(_ step: StepAddress, _ kind: String, to text: inout String) {
        append(step.flow, step.version, step.node, step.turn, kind, to: &text)
        text += "/"
        text += Base64.url.encode(step.call.bytes)
    }

    /// Piece by piece: an interpolation takes several times as long, and an answer has two or three of these.
    private static func append(
        _ flow: String,
        _ version: VersionID,
        _ node: Int,
        _ turn: Int,
        _ kind: String,
        to text: inout String
    ) {
        text += "/flows/"
        for segment in [flow, version.text, String(node), String(turn)] {
            text += segment
            text += "/"
        }
        text += kind
    }
}
