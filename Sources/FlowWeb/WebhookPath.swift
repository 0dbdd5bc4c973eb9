package import FlowCore

/// A path that Plivo comes to, below the public URL's prefix.
///
/// | path | |
/// |---|---|
/// | `/flows/<flow>` | everything Plivo has for a flow |
/// | `/incoming` | the same, the flow found by the number |
/// | `/flows/<flow>/<version>/<node>/<turn>/result` | the action of the element that a run waits for |
/// | `/flows/<flow>/<version>/<node>/<turn>/<callback>/<run>` | a callback of that step |
/// | `/flows/<flow>/<version>/<node>/<turn>/<callback>/<run>/<token>` | one that Plivo may not sign |
///
/// Behind an action, and behind an action with its run, `/none` may stand: the `<Redirect>` behind the element. Segments are
/// `[A-Za-z0-9_-]`; `<run>` is the base64url (RFC 4648, section 5) of ``RunID/bytes``.
package enum WebhookPath: Hashable, Sendable {
    case flow(String)
    case incoming
    case callback(CallbackPath)
}

/// The path of a callback.
package struct CallbackPath: Hashable, Sendable {
    package var flow: String
    package var version: VersionID
    package var node: Int
    package var turn: Int
    /// ``Callback/name``.
    package var name: String
    /// The run's key; nil where the CallUUID that comes along is the key.
    package var run: RunID?
    /// Found right or wrong by ``WebhookAddresses/admits(_:)`` only.
    package var token: String?

    package init(
        flow: String,
        version: VersionID,
        node: Int,
        turn: Int,
        name: String,
        run: RunID? = nil,
        token: String? = nil
    ) {
        self.flow = flow
        self.version = version
        self.node = node
        self.turn = turn
        self.name = name
        self.run = run
        self.token = token
    }

    /// The path without its token: what the token is over.
    var withoutToken: CallbackPath {
        var path = self
        path.token = nil
        return path
    }
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
        case .callback(let path): path.append(to: &text)
        }
    }
}

extension CallbackPath {
    /// Piece by piece: an interpolation takes several times as long, and an answer has two or three of these.
    func append(to text: inout String) {
        let isNone = name == Callback.none
        text += "/flows/"
        for segment in [flow, version.text, String(node), String(turn)] {
            text += segment
            text += "/"
        }
        text += isNone ? Callback.action : name
        if let run {
            text += "/"
            text += Base64.url.encode(run.bytes)
        }
        if let token {
            text += "/"
            text += token
        }
        if isNone { text += "/none" }
    }
}

extension WebhookPath {
    /// Reads what ``text`` writes, and nothing else: one path is one text.
    ///
    /// - Parameter path: as received, below the public URL's prefix (``PublicURL/strip(_:)``), without its query.
    package init?(_ path: some StringProtocol) {
        guard path.utf8.count <= Self.maximumLength else { return nil }
        if path == "/incoming" {
            self = .incoming
            return
        }
        guard path.hasPrefix(Self.flows) else { return nil }
        let rest = Substring(path.dropFirst(Self.flows.count))
        // The most frequent is one segment, and needs no list of them.
        let segments = rest.utf8.contains(UInt8(ascii: "/")) ? Self.segments(rest) : [rest]
        guard segments.allSatisfy(Self.isSegment), segments[0].utf8.count <= Self.maximumNameLength else { return nil }
        if segments.count == 1 {
            self = .flow(String(segments[0]))
        } else {
            guard let callback = CallbackPath(segments) else { return nil }
            self = .callback(callback)
        }
    }

    private static let flows = "/flows/"

    private static func segments(_ path: Substring) -> [Substring] {
        path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { Substring($0) }
    }

    /// A run's identifier of 128 bytes is 172 characters here; the rest leaves room for the longest name.
    private static let maximumLength = 512
    private static let maximumNameLength = 128

    private static func isSegment(_ segment: Substring) -> Bool {
        !segment.isEmpty
            && segment.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}

extension CallbackPath {
    /// - Parameter segments: of a whole path behind `/flows/`, each of the characters that a segment may have.
    fileprivate init?(_ segments: [Substring]) {
        guard (5...8).contains(segments.count), let version = VersionID(segments[1]),
            let node = Self.number(segments[2]), let turn = Self.number(segments[3])
        else { return nil }
        self.init(flow: String(segments[0]), version: version, node: node, turn: turn, name: String(segments[4]))
        var rest = segments[5...]
        if name == Callback.action {
            if rest.last == "none" {
                name = Callback.none
                rest.removeLast()
            }
            guard rest.count <= 1 else { return nil }
        } else {
            // Nobody but the URL tells whose callback it is.
            guard name != Callback.none, (1...2).contains(rest.count) else { return nil }
        }
        if let segment = rest.popFirst() {
            guard let run = Self.run(segment) else { return nil }
            self.run = run
        }
        token = rest.first.map(String.init)
    }

    /// A number of at most six digits, as the path writes it: no leading zero.
    private static func number(_ segment: Substring) -> Int? {
        guard segment.utf8.count <= 6, segment.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            segment.utf8.count == 1 || segment.utf8.first != UInt8(ascii: "0")
        else { return nil }
        return Int(segment)
    }

    private static func run(_ segment: Substring) -> RunID? {
        guard let bytes = Base64.url.decode(segment.utf8), let run = RunID(bytes: bytes),
            // Not so for bytes that are no UTF-8, and for a UUID that is written as a text.
            run.bytes == bytes
        else { return nil }
        return run
    }
}
