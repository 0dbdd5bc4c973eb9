package import FlowCore
package import FlowWeb

extension RunID {
    /// Reads the `CallUUID` that every webhook of a call has: a `<Dial>`'s action and callback as well.
    ///
    /// In a `callbackUrl` it may be the B leg's; there the address says which call it is.
    ///
    /// - Throws: ``Refusal`` where it is missing, empty or too long.
    package static func call(in parameters: Parameters) throws(Refusal) -> RunID {
        guard let id = try RunID(.call, in: parameters) else {
            throw Refusal("no plivo webhook: \"CallUUID\" is not there")
        }
        return id
    }

    /// - Returns: nil where the parameter is not there.
    init?(_ kind: Kind, in parameters: Parameters) throws(Refusal) {
        let name = kind == .call ? "CallUUID" : "MessageUUID"
        guard let text = parameters[name] else { return nil }
        guard !text.isEmpty else { throw Refusal("\"\(name)\" is empty") }
        guard let id = RunID(kind, text) else {
            throw Refusal("\"\(name)\" has \(text.utf8.count) bytes, more than \(RunID.maximumLength)")
        }
        self = id
    }
}
