import FlowCore
import FlowDocument

/// A case put behind those of a test file that somebody wrote: the text that is there stays, byte for byte.
struct CaseAddition {
    /// Why a case cannot be added.
    struct Obstacle: Error {
        let reason: String
    }

    private let source: [UInt8]
    private let file: String
    private let flow: Flow

    /// - Parameters:
    ///   - source: what stands in the file now.
    ///   - flow: the flow that the case is of.
    init(to source: [UInt8], file: String, of flow: Flow) {
        self.source = source
        self.file = file
        self.flow = flow
    }

    /// What has to be written behind the file's last byte.
    ///
    /// Each way to write it is read back before it counts: the cases that are there must still be read as they were.
    func text(_ item: CallCase) throws(Obstacle) -> String {
        let writer = CaseWriter(flow: flow.name)
        guard !isBare else {
            return gap + lines(writer.text([item]).split(separator: "\n").map(String.init), indent: "")
        }
        let (document, problem) = read(source)
        guard let document else { throw Obstacle(reason: problem) }
        guard document.root["nodes"] == nil else { throw Obstacle(reason: "this is a flow and no test file") }
        let name = document.root["flow"]?.text ?? CaseFile.stem(of: file) ?? ""
        guard name == flow.name || name == Self.stem(flow.file) else {
            throw Obstacle(reason: "its cases are of flow \"\(name)\", this one is of \"\(flow.name)\"")
        }
        var item = item
        let cases = document.root["cases"]?.list ?? []
        item.name = Self.free(item.name, beside: Set(cases.compactMap { $0["name"]?.text }))
        for indent in [Self.indent(of: cases.first, in: source), "  ", "", "    "].compactMap(\.self) {
            let addition = gap + lines(writer.lines(item), indent: indent)
            if isRead(addition, behind: document.root, cases, as: item.name) { return addition }
        }
        throw Obstacle(
            reason: "\"cases\" has to be the last key of the file, each case in lines of its own behind \"- \""
        )
    }

    // MARK: Reading back

    private func read(_ bytes: [UInt8]) -> (Document?, problem: String) {
        let result = Document.read(bytes, file: file, format: .yaml)
        if let error = result.findings.first(where: { $0.severity == .error }) {
            return (nil, "line \(error.span.start.line): \(error.message)")
        }
        return (result.document, "it cannot be read")
    }

    private func isRead(_ addition: String, behind root: Value, _ cases: [Value], as name: String) -> Bool {
        guard let now = read(source + Array(addition.utf8)).0?.root, let entries = now.entries,
            entries.map(\.key.text) == root.entries?.map(\.key.text), let list = now["cases"]?.list
        else { return false }
        return list.count == cases.count + 1 && list.last?["name"]?.text == name
            && zip(cases, list).allSatisfy { $0.isSameText(as: $1) }
    }

    // MARK: Writing

    /// Nothing but blanks and comments.
    private var isBare: Bool {
        String(decoding: source, as: UTF8.self).split(whereSeparator: \.isNewline).allSatisfy { line in
            let text = String(line).trimmingBlanks
            return text.isEmpty || text.hasPrefix("#")
        }
    }

    private var lineBreak: String { source.contains(UInt8(ascii: "\r")) ? "\r\n" : "\n" }

    /// Ends the last line, and leaves a line empty.
    private var gap: String {
        guard let last = source.last else { return "" }
        return last == UInt8(ascii: "\n") ? lineBreak : lineBreak + lineBreak
    }

    private func lines(_ lines: [String], indent: String) -> String {
        lines.map { indent + $0 + lineBreak }.joined()
    }

    /// What stands in front of the dash of a list's item; nil where no dash is in its line.
    private static func indent(of item: Value?, in source: [UInt8]) -> String? {
        guard let item else { return nil }
        let lines = source.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let number = item.span.start.line - 1
        guard lines.indices.contains(number) else { return nil }
        let blanks = lines[number].prefix { $0 == UInt8(ascii: " ") }
        guard lines[number].dropFirst(blanks.count).first == UInt8(ascii: "-") else { return nil }
        return String(decoding: blanks, as: UTF8.self)
    }

    /// `a played call 2`, where `a played call` is there already.
    private static func free(_ name: String, beside taken: Set<String>) -> String {
        guard taken.contains(name) else { return name }
        var number = 2
        while taken.contains("\(name) \(number)") { number += 1 }
        return "\(name) \(number)"
    }

    private static func stem(_ file: String) -> String {
        String((file.split(separator: "/").last ?? "").prefix { $0 != "." })
    }
}

extension Value {
    /// Whether both say the same, wherever they stand.
    fileprivate func isSameText(as other: Value) -> Bool {
        switch (content, other.content) {
        case (.scalar(let left), .scalar(let right)): left == right
        case (.list(let left), .list(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.isSameText(as: $1) }
        case (.mapping(let left), .mapping(let right)):
            left.count == right.count
                && zip(left, right).allSatisfy { $0.key.text == $1.key.text && $0.value.isSameText(as: $1.value) }
        default: false
        }
    }
}
