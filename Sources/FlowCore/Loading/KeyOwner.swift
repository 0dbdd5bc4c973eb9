/// The thing whose keys are being read, described lazily for messages.
enum KeyOwner {
    /// A node, whose type is nil where it is unknown.
    case node(type: String?, name: String)
    /// Something else, in words: `the flow`.
    case other(String)
}

extension KeyOwner: CustomStringConvertible {
    /// As a message has it: `call_forward "Forward"`.
    var description: String {
        switch self {
        case .node(let type?, let name): "\(type) \"\(name)\""
        case .node(nil, let name): "\"\(name)\""
        case .other(let words): words
        }
    }
}
