import FlowDocument

extension Datum {
    /// Reads an app server's JSON (RFC 8259); nil for anything else.
    ///
    /// Of two equal keys the later counts.
    package init?(json bytes: [UInt8]) {
        let limits = Limits(size: RunLimits.responseBytes, depth: 64, values: 20_000)
        guard let value = try? JSONReader.read(bytes, limits: limits, duplicateKeys: .keepLast) else { return nil }
        self.init(value)
    }

    private init(_ value: Value) {
        switch value.content {
        case .list(let items): self = .list(items.map { Datum($0) })
        case .mapping(let entries): self = .object(entries.map { Member($0.key.text, Datum($0.value)) })
        case .scalar(let scalar):
            switch (scalar.style, scalar.text) {
            case (.absent, _): self = .null
            case (.plain, "true"): self = .boolean(true)
            case (.plain, "false"): self = .boolean(false)
            case (.plain, let digits): self = .number(digits)
            case (_, let text): self = .text(text)
            }
        }
    }
}
