import FlowCore

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
        let flow = String(segments[0])
        if segments.count == 1 {
            self = .flow(flow)
            return
        }
        guard segments.count >= 5, let version = VersionID(segments[1]),
            let node = Self.number(segments[2]), let turn = Self.number(segments[3])
        else { return nil }
        if segments.count == 5 {
            guard segments[4] == "result" else { return nil }
            self = .result(flow: flow, version: version, node: node, turn: turn)
            return
        }
        guard let call = Self.call(segments[5]) else { return nil }
        let step = StepAddress(call: call, flow: flow, version: version, node: node, turn: turn)
        switch (segments.count, segments[4]) {
        case (6, "events"): self = .events(step)
        case (7, "confirm"): self = .confirmation(step, token: String(segments[6]))
        case (7, "music"): self = .music(step, token: String(segments[6]))
        default: return nil
        }
    }

    private static let flows = "/flows/"

    private static func segments(_ path: Substring) -> [Substring] {
        path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { Substring($0) }
    }

    /// A call's identifier of 128 bytes is 172 characters here; the rest leaves room for the longest name.
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

    /// A number of at most six digits, as ``text`` writes it: no leading zero.
    private static func number(_ segment: Substring) -> Int? {
        guard segment.utf8.count <= 6, segment.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            segment.utf8.count == 1 || segment.utf8.first != UInt8(ascii: "0")
        else { return nil }
        return Int(segment)
    }

    private static func call(_ segment: Substring) -> RunID? {
        guard let bytes = Base64.url.decode(segment.utf8), let call = RunID(bytes: bytes), call.kind == .call,
            // Not so for bytes that are no UTF-8, and for a UUID that is written as a text.
            call.bytes == bytes
        else { return nil }
        return call
    }
}
