/// How long the write-ahead log may become, in frames of a page each unless they are bytes.
package struct LogLimits: Sendable {
    /// Frames that are copied at once, at least.
    package var step = 1_000
    /// Frames from which on the writer helps to have the log begin anew: 32 MiB.
    package var restart = 8_192
    /// Bytes that a log keeps when it begins anew.
    package var keptBytes = 32 * 1_024 * 1_024
    /// Bytes from which on an operator should know.
    package var alarmBytes = 256 * 1_024 * 1_024

    /// Seconds after which a log is emptied that holds sensitive texts which were wiped.
    package var emptyAfter = 20.0

    package init() {}
}

/// The log as a checkpoint left it, in frames.
struct LogState {
    var frames: Int
    var copied: Int
}
