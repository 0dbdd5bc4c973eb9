import FlowCore
import FlowHost
import Foundation
import Logging

/// Writes a log entry as one line to stderr: text for people, or JSON for machines.
struct LineLogHandler: LogHandler {
    enum Format: String, CaseIterable, Sendable {
        case text, json
    }

    let label: String
    let format: Format
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]

    init(label: String, format: Format, level: Logger.Level) {
        self.label = label
        self.format = format
        logLevel = level
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)).iso8601
        let pairs = all.sorted { $0.key < $1.key }
        switch format {
        case .text:
            let rest = pairs.map { " \($0.key)=\(Self.quoted("\($0.value)"))" }.joined()
            Console.say("\(now) \(event.level.rawValue.uppercased()) \(event.message)\(rest)")
        case .json:
            var line = "{\"time\":\"\(now)\",\"level\":\"\(event.level.rawValue)\",\"message\":"
            JSONText.append("\(event.message)", to: &line)
            for (key, value) in pairs {
                line += ","
                JSONText.append(key, to: &line)
                line += ":"
                Self.append(value, to: &line)
            }
            Console.say(line + "}")
        }
    }

    private static func quoted(_ text: String) -> String {
        let clean = LogText.clean(text)
        guard clean.isEmpty || clean.contains(where: { $0 == " " || $0 == "\"" || $0 == "=" }) else { return clean }
        return "\"" + clean.replacing("\"", with: "'") + "\""
    }

    private static func append(_ value: Logger.Metadata.Value, to line: inout String) {
        switch value {
        case .string(let text): JSONText.append(text, to: &line)
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
