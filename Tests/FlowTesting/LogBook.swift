package import Logging
import Synchronization

/// Keeps every line of a logger, with its metadata, as text.
package final class LogBook: LogHandler {
    private let kept = Mutex<[String]>([])
    private let level: Logger.Level

    package init(level: Logger.Level = .trace) {
        self.level = level
    }

    /// `info run ended call=… flow=…`, the metadata in the order of its keys.
    package var lines: [String] { kept.withLock { $0 } }

    package var logger: Logger { Logger(label: "test") { _ in self } }

    package var logLevel: Logger.Level {
        get { level }
        set {}
    }

    package var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }

    package func log(event: LogEvent) {
        let metadata = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        kept.withLock { $0.append((["\(event.level)", "\(event.message)"] + metadata).joined(separator: " ")) }
    }
}
