import FlowCore

/// A path that cannot be looked into at all.
package enum FlowFolderError: Error, Hashable, Sendable, CustomStringConvertible {
    case missing(String)
    case notAFlowFile(String)
    /// All that is named are cases for `flowd test`.
    case holdsCases(String)

    package var description: String {
        switch self {
        case .missing(let path): "no such file or folder: \"\(LogText.clean(path))\""
        case .holdsCases(let path): "\"\(LogText.clean(path))\" holds cases for \"flowd test\", and no flow"
        case .notAFlowFile(let path): "\"\(LogText.clean(path))\" is no flow file: they end in .yaml, .yml or .json"
        }
    }
}
