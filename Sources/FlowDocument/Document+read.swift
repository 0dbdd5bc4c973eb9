extension Document {
    /// Reads a flow file.
    ///
    /// Takes any bytes: what is wrong with them is in the findings, never thrown. Reading goes on behind a mistake wherever
    /// the text still has one meaning, so that one run of `flowd lint` shows them all.
    package static func read(
        _ source: [UInt8],
        file: String,
        format: Format,
        limits: Limits = Limits()
    ) -> ReadResult {
        if let failure = refusal(of: source, limits: limits) {
            return ReadResult(document: nil, findings: [failure.finding(in: file)])
        }
        var hasGaps = false
        let (root, findings) =
            switch format {
            case .yaml: YAMLReader.read(source, file: file, limits: limits, hasGaps: &hasGaps)
            case .json: JSONReader.read(source, file: file, limits: limits)
            }
        return ReadResult(
            document: root.map {
                Document(file: file, format: format, source: source, root: $0, hasGaps: hasGaps)
            },
            findings: findings.sorted(by: Finding.inReportOrder)
        )
    }

    /// Why no reader should look at the bytes, or nil.
    private static func refusal(of source: [UInt8], limits: Limits) -> ReadFailure? {
        guard source.count <= limits.size else {
            return ReadFailure(
                .overLimit,
                "file has \(source.count.grouped) bytes, limit \(limits.size.grouped)",
                span: .start
            )
        }
        guard !source.isUTF16 else {
            return ReadFailure(
                .unsupportedSyntax,
                "file is UTF-16, and a flow is UTF-8",
                span: .start,
                help: ["save it as UTF-8"]
            )
        }
        return nil
    }
}
