package import FlowCore
package import Logging

/// Writes a log entry as one line: text for people, or JSON for machines.
package struct LineLogHandler: LogHandler {
    package enum Format: String, CaseIterable, Sendable {
        case text, json
    }

    private let queue: LogQueue
    private let format: Format
    private let now: @Sendable () -> Timestamp
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]

    package init(_ queue: LogQueue, format: Format, level: Logger.Level, now: @escaping @Sendable () -> Timestamp) {
        self.queue = queue
        self.format = format
        self.now = now
        logLevel = level
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let all = metadata.isEmpty ? event.metadata ?? [:] : metadata.merging(event.metadata ?? [:]) { $1 }
        queue.add(format.line(event.level, "\(event.message)", all, at: now()))
    }
}

extension LineLogHandler.Format {
    /// The line that tells of `count` lines that nobody read.
    package func dropped(_ count: Int, at: Timestamp) -> String {
        line(.warning, "log lines were dropped: nobody read them", ["lines": .stringConvertible(count)], at: at)
    }

    /// The line, without its line break.
    func line(_ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata, at: Timestamp) -> String {
        let pairs = metadata.sorted { $0.key < $1.key }
        switch self {
        case .text:
            let rest = pairs.map { " \($0.key)=\(Self.quoted("\($0.value)"))" }.joined()
            return "\(at.iso8601) \(level.rawValue.uppercased()) \(message)\(rest)"
        case .json:
            var line = "{\"time\":\"\(at.iso8601)\",\"level\":\"\(level.rawValue)\",\"message\":"
            JSONText.append(message, to: &line)
            for (key, value) in pairs {
                line += ","
                // No key is there twice, or a parser drops one of the two.
                JSONText.append(Self.ownKeys.contains(key) ? key + "_" : key, to: &line)
                line += ":"
                Self.append(value, to: &line)
            }
            return line + "}"
        }
    }

    private static let ownKeys: Set<String> = ["time", "level", "message"]

    private static func quoted(_ text: String) -> String {
        let clean = LogText.clean(text)
        guard clean.isEmpty || clean.contains(where: { $0 == " " || $0 == "\"" || $0 == "=" }) else { return clean }
        return "\"" + clean.replacing("\"", with: "'") + "\""
    }

    /// Numbers and truth values are JSON's own.
    private static func append(_ value: Logger.Metadata.Value, to line: inout String) {
        switch value {
        case .string(let text): JSONText.append(text, to: &line)
        case .stringConvertible(let value as any BinaryInteger & Sendable): line += "\(value)"
        case .stringConvertible(let value as Double) where value.isFinite: line += "\(value)"
        case .stringConvertible(let value as Bool): line += "\(value)"
        case .stringConvertible(let value): JSONText.append("\(value)", to: &line)
        case .array(let values):
            line += "["
            for (index, value) in values.enumerated() {
                if index > 0 { line += "," }
                append(value, to: &line)
            }
            line += "]"
        case .dictionary(let pairs):
            line += "{"
            for (index, pair) in pairs.sorted(by: { $0.key < $1.key }).enumerated() {
                if index > 0 { line += "," }
                JSONText.append(pair.key, to: &line)
                line += ":"
                append(pair.value, to: &line)
            }
            line += "}"
        }
    }
}
